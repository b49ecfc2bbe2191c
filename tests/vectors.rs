//! The conformance vectors hold, are complete, and are what their generator writes.

use latchkey_core::refusal::Code;
use latchkey_tests::conformance::cases;
use latchkey_tests::conformance::format::{FORMAT, File, Step};
use latchkey_tests::conformance::run::run;
use std::collections::BTreeSet;

const FILES: [(&str, &str); 7] = [
    ("envelope.json", include_str!("vectors/envelope.json")),
    ("keys.json", include_str!("vectors/keys.json")),
    ("time.json", include_str!("vectors/time.json")),
    ("orders.json", include_str!("vectors/orders.json")),
    ("market.json", include_str!("vectors/market.json")),
    ("owner.json", include_str!("vectors/owner.json")),
    ("relief.json", include_str!("vectors/relief.json")),
];

fn read() -> Vec<(&'static str, File)> {
    let parse = |(name, text): (&'static str, &str)| {
        (
            name,
            serde_json::from_str(text).expect("a vector file of the format"),
        )
    };
    FILES.into_iter().map(parse).collect()
}

#[test]
fn every_case_comes_out_as_it_says() {
    let mut failed = Vec::new();
    for (name, file) in read() {
        assert_eq!(file.format, FORMAT, "{name}");
        failed.extend(run(&file).err().map(|cases| format!("{name}:\n{cases}")));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (_, file) in read() {
        let starts = file.starts.values().flatten();
        for step in starts.chain(file.cases.iter().flat_map(|case| &case.steps)) {
            seen.extend(outcomes(step));
        }
    }
    let without = Code::ALL.iter().filter(|code| !seen.contains(code.as_str()));
    let missing: Vec<&str> = without.map(|code| code.as_str()).collect();
    assert!(
        missing.is_empty(),
        "add a case in tests/conformance/cases for {missing:?}"
    );
}

fn outcomes(step: &Step) -> Vec<String> {
    match step {
        Step::Trust(brought) => vec![brought.expect.outcome.clone()],
        Step::Order(delivered) => vec![delivered.expect.outcome.clone()],
        Step::CheckIn {
            trust,
            orders,
            expect,
            ..
        } => {
            let trust = trust.iter().map(|b| &b.expect.outcome);
            let orders = orders.iter().map(|o| &o.expect.outcome);
            trust.chain(orders).chain([&expect.outcome]).cloned().collect()
        }
        Step::Enrol { expect, .. }
        | Step::Lost { expect, .. }
        | Step::Time { expect, .. }
        | Step::Command { expect, .. }
        | Step::Type { expect, .. }
        | Step::Silence { expect, .. }
        | Step::Wait { expect, .. }
        | Step::Boot { expect }
        | Step::Restart { expect, .. } => vec![expect.outcome.clone()],
    }
}

#[test]
fn the_files_are_what_the_generator_writes() {
    let written: Vec<_> = cases::files();
    assert_eq!(written.len(), FILES.len());
    for ((name, file), (stored, text)) in written.iter().zip(FILES) {
        assert_eq!(*name, stored);
        assert!(
            cases::written(file) == text,
            "{name} is stale: cargo run -p latchkey-tests --bin vectors"
        );
    }
}

#[test]
fn a_case_that_comes_out_otherwise_is_reported() {
    let (_, mut file) = read().remove(0);
    file.cases.truncate(1);
    if let Some(Step::Order(order)) = file.cases[0].steps.first_mut() {
        order.expect.outcome = "ok".to_owned();
    }
    assert!(run(&file).is_err());
}
