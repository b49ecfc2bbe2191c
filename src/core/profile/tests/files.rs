//! The validator of markets.md §3, over every file; and that it finds what it is there for.

use super::*;

const TABLES: [&str; 6] = ["permission", "wait", "notice", "hours", "holiday", "owner"];

/// What is wrong with a file, in words for whoever wrote it.
fn faults(file: &str) -> Vec<String> {
    let profile = match Profile::parse(file) {
        Ok(profile) => profile,
        Err(why) => return vec![why.to_string()],
    };
    let mut found = Vec::new();
    let mut need = |holds: bool, what: &str| {
        if !holds {
            found.push(format!("{}: {what}", profile.id));
        }
    };
    sources(file, &profile, &mut need);
    permission(&profile, &mut need);
    notices(&profile, &mut need);
    days(&profile, &mut need);
    let withholds = profile.permission.rule_status == RuleStatus::Demo;
    owner(&profile.owner, withholds, &mut need);
    let (money, screen) = (&profile.money, &profile.screen);
    need(
        money.shown_digits <= money.iso_digits,
        "more digits than the currency has",
    );
    let groups = !money.groups.is_empty() && money.groups.iter().all(|g| *g > 0);
    need(groups, "groups of digits");
    need(!screen.locales.is_empty(), "a locale");
    need(!screen.emergency.is_empty(), "an emergency number");
    let digits = |n: &str| (2..=6).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    need(
        screen.emergency.iter().all(|e| digits(&e.number)),
        "an emergency number is digits",
    );
    need(
        screen.emergency.iter().any(|e| e.number == "112"),
        "112 is shown too",
    );
    found
}

fn sources(file: &str, profile: &Profile, need: &mut impl FnMut(bool, &str)) {
    let tables: toml::Table = toml::from_str(file).unwrap();
    for table in TABLES {
        let sourced = profile.source.iter().any(|s| s.r#for.iter().any(|t| t == table));
        need(
            !tables.contains_key(table) || sourced,
            &format!("[{table}] without a [[source]]"),
        );
    }
    for source in &profile.source {
        let known = !source.r#for.is_empty() && source.r#for.iter().all(|t| TABLES.contains(&t.as_str()));
        need(known, "a source for a table that there is not");
        need(
            !source.title.trim().is_empty() && matches!(source.read.as_str(), "V" | "R"),
            "title, V or R",
        );
    }
    // A sandbox states no law, so it does not age.
    let newest = profile
        .checked
        .or(profile.source.iter().filter_map(|s| s.date).max());
    let ages = profile.permission.rule_status != RuleStatus::Demo;
    let short = newest.is_some_and(|from| (0..=LIFE_DAYS).contains(&(profile.valid_until.0 - from.0)));
    need(!ages || short, "lives longer than 18 months");
}

fn permission(profile: &Profile, need: &mut impl FnMut(bool, &str)) {
    let (permission, status) = (&profile.permission, profile.permission.rule_status);
    if permission.may_lock {
        let ground = matches!(status, RuleStatus::InForce | RuleStatus::Demo);
        need(ground, "may_lock needs a rule in force");
        need(permission.may_enrol, "a lock without enrolment");
        need(!profile.notice.is_empty(), "may_lock needs a notice");
        let waits =
            profile.wait.late_days > 0 || profile.wait.business_days_late.is_some_and(|days| days > 0);
        need(waits, "may_lock needs a wait");
        let listed = profile.hours.holidays_until.is_some() || status == RuleStatus::Demo;
        need(listed, "may_lock needs a list of holidays");
        need(profile.hours.house || status == RuleStatus::Demo, "human hours");
    }
}

fn notices(profile: &Profile, need: &mut impl FnMut(bool, &str)) {
    need(profile.notice.len() <= 4, "a lock names four notices at most");
    for (n, rule) in profile.notice.iter().enumerate() {
        let before = &profile.notice[..n];
        need(
            !before.iter().any(|other| other.name == rule.name),
            "two notices of one name",
        );
        let after = rule
            .after
            .as_ref()
            .is_none_or(|name| before.iter().any(|other| other.name == *name));
        need(after, "a notice after one that there is not");
        need((1..=3).contains(&rule.modes), "modes of a notice");
    }
}

fn days(profile: &Profile, need: &mut impl FnMut(bool, &str)) {
    let hours = &profile.hours;
    need(
        hours.open.iter().all(|open| open.from < open.to),
        "hours in order",
    );
    let dates: Vec<Date> = profile.holiday.iter().map(|h| h.date).collect();
    need(
        dates.windows(2).all(|pair| pair[0] < pair[1]),
        "holidays in order",
    );
    let known = |until: Date| dates.last().is_none_or(|last| *last <= until);
    need(
        dates.is_empty() || hours.holidays_until.is_some_and(known),
        "holidays up to holidays_until",
    );
    let changes = &profile.clock_changes;
    need(
        changes.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "clock changes in order",
    );
    need(
        profile.utc_offset_min.abs() <= 14 * 60,
        "an offset that no zone has",
    );
}

/// A profile may only be kinder than the protocol; a sandbox withholds the opening to show what that looks like.
fn owner(owner: &Owner, withholds: bool, need: &mut impl FnMut(bool, &str)) {
    let plain = Owner::default();
    let kind = owner.restore_within_min <= plain.restore_within_min
        && owner.compensation_minor_per_hour >= plain.compensation_minor_per_hour
        && owner.opening_hours >= plain.opening_hours
        && (withholds || owner.openings_per_lock >= plain.openings_per_lock)
        && owner.paid_claim_min <= plain.paid_claim_min
        && owner.provisional_hours >= plain.provisional_hours
        && owner.dispute_lowers_to <= plain.dispute_lowers_to
        && owner.dispute_answer_days <= plain.dispute_answer_days;
    need(kind, "harder than the protocol");
}

#[test]
fn every_file_is_whole() {
    for (id, file) in IDS.iter().zip(FILES) {
        assert_eq!(faults(file), Vec::<String>::new());
        let profile = Profile::parse(file).unwrap();
        assert_eq!(profile.id.as_str(), *id, "a file is called by its id");
        assert_eq!(Profile::by_id(&profile.id), Some(&profile));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/markets");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter_map(|n| n.strip_suffix(".toml").map(str::to_owned))
        .collect();
    let mut ids: Vec<String> = IDS.iter().map(|id| (*id).to_owned()).collect();
    names.sort_unstable();
    ids.sort_unstable();
    assert_eq!(names, ids, "every file is compiled in");
}

/// OWN-03: nobody turned a market on without a rule that says so; and where the software itself is banned, nothing enrols.
#[test]
fn only_the_sandbox_may_lock() {
    let with = |is: fn(&Profile) -> bool| -> Vec<&str> {
        let all = IDS.iter().filter(|id| is(Profile::by_id(&text(id)).unwrap()));
        all.copied().collect()
    };
    assert_eq!(
        with(|p| p.permission.may_lock),
        ["demo", "demo-hours", "demo-strict"]
    );
    assert_eq!(with(|p| !p.permission.may_enrol), ["unknown", "br"]);
    assert_eq!(with(|p| !p.hours.house), ["demo", "demo-strict"]);
    assert_eq!(
        with(|p| p.permission.needs.contains(&Need::CourtOrderRef)),
        ["za"]
    );
    assert_eq!(
        with(|p| p.permission.needs.contains(&Need::ApprovalRef)),
        ["demo-strict", "bd"]
    );
}

#[test]
fn the_validator_finds_each_fault() {
    let file = |id: &str| FILES[IDS.iter().position(|known| *known == id).unwrap()];
    let india = file("in");
    let broken = |from: &str, to: &str, fault: &str| {
        assert!(india.contains(from), "{from}");
        let found = faults(&india.replacen(from, to, 1));
        assert!(found.iter().any(|f| f.contains(fault)), "{fault}: {found:?}");
    };
    broken("late_days = ", "late_dais = ", "unknown field");
    broken("for = [\"wait\"]", "for = [\"notice\"]", "[wait] without");
    broken("for = [\"holiday\"]", "for = [\"hours\"]", "[holiday] without");
    broken("for = [\"wait\"]", "for = [\"wait\", \"money\"]", "a source for");
    broken("read = \"R\"", "read = \"?\"", "V or R");
    broken("may_lock = false", "may_lock = true", "a rule in force");
    broken("to = \"19:00\"", "to = \"08:00\"", "hours in order");
    broken("{ kind = \"all\", number = \"112\" },", "", "an emergency number");
    broken("number = \"112\"", "number = \"*112#\"", "is digits");
    broken("number = \"112\"", "number = \"100\"", "112 is shown");
    broken("shown_digits = 2", "shown_digits = 3", "more digits");
    broken("valid_until = 2027", "valid_until = 2029", "18 months");
    broken("after = \"first\"", "after = \"zeroth\"", "a notice after");
    broken("name = \"second\"", "name = \"first\"", "two notices");
    broken("date = 2026-01-26", "date = 2028-01-26", "holidays");
    broken("restore_within_min = 60", "restore_within_min = 90", "harder");
    // A market is not turned on by a word alone: someone has to have read how long, after what, and on which days.
    let malaysia = file("my")
        .replace("\"unknown\"", "\"in_force\"")
        .replace("may_lock = false", "may_lock = true");
    let found = faults(&malaysia).concat();
    assert!(
        found.contains("needs a wait") && found.contains("needs a notice"),
        "{found}"
    );
}

#[test]
fn amounts_look_as_each_market_writes_them() {
    let sample = |id: &str| {
        let money = &Profile::by_id(&text(id)).unwrap().money;
        money.write(12_345_675 * 10_u64.pow(u32::from(money.iso_digits)) / 10)
    };
    for (id, written) in [
        ("lk", "Rs.\u{a0}1,234,567.50"),
        ("in", "₹12,34,567.50"),
        ("bd", "৳12,34,567.50"),
        ("id", "Rp1.234.567,50"),
        ("ph", "₱1,234,567.50"),
        ("vn", "1.234.567\u{a0}₫"),
        ("kh", "1,234,567.50៛"),
        ("ke", "KSh\u{a0}1,234,567.50"),
        ("gh", "GH₵1,234,567.50"),
        ("za", "R1\u{a0}234\u{a0}567,50"),
        ("eg", "1,234,567.50\u{a0}EGP"),
        ("br", "R$\u{a0}1.234.567,50"),
        ("uk", "£1,234,567.50"),
        ("de", "1.234.567,50\u{a0}€"),
        ("fr", "1\u{202f}234\u{202f}567,50\u{a0}€"),
        ("us", "$1,234,567.50"),
    ] {
        assert_eq!(sample(id), written, "{id}");
    }
    let whole = Profile::by_id(&text("pk")).unwrap().money.write(123_456_700);
    assert_eq!(whole, "Rs1,234,567");
}

#[test]
fn countries_are_written_as_codes_have_them() {
    let country = |id: &str| Profile::by_id(&text(id)).unwrap().country();
    assert_eq!(country("us-nj").as_deref(), Some("US"));
    assert_eq!(country("uk").as_deref(), Some("GB"));
    assert_eq!(country("demo"), None);
}
