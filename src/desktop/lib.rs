//! The newcomer's desktop.
pub mod args; pub mod display; pub mod other_device;
