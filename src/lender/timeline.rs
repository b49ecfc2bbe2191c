//! The money of a contract as it stands in the store: the one reader behind terms, pay page, payment and desk.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::lock::standing;
use crate::money::{self, Behind, Instalment, Sums};
use crate::orders::claims;
use crate::store::contracts::{self, Contract};
use crate::store::{Conn, devices, int, payments};
use latchkey_core::order::claims::Lock;
use latchkey_core::order::values::{Day, DeviceId, Minor, No};
use latchkey_core::refusal::Code;

/// A contract's money at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    /// Every instalment, by due day.
    pub instalments: Vec<Instalment>,
    /// The instalment that a lock stands for.
    pub locked: Option<No>,
    /// What they add up to.
    pub sums: Sums,
}

impl Timeline {
    /// The instalment that a notice or a lock may be about.
    ///
    /// # Errors
    /// `not_found`, `s_plan`, `nothing_owed`.
    pub(crate) fn arrears(&self, no: No) -> Result<Instalment, LenderError> {
        let found = self.instalments.iter().find(|i| i.no == no);
        match found {
            None => Err(LenderError::NotFound("no such instalment; `money` shows them")),
            Some(found) if found.replaced => Err(LenderError::Refused(Code::SPlan.into())),
            Some(found) if found.open() == 0 => Err(LenderError::NothingOwed),
            Some(found) => Ok(*found),
        }
    }

    /// What plans added.
    pub(crate) fn planned(&self) -> Vec<(No, Day, Minor)> {
        let planned = self.instalments.iter().filter(|i| i.planned);
        planned.map(|i| (i.no, i.due, i.minor)).collect()
    }
}

/// Reads it.
pub(crate) async fn of(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &Contract,
    now: Moment,
) -> Result<Timeline, LenderError> {
    let instalments = contracts::instalments(conn, tenant, &contract.id).await?;
    let device = devices::of_contract(conn, tenant, &contract.id).await?;
    let behind = match locked(conn, tenant, &device).await? {
        Some(lock) => {
            let lock_id = int(lock.lock_id.get());
            let since = payments::since(conn, tenant, &device, lock_id, lock.instalment).await?;
            Some(Behind {
                no: lock.instalment,
                asks: lock.amount.minor.get().saturating_sub(since),
            })
        }
        None => None,
    };
    let sums = money::sums(&instalments, now.day(contract.read.utc_offset_min)?, behind)?;
    Ok(Timeline {
        instalments,
        locked: behind.map(|lock| lock.no),
        sums,
    })
}

/// The lock that stands: the one that the phone took, else the one on its way.
pub(crate) async fn locked(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Option<Lock>, LenderError> {
    let locks = standing(conn, tenant, device).await?;
    locks.first().map(|lock| claims(&lock.jws)).transpose()
}
