//! What is answered.

use super::asks::Date;
use super::money::CompensationView;
use crate::error::LenderError;
use crate::openapi::values as v;
use crate::store::orders::StoredOrder;
use crate::store::{bounded, id};
use latchkey_core::envelope::decode;
use latchkey_core::order::values::{DeviceId, Id, Level, LockId, Minor, No, Seq, Slot};
use latchkey_core::wire::{ClaimKind, Delivery};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

macro_rules! tells {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, JsonSchema)]
        pub(crate) struct $name { $($fields)* }
    )*};
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
        /// When it came back last with an older record than it had.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub rollback_seen: Option<u64>,
        /// When it told last that a lock is lifted for which nothing here is the reason: no release, no code that was
        /// read out, no month of silence.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub lifted_unknown: Option<u64>,
        /// The lock under which it opened by itself, since nobody answered "I have paid" in time.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::LockId>")]
        pub provisional: Option<u64>,
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
        /// Market, as `provision.json` names it.
        pub market: String,
        /// The lender's root, as `provision.json` names it: all that the phone trusts at first.
        pub root: String,
        /// One-time code for `provision.json`. Told once: a repeated answer goes without it.
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
    /// A lock that was asked for.
    LockMade {
        /// `queued`: signed and on its way; `held`: nothing is signed yet.
        pub state: String,
        /// Number of its delivery.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Seq>")]
        pub seq: Option<Seq>,
        /// The order's id.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Id>")]
        pub jti: Option<Id>,
        /// The order's kind.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
        /// The lock's number.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<u64>,
        /// The job that the breaker made of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub job: Option<String>,
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
        /// Minor units for each hour of a lock that was wrong; absent where neither market nor contract has any.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Minor>")]
        pub compensation_per_hour: Option<u64>,
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
        /// What the lender owes because the owner was right, where market or contract say so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub compensation: Option<CompensationView>,
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
    /// The last row of the audit's chain.
    AuditHead {
        /// Its place.
        pub place: u64,
        /// When it was written.
        #[schemars(with = "v::Secs")]
        pub at: u64,
        /// Its hash, over all rows before it.
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
    /// A client of the API.
    ClientView {
        /// Its id.
        pub client: String,
        /// Who it is.
        pub name: String,
        /// For whom it acts.
        pub tenant: String,
        /// What it may ask for, between blanks.
        pub scope: String,
        /// Since when.
        #[schemars(with = "v::Secs")]
        pub created: u64,
        /// Since when it may do nothing any more.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub ended: Option<u64>,
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

impl LockMade {
    /// A lock that was signed and queued.
    pub(crate) fn queued(sent: &Delivery) -> LockMade {
        let order = OrderView::queued(sent);
        LockMade {
            state: order.state,
            seq: Some(order.seq),
            jti: Some(order.jti),
            kind: Some(order.kind),
            lock_id: order.lock_id,
            job: None,
        }
    }

    /// A lock that the breaker holds.
    pub(crate) fn held(job: &str) -> LockMade {
        LockMade {
            state: "held".to_owned(),
            seq: None,
            jti: None,
            kind: None,
            lock_id: None,
            job: Some(job.to_owned()),
        }
    }
}

impl OrderView {
    /// An order that was just queued.
    pub(crate) fn queued(sent: &Delivery) -> OrderView {
        let part = |n| {
            sent.jws
                .split('.')
                .nth(n)
                .and_then(|part: &str| decode(part.as_bytes()))
        };
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
