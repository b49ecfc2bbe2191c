//! Phones, their agreements, their money, and what was sent to them.

use super::shapes::*;
use super::{Answer, Change, Fault, Look, etag};
use crate::compensation;
use crate::enrol;
use crate::error::LenderError;
use crate::house::Work;
use crate::lock::outstanding;
use crate::orders::claims;
use crate::problem::Problem;
use crate::random;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::contracts::{self, Contract};
use crate::store::{Conn, devices, enrolment, orders, pages, payments, trust};
use crate::timeline;
use axum::http::{Method, StatusCode};
use latchkey_core::agreement::Agreement;
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::Lock;
use latchkey_core::order::values::DeviceId;
use latchkey_core::profile::Profile;

const TAG: &str = "devices";
const READ: Door = Door::Clerk(&[Scope::DevicesRead]);
const ENROL: Door = Door::Clerk(&[Scope::DevicesEnrol]);
/// Rows in a page, if nobody says.
const ROWS: u32 = 50;

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "createDevice",
        method: &Method::POST,
        path: "/v1/devices",
        tag: TAG,
        summary: "Add a phone with its agreement.",
        text: "Makes the contract, the phone's id and the code that the phone enrols with.",
        door: ENROL,
        body: Some(("application/json", schema::<NewDevice>)),
        answers: &[(201, "The phone.", Content::Json(schema::<DeviceMade>))],
        problems: &[
            (409, &["device_exists"]),
            (422, &["bad_agreement", "may_not_enrol"]),
        ],
        handler: Handler::Change(|change| Box::pin(create(change))),
        ..PLAIN
    },
    Operation {
        id: "listDevices",
        path: "/v1/devices",
        tag: TAG,
        summary: "List phones, oldest first.",
        door: READ,
        query: Some(schema::<Page>),
        answers: &[(200, "A part of the list.", Content::Json(schema::<DevicePage>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
    Operation {
        id: "getDevice",
        path: "/v1/devices/{device}",
        tag: TAG,
        summary: "Read a phone's state.",
        door: READ,
        answers: &[(200, "Its state.", Content::Json(schema::<DeviceView>))],
        handler: Handler::Look(|look| Box::pin(get(look))),
        ..PLAIN
    },
    Operation {
        id: "createEnrolCode",
        method: &Method::POST,
        path: "/v1/devices/{device}/enrol-codes",
        tag: TAG,
        summary: "Make a fresh enrolment code.",
        text: "For a phone that was wiped: it keeps its id. Of four keys the oldest is retired.",
        door: ENROL,
        answers: &[(201, "The code.", Content::Json(schema::<DeviceMade>))],
        problems: &[(409, &["settled"])],
        handler: Handler::Change(|change| Box::pin(enrol_code(change))),
        ..PLAIN
    },
    Operation {
        id: "getAgreement",
        path: "/v1/devices/{device}/agreement",
        tag: TAG,
        summary: "Read the agreement and its schedule as it stands.",
        text: "The ETag is what a plan names in If-Match.",
        door: READ,
        answers: &[(200, "The agreement.", Content::Json(schema::<AgreementView>))],
        handler: Handler::Look(|look| Box::pin(agreement(look))),
        ..PLAIN
    },
    Operation {
        id: "getTimeline",
        path: "/v1/devices/{device}/timeline",
        tag: TAG,
        summary: "Read what is owed and what was paid.",
        door: READ,
        answers: &[(200, "The money.", Content::Json(schema::<TimelineView>))],
        handler: Handler::Look(|look| Box::pin(money(look))),
        ..PLAIN
    },
    Operation {
        id: "listOrders",
        path: "/v1/devices/{device}/orders",
        tag: TAG,
        summary: "Read what was sent to a phone, and what it answered.",
        door: READ,
        answers: &[(200, "The orders.", Content::Json(schema::<OrderList>))],
        handler: Handler::Look(|look| Box::pin(sent(look))),
        ..PLAIN
    },
];

/// An opaque place in a list.
pub(super) fn cursor(parts: &[&str]) -> String {
    encode(parts.join("|").as_bytes())
}

/// Reads it back.
pub(super) fn place<const N: usize>(cursor: &str) -> Result<[String; N], Problem> {
    let text = decode(cursor.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = text.map(|text| text.split('|').map(str::to_owned).collect::<Vec<_>>());
    parts.and_then(|parts| parts.try_into().ok()).ok_or(bad_cursor())
}

/// A place in a list by time: when its row was made, milliseconds, and its id.
pub(super) fn timed(cursor: &str) -> Result<(i64, String), Problem> {
    let [ms, id] = place(cursor)?;
    Ok((ms.parse().map_err(|_| bad_cursor())?, id))
}

/// A place in a list by number.
pub(super) fn numbered(cursor: &str) -> Result<i64, Problem> {
    let [number] = place::<1>(cursor)?;
    number.parse().map_err(|_| bad_cursor())
}

/// 400 `bad_cursor`.
pub(super) const fn bad_cursor() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "bad_cursor",
        "Send `next` of the page before, or no `after` at all.",
    )
}

/// How many rows, 1 to 100.
pub(super) fn limit(asked: Option<u32>) -> Result<i64, Problem> {
    match asked.unwrap_or(ROWS) {
        n @ 1..=100 => Ok(i64::from(n)),
        _ => Err(Problem::malformed().next("limit is 1 to 100")),
    }
}

/// A stored number that is never negative.
pub(super) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let after = page
        .after
        .as_deref()
        .map_or(Ok((i64::MIN, String::new())), timed)?;
    let mut rows = pages::devices(look.conn, look.asked.tenant(), (after.0, &after.1), limit + 1).await?;
    let last = pages::cut(&mut rows, limit);
    let next = last.map(|row| cursor(&[&row.created.ms().to_string(), row.device.as_str()]));
    let devices = rows.into_iter().map(|row| DeviceRow {
        device: row.device,
        contract: row.contract,
        created: row.created.unix_s(),
    });
    Answer::ok(&DevicePage {
        devices: devices.collect(),
        next,
    })
}

async fn create(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let asked: NewDevice = change.asked.json()?;
    let bad = |what: String| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_agreement", "")
            .at("/agreement")
            .next(what)
    };
    let bytes = decode(asked.agreement.as_bytes());
    let bytes = bytes.ok_or_else(|| bad("The agreement is not base64url without padding.".to_owned()))?;
    let read = Agreement::parse(&bytes);
    let read = read.map_err(|_| {
        bad("The agreement is not one that a phone reads; see protocol, chapter 8.".to_owned())
    })?;
    if read.tenant != *change.asked.tenant().name() {
        return Err(bad("The agreement names another tenant.".to_owned()).into());
    }
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    if !enrol::may_add(&read, trust::sandbox(&mut work.tx, tenant).await?) {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "may_not_enrol",
            "No phone may be enrolled under this market's rules; make the contract under another market.",
        )
        .at("/agreement")
        .into());
    }
    match contracts::get(&mut work.tx, tenant, read.r#ref.as_str()).await {
        Err(LenderError::NotFound(_)) => {}
        Ok(_) => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "device_exists",
                "This contract has a phone; make a fresh code with POST /v1/devices/{device}/enrol-codes.",
            )
            .at("/agreement")
            .into());
        }
        Err(error) => return Err(error.into()),
    }
    let now = work.now;
    let token = random::typed(crate::story::TOKEN)?;
    let contract = contracts::insert(&mut work.tx, tenant, &bytes, &token, now).await?;
    let device = random::device_id()?;
    devices::insert(&mut work.tx, tenant, &device, &contract, now).await?;
    if let Some(hash) = &asked.serial_hash {
        enrolment::bind_serial(&mut work.tx, tenant, &device, hash.as_str()).await?;
    }
    work.terms(&device).await?;
    made(work, device, contract, &read).await
}

async fn enrol_code(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let device = change.asked.device()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let contract = work.open_contract(&device).await?;
    let now = work.now;
    enrolment::retire_oldest(&mut work.tx, tenant, &device, enrolment::MAX_KEYS - 1, now).await?;
    made(work, device, contract.id, &contract.read).await
}

/// What a phone is provisioned with, and a fresh code in it.
async fn made(
    work: &mut Work<'_>,
    device: DeviceId,
    contract: String,
    agreement: &Agreement,
) -> Result<Answer, Fault> {
    let root = trust::newest(&mut work.tx, work.tenant, trust::Kind::Root).await?;
    let made = DeviceMade {
        market: agreement.market.as_str().to_owned(),
        root: root.ok_or(LenderError::NotFound("no root"))?,
        enrol_code: Some(enrol::fresh_code(&mut work.tx, work.tenant, &device, work.now).await?),
        device,
        contract,
    };
    Ok(Answer::new(StatusCode::CREATED, &made)?.once("enrol_code"))
}

async fn get(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let device = look.asked.device()?;
    let tenant = look.asked.tenant();
    let row = devices::get(look.conn, tenant, &device).await?;
    let contract = contracts::get(look.conn, tenant, &row.contract).await?;
    let told = pages::told(look.conn, tenant, &device).await?;
    let lock = outstanding(look.conn, tenant, &device).await?;
    let lock = lock.map(|lock| claims::<Lock>(&lock.jws)).transpose()?;
    let offered = orders::after(look.conn, tenant, &device, 0, i64::MAX).await?;
    let receipt = offered.into_iter().rev().find_map(|order| {
        Some(ReceiptView {
            seq: count(order.seq),
            code: order.receipt?,
        })
    });
    let view = DeviceView {
        device,
        contract: contract.id,
        settled: contract.settled,
        mode: told.mode,
        lock: lock.map(|lock| LockView {
            lock_id: lock.lock_id,
            level: lock.level,
            instalment: lock.instalment,
            since: lock.since.get(),
        }),
        released_through: count(row.released_through),
        head_seq: count(told.head),
        last_receipt: receipt,
        last_seen: row.seen_ms.map(|ms| count(ms / 1000)),
        rollback_seen: row.rolled_back_ms.map(|ms| count(ms / 1000)),
        lifted_unknown: row.lifted_unknown_ms.map(|ms| count(ms / 1000)),
        provisional: (row.used_provisional > 0).then(|| count(row.used_lock_id)),
    };
    let tag = etag(&view)?;
    Ok(Answer::ok(&view)?.versioned(tag))
}

/// The agreement of a phone as it stands, for those who read it and those who change it.
pub(super) async fn agreement_of(
    conn: &mut Conn,
    tenant: &crate::auth::Tenant,
    contract: &Contract,
) -> Result<AgreementView, LenderError> {
    let instalments = contracts::instalments(conn, tenant, &contract.id).await?;
    Ok(AgreementView {
        agreement: contract.agreement.clone(),
        sha256: contract.agreement_hash(),
        market: contract.read.market.as_str().to_owned(),
        cur: contract.read.cur.as_str().to_owned(),
        schedule: instalments.iter().map(instalment).collect(),
        compensation_per_hour: Profile::by_id(&contract.read.profile)
            .map(|profile| profile.owner_under(&contract.read).compensation_minor_per_hour)
            .filter(|minor| *minor > 0),
    })
}

fn instalment(row: &crate::money::Instalment) -> InstalmentView {
    InstalmentView {
        no: row.no,
        due: Date(row.due),
        minor: row.minor,
        paid: row.paid,
        planned: row.planned,
        replaced: row.replaced,
    }
}

async fn agreement(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let device = look.asked.device()?;
    let tenant = look.asked.tenant();
    let row = devices::get(look.conn, tenant, &device).await?;
    let contract = contracts::get(look.conn, tenant, &row.contract).await?;
    let view = agreement_of(look.conn, tenant, &contract).await?;
    let tag = etag(&view)?;
    Ok(Answer::ok(&view)?.versioned(tag))
}

async fn money(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let device = look.asked.device()?;
    let (tenant, now) = (look.asked.tenant(), look.asked.house.now());
    let row = devices::get(look.conn, tenant, &device).await?;
    let contract = contracts::get(look.conn, tenant, &row.contract).await?;
    let timeline = timeline::of(look.conn, tenant, &contract, now).await?;
    let booked = payments::all(look.conn, tenant, &contract.id).await?;
    let due = compensation::of(look.conn, tenant, &device, now).await?;
    let payments = booked.into_iter().map(|payment| PaymentView {
        payment: payment.payment,
        provider: payment.provider,
        minor: count(payment.minor),
        paid_at: count(payment.paid_ms / 1000),
        reversed_at: payment.reversed_ms.map(|ms| count(ms / 1000)),
        refunded: Some(count(payment.refunded)).filter(|back| *back > 0),
    });
    let sums = &timeline.sums;
    Answer::ok(&TimelineView {
        cur: contract.read.cur.as_str().to_owned(),
        total: sums.total,
        paid: sums.paid,
        due_now: sums.due_now,
        unlocks_now: sums.unlocks_now,
        left: sums.left,
        fees: sums.fees,
        instalments: timeline.instalments.iter().map(instalment).collect(),
        payments: payments.collect(),
        compensations: due
            .into_iter()
            .map(|due| CompensationView::of(&device, due))
            .collect(),
    })
}

async fn sent(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let device = look.asked.device()?;
    let tenant = look.asked.tenant();
    devices::get(look.conn, tenant, &device).await?;
    let offered = orders::after(look.conn, tenant, &device, 0, i64::MAX).await?;
    let orders = offered.iter().map(OrderView::stored);
    Answer::ok(&OrderList {
        orders: orders.collect::<Result<_, _>>()?,
    })
}
