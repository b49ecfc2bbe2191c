//! The state table of protocol §4, on signed orders.

mod cells;
mod granted;
mod hostile;
mod owner;
mod props;
mod table;

use super::*;
use crate::journal::{Entry, LostWhy};
use crate::order::claims::{Channel, Lock, LockState, Order, RefKind, Why};
use crate::order::verify_status;
use crate::refusal::Refusal;
use crate::signer::{T, World, device, id, list, num, text};
use crate::time::{Anchor, BootId};

/// A phone in a test: its state, its journal, its clock, and the lender's counter.
#[derive(Clone)]
pub(super) struct Phone {
    pub(super) world: World,
    pub(super) state: State,
    pub(super) entries: Vec<Entry>,
    pub(super) now: Now,
    pub(super) seq: u64,
    pub(super) effects: Effects,
}

impl Phone {
    /// Enrolled under key set 1; online since a second; nothing asked yet.
    pub(super) fn new() -> Phone {
        let world = World::new();
        let boot = BootId([1; 16]);
        let anchor = Anchor {
            now_s: T,
            boot,
            boot_ms: 1000,
        };
        let mut phone = Phone {
            state: State::new(),
            entries: Vec::new(),
            now: Now {
                boot,
                boot_ms: 1000,
                anchor: Some(anchor),
                wall_s: None,
            },
            seq: 0,
            effects: Effects::default(),
            world,
        };
        let agreement = phone.world.agreement();
        phone.enrol(&agreement);
        phone
    }

    /// Enrolled under another profile.
    pub(super) fn under(profile: &str) -> Phone {
        let mut phone = Phone::new();
        (phone.state, phone.entries) = (State::new(), Vec::new());
        let agreement = String::from_utf8(phone.world.agreement()).unwrap();
        let agreement = agreement.replace(r#""profile":"demo""#, &format!(r#""profile":"{profile}""#));
        phone.enrol(agreement.as_bytes());
        phone
    }

    /// A phone of the strict sandbox, with what it asks of notices.
    pub(super) fn strict() -> Phone {
        let mut phone = Phone::under("demo-strict");
        for n in 1..=2 {
            let mut notice = phone.world.notice(n);
            notice.channels = list(vec![Channel::Phone, Channel::Sms]);
            phone.order(Order::Notice(notice)).unwrap();
        }
        phone
    }

    /// A lock as the strict sandbox wants it.
    pub(super) fn strict_lock(&self, n: u64, level: u64) -> Lock {
        let mut lock = self.world.lock_claims(n);
        (lock.profile, lock.level) = (text("demo-strict"), num(level));
        lock.refs = list(vec![(RefKind::Approval, text("R-77"), num(T - 86_400))]);
        lock.agreement = self.state.contract.as_ref().unwrap().sha.clone();
        lock
    }

    /// Enrolled under an agreement that grants kinder values.
    pub(super) fn softer(values: &str) -> Phone {
        let mut phone = Phone::new();
        (phone.state, phone.entries) = (State::new(), Vec::new());
        let agreement = String::from_utf8(phone.world.agreement()).unwrap();
        let agreement = agreement.replace(r#""paper""#, &format!(r#""softer":{{{values}}},"paper""#));
        phone.enrol(agreement.as_bytes());
        phone.notices();
        let mut lock = phone.world.lock_claims(1);
        lock.agreement = phone.state.contract.as_ref().unwrap().sha.clone();
        phone.order(Order::Lock(lock)).unwrap();
        phone
    }

    fn enrol(&mut self, agreement: &[u8]) {
        let enrolled = Ask::Enrolled {
            device: device(),
            agreement,
        };
        self.ask(&enrolled).unwrap();
        self.ask(&Ask::Trust(&self.world.root_bundle())).unwrap();
        self.ask(&Ask::Trust(&self.world.keys_bundle(1))).unwrap();
    }

    /// Takes both notices.
    pub(super) fn notices(&mut self) {
        for n in 1..=2 {
            self.order(Order::Notice(self.world.notice(n))).unwrap();
        }
    }

    /// Locked by lock 1 on two notices, with terms.
    pub(super) fn locked() -> Phone {
        let mut phone = Phone::new();
        for n in 1..=2 {
            phone.order(Order::Notice(phone.world.notice(n))).unwrap();
        }
        phone.order(Order::Terms(phone.world.terms_claims(1))).unwrap();
        phone.order(Order::Lock(phone.world.lock_claims(1))).unwrap();
        phone.status(LockState::Locked);
        assert_eq!(phone.state.mode_word(), "locked");
        phone
    }

    pub(super) fn ask(&mut self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let entry = judge(&self.state, ask, &self.now)?;
        self.store(entry);
        Ok(())
    }

    pub(super) fn store(&mut self, entry: Entry) {
        let (state, effects) = apply(std::mem::take(&mut self.state), &entry);
        self.state = state;
        self.effects = effects;
        self.entries.push(entry);
    }

    /// Delivers a signed order under the next number; a refusal is stored as the agent stores it.
    pub(super) fn order(&mut self, order: Order) -> Result<(), Refusal> {
        let token = self.world.sign(&order);
        self.token(&token)
    }

    pub(super) fn token(&mut self, token: &str) -> Result<(), Refusal> {
        self.seq += 1;
        let (seq, jti) = (num(self.seq), id(&format!("delivery-{}", self.seq)));
        let ask = Ask::Order {
            seq,
            jti: jti.clone(),
            token: token.as_bytes(),
        };
        let done = self.ask(&ask);
        if let Err(refusal) = &done
            && let Some(entry) = refused(&self.state, seq, &jti, token.as_bytes(), refusal, &self.now)
        {
            self.store(entry);
        }
        done
    }

    /// An order signed, but not delivered under a new number: only what `judge` says.
    pub(super) fn would(&self, order: Order) -> Result<(), Refusal> {
        let mut phone = self.clone();
        phone.order(order)
    }

    /// A status that knows all that was delivered.
    pub(super) fn status(&mut self, lock_state: LockState) {
        let now_s = self.now.trusted_s().unwrap_or(T);
        let head = id(&format!("delivery-{}", self.seq));
        let head = (self.seq > 0).then_some((self.seq, &head));
        let mut claims = self.world.status_claims(&id("nonce"), now_s, head);
        claims.lock_state = lock_state;
        let token = self.world.sign_status(&claims);
        let status = verify_status(token.as_bytes(), self.state.trust(), &device(), &id("nonce")).unwrap();
        let _ = self.ask(&Ask::Status(&status));
    }

    pub(super) fn command(&mut self, command: Command) -> Result<(), Refusal> {
        let fresh = id(&format!("claim-{}", self.entries.len()));
        self.ask(&Ask::Command(command, fresh))
    }

    /// The server took what waited.
    pub(super) fn sent(&mut self) {
        let outbox = self.state.outbox();
        let sent = Ask::Sent {
            receipts_to: outbox.receipts.iter().map(|r| r.seq).max(),
            claims: outbox.claims.iter().map(|c| c.id.clone()).collect(),
            settle: false,
        };
        let _ = self.ask(&sent);
    }

    /// Time passes; alarms ring when they are due.
    pub(super) fn wait(&mut self, ms: u64) {
        let end = self.now.boot_ms + ms;
        while let Some(alarm) = due(&self.state, &self.now).filter(|d| d.at_ms <= end) {
            self.now.boot_ms = self.now.boot_ms.max(alarm.at_ms);
            self.ask(&Ask::Due).unwrap();
        }
        self.now.boot_ms = end;
    }

    /// The battery is pulled; the phone starts again, offline.
    pub(super) fn reboot(&mut self) {
        self.now.boot.0[0] += 1;
        self.now.boot_ms = 500;
        self.now.anchor = None;
        self.ask(&Ask::Started).unwrap();
    }

    /// Online again: an answer came just now.
    pub(super) fn anchor(&mut self, now_s: u64) {
        self.now.anchor = Some(Anchor {
            now_s,
            boot: self.now.boot,
            boot_ms: self.now.boot_ms,
        });
    }

    pub(super) fn release(&self, lock_id: u64, instalments: &[u64]) -> Order {
        Order::Release(self.world.release_claims(lock_id, Why::Paid, instalments))
    }

    pub(super) fn fold(&self) -> State {
        self.entries
            .iter()
            .fold(State::new(), |state, entry| apply(state, entry).0)
    }
}

pub(super) fn code(result: Result<(), Refusal>) -> &'static str {
    result.map_or_else(|r| r.code.as_str(), |()| "ok")
}

/// OWN-09: a lost journal is not locked; it asks, and the lock comes back with what was used of it.
#[test]
fn a_lost_journal_is_unlocked_until_the_lender_answers() {
    let mut phone = Phone::locked();
    phone.state = State::new();
    phone.entries.clear();
    let lost = Ask::Lost {
        why: LostWhy::Damaged,
        aside: Some("journal.bad-1".to_owned()),
    };
    phone.ask(&lost).unwrap();
    let agreement = phone.world.agreement();
    let enrolled = Ask::Enrolled {
        device: device(),
        agreement: &agreement,
    };
    phone.ask(&enrolled).unwrap();
    phone.ask(&Ask::Trust(&phone.world.root_bundle())).unwrap();
    phone.ask(&Ask::Trust(&phone.world.keys_bundle(1))).unwrap();
    assert_eq!(phone.effects.want, Want::Unlocked);
    assert_eq!(phone.state.mode_word(), "unknown");
    let question = phone.state.check_in(id("n"), 0, &[0; 32], "app", "preview");
    assert_eq!(question.after, None);
    for n in 1..=2 {
        phone.order(Order::Notice(phone.world.notice(n))).unwrap();
    }
    let mut lock = phone.world.lock_claims(1);
    lock.used.0.window_s = num(580);
    lock.used.0.provisional = num(1);
    phone.order(Order::Lock(lock)).unwrap();
    assert_eq!(phone.effects.want, Want::Kiosk);
    assert_eq!(phone.state.held().unwrap().used_s, 580);
    assert_eq!(phone.state.held().unwrap().claim, Claim::Spent);
}
