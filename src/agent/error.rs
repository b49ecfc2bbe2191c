//! What went wrong on the agent's side: a stable code (protocol §7, *the agent's own*) and the next step.

use latchkey_core::snapshot::Fault;
use std::io;

/// A fault with what was being done. The words for the owner stand in `refusals.ftl`; see [`AgentError::messages`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}: {detail}")]
pub struct AgentError {
    /// Stable code.
    pub fault: Fault,
    /// For the person who reads a log: which file or request, and what the system said.
    pub detail: String,
}

impl AgentError {
    /// A fault and its detail.
    #[must_use]
    pub fn new(fault: Fault, detail: impl Into<String>) -> Self {
        AgentError {
            fault,
            detail: detail.into(),
        }
    }

    /// What a file operation's failure means.
    #[must_use]
    pub fn file(doing: &str, name: &str, error: &io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull, WouldBlock};
        let kind = error.kind();
        let fault = if matches!(kind, StorageFull | QuotaExceeded | FileTooLarge) {
            Fault::DiskFull
        } else if kind == WouldBlock {
            Fault::StoreBusy
        } else {
            Fault::Unreadable
        };
        AgentError::new(fault, format!("{doing} {name}: {error}"))
    }

    /// Ids of the two messages in `refusals.ftl`: what happened, and the next step.
    #[must_use]
    pub fn messages(&self) -> [String; 2] {
        messages(self.fault)
    }
}

/// Ids of the two messages of a fault in `refusals.ftl`: what happened, and the next step.
#[must_use]
pub fn messages(fault: Fault) -> [String; 2] {
    let id = fault.as_str().replace('_', "-");
    let next = format!("{id}-next");
    [id, next]
}

/// What a request to the server ended in, other than an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Stable code.
    pub fault: Fault,
    /// What the system or the server said.
    pub detail: String,
    /// The server's own code, where its answer was a problem document (RFC 9457).
    pub code: Option<String>,
    /// The HTTP status of that answer.
    pub status: Option<u16>,
    /// The server's `Retry-After`, seconds.
    pub retry_after_s: Option<u32>,
}

impl Trouble {
    /// A fault and its detail.
    #[must_use]
    pub fn new(fault: Fault, detail: impl Into<String>) -> Self {
        Trouble {
            fault,
            detail: detail.into(),
            code: None,
            status: None,
            retry_after_s: None,
        }
    }
}
