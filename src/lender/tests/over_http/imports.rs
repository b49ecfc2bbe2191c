//! Agreements from a CSV file: all or none, once, and their phones enrol.

use crate::careful::Careful;
use crate::phone::*;
use latchkey_core::order::claims::typ;
use latchkey_lender::Sandbox;
use latchkey_lender::agreements::{Agreements, Import, Stage};
use std::path::Path;
use std::sync::Mutex;

const HEAD: &str = "ref,signed,market,clause_id,clause_text,paper,first_due,instalments,minor";
const PAPER: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn line(n: usize, minor: u64) -> String {
    format!("C-{n},2026-10-05,demo,7.2,\"Limited, after two notices.\",{PAPER},2026-12-31,14,{minor}")
}

async fn agreements(dir: &Path, clock: &Hand) -> Agreements {
    Sandbox::agreements_of(dir, clock.options(), None).await.unwrap()
}

const CODES: Import = Import {
    dry_run: false,
    codes: true,
};

#[tokio::test]
async fn a_file_is_imported_once_and_its_phones_enrol() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    start(dir.path(), &clock).await.shutdown().await.unwrap();
    let file = dir.path().join("a.csv");
    let lines: Vec<_> = (0..5).map(|n| line(n, 325_000)).collect();
    std::fs::write(&file, format!("{HEAD}\n{}\n", lines.join("\n"))).unwrap();
    let store = agreements(dir.path(), &clock).await;
    let told = Mutex::new(Vec::new());
    let tell = |stage: Stage, done: usize, all: usize| told.lock().unwrap().push((stage, done, all));
    let dry = Import {
        dry_run: true,
        ..Import::default()
    };
    let tried = store.import(&file, dry, &tell).await.unwrap();
    assert_eq!((tried.lines, tried.new, tried.made.len()), (5, 5, 0));
    assert_eq!(store.list().await.unwrap().len(), 1, "the story's alone");
    let imported = store.import(&file, CODES, &tell).await.unwrap();
    assert_eq!((imported.new, imported.known, imported.made.len()), (5, 0, 5));
    assert_eq!(told.lock().unwrap().last(), Some(&(Stage::Writing, 5, 5)));
    let again = store.import(&file, CODES, &tell).await.unwrap();
    assert_eq!((again.new, again.known, again.made.len()), (0, 5, 0));
    assert_eq!(store.list().await.unwrap().len(), 6);
    let shown = store.show(&imported.made[3].device).await.unwrap();
    assert_eq!(
        (shown.contract.as_str(), shown.agreement.schedule.len()),
        ("C-3", 14)
    );
    drop(store);
    let sandbox = start(dir.path(), &clock).await;
    let code = imported.made[3].enrol_code.clone().unwrap();
    let mut phone = Careful::enrolled_with(&sandbox, &clock, &code, &fresh_serial()).await;
    let answer = phone.check_in().await;
    assert_eq!(answer.orders.len(), 1);
    assert_eq!(typ(&answer.orders[0].jws), typ::TERMS);
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn one_wrong_line_keeps_everything_out() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    start(dir.path(), &clock).await.shutdown().await.unwrap();
    let file = dir.path().join("a.csv");
    let write = |lines: &[String]| std::fs::write(&file, format!("{HEAD}\n{}\n", lines.join("\n"))).unwrap();
    let store = agreements(dir.path(), &clock).await;
    write(&[line(1, 5), line(2, 0), line(3, 5)]);
    let refused = store.import(&file, CODES, &|_, _, _| {}).await.unwrap();
    let faults: Vec<_> = refused
        .faults
        .iter()
        .map(|f| (f.line, f.column.as_str()))
        .collect();
    assert_eq!(faults, [(3, "minor")]);
    assert_eq!(store.list().await.unwrap().len(), 1);
    write(&[line(1, 5)]);
    assert_eq!(store.import(&file, CODES, &|_, _, _| {}).await.unwrap().new, 1);
    // Another agreement under a known number is told by its line, and its neighbours are not written either.
    write(&[line(4, 5), line(1, 6)]);
    let refused = store.import(&file, CODES, &|_, _, _| {}).await.unwrap();
    let faults: Vec<_> = refused
        .faults
        .iter()
        .map(|f| (f.line, f.column.as_str()))
        .collect();
    assert_eq!((faults, refused.made.len()), (vec![(3, "ref")], 0));
    assert_eq!(store.list().await.unwrap().len(), 2);
}
