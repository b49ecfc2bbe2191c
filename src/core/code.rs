//! Spoken codes: an owner without network types what the hotline reads out (security.md §4, protocol §5).

use crate::order::claims::Commitment;
use crate::order::values::DeviceId;
use serde::{Deserialize, Serialize};

/// Digits of a code of slots 1 to 3, check digit included.
pub const GRACE_DIGITS: usize = 12;
/// Digits of the code of slot 4, check digit included.
pub const RELEASE_DIGITS: usize = 16;
/// Counted tries of one lock after which typing is closed until the next check-in (NIST SP 800-63B).
pub const CLOSED_AT: u16 = 100;

/// Twelve or sixteen typed digits. They are shown to nobody: `Debug` hides them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Typed {
    digits: [u8; RELEASE_DIGITS],
    len: usize,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({} digits)", self.len)
    }
}

impl TryFrom<String> for Typed {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Typed::new(&text).ok_or("12 or 16 digits")
    }
}

impl From<Typed> for String {
    fn from(typed: Typed) -> String {
        typed.as_bytes().iter().map(|b| char::from(*b)).collect()
    }
}

impl Typed {
    /// `None` unless exactly 12 or 16 digits stand there.
    #[must_use]
    pub fn new(text: &str) -> Option<Typed> {
        let mut digits = [0; RELEASE_DIGITS];
        let fits = matches!(text.len(), GRACE_DIGITS | RELEASE_DIGITS);
        if !fits || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits[..text.len()].copy_from_slice(text.as_bytes());
        Some(Typed {
            digits,
            len: text.len(),
        })
    }

    /// Whether it has the length of the code of slot 4, which releases.
    #[must_use]
    pub fn releases(&self) -> bool {
        self.len == RELEASE_DIGITS
    }

    fn as_bytes(&self) -> &[u8] {
        &self.digits[..self.len]
    }
}

/// Whether the last digit is the Damm digit of those before it (H. M. Damm, 2004): a slip of the finger costs no try.
#[must_use]
pub fn check_digit(typed: &Typed) -> bool {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    let step = |i: u8, b: &u8| TABLE[usize::from(i)][usize::from(b - b'0')];
    typed.as_bytes().iter().fold(0, step) == 0
}

/// Boot milliseconds that must pass after the `tries`-th counted try of a lock before the next one.
#[must_use]
pub fn wait_ms(tries: u16) -> u64 {
    const MINUTE: u64 = 60_000;
    match tries {
        0..=4 => 0,
        5 => MINUTE,
        6 => 5 * MINUTE,
        7 => 15 * MINUTE,
        8 => 60 * MINUTE,
        _ => 240 * MINUTE,
    }
}

/// What a typed code is held against: one slot of the lock in force on this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// This phone.
    pub device: DeviceId,
    /// The lock in force.
    pub lock_id: u32,
    /// The lender's commitment, out of the signed lock.
    pub commitment: Commitment,
}

/// A right code was typed. Only [`check`] makes one, and it cannot be read from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeProof {
    lock_id: u32,
    slot: u8,
}

impl CodeProof {
    /// The lock that it is for.
    #[must_use]
    pub fn lock_id(&self) -> u32 {
        self.lock_id
    }

    /// Its slot: 1 to 3 open for a while, 4 releases.
    #[must_use]
    pub fn slot(&self) -> u8 {
        self.slot
    }

    #[cfg(test)]
    pub(crate) fn for_tests(lock_id: u32, slot: u8) -> CodeProof {
        CodeProof { lock_id, slot }
    }
}

/// Holds a typed code against a commitment. Until the hash stands, no code is right.
#[must_use]
pub fn check(_challenge: &Challenge, _typed: &Typed) -> Option<CodeProof> {
    None
}
