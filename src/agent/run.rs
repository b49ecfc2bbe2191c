//! The loop: questions to the server, alarms, and the owner's wishes, one after the other on one thread.

mod beside;

use crate::answer::Question;
use crate::clock::Clock;
use crate::enrol::About;
use crate::errands::{Signer, fetch_unknown_keys, json, send, trouble};
use crate::error::{AgentError, Trouble};
use crate::keeper::{Keeper, LOOK_AGAIN_MS, Standing};
use crate::link::{Got, Link, LinkConfig};
use crate::pace::{self, Last, Need, Pace};
use crate::ports::Network;
use crate::silence::Silence;
use crate::tls::TlsClock;
use crate::told::{Input, Refused};
use latchkey_core::code::CodeProof;
use latchkey_core::command::Command;
use latchkey_core::keys::Trust;
use latchkey_core::snapshot::{Claim, Fault, Link as Stands, Phase};
use latchkey_core::state::{self, Outbox};
use latchkey_core::wire::{CheckInAnswer, Enrolment};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// One question on its way.
type Errand<T> = Pin<Box<dyn Future<Output = T>>>;

enum Heard {
    Answer(Question, Result<Got<CheckInAnswer>, Trouble>),
    Enrolment(Result<Got<Enrolment>, Trouble>),
}

/// Everything the loop needs.
pub(crate) struct Run {
    pub keeper: Keeper,
    pub clock: Arc<dyn Clock>,
    pub about: About,
    pub network: Box<dyn Network>,
    pub pinned_roots: Vec<Vec<u8>>,
    pub in_front: bool,
}

/// A typed code, what came of it, and who wants to know.
struct Checked {
    command: Command,
    proof: Option<CodeProof>,
    reply: Option<Reply>,
}

type Reply = oneshot::Sender<Result<(), Refused>>;

struct Loop {
    run: Run,
    tls: Arc<TlsClock>,
    link: Option<Arc<Link>>,
    asking: Option<Errand<Heard>>,
    sending: Option<Errand<(Outbox, Result<(), Trouble>)>>,
    last: Last,
    failures: u32,
    send_failures: u32,
    silence: Silence,
    /// A typed code is being held against its slot, on a thread of its own.
    checking: Option<Errand<Checked>>,
    /// When the last question ended, or the process started.
    ended_ms: u64,
    /// The last moment at which the screen was on or a claim ran.
    near_ms: Option<u64>,
    jitter: i8,
    send_after_ms: u64,
    look_after_ms: u64,
}

/// Runs until told to stop or until nobody can tell it anything any more.
pub(crate) async fn run(run: Run, mut inputs: mpsc::Receiver<Input>) {
    let now_ms = run.clock.read().boot_ms;
    let mut this = Loop {
        tls: Arc::new(TlsClock::new(Arc::clone(&run.clock), 0)),
        run,
        link: None,
        asking: None,
        sending: None,
        last: Last::None,
        failures: 0,
        send_failures: 0,
        silence: Silence::new(now_ms),
        checking: None,
        ended_ms: now_ms,
        near_ms: None,
        jitter: 0,
        send_after_ms: 0,
        look_after_ms: 0,
    };
    let clock = Arc::clone(&this.run.clock);
    loop {
        let wake_ms = this.plan();
        this.run.keeper.tell();
        tokio::select! {
            biased;
            input = inputs.recv() => match input {
                Some(Input::Command(command @ Command::TypeCode(typed), reply)) => {
                    this.type_code(command, typed, reply);
                }
                Some(Input::Command(command, reply)) => answer(reply, this.command(command)),
                Some(Input::InFront(on)) => this.in_front(on),
                // Every turn of the loop tells what is true.
                Some(Input::Look) => {}
                Some(Input::Stop) | None => break,
            },
            checked = finished(&mut this.checking) => this.checked(checked),
            heard = finished(&mut this.asking) => this.heard(heard),
            (outbox, result) = finished(&mut this.sending) => this.sent(&outbox, result),
            () = clock.sleep_until(wake_ms) => {}
        }
    }
    // An orderly stop: the window is charged what was really used.
    if this.run.keeper.state().mode_word() == "backup" {
        let _ = this.run.keeper.command(Command::StopBackup);
    }
}

/// Says what came of a wish. Nobody has to wait for it.
fn answer(reply: Option<Reply>, outcome: Result<(), Refused>) {
    if let Some(reply) = reply {
        let _ = reply.send(outcome);
    }
}

/// Waits for an errand, if one is on its way; dropping this loses nothing.
async fn finished<T>(errand: &mut Option<Errand<T>>) -> T {
    let value = match errand {
        Some(future) => future.await,
        None => std::future::pending().await,
    };
    *errand = None;
    value
}

impl Loop {
    fn now_ms(&self) -> u64 {
        self.run.clock.read().boot_ms
    }

    /// Rings alarms that are due, starts errands that are due, and says when to look again.
    fn plan(&mut self) -> u64 {
        if let Some(anchor) = self.link.as_ref().and_then(|l| l.take_anchor()) {
            self.run.keeper.set_anchor(anchor);
        }
        if !self.run.keeper.ready() {
            return self.now_ms() + LOOK_AGAIN_MS;
        }
        let mut wake_ms = self.alarms();
        if !self.run.keeper.enforced() || self.run.keeper.fault().is_some() {
            wake_ms = wake_ms.min(self.now_ms() + LOOK_AGAIN_MS);
        }
        let now = self.run.keeper.now();
        self.tls.set(now.anchor, self.run.keeper.state().floor_s());
        wake_ms = wake_ms.min(self.send());
        if self.asking.is_none() && self.sending.is_none() {
            wake_ms = wake_ms.min(self.ask());
        }
        wake_ms
    }

    fn alarms(&mut self) -> u64 {
        loop {
            let now = self.run.keeper.now();
            let Some(due) = state::due(self.run.keeper.state(), &now) else {
                return u64::MAX;
            };
            let at_ms = due.at_ms.max(self.look_after_ms);
            if at_ms > now.boot_ms {
                return at_ms;
            }
            if self.run.keeper.step(&state::Ask::Due).is_err() {
                self.look_after_ms = now.boot_ms + LOOK_AGAIN_MS;
            }
        }
    }

    /// Starts sending what waits. Returns when to look again.
    fn send(&mut self) -> u64 {
        let outbox = self.run.keeper.state().outbox();
        let waits = !(outbox.receipts.is_empty() && outbox.claims.is_empty());
        if self.sending.is_some() || !waits || self.run.keeper.device().is_none() {
            return u64::MAX;
        }
        if self.send_after_ms > self.now_ms() {
            return self.send_after_ms;
        }
        if let (Ok(link), Some(signer)) = (self.link(), self.signer()) {
            self.sending = Some(Box::pin(send(link, signer, outbox)));
        }
        u64::MAX
    }

    /// Asks if it is time, else says when.
    fn ask(&mut self) -> u64 {
        let (need, claim) = self.need();
        let now_ms = self.now_ms();
        if self.run.in_front || claim {
            self.near_ms = Some(now_ms);
        }
        let near = self
            .near_ms
            .is_some_and(|at| now_ms.saturating_sub(at) < pace::LINGER_MS);
        let next = pace::next_check_in(
            Pace {
                need,
                claim,
                near,
                last: self.last,
            },
            self.jitter,
        );
        let at_ms = self.ended_ms.saturating_add(next.after_ms);
        if at_ms > now_ms {
            return at_ms;
        }
        match self.start(next.wait_s) {
            Ok(()) => u64::MAX,
            Err(trouble) => {
                self.failed(&trouble);
                now_ms + LOOK_AGAIN_MS
            }
        }
    }

    fn need(&self) -> (Need, bool) {
        match self.run.keeper.snapshot().phase {
            Phase::Lock(lock) => (Need::Locked, matches!(lock.claim, Claim::Running { .. })),
            Phase::Free | Phase::Settled { .. } => (Need::Free, false),
            Phase::Welcome { .. } | Phase::Unknown => (Need::Unknown, false),
        }
    }

    /// Starts the question that the standing asks for.
    fn start(&mut self, wait_s: u32) -> Result<(), Trouble> {
        let missing = matches!(
            self.run.keeper.standing(),
            Standing::NotProvisioned | Standing::Blocked(_)
        );
        if missing || self.failures > 0 {
            // What was missing may have been brought since, and the server may have moved.
            self.run.keeper.read_side();
        }
        let standing = self.run.keeper.standing();
        match standing {
            Standing::Done => {
                self.ended_ms = u64::MAX;
                Ok(())
            }
            Standing::NotProvisioned => Err(Trouble::new(Fault::NotProvisioned, "no provision.json")),
            Standing::Blocked(fault) => Err(Trouble::new(fault, "a file cannot be read")),
            Standing::NotAgreed => {
                // Waits for the owner alone: the command *consent* starts it.
                self.ended_ms = u64::MAX;
                Ok(())
            }
            Standing::Enrol => {
                let link = self.link().map_err(trouble)?;
                let (identity, body) = self.run.keeper.enrol_body(&self.run.about).map_err(trouble)?;
                let signer = Signer {
                    keyid: identity.key.thumbprint(),
                    identity,
                    trust: self.trust(),
                };
                self.asking = Some(Box::pin(async move {
                    let body = json(&body);
                    Heard::Enrolment(link.post(signer.ask("/v1/device/enrol", 0), &body).await)
                }));
                Ok(())
            }
            Standing::Refetch => {
                let (link, signer) = (self.link().map_err(trouble)?, self.signer());
                let Some(signer) = signer else { return Ok(()) };
                self.asking = Some(Box::pin(async move {
                    Heard::Enrolment(link.get(signer.ask("/v1/device/enrolment", 0)).await)
                }));
                Ok(())
            }
            Standing::Enrolled => {
                let (link, signer) = (self.link().map_err(trouble)?, self.signer());
                let Some(signer) = signer else { return Ok(()) };
                let (question, body) = self
                    .run
                    .keeper
                    .question(&self.run.about, wait_s)
                    .map_err(trouble)?;
                self.asking = Some(Box::pin(async move {
                    let ask = signer.ask("/v1/device/check-in", wait_s);
                    let mut result = link.post(ask, &json(&body)).await;
                    if let Ok(got) = &mut result {
                        fetch_unknown_keys(&link, &signer, &question, &mut got.body).await;
                    }
                    Heard::Answer(question, result)
                }));
                Ok(())
            }
        }
    }

    fn trust(&self) -> Trust {
        let keeper = &self.run.keeper;
        match (keeper.state().trust().root(), &keeper.root) {
            (None, Some(root)) => root.clone(),
            (Some(_), _) | (None, None) => keeper.state().trust().clone(),
        }
    }

    fn signer(&self) -> Option<Signer> {
        let identity = Arc::clone(self.run.keeper.identity.as_ref()?);
        let keyid = identity.device.as_ref()?.to_string();
        Some(Signer {
            keyid,
            identity,
            trust: self.trust(),
        })
    }

    fn link(&mut self) -> Result<Arc<Link>, AgentError> {
        let base_url = self.run.keeper.base_url().unwrap_or_default().to_owned();
        let tenant = self.run.keeper.tenant().unwrap_or_default().to_owned();
        match &self.link {
            Some(link) if link.serves(&base_url, &tenant) => Ok(Arc::clone(link)),
            Some(_) | None => {
                let config = LinkConfig {
                    base_url,
                    tenant,
                    sandbox: self.run.keeper.root.as_ref().is_some_and(Trust::sandbox),
                    pinned_roots: self.run.pinned_roots.clone(),
                };
                let link = Link::new(&config, Arc::clone(&self.run.clock), Arc::clone(&self.tls))?;
                Ok(Arc::clone(self.link.insert(Arc::new(link))))
            }
        }
    }

    fn heard(&mut self, heard: Heard) {
        if let Some(anchor) = self.link.as_ref().and_then(|l| l.take_anchor()) {
            self.run.keeper.set_anchor(anchor);
        }
        self.ended_ms = self.now_ms();
        self.jitter = crate::device_key::jitter();
        match heard {
            Heard::Enrolment(Ok(got)) => match self.run.keeper.enrolled(&got.body) {
                // The first check-in follows at once.
                Ok(()) => (self.last, self.failures) = (Last::None, 0),
                Err(trouble) => self.failed(&trouble),
            },
            Heard::Answer(question, Ok(got)) => self.answered(&question, &got),
            Heard::Enrolment(Err(trouble)) | Heard::Answer(_, Err(trouble)) => self.failed(&trouble),
        }
    }

    fn answered(&mut self, question: &Question, got: &Got<CheckInAnswer>) {
        match self.run.keeper.take_answer(question, got) {
            Ok(taken) => match taken.word {
                Ok(poll_s) => {
                    let held = got.read_ms.saturating_sub(got.asked_ms) >= u64::from(pace::SHORTEST_S) * 1000;
                    let worth = taken.news || held;
                    self.last = Last::Answered {
                        more: taken.more,
                        worth,
                        poll_s: Some(poll_s),
                    };
                    self.failures = 0;
                    self.word();
                    let at_s = self.run.keeper.now().shown_s();
                    self.run.keeper.set_link(Stands::Online { at_s });
                }
                Err(refusal) => {
                    let why = format!("status: {refusal}");
                    self.failed(&Trouble::new(Fault::WrongServer, why));
                }
            },
            Err(error) => self.failed(&trouble(error)),
        }
    }

    fn failed(&mut self, trouble: &Trouble) {
        self.silent();
        self.ended_ms = self.now_ms();
        self.failures = self.failures.saturating_add(1);
        self.last = Last::Failed {
            times: self.failures,
            retry_after_s: trouble.retry_after_s,
        };
        self.fault(trouble.fault);
    }

    fn fault(&mut self, fault: Fault) {
        let since_s = match self.run.keeper.link() {
            Stands::Online { at_s: since_s } | Stands::Fault { since_s, .. } => since_s,
            Stands::Asking => None,
        };
        self.run.keeper.set_link(Stands::Fault { fault, since_s });
    }

    fn sent(&mut self, outbox: &Outbox, result: Result<(), Trouble>) {
        let stored = self.run.keeper.sent(outbox).map_err(trouble);
        match result.and(stored) {
            Ok(()) => self.send_failures = 0,
            Err(trouble) => {
                self.send_failures = self.send_failures.saturating_add(1);
                let last = Last::Failed {
                    times: self.send_failures,
                    retry_after_s: trouble.retry_after_s,
                };
                let (need, claim) = self.need();
                let pace = Pace {
                    need,
                    claim,
                    near: true,
                    last,
                };
                let after = pace::next_check_in(pace, crate::device_key::jitter()).after_ms;
                self.send_after_ms = self.now_ms() + after;
                self.fault(trouble.fault);
            }
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Refused> {
        let outcome = self.run.keeper.command(command);
        match command {
            Command::CheckIn | Command::Consent => {
                // A question that the server holds is asked anew, so that an answer comes now.
                self.asking = None;
                self.hurry();
            }
            Command::Paid | Command::Dispute(_) | Command::Hardship(_) | Command::Return
                if self.asking.is_none() =>
            {
                self.hurry();
            }
            Command::Paid
            | Command::Dispute(_)
            | Command::Hardship(_)
            | Command::Return
            | Command::StartBackup
            | Command::StopBackup
            | Command::StartOpening
            | Command::TypeCode(_)
            | Command::Leave
            | Command::Seen => {}
        }
        outcome
    }

    fn in_front(&mut self, on: bool) {
        if on && !self.run.in_front && self.asking.is_none() {
            self.hurry();
        }
        self.run.in_front = on;
    }

    fn hurry(&mut self) {
        self.last = Last::None;
        self.ended_ms = self.now_ms();
        self.send_after_ms = 0;
    }
}
