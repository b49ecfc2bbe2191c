//! The meter of wrong locks: where market or contract pay for each hour, the hours are counted from the moment when the
//! phone told that it is locked until it tells that it is not. Each hour that has begun counts (the kindest reading of
//! "per hour"), and of market and contract the higher rate.
//!
//! A lock was wrong when its dispute was accepted or never answered, when it was released as a mistake, when its key went
//! void and it could not be proven again, or when a provider told late of a payment that had come before it. Where the
//! payment came while it stood, the hours after the market's time to restore count (`late`).

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::Work;
use crate::orders::claims;
use crate::store::audit::{self, Deed};
use crate::store::compensations::{self as stored, Wrong};
use crate::store::{Conn, bounded, contracts, devices, int, orders};
use latchkey_core::order::claims::{Lock, typ};
use latchkey_core::order::values::{DeviceId, Id};
use latchkey_core::profile::{Owner, Profile};

const HOUR_MS: i64 = 3_600_000;
/// The largest amount that can be written, minor units.
const MOST: u64 = 1_000_000_000_000;
/// Who counts.
const METER: &str = "meter";

/// Why a lock was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Its dispute was accepted.
    Dispute,
    /// Its dispute was not answered in time.
    Lapsed,
    /// It was released as a mistake.
    Error,
    /// Its key went void, and it could not be proven again.
    Void,
    /// The payment had come before it.
    Provider,
    /// The payment came while it stood, and was told too late.
    Late,
}

impl Cause {
    const fn word(self) -> &'static str {
        match self {
            Cause::Dispute => "dispute",
            Cause::Lapsed => "lapsed",
            Cause::Error => "error",
            Cause::Void => "void",
            Cause::Provider => "provider",
            Cause::Late => "late",
        }
    }
}

/// What is due for a lock that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compensation {
    /// The lock.
    pub lock_id: i64,
    /// `dispute`, `lapsed`, `error`, `void`, `provider` or `late`.
    pub cause: String,
    /// The claim that told it.
    pub claim: Option<String>,
    /// From when it is counted, Unix seconds; `None` before the phone told that it is locked.
    pub from_s: Option<u64>,
    /// Until when; `None` while it goes on.
    pub until_s: Option<u64>,
    /// Hours that have begun.
    pub hours: u64,
    /// Minor units for each.
    pub per_hour: u64,
    /// Minor units in all.
    pub minor: u64,
    /// Their currency.
    pub currency: String,
}

/// Hours that have begun, one at least, and what they cost.
fn due(from: Moment, until: Moment, per_hour: i64) -> (u64, u64) {
    let ms = until.ms().saturating_sub(from.ms()).max(1);
    let hours = u64::try_from(ms.saturating_add(HOUR_MS - 1) / HOUR_MS).unwrap_or(1);
    let per_hour = u64::try_from(per_hour).unwrap_or(0);
    (hours, hours.saturating_mul(per_hour).min(MOST))
}

/// From when a lock is counted, and until when.
fn span(wrong: &Wrong, held: (Option<Moment>, Option<Moment>), now: Moment) -> Option<(Moment, Moment)> {
    let (taken, lifted) = held;
    let counts = wrong.counts_from_ms.map(Moment::from_ms);
    let from = counts.map_or(taken?, |counts| counts.max(taken.unwrap_or(counts)));
    Some((from, lifted.unwrap_or(now)))
}

/// Every lock of a phone that was wrong, as the meter stands now.
pub(crate) async fn of(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<Vec<Compensation>, LenderError> {
    let mut told = Vec::new();
    for wrong in stored::all(conn, tenant, device).await? {
        let seconds = |ms: i64| Moment::from_ms(ms).unix_s();
        let mut row = Compensation {
            lock_id: wrong.lock_id,
            from_s: wrong.from_ms.map(seconds),
            until_s: wrong.until_ms.map(seconds),
            hours: unsigned(wrong.hours),
            per_hour: unsigned(Some(wrong.per_hour)),
            minor: unsigned(wrong.minor),
            currency: wrong.currency.clone(),
            cause: wrong.cause.clone(),
            claim: wrong.claim.clone(),
        };
        if wrong.until_ms.is_none() {
            let held = stored::held(conn, tenant, device, &wrong).await?;
            if let Some((from, until)) = span(&wrong, held, now) {
                row.from_s = Some(from.unix_s());
                (row.hours, row.minor) = due(from, until, wrong.per_hour);
            }
        }
        told.push(row);
    }
    Ok(told)
}

fn unsigned(n: Option<i64>) -> u64 {
    n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
}

impl Work<'_> {
    /// What the owner of a phone gets.
    async fn owner(&mut self, device: &DeviceId) -> Result<(Owner, String), LenderError> {
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        let contract = contracts::get(&mut self.tx, self.tenant, &row.contract).await?;
        let profile = Profile::by_id(&contract.read.profile);
        let owner = profile.map_or_else(Owner::default, |p| p.owner_under(&contract.read));
        Ok((owner, contract.read.cur.as_str().to_owned()))
    }

    /// Notes that a lock was wrong, if this contract pays for it.
    pub(crate) async fn wrong(
        &mut self,
        device: &DeviceId,
        lock: &Lock,
        cause: Cause,
        claim: Option<&Id>,
        counts_from: Option<Moment>,
    ) -> Result<(), LenderError> {
        let (owner, currency) = self.owner(device).await?;
        if owner.compensation_minor_per_hour == 0 {
            return Ok(());
        }
        let first = self.first_of(device, lock).await?;
        let wrong = Wrong {
            lock_id: int(lock.lock_id.get()),
            first_lock_id: first,
            cause: cause.word().to_owned(),
            claim: claim.map(|claim| claim.as_str().to_owned()),
            counts_from_ms: counts_from.map(Moment::ms),
            noted_ms: self.now.ms(),
            per_hour: int(owner.compensation_minor_per_hour),
            currency,
            from_ms: None,
            until_ms: None,
            hours: None,
            minor: None,
        };
        stored::insert(&mut self.tx, self.tenant, device, &wrong).await
    }

    /// Levels, answers and fresh keys go on from one another: the phone was locked for this instalment since the first lock
    /// that nothing lifted in between.
    async fn first_of(&mut self, device: &DeviceId, lock: &Lock) -> Result<i64, LenderError> {
        let this = int(lock.lock_id.get());
        let releases = orders::ever_of_kind(&mut self.tx, self.tenant, device, typ::RELEASE).await?;
        let lifted = devices::lifted(&mut self.tx, self.tenant, device).await?;
        let lifted = lifted.into_iter().map(|(lock_id, _)| lock_id);
        let ends = releases.into_iter().map(|release| release.lock_id).chain(lifted);
        let floor = ends.filter(|lock_id| *lock_id < this).max().unwrap_or(0);
        let mut first = this;
        for known in orders::ever_of_kind(&mut self.tx, self.tenant, device, typ::LOCK).await? {
            if known.lock_id > floor && claims::<Lock>(&known.jws)?.instalment == lock.instalment {
                first = first.min(known.lock_id);
            }
        }
        Ok(first)
    }

    /// A payment came before or during a lock, and was told only now.
    pub(crate) async fn told_late(
        &mut self,
        device: &DeviceId,
        lock: &Lock,
        paid_at: Moment,
    ) -> Result<(), LenderError> {
        if paid_at <= Moment::from_secs(lock.since) {
            return self.wrong(device, lock, Cause::Provider, None, None).await;
        }
        let (owner, _) = self.owner(device).await?;
        let restored = paid_at.plus_s(i64::from(owner.restore_within_min) * 60);
        if restored < self.now {
            self.wrong(device, lock, Cause::Late, None, Some(restored))
                .await?;
        }
        Ok(())
    }

    /// Lets the meter of locks that the phone told to be lifted stand still, and writes the sum down. Last of all in its
    /// transaction: the audit's turn comes after every other. `through`: up to which lock the phone says now that it
    /// holds none.
    pub(crate) async fn stand_still(&mut self, device: &DeviceId, through: u64) -> Result<(), LenderError> {
        for wrong in stored::all(&mut self.tx, self.tenant, device).await? {
            if wrong.until_ms.is_some() {
                continue;
            }
            let mut held = stored::held(&mut self.tx, self.tenant, device, &wrong).await?;
            if int(through) >= wrong.lock_id {
                held.1 = held.1.or(Some(self.now));
            }
            let Some(lifted) = held.1 else { continue };
            let span = match held.0 {
                Some(_) => span(&wrong, held, lifted)
                    .filter(|(from, until)| from < until || wrong.counts_from_ms.is_none()),
                None => None,
            };
            let Some((from, until)) = span else {
                stored::forget(&mut self.tx, self.tenant, device, wrong.lock_id).await?;
                continue;
            };
            let (hours, minor) = due(from, until, wrong.per_hour);
            stored::end(
                &mut self.tx,
                self.tenant,
                device,
                wrong.lock_id,
                (from, until),
                (hours, minor),
            )
            .await?;
            let reason = format!(
                "{}: {hours} hours at {} = {minor} {}, minor units",
                wrong.cause, wrong.per_hour, wrong.currency
            );
            let deed = Deed {
                action: "compensation",
                operator: METER,
                reason: &reason,
                device: Some(device),
                lock_id: Some(bounded(wrong.lock_id, "a lock number")?),
                slot: None,
            };
            audit::write(&mut self.tx, self.tenant, &deed, self.now).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hour_that_has_begun_counts_and_one_at_least() {
        let at = Moment::from_ms;
        for (ms, hours) in [(0, 1), (1, 1), (HOUR_MS, 1), (HOUR_MS + 1, 2), (90 * HOUR_MS, 90)] {
            assert_eq!(due(at(5), at(5 + ms), 25_000), (hours, hours * 25_000), "{ms}");
        }
        assert_eq!(due(at(0), at(i64::MAX), i64::MAX).1, MOST);
    }
}
