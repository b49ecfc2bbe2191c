//! The cases of markets.md §4, worked by hand there: markets that lock nowhere yet run here as fixtures that may.

use super::*;

/// A market under test: like a file, but allowed to lock.
fn fixture(head: &str, rules: &str) -> String {
    let money = FILES[2].split_once("[money]").unwrap().1;
    format!("version = 1\nvalid_until = 2029-12-31\nname = \"fixture\"\n{head}\n{rules}\n[money]{money}")
}

fn india() -> String {
    fixture(
        "id = \"in\"\nzone = \"Asia/Kolkata\"\nutc_offset_min = 330",
        r#"
[permission]
may_enrol = true
may_lock = true
rule_status = "in_force"
needs = ["contract_clause", "own_device_loan"]
max_level = 2
levels_in_order = true
[wait]
late_days = 90
[[notice]]
name = "first"
not_before_late_day = 60
clear_days = 21
modes = 1
[[notice]]
name = "second"
after = "first"
clear_days = 7
modes = 1
[hours]
open = [{ days = "mon-sun", from = "08:00", to = "19:00" }]
rest = ["sat", "sun"]
holidays_until = 2027-12-31"#,
    )
}

fn states(notices: &str, late: u16, late_weekly: u16, utc_offset_min: i16, changes: &str) -> String {
    fixture(
        &format!(
            "id = \"us\"\nzone = \"America\"\nutc_offset_min = {utc_offset_min}\nclock_changes = [{changes}]"
        ),
        &format!(
            r#"
[permission]
may_enrol = true
may_lock = true
rule_status = "in_force"
max_level = 3
[wait]
late_days = {late}
late_days_weekly_plan = {late_weekly}
{notices}
[hours]
open = [{{ days = "mon-sun", from = "08:00", to = "21:00" }}]
on_holidays = true
rest = ["sat", "sun"]
holidays_until = 2027-12-31
[[holiday]]
date = 2026-11-26
name = "Thanksgiving"
"#
        ),
    )
}

fn new_jersey() -> String {
    let warning = "[[notice]]\nname = \"warning\"\nhours = 72\nmodes = 2";
    // 2026-11-01 06:00 UTC back, 2027-03-14 07:00 UTC forward
    states(warning, 10, 5, -240, "[1793512800, -300], [1805007600, -240]")
}

fn california() -> String {
    let notices = "[[notice]]\nname = \"warning\"\nclear_days = 10\nmodes = 1\n[[notice]]\nname = \"last\"\nhours = 48\nmodes = 1";
    // 2026-03-08 10:00 UTC forward, 2026-11-01 09:00 UTC back
    states(notices, 10, 5, -480, "[1772964000, -420], [1793523600, -480]")
}

fn south_africa() -> String {
    let holidays = [
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-01",
        "2026-06-16",
    ];
    let holidays = holidays.map(|d| format!("[[holiday]]\ndate = {d}\nname = \"holiday\"\n"));
    fixture(
        "id = \"za\"\nzone = \"Africa/Johannesburg\"\nutc_offset_min = 120",
        &format!(
            r#"
[permission]
may_enrol = true
may_lock = true
rule_status = "in_force"
needs = ["court_order_ref"]
max_level = 3
[wait]
business_days_late = 20
business_days_after_notice = 10
[[notice]]
name = "letter"
modes = 1
[hours]
on_holidays = true
rest = ["sat", "sun"]
holidays_until = 2027-12-31
{}"#,
            holidays.concat()
        ),
    )
}

#[test]
fn india_by_hand() {
    let case = |n1, n2| Case::of(&india(), "2026-10-05", &[(n1, 1), (n2, 1)]).both();
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
    let mut weekly = Case::of(&new_jersey(), "2026-10-26", &[("2026-10-29 18:30", 2)]);
    weekly.agreement.period = agreement::Period::Week;
    assert_eq!(weekly.both(), ["2026-11-01 17:30", "2026-11-02 09:00"]);
    let monthly = |modes| Case::of(&new_jersey(), "2026-11-14", &[("2026-11-18 10:00", modes)]).both();
    assert_eq!(monthly(2), ["2026-11-25 08:00", "2026-11-30 09:00"]);
    assert_eq!(monthly(1), ["p_notice_modes"; 2]);
}

#[test]
fn california_by_hand() {
    let monthly = Case::of(
        &california(),
        "2026-08-02",
        &[("2026-08-03 09:00", 1), ("2026-08-12 16:00", 1)],
    );
    assert_eq!(monthly.both(), ["2026-08-14 16:00", "2026-08-17 09:00"]);
    let weekly_rules = california().replace("clear_days = 10", "clear_days = 5");
    let mut weekly = Case::of(
        &weekly_rules,
        "2026-03-02",
        &[("2026-03-03 10:00", 1), ("2026-03-07 09:00", 1)],
    );
    weekly.agreement.period = agreement::Period::Week;
    assert_eq!(weekly.both(), ["2026-03-09 10:00", "2026-03-11 09:00"]);
}

#[test]
fn south_africa_by_hand() {
    let case = || Case::of(&south_africa(), "2026-03-30", &[("2026-04-15 11:00", 1)]);
    assert_eq!(case().both(), ["p_needs"; 2]);
    let mut ordered = case();
    let court = local("2026-06-15 12:00", &ordered.market).1;
    ordered.lock.refs = list(vec![(RefKind::Court, text("order 1"), num(court))]);
    assert_eq!(ordered.both(), ["2026-06-15 12:00", "2026-06-17 09:00"]);
}

#[test]
fn the_demo_by_hand() {
    let case = |n2| Case::of(FILES[1], "2026-11-01", &[("2026-11-02 10:00", 1), (n2, 1)]).both();
    assert_eq!(case("2026-11-09 10:00"), ["2026-11-11 10:00", "2026-11-11 10:00"]);
    assert_eq!(case("2026-11-11 10:00"), ["2026-11-13 10:00", "2026-11-16 09:00"]);
    // The leap day is a day.
    let leap = Case::of(
        FILES[0],
        "2028-02-23",
        &[("2028-02-24 10:00", 1), ("2028-02-25 10:00", 1)],
    );
    assert_eq!(leap.earliest(), "2028-03-02 00:00");
}
