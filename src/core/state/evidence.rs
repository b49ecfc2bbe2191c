//! The evidence for a lock, as the market's rule asks for it: when the lock comes, and later for the page *why*.

use super::State;
use crate::notice::HeldNotice;
use crate::order::claims::Lock;
use crate::order::values::Id;
use crate::profile::{LockCase, check_lock};
use crate::refusal::Code;
use crate::snapshot::ProofPart;

/// Codes of the rule that are about notices.
const NOTICES: [Code; 6] = [
    Code::PEvidence,
    Code::PNoticeCount,
    Code::PNoticeEarly,
    Code::PNoticeOrder,
    Code::PNoticeModes,
    Code::PNoticeGap,
];

impl State {
    /// The notices of a lock that are held.
    pub(super) fn evidence(&self, lock: &Lock) -> Vec<HeldNotice<'_>> {
        let held = |id: &Id| self.notices.iter().find(|kept| kept.notice.jti == *id);
        let kept = lock.notices.iter().filter_map(held);
        kept.map(|kept| HeldNotice {
            claims: &kept.notice,
            counts_from_s: kept.counts_from_s,
        })
        .collect()
    }

    /// A lock with its evidence, judged at its own time by the phone's own record. `None`: nothing is enrolled.
    pub(super) fn lock_case<'a>(
        &'a self,
        lock: &'a Lock,
        notices: &'a [HeldNotice<'a>],
    ) -> Option<LockCase<'a>> {
        let contract = self.contract.as_ref()?;
        let levels = self.levels.get(&lock.instalment.get());
        Some(LockCase {
            profile: self.profile(),
            agreement: &contract.terms,
            agreement_sha: &contract.sha,
            planned: &self.planned,
            sandbox: self.trust.sandbox(),
            lock,
            notices,
            judged_s: lock.iat.get(),
            hours_s: lock.iat.get(),
            fresh: false,
            levels: levels.map_or(&[], Vec::as_slice),
        })
    }

    /// The part of the proof that the rule does not bear out now: the phone may know another rule since the lock came.
    /// The hours were looked at by the clock of its arrival, which nobody kept.
    pub(super) fn doubted(&self, lock: &Lock) -> Option<ProofPart> {
        let notices = self.evidence(lock);
        let Some(case) = self.lock_case(lock, &notices) else {
            return Some(ProofPart::Agreement);
        };
        let code = check_lock(&case).err()?.code;
        if code == Code::PHours {
            return None;
        }
        let parts = [(Code::PDays, ProofPart::Days), (Code::PLevel, ProofPart::Level)];
        let notices = NOTICES.map(|code| (code, ProofPart::Notices));
        let part = parts.iter().chain(&notices).find(|(known, _)| *known == code);
        Some(part.map_or(ProofPart::Agreement, |(_, part)| *part))
    }
}
