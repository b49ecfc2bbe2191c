use super::*;
use crate::agreement::{self, Agreement};
use crate::notice::HeldNotice;
use crate::order::claims::{Channel, Lock, Notice, RefKind};
use crate::order::values::{Day, Sha};
use crate::refusal::{Code, Refusal};
use crate::signer::{T, TODAY, World, id, list, num, text};

mod files;
mod golden;
mod kindest;

const LIFE_DAYS: i64 = 549;

#[test]
fn an_unknown_key_of_a_profile_is_refused() {
    let typo = FILES[0].replace("late_days", "late_dais");
    assert!(Profile::parse(&typo).is_err());
}

/// What a golden case changes.
struct Case {
    market: Profile,
    agreement: Agreement,
    notices: Vec<Notice>,
    lock: Lock,
    sha: Sha,
    fresh: bool,
    levels: Vec<(u8, u64)>,
    sandbox: bool,
}

impl Case {
    fn of(market: &str, due: &str, notices: &[(&str, usize)]) -> Case {
        Case::on(Profile::parse(market).unwrap(), due, notices)
    }

    fn on(market: Profile, due: &str, notices: &[(&str, usize)]) -> Case {
        let world = World::new();
        let mut agreement = Agreement::parse(&world.agreement()).unwrap();
        agreement.profile = market.id.clone();
        agreement.utc_offset_min = market.utc_offset_min;
        agreement.signed = num(19_000);
        let due: Day = num(u64::try_from(local(due, &market).0).unwrap());
        agreement.schedule = list(vec![(num(4), due, num(325_000))]);
        let channels = [Channel::Sms, Channel::Mail, Channel::Letter];
        let notices: Vec<Notice> = notices
            .iter()
            .enumerate()
            .map(|(n, (at, modes))| {
                let mut notice = world.notice(n as u64 + 1);
                notice.iat = num(local(at, &market).1);
                notice.due = due;
                notice.channels = list(channels[..*modes].to_vec());
                notice
            })
            .collect();
        let mut lock = world.lock_claims(1);
        lock.due = due;
        lock.level = market.permission.max_level;
        lock.profile = market.id.clone();
        lock.notices = list(notices.iter().map(|notice| notice.jti.clone()).collect());
        let sha = agreement::sha(&world.agreement());
        Case {
            market,
            agreement,
            notices,
            lock,
            sha,
            fresh: false,
            levels: vec![(1, T), (2, T)],
            sandbox: true,
        }
    }

    fn with<R>(&self, judged_s: u64, hours_s: u64, f: impl FnOnce(&LockCase<'_>) -> R) -> R {
        let held: Vec<HeldNotice<'_>> = self
            .notices
            .iter()
            .map(|claims| HeldNotice {
                claims,
                counts_from_s: claims.iat.get(),
            })
            .collect();
        f(&LockCase {
            profile: Some(&self.market),
            agreement: &self.agreement,
            agreement_sha: &self.sha,
            planned: &[],
            sandbox: self.sandbox,
            lock: &self.lock,
            notices: &held,
            judged_s,
            hours_s,
            fresh: self.fresh,
            levels: &self.levels,
        })
    }

    /// Local time from which the lock passes, or the code that says never; proven at that time, and a second and a minute
    /// before it.
    fn earliest(&self) -> String {
        match self.with(T, T, earliest) {
            Err(refusal) => refusal.code.as_str().to_owned(),
            Ok(at) => {
                assert_eq!(self.with(at, at, check_lock), Ok(()), "at the earliest time");
                for before in [1, 60] {
                    let refusal = self.with(at - before, at - before, check_lock).unwrap_err();
                    let told = refusal.earliest.is_some_and(|e| e <= at);
                    assert!(told, "{before} s before: {refusal:?}");
                }
                written(at, &self.agreement, &self.market)
            }
        }
    }

    /// By the law alone, and with the house's hours; by the market as it is shipped, never.
    fn both(mut self) -> [String; 2] {
        let shipped = Profile::by_id(&self.market.id).unwrap();
        if !shipped.permission.may_lock {
            let fixture = std::mem::replace(&mut self.market, shipped.clone());
            assert_eq!(self.earliest(), "p_not_allowed", "as shipped");
            self.market = fixture;
        }
        self.market.hours.house = false;
        let law = self.earliest();
        self.market.hours.house = true;
        [law, self.earliest()]
    }
}

/// Local day and instant of "2026-11-01 10:00".
fn local(text: &str, market: &Profile) -> (i64, u64) {
    let (date, minutes) = text.split_once(' ').unwrap_or((text, "00:00"));
    let date: Vec<i64> = date.split('-').map(|p| p.parse().unwrap()).collect();
    let day = calendar::day_number(date[0], date[1] as u8, date[2] as u8);
    let minute = Minute::try_from(minutes.to_owned()).unwrap();
    let world = World::new();
    let mut agreement = Agreement::parse(&world.agreement()).unwrap();
    agreement.utc_offset_min = market.utc_offset_min;
    let time = LocalTime::of(&agreement, Some(market));
    (day, u64::try_from(time.instant(day, minute.0)).unwrap())
}

fn written(at: u64, agreement: &Agreement, market: &Profile) -> String {
    let time = LocalTime::of(agreement, Some(market));
    let at = i64::try_from(at).unwrap();
    let (day, minute) = (time.day(at), time.second(at) / 60);
    let date = (2026..2030).find_map(|year| {
        (1..=12).rev().find_map(|month| {
            let date = (1..=31).find(|d| calendar::day_number(year, month, *d) == day);
            date.map(|d| format!("{year}-{month:02}-{d:02}"))
        })
    });
    format!("{} {:02}:{:02}", date.unwrap(), minute / 60, minute % 60)
}

#[test]
fn softer_values_of_the_contract_win_and_harder_ones_do_not() {
    let late = |days| {
        let mut case = Case::of(
            FILES[0],
            "2026-11-01",
            &[("2026-11-02 10:00", 1), ("2026-11-03 10:00", 1)],
        );
        let softer = format!(r#"{{"late_days":{days}}}"#);
        case.agreement.softer = Some(serde_json::from_str(&softer).unwrap());
        case.earliest()
    };
    assert_eq!(late(3), "2026-11-09 00:00");
    assert_eq!(late(30), "2026-12-02 00:00");
}

fn demo() -> Case {
    Case::of(
        FILES[0],
        "2026-05-18",
        &[("2026-05-19 10:00", 1), ("2026-05-25 10:00", 1)],
    )
}

fn refused(case: &Case) -> Code {
    case.with(T, T, check_lock).unwrap_err().code
}

/// OWN-03: each thing that a lawful lock needs, taken away, has its code.
#[test]
fn a_lock_without_its_whole_proof_is_refused() {
    assert_eq!(demo().with(T, T, check_lock), Ok(()));
    let with = |change: &dyn Fn(&mut Case)| {
        let mut case = demo();
        change(&mut case);
        refused(&case)
    };
    assert_eq!(with(&|c| c.sha = Sha::from_bytes(&[1; 32])), Code::PAgreement);
    assert_eq!(with(&|c| c.lock.clause = text("8.1")), Code::PAgreement);
    assert_eq!(with(&|c| c.lock.profile = text("demo-hours")), Code::PProfile);
    assert_eq!(with(&|c| c.sandbox = false), Code::PNotAllowed);
    assert_eq!(with(&|c| c.market.permission.may_lock = false), Code::PNotAllowed);
    assert_eq!(
        with(&|c| c.market.valid_until = Date(i64::from(TODAY) - 1)),
        Code::PNotAllowed
    );
    assert_eq!(
        with(&|c| {
            c.market.permission.needs = vec![Need::OwnDeviceLoan];
            c.agreement.purpose = agreement::Purpose::Other;
        }),
        Code::PNeeds
    );
    assert_eq!(
        with(&|c| c.market.permission.needs = vec![Need::ApprovalRef]),
        Code::PNeeds
    );
    assert_eq!(with(&|c| c.lock.instalment = num(5)), Code::PEvidence);
    assert_eq!(
        with(&|c| c.lock.due = num(u64::from(TODAY) - 20)),
        Code::PEvidence
    );
    assert_eq!(with(&|c| c.notices[0].instalment = num(3)), Code::PEvidence);
    assert_eq!(
        with(&|c| c.notices[1].amount.0.minor = num(324_999)),
        Code::PEvidence
    );
    assert_eq!(with(&|c| c.lock.amount.0.cur = text("INR")), Code::PEvidence);
    assert_eq!(with(&|c| c.notices[0].jti = id("stranger")), Code::PEvidence);
    assert_eq!(with(&|c| c.notices[1].notice_no = num(1)), Code::PNoticeCount);
    assert_eq!(
        with(&|c| {
            c.notices.truncate(1);
            c.lock.notices = list(vec![c.notices[0].jti.clone()]);
        }),
        Code::PNoticeCount
    );
    assert_eq!(
        with(&|c| c.market.notice[0].not_before_late_day = Some(5)),
        Code::PNoticeEarly
    );
    assert_eq!(with(&|c| c.notices[1].iat = num(T - 47 * 3600)), Code::PNoticeGap);
    assert_eq!(with(&|c| c.market.wait.late_days = 10), Code::PDays);
    assert_eq!(with(&|c| c.market.permission.max_level = num(2)), Code::PLevel);
    assert_eq!(
        with(&|c| {
            c.market.permission.levels_in_order = true;
            c.levels = vec![(1, T)];
        }),
        Code::PLevel
    );
}

#[test]
fn steps_count_only_while_fresh() {
    let mut case = demo();
    case.market.permission.levels_in_order = true;
    case.levels.clear();
    case.lock.steps = list(vec![(num(1), num(T - 9)), (num(2), num(T - 8))]);
    assert_eq!(refused(&case), Code::PLevel);
    case.fresh = true;
    assert_eq!(case.with(T, T, check_lock), Ok(()));
}

#[test]
fn an_unknown_market_and_the_shipped_unknown_one_never_lock() {
    let mut case = demo();
    let none = case.with(T, T, |c| check_lock(&LockCase { profile: None, ..*c }));
    assert_eq!(none.unwrap_err().code, Code::PUnknownMarket);
    case.market = Profile::unknown().unwrap().clone();
    assert_eq!(refused(&case), Code::PNotAllowed);
}

/// OWN-13: the hours of the day always bind; rest days and their eves not while fresh, so that a wipe costs no days.
#[test]
fn a_lock_at_night_waits_for_the_morning() {
    let mut case = demo();
    case.market = Profile::parse(FILES[1]).unwrap();
    case.lock.profile = case.market.id.clone();
    case.agreement.profile = case.market.id.clone();
    // T is a Thursday, 20:26:40; Friday is the eve of a rest day.
    let refusal = case.with(T, T, check_lock).unwrap_err();
    let monday = local("2026-06-01 09:00", &case.market).1;
    assert_eq!((refusal.code, refusal.earliest), (Code::PHours, Some(monday)));
    assert_eq!(refusal.retry_after_s, Some(u32::try_from(monday - T).unwrap()));
    case.fresh = true;
    let friday = local("2026-05-29 09:00", &case.market).1;
    let refusal = case.with(T, T, check_lock).unwrap_err();
    assert_eq!((refusal.code, refusal.earliest), (Code::PHours, Some(friday)));
    assert_eq!(case.with(T, friday, check_lock), Ok(()));
    let closing = local("2026-05-29 15:00", &case.market).1;
    assert_eq!(case.with(T, closing, check_lock).unwrap_err().code, Code::PHours);
    assert_eq!(case.with(T, closing - 1, check_lock), Ok(()));
}

#[test]
fn a_notice_from_before_the_agreement_counts_from_its_signing() {
    let mut case = demo();
    case.agreement.signed = num(u64::from(TODAY) - 1);
    assert_eq!(refused(&case), Code::PNoticeGap);
}

#[test]
fn local_midnights_follow_the_agreements_clock() {
    let mut agreement = Agreement::parse(&World::new().agreement()).unwrap();
    agreement.utc_offset_min = 330;
    let midnight = start_of_day(TODAY, &agreement);
    assert_eq!(midnight, u64::from(TODAY) * 86_400 - 330 * 60);
    assert_eq!(
        (day_of(midnight, &agreement), day_of(midnight - 1, &agreement)),
        (TODAY, TODAY - 1)
    );
    // Clocks go back from 00:30 to 23:30: the day has begun for good at its second midnight.
    let change = midnight + 1800;
    agreement.clock_changes = list(vec![(num(change), 270)]);
    assert_eq!(start_of_day(TODAY, &agreement), midnight + 3600);
    // Clocks go forward from 00:00 to 01:00: the day begins with the change.
    agreement.clock_changes = list(vec![(num(midnight), 390)]);
    assert_eq!(start_of_day(TODAY, &agreement), midnight);
}
