//! Latchkey's rules, pure: no clock, file, socket, thread or randomness comes from here.
#![forbid(unsafe_code)]

pub mod agreement;
pub mod backup;
pub mod claim;
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
