//! What changes something is signed, once, exactly, now, by the token's key; and carries an idempotency key.

use crate::clerk::*;
use crate::phone::*;
use latchkey_core::request::{Params, content_digest};
use serde_json::json;

const SCOPES: &str = "devices:read locks:write releases:write grace:write devices:enrol";

#[tokio::test]
async fn an_unsigned_altered_retargeted_stale_or_replayed_request_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, SCOPES).await;
    let other = Clerk::with(&sandbox, &clock, SCOPES).await;
    let path = format!("/v1/devices/{}/grace", sandbox.device());
    let body = json!({"dur_s": 3600});
    let good = clerk.posting(&path, &body);
    let offered = async || sandbox.desk().offered().await.unwrap().len();
    let before = offered().await;
    let bare = clerk
        .posting(&path, &body)
        .without("signature")
        .without("signature-input");
    let mut altered = clerk.posting(&path, &body);
    altered.body = Some(json!({"dur_s": 7200}).to_string());
    let digest = content_digest(altered.body.as_ref().unwrap().as_bytes());
    let both = altered.clone().with("content-digest", &digest);
    let mut moved = clerk.posting(&path, &body);
    moved.url = moved.url.replace("/grace", "/releases");
    let mut query = clerk.posting(&path, &body);
    query.url.push_str("?x=1");
    let mut method = clerk.posting(&path, &body);
    method.method = "PUT".to_owned();
    let token = clerk
        .posting(&path, &body)
        .with("authorization", &format!("Bearer {}", other.token));
    let key = clerk.posting(&path, &body).with("idempotency-key", "\"another\"");
    let plain = clerk.posting(&path, &body).with("content-type", "text/plain");
    let stolen = Clerk {
        key: other.key.clone(),
        ..clerk.clone()
    };
    let at = |created: u64, expires: u64| Params {
        created,
        expires,
        ..clerk.params()
    };
    let now = clock.now();
    let timed = |params: Params| clerk.sign("POST", &path, Some(&body), &params);
    for (request, code, what) in [
        (bare, "sig_missing", "no signature"),
        (altered, "digest_mismatch", "another body"),
        (both, "sig_invalid", "another body with its digest"),
        (moved, "sig_invalid", "another path"),
        (query, "sig_invalid", "another query"),
        (token, "sig_invalid", "another client's token"),
        (key, "sig_invalid", "another idempotency key"),
        (
            stolen.posting(&path, &body),
            "sig_invalid",
            "a stolen token under another key",
        ),
        (timed(at(now - 61, now)), "clock_skew", "too old"),
        (timed(at(now + 61, now + 120)), "clock_skew", "from the future"),
        (timed(at(now, now + 61)), "clock_skew", "too long a life"),
    ] {
        let told = request.send().await;
        assert_eq!((told.status, told.code()), (401, code), "{what}: {:?}", told.body);
        assert!(told.body["detail"].is_string() && told.body["request_id"].is_string());
    }
    assert_eq!(plain.send().await.code(), "unsupported_media_type");
    assert_eq!(method.send().await.status, 405);
    assert_eq!(offered().await, before, "nothing was signed");
    assert_eq!(good.send().await.status, 202);
    let replayed = good.send().await;
    assert_eq!((replayed.status, replayed.code()), (401, "sig_replayed"));
    assert_eq!(offered().await, before + 1);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_read_may_come_unsigned_but_a_wrong_signature_is_refused_there_too() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, SCOPES).await;
    assert_eq!(clerk.get("/v1/devices").await.status, 200);
    let signed = clerk.sign("GET", "/v1/devices", None, &clerk.params());
    assert_eq!(signed.send().await.status, 200);
    assert_eq!(signed.send().await.code(), "sig_replayed");
    let mut moved = clerk.sign("GET", "/v1/devices", None, &clerk.params());
    moved.url.push_str("?limit=1");
    assert_eq!(moved.send().await.code(), "sig_invalid");
    sandbox.shutdown().await.unwrap();
}

/// The same key again: the same answer, and nothing happens twice.
#[tokio::test]
async fn a_repeat_under_the_same_key_is_told_what_came_of_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, SCOPES).await;
    let path = format!("/v1/devices/{}/grace", sandbox.device());
    let keyed = |body: &serde_json::Value, key: &str| clerk.signed_with_key(&path, body, key);
    let body = json!({"dur_s": 3600});
    let first = keyed(&body, "\"one\"").send().await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (202, ""));
    let sent = sandbox.desk().offered().await.unwrap().len();
    let again = keyed(&body, "\"one\"").send().await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (202, "?1"));
    assert_eq!(again.body, first.body);
    assert_eq!(sandbox.desk().offered().await.unwrap().len(), sent, "one order");
    let other = keyed(&json!({"dur_s": 60}), "\"one\"").send().await;
    assert_eq!((other.status, other.code()), (422, "idempotency_mismatch"));
    // Another client's key of the same name is another key.
    let neighbour = Clerk::with(&sandbox, &clock, SCOPES).await;
    assert_eq!(
        neighbour
            .signed_with_key(&path, &body, "\"one\"")
            .send()
            .await
            .header("idempotency-replayed"),
        ""
    );
    // A refusal is an answer too.
    let locks = format!("/v1/devices/{}/locks", sandbox.device());
    let lock = json!({"level": 3, "instalment": 4});
    let refused = clerk.signed_with_key(&locks, &lock, "\"two\"").send().await;
    assert_eq!((refused.status, refused.code()), (409, "already_locked"));
    let again = clerk.signed_with_key(&locks, &lock, "\"two\"").send().await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (409, "?1"));
    assert_eq!(again.body, refused.body);
    // After a day the key is free again.
    clock.add(86_401);
    let mut clerk = clerk.clone();
    clerk.renew().await;
    assert_eq!(
        clerk
            .signed_with_key(&path, &body, "\"one\"")
            .send()
            .await
            .header("idempotency-replayed"),
        ""
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_change_without_a_key_is_refused_and_a_secret_is_stored_by_no_key() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, SCOPES).await;
    let path = format!("/v1/devices/{}/enrol-codes", sandbox.device());
    let missing = clerk.without_key(&path).send().await;
    assert_eq!((missing.status, missing.code()), (400, "idempotency_missing"));
    let unquoted = clerk.signed_with_key(&path, &json!({}), "bare").send().await;
    assert_eq!((unquoted.status, unquoted.code()), (400, "malformed"));
    let first = clerk.signed_with_key(&path, &json!({}), "\"code\"").send().await;
    assert_eq!(first.status, 201, "{:?}", first.body);
    let code = first.body["enrol_code"].as_str().unwrap().to_owned();
    let again = clerk.signed_with_key(&path, &json!({}), "\"code\"").send().await;
    assert_eq!((again.status, &again.body["enrol_code"]), (201, &json!(null)));
    sandbox.shutdown().await.unwrap();
    for file in std::fs::read_dir(dir.path().join("lender")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            assert!(!bytes.windows(code.len()).any(|w| w == code.as_bytes()));
        }
    }
}

/// Two at once under one key: one order, and both are told of the same one, or one is told to come back.
#[tokio::test]
async fn two_requests_at_once_under_one_key_are_one_order() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, SCOPES).await;
    let path = format!("/v1/devices/{}/grace", sandbox.device());
    for n in 0..8 {
        let before = sandbox.desk().offered().await.unwrap().len();
        let key = format!("\"race {n}\"");
        let ask = || clerk.signed_with_key(&path, &json!({"dur_s": 3600}), &key);
        let (first, second) = (ask(), ask());
        let (first, second) = tokio::join!(first.send(), second.send());
        for told in [&first, &second] {
            let busy = (told.status, told.code()) == (409, "idempotency_in_progress");
            assert!(busy || told.status == 202, "{:?}", told.body);
        }
        assert!(first.status == 202 || second.status == 202);
        if first.status == second.status {
            assert_eq!(first.body, second.body);
        }
        assert_eq!(sandbox.desk().offered().await.unwrap().len(), before + 1);
    }
    sandbox.shutdown().await.unwrap();
}
