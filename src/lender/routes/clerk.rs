//! The lender's API: every call of a client runs through here, in this order: body, token, limits, signature, scope,
//! idempotency key, handler, commit.

pub(super) mod claims;
pub(super) mod devices;
pub(super) mod orders;
pub(super) mod own;
pub(super) mod shapes;

use super::bounded;
use super::operation::{Door, Handler, Operation};
use crate::auth::Tenant;
use crate::auth::caller::{Caller, Proof};
use crate::auth::device::Incoming;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::idempotency::{self, Key};
use crate::limits::{self, Bucket};
use crate::problem::{self, Problem};
use crate::scopes::Scope;
use crate::sign;
use crate::store::Conn;
use crate::store::idempotency::{self as kept, Evidence, Stored};
use axum::extract::{FromRequestParts as _, Query, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use latchkey_core::order::values::{DeviceId, Obj};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

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
    status: StatusCode,
    body: Value,
    etag: Option<String>,
    once: Option<&'static str>,
}

impl Answer {
    /// With this body.
    pub(crate) fn new<T: Serialize>(status: StatusCode, body: &T) -> Result<Answer, Fault> {
        Ok(Answer {
            status,
            body: serde_json::to_value(body)?,
            etag: None,
            once: None,
        })
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

    fn stored(&self) -> Value {
        let mut body = self.body.clone();
        if let (Some(member), Some(object)) = (self.once, body.as_object_mut()) {
            object.remove(member);
        }
        body
    }

    fn response(self, asked: &HeaderMap) -> Response {
        let same = |etag: &String| matching(asked, "if-none-match", etag) == Some(true);
        let mut response = if self.etag.as_ref().is_some_and(same) {
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
    headers: &'h HeaderMap,
    uri: &'h Uri,
    path: &'h [(String, String)],
    body: &'h [u8],
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
        let mut reader = serde_json::Deserializer::from_slice(self.body);
        let read = serde_path_to_error::deserialize::<_, Obj<T>>(&mut reader);
        let body = read.map_err(|error| {
            let mut pointer = String::new();
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
        reader.end().map_err(|_| Problem::malformed().next("Send one JSON object."))?;
        Ok(body.0)
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

/// A read.
pub(crate) struct Look<'h> {
    /// What is asked.
    pub asked: Asked<'h>,
    /// With this connection.
    pub conn: &'h mut Conn,
}

/// A change: everything in it happens or nothing does.
pub(crate) struct Change<'h> {
    /// What is asked.
    pub asked: Asked<'h>,
    /// The unit of work.
    pub work: Work<'h>,
}

/// Answers one call of a client.
pub(super) async fn serve(house: &House, operation: &'static Operation, request: Request) -> Response {
    let mut shares = Vec::new();
    let asked = request.headers().clone();
    let address = super::address(&request);
    let mut response = match answer(house, operation, request, &mut shares).await {
        Ok(answered) => match answered {
            Answered::Now(answer) => answer.response(&asked),
            Answered::Before(status, body) => again(status, body),
        },
        // Who proves nothing pays from the address's bucket.
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => {
            match house.limits.take(Bucket::Address, &address) {
                Ok(_) => problem.into_response(),
                Err(exceeded) => exceeded.into_response(),
            }
        }
        Err(problem) => problem.into_response(),
    };
    limits::tell(response.headers_mut(), &shares);
    response
}

enum Answered {
    Now(Answer),
    Before(StatusCode, Value),
}

/// The stored answer, once more.
fn again(status: StatusCode, body: Value) -> Response {
    let mut response = if status.is_success() {
        let json = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (status, json, body.to_string()).into_response()
    } else {
        problem::said(status, &body)
    };
    let headers = response.headers_mut();
    headers.insert("idempotency-replayed", HeaderValue::from_static("?1"));
    response
}

async fn answer(
    house: &House,
    operation: &'static Operation,
    request: Request,
    shares: &mut Vec<limits::Share>,
) -> Result<Answered, Problem> {
    let Door::Clerk(scopes) = operation.door else {
        return Err(Problem::not_found());
    };
    let (mut parts, body) = request.into_parts();
    let params = RawPathParams::from_request_parts(&mut parts, &()).await;
    let params = params.map_err(|_| Problem::not_found())?;
    let path: Vec<_> = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = bounded(body).await?;
    let target = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let target = format!("{}{target}", house.base_url);
    let incoming = Incoming {
        method: &parts.method,
        target_uri: &target,
        headers: &parts.headers,
        body: &body,
    };
    let now = house.now();
    let mut conn = house.store.read().await?;
    let issuer = (&house.issuer, house.base_url.as_str());
    let caller = incoming.caller(&mut conn, issuer, now).await?;
    let by_tenant = if operation.changes() { Bucket::Write } else { Bucket::Read };
    shares.push(house.limits.take(Bucket::Client, &caller.client)?);
    shares.push(house.limits.take(by_tenant, caller.tenant.as_str())?);
    let mut proof = None;
    if operation.changes() || incoming.signs() {
        let mut tx = house.store.begin().await?;
        let outcome = incoming.signed_by(&mut tx, &caller, now).await;
        // The nonce stays used, whatever comes of it.
        tx.commit().await?;
        proof = Some(outcome?);
    }
    for scope in scopes {
        caller.may(*scope)?;
    }
    acceptable(&parts.headers)?;
    let asked = Asked {
        house,
        caller: &caller,
        headers: &parts.headers,
        uri: &parts.uri,
        path: &path,
        body: &body,
    };
    match (operation.handler, proof) {
        (Handler::Look(look), _) => {
            let mut reading = Look {
                asked,
                conn: &mut conn,
            };
            Ok(Answered::Now(look(&mut reading).await?))
        }
        (Handler::Change(_), Some(proof)) if parts.method == Method::POST => {
            drop(conn);
            let key = idempotency::read(&parts.headers, "POST", &target, &body)?;
            once(operation, asked, &key, &proof).await
        }
        (Handler::Change(change), Some(proof)) => {
            drop(conn);
            let mut changing = Change {
                asked,
                work: house.begin(&caller.tenant).await?,
            };
            let answer = change(&mut changing).await?;
            keep(&mut changing.work, operation, &caller, &proof, answer.status).await?;
            changing.work.tx.commit().await?;
            Ok(Answered::Now(answer))
        }
        (Handler::Change(_) | Handler::Route(_), _) => Err(Problem::not_found()),
    }
}

/// A POST: the first request with a key is carried out, every other one is told what came of it.
async fn once(
    operation: &'static Operation,
    asked: Asked<'_>,
    key: &Key,
    proof: &Proof,
) -> Result<Answered, Problem> {
    let Handler::Change(change) = operation.handler else {
        return Err(Problem::not_found());
    };
    let (house, caller) = (asked.house, asked.caller);
    let tenant = &caller.tenant;
    let _turn = house.running.enter(tenant, &caller.client, key)?;
    let mut work = house.begin(tenant).await?;
    let now = work.now;
    if let Some(stored) = idempotency::before(&mut work.tx, tenant, &caller.client, key, now).await? {
        return Ok(before(&stored)?);
    }
    kept::forget(&mut work.tx, now.plus_s(-idempotency::LIFE_S)).await?;
    let mut changing = Change { asked, work };
    let outcome = change(&mut changing).await.map_err(Problem::from);
    let mut work = changing.work;
    let (status, reply) = match &outcome {
        Ok(answer) => (answer.status, answer.stored()),
        // A refusal is the answer to this key too; what failed inside, or was too early to be judged, is not.
        Err(problem) if problem.status().is_client_error() => {
            let document = problem.document();
            drop(work);
            work = house.begin(tenant).await?;
            (problem.status(), document)
        }
        Err(_) => return outcome.map(Answered::Now),
    };
    let stored = Stored {
        fingerprint: key.fingerprint.clone(),
        status: i64::from(status.as_u16()),
        reply: reply.to_string(),
    };
    if !kept::insert(&mut work.tx, tenant, &caller.client, &key.header, &stored, now).await? {
        return Err(idempotency::in_progress());
    }
    keep(&mut work, operation, caller, proof, status).await?;
    work.tx.commit().await?;
    outcome.map(Answered::Now)
}

fn before(stored: &Stored) -> Result<Answered, LenderError> {
    let status = u16::try_from(stored.status).ok().and_then(|n| StatusCode::from_u16(n).ok());
    let status = status.ok_or(LenderError::Damaged("a stored answer"))?;
    Ok(Answered::Before(status, serde_json::from_str(&stored.reply)?))
}

/// The signature stays with what it asked for.
async fn keep(
    work: &mut Work<'_>,
    operation: &Operation,
    caller: &Caller,
    proof: &Proof,
    status: StatusCode,
) -> Result<(), LenderError> {
    let request = problem::request_id().ok_or(LenderError::Random)?;
    let evidence = Evidence {
        request: &request,
        client: &caller.client,
        operation: operation.id,
        base: &proof.base,
        signature: &proof.signature,
        status: i64::from(status.as_u16()),
    };
    kept::keep(&mut work.tx, &caller.tenant, &evidence, work.now).await
}

/// 406 for who takes no JSON.
fn acceptable(headers: &HeaderMap) -> Result<(), Problem> {
    let fits = |value: &HeaderValue| {
        let value = value.to_str().unwrap_or_default();
        value.split(',').any(|range| {
            let range = range.split(';').next().unwrap_or_default().trim();
            matches!(range, "*/*" | "application/*" | "application/json" | "application/problem+json")
        })
    };
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    if accepted.peek().is_none() || accepted.any(fits) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        "not_acceptable",
        "Accept application/json.",
    ))
}
