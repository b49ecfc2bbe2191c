//! The pay page: `GET` shows what is owed, `POST` pays it, and a redirect shows that it was paid.
//!
//! The form carries an intent made for the page that was shown: another site cannot know one, the amount is the one
//! that was read, and pressing twice is one payment.

use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::auth::{Tenant, payer};
use crate::date;
use crate::house::House;
use crate::money::{self, Instalment};
use crate::openapi::wire::PayForm;
use crate::page::{self, Asked, Pay, Row};
use crate::payment::{self, Booked};
use crate::problem::Problem;
use crate::random;
use crate::store::contracts::{self, Contract};
use crate::store::payments::{self, Intent};
use crate::timeline::{self, Timeline};
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use latchkey_core::order::values::{Day, Minor};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

const PAGE: (u16, &str, Content) = (200, "The page.", Content::Text("text/html"));
const UNKNOWN: (u16, &str, Content) = (
    404,
    "The page of a link that is not ours.",
    Content::Text("text/html"),
);

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "payPage",
        path: "/p/{token}",
        tag: "pay",
        summary: "The pay page: what is owed.",
        door: Door::Payer,
        query: Some(schema::<Told>),
        answers: &[PAGE, UNKNOWN],
        handler: Handler::Route(|| get(show)),
        ..PLAIN
    },
    Operation {
        id: "pay",
        method: &Method::POST,
        path: "/p/{token}",
        tag: "pay",
        summary: "Press a button of the pay page.",
        door: Door::Payer,
        body: Some(("application/x-www-form-urlencoded", schema::<PayForm>)),
        answers: &[(303, "Look there what came of it.", Content::Nothing), UNKNOWN],
        handler: Handler::Route(|| post(press)),
        ..PLAIN
    },
    Operation {
        id: "paidPage",
        path: "/p/{token}/paid/{intent}",
        tag: "pay",
        summary: "The page after a payment.",
        door: Door::Payer,
        answers: &[PAGE, UNKNOWN],
        handler: Handler::Route(|| get(thanks)),
        ..PLAIN
    },
];

/// What came of a press.
#[derive(Deserialize, JsonSchema)]
struct Told {
    /// `failed` or `stale`.
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    intent: String,
    action: String,
}

/// Payee and hotline of a tenant.
fn card(house: &House, tenant: &Tenant) -> Result<(String, String), Problem> {
    let office = house.office(tenant)?;
    let payee = office.card.payees.first().map_or("", |p| p.as_str());
    let hotline = office
        .card
        .hotlines
        .first()
        .map_or("", |(number, _)| number.as_str());
    Ok((payee.to_owned(), hotline.to_owned()))
}

fn unknown(house: &House) -> Result<Response, Problem> {
    Ok(page::unknown(&house.words, &card(house, &house.tenant)?.1))
}

async fn show(
    State(house): State<Arc<House>>,
    Path(token): Path<String>,
    told: Result<Query<Told>, QueryRejection>,
) -> Result<Response, Problem> {
    let mut conn = house.store.read().await?;
    let Some((tenant, id)) = payer(&mut conn, &token).await? else {
        return unknown(&house);
    };
    let contract = contracts::get(&mut conn, &tenant, &id).await?;
    let today = house.now().day(contract.read.utc_offset_min)?;
    let timeline = timeline::of(&mut conn, &tenant, &contract, house.now()).await?;
    let sums = &timeline.sums;
    let minor = sums.unlocks_now;
    // Looking again writes nothing: an unused intent for the same sum is shown once more.
    let unused = payments::unused_intent(&mut conn, &tenant, &id, minor, house.now()).await?;
    drop(conn);
    let intent = if let Some(intent) = unused {
        intent
    } else {
        let intent = Intent {
            id: random::id()?.into(),
            contract: id,
            minor,
        };
        if !contract.settled && minor.get() > 0 {
            let mut tx = house.store.begin().await?;
            payments::open_intent(&mut tx, &tenant, &intent, house.now()).await?;
            tx.commit().await?;
        }
        intent
    };
    let line = match told.ok().and_then(|Query(t)| t.note).as_deref() {
        Some("failed") => Some("lender-failed"),
        Some("stale") => Some("lender-stale"),
        Some(_) | None => None,
    };
    let (payee, hotline) = card(&house, &tenant)?;
    let write = |minor: Minor| money::write(&contract.read, minor);
    let asked = asked(&contract, &timeline, &intent, today);
    let page = Pay {
        payee: &payee,
        hotline: &hotline,
        line: line.filter(|_| matches!(asked, Asked::Amount { .. })),
        asked,
        rows: sums.rows.iter().map(|i| row(&contract, i, today)).collect(),
        progress: (write(sums.paid), write(sums.total), write(sums.left)),
    };
    Ok(page::pay(&house.words, &page))
}

fn asked(contract: &Contract, timeline: &Timeline, intent: &Intent, today: Day) -> Asked {
    let sums = &timeline.sums;
    if contract.settled {
        return Asked::Settled;
    }
    if sums.unlocks_now.get() == 0 {
        let next = sums.next.map(|i| {
            let open = Minor::try_from(i.open()).unwrap_or(i.minor);
            (
                i.no.to_string(),
                money::write(&contract.read, open),
                date::long(i.due),
            )
        });
        return Asked::Nothing(next);
    }
    // What the sum is made of: the instalment behind the lock, else everything that is due.
    let meant = |i: &&Instalment| timeline.locked.map_or(i.due <= today, |no| i.no == no);
    let late = timeline.instalments.iter().filter(meant).filter(|i| i.open() > 0);
    Asked::Amount {
        amount: money::write(&contract.read, sums.unlocks_now),
        intent: intent.id.clone(),
        late: late.map(|i| (i.no.to_string(), date::long(i.due))).collect(),
    }
}

fn row(contract: &Contract, instalment: &Instalment, today: Day) -> Row {
    Row {
        no: instalment.no.to_string(),
        due: date::long(instalment.due),
        amount: money::write(&contract.read, instalment.minor),
        state: match (instalment.open(), instalment.due <= today) {
            (0, _) => page::State::Paid,
            (_, true) => page::State::Late,
            (_, false) => page::State::Open,
        },
    }
}

async fn press(
    State(house): State<Arc<House>>,
    Path(token): Path<String>,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Result<Response, Problem> {
    let back = |note: &str| see_other(&format!("/p/{}?note={note}", random::as_typed(&token)));
    let mut conn = house.store.read().await?;
    let Some((tenant, contract)) = payer(&mut conn, &token).await? else {
        return unknown(&house);
    };
    let Ok(axum::Form(form)) = form else {
        return Ok(back("stale"));
    };
    let Some(intent) = payments::intent(&mut conn, &tenant, &contract, &form.intent).await? else {
        return Ok(back("stale"));
    };
    drop(conn);
    Ok(
        match payment::take(&house, &tenant, &intent, &form.action).await? {
            Booked::Paid => see_other(&format!("/p/{}/paid/{}", random::as_typed(&token), intent.id)),
            Booked::Declined => back("failed"),
            // What was shown is what is paid: if the sum changed meanwhile, the payer reads the new one first.
            Booked::Stale => back("stale"),
        },
    )
}

async fn thanks(
    State(house): State<Arc<House>>,
    Path((token, intent)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let mut conn = house.store.read().await?;
    let Some((tenant, id)) = payer(&mut conn, &token).await? else {
        return unknown(&house);
    };
    let contract = contracts::get(&mut conn, &tenant, &id).await?;
    let Some((minor, _)) = payments::last(&mut conn, &tenant, &id, &intent).await? else {
        return unknown(&house);
    };
    let (payee, hotline) = card(&house, &tenant)?;
    Ok(page::paid(
        &house.words,
        &payee,
        &hotline,
        &money::write(&contract.read, minor),
    ))
}

fn see_other(to: &str) -> Response {
    let headers = [
        (header::LOCATION, to.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
