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

/// Writes one that still has the value `before`, or takes it out. `false`: it has another one by now.
pub(crate) async fn replace(
    conn: &mut Conn,
    tenant: &Tenant,
    name: &str,
    before: &str,
    value: Option<&str>,
) -> Result<bool, LenderError> {
    let query = match value {
        Some(value) => query("UPDATE settings SET value = $4 WHERE tenant = $1 AND name = $2 AND value = $3")
            .bind(tenant.as_str())
            .bind(name)
            .bind(before)
            .bind(value),
        None => query("DELETE FROM settings WHERE tenant = $1 AND name = $2 AND value = $3")
            .bind(tenant.as_str())
            .bind(name)
            .bind(before),
    };
    Ok(query.execute(conn).await?.rows_affected() > 0)
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
