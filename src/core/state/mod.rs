//! The phone's state: `judge` decides (and may look at time), `apply` carries out (and has no clock) (protocol §4, §5).
//!
//! The flow: an [`Ask`] is judged into an [`Entry`] or refused; the entry is stored; only then it is applied. State is
//! nothing but the fold of the journal, so the same entries give the same state on a phone, in a test and in the model
//! checker. `orders` has one place for each kind of order, used by both sides; `held` is a lock and its modes; `evidence` is what a
//! lock stands on; `due`
//! names alarms; `view` makes the screen's snapshot; `restore` reads a journal at start. A new event is an `Ask`, an arm
//! in `judge`, a kind in the journal, and an arm in `apply`; the compiler then shows the rest.

mod apply;
mod certificate;
mod due;
mod evidence;
mod held;
mod judge;
mod link;
mod orders;
mod owner;
mod restore;
mod view;

pub use apply::apply;
pub use due::{Due, due};
pub use judge::{judge, judge_order, refused};
pub use link::{FromZero, Outbox};
pub use owner::remark;
pub use restore::{Restored, restore};
pub use view::snapshot;

use crate::agreement::Agreement;
use crate::claim::{Claim, Clock};
use crate::code::CodeProof;
use crate::command::Command;
use crate::journal::LostWhy;
use crate::keys::Trust;
use crate::order::claims::{Status, Terms};
use crate::order::values::{Day, DeviceId, Id, Kid, Minor, No, Seq, Sha};
use crate::profile::{Owner, Profile};
use crate::refusal::Code;
use crate::snapshot::{LogLine, Released};
use crate::time::{BUILD_FLOOR_S, Now, Stamp};
use crate::wire;
use held::{Held, Kept, Mode};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Notices that are kept.
const MAX_NOTICES: usize = 32;
/// Receipts that are kept for later requests.
const MAX_PENDING: usize = 256;
/// How far above the highest known number a lock or release may be.
const LOCKS_AHEAD: u32 = 1000;
/// Everything the journal says, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    trust: Arc<Trust>,
    /// The texts that made `trust`, for the certificate.
    bundles: Vec<Arc<str>>,
    device: Option<DeviceId>,
    contract: Option<Arc<Contract>>,
    phase: Phase,
    /// Set by *enrolled* and *lost*.
    fresh: Option<Fresh>,
    released_through: u32,
    notices: Vec<Kept>,
    /// Instalment → Unix seconds up to which its evidence is spent.
    cleared: BTreeMap<u16, u64>,
    /// Instalments that an agreed plan replaced; only grows.
    replaced: BTreeSet<u16>,
    planned: Vec<(No, Day, Minor)>,
    disputed: BTreeMap<u16, Dispute>,
    /// Instalment → levels held, since when, and by which keys.
    levels: BTreeMap<u16, Vec<evidence::Reached>>,
    /// Graces that were applied.
    graces: BTreeSet<Id>,
    terms: Option<Arc<Terms>>,
    /// The key that signed them: void, they go too, or theirs would be the highest number for ever.
    terms_kid: Option<Kid>,
    cursor: Option<(Seq, Id)>,
    floor_s: u64,
    /// Accepted binding `iat`s of the running answer: they raise the floor when its status is stored.
    floor_next_s: u64,
    /// An order or bundle was stored since the last status.
    unanswered: bool,
    silence_h: u16,
    reminded: Option<owner::Reminded>,
    receipts: VecDeque<Pending>,
    claims: Vec<wire::ClaimRequest>,
    today: Today,
    last: Stamp,
    released: Option<(u32, Released)>,
    log: VecDeque<LogLine>,
    records: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum Phase {
    #[default]
    Unknown,
    Free,
    Lock(Box<Held>),
    Settled(Settled),
}

/// Settlement is final (OWN-06): this is all that is left of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Settled {
    day: u32,
    token: Arc<str>,
    seq: Option<Seq>,
    reported: bool,
    at: Stamp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Fresh {
    /// Time of the first status since.
    first_s: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Dispute {
    /// Every message about it: a lock that names one of them answers it.
    ids: Vec<Id>,
    answered: bool,
}

/// The enrolled agreement. Its bytes are what counts.
#[derive(Debug)]
struct Contract {
    sha: Sha,
    terms: Agreement,
}

impl PartialEq for Contract {
    fn eq(&self, other: &Self) -> bool {
        self.sha == other.sha
    }
}

impl Eq for Contract {}

impl Hash for Contract {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.sha.hash(hasher);
    }
}

/// A receipt that waits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pending {
    seq: Seq,
    sha256: [u8; 32],
    code: Option<Code>,
    retry_after_s: Option<u32>,
    lock_id: u32,
    mode: &'static str,
}

/// Refusals of a day: equal ones are counted, and 100 are written at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Today {
    from: Stamp,
    written: u32,
    seen: BTreeMap<(Code, [u8; 32]), u32>,
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
    /// The process started: asked once, before everything else. Under another boot id than the last entry's it is a
    /// boot; under the same one it ends a backup that was running. Else `n_no_effect`.
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
    Status(&'a crate::order::Verified<Status>),
    /// A wish of the owner, with a fresh random id.
    Command(Command, Id),
    /// A typed code is right: asked after its attempt was stored, with the proof that `code::check` made.
    Code(CodeProof),
    /// The platform's network worked for this many hours, 1 to 6, while no word of the lender came. `n_no_effect` while
    /// no lock is held.
    Silence(u8),
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

    /// The enrolled agreement.
    #[must_use]
    pub fn agreement(&self) -> Option<&Agreement> {
        self.contract.as_ref().map(|c| &c.terms)
    }

    /// Cursor: the last order taken.
    #[must_use]
    pub fn cursor(&self) -> Option<wire::Cursor> {
        let (seq, jti) = self.cursor.clone()?;
        Some(wire::Cursor { seq, jti })
    }

    /// Unix seconds below which no honest clock can be: the TLS clock of a phone without an anchor is the later of this
    /// and the wall clock.
    #[must_use]
    pub fn floor_s(&self) -> u64 {
        self.floor_s.max(BUILD_FLOOR_S)
    }

    /// Number of the lock in force.
    #[must_use]
    pub fn lock_id(&self) -> Option<u32> {
        self.held().map(Held::id)
    }

    /// Highest number released.
    #[must_use]
    pub fn released_through(&self) -> u32 {
        self.released_through
    }

    /// Whether the contract is settled.
    #[must_use]
    pub fn settled(&self) -> bool {
        matches!(self.phase, Phase::Settled(_))
    }

    /// Whether "I have paid" is running: then the phone asks often (OWN-08).
    #[must_use]
    pub fn claim_running(&self) -> bool {
        self.held().is_some_and(|held| held.claim.clock().is_some())
    }

    /// Mode word of receipts and check-ins.
    #[must_use]
    pub fn mode_word(&self) -> &'static str {
        match &self.phase {
            Phase::Unknown => "unknown",
            Phase::Free => "free",
            Phase::Settled(_) => "settled",
            Phase::Lock(held) => match held.mode {
                Mode::Locked => "locked",
                Mode::Open { .. } => "open",
                Mode::Backup(_) => "backup",
            },
        }
    }

    /// Number of the journal record that lifted the last lock. The page *released* stands until the owner has seen it;
    /// that he has is no matter of the journal, so whoever keeps it keeps this number.
    #[must_use]
    pub fn released_record(&self) -> Option<u32> {
        self.released.as_ref().map(|(record, _)| *record)
    }

    /// What has to be carried out now; `apply` returns the same.
    #[must_use]
    pub fn effects(&self) -> Effects {
        let (want, erase) = match &self.phase {
            Phase::Unknown | Phase::Free => (Want::Unlocked, false),
            Phase::Settled(settled) => (Want::Cleared, settled.reported),
            Phase::Lock(held) => match held.mode {
                Mode::Open { .. } => (Want::Unlocked, false),
                Mode::Backup(_) => (Want::Backup, false),
                Mode::Locked => match self.level(held) {
                    0 => (Want::Unlocked, false),
                    // The page comes when it is due, and can be left: in between, nothing is enforced.
                    1 if self.reminded_record().is_some() => (Want::Reminder, false),
                    1 => (Want::Unlocked, false),
                    2 => (Want::Limited, false),
                    _ => (Want::Kiosk, false),
                },
            },
        };
        Effects {
            want,
            send: !self.receipts.is_empty() || !self.claims.is_empty(),
            erase,
        }
    }

    /// The state without what only grows and nothing depends on (log, record numbers, the day's refusals, the outbox,
    /// whether a status is stored for those alone), with its clocks as if boot time began at `now`. Two states that are
    /// equal after this behave alike: the model checker compares them.
    #[doc(hidden)]
    #[must_use]
    pub fn forgotten(mut self, now: &Now) -> State {
        let at = self.stamp(now);
        let zero = Stamp {
            floor_s: at.floor_s,
            ..Stamp::default()
        };
        if let Phase::Lock(held) = &mut self.phase {
            if let Claim::Running { clock, said } = &mut held.claim {
                (*clock, *said) = (Clock::start(clock.left_ms(&at), &zero), zero);
            }
            match &mut held.mode {
                Mode::Locked => {}
                Mode::Open { clock, .. } => *clock = Clock::start(clock.left_ms(&at), &zero),
                Mode::Backup(lease) => *lease = lease.begun_at(&at, &zero),
            }
            held.wait = held.wait.map(|clock| Clock::start(clock.left_ms(&at), &zero));
        }
        if let Some(shown) = &mut self.reminded {
            shown.clock = Clock::start(shown.clock.left_ms(&at), &zero);
            shown.record = 1;
        }
        self.last = zero;
        self.bundles.clear();
        self.unanswered = false;
        self.log.clear();
        self.records = 1;
        self.today = Today::default();
        self.receipts.clear();
        self.claims.clear();
        self.released = None;
        self
    }

    /// A hash of the state, computed here where the optimiser is on.
    #[doc(hidden)]
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }

    fn held(&self) -> Option<&Held> {
        match &self.phase {
            Phase::Lock(held) => Some(held),
            Phase::Unknown | Phase::Free | Phase::Settled(_) => None,
        }
    }

    fn profile(&self) -> Option<&'static Profile> {
        Profile::by_id(&self.agreement()?.profile)
    }

    /// What the owner gets: the market's values, and the contract's where they are kinder.
    fn owner(&self) -> Owner {
        let agreement = self.agreement();
        let under = |profile: &Profile| agreement.map_or(profile.owner, |a| profile.owner_under(a));
        self.profile().map_or_else(Owner::default, under)
    }

    /// Effective level: a dispute lowers it until it is answered (OWN-12).
    fn level(&self, held: &Held) -> u8 {
        let level = held.lock.level.get();
        if self.disputes(held.instalment()) {
            (level - 1).min(self.owner().dispute_lowers_to)
        } else {
            level
        }
    }

    fn disputes(&self, instalment: u16) -> bool {
        self.disputed.get(&instalment).is_some_and(|d| !d.answered)
    }

    /// What has to be paid to unlock: the smaller of terms and lock.
    fn amount(&self, held: &Held) -> u64 {
        let asked = &held.lock.amount;
        // Terms in another currency say nothing about this sum.
        let terms = self.terms.as_ref().filter(|terms| terms.cur == asked.cur);
        let asked = asked.minor.get();
        asked.min(terms.map_or(asked, |t| t.unlocks_now.get()))
    }

    /// Highest number that this phone knows of.
    fn top(&self) -> u32 {
        self.released_through.max(self.lock_id().unwrap_or(0))
    }

    fn stamp(&self, now: &Now) -> Stamp {
        Stamp {
            boot: now.boot,
            boot_ms: now.boot_ms,
            floor_s: self.floor_s(),
        }
    }

    /// The day of refusals that an entry at `at` belongs to, if it is the one that is counted.
    fn counted_today(&self, at: &Stamp) -> Option<&Today> {
        const DAY_S: u64 = 86_400;
        let from = &self.today.from;
        let over = at.floor_s >= from.floor_s.saturating_add(DAY_S)
            || (at.boot == from.boot && at.boot_ms.saturating_sub(from.boot_ms) >= DAY_S * 1000);
        (self.today.written > 0 && !over).then_some(&self.today)
    }
}

/// The order of a stored token, read and not verified: for the owner's log alone.
pub(crate) fn read_order(token: &str) -> Option<crate::order::claims::Order> {
    orders::recorded(token).map(|recorded| recorded.order)
}

#[cfg(test)]
mod tests;
