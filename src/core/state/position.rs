//! Where the phone stands, for a check-in and for the platform.

use super::{NONE_USED, State, Want, lock_number};
use crate::order::values::{LockIdOrNone, TermsSeq, WindowSecs};
use crate::wire::Cursor;

/// What a check-in says about the state (protocol §5). The agent adds nonce, journal head, app and adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The last order taken; `None` at first and after *lost*.
    pub after: Option<Cursor>,
    /// Lock in force, 0 = none.
    pub lock_id: LockIdOrNone,
    /// Highest number released.
    pub released_through: LockIdOrNone,
    /// Newest terms, if any.
    pub terms_seq: Option<TermsSeq>,
    /// Newest key set, 0 = none.
    pub keys_version: u32,
    /// Mode word: `unknown` `free` `locked` `open` `backup` `settled`.
    pub mode: &'static str,
    /// Seconds of the window used under the lock in force.
    pub used: WindowSecs,
    /// The floor in Unix seconds: no honest clock shows less.
    pub floor_s: u64,
    /// What the platform must enforce, without waiting for the next entry.
    pub want: Want,
    /// The settlement is reported: the journal is the certificate, check-ins have ended.
    pub reported: bool,
}

impl State {
    /// Where the phone stands.
    #[must_use]
    pub fn position(&self) -> Position {
        Position {
            after: self.cursor(),
            lock_id: lock_number(self.lock_id().unwrap_or(0)),
            released_through: lock_number(self.released_through),
            terms_seq: self.terms.as_ref().map(|terms| terms.terms_seq),
            keys_version: self.trust.keys_version(),
            mode: self.mode_word(),
            used: WindowSecs::try_from(u64::from(self.held().map_or(0, |held| held.used_s))).unwrap_or(NONE_USED),
            floor_s: self.floor_s(),
            want: self.effects().want,
            reported: self.effects().erase,
        }
    }
}
