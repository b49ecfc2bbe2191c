//! Notices as evidence: what they must say together, and from when each lets a lock begin.

use crate::order::claims::Notice;

/// A notice that the phone holds.
#[derive(Clone, Copy, Debug)]
pub struct HeldNotice<'a> {
    /// What it says.
    pub claims: &'a Notice,
    /// Unix seconds from which it counts: the later of its `iat` and the floor before the answer that brought it.
    pub counts_from_s: u64,
}
