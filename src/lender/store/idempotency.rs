//! One answer for each idempotency key, and what clients signed.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;

/// A stored answer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Stored {
    /// SHA-256 of what was asked.
    pub fingerprint: String,
    /// HTTP status.
    pub status: i64,
    /// Body.
    pub reply: String,
}

/// The answer that a key got before.
pub(crate) async fn get(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    key: &str,
    not_before: Moment,
) -> Result<Option<Stored>, LenderError> {
    Ok(query_as(
        "SELECT fingerprint, status, reply FROM idempotency
         WHERE tenant = $1 AND client = $2 AND key = $3 AND created_ms >= $4",
    )
    .bind(tenant.as_str())
    .bind(client)
    .bind(key)
    .bind(not_before.ms())
    .fetch_optional(conn)
    .await?)
}

/// Forgets answers that are too old.
pub(crate) async fn forget(conn: &mut Conn, before: Moment) -> Result<(), LenderError> {
    query("DELETE FROM idempotency WHERE created_ms < $1")
        .bind(before.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores an answer. `false`: another request with this key was faster.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    key: &str,
    answer: &Stored,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "INSERT INTO idempotency (tenant, client, key, fingerprint, status, reply, created_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(client)
    .bind(key)
    .bind(&answer.fingerprint)
    .bind(answer.status)
    .bind(&answer.reply)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The proof of who asked for a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence<'a> {
    /// Id of the request.
    pub request: &'a str,
    /// Which client.
    pub client: &'a str,
    /// Which operation.
    pub operation: &'a str,
    /// What was signed (RFC 9421 §2.5).
    pub base: &'a str,
    /// The signature, base64url.
    pub signature: &'a str,
    /// HTTP status of the answer.
    pub status: i64,
}

/// Keeps it.
pub(crate) async fn keep(
    conn: &mut Conn,
    tenant: &Tenant,
    evidence: &Evidence<'_>,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO signed_requests (tenant, request, client, operation, at_ms, base, signature, status)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tenant.as_str())
    .bind(evidence.request)
    .bind(evidence.client)
    .bind(evidence.operation)
    .bind(now.ms())
    .bind(evidence.base)
    .bind(evidence.signature)
    .bind(evidence.status)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets signed requests that are too old.
pub(crate) async fn forget_signed(
    conn: &mut Conn,
    tenant: &Tenant,
    before: Moment,
) -> Result<(), LenderError> {
    query("DELETE FROM signed_requests WHERE tenant = $1 AND at_ms < $2")
        .bind(tenant.as_str())
        .bind(before.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many signed requests are kept.
#[cfg(test)]
pub(crate) async fn signed(conn: &mut Conn, tenant: &Tenant) -> Result<i64, LenderError> {
    let (n,): (i64,) = query_as("SELECT COUNT(*) FROM signed_requests WHERE tenant = $1")
        .bind(tenant.as_str())
        .fetch_one(conn)
        .await?;
    Ok(n)
}
