//! Lists in parts: what comes after the last row that was told.

use super::{Conn, device_id, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::values::DeviceId;

/// Keeps `limit` rows, where one more was asked for; tells the last of them, if there are more.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: i64) -> Option<&T> {
    let more = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
    if more {
        rows.pop();
    }
    rows.last().filter(|_| more)
}

/// A phone in a list.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// Its id.
    pub device: DeviceId,
    /// Its contract.
    pub contract: String,
    /// When it was made.
    pub created: Moment,
}

/// Phones after a place, oldest first.
pub(crate) async fn devices(
    conn: &mut Conn,
    tenant: &Tenant,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<Listed>, LenderError> {
    let rows: Vec<(String, String, i64)> = query_as(
        "SELECT device, contract, created_ms FROM devices
         WHERE tenant = $1 AND (created_ms > $2 OR (created_ms = $2 AND device > $3))
         ORDER BY created_ms, device LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter().map(|(device, contract, ms)| {
        Ok(Listed {
            device: device_id(device)?,
            contract,
            created: Moment::from_ms(ms),
        })
    });
    rows.collect()
}

/// Clients after a place, oldest first: when each was made, and its id.
pub(crate) async fn clients(
    conn: &mut Conn,
    tenant: &Tenant,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<(i64, String)>, LenderError> {
    Ok(query_as(
        "SELECT created_ms, client FROM clients
         WHERE tenant = $1 AND (created_ms > $2 OR (created_ms = $2 AND client > $3))
         ORDER BY created_ms, client LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// Names of claims after a place, oldest first: when it came, whose phone, which claim.
pub(crate) async fn claims(
    conn: &mut Conn,
    tenant: &Tenant,
    after: (i64, &str, &str),
    open: bool,
    limit: i64,
) -> Result<Vec<(i64, DeviceId, String)>, LenderError> {
    let rows: Vec<(i64, String, String)> = query_as(
        "SELECT created_ms, device, claim FROM claims
         WHERE tenant = $1 AND ($5 = 0 OR outcome IS NULL)
           AND (created_ms > $2 OR (created_ms = $2 AND (device > $3 OR (device = $3 AND claim > $4))))
         ORDER BY created_ms, device, claim LIMIT $6",
    )
    .bind(tenant.as_str())
    .bind(after.0)
    .bind(after.1)
    .bind(after.2)
    .bind(i64::from(open))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let rows = rows
        .into_iter()
        .map(|(ms, device, claim)| Ok((ms, device_id(device)?, claim)));
    rows.collect()
}

/// What the phone told last, and the head of its delivery.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Told {
    /// Mode word.
    pub mode: String,
    /// Number of the newest order, 0 = none.
    pub head: i64,
}

/// It.
pub(crate) async fn told(conn: &mut Conn, tenant: &Tenant, device: &DeviceId) -> Result<Told, LenderError> {
    query_as("SELECT mode, next_seq - 1 AS head FROM devices WHERE tenant = $1 AND device = $2")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .fetch_optional(conn)
        .await?
        .ok_or(LenderError::NotFound("no such phone"))
}
