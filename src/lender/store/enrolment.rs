//! Enrolment codes and device keys.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::auth::device::PublicKey;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::{random, sign};
use latchkey_core::order::values::DeviceId;

/// Keys that a phone may have at once.
pub(crate) const MAX_KEYS: usize = 4;

/// An enrolment code as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct StoredCode {
    /// When it stops to be accepted unused.
    pub expires_ms: i64,
    /// Thumbprint of the first key that used it.
    pub used_by: Option<String>,
    /// When.
    pub used_ms: Option<i64>,
}

fn hash(code: &str) -> String {
    sign::sha256(random::as_typed(code).as_bytes())
}

/// Stores a fresh code for a phone; only its hash is kept.
pub(crate) async fn insert_code(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    code: &str,
    now: Moment,
    expires: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO enrol_codes (tenant, code_hash, device, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(tenant.as_str())
    .bind(hash(code))
    .bind(device.as_str())
    .bind(now.ms())
    .bind(expires.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Looks a code up.
pub(crate) async fn code(
    conn: &mut Conn,
    tenant: &Tenant,
    code: &str,
) -> Result<Option<StoredCode>, LenderError> {
    Ok(
        query_as("SELECT expires_ms, used_by, used_ms FROM enrol_codes WHERE tenant = $1 AND code_hash = $2")
            .bind(tenant.as_str())
            .bind(hash(code))
            .fetch_optional(conn)
            .await?,
    )
}

/// Binds a code to the first key that uses it.
pub(crate) async fn use_code(
    conn: &mut Conn,
    tenant: &Tenant,
    code: &str,
    thumbprint: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE enrol_codes SET used_by = $3, used_ms = $4
         WHERE tenant = $1 AND code_hash = $2 AND used_by IS NULL",
    )
    .bind(tenant.as_str())
    .bind(hash(code))
    .bind(thumbprint)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Binds the phone to its serial number's hash, once.
pub(crate) async fn bind_serial(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    serial_hash: &str,
) -> Result<(), LenderError> {
    query("UPDATE devices SET serial_hash = $3 WHERE tenant = $1 AND device = $2 AND serial_hash IS NULL")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(serial_hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// A phone's keys that are not retired, oldest first.
pub(crate) async fn keys(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Vec<PublicKey>, LenderError> {
    let rows: Vec<(String, String, Option<String>)> = query_as(
        "SELECT alg, x, y FROM device_keys
         WHERE tenant = $1 AND device = $2 AND retired_ms IS NULL ORDER BY added_ms, thumbprint",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(alg, x, y)| {
            PublicKey::from_store(&alg, &x, y.as_deref()).ok_or(LenderError::Damaged("a device key"))
        })
        .collect()
}

/// Adds a key; one that is there already stays as it is.
pub(crate) async fn add_key(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    key: &PublicKey,
    now: Moment,
) -> Result<(), LenderError> {
    let (alg, x, y) = key.to_store();
    query(
        "INSERT INTO device_keys (tenant, device, thumbprint, alg, x, y, added_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(key.thumbprint())
    .bind(alg)
    .bind(x)
    .bind(y)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// A clerk's act: retires all but the newest `keep` keys.
pub(crate) async fn retire_oldest(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    keep: usize,
    now: Moment,
) -> Result<(), LenderError> {
    let keys = keys(conn, tenant, device).await?;
    for key in keys.iter().take(keys.len().saturating_sub(keep)) {
        query("UPDATE device_keys SET retired_ms = $4 WHERE tenant = $1 AND device = $2 AND thumbprint = $3")
            .bind(tenant.as_str())
            .bind(device.as_str())
            .bind(key.thumbprint())
            .bind(now.ms())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
