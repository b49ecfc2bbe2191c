//! What a check-in brings: news, retries, and the catch-up set.

use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_core::wire::*;

fn kinds(orders: &[Delivery]) -> Vec<String> {
    orders.iter().map(|o| typ(&o.jws)).collect()
}

fn set() -> Vec<String> {
    [typ::TERMS, typ::NOTICE, typ::NOTICE, typ::LOCK]
        .map(str::to_owned)
        .to_vec()
}

#[tokio::test]
async fn before_any_receipt_the_first_orders_come_again_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let first = phone.check_in(0).await;
    phone.after = None;
    assert_eq!(phone.check_in(0).await.orders, first.orders);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_phone_that_lost_its_record_is_caught_up_under_the_same_lock() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    phone.used = Used {
        window_s: 240.try_into().unwrap(),
        opening: 1.try_into().unwrap(),
        provisional: 1.try_into().unwrap(),
        codes: 0b1001.try_into().unwrap(),
    };
    let told = phone.used.clone();
    phone.check_in(0).await;

    clock.add(86_400);
    phone.after = None;
    phone.lock_id = 0;
    phone.used = nothing();
    let answer = phone.check_in(0).await;
    assert_eq!(kinds(&answer.orders), set());
    let lock: Lock = claims(&answer.orders[3].jws);
    assert_eq!(lock.lock_id.get(), 1, "the same number");
    assert_eq!(lock.iat.get(), T + 86_400, "signed anew");
    assert_eq!(*lock.used, told, "a wipe refills nothing");
    let status: Status = claims(&answer.status);
    assert_eq!((status.lock_id.get(), status.head_seq.get()), (1, 8));

    phone.after = None;
    assert_eq!(
        phone.check_in(0).await.orders,
        answer.orders,
        "not signed again before an answer"
    );
    phone.receipt(&answer.orders, "ok", None).await;
    phone.after = None;
    assert_eq!(phone.check_in(0).await.orders[0].seq.get(), 9);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_cursor_that_is_not_ours_gets_the_catch_up_set() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let known = phone.after.clone().unwrap();
    phone.after = Some(Cursor {
        seq: known.seq,
        jti: fresh_id(),
    });
    assert_eq!(kinds(&phone.check_in(0).await.orders), set());
    phone.after = Some(Cursor {
        seq: 900.try_into().unwrap(),
        jti: known.jti,
    });
    assert_eq!(
        kinds(&phone.check_in(0).await.orders),
        set(),
        "the head is behind it"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn counters_rise_above_what_the_phone_holds() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let mut told = phone.check_in_body(0);
    told.terms_seq = Some(41.try_into().unwrap());
    told.keys_version = 7;
    told.lock_id = 20.try_into().unwrap();
    told.released_through = 19.try_into().unwrap();
    let answer: CheckInAnswer = phone.post("/v1/device/check-in", &told).await.json();
    let status: Status = claims(&answer.status);
    assert_eq!(status.keys_version.get(), 8);
    let terms = sandbox.desk().terms().await.unwrap();
    assert_eq!(claims::<Terms>(&terms.jws).terms_seq.get(), 42);
    let release = sandbox.desk().release(Why::Goodwill).await.unwrap();
    assert_eq!(claims::<Release>(&release.jws).lock_id.get(), 20);
    phone.check_in(0).await;
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_lock_refused_for_now_is_offered_again_when_it_may_be_taken() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders[..3], "ok", None).await;
    phone.receipt(&first.orders[3..], "p_hours", Some(7_200)).await;

    let soon = phone.check_in(0).await;
    assert!(soon.orders.is_empty());
    let status: Status = claims(&soon.status);
    assert_eq!(
        (status.lock_id.get(), status.lock_state),
        (0, LockState::Locked),
        "meant, not in force"
    );
    clock.add(7_200);
    let later = phone.check_in(0).await;
    assert_eq!(later.orders.len(), 1);
    assert_eq!(later.orders[0].jws, first.orders[3].jws, "the same bytes");
    assert_eq!(later.orders[0].seq.get(), 5, "under a new number");
    clock.add(7_200);
    assert!(phone.check_in(0).await.orders.is_empty(), "once");

    // Near its end it is signed anew.
    phone.receipt(&later.orders, "s_open", Some(6 * 86_400)).await;
    clock.add(6 * 86_400);
    let last = phone.check_in(0).await;
    let (old, new): (Lock, Lock) = (claims(&first.orders[3].jws), claims(&last.orders[0].jws));
    assert_eq!(new.lock_id, old.lock_id);
    assert_eq!(new.iat.get(), clock.now());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_lock_refused_for_good_never_comes_again() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders[3..], "p_days", None).await;
    clock.add(5 * 86_400);
    let answer = phone.check_in(0).await;
    assert!(answer.orders.is_empty());
    assert_eq!(claims::<Status>(&answer.status).lock_state, LockState::None);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_lock_that_nobody_fetched_for_a_week_is_signed_anew() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    clock.add(10 * 86_400);
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let answer = phone.check_in(0).await;
    let mut told = kinds(&answer.orders);
    told.sort();
    let mut want = set();
    want.sort();
    assert_eq!(told, want);
    let lock = answer.orders.iter().find(|o| typ(&o.jws) == typ::LOCK).unwrap();
    assert!(claims::<Lock>(&lock.jws).exp.get() > clock.now());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn after_a_settlement_a_wiped_phone_gets_the_settlement_alone() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    sandbox.desk().settle().await.unwrap();
    let answer = phone.check_in(0).await;
    assert_eq!(kinds(&answer.orders), [typ::SETTLE]);
    assert_eq!(claims::<Status>(&answer.status).lock_state, LockState::Settled);
    phone.receipt(&answer.orders, "ok", None).await;
    phone.after = None;
    assert_eq!(kinds(&phone.check_in(0).await.orders), [typ::SETTLE]);
    assert_eq!(sandbox.desk().terms().await.unwrap_err().code(), "settled");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_claim_is_answered_the_same_way_twice() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let claim = ClaimRequest {
        id: fresh_id(),
        kind: ClaimKind::Paid,
        lock_id: 1.try_into().unwrap(),
        instalment: Some(4.try_into().unwrap()),
        choice: None,
        text: None,
    };
    let first = phone.post("/v1/device/claims", &claim).await;
    assert_eq!(first.status, 202);
    clock.add(30);
    let again = phone.post("/v1/device/claims", &claim).await;
    assert_eq!(first.json::<ClaimAnswer>(), again.json::<ClaimAnswer>());
    let long = ClaimRequest {
        text: Some("x".repeat(501)),
        ..claim
    };
    assert_eq!(phone.post("/v1/device/claims", &long).await.code(), "malformed");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn anyone_gets_signed_time_for_a_nonce() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let client = browser();
    let nonce = fresh_id();
    let url = format!("{}/v1/time?nonce={nonce}", sandbox.base_url());
    let token = client.get(url).send().await.unwrap().text().await.unwrap();
    let time: Time = claims(&token);
    assert_eq!((time.nonce, time.now.get()), (nonce, T));
    let bad = client
        .get(format!("{}/v1/time?nonce=x", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(bad.status().as_u16(), 400);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_waiting_poll_is_answered_when_the_server_stops() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    clock.add(1);
    let poll = tokio::spawn(async move { phone.check_in(55).await });
    // The poll is there once its nonce is used up; a stop before that refuses the connection.
    let seen = clock.clone();
    while sandbox.desk().last_seen().await.unwrap() != Some(seen.now()) {
        tokio::task::yield_now().await;
    }
    sandbox.shutdown().await.unwrap();
    assert!(poll.await.unwrap().orders.is_empty());
}

/// OWN-05: a phone whose record was put back to an older copy gets the whole set, the lock signed anew with it.
#[tokio::test]
async fn a_phone_that_told_of_later_orders_before_gets_the_catch_up_set() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders, "ok", None).await;
    clock.add(8 * 86_400);
    let older = &first.orders[2];
    phone.after = Some(Cursor {
        seq: older.seq,
        jti: older.jti.clone(),
    });
    phone.lock_id = 0;
    let again = phone.check_in(0).await;
    let lock = again
        .orders
        .iter()
        .find(|o| typ(&o.jws) == typ::LOCK)
        .expect("the lock");
    let lock: Lock = claims(&lock.jws);
    assert_eq!(
        (lock.lock_id.get(), lock.iat.get()),
        (1, clock.now()),
        "signed anew"
    );
    sandbox.shutdown().await.unwrap();
}
