//! What happens next, and whether it may: the only place that looks at time.

use super::held::{Held, Mode};
use super::orders::later;
use super::{Ask, Phase, State};
use crate::agreement::Agreement;
use crate::envelope;
use crate::journal::{Body, Ended, Entry};
use crate::keys::Trust;
use crate::order::claims::{Lock, Order, Status, Terms};
use crate::order::values::{Id, Seq};
use crate::order::{Verified, verify_order};
use crate::profile::{LockCase, check_lock};
use crate::refusal::{Code, Refusal};
use crate::time::{Now, Stamp};

/// How far ahead of the trusted time an order may be signed, seconds.
const AHEAD_S: u64 = 300;
/// Refusals that are written in a day.
const REFUSALS_A_DAY: u32 = 100;
/// How much the floor must rise for a status to be stored for that alone, seconds.
const FLOOR_STEP_S: u64 = 86_400;

/// Decides. What it returns has to be appended and synced before it is applied.
///
/// # Errors
/// The refusal. For orders the caller stores `refused(…)` then; for commands it shows the code.
pub fn judge(state: &State, ask: &Ask<'_>, now: &Now) -> Result<Entry, Refusal> {
    let at = state.stamp(now);
    let body = match ask {
        Ask::Enrolled { device, agreement } => {
            if state.device.is_some() {
                return Err(Code::NNoEffect.into());
            }
            Agreement::parse(agreement)?;
            Body::Enrolled {
                device: device.clone(),
                agreement: agreement.to_vec(),
            }
        }
        Ask::Lost { why, aside } => {
            if state.records > 0 {
                return Err(Code::NNoEffect.into());
            }
            Body::Lost {
                why: *why,
                aside: aside.clone(),
            }
        }
        Ask::Started => state.started(&at)?,
        Ask::Trust(bundle) => {
            if state.settled() {
                return Err(Code::SSettled.into());
            }
            accept(&state.trust, bundle)?;
            Body::Trust((*bundle).to_owned())
        }
        Ask::Order { seq, jti, token } => {
            let device = state.device.as_ref().ok_or(Code::BSub)?;
            let order = verify_order(token, &state.trust, device)?;
            return judge_order(state, *seq, jti, token, &order, now);
        }
        Ask::Status(status) => state.status(status.claims(), now)?,
        Ask::Command(command, id) => state.command(*command, id, &at)?,
        Ask::Code(proof) => state.code_proven(proof)?,
        Ask::Silence(hours) => state.silent(*hours)?,
        Ask::Due => state.rang(now, &at)?,
        Ask::Sent {
            receipts_to,
            claims,
            settle,
        } => {
            let receipts = receipts_to.is_some_and(|to| state.receipts.iter().any(|r| r.seq == to));
            let claimed = claims.iter().any(|id| state.claims.iter().any(|c| c.id == *id));
            let reports = *settle && matches!(&state.phase, Phase::Settled(s) if !s.reported);
            if !(receipts || claimed || reports) {
                return Err(Code::NNoEffect.into());
            }
            Body::Sent {
                receipts_to: *receipts_to,
                claims: claims.clone(),
                settle: *settle,
            }
        }
        Ask::Certificate => state.certificate(now)?,
    };
    Ok(Entry { stamp: at, body })
}

/// The trust after a bundle; the first one is the provisioned root.
pub(super) fn accept(trust: &Trust, bundle: &str) -> Result<Trust, Refusal> {
    match trust.root() {
        Some(_) => trust.accept(bundle),
        None => Trust::provisioned(bundle),
    }
}

/// Decides about an order that passed checks 1 to 10 under the trust of this state. `judge` calls it; a caller that
/// verified the token already may call it too.
///
/// # Errors
/// The refusal, as `judge`; `e_signature` when `order` is not what was read from `token`.
pub fn judge_order(
    state: &State,
    seq: Seq,
    jti: &Id,
    token: &[u8],
    order: &Verified<Order>,
    now: &Now,
) -> Result<Entry, Refusal> {
    if order.sha256() != envelope::sha256(token) {
        return Err(Code::ESignature.into());
    }
    let token = String::from_utf8(token.to_vec()).map_err(|_| Code::ETooLarge)?;
    if state.settled() {
        state.outcome(order.claims())?;
    }
    match order.claims() {
        // OWN-04: what frees the owner is asked for nothing but its signature, this phone, and the number of the lock.
        Order::Notice(_) | Order::Plan(_) | Order::Release(_) | Order::Grace(_) | Order::Settle(_) => {}
        Order::Terms(terms) => {
            let Terms { iat, exp, .. } = terms;
            state.binding(iat.get(), exp.get(), now)?;
        }
        Order::Lock(lock) => {
            let trusted_s = state.binding(lock.iat.get(), lock.exp.get(), now)?;
            state.lock(lock, trusted_s, &state.stamp(now))?;
        }
    }
    state.outcome(order.claims())?;
    Ok(Entry {
        stamp: state.stamp(now),
        body: Body::Order {
            seq,
            jti: jti.clone(),
            token,
        },
    })
}

/// The entry that keeps a refused or effectless order in the owner's log and moves the cursor. `None` when the day's
/// 100 are used up. An equal refusal of the same day is written with its count, and the log shows one line (OWN-11).
#[must_use]
pub fn refused(
    state: &State,
    seq: Seq,
    jti: &Id,
    token: &[u8],
    refusal: &Refusal,
    now: &Now,
) -> Option<Entry> {
    let stamp = state.stamp(now);
    let sha256 = envelope::sha256(token);
    let today = state.counted_today(&stamp);
    if today.is_some_and(|t| t.written >= REFUSALS_A_DAY) {
        return None;
    }
    let before = today.and_then(|t| t.seen.get(&(refusal.code, sha256)));
    let kind = envelope::cut(token, envelope::Kinds::OneOf(crate::order::claims::typ::ALL));
    Some(Entry {
        stamp,
        body: Body::Refused {
            seq,
            jti: jti.clone(),
            code: refusal.code,
            kind: kind.map_or(String::new(), |cut| cut.typ().to_owned()),
            sha256,
            count: before.map_or(1, |n| n + 1),
            retry_after_s: refusal.retry_after_s,
        },
    })
}

impl State {
    fn started(&self, at: &Stamp) -> Result<Body, Refusal> {
        let certificate = matches!(&self.phase, Phase::Settled(s) if s.seq.is_none());
        if self.records == 0 || certificate {
            return Err(Code::NNoEffect.into());
        }
        if self.last.boot != at.boot {
            return Ok(Body::Boot);
        }
        match self.held().map(|held| held.mode) {
            // OWN-07: the lease that was running stays charged whole.
            Some(Mode::Backup(_)) => Ok(Body::Ended(Ended::Lease)),
            Some(Mode::Locked | Mode::Open { .. }) | None => Err(Code::NNoEffect.into()),
        }
    }

    /// Checks 13 to 16: what binds is judged by the lender's time of this boot alone (OWN-03).
    fn binding(&self, iat: u64, exp: u64, now: &Now) -> Result<u64, Refusal> {
        // 13 a trusted time
        let trusted_s = now.trusted_s().ok_or_else(|| later(Code::FNoAnchor, 60))?;
        // 14 not signed ahead of it
        if iat > trusted_s + AHEAD_S {
            return Err(Code::FIatFuture.into());
        }
        // 15 not expired
        if trusted_s >= exp {
            return Err(Code::FExpired.into());
        }
        // 16 under a key set that is in force
        if self.trust.expired(trusted_s) {
            return Err(later(Code::FKeysExpired, 3600));
        }
        Ok(trusted_s)
    }

    /// Checks 17 to 24.
    fn lock(&self, lock: &Lock, trusted_s: u64, at: &Stamp) -> Result<(), Refusal> {
        // 17 its number (OWN-05)
        self.lock_number(lock)?;
        // 18 not while the phone is open: the opening was promised for a time
        match self.held().map(|held| held.mode) {
            Some(Mode::Open { clock, .. }) => return Err(later(Code::SOpen, seconds(clock.left_ms(at)))),
            Some(Mode::Backup(lease)) => return Err(later(Code::SOpen, seconds(lease.left_ms(at)))),
            Some(Mode::Locked) | None => {}
        }
        // 19 no plan stands against it (OWN-12)
        if self.replaced.contains(&lock.instalment.get()) {
            return Err(Code::SPlan.into());
        }
        let (notices, levels) = (self.evidence(lock), self.reached(lock));
        let case = LockCase {
            judged_s: lock.iat.get().min(trusted_s),
            hours_s: trusted_s,
            fresh: self.fresh_after(trusted_s).is_some(),
            ..self.lock_case(lock, &notices, &levels).ok_or(Code::PAgreement)?
        };
        // 20, and 22 to 24
        let lawful = check_lock(&case);
        let ahead_of_21 = lawful.is_err_and(|r| {
            matches!(
                r.code,
                Code::PUnknownMarket | Code::PNotAllowed | Code::PNeeds | Code::PProfile | Code::PAgreement
            )
        });
        // 21 its notices: held, and not spent by a payment
        if !ahead_of_21 {
            if notices.len() < lock.notices.len() {
                return Err(later(Code::SNoticeMissing, 60));
            }
            if self.spent(lock) {
                return Err(Code::SNoticeUsed.into());
            }
        }
        match lawful {
            Err(r) if r.code == Code::PHours && r.retry_after_s.is_none() => {
                let wait = r.earliest.map_or(3600, |t| t.saturating_sub(trusted_s).max(60));
                Err(Refusal {
                    earliest: r.earliest,
                    ..later(Code::PHours, u32::try_from(wait).unwrap_or(u32::MAX))
                })
            }
            Ok(()) | Err(_) => lawful,
        }
    }

    fn status(&self, status: &Status, now: &Now) -> Result<Body, Refusal> {
        let keys_ok = now.trusted_s().is_some_and(|t| !self.trust.expired(t));
        let head_jti = Id::try_from(status.head_jti.as_str()).ok();
        let frees = matches!(self.phase, Phase::Unknown)
            && self.caught_up(status.head_seq, head_jti.as_ref())
            && status.lock_state == crate::order::claims::LockState::None;
        let rises = self.floor_by(status.now.get()) >= self.floor_s() + FLOOR_STEP_S;
        let closed = self.held().is_some_and(Held::closed);
        let heard = keys_ok && (self.silence_h > 0 || closed);
        if self.settled() || !(self.fresh.is_some() || self.unanswered || frees || rises || heard) {
            return Err(Code::NNoEffect.into());
        }
        Ok(Body::Status {
            now: status.now.get(),
            head_seq: status.head_seq,
            head_jti,
            lock_state: status.lock_state,
            keys_ok,
        })
    }

    /// What rings now: the end of a lease, of a claim, of an opening, the minute's tick, or a reminder.
    fn rang(&self, now: &Now, at: &Stamp) -> Result<Body, Refusal> {
        let held = self.held().ok_or(Code::NNoEffect)?;
        let rings = |ms: Option<u64>| ms.is_some_and(|ms| ms <= at.boot_ms);
        if let Mode::Backup(lease) = held.mode
            && rings(lease.ends_ms(held.used_s, at.boot))
        {
            let used_s = lease.next_charge(held.used_s, at);
            return Ok(if used_s > held.used_s {
                Body::Lease {
                    lock_id: held.id(),
                    used_s,
                }
            } else {
                Body::Ended(Ended::Lease)
            });
        }
        if rings(held.claim.clock().and_then(|c| c.ends_ms(at.boot))) {
            return Ok(Body::Ended(Ended::Claim));
        }
        let open = held.open_clock();
        if rings(open.and_then(|c| c.ends_ms(at.boot))) {
            return Ok(Body::Ended(Ended::Open));
        }
        let clocks = [held.claim.clock(), open];
        if clocks.iter().flatten().any(|c| rings(c.tick_ms(at.boot))) {
            return Ok(Body::Tick {
                claim_ms: clocks[0].map(|c| c.left_ms(at)),
                open_ms: clocks[1].map(|c| c.left_ms(at)),
            });
        }
        if rings(self.reminder_ms(now)) {
            return Ok(Body::Reminded);
        }
        Err(Code::NNoEffect.into())
    }
}

fn seconds(ms: u64) -> u32 {
    u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX).max(1)
}
