//! What is true now, as the screen needs it: one of the two words that agent and screen share.
//!
//! A snapshot is plain data without a clock. `state::snapshot` makes it; the agent adds `link` and `limits`, which are
//! not the journal's business. Scenes in `tests/scenes/` are snapshots as JSON.

mod link;
pub use link::{Fault, Link};

use crate::refusal::Code;
use serde::{Deserialize, Serialize};

/// Everything a page can show. Times are Unix seconds, amounts minor units, days since 1970-01-01 in the
/// agreement's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Which state the phone is in.
    pub phase: Phase,
    /// Whether the root is a sandbox's: every page then says so.
    pub sandbox: bool,
    /// Short reference that the owner reads to the hotline, e.g. `K7Q4 2M`; empty before enrolment.
    pub reference: String,
    /// The lender's signed card; `None` before enrolment and after settlement.
    pub lender: Option<Lender>,
    /// The agreement's facts; `None` before enrolment.
    pub agreement: Option<Agreement>,
    /// What is owed, by the newest signed terms; `None` while none are held.
    pub money: Option<Money>,
    /// How to pay; `None` when no link may be shown (then: hotline first).
    pub pay: Option<Pay>,
    /// The market's style and numbers; before enrolment the market `unknown`.
    pub market: Market,
    /// The last lock that was lifted, for the page *released*; gone once seen.
    pub released: Option<Released>,
    /// The owner's log, newest first, at most 200 lines.
    pub log: Vec<LogLine>,
    /// Instalments of an agreed plan that are still open: number, due day, minor units.
    #[serde(default)]
    pub planned: Vec<(u16, u32, u64)>,
    /// Messages that still wait to be sent.
    pub unsent: u32,
    /// The server told that an older journal was put back; marked, never punished. The agent fills it in.
    pub rollback_seen: bool,
    /// How it stands with the lender's server. `core` says `Asking`; the agent fills it in.
    pub link: Link,
    /// What this platform's lock cannot do. `core` gives the default; the agent fills it in.
    pub limits: Limits,
    /// Unix seconds for display, if any clock is known.
    pub now_s: Option<u64>,
    /// Offset of the agreement's zone at `now_s`, minutes east of UTC.
    pub utc_offset_min: i32,
}

/// The state, with what belongs to it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Phase {
    /// Not enrolled: page *welcome*. `wait` says what the owner's consent is waiting for.
    Welcome {
        /// The text that the owner agrees to, where the provisioning brought it.
        provisioned: bool,
    },
    /// Not locked, asking: new, or the state was lost (OWN-09).
    Unknown,
    /// Nothing to enforce.
    Free,
    /// A lock is held.
    Lock(Lock),
    /// The contract is over for good (OWN-06).
    Settled {
        /// Local day of settlement.
        day: u32,
        /// Whether the lender has been told.
        reported: bool,
    },
}

/// A lock and what the owner can do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Number of the lock.
    pub id: u32,
    /// Effective level: 0 shows nothing, 1 reminder, 2 limited, 3 kiosk.
    pub level: u8,
    /// Whether the phone is locked, open or in its backup.
    pub mode: Mode,
    /// Instalment number.
    pub instalment: u16,
    /// Day on which it was due.
    pub due: u32,
    /// Whole days past due, if a clock is known.
    pub days_late: Option<u32>,
    /// What has to be paid to unlock: the smaller of terms and lock, minor units.
    pub amount: u64,
    /// Unix seconds since when, as the lender says; shown only.
    pub since: u64,
    /// The 60-minute clock of "I have paid".
    pub claim: Claim,
    /// Milliseconds left of the 10 minutes.
    pub backup_left_ms: u64,
    /// Whether the emergency opening is still there to use.
    pub opening: bool,
    /// Whether a dispute of this instalment lowers the level now.
    pub disputed: bool,
    /// How it stands with the dispute of this instalment; `None` = it was never disputed.
    #[serde(default)]
    pub dispute: Option<Dispute>,
    /// Spoken codes of this lock; `None` when it has none.
    #[serde(default)]
    pub code: Option<CodeView>,
    /// Whether the reminder page stands: shown, and not left yet.
    #[serde(default)]
    pub remind: bool,
    /// The five parts of the proof that this lock is allowed (page *why*).
    pub proof: Vec<Proof>,
}

/// A mode inside the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mode {
    /// Locked.
    Locked,
    /// Open for a promised time.
    Open {
        /// Why it is open.
        reason: OpenReason,
        /// Milliseconds of powered-on time left.
        left_ms: u64,
        /// Unix seconds when that ends, if a clock is known.
        ends_s: Option<u64>,
    },
    /// The 10 minutes run.
    Backup {
        /// Unix seconds when they end, if a clock is known.
        ends_s: Option<u64>,
    },
}

/// Why a locked phone is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenReason {
    /// The lender granted time.
    Grace,
    /// "I have paid" was not answered in 60 minutes.
    Provisional,
    /// The owner used the emergency opening.
    Opening,
    /// A spoken code was typed.
    Code,
}

/// The clock of "I have paid".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Claim {
    /// Not said yet.
    None,
    /// Running.
    Running {
        /// Milliseconds of powered-on time left.
        left_ms: u64,
        /// Unix seconds when "I have paid" was said, if a clock is known.
        said_s: Option<u64>,
        /// Unix seconds when the phone opens at the latest, if a clock is known.
        ends_s: Option<u64>,
    },
    /// The provisional opening of this lock was used.
    Spent,
}

/// How it stands with a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// Said; the message waits for the network. The level is lowered already.
    Waiting,
    /// The lender has the message and owes an answer.
    Sent,
    /// Answered: this instalment cannot lower the level again.
    Answered,
}

/// What the page for spoken codes shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeView {
    /// The slot that a code of 12 digits is held against next, 1 to 3; 0 = none left.
    pub slot: u8,
    /// Whether a code of 16 digits can release this lock.
    pub release: bool,
    /// Milliseconds of powered-on time until the next try.
    pub wait_ms: u64,
    /// Closed until the next check-in.
    pub closed: bool,
    /// Wrong codes so far.
    pub tries: u16,
}

/// One part of the proof on page *why*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Which part.
    pub part: ProofPart,
    /// Whether this phone checked it and it holds.
    pub holds: bool,
    /// Notices: how many are held. Days: days late. Level: the level. Else 0.
    pub count: u32,
    /// Notices: local day of the last one. Days: the first allowed day. Else 0.
    pub day: u32,
}

/// The five parts of the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofPart {
    /// A current key of the lender, and the card it stands on.
    Key,
    /// This agreement, and its clause.
    Agreement,
    /// The notices that were sent.
    Notices,
    /// Days past due.
    Days,
    /// Level and hours.
    Level,
}

/// The lender's signed card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lender {
    /// Name.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// Licence number.
    pub licence: String,
    /// Hotlines: number to dial and label.
    pub hotlines: Vec<(String, String)>,
    /// Opening hours as text.
    pub hours: String,
}

/// Facts of the enrolled agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The lender's contract number.
    pub number: String,
    /// Day of signing.
    pub signed: u32,
    /// Id of the clause that allows a lock.
    pub clause: String,
    /// Its text.
    pub clause_text: String,
    /// Next open instalment after `now`: number, due day, minor units.
    pub next: Option<(u16, u32, u64)>,
}

/// What is owed (minor units). The rows sum to the amounts, to the last unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// ISO 4217 code.
    pub cur: String,
    /// Price of the whole contract.
    pub total: u64,
    /// Paid so far.
    pub paid: u64,
    /// Due now.
    pub due_now: u64,
    /// What unlocks now.
    pub unlocks_now: u64,
    /// Left to pay in all.
    pub left: u64,
    /// Agreed fees, inside `due_now`.
    pub fees: u64,
    /// Instalments: number, due day, amount, paid.
    pub rows: Vec<(u16, u32, u64, u64)>,
    /// Unix seconds of the terms: "as of".
    pub as_of: u64,
}

/// How to pay on another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    /// Payee names of the card; the first stands above the code.
    pub payees: Vec<String>,
    /// The checked link, shown under the code.
    pub link: String,
    /// What the QR code says: the market's payload, else the link.
    pub qr: String,
    /// Minor units asked for.
    pub amount: u64,
}

/// What the market brings to the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Id, e.g. `demo`.
    pub id: String,
    /// Name.
    pub name: String,
    /// How amounts look; the language never decides it.
    pub style: crate::money::MoneyStyle,
    /// Numbers of the emergency page.
    pub emergency: Vec<EmergencyNumber>,
    /// Where to turn with a complaint: name, number, address.
    pub help: Vec<(String, String, String)>,
}

/// A row of the emergency page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumber {
    /// Whom it calls.
    pub kind: EmergencyKind,
    /// Digits.
    pub number: String,
}

/// Whom an emergency number calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyKind {
    /// Everything.
    All,
    /// Police.
    Police,
    /// Ambulance.
    Ambulance,
    /// Fire brigade.
    Fire,
}

/// The lock that was lifted last.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Why.
    pub why: ReleaseWhy,
    /// Amount paid, minor units, where a payment lifted it.
    pub amount: Option<u64>,
    /// Unix seconds of the payment or release.
    pub at: u64,
}

/// Why a lock was lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseWhy {
    /// The instalment was paid.
    Paid,
    /// The lock was a mistake; the page apologises.
    Error,
    /// Goodwill.
    Goodwill,
    /// The lock's key was withdrawn.
    Void,
    /// A plan was agreed (OWN-12).
    Plan,
    /// The spoken release code was typed.
    Code,
    /// The lender was silent for 30 days of network (OWN-10).
    Lapsed,
}

/// One line of the owner's log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogLine {
    /// Number of the journal record.
    pub record: u32,
    /// Unix seconds: the order's `iat`, else the floor then.
    pub at: u64,
    /// What happened.
    pub what: LogWhat,
    /// How often, when equal ones were put together.
    pub count: u32,
}

/// What a log line tells. The words stand in `log.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LogWhat {
    /// Enrolled.
    Enrolled,
    /// The record was lost or damaged; the phone stayed open.
    Lost,
    /// New keys or card.
    Keys,
    /// A notice: its number, instalment, amount.
    Notice {
        /// Number of the notice.
        no: u8,
        /// Instalment.
        instalment: u16,
        /// Minor units.
        amount: u64,
    },
    /// New terms.
    Terms,
    /// A plan was agreed.
    Plan,
    /// Locked.
    Lock {
        /// Number of the lock.
        id: u32,
        /// Level.
        level: u8,
    },
    /// Released.
    Release {
        /// Number of the lock.
        id: u32,
    },
    /// Time granted, seconds.
    Grace {
        /// Seconds.
        dur_s: u32,
    },
    /// Settled.
    Settle,
    /// Refused, with its code.
    Refused {
        /// Why.
        code: Code,
        /// The kind of order, if it could be read.
        kind: String,
    },
    /// The backup ran; seconds used so far.
    Backup {
        /// Seconds.
        used_s: u32,
    },
    /// "I have paid".
    Paid,
    /// The phone opened by itself after 60 minutes.
    Provisional,
    /// A promised opening ended.
    Closed,
    /// "This is a mistake".
    Dispute,
    /// "I cannot pay now".
    Hardship,
    /// "I want to give the phone back".
    Return,
    /// The emergency opening was started.
    Opening,
    /// A spoken code was typed and is right: slots 1 to 3 open, 4 releases.
    Code {
        /// Slot.
        slot: u8,
    },
    /// A wrong code was typed.
    WrongCode,
    /// The lock lapsed: the lender was silent for 30 days of network.
    Lapsed,
    /// The reminder was shown.
    Reminded,
    /// The certificate replaced the record.
    Certificate,
}

/// What the platform's lock can and cannot do; text on the screen depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// A factory reset does not remove the lock.
    pub survives_reset: bool,
    /// This is a preview: nothing is really locked.
    pub preview: bool,
}
