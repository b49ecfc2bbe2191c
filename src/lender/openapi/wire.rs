//! The bodies between phone and server (`core::wire`), for the document: `core` knows no schemas. A test holds the names
//! together.
#![expect(dead_code, reason = "these stand for core's bodies in the document")]

use super::values as v;
use crate::routes::ClaimWord;
use schemars::JsonSchema;

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        pub(crate) struct $name { $($fields)* }
    )*};
}

bodies! {
    /// A key enrols, signed with itself.
    Enrol {
        /// One-time code.
        code: String,
        /// Public device key.
        key: DeviceJwk,
        /// Hash of the serial number.
        serial_hash: v::Sha,
        /// App and version.
        app: String,
        /// Lock adapter.
        adapter: String,
        /// Fresh nonce.
        nonce: v::Id,
        /// Platform attestation.
        attestation: Option<String>,
    }
    /// A device key: Ed25519 (RFC 8037) or P-256.
    DeviceJwk {
        /// `OKP` or `EC`.
        kty: String,
        /// `Ed25519` or `P-256`.
        crv: String,
        /// X.
        x: v::Sha,
        /// Y of a P-256 key.
        y: Option<v::Sha>,
    }
    /// What a phone is told about itself.
    Enrolment {
        /// Device id.
        device: v::DeviceId,
        /// The agreement's exact bytes, base64url.
        agreement: v::Base64Url,
        /// Root and key set bundles in order.
        trust: Vec<String>,
    }
    /// A check-in.
    CheckIn {
        /// The last order taken; null after a loss and at first.
        after: Option<Cursor>,
        /// How long the server may wait, 0 to 55 seconds.
        #[schemars(range(max = 55))]
        wait_s: u32,
        /// Fresh nonce.
        nonce: v::Id,
        /// Chain hash of the last record.
        journal_head: v::Sha,
        /// App and version.
        app: String,
        /// Lock adapter.
        adapter: String,
        /// Lock in force, 0 = none.
        lock_id: v::LockIdOrNone,
        /// Highest number released.
        released_through: v::LockIdOrNone,
        /// Newest terms, if any.
        terms_seq: Option<v::LockId>,
        /// Newest key set, 0 = none.
        keys_version: u32,
        /// `unknown` `free` `locked` `open` `backup` `settled`.
        mode: String,
        /// What was used of the allowances of the lock in force.
        used: Used,
    }
    /// What was used of a lock's allowances.
    Used {
        /// Seconds of the backup window.
        window_s: v::WindowSecs,
        /// Emergency openings.
        opening: v::Bit,
        /// Provisional openings.
        provisional: v::Bit,
        /// Spoken codes: bit = slot − 1.
        codes: v::CodeBits,
    }
    /// A place in the delivery.
    Cursor {
        /// Sequence number.
        seq: v::Seq,
        /// Its order's id.
        jti: v::Id,
    }
    /// The answer to a check-in.
    CheckInAnswer {
        /// `lk-status+jwt`.
        status: String,
        /// Root and key set bundles above the phone's, in order.
        trust: Vec<String>,
        /// At most 64 orders.
        orders: Vec<Delivery>,
        /// Ask again at once.
        more: bool,
        /// An older copy of the phone's record was put back within the last 30 days; left out while false.
        #[serde(default)]
        rollback_seen: bool,
    }
    /// One order as delivered.
    Delivery {
        /// Sequence number.
        seq: v::Seq,
        /// The order's id.
        jti: v::Id,
        /// The token.
        jws: String,
    }
    /// What became of orders.
    Receipts {
        /// At most 64.
        #[schemars(length(max = 64))]
        receipts: Vec<Receipt>,
    }
    /// What became of one order.
    Receipt {
        /// Sequence number as delivered.
        seq: v::Seq,
        /// SHA-256 of the token's bytes.
        sha256: v::Sha,
        /// `ok`, or the refusal's code.
        code: String,
        /// When asking again makes sense.
        retry_after_s: Option<u32>,
        /// Lock in force after it, 0 = none.
        lock_id: v::LockIdOrNone,
        /// Mode word after it.
        mode: String,
    }
    /// A message of the owner.
    ClaimRequest {
        /// Made on the phone.
        id: v::Id,
        /// Kind.
        kind: ClaimWord,
        /// Lock it is about, 0 = none.
        lock_id: v::LockIdOrNone,
        /// Instalment it is about.
        instalment: Option<v::No>,
        /// Which choice of the page.
        choice: Option<v::Said500>,
        /// The owner's words.
        text: Option<v::Said500>,
    }
    /// The answer to a message.
    ClaimAnswer {
        /// The claim's id.
        id: v::Id,
        /// Until when the lender answers, Unix seconds.
        answer_by: v::Secs,
    }
    /// A pressed button of the pay page.
    PayForm {
        /// What the page was made for.
        intent: String,
        /// Which button.
        action: String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_core::wire;
    use serde_json::{Value, json};

    fn same<S: JsonSchema, T: serde::Serialize + serde::de::DeserializeOwned>(sample: Value) {
        let whole: T = serde_json::from_value(sample).unwrap();
        let written = serde_json::to_value(&whole).unwrap();
        let schema = Value::from(schemars::SchemaGenerator::default().into_root_schema_for::<S>());
        let named = |value: &Value| {
            let mut names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(named(&schema["properties"]), named(&written));
    }

    #[test]
    fn the_document_names_the_members_that_core_reads_and_writes() {
        let (id, sha) = ("A".repeat(22), "A".repeat(43));
        let device = "A".repeat(26);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": sha, "y": sha});
        same::<DeviceJwk, wire::Jwk>(jwk.clone());
        same::<Enrol, wire::Enrol>(
            json!({"code": "c", "key": jwk, "serial_hash": sha, "app": "a", "adapter": "b",
            "nonce": id, "attestation": "x"}),
        );
        same::<Enrolment, wire::Enrolment>(json!({"device": device, "agreement": "AA", "trust": []}));
        same::<CheckIn, wire::CheckIn>(json!({"after": {"seq": 1, "jti": id}, "wait_s": 0, "nonce": id,
            "journal_head": sha, "app": "a", "adapter": "b", "lock_id": 0, "released_through": 0, "terms_seq": 1,
            "keys_version": 0, "mode": "free",
            "used": {"window_s": 0, "opening": 0, "provisional": 0, "codes": 0}}));
        same::<Used, latchkey_core::order::claims::Used>(
            json!({"window_s": 0, "opening": 0, "provisional": 0, "codes": 0}),
        );
        same::<Cursor, wire::Cursor>(json!({"seq": 1, "jti": id}));
        same::<CheckInAnswer, wire::CheckInAnswer>(
            json!({"status": "s", "trust": [], "orders": [], "more": false, "rollback_seen": true}),
        );
        same::<Delivery, wire::Delivery>(json!({"seq": 1, "jti": id, "jws": "j"}));
        same::<Receipts, wire::Receipts>(json!({"receipts": []}));
        same::<Receipt, wire::Receipt>(json!({"seq": 1, "sha256": sha, "code": "ok", "retry_after_s": 5,
            "lock_id": 0, "mode": "free"}));
        same::<ClaimRequest, wire::ClaimRequest>(
            json!({"id": id, "kind": "paid", "lock_id": 0, "instalment": 1,
            "choice": "c", "text": "t"}),
        );
        same::<ClaimAnswer, wire::ClaimAnswer>(json!({"id": id, "answer_by": 1_780_000_000_u64}));
    }
}
