//! What owners said, and how it is answered; the audit; the stop switch.

use super::devices::{bad_cursor, count, cursor, limit, numbered, place};
use super::orders::plan_text;
use super::shapes::*;
use super::{Answer, Asked, Change, Fault, Look, etag};
use crate::answer;
use crate::breaker;
use crate::compensation;
use crate::house::Prepared;
use crate::jobs::{self, By};
use crate::problem::Problem;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::claims::{self as said, Said};
use crate::store::{Conn, audit, pages};
use crate::webhooks::anchor;
use axum::http::{Method, StatusCode};
use latchkey_core::order::values::{DeviceId, Id};
use latchkey_core::wire::ClaimKind;

const JSON: &str = "application/json";

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "listClaims",
        path: "/v1/claims",
        tag: "claims",
        summary: "List what owners said, oldest first.",
        door: Door::Clerk(&[Scope::ClaimsRead]),
        query: Some(schema::<ClaimPage>),
        answers: &[(200, "A part of the claims.", Content::Json(schema::<ClaimList>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
    Operation {
        id: "getClaim",
        path: "/v1/claims/{claim}",
        tag: "claims",
        summary: "Read one claim.",
        text: "The ETag is what an answer names in If-Match.",
        door: Door::Clerk(&[Scope::ClaimsRead]),
        answers: &[(200, "The claim.", Content::Json(schema::<ClaimView>))],
        handler: Handler::Look(|look| Box::pin(get(look))),
        ..PLAIN
    },
    Operation {
        id: "resolveClaim",
        method: &Method::POST,
        path: "/v1/claims/{claim}/resolve",
        tag: "claims",
        summary: "Answer a claim.",
        text: "An answer that sends an order needs that order's scope too: accepting a dispute `releases:write`, accepting \
               a return `settle:write`, rejecting a dispute or stepping down `locks:write`, a plan `terms:write`.",
        door: Door::Clerk(&[Scope::ClaimsResolve]),
        if_match: true,
        body: Some((JSON, schema::<ResolveAsk>)),
        answers: &[(200, "The answer.", Content::Json(schema::<Resolved>))],
        problems: &[
            (409, &["resolved", "settled", "nothing_owed"]),
            (
                422,
                &[
                    "wrong_answer",
                    "plan_sum",
                    "plan_days",
                    "s_plan",
                    "p_hours",
                    "p_notice_count",
                ],
            ),
            (503, &["locks_stopped"]),
        ],
        prepare: Some(|asked| Box::pin(rehearse(asked))),
        handler: Handler::Change(|change| Box::pin(resolve(change))),
        ..PLAIN
    },
    Operation {
        id: "listAudit",
        path: "/v1/audit",
        tag: "audit",
        summary: "Read who did what for which reason.",
        text: "Each row is hashed over the one before it: nothing can be changed or taken out unseen.",
        door: Door::Clerk(&[Scope::AuditRead]),
        query: Some(schema::<Page>),
        answers: &[(200, "A part of the audit.", Content::Json(schema::<AuditPage>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(rows(look))),
        ..PLAIN
    },
    Operation {
        id: "getAuditHead",
        path: "/v1/audit/head",
        tag: "audit",
        summary: "Read the head of the audit's chain.",
        text: "Keep it where nobody of the lender writes: the chain is whole as long as it holds every head that was kept.",
        door: Door::Clerk(&[Scope::AuditRead]),
        answers: &[(200, "The head.", Content::Json(schema::<AuditHead>))],
        problems: &[(404, &["not_found"])],
        handler: Handler::Look(|look| Box::pin(head(look))),
        ..PLAIN
    },
    Operation {
        id: "tellAuditHead",
        method: &Method::POST,
        path: "/v1/audit/head",
        tag: "audit",
        summary: "Tell the head of the audit's chain to the webhooks now.",
        text: "The server does so by itself, as `audit.head`, each hour in which the chain grew.",
        door: Door::Clerk(&[Scope::AuditRead]),
        answers: &[(200, "The head that was told.", Content::Json(schema::<AuditHead>))],
        problems: &[(404, &["not_found"])],
        handler: Handler::Change(|change| Box::pin(tell_head(change))),
        ..PLAIN
    },
    Operation {
        id: "getStop",
        path: "/v1/locks/stop",
        tag: "locks",
        summary: "Read whether locks are stopped.",
        door: Door::Clerk(&[Scope::DevicesRead]),
        answers: &[(200, "The switch.", Content::Json(schema::<StopView>))],
        handler: Handler::Look(|look| Box::pin(switch(look))),
        ..PLAIN
    },
    Operation {
        id: "stopLocks",
        method: &Method::POST,
        path: "/v1/locks/stop",
        tag: "locks",
        summary: "Sign no more locks, for all phones.",
        text: "Releases, grace, payments and settlements go on.",
        door: Door::Clerk(&[Scope::LocksWrite]),
        body: Some((JSON, schema::<StopAsk>)),
        answers: &[(200, "The switch.", Content::Json(schema::<StopView>))],
        handler: Handler::Change(|change| Box::pin(halt(change))),
        ..PLAIN
    },
    Operation {
        id: "resumeLocks",
        method: &Method::POST,
        path: "/v1/locks/resume",
        tag: "locks",
        summary: "Let locks go on after a stop.",
        door: Door::Clerk(&[Scope::LocksApprove]),
        body: Some((JSON, schema::<StopAsk>)),
        answers: &[(200, "The switch.", Content::Json(schema::<StopView>))],
        handler: Handler::Change(|change| Box::pin(go_on(change))),
        ..PLAIN
    },
];

/// A claim's name here: its id is made on a phone, so the phone is a part of it.
fn name(device: &DeviceId, claim: &Id) -> String {
    format!("{device}.{claim}")
}

fn named(name: &str) -> Result<(DeviceId, Id), Problem> {
    let (device, claim) = name.split_once('.').ok_or(Problem::not_found())?;
    let device = DeviceId::try_from(device).map_err(|_| Problem::not_found())?;
    Ok((device, Id::try_from(claim).map_err(|_| Problem::not_found())?))
}

fn view(device: &DeviceId, said: Said) -> ClaimView {
    ClaimView {
        claim: name(device, &said.id),
        device: device.clone(),
        kind: said.kind,
        lock_id: u64::try_from(said.lock_id).ok().filter(|id| *id > 0),
        instalment: said.instalment,
        choice: said.choice,
        text: said.text,
        said_at: said.said.unix_s(),
        answer_by: said.answer_by.unix_s(),
        outcome: said.outcome,
        compensation: None,
    }
}

/// The same, with what the lender owes because the owner was right.
async fn whole(
    conn: &mut Conn,
    asked: &Asked<'_>,
    device: &DeviceId,
    said: Said,
) -> Result<ClaimView, Fault> {
    let id = said.id.clone();
    let mut view = view(device, said);
    if view.outcome.is_some() {
        let due = compensation::of(conn, asked.tenant(), device, asked.house.now()).await?;
        let due = due
            .into_iter()
            .find(|due| due.claim.as_deref() == Some(id.as_str()));
        view.compensation = due.map(|due| CompensationView::of(device, due));
    }
    Ok(view)
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: ClaimPage = look.asked.query()?;
    let limit = limit(page.limit)?;
    let (ms, device, claim) = match &page.after {
        Some(cursor) => {
            let [ms, device, claim] = place::<3>(cursor)?;
            (ms.parse().map_err(|_| bad_cursor())?, device, claim)
        }
        None => (i64::MIN, String::new(), String::new()),
    };
    let tenant = look.asked.tenant();
    let open = page.open.unwrap_or(false);
    let mut rows = pages::claims(look.conn, tenant, (ms, &device, &claim), open, limit + 1).await?;
    let last = pages::cut(&mut rows, limit);
    let next = last.map(|(ms, device, claim)| cursor(&[&ms.to_string(), device.as_str(), claim]));
    let mut claims = Vec::new();
    for (_, device, claim) in rows {
        let said = said::get(look.conn, tenant, &device, &crate::store::id(claim)?).await?;
        claims.push(whole(look.conn, &look.asked, &device, said).await?);
    }
    Answer::ok(&ClaimList { claims, next })
}

async fn get(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let (device, claim) = named(&look.asked.part::<String>("claim")?)?;
    let said = said::get(look.conn, look.asked.tenant(), &device, &claim).await?;
    let view = whole(look.conn, &look.asked, &device, said).await?;
    let tag = etag(&view)?;
    Ok(Answer::ok(&view)?.versioned(tag))
}

/// Hashes for the lock that a rejected dispute stands by.
async fn rehearse(asked: &Asked<'_>) -> Result<Prepared, Fault> {
    let (device, claim) = named(&asked.part::<String>("claim")?)?;
    let told: ResolveAsk = asked.json()?;
    let answer = match (told.outcome, told.level) {
        (Outcome::Reject, None) => answer::Answer::Reject,
        (Outcome::StepDown, Some(level)) => answer::Answer::StepDown(level),
        (Outcome::Reject | Outcome::StepDown | Outcome::Accept | Outcome::Plan, _) => {
            return Ok(Prepared::default());
        }
    };
    if asked.may(Scope::LocksWrite).is_err() {
        return Ok(Prepared::default());
    }
    Ok(answer::rehearse(asked.house, asked.tenant(), &device, &claim, answer).await?)
}

async fn resolve(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let (device, claim) = named(&change.asked.part::<String>("claim")?)?;
    change.work.hold(&device).await?;
    let said = said::get(&mut change.work.tx, change.asked.tenant(), &device, &claim).await?;
    let kind = said.kind;
    change.asked.if_match(&etag(&view(&device, said))?)?;
    let asked: ResolveAsk = change.asked.json()?;
    let needed = match (kind, asked.outcome) {
        (_, Outcome::Plan) => Some(Scope::TermsWrite),
        (_, Outcome::StepDown) | (ClaimKind::Dispute, Outcome::Reject) => Some(Scope::LocksWrite),
        (ClaimKind::Dispute, Outcome::Accept) => Some(Scope::ReleasesWrite),
        (ClaimKind::Return, Outcome::Accept) => Some(Scope::SettleWrite),
        (ClaimKind::Paid | ClaimKind::Hardship, Outcome::Accept)
        | (ClaimKind::Paid | ClaimKind::Hardship | ClaimKind::Return, Outcome::Reject) => None,
    };
    if let Some(scope) = needed {
        change.asked.may(scope)?;
    }
    let missing = |field: &'static str, what: &'static str| Problem::malformed().at(field).next(what);
    let answer = match (asked.outcome, asked.level, &asked.plan) {
        (Outcome::Accept, None, None) => answer::Answer::Accept,
        (Outcome::Reject, None, None) => answer::Answer::Reject,
        (Outcome::StepDown, Some(level), None) => answer::Answer::StepDown(level),
        (Outcome::StepDown, None, _) => {
            return Err(missing("/level", "step_down names the lower level").into());
        }
        (Outcome::Plan, None, Some(plan)) => answer::Answer::Plan(plan_text(plan)),
        (Outcome::Plan, _, None) => return Err(missing("/plan", "plan names the plan").into()),
        (_, Some(_), _) => return Err(missing("/level", "only step_down names a level").into()),
        (_, None, Some(_)) => return Err(missing("/plan", "only plan names a plan").into()),
    };
    let sent = change.work.answer(&device, &claim, answer).await?;
    Answer::ok(&Resolved {
        claim: name(&device, &claim),
        order: sent.as_ref().map(OrderView::queued),
    })
}

async fn rows(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let after: i64 = page.after.as_deref().map_or(Ok(0), numbered)?;
    let mut part = audit::page(look.conn, look.asked.tenant(), after, limit + 1).await?;
    let last = pages::cut(&mut part, limit);
    let next = last.map(|row| cursor(&[&row.place.to_string()]));
    let told = part.into_iter().map(|row| AuditRow {
        place: count(row.place),
        at: count(row.at_ms / 1000),
        action: row.action,
        operator: row.operator,
        reason: row.reason,
        device: row.device,
        lock_id: count(row.lock_id),
        slot: count(row.slot),
        hash: row.hash,
    });
    Answer::ok(&AuditPage {
        rows: told.collect(),
        next,
    })
}

fn told(head: Option<audit::Head>) -> Result<Answer, Fault> {
    let head = head.ok_or(Problem::not_found())?;
    Answer::ok(&AuditHead {
        place: count(head.place),
        at: count(head.at_ms / 1000),
        hash: head.hash,
    })
}

async fn head(look: &mut Look<'_>) -> Result<Answer, Fault> {
    told(audit::head(look.conn, look.asked.tenant()).await?)
}

async fn tell_head(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    told(anchor::by_hand(&mut work.tx, tenant, now).await?)
}

fn shown(reason: Option<String>) -> Result<Answer, Fault> {
    Answer::new(
        StatusCode::OK,
        &StopView {
            stopped: reason.is_some(),
            reason,
        },
    )
}

async fn switch(look: &mut Look<'_>) -> Result<Answer, Fault> {
    shown(breaker::stopped(look.conn, look.asked.tenant()).await?)
}

async fn halt(change: &mut Change<'_>) -> Result<Answer, Fault> {
    turned(change, true).await
}

async fn go_on(change: &mut Change<'_>) -> Result<Answer, Fault> {
    turned(change, false).await
}

async fn turned(change: &mut Change<'_>, on: bool) -> Result<Answer, Fault> {
    let asked: StopAsk = change.asked.json()?;
    let by = By {
        operator: asked.operator,
        reason: asked.reason,
    };
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    jobs::stop_in(&mut work.tx, tenant, on, &by, now).await?;
    shown(breaker::stopped(&mut work.tx, tenant).await?)
}
