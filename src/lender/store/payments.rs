//! Payment intents and payments.

use super::{Conn, bounded, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::values::{DeviceId, Minor, No};

/// Unused intents are forgotten after a day.
const INTENT_LIFE_S: i64 = 86_400;

/// What a payer was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Intent {
    /// Hidden in the form; whoever posts it has seen this page.
    pub id: String,
    /// The contract that is paid.
    pub contract: String,
    /// The amount that was shown.
    pub minor: Minor,
}

/// Stores a fresh intent and forgets old unused ones.
pub(crate) async fn open_intent(
    conn: &mut Conn,
    tenant: &Tenant,
    intent: &Intent,
    now: Moment,
) -> Result<(), LenderError> {
    let old = if conn.is_postgres() {
        // Several processes forget at once; none waits for another.
        "DELETE FROM intents WHERE (tenant, intent) IN (
             SELECT tenant, intent FROM intents WHERE tenant = $1 AND created_ms < $2 AND NOT EXISTS (
                 SELECT 1 FROM payments p WHERE p.tenant = intents.tenant AND p.reference = intents.intent)
             FOR UPDATE SKIP LOCKED)"
    } else {
        "DELETE FROM intents WHERE tenant = $1 AND created_ms < $2 AND NOT EXISTS (
             SELECT 1 FROM payments p WHERE p.tenant = intents.tenant AND p.reference = intents.intent)"
    };
    query(old)
        .bind(tenant.as_str())
        .bind(now.plus_s(-INTENT_LIFE_S).ms())
        .execute(&mut *conn)
        .await?;
    query("INSERT INTO intents (tenant, intent, contract, minor, created_ms) VALUES ($1, $2, $3, $4, $5)")
        .bind(tenant.as_str())
        .bind(&intent.id)
        .bind(&intent.contract)
        .bind(int(intent.minor))
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// The newest unused intent of this contract for this sum, if it is less than half a day old.
pub(crate) async fn unused_intent(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    minor: Minor,
    now: Moment,
) -> Result<Option<Intent>, LenderError> {
    let row: Option<(String,)> = query_as(
        "SELECT intent FROM intents WHERE tenant = $1 AND contract = $2 AND minor = $3 AND created_ms > $4
             AND NOT EXISTS (SELECT 1 FROM payments p
                 WHERE p.tenant = intents.tenant AND p.reference = intents.intent)
         ORDER BY created_ms DESC LIMIT 1",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .bind(int(minor))
    .bind(now.plus_s(-INTENT_LIFE_S / 2).ms())
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(id,)| Intent {
        id,
        contract: contract.to_owned(),
        minor,
    }))
}

/// An intent of this contract.
pub(crate) async fn intent(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    id: &str,
) -> Result<Option<Intent>, LenderError> {
    let row: Option<(i64,)> =
        query_as("SELECT minor FROM intents WHERE tenant = $1 AND intent = $2 AND contract = $3")
            .bind(tenant.as_str())
            .bind(id)
            .bind(contract)
            .fetch_optional(conn)
            .await?;
    row.map(|(minor,)| {
        Ok(Intent {
            id: id.to_owned(),
            contract: contract.to_owned(),
            minor: bounded(minor, "an amount")?,
        })
    })
    .transpose()
}

/// A payment that a provider confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Payment<'a> {
    /// Ours.
    pub id: &'a str,
    /// Of which contract.
    pub contract: &'a str,
    /// Who confirmed it.
    pub provider: &'a str,
    /// The provider's number: the same one is the same payment.
    pub reference: &'a str,
    /// How much.
    pub minor: Minor,
    /// When.
    pub paid: Moment,
}

/// Books it. `false`: it was booked before.
pub(crate) async fn book(
    conn: &mut Conn,
    tenant: &Tenant,
    payment: &Payment<'_>,
) -> Result<bool, LenderError> {
    let done = query(
        "INSERT INTO payments (tenant, payment, contract, provider, reference, minor, paid_ms, before_seq)
         VALUES ($1, $2, $3, $4, $5, $6, $7, COALESCE(
             (SELECT MAX(next_seq) FROM devices WHERE tenant = $1 AND contract = $3), 0))
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(payment.id)
    .bind(payment.contract)
    .bind(payment.provider)
    .bind(payment.reference)
    .bind(int(payment.minor))
    .bind(payment.paid.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Books a part of it on one instalment.
pub(crate) async fn book_part(
    conn: &mut Conn,
    tenant: &Tenant,
    payment: &Payment<'_>,
    no: No,
    minor: Minor,
) -> Result<(), LenderError> {
    query("INSERT INTO payment_parts (tenant, payment, contract, no, minor) VALUES ($1, $2, $3, $4, $5)")
        .bind(tenant.as_str())
        .bind(payment.id)
        .bind(payment.contract)
        .bind(int(no))
        .bind(int(minor))
        .execute(conn)
        .await?;
    Ok(())
}

/// What was paid of an instalment since a lock was first offered, minor units: payments that stand, booked after it. By
/// the number of the phone's next order, since two things happen in one millisecond.
pub(crate) async fn since(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    lock_id: i64,
    no: No,
) -> Result<u64, LenderError> {
    let (paid,): (i64,) = query_as(
        "SELECT CAST(COALESCE(SUM(p.minor), 0) AS BIGINT) FROM payment_parts p
         JOIN payments b ON b.tenant = p.tenant AND b.payment = p.payment
         JOIN devices d ON d.tenant = p.tenant AND d.contract = p.contract
         WHERE p.tenant = $1 AND d.device = $2 AND p.no = $4 AND b.reversed_ms IS NULL
           AND b.before_seq > (SELECT MIN(o.seq) FROM orders o WHERE o.tenant = $1 AND o.device = $2
               AND o.kind = 'lk-lock+jwt' AND o.lock_id = $3)",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(lock_id)
    .bind(int(no))
    .fetch_one(conn)
    .await?;
    bounded::<Minor>(paid, "an amount").map(Minor::get)
}

/// What is kept of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// How much.
    pub minor: Minor,
    /// When.
    pub paid: Moment,
    /// When it was taken back.
    pub reversed: Option<Moment>,
    /// How much of it was given back, and when last; a clerk decides what that changes.
    pub refunded: Option<(Minor, Moment)>,
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    minor: i64,
    paid_ms: i64,
    reversed_ms: Option<i64>,
    refunded: i64,
    told_ms: Option<i64>,
}

/// The payment of a contract under this reference, taken back or not.
pub(crate) async fn kept(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    reference: &str,
) -> Result<Option<Kept>, LenderError> {
    let row: Option<KeptRow> = query_as(
        "SELECT p.minor, p.paid_ms, p.reversed_ms, CAST(COALESCE(SUM(e.minor), 0) AS BIGINT) AS refunded,
             MAX(e.told_ms) AS told_ms
         FROM payments p LEFT JOIN provider_events e ON e.tenant = p.tenant AND e.provider = p.provider
             AND e.reference = p.reference AND e.outcome = 'partial_refund'
         WHERE p.tenant = $1 AND p.contract = $2 AND p.reference = $3
         GROUP BY p.payment, p.minor, p.paid_ms, p.reversed_ms
         ORDER BY p.paid_ms DESC LIMIT 1",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .bind(reference)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let refunded = match row.told_ms {
            Some(ms) => Some((bounded(row.refunded, "an amount")?, Moment::from_ms(ms))),
            None => None,
        };
        Ok(Kept {
            minor: bounded(row.minor, "an amount")?,
            paid: Moment::from_ms(row.paid_ms),
            reversed: row.reversed_ms.map(Moment::from_ms),
            refunded,
        })
    })
    .transpose()
}

/// One payment of a contract, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Booked {
    /// Its id.
    pub payment: String,
    /// Who confirmed it.
    pub provider: String,
    /// Minor units.
    pub minor: i64,
    /// When, Unix milliseconds.
    pub paid_ms: i64,
    /// When it was taken back.
    pub reversed_ms: Option<i64>,
    /// Minor units that were given back of it; what is owed stays as it is until a clerk decides.
    pub refunded: i64,
}

/// Every payment of a contract, oldest first.
pub(crate) async fn all(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
) -> Result<Vec<Booked>, LenderError> {
    Ok(query_as(
        "SELECT p.payment, p.provider, p.minor, p.paid_ms, p.reversed_ms,
             CAST(COALESCE((SELECT SUM(e.minor) FROM provider_events e WHERE e.tenant = p.tenant
                 AND e.provider = p.provider AND e.reference = p.reference AND e.outcome = 'partial_refund'), 0)
                 AS BIGINT) AS refunded
         FROM payments p WHERE p.tenant = $1 AND p.contract = $2 ORDER BY p.paid_ms, p.payment",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .fetch_all(conn)
    .await?)
}

/// The provider took a payment back. `false`: there is no such payment, or it was taken back before.
pub(crate) async fn reverse(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    payment: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "UPDATE payments SET reversed_ms = $4
         WHERE tenant = $1 AND contract = $2 AND payment = $3 AND reversed_ms IS NULL",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .bind(payment)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A payment as a provider knows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Known {
    /// Ours.
    pub payment: String,
    /// Of which contract.
    pub contract: String,
    /// Minor units.
    pub minor: i64,
    /// When it was taken back.
    pub reversed_ms: Option<i64>,
}

/// The payment of a provider's number.
pub(crate) async fn by_reference(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    reference: &str,
) -> Result<Option<Known>, LenderError> {
    Ok(query_as(
        "SELECT payment, contract, minor, reversed_ms FROM payments
         WHERE tenant = $1 AND provider = $2 AND reference = $3",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(reference)
    .fetch_optional(conn)
    .await?)
}

/// How much of a payment went to instalments; the rest was paid too much.
pub(crate) async fn placed(
    conn: &mut Conn,
    tenant: &Tenant,
    provider: &str,
    reference: &str,
) -> Result<i64, LenderError> {
    let (minor,): (i64,) = query_as(
        "SELECT CAST(COALESCE(SUM(p.minor), 0) AS BIGINT) FROM payment_parts p
         JOIN payments b ON b.tenant = p.tenant AND b.payment = p.payment
         WHERE b.tenant = $1 AND b.provider = $2 AND b.reference = $3",
    )
    .bind(tenant.as_str())
    .bind(provider)
    .bind(reference)
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

/// The contract that an intent is for.
pub(crate) async fn contract_of_intent(
    conn: &mut Conn,
    tenant: &Tenant,
    intent: &str,
) -> Result<Option<String>, LenderError> {
    let row: Option<(String,)> = query_as("SELECT contract FROM intents WHERE tenant = $1 AND intent = $2")
        .bind(tenant.as_str())
        .bind(intent)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(contract,)| contract))
}
