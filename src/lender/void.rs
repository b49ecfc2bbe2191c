//! Withdrawing a key: what it signed is not believed any more, and what was right of it is signed again.
//!
//! The wish is stored first, then the key file changes, then the key set: a crash in between is finished at the next
//! start. Locks that stand on the key are lifted by the phone itself; here they count as lifted too, and a genuine one
//! is signed anew under the next number (protocol §2, *Void*).

use crate::auth::Tenant;
use crate::breaker::Pass;
use crate::compensation::Cause;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::lock::{LockText, standing};
use crate::orders::claims;
use crate::sign;
use crate::store::orders::{Fate, StoredOrder};
use crate::store::{Turn, devices, orders, settings};
use latchkey_core::order::claims::{Lock, typ};
use latchkey_core::order::values::{DeviceId, Kid, Level};
use latchkey_core::refusal::Code;

const WITHDRAWN: &str = "withdrawn";

/// Withdraws one key.
pub(crate) async fn withdraw(house: &House, tenant: &Tenant, kid: &Kid) -> Result<(), LenderError> {
    let mut tx = house.store.begin().await?;
    tx.turn(tenant, Turn::Trust).await?;
    let before = settings::get(&mut tx, tenant, WITHDRAWN)
        .await?
        .unwrap_or_default();
    settings::set(&mut tx, tenant, WITHDRAWN, format!("{before} {kid}").trim()).await?;
    tx.commit().await?;
    let mut work = house.begin(tenant).await?;
    finish(house, &mut work).await?;
    work.tx.commit().await
}

/// Carries every stored wish out that is not carried out yet.
pub(crate) async fn finish(house: &House, work: &mut Work<'_>) -> Result<(), LenderError> {
    let tenant = work.tenant;
    work.tx.turn(tenant, Turn::Trust).await?;
    let Some(text) = settings::get(&mut work.tx, tenant, WITHDRAWN).await? else {
        return Ok(());
    };
    let kids = text.split(' ').map(Kid::try_from).collect::<Result<Vec<_>, _>>();
    let kids = kids.map_err(|_| LenderError::Damaged("a key id"))?;
    let known = crate::store::trust::void(&mut work.tx, tenant).await?;
    if kids.iter().all(|kid| known.contains(kid)) {
        return Ok(());
    }
    for kid in &kids {
        house.office(tenant)?.replace_key(kid)?;
    }
    work.signer = house.office(tenant)?.signer();
    house.key_set(&mut work.tx, tenant, &kids, 0).await?;
    work.tx.hold_all(tenant).await?;
    for device in devices::all(&mut work.tx, tenant).await? {
        mend(work, &device, &kids).await?;
    }
    Ok(())
}

/// Brings one phone's queue in order after keys went void.
async fn mend(work: &mut Work<'_>, device: &DeviceId, void: &[Kid]) -> Result<(), LenderError> {
    let tenant = work.tenant;
    let by_void = |jws: &str| sign::kid_of(jws).is_some_and(|kid| void.contains(&kid));
    work.hold(device).await?;
    let locks = standing(&mut work.tx, tenant, device).await?;
    let notices = orders::of_kind(&mut work.tx, tenant, device, typ::NOTICE).await?;
    // Each lock that the phone may hold or get: one of them may go, and another one stay.
    let (mut gone, mut stays) = (Vec::new(), Vec::new());
    for lock in &locks {
        let named: Lock = claims(&lock.jws)?;
        let void_notice =
            |n: &StoredOrder| by_void(&n.jws) && named.notices.iter().any(|jti| jti.as_str() == n.jti);
        if by_void(&lock.jws) || notices.iter().any(void_notice) {
            gone.push((lock.lock_id, named));
        } else {
            stays.push(lock.lock_id);
        }
    }
    for notice in notices.iter().filter(|n| by_void(&n.jws)) {
        orders::cancel(&mut work.tx, tenant, device, notice.seq).await?;
    }
    for kind in [typ::RELEASE, typ::GRACE, typ::SETTLE, typ::PLAN] {
        for order in orders::of_kind(&mut work.tx, tenant, device, kind).await? {
            if order.fate() == Fate::Open && by_void(&order.jws) {
                work.offer_again(device, &order).await?;
                orders::cancel(&mut work.tx, tenant, device, order.seq).await?;
            }
        }
    }
    let terms = orders::of_kind(&mut work.tx, tenant, device, typ::TERMS).await?;
    if terms
        .last()
        .is_some_and(|t| t.fate() == Fate::Open && by_void(&t.jws))
    {
        for old in terms.iter().filter(|t| t.fate() == Fate::Open) {
            orders::cancel(&mut work.tx, tenant, device, old.seq).await?;
        }
        skip_settled(work.terms(device).await)?;
    }
    for (lock_id, _) in &gone {
        orders::cancel_lock(&mut work.tx, tenant, device, *lock_id).await?;
    }
    // Through the highest one that is lifted with all below it; one that stays keeps its number in force.
    let lifted = gone.iter().map(|(lock_id, _)| *lock_id);
    let lifted = lifted.filter(|gone| stays.iter().all(|stays| stays > gone)).max();
    if let Some(through) = lifted {
        devices::released(&mut work.tx, tenant, device, through).await?;
    }
    gone.sort_by_key(|(lock_id, _)| std::cmp::Reverse(*lock_id));
    let Some((top, lock)) = gone.first() else {
        return Ok(());
    };
    if stays.iter().any(|stays| stays > top) {
        return Ok(());
    }
    if !sign_anew(work, device, lock).await? {
        // Nobody can prove any more that they were right. Locks for one instalment count once.
        let mut told = Vec::new();
        for (_, lock) in &gone {
            if !told.contains(&lock.instalment) {
                told.push(lock.instalment);
                work.wrong(device, lock, Cause::Void, None, None).await?;
            }
        }
    }
    Ok(())
}

/// A genuine lock stands again under the next number; without its notices the rule refuses, and that is right. `false`: it
/// was refused.
async fn sign_anew(work: &mut Work<'_>, device: &DeviceId, lock: &Lock) -> Result<bool, LenderError> {
    let text = LockText {
        level: lock.level,
        instalment: lock.instalment,
        answers: lock.answers.clone(),
        refs: lock.refs.to_vec(),
    };
    work.pass = Pass::Anew;
    let mut again = work.lock(device, &text).await;
    // Where levels come in order, those that a void key reached were never reached: it begins anew.
    if matches!(&again, Err(LenderError::Refused(refusal)) if refusal.code == Code::PLevel) {
        let level = Level::MIN;
        again = work.lock(device, &LockText { level, ..text }).await;
    }
    work.pass = Pass::Counted;
    match again {
        Ok(_)
        | Err(
            LenderError::Settled
            | LenderError::NothingOwed
            | LenderError::LocksStopped
            | LenderError::AlreadyLocked,
        ) => Ok(true),
        Err(LenderError::Refused(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

fn skip_settled<T>(outcome: Result<T, LenderError>) -> Result<(), LenderError> {
    match outcome {
        Ok(_) | Err(LenderError::Settled) => Ok(()),
        Err(e) => Err(e),
    }
}
