//! Latchkey.
pub mod clock;
pub mod device_key;
pub mod error;
pub mod link;
pub mod pace;
pub mod ports;
pub mod storage;
pub mod tls;
