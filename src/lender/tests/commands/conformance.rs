//! The kit against our own server, and against servers that do something wrong.

use super::broken::{Fault, before};
use super::run_beside;
use ed25519_dalek::SigningKey;
use latchkey_core::envelope::encode;
use latchkey_lender::scopes::Scopes;
use latchkey_lender::{Options, Quotas, Sandbox};
use serde_json::{Value, json};

const SCOPES: &str =
    "devices:read devices:enrol terms:write locks:write releases:write grace:write settle:write";

/// Runs the kit at `fault`, with its client and a phone that is late; what it tells.
async fn session(fault: Fault) -> (bool, Value) {
    let dir = tempfile::tempdir().unwrap();
    // Refusals cost the address's bucket, and nobody waits for it here.
    let quotas = Quotas {
        address: 10_000,
        ..Quotas::default()
    };
    let options = Options {
        phones: 1,
        quotas,
        ..Options::default()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).unwrap();
    let x = encode(SigningKey::from_bytes(&seed).verifying_key().as_bytes());
    let public = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
    let file = dir.path().join("key.json");
    let mut private = public.clone();
    private["d"] = json!(encode(&seed));
    std::fs::write(&file, private.to_string()).unwrap();
    let clients = sandbox.clients(None).unwrap();
    let scopes = Scopes::parse(SCOPES).unwrap();
    let id = clients
        .add(
            &"Kit".to_owned().try_into().unwrap(),
            &scopes,
            &public.to_string(),
        )
        .await
        .unwrap();
    let url = before(sandbox.base_url(), fault).await;
    let base = sandbox.base_url().to_owned();
    let asked = [
        "conformance",
        &url,
        "--public-url",
        &base,
        "--client-id",
        &id,
        "--client-key",
    ];
    let asked = [&asked[..], &[file.to_str().unwrap(), "--json"]].concat();
    let output = run_beside(dir.path(), &asked).await;
    let told = super::json(&output);
    sandbox.shutdown().await.unwrap();
    (output.status.success(), told)
}

/// Names of checks with an outcome.
fn with(told: &Value, outcome: &str) -> Vec<String> {
    let checks = told["checks"].as_array().unwrap().iter();
    let checks = checks.filter(|row| row["outcome"] == outcome);
    checks
        .map(|row| row["check"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_server_passes_every_check() {
    let (good, told) = session(Fault::None).await;
    let failed: Vec<_> = told["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["outcome"] != "ok")
        .collect();
    assert!(good && failed.is_empty(), "{failed:#?}");
    assert!(told["ok"].as_u64().unwrap() > 60);
}

/// Each fault fails its own check; what has nothing to do with it passes.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_compare_the_digest_is_found_out() {
    let (good, told) = session(Fault::IgnoresDigests).await;
    assert!(!good);
    assert_eq!(
        with(&told, "failed"),
        [
            "signature.altered-body",
            "signature.digest-missing",
            "phone.altered"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_orders_carry_a_wrong_signature_is_found_out() {
    let (good, told) = session(Fault::SpoilsLocks).await;
    assert!(!good);
    assert_eq!(with(&told, "failed"), ["lock.signed"]);
    let skipped = with(&told, "skipped");
    assert!(
        skipped.contains(&"lock.lifted-by-payment".to_owned()),
        "{skipped:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_accepts_replays_is_found_out() {
    let (good, told) = session(Fault::AcceptsReplays).await;
    assert!(!good);
    assert_eq!(
        with(&told, "failed"),
        ["signature.accepted-once", "phone.replayed"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_refusals_are_no_problem_documents_is_found_out() {
    let (good, told) = session(Fault::PlainRefusals).await;
    assert!(!good);
    let failed = with(&told, "failed");
    assert!(failed.contains(&"public.unknown-path".to_owned()), "{failed:?}");
    assert!(
        !failed.iter().any(|check| check.starts_with("vectors")),
        "{failed:?}"
    );
}
