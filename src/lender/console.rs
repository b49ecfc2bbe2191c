//! The operators' console: plain HTML from this server alone, no script. Sign in, find a phone, read its story, and act
//! on it; approve, end and stop locks of many. Every deed needs its scope and a reason, and leaves a row in the audit in the transaction of what it did.
//!
//! A form is taken only from a page of this server (`Origin`), of this session (its token), and only while the phone's
//! orders are the ones that the page showed: pressed twice, it acts once.

mod deeds;
mod locks;
mod overpaid;
mod plan;
mod said;
mod signs;
mod view;

use crate::address::Address;
use crate::auth::operator::{self, NotIn, Operator};
use crate::error::LenderError;
use crate::house::House;
use crate::limits::Bucket;
use crate::operators::as_read;
use crate::problem::Problem;
use crate::routes::by_address;
use crate::scopes::Scope;
use crate::store::operators as stored;
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use latchkey_core::order::values::DeviceId;
use serde::Deserialize;
use std::sync::Arc;

const COOKIE: &str = "latchkey_console";
/// Longest form, bytes.
const LONGEST_FORM: usize = 8 * 1024;

pub(crate) fn routes(house: &Arc<House>) -> Router<Arc<House>> {
    let limited = async |State(house): State<Arc<House>>, request: Request, next: Next| {
        by_address(&house, Bucket::AddressSignIn, request, next).await
    };
    let sign_in = post(sign_in).route_layer(from_fn_with_state(house.clone(), limited));
    Router::new()
        .route("/console", get(home))
        .route("/console/sign-in", sign_in)
        .route("/console/sign-out", post(sign_out))
        .route("/console/phones", get(find))
        .route("/console/phones/{device}", get(phone))
        .route("/console/phones/{device}/{deed}", post(act))
        .merge(locks::routes())
        .merge(overpaid::routes())
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// What a handler hands back when it shows no page of its own.
enum Stop {
    /// Nobody is signed in.
    Out,
    /// Not from a page of ours.
    Foreign,
    /// This operator may not.
    May(Scope),
    /// There is no such phone.
    Nothing,
    /// There is no such job.
    NoJob,
    /// Something went wrong inside.
    Broken(Box<Problem>),
}

impl From<LenderError> for Stop {
    fn from(error: LenderError) -> Stop {
        if matches!(error, LenderError::NotFound(_)) {
            Stop::Nothing
        } else {
            Stop::Broken(Box::new(error.into()))
        }
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Stop::Out => view::sign_in(StatusCode::UNAUTHORIZED, None),
            Stop::Foreign => view::stopped(
                StatusCode::FORBIDDEN,
                "This form did not come from here",
                "Open the console at the server's public address and press once more. Nothing was done.",
            ),
            Stop::May(scope) => view::stopped(
                StatusCode::FORBIDDEN,
                "You may not do this",
                &format!("It needs the scope {scope}. Whoever holds the store can give it to you."),
            ),
            Stop::Nothing => view::stopped(
                StatusCode::NOT_FOUND,
                "There is no such phone",
                "Search again by contract, or by the first signs that the phone shows.",
            ),
            Stop::NoJob => view::stopped(
                StatusCode::NOT_FOUND,
                "There is no such job",
                "Look for it among the locks of the console.",
            ),
            Stop::Broken(problem) => {
                let refused = problem.into_response();
                let (parts, _) = refused.into_parts();
                let number = crate::problem::request_id().unwrap_or_default();
                let next = format!("Look at the phone's page before you try again. Request {number}.");
                let mut page = view::stopped(parts.status, "Something went wrong", &next);
                *page.extensions_mut() = parts.extensions;
                page
            }
        }
    }
}

/// The operator behind the cookie.
async fn signed_in(house: &House, headers: &HeaderMap) -> Result<Operator, Stop> {
    let sent = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let pairs = sent
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let token = pairs
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token)
        .next();
    let found = match token {
        Some(token) => operator::signed_in(house, token).await?,
        None => None,
    };
    found.ok_or(Stop::Out)
}

/// Whether a form was sent by a page of this server: browsers name the page's origin with every form. It is compared
/// with the address that this server was given, not with the one that the request says it went to: another name that
/// leads here (DNS rebinding) is another site.
fn from_here(house: &House, headers: &HeaderMap) -> Result<(), Stop> {
    let told = headers
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok())
        .and_then(origin);
    if told.is_some() && told == origin(&house.base_url) {
        Ok(())
    } else {
        Err(Stop::Foreign)
    }
}

/// Scheme, host and port of a URL (RFC 6454); `None`: it has none, as `null` has.
fn origin(url: &str) -> Option<reqwest::Url> {
    let mut url = reqwest::Url::parse(url).ok().filter(reqwest::Url::has_host)?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}

/// A place in a list, as the pages' links name it: milliseconds and an id. One that is none begins anew.
fn place(word: &str) -> Option<(i64, &str)> {
    let (ms, id) = word.split_once('.')?;
    Some((ms.parse().ok()?, id))
}

fn may(operator: &Operator, scope: Scope) -> Result<(), Stop> {
    if operator.may(scope) {
        Ok(())
    } else {
        Err(Stop::May(scope))
    }
}

fn cookie(house: &House, token: &str) -> String {
    let secure = if house.base_url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let ends = if token.is_empty() { "; Max-Age=0" } else { "" };
    format!("{COOKIE}={token}; Path=/console; HttpOnly; SameSite=Strict{secure}{ends}")
}

fn see_other(to: &str, cookie: Option<String>) -> Response {
    let mut response = (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")],
    )
        .into_response();
    if let Some(Ok(cookie)) = cookie.map(|cookie| cookie.parse()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[derive(Deserialize)]
struct Login {
    operator: String,
    password: String,
}

async fn sign_in(
    State(house): State<Arc<House>>,
    Address(address): Address,
    headers: HeaderMap,
    form: Result<axum::Form<Login>, FormRejection>,
) -> Result<Response, Stop> {
    from_here(&house, &headers)?;
    let Ok(axum::Form(login)) = form else {
        return Ok(view::sign_in(StatusCode::BAD_REQUEST, None));
    };
    Ok(
        match operator::sign_in(&house, &address, &login.operator, as_read(&login.password)).await? {
            Ok(token) => see_other("/console", Some(cookie(&house, &token))),
            Err(NotIn::Wrong) => view::sign_in(StatusCode::UNAUTHORIZED, Some(NotIn::Wrong)),
            Err(NotIn::Often) => view::sign_in(StatusCode::TOO_MANY_REQUESTS, Some(NotIn::Often)),
        },
    )
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

async fn sign_out(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    form: Result<axum::Form<Token>, FormRejection>,
) -> Result<Response, Stop> {
    from_here(&house, &headers)?;
    let operator = signed_in(&house, &headers).await?;
    if !form.is_ok_and(|axum::Form(form)| operator.sent(&form.token)) {
        return Err(Stop::Foreign);
    }
    operator.sign_out(&house).await?;
    Ok(see_other("/console", Some(cookie(&house, ""))))
}

async fn home(State(house): State<Arc<House>>, headers: HeaderMap) -> Result<Response, Stop> {
    match signed_in(&house, &headers).await {
        Ok(operator) => {
            let hint = locks::on_the_way_in(&house, &operator).await?;
            Ok(view::search(&house, &operator, &hint, None))
        }
        Err(Stop::Out) => Ok(view::sign_in(StatusCode::OK, None)),
        Err(stop) => Err(stop),
    }
}

#[derive(Deserialize)]
struct Sought {
    q: String,
}

async fn find(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    sought: Result<Query<Sought>, QueryRejection>,
) -> Result<Response, Stop> {
    let operator = signed_in(&house, &headers).await?;
    may(&operator, Scope::DevicesRead)?;
    let q = sought.map(|Query(sought)| sought.q).unwrap_or_default();
    let q = q.trim();
    let begins: String = q
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_uppercase();
    let mut conn = house.store.read().await.map_err(Stop::from)?;
    let found = stored::found(&mut conn, &operator.tenant, q, &begins).await?;
    if let [(device, _)] = found.as_slice() {
        return Ok(see_other(&format!("/console/phones/{device}"), None));
    }
    drop(conn);
    let hint = locks::on_the_way_in(&house, &operator).await?;
    Ok(view::search(&house, &operator, &hint, Some((q, &found))))
}

#[derive(Default, Deserialize)]
struct Told {
    done: Option<String>,
}

async fn phone(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path(device): Path<String>,
    told: Result<Query<Told>, QueryRejection>,
) -> Result<Response, Stop> {
    let operator = signed_in(&house, &headers).await?;
    may(&operator, Scope::DevicesRead)?;
    let device = DeviceId::try_from(device).map_err(|_| Stop::Nothing)?;
    let signs = signs::read(&house, &operator, &device).await?;
    let done = told.ok().and_then(|Query(told)| told.done);
    Ok(view::phone(
        &house,
        &operator,
        &signs,
        done.as_deref().and_then(view::done),
    ))
}

async fn act(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path((device, deed)): Path<(String, String)>,
    form: Result<axum::Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Stop> {
    from_here(&house, &headers)?;
    let operator = signed_in(&house, &headers).await?;
    may(&operator, Scope::DevicesRead)?;
    let device = DeviceId::try_from(device).map_err(|_| Stop::Nothing)?;
    let form = form.ok().map(|axum::Form(fields)| deeds::Form::from(fields));
    let Some(form) = form.filter(|form| operator.sent(&form.token)) else {
        return Err(Stop::Foreign);
    };
    let outcome = deeds::act(&house, &operator, &device, &deed, &form).await?;
    let news = match outcome {
        deeds::Outcome::Done(word) => {
            return Ok(see_other(&format!("/console/phones/{device}?done={word}"), None));
        }
        deeds::Outcome::Code(read) => view::News::Code(read.script(&form.language), read.before),
        deeds::Outcome::Plan(proposal) => view::News::Plan(proposal),
        deeds::Outcome::Not(why) => view::News::Not(why),
    };
    let signs = signs::read(&house, &operator, &device).await?;
    Ok(view::phone(&house, &operator, &signs, Some(news)))
}
