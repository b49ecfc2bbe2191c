//! What owners say, and what the lender's answers do to a phone that judges by `core`.

use crate::careful::{Careful, pay};
use crate::phone::*;
use latchkey_core::command::{Command, Hardship, Mistake};
use latchkey_core::order::claims::*;
use latchkey_core::order::values::{Day, Id, No};
use latchkey_core::wire::ClaimKind;
use latchkey_lender::{Answer, Desk, NoticeText, PlanRow, PlanText};

const DAY: u64 = 86_400;

fn no(n: u64) -> No {
    n.try_into().unwrap()
}

fn row(due: u64, minor: u64) -> PlanRow {
    PlanRow {
        due: due.try_into().unwrap(),
        minor: minor.try_into().unwrap(),
    }
}

fn plan(replaces: &[u64], rows: &[(u64, u64)], fee: u64) -> PlanText {
    PlanText {
        replaces: replaces.iter().map(|n| no(*n)).collect(),
        schedule: rows.iter().map(|(due, minor)| row(*due, *minor)).collect(),
        fee: fee.try_into().unwrap(),
        forgiven: 0.try_into().unwrap(),
    }
}

async fn outcome(desk: &Desk, id: &Id) -> Option<String> {
    let all = desk.claims().await.unwrap();
    all.into_iter().find(|claim| claim.id == *id).unwrap().outcome
}

/// OWN-12: a dispute that is right ends in a release that says so.
#[tokio::test]
async fn an_accepted_dispute_is_released_as_a_mistake() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    let claim = desk.claims().await.unwrap().pop().unwrap();
    assert_eq!(
        (claim.id, claim.kind, claim.instalment),
        (id.clone(), ClaimKind::Dispute, Some(no(4)))
    );
    assert_eq!(
        (claim.choice.as_deref(), claim.answer_by_s),
        (Some("already_paid"), T + 14 * DAY)
    );
    clock.add(60);
    let sent = desk.answer(&id, Answer::Accept).await.unwrap().unwrap();
    assert_eq!(claims::<Release>(&sent.jws).why, Why::Error);
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(outcome(&desk, &id).await.as_deref(), Some("accepted"));
    let again = desk.answer(&id, Answer::Accept).await.unwrap_err();
    assert_eq!(again.code(), "resolved");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: a dispute that is wrong is answered by the same lock, once more proven, that names it.
#[tokio::test]
async fn a_rejected_dispute_is_answered_by_a_new_lock_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Dispute(Mistake::NotTold)).await;
    clock.add(60);
    let sent = desk.answer(&id, Answer::Reject).await.unwrap().unwrap();
    let lock: Lock = claims(&sent.jws);
    assert_eq!(
        (lock.lock_id.get(), lock.level.get(), lock.answers),
        (2, 3, Some(id.clone()))
    );
    assert_eq!((lock.since.get(), lock.codes.len()), (T, 4));
    phone.check_in().await;
    assert_eq!(
        (phone.state.mode_word(), phone.state.lock_id()),
        ("locked", Some(2))
    );
    assert_eq!(outcome(&desk, &id).await.as_deref(), Some("rejected"));
    clock.add(30 * DAY);
    phone.check_in().await;
    assert_eq!(
        phone.state.mode_word(),
        "locked",
        "an answered dispute never lapses"
    );
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// What an owner wrote is read by nobody for ever; that something was said and how it ended stays.
#[tokio::test]
async fn an_owners_words_are_forgotten_ninety_days_after_they_were_said() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let phone = Phone::locked(&sandbox, &clock).await;
    for (no, text) in [(4, "I paid this"), (5, "and this")] {
        let claim = latchkey_core::wire::ClaimRequest {
            id: fresh_id(),
            kind: ClaimKind::Paid,
            lock_id: 1.try_into().unwrap(),
            instalment: Some(no.try_into().unwrap()),
            choice: None,
            text: Some(text.into()),
        };
        assert_eq!(phone.post("/v1/device/claims", &claim).await.status, 202);
    }
    let first = desk.claims().await.unwrap().remove(0).id;
    desk.answer(&first, Answer::Reject).await.unwrap();
    let words = async || {
        let claims = desk.claims().await.unwrap().into_iter();
        claims
            .map(|claim| (claim.text, claim.outcome))
            .collect::<Vec<_>>()
    };
    let rejected = || Some("rejected".to_owned());
    let open = (Some("and this".to_owned()), None);
    clock.add(90 * DAY);
    desk.forget().await.unwrap();
    assert_eq!(
        words().await,
        [(Some("I paid this".to_owned()), rejected()), open.clone()]
    );
    clock.add(1);
    desk.forget().await.unwrap();
    assert_eq!(words().await, [(None, rejected()), open]);
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: nobody has to remember an unanswered dispute: the server releases by itself.
#[tokio::test]
async fn a_dispute_that_nobody_answered_in_time_is_released_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Dispute(Mistake::NewPlan)).await;
    clock.add(14 * DAY - 1);
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "locked");
    clock.add(1);
    let answer = phone.check_in().await;
    let release = answer
        .orders
        .iter()
        .find(|o| typ(&o.jws) == typ::RELEASE)
        .unwrap();
    assert_eq!(claims::<Release>(&release.jws).why, Why::Error);
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(outcome(&desk, &id).await.as_deref(), Some("lapsed"));
    clock.add(1);
    let refused = desk.lock(3.try_into().unwrap(), no(4)).await.unwrap_err();
    assert_eq!(refused.code(), "p_notice_count", "its notices are spent");
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: a plan binds the lender: the lock is over, and what it replaced never locks again.
#[tokio::test]
async fn a_plan_lifts_the_lock_and_what_it_replaced_never_locks_again() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Hardship(Hardship::PayLess)).await;
    let wrong = desk.answer(&id, Answer::Accept).await.unwrap_err();
    assert_eq!(wrong.code(), "wrong_answer");
    clock.add(60);
    let today = T / DAY;
    let text = plan(&[4], &[(today + 10, 163_000), (today + 40, 163_000)], 1_000);
    let sent = desk.plan(&text).await.unwrap();
    let told: Plan = claims(&sent.jws);
    let rows: Vec<_> = told.schedule.iter().map(|r| (r.0.get(), r.2.get())).collect();
    assert_eq!(rows, [(13, 163_000), (14, 163_000)]);
    let answer = phone.check_in().await;
    let kinds: Vec<_> = answer.orders.iter().map(|o| typ(&o.jws)).collect();
    assert_eq!(kinds, [typ::PLAN, typ::TERMS]);
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(outcome(&desk, &id).await.as_deref(), Some("plan"));
    let owed = desk.owed().await.unwrap();
    assert_eq!(
        (owed.total.get(), owed.due_now.get(), owed.left.get()),
        (3_901_000, 0, 2_926_000)
    );

    let notice = NoticeText {
        notice_no: 1.try_into().unwrap(),
        instalment: no(4),
        channels: vec![Channel::Sms],
    };
    assert_eq!(desk.notice(&notice).await.unwrap_err().code(), "s_plan");
    let refused = desk.lock(3.try_into().unwrap(), no(4)).await.unwrap_err();
    assert_eq!(refused.code(), "s_plan");
    assert_eq!(desk.plan(&text).await.unwrap_err().code(), "s_plan", "once");

    // A wiped phone hears of the plan, and of no lock.
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    let set = wiped.check_in().await;
    assert_eq!(wiped.state.mode_word(), "free");
    assert!(set.orders.iter().any(|o| typ(&o.jws) == typ::PLAN));
    assert!(set.orders.iter().all(|o| typ(&o.jws) != typ::LOCK));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_a_plan_added_locks_by_its_own_notices() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let today = T / DAY;
    desk.plan(&plan(&[4], &[(today + 1, 325_000)], 0)).await.unwrap();
    phone.check_in().await;
    clock.add(2 * DAY);
    for (notice_no, days) in [(1, 7), (2, 3)] {
        let text = NoticeText {
            notice_no: notice_no.try_into().unwrap(),
            instalment: no(13),
            channels: vec![Channel::Sms],
        };
        desk.notice(&text).await.unwrap();
        phone.check_in().await;
        clock.add(days * DAY);
    }
    desk.lock(3.try_into().unwrap(), no(13)).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "locked");
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_return_that_the_clerk_confirms_settles_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Return).await;
    assert_eq!(outcome(&desk, &id).await, None, "recorded, and nothing else");
    let sent = desk.answer(&id, Answer::Accept).await.unwrap().unwrap();
    assert_eq!(
        claims::<Settle>(&sent.jws).settled_on,
        Day::try_from(T / DAY).unwrap()
    );
    phone.check_in().await;
    assert!(phone.state.settled());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_payment_ends_what_was_said_about_its_instalment() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let said = phone.does(Command::Paid).await;
    let disputed = phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    clock.add(60);
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(outcome(&desk, &said).await.as_deref(), Some("booked"));
    assert_eq!(outcome(&desk, &disputed).await.as_deref(), Some("paid"));
    sandbox.shutdown().await.unwrap();
}
