//! The hotline: a spoken code for an owner without network. Every code that is read out leaves a row in the audit.

use super::Desk;
use crate::auth::Tenant;
use crate::codes::{SpokenCodes, hashed};
use crate::error::LenderError;
use crate::house::{Digits, House, Prepared, Work};
use crate::lock::outstanding;
use crate::orders::claims;
use crate::store::audit::{self, Audited, CODE_READ, Deed};
use crate::webhooks::anchor;
use crate::words::Languages;
use latchkey_core::order::claims::{Commitment, Lock};
use latchkey_core::order::values::{DeviceId, LockId, Slot, Text};
use std::sync::Arc;

/// Who reads a code out, to whom, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The lock that the phone shows; `None` = the one in force.
    pub lock_id: Option<LockId>,
    /// The slot that the phone shows: 1 to 3 open it for 72 hours, 4 releases it.
    pub slot: Slot,
    /// Name or number of the operator.
    pub operator: Text<64>,
    /// Why this caller gets it.
    pub reason: Text<200>,
}

/// A code to be read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOut {
    /// The lock that it is for.
    pub lock_id: LockId,
    /// The slot that it is for.
    pub slot: Slot,
    /// The digits in groups of four.
    pub groups: String,
    /// How often it was read out before.
    pub before: usize,
}

/// The slot whose code releases the lock; the others open it for a time (protocol §6).
pub(crate) const RELEASES: u8 = 4;

impl ReadOut {
    /// What the operator says, line by line, in the caller's language (`hi`, `ar`); English where we do not speak it.
    #[must_use]
    pub fn script(&self, language: &str) -> Vec<String> {
        let languages = Languages::compiled();
        let words = languages.pick(Some(language), None);
        let gives = if self.slot.get() == RELEASES {
            "lender-code-ends"
        } else {
            "lender-code-opens"
        };
        vec![
            words.say("lender-code-where"),
            words.say("lender-code-digits"),
            self.groups.clone(),
            words.say(gives),
            words.say("lender-code-once"),
        ]
    }
}

impl Desk {
    /// Reads a code out, and writes down who did and why, in the same transaction: no row, no code.
    ///
    /// # Errors
    /// `no_codes`; `not_found`: no such lock in force, or it has no such code; `damaged`: `codes.json` is another one.
    pub async fn code(&self, ask: &Ask) -> Result<ReadOut, LenderError> {
        let prepared = prepare(&self.house, self.tenant(), self.phone()?, ask.slot).await?;
        let mut work = self.house.begin(self.tenant()).await?;
        work.prepared = prepared;
        let read = work.read_code(self.phone()?, ask).await?;
        work.tx.commit().await?;
        Ok(read)
    }

    /// The audit of the whole tenant, in order. [`audit::whole`] says whether nobody touched it.
    ///
    /// # Errors
    /// The store refused.
    pub async fn audit(&self) -> Result<Vec<Audited>, LenderError> {
        let mut conn = self.house.store.read().await?;
        audit::all(&mut conn, self.tenant()).await
    }
}

/// The digits of a code, off the runtime's threads.
async fn digits(
    codes: Arc<SpokenCodes>,
    device: &DeviceId,
    lock_id: LockId,
    commitment: &Commitment,
) -> Result<Digits, LenderError> {
    let (device, commitment) = (device.clone(), commitment.clone());
    hashed(move || {
        let groups = codes.read_out(&device, lock_id, &commitment)?;
        Ok(Digits {
            device,
            lock_id,
            commitment,
            groups,
        })
    })
    .await
}

/// Hashes for a code that is about to be read out, before the transaction that writes down who read it. What is not there
/// is refused there.
pub(crate) async fn prepare(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    slot: Slot,
) -> Result<Prepared, LenderError> {
    let Some(codes) = house.office(tenant)?.codes.clone() else {
        return Ok(Prepared::default());
    };
    let mut conn = house.store.read().await?;
    let lock = match outstanding(&mut conn, tenant, device).await {
        Ok(Some(lock)) => claims::<Lock>(&lock.jws)?,
        Ok(None) | Err(LenderError::NotFound(_)) => return Ok(Prepared::default()),
        Err(error) => return Err(error),
    };
    drop(conn);
    let Some(commitment) = lock.codes.iter().find(|code| code.slot == slot) else {
        return Ok(Prepared::default());
    };
    Ok(Prepared {
        digits: Some(digits(codes, device, lock.lock_id, commitment).await?),
        ..Prepared::default()
    })
}

impl Desk {
    /// Tells the head of the audit's chain to the webhooks that ask for it, now. `None` before the first row.
    ///
    /// # Errors
    /// The store refused.
    pub async fn tell_audit_head(&self) -> Result<Option<audit::Head>, LenderError> {
        let (mut tx, now) = (self.house.store.begin().await?, self.house.now());
        let head = anchor::by_hand(&mut tx, self.tenant(), now).await?;
        tx.commit().await?;
        Ok(head)
    }

    /// The same if it changed and an hour is over, as a running server does it.
    ///
    /// # Errors
    /// The store refused.
    pub async fn tell_audit_head_in_time(&self) -> Result<Option<audit::Head>, LenderError> {
        anchor::in_time(&self.house, self.tenant()).await
    }
}

impl Work<'_> {
    /// See [`Desk::code`].
    pub(crate) async fn read_code(&mut self, device: &DeviceId, ask: &Ask) -> Result<ReadOut, LenderError> {
        let codes = self.codes.clone().ok_or(LenderError::NoCodes)?;
        let lock = self.lock_named(device, ask.lock_id).await?;
        let lock = lock.ok_or(LenderError::NotFound(
            "no such lock in force; ask for the number on the phone",
        ))?;
        let commitment = lock.codes.iter().find(|code| code.slot == ask.slot);
        let commitment = commitment.ok_or(LenderError::NotFound(
            "this lock has no such code; use `order grace` or `order release`",
        ))?;
        let lock_id = i64::from(lock.lock_id.get());
        let read = audit::codes_read(&mut self.tx, self.tenant, device, lock_id, self.now).await?;
        let slot = i64::from(ask.slot.get());
        let before = read
            .iter()
            .find(|(known, _)| *known == slot)
            .map_or(0, |(_, n)| *n);
        let before = usize::try_from(before).unwrap_or(0);
        let deed = Deed {
            action: CODE_READ,
            operator: ask.operator.as_str(),
            reason: ask.reason.as_str(),
            device: Some(device),
            lock_id: Some(lock.lock_id),
            slot: Some(ask.slot),
        };
        audit::write(&mut self.tx, self.tenant, &deed, self.now).await?;
        let fits =
            |d: &Digits| (&d.device, d.lock_id, &d.commitment) == (device, lock.lock_id, &commitment.0);
        let digits = match self.prepared.digits.take().filter(fits) {
            Some(digits) => digits,
            None => digits(codes, device, lock.lock_id, &commitment.0).await?,
        };
        Ok(ReadOut {
            lock_id: lock.lock_id,
            slot: ask.slot,
            groups: digits.groups,
            before,
        })
    }
}
