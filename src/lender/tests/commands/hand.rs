//! Keys, imports and phones by hand.

use super::{json, run, run_beside};
use latchkey_lender::{Options, Sandbox};
use std::io::Read as _;
use std::process::{Command, Stdio};

#[test]
fn keys_are_made_before_the_first_start_and_used_by_it() {
    let dir = tempfile::tempdir().unwrap();
    let made = json(&run(dir.path(), &["keys", "init", "--json"]));
    assert_eq!(made["new"], true);
    assert_eq!(made["roots"].as_array().unwrap().len(), 3);
    let again = json(&run(dir.path(), &["keys", "init", "--json"]));
    assert_eq!(
        (&again["new"], &again["keys"]),
        (&serde_json::json!(false), &made["keys"])
    );
    let none = run(dir.path(), &["keys", "show", "--json"]);
    assert!(!none.status.success(), "no server ran here yet");
    let error: serde_json::Value = serde_json::from_slice(&none.stderr).unwrap();
    assert_eq!(error["error"]["code"], "not_found");
}

#[tokio::test]
async fn keys_are_rotated_and_withdrawn_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path(), Options::default()).await.unwrap();
    sandbox.shutdown().await.unwrap();
    let before = json(&run_beside(dir.path(), &["keys", "show", "--json"]).await);
    let who = ["--operator", "amal", "--reason", "test", "--json"];
    let rotate = [&["keys", "rotate", "--role", "lock"][..], &who].concat();
    let after = json(&run_beside(dir.path(), &rotate).await);
    assert_eq!(after["version"], before["version"].as_u64().unwrap() + 1);
    let changed = |n: usize| after["keys"][n]["kid"] != before["keys"][n]["kid"];
    assert_eq!([changed(0), changed(1), changed(2)], [true, false, false]);
    let void = [&["keys", "void", "terms"][..], &who].concat();
    let void = json(&run_beside(dir.path(), &void).await);
    assert_eq!(void["void"], serde_json::json!([after["keys"][1]["kid"]]));
    let audit = json(&run_beside(dir.path(), &["audit", "--json"]).await);
    let actions: Vec<_> = audit
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].clone())
        .collect();
    assert_eq!(actions, ["keys.rotate", "keys.void"]);
}

#[tokio::test]
async fn an_import_tells_wrong_lines_and_writes_right_ones_once() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path(), Options::default()).await.unwrap();
    sandbox.shutdown().await.unwrap();
    let file = dir.path().join("a.csv");
    let row =
        "C-1,2026-10-05,demo,7.2,Text,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,2026-12-31=5 2027-01-31=5";
    let write = |rows: &str| {
        let head = "ref,signed,market,clause_id,clause_text,paper,schedule";
        std::fs::write(&file, format!("{head}\n{rows}\n")).unwrap();
    };
    let import = ["import", file.to_str().unwrap(), "--codes", "--json"];
    write(&row.replace("demo", "mars"));
    let wrong = run_beside(dir.path(), &import).await;
    assert_eq!(wrong.status.code(), Some(1));
    let told = json(&wrong);
    assert_eq!(
        (&told["faults"][0]["line"], &told["faults"][0]["column"]),
        (&2.into(), &"market".into())
    );
    write(row);
    let told = json(&run_beside(dir.path(), &import).await);
    let device = told["made"][0]["device"].as_str().unwrap().to_owned();
    assert!(told["made"][0]["enrol_code"].is_string());
    let told = json(&run_beside(dir.path(), &import).await);
    assert_eq!((&told["new"], &told["known"]), (&0.into(), &1.into()));
    let shown = json(&run_beside(dir.path(), &["agreement", "show", &device, "--json"]).await);
    assert_eq!(shown["agreement"]["ref"], "C-1");
    let money = json(&run_beside(dir.path(), &["money", "--device", &device, "--json"]).await);
    assert_eq!((&money["total"], &money["paid"]), (&10.into(), &0.into()));
}

/// Who reads one line of a long table and goes is no error.
#[tokio::test]
async fn a_reader_that_goes_away_ends_the_command_quietly() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        phones: 3_000,
        ..Options::default()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    sandbox.shutdown().await.unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_latchkey-lender"))
        .arg("--store")
        .arg(dir.path())
        .args(["device", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut few = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut few).unwrap();
    let told = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&told.stderr), "");
    assert!(told.status.success());
}

#[test]
fn simulated_phones_enrol_and_take_what_they_are_sent() {
    let dir = tempfile::tempdir().unwrap();
    let told = json(&run(dir.path(), &["simulate", "6", "--json"]));
    assert_eq!(told["errors"], serde_json::json!({}));
    assert_eq!(told["refused"], serde_json::json!({}));
    let orders = serde_json::json!({"lk-terms+jwt": 12, "lk-notice+jwt": 6, "lk-release+jwt": 6});
    assert_eq!(told["orders"], orders);
    let took = told["took"].as_array().unwrap();
    assert!(
        took.len() == 5 && took.iter().all(|row| row["times"] == 6),
        "{took:?}"
    );
}
