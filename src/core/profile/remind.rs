//! When a message to the owner may be shown (OWN-13).

use super::calendar::{Closed, LocalTime, seconds};
use super::{Profile, Weekday};
use crate::agreement::Agreement;

/// The house's hours for messages, minutes of the day: somebody answers the owner then.
const HOUSE: (i64, i64) = (9 * 60, 18 * 60);
/// How far ahead an open minute is looked for, days.
const HORIZON: i64 = 800;

/// The first second at or after `from_s` (Unix) in which a reminder may be shown: inside the law's hours and, unless the
/// profile leaves them out, the house's, on no rest day and no holiday. `None` = never.
#[must_use]
pub fn next_reminder(profile: &Profile, agreement: &Agreement, from_s: u64) -> Option<u64> {
    let time = LocalTime::of(agreement, Some(profile));
    let from = seconds(from_s);
    let first = time.day(from);
    for day in first..first.checked_add(HORIZON)? {
        for (open, close) in windows(profile, day) {
            if from < time.instant(day, close) {
                return u64::try_from(from.max(time.instant(day, open))).ok();
            }
        }
    }
    None
}

/// The windows of a local day, minutes, rising.
fn windows(profile: &Profile, day: i64) -> Vec<(i64, i64)> {
    let (hours, closed) = (&profile.hours, Closed(profile));
    if !hours.on_holidays && closed.holiday(day) || hours.house && closed.rest(day) {
        return Vec::new();
    }
    let weekday = Weekday::of(day);
    let open = hours.open.iter().filter(|open| open.days.hold(weekday));
    let mut windows: Vec<(i64, i64)> = open.map(|open| (open.from.0, open.to.0)).collect();
    if hours.open.is_empty() {
        windows.push((0, 24 * 60));
    }
    if hours.house {
        for window in &mut windows {
            *window = (window.0.max(HOUSE.0), window.1.min(HOUSE.1));
        }
    }
    windows.retain(|(from, to)| from < to);
    windows.sort_unstable();
    windows
}
