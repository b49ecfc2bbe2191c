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
                let refused = as_said(StatusCode::UNPROCESSABLE_ENTITY);
                match refusal.earliest {
                    Some(at) => refused
                        .next("The phone would refuse this order before the time `earliest`; nothing was signed.")
                        .with("earliest", at),
                    None => refused.next("The phone would refuse this order; nothing was signed."),
                }
            }
            LenderError::NothingOwed => {
                as_said(StatusCode::CONFLICT).next("Nothing is owed for this instalment; read the timeline.")
            }
            LenderError::SeveralLocks(locks) => {
                let locks: Vec<_> = locks.iter().map(|lock| lock.get()).collect();
                as_said(StatusCode::CONFLICT).at("/lock_id").with("locks", locks)
            }
            LenderError::Answered => {
                as_said(StatusCode::CONFLICT).next("This claim is answered; read it for how.")
            }
            LenderError::WrongAnswer(_) => as_said(StatusCode::UNPROCESSABLE_ENTITY)
                .next("This is no answer to such a claim; send the order itself, or another answer."),
            LenderError::JobFinished => {
                as_said(StatusCode::CONFLICT).next("This job is finished; read it for how.")
            }
            LenderError::LocksStopped => as_said(StatusCode::SERVICE_UNAVAILABLE)
                .next("All locks are stopped; POST /v1/locks/resume lets them go on.")
                .with_header("retry-after", "300"),
            LenderError::Settled
            | LenderError::AlreadyLocked
            | LenderError::AgreementExists
            | LenderError::NoCodes
            | LenderError::Held(_) => as_said(StatusCode::CONFLICT),
            LenderError::SamePerson => as_said(StatusCode::FORBIDDEN),
            LenderError::TooManyRows(_) => as_said(StatusCode::PAYLOAD_TOO_LARGE),
            LenderError::Breaker(_) => {
                as_said(StatusCode::SERVICE_UNAVAILABLE).with_header("retry-after", "300")
            }
            LenderError::PlanSum { .. }
            | LenderError::PlanDays
            | LenderError::OutOfBounds(_)
            | LenderError::BadKey
            | LenderError::Operator(_)
            | LenderError::NoRows
            | LenderError::BadAgreement
            | LenderError::BadImport(_)
            | LenderError::BadRow(_)
            | LenderError::UrlNotPublic
            | LenderError::MayNotEnrol
            | LenderError::TooLong => as_said(StatusCode::UNPROCESSABLE_ENTITY),
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
            | LenderError::TenantExists
            | LenderError::FileTooLong(_)
            | LenderError::HeadUnknown(_)
            | LenderError::BadHead(_)
            | LenderError::Live(_)
            | LenderError::NotLive
            | LenderError::LiveStore
            | LenderError::SandboxStore
            | LenderError::Custody(..)
            | LenderError::ProviderSecret
            | LenderError::KeysExist
            | LenderError::PublicUrl(_) => Problem::from(self),
        }
    }
}
