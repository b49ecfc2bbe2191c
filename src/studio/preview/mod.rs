//! `cargo studio preview`: the pages as they stand on disk, with switches, redrawn as soon as a file is saved.
//!
//! ```text
//! ui/*.slint --pages--> interpreted component ┐
//! i18n/*.ftl --languages--> words ────────────┼─ easel: page in memory ─ paint: filter, canvas (phone, marks) ─> picture
//! tests/scenes/*.json --sources--> snapshot ──┘                         └ then semantics, findings
//! window <-- Ask / News --> worker (the thread with the easel) <-- Ask::Files -- watch
//!   └ zoom                   └ a thread that compiles all pages, for their errors
//! ```
//! - The scene goes through the real `latchkey_screen::present`, the taps through its `connect`; `value` carries the view
//!   over by serde. So what is shown is what the phone shows, and a test compares the pixels.
//! - One process: the window draws itself; the pages are drawn on a second thread, in memory, so that a page that does
//!   not compile, or panics, leaves the last picture in the window.
//! - Of the lock screen the page on show is compiled alone: that takes a quarter of the time of all. `languages` writes
//!   `strings.slint` anew for the compiler, so that a new text needs no build. What is drawn is shown at once and judged
//!   then.
//! - `--shot FILE` uses the easel alone, without a window.

pub mod args;
pub mod canvas;
pub mod devices;
/// The same file as in `latchkey-desktop`: `latchkey-screen`, which both know, runs on phones and has no `unsafe` code.
#[path = "../../desktop/display.rs"]
pub mod display;
pub mod easel;
pub mod filter;
pub mod languages;
pub mod pages;
pub mod paint;
pub mod picture;
pub mod setting;
pub mod sources;
pub mod swatches;
pub mod switches;
pub mod value;
pub mod watch;
pub mod window;
pub mod worker;
pub mod zoom;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod window_tests;
