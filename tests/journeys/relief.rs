//! What relieves the owner, and what goes wrong at the lender: each ends where the protocol says, and the owner's log
//! tells it.

use crate::journey::{Journey, Phone, copy_files, free, locked};
use latchkey_core::code::Typed;
use latchkey_core::command::{Command, Hardship, Mistake};
use latchkey_core::order::claims::Role;
use latchkey_core::order::values::{No, Slot};
use latchkey_core::refusal::Code;
use latchkey_core::snapshot::{LogWhat, Mode, OpenReason, Phase, ReleaseWhy};
use latchkey_core::wire::ClaimKind;
use latchkey_lender::desk::{Ask, OwnerClaim};
use latchkey_lender::{Answer, LenderError, PlanText};

fn open(reason: OpenReason) -> impl Fn(&Phase) -> bool {
    move |phase| {
        let Phase::Lock(lock) = phase else { return false };
        matches!(lock.mode, Mode::Open { reason: held, .. } if held == reason)
    }
}

fn level(level: u8) -> impl Fn(&Phase) -> bool {
    move |phase| matches!(phase, Phase::Lock(lock) if lock.level == level)
}

fn told(phone: &Phone, what: &LogWhat) -> bool {
    phone.now().snapshot.log.iter().any(|line| line.what == *what)
}

/// The lender's copy of what the owner said.
async fn said(journey: &Journey, kind: ClaimKind) -> OwnerClaim {
    loop {
        let claims = journey.lender.desk().claims().await.unwrap();
        if let Some(claim) = claims.into_iter().find(|claim| claim.kind == kind) {
            return claim;
        }
        tokio::task::yield_now().await;
    }
}

/// OWN-12: a dispute makes the limit lighter at once; accepted, it ends it, and the page says sorry.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dispute_lowers_the_level_and_an_accepted_one_lifts_the_lock() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    phone.ask(Command::Dispute(Mistake::NotTold)).await;
    phone.hears("lighter", |t| level(2)(&t.snapshot.phase)).await;
    let claim = said(&journey, ClaimKind::Dispute).await;
    assert_eq!(claim.choice.as_deref(), Some("not_told"));
    journey
        .lender
        .desk()
        .answer(&claim.id, Answer::Accept)
        .await
        .unwrap();
    let heard = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert_eq!(heard.snapshot.released.unwrap().why, ReleaseWhy::Error);
    assert!(told(&phone, &LogWhat::Dispute));
    phone.stop().await;
}

/// OWN-12: an agreed plan lifts the lock, and no lock for the old instalment is even signed again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agreed_plan_binds_phone_and_lender() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    phone.ask(Command::Hardship(Hardship::PayLater)).await;
    said(&journey, ClaimKind::Hardship).await;
    let four = No::try_from(4).unwrap();
    let plan = PlanText {
        replaces: vec![four],
        schedule: vec!["2037-12-31=325000".parse().unwrap()],
        fee: 0.try_into().unwrap(),
        forgiven: 0.try_into().unwrap(),
    };
    let desk = journey.lender.desk();
    desk.plan(&plan).await.unwrap();
    let heard = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert_eq!(heard.snapshot.released.unwrap().why, ReleaseWhy::Plan);
    let again = desk.lock(3.try_into().unwrap(), four).await.unwrap_err();
    assert!(
        matches!(&again, LenderError::Refused(r) if r.code == Code::SPlan)
            || matches!(again, LenderError::NothingOwed),
        "{again}"
    );
    assert!(told(&phone, &LogWhat::Plan) && told(&phone, &LogWhat::Hardship));
    phone.stop().await;
}

/// OWN-16: the emergency opening is the owner's alone, once a lock; the lock is still there behind it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_emergency_opening_works_once() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    phone.ask(Command::StartOpening).await;
    phone
        .hears("open", |t| open(OpenReason::Opening)(&t.snapshot.phase))
        .await;
    let Phase::Lock(lock) = phone.now().snapshot.phase else {
        panic!("the lock is gone")
    };
    assert!(!lock.opening, "used");
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    phone.stop().await;
}

/// A stolen lock key is withdrawn: its lock is lifted and the genuine one comes back under the next number. Its spoken
/// code opens the phone with the lender gone, and a wrong one before it costs a try and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawn_key_gives_a_new_lock_and_its_code_opens_without_a_network() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    let desk = journey.lender.desk();
    desk.void(Role::Lock).await.unwrap();
    phone
        .hears(
            "lock 2",
            |t| matches!(&t.snapshot.phase, Phase::Lock(lock) if lock.id == 2),
        )
        .await;
    let Phase::Lock(lock) = phone.now().snapshot.phase else {
        panic!("not locked")
    };
    let slot = lock.code.expect("lock 2 has codes").slot;
    assert_eq!(slot, 1);
    let ask = Ask {
        lock_id: None,
        slot: Slot::try_from(u64::from(slot)).unwrap(),
        operator: "desk 4".to_owned().try_into().unwrap(),
        reason: "no network".to_owned().try_into().unwrap(),
    };
    let read = desk.code(&ask).await.unwrap();
    drop(desk);
    journey.lender.shutdown().await.unwrap();
    let wrong = latchkey_core::code::with_check_digit("12345678901").unwrap();
    assert!(told(&phone, &LogWhat::Keys) && told(&phone, &LogWhat::Lock { id: 2, level: 3 }));
    let typed = |digits: &str| Command::TypeCode(Typed::new(digits).unwrap());
    phone.ask_anyway(typed(&wrong)).await;
    phone
        .hears(
            "a try counted",
            |t| matches!(&t.snapshot.phase, Phase::Lock(l) if l.code.is_some_and(|c| c.tries == 1)),
        )
        .await;
    phone.ask_anyway(typed(&read.groups)).await;
    phone
        .hears("open", |t| open(OpenReason::Code)(&t.snapshot.phase))
        .await;
    assert!(told(&phone, &LogWhat::WrongCode) && told(&phone, &LogWhat::Code { slot: 1 }));
    phone.stop().await;
}

/// OWN-05: the lender's store is put back to yesterday, before the payment; the paid phone stays open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lender_restored_from_yesterday_locks_nobody_who_paid() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    let (journey, yesterday) = journey.stop_and_copy_lender().await;
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    journey.receipt(6).await;
    let journey = journey.put_back_lender(yesterday.path()).await;
    // The old store believes in lock 1. The phone is asked, tells what it released, and stays as it is.
    phone.ask(Command::CheckIn).await;
    phone.hears_online("an answer", free).await;
    let again = journey
        .lender
        .desk()
        .lock(3.try_into().unwrap(), 4.try_into().unwrap())
        .await;
    assert!(
        again.is_err(),
        "no lawful lock stands on evidence that was paid for: {again:?}"
    );
    assert!(free(&phone.now().snapshot.phase));
    // The owner's log, newest first, tells of one lock and then of its end.
    let log = phone.now().snapshot.log;
    let place = |sought: &dyn Fn(&LogWhat) -> bool| log.iter().position(|line| sought(&line.what));
    let lock = place(&|what| matches!(what, LogWhat::Lock { .. }));
    let release = place(&|what| matches!(what, LogWhat::Release { id: 1 }));
    assert!(release.is_some() && release < lock, "{log:?}");
    let locks = log
        .iter()
        .filter(|line| matches!(line.what, LogWhat::Lock { .. }));
    assert_eq!(locks.count(), 1, "{log:?}");
    phone.stop().await;
}

/// OWN-05: an older copy of the phone's record shows the lock until the next check-in, and no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_of_the_phone_hears_of_its_release_again() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    phone.stop().await;
    let older = tempfile::tempdir().unwrap();
    copy_files(&journey.phone_dir(), older.path());
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    journey.receipt(6).await;
    phone.stop().await;
    std::fs::remove_dir_all(journey.phone_dir()).unwrap();
    copy_files(older.path(), &journey.phone_dir());
    let phone = journey.phone().await;
    phone.hears("free again", |t| free(&t.snapshot.phase)).await;
    phone.stop().await;
}

/// OWN-04: money that a provider takes back is owed again, and locks nobody without new notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chargeback_does_not_lock_again() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    let desk = journey.lender.desk();
    let payment = desk.payments().await.unwrap().pop().unwrap();
    desk.charge_back(&payment.payment).await.unwrap();
    assert!(told(&phone, &LogWhat::Release { id: 1 }));
    let owed = |t: &latchkey_agent::Told| t.snapshot.money.as_ref().is_some_and(|m| m.due_now == 325_000);
    phone.hears("owed again", owed).await;
    let lock = desk.lock(3.try_into().unwrap(), 4.try_into().unwrap()).await;
    assert!(matches!(lock, Err(LenderError::Refused(_))), "{lock:?}");
    assert!(free(&phone.now().snapshot.phase));
    phone.stop().await;
}
