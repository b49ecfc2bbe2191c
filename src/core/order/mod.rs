//! Orders: what they say (`claims`), what their values may be (`values`), what must hold between them (`whole`), and
//! the one place where bytes become an order that the phone believes (`verify`).

pub mod claims;
pub mod values;

mod verify;
mod whole;
pub use verify::{Verified, verify_order, verify_status, verify_time};
pub use whole::BINDING_LIFE_S;
pub(crate) use whole::Whole;

#[cfg(test)]
mod tests;
