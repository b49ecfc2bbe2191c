//! A journal at start: fold it, and verify again what binds the owner now (protocol §5).

use super::orders::recorded;
use super::{Phase, State, apply};
use crate::journal::{Body, LostWhy, Scan};
use crate::keys::Trust;
use crate::order::claims::Order;
use crate::order::values::{Id, Seq};
use crate::order::verify_order;
use std::sync::Arc;

/// What a journal gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// Its state. Cut the file to `scan.whole` before anything is appended.
    Whole {
        /// The folded state.
        state: Box<State>,
        /// A freeing order in the torn last record: judge it first, as if it were delivered now (OWN-04). It is whole,
        /// but it was never receipted, so nothing is lost if it is refused.
        torn: Option<(Seq, Id, String)>,
    },
    /// An order that binds does not verify again. Set the file aside and begin with `Ask::Lost` (OWN-09).
    Lost(LostWhy),
}

/// Folds a scanned journal. A journal without records is lost too: the file was cut.
#[must_use]
pub fn restore(scan: &Scan) -> Restored {
    if scan.entries.is_empty() {
        return Restored::Lost(LostWhy::Missing);
    }
    let mut state = State::new();
    let mut stored: Vec<(&str, Arc<Trust>)> = Vec::new();
    for entry in &scan.entries {
        if let Body::Order { token, .. } = &entry.body {
            stored.push((token, Arc::clone(&state.trust)));
        }
        state = apply(state, entry).0;
    }
    if !state.verifies_again(&stored) {
        return Restored::Lost(LostWhy::Unverified);
    }
    let torn = scan.torn.as_ref().and_then(|entry| {
        let Body::Order { seq, jti, token } = &entry.body else {
            return None;
        };
        let frees = matches!(
            recorded(token)?.order,
            Order::Release(_) | Order::Grace(_) | Order::Settle(_) | Order::Plan(_)
        );
        frees.then(|| (*seq, jti.clone(), token.clone()))
    });
    Restored::Whole {
        state: Box::new(state),
        torn,
    }
}

impl State {
    /// Whether the lock in force, its notices, and the terms verify against the keys in force at their places.
    fn verifies_again(&self, stored: &[(&str, Arc<Trust>)]) -> bool {
        let Some(device) = &self.device else {
            return true;
        };
        let mut bind: Vec<Order> = Vec::new();
        if let Phase::Lock(held) = &self.phase {
            bind.push(Order::Lock((*held.lock).clone()));
            let named = |id: &Id| self.notices.iter().find(|kept| kept.notice.jti == *id);
            for kept in held.lock.notices.iter().filter_map(named) {
                bind.push(Order::Notice((*kept.notice).clone()));
            }
        }
        bind.extend(self.terms.as_ref().map(|terms| Order::Terms((**terms).clone())));
        // Newest first: what binds now is mostly near the end.
        for (token, trust) in stored.iter().rev() {
            if bind.is_empty() {
                break;
            }
            let Some(recorded) = recorded(token) else {
                continue;
            };
            if let Some(at) = bind.iter().position(|order| *order == recorded.order)
                && verify_order(token.as_bytes(), trust, device).is_ok()
            {
                bind.swap_remove(at);
            }
        }
        bind.is_empty()
    }
}
