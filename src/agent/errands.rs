//! What the loop sends out, and with whose key.

use crate::answer::Question;
use crate::error::{AgentError, Trouble};
use crate::link::{Ask, Link};
use latchkey_core::keys::Trust;
use latchkey_core::order::{verify_order, verify_status};
use latchkey_core::refusal::Code;
use latchkey_core::state::Outbox;
use latchkey_core::wire::{CheckInAnswer, Receipts};
use serde::Serialize;
use std::sync::Arc;

/// Who signs, and whose time is believed.
pub(crate) struct Signer {
    pub(crate) identity: Arc<crate::device_key::Identity>,
    pub(crate) keyid: String,
    pub(crate) trust: Trust,
}

impl Signer {
    pub(crate) fn ask<'a>(&'a self, path: &'a str, wait_s: u32) -> Ask<'a> {
        Ask {
            path,
            key: &self.identity.key,
            keyid: &self.keyid,
            wait_s,
            trust: &self.trust,
        }
    }
}

pub(crate) fn json(body: &impl Serialize) -> Vec<u8> {
    // Plain data with string keys cannot fail to serialise.
    serde_json::to_vec(body).unwrap_or_default()
}

pub(crate) fn trouble(e: AgentError) -> Trouble {
    Trouble::new(e.fault, e.detail)
}

/// Sends receipts, then claims. What the server took comes back, also when a later part failed.
pub(crate) async fn send(link: Arc<Link>, signer: Signer, outbox: Outbox) -> (Outbox, Result<(), Trouble>) {
    let mut taken = Outbox::default();
    if !outbox.receipts.is_empty() {
        let body = json(&Receipts {
            receipts: outbox.receipts.clone(),
        });
        if let Err(t) = link.tell(signer.ask("/v1/device/receipts", 0), &body).await {
            return (taken, Err(t));
        }
        (taken.receipts, taken.settle) = (outbox.receipts, outbox.settle);
    }
    let mut kept = Ok(());
    for claim in outbox.claims {
        match link.tell(signer.ask("/v1/device/claims", 0), &json(&claim)).await {
            Ok(()) => taken.claims.push(claim),
            // Nothing is owed there any more: to say it again helps nobody.
            Err(t) if t.code.as_deref() == Some("claim_instalment") => taken.claims.push(claim),
            // It is kept and said again; the ones behind it do not wait for it.
            Err(t) if of_the_message(&t) => kept = Err(t),
            Err(t) => return (taken, Err(t)),
        }
    }
    (taken, kept)
}

/// Whether a refusal is of this one message (RFC 9110 15.5.10, .14, .21: conflict, too large, not to be processed), and not
/// of whoever sends, of the hour, or of the server's health.
fn of_the_message(trouble: &Trouble) -> bool {
    matches!(trouble.status, Some(409 | 413 | 422))
}

/// Unknown `kid`: fetch the key set, try once more, only then `e_kid` (protocol §1). The bundle joins the answer's trust
/// and is judged with it.
pub(crate) async fn fetch_unknown_keys(
    link: &Link,
    signer: &Signer,
    question: &Question,
    answer: &mut CheckInAnswer,
) {
    let Some(device) = &signer.identity.device else {
        return;
    };
    let take = |trust: Trust, bundle: &String| trust.accept(bundle).unwrap_or(trust);
    let trust = answer.trust.iter().fold(signer.trust.clone(), take);
    let status = verify_status(answer.status.as_bytes(), &trust, device, &question.nonce).map(|_| ());
    let orders = answer
        .orders
        .iter()
        .map(|o| verify_order(o.jws.as_bytes(), &trust, device).map(|_| ()));
    let unknown = std::iter::once(status)
        .chain(orders)
        .any(|r| r.is_err_and(|e| e.code == Code::EKid));
    if unknown && let Ok(bundle) = link.keys().await {
        answer.trust.push(bundle.trim_end().to_owned());
    }
}
