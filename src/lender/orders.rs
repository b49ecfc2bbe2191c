//! Orders: made, signed and queued in the transaction of what caused them.
//!
//! To add a kind: its claims stand in `core`, its role in [`sign::kind`], its maker here.

use crate::clock::Moment;
use crate::compensation::Cause;
use crate::error::LenderError;
use crate::house::Work;
use crate::rotate;
use crate::sign;
use crate::store::orders::{Row, StoredOrder};
use crate::store::{claims as said, contracts, devices, int, orders, trust};
use crate::timeline::{self, Timeline};
use crate::{clock::DAY_MS, random};
use latchkey_core::envelope::decode;
use latchkey_core::order::claims::*;
use latchkey_core::order::values::*;
use latchkey_core::wire::{ClaimKind, Delivery};
use serde::de::DeserializeOwned;

/// A binding order lives seven days.
pub(crate) const LIFE_S: i64 = 7 * 86_400;
/// One that has less left than this is signed anew before it is offered.
pub(crate) const FRESH_MS: i64 = DAY_MS;

/// What a warning says.
#[derive(Clone, Debug)]
pub struct NoticeText {
    /// Number in the profile's order.
    pub notice_no: NoticeNo,
    /// Instalment in arrears.
    pub instalment: No,
    /// Modes already used.
    pub channels: Vec<Channel>,
}

/// Id, lock number and expiry of an order, as they are stored beside it.
struct About {
    jti: Id,
    lock_id: i64,
    exp: Option<Secs>,
}

fn about(order: &Order) -> About {
    let (jti, lock_id, exp) = match order {
        Order::Notice(c) => (&c.jti, 0, None),
        Order::Terms(c) => (&c.jti, 0, Some(c.exp)),
        Order::Plan(c) => (&c.jti, 0, None),
        Order::Lock(c) => (&c.jti, int(c.lock_id.get()), Some(c.exp)),
        Order::Release(c) => (&c.jti, int(c.lock_id.get()), None),
        Order::Grace(c) => (&c.jti, int(c.lock_id.get()), None),
        Order::Settle(c) => (&c.jti, 0, None),
    };
    About {
        jti: jti.clone(),
        lock_id,
        exp,
    }
}

/// Reads the claims of a token that this server signed itself.
pub(crate) fn claims<C: DeserializeOwned>(jws: &str) -> Result<C, LenderError> {
    let payload = jws.split('.').nth(1).unwrap_or_default();
    let payload = decode(payload.as_bytes()).ok_or(LenderError::Damaged("an order"))?;
    serde_json::from_slice::<Obj<C>>(&payload)
        .map(|c| c.0)
        .map_err(|_| LenderError::Damaged("an order"))
}

/// Reads a stored order of any kind.
pub(crate) fn reread(old: &StoredOrder) -> Result<Order, LenderError> {
    Ok(match old.kind.as_str() {
        typ::NOTICE => Order::Notice(claims(&old.jws)?),
        typ::TERMS => Order::Terms(claims(&old.jws)?),
        typ::PLAN => Order::Plan(claims(&old.jws)?),
        typ::LOCK => Order::Lock(claims(&old.jws)?),
        typ::RELEASE => Order::Release(claims(&old.jws)?),
        typ::GRACE => Order::Grace(claims(&old.jws)?),
        typ::SETTLE => Order::Settle(claims(&old.jws)?),
        _ => return Err(LenderError::Damaged("an order's kind")),
    })
}

impl Work<'_> {
    /// Signs an order and queues it under the phone's next number.
    pub(crate) async fn queue(&mut self, device: &DeviceId, order: &Order) -> Result<Delivery, LenderError> {
        let jws = sign::order(&*self.signer, order)?;
        let about = about(order);
        let row = Row {
            jti: about.jti.as_str(),
            kind: sign::kind(order).0,
            lock_id: about.lock_id,
            exp_ms: about.exp.map(|exp| Moment::from_secs(exp).ms()),
            jws: &jws,
        };
        let seq = self.offer(device, &row).await?;
        if !self.rehearsal {
            self.house.metrics.signed(sign::kind(order).0);
        }
        Ok(Delivery {
            seq,
            jti: about.jti,
            jws,
        })
    }

    /// Offers a signed token under the phone's next number.
    pub(crate) async fn offer(&mut self, device: &DeviceId, row: &Row<'_>) -> Result<Seq, LenderError> {
        debug_assert!(self.tx.holds(device), "an order for a phone that is not held");
        let seq = devices::take_seq(&mut self.tx, self.tenant, device).await?;
        orders::insert(&mut self.tx, self.tenant, device, seq, row, self.now).await?;
        self.tx.wake(device);
        Ok(seq)
    }

    /// Offers the same bytes once more; a binding order near its end is signed anew with the same content.
    pub(crate) async fn offer_again(
        &mut self,
        device: &DeviceId,
        old: &StoredOrder,
    ) -> Result<Seq, LenderError> {
        let void = trust::void(&mut self.tx, self.tenant).await?;
        let void = sign::kid_of(&old.jws).is_none_or(|kid| void.contains(&kid));
        let ends = void
            || rotate::is_stale(old, &*self.signer)
            || old.exp_ms.is_some_and(|exp| exp < self.now.ms() + FRESH_MS);
        let order = match (ends, old.kind.as_str()) {
            (true, typ::LOCK) => Order::Lock(Lock {
                jti: random::id()?,
                iat: self.now.secs()?,
                exp: self.exp()?,
                ..claims::<Lock>(&old.jws)?
            }),
            (true, typ::TERMS) => Order::Terms(Terms {
                jti: random::id()?,
                iat: self.now.secs()?,
                exp: self.exp()?,
                ..claims::<Terms>(&old.jws)?
            }),
            // A phone believes no void key: the same words under the key in use.
            _ if void => reread(old)?,
            _ => {
                let row = Row {
                    jti: &old.jti,
                    kind: &old.kind,
                    lock_id: old.lock_id,
                    exp_ms: old.exp_ms,
                    jws: &old.jws,
                };
                return self.offer(device, &row).await;
            }
        };
        Ok(self.queue(device, &order).await?.seq)
    }

    /// When a binding order signed now ends.
    pub(crate) fn exp(&self) -> Result<Secs, LenderError> {
        self.now.plus_s(LIFE_S).secs()
    }

    /// The contract's money today.
    pub(crate) async fn timeline(&mut self, contract: &contracts::Contract) -> Result<Timeline, LenderError> {
        timeline::of(&mut self.tx, self.tenant, contract, self.now).await
    }

    /// The contract of a phone; settled ones take no more orders.
    pub(crate) async fn open_contract(
        &mut self,
        device: &DeviceId,
    ) -> Result<contracts::Contract, LenderError> {
        self.hold(device).await?;
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        let contract = contracts::get(&mut self.tx, self.tenant, &row.contract).await?;
        if contract.settled {
            Err(LenderError::Settled)
        } else {
            Ok(contract)
        }
    }

    /// A warning before a lock, dated when it was given.
    pub(crate) async fn notice(
        &mut self,
        device: &DeviceId,
        text: &NoticeText,
        given: Moment,
    ) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        let timeline = self.timeline(&contract).await?;
        let late = timeline.arrears(text.instalment)?;
        let order = Order::Notice(Notice {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: given.secs()?,
            notice_no: text.notice_no,
            instalment: text.instalment,
            due: late.due,
            amount: Obj(Money {
                minor: Minor::try_from(late.open())?,
                cur: contract.read.cur.clone(),
            }),
            channels: text.channels.clone().try_into()?,
        });
        self.queue(device, &order).await
    }

    /// Fresh terms: sums, rows and the pay link.
    pub(crate) async fn terms(&mut self, device: &DeviceId) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        let sums = self.timeline(&contract).await?.sums;
        let rows: Vec<_> = sums.rows.iter().map(|i| (i.no, i.due, i.minor, i.paid)).collect();
        let order = Order::Terms(Terms {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            exp: self.exp()?,
            terms_seq: devices::take_terms_seq(&mut self.tx, self.tenant, device).await?,
            cur: contract.read.cur.clone(),
            total: sums.total,
            paid: sums.paid,
            due_now: sums.due_now,
            unlocks_now: sums.unlocks_now,
            left: sums.left,
            fees: sums.fees,
            rows: rows.try_into()?,
            pay_url: Text::try_from(pay_url(self.pay_base, &contract.pay_token))?,
            pay_qr: None,
        });
        self.queue(device, &order).await
    }

    /// Fresh terms, if the sums are no longer those that were told last: a day may have passed. A phone whose agreement
    /// was imported gets its first ones here.
    pub(crate) async fn terms_if_changed(&mut self, device: &DeviceId) -> Result<(), LenderError> {
        let last = orders::of_kind(&mut self.tx, self.tenant, device, typ::TERMS)
            .await?
            .pop();
        let contract = match self.open_contract(device).await {
            Ok(contract) => contract,
            Err(LenderError::Settled) => return Ok(()),
            Err(e) => return Err(e),
        };
        let Some(last) = last else {
            self.terms(device).await?;
            return Ok(());
        };
        let (told, sums) = (claims::<Terms>(&last.jws)?, self.timeline(&contract).await?.sums);
        let before = (
            told.total,
            told.paid,
            told.due_now,
            told.unlocks_now,
            told.left,
            told.fees,
        );
        if before
            != (
                sums.total,
                sums.paid,
                sums.due_now,
                sums.unlocks_now,
                sums.left,
                sums.fees,
            )
        {
            self.terms(device).await?;
        }
        Ok(())
    }

    /// Lifts every lock ever numbered for this phone, and withdraws those under way.
    pub(crate) async fn release(
        &mut self,
        device: &DeviceId,
        why: Why,
        cleared: Vec<No>,
        paid_at: Option<Moment>,
    ) -> Result<Delivery, LenderError> {
        if why == Why::Error
            && let Some(lock) = self.locks_standing(device).await?.first()
        {
            self.wrong(device, lock, Cause::Error, None, None).await?;
        }
        self.lift(device, why, cleared, paid_at).await
    }

    /// The same, where what a wrong lock costs is counted already.
    pub(crate) async fn lift(
        &mut self,
        device: &DeviceId,
        why: Why,
        cleared: Vec<No>,
        paid_at: Option<Moment>,
    ) -> Result<Delivery, LenderError> {
        self.hold(device).await?;
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        let highest = row.next_lock_id - 1;
        // A dispute ends with its lock.
        let locks = self.locks_standing(device).await?;
        let about = locks.iter().map(|lock| lock.instalment);
        let about: Vec<_> = about.chain(cleared.iter().copied()).collect();
        let word = match why {
            Why::Paid => "paid",
            Why::Error => "error",
            Why::Goodwill => "goodwill",
            Why::Void => "void",
        };
        self.end_claims(device, ClaimKind::Dispute, Some(&about), word)
            .await?;
        self.end_disputes_of(device, highest, word).await?;
        devices::released(&mut self.tx, self.tenant, device, highest).await?;
        orders::cancel_locks(&mut self.tx, self.tenant, device).await?;
        self.queue_release(device, (highest, why), cleared, paid_at).await
    }

    /// Signs a release of every lock up to a number, and queues it.
    pub(crate) async fn queue_release(
        &mut self,
        device: &DeviceId,
        (lock_id, why): (i64, Why),
        cleared: Vec<No>,
        paid_at: Option<Moment>,
    ) -> Result<Delivery, LenderError> {
        let order = Order::Release(Release {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            lock_id: crate::store::bounded(lock_id, "a lock number")?,
            why,
            instalments: cleared.try_into()?,
            paid_at: paid_at.map(Moment::secs).transpose()?,
        });
        self.queue(device, &order).await
    }

    /// Clears what was paid and lifts nothing: no lock stands, or none for these. It names the number up to which
    /// everything is lifted already.
    pub(crate) async fn clear(
        &mut self,
        device: &DeviceId,
        cleared: Vec<No>,
        paid_at: Moment,
    ) -> Result<Delivery, LenderError> {
        self.hold(device).await?;
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        self.end_claims(device, ClaimKind::Dispute, Some(&cleared), "paid")
            .await?;
        self.queue_release(device, (row.released_through, Why::Paid), cleared, Some(paid_at))
            .await
    }

    /// Ends open messages of the owner.
    pub(crate) async fn end_claims(
        &mut self,
        device: &DeviceId,
        kind: ClaimKind,
        about: Option<&[No]>,
        outcome: &str,
    ) -> Result<(), LenderError> {
        said::end_all(&mut self.tx, self.tenant, device, kind, about, outcome, self.now).await
    }

    /// Opens a lock for a time: the one that is named, or the only one that may be in force.
    ///
    /// # Errors
    /// `not_found`, `several_locks`.
    pub(crate) async fn grace(
        &mut self,
        device: &DeviceId,
        lock_id: Option<LockId>,
        dur_s: GraceSecs,
    ) -> Result<Delivery, LenderError> {
        let lock = self
            .lock_named(device, lock_id)
            .await?
            .ok_or(LenderError::NotFound("no such lock in force"))?;
        let order = Order::Grace(Grace {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            lock_id: lock.lock_id,
            dur_s,
        });
        self.queue(device, &order).await
    }

    /// Ends the contract. Nothing binds this phone after it.
    pub(crate) async fn settle(&mut self, device: &DeviceId) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        contracts::settle(&mut self.tx, self.tenant, &contract.id, self.now).await?;
        orders::cancel_locks(&mut self.tx, self.tenant, device).await?;
        let order = Order::Settle(Settle {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            settled_on: self.now.day(contract.read.utc_offset_min)?,
        });
        self.queue(device, &order).await
    }
}

/// The link of a contract's pay page.
pub(crate) fn pay_url(pay_base: &str, pay_token: &str) -> String {
    format!("{pay_base}/p/{pay_token}")
}
