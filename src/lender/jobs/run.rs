//! The worker: takes rows that are due, one after the other. Every process has one.

use super::{JobState, state};
use crate::auth::Tenant;
use crate::breaker::{self, Pass};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::{House, Ready, Work};
use crate::lock::{LockText, ready};
use crate::store::jobs::{self, End, Row};
use crate::store::{bounded, device_id, int};
use crate::webhooks::{self, Event};
use crate::worker::Worker;
use latchkey_core::order::claims::Lock;
use latchkey_core::order::values::{DeviceId, LockId};
use latchkey_core::refusal::Code;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A worker takes so many rows at once.
const AT_ONCE: i64 = 16;
/// Rows that a worker took are due again after this, if the worker is never heard of: far longer than they take.
const LEASE_S: i64 = 120;
/// What the breaker holds ends after this.
const HELD_S: i64 = 72 * 3_600;
/// A worker looks by itself so often.
const LOOK_AGAIN: Duration = Duration::from_secs(25);

/// The worker of this process.
pub(crate) fn spawn(house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
    let worker = Worker {
        look: LOOK_AGAIN,
        bell: Some(house.wakes.jobs.clone()),
        failed: "a bulk job waits",
        run: |house, tenant| Box::pin(run(house, tenant)),
    };
    worker.spawn(house)
}

/// Settles every row that is due. When to look again, if rows wait.
pub(crate) async fn run(house: &House, tenant: &Tenant) -> Result<Option<Moment>, LenderError> {
    loop {
        let now = house.now();
        let mut conn = house.store.read().await?;
        let expired = now.plus_s(-HELD_S);
        let expiring = jobs::expiring(&mut conn, tenant, expired).await?;
        let stopped = breaker::stopped(&mut conn, tenant).await?.is_some();
        let (queued, held) = jobs::waiting(&mut conn, tenant).await?;
        // Counting the fleet takes its time where it is large, and only held rows ask for room.
        let room = if held {
            breaker::room(&house.fleets, &mut conn, tenant, now).await?
        } else {
            None
        };
        drop(conn);
        if expiring {
            let mut tx = house.store.begin().await?;
            jobs::expire(&mut tx, tenant, expired).await?;
            tx.commit().await?;
        }
        if stopped || house.stops() || (queued.is_none() && !held) {
            return Ok(None);
        }
        let mut tx = house.store.begin().await?;
        let until = now.plus_s(LEASE_S);
        let rows = jobs::take(&mut tx, tenant, (AT_ONCE, held && room.is_none()), now, until).await?;
        tx.commit().await?;
        if rows.is_empty() {
            return Ok(queued.into_iter().chain(room.filter(|_| held)).min());
        }
        for row in rows {
            settle(house, tenant, &row).await?;
            if house.stops() {
                return Ok(None);
            }
        }
    }
}

/// Settles one row that was taken.
async fn settle(house: &House, tenant: &Tenant, row: &Row) -> Result<(), LenderError> {
    let rehearsed = match rehearse(house, tenant, row).await {
        Ok(rehearsed) => rehearsed,
        Err(error) => return not_issued(house, tenant, row, error).await,
    };
    let mut work = house.begin(tenant).await?;
    work.prepared.ready = rehearsed;
    match attempt(&mut work, row).await {
        Ok(None) => Ok(()),
        Ok(Some((_, lock_id))) => {
            jobs::end(&mut work.tx, tenant, row, End::Issued(lock_id), work.now).await?;
            work.tx.commit().await
        }
        Err(error) => {
            drop(work);
            not_issued(house, tenant, row, error).await
        }
    }
}

/// Makes the codes that the row's lock needs. They cost a second, and no transaction shall last that long: one that is
/// taken back tells which lock number they are for, if the lock is lawful at all.
async fn rehearse(house: &House, tenant: &Tenant, row: &Row) -> Result<Option<Ready>, LenderError> {
    let mut work = house.begin(tenant).await?;
    let Some(codes) = work.rehearses() else {
        return Ok(None);
    };
    let Some((device, lock_id)) = attempt(&mut work, row).await? else {
        return Ok(None);
    };
    drop(work);
    // If another lock takes this number meanwhile, the codes are made once more.
    ready(codes, device, lock_id).await.map(Some)
}

/// Signs the row's lock in this transaction. `None`: somebody settled the row meanwhile.
async fn attempt(work: &mut Work<'_>, row: &Row) -> Result<Option<(DeviceId, LockId)>, LenderError> {
    let tenant = work.tenant;
    if !jobs::hold(&mut work.tx, tenant, row).await? {
        return Ok(None);
    }
    if jobs::get(&mut work.tx, tenant, &row.job)
        .await?
        .approver
        .is_some()
    {
        work.pass = Pass::Approved;
    }
    let device = device_id(row.device.clone())?;
    let text = LockText {
        level: bounded(row.level, "a level")?,
        instalment: bounded(row.instalment, "an instalment's number")?,
        answers: None,
        refs: super::refs_of(row.refs.as_deref())?,
    };
    let sent = work.lock(&device, &text).await?;
    let lock: Lock = crate::orders::claims(&sent.jws)?;
    Ok(Some((device, lock.lock_id)))
}

/// Writes down why a row is not issued. What is no judgement (a store that refuses, no memory) leaves it to be tried
/// again.
async fn not_issued(house: &House, tenant: &Tenant, row: &Row, why: LenderError) -> Result<(), LenderError> {
    let mut tx = house.store.begin().await?;
    if !jobs::hold(&mut tx, tenant, row).await? {
        return Ok(());
    }
    let now = house.now();
    let code = why.code();
    let end = if matches!(why, LenderError::Breaker(_)) {
        End::Held
    } else if matches!(why, LenderError::LocksStopped) {
        End::Later(now, Some(code))
    } else if let Some(at) = human_hour(&why) {
        End::Later(at, Some(code))
    } else if is_judgement(&why) {
        End::Failed(code)
    } else {
        return Err(why);
    };
    jobs::end(&mut tx, tenant, row, end, now).await?;
    if end == End::Held && jobs::tripped(&mut tx, tenant, &row.job, now).await? {
        let ids = json!({"job": row.job});
        webhooks::tell(&mut tx, tenant, Event::BreakerTripped, ids, now).await?;
    }
    tx.commit().await
}

/// The next human hour, if that is all that a lock waits for.
fn human_hour(why: &LenderError) -> Option<Moment> {
    let LenderError::Refused(refusal) = why else {
        return None;
    };
    let at = refusal.earliest.filter(|_| refusal.code == Code::PHours)?;
    let ms = i64::try_from(at).ok()?.saturating_mul(1_000);
    Some(Moment::from_ms(ms))
}

/// Whether the row is why it was refused, and not the machine.
fn is_judgement(why: &LenderError) -> bool {
    matches!(
        why,
        LenderError::Refused(_)
            | LenderError::NothingOwed
            | LenderError::AlreadyLocked
            | LenderError::NotFound(_)
            | LenderError::OutOfBounds(_)
            | LenderError::TooLong
            | LenderError::Damaged(_)
            | LenderError::Settled
    )
}

/// A single lock that the breaker holds becomes a job of one row, which a second person can approve.
pub(crate) async fn hold_one(
    house: &House,
    tenant: &Tenant,
    by: &super::By,
    row: &super::LockRow,
) -> Result<JobState, LenderError> {
    let id = super::create(house, tenant, by, std::slice::from_ref(row)).await?;
    let row = Row {
        job: id.clone(),
        no: 1,
        device: row.device.as_str().to_owned(),
        level: int(row.level.get()),
        instalment: int(row.instalment.get()),
        refs: row.refs_text()?,
    };
    settle(house, tenant, &row).await?;
    let mut conn = house.store.read().await?;
    state(&mut conn, tenant, &id).await
}
