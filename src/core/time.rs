//! Time as `core` sees it: nothing here asks a clock (protocol §3).

use serde::{Deserialize, Serialize};

/// No honest clock shows less (1 January 2026): the floor of a phone that knows nothing yet, Unix seconds.
pub const BUILD_FLOOR_S: u64 = 1_767_225_600;
/// Longest way of an answer beyond the time that the server was asked to wait, milliseconds of boot time.
pub const ANSWER_MS: u64 = 30_000;

/// Which boot of the phone: 16 bytes that change with every boot and with nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BootId(pub [u8; 16]);

/// When a journal entry was made. Entries carry it, so that `apply` needs no clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// The boot it was made in.
    pub boot: BootId,
    /// Milliseconds of boot time, sleep included (`CLOCK_BOOTTIME`).
    pub boot_ms: u64,
    /// The floor then, in Unix seconds: no honest clock shows less.
    pub floor_s: u64,
}

/// The lender's signed time, and the boot time at which it counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// Signed Unix seconds.
    pub now_s: u64,
    /// The boot it belongs to: it says nothing about another one.
    pub boot: BootId,
    /// Boot milliseconds when the answer was read.
    pub boot_ms: u64,
}

impl Anchor {
    /// The anchor that an answer gives: `now_s` is its signed time, `sent_ms` and `got_ms` are boot milliseconds of
    /// question and answer, `wait_s` is what the server was asked to wait. `None` when the answer took longer than that
    /// plus 30 s: then its time is too old to count.
    #[must_use]
    pub fn from_answer(now_s: u64, sent_ms: u64, got_ms: u64, wait_s: u32, boot: BootId) -> Option<Anchor> {
        let took = got_ms.checked_sub(sent_ms)?;
        (took <= u64::from(wait_s) * 1000 + ANSWER_MS).then_some(Anchor {
            now_s,
            boot,
            boot_ms: got_ms,
        })
    }
}

/// What the clock port told for one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Now {
    /// This boot.
    pub boot: BootId,
    /// Milliseconds of boot time, sleep included.
    pub boot_ms: u64,
    /// Trusted time, if a nonce-bound answer came in this boot.
    pub anchor: Option<Anchor>,
    /// The wall clock in Unix seconds: shown, never judged.
    pub wall_s: Option<u64>,
}

impl Now {
    /// Trusted Unix seconds: the anchor plus boot time since. `None` without an anchor of this boot.
    #[must_use]
    pub fn trusted_s(&self) -> Option<u64> {
        let anchor = self.anchor.filter(|a| a.boot == self.boot)?;
        Some(anchor.now_s + self.boot_ms.saturating_sub(anchor.boot_ms) / 1000)
    }

    /// Unix seconds for display only: the trusted time, else the wall clock.
    #[must_use]
    pub fn shown_s(&self) -> Option<u64> {
        self.trusted_s().or(self.wall_s)
    }
}
