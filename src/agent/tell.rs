//! What the screen and the platform are told: the state's snapshot, with what is the agent's own business.

use crate::keeper::Keeper;
use crate::told::Told;
use latchkey_core::keys::Trust;
use latchkey_core::snapshot::{Fault, Link, Phase, Snapshot};
use latchkey_core::state::{self, Want};

impl Keeper {
    /// Says how it stands with the server.
    pub fn set_link(&mut self, link: Link) {
        self.link = link;
    }

    /// How it stands with the server, as last said.
    #[must_use]
    pub fn link(&self) -> Link {
        self.link
    }

    /// What is true now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = state::snapshot(&self.elapsed(), &self.now());
        snapshot.limits = self.policy.limits();
        snapshot.rollback_seen = self.rollback_seen;
        if self.has_seen(self.state.released_record()) {
            snapshot.released = None;
        }
        if let Phase::Lock(lock) = &mut snapshot.phase {
            lock.remind &= !self.has_seen(self.state.reminded_record());
        }
        snapshot.link = match (self.fault(), self.link) {
            (Some(e), Link::Online { at_s: since_s } | Link::Fault { since_s, .. }) => Link::Fault {
                fault: e.fault,
                since_s,
            },
            (Some(e), Link::Asking) => Link::Fault {
                fault: e.fault,
                since_s: None,
            },
            // What was missing has been brought since, and is being tried.
            (
                None,
                Link::Fault {
                    fault: Fault::NotProvisioned,
                    ..
                },
            ) if self.provision.is_some() => Link::Asking,
            (None, link) => link,
        };
        if matches!(snapshot.phase, Phase::Welcome { .. }) {
            // An enrolled phone whose record cannot be read is not a new one.
            snapshot.phase = if self.was_enrolled() {
                Phase::Unknown
            } else {
                Phase::Welcome {
                    provisioned: self.provision.is_some(),
                }
            };
            snapshot.sandbox |= self.root.as_ref().is_some_and(Trust::sandbox);
        }
        snapshot
    }

    /// What the platform has to enforce: the state's want, but no reminder that was left.
    fn want(&self) -> Want {
        let state = self.elapsed();
        let want = state.effects().want;
        if want == Want::Reminder && self.has_seen(state.reminded_record()) {
            return Want::Unlocked;
        }
        want
    }

    /// Tells the platform what is wanted, until it has done it once.
    pub(crate) fn enforce(&mut self) {
        let want = self.want();
        if self.enforced != Some(want) && self.policy.apply(want).is_ok() {
            self.enforced = Some(want);
        }
    }

    /// Whether the platform has done what is wanted.
    #[must_use]
    pub fn enforced(&self) -> bool {
        self.enforced == Some(self.want())
    }

    /// Tells what is true now, if it is not what was told before.
    pub fn tell(&self) {
        let told = Told {
            snapshot: self.snapshot(),
            moved: self.moved.clone(),
            refused: self.refused,
        };
        self.tell.send_if_modified(|last| {
            let news = last.as_ref() != Some(&told);
            if news {
                *last = Some(told);
            }
            news
        });
    }
}
