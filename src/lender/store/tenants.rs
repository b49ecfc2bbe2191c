//! The lenders that share this house, besides the first one.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;

/// Names and cards, oldest first.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<(String, String)>, LenderError> {
    Ok(
        query_as("SELECT tenant, card FROM tenants ORDER BY created_ms, tenant")
            .fetch_all(conn)
            .await?,
    )
}

/// Adds one. `false`: there is one of this name.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    card: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let done =
        query("INSERT INTO tenants (tenant, card, created_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(tenant.as_str())
            .bind(card)
            .bind(now.ms())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() > 0)
}
