//! Single values: the port of last time, the serial number of a sandbox's phone.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::error::LenderError;

/// Reads one.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, name: &str) -> Result<Option<String>, LenderError> {
    let row: Option<(String,)> = query_as("SELECT value FROM settings WHERE tenant = $1 AND name = $2")
        .bind(tenant.as_str())
        .bind(name)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(value,)| value))
}

/// Writes one.
pub(crate) async fn set(
    conn: &mut Conn,
    tenant: &Tenant,
    name: &str,
    value: &str,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO settings (tenant, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value",
    )
    .bind(tenant.as_str())
    .bind(name)
    .bind(value)
    .execute(conn)
    .await?;
    Ok(())
}
