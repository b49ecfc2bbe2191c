//! Orders by clerks: the server signs nothing that the phone would refuse, and refuses it with the phone's own code.

use super::devices::agreement_of;
use super::shapes::*;
use super::{Answer, Asked, Change, Fault, etag};
use crate::answer::{PlanRow, PlanText};
use crate::breaker;
use crate::desk::{Ask, prepare_code};
use crate::error::LenderError;
use crate::house::Prepared;
use crate::jobs::{self, By, LockRow};
use crate::lock::{self, LockText};
use crate::orders::NoticeText;
use crate::payment;
use crate::problem::Problem;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::payments::{self, Intent};
use crate::store::{devices, int, orders};
use axum::http::{Method, StatusCode};
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::{Minor, Text};
use latchkey_core::wire::Delivery;

const TAG: &str = "orders";
const JSON: &str = "application/json";
const QUEUED: (u16, &str, Content) = (
    202,
    "The order, signed and queued.",
    Content::Json(schema::<OrderView>),
);
const BEFORE: (u16, &str, Content) = (
    200,
    "The order that was sent before.",
    Content::Json(schema::<OrderView>),
);
/// What the phone's own rule says to a lock.
const UNLAWFUL: &[&str] = &[
    "p_days",
    "p_notice_count",
    "p_notice_early",
    "p_notice_order",
    "p_notice_modes",
    "p_notice_gap",
    "p_level",
    "p_hours",
    "p_not_allowed",
    "p_needs",
    "p_profile",
    "p_agreement",
    "p_evidence",
    "p_unknown_market",
    "s_plan",
];

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "sendNotice",
        method: &Method::POST,
        path: "/v1/devices/{device}/notices",
        tag: TAG,
        summary: "Send a warning before a lock.",
        door: Door::Clerk(&[Scope::TermsWrite]),
        body: Some((JSON, schema::<NoticeAsk>)),
        answers: &[QUEUED],
        problems: &[(409, &["settled", "nothing_owed"]), (422, &["s_plan"])],
        handler: Handler::Change(|change| Box::pin(notice(change))),
        ..PLAIN
    },
    Operation {
        id: "sendTerms",
        method: &Method::POST,
        path: "/v1/devices/{device}/terms",
        tag: TAG,
        summary: "Send fresh terms: sums, instalments and the pay link.",
        door: Door::Clerk(&[Scope::TermsWrite]),
        answers: &[QUEUED],
        problems: &[(409, &["settled"])],
        handler: Handler::Change(|change| Box::pin(terms(change))),
        ..PLAIN
    },
    Operation {
        id: "sendPlan",
        method: &Method::POST,
        path: "/v1/devices/{device}/plans",
        tag: TAG,
        summary: "Replace instalments by an agreed plan.",
        text: "They can never lock again, and a lock for one of them is lifted.",
        door: Door::Clerk(&[Scope::TermsWrite]),
        if_match: true,
        body: Some((JSON, schema::<PlanAsk>)),
        answers: &[QUEUED],
        problems: &[
            (409, &["settled", "nothing_owed"]),
            (422, &["s_plan", "plan_sum", "plan_days"]),
        ],
        handler: Handler::Change(|change| Box::pin(plan(change))),
        ..PLAIN
    },
    Operation {
        id: "sendLock",
        method: &Method::POST,
        path: "/v1/devices/{device}/locks",
        tag: TAG,
        summary: "Lock a phone, if the phone would accept that.",
        text: "What the phone would refuse is not signed: the refusal has the phone's code, and `earliest` (Unix seconds) \
               where waiting helps. Above the mass-lock breaker's rate nothing is signed: the lock is `held` as a job, \
               which goes on at the rate, or once another person approves it.",
        door: Door::Clerk(&[Scope::LocksWrite]),
        body: Some((JSON, schema::<LockAsk>)),
        answers: &[(
            202,
            "The order, signed and queued; or the job that the breaker made of it.",
            Content::Json(schema::<LockMade>),
        )],
        problems: &[
            (409, &["settled", "already_locked", "nothing_owed"]),
            (422, UNLAWFUL),
            (503, &["locks_stopped", "breaker"]),
        ],
        prepare: Some(|asked| Box::pin(rehearse(asked))),
        handler: Handler::Change(|change| Box::pin(lock(change))),
        ..PLAIN
    },
    Operation {
        id: "sendRelease",
        method: &Method::POST,
        path: "/v1/devices/{device}/releases",
        tag: TAG,
        summary: "Lift a lock.",
        door: Door::Clerk(&[Scope::ReleasesWrite]),
        body: Some((JSON, schema::<ReleaseAsk>)),
        answers: &[QUEUED, BEFORE],
        problems: &[(404, &["lock_unknown"])],
        handler: Handler::Change(|change| Box::pin(release(change))),
        ..PLAIN
    },
    Operation {
        id: "sendGrace",
        method: &Method::POST,
        path: "/v1/devices/{device}/grace",
        tag: TAG,
        summary: "Open the lock in force for a time.",
        door: Door::Clerk(&[Scope::GraceWrite]),
        body: Some((JSON, schema::<GraceAsk>)),
        answers: &[QUEUED],
        problems: &[(404, &["lock_unknown"]), (409, &["not_locked", "several_locks"])],
        handler: Handler::Change(|change| Box::pin(grace(change))),
        ..PLAIN
    },
    Operation {
        id: "settle",
        method: &Method::POST,
        path: "/v1/devices/{device}/settle",
        tag: TAG,
        summary: "End the contract for good.",
        text: "Nothing binds the phone after it.",
        door: Door::Clerk(&[Scope::SettleWrite]),
        answers: &[QUEUED, BEFORE],
        handler: Handler::Change(|change| Box::pin(settle(change))),
        ..PLAIN
    },
    Operation {
        id: "readCode",
        method: &Method::POST,
        path: "/v1/devices/{device}/codes",
        tag: TAG,
        summary: "Read a spoken code out, for an owner whose phone has no network.",
        text: "Who read which code to whom and why stands in the audit, in the same transaction.",
        door: Door::Clerk(&[Scope::CodesRead]),
        body: Some((JSON, schema::<CodeAsk>)),
        answers: &[(200, "The code.", Content::Json(schema::<CodeView>))],
        problems: &[
            (404, &["lock_unknown", "slot_unknown"]),
            (409, &["no_codes", "several_locks"]),
        ],
        prepare: Some(|asked| Box::pin(digits(asked))),
        handler: Handler::Change(|change| Box::pin(code(change))),
        ..PLAIN
    },
    Operation {
        id: "bookPayment",
        method: &Method::POST,
        path: "/v1/devices/{device}/payments",
        tag: TAG,
        summary: "Book a payment that arrived outside the pay page.",
        text: "What it clears is released in the same transaction. The same reference is the same payment.",
        door: Door::Clerk(&[Scope::ReleasesWrite]),
        body: Some((JSON, schema::<PaymentAsk>)),
        answers: &[
            (
                201,
                "The payment is booked.",
                Content::Json(schema::<PaymentMade>),
            ),
            (
                200,
                "The payment was booked before.",
                Content::Json(schema::<PaymentMade>),
            ),
        ],
        problems: &[(409, &["settled", "taken_back"]), (422, &["more_than_owed"])],
        handler: Handler::Change(|change| Box::pin(pay(change))),
        ..PLAIN
    },
    Operation {
        id: "takePaymentBack",
        method: &Method::POST,
        path: "/v1/devices/{device}/payments/{payment}/reverse",
        tag: TAG,
        summary: "A provider took a payment back: it is owed again.",
        text: "The phone stays as it is; a new lock needs new notices and their time.",
        door: Door::Clerk(&[Scope::TermsWrite]),
        answers: &[QUEUED],
        problems: &[(409, &["settled"])],
        handler: Handler::Change(|change| Box::pin(reverse(change))),
        ..PLAIN
    },
];

/// The answer to an order that was just queued.
fn queued(sent: &Delivery) -> Result<Answer, Fault> {
    Answer::new(StatusCode::ACCEPTED, &OrderView::queued(sent))
}

/// 404 `lock_unknown`.
fn lock_unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "lock_unknown",
        "This phone has no such lock; read the phone for the one in force.",
    )
    .at("/lock_id")
}

async fn notice(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let asked: NoticeAsk = change.asked.json()?;
    let text = NoticeText {
        notice_no: asked.notice_no,
        instalment: asked.instalment,
        channels: asked.channels.to_vec(),
    };
    let now = change.work.now;
    queued(&change.work.notice(&device, &text, now).await?)
}

async fn terms(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    queued(&change.work.terms(&device).await?)
}

/// A plan as the desk takes it.
pub(super) fn plan_text(asked: &PlanAsk) -> PlanText {
    let rows = asked.schedule.iter().map(|row| PlanRow {
        due: row.due.0,
        minor: row.minor,
    });
    PlanText {
        replaces: asked.replaces.to_vec(),
        schedule: rows.collect(),
        fee: asked.fee.unwrap_or(Minor::MIN),
        forgiven: asked.forgiven.unwrap_or(Minor::MIN),
    }
}

async fn plan(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let contract = change.work.open_contract(&device).await?;
    let read = agreement_of(&mut change.work.tx, change.asked.tenant(), &contract).await?;
    change.asked.if_match(&etag(&read)?)?;
    let asked: PlanAsk = change.asked.json()?;
    queued(&change.work.plan(&device, &plan_text(&asked)).await?)
}

/// What is asked for, as the desk takes it.
fn lock_text(asked: &LockAsk) -> Result<LockText, LenderError> {
    Ok(LockText {
        level: asked.level,
        instalment: asked.instalment,
        answers: None,
        refs: RefAsk::references(asked.refs.as_ref())?,
    })
}

/// Hashes for the codes of the lock that is asked for: one that is taken back tells its number. What is refused is refused
/// in the transaction itself.
async fn rehearse(asked: &Asked<'_>) -> Result<Prepared, Fault> {
    let (device, told) = (asked.device()?, asked.json::<LockAsk>()?);
    let mut work = asked.house.begin(asked.tenant()).await?;
    let Some(codes) = work.rehearses() else {
        return Ok(Prepared::default());
    };
    let Ok(sent) = work.lock(&device, &lock_text(&told)?).await else {
        return Ok(Prepared::default());
    };
    drop(work);
    Ok(lock::prepared(codes, device, &sent).await?)
}

/// Hashes for the code that is asked for.
async fn digits(asked: &Asked<'_>) -> Result<Prepared, Fault> {
    let (device, told) = (asked.device()?, asked.json::<CodeAsk>()?);
    Ok(prepare_code(asked.house, asked.tenant(), &device, told.slot).await?)
}

async fn lock(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let asked: LockAsk = change.asked.json()?;
    let text = lock_text(&asked)?;
    change.work.open_contract(&device).await?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    let stopped = breaker::stopped(&mut work.tx, tenant).await?.is_some();
    if !stopped
        && breaker::room(&change.asked.house.fleets, &mut work.tx, tenant, now)
            .await?
            .is_some()
    {
        let by = By {
            operator: Text::try_from(change.asked.caller.client.clone())?,
            reason: Text::try_from("a single lock above the breaker's rate".to_owned())?,
        };
        let row = LockRow {
            device,
            level: asked.level,
            instalment: asked.instalment,
            refs: text.refs,
        };
        let job = jobs::hold_in(&mut work.tx, tenant, &by, &row, now).await?;
        return Answer::new(StatusCode::ACCEPTED, &LockMade::held(&job));
    }
    let sent = work.lock(&device, &text).await?;
    Answer::new(StatusCode::ACCEPTED, &LockMade::queued(&sent))
}

async fn release(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let asked: ReleaseAsk = change.asked.json()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    work.hold(&device).await?;
    let row = devices::get(&mut work.tx, tenant, &device).await?;
    if let Some(lock_id) = asked.lock_id {
        let lock_id = int(lock_id.get());
        if lock_id >= row.next_lock_id {
            return Err(lock_unknown().into());
        }
        if lock_id <= row.released_through {
            let sent = orders::of_kind(&mut work.tx, tenant, &device, typ::RELEASE).await?;
            if let Some(sent) = sent.iter().rev().find(|sent| sent.lock_id >= lock_id) {
                return Answer::ok(&OrderView::stored(sent)?);
            }
        }
    }
    queued(&work.release(&device, asked.why.into(), Vec::new(), None).await?)
}

async fn grace(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let asked: GraceAsk = change.asked.json()?;
    change.work.hold(&device).await?;
    devices::get(&mut change.work.tx, change.asked.tenant(), &device).await?;
    if change.work.lock_named(&device, asked.lock_id).await?.is_none() {
        if change.work.lock_outstanding(&device).await?.is_some() {
            return Err(lock_unknown().into());
        }
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "not_locked",
            "No lock is in force on this phone; there is nothing to open.",
        )
        .into());
    }
    queued(&change.work.grace(&device, asked.lock_id, asked.dur_s).await?)
}

async fn settle(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    match work.settle(&device).await {
        Ok(sent) => queued(&sent),
        Err(LenderError::Settled) => {
            let sent = orders::of_kind(&mut work.tx, tenant, &device, typ::SETTLE).await?;
            let sent = sent.last().ok_or(LenderError::Settled)?;
            Answer::ok(&OrderView::stored(sent)?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn code(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let asked: CodeAsk = change.asked.json()?;
    change.work.hold(&device).await?;
    devices::get(&mut change.work.tx, change.asked.tenant(), &device).await?;
    if change.work.lock_named(&device, asked.lock_id).await?.is_none() {
        return Err(lock_unknown().into());
    }
    let ask = Ask {
        lock_id: asked.lock_id,
        slot: asked.slot,
        operator: asked.operator,
        reason: asked.reason,
    };
    let read = match change.work.read_code(&device, &ask).await {
        Ok(read) => read,
        Err(LenderError::NotFound(_)) => {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                "slot_unknown",
                "This lock has no such code; give time or release it instead.",
            )
            .at("/slot")
            .into());
        }
        Err(error) => return Err(error.into()),
    };
    let view = CodeView {
        lock_id: read.lock_id,
        slot: read.slot,
        groups: Some(read.groups),
        before: u64::try_from(read.before).unwrap_or(u64::MAX),
    };
    Ok(Answer::ok(&view)?.once("groups"))
}

async fn pay(change: &mut Change<'_>) -> Result<Answer, Fault> {
    /// In the books.
    const PROVIDER: &str = "clerk";
    let device = change.asked.device()?;
    let asked: PaymentAsk = change.asked.json()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let contract = work.open_contract(&device).await?;
    let known = payments::kept(&mut work.tx, tenant, &contract.id, asked.reference.as_str()).await?;
    if known.is_some_and(|known| known.reversed.is_some()) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "taken_back",
            "This payment was taken back; book the new one under its own number.",
        )
        .at("/reference")
        .into());
    }
    let left = work.timeline(&contract).await?.sums.left;
    if known.is_none() {
        if asked.minor.get() == 0 || asked.minor > left {
            return Err(
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "more_than_owed", "")
                    .at("/minor")
                    .next(format!("Between 1 and {left} minor units are left to be paid."))
                    .into(),
            );
        }
        let intent = Intent {
            id: String::new(),
            contract: contract.id.clone(),
            minor: asked.minor,
        };
        payment::book(work, &intent, PROVIDER, asked.reference.as_str()).await?;
    }
    let made = PaymentMade {
        left: work.timeline(&contract).await?.sums.left,
        released: work.lock_outstanding(&device).await?.is_none(),
    };
    let status = if known.is_some() {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Answer::new(status, &made)
}

async fn reverse(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let payment: String = change.asked.part("payment")?;
    queued(&payment::charge_back(&mut change.work, &device, &payment).await?)
}
