//! Orders: what they say (`claims`), what their values may be (`values`), and the one place where bytes become an
//! order that the phone believes (`verify`).

pub mod claims;
pub mod values;

mod verify;
pub use verify::{Verified, verify_order, verify_status, verify_time};
