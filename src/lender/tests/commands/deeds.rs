//! What is done by command stands in the audit, and what a command cannot do says how it can.

use super::{json, run_beside};
use latchkey_lender::{Options, Sandbox};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

const WHO: [&str; 4] = ["--operator", "amal", "--reason", "agreed by telephone"];

async fn lender(phones: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        phones,
        ..Options::default()
    };
    Sandbox::start(dir.path(), options)
        .await
        .unwrap()
        .shutdown()
        .await
        .unwrap();
    dir
}

fn code(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    let told: Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
    told["error"]["code"].as_str().unwrap().to_owned()
}

async fn done(dir: &Path, asked: &[&str]) -> Value {
    let told = run_beside(dir, &[asked, &["--json"]].concat()).await;
    assert!(told.status.success(), "{asked:?} {told:?}");
    json(&told)
}

fn column(rows: &Value, name: &str) -> Vec<String> {
    let cells = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row[name].as_str().unwrap());
    cells.map(str::to_owned).collect()
}

#[tokio::test]
async fn orders_by_command_name_who_gave_them_and_why() {
    let dir = lender(0).await;
    let nobody = run_beside(dir.path(), &["order", "terms"]).await;
    assert!(!nobody.status.success(), "an order without a name");
    for order in [
        &["order", "notice", "--no", "1", "--instalment", "5", "--by", "sms"][..],
        &["order", "grace", "--hours", "2"],
        &["order", "release", "--why", "goodwill"],
        &["order", "settle"],
    ] {
        done(dir.path(), &[order, &WHO].concat()).await;
    }
    let audit = done(dir.path(), &["audit"]).await;
    let actions = [
        "order.notice",
        "order.grace",
        "order.release.goodwill",
        "order.settle",
    ];
    assert_eq!(column(&audit, "action"), actions);
    assert_eq!(column(&audit, "operator"), ["amal"; 4]);
    assert_eq!(column(&audit, "reason"), [WHO[3]; 4]);
    done(dir.path(), &["audit", "verify"]).await;
}

#[tokio::test]
async fn clients_operators_and_lenders_by_command_stand_in_the_audit() {
    let dir = lender(0).await;
    let key = dir.path().join("key.json");
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    std::fs::write(&key, jwk).unwrap();
    let key = key.to_str().unwrap();
    let add = ["client", "add", "--name", "Call centre", "--jwk", key];
    let client = done(dir.path(), &[&add[..], &WHO].concat()).await;
    let client = client["client"].as_str().unwrap();
    done(dir.path(), &["client", "revoke", client]).await;
    done(dir.path(), &["operator", "add", "asha"]).await;
    done(dir.path(), &["operator", "close", "asha"]).await;
    let audit = done(dir.path(), &["audit"]).await;
    let actions = ["client.add", "client.revoke", "operator.add", "operator.close"];
    assert_eq!(column(&audit, "action"), actions);
    let reasons = [WHO[3], "by command", "by command", "by command"];
    assert_eq!(column(&audit, "reason"), reasons);
    assert_eq!(column(&audit, "about"), [client, client, "asha", "asha"]);

    let acme = [
        "tenant",
        "add",
        "acme",
        "--name",
        "Acme",
        "--address",
        "1 Acme Road",
        "--licence",
        "A-1",
        "--hotline",
        "+9990100300",
    ];
    done(dir.path(), &acme).await;
    let audit = done(dir.path(), &["--tenant", "acme", "audit"]).await;
    assert_eq!(column(&audit, "action"), ["tenant.add"]);
}

#[tokio::test]
async fn a_lender_without_phones_has_a_desk() {
    let dir = lender(0).await;
    let acme = [
        "tenant",
        "add",
        "acme",
        "--name",
        "Acme",
        "--address",
        "1 Acme Road",
        "--licence",
        "A-1",
        "--hotline",
        "+9990100300",
    ];
    done(dir.path(), &acme).await;
    let of_acme = |asked: &[&'static str]| [&["--tenant", "acme"][..], asked].concat();
    done(dir.path(), &[&of_acme(&["stop", "on"])[..], &WHO].concat()).await;
    for asked in [
        &["job", "list"][..],
        &["webhook", "list"],
        &["audit"],
        &["phones"],
    ] {
        done(dir.path(), &of_acme(asked)).await;
    }
    let told = run_beside(dir.path(), &of_acme(&["money", "--json"])).await;
    assert_eq!(code(&told), "not_found");
}

#[tokio::test]
async fn a_head_that_the_audit_does_not_hold_is_told_by_its_own_code() {
    let dir = lender(0).await;
    done(dir.path(), &["operator", "add", "asha"]).await;
    let whole = done(dir.path(), &["audit", "verify"]).await;
    let head = whole["head"].as_str().unwrap();
    done(dir.path(), &["audit", "verify", "--head", head]).await;
    for (head, expected) in [("1=AAAA", "head_unknown"), ("AAAA", "bad_head")] {
        let told = run_beside(dir.path(), &["audit", "verify", "--head", head, "--json"]).await;
        assert_eq!(code(&told), expected);
    }
}

#[tokio::test]
async fn a_header_as_long_as_a_book_is_told_and_cut() {
    let dir = lender(0).await;
    let file = dir.path().join("long.csv");
    for signs in [65_500, 70_000] {
        std::fs::write(&file, "x".repeat(signs)).unwrap();
        let told = run_beside(dir.path(), &["import", file.to_str().unwrap()]).await;
        assert_eq!(told.status.code(), Some(1), "{told:?}");
        let table = String::from_utf8(told.stdout).unwrap();
        assert!(table.lines().count() == 2 && table.len() < 2_000, "{table}");
    }
}

#[tokio::test]
async fn every_address_needs_a_public_url() {
    let dir = tempfile::tempdir().unwrap();
    let told = run_beside(dir.path(), &["serve", "--addr", "0.0.0.0:0", "--json"]).await;
    assert_eq!(code(&told), "public_url");
    let wrong = [
        "serve",
        "--addr",
        "127.0.0.1:0",
        "--public-url",
        "http://phones.example",
        "--json",
    ];
    assert_eq!(code(&run_beside(dir.path(), &wrong).await), "public_url");
}
