//! The sandbox over real HTTP on loopback, with a store on disk and a phone that signs its own requests.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test's phone signs requests, looks at the files, and stops at the first thing that is wrong"
)]

mod access;
mod alone;
mod anchor;
mod bulk;
mod calls;
mod careful;
mod clerk;
mod clients;
mod console;
mod console_deeds;
mod console_locks;
mod crowd;
mod dead;
mod delivery;
mod document;
mod enrolment;
mod guarded;
mod hotline;
mod imports;
mod ladder;
mod lines;
mod owners;
mod paying;
mod phone;
mod providers;
mod rotation;
mod several;
mod signed;
mod slow;
mod starts;
mod taken_back;
mod told;
mod watched;
mod way_out;
mod webhooks;
mod whole;
mod wrongly;

/// The embedded default.
mod database {
    pub fn fresh() -> Option<String> {
        None
    }
}
