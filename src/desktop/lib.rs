//! `latchkey`: the lock screen and a sandbox lender on one machine. The newcomer's first command.
//!
//! ```text
//! args -> log_tool                                   read a phone's log, verify an exported one
//!      -> window  (a display is there)               screen in a window, lender on its own threads
//!      -> frames  (--frames, or no display)          the same cycle alone: pictures and timings
//! session   the folders of both, and how they meet   other_device   reads the code, opens the link, pays
//! ```
//!
//! This crate is wiring: the phone is `latchkey-phone`, the lender `latchkey-lender`. A new option is a field in `args` and
//! its use in `session`; a new stage of the cycle is a step in `frames`.

pub mod args;
pub mod display;
pub mod frames;
pub mod log_tool;
pub mod other_device;
pub mod session;
pub mod window;

/// Prints a line for the person at the keyboard.
pub fn say(line: &str) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    // A reader that is gone is no reason to stop.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
