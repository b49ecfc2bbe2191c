//! What the agent tells and hears: one watch channel out, one bounded channel in.

use latchkey_core::command::Command;
use latchkey_core::order::values::{Id, Seq};
use latchkey_core::refusal::Refusal;
use latchkey_core::snapshot::{Fault, Snapshot};
use tokio::sync::{mpsc, oneshot};

/// Everything that is told; the newest wins.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What is true now.
    pub snapshot: Snapshot,
    /// The last order that moved the phase or the mode in this process.
    pub moved: Option<Moved>,
    /// The last command that was not carried out; gone after the next that was.
    pub refused: Option<(Command, Refused)>,
}

/// An order that moved the state, and when it was read: for measuring release → frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Sequence number as delivered.
    pub seq: Seq,
    /// The order's id.
    pub jti: Id,
    /// Its kind.
    pub typ: String,
    /// The key that signed it.
    pub kid: String,
    /// [`crate::clock::Clock::mono_ns`] when the last byte of the answer was read.
    pub read_ns: u64,
    /// Mode word before it.
    pub from: &'static str,
    /// Mode word after it.
    pub to: &'static str,
}

/// Why a command was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The rules say no.
    Rule(Refusal),
    /// It could not be stored.
    Fault(Fault),
}

impl Refused {
    /// The stable code.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Refused::Rule(refusal) => refusal.code.as_str(),
            Refused::Fault(fault) => fault.as_str(),
        }
    }
}

/// What comes in.
#[derive(Debug)]
pub(crate) enum Input {
    Command(Command, Option<oneshot::Sender<Result<(), Refused>>>),
    InFront(bool),
    Look,
    Stop,
}

/// The agent's ear. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Commands(pub(crate) mpsc::Sender<Input>);

/// The agent does not take commands now: it is busy or has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the agent is busy or has stopped")]
pub struct NotHeard;

impl Commands {
    /// Hands a command over without waiting; the outcome shows in [`Told`].
    ///
    /// # Errors
    /// The channel is full or closed.
    pub fn send(&self, command: Command) -> Result<(), NotHeard> {
        self.0
            .try_send(Input::Command(command, None))
            .map_err(|_| NotHeard)
    }

    /// Hands a command over and waits for its outcome.
    ///
    /// # Errors
    /// `None`: the agent has stopped.
    pub async fn ask(&self, command: Command) -> Result<(), Option<Refused>> {
        let (reply, outcome) = oneshot::channel();
        self.0
            .send(Input::Command(command, Some(reply)))
            .await
            .map_err(|_| None)?;
        outcome.await.map_err(|_| None)?.map_err(Some)
    }

    /// Asks for a new snapshot, because a clock on the page has moved.
    ///
    /// # Errors
    /// The channel is full or closed.
    pub fn look(&self) -> Result<(), NotHeard> {
        self.0.try_send(Input::Look).map_err(|_| NotHeard)
    }

    /// Says whether the screen is on with this app in front: the agent then asks by long-poll.
    ///
    /// # Errors
    /// The channel is full or closed.
    pub fn in_front(&self, on: bool) -> Result<(), NotHeard> {
        self.0.try_send(Input::InFront(on)).map_err(|_| NotHeard)
    }
}
