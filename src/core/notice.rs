//! Notices as evidence: what they must say together, and from when each lets a lock begin (protocol §1, check 21).
//!
//! Whether they are held and unspent is the state's business; a case comes here with all of them in hand.

use crate::order::claims::Notice;
use crate::order::values::{Day, NoticeNo};
use crate::profile::{LockCase, Profile};
use crate::refusal::Code;

/// A notice that the phone holds.
#[derive(Clone, Copy, Debug)]
pub struct HeldNotice<'a> {
    /// What it says.
    pub claims: &'a Notice,
    /// Unix seconds from which it counts: the later of its `iat` and the floor before the answer that brought it.
    pub counts_from_s: u64,
}

/// `p_evidence`, `p_notice_count`: notices and lock tell one story, with one notice for each that the profile demands.
pub(crate) fn story(case: &LockCase<'_>, profile: &Profile) -> Result<(), Code> {
    let lock = case.lock;
    // A plan is another promise, never an earlier one: where both know the number, the later day counts.
    let planned = case.planned.iter().filter(|row| row.0 == lock.instalment);
    let signed = case.agreement.instalment(lock.instalment).map(|row| row.0);
    let agreed: Option<Day> = planned.map(|row| row.1).chain(signed).max();
    if agreed.is_none_or(|agreed| lock.due < agreed) || lock.amount.cur != case.agreement.cur {
        return Err(Code::PEvidence);
    }
    let same = |held: &HeldNotice<'_>| {
        let notice = held.claims;
        notice.instalment == lock.instalment
            && notice.due == lock.due
            && notice.amount.cur == lock.amount.cur
            && lock.notices.contains(&notice.jti)
    };
    if !case.notices.iter().all(same) || case.notices.len() != lock.notices.len() {
        return Err(Code::PEvidence);
    }
    let last = case.notices.iter().max_by_key(|held| held.claims.notice_no);
    if last.is_some_and(|held| lock.amount.minor > held.claims.amount.minor) {
        return Err(Code::PEvidence);
    }
    let mut numbers: Vec<NoticeNo> = case.notices.iter().map(|held| held.claims.notice_no).collect();
    numbers.sort_unstable();
    let wanted = 1..=profile.notice.len();
    if !numbers.iter().map(|no| usize::from(no.get())).eq(wanted) {
        return Err(Code::PNoticeCount);
    }
    Ok(())
}

/// The notice that stands for the profile's rule `n` (from 0).
pub(crate) fn numbered<'a>(case: &LockCase<'a>, n: usize) -> Option<HeldNotice<'a>> {
    let is = |held: &&HeldNotice<'a>| usize::from(held.claims.notice_no.get()) == n + 1;
    case.notices.iter().find(is).copied()
}
