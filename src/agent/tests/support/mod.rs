//! What the agent's tests share: a disk in memory, a lender without a network, and a phone between them.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a test may end here")]

pub mod http;
pub mod memory_files;
#[path = "../../../../tests/signer.rs"]
pub mod signer;

use latchkey_agent::clock::ManualClock;
use latchkey_agent::enrol::About;
use latchkey_agent::keeper::{Keeper, Standing};
use latchkey_agent::link::Got;
use latchkey_agent::ports::{LockPolicy, PolicyError};
use latchkey_agent::storage::PROVISION;
use latchkey_core::code::{self, Typed};
use latchkey_core::command::Command;
use latchkey_core::envelope;
use latchkey_core::order::claims::{Commitment, LockState, Order, Why};
use latchkey_core::order::values::{Id, Obj, Sha};
use latchkey_core::snapshot::Limits;
use latchkey_core::state::{Ask, Outbox, Want, due};
use latchkey_core::wire::{CheckIn, CheckInAnswer, Cursor, Delivery, Enrolment, Provision};
use memory_files::MemoryFiles;
use signer::{T, World, device, id, num};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

/// Remembers what it was told to enforce.
#[derive(Clone, Debug, Default)]
pub struct Platform(pub Arc<Mutex<Vec<Want>>>);

impl LockPolicy for Platform {
    fn limits(&self) -> Limits {
        Limits {
            survives_reset: false,
            preview: true,
        }
    }
    fn apply(&mut self, want: Want) -> Result<(), PolicyError> {
        self.0.lock().unwrap().push(want);
        Ok(())
    }
}

/// Who the test phone says it is.
pub fn about() -> About {
    About {
        serial_hash: Sha::from_bytes(&[3; 32]),
        app: "test/1".into(),
        adapter: "preview".into(),
    }
}

/// A provisioning file with a code, agreed at the counter.
pub fn provision(world: &World, base_url: &str, agreed: bool) -> Vec<u8> {
    let provision = Provision {
        base_url: base_url.to_owned(),
        tenant: "lender".into(),
        root: world.root_bundle(),
        market: "demo".into(),
        enrol_code: Some("code".into()),
        agreed,
    };
    serde_json::to_vec(&provision).unwrap()
}

/// Answer to an enrolment.
pub fn enrolment(world: &World) -> Enrolment {
    Enrolment {
        device: device(),
        agreement: envelope::encode(&world.agreement()),
        trust: vec![world.root_bundle(), world.keys_bundle(1)],
    }
}

/// A disk with a provisioning file.
pub fn provisioned(world: &World) -> MemoryFiles {
    let files = MemoryFiles::default();
    files.put(PROVISION, &provision(world, "http://127.0.0.1:9", true));
    files
}

/// Opens the phone.
pub fn open(files: &MemoryFiles, clock: &Arc<ManualClock>) -> Keeper {
    Keeper::open(
        Box::new(files.clone()),
        clock.clone(),
        Box::new(Platform::default()),
    )
    .unwrap()
}

/// An answer that was read half a second after its question.
pub fn got<B>(clock: &ManualClock, body: B) -> Got<B> {
    use latchkey_agent::clock::Clock as _;
    let asked_ms = clock.read().boot_ms;
    clock.advance_ms(500);
    Got {
        body,
        asked_ms,
        read_ms: asked_ms + 500,
        read_ns: (asked_ms + 500) * 1_000_000,
    }
}

/// The right code of slot 1 of the server's lock.
pub const RIGHT: &str = "12345678901";
/// A code that is wrong, and no slip.
pub const WRONG: &str = "99999999999";

/// Typed digits, with their check digit.
pub fn typed(digits: &str) -> Command {
    let code = code::with_check_digit(digits).unwrap();
    Command::TypeCode(Typed::new(&code).unwrap())
}

/// Commitments of lock 1: made once, since each costs a hash.
static CODES: LazyLock<Vec<Obj<Commitment>>> = LazyLock::new(|| {
    let code = Typed::new(&code::with_check_digit(RIGHT).unwrap()).unwrap();
    let (slot, salt, m, t) = (num(1), id("salt"), num(19456), num(2));
    let h = code::commit(&device(), 1, slot, &salt, m, t, &code).unwrap();
    vec![Obj(Commitment { slot, salt, m, t, h })]
});

/// A lender without a network: one phone's orders, in the order of their numbers, and what the phone said of them.
#[derive(Clone)]
pub struct Server {
    pub world: World,
    pub orders: Vec<(u64, Id, String)>,
    pub receipts: BTreeMap<u64, (String, u32)>,
    pub claims: usize,
    /// Orders up to here are offered.
    pub through: u64,
}

impl Server {
    /// The story of the sandbox: two notices, terms, lock 1; then the release and newer terms; then the settlement.
    pub fn new() -> Server {
        let world = World::new();
        let mut lock = world.lock_claims(1);
        lock.codes = signer::list(CODES.clone());
        let orders = [
            Order::Notice(world.notice(1)),
            Order::Notice(world.notice(2)),
            Order::Terms(world.terms_claims(1)),
            Order::Lock(lock),
            Order::Release(world.release_claims(1, Why::Paid, &[4])),
            Order::Terms(world.terms_claims(2)),
            Order::Settle(world.settle_claims()),
        ];
        let signed = orders
            .iter()
            .zip(1..)
            .map(|(o, seq)| (seq, id(&format!("order-{seq}")), world.sign(o)));
        let orders = signed.collect();
        Server {
            world,
            orders,
            receipts: BTreeMap::new(),
            claims: 0,
            through: 4,
        }
    }

    /// Answers a check-in.
    pub fn answer(&self, question: &CheckIn) -> CheckInAnswer {
        let after = question.after.as_ref().map_or(0, |Cursor { seq, .. }| seq.get());
        let offered = self.orders.iter().filter(|o| o.0 <= self.through);
        let head = offered.clone().next_back();
        let mut status =
            self.world
                .status_claims(&question.nonce, T + 120, head.map(|(seq, jti, _)| (*seq, jti)));
        status.lock_id = num(if self.received(4) && !self.received(5) {
            1
        } else {
            0
        });
        status.lock_state = if self.through >= 5 {
            LockState::None
        } else {
            LockState::Locked
        };
        let delivery = |(seq, jti, jws): &(u64, Id, String)| Delivery {
            seq: num(*seq),
            jti: jti.clone(),
            jws: jws.clone(),
        };
        CheckInAnswer {
            status: self.world.sign_status(&status),
            trust: if question.keys_version == 0 {
                vec![self.world.keys_bundle(1)]
            } else {
                vec![]
            },
            orders: offered.filter(|o| o.0 > after).map(delivery).collect(),
            more: false,
            rollback_seen: false,
        }
    }

    /// Takes receipts and claims, and goes on with the story: paid after the claim, settled after the release.
    pub fn receive(&mut self, outbox: &Outbox) {
        for receipt in &outbox.receipts {
            self.receipts
                .insert(receipt.seq.get(), (receipt.code.clone(), receipt.lock_id.get()));
        }
        self.claims += outbox.claims.len();
        if self.received(4) && self.claims > 0 {
            self.through = self.through.max(6);
        }
        if self.received(6) {
            self.through = 7;
        }
    }

    /// Whether a receipt for this order came.
    pub fn received(&self, seq: u64) -> bool {
        self.receipts.contains_key(&seq)
    }
}

/// The power went out.
#[derive(Debug)]
pub struct PowerGone;

/// The whole life of a phone, from wherever it stands now to the certificate. `used_ms` counts the window really used.
pub struct Life<'a> {
    pub files: &'a MemoryFiles,
    pub clock: &'a Arc<ManualClock>,
    pub server: &'a mut Server,
    pub used_ms: &'a mut u64,
    /// Wrong codes that were answered as such.
    pub tries: &'a mut u16,
}

impl Life<'_> {
    fn alive(&self) -> Result<(), PowerGone> {
        if self.files.is_dead() {
            Err(PowerGone)
        } else {
            Ok(())
        }
    }

    /// Goes on until nothing is left to do.
    pub fn live(&mut self, keeper: &mut Keeper) -> Result<(), PowerGone> {
        for _ in 0..40 {
            self.alive()?;
            keeper.ready();
            self.alive()?;
            match keeper.standing() {
                Standing::Done => return Ok(()),
                Standing::Enrol => {
                    let body = keeper.enrol_body(&about());
                    self.alive()?;
                    body.unwrap();
                    let done = keeper.enrolled(&enrolment(&self.server.world));
                    self.alive()?;
                    done.unwrap();
                }
                Standing::Enrolled => self.once(keeper)?,
                other @ (Standing::NotProvisioned
                | Standing::NotAgreed
                | Standing::Refetch
                | Standing::Blocked(_)) => panic!("{other:?}"),
            }
        }
        panic!("the phone goes in a circle: {:?}", keeper.snapshot().phase)
    }

    fn once(&mut self, keeper: &mut Keeper) -> Result<(), PowerGone> {
        if keeper.state().mode_word() == "locked" && self.server.received(4) {
            self.backup(keeper)?;
            self.wrong_code(keeper)?;
            let _ = keeper.command(Command::Paid);
            self.alive()?;
        }
        self.send(keeper)?;
        let (question, body) = keeper.question(&about(), 0).unwrap();
        let answer = got(self.clock, self.server.answer(&body));
        let taken = keeper.take_answer(&question, &answer);
        self.alive()?;
        taken.unwrap().word.unwrap();
        self.send(keeper)
    }

    fn send(&mut self, keeper: &mut Keeper) -> Result<(), PowerGone> {
        let outbox = keeper.state().outbox();
        if outbox != Outbox::default() {
            self.server.receive(&outbox);
            let stored = keeper.sent(&outbox);
            self.alive()?;
            stored.unwrap();
        }
        Ok(())
    }

    /// A code is typed and is wrong. No hash is needed for that.
    fn wrong_code(&mut self, keeper: &mut Keeper) -> Result<(), PowerGone> {
        let command = typed(WRONG);
        let attempt = keeper.attempt(command);
        self.alive()?;
        if attempt.is_ok() {
            keeper.code_checked(command, None).unwrap_err();
            *self.tries += 1;
        }
        Ok(())
    }

    /// 20 seconds of the window: a whole lease and a part of the next.
    fn backup(&mut self, keeper: &mut Keeper) -> Result<(), PowerGone> {
        if keeper.command(Command::StartBackup).is_err() {
            return self.alive();
        }
        for _ in 0..4 {
            self.clock.advance_ms(5_000);
            *self.used_ms += 5_000;
            while due(keeper.state(), &keeper.now()).is_some_and(|d| d.at_ms <= keeper.now().boot_ms) {
                let rung = keeper.step(&Ask::Due);
                self.alive()?;
                rung.unwrap();
            }
        }
        let stopped = keeper.command(Command::StopBackup);
        self.alive()?;
        stopped.unwrap();
        Ok(())
    }
}
