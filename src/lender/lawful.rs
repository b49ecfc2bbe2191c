//! The lender signs no lock that the phone would refuse: the same rule, asked before the signature (OWN-03).

use crate::error::LenderError;
use latchkey_core::agreement::Agreement;
use latchkey_core::notice::HeldNotice;
use latchkey_core::order::claims::{Lock, Notice, Release};
use latchkey_core::order::values::{Day, Level, Minor, No, Secs};
use latchkey_core::profile::{LockCase, Profile, check_lock};

/// A lock that is about to be signed, and what stands for it.
pub(crate) struct Case<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The lock.
    pub lock: &'a Lock,
    /// The unspent notices for it.
    pub notices: &'a [Notice],
    /// Instalments that plans added.
    pub planned: &'a [(No, Day, Minor)],
    /// Levels that the phone took for this instalment, and since when.
    pub levels: &'a [(Level, Secs)],
}

/// Asks the rules of `core` about it, as strictly as a phone that lost nothing.
///
/// # Errors
/// The refusal that the phone would give, with `earliest` where waiting helps.
pub(crate) fn check(asked: &Case<'_>) -> Result<(), LenderError> {
    let Case { agreement, lock, .. } = asked;
    let held: Vec<_> = asked
        .notices
        .iter()
        .map(|claims| HeldNotice {
            claims,
            counts_from_s: claims.iat.get(),
        })
        .collect();
    let levels: Vec<_> = asked.levels.iter().map(|(l, at)| (l.get(), at.get())).collect();
    let case = LockCase {
        profile: Profile::by_id(&agreement.profile),
        agreement,
        agreement_sha: &lock.agreement,
        planned: asked.planned,
        sandbox: true,
        lock,
        notices: &held,
        judged_s: lock.iat.get(),
        hours_s: lock.iat.get(),
        fresh: false,
        levels: &levels,
    };
    check_lock(&case).map_err(LenderError::Refused)
}

/// Until when the evidence for an instalment is spent, Unix seconds: each release that named it, or lifted a lock for
/// it, clears what was signed up to then (protocol §2, *Release*).
pub(crate) fn spent_until(instalment: No, releases: &[Release], locks: &[Lock]) -> u64 {
    let cleared = releases.iter().filter_map(|release| {
        let lifted = locks
            .iter()
            .filter(|l| l.instalment == instalment && l.lock_id.get() <= release.lock_id.get());
        let lifted = lifted.map(|l| l.iat.get()).max();
        let named = release.instalments.contains(&instalment);
        (named || lifted.is_some()).then(|| release.iat.get().max(lifted.unwrap_or(0)))
    });
    cleared.max().unwrap_or(0)
}
