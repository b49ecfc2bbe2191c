//! What phones report: receipts, and the messages of their owners.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::orders::claims as order_claims;
use crate::problem::Problem;
use crate::store::{Conn, claims, contracts, devices, int, orders, query_as};
use crate::webhooks::{self, Event};
use axum::http::StatusCode;
use latchkey_core::order::claims::{Lock, typ};
use latchkey_core::order::values::{DeviceId, No};
use latchkey_core::profile::{Owner, Profile};
use latchkey_core::refusal::Code;
use latchkey_core::wire::{ClaimAnswer, ClaimKind, ClaimRequest, Receipts};
use serde_json::json;

/// Receipts in one request.
pub(crate) const MOST_RECEIPTS: usize = 64;
/// Characters of a message.
pub(crate) const MOST_TEXT: usize = 500;
/// Messages of one kind that wait for an answer.
const MOST_OPEN: i64 = 8;
/// A refusal that names no time is tried again after this, seconds,
const RETRY_S: u32 = 900;
/// and none sooner than this.
const SOONEST_RETRY_S: u32 = 5;

/// Writes receipts down. One for bytes that never went out is let pass: a restored server must not block the
/// phone's outbox.
pub(crate) async fn receipts(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    told: &Receipts,
) -> Result<(), LenderError> {
    let mut work = house.begin(tenant).await?;
    let now = work.now;
    work.hold(device).await?;
    for receipt in &told.receipts {
        let retryable = Code::parse(&receipt.code).is_some_and(Code::retryable);
        let wait = receipt.retry_after_s.unwrap_or(RETRY_S).max(SOONEST_RETRY_S);
        let retry = retryable.then(|| now.plus_s(i64::from(wait)));
        let before = orders::receipted(&mut work.tx, tenant, device, receipt).await?;
        let kind = orders::receipt(&mut work.tx, tenant, device, receipt, retry, now).await?;
        let taken = receipt.code == "ok" || receipt.code == Code::NNoEffect.as_str();
        let settled = taken && kind.as_deref() == Some(typ::SETTLE);
        devices::note_receipt(&mut work.tx, tenant, device, &receipt.mode, settled, now).await?;
        if let Some((kind, order, lock_id, before)) = before
            && before.as_deref() != Some(receipt.code.as_str())
        {
            let ids = json!({"device": device.as_str(), "order": order, "lock_id": lock_id});
            for event in events(&kind, taken) {
                webhooks::tell(&mut work.tx, tenant, event, ids.clone(), now).await?;
            }
        }
    }
    work.stand_still(device, 0).await?;
    // A poll that waits recomputes when it must look again.
    work.tx.wake(device);
    work.tx.commit().await
}

/// What a receipt means to others.
fn events(kind: &str, taken: bool) -> Vec<Event> {
    if !taken {
        return vec![Event::OrderRejected];
    }
    let more = match kind {
        typ::LOCK => Some(Event::DeviceLocked),
        typ::RELEASE => Some(Event::DeviceReleased),
        typ::SETTLE => Some(Event::DeviceSettled),
        _ => None,
    };
    [Event::OrderDelivered].into_iter().chain(more).collect()
}

/// Takes a message of the owner; the same id again gets the same answer.
///
/// # Errors
/// 422 `claim_instalment`, 409 `claims_open`.
pub(crate) async fn claim(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    told: &ClaimRequest,
) -> Result<ClaimAnswer, Problem> {
    let mut tx = house.store.begin().await?;
    tx.hold(tenant, device).await?;
    let now = house.now();
    if !claims::knows(&mut tx, tenant, device, &told.id).await? {
        has_a_place(&mut tx, tenant, device, told).await?;
    }
    let answer_s = answer_s(&mut tx, tenant, device, told.kind).await?;
    if claims::insert(&mut tx, tenant, device, told, now, now.plus_s(answer_s)).await? {
        let ids = json!({"device": device.as_str(), "claim": told.id.as_str()});
        webhooks::tell(&mut tx, tenant, Event::ClaimOpened, ids, now).await?;
    }
    let said = claims::get(&mut tx, tenant, device, &told.id).await?;
    tx.commit().await?;
    Ok(ClaimAnswer {
        id: told.id.clone(),
        answer_by: said.answer_by.secs()?,
    })
}

/// Whether a new message is about something, and there is room for it.
async fn has_a_place(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &ClaimRequest,
) -> Result<(), Problem> {
    if let Some(no) = told.instalment {
        let row = devices::get(conn, tenant, device).await?;
        let instalments = contracts::instalments(conn, tenant, &row.contract).await?;
        let owed = instalments
            .iter()
            .any(|i| i.no == no && i.open() > 0 && !i.replaced);
        if !owed && !about_its_lock(conn, tenant, device, told, no).await? {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "claim_instalment",
                "Nothing is owed for this instalment, so there is nothing to be said about it.",
            )
            .at("/instalment"));
        }
    }
    if claims::open(conn, tenant, device, told.kind).await? >= MOST_OPEN {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "claims_open",
            "Wait until the lender has answered what was said before.",
        ));
    }
    Ok(())
}

/// Whether a message about a lock names the lock's own instalment, or a lock that is not known here: its phone may not have
/// heard yet that nothing is owed, and what it says of its lock is heard.
async fn about_its_lock(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &ClaimRequest,
    no: No,
) -> Result<bool, LenderError> {
    let lock_id = int(told.lock_id.get());
    if lock_id == 0 {
        return Ok(false);
    }
    let ever = orders::ever_of_kind(conn, tenant, device, typ::LOCK).await?;
    let Some(named) = ever.iter().find(|lock| lock.lock_id == lock_id) else {
        return Ok(true);
    };
    Ok(order_claims::<Lock>(&named.jws)?.instalment == no)
}

/// Within how many seconds market or contract want a message answered: "I have paid" before the phone opens by itself.
async fn answer_s(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    kind: ClaimKind,
) -> Result<i64, LenderError> {
    let row = devices::get(conn, tenant, device).await?;
    let contract = contracts::get(conn, tenant, &row.contract).await?;
    let profile = Profile::by_id(&contract.read.profile);
    let owner = profile.map_or_else(Owner::default, |p| p.owner_under(&contract.read));
    Ok(match kind {
        ClaimKind::Paid => i64::from(owner.paid_claim_min) * 60,
        ClaimKind::Dispute | ClaimKind::Hardship | ClaimKind::Return => {
            i64::from(owner.dispute_answer_days) * 86_400
        }
    })
}

/// Whether "I have paid" waits for an answer: then the phone is asked to come back soon.
pub(crate) async fn waits_for_answer(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM claims WHERE tenant = $1 AND device = $2 AND kind = 'paid'
           AND answer_by_ms > $3 AND outcome IS NULL",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(now.ms())
    .fetch_one(conn)
    .await?;
    Ok(n > 0)
}
