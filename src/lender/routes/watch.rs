//! For whoever watches the server: is it alive, is it ready, its figures, and the document of its interface.

use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::error::LenderError;
use crate::house::House;
use crate::metrics;
use crate::openapi;
use crate::problem::Problem;
use crate::store::settings;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// How the server is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    /// `ok`.
    status: String,
}

const OK: (u16, &str, Content) = (200, "It is.", Content::Json(schema::<Health>));

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "live",
        path: "/health/live",
        tag: "watch",
        summary: "Whether the process answers.",
        door: Door::Watch,
        answers: &[OK],
        handler: Handler::Route(|| get(async || ok())),
        ..PLAIN
    },
    Operation {
        id: "ready",
        path: "/health/ready",
        tag: "watch",
        summary: "Whether requests can be answered: the store is there and the server is not stopping.",
        door: Door::Watch,
        answers: &[OK],
        problems: &[(503, &["unavailable"])],
        handler: Handler::Route(|| get(ready)),
        ..PLAIN
    },
    Operation {
        id: "metrics",
        path: "/metrics",
        tag: "watch",
        summary: "Figures in the text format of Prometheus.",
        door: Door::Watch,
        answers: &[(200, "The figures.", Content::Text("application/openmetrics-text"))],
        handler: Handler::Route(|| get(figures)),
        ..PLAIN
    },
    Operation {
        id: "openapi",
        path: "/openapi.json",
        tag: "watch",
        summary: "This document.",
        door: Door::Watch,
        answers: &[(200, "The document.", Content::Text("application/json"))],
        handler: Handler::Route(|| get(document)),
        ..PLAIN
    },
    Operation {
        id: "docs",
        path: "/docs",
        tag: "watch",
        summary: "This document as a page.",
        door: Door::Watch,
        answers: &[(200, "The page.", Content::Text("text/html"))],
        handler: Handler::Route(|| get(page)),
        ..PLAIN
    },
];

fn ok() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, r#"{"status":"ok"}"#).into_response()
}

async fn ready(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let unavailable = || {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Try again in a few seconds.",
        )
        .with_header("retry-after", "5")
    };
    let stopping = *house.stopping.borrow();
    let stored: Result<(), LenderError> = async {
        let mut conn = house.store.read().await?;
        settings::get(&mut conn, &house.tenant, "port").await?;
        Ok(())
    }
    .await;
    if stopping || stored.is_err() {
        return Err(unavailable());
    }
    Ok(ok())
}

async fn figures(State(house): State<Arc<House>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, metrics::TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, house.metrics.text()).into_response()
}

async fn document(State(house): State<Arc<House>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, openapi::document(&house.base_url).to_string()).into_response()
}

async fn page(State(house): State<Arc<House>>) -> Response {
    openapi::page::html(&openapi::document(&house.base_url))
}
