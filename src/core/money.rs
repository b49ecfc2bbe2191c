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
