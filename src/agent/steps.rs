//! The steps that an answer or the owner asks for: judged, stored, applied, and told.

use crate::device_key::fresh_id;
use crate::error::AgentError;
use crate::keeper::Keeper;
use crate::storage::{self, SEEN};
use crate::told::{Moved, Refused};
use latchkey_core::code::{Challenge, CodeProof};
use latchkey_core::command::Command;
use latchkey_core::journal::Entry;
use latchkey_core::order::{Verified, claims};
use latchkey_core::refusal::{Code, Refusal};
use latchkey_core::state::{self, Ask};
use latchkey_core::wire::Delivery;

/// Why a step changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The rules say no, or there was nothing to change.
    Refused(Refusal),
    /// It could not be stored; the same step may be tried again.
    Fault(AgentError),
}

impl From<AgentError> for Stop {
    fn from(e: AgentError) -> Self {
        Stop::Fault(e)
    }
}

impl From<Refusal> for Stop {
    fn from(r: Refusal) -> Self {
        Stop::Refused(r)
    }
}

impl Stop {
    /// As the screen is told.
    #[must_use]
    pub fn refused(&self) -> Refused {
        match self {
            Stop::Refused(r) => Refused::Rule(*r),
            Stop::Fault(e) => Refused::Fault(e.fault),
        }
    }
}

impl Keeper {
    /// Judges and, when there is something to store, stores and applies it.
    ///
    /// # Errors
    /// The refusal, or the fault of the files.
    pub fn step(&mut self, ask: &Ask<'_>) -> Result<Entry, Stop> {
        if !self.ready() {
            // `ready` has just noted it.
            return Err(self
                .fault()
                .cloned()
                .map_or_else(|| Stop::Refused(Code::NNoEffect.into()), Stop::Fault));
        }
        let entry = state::judge(&self.state, ask, &self.now())?;
        let done = self.commit(&entry);
        self.note(done.clone().err());
        done?;
        Ok(entry)
    }

    /// Judges an order as delivered, keeps its refusal in the owner's log, and tells at once when the phase moved.
    ///
    /// # Errors
    /// The fault of the files: nothing changed, and later orders of the answer must wait.
    pub fn take_order(&mut self, order: &Delivery, read_ns: u64) -> Result<bool, AgentError> {
        let Delivery { seq, jti, jws } = order;
        let before = (self.state.mode_word(), self.state.lock_id(), self.state.cursor());
        let token = jws.as_bytes();
        let ask = Ask::Order {
            seq: *seq,
            jti: jti.clone(),
            token,
        };
        match self.step(&ask) {
            Ok(_) => {
                let mode = self.state.mode_word();
                if (before.0, before.1) != (mode, self.state.lock_id()) {
                    let (typ, kid) = header(jws);
                    let (seq, jti) = (*seq, jti.clone());
                    self.moved = Some(Moved {
                        seq,
                        jti,
                        typ,
                        kid,
                        read_ns,
                        from: before.0,
                        to: mode,
                    });
                    // The screen may draw while the rest of the answer is stored.
                    self.tell();
                }
            }
            Err(Stop::Refused(refusal)) => {
                let now = self.now();
                if let Some(entry) = state::refused(&self.state, *seq, jti, token, &refusal, &now) {
                    let done = self.commit(&entry);
                    self.note(done.clone().err());
                    done?;
                }
            }
            Err(Stop::Fault(fault)) => return Err(fault),
        }
        Ok(self.state.cursor() != before.2)
    }

    /// Takes a verified status after the orders of its answer.
    ///
    /// # Errors
    /// The fault of the files.
    pub fn take_status(&mut self, status: &Verified<claims::Status>) -> Result<(), AgentError> {
        match self.step(&Ask::Status(status)) {
            Ok(_) | Err(Stop::Refused(_)) => Ok(()),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }

    /// The page *released* goes once it was seen, and a reminder once it was left. That is no matter of the journal: the
    /// newest such record is kept beside it, and pages of older ones are gone too.
    fn saw(&mut self, record: Option<u32>) -> Result<(), Refused> {
        let Some(record) = record.filter(|record| self.seen.is_none_or(|seen| seen < *record)) else {
            return Ok(());
        };
        self.seen = Some(record);
        self.enforce();
        storage::replace(&mut *self.files, SEEN, record.to_string().as_bytes(), false)
            .map_err(|e| Refused::Fault(e.fault))
    }

    /// Whether the page of a record was seen or left.
    pub(crate) fn has_seen(&self, record: Option<u32>) -> bool {
        record.is_some_and(|record| self.seen.is_some_and(|seen| seen >= record))
    }

    /// Carries a wish of the owner out.
    ///
    /// # Errors
    /// The refusal or the fault, which is also told.
    pub fn command(&mut self, command: Command) -> Result<(), Refused> {
        let result = match command {
            Command::Consent => {
                self.agreed = true;
                Ok(())
            }
            Command::CheckIn => Ok(()),
            Command::Seen => self.saw(self.state.released_record()),
            Command::Leave => self.saw(self.state.reminded_record()),
            Command::Paid
            | Command::StartBackup
            | Command::StopBackup
            | Command::Dispute(_)
            | Command::Hardship(_)
            | Command::Return
            | Command::StartOpening
            | Command::TypeCode(_) => self.wish(command),
        };
        self.came_of(command, result)
    }

    /// Judged and stored; what is remarked about it is told although it was carried out.
    fn wish(&mut self, command: Command) -> Result<(), Refused> {
        let remark = state::remark(&self.state, &command);
        let id = fresh_id().map_err(|e| Refused::Fault(e.fault))?;
        self.step(&Ask::Command(command, id))
            .map_err(|stop| stop.refused())?;
        remark.map_or(Ok(()), |refusal| Err(Refused::Rule(refusal)))
    }

    /// Writes the attempt of a typed code, which counts as wrong until [`Keeper::code_checked`]. What comes back is held
    /// against the code by `code::check`, which takes a fifth of a second: off the loop.
    ///
    /// # Errors
    /// The refusal or the fault, which is also told.
    pub fn attempt(&mut self, command: Command) -> Result<Challenge, Refused> {
        self.command(command)?;
        self.state.challenge().ok_or(Refused::Rule(Code::CWrong.into()))
    }

    /// What came of the check: a right code opens or releases.
    ///
    /// # Errors
    /// `c_wrong`, or the fault of the files, which is also told.
    pub fn code_checked(&mut self, command: Command, proof: Option<CodeProof>) -> Result<(), Refused> {
        let result = match proof {
            Some(proof) => self.step(&Ask::Code(proof)).map(|_| ()),
            None => Err(Stop::Refused(Code::CWrong.into())),
        };
        self.came_of(command, result.map_err(|stop| stop.refused()))
    }

    fn came_of(&mut self, command: Command, result: Result<(), Refused>) -> Result<(), Refused> {
        // Nothing had to change: the wish is fulfilled.
        let result = match result {
            Err(Refused::Rule(r)) if r.code == Code::NNoEffect => Ok(()),
            other => other,
        };
        self.refused = result.err().map(|refused| (command, refused));
        self.tell();
        result
    }
}

/// `typ` and `kid` of a token that was accepted.
fn header(jws: &str) -> (String, String) {
    #[derive(serde::Deserialize)]
    struct Header {
        typ: String,
        kid: String,
    }
    let bytes = jws
        .split('.')
        .next()
        .and_then(|h| latchkey_core::envelope::decode(h.as_bytes()));
    let header = bytes.and_then(|b| serde_json::from_slice::<Header>(&b).ok());
    header.map_or_else(Default::default, |h| (h.typ, h.kid))
}
