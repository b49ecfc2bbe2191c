//! Whether a lock is lawful, and from when (protocol §1 checks 20 to 24, markets.md §4).
//!
//! Pure: the case holds every time that counts. Whether the lock is new, whether its notices are held and unspent, and
//! whether a plan stands against it, is the state's business (checks 17 to 19 and the first half of 21).

use super::calendar::{Closed, LocalTime, seconds};
use super::{Need, Profile, RuleStatus, Weekday};
use crate::agreement::{Agreement, Purpose};
use crate::notice::{self, HeldNotice};
use crate::order::claims::{Lock, RefKind};
use crate::order::values::{Day, Minor, No, Sha};
use crate::refusal::{Code, Refusal};
use std::borrow::Cow;

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

/// The house's help hours: a notice counts only from within them, minutes of the day.
const HOUSE_NOTICE: (i64, i64) = (9 * 60, 18 * 60);
/// The house's lock hours: at least three hours of help are left after a lock (OWN-13).
const HOUSE_LOCK: (i64, i64) = (9 * 60, 15 * 60);
/// An instant that never comes, and with which one can still reckon.
const NEVER: i64 = i64::MAX / 4;
/// How far ahead an open minute is looked for, days.
const HORIZON: i64 = 800;

/// Checks 20 to 24 (OWN-03, OWN-13).
///
/// # Errors
/// The first check that fails names the code; `earliest` says from when the lock would pass, where there is such a time.
pub fn check_lock(case: &LockCase<'_>) -> Result<(), Refusal> {
    let rule = Rule::of(case)?;
    let refused = |code: Code| Refusal {
        earliest: rule.earliest().and_then(|at| u64::try_from(at).ok()),
        ..Refusal::new(code)
    };
    let judged = seconds(case.judged_s);
    // 20 what the market demands beside the lock
    if judged < rule.references()? {
        return Err(refused(Code::PNeeds));
    }
    // 21 notices: one story, their number, their order and channels, the time since each
    rule.notices()?;
    if judged < rule.gap() {
        return Err(refused(Code::PNoticeGap));
    }
    // 22 days past due
    if judged < rule.late() {
        return Err(refused(Code::PDays));
    }
    // 23 level and steps
    rule.level()?;
    // 24 hours
    let now = seconds(case.hours_s);
    let next = rule.next_open(now, |day| rule.lock_hours(day));
    let next = next.filter(|at| rule.current(*at));
    if next != Some(now) {
        let wait = next.and_then(|at| u32::try_from(at - now).ok());
        return Err(Refusal {
            code: Code::PHours,
            earliest: next.and_then(|at| u64::try_from(at).ok()),
            retry_after_s: wait,
        });
    }
    Ok(())
}

/// From when a lock on this evidence would be lawful, Unix seconds.
///
/// # Errors
/// The code that says why never.
pub fn earliest(case: &LockCase<'_>) -> Result<u64, Refusal> {
    let rule = Rule::of(case)?;
    rule.references()?;
    rule.notices()?;
    rule.level()?;
    let at = rule.opens().ok_or(Code::PHours)?;
    let at = rule.current(at).then(|| u64::try_from(at).ok()).flatten();
    at.ok_or(Code::PNotAllowed.into())
}

struct Rule<'a> {
    case: &'a LockCase<'a>,
    /// The market's values, and the contract's where they are kinder.
    profile: Cow<'a, Profile>,
    time: LocalTime,
}

impl<'a> Rule<'a> {
    /// Check 20: agreement, profile, permission.
    fn of(case: &'a LockCase<'a>) -> Result<Rule<'a>, Code> {
        let (lock, agreement) = (case.lock, case.agreement);
        // The clause is the agreement's, so another clause is another agreement.
        if lock.agreement != *case.agreement_sha || lock.clause != agreement.clause.id {
            return Err(Code::PAgreement);
        }
        if lock.profile != agreement.profile {
            return Err(Code::PProfile);
        }
        let profile = case.profile.ok_or(Code::PUnknownMarket)?.under(agreement);
        let time = LocalTime::of(agreement, case.profile);
        let permission = &profile.permission;
        let ground = match permission.rule_status {
            RuleStatus::InForce => true,
            RuleStatus::Demo => case.sandbox,
            RuleStatus::Draft | RuleStatus::Silent | RuleStatus::Forbidden | RuleStatus::Unknown => false,
        };
        let allowed = permission.may_lock && ground;
        let rule = Rule { case, profile, time };
        if !allowed || !rule.current(seconds(case.judged_s)) {
            return Err(Code::PNotAllowed);
        }
        Ok(rule)
    }

    /// Whether the profile still allows anything at an instant.
    fn current(&self, at: i64) -> bool {
        self.time.day(at) <= self.profile.valid_until.0
    }

    fn closed(&self) -> Closed<'_> {
        Closed(&self.profile)
    }

    /// Needs: when the last approval or court order that the market demands was given, 0 if it demands none.
    fn references(&self) -> Result<i64, Code> {
        let named = |kind: RefKind| {
            let refs = self.case.lock.refs.iter().filter(|r| r.0 == kind);
            refs.map(|r| seconds(r.2.get())).min().ok_or(Code::PNeeds)
        };
        let mut since = 0;
        for need in &self.profile.permission.needs {
            match need {
                // Every agreement has its clause, and check 20 compared it.
                Need::ContractClause => {}
                Need::OwnDeviceLoan => match self.case.agreement.purpose {
                    Purpose::OwnDevice => {}
                    Purpose::Other => return Err(Code::PNeeds),
                },
                Need::ApprovalRef => since = since.max(named(RefKind::Approval)?),
                Need::CourtOrderRef => since = since.max(named(RefKind::Court)?),
            }
        }
        Ok(since)
    }

    /// Check 21 but for the time since: what no waiting would mend.
    fn notices(&self) -> Result<(), Code> {
        notice::story(self.case, &self.profile)?;
        let rules = || self.profile.notice.iter().enumerate();
        for (n, rule) in rules() {
            let first = self.due() + i64::from(rule.not_before_late_day.unwrap_or(0));
            if rule.not_before_late_day.is_some() && self.time.day(self.sent(n)) < first {
                return Err(Code::PNoticeEarly);
            }
        }
        for (n, rule) in rules() {
            let before = rules().find(|(_, other)| Some(&other.name) == rule.after.as_ref());
            if before.is_some_and(|(other, _)| self.sent(n) < self.clear(other)) {
                return Err(Code::PNoticeOrder);
            }
        }
        for (n, rule) in rules() {
            let modes = notice::numbered(self.case, n).map_or(0, |held| held.claims.channels.len());
            if modes < usize::from(rule.modes) {
                return Err(Code::PNoticeModes);
            }
        }
        Ok(())
    }

    fn due(&self) -> i64 {
        i64::from(self.case.lock.due.get())
    }

    /// When notice `n` was sent, as far as the phone believes it: never before the agreement was signed.
    fn sent(&self, n: usize) -> i64 {
        let signed = self.time.start_of(i64::from(self.case.agreement.signed.get()));
        let counts = notice::numbered(self.case, n).map_or(NEVER, |held| seconds(held.counts_from_s));
        counts.max(signed)
    }

    /// When it counts: with house hours, the next minute in which somebody would have answered the owner.
    fn counts(&self, n: usize) -> i64 {
        let sent = self.sent(n);
        if !self.profile.hours.house {
            return sent;
        }
        let windows = |day| match self.closed().rest(day) {
            true => Vec::new(),
            false => vec![HOUSE_NOTICE],
        };
        self.next_open(sent, windows).unwrap_or(NEVER)
    }

    /// The first instant after which notice `n` has run out. Clear days: the day of delivery and the lock's do not count.
    fn clear(&self, n: usize) -> i64 {
        let Some(rule) = self.profile.notice.get(n) else {
            return 0;
        };
        let counts = self.counts(n);
        let day = self.time.day(counts);
        let days = rule
            .clear_days(self.case.agreement)
            .map(|days| self.time.start_of(day + i64::from(days) + 1));
        let hours = rule.hours.map(|hours| counts + i64::from(hours) * 3600);
        let business = self.profile.wait.business_days_after_notice;
        let business = business.map(|days| self.after_business_days(day, days));
        days.max(hours).max(business).unwrap_or(counts)
    }

    fn gap(&self) -> i64 {
        (0..self.profile.notice.len())
            .map(|n| self.clear(n))
            .max()
            .unwrap_or(0)
    }

    /// The first day past due on which a lock may begin: N whole days have ended, so it is due + N + 1.
    fn late(&self) -> i64 {
        let days = i64::from(self.profile.late_days(self.case.agreement));
        let plain = self.time.start_of(self.due() + days + 1);
        let business = self.profile.wait.business_days_late;
        plain.max(business.map_or(0, |days| self.after_business_days(self.due(), days)))
    }

    /// The end of the n-th business day after a day, that day excluded; never, where the list of holidays ends before.
    fn after_business_days(&self, from: i64, n: u16) -> i64 {
        let closed = self.closed();
        let mut days = (from + 1..from + HORIZON).filter(|day| closed.business(*day));
        let last = match usize::from(n).checked_sub(1) {
            None => Some(from),
            Some(before) => days.nth(before),
        };
        last.map_or(NEVER, |last| self.time.start_of(last + 1))
    }

    /// Check 23. Lower levels count by the phone's own record; by the order's word only while fresh.
    fn level(&self) -> Result<(), Code> {
        let (case, level) = (self.case, self.case.lock.level);
        if level > self.profile.max_level(case.agreement) {
            return Err(Code::PLevel);
        }
        if self.profile.permission.levels_in_order {
            let told = case.lock.steps.iter().map(|(level, _)| level.get());
            let told: Vec<u8> = told.filter(|_| case.fresh).collect();
            let held = |lower: u8| case.levels.iter().any(|(l, _)| *l == lower) || told.contains(&lower);
            if !(1..level.get()).all(held) {
                return Err(Code::PLevel);
            }
        }
        Ok(())
    }

    /// Check 24: the windows of a local day, minutes, rising. While fresh, rest days and holidays do not bind: the lock
    /// is an old one that comes back after a wipe, and shall not wait for days.
    fn lock_hours(&self, day: i64) -> Vec<(i64, i64)> {
        let (hours, closed) = (&self.profile.hours, self.closed());
        let weekday = Weekday::of(day);
        let mut windows: Vec<(i64, i64)> = hours
            .open
            .iter()
            .filter(|open| open.days.hold(weekday))
            .map(|open| (open.from.0, open.to.0))
            .collect();
        if hours.open.is_empty() {
            windows.push((0, 24 * 60));
        }
        windows.sort_unstable();
        if !case_open(self.case.fresh, hours.on_holidays, closed.holiday(day)) {
            return Vec::new();
        }
        if hours.house {
            if !self.case.fresh && (closed.rest(day) || closed.rest(day + 1)) {
                return Vec::new();
            }
            for window in &mut windows {
                *window = (window.0.max(HOUSE_LOCK.0), window.1.min(HOUSE_LOCK.1));
            }
        }
        windows.retain(|(from, to)| from < to);
        windows
    }

    /// The first second at or after `from` that lies in a window of its day; the closing minute is outside.
    fn next_open(&self, from: i64, windows: impl Fn(i64) -> Vec<(i64, i64)>) -> Option<i64> {
        if from >= NEVER {
            return None;
        }
        let first = self.time.day(from);
        for day in first..first.checked_add(HORIZON)? {
            for (open, close) in windows(day) {
                if from < self.time.instant(day, close) {
                    return Some(from.max(self.time.instant(day, open)));
                }
            }
        }
        None
    }

    /// The first instant after every wait that lies in the hours.
    fn opens(&self) -> Option<i64> {
        let waited = self.references().ok()?.max(self.gap()).max(self.late());
        self.next_open(waited, |day| self.lock_hours(day))
    }

    /// The same, while the profile still allows anything.
    fn earliest(&self) -> Option<i64> {
        self.opens().filter(|at| self.current(*at))
    }
}

/// Whether the law leaves a day open for a new lock.
fn case_open(fresh: bool, on_holidays: bool, holiday: bool) -> bool {
    fresh || on_holidays || !holiday
}
