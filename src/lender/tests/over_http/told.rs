//! What a phone tells: how much of it is taken, and what is made of it.

use crate::clerk::*;
use crate::phone::*;
use crate::webhooks::hearing;
use latchkey_core::order::claims::*;
use latchkey_core::wire::*;
use latchkey_lender::Answer;
use serde_json::Value;

fn says(kind: ClaimKind, instalment: Option<u64>) -> ClaimRequest {
    ClaimRequest {
        id: fresh_id(),
        kind,
        lock_id: 1.try_into().unwrap(),
        instalment: instalment.map(|no| no.try_into().unwrap()),
        choice: None,
        text: None,
    }
}

#[tokio::test]
async fn what_an_owner_says_is_about_something_that_is_owed_and_finds_an_end() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let path = "/v1/device/claims";
    for no in [1, 13, 400] {
        let told = phone.post(path, &says(ClaimKind::Dispute, Some(no))).await;
        assert_eq!(
            (told.status, told.code().as_str()),
            (422, "claim_instalment"),
            "{no}"
        );
    }
    let help = ClaimKind::Hardship;
    let first = says(help, None);
    assert_eq!(phone.post(path, &first).await.status, 202);
    for _ in 1..8 {
        assert_eq!(phone.post(path, &says(help, None)).await.status, 202);
    }
    let ninth = says(help, None);
    let told = phone.post(path, &ninth).await;
    assert_eq!((told.status, told.code().as_str()), (409, "claims_open"));
    assert!(told.json::<Problem>().detail.unwrap().contains("Wait"));
    assert_eq!(phone.post(path, &first).await.status, 202, "the same again");
    let mistake = says(ClaimKind::Dispute, Some(4));
    assert_eq!(phone.post(path, &mistake).await.status, 202, "another kind");
    sandbox.desk().answer(&first.id, Answer::Reject).await.unwrap();
    assert_eq!(phone.post(path, &ninth).await.status, 202);
    assert_eq!(sandbox.desk().claims().await.unwrap().len(), 10);
    sandbox.shutdown().await.unwrap();
}

async fn view(clerk: &Clerk, device: &latchkey_core::order::values::DeviceId) -> Value {
    clerk.get(&format!("/v1/devices/{device}")).await.body
}

#[tokio::test]
async fn a_long_word_of_a_phone_is_cut_and_turns_nobody_away() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let told = CheckIn {
        mode: "m\u{202e}\n".repeat(2_000),
        app: "a".repeat(5_000),
        adapter: "b".repeat(5_000),
        ..phone.check_in_body(0)
    };
    assert_eq!(phone.post("/v1/device/check-in", &told).await.status, 200);
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    assert_eq!(view(&clerk, sandbox.device()).await["mode"], "m".repeat(64));
    sandbox.shutdown().await.unwrap();
}

/// OWN-05: an older copy of the record refills nothing of the newer lock.
#[tokio::test]
async fn what_was_used_of_a_lock_stays_used_when_an_older_record_names_the_lock_before() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    clock.add(60);
    let (level, no) = (2.try_into().unwrap(), 4.try_into().unwrap());
    sandbox.desk().lock(level, no).await.unwrap();
    let second = phone.check_in(0).await;
    phone.lock_id = 2;
    phone.receipt(&second.orders, "ok", None).await;
    phone.used.window_s = 90.try_into().unwrap();
    phone.check_in(0).await;
    (phone.lock_id, phone.used) = (1, nothing());
    phone.check_in(0).await;
    // A number that nobody signed is no lock either.
    phone.lock_id = 900;
    phone.check_in(0).await;
    (phone.lock_id, phone.after) = (0, None);
    let lost = phone.check_in(0).await;
    let lock = lost.orders.iter().find(|order| typ(&order.jws) == typ::LOCK);
    let lock: Lock = claims(&lock.unwrap().jws);
    assert_eq!((lock.lock_id.get(), lock.used.window_s.get()), (2, 90));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_lock_that_is_lifted_for_no_reason_of_ours_is_seen() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    let lifted = |through: u64| CheckIn {
        lock_id: 0.try_into().unwrap(),
        released_through: through.try_into().unwrap(),
        ..phone.check_in_body(0)
    };
    // A release that was signed is a reason.
    sandbox.desk().release(Why::Goodwill).await.unwrap();
    phone.post("/v1/device/check-in", &lifted(1)).await;
    assert_eq!(
        view(&clerk, sandbox.device()).await["lifted_unknown"],
        Value::Null
    );
    clock.add(60);
    phone.post("/v1/device/check-in", &lifted(2_000_000_000)).await;
    let seen = view(&clerk, sandbox.device()).await;
    assert_eq!(seen["lifted_unknown"], clock.now());
    // A month without a word is one too: the phone ends its lock by itself (OWN-10).
    let when = clock.now();
    clock.add(31 * 86_400);
    let mut clerk = clerk.clone();
    clerk.renew().await;
    phone.post("/v1/device/check-in", &lifted(2_000_000_000)).await;
    assert_eq!(view(&clerk, sandbox.device()).await["lifted_unknown"], when);
    sandbox.shutdown().await.unwrap();
}

/// OWN-08: a phone that opened by itself, since nobody answered "I have paid", is seen, and told of once.
#[tokio::test]
async fn a_phone_that_opened_by_itself_is_seen_and_told_of_once() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut hears) = hearing(dir.path(), clock.options()).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    let device = format!("/v1/devices/{}", sandbox.device());
    assert_eq!(clerk.get(&device).await.body["provisional"], Value::Null);
    phone.used.provisional = 1.try_into().unwrap();
    for _ in 0..2 {
        phone.check_in(0).await;
    }
    assert_eq!(clerk.get(&device).await.body["provisional"], 1);
    sandbox.desk().terms().await.unwrap();
    let orders = phone.check_in(0).await.orders;
    phone.receipt(&orders, "t_pay_host", None).await;
    let mut told = Vec::new();
    while told.last().is_none_or(|name| name != "order.rejected") {
        told.push(hears.recv().await.unwrap()["type"].as_str().unwrap().to_owned());
    }
    let seen = told.iter().filter(|name| *name == "device.provisional").count();
    assert!(seen <= 1, "{told:?}");
    // They are sent at once, so they come in any order.
    if seen == 0 {
        assert_eq!(hears.recv().await.unwrap()["type"], "device.provisional");
    }
    sandbox.shutdown().await.unwrap();
}
