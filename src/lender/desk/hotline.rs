//! The hotline: a spoken code for an owner without network. Every code that is read out leaves a row in the audit.

use super::Desk;
use crate::error::LenderError;
use crate::house::Work;
use crate::orders::claims;
use crate::store::audit::{self, Audited, CODE_READ, Deed};
use crate::webhooks::anchor;
use crate::words::Languages;
use latchkey_core::order::claims::Lock;
use latchkey_core::order::values::{DeviceId, LockId, Slot, Text};

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
const RELEASES: u8 = 4;

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
        let mut work = self.house.begin(self.tenant()).await?;
        let read = work.read_code(&self.device, ask).await?;
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
        let lock = self.lock_outstanding(device).await?;
        let lock = lock.map(|lock| claims::<Lock>(&lock.jws)).transpose()?;
        let lock = lock.filter(|lock| ask.lock_id.is_none_or(|asked| asked == lock.lock_id));
        let lock = lock.ok_or(LenderError::NotFound(
            "no such lock in force; ask for the number on the phone",
        ))?;
        let commitment = lock.codes.iter().find(|code| code.slot == ask.slot);
        let commitment = commitment.ok_or(LenderError::NotFound(
            "this lock has no such code; use `order grace` or `order release`",
        ))?;
        let about = (
            device.as_str(),
            i64::from(lock.lock_id.get()),
            i64::from(ask.slot.get()),
        );
        let rows = audit::all(&mut self.tx, self.tenant).await?;
        let before = rows
            .iter()
            .filter(|row| row.action == CODE_READ && (row.device.as_str(), row.lock_id, row.slot) == about)
            .count();
        let deed = Deed {
            action: CODE_READ,
            operator: ask.operator.as_str(),
            reason: ask.reason.as_str(),
            device: Some(device),
            lock_id: Some(lock.lock_id),
            slot: Some(ask.slot),
        };
        audit::write(&mut self.tx, self.tenant, &deed, self.now).await?;
        let (device, lock_id, commitment) = (device.clone(), lock.lock_id, commitment.0.clone());
        let groups = tokio::task::spawn_blocking(move || codes.read_out(&device, lock_id, &commitment));
        let groups = groups.await.unwrap_or(Err(LenderError::NoMemory))?;
        Ok(ReadOut {
            lock_id,
            slot: ask.slot,
            groups,
            before,
        })
    }
}
