//! The protocol's state table, searched exhaustively over the real `judge` and `apply`.
//!
//! The world is hostile: every signed order is at hand from the start and may arrive at any time, in any order, any
//! number of times. Beside them: the owner's commands, time, restarts, a reboot, one lost journal or one restored copy of
//! the moment the phone was first locked. A crash between append and receipt is a restart after the entry, and the same
//! order again. Bounds: two lock numbers (three locks), two instalments, two lock keys, two backups, one boot. Absolute
//! time stands still at `T`; clocks run.
//!
//! One search over everything would not end, so there are three, each over what can touch each other: `Storage` (all
//! orders that bind and free, two keys, a lost or restored journal), `Relief` (plans, disputes and their answers, levels,
//! reminders, silence), `Openings` (emergency opening, spoken codes, grace, claim and backup against each other).
//!
//! States are compared without what only grows (log, outbox), and with clocks as if boot time began now.

#![expect(clippy::unwrap_used, reason = "what the model is built from must be there")]

#[path = "model/signed.rs"]
mod signed;

use latchkey_core::code::CodeProof;
use latchkey_core::command::{Command, Hardship, Mistake};
use latchkey_core::journal::{Body, Entry, LostWhy};
use latchkey_core::order::claims::{Order, Status};
use latchkey_core::order::{Verified, verify_order, verify_status};
use latchkey_core::refusal::Refusal;
use latchkey_core::snapshot::{Claim, Dispute, Mode, OpenReason, Phase, ProofPart};
use latchkey_core::state::{Ask, State, Want, apply, due, judge, judge_order, refused, snapshot};
use latchkey_core::time::{Anchor, BootId, Now};
use latchkey_tests::signer::{T, World, device, id, num};
use signed::{key_set, next_root, notice, tokens, typed};
use stateright::{Checker as _, Model, Property};
use std::hash::{Hash, Hasher};

const MINUTE: u64 = 60_000;
/// Backups that the owner starts.
const BACKUPS: u8 = 2;
/// Codes that the owner types.
const TYPES: u8 = 3;

/// What a search is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Storage,
    Relief,
    Openings,
}

/// The phone and the little that its world remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phone {
    state: State,
    /// Trusted time in this boot.
    online: bool,
    booted: bool,
    backups: u8,
    typed: u8,
    /// Plans that were taken: for instalments 3 and 4.
    planned: [bool; 2],
    /// Seconds that backups really ran, under locks 1 and 2.
    ran_s: [u64; 2],
    copy: Copy,
    /// What went wrong on the way here.
    broken: Option<&'static str>,
}

impl Hash for Phone {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let copy = match &self.copy {
            Copy::None => 0,
            Copy::Over => 1,
            Copy::Taken(state) => state.fingerprint(),
        };
        let rest = (self.online, self.booted, self.backups, self.ran_s, self.broken);
        let rest = (rest, self.typed, self.planned);
        (self.state.fingerprint(), copy, rest).hash(hasher);
    }
}

/// The one misfortune that storage may have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copy {
    /// Nothing taken yet.
    None,
    /// Taken when the phone was first locked by lock 1.
    Taken(Box<State>),
    /// Put back, or the journal was lost: no more of it.
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    Order(usize),
    Keys,
    Status {
        caught_up: bool,
    },
    Online,
    Paid,
    StartBackup,
    StopBackup,
    /// Milliseconds pass.
    Pass(u64),
    Restart,
    Boot,
    Lose,
    Restore,
    Dispute,
    /// "I cannot pay now" and "I want to give the phone back".
    Messages,
    /// A new root, by the will of the old one.
    Root,
    StartOpening,
    /// A code of 12 or of 16 digits, without a slip.
    Type(bool),
    /// The code that was typed is the right one of its slot.
    Right,
    /// 30 days of network without a word.
    Silence,
}

/// A token, and what its verification gives under key sets 1 and 2.
struct Signed {
    name: &'static str,
    token: String,
    verified: [Result<Verified<Order>, Refusal>; 2],
}

struct Lender {
    scope: Scope,
    /// Proofs of the right codes of locks 1 and 2.
    proofs: Vec<CodeProof>,
    fresh: State,
    /// After *lost* and a new enrolment.
    lost: State,
    orders: Vec<Signed>,
    /// Key set 2, judged once: what `judge` says of it depends on nothing but the trust before it.
    keys: Entry,
    /// Root 2, judged once.
    root: Entry,
    /// A status whose head is not, or is, the last order that was taken.
    statuses: [Verified<Status>; 2],
}

fn now(online: bool) -> Now {
    let boot = BootId::default();
    let anchor = Anchor {
        now_s: T,
        boot,
        boot_ms: 0,
    };
    Now {
        boot,
        boot_ms: 0,
        anchor: online.then_some(anchor),
        wall_s: None,
    }
}

fn enrolled(world: &World, mut state: State) -> State {
    let agreement = world.agreement();
    let root = world.root_bundle();
    let keys = world.sign_keys(&key_set(world, 1));
    let asks = [
        Ask::Enrolled {
            device: device(),
            agreement: &agreement,
        },
        Ask::Trust(&root),
        Ask::Trust(&keys),
    ];
    for ask in asks {
        state = apply(state.clone(), &judge(&state, &ask, &now(true)).unwrap()).0;
    }
    state
}

impl Lender {
    fn new(scope: Scope) -> Lender {
        let world = World::new();
        let fresh = enrolled(&world, State::new());
        let keys = world.sign_keys(&key_set(&world, 2));
        let trusts = [fresh.trust().clone(), fresh.trust().accept(&keys).unwrap()];
        let sign = |order: Order| world.sign(&order);
        let (tokens, proofs) = tokens(scope, &world);
        let orders = tokens.into_iter().map(|(name, token)| Signed {
            name,
            verified: [0, 1].map(|n: usize| verify_order(token.as_bytes(), &trusts[n], &device())),
            token,
        });
        let status = |head: &str| {
            let status = world.status_claims(&id("nonce"), T, Some((1, &id(head))));
            let token = world.sign_status(&status);
            verify_status(token.as_bytes(), &trusts[0], &device(), &id("nonce")).unwrap()
        };
        let why = LostWhy::Missing;
        let lost = judge(&State::new(), &Ask::Lost { why, aside: None }, &now(true)).unwrap();
        let lost = enrolled(&world, apply(State::new(), &lost).0);
        let mut lender = Lender {
            scope,
            proofs,
            lost,
            orders: orders.collect(),
            root: judge(&fresh, &Ask::Trust(&next_root(&world)), &now(true)).unwrap(),
            keys: judge(&fresh, &Ask::Trust(&keys), &now(true)).unwrap(),
            statuses: [status("another"), status("delivery")],
            fresh,
        };
        // The notices of instalment 3 are held from the start; those of 4 come when they like.
        for no in 1..=2 {
            let token = sign(Order::Notice(notice(&world, 3, no)));
            let jti = id(&format!("early-{no}"));
            let ask = Ask::Order {
                seq: num(no),
                jti,
                token: token.as_bytes(),
            };
            let entry = judge(&lender.fresh, &ask, &now(true)).unwrap();
            lender.fresh = apply(lender.fresh, &entry).0;
        }
        // Its first answer was read: *fresh* goes on, the floor is today.
        for state in [&mut lender.fresh, &mut lender.lost] {
            let entry = judge(state, &Ask::Status(&lender.statuses[0]), &now(true)).unwrap();
            *state = apply(state.clone(), &entry).0.forgotten(&now(true));
        }
        lender
    }

    fn named(&self, name: &str) -> usize {
        self.orders.iter().position(|order| order.name == name).unwrap()
    }

    /// Delivers an order as the agent does: what is refused is stored too.
    fn deliver(&self, state: &State, order: usize, now: &Now) -> Option<Entry> {
        let signed = &self.orders[order];
        let (seq, jti, token) = (num(1), id("delivery"), signed.token.as_bytes());
        let set = usize::from(state.trust().keys_version() == 2);
        let judged = match &signed.verified[set] {
            Ok(verified) => judge_order(state, seq, &jti, token, verified, now),
            Err(refusal) => Err(*refusal),
        };
        judged.map_or_else(|refusal| refused(state, seq, &jti, token, &refusal, now), Some)
    }

    fn ask(&self, state: &State, ask: &Ask<'_>, now: &Now) -> Option<Entry> {
        judge(state, ask, now).ok()
    }
}

impl Lender {
    /// Backups, claims and openings, and time for them.
    fn runs(&self, phone: &Phone, steps: &mut Vec<Step>, backups: u8) {
        let mode = phone.state.mode_word();
        match mode {
            "backup" => steps.extend([Step::StopBackup, Step::Restart, Step::Pass(5 * MINUTE)]),
            "locked" if phone.backups < backups => steps.push(Step::StartBackup),
            "open" if !phone.state.claim_running() => {
                steps.extend([Step::StartBackup, Step::Pass(24 * 60 * MINUTE)]);
            }
            _ => {}
        }
        if phone.state.lock_id().is_some() {
            steps.push(Step::Paid);
        }
        if mode != "backup" && phone.state.claim_running() {
            steps.push(Step::Pass(60 * MINUTE));
        }
    }
}

impl Phone {
    fn store(&mut self, entry: Option<Entry>) -> bool {
        let Some(entry) = entry else { return false };
        if let Body::Lease { used_s, .. } | Body::LeaseEnd { used_s, .. } = entry.body
            && used_s > 600
        {
            self.broken = Some("more than 600 s charged");
        }
        self.state = apply(std::mem::take(&mut self.state), &entry).0;
        true
    }

    /// Time passes. In a backup alarms ring in time; else they are late, so that ticks do not multiply states.
    fn pass(&mut self, ms: u64, now: &mut Now) {
        let end = now.boot_ms + ms;
        while self.state.effects().want == Want::Backup && now.boot_ms < end {
            let alarm = due(&self.state, now).unwrap().at_ms.min(end);
            let lock_id = self.state.lock_id().unwrap();
            self.ran_s[lock_id as usize - 1] += (alarm - now.boot_ms) / 1000;
            now.boot_ms = alarm;
            while self.store(judge(&self.state, &Ask::Due, now).ok()) {}
        }
        now.boot_ms = end;
        while self.store(judge(&self.state, &Ask::Due, now).ok()) {}
    }

    fn view(&self) -> (Phase, u32) {
        let shown = snapshot(&self.state, &now(self.online));
        (shown.phase, self.state.released_through())
    }
}

impl Model for Lender {
    type State = Phone;
    type Action = Step;

    fn init_states(&self) -> Vec<Phone> {
        vec![Phone {
            state: self.fresh.clone(),
            online: true,
            booted: false,
            backups: 0,
            typed: 0,
            planned: [false; 2],
            ran_s: [0; 2],
            copy: Copy::None,
            broken: None,
        }]
    }

    fn actions(&self, phone: &Phone, steps: &mut Vec<Step>) {
        steps.extend((0..self.orders.len()).map(Step::Order));
        if phone.online {
            steps.extend([false, true].map(|caught_up| Step::Status { caught_up }));
        } else {
            steps.push(Step::Online);
        }
        if !phone.booted {
            steps.push(Step::Boot);
        }
        match self.scope {
            Scope::Storage => {
                if phone.state.trust().keys_version() == 1 && !phone.state.settled() {
                    steps.push(Step::Keys);
                }
                if phone.copy != Copy::Over {
                    steps.push(Step::Lose);
                }
                if matches!(phone.copy, Copy::Taken(_)) {
                    steps.push(Step::Restore);
                }
                self.runs(phone, steps, BACKUPS);
            }
            Scope::Relief => {
                if phone.state.trust().root_version() == 1 && !phone.state.settled() {
                    steps.push(Step::Root);
                }
                steps.extend([Step::Dispute, Step::Messages]);
                if phone.state.lock_id().is_some() {
                    steps.extend([Step::Silence, Step::Pass(24 * 60 * MINUTE)]);
                    steps.extend((phone.state.mode_word() == "locked").then_some(Step::StartOpening));
                }
            }
            Scope::Openings => {
                self.runs(phone, steps, 1);
                if phone.state.lock_id().is_some() {
                    steps.push(Step::StartOpening);
                    if phone.typed < TYPES {
                        steps.extend([false, true].map(Step::Type));
                    }
                }
                if phone.state.challenge().is_some() {
                    steps.push(Step::Right);
                }
            }
        }
    }

    fn next_state(&self, last: &Phone, step: Step) -> Option<Phone> {
        let mut phone = last.clone();
        let mut now = now(phone.online);
        let command = |command| Ask::Command(command, id("claim"));
        match step {
            Step::Order(order) => {
                phone.store(self.deliver(&last.state, order, &now));
                if !last.state.settled() {
                    phone.planned[0] |= self.orders[order].name == "plan for 3";
                    phone.planned[1] |= self.orders[order].name == "plan for 4";
                }
            }
            Step::Root => {
                phone.store(Some(self.root.clone()));
            }
            Step::Dispute => {
                let said = command(Command::Dispute(Mistake::NotTold));
                phone.store(self.ask(&last.state, &said, &now));
            }
            Step::Messages => {
                for said in [Command::Hardship(Hardship::PayLater), Command::Return] {
                    phone.store(judge(&phone.state, &command(said), &now).ok());
                }
            }
            Step::StartOpening => {
                phone.store(self.ask(&last.state, &command(Command::StartOpening), &now));
            }
            Step::Type(releases) => {
                let said = command(Command::TypeCode(typed(releases)));
                if phone.store(self.ask(&last.state, &said, &now)) {
                    phone.typed += 1;
                }
            }
            Step::Right => {
                let challenge = last.state.challenge()?;
                let slot = challenge.commitment.slot.get();
                let right = |p: &&CodeProof| p.lock_id() == challenge.lock_id && p.slot() == slot;
                let proof = *self.proofs.iter().find(right)?;
                phone.store(self.ask(&last.state, &Ask::Code(proof), &now));
            }
            Step::Silence => {
                for _ in 0..120 {
                    phone.store(judge(&phone.state, &Ask::Silence(6), &now).ok());
                }
            }
            Step::Keys => {
                phone.store(Some(self.keys.clone()));
            }
            Step::Status { caught_up } => {
                let status = &self.statuses[usize::from(caught_up)];
                phone.store(self.ask(&last.state, &Ask::Status(status), &now));
            }
            Step::Online => phone.online = true,
            Step::Paid => {
                phone.store(self.ask(&last.state, &command(Command::Paid), &now));
            }
            Step::StartBackup => {
                if phone.store(self.ask(&last.state, &command(Command::StartBackup), &now)) {
                    phone.backups += 1;
                }
            }
            Step::StopBackup => {
                phone.store(self.ask(&last.state, &command(Command::StopBackup), &now));
            }
            Step::Pass(ms) => phone.pass(ms, &mut now),
            Step::Restart => {
                phone.store(self.ask(&last.state, &Ask::Started, &now));
            }
            Step::Boot => {
                phone.booted = true;
                phone.online = false;
                now.boot = BootId([1; 16]);
                now.anchor = None;
                phone.store(self.ask(&last.state, &Ask::Started, &now));
            }
            Step::Lose => {
                phone.state = self.lost.clone();
                phone.copy = Copy::Over;
                phone.ran_s = [0; 2];
            }
            Step::Restore => {
                if let Copy::Taken(state) = std::mem::replace(&mut phone.copy, Copy::Over) {
                    phone.state = *state;
                    phone.ran_s = [0; 2];
                }
            }
        }
        if step == Step::Online || phone.state != last.state {
            phone.state = phone.state.forgotten(&now);
        }
        if phone == *last {
            return None;
        }
        let first =
            self.scope == Scope::Storage && phone.state.lock_id() == Some(1) && phone.online && !phone.booted;
        if phone.copy == Copy::None && first {
            phone.copy = Copy::Taken(Box::new(phone.state.clone()));
        }
        if !matches!(step, Step::Lose | Step::Restore) {
            phone.broken = phone.broken.or(transition(last, &phone, step));
        }
        Some(phone)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = vec![
            Property::always("no step breaks a promise", |_, phone: &Phone| {
                phone.broken.is_none()
            }),
            Property::always(
                "no lock at or below a release, without its notices, or by a void key",
                |_, phone| lock_stands(phone),
            ),
            Property::always("a backup never runs longer than 600 s", |_, phone: &Phone| {
                phone.ran_s.iter().all(|s| *s <= 600)
            }),
            Property::always("keys and release free from everywhere", frees),
            Property::always("no lock against an agreed plan", |_, phone: &Phone| {
                match phone.view().0 {
                    Phase::Lock(lock) => {
                        !(phone.planned[0] && lock.instalment == 3
                            || phone.planned[1] && lock.instalment == 4)
                    }
                    Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => true,
                }
            }),
        ];
        properties.extend(self.been());
        properties
    }
}

impl Lender {
    /// So that a search is known to have been where it matters.
    fn been(&self) -> Vec<Property<Self>> {
        match self.scope {
            Scope::Storage => Self::been_in_storage(),
            Scope::Relief => vec![
                Property::sometimes(
                    "disputed, and answered",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if lock.dispute == Some(Dispute::Answered) && lock.level == 3),
                ),
                Property::sometimes(
                    "lowered to a reminder that stands",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if lock.disputed && lock.level == 1 && lock.remind),
                ),
                Property::sometimes(
                    "lowered to nothing",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if lock.disputed && lock.level == 0),
                ),
                Property::sometimes("locked about 3 under a plan for 4", |_, phone: &Phone| {
                    phone.planned[1] && phone.state.lock_id().is_some()
                }),
            ],
            Scope::Openings => vec![
                Property::sometimes(
                    "opened by a code",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if matches!(lock.mode, Mode::Open { reason: OpenReason::Code, .. })),
                ),
                Property::sometimes(
                    "opening and code are used, and it is locked",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if !lock.opening && lock.code.is_some_and(|c| c.slot == 0) && lock.mode == Mode::Locked),
                ),
                Property::sometimes(
                    "three wrong codes",
                    |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if lock.code.is_some_and(|c| c.tries == 3)),
                ),
            ],
        }
    }

    fn been_in_storage() -> Vec<Property<Self>> {
        vec![
            Property::sometimes("locked by the second key", |_, phone: &Phone| {
                phone.state.lock_id() == Some(2) && phone.state.trust().keys_version() == 2
            }),
            Property::sometimes(
                "opened by an unanswered claim",
                |_, phone: &Phone| matches!(phone.view().0, Phase::Lock(lock) if lock.claim == Claim::Spent && lock.mode != Mode::Locked),
            ),
            Property::sometimes("the window is spent", |_, phone: &Phone| {
                phone.ran_s.contains(&600)
            }),
            Property::sometimes("settled", |_, phone: &Phone| phone.state.settled()),
        ]
    }
}

/// OWN-03, OWN-05: a lock is above everything released, its notices are held, its key is not void.
fn lock_stands(phone: &Phone) -> bool {
    let (phase, released_through) = phone.view();
    match phase {
        Phase::Lock(lock) => {
            let part = |part| lock.proof.iter().find(|proof| proof.part == part).unwrap();
            let (key, notices) = (part(ProofPart::Key), part(ProofPart::Notices));
            lock.id > released_through && key.holds && notices.holds && notices.count == 2
        }
        Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => true,
    }
}

/// OWN-04: the highest release frees from every state that was reached, offline.
fn frees(lender: &Lender, phone: &Phone) -> bool {
    let release = lender.named(if lender.scope == Scope::Relief {
        "release 3, pays 3 and 4"
    } else {
        "release 2, pays 3 and 4"
    });
    let now = now(false);
    let free = |state: &State| match lender.deliver(state, release, &now) {
        Some(entry) => apply(state.clone(), &entry).0.lock_id().is_none(),
        None => state.lock_id().is_none(),
    };
    // The state after the newest keys is a state of its own, so this asks for both ways.
    free(&phone.state)
}

/// What no single step may do, lost or restored journals aside.
fn transition(before: &Phone, after: &Phone, step: Step) -> Option<&'static str> {
    let ((old, old_released), (new, new_released)) = (before.view(), after.view());
    // OWN-06
    if before.state.settled() && old != new {
        return Some("settled moved");
    }
    // OWN-05
    if new_released < old_released {
        return Some("released_through fell");
    }
    let (Phase::Lock(old), Phase::Lock(new)) = (old, new) else {
        return None;
    };
    // OWN-08
    let same = old.instalment == new.instalment;
    let kept = match (old.claim, new.claim) {
        (Claim::None, _) => true,
        (Claim::Running { left_ms: a, .. }, Claim::Running { left_ms: b, .. }) => b <= a,
        (Claim::Running { .. }, Claim::Spent) | (Claim::Spent, Claim::Spent) => true,
        (Claim::Running { .. }, Claim::None) => false,
        (Claim::Spent, Claim::None | Claim::Running { .. }) => !same,
    };
    if !kept {
        return Some("a claim clock was reset");
    }
    // OWN-12: a step down ends by an order and by nothing else, and lowers for as long as it stands.
    if old.disputed && !new.disputed && !matches!(step, Step::Order(_)) {
        return Some("a step down ended by itself");
    }
    if new.disputed && new.level > 2 {
        return Some("a dispute lowers nothing");
    }
    if old.id == new.id {
        // OWN-16
        if !old.opening && new.opening {
            return Some("an opening came back");
        }
        if let (Some(a), Some(b)) = (old.code, new.code) {
            let back = a.slot != b.slot && b.slot == 1 || !a.release && b.release;
            let forgot = b.tries < a.tries && step != Step::Right;
            if back || forgot {
                return Some("a code or a try came back");
            }
        }
    } else if !matches!(step, Step::Order(_)) {
        return Some("a lock came without an order");
    }
    // An opening is cut by nothing but time.
    if let (Mode::Open { left_ms: a, .. }, Step::Order(_) | Step::Keys | Step::Boot) = (old.mode, step) {
        match new.mode {
            Mode::Open { left_ms: b, .. } if b >= a => {}
            Mode::Open { .. } | Mode::Locked | Mode::Backup { .. } => return Some("an opening was cut"),
        }
    }
    None
}

/// OWN-03, OWN-04, OWN-05, OWN-06, OWN-07, OWN-08: over every state that a hostile world can reach.
#[test]
fn the_promises_hold_in_every_reachable_state() {
    search(Scope::Storage);
}

/// OWN-10, OWN-12: over every state that plans, disputes, answers, levels, reminders and silence can reach.
#[test]
fn what_relieves_the_owner_holds_in_every_reachable_state() {
    search(Scope::Relief);
}

/// OWN-07, OWN-08, OWN-16: over every state that openings, codes, grace, claim and backup can reach together.
#[test]
fn openings_hold_in_every_reachable_state() {
    search(Scope::Openings);
}

#[expect(clippy::print_stdout, reason = "how far a search went")]
fn search(scope: Scope) {
    let checker = Lender::new(scope).checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    // A search that ends at once would prove nothing.
    assert!(
        checker.unique_state_count() > 1_000,
        "{}",
        checker.unique_state_count()
    );
    println!(
        "{scope:?}: {} states, {} steps",
        checker.unique_state_count(),
        checker.state_count()
    );
}
