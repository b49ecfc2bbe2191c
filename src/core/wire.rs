//! The JSON bodies between phone and server (protocol §5, §8). Plain data: the agent writes them, the lender reads
//! them, and the other way round. What leaves the phone stands here and nowhere else.

use crate::order::values::{DeviceId, Id, LockIdOrNone, No, Secs, Seq, Sha, TermsSeq, WindowSecs};
use serde::{Deserialize, Serialize};

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($fields)* }
    )*};
}

bodies! {
    /// `provision.json`: what a phone is given before it can enrol.
    Provision {
        /// Base URL of the lender's server, no trailing slash.
        pub base_url: String,
        /// Tenant.
        pub tenant: String,
        /// Root version 1, as a bundle.
        pub root: String,
        /// Market; the agreement must name the same.
        pub market: String,
        /// One-time code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub enrol_code: Option<String>,
        /// Whether the owner agreed at the counter already.
        #[serde(default)]
        pub agreed: bool,
    }
    /// `POST /v1/device/enrol`, signed with the key in it.
    Enrol {
        /// One-time code.
        pub code: String,
        /// Public device key.
        pub key: Jwk,
        /// Keyed hash of the serial number.
        pub serial_hash: Sha,
        /// App and version.
        pub app: String,
        /// Lock adapter.
        pub adapter: String,
        /// Fresh nonce.
        pub nonce: Id,
        /// Platform attestation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub attestation: Option<String>,
    }
    /// A public key (RFC 7517, RFC 8037): Ed25519, or P-256 with `y`.
    Jwk {
        /// `OKP` or `EC`.
        pub kty: String,
        /// `Ed25519` or `P-256`.
        pub crv: String,
        /// X.
        pub x: String,
        /// Y of a P-256 key.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub y: Option<String>,
    }
    /// Answer to enrolment (201) and to `GET /v1/device/enrolment` (200).
    Enrolment {
        /// Device id.
        pub device: DeviceId,
        /// The agreement's exact bytes, base64url.
        pub agreement: String,
        /// Root and key set bundles in order, from root version 1.
        pub trust: Vec<String>,
    }
    /// `POST /v1/device/check-in`.
    CheckIn {
        /// Cursor: the last order taken. `null` after *lost* and at first.
        pub after: Option<Cursor>,
        /// How long the server may wait, 0 to 55 s.
        pub wait_s: u32,
        /// Fresh nonce.
        pub nonce: Id,
        /// Chain hash of the last record, base64url.
        pub journal_head: Sha,
        /// App and version.
        pub app: String,
        /// Lock adapter.
        pub adapter: String,
        /// Lock in force, 0 = none.
        pub lock_id: LockIdOrNone,
        /// Highest number released.
        pub released_through: LockIdOrNone,
        /// Newest terms, if any.
        pub terms_seq: Option<TermsSeq>,
        /// Newest key set, 0 = none.
        pub keys_version: u32,
        /// Mode word: `unknown` `free` `locked` `open` `backup` `settled`.
        pub mode: String,
        /// Seconds of the window used under the lock in force.
        pub used: WindowSecs,
    }
    /// Delivery cursor: unsigned, the server's, never a gate.
    Cursor {
        /// Sequence number.
        pub seq: Seq,
        /// Its order's id.
        pub jti: Id,
    }
    /// Answer to a check-in.
    CheckInAnswer {
        /// `lk-status+jwt`.
        pub status: String,
        /// Root and key set bundles above ours, in order.
        pub trust: Vec<String>,
        /// At most 64 orders, by `seq`.
        pub orders: Vec<Delivery>,
        /// Ask again at once.
        pub more: bool,
    }
    /// One order as delivered.
    Delivery {
        /// Sequence number.
        pub seq: Seq,
        /// The order's id, as the server names it.
        pub jti: Id,
        /// The token.
        pub jws: String,
    }
    /// `POST /v1/device/receipts`.
    Receipts {
        /// At most 64.
        pub receipts: Vec<Receipt>,
    }
    /// What became of one order.
    Receipt {
        /// Sequence number as delivered.
        pub seq: Seq,
        /// SHA-256 of the token's bytes.
        pub sha256: Sha,
        /// `ok`, or the refusal's code.
        pub code: String,
        /// When asking again makes sense.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub retry_after_s: Option<u32>,
        /// Lock in force after it, 0 = none.
        pub lock_id: LockIdOrNone,
        /// Mode word after it.
        pub mode: String,
    }
    /// `POST /v1/device/claims`; the same id again gets the same answer.
    ClaimRequest {
        /// Made on the phone.
        pub id: Id,
        /// Kind.
        pub kind: ClaimKind,
        /// Lock it is about, 0 = none.
        pub lock_id: LockIdOrNone,
        /// Instalment it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub instalment: Option<No>,
        /// Which choice of the page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub choice: Option<String>,
        /// The owner's words, at most 500 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
    }
    /// Answer to a claim (202).
    ClaimAnswer {
        /// The claim's id.
        pub id: Id,
        /// Until when the lender answers, Unix seconds.
        pub answer_by: Secs,
    }
}

/// `application/problem+json` (RFC 9457). Members that are not named here are let pass, as its §3.2 demands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// `/problems/<code>`.
    pub r#type: String,
    /// Short title.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// The next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Id of the request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// What the owner says to the lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// I have paid.
    Paid,
    /// This is a mistake.
    Dispute,
    /// I cannot pay now.
    Hardship,
    /// I want to give the phone back.
    Return,
}
