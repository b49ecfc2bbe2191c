//! Jobs in parts, what became of their rows, and which of them wait for a second person.

use super::jobs::Job;
use super::{Conn, query_as};
use crate::auth::Tenant;
use crate::error::LenderError;

/// Jobs after a place (when it was made, its id), newest first.
pub(crate) async fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<Job>, LenderError> {
    let (ms, job) = after.unwrap_or((i64::MAX, ""));
    Ok(query_as(
        "SELECT job, creator, reason, created_ms, approver, cancelled_ms FROM jobs
         WHERE tenant = $1 AND (created_ms < $2 OR (created_ms = $2 AND job > $3))
         ORDER BY created_ms DESC, job LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(ms)
    .bind(job)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// Jobs with rows that the breaker holds and that nobody approved, oldest first.
pub(crate) async fn waiting(conn: &mut Conn, tenant: &Tenant, limit: i64) -> Result<Vec<Job>, LenderError> {
    Ok(query_as(
        "SELECT job, creator, reason, created_ms, approver, cancelled_ms FROM jobs
         WHERE tenant = $1 AND approved_ms IS NULL
           AND job IN (SELECT job FROM job_rows WHERE tenant = $1 AND state = 'held')
         ORDER BY created_ms, job LIMIT $2",
    )
    .bind(tenant.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// What became of the rows of a job: state, code (may be empty) and how many; what is most first.
pub(crate) async fn outcomes(
    conn: &mut Conn,
    tenant: &Tenant,
    job: &str,
) -> Result<Vec<(String, String, i64)>, LenderError> {
    Ok(query_as(
        "SELECT state, COALESCE(code, ''), COUNT(*) FROM job_rows WHERE tenant = $1 AND job = $2
         GROUP BY state, code ORDER BY 3 DESC, 1, 2",
    )
    .bind(tenant.as_str())
    .bind(job)
    .fetch_all(conn)
    .await?)
}
