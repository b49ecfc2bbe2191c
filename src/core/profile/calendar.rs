//! Days and hours without a zone database: an offset, and the coming clock changes as instants.
//!
//! The agreement carries both; where it lists no change, the profile's list serves a zone of the same offset.

use super::{Profile, Weekday};
use crate::agreement::Agreement;

const DAY_S: i64 = 86_400;

/// Local time of an agreement.
#[derive(Clone, Debug)]
pub struct LocalTime {
    base_s: i64,
    /// Instant, and seconds east of UTC from then on; rising.
    changes: Vec<(i64, i64)>,
}

impl LocalTime {
    /// Of an agreement, and the profile it is judged by.
    #[must_use]
    pub fn of(agreement: &Agreement, profile: Option<&Profile>) -> LocalTime {
        let mut changes: Vec<(i64, i64)> = Vec::new();
        for (at, minutes) in agreement.clock_changes.iter() {
            changes.push((seconds(at.get()), i64::from(*minutes) * 60));
        }
        if let Some(profile) = profile
            && changes.is_empty()
            && profile.utc_offset_min == agreement.utc_offset_min
        {
            for (at, minutes) in &profile.clock_changes {
                changes.push((seconds(*at), i64::from(*minutes) * 60));
            }
        }
        changes.sort_unstable();
        LocalTime {
            base_s: i64::from(agreement.utc_offset_min) * 60,
            changes,
        }
    }

    /// Seconds east of UTC at an instant.
    #[must_use]
    pub fn offset_s(&self, at: i64) -> i64 {
        let past = self.changes.iter().take_while(|(from, _)| *from <= at);
        past.last().map_or(self.base_s, |(_, offset)| *offset)
    }

    /// Local day, since 1970-01-01.
    #[must_use]
    pub fn day(&self, at: i64) -> i64 {
        (at + self.offset_s(at)).div_euclid(DAY_S)
    }

    /// Local second of the day.
    #[must_use]
    pub fn second(&self, at: i64) -> i64 {
        (at + self.offset_s(at)).rem_euclid(DAY_S)
    }

    /// The instant at which a local day has begun for good: where clocks go back over midnight, the later one, since a
    /// day that is counted has to have ended.
    #[must_use]
    pub fn start_of(&self, day: i64) -> i64 {
        let begins = |at: &i64| self.day(*at) >= day && self.day(*at - 1) < day;
        let midnights = self.offsets().map(|offset| day * DAY_S - offset);
        let changes = self.changes.iter().map(|(at, _)| *at);
        let found = midnights.chain(changes).filter(begins).max();
        found.unwrap_or(day * DAY_S - self.base_s)
    }

    /// The first instant of a local day at or after a minute of it; in the hour that clocks leave out, the change.
    pub(super) fn instant(&self, day: i64, minute: i64) -> i64 {
        let local = day * DAY_S + minute * 60;
        let reached = |at: &i64| at + self.offset_s(*at) >= local && at - 1 + self.offset_s(at - 1) < local;
        let plain = self.offsets().map(|offset| local - offset);
        let changes = self.changes.iter().map(|(at, _)| *at);
        let found = plain.chain(changes).filter(reached).min();
        found.unwrap_or(local - self.base_s)
    }

    fn offsets(&self) -> impl Iterator<Item = i64> + '_ {
        std::iter::once(self.base_s).chain(self.changes.iter().map(|(_, offset)| *offset))
    }
}

/// Local day of an instant in Unix seconds.
#[must_use]
pub fn day_of(at_s: u64, agreement: &Agreement) -> u32 {
    let time = LocalTime::of(agreement, Profile::by_id(&agreement.profile));
    u32::try_from(time.day(seconds(at_s))).unwrap_or(0)
}

/// Unix seconds at which a local day begins.
#[must_use]
pub fn start_of_day(day: u32, agreement: &Agreement) -> u64 {
    let time = LocalTime::of(agreement, Profile::by_id(&agreement.profile));
    u64::try_from(time.start_of(i64::from(day))).unwrap_or(0)
}

/// Unix seconds as a signed number; those past the year 292 billion stand still there.
pub(super) fn seconds(at: u64) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX / 4).min(i64::MAX / 4)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
pub(super) fn day_number(year: i64, month: u8, day: u8) -> i64 {
    // Years from March on: the leap day is the last one, and months have a rule.
    let (month, day) = (i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// What closes a day.
pub(super) struct Closed<'a>(pub &'a Profile);

impl Closed<'_> {
    /// A holiday; every day after the list ends.
    pub(super) fn holiday(&self, day: i64) -> bool {
        let listed = |h: &super::Holiday| {
            let around = i64::from(h.moves);
            (h.date.0 - around..=h.date.0 + around).contains(&day)
        };
        self.0.hours.holidays_until.is_some_and(|until| day > until.0) || self.0.holiday.iter().any(listed)
    }

    /// A rest day or holiday.
    pub(super) fn rest(&self, day: i64) -> bool {
        self.0.hours.rest.contains(&Weekday::of(day)) || self.holiday(day)
    }

    /// A business day as statutes count them: no Saturday, Sunday or holiday.
    pub(super) fn business(&self, day: i64) -> bool {
        !matches!(Weekday::of(day), Weekday::Sat | Weekday::Sun) && !self.holiday(day)
    }
}
