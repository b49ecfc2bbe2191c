//! The certificate: what replaces a settled phone's journal, and all that is left of it (OWN-06).

use super::judge::accept;
use super::orders::recorded;
use super::{Phase, Settled, State};
use crate::envelope::{self, Kinds};
use crate::journal::Body;
use crate::keys::Trust;
use crate::order::claims::{Order, typ};
use crate::refusal::{Code, Refusal};
use crate::time::{Now, Stamp};
use std::sync::Arc;

/// How long the report of settlement is tried, seconds.
const REPORT_S: u64 = 30 * 86_400;

/// What a certificate leaves: device, trust and the settlement. Nothing else survives it (OWN-06).
pub(super) fn certificate(bundles: &[String], settle: &str, at: &Stamp) -> State {
    let mut state = State::new();
    for bundle in bundles {
        if let Ok(trust) = accept(&state.trust, bundle) {
            state.trust = Arc::new(trust);
            state.bundles.push(Arc::from(bundle.as_str()));
        }
    }
    let day = match recorded(settle).map(|r| r.order) {
        Some(Order::Settle(settle)) => settle.settled_on.get(),
        Some(
            Order::Notice(_)
            | Order::Terms(_)
            | Order::Plan(_)
            | Order::Lock(_)
            | Order::Release(_)
            | Order::Grace(_),
        )
        | None => 0,
    };
    state.phase = Phase::Settled(Settled {
        day,
        token: Arc::from(settle),
        seq: None,
        reported: true,
        at: *at,
    });
    state
}

impl State {
    /// Whether it is time: the settlement was reported, or that was tried long enough.
    pub(super) fn certificate(&self, now: &Now) -> Result<Body, Refusal> {
        let Phase::Settled(settled) = &self.phase else {
            return Err(Code::NNoEffect.into());
        };
        let since = &settled.at;
        let powered = now.boot == since.boot && now.boot_ms >= since.boot_ms.saturating_add(REPORT_S * 1000);
        let tried = powered
            || now
                .trusted_s()
                .is_some_and(|t| t >= since.floor_s.saturating_add(REPORT_S));
        if settled.seq.is_none() || !(settled.reported || tried) {
            return Err(Code::NNoEffect.into());
        }
        self.certificate_body().ok_or_else(|| Code::NNoEffect.into())
    }

    /// The body of the certificate that replaces a settled phone's journal (OWN-06).
    #[must_use]
    pub fn certificate_body(&self) -> Option<Body> {
        match &self.phase {
            Phase::Settled(settled) => Some(Body::Certificate {
                device: self.device.clone()?,
                trust: self.proof_of(&settled.token),
                settle: settled.token.as_ref().to_owned(),
            }),
            Phase::Unknown | Phase::Free | Phase::Lock(_) => None,
        }
    }

    /// The bundles that a certificate needs: every root, and the newest key set that names the key of `token`.
    fn proof_of(&self, token: &str) -> Vec<String> {
        let kid = envelope::cut(token.as_bytes(), Kinds::OneOf(typ::ORDERS)).map(|cut| cut.kid().to_owned());
        let mut trust = Trust::default();
        let mut proof = None;
        let mut roots = Vec::new();
        for (n, bundle) in self.bundles.iter().enumerate() {
            let before = trust.keys_version();
            let Ok(next) = accept(&trust, bundle) else {
                continue;
            };
            trust = next;
            if trust.keys_version() == before {
                roots.push(n);
            } else if let (Ok(kid), Some(keys)) = (&kid, trust.keys())
                && keys.keys.iter().any(|key| key.kid.as_str() == kid)
            {
                proof = Some(n);
            }
        }
        let wanted = |n: &usize| roots.contains(n) || proof == Some(*n);
        let bundles = self.bundles.iter().enumerate().filter(|(n, _)| wanted(n));
        bundles.map(|(_, bundle)| bundle.as_ref().to_owned()).collect()
    }
}
