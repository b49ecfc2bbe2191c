//! What the tests share: a signer of good and bad orders, and the conformance vectors.
//!
//! Every test binary is a `[[test]]` entry of `Cargo.toml`. This crate sees every other one; none sees it.

pub mod conformance;
pub mod signer;
