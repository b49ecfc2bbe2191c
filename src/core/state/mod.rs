//! The phone's state: `judge` decides (and may look at time), `apply` carries out (and has no clock) (protocol §4, §5).

use crate::command::Command;
use crate::journal::{Body, Entry, LostWhy};
use crate::keys::Trust;
use crate::order::values::{DeviceId, Id, Seq};
use crate::refusal::{Code, Refusal};
use crate::snapshot::Snapshot;
use crate::time::Now;
use crate::wire;

mod position;
pub use position::{Position, restore};

/// Everything the journal says, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    trust: Trust,
    device: Option<DeviceId>,
}

/// What is put before `judge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    /// A fresh journal after enrolment, or the second record after *lost*.
    Enrolled {
        /// Device id.
        device: DeviceId,
        /// The agreement's exact bytes.
        agreement: &'a [u8],
    },
    /// The journal was lost: first record of the new one.
    Lost {
        /// Why.
        why: LostWhy,
        /// Name of the file kept aside.
        aside: Option<String>,
    },
    /// The process started. No entry (`n_no_effect`) under the same boot id as the last entry.
    Started,
    /// A root or key set bundle.
    Trust(&'a str),
    /// An order as delivered.
    Order {
        /// Sequence number.
        seq: Seq,
        /// Id.
        jti: Id,
        /// The token's bytes.
        token: &'a [u8],
    },
    /// A status whose anchor is in `Now` already; asked after the orders of its answer. `n_no_effect`: nothing to store.
    Status(&'a crate::order::Verified<crate::order::claims::Status>),
    /// A wish of the owner, with a fresh random id.
    Command(Command, Id),
    /// The alarm of `due` rang.
    Due,
    /// The server took these.
    Sent {
        /// Receipts up to here.
        receipts_to: Option<Seq>,
        /// These claims.
        claims: Vec<Id>,
        /// The report of settlement.
        settle: bool,
    },
    /// 30 days of trying to report the settlement, or it was delivered: replace the journal by the certificate.
    Certificate,
}

/// What has to be carried out after `apply`; carrying it out twice changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// What the platform must enforce now.
    pub want: Want,
    /// Something waits in the outbox.
    pub send: bool,
    /// The journal may be replaced by the certificate record and keys, amounts, provision erased.
    pub erase: bool,
}

/// What the platform must enforce.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Want {
    /// Nothing.
    #[default]
    Unlocked,
    /// The reminder page, which can be left.
    Reminder,
    /// Shown on wake; calls, messages and essential apps usable.
    Limited,
    /// The essential floor only.
    Kiosk,
    /// Open for the 10 minutes; the lock stays.
    Backup,
    /// The contract is settled: give up every right.
    Cleared,
}

/// The next alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Boot milliseconds of this boot.
    pub at_ms: u64,
}

impl State {
    /// Nothing known: not enrolled.
    #[must_use]
    pub fn new() -> State {
        State::default()
    }
    /// The root from `provision.json`, before anything is enrolled. Journals carry it as their first *trust* entry.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }
    /// Device id, once enrolled.
    #[must_use]
    pub fn device(&self) -> Option<&DeviceId> {
        self.device.as_ref()
    }
    /// Receipts (≤ 64) and claims that wait to be sent.
    #[must_use]
    pub fn outbox(&self) -> Outbox {
        Outbox::default()
    }
}

/// What waits to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Receipts in order, at most 64.
    pub receipts: Vec<wire::Receipt>,
    /// Claims in order.
    pub claims: Vec<wire::ClaimRequest>,
    /// The receipts hold the report of settlement.
    pub settle: bool,
}

/// Decides. What it returns has to be appended and synced before it is applied.
///
/// # Errors
/// The refusal. For orders the caller stores `refused(…)` then; for commands it shows the code.
pub fn judge(state: &State, ask: &Ask<'_>, now: &Now) -> Result<Entry, Refusal> {
    let _ = (state, ask, now);
    Err(Code::NNoEffect.into())
}

/// The entry that keeps a refused or effectless order in the owner's log and moves the cursor. `None` when the day's
/// 100 are used up.
#[must_use]
pub fn refused(
    state: &State,
    seq: Seq,
    jti: &Id,
    token: &[u8],
    refusal: &Refusal,
    now: &Now,
) -> Option<Entry> {
    let _ = (state, seq, jti, token, refusal, now);
    None
}

/// Carries an entry out. Pure and total: the same inputs give the same state everywhere.
#[must_use]
pub fn apply(state: State, entry: &Entry) -> (State, Effects) {
    let _ = (entry, Body::Boot);
    (state, Effects::default())
}

/// What is true now, for the screen.
#[must_use]
pub fn snapshot(state: &State, now: &Now) -> Snapshot {
    let _ = (state, now);
    unreachable!("filled in by the state module")
}

/// The next alarm, if any.
#[must_use]
pub fn due(state: &State, now: &Now) -> Option<Due> {
    let _ = (state, now);
    None
}
