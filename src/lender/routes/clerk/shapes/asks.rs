//! What is sent.

use crate::clock::Moment;
use crate::date;
use crate::error::LenderError;
use crate::lock::Reference;
use crate::openapi::values as v;
use crate::webhooks::Event;
use latchkey_core::order::claims::{Channel, RefKind, Why};
use latchkey_core::order::values::{
    Day, DeviceId, GraceSecs, Level, List, LockId, Minor, No, NoticeNo, Sha, Slot, Text,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Which part of what payment providers told.
    ProviderEventPage {
        /// `next` of the page before; the first page if it is left out.
        #[serde(default)]
        pub after: Option<String>,
        /// How many at most, 1 to 100.
        #[serde(default)]
        #[schemars(range(min = 1, max = 100))]
        pub limit: Option<u32>,
        /// Only what waits for somebody to decide.
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
        /// The approvals and court orders that the market asks for. An escalation keeps those of the lock in force.
        #[serde(default)]
        #[schemars(with = "Option<Vec<RefAsk>>", length(max = 2))]
        pub refs: Option<List<RefAsk, 0, 2>>,
    }
    /// A regulator's approval or a court's order.
    RefAsk {
        /// Which.
        #[schemars(with = "RefWord")]
        pub kind: RefKind,
        /// Its number.
        #[schemars(with = "v::Text40")]
        pub number: Text<40>,
        /// The day on which it was given.
        #[schemars(with = "v::Date")]
        pub day: Date,
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
        /// The lock that the phone shows; the one in force if it is left out, and refused if there are several.
        #[serde(default)]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<LockId>,
        /// Seconds of powered-on time, 60 to 259200.
        #[schemars(with = "v::GraceSecs")]
        pub dur_s: GraceSecs,
    }
    /// A spoken code, and who reads it out why.
    CodeAsk {
        /// The lock that the phone shows; the one in force if it is left out, and refused if there are several.
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
        #[schemars(with = "v::Minor", extend("minimum" = 1))]
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
        #[schemars(with = "v::Minor", extend("minimum" = 1))]
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
    /// Many locks.
    BulkAsk {
        /// Who asks for them.
        #[schemars(with = "v::Text40")]
        pub operator: Text<40>,
        /// Why.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
        /// The phones.
        #[schemars(length(min = 1, max = 10000))]
        pub rows: Vec<BulkRow>,
    }
    /// The first line of many locks; each other line is a row.
    BulkHead {
        /// Who asks for them.
        #[schemars(with = "v::Text40")]
        pub operator: Text<40>,
        /// Why.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
    }
    /// How long to follow a job.
    FollowAsk {
        /// Seconds, at most 300.
        #[serde(default)]
        #[schemars(range(min = 0, max = 300))]
        pub wait_s: Option<u32>,
    }
    /// A phone to be locked.
    BulkRow {
        /// The phone.
        #[schemars(with = "v::DeviceId")]
        pub device: DeviceId,
        /// Level.
        #[schemars(with = "v::Level")]
        pub level: Level,
        /// Instalment in arrears.
        #[schemars(with = "v::No")]
        pub instalment: No,
        /// The approvals and court orders that the market asks for.
        #[serde(default)]
        #[schemars(with = "Option<Vec<RefAsk>>", length(max = 2))]
        pub refs: Option<List<RefAsk, 0, 2>>,
    }
    /// Who decides about a job, or changes a webhook, and why.
    ByAsk {
        /// Who.
        #[schemars(with = "v::Text40")]
        pub operator: Text<40>,
        /// Why.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
    }
    /// A webhook.
    WebhookAsk {
        /// Where to: HTTPS, a public address.
        #[schemars(url, length(max = 500))]
        pub url: String,
        /// What it is told.
        #[schemars(with = "Vec<EventWord>", length(min = 1, max = Event::ALL.len()))]
        pub events: List<String, 1, { Event::ALL.len() }>,
        /// Who sets it.
        #[schemars(with = "v::Text40")]
        pub operator: Text<40>,
        /// Why.
        #[schemars(with = "v::Text200")]
        pub reason: Text<200>,
    }
    /// A message to be sent once more.
    ReplayAsk {
        /// Its id, as in the header `webhook-id`.
        #[schemars(with = "v::Text64")]
        pub message: Text<64>,
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

impl RefAsk {
    /// Those of a lock, as it names them.
    pub(crate) fn references(refs: Option<&List<RefAsk, 0, 2>>) -> Result<Vec<Reference>, LenderError> {
        refs.into_iter()
            .flat_map(|refs| refs.iter())
            .map(RefAsk::reference)
            .collect()
    }

    /// As the lock names it: given at the day's first moment.
    pub(crate) fn reference(&self) -> Result<Reference, LenderError> {
        Ok((self.kind, self.number.clone(), Moment::of_day(self.day.0).secs()?))
    }
}

/// What a reference is.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
#[expect(dead_code, reason = "stands for core's word in the document")]
pub(crate) enum RefWord {
    /// The regulator's approval.
    Approval,
    /// A court's order.
    Court,
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

/// What a webhook can be told.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "stands for the word of webhooks in the document")]
pub(crate) enum EventWord {
    /// A phone took an order.
    #[serde(rename = "order.delivered")]
    OrderDelivered,
    /// A phone refused an order.
    #[serde(rename = "order.rejected")]
    OrderRejected,
    /// A phone is locked.
    #[serde(rename = "device.locked")]
    DeviceLocked,
    /// A phone's lock is lifted.
    #[serde(rename = "device.released")]
    DeviceReleased,
    /// A phone told that its contract is over.
    #[serde(rename = "device.settled")]
    DeviceSettled,
    /// An owner said something that waits for an answer.
    #[serde(rename = "claim.opened")]
    ClaimOpened,
    /// A phone came back with an older record than it had.
    #[serde(rename = "device.rollback_seen")]
    RollbackSeen,
    /// A phone told that a lock is lifted which nobody lifted.
    #[serde(rename = "device.lifted_unknown")]
    LiftedUnknown,
    /// A phone opened by itself, since nobody answered that it was paid.
    #[serde(rename = "device.provisional")]
    Provisional,
    /// The mass-lock breaker holds rows of a job.
    #[serde(rename = "breaker.tripped")]
    BreakerTripped,
    /// The head of the audit's chain, each hour in which it changed.
    #[serde(rename = "audit.head")]
    AuditHead,
}
