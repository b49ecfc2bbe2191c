//! The meter of wrong locks: which hours count, what they cost, and where it is seen.

use crate::careful::Careful;
use crate::clerk::Clerk;
use crate::console::seat;
use crate::phone::*;
use crate::providers::{Bank, said};
use latchkey_core::command::{Command, Mistake};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::{Channel, Role, Why};
use latchkey_lender::desk::{Compensation, whole};
use latchkey_lender::{Answer, Desk, NoticeText, Sandbox};
use serde_json::{Value, json};

const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
/// Rs 250 an hour, by the contract: the demo market has nothing of its own.
const PER_HOUR: u64 = 25_000;

/// A contract that pays for wrong hours, and its phone.
struct Case {
    sandbox: Sandbox,
    clock: Hand,
    clerk: Clerk,
    desk: Desk,
    phone: Careful,
    path: String,
}

impl Case {
    /// Warned twice, in time for a lock of instalment 4.
    async fn warned(dir: &std::path::Path) -> Case {
        let clock = Hand::at(T);
        let sandbox = start(dir, &clock).await;
        let scopes = "devices:read devices:enrol claims:read audit:read";
        let clerk = Clerk::of(&sandbox, &clock, None, scopes).await;
        let read = clerk
            .get(&format!("/v1/devices/{}/agreement", sandbox.device()))
            .await
            .body;
        assert_eq!(
            read.get("compensation_per_hour"),
            None,
            "the demo market pays nothing"
        );
        let bytes = decode(read["agreement"].as_str().unwrap().as_bytes()).unwrap();
        let mut agreement: Value = serde_json::from_slice(&bytes).unwrap();
        agreement["ref"] = json!("C-2");
        agreement["softer"] = json!({"compensation_minor_per_hour": PER_HOUR});
        let body = json!({"agreement": encode(agreement.to_string().as_bytes())});
        let made = clerk.post("/v1/devices", &body).await;
        assert_eq!(made.status, 201, "{:?}", made.body);
        let device = made.body["device"].as_str().unwrap().to_owned();
        let desk = sandbox
            .desk_for(None, &device.clone().try_into().unwrap())
            .unwrap();
        let code = made.body["enrol_code"].as_str().unwrap();
        let phone = Careful::enrolled_with(&sandbox, &clock, code, sandbox.serial_hash()).await;
        let mut case = Case {
            path: format!("/v1/devices/{device}"),
            sandbox,
            clock,
            clerk,
            desk,
            phone,
        };
        for (no, days) in [(1_u64, 6), (2, 3)] {
            let notice = NoticeText {
                notice_no: no.try_into().unwrap(),
                instalment: 4.try_into().unwrap(),
                channels: vec![Channel::Sms],
            };
            case.desk.notice(&notice).await.unwrap();
            case.phone.check_in().await;
            case.clock.add(days * DAY);
        }
        // A token of a client lives for five minutes.
        case.clerk = Clerk::of(&case.sandbox, &case.clock, None, scopes).await;
        case
    }

    async fn locked(dir: &std::path::Path) -> Case {
        let mut case = Case::warned(dir).await;
        case.lock().await;
        case.phone.check_in().await;
        assert_eq!(case.phone.state.mode_word(), "locked");
        case
    }

    async fn lock(&self) {
        self.desk
            .lock(2.try_into().unwrap(), 4.try_into().unwrap())
            .await
            .unwrap();
    }

    async fn due(&self) -> Vec<Compensation> {
        self.desk.compensations().await.unwrap()
    }

    /// The only row: cause, hours, minor units, and whether it goes on.
    async fn only(&self) -> (String, u64, u64, bool) {
        let mut due = self.due().await;
        assert_eq!(due.len(), 1, "{due:?}");
        let due = due.remove(0);
        assert_eq!((due.per_hour, due.currency.as_str()), (PER_HOUR, "LKR"));
        (due.cause, due.hours, due.minor, due.until_s.is_none())
    }

    async fn audited(&self) -> Vec<String> {
        let rows = self.desk.audit().await.unwrap();
        assert!(whole(&rows));
        let rows = rows.into_iter().filter(|row| row.action == "compensation");
        rows.map(|row| format!("{} {}", row.operator, row.reason))
            .collect()
    }
}

/// OWN-12: who was right in a dispute is owed each hour that has begun, from the lock on the phone to its end there.
#[tokio::test]
async fn an_accepted_dispute_counts_the_hours_until_the_phone_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::locked(dir.path()).await;
    let taken = case.clock.now();
    let id = case.phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    case.clock.add(5 * HOUR + 1_800);
    assert_eq!(case.due().await, [], "nothing is found wrong yet");
    case.desk.answer(&id, Answer::Accept).await.unwrap();
    assert_eq!(case.only().await, ("dispute".into(), 6, 6 * PER_HOUR, true));
    case.clock.add(2_400);
    case.phone.check_in().await;
    let told = ("dispute".to_owned(), 7, 7 * PER_HOUR, false);
    assert_eq!(case.only().await, told);
    case.clock.add(10 * HOUR);
    case.phone.check_in().await;
    assert_eq!(case.only().await, told, "it stands still");
    assert_eq!(
        case.audited().await,
        ["meter dispute: 7 hours at 25000 = 175000 LKR, minor units"]
    );

    let scopes = "devices:read claims:read";
    let clerk = Clerk::of(&case.sandbox, &case.clock, None, scopes).await;
    let agreement = clerk.get(&format!("{}/agreement", case.path)).await.body;
    assert_eq!(agreement["compensation_per_hour"], PER_HOUR);
    let device = case.path.rsplit('/').next().unwrap();
    let row = json!({"lock_id": 1, "cause": "dispute", "claim": format!("{device}.{id}"), "from": taken,
        "until": taken + 6 * HOUR + 600, "hours": 7, "per_hour": PER_HOUR, "minor": 7 * PER_HOUR});
    let money = clerk.get(&format!("{}/timeline", case.path)).await.body;
    assert_eq!(money["compensations"], json!([row]));
    let claim = clerk.get(&format!("/v1/claims/{device}.{id}")).await.body;
    assert_eq!(claim["compensation"], row);
    let list = clerk.get("/v1/claims").await.body;
    assert_eq!(list["claims"][0]["compensation"], row);
    let mut seat = seat(&case.sandbox, "devices:read audit:read").await;
    seat.get("/console/phones?q=C-2").await;
    for told in [
        "Owed to the owner",
        "1,750.00",
        "hours begun 7",
        "dispute: 7 hours",
    ] {
        assert!(seat.page.contains(told), "{told}: {}", seat.page);
    }
    case.sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_was_right_or_never_reached_the_phone_costs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::warned(dir.path()).await;
    case.lock().await;
    // Withdrawn before the phone took it.
    case.desk.release(Why::Error).await.unwrap();
    case.clock.add(HOUR);
    assert_eq!(case.only().await, ("error".into(), 0, 0, true));
    case.phone.check_in().await;
    assert_eq!(case.due().await, []);
    assert_eq!(case.audited().await, Vec::<String>::new());
    case.sandbox.shutdown().await.unwrap();

    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::locked(dir.path()).await;
    let id = case.phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    case.clock.add(HOUR);
    case.desk.answer(&id, Answer::Reject).await.unwrap();
    case.phone.check_in().await;
    case.desk.release(Why::Goodwill).await.unwrap();
    case.phone.check_in().await;
    assert_eq!(
        case.due().await,
        [],
        "a lock that was right, lifted out of goodwill"
    );
    case.sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_mistake_that_is_found_later_counts_from_the_first_lock_of_its_chain() {
    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::locked(dir.path()).await;
    let id = case.phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    case.clock.add(3 * HOUR);
    case.desk.answer(&id, Answer::Reject).await.unwrap();
    case.phone.check_in().await;
    case.clock.add(3 * HOUR);
    case.desk.release(Why::Error).await.unwrap();
    case.phone.check_in().await;
    assert_eq!(case.only().await, ("error".into(), 6, 6 * PER_HOUR, false));
    case.sandbox.shutdown().await.unwrap();
}

/// OWN-12: silence is no answer: an unanswered dispute was right.
#[tokio::test]
async fn a_dispute_that_nobody_answered_counts_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::locked(dir.path()).await;
    case.phone.does(Command::Dispute(Mistake::NewPlan)).await;
    case.clock.add(14 * DAY);
    case.phone.check_in().await;
    assert_eq!(case.phone.state.mode_word(), "free");
    assert_eq!(
        case.only().await,
        ("lapsed".into(), 14 * 24, 14 * 24 * PER_HOUR, false)
    );
    case.sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_lock_that_nobody_can_prove_any_more_after_a_key_went_void_counts() {
    let dir = tempfile::tempdir().unwrap();
    let mut case = Case::locked(dir.path()).await;
    case.clock.add(90 * 60);
    case.desk.void(Role::Lock).await.unwrap();
    case.phone.check_in().await;
    assert_eq!(case.phone.state.lock_id(), Some(2), "proven again by a fresh key");
    assert_eq!(case.due().await, []);
    case.desk.void(Role::Terms).await.unwrap();
    case.phone.check_in().await;
    case.phone.check_in().await;
    assert_eq!(case.phone.state.mode_word(), "free");
    assert_eq!(case.only().await, ("void".into(), 2, 2 * PER_HOUR, false));
    assert_eq!(case.audited().await.len(), 1);
    case.sandbox.shutdown().await.unwrap();
}

/// A payment that a provider told late: what came before the lock makes it wrong; what came under it costs the hours
/// after the market's hour to restore.
#[tokio::test]
async fn a_payment_that_was_told_late_counts_from_when_the_phone_had_to_be_open() {
    for (paid_at, told) in [
        (0, Some(("provider", 10))),
        (9 * DAY + 2 * HOUR, Some(("late", 7))),
        (9 * DAY + 9 * HOUR + 1, None),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut case = Case::locked(dir.path()).await;
        let bank = Bank::of(&case.sandbox, dir.path(), &case.clock);
        case.clock.add(10 * HOUR);
        let data = json!({"reference": "p-1", "about": "C-2", "minor": 325_000, "cur": "LKR", "paid_at": T + paid_at});
        let body = json!({"type": "payment.paid", "data": data}).to_string();
        let request = bank.signed("m-1", &body, case.clock.now());
        assert_eq!(bank.send(request).await, said(200, "booked"));
        case.phone.check_in().await;
        assert_eq!(case.phone.state.mode_word(), "free");
        match told {
            Some((cause, hours)) => {
                assert_eq!(
                    case.only().await,
                    (cause.to_owned(), hours, hours * PER_HOUR, false)
                );
            }
            None => assert_eq!(case.due().await, []),
        }
        case.sandbox.shutdown().await.unwrap();
    }
}
