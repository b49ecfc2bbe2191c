//! What to ask at a check-in, and how its answer is taken: trust → status → orders → floor → receipts (protocol §8).

use crate::device_key::fresh_id;
use crate::enrol::About;
use crate::error::AgentError;
use crate::keeper::Keeper;
use crate::link::{Got, SLACK_S};
use crate::steps::Stop;
use latchkey_core::order::values::Id;
use latchkey_core::order::verify_status;
use latchkey_core::refusal::{Code, Refusal};
use latchkey_core::state::{Ask, Outbox};
use latchkey_core::time::Anchor;
use latchkey_core::wire::{CheckIn, CheckInAnswer};

/// Most orders in one answer.
const MOST_ORDERS: usize = 64;

/// What has to be remembered of a question until its answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its nonce.
    pub nonce: Id,
    /// How long the server may wait, seconds.
    pub wait_s: u32,
    /// Receipts were waiting when it was asked: the server does not know our newest state yet.
    pub unsent: bool,
}

/// What an answer brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The status was ours and true, with the server's wish for the next check-in; else why not.
    pub word: Result<u32, Refusal>,
    /// Something new was taken.
    pub news: bool,
    /// The server has more to say.
    pub more: bool,
}

impl Keeper {
    /// The body of a check-in.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn question(&mut self, about: &About, wait_s: u32) -> Result<(Question, CheckIn), AgentError> {
        let nonce = fresh_id()?;
        let (app, adapter) = (&about.app, &about.adapter);
        let mut body = self
            .state
            .check_in(nonce.clone(), wait_s, &self.head(), app, adapter);
        if std::mem::take(&mut self.from_zero) {
            body.after = None;
        }
        let unsent = !self.state.outbox().receipts.is_empty();
        Ok((
            Question {
                nonce,
                wait_s,
                unsent,
            },
            body,
        ))
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// The fault of the files: what was taken before it stands, the rest comes again.
    pub fn take_answer(
        &mut self,
        question: &Question,
        got: &Got<CheckInAnswer>,
    ) -> Result<Taken, AgentError> {
        let answer = &got.body;
        let mut news = false;
        for bundle in &answer.trust {
            match self.step(&Ask::Trust(bundle)) {
                Ok(_) => news = true,
                Err(Stop::Refused(_)) => {}
                Err(Stop::Fault(e)) => return Err(e),
            }
        }
        let status = match self.state.device() {
            Some(device) => verify_status(
                answer.status.as_bytes(),
                self.state.trust(),
                device,
                &question.nonce,
            ),
            None => Err(Code::BSub.into()),
        };
        let limit_ms = u64::from(question.wait_s + SLACK_S) * 1000;
        let in_time = got.read_ms.saturating_sub(got.asked_ms) <= limit_ms;
        if let Ok(status) = &status
            && in_time
        {
            let now_s = status.claims().now.get();
            self.set_anchor(Anchor {
                now_s,
                boot: self.now().boot,
                boot_ms: got.read_ms,
            });
        }
        // Orders prove themselves: a release counts whatever came with it (OWN-04).
        for order in answer.orders.iter().take(MOST_ORDERS) {
            news |= self.take_order(order, got.read_ns)?;
        }
        if let Ok(status) = &status {
            if in_time {
                self.take_status(status)?;
            }
            if answer.orders.is_empty() && !question.unsent {
                let asked = self.asked_from_zero.take();
                let again = self.state.from_zero(status.claims(), asked.as_ref(), &self.now());
                self.from_zero = again.is_some();
                self.asked_from_zero = again.or(asked);
            }
        }
        if status.is_ok() {
            self.rollback_seen = answer.rollback_seen;
        }
        let word = status.map(|s| s.claims().poll_s.get());
        Ok(Taken {
            word,
            news,
            more: answer.more,
        })
    }

    /// The server took what waited.
    ///
    /// # Errors
    /// The fault of the files: it will be sent again, and the server gives the same answer.
    pub fn sent(&mut self, sent: &Outbox) -> Result<(), AgentError> {
        let ask = Ask::Sent {
            receipts_to: sent.receipts.iter().map(|r| r.seq).max(),
            claims: sent.claims.iter().map(|c| c.id.clone()).collect(),
            settle: sent.settle && !sent.receipts.is_empty(),
        };
        match self.step(&ask) {
            Ok(_) | Err(Stop::Refused(_)) => Ok(()),
            Err(Stop::Fault(e)) => Err(e),
        }
    }
}
