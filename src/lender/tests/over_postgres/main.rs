//! Everything of `over_http` once more on PostgreSQL, and what only several servers on one database can show.
//!
//! The tests start a PostgreSQL of their own. Where none is installed they say so on stderr and run on SQLite instead;
//! with `LATCHKEY_NEED_POSTGRES=1` that is a failure.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test's phone signs requests, looks at the files, and stops at the first thing that is wrong"
)]

#[path = "../over_http/access.rs"]
mod access;
#[path = "../over_http/anchor.rs"]
mod anchor;
#[path = "../over_http/bulk.rs"]
mod bulk;
#[path = "../over_http/calls.rs"]
mod calls;
#[path = "../over_http/careful.rs"]
mod careful;
#[path = "../over_http/clerk.rs"]
mod clerk;
#[path = "../over_http/clients.rs"]
mod clients;
#[path = "../over_http/console.rs"]
mod console;
#[path = "../over_http/console_deeds.rs"]
mod console_deeds;
#[path = "../over_http/console_locks.rs"]
mod console_locks;
#[path = "../over_http/crowd.rs"]
mod crowd;
#[path = "postgres.rs"]
mod database;
#[path = "../over_http/delivery.rs"]
mod delivery;
#[path = "../over_http/document.rs"]
mod document;
#[path = "../over_http/enrolment.rs"]
mod enrolment;
#[path = "../over_http/guarded.rs"]
mod guarded;
#[path = "../over_http/hotline.rs"]
mod hotline;
mod houses;
#[path = "../over_http/imports.rs"]
mod imports;
#[path = "../over_http/ladder.rs"]
mod ladder;
#[path = "../over_http/lines.rs"]
mod lines;
#[path = "../over_http/owners.rs"]
mod owners;
#[path = "../over_http/paying.rs"]
mod paying;
#[path = "../over_http/phone.rs"]
mod phone;
#[path = "../over_http/providers.rs"]
mod providers;
mod rotated;
#[path = "../over_http/rotation.rs"]
mod rotation;
#[path = "../over_http/several.rs"]
mod several;
#[path = "../over_http/signed.rs"]
mod signed;
#[path = "../over_http/starts.rs"]
mod starts;
#[path = "../over_http/taken_back.rs"]
mod taken_back;
#[path = "../over_http/told.rs"]
mod told;
#[path = "../over_http/watched.rs"]
mod watched;
#[path = "../over_http/way_out.rs"]
mod way_out;
#[path = "../over_http/webhooks.rs"]
mod webhooks;
#[path = "../over_http/whole.rs"]
mod whole;
#[path = "../over_http/wrongly.rs"]
mod wrongly;
