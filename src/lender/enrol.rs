//! Enrolment: a code, a key, and the same phone keeps the same id for the life of its contract (protocol §5, §8).

use crate::auth::device::{Incoming, PublicKey};
use crate::auth::{Tenant, code_holder};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::problem::Problem;
use crate::random;
use crate::store::{Conn, Tx, contracts, devices, enrolment, trust};
use axum::http::StatusCode;
use latchkey_core::agreement::Agreement;
use latchkey_core::order::values::DeviceId;
use latchkey_core::profile::{Profile, RuleStatus};
use latchkey_core::wire::{Enrol, Enrolment};

/// A fresh code is accepted for 30 days,
const CODE_LIFE_S: i64 = 30 * 86_400;
/// and gives its first key the same answer for 7 days.
const SAME_ANSWER_S: i64 = 7 * 86_400;

/// Makes a code for a phone.
pub(crate) async fn fresh_code(
    tx: &mut Tx,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<String, LenderError> {
    let code = random::typed(16)?;
    enrolment::insert_code(tx, tenant, device, &code, now, now.plus_s(CODE_LIFE_S)).await?;
    Ok(code)
}

/// Enrols a key.
pub(crate) async fn enrol(
    house: &House,
    incoming: &Incoming<'_>,
    body: &Enrol,
) -> Result<Enrolment, Problem> {
    let now = house.now();
    let key = PublicKey::from_jwk(&body.key)?;
    let mut tx = house.store.begin().await?;
    let (tenant, device) = code_holder(&mut tx, &body.code).await?.ok_or_else(bad_code)?;
    tx.hold(&tenant, &device).await?;
    incoming.holder(&mut tx, &tenant, &key, now).await?;
    let outcome = take_key(&mut tx, &tenant, &device, body, &key, now).await;
    // The nonce stays used, whatever comes of it.
    match outcome {
        Ok(()) => {
            let answer = enrolment_of(&mut tx, &tenant, &device).await?;
            tx.commit().await?;
            Ok(answer)
        }
        Err(problem) => {
            tx.commit().await?;
            Err(problem)
        }
    }
}

async fn take_key(
    tx: &mut Tx,
    tenant: &Tenant,
    device: &DeviceId,
    body: &Enrol,
    key: &PublicKey,
    now: Moment,
) -> Result<(), Problem> {
    let row = devices::get(tx, tenant, device).await?;
    let contract = contracts::get(tx, tenant, &row.contract).await?;
    if contract.settled {
        return Err(Problem::new(
            StatusCode::GONE,
            "settled",
            "The contract is settled; this phone needs no enrolment.",
        ));
    }
    if !may_enrol(&contract.read, trust::sandbox(tx, tenant).await?) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "may_not_enrol",
            "No phone may be enrolled under this market's rules. Ask the lender for a contract of another market.",
        ));
    }
    let code = enrolment::code(tx, tenant, &body.code)
        .await?
        .ok_or_else(bad_code)?;
    let thumbprint = key.thumbprint();
    match (&code.used_by, code.used_ms) {
        (Some(first), Some(used)) if *first == thumbprint => {
            if Moment::from_ms(used).plus_s(SAME_ANSWER_S) < now {
                return Err(code_used());
            }
        }
        (Some(_), _) => return Err(code_used()),
        (None, _) if Moment::from_ms(code.expires_ms) < now => return Err(bad_code()),
        (None, _) => {}
    }
    // A code is for one phone: another serial number cannot take its place.
    if row
        .serial_hash
        .as_deref()
        .is_some_and(|known| known != body.serial_hash.as_str())
    {
        return Err(bad_code());
    }
    let keys = enrolment::keys(tx, tenant, device).await?;
    if keys.len() >= enrolment::MAX_KEYS && !keys.contains(key) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "too_many_keys",
            "Ask the lender to retire an old key of this phone.",
        ));
    }
    enrolment::bind_serial(tx, tenant, device, body.serial_hash.as_str()).await?;
    enrolment::add_key(tx, tenant, device, key, now).await?;
    enrolment::use_code(tx, tenant, &body.code, &thumbprint, now).await?;
    Ok(())
}

/// Whether a phone may be enrolled under an agreement: as the phone asks it. A market that enrols nobody, or that
/// nobody knows, is enrolled in a sandbox alone, to be looked at.
pub(crate) fn may_enrol(agreement: &Agreement, sandbox: bool) -> bool {
    let profile = Profile::by_id(&agreement.profile);
    let may = profile.is_some_and(|profile| profile.permission.may_enrol);
    sandbox || (may && agreement.profile == agreement.market)
}

/// Whether a phone may be added under an agreement. A demo market is a sandbox's alone: its rules are no law's.
pub(crate) fn may_add(agreement: &Agreement, sandbox: bool) -> bool {
    let profile = Profile::by_id(&agreement.profile);
    let demo = profile.is_some_and(|profile| profile.permission.rule_status == RuleStatus::Demo);
    may_enrol(agreement, sandbox) && (sandbox || !demo)
}

/// The answer to an enrolment, and to a phone that lost its agreement.
pub(crate) async fn enrolment_of(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Enrolment, LenderError> {
    let row = devices::get(conn, tenant, device).await?;
    let contract = contracts::get(conn, tenant, &row.contract).await?;
    Ok(Enrolment {
        device: device.clone(),
        agreement: contract.agreement,
        trust: trust::above(conn, tenant, 0).await?,
    })
}

fn bad_code() -> Problem {
    Problem::unauthorised("bad_code", "Ask the lender for a fresh code.")
}

fn code_used() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "code_used",
        "Another key used this code. Ask the lender for a fresh one.",
    )
}
