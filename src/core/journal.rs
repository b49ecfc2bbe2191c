//! Records to and from bytes, the hash chain, and what to do with a damaged file (protocol §5, §10).

use crate::order::values::{DeviceId, Id, Seq};
use crate::refusal::Code;
use crate::time::Stamp;
use crate::wire::ClaimKind;
use sha2::{Digest, Sha256};

mod codec;
pub use codec::{decode_body, encode_body};

/// First 16 bytes of the file.
pub const MAGIC: &[u8; 16] = b"latchkey-jrnl-1\n";
/// Longest body, bytes.
pub const MAX_BODY: usize = 65_536;

/// One record: when, and what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// When it was made.
    pub stamp: Stamp,
    /// What it says.
    pub body: Body,
}

/// The kinds of protocol §10, with their numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// 1 Enrolled under these agreement bytes; sets *fresh*.
    Enrolled {
        /// Device id.
        device: DeviceId,
        /// The agreement's exact bytes.
        agreement: Vec<u8>,
    },
    /// 2 First record after a lost journal.
    Lost {
        /// Why.
        why: LostWhy,
        /// Name of the file kept aside.
        aside: Option<String>,
    },
    /// 3 First start under another boot id.
    Boot,
    /// 4 Root or key set bundle.
    Trust(String),
    /// 5 An order that changed something.
    Order {
        /// Sequence number as delivered.
        seq: Seq,
        /// Id as delivered.
        jti: Id,
        /// The token.
        token: String,
    },
    /// 6 A refusal, or an order without effect.
    Refused {
        /// Sequence number as delivered.
        seq: Seq,
        /// Id as delivered.
        jti: Id,
        /// Why.
        code: Code,
        /// `typ` if it could be read, else "".
        kind: String,
        /// SHA-256 of the bytes.
        sha256: [u8; 32],
        /// How often that day.
        count: u32,
        /// When asking again makes sense.
        retry_after_s: Option<u32>,
    },
    /// 7 A status that changed something.
    Status {
        /// Signed time.
        now: u64,
        /// Newest sequence number.
        head_seq: Seq,
        /// Its order's id.
        head_jti: Option<Id>,
        /// State at the lender.
        lock_state: crate::order::claims::LockState,
        /// Whether the key set in force is unexpired: then it is a word of the lender.
        keys_ok: bool,
    },
    /// 8 Each 60 s while a clock runs: what is left.
    Tick {
        /// Of the claim.
        claim_ms: Option<u64>,
        /// Of the opening.
        open_ms: Option<u64>,
    },
    /// 9 Charged ahead: at most 15 s more of the window.
    Lease {
        /// Lock.
        lock_id: u32,
        /// Used after this lease.
        used_s: u16,
    },
    /// 10 Orderly stop: what was really used.
    LeaseEnd {
        /// Lock.
        lock_id: u32,
        /// Used.
        used_s: u16,
    },
    /// 11 Emergency opening started.
    Opening {
        /// Lock.
        lock_id: u32,
    },
    /// 12 A message of the owner; outbox until *sent*.
    Claim {
        /// Made on the phone.
        id: Id,
        /// Kind.
        kind: ClaimKind,
        /// Lock, 0 = none.
        lock_id: u32,
        /// Instalment.
        instalment: Option<u16>,
        /// Choice.
        choice: Option<String>,
        /// Words.
        text: Option<String>,
    },
    /// 13 A typed code, before it is hashed.
    Attempt {
        /// Lock.
        lock_id: u32,
        /// Slot.
        slot: u8,
    },
    /// 14 A right code.
    Code {
        /// Lock.
        lock_id: u32,
        /// Slot.
        slot: u8,
    },
    /// 15 A clock rang.
    Ended(Ended),
    /// 16 A failed try that counts as silence.
    Silence {
        /// 1 to 6.
        hours: u8,
    },
    /// 17 The reminder was shown.
    Reminded,
    /// 18 The server took these.
    Sent {
        /// All receipts up to this sequence number.
        receipts_to: Option<Seq>,
        /// These claims.
        claims: Vec<Id>,
        /// The report of settlement.
        settle: bool,
    },
    /// 19 The only record after the report of settlement.
    Certificate {
        /// Device id.
        device: DeviceId,
        /// Root chain and key set.
        trust: Vec<String>,
        /// The settle token.
        settle: String,
    },
}

/// Why a journal was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LostWhy {
    /// No file.
    Missing,
    /// Damage before the tail, or bad magic.
    Damaged,
    /// An order that binds did not verify again.
    Unverified,
}

/// What rang.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ended {
    /// The 60 minutes of "I have paid".
    Claim,
    /// An opening.
    Open,
    /// A lease of the window.
    Lease,
}

/// What a scan of the file's bytes found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The whole records.
    pub entries: Vec<Entry>,
    /// Chain hash after each record, beside `entries`.
    pub hashes: Vec<[u8; 32]>,
    /// Bytes up to the end of the last whole record: truncate to this.
    pub whole: usize,
    /// A torn last record whose body is whole: a freeing order in it is applied (recovery table).
    pub torn: Option<Entry>,
}

/// Damage before the tail: the state is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Byte where it starts.
    pub at: usize,
}

/// Longest record: both lengths, body, hash.
const MAX_RECORD: usize = 8 + MAX_BODY + 32;
/// Smallest piece of a file that a disk writes or loses.
const SECTOR: usize = 512;

/// Chain hash of an empty file: SHA-256 of the magic.
#[must_use]
pub fn genesis() -> [u8; 32] {
    Sha256::digest(MAGIC).into()
}

/// Chain hash after a body: SHA-256 of the hash before, the length and the body.
#[must_use]
pub fn chain(prev: &[u8; 32], body: &[u8]) -> [u8; 32] {
    let len = u32::try_from(body.len()).unwrap_or(u32::MAX);
    let hash = Sha256::new().chain_update(prev).chain_update(len.to_be_bytes());
    hash.chain_update(body).finalize().into()
}

/// Reads a file's bytes.
///
/// A crash can only tear the record that was being appended: it is short, its hash is wrong, or pieces of it were never
/// written and read as zeros. Such a tail is left out. Everything else that does not fit is damage (OWN-09).
///
/// # Errors
/// Damage before the tail.
pub fn scan(bytes: &[u8]) -> Result<Scan, Damage> {
    if !bytes.starts_with(MAGIC) {
        return Err(Damage { at: 0 });
    }
    let mut found = Scan {
        entries: Vec::new(),
        hashes: Vec::new(),
        whole: MAGIC.len(),
        torn: None,
    };
    let mut prev = genesis();
    loop {
        let at = found.whole;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.iter().all(|b| *b == 0) {
            return Ok(found);
        }
        let Some(len) = header(rest) else {
            let torn = rest.len() < 8 || never_written(bytes, at);
            return if torn { Ok(found) } else { Err(Damage { at }) };
        };
        if len > MAX_BODY {
            return Err(Damage { at });
        }
        let body = rest.get(8..8 + len);
        let hash = rest.get(8 + len..8 + len + 32);
        if let (Some(body), Some(hash)) = (body, hash) {
            if chain(&prev, body) == *hash {
                let entry = decode_body(body).ok_or(Damage { at })?;
                prev = chain(&prev, body);
                found.entries.push(entry);
                found.hashes.push(prev);
                found.whole = at + 8 + len + 32;
                continue;
            }
            if rest
                .get(8 + len + 32..)
                .is_some_and(|more| more.iter().any(|b| *b != 0))
            {
                return Err(Damage { at });
            }
        }
        found.torn = body.and_then(decode_body);
        return Ok(found);
    }
}

/// The length, if both copies agree.
fn header(rest: &[u8]) -> Option<usize> {
    let (len, not) = (rest.first_chunk::<4>()?, rest.get(4..8)?.first_chunk::<4>()?);
    let len = u32::from_be_bytes(*len);
    (len == !u32::from_be_bytes(*not)).then_some(())?;
    usize::try_from(len).ok()
}

/// Whether the record at `at` lacks a sector that would hold (part of) its two lengths: then it was being appended.
/// Damage by a sector that went bad later hits the middle of a record, whose hash then fails before other records.
fn never_written(bytes: &[u8], at: usize) -> bool {
    let zero = |from: usize, to: usize| {
        let part = bytes.get(from..to.min(bytes.len())).unwrap_or_default();
        part.iter().all(|b| *b == 0)
    };
    let edge = (at / SECTOR + 1) * SECTOR;
    let first_lost = zero(at, edge);
    let second_lost = edge < at + 8 && zero(edge, edge + SECTOR);
    let only_a_start = zero(at + 8, bytes.len());
    bytes.len() - at <= MAX_RECORD && (first_lost || second_lost || only_a_start)
}

/// The bytes of the next record and the chain hash after it.
#[must_use]
pub fn record(prev: &[u8; 32], entry: &Entry) -> (Vec<u8>, [u8; 32]) {
    let body = encode_body(entry);
    let hash = chain(prev, &body);
    let len = u32::try_from(body.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(body.len() + 40);
    bytes.extend_from_slice(&len.to_be_bytes());
    bytes.extend_from_slice(&(!len).to_be_bytes());
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&hash);
    (bytes, hash)
}

#[cfg(test)]
mod tests;
