//! One check-in: what the phone told is written down, then it is answered, at once or when there is news.

use crate::auth::Tenant;
use crate::breaker;
use crate::catch_up;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::lock::in_force;
use crate::on_its_way::{Way, undelivered};
use crate::orders::FRESH_MS;
use crate::report;
use crate::rotate;
use crate::sign::{self, Signer};
use crate::store::orders::{Fate, StoredOrder};
use crate::store::{Conn, bounded, claims, contracts, devices, int, orders, trust};
use crate::webhooks::{self, Event};
use latchkey_core::order::claims::{LockState, Role, Status, typ};
use latchkey_core::order::values::{AUDIENCE, DeviceId, LockIdOrNone, PollSecs, Secs, Seq, Version};
use latchkey_core::wire::{CheckIn, CheckInAnswer, Delivery};
use serde_json::json;
use std::time::Duration;

/// Orders in one answer.
const MOST: usize = 64;
/// Longest wait, seconds.
const LONGEST_WAIT_S: u32 = 55;
/// A waiting poll looks by itself so often: a lost wake costs this much and no more.
const LOOK_AGAIN: Duration = Duration::from_secs(25);
/// How long the owner is told that an older copy of the record was put back.
const ROLLBACK_SHOWN_MS: i64 = 30 * 86_400_000;
/// A phone holds at most so many key sets more than a server that was restored from a backup.
const KEYS_AHEAD: u32 = 100;

/// Answers a check-in.
pub(crate) async fn answer(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    told: &CheckIn,
) -> Result<CheckInAnswer, LenderError> {
    // A hundred thousand of these wait at once: what is done before and between stands on the heap while it is done, and
    // not in every future that waits.
    let after = Box::pin(note(house, tenant, device, told)).await?;
    let wait = Duration::from_secs(u64::from(told.wait_s.min(LONGEST_WAIT_S)));
    let deadline = tokio::time::Instant::now() + wait;
    let bell = house.wakes.bell(device);
    let mut stopping = house.stopping.clone();
    let _waiting = house.metrics.waits();
    loop {
        // Listen before looking, so that nothing falls between the two.
        let rung = bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        Box::pin(offer_due(house, tenant, device, after)).await?;
        let news = Box::pin(news(house, tenant, device, told, after)).await?;
        if news.stopped {
            // Locks were stopped between the two looks: it is kept back, and what frees goes on.
            continue;
        }
        let asked_anew = told.after.is_none();
        // The sender gone means the same as its word.
        let stopped = *stopping.borrow() || stopping.has_changed().is_err();
        if !news.is_empty() || asked_anew || tokio::time::Instant::now() >= deadline || stopped {
            return Box::pin(finish(house, tenant, device, told, news)).await;
        }
        let look = deadline.min(tokio::time::Instant::now() + news.look_in);
        tokio::select! {
            () = rung => {}
            () = tokio::time::sleep_until(look) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Writes the report down and finds the place in the delivery to go on from.
async fn note(house: &House, tenant: &Tenant, device: &DeviceId, told: &CheckIn) -> Result<i64, LenderError> {
    let mut work = house.begin(tenant).await?;
    let ours = trust::keys_version(&mut work.tx, tenant).await?;
    let theirs = i64::from(told.keys_version);
    if theirs > ours && theirs <= ours + i64::from(KEYS_AHEAD) {
        house
            .key_set(&mut work.tx, tenant, &[], told.keys_version)
            .await?;
    }
    work.hold(device).await?;
    let noted = devices::note_check_in(&mut work.tx, tenant, device, told, work.now).await?;
    if noted.provisional {
        let (ids, now) = (
            json!({"device": device.as_str(), "lock_id": told.lock_id.get()}),
            work.now,
        );
        webhooks::tell(&mut work.tx, tenant, Event::Provisional, ids, now).await?;
    }
    if noted.unknown {
        let ids = json!({"device": device.as_str(), "released_through": told.released_through.get()});
        let now = work.now;
        webhooks::tell(&mut work.tx, tenant, Event::LiftedUnknown, ids, now).await?;
    }
    work.lapse_disputes(device).await?;
    work.terms_if_changed(device).await?;
    let after = place(&mut work, device, told).await?;
    work.lift_uncounted(device, told).await?;
    work.stand_still(device, told.released_through.get().into())
        .await?;
    work.tx.commit().await?;
    Ok(after)
}

/// The number after which to deliver. A pair that is not ours, or a phone that lost everything, gets the catch-up set.
async fn place(work: &mut Work<'_>, device: &DeviceId, told: &CheckIn) -> Result<i64, LenderError> {
    let tenant = work.tenant;
    let mut older = false;
    if let Some(cursor) = &told.after {
        // It told us of later orders before: an older copy of its record was put back.
        let later = int(cursor.seq.get()) + 1;
        let rolled_back = orders::receipted_from(&mut work.tx, tenant, device, later).await?;
        if rolled_back {
            devices::rolled_back(&mut work.tx, tenant, device, work.now).await?;
        } else if orders::knows(&mut work.tx, tenant, device, cursor).await? {
            devices::catch_up(&mut work.tx, tenant, device, None).await?;
            return Ok(int(cursor.seq.get()));
        }
        older = rolled_back;
    } else if !orders::receipted_from(&mut work.tx, tenant, device, 0).await? {
        // It never told of any order: everything from the first one on.
        return Ok(0);
    }
    let row = devices::get(&mut work.tx, tenant, device).await?;
    if let Some(from) = row.catch_up_from
        && !orders::receipted_from(&mut work.tx, tenant, device, from).await?
    {
        // The set on its way was not answered yet: the same once more, or a phone that crashes fills the store.
        return Ok(from - 1);
    }
    if older {
        let (ids, now) = (json!({"device": device.as_str()}), work.now);
        webhooks::tell(&mut work.tx, tenant, Event::RollbackSeen, ids, now).await?;
    }
    catch_up::queue(work, device).await
}

/// What there is to tell.
struct News {
    trust: Vec<String>,
    orders: Vec<Delivery>,
    more: bool,
    look_in: Duration,
    /// Whether a lock is among them that may not go out.
    stopped: bool,
}

impl News {
    fn is_empty(&self) -> bool {
        self.trust.is_empty() && self.orders.is_empty()
    }
}

async fn news(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    told: &CheckIn,
    after: i64,
) -> Result<News, LenderError> {
    let mut conn = house.store.read().await?;
    let found = orders::after(&mut conn, tenant, device, after, MOST as i64 + 1).await?;
    let carries = found.iter().any(undelivered);
    let stopped = carries && breaker::stopped(&mut conn, tenant).await?.is_some();
    let retry = orders::next_retry(&mut conn, tenant, device).await?;
    let until_retry = retry.map(|at| {
        let ms = at.ms().saturating_sub(house.now().ms()).max(0);
        Duration::from_millis(u64::try_from(ms).unwrap_or(0) + 1)
    });
    Ok(News {
        trust: trust::above(&mut conn, tenant, i64::from(told.keys_version)).await?,
        more: found.len() > MOST,
        orders: found
            .iter()
            .take(MOST)
            .map(StoredOrder::delivery)
            .collect::<Result<_, _>>()?,
        stopped,
        look_in: until_retry.map_or(LOOK_AGAIN, |d| d.min(LOOK_AGAIN)),
    })
}

/// Offers again what was refused for now, and signs anew what would expire on its way.
async fn offer_due(house: &House, tenant: &Tenant, device: &DeviceId, after: i64) -> Result<(), LenderError> {
    let now = house.now();
    let mut conn = house.store.read().await?;
    let due = orders::due_again(&mut conn, tenant, device, now).await?;
    let waiting = orders::after(&mut conn, tenant, device, after, i64::MAX).await?;
    house.fresh_keys(&mut conn, tenant).await?;
    let signer = house.office(tenant)?.signer();
    let stale = waiting
        .iter()
        .any(|order| expiring(order, now) || retired(order, &*signer));
    let overdue = claims::overdue(&mut conn, tenant, device, now).await?;
    let stopped = breaker::stopped(&mut conn, tenant).await?.is_some();
    let kept = orders::kept_back(&mut conn, tenant, device, now).await?;
    drop(conn);
    let moves = if stopped {
        waiting.iter().any(undelivered)
    } else {
        !kept.is_empty()
    };
    if due.is_empty() && !stale && overdue.is_empty() && !moves {
        return Ok(());
    }
    let mut work = house.begin(tenant).await?;
    work.hold(device).await?;
    work.lapse_disputes(device).await?;
    let row = devices::get(&mut work.tx, tenant, device).await?;
    for order in orders::due_again(&mut work.tx, tenant, device, work.now).await? {
        if order.kind == typ::LOCK && order.lock_id > row.released_through {
            if work.lock_again(device, &order).await? != Way::Goes {
                continue;
            }
        } else if order.lock_id > row.released_through || order.lock_id == 0 {
            work.offer_again(device, &order).await?;
        }
        orders::offered_again(&mut work.tx, tenant, device, order.seq).await?;
    }
    let newest_terms = orders::of_kind(&mut work.tx, tenant, device, typ::TERMS)
        .await?
        .last()
        .map(|o| o.seq);
    for order in orders::after(&mut work.tx, tenant, device, after, i64::MAX).await? {
        if !expiring(&order, work.now) && !retired(&order, &*work.signer) {
            continue;
        }
        if order.kind == typ::LOCK && order.lock_id > row.released_through {
            if work.lock_again(device, &order).await? == Way::Goes {
                orders::cancel(&mut work.tx, tenant, device, order.seq).await?;
            }
            continue;
        }
        let stands = order.kind != typ::LOCK && newest_terms == Some(order.seq);
        orders::cancel(&mut work.tx, tenant, device, order.seq).await?;
        if stands {
            work.offer_again(device, &order).await?;
        }
    }
    if breaker::stopped(&mut work.tx, tenant).await?.is_some() {
        work.keep_locks_back(device, after).await?;
    } else {
        work.let_locks_go(device).await?;
    }
    work.tx.commit().await
}

/// A binding order that the phone has not answered, with less than a day left.
fn expiring(order: &StoredOrder, now: Moment) -> bool {
    order.fate() == Fate::Open && order.exp_ms.is_some_and(|exp| exp < now.ms() + FRESH_MS)
}

/// A binding order that the phone has not answered, under a key that was rotated since.
fn retired(order: &StoredOrder, signer: &dyn Signer) -> bool {
    order.fate() == Fate::Open && rotate::is_stale(order, signer)
}

/// Signs the status last: its time is the time of the answer.
async fn finish(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    told: &CheckIn,
    news: News,
) -> Result<CheckInAnswer, LenderError> {
    let mut conn = house.store.read().await?;
    house.fresh_keys(&mut conn, tenant).await?;
    let belief = belief(&mut conn, tenant, device).await?;
    let row = devices::get(&mut conn, tenant, device).await?;
    let head = orders::head(&mut conn, tenant, device).await?;
    let keys_version = trust::keys_version(&mut conn, tenant).await?;
    let asked = report::waits_for_answer(&mut conn, tenant, device, house.now()).await?;
    let now: Secs = house.now().secs()?;
    let status = Status {
        iss: tenant.name().clone(),
        aud: AUDIENCE.to_owned(),
        sub: device.clone(),
        jti: crate::random::id()?,
        iat: now,
        nonce: told.nonce.clone(),
        now,
        head_seq: match &head {
            Some((seq, _)) => *seq,
            None => Seq::try_from(0)?,
        },
        head_jti: head.map_or(String::new(), |(_, jti)| jti.into()),
        lock_id: belief.lock_id,
        lock_state: belief.state,
        keys_version: bounded::<Version>(keys_version, "a version")?,
        poll_s: PollSecs::try_from(match belief.state {
            LockState::Locked if asked => 60,
            LockState::Locked => 900,
            LockState::None | LockState::Settled => 21_600,
        })?,
    };
    Ok(CheckInAnswer {
        status: sign::token(
            &*house.office(tenant)?.signer(),
            Role::Status,
            typ::STATUS,
            &status,
        )?,
        trust: news.trust,
        orders: news.orders,
        more: news.more,
        rollback_seen: row
            .rolled_back_ms
            .is_some_and(|ms| house.now().ms() - ms < ROLLBACK_SHOWN_MS),
    })
}

/// Where the lender believes the phone to be once it took everything that is queued.
struct Belief {
    lock_id: LockIdOrNone,
    state: LockState,
}

/// A lock counts unless it is lifted or was refused for good. One refused for now is meant to hold (`locked`), but is
/// not in force on the phone, so it is not named.
async fn belief(conn: &mut Conn, tenant: &Tenant, device: &DeviceId) -> Result<Belief, LenderError> {
    let row = devices::get(conn, tenant, device).await?;
    let none = LockIdOrNone::try_from(0)?;
    if contracts::get(conn, tenant, &row.contract).await?.settled {
        return Ok(Belief {
            lock_id: none,
            state: LockState::Settled,
        });
    }
    let mut locks = orders::of_kind(conn, tenant, device, typ::LOCK).await?;
    locks.retain(|lock| lock.lock_id > row.released_through);
    let Some(meant) = in_force(&locks) else {
        return Ok(Belief {
            lock_id: none,
            state: LockState::None,
        });
    };
    let state = LockState::Locked;
    let meant_seq = meant.seq;
    if meant.fate() != Fate::Waiting {
        return Ok(Belief {
            lock_id: bounded(meant.lock_id, "a lock number")?,
            state,
        });
    }
    let lower: Vec<_> = locks
        .iter()
        .filter(|l| l.seq != meant_seq && l.fate() != Fate::Waiting)
        .cloned()
        .collect();
    let lock_id = match in_force(&lower) {
        Some(lock) => bounded(lock.lock_id, "a lock number")?,
        None => none,
    };
    Ok(Belief { lock_id, state })
}
