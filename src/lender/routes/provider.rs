//! What payment providers tell by themselves.

use super::bounded;
use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::house::House;
use crate::payment_in;
use crate::problem::Problem;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Whose.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Whose {
    /// The tenant whose payments they are; the first of this server if it is left out.
    tenant: Option<String>,
}

/// What became of what a provider told.
#[derive(Serialize, JsonSchema)]
struct Heard {
    /// `booked`, `taken_back`, `repeated`, `unmatched` or another word of the books.
    outcome: String,
}

pub(super) static ROWS_OF: &[Operation] = &[Operation {
    id: "providerEvent",
    method: &Method::POST,
    path: "/v1/providers/{name}/events",
    tag: "pay",
    summary: "Take what a payment provider tells by itself.",
    text: "Signed by Standard Webhooks, with a secret of this tenant. The same message again changes nothing.",
    door: Door::Provider,
    query: Some(schema::<Whose>),
    body: Some(("application/json", any)),
    answers: &[(200, "It was heard.", Content::Json(schema::<Heard>))],
    problems: &[
        (400, &["malformed"]),
        (404, &["not_found", "payment_unknown"]),
        (413, &["too_large"]),
    ],
    handler: Handler::Route(|| post(hear)),
    ..PLAIN
}];

/// Each provider writes its own JSON.
fn any(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({"type": "object"})
}

async fn hear(
    State(house): State<Arc<House>>,
    Path(name): Path<String>,
    whose: Result<Query<Whose>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Query(whose) = whose.map_err(|_| Problem::not_found())?;
    let office = house.office_named(whose.tenant.as_deref());
    let office = office.filter(|office| office.provider.name() == name);
    let office = office.ok_or(Problem::not_found())?;
    let (parts, body) = request.into_parts();
    let body = bounded(body).await?;
    let outcome = payment_in::hear(&house, &office.tenant, &parts.headers, &body).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let told = Heard {
        outcome: outcome.to_owned(),
    };
    let told = serde_json::to_string(&told).map_err(crate::error::LenderError::from)?;
    Ok((headers, told).into_response())
}
