//! The evidence for a lock, as the market's rule asks for it: when the lock comes, and later for the page *why*.

use super::State;
use crate::notice::HeldNotice;
use crate::order::claims::Lock;
use crate::order::values::{Id, Kid};
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

/// A level that was reached.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reached {
    level: u8,
    /// Unix seconds.
    pub(super) from_s: u64,
    /// The keys of the lock and of its notices: void, the level was never reached.
    kids: Vec<Kid>,
}

impl State {
    /// The keys that a lock stands on: its own, and those of its notices.
    pub(super) fn stands_on(&self, lock: &Lock, kid: &Kid) -> Vec<Kid> {
        let named = self
            .notices
            .iter()
            .filter(|kept| lock.notices.contains(&kept.notice.jti));
        let mut kids: Vec<_> = named.map(|kept| kept.kid.clone()).collect();
        kids.push(kid.clone());
        kids.sort();
        kids.dedup();
        kids
    }

    /// Writes down that a level was reached. By other keys it counts beside, so that it outlives one that goes void.
    pub(super) fn held_level(&mut self, instalment: u16, level: u8, from_s: u64, kids: &[Kid]) {
        let levels = self.levels.entry(instalment).or_default();
        if !levels.iter().any(|held| held.level == level && held.kids == kids) {
            let kids = kids.to_vec();
            levels.push(Reached { level, from_s, kids });
        }
    }

    /// Takes back what stands on a void key.
    pub(super) fn unreached(&mut self) {
        let trust = &self.trust;
        for levels in self.levels.values_mut() {
            levels.retain(|held| !held.kids.iter().any(|kid| trust.is_void(kid)));
        }
    }

    /// The levels reached for a lock's instalment, and since when.
    pub(super) fn reached(&self, lock: &Lock) -> Vec<(u8, u64)> {
        let levels = self.levels.get(&lock.instalment.get());
        levels
            .into_iter()
            .flatten()
            .map(|held| (held.level, held.from_s))
            .collect()
    }

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
        levels: &'a [(u8, u64)],
    ) -> Option<LockCase<'a>> {
        let contract = self.contract.as_ref()?;
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
            levels,
        })
    }

    /// The part of the proof that the rule does not bear out now: the phone may know another rule since the lock came.
    /// The hours were looked at by the clock of its arrival, which nobody kept.
    pub(super) fn doubted(&self, lock: &Lock) -> Option<ProofPart> {
        let (notices, levels) = (self.evidence(lock), self.reached(lock));
        let Some(case) = self.lock_case(lock, &notices, &levels) else {
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
