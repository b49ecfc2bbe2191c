//! Who did what for which reason: rows that nobody changes, each hashed over the one before it.

use super::{Conn, Turn, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::jobs::By;
use latchkey_core::order::values::{DeviceId, LockId, Slot};

/// A code was read out.
pub(crate) const CODE_READ: &str = "code.read";

/// What is written down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed<'a> {
    /// What was done.
    pub action: &'a str,
    /// By whom.
    pub operator: &'a str,
    /// Why.
    pub reason: &'a str,
    /// To which phone, if to one.
    pub device: Option<&'a DeviceId>,
    /// About which lock, if about one.
    pub lock_id: Option<LockId>,
    /// About which slot, if about one.
    pub slot: Option<Slot>,
}

/// One row of the audit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Audited {
    /// Its place, from 1.
    pub place: i64,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// What was done.
    pub action: String,
    /// By whom.
    pub operator: String,
    /// Why.
    pub reason: String,
    /// To which phone, or with which job.
    pub device: String,
    /// About which lock.
    pub lock_id: i64,
    /// About which slot.
    pub slot: i64,
    /// SHA-256 over this row and the hash before it.
    pub hash: String,
}

impl Audited {
    /// The hash that this row must have after `before`.
    fn chained(&self, before: &str) -> String {
        let fields = serde_json::json!([
            before,
            self.place,
            self.at_ms,
            self.action,
            self.operator,
            self.reason,
            self.device,
            self.lock_id,
            self.slot
        ]);
        crate::sign::sha256(fields.to_string().as_bytes())
    }
}

/// Whether no row was changed, added in between, or taken out.
#[must_use]
pub fn whole(rows: &[Audited]) -> bool {
    let mut before = "";
    rows.iter().enumerate().all(|(n, row)| {
        let right = row.hash == row.chained(before) && usize::try_from(row.place) == Ok(n + 1);
        before = &row.hash;
        right
    })
}

/// Writes down what somebody did that is about no single lock. `about` names what it is about, e.g. a job.
pub(crate) async fn note(
    conn: &mut Conn,
    tenant: &Tenant,
    action: &str,
    by: &By,
    about: &str,
    now: Moment,
) -> Result<(), LenderError> {
    let row = Audited {
        place: 0,
        at_ms: now.ms(),
        action: action.to_owned(),
        operator: by.operator.as_str().to_owned(),
        reason: by.reason.as_str().to_owned(),
        device: about.to_owned(),
        lock_id: 0,
        slot: 0,
        hash: String::new(),
    };
    append(conn, tenant, row).await
}

/// Writes a deed down.
pub(crate) async fn write(
    conn: &mut Conn,
    tenant: &Tenant,
    deed: &Deed<'_>,
    now: Moment,
) -> Result<(), LenderError> {
    let row = Audited {
        place: 0,
        at_ms: now.ms(),
        action: deed.action.to_owned(),
        operator: deed.operator.to_owned(),
        reason: deed.reason.to_owned(),
        device: deed.device.map_or("", DeviceId::as_str).to_owned(),
        lock_id: deed.lock_id.map_or(0, |lock_id| int(lock_id.get())),
        slot: deed.slot.map_or(0, |slot| int(slot.get())),
        hash: String::new(),
    };
    append(conn, tenant, row).await
}

async fn append(conn: &mut Conn, tenant: &Tenant, mut row: Audited) -> Result<(), LenderError> {
    conn.turn(tenant, Turn::Audit).await?;
    let last: Option<Audited> = query_as(
        "SELECT place, at_ms, action, operator, reason, device, lock_id, slot, hash FROM audit
         WHERE tenant = $1 ORDER BY place DESC LIMIT 1",
    )
    .bind(tenant.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    row.place = last.as_ref().map_or(1, |row| row.place + 1);
    row.hash = row.chained(last.as_ref().map_or("", |row| &row.hash));
    query(
        "INSERT INTO audit (tenant, place, at_ms, action, operator, reason, device, lock_id, slot, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(tenant.as_str())
    .bind(row.place)
    .bind(row.at_ms)
    .bind(&row.action)
    .bind(&row.operator)
    .bind(&row.reason)
    .bind(&row.device)
    .bind(row.lock_id)
    .bind(row.slot)
    .bind(&row.hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// How often the codes of a lock were read out until a moment: slot, and how many times.
pub(crate) async fn codes_read(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
    until: Moment,
) -> Result<Vec<(i64, i64)>, LenderError> {
    Ok(query_as(
        "SELECT slot, COUNT(*) FROM audit
         WHERE tenant = $1 AND device = $2 AND action = $3 AND lock_id = $4 AND at_ms <= $5 GROUP BY slot",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(CODE_READ)
    .bind(lock_id)
    .bind(until.ms())
    .fetch_all(conn)
    .await?)
}

/// Whether the code that releases was read out for a lock above a number.
pub(crate) async fn releasing_code_read(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    above: i64,
) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM audit
         WHERE tenant = $1 AND device = $2 AND action = $3 AND slot = $4 AND lock_id > $5",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(CODE_READ)
    .bind(i64::from(crate::desk::RELEASES))
    .bind(above)
    .fetch_one(conn)
    .await?;
    Ok(n > 0)
}

/// The newest `limit` rows about a phone, in order.
pub(crate) async fn of_device(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    limit: i64,
) -> Result<Vec<Audited>, LenderError> {
    let mut rows: Vec<Audited> = query_as(
        "SELECT place, at_ms, action, operator, reason, device, lock_id, slot, hash FROM audit
         WHERE tenant = $1 AND device = $2 ORDER BY place DESC LIMIT $3",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.reverse();
    Ok(rows)
}

/// At most `limit` rows after a place, in order.
pub(crate) async fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    after: i64,
    limit: i64,
) -> Result<Vec<Audited>, LenderError> {
    Ok(query_as(
        "SELECT place, at_ms, action, operator, reason, device, lock_id, slot, hash FROM audit
         WHERE tenant = $1 AND place > $2 ORDER BY place LIMIT $3",
    )
    .bind(tenant.as_str())
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// Every row, in order. For whoever holds the store; nothing that answers a request asks for it.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Audited>, LenderError> {
    Ok(query_as(
        "SELECT place, at_ms, action, operator, reason, device, lock_id, slot, hash FROM audit
         WHERE tenant = $1 ORDER BY place",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?)
}

/// The head of the chain: who keeps it elsewhere can prove later that no row before it was changed or taken out.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    /// Place of the last row.
    pub place: i64,
    /// When it was written, Unix milliseconds.
    pub at_ms: i64,
    /// Its hash, which covers all rows before it.
    pub hash: String,
}

/// It; `None` before the first row.
pub(crate) async fn head(conn: &mut Conn, tenant: &Tenant) -> Result<Option<Head>, LenderError> {
    Ok(
        query_as("SELECT place, at_ms, hash FROM audit WHERE tenant = $1 ORDER BY place DESC LIMIT 1")
            .bind(tenant.as_str())
            .fetch_optional(conn)
            .await?,
    )
}

/// Whether rows hold a head that was kept elsewhere. Says nothing about the rows themselves: [`whole`] does.
#[must_use]
pub fn holds(rows: &[Audited], place: i64, hash: &str) -> bool {
    rows.iter().any(|row| row.place == place && row.hash == hash)
}
