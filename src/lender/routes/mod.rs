//! The HTTP surface. A route reads bytes, asks [`crate::auth`] who sent them, calls one function, and writes the answer.

mod device;
mod pay;
mod provider;
mod public;

use crate::house::House;
use crate::problem::{Cause, Problem};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use std::sync::Arc;

/// Longest body, bytes: 64 receipts are below 16 KiB.
const LONGEST_BODY: usize = 32 * 1024;

/// Everything: device API, public routes, pay page.
pub(crate) fn all(house: Arc<House>) -> Router {
    let routes = Router::new()
        .merge(device::routes())
        .merge(provider::routes())
        .merge(public::routes())
        .merge(pay::routes());
    finish(routes, house)
}

/// The pay page alone, for the LAN.
pub(crate) fn pay_only(house: Arc<House>) -> Router {
    finish(pay::routes(), house)
}

fn finish(routes: Router<Arc<House>>, house: Arc<House>) -> Router {
    routes
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "Use the method that the interface names.",
            )
        })
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(house.clone(), dated))
        .with_state(house)
}

/// Tells the operator what stands behind a 500. `Date` is the clock that signatures are judged by, so that a phone can sign again with it.
async fn dated(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if let Some(cause) = response.extensions().get::<Cause>() {
        let id = cause.request_id.as_deref().unwrap_or("-");
        house
            .log
            .tell(&format!("{path} failed: {} (request {id})", cause.what));
    }
    if let Ok(date) = HeaderValue::from_str(&crate::date::http(house.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The whole body, or 413.
async fn bounded(body: Body) -> Result<Bytes, Problem> {
    to_bytes(body, LONGEST_BODY).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "Send less than 32 KiB at once.",
        )
    })
}
