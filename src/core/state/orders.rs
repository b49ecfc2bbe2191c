//! Orders, one place for each kind: what an order would change (`outcome`, asked by `judge` and `apply` alike, so that
//! receipt and state never differ), and the change itself.

use super::held::{Held, Kept, Mode, stands_after};
use super::{Dispute, Fresh, LOCKS_AHEAD, MAX_NOTICES, Phase, Settled, State};
use crate::claim::Claim;
use crate::envelope::{self, Kinds};
use crate::order::claims::{Grace, Lock, Notice, Order, Plan, Release, Terms, Why, typ};
use crate::order::values::{Day, Kid, No, Obj, Seq};
use crate::pay::{Payee, check_terms};
use crate::profile::{day_of, start_of_day};
use crate::refusal::{Code, Refusal};
use crate::snapshot::{OpenReason, ReleaseWhy, Released};
use crate::time::Stamp;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// An order as a journal keeps it: read, not verified. Whoever stored it had verified it; `restore` verifies what binds.
pub(crate) struct Recorded {
    pub(crate) order: Order,
    pub(crate) kid: Kid,
}

pub(crate) fn recorded(token: &str) -> Option<Recorded> {
    let cut = envelope::cut(token.as_bytes(), Kinds::OneOf(typ::ORDERS)).ok()?;
    let payload = envelope::decode(cut.payload_segment())?;
    let order = match cut.typ() {
        typ::NOTICE => Order::Notice(read(&payload)?),
        typ::TERMS => Order::Terms(read(&payload)?),
        typ::PLAN => Order::Plan(read(&payload)?),
        typ::LOCK => Order::Lock(read(&payload)?),
        typ::RELEASE => Order::Release(read(&payload)?),
        typ::GRACE => Order::Grace(read(&payload)?),
        typ::SETTLE => Order::Settle(read(&payload)?),
        _ => return None,
    };
    let kid = Kid::try_from(cut.kid()).ok()?;
    Some(Recorded { order, kid })
}

fn read<T: DeserializeOwned>(payload: &[u8]) -> Option<T> {
    serde_json::from_slice::<Obj<T>>(payload).ok().map(|o| o.0)
}

impl State {
    /// What an order would change: the code of its receipt (`None` = `ok`), or why it changes nothing. What needs the
    /// time stands in `judge`.
    pub(super) fn outcome(&self, order: &Order) -> Result<Option<Code>, Refusal> {
        // 12 settlement is final (OWN-06)
        if self.settled() {
            return Err(match order {
                Order::Settle(_) => Code::NNoEffect.into(),
                Order::Notice(_)
                | Order::Terms(_)
                | Order::Plan(_)
                | Order::Lock(_)
                | Order::Release(_)
                | Order::Grace(_) => Code::SSettled.into(),
            });
        }
        match order {
            Order::Notice(notice) => self.notice_outcome(notice),
            Order::Terms(terms) => self.terms_outcome(terms),
            Order::Plan(plan) => self.plan_outcome(plan),
            Order::Lock(lock) => self.lock_number(lock).map(|()| None),
            Order::Release(release) => self.release_outcome(release),
            Order::Grace(grace) => self.grace_outcome(grace),
            Order::Settle(_) => Ok(None),
        }
    }

    fn notice_outcome(&self, notice: &Notice) -> Result<Option<Code>, Refusal> {
        let known = self.notices.iter().any(|kept| kept.notice.jti == notice.jti);
        // Full of newer ones: it was held before, or proves nothing. Taking it would let a server without keys send
        // the same notices round and round.
        let full = self.notices.len() >= MAX_NOTICES;
        if known || full && self.notices.iter().all(|kept| notice.iat <= kept.notice.iat) {
            Err(Code::NNoEffect.into())
        } else {
            Ok(None)
        }
    }

    fn terms_outcome(&self, terms: &Terms) -> Result<Option<Code>, Refusal> {
        if self
            .terms
            .as_ref()
            .is_some_and(|held| held.terms_seq >= terms.terms_seq)
        {
            return Err(Code::FTermsStale.into());
        }
        // Taken without link or code where the payee is not the card's: the outcome is that code.
        Ok(self.payee_fault(terms))
    }

    fn plan_outcome(&self, plan: &Plan) -> Result<Option<Code>, Refusal> {
        let known = plan.replaces.iter().all(|no| self.replaced.contains(&no.get()));
        if known {
            Err(Code::NNoEffect.into())
        } else {
            Ok(None)
        }
    }

    /// 17 the number of a lock: newer than any before, and not too far.
    pub(super) fn lock_number(&self, lock: &Lock) -> Result<(), Refusal> {
        let id = lock.lock_id.get();
        match self.lock_id() {
            Some(n) if n == id => Err(Code::NNoEffect.into()),
            _ if id <= self.top() => Err(Code::SLockSuperseded.into()),
            _ if id > self.top().saturating_add(LOCKS_AHEAD) => Err(Code::SLockFar.into()),
            _ => Ok(()),
        }
    }

    /// Whether a release lifts the lock in force: by its number, or because its payment cleared this instalment and no
    /// notice is newer than it. Nothing else is asked (OWN-04, OWN-05).
    fn lifts(&self, release: &Release) -> bool {
        self.held().is_some_and(|held| {
            let cleared = release.instalments.iter().any(|no| no.get() == held.instalment());
            release.lock_id.get() >= held.id()
                || cleared && !held.stands_after(release.iat.get(), &self.notices)
        })
    }

    /// When the instalments of a release count as paid: a lifted lock's evidence is always older.
    fn cleared_at(&self, release: &Release) -> u64 {
        let lifted = self.held().filter(|_| self.lifts(release));
        release
            .iat
            .get()
            .max(lifted.map_or(0, |held| held.lock.iat.get()))
    }

    fn release_outcome(&self, release: &Release) -> Result<Option<Code>, Refusal> {
        let lifts = self.lifts(release);
        let r = self.cleared_at(release);
        let raises = self.raised(release.lock_id.get()) > self.released_through;
        let clears = release
            .instalments
            .iter()
            .any(|no| self.cleared_until(no.get()) < r);
        if !(lifts || raises || clears) {
            return Err(Code::NNoEffect.into());
        }
        Ok(match self.phase {
            Phase::Unknown => None,
            Phase::Lock(_) if lifts => None,
            Phase::Lock(_) | Phase::Free | Phase::Settled(_) => Some(Code::NNoEffect),
        })
    }

    fn raised(&self, lock_id: u32) -> u32 {
        self.released_through
            .max(lock_id.min(self.top().saturating_add(LOCKS_AHEAD)))
    }

    pub(super) fn cleared_until(&self, instalment: u16) -> u64 {
        self.cleared.get(&instalment).copied().unwrap_or(0)
    }

    fn grace_outcome(&self, grace: &Grace) -> Result<Option<Code>, Refusal> {
        let id = grace.lock_id.get();
        let known = match self.lock_id() {
            Some(n) if n == id => true,
            Some(n) if id < n => false,
            Some(_) => return Err(later(Code::SLockUnknown, 60)),
            None if id <= self.released_through => false,
            None => return Err(later(Code::SLockUnknown, 60)),
        };
        if !known {
            return Err(Code::NNoEffect.into());
        }
        if self.graces.contains(&grace.jti) {
            return Err(Code::FJtiSeen.into());
        }
        Ok(None)
    }

    /// Why terms may not show their link or code, if so: judged by the card in force and the amount on the screen.
    pub(super) fn payee_fault(&self, terms: &Terms) -> Option<Code> {
        let asked = match self.held() {
            Some(_) => terms.unlocks_now,
            None => terms.due_now,
        };
        match self.payee(terms, asked.get()) {
            Some(payee) => check_terms(terms, &payee).code,
            None => Some(Code::TPayHost),
        }
    }

    /// Who may be paid `amount` of these terms.
    pub(super) fn payee<'a>(&'a self, terms: &'a Terms, amount: u64) -> Option<Payee<'a>> {
        Some(Payee {
            card: self.trust.card()?,
            profile: self.profile()?,
            sandbox: self.trust.sandbox(),
            amount,
            cur: terms.cur.as_str(),
        })
    }

    /// Carries an order out. Total: an order that changes nothing changes nothing.
    pub(super) fn take(&mut self, recorded: Recorded, seq: Seq, token: &str, at: &Stamp) {
        let Recorded { order, kid } = recorded;
        match order {
            Order::Notice(notice) => self.take_notice(notice, kid, at),
            Order::Terms(terms) => {
                self.bound_at(terms.iat.get());
                self.terms = Some(Arc::new(terms));
                self.terms_kid = Some(kid);
            }
            Order::Plan(plan) => self.take_plan(&plan, at),
            Order::Lock(lock) => self.take_lock(lock, kid),
            Order::Release(release) => self.take_release(&release),
            Order::Grace(grace) => self.take_grace(&grace, at),
            Order::Settle(settle) => {
                // OWN-06: nothing of the contract is left to show; claims have no one to answer them any more.
                self.claims.clear();
                self.notices.clear();
                self.terms = None;
                self.released = None;
                self.phase = Phase::Settled(Settled {
                    day: settle.settled_on.get(),
                    token: Arc::from(token),
                    seq: Some(seq),
                    reported: false,
                    at: *at,
                });
            }
        }
    }

    /// A binding order was accepted: its time raises the floor when the answer is through, at most 90 days at once.
    fn bound_at(&mut self, iat: u64) {
        const AHEAD_S: u64 = 90 * 86_400;
        let floor_s = self.floor_s();
        if iat > floor_s {
            self.floor_next_s = self.floor_next_s.max(iat.min(floor_s + AHEAD_S));
        }
    }

    fn take_notice(&mut self, notice: Notice, kid: Kid, at: &Stamp) {
        // Evidence counts from the floor before the answer that brought it, so a lender can date back no further than
        // the phone's last word; while fresh from its date, never before the agreement (protocol §1 *Evidence*).
        let signed = self.agreement().map_or(0, |a| start_of_day(a.signed.get(), a));
        let not_before = if self.fresh.is_some() { signed } else { at.floor_s };
        if self.notices.len() >= MAX_NOTICES {
            // Room is made by what proves nothing any more, never by the proof of the lock in force.
            let age = |kept: &&Kept| {
                let (notice, held) = (&kept.notice, self.held());
                let in_force = held.is_some_and(|held| held.lock.notices.contains(&notice.jti));
                let paid = notice.iat.get() <= self.cleared_until(notice.instalment.get());
                (in_force, !paid, notice.iat)
            };
            if let Some(gone) = self.notices.iter().min_by_key(age).map(|k| k.notice.jti.clone()) {
                self.notices.retain(|kept| kept.notice.jti != gone);
            }
        }
        self.notices.push(Kept {
            counts_from_s: notice.iat.get().max(not_before),
            notice: Arc::new(notice),
            kid,
        });
    }

    fn take_plan(&mut self, plan: &Plan, at: &Stamp) {
        self.replaced.extend(plan.replaces.iter().map(|no| no.get()));
        // A plan adds instalments under new numbers; it moves none that was agreed before.
        let agreed = |state: &State, no: No| {
            let signed = state.agreement().is_some_and(|a| a.instalment(no).is_some());
            signed || state.planned.iter().any(|row| row.0 == no)
        };
        let first = self.first_planned_day(plan, at);
        for row in plan.schedule.iter() {
            if !agreed(self, row.0) {
                self.planned.push((row.0, row.1.max(first), row.2));
            }
        }
        if self
            .held()
            .is_some_and(|held| self.replaced.contains(&held.instalment()))
        {
            let signed = self.held().map_or(0, |held| held.lock.iat.get());
            self.lift(ReleaseWhy::Plan, at.floor_s.max(signed), at.floor_s);
        }
    }

    /// The day before which no row of a plan falls due: the day it was signed, and never one that the phone had behind it
    /// when the plan came. Days late would have passed before anybody agreed to them.
    fn first_planned_day(&self, plan: &Plan, at: &Stamp) -> Day {
        let known_s = if self.fresh.is_some() { 0 } else { at.floor_s };
        let first = self.agreement().map_or(0, |agreement| {
            day_of(plan.iat.get().max(known_s), agreement).max(agreement.signed.get())
        });
        Day::try_from(u64::from(first)).unwrap_or(Day::MIN)
    }

    fn take_lock(&mut self, lock: Lock, kid: Kid) {
        let instalment = lock.instalment.get();
        self.bound_at(lock.iat.get());
        // OWN-12: only an answer to a message of this phone ends the step down.
        if let (Some(answers), Some(dispute)) = (&lock.answers, self.disputed.get_mut(&instalment)) {
            dispute.answered |= dispute.ids.contains(answers);
        }
        // OWN-08: a running claim clock lives on under every new lock.
        let claim = self.held().map_or(Claim::None, |held| {
            held.claim.carried(held.instalment() == instalment)
        });
        let kids = self.stands_on(&lock, &kid);
        let mut held = Held {
            claim,
            used_s: 0,
            openings: 0,
            codes: 0,
            tries: 0,
            attempt: None,
            wait: None,
            mode: Mode::Locked,
            kid,
            lock: Arc::new(lock),
        };
        // Allowances used before a wipe come back with the lock that ends *fresh*; every other lock starts full.
        if self.fresh.take().is_some() {
            let used = held.lock.used.clone();
            held.used_s = used.window_s.get();
            held.openings = used.opening.get();
            held.codes = used.codes.get();
            if used.provisional.get() > 0 && held.claim == Claim::None {
                held.claim = Claim::Spent;
            }
            // The steps were believed, so they are the phone's own record from now on.
            for (level, from) in held.lock.steps.iter() {
                self.held_level(instalment, level.get(), from.get(), &kids);
            }
        }
        self.held_level(instalment, held.lock.level.get(), held.lock.iat.get(), &kids);
        self.released = None;
        self.phase = Phase::Lock(Box::new(held));
    }

    fn take_release(&mut self, release: &Release) {
        let lifts = self.lifts(release);
        let r = self.cleared_at(release);
        self.released_through = self.raised(release.lock_id.get());
        for no in release.instalments.iter() {
            self.clear(no.get(), r);
        }
        if lifts {
            let why = match release.why {
                Why::Paid => ReleaseWhy::Paid,
                Why::Error => ReleaseWhy::Error,
                Why::Goodwill => ReleaseWhy::Goodwill,
                Why::Void => ReleaseWhy::Void,
            };
            let at = release.paid_at.unwrap_or(release.iat).get();
            self.lift(why, r, at);
        }
    }

    fn take_grace(&mut self, grace: &Grace, at: &Stamp) {
        self.graces.insert(grace.jti.clone());
        if let Phase::Lock(held) = &mut self.phase
            && held.id() == grace.lock_id.get()
        {
            held.open(OpenReason::Grace, u64::from(grace.dur_s.get()) * 1000, at);
        }
    }

    fn clear(&mut self, instalment: u16, r: u64) {
        let until = self.cleared.entry(instalment).or_default();
        *until = r.max(*until);
        // What was paid begins anew if it is owed again: levels from before count no more, as notices do not.
        if let Some(levels) = self.levels.get_mut(&instalment) {
            levels.retain(|held| held.from_s > r);
        }
        // A release is an answer too.
        if let Some(dispute) = self.disputed.get_mut(&instalment) {
            dispute.answered = true;
        }
    }

    /// Lifts the lock in force and spends its evidence up to `r`.
    pub(super) fn lift(&mut self, why: ReleaseWhy, r: u64, at: u64) {
        let Some(instalment) = self.held().map(Held::instalment) else {
            return;
        };
        self.clear(instalment, r);
        self.free(why, at);
    }

    /// Lifts the lock in force and leaves its notices unspent.
    pub(super) fn free(&mut self, why: ReleaseWhy, at: u64) {
        let Phase::Lock(held) = &self.phase else {
            return;
        };
        let amount = (why == ReleaseWhy::Paid).then(|| self.amount(held));
        self.released_through = self.released_through.max(held.id());
        self.graces.clear();
        self.released = Some((self.records, Released { why, amount, at }));
        self.phase = Phase::Free;
    }

    /// Whether a lock's evidence was spent by a payment (check 21).
    pub(super) fn spent(&self, lock: &Lock) -> bool {
        let r = self.cleared_until(lock.instalment.get());
        r > 0 && !stands_after(lock, r, &self.notices)
    }

    /// Ends *fresh* by the first status's clock.
    pub(super) fn fresh_after(&self, now_s: u64) -> Option<Fresh> {
        const FRESH_S: u64 = 48 * 3600;
        let fresh = self.fresh?;
        let first_s = fresh.first_s.unwrap_or(now_s);
        (now_s < first_s.saturating_add(FRESH_S)).then_some(Fresh {
            first_s: Some(first_s),
        })
    }

    /// Records a dispute of the owner (OWN-12).
    pub(super) fn dispute(&mut self, instalment: u16, id: crate::order::values::Id) {
        let new = || Dispute {
            ids: Vec::new(),
            answered: false,
        };
        let dispute = self.disputed.entry(instalment).or_insert_with(new);
        if !dispute.ids.contains(&id) {
            dispute.ids.push(id);
        }
    }
}

/// A refusal that may be asked again.
pub(super) fn later(code: Code, seconds: u32) -> Refusal {
    Refusal {
        retry_after_s: Some(seconds),
        ..Refusal::new(code)
    }
}
