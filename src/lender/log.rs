//! What the operator is told: names of calls, codes and times. No path, no token, no id of a phone or person.

use crate::clock::Moment;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Where the operator is told.
#[derive(Clone)]
pub struct Log {
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    json: bool,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

impl Default for Log {
    fn default() -> Self {
        Log::new(|_| {})
    }
}

impl Log {
    /// What goes wrong, in plain lines; by default nothing is told.
    #[must_use]
    pub fn new(tell: impl Fn(&str) + Send + Sync + 'static) -> Log {
        Log {
            tell: Arc::new(tell),
            json: false,
        }
    }

    /// Every answer and everything that goes wrong, one JSON object a line.
    #[must_use]
    pub fn json(tell: impl Fn(&str) + Send + Sync + 'static) -> Log {
        Log {
            json: true,
            ..Log::new(tell)
        }
    }

    /// Something to know.
    pub(crate) fn tell(&self, line: &str) {
        if self.json {
            (self.tell)(&json!({"level": "warn", "event": "told", "text": line}).to_string());
        } else {
            (self.tell)(line);
        }
    }

    /// A request failed inside.
    pub(crate) fn failed(&self, what: &str, request: &str, now: Moment) {
        if self.json {
            let line = json!({"at_ms": now.ms(), "level": "error", "event": "failed", "request": request, "cause": what});
            (self.tell)(&line.to_string());
        } else {
            (self.tell)(&format!("a request failed: {what} (request {request})"));
        }
    }

    /// A request was answered.
    pub(crate) fn answered(&self, answered: &Answered<'_>) {
        if self.json {
            let Answered {
                operation,
                status,
                code,
                took,
                request,
                now,
            } = answered;
            let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
            let line = json!({"at_ms": now.ms(), "level": "info", "event": "answered", "operation": operation,
                "status": status, "code": code, "micros": took, "request": request});
            (self.tell)(&line.to_string());
        }
    }
}

/// What is told of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered<'a> {
    /// Name of the call.
    pub operation: &'a str,
    /// HTTP status.
    pub status: u16,
    /// Code of the refusal.
    pub code: Option<&'a str>,
    /// How long it took.
    pub took: Duration,
    /// Id of the request.
    pub request: Option<&'a str>,
    /// When.
    pub now: Moment,
}
