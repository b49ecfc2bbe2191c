//! Spoken codes: committed to in the lock, read out by the desk, typed on a phone that has no network.

use crate::careful::Careful;
use crate::phone::*;
use latchkey_core::code::Typed;
use latchkey_core::order::claims::*;
use latchkey_core::refusal::Code;
use latchkey_lender::desk::{Ask, whole};
use latchkey_lender::{Desk, Sandbox};

fn ask(slot: u64) -> Ask {
    Ask {
        lock_id: None,
        slot: slot.try_into().unwrap(),
        operator: String::from("desk 4").try_into().unwrap(),
        reason: String::from("no network, paid at the counter")
            .try_into()
            .unwrap(),
    }
}

/// A phone under a lock with codes: the story's one carries none.
async fn with_codes(sandbox: &Sandbox, clock: &Hand) -> (Careful, Desk) {
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(sandbox, clock).await;
    phone.check_in().await;
    assert_eq!(desk.code(&ask(1)).await.unwrap_err().code(), "not_found");
    clock.add(60);
    desk.lock(2.try_into().unwrap(), 4.try_into().unwrap())
        .await
        .unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(2));
    (phone, desk)
}

#[tokio::test]
async fn a_code_that_the_hotline_reads_out_opens_the_phone_without_network() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = with_codes(&sandbox, &clock).await;
    let read = desk.code(&ask(1)).await.unwrap();
    assert_eq!((read.lock_id.get(), read.slot.get(), read.before), (2, 1, 0));
    assert!(read.groups.split(' ').map(str::len).eq([4; 3]), "{}", read.groups);
    phone.types(&read.groups).unwrap();
    assert_eq!(phone.state.mode_word(), "open");
    for (language, opens) in [
        ("en", "3 days"),
        ("hi-IN", "3 दिन"),
        ("ar", "3 أيام"),
        ("xx", "3 days"),
    ] {
        let script = read.script(language);
        assert!(
            script[3].contains(opens) && script.contains(&read.groups),
            "{script:?}"
        );
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_last_code_releases_and_its_lock_needs_new_notices() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = with_codes(&sandbox, &clock).await;
    let read = desk.code(&ask(4)).await.unwrap();
    assert!(Typed::new(&read.groups).unwrap().releases());
    assert!(read.script("en").contains(&"It ends this limit.".to_owned()));
    phone.types(&read.groups).unwrap();
    assert_eq!(
        (phone.state.mode_word(), phone.state.released_through()),
        ("free", 2)
    );
    clock.add(60);
    phone.check_in().await;
    let clerk = crate::clerk::Clerk::with(&sandbox, &clock, "devices:read").await;
    let view = clerk.get(&format!("/v1/devices/{}", sandbox.device())).await;
    assert_eq!(view.body["released_through"], 2);
    assert!(view.body["lifted_unknown"].is_null(), "the code is the reason");
    clock.add(60);
    let refused = desk
        .lock(3.try_into().unwrap(), 4.try_into().unwrap())
        .await
        .unwrap_err();
    assert_eq!(
        refused.code(),
        "p_notice_count",
        "what the phone would refuse is not signed"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_code_of_another_slot_or_lock_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = with_codes(&sandbox, &clock).await;
    let other = desk.code(&ask(2)).await.unwrap();
    assert_eq!(phone.types(&other.groups), Err(Code::CWrong));
    let elsewhere = Ask {
        lock_id: Some(1.try_into().unwrap()),
        ..ask(1)
    };
    assert_eq!(desk.code(&elsewhere).await.unwrap_err().code(), "not_found");
    sandbox.shutdown().await.unwrap();
}

/// A wiped phone gets the same lock with the same commitments: what was read out before still works.
#[tokio::test]
async fn a_code_survives_the_loss_of_the_phones_record() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (_, desk) = with_codes(&sandbox, &clock).await;
    let read = desk.code(&ask(1)).await.unwrap();
    clock.add(60);
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    wiped.types(&read.groups).unwrap();
    assert_eq!(wiped.state.mode_word(), "open");
    sandbox.shutdown().await.unwrap();
}

/// A wipe refills no code: one that was read out a day ago counts as used, and the phone asks for the next.
#[tokio::test]
async fn a_code_that_was_read_out_a_day_ago_is_used_up_after_a_wipe() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (_, desk) = with_codes(&sandbox, &clock).await;
    let first = desk.code(&ask(1)).await.unwrap();
    clock.add(86_400);
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    assert_eq!(wiped.types(&first.groups), Err(Code::CWrong));
    let second = desk.code(&ask(2)).await.unwrap();
    wiped.types(&second.groups).unwrap();
    assert_eq!(wiped.state.mode_word(), "open");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn every_code_that_is_read_out_is_written_down_with_who_and_why() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (_, desk) = with_codes(&sandbox, &clock).await;
    let first = desk.code(&ask(1)).await.unwrap();
    let again = desk.code(&ask(1)).await.unwrap();
    assert_eq!((again.groups, again.before), (first.groups.clone(), 1));
    let rows = desk.audit().await.unwrap();
    assert_eq!(
        rows.len(),
        2,
        "a refused question reads no code and leaves no row"
    );
    assert_eq!(
        (rows[0].operator.as_str(), rows[0].lock_id, rows[0].slot),
        ("desk 4", 2, 1)
    );
    assert!(rows.iter().all(|row| !row.reason.contains(&first.groups)));
    assert!(whole(&rows));
    let mut forged = rows.clone();
    forged[0].operator = "nobody".to_owned();
    assert!(!whole(&forged) && !whole(&rows[1..]));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_secret_behind_the_codes_is_the_users_alone_and_no_code_stands_in_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (_, desk) = with_codes(&sandbox, &clock).await;
    let read = desk.code(&ask(1)).await.unwrap();
    sandbox.shutdown().await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.path().join("lender/codes.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let digits = String::from(Typed::new(&read.groups).unwrap());
    for file in std::fs::read_dir(dir.path().join("lender")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for text in [&digits, &read.groups] {
            assert!(!bytes.windows(text.len()).any(|w| w == text.as_bytes()));
        }
    }
}

/// The lock that carries codes is no longer than a phone reads.
#[tokio::test]
async fn a_lock_carries_four_commitments_and_no_secret() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let (_, desk) = with_codes(&sandbox, &clock).await;
    let offered = desk.offered().await.unwrap();
    let lock = offered.iter().rfind(|o| o.kind == typ::LOCK).unwrap();
    assert!(lock.jws.len() < 3_000, "{} bytes", lock.jws.len());
    let codes = claims::<Lock>(&lock.jws).codes;
    assert_eq!(
        codes.iter().map(|c| c.slot.get()).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    sandbox.shutdown().await.unwrap();
}
