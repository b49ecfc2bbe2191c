//! Answers that say no: `application/problem+json` (RFC 9457) with a stable code, the field at fault, and the next step.

use crate::error::LenderError;
use crate::random;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

tokio::task_local! {
    /// The id of the request that is being answered.
    pub(crate) static REQUEST: String;
}

/// The id of the request that is being answered; outside of one, a fresh one.
pub(crate) fn request_id() -> Option<String> {
    let current = REQUEST.try_with(Clone::clone).ok();
    current.or_else(|| random::id().ok().map(String::from))
}

/// A refused request.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    next: Cow<'static, str>,
    rest: Option<Box<Rest>>,
}

/// What few refusals have.
#[derive(Clone, Debug, Default)]
struct Rest {
    at: Option<String>,
    headers: Vec<(&'static str, String)>,
    more: Vec<(&'static str, Value)>,
    cause: Option<String>,
}

/// What stands behind a 500, for the operator's log.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// What went wrong.
    pub what: String,
}

/// The stable code of a refused request, for log and figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told(pub &'static str);

impl Problem {
    /// Status, stable code, next step.
    pub(crate) const fn new(status: StatusCode, code: &'static str, next: &'static str) -> Problem {
        Problem {
            status,
            code,
            next: Cow::Borrowed(next),
            rest: None,
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
        self.rest().headers.push((name, value.to_owned()));
        self
    }

    /// With another next step.
    pub(crate) fn next(mut self, next: impl Into<Cow<'static, str>>) -> Problem {
        self.next = next.into();
        self
    }

    /// With the place in the body that is at fault, as a JSON pointer (RFC 6901).
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Problem {
        self.rest().at = Some(pointer.into());
        self
    }

    /// With one more member.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Problem {
        self.rest().more.push((name, value.into()));
        self
    }

    fn rest(&mut self) -> &mut Rest {
        self.rest.get_or_insert_default()
    }

    /// Its status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The document.
    pub(crate) fn document(&self) -> Value {
        let r#type = if self.code == "quota_exceeded" {
            "https://iana.org/assignments/http-problem-types#quota-exceeded".to_owned()
        } else {
            format!("/problems/{}", self.code)
        };
        let mut body = Map::new();
        body.insert("type".into(), r#type.into());
        body.insert(
            "title".into(),
            self.status.canonical_reason().unwrap_or("Refused").into(),
        );
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("code".into(), self.code.into());
        body.insert("detail".into(), self.next.clone().into());
        let rest = self.rest.as_deref();
        if let Some(pointer) = rest.and_then(|rest| rest.at.as_ref()) {
            body.insert(
                "errors".into(),
                json!([{"pointer": pointer, "detail": self.next}]),
            );
        }
        for (name, value) in rest.into_iter().flat_map(|rest| &rest.more) {
            body.insert((*name).into(), value.clone());
        }
        if let Some(id) = request_id() {
            body.insert("request_id".into(), id.into());
        }
        Value::Object(body)
    }
}

impl From<LenderError> for Problem {
    /// What went wrong inside is nobody's business outside; the caller can only try again.
    fn from(error: LenderError) -> Problem {
        let mut problem = Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Try again; tell the operator the request id if it stays.",
        );
        problem.rest().cause = Some(error.to_string());
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = self.document();
        let mut response = said(self.status, &body);
        let headers = response.headers_mut();
        let rest = self.rest.map(|rest| *rest).unwrap_or_default();
        for (name, value) in &rest.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        // RFC 9110 §15.5.2: a 401 names what would prove who asks.
        if self.status == StatusCode::UNAUTHORIZED && !headers.contains_key(header::WWW_AUTHENTICATE) {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Signature"));
        }
        response.extensions_mut().insert(Told(self.code));
        if let Some(what) = rest.cause {
            response.extensions_mut().insert(Cause { what });
        }
        response
    }
}

/// A problem document as an answer: a stored one is told again like this.
pub(crate) fn said(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_code_next_step_field_and_request() {
        let problem = Problem::malformed()
            .at("/level")
            .next("a level is 1 to 3")
            .with("earliest", 7);
        let body = problem.document();
        assert_eq!(body["type"], "/problems/malformed");
        assert_eq!(body["status"], 400);
        assert_eq!(body["errors"][0]["pointer"], "/level");
        assert_eq!(
            (&body["detail"], &body["earliest"]),
            (&json!("a level is 1 to 3"), &json!(7))
        );
        assert!(body["request_id"].is_string());
    }
}
