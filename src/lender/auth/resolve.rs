//! From a secret that names its owner to the tenant: the queries that run before a tenant is known.

use super::Tenant;
use crate::error::LenderError;
use crate::store::{Conn, device_id, query_as};
use crate::{random, sign};
use latchkey_core::order::values::DeviceId;

/// The tenant and contract behind a pay token.
pub(crate) async fn payer(conn: &mut Conn, token: &str) -> Result<Option<(Tenant, String)>, LenderError> {
    let row: Option<(String, String)> =
        query_as("SELECT tenant, contract FROM contracts WHERE pay_token = $1")
            .bind(random::as_typed(token))
            .fetch_optional(conn)
            .await?;
    row.map(|(tenant, contract)| Ok((Tenant::from_store(tenant)?, contract)))
        .transpose()
}

/// The tenant and phone that an enrolment code was made for.
pub(crate) async fn code_holder(
    conn: &mut Conn,
    code: &str,
) -> Result<Option<(Tenant, DeviceId)>, LenderError> {
    let row: Option<(String, String)> =
        query_as("SELECT tenant, device FROM enrol_codes WHERE code_hash = $1")
            .bind(sign::sha256(random::as_typed(code).as_bytes()))
            .fetch_optional(conn)
            .await?;
    row.map(|(tenant, device)| Ok((Tenant::from_store(tenant)?, device_id(device)?)))
        .transpose()
}

/// The tenant of a phone.
pub(super) async fn phone(conn: &mut Conn, device: &DeviceId) -> Result<Option<Tenant>, LenderError> {
    let row: Option<(String,)> = query_as("SELECT tenant FROM devices WHERE device = $1")
        .bind(device.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|(tenant,)| Tenant::from_store(tenant)).transpose()
}

/// The tenant of a client.
pub(super) async fn client(conn: &mut Conn, client: &str) -> Result<Option<Tenant>, LenderError> {
    let row: Option<(String,)> = query_as("SELECT tenant FROM clients WHERE client = $1")
        .bind(client)
        .fetch_optional(conn)
        .await?;
    row.map(|(tenant,)| Tenant::from_store(tenant)).transpose()
}
