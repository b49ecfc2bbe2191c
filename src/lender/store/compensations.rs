//! Locks that were wrong, and what is due for them.

use super::{Conn, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::DeviceId;

/// A lock that was wrong.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Wrong {
    /// Its number.
    pub lock_id: i64,
    /// Number of the first lock that it goes on from, by level or by answer.
    pub first_lock_id: i64,
    /// Why it was wrong: `dispute`, `lapsed`, `error`, `void`, `provider` or `late`.
    pub cause: String,
    /// The claim that told it.
    pub claim: Option<String>,
    /// Not counted before this, Unix milliseconds.
    pub counts_from_ms: Option<i64>,
    /// When it was found out.
    pub noted_ms: i64,
    /// Minor units for each hour that has begun.
    pub per_hour: i64,
    /// Their currency.
    pub currency: String,
    /// From when it was counted, once it stands still.
    pub from_ms: Option<i64>,
    /// Until when.
    pub until_ms: Option<i64>,
    /// Hours.
    pub hours: Option<i64>,
    /// Minor units.
    pub minor: Option<i64>,
}

/// Writes one down; the first cause that is found stays.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    wrong: &Wrong,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO compensations
             (tenant, device, lock_id, first_lock_id, cause, claim, counts_from_ms, noted_ms, per_hour, currency)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(wrong.lock_id)
    .bind(wrong.first_lock_id)
    .bind(&wrong.cause)
    .bind(wrong.claim.as_deref())
    .bind(wrong.counts_from_ms)
    .bind(wrong.noted_ms)
    .bind(wrong.per_hour)
    .bind(&wrong.currency)
    .execute(conn)
    .await?;
    Ok(())
}

/// All of a phone, oldest first.
pub(crate) async fn all(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Vec<Wrong>, LenderError> {
    Ok(query_as(
        "SELECT lock_id, first_lock_id, cause, claim, counts_from_ms, noted_ms, per_hour, currency,
                from_ms, until_ms, hours, minor
         FROM compensations WHERE tenant = $1 AND device = $2 ORDER BY lock_id",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_all(conn)
    .await?)
}

/// When the phone told that it took the lock or one that it goes on from, and when that it holds it no more.
pub(crate) async fn held(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    wrong: &Wrong,
) -> Result<(Option<Moment>, Option<Moment>), LenderError> {
    let (taken,): (Option<i64>,) = query_as(
        "SELECT MIN(receipt_ms) FROM orders WHERE tenant = $1 AND device = $2 AND kind = $3
             AND lock_id BETWEEN $4 AND $5 AND receipt = 'ok'",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(typ::LOCK)
    .bind(wrong.first_lock_id)
    .bind(wrong.lock_id)
    .fetch_one(&mut *conn)
    .await?;
    let (lifted,): (Option<i64>,) = query_as(
        "SELECT MIN(at_ms) FROM (
             SELECT receipt_ms AS at_ms FROM orders WHERE tenant = $1 AND device = $2 AND receipt IN ('ok', 'n_no_effect')
                 AND ((kind = $3 AND lock_id >= $5) OR kind = $4)
             UNION ALL SELECT at_ms FROM lifted WHERE tenant = $1 AND device = $2 AND lock_id >= $5) AS told",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(typ::RELEASE)
    .bind(typ::SETTLE)
    .bind(wrong.lock_id)
    .fetch_one(conn)
    .await?;
    Ok((taken.map(Moment::from_ms), lifted.map(Moment::from_ms)))
}

/// It stands still.
pub(crate) async fn end(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
    span: (Moment, Moment),
    due: (u64, u64),
) -> Result<(), LenderError> {
    query(
        "UPDATE compensations SET from_ms = $4, until_ms = $5, hours = $6, minor = $7
         WHERE tenant = $1 AND device = $2 AND lock_id = $3 AND until_ms IS NULL",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock_id)
    .bind(span.0.ms())
    .bind(span.1.ms())
    .bind(int(due.0))
    .bind(int(due.1))
    .execute(conn)
    .await?;
    Ok(())
}

/// The phone never held it: nothing is due.
pub(crate) async fn forget(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
) -> Result<(), LenderError> {
    query("DELETE FROM compensations WHERE tenant = $1 AND device = $2 AND lock_id = $3")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(lock_id)
        .execute(conn)
        .await?;
    Ok(())
}
