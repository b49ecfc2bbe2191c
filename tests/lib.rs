//! What the tests share: a signer of good and bad orders.
//!
//! Every test binary is a `[[test]]` entry of `Cargo.toml`. This crate sees every other one; none sees it.

#[expect(missing_docs, reason = "the words say it")]
pub mod signer;
