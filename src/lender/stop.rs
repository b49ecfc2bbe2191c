//! The stop switch: no lock is signed while it is pulled; what frees an owner goes on. One switch a tenant.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::house::Work;
use crate::store::{Conn, settings};
use latchkey_core::order::values::Text;

const STOPPED: &str = "locks_stopped";

/// Why locks are stopped; `None`: they are not.
pub(crate) async fn reason(conn: &mut Conn, tenant: &Tenant) -> Result<Option<String>, LenderError> {
    let reason = settings::get(conn, tenant, STOPPED).await?;
    Ok(reason.filter(|reason| !reason.is_empty()))
}

/// Pulls it.
pub(crate) async fn stop(
    work: &mut Work<'_>,
    _operator: &Text<64>,
    reason: &Text<200>,
) -> Result<(), LenderError> {
    settings::set(&mut work.tx, work.tenant, STOPPED, reason.as_str()).await
}

/// Lets locks go on.
pub(crate) async fn resume(
    work: &mut Work<'_>,
    _operator: &Text<64>,
    _reason: &Text<200>,
) -> Result<(), LenderError> {
    settings::set(&mut work.tx, work.tenant, STOPPED, "").await
}

/// Refuses a lock while it is pulled.
pub(crate) async fn check(work: &mut Work<'_>) -> Result<(), LenderError> {
    match reason(&mut work.tx, work.tenant).await? {
        Some(_) => Err(LenderError::LocksStopped),
        None => Ok(()),
    }
}
