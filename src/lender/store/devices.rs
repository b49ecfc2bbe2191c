//! Phones: counters, keys, and what they told last.

use super::{Conn, audit, bounded, device_id, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::claims::Used;
use latchkey_core::order::values::{CodeBits, DeviceId, LockId, Seq, TermsSeq, Text};
use latchkey_core::wire::CheckIn;

/// Characters that are kept of a word that a phone says of itself. A phone is never turned away for a long one.
const MOST_WORD: usize = 64;
/// A counter is raised to what a phone reports by at most so much: no report can use a counter up.
const MOST_AHEAD: i64 = 1_000;
/// After so long without a word of the lender a phone lifts its lock by itself (OWN-10).
const LAPSE_S: i64 = 30 * 86_400;

/// A phone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Device {
    /// Its contract.
    pub contract: String,
    /// The phone that it is.
    pub serial_hash: Option<String>,
    /// Number that the next lock gets.
    pub next_lock_id: i64,
    /// Every lock up to here is lifted.
    pub released_through: i64,
    /// Lock that the `used_…` values belong to.
    pub used_lock_id: i64,
    /// Seconds of the window used under it.
    pub used_window_s: i64,
    /// Emergency openings used.
    pub used_opening: i64,
    /// Provisional openings used.
    pub used_provisional: i64,
    /// Spoken codes used, bit = slot − 1.
    pub used_codes: i64,
    /// When an older copy of its record was noticed last.
    pub rolled_back_ms: Option<i64>,
    /// When it told last that a lock is lifted for which nothing here is the reason.
    pub lifted_unknown_ms: Option<i64>,
    /// When it checked in last.
    pub seen_ms: Option<i64>,
    /// First number of a catch-up set that no receipt answered yet.
    pub catch_up_from: Option<i64>,
}

/// Makes a phone for a contract. Its id is random and stays for the contract's life.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    contract: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("INSERT INTO devices (tenant, device, contract, created_ms) VALUES ($1, $2, $3, $4)")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(contract)
        .bind(now.ms())
        .execute(conn)
        .await?;
    conn.made(device);
    Ok(())
}

/// One phone.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, device: &DeviceId) -> Result<Device, LenderError> {
    query_as(
        "SELECT contract, serial_hash, next_lock_id, released_through, used_lock_id, used_window_s,
                used_opening, used_provisional, used_codes, rolled_back_ms, lifted_unknown_ms, seen_ms,
                catch_up_from
         FROM devices WHERE tenant = $1 AND device = $2",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_optional(conn)
    .await?
    .ok_or(LenderError::NotFound("no such phone"))
}

/// The phone of a contract.
pub(crate) async fn of_contract(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
) -> Result<DeviceId, LenderError> {
    let row: Option<(String,)> = query_as("SELECT device FROM devices WHERE tenant = $1 AND contract = $2")
        .bind(tenant.as_str())
        .bind(contract)
        .fetch_optional(conn)
        .await?;
    device_id(row.ok_or(LenderError::NotFound("no phone for this contract"))?.0)
}

/// Every phone of the tenant, oldest first.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<DeviceId>, LenderError> {
    let rows: Vec<(String,)> =
        query_as("SELECT device FROM devices WHERE tenant = $1 ORDER BY created_ms, device")
            .bind(tenant.as_str())
            .fetch_all(conn)
            .await?;
    rows.into_iter().map(|(device,)| device_id(device)).collect()
}

/// The oldest phone of the tenant.
pub(crate) async fn oldest(conn: &mut Conn, tenant: &Tenant) -> Result<Option<DeviceId>, LenderError> {
    let row: Option<(String,)> =
        query_as("SELECT device FROM devices WHERE tenant = $1 ORDER BY created_ms, device LIMIT 1")
            .bind(tenant.as_str())
            .fetch_optional(conn)
            .await?;
    row.map(|(device,)| device_id(device)).transpose()
}

/// Takes the next sequence number.
pub(crate) async fn take_seq(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Seq, LenderError> {
    let (next,): (i64,) = query_as(
        "UPDATE devices SET next_seq = next_seq + 1 WHERE tenant = $1 AND device = $2 RETURNING next_seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_one(conn)
    .await?;
    bounded(next - 1, "a sequence number")
}

/// Takes the next lock number.
pub(crate) async fn take_lock_id(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<LockId, LenderError> {
    let (next,): (i64,) = query_as(
        "UPDATE devices SET next_lock_id = next_lock_id + 1 WHERE tenant = $1 AND device = $2
         RETURNING next_lock_id",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_one(conn)
    .await?;
    bounded(next - 1, "a lock number")
}

/// Takes the next number of terms.
pub(crate) async fn take_terms_seq(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<TermsSeq, LenderError> {
    let (next,): (i64,) = query_as(
        "UPDATE devices SET next_terms_seq = next_terms_seq + 1 WHERE tenant = $1 AND device = $2
         RETURNING next_terms_seq",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_one(conn)
    .await?;
    bounded(next - 1, "a number of terms")
}

/// Every lock up to `lock_id` is lifted.
pub(crate) async fn released(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
) -> Result<(), LenderError> {
    query(
        "UPDATE devices SET released_through = $3
         WHERE tenant = $1 AND device = $2 AND released_through < $3",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock_id)
    .execute(conn)
    .await?;
    Ok(())
}

/// What is news about a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noted {
    /// It says that a lock is lifted for which nothing here is the reason.
    pub unknown: bool,
    /// It tells for the first time that the phone opened by itself. A new lock of the same arrears says so again, and is no
    /// news.
    pub provisional: bool,
}

/// Writes down a check-in, and raises the counters above what the phone holds: this server may be the one that was
/// restored from a backup.
pub(crate) async fn note_check_in(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &CheckIn,
    now: Moment,
) -> Result<Noted, LenderError> {
    let row = get(conn, tenant, device).await?;
    let top = int(told.lock_id.get().max(told.released_through.get()));
    let lock_id = raised(row.next_lock_id, top);
    // A lock that the phone lifted by itself (void, lapse, a spoken code) is lifted here too.
    let lifted = row
        .released_through
        .max(int(told.released_through.get()).min(lock_id - 1));
    if lifted > row.released_through {
        query(
            "INSERT INTO lifted (tenant, device, lock_id, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(lifted)
        .bind(now.ms())
        .execute(&mut *conn)
        .await?;
    }
    let unknown = lifted > row.released_through && !by_itself(conn, tenant, device, &row, now).await?;
    let (used_lock_id, used) = row.used_after(told)?;
    let terms = told.terms_seq.map_or(0, |t| int(t.get()));
    query(
        "UPDATE devices SET next_lock_id = $3, released_through = $4, used_lock_id = $5, used_window_s = $6,
             next_terms_seq = CASE WHEN next_terms_seq > $7 THEN next_terms_seq
                                   WHEN next_terms_seq + $8 > $7 THEN $7 + 1
                                   ELSE next_terms_seq + $8 END,
             mode = $9, journal_head = $10, app = $11, adapter = $12, seen_ms = $13,
             used_opening = $14, used_provisional = $15, used_codes = $16,
             lifted_unknown_ms = CASE WHEN $17 = 1 THEN $13 ELSE lifted_unknown_ms END
         WHERE tenant = $1 AND device = $2",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock_id)
    .bind(lifted)
    .bind(used_lock_id)
    .bind(int(used.window_s.get()))
    .bind(terms)
    .bind(MOST_AHEAD)
    .bind(word(&told.mode))
    .bind(told.journal_head.as_str())
    .bind(word(&told.app))
    .bind(word(&told.adapter))
    .bind(now.ms())
    .bind(int(used.opening.get()))
    .bind(int(used.provisional.get()))
    .bind(int(used.codes.get()))
    .bind(i64::from(unknown))
    .execute(conn)
    .await?;
    Ok(Noted {
        unknown,
        provisional: row.used_provisional == 0 && used.provisional.get() > 0,
    })
}

/// Whether a phone may have lifted its lock without a release: by the code that releases, or after the lender's silence.
async fn by_itself(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    row: &Device,
    now: Moment,
) -> Result<bool, LenderError> {
    let silent_since = now.plus_s(-LAPSE_S);
    if row.seen_ms.is_some_and(|seen| seen <= silent_since.ms()) {
        return Ok(true);
    }
    audit::releasing_code_read(conn, tenant, device, row.released_through).await
}

/// What a phone says of itself, as clerks read it: short, without control and direction signs.
fn word(told: &str) -> String {
    let fits = |c: &char| Text::<4>::try_from(c.to_string()).is_ok();
    told.chars().filter(fits).take(MOST_WORD).collect()
}

/// Numbers up to which the phone lifted locks by itself, and when it told.
pub(crate) async fn lifted(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Vec<(i64, Moment)>, LenderError> {
    let rows: Vec<(i64, i64)> =
        query_as("SELECT lock_id, at_ms FROM lifted WHERE tenant = $1 AND device = $2")
            .bind(tenant.as_str())
            .bind(device.as_str())
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(id, ms)| (id, Moment::from_ms(ms)))
        .collect())
}

fn raised(next: i64, told: i64) -> i64 {
    // A phone that is far ahead is followed step by step: a release reaches it in the end, and no told number uses the
    // counter up.
    if told >= next {
        (next + MOST_AHEAD).min(told.saturating_add(1))
    } else {
        next
    }
}

/// Remembers where an unanswered catch-up set begins, or that it was answered.
pub(crate) async fn catch_up(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    from: Option<Seq>,
) -> Result<(), LenderError> {
    query("UPDATE devices SET catch_up_from = $3 WHERE tenant = $1 AND device = $2")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(from.map(|s| int(s.get())))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes down the mode after an order, and the delivery of the settlement.
pub(crate) async fn note_receipt(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    mode: &str,
    settled: bool,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE devices SET mode = $3, settled_ms = CASE WHEN $4 THEN COALESCE(settled_ms, $5) ELSE settled_ms END
         WHERE tenant = $1 AND device = $2",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(word(mode))
    .bind(settled)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that an older copy of the phone's record was put back.
pub(crate) async fn rolled_back(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE devices SET rolled_back_ms = $3 WHERE tenant = $1 AND device = $2")
        .bind(tenant.as_str())
        .bind(device.as_str())
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

impl Device {
    /// What the phone told to have used under a lock.
    pub(crate) fn used(&self, lock_id: i64) -> Result<Used, LenderError> {
        let its = |used: i64| if self.used_lock_id == lock_id { used } else { 0 };
        Ok(Used {
            window_s: bounded(its(self.used_window_s), "the seconds of a window")?,
            opening: bounded(its(self.used_opening), "an opening")?,
            provisional: bounded(its(self.used_provisional), "an opening")?,
            codes: bounded(its(self.used_codes), "used codes")?,
        })
    }

    /// What counts as used after a check-in, and of which lock: nothing that was told comes back while the lock stands.
    fn used_after(&self, told: &CheckIn) -> Result<(i64, Used), LenderError> {
        match int(told.lock_id.get()) {
            // An older copy of its record names an older lock: what was used of the newer one stays used. A number that
            // nobody signed is no lock.
            lock_id if lock_id == 0 || lock_id < self.used_lock_id || lock_id >= self.next_lock_id => {
                Ok((self.used_lock_id, self.used(self.used_lock_id)?))
            }
            lock_id => Ok((lock_id, most(&self.used(lock_id)?, &told.used)?)),
        }
    }
}

/// The more used of each allowance.
pub(crate) fn most(one: &Used, other: &Used) -> Result<Used, LenderError> {
    Ok(Used {
        window_s: one.window_s.max(other.window_s),
        opening: one.opening.max(other.opening),
        provisional: one.provisional.max(other.provisional),
        codes: CodeBits::try_from(u64::from(one.codes.get() | other.codes.get()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_follows_the_phone_but_is_never_used_up_by_it() {
        assert_eq!(raised(5, 3), 5);
        assert_eq!(raised(5, 5), 6);
        assert_eq!(raised(5, 900), 901);
        assert_eq!(raised(5, i64::MAX), 1005);
        assert_eq!(raised(1005, i64::MAX), 2005);
    }
}
