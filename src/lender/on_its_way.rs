//! Locks that are signed and not taken yet. Before one goes out late or again it is asked what a new lock is asked: the
//! stop switch, the breaker, and the rule. What may not go now is kept back, and asked again at a later check-in; what may
//! never go again is withdrawn. Nothing that frees passes through here.

use crate::catch_up;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::Work;
use crate::lawful::{self, Case};
use crate::lock::in_force;
use crate::orders::claims;
use crate::store::orders::{Fate, StoredOrder};
use crate::store::{contracts, devices, orders, trust};
use latchkey_core::order::claims::{Lock, Notice, typ};
use latchkey_core::order::values::DeviceId;
use latchkey_core::refusal::Code;

/// A refusal that waiting mends but names no time is asked again after this, seconds.
const ASK_AGAIN_S: i64 = 900;

/// Whether a lock may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Now.
    Goes,
    /// Not before then; `None`: not before the stop is over.
    Waits(Option<Moment>),
    /// Never.
    Over,
}

/// A lock that the phone has not taken.
pub(crate) fn undelivered(order: &StoredOrder) -> bool {
    order.kind == typ::LOCK && order.fate() != Fate::Taken
}

impl Work<'_> {
    /// Asks for a lock that was signed before. `fresh`: the phone lost its record, and days do not bind.
    pub(crate) async fn may_go(
        &mut self,
        device: &DeviceId,
        old: &StoredOrder,
        fresh: bool,
    ) -> Result<Way, LenderError> {
        let asked = self.ask_again(device, old, fresh).await;
        let later = |s: i64| Some(self.now.plus_s(s));
        match asked {
            Ok(()) => Ok(Way::Goes),
            Err(LenderError::LocksStopped) => Ok(Way::Waits(None)),
            Err(LenderError::Breaker(at)) => Ok(Way::Waits(Some(at))),
            Err(LenderError::Refused(refusal)) if refusal.code == Code::PHours => {
                let at = refusal.earliest.and_then(|s| i64::try_from(s).ok());
                let at = at.map(|s| Moment::from_ms(s.saturating_mul(1_000)));
                Ok(Way::Waits(at.or_else(|| later(ASK_AGAIN_S))))
            }
            Err(LenderError::Refused(_) | LenderError::NothingOwed | LenderError::Settled) => Ok(Way::Over),
            Err(error) => Err(error),
        }
    }

    async fn ask_again(
        &mut self,
        device: &DeviceId,
        old: &StoredOrder,
        fresh: bool,
    ) -> Result<(), LenderError> {
        let named: Lock = claims(&old.jws)?;
        let contract = self.open_contract(device).await?;
        let timeline = self.timeline(&contract).await?;
        timeline.arrears(named.instalment)?;
        let spent_until = self.spent_until(device, named.instalment).await?;
        let mut notices: Vec<Notice> = Vec::new();
        for stored in orders::of_kind(&mut self.tx, self.tenant, device, typ::NOTICE).await? {
            let notice: Notice = claims(&stored.jws)?;
            if named.notices.contains(&notice.jti)
                && notice.iat.get() > spent_until
                && !notices.iter().any(|known| known.jti == notice.jti)
            {
                notices.push(notice);
            }
        }
        notices.sort_by_key(|notice| notice.notice_no);
        let levels = self.levels(device, named.instalment, spent_until).await?;
        let lock = Lock {
            iat: self.now.secs()?,
            ..named
        };
        let sandbox = trust::sandbox(&mut self.tx, self.tenant).await?;
        lawful::check(&Case {
            agreement: &contract.read,
            lock: &lock,
            notices: &notices,
            planned: &timeline.planned(),
            levels: &levels,
            sandbox,
            fresh,
        })?;
        self.may_issue_again(device, lock.lock_id).await
    }

    /// Offers a lock once more if it may go; else keeps it back, or withdraws it.
    pub(crate) async fn lock_again(
        &mut self,
        device: &DeviceId,
        old: &StoredOrder,
    ) -> Result<Way, LenderError> {
        let way = self.may_go(device, old, false).await?;
        match way {
            Way::Goes => {
                self.offer_again(device, old).await?;
            }
            Way::Waits(at) => orders::keep_back(&mut self.tx, self.tenant, device, old, at).await?,
            Way::Over => orders::cancel(&mut self.tx, self.tenant, device, old.seq).await?,
        }
        Ok(way)
    }

    /// While all locks are stopped: keeps back those after `seq`, so that no answer carries one.
    pub(crate) async fn keep_locks_back(&mut self, device: &DeviceId, seq: i64) -> Result<(), LenderError> {
        let waiting = orders::after(&mut self.tx, self.tenant, device, seq, i64::MAX).await?;
        for lock in waiting.iter().filter(|order| undelivered(order)) {
            orders::keep_back(&mut self.tx, self.tenant, device, lock, None).await?;
        }
        Ok(())
    }

    /// Lets out what was kept back and may go now, under a new signature: the phone may have used more meanwhile.
    pub(crate) async fn let_locks_go(&mut self, device: &DeviceId) -> Result<(), LenderError> {
        let tenant = self.tenant;
        for old in orders::kept_back(&mut self.tx, tenant, device, self.now).await? {
            let row = devices::get(&mut self.tx, tenant, device).await?;
            let queued = orders::of_kind(&mut self.tx, tenant, device, typ::LOCK).await?;
            let settled = contracts::get(&mut self.tx, tenant, &row.contract).await?.settled;
            // The phone may have lifted or refused it meanwhile.
            let over = settled || old.lock_id <= row.released_through || old.fate() == Fate::Refused;
            let way = if over || in_force(&queued).is_some_and(|lock| lock.lock_id >= old.lock_id) {
                Way::Over
            } else {
                self.may_go(device, &old, false).await?
            };
            if let Way::Waits(at) = way {
                orders::keep_back(&mut self.tx, tenant, device, &old, at).await?;
                continue;
            }
            if way == Way::Goes {
                catch_up::anew(self, device, &old, &row).await?;
            }
            orders::cancel(&mut self.tx, tenant, device, old.seq).await?;
        }
        Ok(())
    }
}
