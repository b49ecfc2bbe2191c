//! What payment providers tell by themselves.

use super::bounded;
use crate::house::House;
use crate::payment_in;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/v1/providers/{name}/events", post(hear))
}

async fn hear(
    State(house): State<Arc<House>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    if name != house.provider.name() {
        return Err(Problem::not_found());
    }
    let (parts, body) = request.into_parts();
    let body = bounded(body).await?;
    let outcome = payment_in::hear(&house, &house.tenant, &parts.headers, &body).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let told = serde_json::json!({"outcome": outcome}).to_string();
    Ok((headers, told).into_response())
}
