//! Locks in bulk. A job is a list of phones; each row is judged by the rule of a single lock, and issued in the
//! transaction that settles the row: a server that dies in the middle loses no row and locks none twice.
//!
//! Above the breaker's rate a row is `held` and nothing is signed. Held rows go on at the rate, or at once when a second
//! person approves the job, or end after 72 hours. A row outside human hours waits for the next one.

mod run;

pub use crate::store::jobs::RowState;
pub(crate) use run::{hold_one, run, spawn};

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::lock::Reference;
use crate::store::jobs::{self, Job, Row};
use crate::store::{Conn, Turn, Tx, audit, int, job_pages};
use crate::webhooks::{self, Event};
use crate::{breaker, random};
use latchkey_core::order::values::{DeviceId, Level, No, Text};
use serde::Deserialize;
use serde_json::json;

/// Between the operator and the client that speaks for them.
pub(crate) const VIA: &str = " via ";
/// Rows of one job.
const MOST_ROWS: usize = 10_000;

/// Who does something, and why: both stand in the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Name or number of the operator.
    pub operator: Text<64>,
    /// Why.
    pub reason: Text<200>,
}

/// A phone to be locked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockRow {
    /// The phone.
    pub device: DeviceId,
    /// Level.
    pub level: Level,
    /// Instalment in arrears.
    pub instalment: No,
    /// Approvals and court orders that the market asks for, at most two: kind, number, Unix seconds of the day.
    #[serde(default)]
    pub refs: Vec<Reference>,
}

impl LockRow {
    /// Its references as they are stored.
    pub(crate) fn refs_text(&self) -> Result<Option<String>, LenderError> {
        if self.refs.is_empty() {
            return Ok(None);
        }
        let refs = self
            .refs
            .iter()
            .map(|(kind, number, given)| (*kind, number, *given));
        let text = serde_json::to_string(&refs.collect::<Vec<_>>())?;
        Ok(Some(text))
    }
}

/// What [`LockRow::refs_text`] wrote.
pub(crate) fn refs_of(text: Option<&str>) -> Result<Vec<Reference>, LenderError> {
    text.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(text).map_err(|_| LenderError::Damaged("a row's references"))
    })
}

/// Reads the rows of a job: a JSON array, or one JSON object a line.
///
/// # Errors
/// `bad_row`, with the number of the row; `too_many_rows`.
pub fn rows_of(text: &str) -> Result<Vec<LockRow>, LenderError> {
    let values: Vec<serde_json::Value> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|_| LenderError::BadRow(0))?
    } else {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let read = lines
            .enumerate()
            .map(|(n, line)| serde_json::from_str(line).map_err(|_| LenderError::BadRow(n + 1)));
        read.collect::<Result<_, _>>()?
    };
    let rows = values.into_iter().enumerate();
    rows.map(|(n, row)| serde_json::from_value(row).map_err(|_| LenderError::BadRow(n + 1)))
        .collect()
}

/// A job and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobState {
    /// Its id.
    pub id: String,
    /// Who made it.
    pub creator: String,
    /// Why.
    pub reason: String,
    /// When, Unix milliseconds.
    pub created_ms: i64,
    /// Who approved it above the rate.
    pub approver: Option<String>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Rows that are not judged yet, or wait for human hours.
    pub queued: i64,
    /// Rows that the breaker holds.
    pub held: i64,
    /// Rows whose lock is signed.
    pub issued: i64,
    /// Rows that were refused, each with its code.
    pub failed: i64,
}

impl JobState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.queued + self.held == 0
    }
}

/// Makes a job.
///
/// # Errors
/// `too_many_rows`, `no_rows`.
pub(crate) async fn create(
    house: &House,
    tenant: &Tenant,
    by: &By,
    rows: &[LockRow],
) -> Result<String, LenderError> {
    let mut tx = house.store.begin().await?;
    let id = create_in(&mut tx, tenant, by, rows, house.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// See [`create`], in a transaction of the caller.
pub(crate) async fn create_in(
    tx: &mut Tx,
    tenant: &Tenant,
    by: &By,
    rows: &[LockRow],
    now: Moment,
) -> Result<String, LenderError> {
    if rows.is_empty() {
        return Err(LenderError::NoRows);
    }
    if rows.len() > MOST_ROWS {
        return Err(LenderError::TooManyRows(MOST_ROWS));
    }
    let id = format!("job_{}", random::id()?);
    let who = (by.operator.as_str(), by.reason.as_str());
    jobs::insert(tx, tenant, &id, who, now).await?;
    let rows = (1_u64..).zip(rows).map(|(no, row)| {
        Ok(json!({
            "no": no,
            "device": row.device.as_str(),
            "level": row.level.get(),
            "instalment": row.instalment.get(),
            "refs": row.refs_text()?,
        }))
    });
    let rows = rows.collect::<Result<_, LenderError>>()?;
    jobs::insert_rows(tx, tenant, &id, &rows, now).await?;
    audit::note(tx, tenant, "job.create", by, &id, now).await?;
    tx.wake_jobs();
    Ok(id)
}

/// A single lock that the breaker holds, in a transaction of the caller: a job of one row.
pub(crate) async fn hold_in(
    tx: &mut Tx,
    tenant: &Tenant,
    by: &By,
    row: &LockRow,
    now: Moment,
) -> Result<String, LenderError> {
    let id = create_in(tx, tenant, by, std::slice::from_ref(row), now).await?;
    let row = Row {
        job: id.clone(),
        no: 1,
        device: row.device.as_str().to_owned(),
        level: int(row.level.get()),
        instalment: int(row.instalment.get()),
        refs: row.refs_text()?,
    };
    jobs::end(tx, tenant, &row, jobs::End::Held, now).await?;
    if jobs::tripped(tx, tenant, &id, now).await? {
        let ids = serde_json::json!({"job": id});
        webhooks::tell(tx, tenant, Event::BreakerTripped, ids, now).await?;
    }
    Ok(id)
}

async fn state_of(conn: &mut Conn, tenant: &Tenant, job: Job) -> Result<JobState, LenderError> {
    let counts = jobs::counts(conn, tenant, &job.job).await?;
    let of = |state: &str| counts.iter().find(|(s, _)| s == state).map_or(0, |(_, n)| *n);
    Ok(JobState {
        creator: job.creator,
        reason: job.reason,
        created_ms: job.created_ms,
        approver: job.approver,
        cancelled: job.cancelled_ms.is_some(),
        queued: of("queued"),
        held: of("held"),
        issued: of("issued"),
        failed: of("failed"),
        id: job.job,
    })
}

/// How far a job is.
///
/// # Errors
/// `not_found`.
pub(crate) async fn state(conn: &mut Conn, tenant: &Tenant, job: &str) -> Result<JobState, LenderError> {
    let job = jobs::get(conn, tenant, job).await?;
    state_of(conn, tenant, job).await
}

/// Every job, newest first.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<JobState>, LenderError> {
    let mut told = Vec::new();
    for job in jobs::all(conn, tenant).await? {
        told.push(state_of(conn, tenant, job).await?);
    }
    Ok(told)
}

/// Jobs after a place (when it was made, its id), newest first.
pub(crate) async fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<JobState>, LenderError> {
    let mut told = Vec::new();
    for job in job_pages::page(conn, tenant, after, limit).await? {
        told.push(state_of(conn, tenant, job).await?);
    }
    Ok(told)
}

/// Jobs that wait for a second person, oldest first.
pub(crate) async fn waiting(
    conn: &mut Conn,
    tenant: &Tenant,
    limit: i64,
) -> Result<Vec<JobState>, LenderError> {
    let mut told = Vec::new();
    for job in job_pages::waiting(conn, tenant, limit).await? {
        told.push(state_of(conn, tenant, job).await?);
    }
    Ok(told)
}

/// Who made a job: the person, if one was named, and the client that spoke for them. A client's id holds no blank; what
/// a person is called may hold anything.
pub(crate) fn made_by(creator: &str) -> (&str, Option<&str>) {
    match creator.rsplit_once(VIA) {
        Some((person, client)) => (person, Some(client)),
        None => (creator, None),
    }
}

/// Whether one person made a job and would approve it, whatever speaks for them.
fn same_person(creator: &str, approver: &str) -> bool {
    let person = |by: &str| made_by(by).0.trim().to_lowercase();
    person(creator) == person(approver)
}

/// A second person lets a job pass the breaker.
///
/// # Errors
/// `not_found`, `same_person`, `finished`.
pub(crate) async fn approve(
    house: &House,
    tenant: &Tenant,
    job: &str,
    by: &By,
) -> Result<JobState, LenderError> {
    let mut tx = house.store.begin().await?;
    let told = approve_in(&mut tx, tenant, job, by, house.now()).await?;
    tx.commit().await?;
    Ok(told)
}

/// See [`approve`], in a transaction of the caller.
pub(crate) async fn approve_in(
    tx: &mut Tx,
    tenant: &Tenant,
    job: &str,
    by: &By,
    now: Moment,
) -> Result<JobState, LenderError> {
    let before = state(tx, tenant, job).await?;
    if same_person(&before.creator, by.operator.as_str()) {
        return Err(LenderError::SamePerson);
    }
    if before.finished() {
        return Err(LenderError::JobFinished);
    }
    // Who approved it stands there; nobody after that does.
    if before.approver.is_some() {
        return Ok(before);
    }
    let who = (by.operator.as_str(), by.reason.as_str());
    jobs::approve(tx, tenant, job, who, now).await?;
    audit::note(tx, tenant, "job.approve", by, job, now).await?;
    tx.wake_jobs();
    state(tx, tenant, job).await
}

/// Ends a job: what is issued stays, everything else fails with `cancelled`.
///
/// # Errors
/// `not_found`, `finished`.
pub(crate) async fn cancel(
    house: &House,
    tenant: &Tenant,
    job: &str,
    by: &By,
) -> Result<JobState, LenderError> {
    let mut tx = house.store.begin().await?;
    let told = cancel_in(&mut tx, tenant, job, by, house.now()).await?;
    tx.commit().await?;
    Ok(told)
}

/// See [`cancel`], in a transaction of the caller.
pub(crate) async fn cancel_in(
    tx: &mut Tx,
    tenant: &Tenant,
    job: &str,
    by: &By,
    now: Moment,
) -> Result<JobState, LenderError> {
    jobs::get(tx, tenant, job).await?;
    if jobs::give_up(tx, tenant, job, "cancelled").await? == 0 {
        return Err(LenderError::JobFinished);
    }
    jobs::cancelled(tx, tenant, job, now).await?;
    audit::note(tx, tenant, "job.cancel", by, job, now).await?;
    state(tx, tenant, job).await
}

/// Stops all new locks of the tenant, or lets them go on. Releases, grace and settlement never stop.
///
/// # Errors
/// The store refused.
pub(crate) async fn stop(house: &House, tenant: &Tenant, on: bool, by: &By) -> Result<(), LenderError> {
    let mut tx = house.store.begin().await?;
    stop_in(&mut tx, tenant, on, by, house.now()).await?;
    tx.commit().await
}

/// See [`stop`], in a transaction of the caller.
pub(crate) async fn stop_in(
    tx: &mut Tx,
    tenant: &Tenant,
    on: bool,
    by: &By,
    now: Moment,
) -> Result<(), LenderError> {
    let why = format!("{}: {}", by.operator.as_str(), by.reason.as_str());
    breaker::stop(tx, tenant, on.then_some(why.as_str())).await?;
    let action = if on { "locks.stop" } else { "locks.go_on" };
    audit::note(tx, tenant, action, by, "", now).await?;
    tx.wake_jobs();
    if !on {
        // What was kept back goes out to the phones that wait.
        tx.wake_all();
    }
    Ok(())
}

/// See [`stop_in`]. `false`: it stood like that before, and nothing was done.
pub(crate) async fn turn_in(
    tx: &mut Tx,
    tenant: &Tenant,
    on: bool,
    by: &By,
    now: Moment,
) -> Result<bool, LenderError> {
    tx.turn(tenant, Turn::Breaker).await?;
    if breaker::stopped(tx, tenant).await?.is_some() == on {
        return Ok(false);
    }
    stop_in(tx, tenant, on, by, now).await?;
    Ok(true)
}

#[cfg(test)]
#[path = "jobs/tests.rs"]
mod tests;
