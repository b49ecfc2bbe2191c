//! The lender's API: every call of a client runs through here, in this order: token, limits, scope, body, signature,
//! idempotency key, handler, commit. Nobody who may not ask makes us read a body.

mod asked;
pub(super) mod bulk;
pub(super) mod claims;
pub(super) mod clients;
pub(super) mod devices;
pub(super) mod money;
pub(super) mod orders;
pub(super) mod own;
pub(super) mod shapes;
pub(super) mod webhooks;

pub(crate) use asked::{Answer, Asked, Fault, etag};

use super::bounded_by;
use super::operation::{Content, Door, Handler, Operation};
use crate::auth::caller::Proof;
use crate::auth::device::Incoming;
use crate::auth::signature::{LINES, sends_lines};
use crate::error::LenderError;
use crate::house::{House, Prepared, Work};
use crate::idempotency::{self, Key};
use crate::limits::{self, Bucket};
use crate::problem::{self, Problem};
use crate::sign;
use crate::store::Conn;
use crate::store::audit::{self, Deed};
use crate::store::idempotency::{self as kept, Evidence, Stored};
use axum::extract::{FromRequestParts as _, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

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
    let address = super::address(house, &request);
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
    let path: Vec<_> = params
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let target = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let target = format!("{}{target}", house.base_url);
    let head = Incoming {
        method: &parts.method,
        target_uri: &target,
        headers: &parts.headers,
        body: &[],
    };
    let now = house.now();
    let mut conn = house.store.read().await?;
    let issuer = (&house.issuer, house.base_url.as_str());
    let caller = head.caller(&mut conn, issuer, now).await?;
    // A body may take its time to come, and nobody holds a connection while it waits for another one: with as many requests
    // as connections all would wait.
    drop(conn);
    shares.push(house.limits.take(Bucket::Client, &caller.client)?);
    for scope in scopes {
        caller.may(*scope)?;
    }
    let signed = operation.changes() || head.signs();
    if signed {
        head.is_signed()?;
    }
    let body = bounded_by(body, operation.most).await?;
    let incoming = Incoming { body: &body, ..head };
    let mut proof = None;
    if signed {
        let mut tx = house.store.begin().await?;
        let outcome = incoming.signed_by(&mut tx, &caller, now).await;
        // The nonce stays used, whatever comes of it.
        tx.commit().await?;
        proof = Some(outcome?);
    }
    // All clients of a lender share its bucket, so only what is allowed and proven takes out of it, and what frees a phone
    // takes nothing: neither a lost token nor a flood of locks keeps a release waiting.
    if !scopes.iter().any(|scope| scope.frees()) {
        let by_tenant = if operation.changes() {
            Bucket::Write
        } else {
            Bucket::Read
        };
        shares.push(house.limits.take(by_tenant, caller.tenant.as_str())?);
    }
    acceptable(&parts.headers, operation)?;
    if sends_lines(&parts.headers) && !body.is_empty() && operation.lines.is_none() {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send application/json.",
        ));
    }
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
            let mut conn = house.store.read().await?;
            let mut reading = Look {
                asked,
                conn: &mut conn,
            };
            Ok(Answered::Now(look(&mut reading).await?))
        }
        (Handler::Change(_), Some(proof)) if parts.method == Method::POST => {
            let key = idempotency::read(&parts.headers, "POST", &target, &body)?;
            once(operation, asked, &key, &proof).await
        }
        (Handler::Change(change), Some(proof)) => {
            let prepared = prepare(operation, &asked).await?;
            let mut work = house.begin(&caller.tenant).await?;
            work.prepared = prepared;
            let mut changing = Change { asked, work };
            let answer = change(&mut changing).await?;
            keep(&mut changing.work, operation, &asked, &proof, answer.status).await?;
            changing.work.tx.commit().await?;
            Ok(Answered::Now(answer))
        }
        (Handler::Change(_) | Handler::Route(_), _) => Err(Problem::not_found()),
    }
}

async fn prepare(operation: &'static Operation, asked: &Asked<'_>) -> Result<Prepared, Problem> {
    match operation.prepare {
        Some(prepare) => prepare(asked).await.map_err(Problem::from),
        None => Ok(Prepared::default()),
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
    if operation.prepare.is_some() {
        // A repeat costs nobody a second of a processor.
        let mut conn = house.store.read().await?;
        let known = idempotency::before(&mut conn, tenant, &caller.client, key, house.now()).await?;
        if let Some(stored) = known {
            return Ok(before(&stored)?);
        }
    }
    let prepared = prepare(operation, &asked).await?;
    let mut work = house.begin(tenant).await?;
    work.prepared = prepared;
    let now = work.now;
    let known = idempotency::before(&mut work.tx, tenant, &caller.client, key, now).await?;
    if let Some(stored) = known {
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
    keep(&mut work, operation, &asked, proof, status).await?;
    work.tx.commit().await?;
    outcome.map(Answered::Now)
}

fn before(stored: &Stored) -> Result<Answered, LenderError> {
    let status = u16::try_from(stored.status)
        .ok()
        .and_then(|n| StatusCode::from_u16(n).ok());
    let status = status.ok_or(LenderError::Damaged("a stored answer"))?;
    Ok(Answered::Before(status, serde_json::from_str(&stored.reply)?))
}

/// The signature stays with what it asked for; what was done stands in the audit, which covers the signature's hash.
async fn keep(
    work: &mut Work<'_>,
    operation: &Operation,
    asked: &Asked<'_>,
    proof: &Proof,
    status: StatusCode,
) -> Result<(), LenderError> {
    let request = problem::request_id().ok_or(LenderError::Random)?;
    let (tenant, client) = (&asked.caller.tenant, &asked.caller.client);
    let evidence = Evidence {
        request: &request,
        client,
        operation: operation.id,
        base: &proof.base,
        signature: &proof.signature,
        status: i64::from(status.as_u16()),
    };
    kept::keep(&mut work.tx, tenant, &evidence, work.now).await?;
    if !status.is_success() {
        return Ok(());
    }
    let hash = sign::sha256(format!("{}\n{}", proof.base, proof.signature).as_bytes());
    let device = asked.device().ok();
    let parts = asked.path.iter().filter(|(name, _)| name != "device");
    let about: String = parts.map(|(name, value)| format!(", {name} {value}")).collect();
    let deed = Deed {
        action: operation.id,
        operator: client,
        reason: &format!("request {request}, signature {hash}{about}"),
        device: device.as_ref(),
        lock_id: None,
        slot: None,
    };
    audit::write(&mut work.tx, tenant, &deed, work.now).await
}

/// 406 for who takes no JSON, or no lines where lines are the answer.
fn acceptable(headers: &HeaderMap, operation: &Operation) -> Result<(), Problem> {
    let lines = operation
        .answers
        .iter()
        .any(|(_, _, content)| matches!(content, Content::Lines(_)));
    let fits = |value: &HeaderValue| {
        let value = value.to_str().unwrap_or_default();
        value.split(',').any(|range| {
            let range = range.split(';').next().unwrap_or_default().trim();
            match range {
                "*/*" | "application/*" => true,
                "application/json" | "application/problem+json" => !lines,
                _ => lines && range == LINES,
            }
        })
    };
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    if accepted.peek().is_none() || accepted.any(fits) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        "not_acceptable",
        if lines {
            "Accept application/x-ndjson."
        } else {
            "Accept application/json."
        },
    ))
}
