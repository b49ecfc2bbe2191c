//! Money that is owed back: payments of which a part went to no instalment.

use super::view::{document, utc};
use super::{Stop, may, place, signed_in};
use crate::house::House;
use crate::money;
use crate::page::digits;
use crate::scopes::Scope;
use crate::store::overpaid::{self, Over};
use crate::store::{contracts, pages};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use latchkey_core::order::values::Minor;
use maud::html;
use serde::Deserialize;
use std::sync::Arc;

/// Payments on a page.
const MOST: i64 = 50;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/console/overpaid", get(list))
}

#[derive(Default, Deserialize)]
struct Asked {
    after: Option<String>,
}

async fn list(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Stop> {
    let operator = signed_in(&house, &headers).await?;
    may(&operator, Scope::DevicesRead)?;
    let after = query.map(|Query(asked)| asked.after).unwrap_or_default();
    let after = after.as_deref().and_then(place).unwrap_or((i64::MIN, ""));
    let tenant = &operator.tenant;
    let mut conn = house.store.read().await?;
    let mut found = overpaid::after(&mut conn, tenant, after, MOST + 1).await?;
    let next = pages::cut(&mut found, MOST);
    let next = next.map(|row| format!("/console/overpaid?after={}.{}", row.paid_ms, row.payment));
    let mut rows: Vec<(Over, [String; 2])> = Vec::new();
    for row in found {
        let contract = contracts::get(&mut conn, tenant, &row.contract).await?;
        let write = |minor: i64| {
            let minor = u64::try_from(minor).ok().and_then(|n| Minor::try_from(n).ok());
            money::write(&contract.read, minor.unwrap_or(Minor::MIN))
        };
        let sums = [write(row.back), write(row.minor)];
        rows.push((row, sums));
    }
    let main = html! {
        h1 { "Owed back" }
        p.quiet { "Payments of which a part went to no instalment, whoever waits longest first. One leaves this list when the provider \
            tells that the part was given back, or that the whole payment was taken back." }
        @if rows.is_empty() { p { "Nothing is owed back." } }
        @for (row, [back, all]) in &rows {
            section.slip {
                p.strong { (digits(back)) }
                p { "of a payment of " (digits(all)) ", " (utc(row.paid_ms)) }
                p.quiet { bdi { (row.provider) } " · " bdi { (row.reference) } }
                p.more { a href={ "/console/phones/" (row.device) } { bdi { "Contract " (row.contract) } } }
            }
        }
        @if let Some(next) = &next { p.more { a href=(next) { "Later ones" } } }
    };
    Ok(document(
        StatusCode::OK,
        "Owed back",
        Some((&house, &operator)),
        &main,
    ))
}
