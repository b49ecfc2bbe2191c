//! The next alarm.

use super::State;
use super::held::Mode;
use crate::time::Now;

/// The next alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Boot milliseconds of this boot.
    pub at_ms: u64,
}

/// The next alarm, if any: the end of a lease, of "I have paid", of an opening, the minute's tick of a clock, or a
/// reminder. One in
/// the past rings now. After a boot nothing is due before `Started` was judged.
#[must_use]
pub fn due(state: &State, now: &Now) -> Option<Due> {
    let held = state.held()?;
    let reminder = state.reminder_ms(now);
    let lease = match held.mode {
        Mode::Backup(lease) => lease.ends_ms(held.used_s, now.boot),
        Mode::Locked | Mode::Open { .. } => None,
    };
    let clocks = [held.claim.clock(), held.open_clock()];
    let rings = clocks
        .iter()
        .flatten()
        .flat_map(|c| [c.ends_ms(now.boot), c.tick_ms(now.boot)]);
    let at_ms = rings.chain([lease, reminder]).flatten().min()?;
    Some(Due { at_ms })
}
