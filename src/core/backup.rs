//! The backup window: 600 seconds in all for each lock, charged ahead in leases of at most 15 (OWN-07).
//!
//! A lease is stored before it runs, so a crash or reboot costs the owner at most 15 s and never gives one. An orderly
//! stop stores what was really used. Time is boot time: sleep counts, clock changes do nothing.

use crate::time::{BootId, Stamp};

/// Seconds in all, each lock.
pub const TOTAL_S: u16 = 600;
/// Seconds charged ahead.
pub const LEASE_S: u16 = 15;

/// A running backup. The seconds charged so far stand in the lock; this says since when they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    boot: BootId,
    start_ms: u64,
    base_s: u16,
}

impl Lease {
    /// A backup that starts now, with `used_s` used before.
    #[must_use]
    pub fn start(used_s: u16, at: &Stamp) -> Lease {
        Lease {
            boot: at.boot,
            start_ms: at.boot_ms,
            base_s: used_s,
        }
    }

    fn ran_ms(&self, at: &Stamp) -> u64 {
        if at.boot == self.boot {
            at.boot_ms.saturating_sub(self.start_ms)
        } else {
            0
        }
    }

    /// The seconds to charge next: what ran, and 15 more. The leases of one backup follow each other without a gap,
    /// however late the alarm rings.
    #[must_use]
    pub fn next_charge(&self, charged_s: u16, at: &Stamp) -> u16 {
        let ran = u16::try_from(self.ran_ms(at) / 1000).unwrap_or(u16::MAX);
        let next = self.base_s.saturating_add(ran).saturating_add(LEASE_S);
        next.max(charged_s).min(TOTAL_S)
    }

    /// The seconds really used, begun ones counted whole; never more than charged.
    #[must_use]
    pub fn used_s(&self, charged_s: u16, at: &Stamp) -> u16 {
        if at.boot != self.boot {
            return charged_s;
        }
        let ran = u16::try_from(self.ran_ms(at).div_ceil(1000)).unwrap_or(u16::MAX);
        self.base_s.saturating_add(ran).min(charged_s)
    }

    /// Boot milliseconds at which the charged seconds are over, if it runs in this boot.
    #[must_use]
    pub fn ends_ms(&self, charged_s: u16, boot: BootId) -> Option<u64> {
        let granted = u64::from(charged_s.saturating_sub(self.base_s)) * 1000;
        (boot == self.boot).then(|| self.start_ms.saturating_add(granted))
    }

    /// The same backup, its whole seconds so far counted as used, as if it began at `zero`.
    pub(crate) fn begun_at(&self, at: &Stamp, zero: &Stamp) -> Lease {
        let ran = u16::try_from(self.ran_ms(at) / 1000).unwrap_or(u16::MAX);
        Lease::start(self.base_s.saturating_add(ran), zero)
    }

    /// Milliseconds of the whole window that are left.
    #[must_use]
    pub fn left_ms(&self, at: &Stamp) -> u64 {
        let left = u64::from(TOTAL_S.saturating_sub(self.base_s)) * 1000;
        left.saturating_sub(self.ran_ms(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(ms: u64) -> Stamp {
        Stamp {
            boot_ms: ms,
            ..Stamp::default()
        }
    }

    proptest! {
        /// OWN-07: however backups are cut into pieces, and however late alarms ring, no more than 600 s are charged,
        /// and no more run than are charged.
        #[test]
        fn the_window_never_passes_600_s(pieces in proptest::collection::vec((1..90_000_u64, 0..3_000_u64, any::<bool>()), 1..80)) {
            let (mut used, mut ms, mut ran) = (0_u16, 0_u64, 0_u64);
            for (length, late, crash) in pieces {
                let before = used;
                let lease = Lease::start(used, &at(ms));
                used = lease.next_charge(used, &at(ms));
                if used == before {
                    continue;
                }
                let stop = ms + length;
                let mut now = ms;
                loop {
                    let end = lease.ends_ms(used, at(now).boot).unwrap();
                    if end > stop {
                        now = stop;
                        break;
                    }
                    now = end;
                    if used == TOTAL_S {
                        break;
                    }
                    let charged = used;
                    used = lease.next_charge(used, &at(end + late));
                    prop_assert!(used > charged);
                    now = now.max(end + late).min(stop.max(end));
                }
                let real = now - ms;
                if !crash {
                    used = lease.used_s(used, &at(now));
                }
                prop_assert!(used <= TOTAL_S);
                prop_assert!(u64::from(used - before) * 1000 >= real.min(u64::from(TOTAL_S - before) * 1000));
                prop_assert!(u64::from(used - before) * 1000 <= real + late + 16_000);
                ran += real.min(u64::from(TOTAL_S - before) * 1000);
                ms = now + 1;
            }
            prop_assert!(ran <= u64::from(TOTAL_S) * 1000);
        }
    }
}
