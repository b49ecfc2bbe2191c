//! The cases of markets.md §4, worked by hand there: markets that lock nowhere yet run here as fixtures that may.

use super::*;

/// A market's file as it is shipped, but allowed to lock: nothing else of it is changed.
pub(super) fn allowed(id: &str) -> Profile {
    let mut market = Profile::by_id(&text(id)).unwrap().clone();
    if market.permission.rule_status != RuleStatus::Demo {
        market.permission.rule_status = RuleStatus::InForce;
    }
    market.permission.may_lock = true;
    market
}

#[test]
fn india_by_hand() {
    let case = |n1, n2| Case::on(allowed("in"), "2026-10-05", &[(n1, 1), (n2, 1)]).both();
    assert_eq!(
        case("2026-12-04 10:00", "2026-12-28 09:30"),
        ["2027-01-05 08:00", "2027-01-05 09:00"]
    );
    assert_eq!(
        case("2026-12-04 10:00", "2026-12-26 10:00"),
        ["2027-01-04 08:00", "2027-01-05 09:00"]
    );
    assert_eq!(
        case("2026-11-19 10:00", "2026-12-28 09:30"),
        ["p_notice_early"; 2]
    );
    assert_eq!(
        case("2026-12-04 10:00", "2026-12-20 10:00"),
        ["p_notice_order"; 2]
    );
    assert_eq!(
        case("2027-01-13 10:00", "2027-02-04 09:00"),
        ["2027-02-12 08:00", "2027-02-15 09:00"]
    );
}

#[test]
fn new_jersey_by_hand() {
    let mut weekly = Case::on(allowed("us-nj"), "2026-10-26", &[("2026-10-29 18:30", 2)]);
    weekly.agreement.period = agreement::Period::Week;
    assert_eq!(weekly.both(), ["2026-11-01 17:30", "2026-11-02 09:00"]);
    let monthly = |modes| Case::on(allowed("us-nj"), "2026-11-14", &[("2026-11-18 10:00", modes)]).both();
    assert_eq!(monthly(2), ["2026-11-25 08:00", "2026-11-30 09:00"]);
    assert_eq!(monthly(1), ["p_notice_modes"; 2]);
}

#[test]
fn california_by_hand() {
    let monthly = Case::on(
        allowed("us-ca"),
        "2026-08-02",
        &[("2026-08-03 09:00", 1), ("2026-08-12 16:00", 1)],
    );
    assert_eq!(monthly.both(), ["2026-08-14 16:00", "2026-08-17 09:00"]);
    let mut weekly = Case::on(
        allowed("us-ca"),
        "2026-03-02",
        &[("2026-03-03 10:00", 1), ("2026-03-07 09:00", 1)],
    );
    weekly.agreement.period = agreement::Period::Week;
    assert_eq!(weekly.both(), ["2026-03-09 10:00", "2026-03-11 09:00"]);
}

#[test]
fn south_africa_by_hand() {
    let case = || Case::on(allowed("za"), "2026-03-30", &[("2026-04-15 11:00", 1)]);
    assert_eq!(case().both(), ["p_needs"; 2]);
    let mut ordered = case();
    let court = local("2026-06-15 12:00", &ordered.market).1;
    ordered.lock.refs = list(vec![(RefKind::Court, text("order 1"), num(court))]);
    assert_eq!(ordered.both(), ["2026-06-15 12:00", "2026-06-17 09:00"]);
}

#[test]
fn the_demo_by_hand() {
    let case = |id, n2| Case::on(allowed(id), "2026-11-01", &[("2026-11-02 10:00", 1), (n2, 1)]);
    let (d1, d2) = ("2026-11-09 10:00", "2026-11-11 10:00");
    assert_eq!(case("demo", d1).earliest(), "2026-11-11 10:00");
    assert_eq!(case("demo", d2).earliest(), "2026-11-13 10:00");
    assert_eq!(
        case("demo-hours", d1).both(),
        ["2026-11-11 10:00", "2026-11-11 10:00"]
    );
    assert_eq!(
        case("demo-hours", d2).both(),
        ["2026-11-13 10:00", "2026-11-16 09:00"]
    );
    let mut nowhere = case("demo", d1);
    nowhere.market = Profile::unknown().unwrap().clone();
    assert_eq!(nowhere.earliest(), "p_not_allowed");
}

#[test]
fn the_leap_day_is_a_day() {
    let mut leap = Case::on(
        allowed("demo"),
        "2028-02-23",
        &[("2028-02-24 10:00", 1), ("2028-02-25 10:00", 1)],
    );
    assert_eq!(leap.earliest(), "2028-03-02 00:00");
    leap.lock.due = num(u64::from(leap.lock.due.get()) - 366);
    leap.notices
        .iter_mut()
        .for_each(|notice| notice.due = leap.lock.due);
    leap.agreement.schedule = list(vec![(num(4), leap.lock.due, num(325_000))]);
    assert_eq!(leap.earliest(), "2028-03-01 00:00", "the notices bind");
}

#[test]
fn past_its_last_day_a_profile_allows_nothing() {
    let until = |last: &str| {
        let notices = [("2026-11-02 10:00", 1), ("2026-11-09 10:00", 1)];
        let mut case = Case::on(allowed("demo"), "2026-11-01", &notices);
        case.market.valid_until = Date(local(last, &case.market).0);
        case
    };
    assert_eq!(until("2026-11-11").earliest(), "2026-11-11 10:00");
    // The minute it would have opened at never comes, and no refusal promises it.
    let gone = until("2026-11-10");
    assert_eq!(gone.earliest(), "p_not_allowed");
    let early = local("2026-11-10 10:00", &gone.market).1;
    let refusal = gone.with(early, early, check_lock).unwrap_err();
    assert_eq!((refusal.code, refusal.earliest), (Code::PNoticeGap, None));
    let late = local("2026-11-11 10:00", &gone.market).1;
    assert_eq!(
        gone.with(late, late, check_lock).unwrap_err().code,
        Code::PNotAllowed
    );
}

/// OWN-13: days set by the moon close the days around them, every closed day closes the one before it, and past the end
/// of the list nothing opens.
#[test]
fn holidays_close_their_eves_and_the_list_ends_in_closed_days() {
    let case = |n| Case::on(allowed("lk"), "2026-11-20", &[(n, 1)]).both();
    // Wednesday 23 December is Poya: Tuesday to Thursday close, so Monday is an eve; Christmas, and a weekend.
    assert_eq!(case("2026-12-04 10:00"), ["2026-12-19 00:00", "2026-12-28 09:00"]);
    // 2027 has no list yet.
    assert_eq!(case("2026-12-20 10:00"), ["p_hours"; 2]);
}

/// Business days that nobody can tell from holidays are never over, not even for a phone that lost its state.
#[test]
fn business_days_past_the_list_are_never_complete() {
    let mut case = Case::on(allowed("za"), "2027-11-10", &[("2027-12-20 11:00", 1)]);
    let court = local("2027-12-20 12:00", &case.market).1;
    case.lock.refs = list(vec![(RefKind::Court, text("order 1"), num(court))]);
    case.fresh = true;
    case.market.valid_until = Date(case.market.valid_until.0 + 366);
    let late = local("2028-06-01 12:00", &case.market).1;
    let refusal = case.with(late, late, check_lock).unwrap_err();
    assert_eq!((refusal.code, refusal.earliest), (Code::PNoticeGap, None));
}
