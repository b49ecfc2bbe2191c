//! The JSON of the lender's API: what is sent and what is answered. Times are Unix seconds, amounts minor units.

use crate::date;
use crate::error::LenderError;
use crate::store::orders::StoredOrder;
use crate::store::{bounded, id};
use crate::openapi::values as v;
use latchkey_core::envelope::decode;
use latchkey_core::order::claims::{Channel, Why};
use latchkey_core::order::values::{
    Day, DeviceId, GraceSecs, Id, Level, List, LockId, Minor, No, NoticeNo, Seq, Sha, Slot, Text,
};
use latchkey_core::wire::{ClaimKind, Delivery};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A calendar day, `2026-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date(pub Day);

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&date::iso(self.0))
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
        let text = String::deserialize(d)?;
        let day = date::parse(&text).ok_or(serde::de::Error::custom("a day is YYYY-MM-DD"))?;
        Ok(Date(day))
    }
}

macro_rules! asks {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $($fields)* }
    )*};
}

macro_rules! tells {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, JsonSchema)]
        pub(crate) struct $name { $($fields)* }
    )*};
}

asks! {
    /// Which part of a list.
    Page {
        /// `next` of the page before; the first page if it is left out.
        #[serde(default)]
        pub after: Option<String>,
        /// How many at most, 1 to 100.
        #[serde(default)]
        #[schemars(range(min = 1, max = 100))]
        pub limit: Option<u32>,
    }
    /// Which part of the claims.
    ClaimPage {
        /// `next` of the page before; the first page if it is left out.
        #[serde(default)]
        pub after: Option<String>,
        /// How many at most, 1 to 100.
        #[serde(default)]
        #[schemars(range(min = 1, max = 100))]
        pub limit: Option<u32>,
        /// Only claims that nobody answered yet.
        #[serde(default)]
        pub open: Option<bool>,
    }
    /// A phone to be sold: its agreement, and which phone it is, if that is known already.
    NewDevice {
        /// The agreement's exact bytes (protocol, chapter 8), base64url. The contract's number stands in it.
        #[schemars(with = "v::Base64Url")]
        pub agreement: String,
        /// SHA-256 that the phone sends as its serial number's hash.
        #[serde(default)]
        #[schemars(with = "Option<v::Sha>")]
        pub serial_hash: Option<Sha>,
    }
    /// A warning before a lock.
    NoticeAsk {
        /// Number in the market's order, from 1.
        #[schemars(with = "v::NoticeNo")]
        pub notice_no: NoticeNo,
        /// Instalment in arrears.
        #[schemars(with = "v::No")]
        pub instalment: No,
        /// How it was said already.
        #[schemars(with = "Vec<ChannelWord>", length(min = 1, max = 4))]
        pub channels: List<Channel, 1, 4>,
    }
    /// A lock. A higher level than the lock in force is an escalation.
    LockAsk {
        /// 1 reminds, 2 limits, 3 leaves the payment page alone.
        #[schemars(with = "v::Level")]
        pub level: Level,
        /// Instalment in arrears.
        #[schemars(with = "v::No")]
        pub instalment: No,
    }
    /// A release.
    ReleaseAsk {
        /// The lock to lift; every lock of the phone if it is left out.
        #[serde(default)]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<LockId>,
        /// Why; the phone shows it.
        pub why: Reason,
    }
    /// Time under a lock.
    GraceAsk {
        /// The lock in force; refused if it is another one.
        #[serde(default)]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<LockId>,
        /// Seconds of powered-on time, 60 to 259200.
        #[schemars(with = "v::GraceSecs")]
        pub dur_s: GraceSecs,
    }
    /// A spoken code, and who reads it out why.
    CodeAsk {
        /// The lock that the phone shows; the one in force if it is left out.
        #[serde(default)]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<LockId>,
        /// The code that the phone asks for: 1 to 3 open it for 72 hours, 4 releases the lock.
        #[schemars(with = "v::Slot")]
        pub slot: Slot,
        /// Who reads it out.
        #[schemars(with = "v::Text64")]
        pub operator: Text<64>,
        /// Why this caller gets it.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
    }
    /// One instalment of a plan.
    PlanRowAsk {
        /// Due day.
        #[schemars(with = "v::Date")]
        pub due: Date,
        /// Amount, agreed fee included.
        #[schemars(with = "v::Minor")]
        pub minor: Minor,
    }
    /// An agreed plan. The rows add up to what is open and the fee, less what is forgiven.
    PlanAsk {
        /// Instalments that it replaces, for ever.
        #[schemars(with = "Vec<v::No>", length(min = 1, max = 12))]
        pub replaces: List<No, 1, 12>,
        /// What is paid instead, by rising days.
        #[schemars(with = "Vec<PlanRowAsk>", length(min = 1, max = 12))]
        pub schedule: List<PlanRowAsk, 1, 12>,
        /// Fee that was agreed for it.
        #[serde(default)]
        #[schemars(with = "Option<v::Minor>")]
        pub fee: Option<Minor>,
        /// What is given up.
        #[serde(default)]
        #[schemars(with = "Option<v::Minor>")]
        pub forgiven: Option<Minor>,
    }
    /// A payment that arrived outside the pay page.
    PaymentAsk {
        /// Amount.
        #[schemars(with = "v::Minor")]
        pub minor: Minor,
        /// The lender's or the bank's number of it: the same number is the same payment.
        #[schemars(with = "v::Text64")]
        pub reference: Text<64>,
    }
    /// The answer to a claim.
    ResolveAsk {
        /// How it ends.
        pub outcome: Outcome,
        /// With `step_down`: the lower level.
        #[serde(default)]
        #[schemars(with = "Option<v::Level>")]
        pub level: Option<Level>,
        /// With `plan`: the plan.
        #[serde(default)]
        pub plan: Option<PlanAsk>,
    }
    /// Who stops locks, or lets them go on, and why.
    StopAsk {
        /// Who.
        #[schemars(with = "v::Text64")]
        pub operator: Text<64>,
        /// Why.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
    }
    /// A public key.
    KeyAsk {
        /// Ed25519 (RFC 8037).
        pub key: PublicJwk,
    }
    /// An Ed25519 public key as a JWK.
    PublicJwk {
        /// `OKP`.
        pub kty: String,
        /// `Ed25519`.
        pub crv: String,
        /// X.
        #[schemars(with = "v::Sha")]
        pub x: String,
    }
}

/// Why a lock is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(crate) enum Reason {
    /// It was a mistake; the phone apologises.
    Error,
    /// Goodwill.
    Goodwill,
}

impl From<Reason> for Why {
    fn from(reason: Reason) -> Why {
        match reason {
            Reason::Error => Why::Error,
            Reason::Goodwill => Why::Goodwill,
        }
    }
}

/// How a claim ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(crate) enum Outcome {
    /// The owner is right: a dispute is released as a mistake, a return settles the contract.
    Accept,
    /// The owner is wrong: a disputed lock is signed anew under the next number.
    Reject,
    /// A disputed lock is signed anew at a lower level.
    StepDown,
    /// What the owner cannot pay is replaced by an agreed plan.
    Plan,
}

/// A mode in which a notice was given.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
#[expect(dead_code, reason = "stands for core's word in the document")]
pub(crate) enum ChannelWord {
    /// On this phone.
    Phone,
    /// Text message.
    Sms,
    /// E-mail.
    Mail,
    /// Paper.
    Letter,
    /// Telephone call.
    Call,
}

/// What an owner says.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
#[expect(dead_code, reason = "stands for core's word in the document")]
pub(crate) enum ClaimWord {
    /// I have paid.
    Paid,
    /// This is a mistake.
    Dispute,
    /// I cannot pay now.
    Hardship,
    /// I want to give the phone back.
    Return,
}

tells! {
    /// A part of the phones.
    DevicePage {
        /// Oldest first.
        pub devices: Vec<DeviceRow>,
        /// `after` of the next page; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// A phone in a list.
    DeviceRow {
        /// Its id.
        #[schemars(with = "v::DeviceId")]
        pub device: DeviceId,
        /// The contract's number.
        pub contract: String,
        /// When it was made.
        #[schemars(with = "v::Secs")]
        pub created: u64,
    }
    /// A phone as the lender knows it.
    DeviceView {
        /// Its id.
        #[schemars(with = "v::DeviceId")]
        pub device: DeviceId,
        /// The contract's number.
        pub contract: String,
        /// Whether the contract is settled.
        pub settled: bool,
        /// Mode as the phone told last; "" before its first check-in.
        pub mode: String,
        /// The lock that is meant to be in force.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub lock: Option<LockView>,
        /// Every lock up to this number is lifted.
        #[schemars(with = "v::LockIdOrNone")]
        pub released_through: u64,
        /// Number of the newest order.
        #[schemars(with = "v::Seq")]
        pub head_seq: u64,
        /// What the phone said to the newest order that it answered: `ok` or a refusal's code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub last_receipt: Option<ReceiptView>,
        /// When it checked in last.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub last_seen: Option<u64>,
    }
    /// A lock.
    LockView {
        /// Its number.
        #[schemars(with = "v::LockId")]
        pub lock_id: LockId,
        /// Its level.
        #[schemars(with = "v::Level")]
        pub level: Level,
        /// What it is for.
        #[schemars(with = "v::No")]
        pub instalment: No,
        /// Since when.
        #[schemars(with = "v::Secs")]
        pub since: u64,
    }
    /// An answer of a phone.
    ReceiptView {
        /// To which order.
        #[schemars(with = "v::Seq")]
        pub seq: u64,
        /// `ok` or a refusal's code.
        pub code: String,
    }
    /// A phone that was made.
    DeviceMade {
        /// Its id, for the life of the contract.
        #[schemars(with = "v::DeviceId")]
        pub device: DeviceId,
        /// The contract's number.
        pub contract: String,
        /// What is typed into the phone. Told once: a repeated answer goes without it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub enrol_code: Option<String>,
    }
    /// An order that was signed and queued.
    OrderView {
        /// Number of its delivery.
        #[schemars(with = "v::Seq")]
        pub seq: Seq,
        /// Its id.
        #[schemars(with = "v::Id")]
        pub jti: Id,
        /// Its kind, as in the token's `typ`.
        pub kind: String,
        /// The lock that it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<u64>,
        /// `queued`, or `ok` or a refusal's code once the phone answered.
        pub state: String,
    }
    /// Everything that was ever offered to a phone.
    OrderList {
        /// By number.
        pub orders: Vec<OrderView>,
    }
    /// An agreement, and its schedule as it stands.
    AgreementView {
        /// The exact bytes, base64url.
        #[schemars(with = "v::Base64Url")]
        pub agreement: String,
        /// Their SHA-256.
        #[schemars(with = "v::Sha")]
        pub sha256: String,
        /// Market.
        pub market: String,
        /// Currency.
        #[schemars(with = "v::Currency")]
        pub cur: String,
        /// By due day.
        pub schedule: Vec<InstalmentView>,
    }
    /// An instalment.
    InstalmentView {
        /// Number.
        #[schemars(with = "v::No")]
        pub no: No,
        /// Due day.
        #[schemars(with = "v::Date")]
        pub due: Date,
        /// Amount.
        #[schemars(with = "v::Minor")]
        pub minor: Minor,
        /// Paid of it.
        #[schemars(with = "v::Minor")]
        pub paid: Minor,
        /// Whether a plan added it.
        pub planned: bool,
        /// Whether a plan replaced it.
        pub replaced: bool,
    }
    /// The money of a contract, and where it came from.
    TimelineView {
        /// Currency.
        #[schemars(with = "v::Currency")]
        pub cur: String,
        /// Whole contract.
        #[schemars(with = "v::Minor")]
        pub total: Minor,
        /// Paid.
        #[schemars(with = "v::Minor")]
        pub paid: Minor,
        /// Due now.
        #[schemars(with = "v::Minor")]
        pub due_now: Minor,
        /// Unlocks now.
        #[schemars(with = "v::Minor")]
        pub unlocks_now: Minor,
        /// Left in all.
        #[schemars(with = "v::Minor")]
        pub left: Minor,
        /// Agreed fees inside what is due now.
        #[schemars(with = "v::Minor")]
        pub fees: Minor,
        /// Instalments by due day.
        pub instalments: Vec<InstalmentView>,
        /// Payments, oldest first.
        pub payments: Vec<PaymentView>,
    }
    /// A payment.
    PaymentView {
        /// Its id.
        pub payment: String,
        /// Who confirmed it.
        pub provider: String,
        /// Amount.
        #[schemars(with = "v::Minor")]
        pub minor: u64,
        /// When.
        #[schemars(with = "v::Secs")]
        pub paid_at: u64,
        /// When it was taken back.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub reversed_at: Option<u64>,
    }
    /// A payment that was booked.
    PaymentMade {
        /// What is left in all.
        #[schemars(with = "v::Minor")]
        pub left: Minor,
        /// Whether nothing holds the phone any more.
        pub released: bool,
    }
    /// A code to be read out.
    CodeView {
        /// The lock that it is for.
        #[schemars(with = "v::LockId")]
        pub lock_id: LockId,
        /// The slot that it is for.
        #[schemars(with = "v::Slot")]
        pub slot: Slot,
        /// The digits in groups of four. Told once: a repeated answer goes without them.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub groups: Option<String>,
        /// How often it was read out before.
        pub before: u64,
    }
    /// A part of the claims.
    ClaimList {
        /// Oldest first.
        pub claims: Vec<ClaimView>,
        /// `after` of the next page; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// What an owner said.
    ClaimView {
        /// Its name in this interface.
        pub claim: String,
        /// Whose phone.
        #[schemars(with = "v::DeviceId")]
        pub device: DeviceId,
        /// Kind.
        #[schemars(with = "ClaimWord")]
        pub kind: ClaimKind,
        /// Lock it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<u64>,
        /// Instalment it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::No>")]
        pub instalment: Option<No>,
        /// Which choice of the page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub choice: Option<String>,
        /// The owner's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
        /// When it came.
        #[schemars(with = "v::Secs")]
        pub said_at: u64,
        /// Until when it is answered.
        #[schemars(with = "v::Secs")]
        pub answer_by: u64,
        /// How it ended; absent while it is open.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub outcome: Option<String>,
    }
    /// A claim that was answered.
    Resolved {
        /// The claim.
        pub claim: String,
        /// The order that answers it, if one was needed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub order: Option<OrderView>,
    }
    /// A part of the audit.
    AuditPage {
        /// By place.
        pub rows: Vec<AuditRow>,
        /// `after` of the next page; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// One row: `hash` covers it and the hash of the row before.
    AuditRow {
        /// Its place, from 1.
        pub place: u64,
        /// When.
        #[schemars(with = "v::Secs")]
        pub at: u64,
        /// What was done.
        pub action: String,
        /// By whom.
        pub operator: String,
        /// Why.
        pub reason: String,
        /// To which phone; "" if to none.
        pub device: String,
        /// About which lock, 0 = none.
        #[schemars(with = "v::LockIdOrNone")]
        pub lock_id: u64,
        /// About which slot, 0 = none.
        pub slot: u64,
        /// SHA-256.
        #[schemars(with = "v::Sha")]
        pub hash: String,
    }
    /// Whether locks are stopped.
    StopView {
        /// Whether no lock is signed.
        pub stopped: bool,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
    }
    /// The client that asks.
    ClientView {
        /// Its id.
        pub client: String,
        /// Who it is.
        pub name: String,
        /// For whom it acts.
        pub tenant: String,
        /// What it may ask for, between blanks.
        pub scope: String,
        /// Its keys.
        pub keys: Vec<KeyView>,
    }
    /// One of its keys.
    KeyView {
        /// Thumbprint (RFC 7638): `kid` of assertions, `keyid` of signatures.
        #[schemars(with = "v::Sha")]
        pub thumbprint: String,
        /// Since when.
        #[schemars(with = "v::Secs")]
        pub added: u64,
        /// Since when it proves nothing any more.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub retired: Option<u64>,
    }
}

impl OrderView {
    /// An order that was just queued.
    pub(crate) fn queued(sent: &Delivery) -> OrderView {
        let part = |n| sent.jws.split('.').nth(n).and_then(|part: &str| decode(part.as_bytes()));
        let read = |n| part(n).and_then(|json| serde_json::from_slice::<Value>(&json).ok());
        let kind = read(0).and_then(|header| header["typ"].as_str().map(str::to_owned));
        let lock_id = read(1).and_then(|claims| claims["lock_id"].as_u64());
        OrderView {
            seq: sent.seq,
            jti: sent.jti.clone(),
            kind: kind.unwrap_or_default(),
            lock_id: lock_id.filter(|id| *id > 0),
            state: "queued".to_owned(),
        }
    }

    /// An order as it is stored.
    pub(crate) fn stored(order: &StoredOrder) -> Result<OrderView, LenderError> {
        Ok(OrderView {
            seq: bounded(order.seq, "a sequence number")?,
            jti: id(order.jti.clone())?,
            kind: order.kind.clone(),
            lock_id: u64::try_from(order.lock_id).ok().filter(|id| *id > 0),
            state: order.receipt.clone().unwrap_or_else(|| "queued".to_owned()),
        })
    }
}
