//! What anyone may ask: the newest key set, and signed time.

use crate::error::LenderError;
use crate::house::House;
use crate::problem::Problem;
use crate::sign;
use crate::store::trust;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use latchkey_core::order::claims::{Role, Time, typ};
use latchkey_core::order::values::{AUDIENCE, Id};
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/v1/keys", get(keys))
        .route("/v1/time", get(time))
}

fn text(text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

/// The newest key set: its bundle, one token a line.
async fn keys(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let mut conn = house.store.read().await?;
    let bundle = trust::newest(&mut conn, &house.tenant, trust::Kind::Keys).await?;
    Ok(text(bundle.ok_or(Problem::not_found())?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    nonce: String,
}

/// Signed time for a nonce (`lk-time+jwt`).
async fn time(
    State(house): State<Arc<House>>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let nonce = asked
        .ok()
        .and_then(|Query(asked)| Id::try_from(asked.nonce).ok())
        .ok_or(Problem::new(
            StatusCode::BAD_REQUEST,
            "bad_nonce",
            "Send ?nonce= with 22 characters of base64url.",
        ))?;
    let now = house.now().secs()?;
    let claims = Time {
        iss: house.tenant.name().clone(),
        aud: AUDIENCE.to_owned(),
        iat: now,
        nonce,
        now,
    };
    let token: Result<String, LenderError> = sign::token(&*house.signer(), Role::Status, typ::TIME, &claims);
    Ok(text(token?))
}
