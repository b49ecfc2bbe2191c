//! `cargo studio preview`: the pages as they stand on disk, with switches, redrawn as soon as a file is saved.
//!
//! ```text
//! ui/*.slint --pages--> interpreted component ┐
//! i18n/*.ftl --sources--> words ──────────────┼─ easel: page in memory ─ filter ─ canvas: phone, marks ─> picture
//! tests/scenes/*.json --sources--> snapshot ──┘        └ semantics, findings
//! window <-- Ask / News --> worker (the thread with the easel) <-- Ask::Files -- watch
//! ```
//! - The scene goes through the real `latchkey_screen::present`, the taps through its `connect`; `value` carries the view
//!   over by serde. So what is shown is what the phone shows, and a test compares the pixels.
//! - One process: the window draws itself; the pages are drawn on a second thread, in memory, so that a page that does
//!   not compile, or panics, leaves the last picture in the window.
//! - `--shot FILE` uses the easel alone, without a window.

pub mod args;
pub mod canvas;
pub mod devices;
pub mod display;
pub mod easel;
pub mod filter;
pub mod pages;
pub mod setting;
pub mod sources;
pub mod swatches;
pub mod switches;
pub mod value;
pub mod watch;
pub mod window;
pub mod worker;

#[cfg(test)]
mod tests;
