//! The device API (protocol §8). Every call is signed by the device key.

use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use super::{address, bounded};
use crate::auth::Tenant;
use crate::auth::device::Incoming;
use crate::house::House;
use crate::limits::Bucket;
use crate::openapi::wire;
use crate::problem::Problem;
use crate::report::{MOST_RECEIPTS, MOST_TEXT};
use crate::{check_in, enrol, report};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use latchkey_core::order::values::{DeviceId, Obj, Text};
use latchkey_core::wire::{CheckIn, ClaimRequest, Enrol, Receipts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

const TAG: &str = "phone";
const JSON: &str = "application/json";

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "enrol",
        method: &Method::POST,
        path: "/v1/device/enrol",
        tag: TAG,
        summary: "Enrol a phone's key with a code.",
        text: "Signed with that key: keyid is its thumbprint.",
        body: Some((JSON, schema::<wire::Enrol>)),
        answers: &[(
            201,
            "The phone is enrolled.",
            Content::Json(schema::<wire::Enrolment>),
        )],
        problems: &[
            (400, &["malformed"]),
            (
                401,
                &[
                    "bad_code",
                    "sig_missing",
                    "sig_invalid",
                    "sig_replayed",
                    "digest_mismatch",
                    "clock_skew",
                ],
            ),
            (409, &["too_many_keys", "may_not_enrol"]),
            (410, &["code_used", "settled"]),
            (413, &["too_large"]),
            (415, &["unsupported_media_type"]),
            (422, &["unsupported_key"]),
        ],
        bucket: Bucket::AddressEnrol,
        handler: Handler::Route(|| post(enrol_key)),
        ..PLAIN
    },
    Operation {
        id: "getEnrolment",
        path: "/v1/device/enrolment",
        tag: TAG,
        summary: "Read the enrolment again.",
        door: Door::Phone,
        answers: &[(200, "The enrolment.", Content::Json(schema::<wire::Enrolment>))],
        handler: Handler::Route(|| get(enrolment)),
        ..PLAIN
    },
    Operation {
        id: "checkIn",
        method: &Method::POST,
        path: "/v1/device/check-in",
        tag: TAG,
        summary: "Ask for news, and wait for it.",
        door: Door::Phone,
        body: Some((JSON, schema::<wire::CheckIn>)),
        answers: &[(200, "The news.", Content::Json(schema::<wire::CheckInAnswer>))],
        handler: Handler::Route(|| post(check_in_now)),
        ..PLAIN
    },
    Operation {
        id: "sendReceipts",
        method: &Method::POST,
        path: "/v1/device/receipts",
        tag: TAG,
        summary: "Tell what became of orders.",
        door: Door::Phone,
        body: Some((JSON, schema::<wire::Receipts>)),
        answers: &[(204, "They are written down.", Content::Nothing)],
        handler: Handler::Route(|| post(receipts)),
        ..PLAIN
    },
    Operation {
        id: "sendClaim",
        method: &Method::POST,
        path: "/v1/device/claims",
        tag: TAG,
        summary: "Send a message of the owner.",
        text: "The same id again gets the same answer. At most eight of a kind wait for one.",
        door: Door::Phone,
        body: Some((JSON, schema::<wire::ClaimRequest>)),
        answers: &[(
            202,
            "It will be answered.",
            Content::Json(schema::<wire::ClaimAnswer>),
        )],
        problems: &[(409, &["claims_open"]), (422, &["claim_instalment"])],
        handler: Handler::Route(|| post(claims)),
        ..PLAIN
    },
];

/// A request taken apart, so that it can be checked as a whole.
struct Raw {
    method: Method,
    address: String,
    target_uri: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Raw {
    async fn read(house: &House, request: Request) -> Result<Raw, Problem> {
        let address = address(house, &request);
        let (parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        Ok(Raw {
            method: parts.method,
            address,
            target_uri: format!("{}{path}", house.base_url),
            headers: parts.headers,
            body: bounded(body).await?,
        })
    }

    fn incoming(&self) -> Incoming<'_> {
        Incoming {
            method: &self.method,
            target_uri: &self.target_uri,
            headers: &self.headers,
            body: &self.body,
        }
    }

    async fn phone(&self, house: &House) -> Result<(Tenant, DeviceId), Problem> {
        let mut tx = house.store.begin().await?;
        let outcome = self.incoming().phone(&mut tx, house.now()).await;
        tx.commit().await?;
        match outcome {
            Ok((tenant, device)) => {
                house.limits.take(Bucket::Device, device.as_str())?;
                Ok((tenant, device))
            }
            // Who proves nothing pays from the address's bucket.
            Err(problem) if matches!(problem.status(), StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND) => {
                house.limits.take(Bucket::Address, &self.address)?;
                Err(problem)
            }
            Err(problem) => Err(problem),
        }
    }

    fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_slice::<Obj<T>>(&self.body)
            .map(|body| body.0)
            .map_err(|_| Problem::malformed())
    }
}

fn answer<T: Serialize>(status: StatusCode, body: &T) -> Result<Response, Problem> {
    let text = serde_json::to_string(body).map_err(crate::error::LenderError::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((status, headers, text).into_response())
}

async fn enrol_key(State(house): State<Arc<House>>, request: Request) -> Result<Response, Problem> {
    let raw = Raw::read(&house, request).await?;
    let body: Enrol = raw.json()?;
    let enrolment = enrol::enrol(&house, &raw.incoming(), &body).await?;
    answer(StatusCode::CREATED, &enrolment)
}

async fn enrolment(State(house): State<Arc<House>>, request: Request) -> Result<Response, Problem> {
    let raw = Raw::read(&house, request).await?;
    let (tenant, device) = raw.phone(&house).await?;
    let mut conn = house.store.read().await?;
    answer(
        StatusCode::OK,
        &enrol::enrolment_of(&mut conn, &tenant, &device).await?,
    )
}

async fn check_in_now(State(house): State<Arc<House>>, request: Request) -> Result<Response, Problem> {
    // Nothing of the request is held while it waits: its head would keep the connection's buffer.
    let (tenant, device, told) = Box::pin(who_checks_in(&house, request)).await?;
    answer(
        StatusCode::OK,
        &check_in::answer(&house, &tenant, &device, &told).await?,
    )
}

async fn who_checks_in(house: &House, request: Request) -> Result<(Tenant, DeviceId, CheckIn), Problem> {
    let raw = Raw::read(house, request).await?;
    let (tenant, device) = raw.phone(house).await?;
    Ok((tenant, device, raw.json()?))
}

async fn receipts(State(house): State<Arc<House>>, request: Request) -> Result<Response, Problem> {
    let raw = Raw::read(&house, request).await?;
    let (tenant, device) = raw.phone(&house).await?;
    let told: Receipts = raw.json()?;
    if told.receipts.len() > MOST_RECEIPTS {
        return Err(Problem::malformed());
    }
    report::receipts(&house, &tenant, &device, &told).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn claims(State(house): State<Arc<House>>, request: Request) -> Result<Response, Problem> {
    let raw = Raw::read(&house, request).await?;
    let (tenant, device) = raw.phone(&house).await?;
    let told: ClaimRequest = raw.json()?;
    // What a clerk reads in a terminal or a page holds no control or direction signs.
    let unfit = |text: &Option<String>| {
        text.clone()
            .is_some_and(|t| Text::<MOST_TEXT>::try_from(t).is_err())
    };
    if unfit(&told.text) || unfit(&told.choice) {
        return Err(Problem::malformed());
    }
    answer(
        StatusCode::ACCEPTED,
        &report::claim(&house, &tenant, &device, &told).await?,
    )
}
