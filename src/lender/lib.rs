//! The lender's side of Latchkey: the only crate that signs orders.
//!
//! One request runs through these rooms, in this order:
//!
//! ```text
//! serve    sockets                 routes   one table of calls: router and OpenAPI document are made of it
//! auth     who asks: Tenant        enrol, check_in, report, payment   what is asked
//! house    shared parts, Work      orders   made and queued in the transaction of their cause
//! store    SQLite or PostgreSQL     sign     the keys, behind the trait Signer
//! wake     after the commit the phone's long-poll answers
//! ```
//!
//! What a clerk does by hand, [`Desk`] offers and the command line calls: `lock` signs locks in steps with their spoken
//! codes (`codes`), `answer` ends claims and agrees plans, `money` adds up and `timeline` reads for it. A dispute that
//! nobody answered in time is released at the phone's next check-in (`answer::lapse_disputes`). Locks in bulk are `jobs`;
//! `breaker` is asked before every lock is signed, whoever wants it, and `on_its_way` before one
//! that was signed earlier goes out. `webhooks` tells other systems what happened.
//!
//! What other systems ask over HTTP runs through `routes::clerk`, in this order: token (`auth::caller`), limits, scope (`scopes`),
//! body, signature, idempotency key, the handler in one transaction ([`Desk`] and it call the same functions), the
//! signature and a row of the audit, commit. A refusal is a problem document (`problem`, `refusals`). A house can hold
//! several lenders: each has an `office` with keys of its own.
//!
//! [`Sandbox`] starts all of it with a story of its own (`story`): a loan that is ten days late, so that the phone is
//! lawfully locked at its first check-in.
//!
//! `console` is the operators' desk in a browser: `auth::operator` says who, `console::deeds` does and writes down,
//! `console::view` shows. `operators` makes them, for whoever holds the store.
//!
//! `compensation` counts what a lock that was wrong costs the lender, where market or contract say so.
//!
//! `premises` is what every start does; [`Live`] is a lender that is no sandbox: what it refuses and demands.
//!
//! What a process does by itself is a `worker`: rows of jobs, webhooks, the head of the audit, what is forgotten.
//!
//! `agreements` lists, adds and imports them (`import` reads the file and knows no store); `rotate` and `void` change order keys.
//! The commands stand in `cli/`, which knows this crate from outside; `cli/wire` is a client and a phone by HTTP alone, for
//! `simulate`, `conformance` and the benchmarks.
//!
//! Where to add what: a kind of order → `orders` (maker) and [`sign::kind`]; a call → a row in a table of `routes`, its JSON in `routes::clerk::shapes`; a permission → `scopes`; a table → the next file
//! in `migrations/`, in SQL that SQLite and PostgreSQL both read; a query → `store::query`; a payment provider → `provider`; another holder of keys →
//! an implementation of [`sign::Signer`]; another word on the pay page, or of the hotline → `i18n/*/lender.ftl`; another
//! language → `words`; a command → `cli`; a check of another server → `cli/conformance`; another page → `page`, which knows no route and no store. Pages carry no script and name no font to
//! fetch: they are drawn with the fonts that the payer's phone has. `tests/in_browser` looks at them in a real Chromium.
//!
//! Times are milliseconds in the store and seconds in tokens, converted in `clock`. A repository function takes a
//! [`auth::Tenant`], and only `auth` makes one.

mod address;
pub mod agreements;
mod answer;
pub mod auth;
mod breaker;
mod catch_up;
mod check_in;
pub mod clients;
pub mod clock;
mod codes;
mod compensation;
mod console;
mod date;
pub mod desk;
mod enrol;
pub mod error;
mod files;
mod forget;
mod house;
mod idempotency;
mod import;
mod intake;
mod jobs;
mod lawful;
mod limits;
pub mod live;
mod lock;
mod log;
mod metrics;
mod money;
mod office;
mod on_its_way;
mod openapi;
pub mod operators;
mod orders;
mod page;
mod payment;
mod payment_in;
mod premises;
mod problem;
pub mod provider;
mod public_url;
mod random;
mod refusals;
mod report;
mod rotate;
mod routes;
mod sandbox;
pub mod scopes;
mod serve;
pub mod sign;
mod store;
mod story;
mod timeline;
#[cfg(test)]
mod trial;
mod trust;
mod uncounted;
mod void;
mod wake;
mod webhooks;
mod words;
mod worker;

pub use address::TrustedProxy;
pub use answer::{Answer, PlanRow, PlanText};
pub use clock::Clock;
pub use desk::Desk;
pub use error::LenderError;
pub use limits::Quotas;
pub use live::Live;
pub use lock::{RefText, Reference};
pub use log::Log;
pub use office::CardText;
pub use orders::NoticeText;
pub use sandbox::{Options, Sandbox};
pub use serve::Patience;

/// The OpenAPI 3.1 document of the server's interface, as JSON. Needs no store and no port.
#[must_use]
pub fn openapi() -> String {
    let document = openapi::document("http://127.0.0.1:8080");
    serde_json::to_string_pretty(&document).unwrap_or_default()
}
