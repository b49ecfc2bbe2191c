//! Codes, keys, and who may speak.

use crate::phone::*;
use latchkey_core::wire::*;
use latchkey_lender::Sandbox;

#[tokio::test]
async fn the_same_code_and_key_get_the_same_answer_for_seven_days() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let code = sandbox.enrol_code().await.unwrap();
    let mut phone = Phone::new(&sandbox, &clock);
    let serial = sandbox.serial_hash();
    let first: Enrolment = phone.enrol(&code, serial).await.json();
    phone.device = None;
    let again: Enrolment = phone.enrol(&code.to_lowercase(), serial).await.json();
    assert_eq!(first, again);

    let mut other = Phone::new(&sandbox, &clock);
    assert_eq!(other.enrol(&code, serial).await.code(), "code_used");
    clock.add(8 * 86_400);
    phone.device = None;
    let late = phone.enrol(&code, serial).await;
    assert_eq!((late.status, late.code()), (410, "code_used".to_owned()));
    sandbox.shutdown().await.unwrap();
}

/// The key store of an Android phone makes P-256 keys; each phone signs by the algorithm of the key that it enrolled.
#[tokio::test]
async fn a_phone_with_a_p256_key_enrols_and_checks_in() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let serial = sandbox.serial_hash();
    let code = sandbox.enrol_code().await.unwrap();
    let mut android = Phone::android(&sandbox, &clock);
    // Somebody else's key proves nothing, nor does a point that is no point.
    let mut body = android.enrol_body(&code, serial);
    body.key = Phone::android(&sandbox, &clock).jwk();
    let reply = android.post("/v1/device/enrol", &body).await;
    assert_eq!((reply.status, reply.code()), (401, "sig_invalid".to_owned()));
    body.key.y = Some(body.key.x.clone());
    assert_eq!(android.post("/v1/device/enrol", &body).await.status, 401);
    body.key.y = None;
    let reply = android.post("/v1/device/enrol", &body).await;
    assert_eq!(reply.code(), "unsupported_key");

    assert_eq!(android.enrol(&code, serial).await.status, 201);
    let answer = android.check_in(0).await;
    assert!(!answer.orders.is_empty(), "the story's orders");
    let device = android.device.clone();
    // The same phone under the wrong algorithm.
    android.hardware = None;
    let reply = android
        .post("/v1/device/check-in", &android.check_in_body(0))
        .await;
    assert_eq!((reply.status, reply.code()), (401, "sig_invalid".to_owned()));
    let mut another = Phone::android(&sandbox, &clock);
    another.device = device;
    let reply = another
        .post("/v1/device/check-in", &another.check_in_body(0))
        .await;
    assert_eq!(reply.code(), "sig_invalid");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_wiped_phone_with_a_fresh_code_keeps_its_device_id() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut old = Phone::locked(&sandbox, &clock).await;
    let new = async |phone: &mut Phone| {
        let code = sandbox.enrol_code().await.unwrap();
        phone.enrol(&code, sandbox.serial_hash()).await
    };
    let mut phone = Phone::new(&sandbox, &clock);
    assert_eq!(new(&mut phone).await.status, 201);
    assert_eq!(phone.device, old.device);
    assert_eq!(phone.device.as_ref(), Some(sandbox.device()));
    assert!(old.check_in(0).await.orders.is_empty(), "the old key stays valid");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn five_keys_are_too_many_until_the_clerk_retires_one() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(sandbox.enrol_code().await.unwrap());
    }
    let mut outcomes = Vec::new();
    for code in &codes {
        clock.add(1);
        outcomes.push(
            Phone::new(&sandbox, &clock)
                .enrol(code, sandbox.serial_hash())
                .await,
        );
    }
    let statuses: Vec<_> = outcomes.iter().map(|r| r.status).collect();
    assert_eq!(statuses, [201, 201, 201, 201, 409]);
    assert_eq!(outcomes[4].code(), "too_many_keys");
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(
        Phone::new(&sandbox, &clock)
            .enrol(&code, sandbox.serial_hash())
            .await
            .status,
        201
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn wrong_codes_serials_and_signatures_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let serial = sandbox.serial_hash();
    assert_eq!(phone.enrol("WRONG", serial).await.code(), "bad_code");

    // Signed by another key than the one in the body.
    let code = sandbox.enrol_code().await.unwrap();
    let thief = Phone::new(&sandbox, &clock);
    let forged = thief
        .post("/v1/device/enrol", &phone.enrol_body(&code, serial))
        .await;
    assert_eq!(forged.code(), "sig_invalid");

    assert_eq!(phone.enrol(&code, serial).await.status, 201);
    let other_serial = "B".repeat(42) + "A";
    let code = sandbox.enrol_code().await.unwrap();
    let reply = Phone::new(&sandbox, &clock)
        .enrol(&code, &other_serial.as_str().try_into().unwrap())
        .await;
    assert_eq!((reply.status, reply.code()), (401, "bad_code".to_owned()));
    sandbox.shutdown().await.unwrap();
}

/// What is a sandbox says its root, and the lender asks the same rule as the phone.
#[tokio::test]
async fn a_lender_that_is_no_sandbox_enrols_nobody_where_the_market_does_not_and_locks_by_no_demo_rule() {
    use latchkey_core::order::claims::{Root, typ};
    let clock = Hand::at(T);
    for (market, status) in [("br", 409), ("demo", 201)] {
        let dir = tempfile::tempdir().unwrap();
        let options = latchkey_lender::Options {
            live: true,
            market: Some(market.to_owned()),
            database: crate::database::fresh(),
            ..clock.options()
        };
        let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
        let mut phone = Phone::new(&sandbox, &clock);
        let code = sandbox.enrol_code().await.unwrap();
        let told = phone.enrol(&code, sandbox.serial_hash()).await;
        assert_eq!(told.status, status);
        if status == 409 {
            assert_eq!(told.code(), "may_not_enrol");
            assert!(told.json::<Problem>().detail.unwrap().contains("another market"));
            let clerk = crate::clerk::Clerk::with(&sandbox, &clock, "devices:read devices:enrol").await;
            let read = clerk
                .get(&format!("/v1/devices/{}/agreement", sandbox.device()))
                .await;
            let asked = serde_json::json!({"agreement": read.body["agreement"]});
            let told = clerk.post("/v1/devices", &asked).await;
            assert_eq!((told.status, told.code()), (422, "may_not_enrol"));
        } else {
            let enrolment: Enrolment = told.json();
            let root: Root = claims(enrolment.trust[0].lines().next().unwrap());
            assert!(!root.sandbox);
            let orders = phone.check_in(0).await.orders;
            assert_eq!(orders.len(), 3);
            assert!(orders.iter().all(|order| typ(&order.jws) != typ::LOCK));
        }
        sandbox.shutdown().await.unwrap();
    }
}

#[tokio::test]
async fn a_settled_contract_enrols_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    sandbox.desk().settle().await.unwrap();
    let code = sandbox.enrol_code().await.unwrap();
    let reply = Phone::new(&sandbox, &clock)
        .enrol(&code, sandbox.serial_hash())
        .await;
    assert_eq!((reply.status, reply.code()), (410, "settled".to_owned()));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_phone_that_lost_its_agreement_asks_for_it_without_a_code() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    let first: Enrolment = phone.enrol(&code, sandbox.serial_hash()).await.json();
    let again: Enrolment = phone
        .prepare("GET", "/v1/device/enrolment", None)
        .send()
        .await
        .json();
    assert_eq!(first, again);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_request_counts_once() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let prepared = phone.prepare("GET", "/v1/device/enrolment", None);
    assert_eq!(prepared.send().await.status, 200);
    let replay = prepared.send().await;
    assert_eq!((replay.status, replay.code()), (401, "sig_replayed".to_owned()));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_changed_request_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let body = serde_json::to_vec(&phone.check_in_body(0)).unwrap();
    let good = phone.prepare("POST", "/v1/device/check-in", Some(body.clone()));

    let mut other_body = good.clone();
    other_body.body.as_mut().unwrap().push(b' ');
    assert_eq!(other_body.send().await.code(), "digest_mismatch");
    let mut other_path = good.clone();
    other_path.url.push_str("?x=1");
    assert_eq!(other_path.send().await.code(), "sig_invalid");
    let mut unsigned = good.clone();
    unsigned.headers.retain(|(name, _)| *name != "signature");
    assert_eq!(unsigned.send().await.code(), "sig_missing");
    let mut other_type = good.clone();
    other_type
        .headers
        .iter_mut()
        .filter(|(n, _)| *n == "content-type")
        .for_each(|(_, v)| *v = "text/json".into());
    assert_eq!(other_type.send().await.code(), "unsupported_media_type");
    assert_eq!(good.send().await.status, 200, "none of them used the nonce up");
    let unreadable = phone
        .prepare("POST", "/v1/device/check-in", Some(b"[]".to_vec()))
        .send()
        .await;
    assert_eq!(
        (unreadable.status, unreadable.code()),
        (400, "malformed".to_owned())
    );
    let large = phone
        .prepare("POST", "/v1/device/check-in", Some(vec![b' '; 40_000]))
        .send()
        .await;
    assert_eq!((large.status, large.code()), (413, "too_large".to_owned()));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_wrong_clock_is_told_the_time() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    phone.clock = Hand::at(1_000);
    let reply = phone.prepare("GET", "/v1/device/enrolment", None).send().await;
    assert_eq!((reply.status, reply.code()), (401, "clock_skew".to_owned()));
    assert_eq!(reply.date, "Wed, 25 Nov 2026 16:30:00 GMT");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_unknown_phone_is_told_to_enrol() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    phone.device = Some("A".repeat(26).as_str().try_into().unwrap());
    let reply = phone.prepare("GET", "/v1/device/enrolment", None).send().await;
    assert_eq!((reply.status, reply.code()), (404, "unknown_device".to_owned()));
    sandbox.shutdown().await.unwrap();
}
