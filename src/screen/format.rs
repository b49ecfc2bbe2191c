//! Amounts, dates and clocks as text: Latin digits, each in a bidi isolate.

use latchkey_core::money::{MoneyStyle, Side};
use latchkey_ui::words::{self, Words};

/// First strong isolate: what follows neither takes nor gives direction.
pub const FSI: char = '\u{2068}';
/// End of an isolate.
pub const PDI: char = '\u{2069}';

/// `text` in an isolate.
#[must_use]
pub fn isolate(text: &str) -> String {
    format!("{FSI}{text}{PDI}")
}

/// `text` without isolates: for numbers to dial, links, comparisons.
#[must_use]
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'))
        .collect()
}

/// An amount in the market's style; the language never decides it.
#[must_use]
pub fn money(style: &MoneyStyle, minor: u64) -> String {
    let number = written(style, minor, usize::from(style.shown_digits));
    let space = if style.space { "\u{a0}" } else { "" };
    match style.side {
        Side::Before => format!("{}{space}{number}", style.symbol),
        Side::After => format!("{number}{space}{}", style.symbol),
    }
}

/// The number alone, without minor units that are zero: for speech.
#[must_use]
pub fn number(style: &MoneyStyle, minor: u64) -> String {
    written(style, minor, 0)
}

/// At least `least` decimals; minor units that are not zero are never dropped.
fn written(style: &MoneyStyle, minor: u64, least: usize) -> String {
    let decimals = usize::from(style.iso_digits.min(6));
    let unit = 10_u64.pow(decimals as u32);
    let (whole, part) = (minor / unit, minor % unit);
    let shown = if part == 0 { least.min(decimals) } else { decimals };
    let mut number = grouped(whole, style);
    if shown > 0 {
        let digits = format!("{part:0decimals$}");
        number.push_str(&style.decimal);
        number.push_str(&digits[..shown]);
    }
    number
}

fn grouped(whole: u64, style: &MoneyStyle) -> String {
    let digits = whole.to_string();
    let mut cuts = Vec::new();
    let mut left = digits.len();
    let mut sizes = style.groups.iter().map(|n| usize::from(*n).max(1));
    let mut size = sizes.next().unwrap_or(3);
    while left > size {
        left -= size;
        cuts.push(left);
        size = sizes.next().unwrap_or(size);
    }
    digits.char_indices().fold(String::new(), |mut text, (i, c)| {
        if cuts.contains(&i) {
            text.push_str(&style.group);
        }
        text.push(c);
        text
    })
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
    // The month decides the direction of the whole date: inside an isolate of its own it would not be seen.
    bare(&date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(groups: &[u8], shown_digits: u8, side: Side, space: bool) -> MoneyStyle {
        MoneyStyle {
            code: "LKR".into(),
            numeric: 144,
            iso_digits: 2,
            shown_digits,
            groups: groups.to_vec(),
            decimal: ".".into(),
            group: ",".into(),
            symbol: "Rs".into(),
            side,
            space,
        }
    }

    #[test]
    fn money_looks_as_the_market_writes_it() {
        assert_eq!(
            money(&style(&[3], 2, Side::Before, true), 325_000),
            "Rs\u{a0}3,250.00"
        );
        assert_eq!(
            money(&style(&[3, 2], 2, Side::Before, false), 123_456_700),
            "Rs12,34,567.00"
        );
        assert_eq!(
            money(&style(&[3], 0, Side::After, true), 325_000),
            "3,250\u{a0}Rs"
        );
    }

    #[test]
    fn no_minor_unit_is_dropped() {
        assert_eq!(money(&style(&[3], 0, Side::Before, false), 325_007), "Rs3,250.07");
        assert_eq!(money(&style(&[3], 2, Side::Before, false), 7), "Rs0.07");
    }

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
