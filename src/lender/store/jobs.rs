//! Bulk jobs, their rows, and the count of issued locks.

use super::{Conn, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::values::{DeviceId, LockId};

/// A job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Job {
    /// Its id.
    pub job: String,
    /// Who made it.
    pub creator: String,
    /// Why.
    pub reason: String,
    /// When.
    pub created_ms: i64,
    /// Who approved it, although it is above the rate.
    pub approver: Option<String>,
    /// When it was cancelled.
    pub cancelled_ms: Option<i64>,
}

/// A row of a job as it is judged.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    /// Its job.
    pub job: String,
    /// Its place, from 1.
    pub no: i64,
    /// The phone.
    pub device: String,
    /// The level.
    pub level: i64,
    /// The instalment.
    pub instalment: i64,
    /// Approvals and court orders, JSON; `None`: none.
    pub refs: Option<String>,
}

/// Makes a job.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    (creator, reason): (&str, &str),
    now: Moment,
) -> Result<(), LenderError> {
    query("INSERT INTO jobs (tenant, job, creator, reason, created_ms) VALUES ($1, $2, $3, $4, $5)")
        .bind(tenant.as_str())
        .bind(job)
        .bind(creator)
        .bind(reason)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds rows to it: a JSON array of objects with `no`, `device`, `level`, `instalment` and, as text, `refs`.
pub(crate) async fn insert_rows(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    rows: &serde_json::Value,
    now: Moment,
) -> Result<u64, LenderError> {
    // One statement: ten thousand of them would take seconds.
    let sql = if conn.is_postgres() {
        "INSERT INTO job_rows (tenant, job, no, device, level, instalment, refs, state, due_ms)
         SELECT $1, $2, CAST(r ->> 'no' AS BIGINT), r ->> 'device', CAST(r ->> 'level' AS BIGINT),
                CAST(r ->> 'instalment' AS BIGINT), r ->> 'refs', 'queued', $4
         FROM jsonb_array_elements(CAST($3 AS jsonb)) AS r"
    } else {
        "INSERT INTO job_rows (tenant, job, no, device, level, instalment, refs, state, due_ms)
         SELECT $1, $2, json_extract(r.value, '$.no'), json_extract(r.value, '$.device'),
                json_extract(r.value, '$.level'), json_extract(r.value, '$.instalment'),
                json_extract(r.value, '$.refs'), 'queued', $4
         FROM json_each($3) AS r"
    };
    let done = query(sql)
        .bind(tenant.as_str())
        .bind(job)
        .bind(rows.to_string())
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// One job.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, job: &str) -> Result<Job, LenderError> {
    query_as(
        "SELECT job, creator, reason, created_ms, approver, cancelled_ms FROM jobs
         WHERE tenant = $1 AND job = $2",
    )
    .bind(tenant.as_str())
    .bind(job)
    .fetch_optional(conn)
    .await?
    .ok_or(LenderError::NotFound("no such job; `job list` shows them"))
}

/// Every job, newest first.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Job>, LenderError> {
    Ok(query_as(
        "SELECT job, creator, reason, created_ms, approver, cancelled_ms FROM jobs
         WHERE tenant = $1 ORDER BY created_ms DESC, job",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?)
}

/// Rows of a job by state.
pub(crate) async fn counts(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
) -> Result<Vec<(String, i64)>, LenderError> {
    Ok(
        query_as("SELECT state, COUNT(*) FROM job_rows WHERE tenant = $1 AND job = $2 GROUP BY state")
            .bind(tenant.as_str())
            .bind(job)
            .fetch_all(conn)
            .await?,
    )
}

/// A row and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RowState {
    /// Its place in the job, from 1.
    pub no: i64,
    /// The phone.
    pub device: String,
    /// `queued`, `held`, `issued` or `failed`.
    pub state: String,
    /// What it waits for, or why it failed: a stable code.
    pub code: Option<String>,
    /// Number of its lock, once issued.
    pub lock_id: Option<i64>,
}

/// Rows after a place, in order.
pub(crate) async fn rows(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<RowState>, LenderError> {
    Ok(query_as(
        "SELECT no, device, state, code, lock_id FROM job_rows
         WHERE tenant = $1 AND job = $2 AND no > $3 ORDER BY no LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(job)
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// Takes the next rows that are due, and puts them off until `until`: no other worker takes them meanwhile, and after a
/// crash they are due again. Held rows of jobs that nobody approved only when there is room.
pub(crate) async fn take(
    conn: &mut Conn,
    tenant: &Tenant,
    (most, room): (i64, bool),
    now: Moment,
    until: Moment,
) -> Result<Vec<Row>, LenderError> {
    let sql = if conn.is_postgres() {
        "UPDATE job_rows SET due_ms = $4 WHERE (tenant, job, no) IN (
             SELECT r.tenant, r.job, r.no FROM job_rows r
             JOIN jobs j ON j.tenant = r.tenant AND j.job = r.job
             WHERE r.tenant = $1 AND r.state IN ('queued', 'held') AND r.due_ms <= $3
               AND (r.state = 'queued' OR $2 OR j.approved_ms IS NOT NULL)
             ORDER BY r.due_ms, r.job, r.no LIMIT $5 FOR UPDATE OF r SKIP LOCKED)
         RETURNING job, no, device, level, instalment, refs"
    } else {
        "UPDATE job_rows SET due_ms = $4 WHERE (tenant, job, no) IN (
             SELECT r.tenant, r.job, r.no FROM job_rows r
             JOIN jobs j ON j.tenant = r.tenant AND j.job = r.job
             WHERE r.tenant = $1 AND r.state IN ('queued', 'held') AND r.due_ms <= $3
               AND (r.state = 'queued' OR $2 OR j.approved_ms IS NOT NULL)
             ORDER BY r.due_ms, r.job, r.no LIMIT $5)
         RETURNING job, no, device, level, instalment, refs"
    };
    let mut rows: Vec<Row> = query_as(sql)
        .bind(tenant.as_str())
        .bind(room)
        .bind(now.ms())
        .bind(until.ms())
        .bind(most)
        .fetch_all(conn)
        .await?;
    // RETURNING promises no order.
    rows.sort_by(|a, b| (&a.job, a.no).cmp(&(&b.job, b.no)));
    Ok(rows)
}

/// Holds a row until the transaction ends. `false`: somebody settled it meanwhile.
pub(crate) async fn hold(conn: &mut Conn, tenant: &Tenant, row: &Row) -> Result<bool, LenderError> {
    let sql = if conn.is_postgres() {
        "SELECT no FROM job_rows WHERE tenant = $1 AND job = $2 AND no = $3 AND state IN ('queued', 'held') FOR UPDATE"
    } else {
        "SELECT no FROM job_rows WHERE tenant = $1 AND job = $2 AND no = $3 AND state IN ('queued', 'held')"
    };
    let found: Option<(i64,)> = query_as(sql)
        .bind(tenant.as_str())
        .bind(&row.job)
        .bind(row.no)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End<'a> {
    /// Its lock is signed and queued.
    Issued(LockId),
    /// It never will be.
    Failed(&'a str),
    /// The breaker holds it.
    Held,
    /// It is looked at again later: at that time, for that code.
    Later(Moment, Option<&'a str>),
}

/// Writes it down.
pub(crate) async fn end(
    conn: &mut Conn,
    tenant: &Tenant,
    row: &Row,
    end: End<'_>,
    now: Moment,
) -> Result<(), LenderError> {
    let (state, code, due, lock_id) = match end {
        End::Issued(lock_id) => ("issued", None, now, Some(int(lock_id.get()))),
        End::Failed(code) => ("failed", Some(code), now, None),
        End::Held => ("held", Some("breaker"), now, None),
        End::Later(at, code) => ("", code, at, None),
    };
    query(
        "UPDATE job_rows SET state = CASE WHEN $4 = '' THEN state ELSE $4 END, code = $5, due_ms = $6, lock_id = $7,
             held_ms = CASE WHEN $4 = 'held' THEN COALESCE(held_ms, $8) ELSE held_ms END
         WHERE tenant = $1 AND job = $2 AND no = $3",
    )
    .bind(tenant.as_str())
    .bind(&row.job)
    .bind(row.no)
    .bind(state)
    .bind(code)
    .bind(due.ms())
    .bind(lock_id)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Rows that are not settled fail with a code. How many.
pub(crate) async fn give_up(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    code: &str,
) -> Result<u64, LenderError> {
    let done = query(
        "UPDATE job_rows SET state = 'failed', code = $3
         WHERE tenant = $1 AND job = $2 AND state IN ('queued', 'held')",
    )
    .bind(tenant.as_str())
    .bind(job)
    .bind(code)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Held rows that nobody approved since `before` are given up.
pub(crate) async fn expire(conn: &mut Conn, tenant: &Tenant, before: Moment) -> Result<u64, LenderError> {
    let done = query(
        "UPDATE job_rows SET state = 'failed', code = 'held_expired'
         WHERE tenant = $1 AND state = 'held' AND held_ms <= $2 AND job IN (
             SELECT job FROM jobs WHERE tenant = $1 AND approved_ms IS NULL)",
    )
    .bind(tenant.as_str())
    .bind(before.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Whether held rows are there that `before` would end.
pub(crate) async fn expiring(conn: &mut Conn, tenant: &Tenant, before: Moment) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM job_rows WHERE tenant = $1 AND state = 'held' AND held_ms <= $2 AND job IN (
             SELECT job FROM jobs WHERE tenant = $1 AND approved_ms IS NULL)",
    )
    .bind(tenant.as_str())
    .bind(before.ms())
    .fetch_one(conn)
    .await?;
    Ok(n > 0)
}

/// Writes an approval down, and makes the rows that wait for it due.
pub(crate) async fn approve(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    (approver, approval): (&str, &str),
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE job_rows SET due_ms = $3 WHERE tenant = $1 AND job = $2 AND state = 'held'")
        .bind(tenant.as_str())
        .bind(job)
        .bind(now.ms())
        .execute(&mut *conn)
        .await?;
    query(
        "UPDATE jobs SET approver = $3, approval = $4, approved_ms = $5
         WHERE tenant = $1 AND job = $2 AND approved_ms IS NULL",
    )
    .bind(tenant.as_str())
    .bind(job)
    .bind(approver)
    .bind(approval)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a cancellation down.
pub(crate) async fn cancelled(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE jobs SET cancelled_ms = COALESCE(cancelled_ms, $3) WHERE tenant = $1 AND job = $2")
        .bind(tenant.as_str())
        .bind(job)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// The breaker holds a row of this job. `true`: the first one.
pub(crate) async fn tripped(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query("UPDATE jobs SET tripped_ms = $3 WHERE tenant = $1 AND job = $2 AND tripped_ms IS NULL")
        .bind(tenant.as_str())
        .bind(job)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// When the next queued row is due, and whether rows are held.
pub(crate) async fn waiting(conn: &mut Conn, tenant: &Tenant) -> Result<(Option<Moment>, bool), LenderError> {
    let rows: Vec<(String, i64)> = query_as(
        "SELECT state, MIN(due_ms) FROM job_rows WHERE tenant = $1 AND state IN ('queued', 'held') GROUP BY state",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?;
    let queued = rows.iter().find(|(state, _)| state == "queued");
    let held = rows.iter().any(|(state, _)| state == "held");
    Ok((queued.map(|(_, ms)| Moment::from_ms(*ms)), held))
}

/// A lock number is signed, or goes out again.
pub(crate) async fn issued(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: LockId,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO locks_issued (tenant, device, lock_id, at_ms) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant, device, lock_id) DO UPDATE SET at_ms = excluded.at_ms",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(int(lock_id.get()))
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a lock number was counted after `since`.
pub(crate) async fn counted(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: LockId,
    since: Moment,
) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM locks_issued WHERE tenant = $1 AND device = $2 AND lock_id = $3 AND at_ms > $4",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(int(lock_id.get()))
    .bind(since.ms())
    .fetch_one(conn)
    .await?;
    Ok(n > 0)
}

/// What was signed before is counted no more.
pub(crate) async fn forget(conn: &mut Conn, tenant: &Tenant, before: Moment) -> Result<(), LenderError> {
    query("DELETE FROM locks_issued WHERE tenant = $1 AND at_ms < $2")
        .bind(tenant.as_str())
        .bind(before.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many were signed after `since`.
pub(crate) async fn issued_since(
    conn: &mut Conn,
    tenant: &Tenant,
    since: Moment,
) -> Result<i64, LenderError> {
    let (n,): (i64,) = query_as("SELECT COUNT(*) FROM locks_issued WHERE tenant = $1 AND at_ms > $2")
        .bind(tenant.as_str())
        .bind(since.ms())
        .fetch_one(conn)
        .await?;
    Ok(n)
}

/// When the one was signed that `earlier` others after `since` were signed before.
pub(crate) async fn issued_at(
    conn: &mut Conn,
    tenant: &Tenant,
    since: Moment,
    earlier: i64,
) -> Result<Option<Moment>, LenderError> {
    let row: Option<(i64,)> = query_as(
        "SELECT at_ms FROM locks_issued WHERE tenant = $1 AND at_ms > $2 ORDER BY at_ms LIMIT 1 OFFSET $3",
    )
    .bind(tenant.as_str())
    .bind(since.ms())
    .bind(earlier)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(ms,)| Moment::from_ms(ms)))
}

/// Phones under a contract that is not settled, which have checked in.
pub(crate) async fn fleet(conn: &mut Conn, tenant: &Tenant) -> Result<i64, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM devices d JOIN contracts c ON c.tenant = d.tenant AND c.contract = d.contract
         WHERE d.tenant = $1 AND d.seen_ms IS NOT NULL AND c.settled_ms IS NULL",
    )
    .bind(tenant.as_str())
    .fetch_one(conn)
    .await?;
    Ok(n)
}

/// Rows that ended at `since` or later, in the order of their end.
pub(crate) async fn ended(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
    since: Moment,
) -> Result<Vec<RowState>, LenderError> {
    Ok(query_as(
        "SELECT no, device, state, code, lock_id FROM job_rows
         WHERE tenant = $1 AND job = $2 AND state IN ('issued', 'failed') AND due_ms >= $3 ORDER BY due_ms, no",
    )
    .bind(tenant.as_str())
    .bind(job)
    .bind(since.ms())
    .fetch_all(conn)
    .await?)
}
