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
    /// Whether the phone's root is a sandbox's: there alone the demo rules allow anything.
    pub sandbox: bool,
    /// Whether the phone lost its record: the lock comes back, and rest days do not bind it.
    pub fresh: bool,
}

/// Asks the rules of `core` about it, as strictly as the phone will.
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
        sandbox: asked.sandbox,
        lock,
        notices: &held,
        judged_s: lock.iat.get(),
        hours_s: lock.iat.get(),
        fresh: asked.fresh,
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

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_core::agreement::sha;
    use serde_json::{Value, json};

    const DAY: u64 = 86_400;
    /// Friday, 27 November 2026.
    const FRIDAY: u64 = 20_784;

    fn common(iat: u64) -> Value {
        json!({"iss": "sandbox", "aud": "latchkey-device", "sub": "K7Q42MABCDEFGHIJKLMNOPQRST",
               "jti": "AAAAAAAAAAAAAAAAAAAAAA", "iat": iat})
    }

    fn with(mut base: Value, more: Value) -> Value {
        if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
            base.extend(more);
        }
        base
    }

    /// OWN-13: outside human hours nothing is signed, and the refusal names the next human hour.
    #[test]
    fn a_lock_outside_human_hours_is_not_signed_and_names_the_next_hour() {
        let agreement = json!({"v": 1, "tenant": "sandbox", "ref": "A-1", "signed": FRIDAY - 100,
            "market": "demo-hours", "profile": "demo-hours", "period": "month", "purpose": "own_device",
            "clause": {"id": "7.2", "text": "A clause."}, "schedule": [[1, FRIDAY - 30, 1000]], "cur": "LKR",
            "utc_offset_min": 0, "clock_changes": [], "paper": "A".repeat(43)});
        let bytes = serde_json::to_vec(&agreement).unwrap();
        let agreement = Agreement::parse(&bytes).unwrap();
        let ids = ["AAAAAAAAAAAAAAAAAAAAAQ", "AAAAAAAAAAAAAAAAAAAAAg"];
        let amount = json!({"minor": 1000, "cur": "LKR"});
        let notices = [(1, 20), (2, 10)].map(|(no, days)| {
            let said = json!({"jti": ids[no - 1], "notice_no": no, "instalment": 1, "due": FRIDAY - 30,
                              "amount": amount, "channels": ["sms"]});
            serde_json::from_value::<Notice>(with(common((FRIDAY - days) * DAY + 10 * 3_600), said)).unwrap()
        });
        let ask = |at: u64| {
            let lock = json!({"exp": at + DAY, "lock_id": 1, "level": 3, "instalment": 1, "due": FRIDAY - 30,
                "amount": amount, "notices": ids, "steps": [], "since": at, "profile": "demo-hours",
                "profile_version": 1, "agreement": sha(&bytes).as_str(), "clause": "7.2", "refs": [],
                "used": {"window_s": 0, "opening": 0, "provisional": 0, "codes": 0}, "codes": []});
            let lock: Lock = serde_json::from_value(with(common(at), lock)).unwrap();
            check(&Case {
                agreement: &agreement,
                lock: &lock,
                notices: &notices,
                planned: &[],
                levels: &[],
                sandbox: true,
                fresh: false,
            })
        };
        // The day before a rest day is closed too.
        let monday = (FRIDAY + 3) * DAY + 9 * 3_600;
        for at in [FRIDAY * DAY + 10 * 3_600, (FRIDAY + 1) * DAY, monday - 60] {
            let refused = ask(at).unwrap_err();
            assert_eq!(refused.code(), "p_hours");
            let told = refused.to_string();
            assert!(
                told.contains("allowed from Mon, 30 Nov 2026 09:00:00 GMT"),
                "{told}"
            );
        }
        ask(monday).unwrap();
    }
}
