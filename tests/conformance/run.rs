//! Runs a file against `latchkey-core`, through the functions that a phone calls and nothing else.

use super::format::{Brought, Case, Delivered, Expect, File, Step};
use latchkey_core::code::{self, Typed};
use latchkey_core::command::Command;
use latchkey_core::envelope::decode;
use latchkey_core::journal::{self, Entry};
use latchkey_core::order::values::{DeviceId, Id};
use latchkey_core::order::{verify_status, verify_time};
use latchkey_core::refusal::{Code, Refusal};
use latchkey_core::snapshot::Phase;
use latchkey_core::state::{Ask, Restored, State, apply, due, judge, refused, remark, restore, snapshot};
use latchkey_core::time::{Anchor, BootId, Now};

/// A phone without a device around it: state, clock, and the journal's bytes.
struct Phone {
    device: DeviceId,
    root: String,
    state: State,
    now: Now,
    boots: u8,
    journal: Vec<u8>,
    head: [u8; 32],
}

/// Runs every case of a file.
///
/// # Errors
/// Every step that came out otherwise, one a line.
pub fn run(file: &File) -> Result<(), String> {
    let failed: Vec<String> = file
        .cases
        .iter()
        .filter_map(|case| run_case(file, case).err())
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n"))
    }
}

fn run_case(file: &File, case: &Case) -> Result<(), String> {
    let named = |why: String| format!("{}: {why}", case.id);
    let mut phone = Phone {
        device: file.device.clone(),
        root: case.root.as_ref().unwrap_or(&file.root).clone(),
        state: State::new(),
        now: Now::default(),
        boots: 0,
        journal: journal::MAGIC.to_vec(),
        head: journal::genesis(),
    };
    let root = phone.root.clone();
    phone
        .ask(&Ask::Trust(&root))
        .map_err(|refusal| named(format!("the root: {refusal}")))?;
    let start = file
        .starts
        .get(&case.start)
        .ok_or_else(|| named(format!("no start {}", case.start)))?;
    for (n, step) in start.iter().chain(&case.steps).enumerate() {
        phone
            .step(step)
            .map_err(|why| named(format!("step {n}: {why}")))?;
    }
    phone.folds_again().map_err(named)
}

impl Phone {
    fn ask(&mut self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let entry = judge(&self.state, ask, &self.now)?;
        self.take(&entry);
        Ok(())
    }

    fn take(&mut self, entry: &Entry) {
        let (bytes, head) = journal::record(&self.head, entry);
        self.journal.extend(bytes);
        self.head = head;
        self.state = apply(self.state.clone(), entry).0;
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Enrol { agreement, expect } => {
                let bytes = decode(agreement.as_bytes()).ok_or("the agreement is not base64url")?;
                let device = self.device.clone();
                let outcome = self.ask(&Ask::Enrolled {
                    device,
                    agreement: &bytes,
                });
                self.expect(outcome, expect)
            }
            Step::Lost { why, expect } => {
                self.state = State::new();
                (self.journal, self.head) = (journal::MAGIC.to_vec(), journal::genesis());
                let outcome = self.ask(&Ask::Lost {
                    why: *why,
                    aside: None,
                });
                let root = self.root.clone();
                let outcome = outcome.and_then(|()| self.ask(&Ask::Trust(&root)));
                self.expect(outcome, expect)
            }
            Step::Trust(brought) => self.trust(brought),
            Step::Order(delivered) => self.order(delivered),
            Step::CheckIn {
                nonce,
                status,
                took_ms,
                wait_s,
                trust,
                orders,
                expect,
            } => {
                let sent_ms = self.now.boot_ms;
                self.now.boot_ms += took_ms;
                for brought in trust {
                    self.trust(brought)?;
                }
                let device = self.device.clone();
                let status = match verify_status(status.as_bytes(), self.state.trust(), &device, nonce) {
                    Ok(status) => status,
                    Err(refusal) => return self.expect(Err(refusal), expect),
                };
                let signed = status.claims().now.get();
                let got_ms = self.now.boot_ms;
                if let Some(anchor) = Anchor::from_answer(signed, sent_ms, got_ms, *wait_s, self.now.boot) {
                    self.now.anchor = Some(anchor);
                }
                for delivered in orders {
                    self.order(delivered)?;
                }
                let outcome = match self.ask(&Ask::Status(&status)) {
                    Err(refusal) if refusal.code == Code::NNoEffect => Ok(()),
                    outcome => outcome,
                };
                self.expect(outcome, expect)
            }
            Step::Time { nonce, token, expect } => {
                let outcome = verify_time(token.as_bytes(), self.state.trust(), nonce);
                if let Ok(time) = &outcome {
                    self.now.anchor = Some(Anchor {
                        now_s: time.claims().now.get(),
                        boot: self.now.boot,
                        boot_ms: self.now.boot_ms,
                    });
                }
                self.expect(outcome.map(|_| ()), expect)
            }
            Step::Command { command, id, expect } => {
                let remark = remark(&self.state, command);
                let outcome = self.ask(&Ask::Command(*command, id.clone()));
                self.expect(outcome.and(remark.map_or(Ok(()), Err)), expect)
            }
            Step::Type {
                code,
                times,
                apart_ms,
                expect,
            } => {
                let mut outcome = Ok(());
                for _ in 0..*times {
                    outcome = self.type_code(code);
                    self.pass(*apart_ms)?;
                }
                self.expect(outcome, expect)
            }
            Step::Silence { hours, times, expect } => {
                let mut outcome = Ok(());
                for _ in 0..*times {
                    outcome = self.ask(&Ask::Silence(*hours));
                }
                self.expect(outcome, expect)
            }
            Step::Wait { ms, expect } => {
                self.pass(*ms)?;
                self.expect(Ok(()), expect)
            }
            Step::Boot { expect } => {
                self.boots += 1;
                self.now = Now {
                    boot: BootId([self.boots; 16]),
                    ..Now::default()
                };
                self.start()?;
                self.expect(Ok(()), expect)
            }
            Step::Restart { ms, expect } => {
                self.now.boot_ms += ms;
                self.start()?;
                self.expect(Ok(()), expect)
            }
        }
    }

    /// The attempt first, then the hash; a wrong code is never answered.
    fn type_code(&mut self, typed: &Typed) -> Result<(), Refusal> {
        let id = Id::from_bytes(&[1; 16]);
        self.ask(&Ask::Command(Command::TypeCode(*typed), id))?;
        let challenge = self.state.challenge().ok_or(Code::CWrong)?;
        let proof = code::check(&challenge, typed).ok_or(Code::CWrong)?;
        self.ask(&Ask::Code(proof))
    }

    fn pass(&mut self, ms: u64) -> Result<(), String> {
        let until = self.now.boot_ms + ms;
        while let Some(alarm) = due(&self.state, &self.now).filter(|alarm| alarm.at_ms <= until) {
            self.now.boot_ms = self.now.boot_ms.max(alarm.at_ms);
            self.ask(&Ask::Due)
                .map_err(|refusal| format!("an alarm rang for nothing: {refusal}"))?;
        }
        self.now.boot_ms = until;
        Ok(())
    }

    /// A new process: it knows what the journal says.
    fn start(&mut self) -> Result<(), String> {
        self.folds_again()?;
        match self.ask(&Ask::Started) {
            Err(refusal) if refusal.code != Code::NNoEffect => Err(format!("started: {refusal}")),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn trust(&mut self, brought: &Brought) -> Result<(), String> {
        let outcome = self.ask(&Ask::Trust(&brought.bundle));
        self.expect(outcome, &brought.expect)
    }

    fn order(&mut self, delivered: &Delivered) -> Result<(), String> {
        let Delivered {
            seq,
            jti,
            token,
            expect,
        } = delivered;
        let ask = Ask::Order {
            seq: *seq,
            jti: jti.clone(),
            token: token.as_bytes(),
        };
        let outcome = match self.ask(&ask) {
            Err(refusal) => {
                if let Some(entry) = refused(&self.state, *seq, jti, token.as_bytes(), &refusal, &self.now) {
                    self.take(&entry);
                }
                Err(refusal)
            }
            // Terms without their link, a release that only clears: taken, and the receipt names the code.
            Ok(()) => match self.state.outbox().receipts.last() {
                Some(receipt) => Code::parse(&receipt.code).map_or(Ok(()), |code| Err(code.into())),
                None => return Err("an order without a receipt".to_owned()),
            },
        };
        self.expect(outcome, expect)
    }

    fn expect(&self, outcome: Result<(), Refusal>, expect: &Expect) -> Result<(), String> {
        let earliest = outcome.err().and_then(|refusal| refusal.earliest);
        let used = self
            .state
            .check_in(Id::from_bytes(&[0; 16]), 0, &self.head, "", "")
            .used;
        let shown = match snapshot(&self.state, &self.now).phase {
            Phase::Lock(lock) => Some((lock.level, lock.remind)),
            Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => None,
        };
        let is = Expect {
            outcome: outcome
                .err()
                .map_or("ok", |refusal| refusal.code.as_str())
                .to_owned(),
            state: self.state.mode_word().to_owned(),
            lock_id: expect.lock_id.map(|_| self.state.lock_id().unwrap_or(0)),
            released_through: expect.released_through.map(|_| self.state.released_through()),
            used_s: expect.used_s.map(|_| used.window_s.get()),
            level: expect.level.map(|_| shown.map_or(0, |lock| lock.0)),
            reminds: expect.reminds.map(|_| shown.is_some_and(|lock| lock.1)),
            earliest: expect.earliest.and(earliest),
        };
        if is == *expect {
            Ok(())
        } else {
            Err(format!("expected {expect:?}, got {is:?}"))
        }
    }

    /// fold(journal) = the live state.
    fn folds_again(&self) -> Result<(), String> {
        let scan = journal::scan(&self.journal).map_err(|damage| format!("the journal: {damage:?}"))?;
        match restore(&scan) {
            Restored::Whole { state, torn: None } if *state == self.state => Ok(()),
            Restored::Whole { .. } => Err("the journal folds to another state".to_owned()),
            Restored::Lost(why) => Err(format!("the journal is lost: {why:?}")),
        }
    }
}
