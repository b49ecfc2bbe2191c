//! The mass-lock breaker: what a mistake, a spiteful clerk or a stolen key of the API can lock in an hour.
//!
//! It is asked in the transaction of the lock itself, for every new lock number, whoever wants it. Nothing that frees
//! asks it.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::Work;
use crate::store::{Conn, Turn, jobs, settings};
use latchkey_core::order::values::{DeviceId, LockId};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many locks an hour always pass,
const ALWAYS: i64 = 20;
/// and one phone in so many.
const ONE_IN: i64 = 100;
const HOUR_S: i64 = 3_600;
/// So long a number of phones is believed, seconds.
const FLEET_S: i64 = 600;
/// The setting that stops all locks: who and why.
const STOPPED: &str = "locks_stopped";

/// How a lock meets the breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pass {
    /// As everybody.
    #[default]
    Counted,
    /// A second person approved it: it counts, and passes.
    Approved,
    /// A lock in force is signed anew because its key went void: nobody is locked by it who was not.
    Anew,
}

/// Locks in an hour for a fleet of so many phones.
const fn limit(fleet: i64) -> i64 {
    let share = fleet / ONE_IN + (fleet % ONE_IN > 0) as i64;
    if share > ALWAYS { share } else { ALWAYS }
}

/// From when the next lock passes; `None`: now.
pub(crate) async fn room(
    fleets: &Fleets,
    conn: &mut Conn,
    tenant: &Tenant,
    now: Moment,
) -> Result<Option<Moment>, LenderError> {
    let since = now.plus_s(-HOUR_S);
    let issued = jobs::issued_since(conn, tenant, since).await?;
    if issued < ALWAYS {
        return Ok(None);
    }
    let limit = limit(fleets.of(conn, tenant, now).await?);
    if issued < limit {
        return Ok(None);
    }
    let first = jobs::issued_at(conn, tenant, since, issued - limit).await?;
    Ok(first.map(|at| at.plus_s(HOUR_S)))
}

/// Locks of the last hour, and how many may be signed in one without a second person.
pub(crate) async fn meter(
    fleets: &Fleets,
    conn: &mut Conn,
    tenant: &Tenant,
    now: Moment,
) -> Result<(i64, i64), LenderError> {
    let issued = jobs::issued_since(conn, tenant, now.plus_s(-HOUR_S)).await?;
    Ok((issued, limit(fleets.of(conn, tenant, now).await?)))
}

/// How many phones each lender's rate is a share of, as they were counted last by this process: a million are not counted
/// for each lock above twenty.
#[derive(Debug, Default)]
pub(crate) struct Fleets(Mutex<BTreeMap<String, (Moment, i64)>>);

impl Fleets {
    async fn of(&self, conn: &mut Conn, tenant: &Tenant, now: Moment) -> Result<i64, LenderError> {
        let known = self.lock().get(tenant.as_str()).copied();
        if let Some((at, phones)) = known
            && at <= now
            && now < at.plus_s(FLEET_S)
        {
            return Ok(phones);
        }
        let phones = jobs::fleet(conn, tenant).await?;
        self.lock().insert(tenant.as_str().to_owned(), (now, phones));
        Ok(phones)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (Moment, i64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who stopped all locks, and why.
pub(crate) async fn stopped(conn: &mut Conn, tenant: &Tenant) -> Result<Option<String>, LenderError> {
    let held = settings::get(conn, tenant, STOPPED).await?;
    Ok(held.filter(|why| !why.is_empty()))
}

/// Stops all locks (`Some`: who and why), or lets them go on.
pub(crate) async fn stop(conn: &mut Conn, tenant: &Tenant, why: Option<&str>) -> Result<(), LenderError> {
    conn.turn(tenant, Turn::Breaker).await?;
    settings::set(conn, tenant, STOPPED, why.unwrap_or_default()).await
}

impl Work<'_> {
    /// Before a lock is signed.
    ///
    /// # Errors
    /// `locks_stopped`, `breaker`.
    pub(crate) async fn may_issue(&mut self, device: &DeviceId, lock_id: LockId) -> Result<(), LenderError> {
        self.tx.turn(self.tenant, Turn::Breaker).await?;
        if stopped(&mut self.tx, self.tenant).await?.is_some() {
            return Err(LenderError::LocksStopped);
        }
        if self.pass == Pass::Counted
            && let Some(until) = room(&self.house.fleets, &mut self.tx, self.tenant, self.now).await?
        {
            return Err(LenderError::Breaker(until));
        }
        if self.pass != Pass::Anew {
            // Nobody else has the turn, so nobody else forgets now.
            jobs::forget(&mut self.tx, self.tenant, self.now.plus_s(-2 * HOUR_S)).await?;
            jobs::issued(&mut self.tx, self.tenant, device, lock_id, self.now).await?;
        }
        Ok(())
    }

    /// Before a lock that was signed before goes out. Within the hour of its signature it is counted already.
    ///
    /// # Errors
    /// `locks_stopped`, `breaker`.
    pub(crate) async fn may_issue_again(
        &mut self,
        device: &DeviceId,
        lock_id: LockId,
    ) -> Result<(), LenderError> {
        self.tx.turn(self.tenant, Turn::Breaker).await?;
        if stopped(&mut self.tx, self.tenant).await?.is_some() {
            return Err(LenderError::LocksStopped);
        }
        let since = self.now.plus_s(-HOUR_S);
        if jobs::counted(&mut self.tx, self.tenant, device, lock_id, since).await? {
            return Ok(());
        }
        self.may_issue(device, lock_id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fleet_is_counted_again_after_ten_minutes_and_not_before() {
        for lender in crate::trial::Lender::at(crate::trial::T, true).await {
            let house = lender.house();
            let told = async || {
                let mut conn = house.store.read().await.unwrap();
                house
                    .fleets
                    .of(&mut conn, &house.tenant, house.now())
                    .await
                    .unwrap()
            };
            assert_eq!(told().await, 0);
            let mut tx = house.store.begin().await.unwrap();
            crate::store::query("UPDATE devices SET seen_ms = 1")
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            lender.later(599);
            assert_eq!(told().await, 0);
            lender.later(1);
            assert_eq!(told().await, 1);
        }
    }

    #[test]
    fn twenty_an_hour_or_one_in_a_hundred_begun() {
        let told = [0, 1, 2_000, 2_001, 2_100, 2_101, 100_000].map(limit);
        assert_eq!(told, [20, 20, 20, 21, 21, 22, 1_000]);
    }
}
