//! Latchkey's rules, pure: no clock, file, socket, thread or randomness comes from here.
#![forbid(unsafe_code)]

pub mod agreement;
pub mod backup;
pub mod claim;
pub mod code;
pub mod command;
pub mod envelope;
pub mod journal;
pub mod keys;
pub mod log;
pub mod money;
pub mod notice;
pub mod order;
pub mod pay;
pub mod profile;
pub mod refusal;
pub mod request;
pub mod snapshot;
pub mod state;
pub mod time;
pub mod wire;

// The signer of the tests names this crate from outside, as it does where `latchkey-tests` compiles it.
#[cfg(test)]
extern crate self as latchkey_core;
#[cfg(test)]
mod proofs;
#[cfg(test)]
#[path = "../../tests/signer.rs"]
#[allow(
    dead_code,
    reason = "shared with latchkey-tests: neither crate uses all of it"
)]
mod signer;
