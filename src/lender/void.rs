//! Withdrawing a key: what it signed is not believed any more, and what was right of it is signed again.
//!
//! The wish is stored first, then the key file changes, then the key set: a crash in between is finished at the next
//! start. Locks that stand on the key are lifted by the phone itself; here they count as lifted too, and a genuine one
//! is signed anew under the next number (protocol §2, *Void*). That takes a phone a moment (spoken codes are made), and
//! a million of them hours, so each phone is mended by itself: no release waits for the phones before it.

use crate::auth::Tenant;
use crate::breaker::Pass;
use crate::compensation::Cause;
use crate::error::LenderError;
use crate::house::{House, Ready, Work};
use crate::lock::{LockText, ready, standing};
use crate::orders::claims;
use crate::sign;
use crate::store::orders::{Fate, StoredOrder};
use crate::store::{Conn, Turn, devices, orders, settings};
use crate::worker::Worker;
use latchkey_core::order::claims::{Lock, typ};
use latchkey_core::order::values::{DeviceId, Kid, Level, LockId};
use latchkey_core::refusal::Code;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

const WITHDRAWN: &str = "withdrawn";
/// How far the phones' queues are in order again: how many keys were void then, and the last phone.
const MENDED: &str = "withdrawn_mended";

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
    publish(house, &mut work).await?;
    work.tx.commit().await?;
    mend_all(house, tenant).await
}

/// The keys that shall be void.
async fn wished(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Kid>, LenderError> {
    let text = settings::get(conn, tenant, WITHDRAWN).await?.unwrap_or_default();
    let kids = text
        .split_whitespace()
        .map(Kid::try_from)
        .collect::<Result<_, _>>();
    kids.map_err(|_| LenderError::Damaged("a key id"))
}

/// Replaces the keys of every stored wish that is not carried out yet, and signs the key set that says so. Phones lift
/// by it what stood on them; their queues here are mended after it, by `mend_all`.
pub(crate) async fn publish(house: &House, work: &mut Work<'_>) -> Result<(), LenderError> {
    let tenant = work.tenant;
    work.tx.turn(tenant, Turn::Trust).await?;
    let kids = wished(&mut work.tx, tenant).await?;
    let known = crate::store::trust::void(&mut work.tx, tenant).await?;
    if kids.iter().all(|kid| known.contains(kid)) {
        return Ok(());
    }
    for kid in &kids {
        house.office(tenant)?.replace_key(kid)?;
    }
    work.signer = house.office(tenant)?.signer();
    house.key_set(&mut work.tx, tenant, &kids, 0).await?;
    settings::set(&mut work.tx, tenant, MENDED, &format!("{} ", kids.len())).await
}

/// Brings the queues of all phones in order, one phone a transaction: meanwhile releases, payments and check-ins go on,
/// for other phones and for this one as soon as it is done. Where it stops it goes on later.
pub(crate) async fn mend_all(house: &House, tenant: &Tenant) -> Result<(), LenderError> {
    while !house.stops() {
        let mut conn = house.store.read().await?;
        let Some(at) = settings::get(&mut conn, tenant, MENDED).await? else {
            return Ok(());
        };
        let (count, last) = at.split_once(' ').ok_or(LenderError::Damaged(MENDED))?;
        let kids = wished(&mut conn, tenant).await?;
        let next = next_touched(house, &mut conn, tenant, last, &kids).await?;
        drop(conn);
        let ready = match &next {
            Some(device) => rehearse(house, tenant, device, &kids).await?,
            None if house.stops() => return Ok(()),
            None => None,
        };
        let mut work = house.begin(tenant).await?;
        work.prepared.ready = ready;
        if let Some(device) = &next {
            mend(&mut work, device, &kids).await?;
        }
        let mended = next.map(|device| format!("{count} {device}"));
        // Whoever came before, or withdrew another key, goes on from there; this one looks again.
        if settings::replace(&mut work.tx, tenant, MENDED, &at, mended.as_deref()).await? {
            work.tx.commit().await?;
        }
    }
    Ok(())
}

/// So many phones are looked at before anybody asks whether the server stops.
const AT_ONCE: i64 = 100;

/// The next phone with an order of a void key.
async fn next_touched(
    house: &House,
    conn: &mut Conn,
    tenant: &Tenant,
    last: &str,
    void: &[Kid],
) -> Result<Option<DeviceId>, LenderError> {
    let mut from = last.to_owned();
    while !house.stops() {
        let some = devices::after(conn, tenant, &from, AT_ONCE).await?;
        for device in &some {
            if is_touched(conn, tenant, device, void).await? {
                return Ok(Some(device.clone()));
            }
        }
        match some.last() {
            Some(device) => from = device.as_str().to_owned(),
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// Whether a phone's queue has an order of a void key.
async fn is_touched(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    void: &[Kid],
) -> Result<bool, LenderError> {
    let all = orders::after(conn, tenant, device, 0, i64::MAX).await?;
    Ok(all.iter().any(|order| by_one_of(&order.jws, void)))
}

/// A phone that asks is mended before it is heard and answered: it hears of the void key together with the lock that stands
/// anew, and what it says of the lock that it lifted is no riddle.
pub(crate) async fn mend_first(house: &House, tenant: &Tenant, device: &DeviceId) -> Result<(), LenderError> {
    let mut conn = house.store.read().await?;
    let Some(at) = settings::get(&mut conn, tenant, MENDED).await? else {
        return Ok(());
    };
    let (_, last) = at.split_once(' ').ok_or(LenderError::Damaged(MENDED))?;
    let kids = wished(&mut conn, tenant).await?;
    if device.as_str() <= last || !is_touched(&mut conn, tenant, device, &kids).await? {
        return Ok(());
    }
    drop(conn);
    let ready = rehearse(house, tenant, device, &kids).await?;
    let mut work = house.begin(tenant).await?;
    work.prepared.ready = ready;
    mend(&mut work, device, &kids).await?;
    work.tx.commit().await
}

fn by_one_of(jws: &str, void: &[Kid]) -> bool {
    sign::kid_of(jws).is_some_and(|kid| void.contains(&kid))
}

/// Makes the spoken codes of the lock that is signed anew, if one is: no transaction shall last as long as that takes.
async fn rehearse(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    void: &[Kid],
) -> Result<Option<Ready>, LenderError> {
    let mut work = house.begin(tenant).await?;
    let Some(codes) = work.rehearses() else {
        return Ok(None);
    };
    let Some(lock_id) = mend(&mut work, device, void).await? else {
        return Ok(None);
    };
    drop(work);
    ready(codes, device.clone(), lock_id).await.map(Some)
}

/// Goes on with what a server that ended left undone, until this one stops.
pub(crate) fn spawn(house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
    let worker = Worker {
        look: LOOK,
        bell: None,
        failed: "queues of phones still have orders of a void key",
        run: |house, tenant| Box::pin(async { mend_all(house, tenant).await.map(|()| None) }),
    };
    worker.spawn(house)
}

/// So often somebody looks whether a command began to withdraw a key and did not end.
const LOOK: Duration = Duration::from_secs(60);

/// Brings one phone's queue in order after keys went void. Returns the number of the lock that was signed anew.
async fn mend(work: &mut Work<'_>, device: &DeviceId, void: &[Kid]) -> Result<Option<LockId>, LenderError> {
    let tenant = work.tenant;
    let by_void = |jws: &str| by_one_of(jws, void);
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
        return Ok(None);
    };
    if stays.iter().any(|stays| stays > top) {
        return Ok(None);
    }
    match sign_anew(work, device, lock).await? {
        Anew::Signed(lock_id) => return Ok(Some(lock_id)),
        Anew::Needless => {}
        Anew::Refused => {
            // Nobody can prove any more that they were right. Locks for one instalment count once.
            let mut told = Vec::new();
            for (_, lock) in &gone {
                if !told.contains(&lock.instalment) {
                    told.push(lock.instalment);
                    work.wrong(device, lock, Cause::Void, None, None).await?;
                }
            }
        }
    }
    Ok(None)
}

/// What came of a lock that a void key had signed.
enum Anew {
    /// It stands again, under this number.
    Signed(LockId),
    /// Nothing is owed, or locks are stopped: it is gone.
    Needless,
    /// The rule refuses it.
    Refused,
}

/// A genuine lock stands again under the next number; without its notices the rule refuses, and that is right.
async fn sign_anew(work: &mut Work<'_>, device: &DeviceId, lock: &Lock) -> Result<Anew, LenderError> {
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
        Ok(sent) => Ok(Anew::Signed(claims::<Lock>(&sent.jws)?.lock_id)),
        Err(
            LenderError::Settled
            | LenderError::NothingOwed
            | LenderError::LocksStopped
            | LenderError::AlreadyLocked,
        ) => Ok(Anew::Needless),
        Err(LenderError::Refused(_)) => Ok(Anew::Refused),
        Err(e) => Err(e),
    }
}

fn skip_settled<T>(outcome: Result<T, LenderError>) -> Result<(), LenderError> {
    match outcome {
        Ok(_) | Err(LenderError::Settled) => Ok(()),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Lender, T};
    use crate::{Options, Sandbox};
    use latchkey_core::order::claims::Why;

    /// The key of the locks, withdrawn as far as a server came that ended then.
    async fn withdrawn_half(lender: &Lender) -> Kid {
        let house = lender.house();
        let tenant = &house.tenant;
        let conn = &mut house.store.read().await.unwrap();
        let device = devices::oldest(conn, tenant).await.unwrap().unwrap();
        let locks = orders::of_kind(conn, tenant, &device, typ::LOCK).await.unwrap();
        let kid = sign::kid_of(&locks[0].jws).unwrap();
        let mut work = house.begin(tenant).await.unwrap();
        settings::set(&mut work.tx, tenant, WITHDRAWN, kid.as_str())
            .await
            .unwrap();
        publish(&house, &mut work).await.unwrap();
        work.tx.commit().await.unwrap();
        kid
    }

    async fn queued(house: &House, device: &DeviceId) -> Vec<Option<Kid>> {
        let conn = &mut house.store.read().await.unwrap();
        let locks = orders::of_kind(conn, &house.tenant, device, typ::LOCK)
            .await
            .unwrap();
        locks.iter().map(|lock| sign::kid_of(&lock.jws)).collect()
    }

    async fn mended(house: &House) -> Option<String> {
        let conn = &mut house.store.read().await.unwrap();
        settings::get(conn, &house.tenant, MENDED).await.unwrap()
    }

    /// OWN-04: between two phones everything else goes on, and a phone that was released meanwhile is not locked anew.
    #[tokio::test]
    async fn releases_go_on_while_the_phones_of_a_void_key_are_mended() {
        for lender in Lender::at(T, false).await {
            lender.later(10);
            let phones = lender.late("demo", 3).await;
            let job = lender.job(&phones).await;
            assert_eq!(lender.run(&job).await, (0, 0, 3, 0));
            let void = withdrawn_half(&lender).await;
            let house = lender.house();
            assert_eq!(
                queued(&house, &phones[2]).await,
                [Some(void.clone())],
                "not mended yet"
            );
            lender
                .sandbox
                .desk()
                .for_phone(&phones[2])
                .release(Why::Goodwill)
                .await
                .unwrap();
            mend_all(&house, &house.tenant).await.unwrap();
            assert_eq!(mended(&house).await, None, "every phone was seen");
            for phone in &phones[..2] {
                let locks = queued(&house, phone).await;
                assert!(locks.iter().all(|kid| kid.as_ref() != Some(&void)) && locks.len() == 1);
                assert_eq!(lender.locks(phone).await.len(), 2, "the genuine lock stands anew");
            }
            let released = lender.locks(&phones[2]).await;
            assert_eq!(released.len(), 1, "what was released is not locked again");
        }
    }

    /// Whoever asks first is mended first, once.
    #[tokio::test]
    async fn a_phone_that_asks_is_mended_before_it_is_answered() {
        for lender in Lender::at(T, false).await {
            lender.later(10);
            let phones = lender.late("demo", 2).await;
            let job = lender.job(&phones).await;
            assert_eq!(lender.run(&job).await, (0, 0, 2, 0));
            let void = withdrawn_half(&lender).await;
            let house = lender.house();
            for _ in 0..2 {
                mend_first(&house, &house.tenant, &phones[1]).await.unwrap();
                assert_eq!(lender.locks(&phones[1]).await.len(), 2);
            }
            assert!(!queued(&house, &phones[1]).await.contains(&Some(void)));
            mend_all(&house, &house.tenant).await.unwrap();
            for phone in &phones {
                assert_eq!(lender.locks(phone).await.len(), 2, "each once");
            }
        }
    }

    /// What a server that ended left undone, the next one does by itself.
    #[tokio::test]
    async fn the_next_server_goes_on() {
        for lender in Lender::at(T, false).await {
            lender.later(10);
            let phones = lender.late("demo", 2).await;
            let job = lender.job(&phones).await;
            assert_eq!(lender.run(&job).await, (0, 0, 2, 0));
            let void = withdrawn_half(&lender).await;
            let Lender {
                sandbox,
                options,
                dir,
                ..
            } = lender;
            sandbox.shutdown().await.unwrap();
            let options = Options {
                by_hand: false,
                ..options
            };
            let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
            let house = sandbox.house();
            // No bell rings for it: the worker's own end is what is awaited.
            while mended(&house).await.is_some() {
                tokio::task::yield_now().await;
            }
            for phone in &phones {
                assert!(!queued(&house, phone).await.contains(&Some(void.clone())));
            }
            sandbox.shutdown().await.unwrap();
        }
    }
}
