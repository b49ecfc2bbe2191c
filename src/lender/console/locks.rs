//! Locks as a whole: the switch that stops them, the jobs that ask for many, and what waits for a second person.

mod page;

use super::{Stop, from_here, may, place, see_other, signed_in};
use crate::auth::operator::Operator;
use crate::breaker;
use crate::error::LenderError;
use crate::house::House;
use crate::jobs::{self, By, JobState, RowState};
use crate::scopes::Scope;
use crate::store::{Conn, job_pages, jobs as rows, pages};
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use latchkey_core::order::values::Text;
use serde::Deserialize;
use std::sync::Arc;

/// Jobs on a page, and those that wait: whoever has more of these reads the API.
const JOBS: i64 = 20;
const WAITING: i64 = 50;
/// Rows on a page.
const ROWS: i64 = 100;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/console/locks", get(locks))
        .route("/console/locks/{deed}", post(turn))
        .route("/console/jobs/{job}", get(job))
        .route("/console/jobs/{job}/{deed}", post(decide))
}

/// What happened, on top of a page.
pub(super) enum News {
    /// It was done.
    Done(&'static str),
    /// Nothing was done, for this reason.
    Not(String),
}

/// What a word in the address says.
fn done(word: &str) -> Option<News> {
    Some(News::Done(match word {
        "stop" => "Locks are stopped. What frees goes on.",
        "resume" => "Locks go on.",
        "approve" => "You let it pass: what was held is signed now.",
        "cancel" => "It is ended. What is signed stays.",
        _ => return None,
    }))
}

/// The switch: who pulled it and why, if anybody did.
pub(super) struct Switch {
    /// `who: why`.
    pub stopped: Option<String>,
}

/// Jobs, as far as a page shows them.
pub(super) struct Jobs {
    /// Locks of the last hour, and how many may be.
    pub meter: (i64, i64),
    /// Those that wait for a second person, oldest first.
    pub waiting: Vec<JobState>,
    /// All, newest first.
    pub listed: Vec<JobState>,
    /// Place of the next page.
    pub next: Option<String>,
}

/// One job.
pub(super) struct OneJob {
    /// How far it is.
    pub state: JobState,
    /// What became of its rows: state, code, how many.
    pub outcomes: Vec<(String, String, i64)>,
    /// A part of them.
    pub rows: Vec<RowState>,
    /// Place of the next part.
    pub next: Option<i64>,
}

#[derive(Default, Deserialize)]
struct Asked {
    after: Option<String>,
    done: Option<String>,
}

/// What every form here sends.
#[derive(Deserialize)]
struct Form {
    token: String,
    reason: String,
}

impl Form {
    /// Who stands behind it, and why; else what to do about it.
    fn by(&self, operator: &Operator) -> Result<By, String> {
        let say = "Say why, in 1 to 200 characters. Nothing was done.";
        let reason = Text::try_from(self.reason.trim().to_owned()).map_err(|_| say.to_owned())?;
        let operator = Text::try_from(operator.name.clone()).map_err(|_| say.to_owned())?;
        Ok(By { operator, reason })
    }
}

fn asked(query: Result<Query<Asked>, QueryRejection>) -> Asked {
    query.map(|Query(asked)| asked).unwrap_or_default()
}

/// A form of this session, from a page of this server.
async fn pressed(
    house: &House,
    headers: &HeaderMap,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Result<(Operator, Form), Stop> {
    from_here(house, headers)?;
    let operator = signed_in(house, headers).await?;
    match form {
        Ok(axum::Form(form)) if operator.sent(&form.token) => Ok((operator, form)),
        Ok(_) | Err(_) => Err(Stop::Foreign),
    }
}

/// What concerns whoever comes in: that locks are stopped, and how many jobs wait.
pub(super) async fn on_the_way_in(house: &House, operator: &Operator) -> Result<maud::Markup, Stop> {
    let mut conn = house.store.read().await?;
    let mut stopped = false;
    if operator.may(Scope::DevicesRead) {
        stopped = breaker::stopped(&mut conn, &operator.tenant).await?.is_some();
    }
    let mut wait = 0;
    if operator.may(Scope::LocksBulk) && operator.may(Scope::LocksApprove) {
        wait = job_pages::waiting(&mut conn, &operator.tenant, WAITING)
            .await?
            .len();
    }
    Ok(page::hint(stopped, wait))
}

async fn locks(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Stop> {
    let operator = signed_in(&house, &headers).await?;
    let asked = asked(query);
    let news = asked.done.as_deref().and_then(done);
    shown(&house, &operator, asked.after.as_deref(), news).await
}

async fn shown(
    house: &House,
    operator: &Operator,
    after: Option<&str>,
    news: Option<News>,
) -> Result<Response, Stop> {
    if !operator.may(Scope::LocksBulk) {
        may(operator, Scope::DevicesRead)?;
    }
    let mut conn = house.store.read().await?;
    let mut switch = None;
    if operator.may(Scope::DevicesRead) {
        let stopped = breaker::stopped(&mut conn, &operator.tenant).await?;
        switch = Some(Switch { stopped });
    }
    let mut jobs = None;
    if operator.may(Scope::LocksBulk) {
        jobs = Some(jobs_of(&mut conn, operator, after, house).await?);
    }
    Ok(page::locks(
        house,
        operator,
        switch.as_ref(),
        jobs.as_ref(),
        news.as_ref(),
    ))
}

async fn jobs_of(
    conn: &mut Conn,
    operator: &Operator,
    after: Option<&str>,
    house: &House,
) -> Result<Jobs, LenderError> {
    let now = house.now();
    let tenant = &operator.tenant;
    let after = after.and_then(place);
    let mut listed = jobs::page(conn, tenant, after, JOBS + 1).await?;
    let next = pages::cut(&mut listed, JOBS).map(|job| format!("{}.{}", job.created_ms, job.id));
    Ok(Jobs {
        meter: breaker::meter(&house.fleets, conn, tenant, now).await?,
        waiting: jobs::waiting(conn, tenant, WAITING).await?,
        next,
        listed,
    })
}

async fn turn(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path(deed): Path<String>,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Result<Response, Stop> {
    let (operator, form) = pressed(&house, &headers, form).await?;
    let (on, scope, before) = match deed.as_str() {
        "stop" => (true, Scope::LocksWrite, "Locks were stopped before you pressed."),
        "resume" => (false, Scope::LocksApprove, "Locks went on before you pressed."),
        _ => return Err(Stop::NoJob),
    };
    may(&operator, scope)?;
    let by = match form.by(&operator) {
        Ok(by) => by,
        Err(why) => return shown(&house, &operator, None, Some(News::Not(why))).await,
    };
    let mut work = house.begin(&operator.tenant).await?;
    let turned = jobs::turn_in(&mut work.tx, &operator.tenant, on, &by, work.now).await?;
    if turned {
        work.tx.commit().await?;
        return Ok(see_other(&format!("/console/locks?done={deed}"), None));
    }
    drop(work);
    let news = News::Not(format!("{before} Nothing was done."));
    shown(&house, &operator, None, Some(news)).await
}

async fn job(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path(job): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Stop> {
    let operator = signed_in(&house, &headers).await?;
    may(&operator, Scope::LocksBulk)?;
    let asked = asked(query);
    let after = asked.after.and_then(|place| place.parse().ok());
    let news = asked.done.as_deref().and_then(done);
    shown_job(&house, &operator, &job, after.unwrap_or(0), news).await
}

async fn shown_job(
    house: &House,
    operator: &Operator,
    job: &str,
    after: i64,
    news: Option<News>,
) -> Result<Response, Stop> {
    let tenant = &operator.tenant;
    let mut conn = house.store.read().await?;
    let state = jobs::state(&mut conn, tenant, job).await.map_err(no_job)?;
    let mut found = rows::rows(&mut conn, tenant, job, after, ROWS + 1).await?;
    let next = pages::cut(&mut found, ROWS).map(|row| row.no);
    let one = OneJob {
        outcomes: job_pages::outcomes(&mut conn, tenant, job).await?,
        next,
        rows: found,
        state,
    };
    Ok(page::job(house, operator, &one, news.as_ref()))
}

async fn decide(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path((job, deed)): Path<(String, String)>,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Result<Response, Stop> {
    let (operator, form) = pressed(&house, &headers, form).await?;
    // What it leads back to shows the job.
    may(&operator, Scope::LocksBulk)?;
    may(&operator, Scope::LocksApprove)?;
    let by = match form.by(&operator) {
        Ok(by) => by,
        Err(why) => return shown_job(&house, &operator, &job, 0, Some(News::Not(why))).await,
    };
    let mut work = house.begin(&operator.tenant).await?;
    let (tenant, now) = (&operator.tenant, work.now);
    let before = jobs::state(&mut work.tx, tenant, &job).await.map_err(no_job)?;
    let outcome = match deed.as_str() {
        "approve" if before.approver.is_some() => Ok(false),
        "approve" => jobs::approve_in(&mut work.tx, tenant, &job, &by, now)
            .await
            .map(|_| true),
        "cancel" => jobs::cancel_in(&mut work.tx, tenant, &job, &by, now)
            .await
            .map(|_| true),
        _ => return Err(Stop::NoJob),
    };
    let why = match outcome {
        Ok(true) => {
            work.tx.commit().await?;
            return Ok(see_other(&format!("/console/jobs/{job}?done={deed}"), None));
        }
        Ok(false) => "Somebody approved it before you pressed",
        Err(LenderError::SamePerson) => "You asked for these locks, so another person has to approve them",
        Err(LenderError::JobFinished) => "It ended before you pressed",
        Err(error) => return Err(error.into()),
    };
    drop(work);
    let news = News::Not(format!("{why}. Nothing was done."));
    shown_job(&house, &operator, &job, 0, Some(news)).await
}

fn no_job(error: LenderError) -> Stop {
    if matches!(error, LenderError::NotFound(_)) {
        Stop::NoJob
    } else {
        error.into()
    }
}
