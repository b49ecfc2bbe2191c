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
use crate::lock::LockText;
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
    let outstanding = work.lock_outstanding(device).await?;
    let notices = orders::of_kind(&mut work.tx, tenant, device, typ::NOTICE).await?;
    let lifted = match &outstanding {
        Some(lock) => {
            let named: Lock = claims(&lock.jws)?;
            let void_notice =
                |n: &StoredOrder| by_void(&n.jws) && named.notices.iter().any(|jti| jti.as_str() == n.jti);
            (by_void(&lock.jws) || notices.iter().any(void_notice)).then_some((lock.lock_id, named))
        }
        None => None,
    };
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
    if let Some((lock_id, lock)) = lifted {
        devices::released(&mut work.tx, tenant, device, lock_id).await?;
        orders::cancel_locks(&mut work.tx, tenant, device).await?;
        // A genuine lock stands again under the next number; without its notices the rule refuses, and that is right.
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
            Ok(_) | Err(LenderError::Settled | LenderError::NothingOwed | LenderError::LocksStopped) => {}
            // Nobody can prove any more that it was right.
            Err(LenderError::Refused(_)) => work.wrong(device, &lock, Cause::Void, None, None).await?,
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn skip_settled<T>(outcome: Result<T, LenderError>) -> Result<(), LenderError> {
    match outcome {
        Ok(_) | Err(LenderError::Settled) => Ok(()),
        Err(e) => Err(e),
    }
}
