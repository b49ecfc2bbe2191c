//! The catch-up set: what a phone needs that lost its record, or whose cursor is not ours (protocol §5).
//!
//! Key sets come beside the orders. Then, in this order: settlement alone if there is one; else plans, freeing orders
//! without a receipt and the newest release, fresh terms, the notices of the lock in force, that lock signed anew under
//! its own number if it may still be signed (else its release), and graces without a receipt.

use crate::clock::{DAY_MS, Moment};
use crate::error::LenderError;
use crate::house::Work;
use crate::lock::unused;
use crate::on_its_way::Way;
use crate::orders::claims;
use crate::random;
use crate::store::orders::{Fate, StoredOrder, of_kind};
use crate::store::{audit, contracts, devices, int, orders};
use latchkey_core::order::claims::{Lock, Order, Used, Why, typ};
use latchkey_core::order::values::{CodeBits, DeviceId, Obj, Seq};
use std::collections::HashMap;

/// Queues the set. Returns the number after which it begins.
pub(crate) async fn queue(work: &mut Work<'_>, device: &DeviceId) -> Result<i64, LenderError> {
    let tenant = work.tenant;
    let row = devices::get(&mut work.tx, tenant, device).await?;
    let contract = contracts::get(&mut work.tx, tenant, &row.contract).await?;
    let head = orders::head(&mut work.tx, tenant, device).await?;
    let outstanding = work.lock_outstanding(device).await?;
    let mut first = None;
    let mut begun = |seq| {
        first.get_or_insert(seq);
    };
    if let Some(settle) = of_kind(&mut work.tx, tenant, device, typ::SETTLE).await?.last() {
        begun(work.offer_again(device, settle).await?);
    } else {
        for plan in newest_offers(of_kind(&mut work.tx, tenant, device, typ::PLAN).await?) {
            begun(work.offer_again(device, &plan).await?);
        }
        // OWN-05: the newest release goes along even when it was answered once, so that a phone that lost its
        // record knows again which locks are over and no replay of one is believed.
        let releases = newest_offers(of_kind(&mut work.tx, tenant, device, typ::RELEASE).await?);
        let newest = releases.last().map(|r| r.seq);
        for release in releases
            .iter()
            .filter(|r| r.fate() == Fate::Open || Some(r.seq) == newest)
        {
            begun(work.offer_again(device, release).await?);
        }
        if !contract.settled {
            begun(work.terms(device).await?.seq);
        }
        if let Some(old) = outstanding {
            for seq in lock(work, device, &old, &row).await? {
                begun(seq);
            }
        }
        for grace in newest_offers(of_kind(&mut work.tx, tenant, device, typ::GRACE).await?) {
            if grace.fate() == Fate::Open && grace.lock_id > row.released_through {
                begun(work.offer_again(device, &grace).await?);
            }
        }
    }
    devices::catch_up(&mut work.tx, tenant, device, first).await?;
    Ok(match (first, head) {
        (Some(seq), _) => int(seq.get()) - 1,
        (None, Some((seq, _))) => int(seq.get()),
        (None, None) => 0,
    })
}

/// Of each order its newest offer: what the phone said to that one counts.
fn newest_offers(mut offers: Vec<StoredOrder>) -> Vec<StoredOrder> {
    let newest: HashMap<String, i64> = offers.iter().map(|o| (o.jti.clone(), o.seq)).collect();
    offers.retain(|o| newest.get(&o.jti) == Some(&o.seq));
    offers
}

/// The codes of a lock that count as used on a phone that lost its record before it told of them: a code is read out to
/// somebody who types it now, so after a day it is used. The one that releases is never taken away.
async fn read_out(work: &mut Work<'_>, device: &DeviceId, lock: &Lock) -> Result<CodeBits, LenderError> {
    let a_day_ago = Moment::from_ms(work.now.ms() - DAY_MS);
    let lock_id = i64::from(lock.lock_id.get());
    let read = audit::codes_read(&mut work.tx, work.tenant, device, lock_id, a_day_ago).await?;
    let bits = read
        .iter()
        .filter(|(slot, _)| (1..=3).contains(slot))
        .fold(u64::from(lock.used.codes), |bits, (slot, _)| {
            bits | 1 << (slot - 1)
        });
    Ok(CodeBits::try_from(bits)?)
}

/// The notices of a lock, then the lock itself: same number, new signature, allowances as far as they were used.
async fn lock(
    work: &mut Work<'_>,
    device: &DeviceId,
    old: &StoredOrder,
    row: &devices::Device,
) -> Result<Vec<Seq>, LenderError> {
    let tenant = work.tenant;
    let before: Lock = claims(&old.jws)?;
    let way = work.may_go(device, old, true).await?;
    if way == Way::Over {
        // The phone may hold it by an older copy of its record; what may not be signed may not go on.
        return Ok(vec![
            work.release(device, Why::Error, Vec::new(), None).await?.seq,
        ]);
    }
    let mut seqs = Vec::new();
    for notice in newest_offers(of_kind(&mut work.tx, tenant, device, typ::NOTICE).await?) {
        if before.notices.iter().any(|jti| jti.as_str() == notice.jti) {
            seqs.push(work.offer_again(device, &notice).await?);
        }
    }
    if let Way::Waits(at) = way {
        orders::keep_back(&mut work.tx, tenant, device, old, at).await?;
        return Ok(seqs);
    }
    orders::offered_again(&mut work.tx, tenant, device, old.seq).await?;
    seqs.push(anew(work, device, old, row).await?);
    Ok(seqs)
}

/// A lock signed anew under its own number, with everything counted that was used of it.
pub(crate) async fn anew(
    work: &mut Work<'_>,
    device: &DeviceId,
    old: &StoredOrder,
    row: &devices::Device,
) -> Result<Seq, LenderError> {
    let before: Lock = claims(&old.jws)?;
    let told = devices::most(&before.used, &row.used(i64::from(before.lock_id.get()))?)?;
    let codes = read_out(work, device, &before).await?;
    let used = devices::most(&told, &Used { codes, ..unused()? })?;
    let anew = Order::Lock(Lock {
        jti: random::id()?,
        iat: work.now.secs()?,
        exp: work.exp()?,
        used: Obj(used),
        ..before
    });
    Ok(work.queue(device, &anew).await?.seq)
}
