//! The lender's pages in a real Chromium, driven over WebDriver. Without Chromium the tests say loudly that they were
//! skipped; with `LATCHKEY_NEED_CHROMIUM=1` that is a failure. `LATCHKEY_SHOTS=DIR` keeps pictures of every page.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test drives a browser, looks at the files, and stops at the first thing that is wrong"
)]

mod console;
mod driver;
mod pages;
mod paying;
#[path = "../over_http/phone.rs"]
#[allow(
    dead_code,
    reason = "the phone of the other tests; a browser needs a part of it"
)]
mod phone;

/// The embedded default.
mod database {
    pub fn fresh() -> Option<String> {
        None
    }
}
