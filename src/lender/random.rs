//! Fresh random values, from the system.

use crate::error::LenderError;
use latchkey_core::envelope::encode;
use latchkey_core::order::values::{DeviceId, Id};

/// RFC 4648 base32.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// 32 signs that a person does not mix up; without 0, 1, I and O.
const TYPED: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], LenderError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| LenderError::Random)?;
    Ok(bytes)
}

/// 128 random bits, base64url.
pub(crate) fn id() -> Result<Id, LenderError> {
    Ok(Id::try_from(encode(&bytes::<16>()?))?)
}

/// 128 random bits, base32.
pub(crate) fn device_id() -> Result<DeviceId, LenderError> {
    let number = u128::from_be_bytes(bytes()?);
    // 26 characters carry 130 bits: the last one holds the three left over, as RFC 4648 pads them.
    let text = (0..26).map(|i: u32| {
        let value = if i < 25 {
            number >> (123 - 5 * i)
        } else {
            number << 2
        };
        letter(BASE32, value)
    });
    Ok(DeviceId::try_from(text.collect::<String>())?)
}

/// A word of `n` signs to be typed by hand, five bits each.
pub(crate) fn typed(n: usize) -> Result<String, LenderError> {
    let bytes = bytes::<32>()?;
    Ok(bytes
        .iter()
        .take(n.min(32))
        .map(|b| letter(TYPED, u128::from(*b)))
        .collect())
}

fn letter(alphabet: &[u8; 32], value: u128) -> char {
    char::from(alphabet[usize::from((value & 31) as u8)])
}

/// A word in groups of four, to be read aloud.
pub(crate) fn groups(word: &str) -> String {
    let signs: Vec<char> = word.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// What was typed, as it was written: blanks and case do not count.
pub(crate) fn as_typed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_ids_are_in_bounds_and_differ() {
        assert_ne!(device_id().unwrap(), device_id().unwrap());
    }

    #[test]
    fn a_typed_word_survives_small_letters_and_blanks() {
        let word = typed(10).unwrap();
        let (a, b) = word.split_at(4);
        assert_eq!(as_typed(&format!("{} {}-", a.to_lowercase(), b)), word);
        assert_eq!(word.len(), 10);
    }
}
