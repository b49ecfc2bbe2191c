//! What the desk refuses, as the API tells it: the same stable code, with its HTTP status.

use crate::error::LenderError;
use crate::problem::Problem;
use axum::http::StatusCode;

impl LenderError {
    /// The answer to a clerk. What is nobody's business outside becomes a 500.
    pub(crate) fn told(self) -> Problem {
        let code = self.code();
        let as_said = |status| Problem::new(status, code, "").next(self.to_string());
        match &self {
            // The same for what is absent and what is another tenant's.
            LenderError::NotFound(_) => Problem::new(
                StatusCode::NOT_FOUND,
                "not_found",
                "Nothing of this name is here; read the list for what is.",
            ),
            LenderError::Refused(refusal) => {
                let problem = as_said(StatusCode::UNPROCESSABLE_ENTITY);
                match refusal.earliest {
                    Some(at) => problem.with("earliest", at),
                    None => problem,
                }
            }
            LenderError::Settled
            | LenderError::AlreadyLocked
            | LenderError::NothingOwed
            | LenderError::Answered
            | LenderError::NoCodes
            | LenderError::Held(_)
            | LenderError::JobFinished => as_said(StatusCode::CONFLICT),
            LenderError::SamePerson => as_said(StatusCode::FORBIDDEN),
            LenderError::TooManyRows(_) => as_said(StatusCode::PAYLOAD_TOO_LARGE),
            LenderError::Breaker(_) => {
                as_said(StatusCode::SERVICE_UNAVAILABLE).with_header("retry-after", "300")
            }
            LenderError::WrongAnswer(_)
            | LenderError::PlanSum { .. }
            | LenderError::PlanDays
            | LenderError::OutOfBounds(_)
            | LenderError::BadKey
            | LenderError::Operator(_)
            | LenderError::NoRows
            | LenderError::BadRow(_)
            | LenderError::UrlNotPublic
            | LenderError::TooLong => as_said(StatusCode::UNPROCESSABLE_ENTITY),
            LenderError::LocksStopped => {
                as_said(StatusCode::SERVICE_UNAVAILABLE).with_header("retry-after", "300")
            }
            LenderError::NoMemory | LenderError::Random => {
                as_said(StatusCode::SERVICE_UNAVAILABLE).with_header("retry-after", "5")
            }
            LenderError::StoreBusy(_)
            | LenderError::File { .. }
            | LenderError::Listen { .. }
            | LenderError::Store(_)
            | LenderError::Database(_)
            | LenderError::OtherKeys
            | LenderError::Migrate(_)
            | LenderError::Damaged(_)
            | LenderError::NoKey
            | LenderError::TenantExists => Problem::from(self),
        }
    }
}
