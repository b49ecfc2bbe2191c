//! Locks in bulk: each row is judged like a single lock, below the mass-lock breaker's rate. Above it another person, by
//! another client, has to approve.

mod follow;

use super::devices::{count, cursor, limit, numbered, timed};
use super::shapes::*;
use super::{Answer, Asked, Change, Fault, Look};
use crate::error::LenderError;
use crate::jobs::{self, By, JobState, LockRow, RowState, VIA};
use crate::problem::Problem;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::{jobs as rows, pages};
use axum::http::{Method, StatusCode};
use latchkey_core::order::values::Text;

const TAG: &str = "bulk";
const JSON: &str = "application/json";
/// Longest body, bytes.
const MOST: usize = 8 * 1024 * 1024;

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "createBulkLocks",
        method: &Method::POST,
        path: "/v1/bulk/locks",
        tag: TAG,
        summary: "Ask for up to 10,000 locks.",
        text: "Each row is judged like a single lock when its turn comes, and waits for human hours where it has to.",
        door: Door::Clerk(&[Scope::LocksBulk]),
        body: Some((JSON, schema::<BulkAsk>)),
        lines: Some((schema::<BulkHead>, schema::<BulkRow>)),
        answers: &[(202, "The job.", Content::Json(schema::<JobView>))],
        problems: &[(413, &["too_many_rows"]), (422, &["no_rows"])],
        most: MOST,
        handler: Handler::Change(|change| Box::pin(create(change))),
        ..PLAIN
    },
    Operation {
        id: "listBulk",
        path: "/v1/bulk",
        tag: TAG,
        summary: "List jobs, newest first.",
        door: Door::Clerk(&[Scope::LocksBulk]),
        query: Some(schema::<Page>),
        answers: &[(200, "A part of them.", Content::Json(schema::<JobList>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
    Operation {
        id: "getBulk",
        path: "/v1/bulk/{job}",
        tag: TAG,
        summary: "Read how far a job is, and what became of its rows.",
        door: Door::Clerk(&[Scope::LocksBulk]),
        query: Some(schema::<Page>),
        answers: &[(200, "The job.", Content::Json(schema::<JobView>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(get(look))),
        ..PLAIN
    },
    Operation {
        id: "followBulk",
        path: "/v1/bulk/{job}/results",
        tag: TAG,
        summary: "Follow a job: a line for each row as it ends, and lines of progress between them.",
        text: "Ends with a line of progress whose `done` is true, or after `wait_s`; ask again for the rows since. A row \
               comes once, in the order of its end. Rows that wait for human hours or for approval take their time.",
        door: Door::Clerk(&[Scope::LocksBulk]),
        query: Some(schema::<FollowAsk>),
        answers: &[(200, "The lines.", Content::Lines(schema::<BulkLine>))],
        handler: Handler::Look(|look| Box::pin(follow::follow(look))),
        ..PLAIN
    },
    Operation {
        id: "approveBulk",
        method: &Method::POST,
        path: "/v1/bulk/{job}/approve",
        tag: TAG,
        summary: "Let a job pass the breaker.",
        text: "By another person and another client than the ones who made it.",
        door: Door::Clerk(&[Scope::LocksApprove]),
        body: Some((JSON, schema::<ByAsk>)),
        answers: &[(200, "The job.", Content::Json(schema::<JobView>))],
        problems: &[(403, &["same_person"]), (409, &["finished"])],
        handler: Handler::Change(|change| Box::pin(approve(change))),
        ..PLAIN
    },
    Operation {
        id: "cancelBulk",
        method: &Method::POST,
        path: "/v1/bulk/{job}/cancel",
        tag: TAG,
        summary: "End a job; what is issued stays.",
        door: Door::Clerk(&[Scope::LocksApprove]),
        body: Some((JSON, schema::<ByAsk>)),
        answers: &[(200, "The job.", Content::Json(schema::<JobView>))],
        problems: &[(409, &["finished"])],
        handler: Handler::Change(|change| Box::pin(cancel(change))),
        ..PLAIN
    },
];

/// A person, and the client that speaks for them: what one client says of two persons is one word.
pub(super) fn by(asked: &Asked<'_>, operator: &Text<40>, reason: Text<200>) -> Result<By, LenderError> {
    let named = format!("{}{VIA}{}", operator.as_str(), asked.caller.client);
    Ok(By {
        operator: Text::try_from(named)?,
        reason,
    })
}

fn view(job: JobState) -> JobView {
    JobView {
        job: job.id,
        creator: job.creator,
        reason: job.reason,
        created: count(job.created_ms / 1000),
        approver: job.approver,
        cancelled: job.cancelled,
        queued: count(job.queued),
        held: count(job.held),
        issued: count(job.issued),
        failed: count(job.failed),
        rows: Vec::new(),
        next: None,
    }
}

fn row(row: RowState) -> JobRowView {
    JobRowView {
        no: count(row.no),
        device: row.device,
        state: row.state,
        code: row.code,
        lock_id: row.lock_id.map(count),
    }
}

async fn create(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let asked = if change.asked.sends_lines() {
        let (head, rows): (BulkHead, _) = change.asked.lines()?;
        BulkAsk {
            operator: head.operator,
            reason: head.reason,
            rows,
        }
    } else {
        change.asked.json()?
    };
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let rows = asked.rows.into_iter().map(|row| {
        Ok(LockRow {
            device: row.device,
            level: row.level,
            instalment: row.instalment,
            refs: RefAsk::references(row.refs.as_ref())?,
        })
    });
    let rows = rows.collect::<Result<Vec<_>, LenderError>>()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    let job = jobs::create_in(&mut work.tx, tenant, &by, &rows, now).await?;
    Answer::new(
        StatusCode::ACCEPTED,
        &view(jobs::state(&mut work.tx, tenant, &job).await?),
    )
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let after: Option<(i64, String)> = page.after.as_deref().map(timed).transpose()?;
    let after = after.as_ref().map(|(ms, job)| (*ms, job.as_str()));
    let mut jobs = jobs::page(look.conn, look.asked.tenant(), after, limit + 1).await?;
    let last = pages::cut(&mut jobs, limit);
    let next = last.map(|job| cursor(&[&job.created_ms.to_string(), &job.id]));
    Answer::ok(&JobList {
        jobs: jobs.into_iter().map(view).collect(),
        next,
    })
}

async fn get(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let job: String = look.asked.part("job")?;
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let after: i64 = page.after.as_deref().map_or(Ok(0), numbered)?;
    let tenant = look.asked.tenant();
    let state = jobs::state(look.conn, tenant, &job).await?;
    let mut found = rows::rows(look.conn, tenant, &job, after, limit + 1).await?;
    let last = pages::cut(&mut found, limit);
    let next = last.map(|row| cursor(&[&row.no.to_string()]));
    let rows = found.into_iter().map(row);
    Answer::ok(&JobView {
        rows: rows.collect(),
        next,
        ..view(state)
    })
}

async fn approve(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let job: String = change.asked.part("job")?;
    let asked: ByAsk = change.asked.json()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let made = jobs::state(&mut work.tx, tenant, &job).await?.creator;
    // A single lock that the breaker held was made by a client alone.
    let (person, client) = jobs::made_by(&made);
    if client.unwrap_or(person) == change.asked.caller.client {
        return Err(same_person().into());
    }
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let now = work.now;
    Answer::ok(&view(
        jobs::approve_in(&mut work.tx, tenant, &job, &by, now).await?,
    ))
}

fn same_person() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "same_person",
        "Another person, by another client, has to approve this job.",
    )
}

async fn cancel(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let job: String = change.asked.part("job")?;
    let asked: ByAsk = change.asked.json()?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    Answer::ok(&view(
        jobs::cancel_in(&mut work.tx, tenant, &job, &by, now).await?,
    ))
}
