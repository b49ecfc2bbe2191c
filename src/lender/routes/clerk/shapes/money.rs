//! What is answered about money: what is owed, what came, what went back, and what the lender owes.

use super::tells::InstalmentView;
use crate::compensation::Compensation;
use crate::openapi::values as v;
use latchkey_core::order::values::{DeviceId, Minor};
use schemars::JsonSchema;
use serde::Serialize;

macro_rules! tells {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, JsonSchema)]
        pub(crate) struct $name { $($fields)* }
    )*};
}

tells! {
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
        /// What the lender owes for locks that were wrong, where market or contract say so.
        pub compensations: Vec<CompensationView>,
    }
    /// What is due for a lock that was wrong.
    CompensationView {
        /// The lock.
        #[schemars(with = "v::LockId")]
        pub lock_id: u64,
        /// `dispute`, `lapsed`, `error`, `void`, `provider` or `late`.
        pub cause: String,
        /// The claim that told it, as this interface names it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub claim: Option<String>,
        /// From when it is counted; absent before the phone told that it is locked.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub from: Option<u64>,
        /// Until when; absent while it goes on.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Secs>")]
        pub until: Option<u64>,
        /// Hours that have begun.
        pub hours: u64,
        /// Minor units for each.
        #[schemars(with = "v::Minor")]
        pub per_hour: u64,
        /// Minor units in all.
        #[schemars(with = "v::Minor")]
        pub minor: u64,
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
        /// How much the provider gave back of it, in parts; what is owed stays as it is until somebody decides.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::Minor>")]
        pub refunded: Option<u64>,
    }
    /// A part of what payment providers told.
    ProviderEventList {
        /// Newest first.
        pub events: Vec<ProviderEventView>,
        /// `after` of the next page; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// What a payment provider told, and what became of it.
    ProviderEventView {
        /// The provider's number of the message.
        pub message: String,
        /// Who told it.
        pub provider: String,
        /// `paid`, `refunded` or `charged_back`.
        pub kind: String,
        /// The provider's number of the payment.
        pub reference: String,
        /// The intent or contract that it named.
        pub about: String,
        /// Amount.
        #[schemars(with = "v::Minor")]
        pub minor: u64,
        /// Its currency.
        pub cur: String,
        /// `booked`, `overpaid`, `repeated`, `reversed` or `returned`; `unmatched`, `wrong_currency` and
        /// `partial_refund` wait for somebody to decide.
        pub outcome: String,
        /// When.
        #[schemars(with = "v::Secs")]
        pub told_at: u64,
    }
    /// A part of what was paid too much.
    OverpaidList {
        /// Whoever waits longest first.
        pub payments: Vec<OverpaidView>,
        /// `after` of the next page; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// A payment of which a part is owed back.
    OverpaidView {
        /// Its id.
        pub payment: String,
        /// The contract that it was booked on.
        pub contract: String,
        /// The phone of that contract.
        #[schemars(with = "v::DeviceId")]
        pub device: String,
        /// Who confirmed it.
        pub provider: String,
        /// The provider's number of it.
        pub reference: String,
        /// The whole payment.
        #[schemars(with = "v::Minor")]
        pub minor: u64,
        /// What is owed back of it.
        #[schemars(with = "v::Minor")]
        pub back: u64,
        /// When it came.
        #[schemars(with = "v::Secs")]
        pub paid_at: u64,
    }
    /// A payment that was booked.
    PaymentMade {
        /// What is left in all.
        #[schemars(with = "v::Minor")]
        pub left: Minor,
        /// Whether nothing holds the phone any more.
        pub released: bool,
    }
}

impl CompensationView {
    /// As the meter stands.
    pub(crate) fn of(device: &DeviceId, due: Compensation) -> CompensationView {
        CompensationView {
            lock_id: u64::try_from(due.lock_id).unwrap_or(0),
            cause: due.cause,
            claim: due.claim.map(|claim| format!("{device}.{claim}")),
            from: due.from_s,
            until: due.until_s,
            hours: due.hours,
            per_hour: due.per_hour,
            minor: due.minor,
        }
    }
}
