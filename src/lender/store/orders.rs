//! Orders as offered to a phone, and its receipts.

use super::{Conn, bounded, id, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::values::{DeviceId, Id, Seq};
use latchkey_core::refusal::Code;
use latchkey_core::wire::{Cursor, Delivery};

/// One row of `orders`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct StoredOrder {
    /// Delivery number.
    pub seq: i64,
    /// Id.
    pub jti: String,
    /// `typ`.
    pub kind: String,
    /// Number of the lock it is about, 0 = none.
    pub lock_id: i64,
    /// The token.
    pub jws: String,
    /// Expiry of a binding order.
    pub exp_ms: Option<i64>,
    /// `ok` or a refusal's code, once the phone told.
    pub receipt: Option<String>,
}

/// What the phone made of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing heard yet.
    Open,
    /// Taken, or it had nothing to change.
    Taken,
    /// Refused for now; offered again.
    Waiting,
    /// Refused for good.
    Refused,
}

impl StoredOrder {
    /// What the phone made of it.
    pub(crate) fn fate(&self) -> Fate {
        match self.receipt.as_deref() {
            None => Fate::Open,
            Some("ok") => Fate::Taken,
            Some(code) => match Code::parse(code) {
                Some(Code::NNoEffect) => Fate::Taken,
                Some(code) if code.retryable() => Fate::Waiting,
                Some(_) | None => Fate::Refused,
            },
        }
    }

    /// As it is delivered.
    pub(crate) fn delivery(&self) -> Result<Delivery, LenderError> {
        Ok(Delivery {
            seq: bounded(self.seq, "a sequence number")?,
            jti: id(self.jti.clone())?,
            jws: self.jws.clone(),
        })
    }
}

/// What is stored beside a token.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    /// Id.
    pub jti: &'a str,
    /// `typ`.
    pub kind: &'a str,
    /// Number of the lock, 0 = none.
    pub lock_id: i64,
    /// Expiry.
    pub exp_ms: Option<i64>,
    /// The token.
    pub jws: &'a str,
}

/// Offers a token under a number that was taken for it.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    seq: Seq,
    row: &Row<'_>,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO orders (tenant, device, seq, jti, kind, lock_id, state, jws, sha256, created_ms, exp_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $10)",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(int(seq.get()))
    .bind(row.jti)
    .bind(row.kind)
    .bind(row.lock_id)
    .bind(row.jws)
    .bind(crate::sign::sha256(row.jws.as_bytes()))
    .bind(now.ms())
    .bind(row.exp_ms)
    .execute(conn)
    .await?;
    Ok(())
}

/// Queued orders after `seq`, in order.
pub(crate) async fn after(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    seq: i64,
    limit: i64,
) -> Result<Vec<StoredOrder>, LenderError> {
    Ok(query_as(
        "SELECT seq, jti, kind, lock_id, jws, exp_ms, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND seq > $3 AND state = 'queued' ORDER BY seq LIMIT $4",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(seq)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// Queued orders of one kind, in order.
pub(crate) async fn of_kind(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    kind: &str,
) -> Result<Vec<StoredOrder>, LenderError> {
    Ok(query_as(
        "SELECT seq, jti, kind, lock_id, jws, exp_ms, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND kind = $3 AND state = 'queued' ORDER BY seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(kind)
    .fetch_all(conn)
    .await?)
}

/// The orders of one kind that were ever signed for this phone, withdrawn ones too, in order.
pub(crate) async fn ever_of_kind(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    kind: &str,
) -> Result<Vec<StoredOrder>, LenderError> {
    Ok(query_as(
        "SELECT seq, jti, kind, lock_id, jws, exp_ms, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND kind = $3 ORDER BY seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(kind)
    .fetch_all(conn)
    .await?)
}

/// The newest queued order: the head of the delivery.
pub(crate) async fn head(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Option<(Seq, Id)>, LenderError> {
    let row: Option<(i64, String)> = query_as(
        "SELECT seq, jti FROM orders WHERE tenant = $1 AND device = $2 AND state = 'queued'
         ORDER BY seq DESC LIMIT 1",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|(seq, jti)| Ok((bounded(seq, "a sequence number")?, id(jti)?)))
        .transpose()
}

/// Whether this pair was ever given out.
pub(crate) async fn knows(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    cursor: &Cursor,
) -> Result<bool, LenderError> {
    let (n,): (i64,) =
        query_as("SELECT COUNT(*) FROM orders WHERE tenant = $1 AND device = $2 AND seq = $3 AND jti = $4")
            .bind(tenant.as_str())
            .bind(device.as_str())
            .bind(int(cursor.seq.get()))
            .bind(cursor.jti.as_str())
            .fetch_one(conn)
            .await?;
    Ok(n > 0)
}

/// Whether the phone ever sent a receipt for an order from `seq` on.
pub(crate) async fn receipted_from(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    seq: i64,
) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM orders
         WHERE tenant = $1 AND device = $2 AND seq >= $3 AND receipt IS NOT NULL",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(seq)
    .fetch_one(conn)
    .await?;
    Ok(n > 0)
}

/// Withdraws one order: it is given to nobody any more.
pub(crate) async fn cancel(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    seq: i64,
) -> Result<(), LenderError> {
    query("UPDATE orders SET state = 'cancelled' WHERE tenant = $1 AND device = $2 AND seq = $3")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(seq)
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps a lock back until it is asked again, at the next check-in after `until`. Earlier offers of it count no more.
pub(crate) async fn keep_back(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock: &StoredOrder,
    until: Option<Moment>,
) -> Result<(), LenderError> {
    query(
        "UPDATE orders SET state = 'cancelled', retry_ms = NULL
         WHERE tenant = $1 AND device = $2 AND kind = 'lk-lock+jwt' AND lock_id = $3 AND seq < $4
           AND state IN ('queued', 'held')",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock.lock_id)
    .bind(lock.seq)
    .execute(&mut *conn)
    .await?;
    query("UPDATE orders SET state = 'held', retry_ms = $4 WHERE tenant = $1 AND device = $2 AND seq = $3")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(lock.seq)
        .bind(until.map(Moment::ms))
        .execute(conn)
        .await?;
    Ok(())
}

/// Orders that were kept back and may be asked again.
pub(crate) async fn kept_back(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<Vec<StoredOrder>, LenderError> {
    Ok(query_as(
        "SELECT seq, jti, kind, lock_id, jws, exp_ms, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND kind = 'lk-lock+jwt' AND state = 'held'
           AND (retry_ms IS NULL OR retry_ms <= $3) ORDER BY seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(now.ms())
    .fetch_all(conn)
    .await?)
}

/// Withdraws every lock that the phone has not taken, and every offer of one to come.
pub(crate) async fn cancel_locks(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<(), LenderError> {
    query(
        "UPDATE orders SET state = 'cancelled', retry_ms = NULL
         WHERE tenant = $1 AND device = $2 AND kind = 'lk-lock+jwt' AND state IN ('queued', 'held')
           AND (receipt IS NULL OR receipt NOT IN ('ok', 'n_no_effect'))",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Withdraws one lock, if the phone has not taken it, and every offer of it to come.
pub(crate) async fn cancel_lock(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
) -> Result<(), LenderError> {
    query(
        "UPDATE orders SET state = 'cancelled', retry_ms = NULL
         WHERE tenant = $1 AND device = $2 AND kind = 'lk-lock+jwt' AND lock_id = $3
           AND state IN ('queued', 'held') AND (receipt IS NULL OR receipt NOT IN ('ok', 'n_no_effect'))",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock_id)
    .execute(conn)
    .await?;
    Ok(())
}

/// Refused for now and due to be offered again.
pub(crate) async fn due_again(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<Vec<StoredOrder>, LenderError> {
    Ok(query_as(
        "SELECT seq, jti, kind, lock_id, jws, exp_ms, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND state = 'queued' AND retry_ms <= $3 ORDER BY seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(now.ms())
    .fetch_all(conn)
    .await?)
}

/// When the next one is due.
pub(crate) async fn next_retry(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Option<Moment>, LenderError> {
    let (ms,): (Option<i64>,) =
        query_as("SELECT MIN(retry_ms) FROM orders WHERE tenant = $1 AND device = $2 AND state = 'queued'")
            .bind(tenant.as_str())
            .bind(device.as_str())
            .fetch_one(conn)
            .await?;
    Ok(ms.map(Moment::from_ms))
}

/// It was offered again: this row asks for nothing more.
pub(crate) async fn offered_again(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    seq: i64,
) -> Result<(), LenderError> {
    query("UPDATE orders SET retry_ms = NULL WHERE tenant = $1 AND device = $2 AND seq = $3")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(seq)
        .execute(conn)
        .await?;
    Ok(())
}

/// An order that a receipt is about: kind, id, lock number, and what the phone told before.
pub(crate) async fn receipted(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &latchkey_core::wire::Receipt,
) -> Result<Option<(String, String, i64, Option<String>)>, LenderError> {
    Ok(query_as(
        "SELECT kind, jti, lock_id, receipt FROM orders
         WHERE tenant = $1 AND device = $2 AND seq = $3 AND sha256 = $4",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(int(told.seq.get()))
    .bind(told.sha256.as_str())
    .fetch_optional(conn)
    .await?)
}

/// Writes a receipt down. The order's kind, or `None` if these bytes never went out under that number.
pub(crate) async fn receipt(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &latchkey_core::wire::Receipt,
    retry: Option<Moment>,
    now: Moment,
) -> Result<Option<String>, LenderError> {
    let row: Option<(String,)> = query_as(
        "UPDATE orders SET receipt = $5, receipt_ms = $6,
             retry_ms = CASE WHEN receipt = $5 THEN retry_ms ELSE $7 END,
             state = CASE WHEN state = 'held' AND $5 IN ('ok', 'n_no_effect') THEN 'queued' ELSE state END
         WHERE tenant = $1 AND device = $2 AND seq = $3 AND sha256 = $4 RETURNING kind",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(int(told.seq.get()))
    .bind(told.sha256.as_str())
    .bind(&told.code)
    .bind(now.ms())
    .bind(retry.map(Moment::ms))
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(kind,)| kind))
}
