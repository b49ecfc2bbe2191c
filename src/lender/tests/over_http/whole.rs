//! The whole way with the real rules of the phone: every token is verified, judged and applied by `core`.

use crate::phone::*;
use latchkey_core::envelope::decode;
use latchkey_core::order::claims::*;
use latchkey_core::order::verify_status;
use latchkey_core::refusal::Code;
use latchkey_core::state::{Ask, State, apply, judge, refused};
use latchkey_core::time::{Anchor, BootId, Now};
use latchkey_core::wire::*;
use latchkey_lender::{NoticeText, Sandbox};

/// A phone that believes nothing but what `core` verified.
struct Careful {
    phone: Phone,
    state: State,
    boot_ms: u64,
    refusals: Vec<Code>,
}

impl Careful {
    async fn enrolled(sandbox: &Sandbox, clock: &Hand) -> Careful {
        let mut phone = Phone::new(sandbox, clock);
        let code = sandbox.enrol_code().await.unwrap();
        let enrolment: Enrolment = phone.enrol(&code, sandbox.serial_hash()).await.json();
        let mut careful = Careful {
            phone,
            state: State::new(),
            boot_ms: 60_000,
            refusals: Vec::new(),
        };
        let agreement = decode(enrolment.agreement.as_bytes()).unwrap();
        careful.step(&Ask::Trust(&enrolment.trust[0]));
        careful.step(&Ask::Enrolled {
            device: enrolment.device,
            agreement: &agreement,
        });
        for bundle in &enrolment.trust[1..] {
            careful.step(&Ask::Trust(bundle));
        }
        assert_eq!(careful.state.mode_word(), "unknown");
        careful
    }

    fn now(&self, anchor_s: Option<u64>) -> Now {
        let boot = BootId([1; 16]);
        Now {
            boot,
            boot_ms: self.boot_ms,
            anchor: anchor_s.map(|now_s| Anchor {
                now_s,
                boot,
                boot_ms: self.boot_ms,
            }),
            wall_s: None,
        }
    }

    fn step(&mut self, ask: &Ask<'_>) {
        let entry = judge(&self.state, ask, &self.now(None)).unwrap();
        self.state = apply(std::mem::take(&mut self.state), &entry).0;
    }

    /// One check-in as protocol §3 orders it, and the receipts.
    async fn check_in(&mut self) -> CheckInAnswer {
        self.boot_ms += 1_000;
        let nonce = fresh_id();
        let question = self
            .state
            .check_in(nonce.clone(), 0, &[0; 32], "test 1", "preview");
        let answer: CheckInAnswer = self.phone.post("/v1/device/check-in", &question).await.json();
        for bundle in &answer.trust {
            self.step(&Ask::Trust(bundle));
        }
        let device = self.state.device().unwrap().clone();
        let status = verify_status(answer.status.as_bytes(), self.state.trust(), &device, &nonce).unwrap();
        let now = self.now(Some(status.claims().now.get()));
        for order in &answer.orders {
            let token = order.jws.as_bytes();
            let ask = Ask::Order {
                seq: order.seq,
                jti: order.jti.clone(),
                token,
            };
            let entry = match judge(&self.state, &ask, &now) {
                Ok(entry) => Some(entry),
                Err(refusal) => {
                    self.refusals.push(refusal.code);
                    refused(&self.state, order.seq, &order.jti, token, &refusal, &now)
                }
            };
            self.state = apply(std::mem::take(&mut self.state), &entry.unwrap()).0;
        }
        if let Ok(entry) = judge(&self.state, &Ask::Status(&status), &now) {
            self.state = apply(std::mem::take(&mut self.state), &entry).0;
        }
        self.send().await;
        assert!(
            self.state.from_zero(status.claims(), None, &now).is_none(),
            "both believe the same"
        );
        answer
    }

    async fn send(&mut self) {
        let outbox = self.state.outbox();
        if outbox.receipts.is_empty() {
            return;
        }
        let receipts_to = outbox.receipts.last().map(|r| r.seq);
        let body = Receipts {
            receipts: outbox.receipts,
        };
        assert_eq!(self.phone.post("/v1/device/receipts", &body).await.status, 204);
        self.step(&Ask::Sent {
            receipts_to,
            claims: Vec::new(),
            settle: outbox.settle,
        });
    }

    fn told(&mut self) -> Vec<Code> {
        std::mem::take(&mut self.refusals)
    }
}

async fn pay(sandbox: &Sandbox) {
    let page = browser()
        .get(sandbox.pay_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let (_, rest) = page.split_once("name=\"intent\" value=\"").unwrap();
    let form = [("intent", rest.split('"').next().unwrap()), ("action", "pay")];
    let paid = browser()
        .post(sandbox.pay_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    assert!(paid.status().is_success());
}

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
