//! The desk of a store whose server is not running, for any lender and phone of it.

use super::Desk;
use crate::error::LenderError;
use crate::premises;
use crate::sandbox::{Options, Sandbox};
use crate::store::devices;
use latchkey_core::order::values::DeviceId;
use std::path::Path;

impl Sandbox {
    /// As [`Sandbox::desk_of`], of this lender (the first one, if none is named) and for this phone (its oldest one; a lender
    /// without phones has a desk all the same).
    ///
    /// # Errors
    /// As [`Sandbox::desk_of`]; `not_found`: no such tenant, or no such phone.
    pub async fn desk_at(
        dir: &Path,
        options: Options,
        tenant: Option<&str>,
        device: Option<&DeviceId>,
    ) -> Result<Desk, LenderError> {
        let (house, lock) = premises::closed(dir, options).await?;
        let office = house.office_named(tenant);
        let tenant = office
            .map(|office| office.tenant.clone())
            .ok_or(LenderError::NotFound("no such tenant; `tenant list` shows them"))?;
        let mut conn = house.store.read().await?;
        let device = match device {
            Some(device) => {
                devices::get(&mut conn, &tenant, device).await?;
                Some(device.clone())
            }
            None => devices::oldest(&mut conn, &tenant).await?,
        };
        drop(conn);
        Ok(Desk::new(house, tenant, device, lock))
    }
}
