//! The clerk's desk: orders by hand, for the command line, tests and journeys. The API calls the same.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::files::StoreLock;
use crate::house::{House, Work};
use crate::lock::{LockText, Reference};
use crate::orders::{self as made, NoticeText};
use crate::store::audit::{self, Deed};
use crate::store::{devices, orders};
use crate::void;
use latchkey_core::order::claims::{Grace, Lock, Role, Why};
use latchkey_core::order::values::{Day, DeviceId, GraceSecs, Kid, Level, LockId, No};
use latchkey_core::wire::Delivery;
use std::sync::Arc;

mod closed;
mod hotline;
mod jobs;
mod keys;
mod money;
mod owners;
mod webhooks;

pub use crate::compensation::Compensation;
pub use crate::store::audit::{Audited, Head, holds, whole};
pub use crate::store::payments::Booked;
pub use crate::store::provider_events::Heard;
pub use hotline::{Ask, ReadOut};
pub(crate) use hotline::{RELEASES, prepare as prepare_code};
pub use jobs::{By, JobState, LockRow, RowState, rows_of};
pub(crate) use keys::lines;
pub use keys::{KeyLine, KeyRing, ROLES, make_keys};
pub use money::Owed;
pub use owners::OwnerClaim;
pub use webhooks::{Event, Hook, Sent};

/// What became of an offered order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Delivery number.
    pub seq: i64,
    /// `typ`.
    pub kind: String,
    /// Number of the lock, 0 = none.
    pub lock_id: i64,
    /// The token.
    pub jws: String,
    /// `ok` or a refusal's code, once the phone told.
    pub receipt: Option<String>,
}

/// A day as `2026-12-31`.
#[must_use]
pub fn date(day: Day) -> String {
    crate::date::iso(day)
}

/// Unix seconds as a date and time in UTC.
#[must_use]
pub fn utc(unix_s: u64) -> String {
    let ms = i64::try_from(unix_s.saturating_mul(1000)).unwrap_or(i64::MAX);
    crate::date::http(Moment::from_ms(ms))
}

/// Orders for one phone.
#[derive(Clone, Debug)]
pub struct Desk {
    house: Arc<House>,
    tenant: Tenant,
    device: Option<DeviceId>,
    by: Option<By>,
    _lock: Arc<StoreLock>,
}

impl Desk {
    /// `device`: `None` = this lender has no phone, and what is about one is refused.
    pub(crate) fn new(
        house: Arc<House>,
        tenant: Tenant,
        device: Option<DeviceId>,
        lock: Arc<StoreLock>,
    ) -> Desk {
        Desk {
            house,
            tenant,
            device,
            by: None,
            _lock: lock,
        }
    }

    /// The same desk, for another phone of this lender.
    #[must_use]
    pub fn for_phone(&self, device: &DeviceId) -> Desk {
        Desk {
            device: Some(device.clone()),
            ..self.clone()
        }
    }

    /// The same desk, with somebody at it: each order and answer leaves a row in the audit, in the same transaction.
    #[must_use]
    pub fn by(&self, by: By) -> Desk {
        Desk {
            by: Some(by),
            ..self.clone()
        }
    }

    fn phone(&self) -> Result<&DeviceId, LenderError> {
        self.device.as_ref().ok_or(LenderError::NotFound(
            "this lender has no phone; add one with `agreement add` or `import`",
        ))
    }

    /// Writes a deed down, last of all: the audit's turn comes after every other.
    async fn write(
        &self,
        work: &mut Work<'_>,
        action: &str,
        lock_id: Option<LockId>,
    ) -> Result<(), LenderError> {
        let Some(by) = &self.by else { return Ok(()) };
        let deed = Deed {
            action,
            operator: by.operator.as_str(),
            reason: by.reason.as_str(),
            device: self.device.as_ref(),
            lock_id,
            slot: None,
        };
        audit::write(&mut work.tx, self.tenant(), &deed, work.now).await
    }

    /// The lock that a phone is under, before something changes that.
    async fn lock_before(&self, work: &mut Work<'_>) -> Result<Option<LockId>, LenderError> {
        match (&self.by, &self.device) {
            (Some(_), Some(device)) => {
                let lock = work.lock_outstanding(device).await?;
                let about = lock.map(|lock| made::claims::<Lock>(&lock.jws)).transpose()?;
                Ok(about.map(|lock| lock.lock_id))
            }
            (None, _) | (_, None) => Ok(None),
        }
    }

    /// Every phone of this lender, oldest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn phones(&self) -> Result<Vec<DeviceId>, LenderError> {
        let mut conn = self.house.store.read().await?;
        devices::all(&mut conn, self.tenant()).await
    }

    fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Sends a warning now.
    ///
    /// # Errors
    /// `settled`, `not_found`.
    pub async fn notice(&self, text: &NoticeText) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let now = work.now;
        let sent = work.notice(self.phone()?, text, now).await?;
        self.write(&mut work, "order.notice", None).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Sends fresh terms.
    ///
    /// # Errors
    /// `settled`.
    pub async fn terms(&self) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let sent = work.terms(self.phone()?).await?;
        self.write(&mut work, "order.terms", None).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Locks for an instalment, if the phone would accept that. A higher level than the lock in force is an escalation
    /// under the next number; it names the lower levels as its steps.
    ///
    /// # Errors
    /// `settled`, `not_found`, `nothing_owed`, `already_locked`, `locks_stopped`, `held` by the breaker until a second
    /// person approves or the rate allows, or the refusal that the phone would give, with the time
    /// from which it would not.
    pub async fn lock(&self, level: Level, instalment: No) -> Result<Delivery, LenderError> {
        self.lock_with(level, instalment, Vec::new()).await
    }

    /// The same, with the approvals and court orders that the market asks for. An escalation keeps those of the lock in
    /// force.
    ///
    /// # Errors
    /// As [`Desk::lock`]; `p_needs` while one is missing.
    pub async fn lock_with(
        &self,
        level: Level,
        instalment: No,
        refs: Vec<Reference>,
    ) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let text = LockText {
            level,
            instalment,
            answers: None,
            refs,
        };
        match work.lock(self.phone()?, &text).await {
            Ok(sent) => {
                let lock = self.lock_before(&mut work).await?;
                self.write(&mut work, "order.lock", lock).await?;
                work.tx.commit().await?;
                Ok(sent)
            }
            // The wish is kept, and nothing of it is signed.
            Err(LenderError::Breaker(_)) => {
                drop(work);
                self.held(level, instalment, text.refs).await
            }
            Err(error) => Err(error),
        }
    }

    /// Lifts every lock of the phone, clearing no instalment.
    ///
    /// # Errors
    /// The store refused.
    pub async fn release(&self, why: Why) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let lock = self.lock_before(&mut work).await?;
        let sent = work.release(self.phone()?, why, Vec::new(), None).await?;
        let action = match why {
            Why::Error => "order.release.error",
            Why::Paid | Why::Goodwill | Why::Void => "order.release.goodwill",
        };
        self.write(&mut work, action, lock).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Opens the lock in force for a time.
    ///
    /// # Errors
    /// `not_found`: no lock in force; `several_locks`: more than one may be, see [`Desk::grace_of`].
    pub async fn grace(&self, dur_s: GraceSecs) -> Result<Delivery, LenderError> {
        self.grace_of(None, dur_s).await
    }

    /// The same for the lock that the phone shows, if it is named.
    ///
    /// # Errors
    /// As [`Desk::grace`].
    pub async fn grace_of(&self, lock_id: Option<LockId>, dur_s: GraceSecs) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let sent = work.grace(self.phone()?, lock_id, dur_s).await?;
        let lock = made::claims::<Grace>(&sent.jws)?.lock_id;
        self.write(&mut work, "order.grace", Some(lock)).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Ends the contract.
    ///
    /// # Errors
    /// `settled` already.
    pub async fn settle(&self) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let lock = self.lock_before(&mut work).await?;
        let sent = work.settle(self.phone()?).await?;
        self.write(&mut work, "order.settle", lock).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Withdraws the key of a role: phones lift what it signed, a fresh key takes its place, and genuine orders are
    /// signed anew. Notices of a void key are lost: without fresh ones no lock stands on them.
    ///
    /// # Errors
    /// `no_key`, or a file or the store cannot be written.
    pub async fn void(&self, role: Role) -> Result<Kid, LenderError> {
        let old = self.kid(role)?;
        void::withdraw(&self.house, self.tenant(), &old).await?;
        Ok(old)
    }

    /// Everything ever offered to the phone, withdrawn offers left out, with what it answered.
    ///
    /// # Errors
    /// The store refused.
    pub async fn offered(&self) -> Result<Vec<Offered>, LenderError> {
        let mut conn = self.house.store.read().await?;
        let rows = orders::after(&mut conn, self.tenant(), self.phone()?, 0, i64::MAX).await?;
        let offered = rows.into_iter().map(|o| Offered {
            seq: o.seq,
            kind: o.kind,
            lock_id: o.lock_id,
            jws: o.jws,
            receipt: o.receipt,
        });
        Ok(offered.collect())
    }

    /// When the phone checked in last, Unix seconds.
    ///
    /// # Errors
    /// The store refused.
    pub async fn last_seen(&self) -> Result<Option<u64>, LenderError> {
        let mut conn = self.house.store.read().await?;
        let row = devices::get(&mut conn, self.tenant(), self.phone()?).await?;
        Ok(row.seen_ms.map(|ms| Moment::from_ms(ms).unix_s()))
    }

    /// The key that signs for a role.
    ///
    /// # Errors
    /// `no_key`.
    pub fn kid(&self, role: Role) -> Result<Kid, LenderError> {
        self.house.office(self.tenant())?.signer().kid(role)
    }
}
