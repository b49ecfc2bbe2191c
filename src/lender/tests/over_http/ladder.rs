//! Levels in steps, money to the last minor unit, payments that race with orders, and payments that are taken back.

use crate::careful::{Careful, pay};
use crate::clerk::Clerk;
use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_core::order::values::{Level, No};
use latchkey_lender::{Desk, NoticeText, PlanText, Sandbox};
use proptest::prelude::*;
use serde_json::json;

const DAY: u64 = 86_400;

fn no(n: u64) -> No {
    n.try_into().unwrap()
}

fn level(n: u64) -> Level {
    n.try_into().unwrap()
}

/// Both notices for an instalment, fetched by the phone when they were sent, and their time run out.
async fn warned(desk: &Desk, clock: &Hand, phone: &mut Careful, instalment: u64) {
    for (notice_no, days) in [(1, 7), (2, 3)] {
        let text = NoticeText {
            notice_no: notice_no.try_into().unwrap(),
            instalment: no(instalment),
            channels: vec![Channel::Sms],
        };
        desk.notice(&text).await.unwrap();
        phone.check_in().await;
        clock.add(days * DAY);
    }
}

#[tokio::test]
async fn a_lock_climbs_one_level_at_a_time_under_rising_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    desk.release(Why::Goodwill).await.unwrap();
    phone.check_in().await;
    clock.add(60);
    warned(&desk, &clock, &mut phone, 4).await;
    let first_at = clock.now();
    for (climb, steps) in [(1, vec![]), (2, vec![1]), (3, vec![1, 2])] {
        let sent = desk.lock(level(climb), no(4)).await.unwrap();
        let lock: Lock = claims(&sent.jws);
        let told: Vec<_> = lock.steps.iter().map(|step| u64::from(step.0.get())).collect();
        assert_eq!((told, lock.since.get()), (steps, first_at));
        assert_eq!(
            u64::from(lock.lock_id.get()),
            climb + 1,
            "the story's lock was number 1"
        );
        phone.check_in().await;
        assert_eq!(phone.state.lock_id(), Some(lock.lock_id.get()));
        let twice = desk.lock(level(climb), no(4)).await.unwrap_err();
        assert_eq!(twice.code(), "already_locked");
        clock.add(DAY);
    }
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    let set = wiped.check_in().await;
    assert_eq!(wiped.state.lock_id(), Some(4), "the highest one alone");
    assert_eq!(set.orders.iter().filter(|o| typ(&o.jws) == typ::LOCK).count(), 1);
    assert!(phone.told().is_empty() && wiped.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// OWN-03: an order before its time is not signed, and the refusal says from when it would be.
#[tokio::test]
async fn an_early_lock_is_refused_with_the_time_from_which_it_is_allowed() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    desk.release(Why::Goodwill).await.unwrap();
    clock.add(60);
    for notice_no in [1, 2] {
        let text = NoticeText {
            notice_no: u64::try_from(notice_no).unwrap().try_into().unwrap(),
            instalment: no(4),
            channels: vec![Channel::Sms],
        };
        desk.notice(&text).await.unwrap();
    }
    let before = desk.offered().await.unwrap().len();
    let refused = desk.lock(level(3), no(4)).await.unwrap_err();
    assert_eq!(refused.code(), "p_notice_gap");
    // Five clear days after the day of the first notice: 1 December, 00:00 UTC.
    let text = refused.to_string();
    assert!(
        text.contains("allowed from Tue, 01 Dec 2026 00:00:00 GMT"),
        "{text}"
    );
    assert_eq!(desk.offered().await.unwrap().len(), before, "nothing was signed");
    clock.add(6 * DAY);
    desk.lock(level(3), no(4)).await.unwrap();
    sandbox.shutdown().await.unwrap();
}

/// OWN-04: whoever comes first, the payment's release lifts the highest lock that was ever numbered.
#[tokio::test]
async fn a_payment_that_races_with_an_escalation_ends_free() {
    for pays_first in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hand::at(T);
        let sandbox = start(dir.path(), &clock).await;
        let desk = sandbox.desk();
        let mut phone = Careful::enrolled(&sandbox, &clock).await;
        phone.check_in().await;
        clock.add(60);
        let escalate = async {
            // Refused if the payment was booked before: nothing is owed then.
            match desk.lock(level(2), no(4)).await {
                Ok(_) => {}
                Err(e) => assert_eq!(e.code(), "nothing_owed"),
            }
        };
        if pays_first {
            tokio::join!(pay(&sandbox), escalate);
        } else {
            tokio::join!(escalate, pay(&sandbox));
        }
        phone.check_in().await;
        assert_eq!(phone.state.mode_word(), "free");
        clock.add(DAY);
        let mut wiped = Careful::enrolled(&sandbox, &clock).await;
        wiped.check_in().await;
        assert_eq!(wiped.state.mode_word(), "free");
        let after = desk.lock(level(3), no(4)).await.unwrap_err();
        assert_eq!(after.code(), "nothing_owed");
        sandbox.shutdown().await.unwrap();
    }
}

/// OWN-04: a payment that is taken back is owed again, and locks nobody without new notices and their time.
#[tokio::test]
async fn a_payment_taken_back_never_locks_again_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    clock.add(60);
    pay(&sandbox).await;
    phone.check_in().await;
    let payment = desk.payments().await.unwrap().pop().unwrap();
    clock.add(DAY);
    desk.charge_back(&payment.payment).await.unwrap();
    assert_eq!(
        desk.charge_back(&payment.payment).await.unwrap_err().code(),
        "not_found"
    );
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(phone.sees().money.unwrap().due_now, 325_000);
    assert_eq!(
        desk.lock(level(3), no(4)).await.unwrap_err().code(),
        "p_notice_count"
    );
    clock.add(60);
    warned(&desk, &clock, &mut phone, 4).await;
    desk.lock(level(3), no(4)).await.unwrap();
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "locked");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// Rs. 3,250.00
fn rupees(minor: u64) -> String {
    let (whole, part) = ((minor / 100).to_string(), minor % 100);
    let (head, tail) = whole.split_at(whole.len().saturating_sub(3));
    let comma = if head.is_empty() { "" } else { "," };
    format!("{head}{comma}{tail}.{part:02}")
}

async fn page(sandbox: &Sandbox) -> String {
    browser()
        .get(sandbox.pay_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
}

/// Asserts that phone, its code, pay page, desk and API tell the same sums.
async fn agree(step: &str, sandbox: &Sandbox, phone: &Careful, clerk: &mut Clerk) {
    let (owed, seen) = (sandbox.desk().owed().await.unwrap(), phone.sees());
    let money = seen.money.unwrap();
    assert_eq!(
        [
            money.total,
            money.paid,
            money.due_now,
            money.unlocks_now,
            money.left,
            money.fees
        ],
        [
            owed.total,
            owed.paid,
            owed.due_now,
            owed.unlocks_now,
            owed.left,
            owed.fees
        ]
        .map(|m| m.get()),
        "{step}"
    );
    assert_eq!(money.total, money.paid + money.left);
    let open: u64 = money.rows.iter().map(|row| row.2 - row.3).sum();
    let paid: u64 = money.rows.iter().map(|row| row.3).sum();
    // Terms have room for twelve rows: those around the first open one.
    if money.rows.len() < 12 {
        assert_eq!((open, paid), (money.left, money.paid), "{step}");
    } else {
        assert!(open <= money.left && paid <= money.paid, "{step}");
    }
    let page = page(sandbox).await;
    let locked = phone.state.mode_word() == "locked";
    let asked = if locked { money.unlocks_now } else { money.due_now };
    assert_eq!(seen.pay.map_or(0, |pay| pay.amount), asked, "{step}");
    assert_eq!(page.contains("<form"), asked > 0, "{step}");
    if asked > 0 {
        let amount = format!("<bdi dir=\"ltr\">Rs.\u{a0}{}</bdi></span></h1>", rupees(asked));
        assert!(page.contains(&amount), "{step}: {amount}");
    }
    for sum in [money.paid, money.total, money.left] {
        assert!(page.contains(&rupees(sum)), "{step}: {}", rupees(sum));
    }
    clerk.renew().await;
    let device = phone.state.device().unwrap();
    let told = clerk.get(&format!("/v1/devices/{device}/timeline")).await;
    for (name, sum) in [
        ("total", money.total),
        ("paid", money.paid),
        ("due_now", money.due_now),
        ("unlocks_now", money.unlocks_now),
        ("left", money.left),
        ("fees", money.fees),
    ] {
        assert_eq!(told.body[name], sum, "{step}: {name}");
    }
}

/// One thing that moves sums, of so many minor units or days.
async fn moved(what: u8, by: u64, sandbox: &Sandbox, clock: &Hand, clerk: &mut Clerk, device: &str) {
    clerk.renew().await;
    let desk = sandbox.desk();
    match what {
        0 => clock.add((by % 40 + 1) * DAY),
        1 => {
            let paid = json!({"minor": by, "reference": String::from(fresh_id())});
            clerk.post(&format!("/v1/devices/{device}/payments"), &paid).await;
        }
        2 => {
            let owed = desk.owed().await.unwrap();
            if let Some(open) = owed.rows.iter().find(|row| row.3 < row.2) {
                let left = open.2.get() - open.3.get();
                let row = latchkey_lender::PlanRow {
                    due: (clock.now() / DAY + by % 60).try_into().unwrap(),
                    minor: (left + by % 999).try_into().unwrap(),
                };
                let text = PlanText {
                    replaces: vec![open.0],
                    schedule: vec![row],
                    fee: (by % 999).try_into().unwrap(),
                    forgiven: 0.try_into().unwrap(),
                };
                let _ = desk.plan(&text).await;
            }
        }
        _ => {
            let payments = desk.payments().await.unwrap();
            if let Some(last) = payments.iter().rfind(|p| p.reversed_ms.is_none()) {
                let _ = desk.charge_back(&last.payment).await;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is paid, taken back, agreed or waited for: one sum, to the last minor unit, wherever it is told.
    #[test]
    fn every_sum_is_the_same_wherever_it_is_told(
        steps in prop::collection::vec((0_u8..4, 1_u64..700_000), 1..6),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let dir = tempfile::tempdir().unwrap();
            let clock = Hand::at(T);
            let sandbox = start(dir.path(), &clock).await;
            let mut phone = Careful::enrolled(&sandbox, &clock).await;
            let mut clerk = Clerk::with(&sandbox, &clock, "devices:read releases:write").await;
            phone.check_in().await;
            let device = phone.state.device().unwrap().to_string();
            for (n, (what, by)) in steps.iter().enumerate() {
                moved(*what, *by, &sandbox, &clock, &mut clerk, &device).await;
                phone.check_in().await;
                agree(&format!("step {n} of {steps:?}"), &sandbox, &phone, &mut clerk).await;
            }
            sandbox.shutdown().await.unwrap();
        });
    }
}

/// OWN-04: the sum on the locked screen unlocks, though an older payment was taken back under the lock.
#[tokio::test]
async fn the_sum_on_the_screen_unlocks_though_an_older_payment_was_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    let mut clerk = Clerk::with(&sandbox, &clock, "devices:read releases:write").await;
    phone.check_in().await;
    desk.release(Why::Goodwill).await.unwrap();
    phone.check_in().await;
    clock.add(60);
    warned(&desk, &clock, &mut phone, 4).await;
    clerk.renew().await;
    let payments = format!("/v1/devices/{}/payments", sandbox.device());
    let part = json!({"minor": 225_000, "reference": "p-1"});
    assert_eq!(clerk.post(&payments, &part).await.status, 201);
    desk.lock(level(3), no(4)).await.unwrap();
    phone.check_in().await;
    agree("locked", &sandbox, &phone, &mut clerk).await;
    let first = desk.payments().await.unwrap().pop().unwrap();
    desk.charge_back(&first.payment).await.unwrap();
    phone.check_in().await;
    agree("taken back", &sandbox, &phone, &mut clerk).await;
    assert_eq!(phone.sees().pay.unwrap().amount, 100_000);
    let part = json!({"minor": 40_000, "reference": "p-2"});
    let told = clerk.post(&payments, &part).await;
    assert_eq!(told.body["released"], false);
    phone.check_in().await;
    agree("a part", &sandbox, &phone, &mut clerk).await;
    assert_eq!(phone.sees().pay.unwrap().amount, 60_000);
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    agree("paid", &sandbox, &phone, &mut clerk).await;
    assert_eq!(desk.owed().await.unwrap().unlocks_now.get(), 225_000, "still due");
    let refused = desk.lock(level(3), no(4)).await.unwrap_err();
    assert_eq!(refused.code(), "p_notice_count", "its notices are spent");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

/// Phone, pay page, desk and API tell one sum, to the last minor unit, through a whole story.
#[tokio::test]
async fn phone_page_and_desk_tell_the_same_sums_at_every_step() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    let mut clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    for step in 0..6 {
        match step {
            // Instalment 5 falls due too, while the lock stands for 4.
            1 => clock.add(20 * DAY),
            2 => pay(&sandbox).await,
            3 => {
                let due = (clock.now() / DAY + 5).try_into().unwrap();
                let row = latchkey_lender::PlanRow {
                    due,
                    minor: 325_777.try_into().unwrap(),
                };
                let text = PlanText {
                    replaces: vec![no(5)],
                    schedule: vec![row],
                    fee: 777.try_into().unwrap(),
                    forgiven: 0.try_into().unwrap(),
                };
                desk.plan(&text).await.unwrap();
            }
            4 => clock.add(5 * DAY),
            5 => {
                let payment = desk.payments().await.unwrap().pop().unwrap();
                desk.charge_back(&payment.payment).await.unwrap();
            }
            _ => {}
        }
        phone.check_in().await;
        agree(&format!("step {step}"), &sandbox, &phone, &mut clerk).await;
    }
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}
