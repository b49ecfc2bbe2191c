//! What the platform does for the agent. Clock and files are ports too: see [`crate::clock`] and [`crate::storage`].

use latchkey_core::snapshot::Limits;
use latchkey_core::state::Want;

/// The platform did not do what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the platform refused: {0}")]
pub struct PolicyError(pub String);

/// Makes the platform enforce what the state wants.
///
/// `apply` is repeatable: it is called again after boot, update and crash, and the same `Want` twice changes nothing.
/// An adapter that cannot let emergency calls through must fail instead of locking (OWN-01).
pub trait LockPolicy: Send {
    /// What this adapter cannot do; the screen's words depend on it.
    fn limits(&self) -> Limits;

    /// Makes it so.
    ///
    /// # Errors
    /// The platform refused; the agent tries again with its next step.
    fn apply(&mut self, want: Want) -> Result<(), PolicyError>;
}

/// What the platform knows of its network.
pub trait Network: Send {
    /// Whether the internet is reachable now, by the platform's own test and not by ours. `false` where it cannot tell:
    /// silence then does not count (OWN-10).
    fn works(&self) -> bool;
}

/// A platform that cannot tell, as a desktop.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnknownNetwork;

impl Network for UnknownNetwork {
    fn works(&self) -> bool {
        false
    }
}

/// Locks nothing: for desktops, previews and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct PreviewPolicy;

impl LockPolicy for PreviewPolicy {
    fn limits(&self) -> Limits {
        Limits {
            survives_reset: false,
            preview: true,
        }
    }

    fn apply(&mut self, _: Want) -> Result<(), PolicyError> {
        Ok(())
    }
}
