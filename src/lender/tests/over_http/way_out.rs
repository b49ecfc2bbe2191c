//! Whatever server and phone believe of each other: every lock on a phone has a way out.

use crate::careful::{Careful, pay};
use crate::console::seat;
use crate::phone::*;
use latchkey_core::command::{Command, Mistake};
use latchkey_core::order::claims::*;
use latchkey_core::order::values::{Level, No};
use latchkey_core::wire::*;
use latchkey_lender::{Answer, Desk, NoticeText, PlanText, Sandbox};

const DAY: u64 = 86_400;

fn no(n: u64) -> No {
    n.try_into().unwrap()
}

fn level(n: u64) -> Level {
    n.try_into().unwrap()
}

fn releases(orders: &[Delivery]) -> Vec<Release> {
    let releases = orders.iter().filter(|order| typ(&order.jws) == typ::RELEASE);
    releases.map(|order| claims(&order.jws)).collect()
}

/// A phone that took the story's lock, and tells what a test makes it tell.
async fn dumb(sandbox: &Sandbox, clock: &Hand) -> Phone {
    let phone = Phone::locked(sandbox, clock).await;
    clock.add(60);
    phone
}

fn says(kind: ClaimKind, lock_id: u64, instalment: Option<u64>) -> ClaimRequest {
    ClaimRequest {
        id: fresh_id(),
        kind,
        lock_id: lock_id.try_into().unwrap(),
        instalment: instalment.map(no),
        choice: None,
        text: None,
    }
}

/// A server that was restored from a backup does not know the phone's lock: nobody can end it by hand, so it ends.
#[tokio::test]
async fn a_lock_that_this_server_does_not_know_is_lifted_at_the_next_check_in() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = dumb(&sandbox, &clock).await;
    pay(&sandbox).await;
    let freed = phone.check_in(0).await.orders;
    phone.receipt(&freed, "ok", None).await;
    phone.lock_id = 7;
    for kind in [
        ClaimKind::Dispute,
        ClaimKind::Paid,
        ClaimKind::Hardship,
        ClaimKind::Return,
    ] {
        let told = phone.post("/v1/device/claims", &says(kind, 7, Some(4))).await;
        assert_eq!(told.status, 202, "{kind:?}");
        let elsewhere = phone.post("/v1/device/claims", &says(kind, 1, Some(3))).await;
        assert_eq!(
            elsewhere.code(),
            "claim_instalment",
            "a lock for another one is known"
        );
    }
    let told = releases(&phone.check_in(0).await.orders);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].lock_id.get(), told[0].why), (7, Why::Error));
    assert!(releases(&phone.check_in(0).await.orders).is_empty(), "once");
    sandbox.shutdown().await.unwrap();
}

/// The same for one that counts as over here, once nothing that lifts it is on its way any more.
#[tokio::test]
async fn a_lock_that_counts_as_over_here_and_stands_there_is_lifted() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = dumb(&sandbox, &clock).await;
    let row = latchkey_lender::PlanRow {
        due: (T / DAY + 20).try_into().unwrap(),
        minor: 325_000.try_into().unwrap(),
    };
    sandbox.desk().plan(&agreed(4, row)).await.unwrap();
    let plan = phone.check_in(0).await.orders;
    assert!(releases(&plan).is_empty(), "the plan lifts it");
    phone.receipt(&plan, "ok", None).await;
    let told = releases(&phone.check_in(0).await.orders);
    assert_eq!(
        (told.len(), told[0].lock_id.get(), told[0].why),
        (1, 1, Why::Error)
    );
    sandbox.shutdown().await.unwrap();
}

/// An operator lifts what the phone says it holds, whatever the server counts.
#[tokio::test]
async fn the_console_lifts_a_lock_that_the_server_does_not_count() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = dumb(&sandbox, &clock).await;
    pay(&sandbox).await;
    let freed = phone.check_in(0).await.orders;
    phone.receipt(&freed, "ok", None).await;
    let mut seat = seat(&sandbox, "devices:read releases:write").await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        seat.page.contains("Lift the lock"),
        "it told to be locked: {}",
        seat.page
    );
    seat.does(
        &sandbox,
        "release",
        &[("why", "error"), ("reason", "locked on its screen")],
    )
    .await;
    assert!(seat.page.contains("The release is on its way"), "{}", seat.page);
    let told = releases(&phone.check_in(0).await.orders);
    assert_eq!((told.len(), told[0].why), (1, Why::Error));
    sandbox.shutdown().await.unwrap();
}

fn agreed(replaces: u64, row: latchkey_lender::PlanRow) -> PlanText {
    PlanText {
        replaces: vec![no(replaces)],
        schedule: vec![row],
        fee: 0.try_into().unwrap(),
        forgiven: 0.try_into().unwrap(),
    }
}

/// A phone that holds lock 1 for instalment 4, and lock 2 for instalment 5 on its way.
async fn two_locks(sandbox: &Sandbox, clock: &Hand) -> (Careful, Desk) {
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(sandbox, clock).await;
    phone.check_in().await;
    clock.add(30 * DAY);
    for (notice_no, days) in [(1, 7), (2, 3)] {
        let text = NoticeText {
            notice_no: notice_no.try_into().unwrap(),
            instalment: no(5),
            channels: vec![Channel::Sms],
        };
        desk.notice(&text).await.unwrap();
        phone.check_in().await;
        clock.add(days * DAY);
    }
    desk.lock(level(3), no(5)).await.unwrap();
    assert_eq!(phone.state.lock_id(), Some(1));
    (phone, desk)
}

fn plan_for(clock: &Hand, replaces: u64) -> PlanText {
    let row = latchkey_lender::PlanRow {
        due: (clock.now() / DAY + 20).try_into().unwrap(),
        minor: 325_000.try_into().unwrap(),
    };
    agreed(replaces, row)
}

#[tokio::test]
async fn a_plan_for_a_lock_that_never_arrived_leaves_the_one_on_the_phone_with_its_way_out() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = two_locks(&sandbox, &clock).await;
    desk.plan(&plan_for(&clock, 5)).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(1), "lock 2 was withdrawn");
    let asked = desk.owed().await.unwrap().unlocks_now.get();
    assert_eq!((phone.sees().pay.unwrap().amount, asked), (325_000, 325_000));
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_plan_for_the_lock_on_the_phone_lets_the_next_one_come() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = two_locks(&sandbox, &clock).await;
    desk.plan(&plan_for(&clock, 4)).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(2));
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: the lock on the phone is the one that is disputed, whatever else is on its way.
#[tokio::test]
async fn a_dispute_of_the_lock_on_the_phone_is_right_though_another_is_on_its_way() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let (mut phone, desk) = two_locks(&sandbox, &clock).await;
    let id = phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    let sent = desk.answer(&id, Answer::Accept).await.unwrap();
    assert_eq!(claims::<Release>(&sent.unwrap().jws).why, Why::Error);
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: a dispute that names the lock alone, or another instalment, is about that lock.
#[tokio::test]
async fn a_dispute_that_names_the_lock_ends_it_whatever_instalment_it_names() {
    for (instalment, accepted) in [(None, true), (Some(5), true), (None, false), (Some(5), false)] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
        let sandbox = start(dir.path(), &clock).await;
        let mut phone = dumb(&sandbox, &clock).await;
        let said = says(ClaimKind::Dispute, 1, instalment);
        assert_eq!(phone.post("/v1/device/claims", &said).await.status, 202);
        if accepted {
            let sent = sandbox.desk().answer(&said.id, Answer::Accept).await.unwrap();
            assert!(sent.is_some(), "{instalment:?}");
        } else {
            clock.add(14 * DAY);
        }
        let told = releases(&phone.check_in(0).await.orders);
        assert_eq!(told.len(), 1, "{instalment:?} {accepted}");
        assert_eq!((told[0].lock_id.get(), told[0].why), (1, Why::Error));
        sandbox.shutdown().await.unwrap();
    }
}
