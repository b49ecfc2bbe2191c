//! What a client asks, and how it is answered.

use crate::auth::Tenant;
use crate::auth::caller::Caller;
use crate::auth::signature::{LINES, sends_lines};
use crate::error::LenderError;
use crate::house::House;
use crate::problem::Problem;
use crate::scopes::Scope;
use crate::sign;
use axum::body::Body;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use latchkey_core::order::values::{DeviceId, Obj};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::convert::Infallible;
use tokio_stream::wrappers::ReceiverStream;

/// Why a call was refused.
#[derive(Debug)]
pub(crate) enum Fault {
    /// With an answer of its own.
    Problem(Problem),
    /// With what the desk said.
    Lender(LenderError),
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Fault {
        Fault::Problem(problem)
    }
}

impl<E: Into<LenderError>> From<E> for Fault {
    fn from(error: E) -> Fault {
        Fault::Lender(error.into())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        match fault {
            Fault::Problem(problem) => problem,
            Fault::Lender(error) => error.told(),
        }
    }
}

/// An answer that says yes.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
    pub(super) etag: Option<String>,
    pub(super) once: Option<&'static str>,
    pub(super) lines: Option<Lines>,
}

/// Lines of JSON, as they come.
pub(super) type Lines = tokio::sync::mpsc::Receiver<Result<String, Infallible>>;

impl Answer {
    /// With this body.
    pub(crate) fn new<T: Serialize>(status: StatusCode, body: &T) -> Result<Answer, Fault> {
        Ok(Answer {
            status,
            body: serde_json::to_value(body)?,
            etag: None,
            once: None,
            lines: None,
        })
    }

    /// Lines that are sent as they come.
    pub(super) fn lines(lines: Lines) -> Answer {
        Answer {
            status: StatusCode::OK,
            body: Value::Null,
            etag: None,
            once: None,
            lines: Some(lines),
        }
    }

    /// 200.
    pub(crate) fn ok<T: Serialize>(body: &T) -> Result<Answer, Fault> {
        Answer::new(StatusCode::OK, body)
    }

    /// Names the version of what was read (RFC 9110 §8.8.3).
    pub(crate) fn versioned(mut self, etag: String) -> Answer {
        self.etag = Some(etag);
        self
    }

    /// This member is a secret: it is told once, and the stored answer goes without it.
    pub(crate) fn once(mut self, member: &'static str) -> Answer {
        self.once = Some(member);
        self
    }

    pub(super) fn stored(&self) -> Value {
        let mut body = self.body.clone();
        if let (Some(member), Some(object)) = (self.once, body.as_object_mut()) {
            object.remove(member);
        }
        body
    }

    pub(super) fn response(self, asked: &HeaderMap) -> Response {
        let same = |etag: &String| matching(asked, "if-none-match", etag) == Some(true);
        let mut response = if let Some(lines) = self.lines {
            let body = Body::from_stream(ReceiverStream::new(lines));
            (self.status, [(header::CONTENT_TYPE, LINES)], body).into_response()
        } else if self.etag.as_ref().is_some_and(same) {
            StatusCode::NOT_MODIFIED.into_response()
        } else if self.body.is_null() {
            self.status.into_response()
        } else {
            let json = [(header::CONTENT_TYPE, "application/json")];
            (self.status, json, self.body.to_string()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(etag) = self.etag.and_then(|etag| HeaderValue::from_str(&etag).ok()) {
            headers.insert(header::ETAG, etag);
        }
        response
    }
}

/// A strong entity tag over something's JSON.
pub(crate) fn etag<T: Serialize>(of: &T) -> Result<String, Fault> {
    Ok(format!("\"{}\"", &sign::sha256(&serde_json::to_vec(of)?)[..22]))
}

/// Whether one of the header's tags is this one; `None`: there is no such header.
fn matching(headers: &HeaderMap, name: &str, etag: &str) -> Option<bool> {
    let value = headers.get(name)?.to_str().unwrap_or_default();
    Some(value.trim() == "*" || value.split(',').any(|tag| tag.trim() == etag))
}

/// A request of a client that proved who it is, taken apart.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'h> {
    /// The shared parts.
    pub house: &'h House,
    /// Who asks.
    pub caller: &'h Caller,
    pub(super) headers: &'h HeaderMap,
    pub(super) uri: &'h Uri,
    pub(super) path: &'h [(String, String)],
    pub(super) body: &'h [u8],
}

impl Asked<'_> {
    /// Everything below works for this tenant alone.
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.caller.tenant
    }

    /// A parameter of the path; one that is out of bounds is as absent as one that nobody has.
    pub(crate) fn part<T: TryFrom<String>>(&self, name: &str) -> Result<T, Problem> {
        let found = self.path.iter().find(|(known, _)| known == name);
        let value = found.and_then(|(_, value)| T::try_from(value.clone()).ok());
        value.ok_or(Problem::not_found())
    }

    /// The phone that the path names.
    pub(crate) fn device(&self) -> Result<DeviceId, Problem> {
        self.part("device")
    }

    /// The query.
    pub(crate) fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let read = Query::<T>::try_from_uri(self.uri);
        read.map(|query| query.0).map_err(|rejected| {
            Problem::malformed().next(format!("The query does not fit: {}", rejected.body_text()))
        })
    }

    /// The body; a refusal names the field at fault.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        read(self.body, String::new())
    }

    /// Whether the body comes line by line.
    pub(super) fn sends_lines(&self) -> bool {
        sends_lines(self.headers)
    }

    /// A body that comes line by line: the first line, then the others. A refusal names the line, from 1, and its field.
    pub(super) fn lines<F: DeserializeOwned, T: DeserializeOwned>(&self) -> Result<(F, Vec<T>), Problem> {
        let lines = self.body.split(|byte| *byte == b'\n').enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        let (n, first) = lines
            .next()
            .ok_or(Problem::malformed().next("Send one JSON object a line."))?;
        let first = read(first, format!("/{}", n + 1))?;
        let others = lines.map(|(n, line)| read(line, format!("/{}", n + 1)));
        Ok((first, others.collect::<Result<_, _>>()?))
    }

    /// Refuses what somebody else changed meanwhile.
    ///
    /// # Errors
    /// 428 `precondition_required`, 412 `precondition_failed`.
    pub(crate) fn if_match(&self, etag: &str) -> Result<(), Problem> {
        match matching(self.headers, "if-match", etag) {
            Some(true) => Ok(()),
            Some(false) => Err(Problem::new(
                StatusCode::PRECONDITION_FAILED,
                "precondition_failed",
                "Somebody changed this meanwhile; read it again and decide anew.",
            )),
            None => Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "precondition_required",
                "Send If-Match with the ETag of what was read.",
            )),
        }
    }

    /// Needs one more scope than its row names.
    pub(crate) fn may(&self, scope: Scope) -> Result<(), Problem> {
        self.caller.may(scope)
    }
}

/// Reads one value; a refusal names the field at fault, under `at`.
fn read<T: DeserializeOwned>(bytes: &[u8], at: String) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize::<_, Obj<T>>(&mut reader);
    let body = read.map_err(|error| {
        let mut pointer = at.clone();
        for segment in error.path().iter() {
            match segment {
                serde_path_to_error::Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                serde_path_to_error::Segment::Map { key } => pointer.push_str(&format!("/{key}")),
                serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => {}
            }
        }
        let what = error.inner().to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::malformed().at(pointer).next(what)
    })?;
    reader
        .end()
        .map_err(|_| Problem::malformed().next("Send one JSON object."))?;
    Ok(body.0)
}
