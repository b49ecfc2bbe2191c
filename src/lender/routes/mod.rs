//! The HTTP surface. A route reads bytes, asks [`crate::auth`] who sent them, calls one function, and writes the answer.
//!
//! [`table`] lists every call once: the router and the OpenAPI document are both made of it.

mod clerk;
mod device;
pub(crate) mod operation;
mod pay;
mod provider;
mod public;
pub(crate) mod table;
mod token;
mod watch;

pub(crate) use clerk::shapes::ClaimWord;
pub(crate) use token::OauthError;

use crate::address::Address;
use crate::house::House;
use crate::intake;
use crate::limits::Bucket;
use crate::log::Answered;
use crate::problem::{self, Cause, Problem, REQUEST, Told};
use crate::random;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use operation::{Door, Handler, Operation};
use std::sync::Arc;

/// Longest body, bytes: 64 receipts are below 16 KiB, an agreement below 22.
const LONGEST_BODY: usize = 32 * 1024;

/// Everything: the lender's API, the device API, public routes, pay page, console.
pub(crate) fn all(house: Arc<House>) -> Router {
    let console = crate::console::routes(&house).layer(from_fn_with_state(house.clone(), dated));
    finish(table::all(), house.clone()).merge(console.with_state(house))
}

/// The pay page alone, for the LAN.
pub(crate) fn pay_only(house: Arc<House>) -> Router {
    finish(table::pay(), house)
}

fn finish(rows: impl Iterator<Item = &'static Operation>, house: Arc<House>) -> Router {
    let routes = rows.fold(Router::new(), |routes, row| {
        routes.route(row.path, route(row, &house))
    });
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

/// The route of one row.
fn route(row: &'static Operation, house: &Arc<House>) -> MethodRouter<Arc<House>> {
    let route = match row.handler {
        Handler::Route(make) => make(),
        Handler::Look(_) | Handler::Change(_) => {
            let filter = MethodFilter::try_from(row.method.clone()).unwrap_or(MethodFilter::GET);
            on(
                filter,
                move |State(house): State<Arc<House>>, request: Request| async move {
                    clerk::serve(&house, row, request).await
                },
            )
        }
    };
    let route = match row.door {
        Door::Open | Door::Assertion => {
            let limited = move |State(house): State<Arc<House>>, request: Request, next: Next| async move {
                by_address(&house, row.bucket, request, next).await
            };
            route.route_layer(from_fn_with_state(house.clone(), limited))
        }
        Door::Provider => route.route_layer(from_fn_with_state(house.clone(), unproven_by_address)),
        Door::Watch | Door::Payer | Door::Phone | Door::Clerk(_) => route,
    };
    let watched = move |State(house): State<Arc<House>>, request: Request, next: Next| async move {
        watch_over(&house, row, request, next).await
    };
    route.route_layer(from_fn_with_state(house.clone(), watched))
}

/// Where a request comes from.
fn address(house: &House, request: &Request) -> String {
    Address::of(house, request.extensions(), request.headers()).0
}

/// Who proves nothing asks a limited number of times.
pub(crate) async fn by_address(house: &House, bucket: Bucket, request: Request, next: Next) -> Response {
    match house.limits.take(bucket, &address(house, &request)) {
        Ok(_) => next.run(request).await,
        Err(exceeded) => exceeded.into_response(),
    }
}

/// Whose proof fails pays from the address's bucket.
async fn unproven_by_address(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let address = address(&house, &request);
    let response = next.run(request).await;
    if response.status() != StatusCode::UNAUTHORIZED {
        return response;
    }
    match house.limits.take(Bucket::Address, &address) {
        Ok(_) => response,
        Err(exceeded) => exceeded.into_response(),
    }
}

/// Counts and logs an answer. Names of calls, codes and times alone: no path, for tokens and ids stand in it.
async fn watch_over(house: &House, row: &'static Operation, request: Request, next: Next) -> Response {
    let begun = tokio::time::Instant::now();
    let response = next.run(request).await;
    let took = begun.elapsed();
    house.metrics.answered(row.id, &response, took);
    house.log.answered(&Answered {
        operation: row.id,
        status: response.status().as_u16(),
        code: response.extensions().get::<Told>().map(|told| told.0),
        took,
        request: problem::request_id().as_deref(),
        now: house.now(),
    });
    response
}

/// Gives the request its id, and tells the operator what stands behind a 500. `Date` is the clock that signatures are
/// judged by, so that a phone can sign again with it.
async fn dated(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let id = random::id().map(String::from).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let (body, taken) = intake::within(body, house.patience.body);
    let request = Request::from_parts(parts, body);
    let mut response = REQUEST.scope(id.clone(), next.run(request)).await;
    taken.close_if_unread(&mut response);
    if let Some(cause) = response.extensions().get::<Cause>() {
        house.log.failed(&cause.what, &id, house.now());
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("request-id", id);
    }
    if let Ok(date) = HeaderValue::from_str(&crate::date::http(house.now())) {
        headers.insert(header::DATE, date);
    }
    response
}

/// The whole body, or 408 or 413.
async fn bounded(body: Body) -> Result<Bytes, Problem> {
    bounded_by(body, LONGEST_BODY).await
}

async fn bounded_by(body: Body, most: usize) -> Result<Bytes, Problem> {
    to_bytes(body, most)
        .await
        .map_err(|error| intake::refused(&error))
}
