//! The cases, one module a file. Everything a case expects is written here by hand.

mod envelope;
mod keys;
mod market;
mod orders;
mod owner;
mod relief;
mod time;

use super::format::{Brought, Case, Delivered, Expect, FORMAT, File, Step};
use crate::signer::{T, World, device, id, num};
use latchkey_core::code::Typed;
use latchkey_core::command::Command;
use latchkey_core::envelope::encode;
use latchkey_core::order::claims::{LockState, Order, Status};
use latchkey_core::order::values::Id;
use std::collections::BTreeMap;

/// Every file, by name.
#[must_use]
pub fn files() -> Vec<(&'static str, File)> {
    let file = |about: &str, cases: Vec<Case>| {
        let shared = starts();
        let used = |name: &String| cases.iter().any(|case| case.start == *name);
        File {
            format: FORMAT.to_owned(),
            about: about.to_owned(),
            made_by: "cargo run -p latchkey-tests --bin vectors".to_owned(),
            root: World::new().root_bundle(),
            device: device(),
            starts: shared.into_iter().filter(|(name, _)| used(name)).collect(),
            cases,
        }
    };
    vec![
        (
            "envelope.json",
            file("Tokens: form, signer, claims, address.", envelope::cases()),
        ),
        ("keys.json", file("Roots, key sets, roles, void.", keys::cases())),
        ("time.json", file("Trusted time, expiry, nonces.", time::cases())),
        (
            "orders.json",
            file("Orders against the phone's state.", orders::cases()),
        ),
        (
            "market.json",
            file("Market profile, notices, payee.", market::cases()),
        ),
        (
            "owner.json",
            file(
                "What the owner does: backup, I have paid; boots and restarts.",
                owner::cases(),
            ),
        ),
        (
            "relief.json",
            file(
                "What relieves the owner: plans, disputes, openings, spoken codes, silence; and the lower levels.",
                relief::cases(),
            ),
        ),
    ]
}

/// A file's text.
#[must_use]
pub fn written(file: &File) -> String {
    let mut text = serde_json::to_string_pretty(file).unwrap_or_default();
    text.push('\n');
    text
}

/// `enrolled`: agreement and key set 1, nothing asked yet. `asked`: a first answer without orders came, so there is a
/// trusted time. `noticed`: both notices came. `locked`: notices, terms 1 and lock 1.
fn starts() -> BTreeMap<String, Vec<Step>> {
    let world = World::new();
    let first = Script {
        seq: 0,
        ..Script::new()
    };
    let enrolled = first
        .enrol(&world.agreement(), "ok")
        .keys(&world.keys_bundle(1), "ok");
    // The server believes a lock in force, so the phone stays Unknown and fresh.
    let asked = enrolled
        .clone()
        .answer(Answer::at(T).state(LockState::Locked), "unknown");
    let noticed = enrolled.clone().answer(
        Answer::at(T)
            .state(LockState::Locked)
            .order(&Order::Notice(world.notice(1)), "ok", "unknown")
            .order(&Order::Notice(world.notice(2)), "ok", "unknown"),
        "unknown",
    );
    let locked = enrolled.clone().answer(
        Answer::at(T)
            .state(LockState::Locked)
            .order(&Order::Notice(world.notice(1)), "ok", "unknown")
            .order(&Order::Notice(world.notice(2)), "ok", "unknown")
            .order(&Order::Terms(world.terms_claims(1)), "ok", "unknown")
            .order(&Order::Lock(world.lock_claims(1)), "ok", "locked"),
        "locked",
    );
    let named = |name: &str, script: Script| (name.to_owned(), script.steps);
    [
        named("empty", Script::new()),
        named("enrolled", enrolled),
        named("asked", asked),
        named("noticed", noticed),
        named("locked", locked),
    ]
    .into_iter()
    .collect()
}

/// Sequence number of the first order of a case's own steps: above all that the starts use.
const FIRST_SEQ: u64 = 1000;

fn expect(outcome: &str, state: &str) -> Expect {
    Expect {
        outcome: outcome.to_owned(),
        state: state.to_owned(),
        ..Expect::default()
    }
}

/// A case from one of the shared beginnings.
fn case(id: &str, start: &str, script: Script) -> Case {
    Case {
        id: id.to_owned(),
        root: None,
        start: start.to_owned(),
        steps: script.steps,
    }
}

/// Steps in the making. What the last step must come to can be said more exactly by `lock_id` and its like.
#[derive(Clone)]
struct Script {
    steps: Vec<Step>,
    seq: u64,
    state: &'static str,
}

impl Script {
    fn new() -> Script {
        Script {
            steps: Vec::new(),
            seq: FIRST_SEQ,
            state: "unknown",
        }
    }

    /// Continues a phone in this state.
    fn on(state: &'static str) -> Script {
        Script {
            state,
            ..Script::new()
        }
    }

    fn push(mut self, step: Step) -> Script {
        self.steps.push(step);
        self
    }

    fn enrol(self, agreement: &[u8], outcome: &str) -> Script {
        let expect = expect(outcome, self.state);
        self.push(Step::Enrol {
            agreement: encode(agreement),
            expect,
        })
    }

    fn keys(self, bundle: &str, outcome: &str) -> Script {
        let state = self.state;
        self.keys_then(bundle, outcome, state)
    }

    fn keys_then(mut self, bundle: &str, outcome: &str, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Trust(Brought {
            bundle: bundle.to_owned(),
            expect: expect(outcome, state),
        }))
    }

    /// A token outside an answer, that changes no state word.
    fn token(self, token: &str, outcome: &str) -> Script {
        let state = self.state;
        self.token_then(token, outcome, state)
    }

    fn token_then(mut self, token: &str, outcome: &str, state: &'static str) -> Script {
        self.seq += 1;
        self.state = state;
        let delivered = Delivered {
            seq: num(self.seq),
            jti: id(&format!("delivery-{}", self.seq)),
            token: token.to_owned(),
            expect: expect(outcome, state),
        };
        self.push(Step::Order(delivered))
    }

    fn order(self, order: &Order, outcome: &str, state: &'static str) -> Script {
        let token = World::new().sign(order);
        self.token_then(&token, outcome, state)
    }

    fn answer(mut self, answer: Answer, state: &'static str) -> Script {
        let mut head = None;
        let mut orders = Vec::new();
        for (token, expect) in answer.orders {
            self.seq += 1;
            let seq = self.seq;
            let jti = id(&format!("delivery-{seq}"));
            head = Some((seq, jti.clone()));
            orders.push(Delivered {
                seq: num(seq),
                jti,
                token,
                expect,
            });
        }
        let nonce = id(&format!("nonce-{}-{}", self.seq, self.steps.len()));
        let world = World::new();
        let mut status = world.status_claims(&nonce, answer.at, head.as_ref().map(|(seq, jti)| (*seq, jti)));
        status.lock_state = answer.lock_state;
        (answer.change)(&mut status);
        self.state = state;
        self.push(Step::CheckIn {
            nonce: answer.nonce.unwrap_or(nonce),
            status: world.sign_status(&status),
            took_ms: answer.took_ms,
            wait_s: 0,
            trust: Vec::new(),
            orders,
            expect: expect(answer.outcome, state),
        })
    }

    fn command(self, command: Command, outcome: &str, state: &'static str) -> Script {
        let label = format!("command-{}", self.steps.len());
        let mut script = self.push(Step::Command {
            command,
            id: id(&label),
            expect: expect(outcome, state),
        });
        script.state = state;
        script
    }

    /// The same code, typed `times` times, `apart_ms` apart.
    fn types(mut self, code: Typed, times: u16, apart_ms: u64, outcome: &str, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Type {
            code,
            times,
            apart_ms,
            expect: expect(outcome, state),
        })
    }

    fn silence(mut self, hours: u8, times: u16, outcome: &str, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Silence {
            hours,
            times,
            expect: expect(outcome, state),
        })
    }

    fn wait(mut self, ms: u64, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Wait {
            ms,
            expect: expect("ok", state),
        })
    }

    fn boot(mut self, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Boot {
            expect: expect("ok", state),
        })
    }

    fn restart(mut self, ms: u64, state: &'static str) -> Script {
        self.state = state;
        self.push(Step::Restart {
            ms,
            expect: expect("ok", state),
        })
    }

    /// More about what the last step must come to; for an answer, its last order if `order`.
    fn also(mut self, change: impl FnOnce(&mut Expect)) -> Script {
        let expect = match self.steps.last_mut() {
            Some(Step::Trust(brought)) => Some(&mut brought.expect),
            Some(Step::Order(delivered)) => Some(&mut delivered.expect),
            Some(
                Step::Enrol { expect, .. }
                | Step::Lost { expect, .. }
                | Step::CheckIn { expect, .. }
                | Step::Time { expect, .. }
                | Step::Command { expect, .. }
                | Step::Type { expect, .. }
                | Step::Silence { expect, .. }
                | Step::Wait { expect, .. }
                | Step::Boot { expect }
                | Step::Restart { expect, .. },
            ) => Some(expect),
            None => None,
        };
        if let Some(expect) = expect {
            change(expect);
        }
        self
    }

    fn used(self, seconds: u16) -> Script {
        self.also(|e| e.used_s = Some(seconds))
    }

    fn level(self, level: u8) -> Script {
        self.also(|e| e.level = Some(level))
    }

    fn reminds(self, reminds: bool) -> Script {
        self.also(|e| e.reminds = Some(reminds))
    }

    fn lock_id(self, lock_id: u32) -> Script {
        self.also(|e| e.lock_id = Some(lock_id))
    }

    fn released(self, through: u32) -> Script {
        self.also(|e| e.released_through = Some(through))
    }
}

/// The answer to a check-in.
struct Answer {
    at: u64,
    lock_state: LockState,
    orders: Vec<(String, Expect)>,
    took_ms: u64,
    nonce: Option<Id>,
    outcome: &'static str,
    change: fn(&mut Status),
}

impl Answer {
    fn at(at: u64) -> Answer {
        Answer {
            at,
            lock_state: LockState::None,
            orders: Vec::new(),
            took_ms: 200,
            nonce: None,
            outcome: "ok",
            change: |_| {},
        }
    }

    fn state(mut self, lock_state: LockState) -> Answer {
        self.lock_state = lock_state;
        self
    }

    fn order(self, order: &Order, outcome: &str, state: &str) -> Answer {
        let token = World::new().sign(order);
        self.token(token, expect(outcome, state))
    }

    fn token(mut self, token: String, expect: Expect) -> Answer {
        self.orders.push((token, expect));
        self
    }
}
