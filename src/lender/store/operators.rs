//! Operators of the console, and who of them is signed in.

use super::{Conn, device_id, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::scopes::Scopes;
use latchkey_core::order::values::DeviceId;

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Name.
    pub name: String,
    /// What the operator may do.
    pub scopes: Scopes,
    /// Whether the operator may sign in no more.
    pub closed: bool,
}

/// Adds one. `false`: the name is taken.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    operator: &Stored,
    password: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "INSERT INTO operators (tenant, operator, password, scopes, created_ms) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(&operator.name)
    .bind(password)
    .bind(operator.scopes.to_string())
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends one, and whoever is signed in under that name. `false`: there is none, or it was ended before.
pub(crate) async fn close(
    conn: &mut Conn,
    tenant: &Tenant,
    name: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    query("DELETE FROM operator_sessions WHERE tenant = $1 AND operator = $2")
        .bind(tenant.as_str())
        .bind(name)
        .execute(&mut *conn)
        .await?;
    let done = query(
        "UPDATE operators SET closed_ms = $3 WHERE tenant = $1 AND operator = $2 AND closed_ms IS NULL",
    )
    .bind(tenant.as_str())
    .bind(name)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Every operator of a tenant, oldest first.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Stored>, LenderError> {
    let rows: Vec<(String, String, Option<i64>)> = query_as(
        "SELECT operator, scopes, closed_ms FROM operators WHERE tenant = $1 ORDER BY created_ms, operator",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter().map(|(name, scopes, closed)| {
        Ok(Stored {
            name,
            scopes: Scopes::parse(&scopes).ok_or(LenderError::Damaged("an operator's scopes"))?,
            closed: closed.is_some(),
        })
    });
    rows.collect()
}

/// Writes down that somebody signed in.
pub(crate) async fn begin(
    conn: &mut Conn,
    tenant: &Tenant,
    name: &str,
    session: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO operator_sessions (tenant, session, operator, begun_ms, seen_ms)
         VALUES ($1, $2, $3, $4, $4)",
    )
    .bind(tenant.as_str())
    .bind(session)
    .bind(name)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes down that a session was used.
pub(crate) async fn seen(
    conn: &mut Conn,
    tenant: &Tenant,
    session: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE operator_sessions SET seen_ms = $3 WHERE tenant = $1 AND session = $2")
        .bind(tenant.as_str())
        .bind(session)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session, and forgets those that nobody used since a moment.
pub(crate) async fn end(
    conn: &mut Conn,
    tenant: &Tenant,
    session: &str,
    unused_since: Moment,
) -> Result<(), LenderError> {
    query("DELETE FROM operator_sessions WHERE tenant = $1 AND (session = $2 OR seen_ms < $3)")
        .bind(tenant.as_str())
        .bind(session)
        .bind(unused_since.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Phones whose contract this is, or whose id begins like this; at most twenty, each with its contract.
pub(crate) async fn found(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    begins: &str,
) -> Result<Vec<(DeviceId, String)>, LenderError> {
    // What could stand for other characters stands in no id.
    let plain: String = begins.chars().filter(char::is_ascii_alphanumeric).collect();
    let like = if plain.len() < 4 {
        String::new()
    } else {
        format!("{plain}%")
    };
    let rows: Vec<(String, String)> = query_as(
        "SELECT device, contract FROM devices WHERE tenant = $1 AND (contract = $2 OR device LIKE $3)
         ORDER BY created_ms, device LIMIT 20",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .bind(like)
    .fetch_all(conn)
    .await?;
    let rows = rows
        .into_iter()
        .map(|(device, contract)| Ok((device_id(device)?, contract)));
    rows.collect()
}
