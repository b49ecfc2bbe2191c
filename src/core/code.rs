//! Spoken codes: an owner without network types what the hotline reads out (security.md §4, protocol §5).
//!
//! The lender puts up to four commitments into the signed lock order, one a slot: slots 1 to 3 open the phone for a
//! while (12 digits), slot 4 releases this lock (16 digits). A commitment is Argon2id over phone, lock, slot and code, so
//! nothing on the phone can make a code, and no code serves another phone, lock or slot.
//!
//! Order of use: [`Typed::new`] reads the pad, [`check_digit`] refuses a slip before it counts, [`wait_ms`] says whether
//! a try is allowed, the try is written down and synced, and only then [`check`] runs, off the screen's thread: it takes
//! about 0.2 s and `m` KiB. Only [`check`] makes a [`CodeProof`], so only a right code can open anything.

use crate::order::claims::Commitment;
use crate::order::values::{DeviceId, Id, Memory, Passes, Sha, Slot};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// Digits of a code of slots 1 to 3, check digit included.
pub const GRACE_DIGITS: usize = 12;
/// Digits of the code of slot 4, check digit included.
pub const RELEASE_DIGITS: usize = 16;
/// Counted tries of one lock after which typing is closed until the next check-in (NIST SP 800-63B).
pub const CLOSED_AT: u16 = 100;

/// First bytes of what is hashed: the purpose, so that no other hash can pass for a code.
const DOMAIN: &[u8] = b"latchkey-code-v1";

/// How many digits the code of a slot has: the slot decides the effect.
#[must_use]
pub fn digits_of(slot: Slot) -> usize {
    match slot.get() {
        1..=3 => GRACE_DIGITS,
        _ => RELEASE_DIGITS,
    }
}

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
    /// Reads a code in the decimal digits of any script; spaces and dashes between them mean nothing.
    ///
    /// `None` unless exactly 12 or 16 digits and nothing else stand there.
    #[must_use]
    pub fn new(text: &str) -> Option<Typed> {
        let mut digits = [0; RELEASE_DIGITS];
        let mut len = 0;
        for c in text.chars() {
            if let Some(digit) = decimal(c) {
                *digits.get_mut(len)? = b'0' + digit;
                len += 1;
            } else if !between(c) {
                return None;
            }
        }
        matches!(len, GRACE_DIGITS | RELEASE_DIGITS).then_some(Typed { digits, len })
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

/// Whether the last digit is the Damm digit of those before it: it refuses every single wrong digit and every swap of
/// two neighbours (H. M. Damm, 2004), so a slip of the finger costs no try.
#[must_use]
pub fn check_digit(typed: &Typed) -> bool {
    damm(typed.as_bytes()) == 0
}

/// `digits` with their Damm digit at the end; `None` unless all are ASCII digits.
#[must_use]
pub fn with_check_digit(digits: &str) -> Option<String> {
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| format!("{digits}{}", damm(digits.as_bytes())))
}

/// A code as it is read out and shown: in groups of four.
#[must_use]
pub fn grouped(code: &str) -> String {
    let mut shown = String::with_capacity(code.len() + code.len() / 4);
    for (n, c) in code.chars().filter(|c| c.is_ascii_digit()).enumerate() {
        if n > 0 && n % 4 == 0 {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

/// Boot milliseconds that must pass after the `tries`-th counted try of a lock before the next one.
///
/// Four tries are free; then 1 min, 5 min, 15 min, 1 h, and 4 h from the ninth on.
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
    #[allow(dead_code, reason = "tests of the state need a proof without a hash")]
    pub(crate) fn for_tests(lock_id: u32, slot: u8) -> CodeProof {
        CodeProof { lock_id, slot }
    }
}

/// Holds a typed code against a commitment, in constant time.
///
/// `None` for any other code, and when the machine has not the memory that the commitment asks for. A code of another
/// length, or with a wrong check digit, is refused without hashing: it cannot be right.
#[must_use]
pub fn check(challenge: &Challenge, typed: &Typed) -> Option<CodeProof> {
    let Commitment { slot, salt, m, t, h } = &challenge.commitment;
    if typed.len != digits_of(*slot) || !check_digit(typed) {
        return None;
    }
    let made = hash(&challenge.device, challenge.lock_id, *slot, salt, *m, *t, typed)?;
    let held = crate::envelope::decode(h.as_str().as_bytes())?;
    bool::from(made.as_slice().ct_eq(&held)).then_some(CodeProof {
        lock_id: challenge.lock_id,
        slot: slot.get(),
    })
}

/// The `h` of a commitment: what the lender signs, never the code.
///
/// `None` when the code is not one for this slot (length, check digit), or there is not enough memory.
#[must_use]
pub fn commit(
    device: &DeviceId,
    lock_id: u32,
    slot: Slot,
    salt: &Id,
    m: Memory,
    t: Passes,
    code: &Typed,
) -> Option<Sha> {
    if code.len != digits_of(slot) || !check_digit(code) {
        return None;
    }
    hash(device, lock_id, slot, salt, m, t, code).map(|h| Sha::from_bytes(&h))
}

/// Argon2id version 1.3 (RFC 9106), one lane, 32 bytes, over
/// `"latchkey-code-v1" ‖ 0 ‖ device ‖ 0 ‖ lock_id (4 bytes, big-endian) ‖ slot (1 byte) ‖ code (ASCII)`.
fn hash(
    device: &DeviceId,
    lock_id: u32,
    slot: Slot,
    salt: &Id,
    m: Memory,
    t: Passes,
    code: &Typed,
) -> Option<[u8; 32]> {
    let input = [
        DOMAIN,
        &[0],
        device.as_str().as_bytes(),
        &[0],
        &lock_id.to_be_bytes(),
        &[slot.get()],
        code.as_bytes(),
    ]
    .concat();
    let m_kib = u32::try_from(u64::from(m)).ok()?;
    let params = Params::new(m_kib, u32::from(t.get()), 1, Some(32)).ok()?;
    let salt = crate::envelope::decode(salt.as_str().as_bytes())?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(&input, &salt, &mut out)
        .ok()?;
    Some(out)
}

/// The totally anti-symmetric quasigroup of order 10 from Damm's thesis, page 111.
const QUASIGROUP: [[u8; 10]; 10] = [
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

/// Runs ASCII digits through the quasigroup: 0 for a code with its digit, else the digit that is missing.
fn damm(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| {
        QUASIGROUP[usize::from(interim)][usize::from(digit.wrapping_sub(b'0') % 10)]
    })
}

/// Zero of every run of ten decimal digits (general category Nd, Unicode 17.0).
const ZEROS: [char; 77] = [
    '\u{30}',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11de0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

/// The value of a decimal digit of any script.
fn decimal(c: char) -> Option<u8> {
    let at = ZEROS.partition_point(|zero| *zero <= c).checked_sub(1)?;
    let value = u32::from(c).checked_sub(u32::from(*ZEROS.get(at)?))?;
    u8::try_from(value).ok().filter(|value| *value < 10)
}

/// What may stand between the digits.
fn between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
        )
}

#[cfg(test)]
mod tests;
