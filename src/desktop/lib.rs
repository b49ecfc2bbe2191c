//! Latchkey.
