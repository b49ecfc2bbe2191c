//! The whole way over HTTP, with a store on disk: locked → paid on another device → unlocked by itself, and every way
//! back after a loss.
#![allow(clippy::unwrap_used, reason = "a journey may end here")]
#![allow(
    clippy::disallowed_methods,
    reason = "journeys lose and copy files as owners and power cuts do"
)]

mod hostile;
mod journey;
mod middleman;
mod relief;

use journey::{Journey, Phone, free, journal, locked, names};
use latchkey_core::command::Command;
use latchkey_core::journal::Body;
use latchkey_core::log;
use latchkey_core::order::claims::Why;
use latchkey_core::snapshot::{Claim, LogWhat, Mode, OpenReason, Phase};

/// OWN-04: the payment's release unlocks at once, and the lender hears of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locked_then_paid_on_another_device_then_unlocked_by_itself() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    let told = phone.hears_online("locked", locked).await;
    let pay = told.snapshot.pay.unwrap();
    assert_eq!(
        (pay.amount, pay.link.as_str()),
        (325_000, journey.lender.pay_url())
    );
    assert_eq!(journey.receipt(4).await.receipt.as_deref(), Some("ok"));

    journey.pay().await;
    let told = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    let moved = told.moved.unwrap();
    assert_eq!(
        (moved.seq.get(), moved.typ.as_str(), moved.from, moved.to),
        (5, "lk-release+jwt", "locked", "free")
    );
    assert!(told.snapshot.released.is_some());
    assert_eq!(journey.receipt(5).await.receipt.as_deref(), Some("ok"));
    assert_eq!(journey.receipt(6).await.receipt.as_deref(), Some("ok"));
    phone.stop().await;

    // A second start goes on where it was, without a network.
    let told = Phone::first_sight(&journey.phone_dir(), &journey);
    assert!(free(&told.snapshot.phase));
    assert!(told.snapshot.released.is_some(), "not seen yet");
}

/// OWN-05, OWN-09: whatever of its files a phone loses, it is not locked until the lender brings the lock back, and then
/// it is: same phone, same lock, same end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_lost_files_is_open_and_then_locked_again() {
    let mut journey = Journey::start().await;
    let phone = journey.phone().await;
    let reference = phone.hears_online("locked", locked).await.snapshot.reference;
    journey.receipt(4).await;
    phone.stop().await;
    for lost in ["journal", "agreement", "identity", ""] {
        let path = journey.phone_dir().join(lost);
        if lost.is_empty() {
            std::fs::remove_dir_all(path)
        } else {
            std::fs::remove_file(path)
        }
        .unwrap();
        if lost == "journal" {
            assert_eq!(
                Phone::first_sight(&journey.phone_dir(), &journey).snapshot.phase,
                Phase::Unknown
            );
            std::fs::remove_file(journey.phone_dir().join("journal")).unwrap();
        }
        journey = journey.restart_lender().await;
        let phone = journey.phone().await;
        let told = phone.hears_online("locked again", locked).await;
        assert_eq!(told.snapshot.reference, reference, "after the loss of {lost:?}");
        assert!(matches!(&told.snapshot.phase, Phase::Lock(lock) if lock.id == 1));
        // The owner reads what happened: one lock, nothing that lifted it, and that a record is gone where one is.
        let log: Vec<_> = told.snapshot.log.iter().map(|line| &line.what).collect();
        let locks = log
            .iter()
            .filter(|what| matches!(what, LogWhat::Lock { id: 1, .. }));
        assert_eq!(locks.count(), 1, "after the loss of {lost:?}: {log:?}");
        assert!(
            !log.iter().any(|what| matches!(what, LogWhat::Release { .. })),
            "{log:?}"
        );
        if lost == "journal" {
            assert!(log.contains(&&LogWhat::Lost), "{log:?}");
        }
        if lost.is_empty() {
            assert!(
                log.contains(&&LogWhat::Enrolled),
                "a phone after a factory reset: {log:?}"
            );
        }
        phone.stop().await;
    }
}

/// OWN-05: after the release no loss brings the old lock back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paid_phone_stays_free_after_every_loss() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    journey.receipt(6).await;
    phone.stop().await;
    for lost in ["journal", ""] {
        let path = journey.phone_dir().join(lost);
        if lost.is_empty() {
            std::fs::remove_dir_all(path)
        } else {
            std::fs::remove_file(path)
        }
        .unwrap();
        let phone = journey.phone().await;
        let told = phone.hears_online("free again", free).await;
        assert_eq!(told.moved, None, "nothing moved it");
        let log: Vec<_> = told.snapshot.log.iter().map(|line| &line.what).collect();
        assert!(
            !log.iter().any(|what| matches!(what, LogWhat::Lock { .. })),
            "{lost:?}: {log:?}"
        );
        phone.stop().await;
    }
}

/// OWN-05, OWN-07, OWN-08: the power goes in every state, and the next start shows the same one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_in_every_state_is_survived() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    let sight = || Phone::first_sight(journey.cut().path(), &journey).snapshot.phase;

    phone.hears_online("locked", locked).await;
    assert!(locked(&sight()));

    phone.ask(Command::StartBackup).await;
    let Phase::Lock(lock) = sight() else {
        panic!("not locked")
    };
    assert_eq!(
        (lock.mode, lock.backup_left_ms),
        (Mode::Locked, 585_000),
        "the lease stays charged"
    );
    phone.ask(Command::StopBackup).await;

    phone.ask(Command::Paid).await;
    let Phase::Lock(lock) = sight() else {
        panic!("not locked")
    };
    assert!(matches!(lock.claim, Claim::Running { left_ms, .. } if left_ms > 3_590_000));

    journey
        .lender
        .desk()
        .grace(3600.try_into().unwrap())
        .await
        .unwrap();
    let open = |phase: &Phase| matches!(phase, Phase::Lock(l) if matches!(l.mode, Mode::Open { reason: OpenReason::Grace, .. }));
    phone.hears("open", |t| open(&t.snapshot.phase)).await;
    assert!(open(&sight()));

    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert!(free(&sight()));

    journey.lender.desk().settle().await.unwrap();
    phone
        .hears("settled", |t| matches!(t.snapshot.phase, Phase::Settled { .. }))
        .await;
    assert!(matches!(sight(), Phase::Settled { .. }));
    phone.stop().await;
}

/// OWN-06: settled and reported, nothing is left but the certificate, which anyone can verify.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settlement_leaves_the_certificate_alone() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.lender.desk().settle().await.unwrap();
    let reported = |phase: &Phase| matches!(phase, Phase::Settled { reported: true, .. });
    phone.hears("settled", |t| reported(&t.snapshot.phase)).await;
    phone.stop().await;
    assert_eq!(names(&journey.phone_dir()), ["journal", "lock"]);
    let scan = journal(&journey.phone_dir());
    assert!(matches!(
        scan.entries[..],
        [latchkey_core::journal::Entry {
            body: Body::Certificate { .. },
            ..
        }]
    ));
    let certificate = log::export(&scan.entries).unwrap();
    log::verify(&certificate, None).unwrap();
    // The next start is provisioned like any other, and has nothing to ask.
    let phone = journey.phone().await;
    assert!(reported(&phone.now().snapshot.phase));
    phone.stop().await;
}

/// OWN-11: the whole record is exported and verified from outside.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owners_log_of_a_whole_way_verifies() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.lender.desk().release(Why::Error).await.unwrap();
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    phone.stop().await;
    let exported = log::export(&journal(&journey.phone_dir()).entries).unwrap();
    log::verify(&exported, None).unwrap();
    let spoilt = exported.replacen("lk-", "lk_", 1);
    assert!(spoilt == exported || log::verify(&spoilt, None).is_err());
}
