use super::*;

fn tenant() -> Tenant {
    Tenant::try_from("sandbox").unwrap()
}

const HEAD: &str = "ref,signed,market,clause_id,clause_text,paper,first_due,instalments,minor";
const PAPER: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn line(name: &str, first: &str) -> String {
    format!(
        "{name},2026-01-05,demo,7.2,\"The phone may be limited, after two notices.\",{PAPER},{first},3,325000"
    )
}

fn days(line: &Line) -> Vec<String> {
    line.agreement
        .schedule
        .iter()
        .map(|row| date::iso(row.1))
        .collect()
}

#[test]
fn a_month_that_is_too_short_ends_with_its_last_day() {
    let text = format!(
        "{HEAD}\n{}\n{}\n",
        line("A-1", "2026-01-31"),
        line("A-2", "2026-11-15")
    );
    let lines = read(&text, &tenant()).unwrap();
    assert_eq!(days(&lines[0]), ["2026-01-31", "2026-02-28", "2026-03-31"]);
    assert_eq!(days(&lines[1]), ["2026-11-15", "2026-12-15", "2027-01-15"]);
    assert_eq!(
        lines[0].agreement.clause.text.as_str(),
        "The phone may be limited, after two notices."
    );
    assert_eq!((lines[0].line, lines[1].line), (2, 3));
}

#[test]
fn everything_that_is_wrong_is_told_with_line_and_column() {
    let text = format!(
        "{HEAD}\n{}\nA-2,2026-13-05,atlantis,7.2,,{PAPER},2026-02-30,0,x\nA-3,1\n{}\n",
        line("A-1", "2026-01-31"),
        line("A-1", "2025-12-31"),
    );
    let faults = read(&text, &tenant()).unwrap_err();
    let told: Vec<_> = faults.iter().map(|f| (f.line, f.column.as_str())).collect();
    assert_eq!(
        told,
        [
            (3, "signed"),
            (3, "market"),
            (3, "clause_text"),
            (3, "first_due"),
            (4, ""),
            (5, "signed")
        ]
    );
    assert!(
        faults.iter().all(|fault| fault.what.contains(';')),
        "each with its next step"
    );
    let twice = format!(
        "{HEAD}\n{}\n{}\n",
        line("A-1", "2026-01-31"),
        line("A-1", "2026-01-31")
    );
    let faults = read(&twice, &tenant()).unwrap_err();
    assert_eq!((faults[0].line, faults[0].column.as_str()), (3, "ref"));
}

#[test]
fn the_line_of_a_byte_that_is_no_text_is_told_and_so_is_a_line_without_end() {
    let line = |bytes: &[u8]| text(bytes).unwrap_err().line;
    assert_eq!(line(b"ref\na\nb\xff\n"), 3);
    // A sign that a line's end cuts in two is none.
    assert_eq!(line(b"ref\nx\xc3\n\xa9"), 2);
    let long = "a".repeat(LONGEST_LINE);
    assert_eq!(text(long.as_bytes()).unwrap(), long);
    assert_eq!(line(format!("ref\n{long}a\n").as_bytes()), 2);
}

#[test]
fn a_schedule_of_its_own_is_read_and_columns_are_checked() {
    let head = "ref,signed,market,clause_id,clause_text,paper,schedule,period";
    let row = |schedule: &str, period: &str| {
        format!("{head}\nB-1,2026-01-05,demo,7.2,Text,{PAPER},{schedule},{period}\n")
    };
    let lines = read(&row("2026-02-01=100 2026-02-20=50", "week"), &tenant()).unwrap();
    let rows: Vec<_> = lines[0]
        .agreement
        .schedule
        .iter()
        .map(|r| (r.0.get(), r.2.get()))
        .collect();
    assert_eq!(rows, [(1, 100), (2, 50)]);
    for (schedule, period, column) in [
        ("2026-02-20=100 2026-02-01=50", "week", "schedule"),
        ("2026-02-20", "week", "schedule"),
        ("2026-02-20=0", "", "schedule"),
        ("2026-02-20=1", "year", "period"),
    ] {
        let faults = read(&row(schedule, period), &tenant()).unwrap_err();
        assert_eq!(faults[0].column, column, "{schedule} {period}");
    }
    for head in ["ref,colour", "ref,ref", "ref,signed", &format!("{HEAD},schedule")] {
        assert_eq!(read(head, &tenant()).unwrap_err()[0].line, 1, "{head}");
    }
}
