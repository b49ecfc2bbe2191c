//! Days as files and commands write them, and the HTTP date. Pages write them in words (`words`).

use crate::clock::Moment;
use latchkey_core::order::values::Day;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// 1970-01-01 was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// Year, month 1–12, day of a day number since 1970-01-01 (proleptic Gregorian, for days of 1970 and later).
pub(crate) fn civil(day: u64) -> (u64, usize, u64) {
    // Years begin in March here, so that the leap day is the last of its year; eras are 400 years.
    let shifted = day + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}

/// `2026-05-03`.
pub(crate) fn iso(day: Day) -> String {
    let (year, month, day) = civil(u64::from(day.get()));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day written as `2026-12-31`.
pub(crate) fn parse(text: &str) -> Option<Day> {
    if text.len() != 10 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let mut parts = text.split('-').map(str::parse::<u64>);
    let (Some(Ok(year)), Some(Ok(month @ 1..=12)), Some(Ok(of_month @ 1..=31)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    // Years begin in March, as in `civil`.
    let shifted = if month > 2 { year } else { year.checked_sub(1)? };
    let (era, year_of_era) = (shifted / 400, shifted % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + of_month - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    let day = days.checked_sub(719_468)?;
    // A day that no month has comes back as another one.
    let real = civil(day) == (year, usize::try_from(month).ok()?, of_month);
    Day::try_from(day).ok().filter(|_| real)
}

/// RFC 3339, e.g. `1994-11-06T08:49:37Z`.
pub(crate) fn utc(now: Moment) -> String {
    let (days, second) = (now.unix_s() / 86_400, now.unix_s() % 86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// RFC 9110 §5.6.7, e.g. `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http(now: Moment) -> String {
    let (days, second) = (now.unix_s() / 86_400, now.unix_s() % 86_400);
    let (year, month, day) = civil(days);
    let weekday = WEEKDAYS[usize::try_from(days % 7).unwrap_or(0)];
    format!(
        "{weekday}, {day:02} {} {year} {:02}:{:02}:{:02} GMT",
        &MONTHS[month - 1][..3],
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        assert_eq!(
            http(Moment::from_ms(784_111_777_000)),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
    }

    #[test]
    fn the_same_moment_for_programs() {
        assert_eq!(utc(Moment::from_ms(784_111_777_000)), "1994-11-06T08:49:37Z");
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let read = |text| parse(text).map(|day| day.get());
        assert_eq!(read("2026-12-31"), Some(20_818));
        assert_eq!(iso(Day::try_from(20_818).unwrap()), "2026-12-31");
        assert_eq!(read("2024-02-29"), Some(19_782));
        for wrong in [
            "2026-02-30",
            "2026-13-01",
            "2026-1",
            "2026-12-2",
            "+026-12-02",
            "x",
            "2026-01-01-01",
            "1969-12-31",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn leap_days_and_year_ends() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_453), (2025, 12, 31));
        assert_eq!(civil(20_454), (2026, 1, 1));
    }
}
