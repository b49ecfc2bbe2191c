//! Answers that say no: `application/problem+json` (RFC 9457) with a stable code and the next step.

use crate::error::LenderError;
use crate::random;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use latchkey_core::wire;

/// A refused request.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    next: &'static str,
    header: Option<(&'static str, String)>,
    cause: Option<String>,
}

/// What stands behind a 500, for the operator's log.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// The id that the caller was told.
    pub request_id: Option<String>,
    /// What went wrong.
    pub what: String,
}

impl Problem {
    /// Status, stable code, next step.
    pub(crate) const fn new(status: StatusCode, code: &'static str, next: &'static str) -> Problem {
        Problem {
            status,
            code,
            next,
            header: None,
            cause: None,
        }
    }

    /// 401.
    pub(crate) const fn unauthorised(code: &'static str, next: &'static str) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, code, next)
    }

    /// 400: not the body that this call takes.
    pub(crate) const fn malformed() -> Problem {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "Send the fields that the interface names, no others.",
        )
    }

    /// 404.
    pub(crate) const fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "Check the path.")
    }

    /// With one more header.
    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Problem {
        self.header = Some((name, value.to_owned()));
        self
    }
}

impl From<LenderError> for Problem {
    /// What went wrong inside is nobody's business outside; the caller can only try again.
    fn from(error: LenderError) -> Problem {
        Problem {
            cause: Some(error.to_string()),
            ..Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Try again; tell the operator the request id if it stays.",
            )
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let request_id = random::id().ok().map(String::from);
        let body = wire::Problem {
            r#type: format!("/problems/{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Refused").to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: Some(self.next.to_owned()),
            request_id: request_id.clone(),
        };
        let text = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (self.status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some((name, value)) = self.header
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            headers.insert(HeaderName::from_static(name), value);
        }
        if let Some(what) = self.cause {
            response.extensions_mut().insert(Cause { request_id, what });
        }
        response
    }
}
