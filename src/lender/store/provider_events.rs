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

/// One thing that a provider told.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Heard {
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
    /// `booked`, `overpaid`, `repeated`, `reversed`; a clerk's business are `unmatched`, `wrong_currency` and
    /// `partial_refund`: nothing was booked.
    pub outcome: String,
    /// When, Unix milliseconds.
    pub told_ms: i64,
}

/// The newest ones.
pub(crate) async fn newest(conn: &mut Conn, tenant: &Tenant, limit: i64) -> Result<Vec<Heard>, LenderError> {
    Ok(query_as(
        "SELECT provider, kind, reference, about, minor, currency, outcome, told_ms FROM provider_events
         WHERE tenant = $1 ORDER BY told_ms DESC, message LIMIT $2",
    )
    .bind(tenant.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?)
}
