//! Payments of which a part went to no instalment, for as long as the provider did not give it back.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::error::LenderError;

/// A payment that was too much.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Over {
    /// Its id.
    pub payment: String,
    /// The contract that it was booked on.
    pub contract: String,
    /// The phone of that contract.
    pub device: String,
    /// Who confirmed it.
    pub provider: String,
    /// The provider's number of it.
    pub reference: String,
    /// Minor units in all.
    pub minor: i64,
    /// What is owed back of it, minor units.
    pub back: i64,
    /// When it came, Unix milliseconds.
    pub paid_ms: i64,
}

/// Writes down what of a payment went to no instalment.
pub(crate) async fn note(
    conn: &mut Conn,
    tenant: &Tenant,
    payment: &str,
    minor: i64,
) -> Result<(), LenderError> {
    query("UPDATE payments SET over_minor = $3 WHERE tenant = $1 AND payment = $2")
        .bind(tenant.as_str())
        .bind(payment)
        .bind(minor)
        .execute(conn)
        .await?;
    Ok(())
}

/// Those after a place (when it came, its id), oldest first: whoever waits longest.
pub(crate) async fn after(
    conn: &mut Conn,
    tenant: &Tenant,
    place: (i64, &str),
    limit: i64,
) -> Result<Vec<Over>, LenderError> {
    Ok(query_as(
        "SELECT p.payment, p.contract, d.device, p.provider, p.reference, p.minor, p.over_minor - p.given AS back, p.paid_ms
         FROM (
             SELECT q.tenant, q.payment, q.contract, q.provider, q.reference, q.minor, q.over_minor, q.paid_ms,
                 CAST(COALESCE((SELECT SUM(e.minor) FROM provider_events e WHERE e.tenant = q.tenant
                     AND e.provider = q.provider AND e.reference = q.reference AND e.outcome = 'partial_refund'), 0)
                     AS BIGINT) AS given
             FROM payments q
             WHERE q.tenant = $1 AND q.over_minor > 0 AND q.reversed_ms IS NULL
               AND (q.paid_ms > $2 OR (q.paid_ms = $2 AND q.payment > $3))
         ) p JOIN devices d ON d.tenant = p.tenant AND d.contract = p.contract
         WHERE p.over_minor > p.given
         ORDER BY p.paid_ms, p.payment LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(place.0)
    .bind(place.1)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}
