//! What runs beside questions and alarms: typed codes that are being checked, and the lender's silence.

use super::{Checked, Loop, Reply, answer};
use crate::steps::Stop;
use crate::told::Refused;
use latchkey_core::code::{self, Typed};
use latchkey_core::command::Command;
use latchkey_core::refusal::{Code, Refusal};
use latchkey_core::state;

impl Loop {
    /// Writes the attempt, then hashes on a thread of its own: the loop must not wait for it.
    pub(super) fn type_code(&mut self, command: Command, typed: Typed, reply: Option<Reply>) {
        if self.checking.is_some() {
            let busy = Refusal {
                retry_after_s: Some(1),
                ..Code::CWait.into()
            };
            return answer(reply, Err(Refused::Rule(busy)));
        }
        match self.run.keeper.attempt(command) {
            Err(refused) => answer(reply, Err(refused)),
            Ok(challenge) => {
                let check = tokio::task::spawn_blocking(move || code::check(&challenge, &typed));
                self.checking = Some(Box::pin(async move {
                    Checked {
                        command,
                        // A check that broke off is a wrong code: it was counted as one.
                        proof: check.await.unwrap_or_default(),
                        reply,
                    }
                }));
            }
        }
    }

    pub(super) fn checked(&mut self, checked: Checked) {
        let outcome = self.run.keeper.code_checked(checked.command, checked.proof);
        answer(checked.reply, outcome);
    }

    /// A valid status came. Under keys that have ended it is no word of the lender, so the silence goes on.
    pub(super) fn word(&mut self) {
        let now = self.run.keeper.now();
        let ended = |t| self.run.keeper.state().trust().expired(t);
        if now.trusted_s().is_none_or(ended) {
            self.silent();
        } else {
            self.silence.word(now.boot_ms);
        }
    }

    /// OWN-10: a try that brought no word of the lender.
    pub(super) fn silent(&mut self) {
        let works = self.run.network.works();
        let now_ms = self.now_ms();
        if let Some(hours) = self.silence.failed(works, now_ms) {
            match self.run.keeper.step(&state::Ask::Silence(hours)) {
                // While no lock is held there is nothing to count.
                Ok(_) | Err(Stop::Refused(_)) => self.silence.stored(hours),
                Err(Stop::Fault(_)) => {}
            }
        }
    }
}
