//! Where the phone stands: what a check-in tells the server, and how a state is read back from its journal.

use super::{State, Want};
use crate::journal::{Entry, LostWhy};
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
        unreachable!("filled in by the state module")
    }
}

/// Folds the entries of a scanned journal and verifies again what binds the owner now, against the key set in force at
/// its place in the journal (protocol §5).
///
/// # Errors
/// `Unverified`: the state is lost; the caller keeps the file aside and starts a new journal with *lost*.
pub fn restore(entries: &[Entry]) -> Result<State, LostWhy> {
    let _ = entries;
    Err(LostWhy::Unverified)
}
