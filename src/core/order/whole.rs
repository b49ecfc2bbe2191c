//! What a kind's claims must satisfy beyond the bounds of each member (protocol §9): part of check 9, `e_claims`.

use super::claims::*;
use super::values::{Id, Obj};

/// Longest life of a binding order, seconds.
pub const BINDING_LIFE_S: u64 = 604_800;

/// Claims that hold together.
pub(crate) trait Whole {
    /// Whether they do.
    fn whole(&self) -> bool;
}

fn distinct<T: PartialEq>(items: &[T]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(n, item)| !items[..n].contains(item))
}

fn life(iat: u64, exp: u64) -> bool {
    iat < exp && exp <= iat + BINDING_LIFE_S
}

impl Whole for Root {
    fn whole(&self) -> bool {
        let kids: Vec<_> = self.roots.iter().map(|key| &key.kid).collect();
        usize::from(self.threshold.get()) <= self.roots.len() && distinct(&kids)
    }
}

impl Whole for Keys {
    fn whole(&self) -> bool {
        let kids: Vec<_> = self.keys.iter().map(|key| &key.kid).collect();
        distinct(&kids) && distinct(&self.void) && self.keys.iter().all(|key| distinct(&key.roles))
    }
}

impl Whole for Notice {
    fn whole(&self) -> bool {
        distinct(&self.channels)
    }
}

impl Whole for Terms {
    fn whole(&self) -> bool {
        let numbers: Vec<_> = self.rows.iter().map(|row| row.0).collect();
        life(self.iat.get(), self.exp.get()) && distinct(&numbers)
    }
}

impl Whole for Plan {
    fn whole(&self) -> bool {
        let numbers: Vec<_> = self.schedule.iter().map(|row| row.0).collect();
        distinct(&self.replaces) && distinct(&numbers) && !numbers.iter().any(|no| self.replaces.contains(no))
    }
}

impl Whole for Lock {
    fn whole(&self) -> bool {
        let slots: Vec<_> = self.codes.iter().map(|code| code.slot).collect();
        life(self.iat.get(), self.exp.get())
            && self.amount.minor.get() > 0
            && !self.notices.is_empty()
            && distinct(&self.notices)
            && self.steps.iter().all(|(level, _)| level.get() <= 2)
            && distinct(&slots)
    }
}

impl Whole for Release {
    fn whole(&self) -> bool {
        distinct(&self.instalments)
    }
}

impl Whole for Grace {
    fn whole(&self) -> bool {
        true
    }
}

impl Whole for Settle {
    fn whole(&self) -> bool {
        true
    }
}

impl Whole for Status {
    fn whole(&self) -> bool {
        if self.head_seq.get() == 0 {
            self.head_jti.is_empty()
        } else {
            Id::try_from(self.head_jti.as_str()).is_ok()
        }
    }
}

impl Whole for Time {
    fn whole(&self) -> bool {
        true
    }
}

impl<T: Whole> Whole for Obj<T> {
    fn whole(&self) -> bool {
        self.0.whole()
    }
}
