//! What anyone may ask: the newest key set, and signed time.

use super::operation::{Content, Handler, Operation, PLAIN, schema};
use crate::error::LenderError;
use crate::house::House;
use crate::openapi::values as v;
use crate::problem::Problem;
use crate::sign;
use crate::store::trust;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use latchkey_core::order::claims::{Role, Time, typ};
use latchkey_core::order::values::{AUDIENCE, Id};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "getKeys",
        path: "/v1/keys",
        tag: "public",
        summary: "Read the newest key set, signed by the root.",
        query: Some(schema::<Whose>),
        answers: &[(200, "The bundle, one token a line.", Content::Text("text/plain"))],
        problems: &[(404, &["not_found"])],
        handler: Handler::Route(|| get(keys)),
        ..PLAIN
    },
    Operation {
        id: "getTime",
        path: "/v1/time",
        tag: "public",
        summary: "Read signed time for a nonce.",
        query: Some(schema::<Asked>),
        answers: &[(200, "The token (lk-time+jwt).", Content::Text("text/plain"))],
        problems: &[(400, &["bad_nonce"]), (404, &["not_found"])],
        handler: Handler::Route(|| get(time)),
        ..PLAIN
    },
];

/// Whose.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Whose {
    /// The tenant; the first of this server if it is left out.
    tenant: Option<String>,
}

fn text(text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

/// The newest key set: its bundle, one token a line.
async fn keys(
    State(house): State<Arc<House>>,
    whose: Result<Query<Whose>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let whose = whose.ok().and_then(|Query(whose)| whose.tenant);
    let office = house.office_named(whose.as_deref()).ok_or(Problem::not_found())?;
    let mut conn = house.store.read().await?;
    let bundle = trust::newest(&mut conn, &office.tenant, trust::Kind::Keys).await?;
    Ok(text(bundle.ok_or(Problem::not_found())?))
}

/// For which nonce.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// 22 characters of base64url.
    #[schemars(with = "v::Id")]
    nonce: String,
    /// The tenant; the first of this server if it is left out.
    tenant: Option<String>,
}

/// Signed time for a nonce (`lk-time+jwt`).
async fn time(
    State(house): State<Arc<House>>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let asked = asked.ok().map(|Query(asked)| asked);
    let whose = asked.as_ref().and_then(|asked| asked.tenant.clone());
    let nonce = asked
        .and_then(|asked| Id::try_from(asked.nonce).ok())
        .ok_or(Problem::new(
            StatusCode::BAD_REQUEST,
            "bad_nonce",
            "Send ?nonce= with 22 characters of base64url.",
        ))?;
    let office = house.office_named(whose.as_deref()).ok_or(Problem::not_found())?;
    let now = house.now().secs()?;
    let claims = Time {
        iss: office.tenant.name().clone(),
        aud: AUDIENCE.to_owned(),
        iat: now,
        nonce,
        now,
    };
    let token: Result<String, LenderError> = sign::token(&*office.signer(), Role::Status, typ::TIME, &claims);
    Ok(text(token?))
}
