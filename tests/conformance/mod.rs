//! Conformance vectors: what a phone answers to orders, key sets, commands and time, as data.
//!
//! `tests/vectors/*.json` are written by `cargo run -p latchkey-tests --bin vectors` from `cases`, and run against
//! `latchkey-core` by `tests/vectors.rs`. Another implementation reads the same files: `format` describes them. What a
//! case expects is written by hand in `cases`, never recorded from a run.

pub mod cases;
pub mod format;
pub mod run;
