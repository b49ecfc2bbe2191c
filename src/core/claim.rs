//! The clock of "I have paid", and every other clock that runs on the owner's side: powered-on time, sleep included.
//!
//! A clock holds what was left at a stamp. Within one boot it runs by boot time; after a reboot it goes on from the last
//! tick that was stored, so dead time never counts against an opening and a crash gives at most one tick.

use crate::time::{BootId, Stamp};

/// What a spoken code of slots 1 to 3 opens.
pub const CODE_MS: u64 = 72 * 60 * 60_000;
/// How often a running clock is stored.
pub const TICK_MS: u64 = 60_000;

/// A clock that runs down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    left_ms: u64,
    boot: BootId,
    at_ms: u64,
}

impl Clock {
    /// A clock with `left_ms` left at a stamp.
    #[must_use]
    pub fn start(left_ms: u64, at: &Stamp) -> Clock {
        Clock {
            left_ms,
            boot: at.boot,
            at_ms: at.boot_ms,
        }
    }

    /// Milliseconds left. Under another boot it stands where it was stored last.
    #[must_use]
    pub fn left_ms(&self, at: &Stamp) -> u64 {
        if at.boot == self.boot {
            self.left_ms.saturating_sub(at.boot_ms.saturating_sub(self.at_ms))
        } else {
            self.left_ms
        }
    }

    /// Boot milliseconds at which it rings, if it runs in this boot.
    #[must_use]
    pub fn ends_ms(&self, boot: BootId) -> Option<u64> {
        (boot == self.boot).then(|| self.at_ms.saturating_add(self.left_ms))
    }

    /// Boot milliseconds at which it has to be stored again.
    #[must_use]
    pub fn tick_ms(&self, boot: BootId) -> Option<u64> {
        (boot == self.boot).then(|| self.at_ms.saturating_add(TICK_MS))
    }

    /// Stored at a stamp with what is left; a clock never gains by it.
    #[must_use]
    pub fn ticked(&self, left_ms: u64, at: &Stamp) -> Clock {
        Clock::start(left_ms.min(self.left_ms), at)
    }

    /// Goes on under a new boot, from where it was stored last.
    #[must_use]
    pub fn rebooted(&self, at: &Stamp) -> Clock {
        Clock::start(self.left_ms(at), at)
    }

    /// With at least `left_ms` left: an opening that was promised is never cut by a shorter one.
    #[must_use]
    pub fn at_least(&self, left_ms: u64, at: &Stamp) -> Clock {
        Clock::start(self.left_ms(at).max(left_ms), at)
    }
}

/// The claim of a lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Not said.
    #[default]
    None,
    /// Said; `said` is when.
    Running {
        /// Runs to the provisional opening.
        clock: Clock,
        /// When it was said.
        said: Stamp,
    },
    /// The provisional opening was used.
    Spent,
}

impl Claim {
    /// The running clock.
    #[must_use]
    pub fn clock(&self) -> Option<&Clock> {
        match self {
            Claim::Running { clock, .. } => Some(clock),
            Claim::None | Claim::Spent => None,
        }
    }

    /// What of it lives on under a new lock (protocol §1 *Allowances*): a running clock always, or a lender could
    /// reset the hour by a new lock every 50 minutes; a spent one only in the same arrears.
    #[must_use]
    pub fn carried(self, same_instalment: bool) -> Claim {
        match self {
            Claim::Running { .. } => self,
            Claim::Spent if same_instalment => Claim::Spent,
            Claim::Spent | Claim::None => Claim::None,
        }
    }
}
