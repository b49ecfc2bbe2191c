//! Amounts, dates and clocks as text: Latin digits, each in a bidi isolate.

use latchkey_ui::words::{self, Words};

/// Right to left mark.
pub const RLM: char = '\u{200f}';
/// Left to right isolate.
pub const LRI: char = '\u{2066}';
/// Right to left isolate.
pub const RLI: char = '\u{2067}';
/// First strong isolate: what follows neither takes nor gives direction.
pub const FSI: char = '\u{2068}';
/// End of an isolate.
pub const PDI: char = '\u{2069}';

/// A name or another text of unknown direction, in an isolate that finds its direction.
#[must_use]
pub fn isolate(text: &str) -> String {
    format!("{FSI}{text}{PDI}")
}

/// Digits, an amount, a link, a reference: from left to right in every language.
#[must_use]
pub fn ltr(text: &str) -> String {
    format!("{LRI}{text}{PDI}")
}

/// A finished message of a language from right to left. The mark before it turns the line too: where it is broken, the
/// space at its end stands at the left.
#[must_use]
pub fn right_to_left(text: &str) -> String {
    format!("{RLM}{RLI}{text}{PDI}")
}

/// One line of a script whose letters join into signs, so that it is broken where it is full.
///
/// parley 0.11 asks for the letters of a sign by their place in the paragraph instead of the run, adds the widths of
/// others, and breaks a line too late: its end is cut off. Behind as many empty isolates as the line has letters there
/// are no others, and each letter counts for itself.
#[must_use]
pub fn steady(line: &str) -> String {
    let letters = line.chars().count();
    let mut text = String::with_capacity(line.len() + letters * 3 + 6);
    for _ in 0..letters.div_ceil(2) {
        text.extend([FSI, PDI]);
    }
    text.push_str(line);
    text
}

/// Whether every line of `text` is steady, or has no letters that join.
#[must_use]
pub fn is_steady(text: &str) -> bool {
    text.split('\n').all(|line| {
        let rest = line.trim_start_matches([FSI, PDI]);
        let before = line.chars().count() - rest.chars().count();
        let joins = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}');
        before + 2 >= rest.chars().count() || !rest.contains(joins)
    })
}

/// `text` as it is spoken: without empty isolates.
#[must_use]
pub fn spoken(text: &str) -> String {
    text.replace("\u{2068}\u{2069}", "")
}

/// Each line of `text` by itself: an isolate ends with its paragraph. Empty lines stay empty.
#[must_use]
pub fn each_line(text: &str, wrap: impl Fn(&str) -> String) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            if line.trim().is_empty() {
                String::new()
            } else {
                wrap(line)
            }
        })
        .collect();
    lines.join("\n")
}

/// `text` without marks and isolates: for numbers to dial, links, comparisons.
#[must_use]
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c, '\u{2066}'..='\u{2069}' | RLM))
        .collect()
}

/// Year, month and day of a day number (days since 1970-01-01), Gregorian.
#[must_use]
pub fn civil(day: i64) -> (i64, u8, u8) {
    // Days from civil, the other way round: eras of 400 years that start on 1 March.
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month as u8, day as u8)
}

/// Local day of a Unix second.
#[must_use]
pub fn day_of(second: u64, utc_offset_min: i32) -> i64 {
    local(second, utc_offset_min).div_euclid(86_400)
}

fn local(second: u64, utc_offset_min: i32) -> i64 {
    i64::try_from(second).unwrap_or(i64::MAX / 2) + i64::from(utc_offset_min) * 60
}

/// `14:20`, local.
#[must_use]
pub fn clock(second: u64, utc_offset_min: i32) -> String {
    let of_day = local(second, utc_offset_min).rem_euclid(86_400);
    format!("{}:{:02}", of_day / 3600, of_day / 60 % 60)
}

/// `9:41` of a duration, rounded up to the second: nothing that is left reads as nothing.
#[must_use]
pub fn countdown(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Whole minutes, rounded up.
#[must_use]
pub fn minutes_up(ms: u64) -> u64 {
    ms.div_ceil(60_000)
}

/// Name of a month, 1 to 12, as it stands inside a date.
fn month(words: &dyn Words, month: u8) -> String {
    words.text(&format!("shared-month-{month}"), &[])
}

/// `3 May`, or `3 May 2025` when the year is not `this_year`. Markets of the US write the month first.
#[must_use]
pub fn date(words: &dyn Words, market: &str, day: i64, this_year: Option<i64>) -> String {
    let (year, m, d) = civil(day);
    let name = month(words, m);
    let day = d.to_string();
    let month_first = market == "us" || market.starts_with("us-");
    let date = if month_first {
        words::shared_month_day(words, &day, &name)
    } else {
        words::shared_day_month(words, &day, &name)
    };
    let date = if this_year == Some(year) {
        date
    } else {
        words::shared_date_year(words, &date, &year.to_string())
    };
    // One isolate around the whole, none inside: day and month are one thing.
    if date.contains(RLI) {
        right_to_left(&bare(&date))
    } else {
        bare(&date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(20_582), (2026, 5, 9));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(47_481), (2099, 12, 31));
        assert_eq!(civil(-1), (1969, 12, 31));
    }

    #[test]
    fn seconds_become_local_days_and_clocks() {
        assert_eq!(day_of(86_399, 0), 0);
        assert_eq!(day_of(86_399, 330), 1);
        assert_eq!(day_of(60, -120), -1);
        assert_eq!(clock(1_778_336_400, 330), "19:50");
        assert_eq!(clock(0, 0), "0:00");
    }

    #[test]
    fn what_is_left_is_rounded_up() {
        assert_eq!(countdown(580_001), "9:41");
        assert_eq!(countdown(600_000), "10:00");
        assert_eq!(countdown(1), "0:01");
        assert_eq!(minutes_up(60_001), 2);
    }
}
