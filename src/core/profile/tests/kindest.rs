//! Market, lender and contract: the kindest value of each field, and never an earlier minute.

use super::*;
use proptest::prelude::*;

fn layer(text: &str) -> Layer {
    toml::from_str(text).unwrap()
}

fn shipped(id: &str) -> &'static Profile {
    Profile::by_id(&text(id)).unwrap()
}

#[test]
fn what_binds_needs_all_and_what_frees_needs_one() {
    let market = shipped("demo-hours");
    assert_eq!(
        market.kindest(&[Layer::default()]),
        *market,
        "a layer without a word"
    );
    let harder = "[permission]\nmay_lock = true\nmax_level = 3\nlevels_in_order = false\n[wait]\nlate_days = 3\n\
        [[notice]]\nname = \"first\"\nclear_days = 1\nmodes = 1\n[hours]\nhouse = false\non_holidays = true\n\
        [owner]\nopening_hours = 1\nopenings_per_lock = 0\npaid_claim_min = 600\nrestore_within_min = 600\n\
        provisional_hours = 1\ndispute_lowers_to = 3\ndispute_answer_days = 90";
    assert_eq!(market.kindest(&[layer(harder)]), *market, "a harder layer");
    let kinder = layer(
        "valid_until = 2027-01-31\n[permission]\nmay_lock = false\nmay_enrol = false\nmax_level = 2\n\
        levels_in_order = true\nneeds = [\"approval_ref\"]\n[wait]\nlate_days = 30\nbusiness_days_late = 20\n\
        business_days_after_notice = 10\n[[notice]]\nname = \"first\"\nclear_days = 9\nmodes = 2\nnot_before_late_day = 4\n\
        [[notice]]\nname = \"third\"\nmodes = 1\nafter = \"second\"\n\
        [hours]\nopen = [{ days = \"mon-fri\", from = \"10:00\", to = \"12:00\" }]\non_holidays = false\nrest = [\"fri\"]\n\
        holidays_until = 2026-12-31\n[[holiday]]\ndate = 2026-12-25\nname = \"Christmas\"\n\
        [owner]\nrestore_within_min = 5\ncompensation_minor_per_hour = 100\nopening_hours = 48\nopenings_per_lock = 2\n\
        paid_claim_min = 30\nprovisional_hours = 72\ndispute_lowers_to = 0\ndispute_answer_days = 3\ncontacts_per_day = 1",
    );
    let both = market.kindest(&[kinder.clone(), layer(harder)]);
    assert_eq!(both.valid_until, kinder.valid_until.unwrap());
    let permission = &both.permission;
    assert!(!permission.may_lock && !permission.may_enrol && permission.levels_in_order);
    assert_eq!(
        (permission.max_level, &permission.needs),
        (num(2), &vec![Need::ApprovalRef])
    );
    assert_eq!(
        both.wait,
        Wait {
            late_days_weekly_plan: None,
            ..kinder.wait
        }
    );
    assert_eq!(both.notice.len(), 3);
    let first = &both.notice[0];
    assert_eq!(
        (first.clear_days, first.modes, first.not_before_late_day),
        (Some(9), 2, Some(4))
    );
    assert_eq!(
        (both.notice[1].hours, both.notice[2].after.as_deref()),
        (Some(48), Some("second"))
    );
    assert_eq!(both.hours.open, kinder.hours.open);
    assert_eq!(both.hours.rest, [Weekday::Sat, Weekday::Sun, Weekday::Fri]);
    assert!(both.hours.house && !both.hours.on_holidays);
    assert_eq!(
        (both.hours.holidays_until, both.holiday.len()),
        (kinder.hours.holidays_until, 1)
    );
    assert_eq!(both.owner, kinder.owner);
    assert_eq!((&both.money, &both.screen), (&market.money, &market.screen));
}

#[test]
fn the_shorter_list_of_holidays_is_the_one_that_ends() {
    let until = |last: &str| {
        let market = shipped("in").kindest(&[layer(&format!("[hours]\nholidays_until = {last}"))]);
        market.hours.holidays_until
    };
    assert_eq!(
        until("2026-12-31"),
        Some(Date(calendar::day_number(2026, 12, 31)))
    );
    assert_eq!(until("2029-12-31"), shipped("in").hours.holidays_until);
}

#[test]
fn a_plain_wait_speaks_for_weekly_plans_too() {
    let jersey = shipped("us-nj").kindest(&[layer("[wait]\nlate_days = 30")]);
    assert_eq!(
        (jersey.wait.late_days, jersey.wait.late_days_weekly_plan),
        (30, Some(30))
    );
    let demo = shipped("demo").kindest(&[layer("[wait]\nlate_days_weekly_plan = 3")]);
    assert_eq!(
        (demo.wait.late_days, demo.wait.late_days_weekly_plan),
        (7, Some(7))
    );
}

/// OWN-13: hours that have nothing in common are no hours.
#[test]
fn hours_intersect_and_an_empty_intersection_is_never() {
    let on = |layers: &[&str]| {
        let layers: Vec<Layer> = layers.iter().map(|text| layer(text)).collect();
        let mut case = demo();
        case.market = case.market.kindest(&layers);
        case.earliest()
    };
    let mornings = "[hours]\nopen = [{ days = \"mon-fri\", from = \"06:00\", to = \"10:00\" }]";
    let midweek = "[hours]\nopen = [{ days = \"tue-thu\", from = \"09:00\", to = \"20:00\" }]";
    let evenings = "[hours]\nopen = [{ days = \"mon-sun\", from = \"18:00\", to = \"21:00\" }]";
    assert_eq!(on(&[]), "2026-05-27 10:00");
    assert_eq!(on(&[mornings]), "2026-05-28 06:00");
    assert_eq!(on(&[mornings, midweek]), "2026-05-28 09:00");
    assert_eq!(on(&[mornings, midweek, evenings]), "p_hours");
    assert_eq!(on(&[evenings, mornings, midweek]), "p_hours");
}

#[test]
fn a_contracts_kinder_values_reach_the_owner() {
    let mut case = demo();
    let softer = r#"{"opening_hours":48,"dispute_lowers_to":1,"paid_claim_min":600,"levels_in_order":true}"#;
    case.agreement.softer = Some(serde_json::from_str(softer).unwrap());
    let market = case.market.under(&case.agreement);
    assert_eq!(
        (market.owner.opening_hours, market.owner.dispute_lowers_to),
        (48, 1)
    );
    assert_eq!(market.owner.paid_claim_min, 60);
    case.levels.clear();
    assert_eq!(refused(&case), Code::PLevel);
}

prop_compose! {
    fn any_notice()(
        name in prop::sample::select(vec!["first", "second", "warning", "last", "letter", "more"]),
        days in prop::option::of(0..40_u16),
        weekly in prop::option::of(0..40_u16),
        hours in prop::option::of(0..200_u16),
        early in prop::option::of(0..70_u16),
        modes in 1..3_u8,
        after in prop::option::weighted(0.2, Just("first".to_owned())),
    ) -> NoticeRule {
        NoticeRule {
            name: name.to_owned(),
            not_before_late_day: early,
            clear_days: days,
            clear_days_weekly_plan: weekly,
            hours,
            modes,
            after,
        }
    }
}

prop_compose! {
    fn any_open()(a in 0..7_usize, b in 0..7_usize, from in 0..1439_i64, long in 1..900_i64) -> Open {
        Open {
            days: Days(Weekday::WEEK[a.min(b)], Weekday::WEEK[a.max(b)]),
            from: Minute(from),
            to: Minute((from + long).min(1440)),
        }
    }
}

const DUE: i64 = 20_760; // 2026-11-03

prop_compose! {
    fn any_hours()(
        open in prop::collection::vec(any_open(), 0..3),
        on_holidays in prop::option::of(any::<bool>()),
        rest in prop::collection::vec(prop::sample::select(Weekday::WEEK.to_vec()), 0..3),
        until in prop::option::weighted(0.3, 0..120_i64),
        house in prop::option::of(any::<bool>()),
    ) -> HoursLayer {
        HoursLayer { open, on_holidays, rest, holidays_until: until.map(|d| Date(DUE + d)), house }
    }
}

prop_compose! {
    fn any_layer()(
        hours in any_hours(),
        late in prop::option::of((prop_oneof![Just(0_u16), 0..60_u16], prop::option::of(0..30_u16))),
        business in prop::option::of((0..20_u16, 0..20_u16)),
        notice in prop::collection::vec(any_notice(), 0..2),
        holidays in prop::collection::vec((0..90_i64, any::<bool>()), 0..4),
        level in prop::option::of(1..4_u64),
        until in prop::option::weighted(0.2, 0..400_i64),
    ) -> Layer {
        Layer {
            valid_until: until.map(|d| Date(DUE + d)),
            permission: PermissionLayer { max_level: level.map(num), ..PermissionLayer::default() },
            wait: Wait {
                late_days: late.map_or(0, |l| l.0),
                late_days_weekly_plan: late.and_then(|l| l.1),
                business_days_late: business.map(|b| b.0),
                business_days_after_notice: business.map(|b| b.1),
            },
            notice,
            hours,
            holiday: holidays
                .into_iter()
                .map(|(day, moves)| Holiday { date: Date(DUE + day), name: "day".to_owned(), moves })
                .collect(),
            owner: Owner::default(),
        }
    }
}

proptest! {
    /// OWN-03: whatever one more layer says, no lock begins a minute earlier, and nothing that was refused passes.
    #[test]
    fn one_more_layer_never_gives_an_earlier_minute(
        base in prop::sample::select(vec!["demo", "demo-hours", "demo-strict", "in", "us-nj", "us-ca", "za"]),
        layers in prop::collection::vec(any_layer(), 1..4),
        sent in prop::collection::vec(prop_oneof![0..3 * 1440_u64, 0..70 * 1440_u64], 2),
        weekly in any::<bool>(),
        fresh in any::<bool>(),
        asked in 0..200 * 1440_u64,
    ) {
        let market = golden::allowed(base);
        let from = local("2026-11-03", &market).1;
        let mut case = Case::on(market.clone(), "2026-11-03", &[]);
        let notices = market.notice.len();
        case.notices = (0..notices).map(|n| {
            let mut notice = World::new().notice(n as u64 + 1);
            notice.iat = num(from + sent[n] * 60);
            notice.due = case.lock.due;
            notice.channels = list(vec![Channel::Sms, Channel::Mail]);
            notice
        }).collect();
        case.lock.notices = list(case.notices.iter().map(|n| n.jti.clone()).collect());
        case.lock.refs = list(vec![(RefKind::Court, text("order"), num(from))]);
        case.fresh = fresh;
        if weekly {
            case.agreement.period = agreement::Period::Week;
        }
        let at = from + asked * 60;
        let mut before: Option<(Result<u64, Refusal>, bool)> = None;
        for n in 0..=layers.len() {
            case.market = market.kindest(&layers[..n]);
            let opens = case.with(from, from, earliest);
            let passes = case.with(at, at, check_lock).is_ok();
            if let Some((less, passed)) = before {
                prop_assert!(passed || !passes, "refused with fewer layers, passes with more");
                match (less, opens) {
                    (Ok(less), Ok(more)) => prop_assert!(less <= more, "{less} then {more}"),
                    (Err(never), Ok(more)) => prop_assert!(false, "never ({never:?}), then {more}"),
                    (Ok(_) | Err(_), Err(_)) => {}
                }
            }
            before = Some((opens, passes));
        }
    }

    /// Each wait by itself, in either rhythm: what hides behind a longer wait in the test above cannot hide here.
    #[test]
    fn no_layer_shortens_a_wait(
        base in prop::sample::select(vec!["demo", "in", "us-nj", "us-ca", "us-nv", "za"]),
        layers in prop::collection::vec(any_layer(), 1..4),
        weekly in any::<bool>(),
    ) {
        let mut case = Case::on(shipped(base).clone(), "2026-11-03", &[]);
        if weekly {
            case.agreement.period = agreement::Period::Week;
        }
        for n in 1..=layers.len() {
            let (less, more) = (case.market.kindest(&layers[..n - 1]), case.market.kindest(&layers[..n]));
            prop_assert!(less.late_days(&case.agreement) <= more.late_days(&case.agreement));
            prop_assert!(less.max_level(&case.agreement) >= more.max_level(&case.agreement));
            for (a, b) in less.notice.iter().zip(&more.notice) {
                prop_assert!(a.clear_days(&case.agreement) <= b.clear_days(&case.agreement));
                prop_assert!(a.hours <= b.hours && a.modes <= b.modes);
                prop_assert!(a.not_before_late_day <= b.not_before_late_day);
            }
        }
    }
}
