//! Keeps state and journal in step: verify → append → sync → apply → effects → tell. Nothing here waits for a network,
//! and nothing is applied that is not on the disk.

use crate::clock::Clock;
use crate::device_key::{Identity, fresh_id};
use crate::error::AgentError;
use crate::journal::{self, Journal, Opened};
use crate::ports::LockPolicy;
use crate::storage::{self, AGREEMENT, BESIDE, Files, IDENTITY, LOCK, PROVISION, RESERVE, SEEN};
use crate::told::{Moved, Refused, Told};
use latchkey_core::agreement::Agreement;
use latchkey_core::command::Command;
use latchkey_core::journal::{Body, Ended, Entry, LostWhy};
use latchkey_core::keys::Trust;
use latchkey_core::order::values::{DeviceId, Id, Seq};
use latchkey_core::snapshot::{Fault, Link};
use latchkey_core::state::{self, Ask, FromZero, Restored, State, Want};
use latchkey_core::time::{Anchor, Now};
use latchkey_core::wire::Provision;
use std::borrow::Cow;
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

/// After a fault of the files, or an alarm that changed nothing, it is tried again this much later, milliseconds.
pub(crate) const LOOK_AGAIN_MS: u64 = 5_000;

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
    /// The last answer told of an older copy of our record.
    pub(crate) rollback_seen: bool,
    /// A freeing order of a torn record, until it is stored again.
    torn: Option<(Seq, Id, String)>,
    /// Number of the newest record whose page the owner has seen or left: a release, a reminder.
    pub(crate) seen: Option<u32>,
    anchor: Option<Anchor>,
    /// The record *boot* of this process stands, or was not needed.
    started: bool,
    /// The files could not be read at start, or hold another chain than we do.
    unread: bool,
    /// When to try next whether the disk takes bytes again.
    try_room_ms: u64,
    /// The window's time ended while nothing could be stored.
    closed: bool,
    pub(crate) agreed: bool,
    /// Of the journal: nothing can be stored.
    fault: Option<AgentError>,
    /// Of the files beside it: what is held goes on, but nobody can be asked.
    side_fault: Option<AgentError>,
    /// What the platform was brought to.
    pub(crate) enforced: Option<Want>,
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
            rollback_seen: false,
            torn: None,
            seen: None,
            anchor: None,
            started: false,
            unread: true,
            try_room_ms: 0,
            closed: false,
            agreed: false,
            fault: None,
            side_fault: None,
            enforced: None,
            link: Link::Asking,
            moved: None,
            refused: None,
            tell: watch::Sender::new(None),
        };
        if keeper.ready() && !keeper.state.settled() {
            storage::keep_reserve(&mut *keeper.files);
        }
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

    /// The lender, as it was provisioned.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.provision.as_ref().map(|p| p.tenant.as_str())
    }

    /// Brings everything to where a step can be taken: files read, boot recorded, enrolment written, platform told.
    /// `false` while a fault of the files stands in the way.
    pub fn ready(&mut self) -> bool {
        match self.make_ready() {
            Ok(()) => {
                if self.fault.is_some() && self.has_room() {
                    self.note(None);
                }
                true
            }
            Err(e) => {
                self.note(Some(e));
                false
            }
        }
    }

    /// Whether the disk takes bytes again: tried every few seconds by putting the reserve aside anew.
    fn has_room(&mut self) -> bool {
        let now_ms = self.clock.read().boot_ms;
        if now_ms < self.try_room_ms {
            return false;
        }
        self.try_room_ms = now_ms + LOOK_AGAIN_MS;
        storage::spend_reserve(&mut *self.files);
        storage::keep_reserve(&mut *self.files);
        self.files.exists(RESERVE)
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
        if std::mem::take(&mut self.closed)
            && let Err(e) = self.close_window()
        {
            self.closed = true;
            return Err(e);
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
        if self.state.device().is_none() && Agreement::parse(&agreement).is_err() {
            // A damaged copy is as good as none: the lender is asked for it.
            self.agreement = None;
            return Ok(());
        }
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
            for name in [IDENTITY, AGREEMENT, PROVISION, SEEN, RESERVE] {
                storage::remove(&mut *self.files, name)?;
                storage::remove(&mut *self.files, &format!("{name}{BESIDE}"))?;
            }
            journal::forget_aside(&mut *self.files)?;
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
        match journal.append(&mut *self.files, entry) {
            // OWN-04: a full disk keeps nobody locked who paid.
            Err(e) if e.fault == Fault::DiskFull && storage::spend_reserve(&mut *self.files) => {
                self.mend()?;
                let Some(journal) = &mut self.journal else {
                    return Err(e);
                };
                journal.append(&mut *self.files, entry)?;
            }
            result => result?,
        }
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

    /// The state, with what has ended since although it cannot be stored: a full disk must neither keep a window open
    /// (OWN-07) nor keep the phone locked when "I have paid" has run out (OWN-08).
    pub(crate) fn elapsed(&self) -> Cow<'_, State> {
        let mut state = Cow::Borrowed(&self.state);
        if self.fault.is_none() {
            return state;
        }
        // A lease, a claim and an opening: no more than these can end.
        for _ in 0..3 {
            let Ok(mut entry) = state::judge(&state, &Ask::Due, &self.now()) else {
                break;
            };
            if matches!(entry.body, Body::Lease { .. }) {
                // The next seconds of the window cannot be charged, so they are not given.
                entry.body = Body::Ended(Ended::Lease);
            } else if !matches!(entry.body, Body::Ended(_)) {
                // A tick, which may wait.
                break;
            }
            state = Cow::Owned(state::apply(state.into_owned(), &entry).0);
        }
        state
    }

    /// The window was closed in time although that could not be stored: what is charged stays, and no more.
    fn close_window(&mut self) -> Result<(), AgentError> {
        self.commit_if_due(&Ask::Command(Command::StopBackup, fresh_id()?))
    }

    /// A fault stays until something could be stored again. Meanwhile time runs out all the same.
    pub(crate) fn note(&mut self, fault: Option<AgentError>) {
        self.fault = fault;
        if self.fault.is_some() {
            self.closed |= self.state.mode_word() == "backup" && self.elapsed().mode_word() != "backup";
            self.enforce();
        }
    }
}
