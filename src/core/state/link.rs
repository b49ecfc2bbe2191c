//! What the state says to the lender's server: the question of a check-in, receipts and claims.

use super::{Pending, Phase, State};
use crate::claim::Claim;
use crate::order::claims::{Status, Used};
use crate::order::values::{Bit, CodeBits, Id, LockIdOrNone, Sha, WindowSecs};
use crate::refusal::Code;
use crate::time::{BootId, Now};
use crate::wire;

/// Receipts in one request.
const MAX_RECEIPTS: usize = 64;
/// Boot time after which the whole catch-up set may be asked for again.
const FROM_ZERO_MS: u64 = 6 * 3_600_000;

/// What waits to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Receipts in order, at most 64.
    pub receipts: Vec<wire::Receipt>,
    /// Claims in order.
    pub claims: Vec<wire::ClaimRequest>,
    /// The receipts hold the report of settlement.
    pub settle: bool,
}

/// That the catch-up set was asked for: the agent keeps the newest one, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromZero {
    boot: BootId,
    boot_ms: u64,
    head_jti: String,
}

impl State {
    /// The question of a check-in.
    #[must_use]
    pub fn check_in(
        &self,
        nonce: Id,
        wait_s: u32,
        journal_head: &[u8; 32],
        app: &str,
        adapter: &str,
    ) -> wire::CheckIn {
        wire::CheckIn {
            after: self.cursor(),
            wait_s: wait_s.min(55),
            nonce,
            journal_head: Sha::from_bytes(journal_head),
            app: app.to_owned(),
            adapter: adapter.to_owned(),
            lock_id: lock_number(self.lock_id().unwrap_or(0)),
            released_through: lock_number(self.released_through),
            terms_seq: self.terms.as_ref().map(|terms| terms.terms_seq),
            keys_version: self.trust.keys_version(),
            mode: self.mode_word().to_owned(),
            used: self.used(),
        }
    }

    /// What was used of the allowances of the lock in force; without one, nothing.
    fn used(&self) -> Used {
        let held = self.held();
        let bit = |used: bool| Bit::try_from(u64::from(used)).unwrap_or(Bit::MIN);
        let window_s = held.map_or(0, |held| held.used_s);
        Used {
            window_s: WindowSecs::try_from(u64::from(window_s)).unwrap_or(WindowSecs::MIN),
            opening: bit(held.is_some_and(|held| held.openings > 0)),
            provisional: bit(held.is_some_and(|held| held.claim == Claim::Spent)),
            codes: held
                .and_then(|held| CodeBits::try_from(u64::from(held.codes)).ok())
                .unwrap_or(CodeBits::MIN),
        }
    }

    /// Whether the next question must ask for the whole catch-up set (`after: null`): the server believes another lock
    /// in force than the phone has, although it has every receipt. Not again within 6 h of boot time, unless its head
    /// changed. Asked after the answer's orders and status are stored; the agent keeps what it returns.
    #[must_use]
    pub fn from_zero(&self, status: &Status, asked: Option<&FromZero>, now: &Now) -> Option<FromZero> {
        let same = status.lock_id.get() == self.lock_id().unwrap_or(0);
        if same || self.settled() || self.cursor.is_none() || !self.receipts.is_empty() {
            return None;
        }
        let lately = asked.is_some_and(|a| {
            a.boot == now.boot
                && now.boot_ms.saturating_sub(a.boot_ms) < FROM_ZERO_MS
                && a.head_jti == status.head_jti
        });
        (!lately).then(|| FromZero {
            boot: now.boot,
            boot_ms: now.boot_ms,
            head_jti: status.head_jti.clone(),
        })
    }

    /// Receipts (≤ 64) and claims that wait to be sent.
    #[must_use]
    pub fn outbox(&self) -> Outbox {
        let receipts = self.receipts.iter().take(MAX_RECEIPTS);
        let settle = match &self.phase {
            Phase::Settled(s) => !s.reported && receipts.clone().any(|r| Some(r.seq) == s.seq),
            Phase::Unknown | Phase::Free | Phase::Lock(_) => false,
        };
        let wire = |r: &Pending| wire::Receipt {
            seq: r.seq,
            sha256: Sha::from_bytes(&r.sha256),
            code: r.code.map_or("ok", Code::as_str).to_owned(),
            retry_after_s: r.retry_after_s,
            lock_id: lock_number(r.lock_id),
            mode: r.mode.to_owned(),
        };
        Outbox {
            receipts: receipts.map(wire).collect(),
            claims: self.claims.clone(),
            settle,
        }
    }
}

pub(super) fn lock_number(n: u32) -> LockIdOrNone {
    LockIdOrNone::try_from(u64::from(n)).unwrap_or(LockIdOrNone::MIN)
}
