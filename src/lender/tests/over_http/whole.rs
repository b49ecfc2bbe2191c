//! The whole way with the real rules of the phone: every token is verified, judged and applied by `core`.

use crate::careful::{Careful, pay};
use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_core::snapshot::Phase;
use latchkey_lender::{NoticeText, Sandbox};

/// OWN-03: the story locks by its own proof, and the payment's release frees.
#[tokio::test]
async fn the_first_minute() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    assert_eq!(
        (phone.state.mode_word(), phone.state.lock_id()),
        ("locked", Some(1))
    );
    clock.add(30);
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_story_locks_at_every_hour_of_the_day() {
    for hour in [0, 3, 7, 12, 18, 23] {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hand::at(T / 86_400 * 86_400 + hour * 3_600 + 1);
        let sandbox = start(dir.path(), &clock).await;
        let mut phone = Careful::enrolled(&sandbox, &clock).await;
        phone.check_in().await;
        assert_eq!(phone.state.mode_word(), "locked", "at {hour} h");
        sandbox.shutdown().await.unwrap();
    }
}

/// OWN-05: a wiped phone is not locked, and after one check-in it is as it was.
#[tokio::test]
async fn a_wiped_phone_ends_locked_again_and_after_paying_free() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    Careful::enrolled(&sandbox, &clock).await.check_in().await;
    clock.add(3_600);
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    assert_eq!(
        (wiped.state.mode_word(), wiped.state.lock_id()),
        ("locked", Some(1))
    );
    assert!(wiped.told().is_empty());
    pay(&sandbox).await;
    wiped.check_in().await;
    assert_eq!(wiped.state.mode_word(), "free");
    clock.add(3_600);
    let mut again = Careful::enrolled(&sandbox, &clock).await;
    let set = again.check_in().await;
    assert_eq!(
        (again.state.mode_word(), again.state.released_through()),
        ("free", 1)
    );
    assert!(set.orders.iter().all(|o| typ(&o.jws) != typ::LOCK));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn grace_opens_and_settlement_ends() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let desk = sandbox.desk();
    desk.grace(3_600.try_into().unwrap()).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "open");
    desk.settle().await.unwrap();
    phone.check_in().await;
    assert!(phone.state.settled());
    let mut wiped = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(wiped.enrol(&code, sandbox.serial_hash()).await.code(), "settled");
    sandbox.shutdown().await.unwrap();
}

/// OWN-03: notices spent by a release carry no second lock; fresh ones do, when their time has come.
#[tokio::test]
async fn after_a_goodwill_release_a_new_lock_needs_new_notices_and_their_time() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let desk = sandbox.desk();
    let (level, no) = (3.try_into().unwrap(), 4.try_into().unwrap());
    desk.release(Why::Goodwill).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    clock.add(60);
    assert_eq!(desk.lock(level, no).await.unwrap_err().code(), "p_notice_count");
    for (notice_no, days) in [(1, 6), (2, 1)] {
        let text = NoticeText {
            notice_no: notice_no.try_into().unwrap(),
            instalment: no,
            channels: vec![Channel::Sms],
        };
        desk.notice(&text).await.unwrap();
        phone.check_in().await;
        clock.add(days * 86_400);
    }
    assert_eq!(desk.lock(level, no).await.unwrap_err().code(), "p_notice_gap");
    clock.add(86_400);
    let lock = desk.lock(level, no).await.unwrap();
    assert_eq!(
        claims::<Lock>(&lock.jws).lock_id.get(),
        2,
        "a refused lock takes no number"
    );
    phone.check_in().await;
    assert_eq!(
        (phone.state.mode_word(), phone.state.lock_id()),
        ("locked", Some(2))
    );
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn another_port_is_believed_by_the_phone() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let addr = sandbox.addr();
    sandbox.shutdown().await.unwrap();
    let _taken = std::net::TcpListener::bind(addr).unwrap();
    let sandbox = start(dir.path(), &clock).await;
    phone.phone.base = sandbox.base_url().to_owned();
    phone.check_in().await;
    assert!(phone.told().is_empty());
    assert_eq!(phone.state.trust().keys_version(), 2);
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_void_lock_key_lifts_its_lock_and_the_genuine_one_stands_again() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    clock.add(60);
    let old = sandbox.desk().void(Role::Lock).await.unwrap();
    assert_ne!(sandbox.desk().kid(Role::Lock).unwrap(), old);
    let answer = phone.check_in().await;
    assert_eq!(answer.trust.len(), 1);
    assert_eq!(
        (phone.state.lock_id(), phone.state.released_through()),
        (Some(2), 1)
    );
    assert!(phone.state.trust().is_void(&old));
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();

    clock.add(60);
    let sandbox = start(dir.path(), &clock).await;
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    assert_eq!(wiped.state.lock_id(), Some(2));
    sandbox.shutdown().await.unwrap();
}

/// Where levels come in order, a level that a void key reached was never reached: phone and lender begin anew together.
#[tokio::test]
async fn after_a_void_key_a_lock_in_steps_stands_again_at_the_first_level() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = latchkey_lender::Options {
        market: Some("demo-strict".to_owned()),
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let level = |phone: &Careful| {
        let Phase::Lock(lock) = phone.sees().phase else {
            panic!("not locked");
        };
        lock.level
    };
    assert_eq!(level(&phone), 1);
    clock.add(60);
    let (second, no) = (2.try_into().unwrap(), 4.try_into().unwrap());
    sandbox.desk().lock(second, no).await.unwrap();
    phone.check_in().await;
    assert_eq!(level(&phone), 2);
    clock.add(60);
    sandbox.desk().void(Role::Lock).await.unwrap();
    phone.check_in().await;
    assert_eq!(level(&phone), 1, "{:?}", phone.told());
    clock.add(60);
    sandbox.desk().lock(second, no).await.unwrap();
    phone.check_in().await;
    assert_eq!(level(&phone), 2);
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_void_terms_key_takes_its_notices_and_the_lock_on_them_along() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    sandbox.desk().void(Role::Terms).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    assert_eq!(wiped.state.mode_word(), "free");
    assert!(wiped.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// OWN-04: a release on its way when its key goes void arrives all the same.
#[tokio::test]
async fn a_release_under_way_survives_the_loss_of_its_key() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    pay(&sandbox).await;
    sandbox.desk().void(Role::Release).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}
