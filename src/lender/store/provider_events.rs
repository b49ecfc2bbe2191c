//! What payment providers told, and what became of it.

use super::{Conn, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::provider::ProviderEvent;

/// Writes it down before it is looked at. `false`: it was told before.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    event: &ProviderEvent,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "INSERT INTO provider_events (tenant, provider, message, kind, reference, minor, currency, about, outcome, told_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(&event.message)
    .bind(event.kind.as_str())
    .bind(&event.reference)
    .bind(int(event.minor))
    .bind(event.cur.as_str())
    .bind(&event.about)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Writes down what became of it.
pub(crate) async fn end(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    message: &str,
    outcome: &str,
) -> Result<(), LenderError> {
    query("UPDATE provider_events SET outcome = $4 WHERE tenant = $1 AND provider = $2 AND message = $3")
        .bind(tenant.as_str())
        .bind(provider)
        .bind(message)
        .bind(outcome)
        .execute(conn)
        .await?;
    Ok(())
}

/// Minor units of a payment that nobody could place and that was not sent back yet.
pub(crate) async fn unplaced(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    reference: &str,
) -> Result<Option<i64>, LenderError> {
    let row: Option<(i64,)> = query_as(
        "SELECT minor FROM provider_events WHERE tenant = $1 AND provider = $2 AND reference = $3 AND kind = 'paid'
             AND outcome IN ('unmatched', 'wrong_currency', 'returned') ORDER BY told_ms LIMIT 1",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(reference)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(minor,)| minor))
}

/// Minor units that were given back of a payment so far, in parts.
pub(crate) async fn refunded(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    reference: &str,
) -> Result<i64, LenderError> {
    let (minor,): (i64,) = query_as(
        "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM provider_events
         WHERE tenant = $1 AND provider = $2 AND reference = $3 AND outcome = 'partial_refund'",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(reference)
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

/// What nobody could place went back whole.
pub(crate) async fn returned(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    reference: &str,
) -> Result<(), LenderError> {
    query(
        "UPDATE provider_events SET outcome = 'returned' WHERE tenant = $1 AND provider = $2 AND reference = $3
             AND outcome IN ('unmatched', 'wrong_currency')",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(reference)
    .execute(conn)
    .await?;
    Ok(())
}

/// One thing that a provider told.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Heard {
    /// The provider's number of the message.
    pub message: String,
    /// Who told it.
    pub provider: String,
    /// `paid`, `refunded` or `charged_back`.
    pub kind: String,
    /// The provider's number of the payment.
    pub reference: String,
    /// The intent or contract that it named.
    pub about: String,
    /// Minor units.
    pub minor: i64,
    /// Their currency.
    pub currency: String,
    /// `booked`, `overpaid`, `repeated`, `reversed`, `returned`; a clerk's business are `unmatched`, `wrong_currency` and
    /// `partial_refund`: nothing was booked.
    pub outcome: String,
    /// When, Unix milliseconds.
    pub told_ms: i64,
}

/// The newest ones.
pub(crate) async fn newest(conn: &mut Conn, tenant: &Tenant, limit: i64) -> Result<Vec<Heard>, LenderError> {
    before(conn, tenant, (i64::MAX, ""), false, limit).await
}

/// Those older than a place, newest first; `open`: only what waits for a clerk.
pub(crate) async fn before(
    conn: &mut Conn,
    tenant: &Tenant,
    place: (i64, &str),
    open: bool,
    limit: i64,
) -> Result<Vec<Heard>, LenderError> {
    Ok(query_as(
        "SELECT message, provider, kind, reference, about, minor, currency, outcome, told_ms FROM provider_events
         WHERE tenant = $1 AND (told_ms < $2 OR (told_ms = $2 AND message > $3))
           AND ($4 = 0 OR outcome IN ('unmatched', 'wrong_currency', 'partial_refund'))
         ORDER BY told_ms DESC, message LIMIT $5",
    )
    .bind(tenant.as_str())
    .bind(place.0)
    .bind(place.1)
    .bind(i64::from(open))
    .bind(limit)
    .fetch_all(conn)
    .await?)
}
