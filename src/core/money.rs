//! Amounts in minor units, written in the market's style: the language never decides how money looks.

use serde::{Deserialize, Serialize};

/// How a market writes amounts (the `[money]` table of a profile).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyStyle {
    /// ISO 4217 code.
    pub code: String,
    /// ISO 4217 number.
    pub numeric: u16,
    /// Decimals of the currency: minor units = 10^-digits.
    pub iso_digits: u8,
    /// Decimals shown; non-zero minor units are shown always.
    pub shown_digits: u8,
    /// Group sizes from the right; the last one repeats, e.g. `[3, 2]` for lakh.
    pub groups: Vec<u8>,
    /// Decimal separator.
    pub decimal: String,
    /// Group separator.
    pub group: String,
    /// Symbol.
    pub symbol: String,
    /// Where the symbol stands.
    pub side: Side,
    /// Whether a no-break space stands between symbol and number.
    pub space: bool,
}

/// Side of the currency symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before the number.
    Before,
    /// After the number.
    After,
}

/// The no-break space between symbol and number.
const NBSP: char = '\u{a0}';

impl MoneyStyle {
    /// An amount in minor units as the market writes it, in Latin digits. Minor units that are not zero are written
    /// always, whatever the market usually shows: the amount on the screen is the amount in the code.
    #[must_use]
    pub fn write(&self, minor: u64) -> String {
        let number = self.number(minor);
        let space = if self.space {
            String::from(NBSP)
        } else {
            String::new()
        };
        match self.side {
            Side::Before => format!("{}{space}{number}", self.symbol),
            Side::After => format!("{number}{space}{}", self.symbol),
        }
    }

    /// The number alone, grouped.
    #[must_use]
    pub fn number(&self, minor: u64) -> String {
        let (whole, part) = self.split(minor);
        let mut groups: Vec<&str> = Vec::new();
        let mut rest = whole.as_str();
        let mut sizes = self.groups.iter().map(|n| usize::from((*n).max(1)));
        let mut size = usize::MAX;
        while !rest.is_empty() {
            // The last size repeats.
            size = sizes.next().unwrap_or(size);
            let cut = rest.len().saturating_sub(size);
            groups.push(&rest[cut..]);
            rest = &rest[..cut];
        }
        groups.reverse();
        let number = groups.join(&self.group);
        if part.is_empty() {
            number
        } else {
            format!("{number}{}{part}", self.decimal)
        }
    }

    /// The number for a voice: no groups and no symbol, `.` as decimal point, decimals only where they are not zero.
    #[must_use]
    pub fn spoken(&self, minor: u64) -> String {
        let (whole, part) = self.split(minor);
        if part.bytes().all(|b| b == b'0') {
            whole
        } else {
            format!("{whole}.{part}")
        }
    }

    /// Minor units of a plain number as somebody types it, e.g. `1083.50`: no groups, no symbol.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<u64> {
        minor(text, self.iso_digits)
    }

    /// Whole units, and the decimals that are shown.
    fn split(&self, minor: u64) -> (String, String) {
        let digits = usize::from(self.iso_digits);
        let all = format!("{minor:0>width$}", width = digits + 1);
        let (whole, part) = all.split_at(all.len() - digits);
        let needed = part.trim_end_matches('0').len();
        let shown = if needed == 0 {
            usize::from(self.shown_digits).min(digits)
        } else {
            digits
        };
        (whole.to_owned(), part[..shown].to_owned())
    }
}

/// Minor units of a plain number with at most `digits` decimals, as payment apps write it.
pub(crate) fn minor(text: &str, digits: u8) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let digits = usize::from(digits);
    if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > digits || text.ends_with('.') {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn style(groups: &[u8], digits: (u8, u8), marks: (&str, &str)) -> MoneyStyle {
        MoneyStyle {
            code: "TST".to_owned(),
            numeric: 1,
            iso_digits: digits.0,
            shown_digits: digits.1,
            groups: groups.to_vec(),
            decimal: marks.0.to_owned(),
            group: marks.1.to_owned(),
            symbol: "¤".to_owned(),
            side: Side::Before,
            space: false,
        }
    }

    #[test]
    fn amounts_look_as_their_market_writes_them() {
        let plain = style(&[3], (2, 2), (".", ","));
        assert_eq!(plain.write(123_456_750), "¤1,234,567.50");
        assert_eq!((plain.read("1083.5"), plain.read("1,083")), (Some(108_350), None));
        assert_eq!(
            (plain.write(5), plain.write(0)),
            ("¤0.05".to_owned(), "¤0.00".to_owned())
        );
        let lakh = style(&[3, 2], (2, 2), (".", ","));
        assert_eq!(lakh.write(123_456_750), "¤12,34,567.50");
        assert_eq!(lakh.number(12_345_678_900), "12,34,56,789.00");
        let mut dong = style(&[3], (0, 0), (",", "."));
        (dong.side, dong.space, dong.symbol) = (Side::After, true, "₫".to_owned());
        assert_eq!(dong.write(1_234_568), "1.234.568\u{a0}₫");
        let french = style(&[3], (2, 2), (",", "\u{202f}"));
        assert_eq!(french.number(123_456_750), "1\u{202f}234\u{202f}567,50");
    }

    #[test]
    fn minor_units_that_are_not_zero_are_never_dropped() {
        let rupiah = style(&[3], (2, 0), (",", "."));
        assert_eq!(rupiah.number(123_456_700), "1.234.567");
        assert_eq!(rupiah.number(123_456_705), "1.234.567,05");
        assert_eq!(rupiah.number(123_456_750), "1.234.567,50");
    }

    #[test]
    fn a_voice_reads_a_plain_number() {
        let plain = style(&[3], (2, 2), (".", ","));
        assert_eq!(
            (plain.spoken(325_000), plain.spoken(325_050)),
            ("3250".to_owned(), "3250.50".to_owned())
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_amount(
            amount in 0..=1_000_000_000_000_u64,
            groups in proptest::collection::vec(1..5_u8, 1..4),
            iso in 0..4_u8,
            shown in 0..4_u8,
        ) {
            let style = style(&groups, (iso, shown.min(iso)), (",", "\u{a0}"));
            let plain = style.number(amount).replace('\u{a0}', "").replace(',', ".");
            prop_assert_eq!(minor(&plain, iso), Some(amount));
            prop_assert_eq!(minor(&style.spoken(amount), iso), Some(amount));
        }
    }
}
