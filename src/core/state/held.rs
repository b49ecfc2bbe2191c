//! A lock that is held, and the modes inside it.

use crate::backup::{Lease, TOTAL_S};
use crate::claim::{Claim, Clock};
use crate::order::claims::{Lock, Notice};
use crate::order::values::Kid;
use crate::snapshot::OpenReason;
use crate::time::Stamp;
use std::sync::Arc;

/// A lock in force. Its allowances live and die with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Held {
    /// The order.
    pub(crate) lock: Arc<Lock>,
    /// The key that signed it.
    pub(crate) kid: Kid,
    /// "I have paid".
    pub(crate) claim: Claim,
    /// Seconds of the window charged.
    pub(crate) used_s: u16,
    /// Emergency openings used.
    pub(crate) openings: u8,
    /// Spoken codes used, bit = slot − 1.
    pub(crate) codes: u8,
    /// Wrong codes typed.
    pub(crate) tries: u16,
    /// The slot of the attempt that was written last and not answered: it counts as wrong.
    pub(crate) attempt: Option<u8>,
    /// Runs to the next try.
    pub(crate) wait: Option<Clock>,
    /// Locked, open or in its backup.
    pub(crate) mode: Mode,
}

/// A mode inside the lock: claim, dispute and allowances live on beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    Locked,
    Open { reason: OpenReason, clock: Clock },
    Backup(Lease),
}

impl Held {
    /// Number of the lock.
    pub(crate) fn id(&self) -> u32 {
        self.lock.lock_id.get()
    }

    /// Instalment it is about.
    pub(crate) fn instalment(&self) -> u16 {
        self.lock.instalment.get()
    }

    /// Opens, or prolongs an opening; a running backup ends with its true value (OWN-07).
    pub(crate) fn open(&mut self, reason: OpenReason, left_ms: u64, at: &Stamp) {
        self.settle_window(at);
        let (reason, clock) = match self.mode {
            Mode::Open { reason: held, clock } if clock.left_ms(at) >= left_ms => (held, clock),
            Mode::Open { .. } | Mode::Locked | Mode::Backup(_) => (reason, Clock::start(left_ms, at)),
        };
        self.mode = Mode::Open { reason, clock };
    }

    /// Writes what was really used of the window.
    pub(crate) fn settle_window(&mut self, at: &Stamp) {
        if let Mode::Backup(lease) = self.mode {
            self.used_s = lease.used_s(self.used_s, at);
        }
    }

    /// The clock of an opening.
    pub(crate) fn open_clock(&self) -> Option<&Clock> {
        match &self.mode {
            Mode::Open { clock, .. } => Some(clock),
            Mode::Locked | Mode::Backup(_) => None,
        }
    }

    /// Milliseconds of the window that are left.
    pub(crate) fn window_left_ms(&self, at: &Stamp) -> u64 {
        match self.mode {
            Mode::Backup(lease) => lease.left_ms(at),
            Mode::Locked | Mode::Open { .. } => u64::from(TOTAL_S.saturating_sub(self.used_s)) * 1000,
        }
    }

    /// Whether this lock stands although its instalment was cleared at `r`: only evidence from after it counts again.
    pub(crate) fn stands_after(&self, r: u64, notices: &[Kept]) -> bool {
        stands_after(&self.lock, r, notices)
    }
}

/// Whether all evidence of a lock is newer than a clearing at `r` (protocol §1 *Release*).
pub(crate) fn stands_after(lock: &Lock, r: u64, notices: &[Kept]) -> bool {
    let newer = |id: &crate::order::values::Id| {
        let held = notices.iter().find(|kept| kept.notice.jti == *id);
        held.is_some_and(|kept| kept.notice.iat.get() > r)
    };
    lock.iat.get() > r && lock.notices.iter().all(newer)
}

/// A notice that is held as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kept {
    /// What it says.
    pub(crate) notice: Arc<Notice>,
    /// The key that signed it.
    pub(crate) kid: Kid,
    /// Unix seconds from which it counts.
    pub(crate) counts_from_s: u64,
}
