//! What owners said, and how it ended.

use super::{Conn, bounded, id, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::values::{DeviceId, Id, No};
use latchkey_core::wire::{ClaimKind, ClaimRequest};

/// A message of an owner.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// Made on the phone.
    pub id: Id,
    /// Kind.
    pub kind: ClaimKind,
    /// Lock it is about, 0 = none.
    pub lock_id: i64,
    /// Instalment it is about.
    pub instalment: Option<No>,
    /// Choice of the page.
    pub choice: Option<String>,
    /// The owner's words.
    pub text: Option<String>,
    /// When it came.
    pub said: Moment,
    /// Until when it is answered.
    pub answer_by: Moment,
    /// How it ended.
    pub outcome: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    claim: String,
    kind: String,
    lock_id: i64,
    instalment: Option<i64>,
    choice: Option<String>,
    text: Option<String>,
    created_ms: i64,
    answer_by_ms: i64,
    outcome: Option<String>,
}

/// The word of a kind in the store.
pub(crate) fn word(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Paid => "paid",
        ClaimKind::Dispute => "dispute",
        ClaimKind::Hardship => "hardship",
        ClaimKind::Return => "return",
    }
}

fn read(row: Row) -> Result<Said, LenderError> {
    let kinds = [
        ClaimKind::Paid,
        ClaimKind::Dispute,
        ClaimKind::Hardship,
        ClaimKind::Return,
    ];
    let kind = kinds.into_iter().find(|kind| word(*kind) == row.kind);
    Ok(Said {
        id: id(row.claim)?,
        kind: kind.ok_or(LenderError::Damaged("a claim's kind"))?,
        lock_id: row.lock_id,
        instalment: row
            .instalment
            .map(|no| bounded(no, "an instalment's number"))
            .transpose()?,
        choice: row.choice,
        text: row.text,
        said: Moment::from_ms(row.created_ms),
        answer_by: Moment::from_ms(row.answer_by_ms),
        outcome: row.outcome,
    })
}

/// Stores a message; the same id again changes nothing. Whether it is a new one.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    told: &ClaimRequest,
    now: Moment,
    answer_by: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "INSERT INTO claims (tenant, device, claim, kind, lock_id, instalment, choice, text, created_ms, answer_by_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(told.id.as_str())
    .bind(word(told.kind))
    .bind(int(told.lock_id.get()))
    .bind(told.instalment.map(|no| int(no.get())))
    .bind(&told.choice)
    .bind(&told.text)
    .bind(now.ms())
    .bind(answer_by.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether a message came before.
pub(crate) async fn knows(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    claim: &Id,
) -> Result<bool, LenderError> {
    let (n,): (i64,) =
        query_as("SELECT COUNT(*) FROM claims WHERE tenant = $1 AND device = $2 AND claim = $3")
            .bind(tenant.as_str())
            .bind(device.as_str())
            .bind(claim.as_str())
            .fetch_one(conn)
            .await?;
    Ok(n > 0)
}

/// How many messages of a kind wait for an answer.
pub(crate) async fn open(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    kind: ClaimKind,
) -> Result<i64, LenderError> {
    let (n,): (i64,) = query_as(
        "SELECT COUNT(*) FROM claims WHERE tenant = $1 AND device = $2 AND kind = $3 AND outcome IS NULL",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(word(kind))
    .fetch_one(conn)
    .await?;
    Ok(n)
}

/// All messages of a phone, oldest first.
pub(crate) async fn all(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Vec<Said>, LenderError> {
    let rows: Vec<Row> = query_as(
        "SELECT claim, kind, lock_id, instalment, choice, text, created_ms, answer_by_ms, outcome
         FROM claims WHERE tenant = $1 AND device = $2 ORDER BY created_ms, claim",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(read).collect()
}

/// One message.
pub(crate) async fn get(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    claim: &Id,
) -> Result<Said, LenderError> {
    let found = all(conn, tenant, device)
        .await?
        .into_iter()
        .find(|c| c.id == *claim);
    found.ok_or(LenderError::NotFound("no such claim; `claims list` shows them"))
}

/// Disputes that nobody answered in time.
pub(crate) async fn overdue(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    now: Moment,
) -> Result<Vec<Said>, LenderError> {
    let mut found = all(conn, tenant, device).await?;
    found.retain(|c| c.kind == ClaimKind::Dispute && c.outcome.is_none() && c.answer_by <= now);
    Ok(found)
}

/// Writes an end down, if there is none yet.
pub(crate) async fn end(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    claim: &Id,
    outcome: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE claims SET outcome = $4, answered_ms = $5
         WHERE tenant = $1 AND device = $2 AND claim = $3 AND outcome IS NULL",
    )
    .bind(tenant.as_str())
    .bind(device.as_str())
    .bind(claim.as_str())
    .bind(outcome)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends every open message of a kind; with instalments, those about one of them alone.
pub(crate) async fn end_all(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
    kind: ClaimKind,
    about: Option<&[No]>,
    outcome: &str,
    now: Moment,
) -> Result<(), LenderError> {
    for said in all(conn, tenant, device).await? {
        let meant = about.is_none_or(|list| said.instalment.is_some_and(|no| list.contains(&no)));
        if said.kind == kind && meant {
            end(conn, tenant, device, &said.id, outcome, now).await?;
        }
    }
    Ok(())
}

/// Forgets the words of claims that are answered and older than a moment; that something was said stays.
pub(crate) async fn forget_words(
    conn: &mut Conn,
    tenant: &Tenant,
    before: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE claims SET text = NULL
         WHERE tenant = $1 AND created_ms < $2 AND outcome IS NOT NULL AND text IS NOT NULL",
    )
    .bind(tenant.as_str())
    .bind(before.ms())
    .execute(conn)
    .await?;
    Ok(())
}
