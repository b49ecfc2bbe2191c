//! What is answered about jobs and webhooks.

use crate::openapi::values as v;
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
    /// A job of many locks, and how far it is.
    JobView {
        /// Its id.
        pub job: String,
        /// Who made it.
        pub creator: String,
        /// Why.
        pub reason: String,
        /// When.
        #[schemars(with = "v::Secs")]
        pub created: u64,
        /// Who let it pass the breaker.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub approver: Option<String>,
        /// Whether it was cancelled.
        pub cancelled: bool,
        /// Rows that wait to be judged, or for human hours.
        pub queued: u64,
        /// Rows that the breaker holds.
        pub held: u64,
        /// Rows whose lock is signed.
        pub issued: u64,
        /// Rows that were refused.
        pub failed: u64,
        /// A part of the rows; none in a list of jobs.
        pub rows: Vec<JobRowView>,
        /// `after` of the next part; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// A row of a job.
    JobRowView {
        /// Its place, from 1.
        pub no: u64,
        /// The phone.
        pub device: String,
        /// `queued`, `held`, `issued` or `failed`.
        pub state: String,
        /// What it waits for, or why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub code: Option<String>,
        /// The lock's number, once issued.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<v::LockId>")]
        pub lock_id: Option<u64>,
    }
    /// A line of a job that is followed: a row that ended, or how far the job is.
    BulkLine {
        /// A row that ended.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub row: Option<JobRowView>,
        /// How far the job is.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub progress: Option<BulkProgress>,
    }
    /// How far a job is.
    BulkProgress {
        /// Rows that wait to be judged, or for human hours.
        pub queued: u64,
        /// Rows that the breaker holds.
        pub held: u64,
        /// Rows whose lock is signed.
        pub issued: u64,
        /// Rows that were refused.
        pub failed: u64,
        /// Whether every row has ended.
        pub done: bool,
    }
    /// A part of the jobs.
    JobList {
        /// Newest first.
        pub jobs: Vec<JobView>,
        /// `after` of the next part; absent on the last one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    /// Every webhook.
    WebhookList {
        /// All of them.
        pub webhooks: Vec<WebhookView>,
    }
    /// Messages that nobody took.
    DeadList {
        /// Newest first, at most 500.
        pub messages: Vec<DeadView>,
    }
    /// A message that nobody took.
    DeadView {
        /// Its id, as in the header `webhook-id`.
        pub message: String,
        /// What happened.
        pub event: String,
        /// How often it was sent.
        pub tries: u64,
        /// The last answer: a status, or why there was none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub answer: Option<String>,
    }
    /// Where another system is told what happened.
    WebhookView {
        /// Its id.
        pub webhook: String,
        /// Its URL.
        pub url: String,
        /// What it is told.
        pub events: Vec<String>,
        /// `whpk_…`: the key that `v1a`, Ed25519, is checked with.
        pub public_key: String,
        /// `whsec_…`: signs `v1`, HMAC-SHA-256. Told when it is made, and never again.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub secret: Option<String>,
        /// Whether it was switched off, because it said that it is gone.
        pub disabled: bool,
    }
}
