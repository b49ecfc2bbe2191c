//! What an entry does. No clock: an entry carries its stamp.

use super::certificate::certificate;
use super::held::Mode;
use super::judge::accept;
use super::link::lock_number;
use super::orders::recorded;
use super::owner::{REMIND_MS, Reminded};
use super::{Contract, Effects, Fresh, MAX_PENDING, Pending, Phase, State, Today};
use crate::agreement::{self, Agreement};
use crate::backup::{Lease, TOTAL_S};
use crate::claim::{CODE_MS, Claim, Clock};
use crate::envelope;
use crate::journal::{Body, Ended, Entry};
use crate::log;
use crate::order::claims::{LockState, Order};
use crate::order::values::{Id, No, Seq};
use crate::refusal::Code;
use crate::snapshot::{OpenReason, ReleaseWhy};
use crate::time::Stamp;
use crate::wire::{ClaimKind, ClaimRequest};
use std::sync::Arc;

/// Hours of silence after which a lock lapses (OWN-10).
const SILENCE_H: u16 = 720;

/// Carries an entry out. Pure and total: the same inputs give the same state everywhere.
#[must_use]
pub fn apply(mut state: State, entry: &Entry) -> (State, Effects) {
    let at = &entry.stamp;
    if let Body::Certificate {
        device,
        trust,
        settle,
    } = &entry.body
    {
        state = State {
            device: Some(device.clone()),
            ..certificate(trust, settle, at)
        };
    }
    state.records = state.records.saturating_add(1);
    state.floor_s = state.floor_s.max(at.floor_s);
    let order = if let Body::Order { token, .. } = &entry.body {
        recorded(token)
    } else {
        None
    };
    let known = state.known(entry, order.as_ref().map(|r| &r.order));
    log::push(
        &mut state.log,
        state.records,
        entry,
        order.as_ref().map(|r| &r.order),
        known,
    );
    match &entry.body {
        Body::Enrolled { device, agreement } => {
            let terms = Agreement::parse(agreement).ok();
            let sha = agreement::sha(agreement);
            state.contract = terms.map(|terms| Arc::new(Contract { sha, terms }));
            state.device = Some(device.clone());
            state.fresh = Some(Fresh::default());
        }
        // OWN-09: lost state is not locked; it asks.
        Body::Lost { .. } => state.fresh = Some(Fresh::default()),
        Body::Boot => state.booted(at),
        Body::Trust(bundle) => state.trusts(bundle, at),
        Body::Order { seq, jti, token } => {
            state.cursor = Some((*seq, jti.clone()));
            state.unanswered = true;
            if let Some(recorded) = order {
                // The receipt tells what the order did, judged by the state before it; mode and lock are those after.
                let code = state.outcome(&recorded.order).unwrap_or_else(|r| Some(r.code));
                state.take(recorded, *seq, token, at);
                state.receipt(*seq, envelope::sha256(token.as_bytes()), code, None);
            }
        }
        Body::Refused {
            seq,
            jti,
            code,
            sha256,
            retry_after_s,
            ..
        } => {
            state.cursor = Some((*seq, jti.clone()));
            state.unanswered = true;
            let mut today = state.counted_today(at).cloned().unwrap_or(Today {
                from: *at,
                ..Today::default()
            });
            today.written += 1;
            *today.seen.entry((*code, *sha256)).or_default() += 1;
            state.today = today;
            state.receipt(*seq, *sha256, Some(*code), *retry_after_s);
        }
        Body::Status {
            now,
            head_seq,
            head_jti,
            lock_state,
            keys_ok,
        } => state.answered(*now, *head_seq, head_jti.as_ref(), *lock_state, *keys_ok),
        Body::Tick { claim_ms, open_ms } => {
            if let Phase::Lock(held) = &mut state.phase {
                if let (Claim::Running { clock, .. }, Some(left)) = (&mut held.claim, claim_ms) {
                    *clock = clock.ticked(*left, at);
                }
                if let (Mode::Open { clock, .. }, Some(left)) = (&mut held.mode, open_ms) {
                    *clock = clock.ticked(*left, at);
                }
            }
        }
        Body::Lease { lock_id, used_s } => state.leased(*lock_id, *used_s, at),
        Body::LeaseEnd { lock_id, used_s } => {
            if let Phase::Lock(held) = &mut state.phase
                && held.id() == *lock_id
                && matches!(held.mode, Mode::Backup(_))
            {
                held.used_s = held.used_s.min(*used_s);
                held.mode = Mode::Locked;
            }
        }
        Body::Opening { lock_id } => {
            let owner = state.owner();
            if let Phase::Lock(held) = &mut state.phase
                && held.id() == *lock_id
            {
                held.openings = held.openings.saturating_add(1);
                held.open(OpenReason::Opening, owner.opening_ms(), at);
            }
        }
        Body::Claim { .. } => state.claimed(&entry.body, at),
        Body::Attempt { lock_id, slot } => {
            if let Phase::Lock(held) = &mut state.phase
                && held.id() == *lock_id
            {
                held.attempted(*slot, at);
            }
        }
        Body::Code { lock_id, slot } => state.code(*lock_id, *slot, at),
        Body::Ended(what) => state.ended(*what, at),
        Body::Silence { hours } => {
            state.silence_h = state.silence_h.saturating_add(u16::from(*hours));
            if known.lapses {
                state.lapse(at);
            }
        }
        Body::Reminded => state.remind(at),
        Body::Sent {
            receipts_to,
            claims,
            settle,
        } => state.sent(*receipts_to, claims, *settle),
        Body::Certificate { .. } => {}
    }
    state.last = *at;
    let effects = state.effects();
    (state, effects)
}

impl State {
    /// What the log has to know of an entry before it is carried out.
    pub(crate) fn known(&self, entry: &Entry, order: Option<&Order>) -> log::Known {
        log::Known {
            lapses: self.lapses(entry),
            payee: match order {
                Some(Order::Terms(terms)) => self.payee_fault(terms),
                Some(
                    Order::Notice(_)
                    | Order::Plan(_)
                    | Order::Lock(_)
                    | Order::Release(_)
                    | Order::Grace(_)
                    | Order::Settle(_),
                )
                | None => None,
            },
        }
    }

    /// Whether an entry is the silence that ends the lock in force.
    fn lapses(&self, entry: &Entry) -> bool {
        let Body::Silence { hours } = &entry.body else {
            return false;
        };
        self.held().is_some() && self.silence_h.saturating_add(u16::from(*hours)) >= SILENCE_H
    }

    /// OWN-10: 30 days of network and no word: the lock ends as if it were released.
    fn lapse(&mut self, at: &Stamp) {
        self.silence_h = 0;
        let signed = self.held().map_or(0, |held| held.lock.iat.get());
        self.lift(ReleaseWhy::Lapsed, at.floor_s.max(signed), at.floor_s);
    }

    fn remind(&mut self, at: &Stamp) {
        let (record, lock_id) = (self.records, self.lock_id().unwrap_or(0));
        self.reminded = Some(Reminded {
            record,
            lock_id,
            clock: Clock::start(REMIND_MS, at),
        });
    }

    fn booted(&mut self, at: &Stamp) {
        let last = self.last;
        if let Some(shown) = &mut self.reminded {
            // Powered-on time counts up to the last record of the boot before.
            shown.clock = Clock::start(shown.clock.left_ms(&last), at);
        }
        self.today.from = Stamp {
            floor_s: self.today.from.floor_s,
            ..*at
        };
        if let Phase::Lock(held) = &mut self.phase {
            if let Claim::Running { clock, .. } = &mut held.claim {
                *clock = clock.rebooted(at);
            }
            held.wait = held.wait.map(|clock| clock.rebooted(at));
            held.mode = match held.mode {
                Mode::Open { reason, clock } => Mode::Open {
                    reason,
                    clock: clock.rebooted(at),
                },
                // OWN-07: the lease stays charged whole.
                Mode::Locked | Mode::Backup(_) => Mode::Locked,
            };
        }
    }

    fn trusts(&mut self, bundle: &str, at: &Stamp) {
        let Ok(trust) = accept(&self.trust, bundle) else {
            return;
        };
        self.trust = Arc::new(trust);
        self.bundles.push(Arc::from(bundle));
        self.unanswered = true;
        // A lock whose own key or a notice's key is void is lifted, its notices unspent: genuine ones are signed anew.
        let void = |kid| self.trust.is_void(kid);
        let lifted = self.held().is_some_and(|held| {
            let named = |id: &Id| self.notices.iter().find(|kept| kept.notice.jti == *id);
            let notices = held.lock.notices.iter().filter_map(named);
            void(&held.kid) || notices.into_iter().any(|kept| void(&kept.kid))
        });
        let trust = Arc::clone(&self.trust);
        if self.terms_kid.as_ref().is_some_and(|kid| trust.is_void(kid)) {
            (self.terms, self.terms_kid) = (None, None);
        }
        self.notices.retain(|kept| !trust.is_void(&kept.kid));
        self.unreached();
        if lifted {
            self.free(ReleaseWhy::Void, at.floor_s);
        }
    }

    /// The floor that a time of the lender would give: it never passes the end of the key set in force.
    pub(super) fn floor_by(&self, now_s: u64) -> u64 {
        let end = self.trust.keys().map_or(0, |keys| keys.exp.get());
        self.floor_s().max(now_s.max(self.floor_next_s).min(end))
    }

    pub(super) fn caught_up(&self, head_seq: Seq, head_jti: Option<&Id>) -> bool {
        match &self.cursor {
            Some((seq, jti)) => *seq == head_seq && Some(jti) == head_jti,
            None => head_seq == Seq::MIN && head_jti.is_none(),
        }
    }

    fn answered(&mut self, now: u64, seq: Seq, jti: Option<&Id>, lock_state: LockState, keys_ok: bool) {
        self.floor_s = self.floor_by(now);
        self.floor_next_s = 0;
        self.unanswered = false;
        if keys_ok {
            self.silence_h = 0;
            if let Phase::Lock(held) = &mut self.phase {
                held.reopen_typing();
            }
        }
        self.fresh = self.fresh_after(now);
        if self.caught_up(seq, jti) && lock_state == LockState::None && matches!(self.phase, Phase::Unknown) {
            self.fresh = None;
            self.phase = Phase::Free;
        }
    }

    fn leased(&mut self, lock_id: u32, used_s: u16, at: &Stamp) {
        let Phase::Lock(held) = &mut self.phase else {
            return;
        };
        if held.id() != lock_id || matches!(held.mode, Mode::Open { .. }) {
            return;
        }
        if held.mode == Mode::Locked {
            held.mode = Mode::Backup(Lease::start(held.used_s, at));
        }
        held.used_s = used_s.clamp(held.used_s, TOTAL_S);
    }

    fn claimed(&mut self, body: &Body, at: &Stamp) {
        let Body::Claim {
            id,
            kind,
            lock_id,
            instalment,
            choice,
            text,
        } = body
        else {
            return;
        };
        self.claims.push(ClaimRequest {
            id: id.clone(),
            kind: *kind,
            lock_id: lock_number(*lock_id),
            instalment: instalment.and_then(|n| No::try_from(u64::from(n)).ok()),
            choice: choice.clone(),
            text: text.clone(),
        });
        let claim_ms = self.owner().claim_ms();
        match (kind, instalment) {
            (ClaimKind::Dispute, Some(no)) => self.dispute(*no, id.clone()),
            (ClaimKind::Paid, _) => {
                // OWN-08: the first one of a lock starts the hour; nothing but a release ends it.
                if let Phase::Lock(held) = &mut self.phase
                    && held.id() == *lock_id
                    && held.claim == Claim::None
                {
                    held.claim = Claim::Running {
                        clock: Clock::start(claim_ms, at),
                        said: *at,
                    };
                }
            }
            (ClaimKind::Dispute, None) | (ClaimKind::Hardship | ClaimKind::Return, _) => {}
        }
    }

    fn code(&mut self, lock_id: u32, slot: u8, at: &Stamp) {
        if let Phase::Lock(held) = &mut self.phase
            && held.id() == lock_id
        {
            held.tries = held.tries.saturating_sub(1);
            (held.attempt, held.wait) = (None, None);
            held.codes |= 1_u8.checked_shl(u32::from(slot).saturating_sub(1)).unwrap_or(0);
            if slot == 4 {
                let r = at.floor_s.max(held.lock.iat.get());
                self.lift(ReleaseWhy::Code, r, at.floor_s);
            } else {
                held.open(OpenReason::Code, CODE_MS, at);
            }
        }
    }

    fn ended(&mut self, what: Ended, at: &Stamp) {
        let provisional_ms = self.owner().provisional_ms();
        let Phase::Lock(held) = &mut self.phase else {
            return;
        };
        match (what, held.mode) {
            (Ended::Claim, _) if held.claim.clock().is_some() => {
                // OWN-08: nobody answered in time, so the phone opens; once a lock.
                held.claim = Claim::Spent;
                held.open(OpenReason::Provisional, provisional_ms, at);
            }
            (Ended::Open, Mode::Open { .. }) | (Ended::Lease, Mode::Backup(_)) => held.mode = Mode::Locked,
            (Ended::Claim | Ended::Open | Ended::Lease, _) => {}
        }
    }

    fn sent(&mut self, receipts_to: Option<Seq>, claims: &[Id], settle: bool) {
        if let Some(last) = receipts_to.and_then(|to| self.receipts.iter().position(|r| r.seq == to)) {
            self.receipts.drain(..=last);
        }
        self.claims.retain(|claim| !claims.contains(&claim.id));
        if let Phase::Settled(settled) = &mut self.phase
            && settle
        {
            settled.reported = true;
        }
    }

    /// Keeps a receipt. One that waits under the same number is replaced where it stands.
    fn receipt(&mut self, seq: Seq, sha256: [u8; 32], code: Option<Code>, retry_after_s: Option<u32>) {
        let receipt = Pending {
            seq,
            sha256,
            code,
            retry_after_s,
            lock_id: self.lock_id().unwrap_or(0),
            mode: self.mode_word(),
        };
        match self.receipts.iter_mut().find(|waiting| waiting.seq == seq) {
            Some(waiting) => *waiting = receipt,
            None => self.receipts.push_back(receipt),
        }
        if self.receipts.len() > MAX_PENDING {
            self.receipts.pop_front();
        }
    }
}
