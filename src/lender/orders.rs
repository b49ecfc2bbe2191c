//! Orders: made, signed and queued in the transaction of what caused them.
//!
//! To add a kind: its claims stand in `core`, its role in [`sign::kind`], its maker here.

use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::Work;
use crate::lawful;
use crate::money::{self, Sums};
use crate::sign;
use crate::store::orders::{Fate, Row, StoredOrder};
use crate::store::{contracts, devices, int, orders, trust};
use crate::{clock::DAY_MS, random};
use latchkey_core::envelope::decode;
use latchkey_core::order::claims::*;
use latchkey_core::order::values::*;
use latchkey_core::wire::Delivery;
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
        Ok(Delivery {
            seq,
            jti: about.jti,
            jws,
        })
    }

    /// Offers a signed token under the phone's next number.
    pub(crate) async fn offer(&mut self, device: &DeviceId, row: &Row<'_>) -> Result<Seq, LenderError> {
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
        let ends = void || old.exp_ms.is_some_and(|exp| exp < self.now.ms() + FRESH_MS);
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

    /// The contract's sums today, in the agreement's zone.
    pub(crate) async fn sums(&mut self, contract: &contracts::Contract) -> Result<Sums, LenderError> {
        let instalments = contracts::instalments(&mut self.tx, self.tenant, &contract.id).await?;
        money::sums(&instalments, self.now.day(contract.read.utc_offset_min)?)
    }

    /// The contract of a phone; settled ones take no more orders.
    pub(crate) async fn open_contract(
        &mut self,
        device: &DeviceId,
    ) -> Result<contracts::Contract, LenderError> {
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
        let (due, _, open) = self.arrears(&contract, text.instalment).await?;
        let order = Order::Notice(Notice {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: given.secs()?,
            notice_no: text.notice_no,
            instalment: text.instalment,
            due,
            amount: Obj(open),
            channels: text.channels.clone().try_into()?,
        });
        self.queue(device, &order).await
    }

    /// Fresh terms: sums, rows and the pay link.
    pub(crate) async fn terms(&mut self, device: &DeviceId) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        let sums = self.sums(&contract).await?;
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

    /// A lock of `instalment`, standing on the newest notices for it.
    pub(crate) async fn lock(
        &mut self,
        device: &DeviceId,
        level: Level,
        instalment: No,
    ) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        let (due, _, open) = self.arrears(&contract, instalment).await?;
        let notices = self.notices_for(device, instalment).await?;
        let now = self.now.secs()?;
        let lock = Lock {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: now,
            exp: self.exp()?,
            lock_id: devices::take_lock_id(&mut self.tx, self.tenant, device).await?,
            level,
            instalment,
            due,
            amount: Obj(open),
            notices: notices
                .iter()
                .map(|n| n.jti.clone())
                .collect::<Vec<_>>()
                .try_into()?,
            steps: Vec::new().try_into()?,
            since: now,
            profile: contract.read.profile.clone(),
            profile_version: ProfileVersion::try_from(1)?,
            agreement: Sha::try_from(contract.agreement_hash())?,
            clause: contract.read.clause.id.clone(),
            answers: None,
            refs: Vec::new().try_into()?,
            used: Obj(unused()?),
            codes: Vec::new().try_into()?,
        };
        lawful::check(&contract.read, &lock, &notices)?;
        self.queue(device, &Order::Lock(lock)).await
    }

    /// Lifts every lock ever numbered for this phone, and withdraws those under way.
    pub(crate) async fn release(
        &mut self,
        device: &DeviceId,
        why: Why,
        cleared: Vec<No>,
        paid_at: Option<Moment>,
    ) -> Result<Delivery, LenderError> {
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        let highest = row.next_lock_id - 1;
        devices::released(&mut self.tx, self.tenant, device, highest).await?;
        orders::cancel_locks(&mut self.tx, self.tenant, device).await?;
        let order = Order::Release(Release {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            lock_id: crate::store::bounded(highest, "a lock number")?,
            why,
            instalments: cleared.try_into()?,
            paid_at: paid_at.map(Moment::secs).transpose()?,
        });
        self.queue(device, &order).await
    }

    /// Opens the lock in force for a time.
    pub(crate) async fn grace(
        &mut self,
        device: &DeviceId,
        dur_s: GraceSecs,
    ) -> Result<Delivery, LenderError> {
        let lock = self
            .lock_outstanding(device)
            .await?
            .ok_or(LenderError::NotFound("no lock in force"))?;
        let order = Order::Grace(Grace {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            lock_id: crate::store::bounded(lock.lock_id, "a lock number")?,
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

    /// The newest unspent notice of each number for an instalment, in the order of their numbers.
    pub(crate) async fn notices_for(
        &mut self,
        device: &DeviceId,
        instalment: No,
    ) -> Result<Vec<Notice>, LenderError> {
        let releases: Vec<Release> = self.ever(device, typ::RELEASE).await?;
        let locks: Vec<Lock> = self.ever(device, typ::LOCK).await?;
        let spent_until = lawful::spent_until(instalment, &releases, &locks);
        let mut newest: Vec<Notice> = Vec::new();
        for stored in orders::of_kind(&mut self.tx, self.tenant, device, typ::NOTICE).await? {
            let notice: Notice = claims(&stored.jws)?;
            if notice.instalment == instalment && notice.iat.get() > spent_until {
                newest.retain(|n| n.notice_no != notice.notice_no);
                newest.push(notice);
            }
        }
        newest.sort_by_key(|n| n.notice_no);
        Ok(newest)
    }

    async fn ever<C: DeserializeOwned>(
        &mut self,
        device: &DeviceId,
        kind: &str,
    ) -> Result<Vec<C>, LenderError> {
        let tokens = orders::ever_of_kind(&mut self.tx, self.tenant, device, kind).await?;
        tokens.iter().map(|jws| claims(jws)).collect()
    }

    /// The lock that the lender means to be in force: the highest one that is neither lifted nor refused for good.
    pub(crate) async fn lock_outstanding(
        &mut self,
        device: &DeviceId,
    ) -> Result<Option<StoredOrder>, LenderError> {
        let row = devices::get(&mut self.tx, self.tenant, device).await?;
        let mut locks = orders::of_kind(&mut self.tx, self.tenant, device, typ::LOCK).await?;
        locks.retain(|lock| lock.lock_id > row.released_through);
        Ok(in_force(&locks).cloned())
    }

    async fn arrears(
        &mut self,
        contract: &contracts::Contract,
        no: No,
    ) -> Result<(Day, Minor, Money), LenderError> {
        let rows = contracts::instalments(&mut self.tx, self.tenant, &contract.id).await?;
        let row = rows
            .iter()
            .find(|i| i.no == no)
            .ok_or(LenderError::NotFound("no such instalment"))?;
        let money = Money {
            minor: Minor::try_from(row.open())?,
            cur: contract.read.cur.clone(),
        };
        Ok((row.due, row.minor, money))
    }
}

/// Of several locks the highest that was not refused for good; of one lock its newest offer counts.
pub(crate) fn in_force(locks: &[StoredOrder]) -> Option<&StoredOrder> {
    let mut best: Option<&StoredOrder> = None;
    for lock in locks {
        let newest = locks
            .iter()
            .filter(|l| l.lock_id == lock.lock_id)
            .max_by_key(|l| l.seq)
            .unwrap_or(lock);
        if newest.fate() != Fate::Refused && best.is_none_or(|b| newest.lock_id > b.lock_id) {
            best = Some(newest);
        }
    }
    best
}

/// No allowance used yet.
pub(crate) fn unused() -> Result<Used, LenderError> {
    Ok(Used {
        window_s: WindowSecs::try_from(0)?,
        opening: Bit::try_from(0)?,
        provisional: Bit::try_from(0)?,
        codes: CodeBits::try_from(0)?,
    })
}

/// The link of a contract's pay page.
pub(crate) fn pay_url(pay_base: &str, pay_token: &str) -> String {
    format!("{pay_base}/p/{pay_token}")
}
