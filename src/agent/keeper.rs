//! Keeps state and journal in step: verify → append → sync → apply → effects → tell. Nothing here waits for a network,
//! and nothing is applied that is not on the disk.

use crate::clock::Clock;
use crate::device_key::Identity;
use crate::error::AgentError;
use crate::journal::{self, Journal, Opened};
use crate::ports::LockPolicy;
use crate::storage::{self, AGREEMENT, Files, IDENTITY, LOCK, PROVISION, SEEN};
use crate::told::{Moved, Refused, Told};
use latchkey_core::command::Command;
use latchkey_core::journal::{Entry, LostWhy};
use latchkey_core::keys::Trust;
use latchkey_core::order::values::{DeviceId, Id, Seq};
use latchkey_core::snapshot::{Fault, Link};
use latchkey_core::state::{self, Ask, FromZero, Restored, State, Want};
use latchkey_core::time::{Anchor, Now};
use latchkey_core::wire::Provision;
use std::sync::Arc;
use tokio::sync::watch;

/// What the agent has to do to be enrolled, or that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No provisioning file: nothing can lock.
    NotProvisioned,
    /// The owner has not agreed yet.
    NotAgreed,
    /// Agreed, without a device id: enrol.
    Enrol,
    /// The agreement's file is lost: ask for it again.
    Refetch,
    /// A file beside the journal cannot be read: nothing is asked until it can.
    Blocked(Fault),
    /// Check in.
    Enrolled,
    /// Settled and reported: nothing is left to ask.
    Done,
}

/// State, store and platform of one phone.
pub struct Keeper {
    pub(crate) files: Box<dyn Files>,
    clock: Arc<dyn Clock>,
    pub(crate) policy: Box<dyn LockPolicy>,
    pub(crate) state: State,
    pub(crate) journal: Option<Journal>,
    pub(crate) identity: Option<Arc<Identity>>,
    pub(crate) agreement: Option<Vec<u8>>,
    pub(crate) provision: Option<Provision>,
    /// The root of `provision.json`, verified.
    pub(crate) root: Option<Trust>,
    /// The next question asks for everything; and when that was wanted last.
    pub(crate) from_zero: bool,
    pub(crate) asked_from_zero: Option<FromZero>,
    /// A freeing order of a torn record, until it is stored again.
    torn: Option<(Seq, Id, String)>,
    /// Number of the record whose release the owner has seen.
    pub(crate) seen: Option<u32>,
    anchor: Option<Anchor>,
    /// The record *boot* of this process stands, or was not needed.
    started: bool,
    /// The files could not be read at start, or hold another chain than we do.
    unread: bool,
    pub(crate) agreed: bool,
    /// Of the journal: nothing can be stored.
    fault: Option<AgentError>,
    /// Of the files beside it: what is held goes on, but nobody can be asked.
    side_fault: Option<AgentError>,
    /// What the platform was brought to.
    enforced: Option<Want>,
    pub(crate) link: Link,
    pub(crate) moved: Option<Moved>,
    pub(crate) refused: Option<(Command, Refused)>,
    pub(crate) tell: watch::Sender<Option<Told>>,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper")
            .field("standing", &self.standing())
            .finish_non_exhaustive()
    }
}

impl Keeper {
    /// Takes the folder and reads what is there. Faults of single files are told in the snapshot, not returned.
    ///
    /// # Errors
    /// `a_store_busy`, or the folder cannot be used at all.
    pub fn open(
        mut files: Box<dyn Files>,
        clock: Arc<dyn Clock>,
        policy: Box<dyn LockPolicy>,
    ) -> Result<Keeper, AgentError> {
        files.lock().map_err(|e| AgentError::file("take", LOCK, &e))?;
        let mut keeper = Keeper {
            files,
            clock,
            policy,
            state: State::new(),
            journal: None,
            identity: None,
            agreement: None,
            provision: None,
            root: None,
            from_zero: false,
            asked_from_zero: None,
            torn: None,
            seen: None,
            anchor: None,
            started: false,
            unread: true,
            agreed: false,
            fault: None,
            side_fault: None,
            enforced: None,
            link: Link::Asking,
            moved: None,
            refused: None,
            tell: watch::Sender::new(None),
        };
        keeper.ready();
        keeper.tell();
        Ok(keeper)
    }

    /// What is told.
    #[must_use]
    pub fn told(&self) -> watch::Receiver<Option<Told>> {
        self.tell.subscribe()
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The fault of the files that stands in the way, if any.
    #[must_use]
    pub fn fault(&self) -> Option<&AgentError> {
        self.fault.as_ref()
    }

    /// Now, with the anchor of this boot.
    #[must_use]
    pub fn now(&self) -> Now {
        let r = self.clock.read();
        let anchor = self.anchor.filter(|a| a.boot == r.boot);
        Now {
            boot: r.boot,
            boot_ms: r.boot_ms,
            anchor,
            wall_s: r.wall_s,
        }
    }

    /// Takes signed time of this boot, also when it is lower than before.
    pub fn set_anchor(&mut self, anchor: Anchor) {
        self.anchor = Some(anchor);
    }

    /// Chain hash of the last record.
    #[must_use]
    pub fn head(&self) -> [u8; 32] {
        self.journal
            .as_ref()
            .map_or_else(latchkey_core::journal::genesis, Journal::head)
    }

    /// The server's address.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.provision.as_ref().map(|p| p.base_url.as_str())
    }

    /// Brings everything to where a step can be taken: files read, boot recorded, enrolment written, platform told.
    /// `false` while a fault of the files stands in the way.
    pub fn ready(&mut self) -> bool {
        let result = self.make_ready();
        self.note(result.err());
        self.fault.is_none()
    }

    fn make_ready(&mut self) -> Result<(), AgentError> {
        if self.unread {
            self.read_all()?;
            self.unread = false;
        }
        if self.journal.as_ref().is_some_and(Journal::suspect) {
            self.mend()?;
        }
        if !self.started && self.journal.is_some() {
            self.commit_if_due(&Ask::Started)?;
            self.started = true;
        }
        self.take_torn()?;
        self.complete_enrolment()?;
        self.finish_settlement()?;
        self.enforce();
        Ok(())
    }

    fn read_all(&mut self) -> Result<(), AgentError> {
        self.state = State::new();
        self.journal = None;
        self.started = false;
        self.read_side();
        match Journal::open(&mut *self.files)? {
            Opened::Whole(journal, scan) => match state::restore(&scan) {
                Restored::Whole { state, torn } => {
                    (self.state, self.journal, self.torn) = (*state, Some(journal), torn);
                }
                Restored::Lost(why) => self.lost(why)?,
            },
            // Whether anything was lost is known once the device id is read.
            Opened::Lost(LostWhy::Missing) => {}
            Opened::Lost(why) => self.lost(why)?,
        }
        Ok(())
    }

    /// Reads the files beside the journal. One that cannot be read is no reason not to restore the state.
    pub fn read_side(&mut self) {
        let result = self.try_read_side();
        self.side_fault = result.err();
    }

    fn try_read_side(&mut self) -> Result<(), AgentError> {
        (self.provision, self.root) = (None, None);
        let provision = storage::provision(&mut *self.files)?;
        if let Some(p) = &provision {
            let bad = |r| AgentError::new(Fault::Unreadable, format!("root in {PROVISION}: {r}"));
            self.root = Some(Trust::provisioned(&p.root).map_err(bad)?);
        }
        self.provision = provision;
        let seen = storage::read(&mut *self.files, SEEN)?;
        self.seen = seen.and_then(|b| String::from_utf8(b).ok()?.trim().parse().ok());
        self.identity = Identity::read(&mut *self.files)?.map(Arc::new);
        self.agreement = storage::read(&mut *self.files, AGREEMENT)?;
        Ok(())
    }

    /// OWN-09: lost state fails toward the owner. The file is kept aside, a new journal says why, nothing is locked.
    pub(crate) fn lost(&mut self, why: LostWhy) -> Result<(), AgentError> {
        self.state = State::new();
        self.journal = None;
        // Numbers of records begin anew.
        self.seen = None;
        storage::remove(&mut *self.files, SEEN)?;
        let aside = journal::set_aside(&mut *self.files)?;
        self.commit_if_due(&Ask::Lost { why, aside })
    }

    /// A freeing order whose record was torn but whose body is whole is taken as if it came again (OWN-04). Refused, it
    /// is forgotten: it was never receipted, so the server sends it again.
    fn take_torn(&mut self) -> Result<(), AgentError> {
        let Some((seq, jti, token)) = self.torn.clone() else {
            return Ok(());
        };
        let token = token.as_bytes();
        self.commit_if_due(&Ask::Order { seq, jti, token })?;
        self.torn = None;
        Ok(())
    }

    fn mend(&mut self) -> Result<(), AgentError> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        if !journal.mend(&mut *self.files)? {
            self.unread = true;
            self.read_all()?;
            self.unread = false;
        }
        Ok(())
    }

    /// Device key and id are there: brings the journal to *enrolled* and the provisioned root, from the files.
    fn complete_enrolment(&mut self) -> Result<(), AgentError> {
        let (Some(device), Some(agreement)) = (self.device().cloned(), self.agreement.clone()) else {
            return Ok(());
        };
        if self.state.settled() {
            return Ok(());
        }
        if self.state.device().is_some_and(|held| *held != device) {
            // Enrolled anew as another phone: the old record is another phone's.
            self.lost(LostWhy::Unverified)?;
        }
        if self.journal.is_none() {
            self.lost(LostWhy::Missing)?;
        }
        if self.state.device().is_none() {
            self.commit_if_due(&Ask::Enrolled {
                device,
                agreement: &agreement,
            })?;
        }
        if self.state.trust().root().is_none()
            && let Some(root) = self.provision.as_ref().map(|p| p.root.clone())
        {
            self.commit_if_due(&Ask::Trust(&root))?;
        }
        Ok(())
    }

    /// OWN-06: once reported, the certificate replaces the journal, and keys, amounts and provision go.
    fn finish_settlement(&mut self) -> Result<(), AgentError> {
        if !self.state.settled() {
            return Ok(());
        }
        if let Ok(entry) = state::judge(&self.state, &Ask::Certificate, &self.now()) {
            self.create(&entry)?;
        }
        // A crash may have come between the certificate and this.
        if self.state.effects().erase {
            for name in [IDENTITY, AGREEMENT, PROVISION] {
                storage::remove(&mut *self.files, name)?;
            }
            (self.identity, self.agreement, self.provision) = (None, None, None);
        }
        Ok(())
    }

    /// What the agent has to do to be enrolled, or that it is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.journal.is_some() && self.state.effects().erase {
            return Standing::Done;
        }
        if let Some(e) = &self.side_fault {
            return Standing::Blocked(e.fault);
        }
        let Some(provision) = &self.provision else {
            return Standing::NotProvisioned;
        };
        match &self.identity {
            Some(identity) if identity.device.is_some() && self.agreement.is_some() => Standing::Enrolled,
            Some(identity) if identity.device.is_some() => Standing::Refetch,
            Some(_) => Standing::Enrol,
            None if provision.agreed || self.agreed => Standing::Enrol,
            None => Standing::NotAgreed,
        }
    }

    /// The device id in `identity`.
    #[must_use]
    pub fn device(&self) -> Option<&DeviceId> {
        self.identity.as_ref()?.device.as_ref()
    }

    /// Whether anything that belongs to an enrolled phone is there.
    pub(crate) fn was_enrolled(&self) -> bool {
        self.journal.is_some() || self.device().is_some() || self.fault.is_some() || self.side_fault.is_some()
    }

    pub(crate) fn commit_if_due(&mut self, ask: &Ask<'_>) -> Result<(), AgentError> {
        match state::judge(&self.state, ask, &self.now()) {
            Ok(entry) => self.commit(&entry),
            Err(_) => Ok(()),
        }
    }

    /// Append, sync, apply, effects: in this order, for every entry there is.
    pub(crate) fn commit(&mut self, entry: &Entry) -> Result<(), AgentError> {
        let Some(journal) = &mut self.journal else {
            return self.create(entry);
        };
        journal.append(&mut *self.files, entry)?;
        self.apply(entry);
        Ok(())
    }

    /// A new journal in the place of whatever is there. After a failure nobody knows which one is on the disk.
    fn create(&mut self, first: &Entry) -> Result<(), AgentError> {
        self.unread = true;
        self.journal = Some(Journal::create(&mut *self.files, first)?);
        self.unread = false;
        self.apply(first);
        Ok(())
    }

    fn apply(&mut self, entry: &Entry) {
        let (state, effects) = state::apply(std::mem::take(&mut self.state), entry);
        self.state = state;
        if self.enforced != Some(effects.want) {
            self.enforced = None;
            self.enforce();
        }
    }

    /// Tells the platform what is wanted, until it has done it once.
    fn enforce(&mut self) {
        let want = self.state.effects().want;
        if self.enforced != Some(want) && self.policy.apply(want).is_ok() {
            self.enforced = Some(want);
        }
    }

    pub(crate) fn note(&mut self, fault: Option<AgentError>) {
        self.fault = fault;
    }
}
