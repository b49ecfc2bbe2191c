//! Contracts and their instalments.

use super::{Conn, bounded, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::money::{Instalment, Replanned};
use latchkey_core::agreement::Agreement;
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::values::Obj;

/// A contract.
#[derive(Clone, Debug)]
pub(crate) struct Contract {
    /// The lender's number.
    pub id: String,
    /// The agreement's exact bytes, base64url.
    pub agreement: String,
    /// The same, read.
    pub read: Agreement,
    /// Typed by the payer.
    pub pay_token: String,
    /// Whether nothing is owed any more.
    pub settled: bool,
}

impl Contract {
    /// SHA-256 of the agreement's bytes.
    pub(crate) fn agreement_hash(&self) -> String {
        crate::sign::sha256(&decode(self.agreement.as_bytes()).unwrap_or_default())
    }
}

/// Stores a contract with the schedule of its agreement.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    bytes: &[u8],
    pay_token: &str,
    now: Moment,
) -> Result<String, LenderError> {
    let agreement = read(bytes)?;
    insert_read(conn, tenant, &agreement, bytes, pay_token, now).await?;
    Ok(agreement.r#ref.as_str().to_owned())
}

/// Twelve instalments of one contract in one statement: an import writes hundred thousands of them.
const TWELVE: &str = "INSERT INTO instalments (tenant, contract, no, due_day, minor) VALUES
    ($1, $2, $3, $4, $5), ($1, $2, $6, $7, $8), ($1, $2, $9, $10, $11), ($1, $2, $12, $13, $14),
    ($1, $2, $15, $16, $17), ($1, $2, $18, $19, $20), ($1, $2, $21, $22, $23), ($1, $2, $24, $25, $26),
    ($1, $2, $27, $28, $29), ($1, $2, $30, $31, $32), ($1, $2, $33, $34, $35), ($1, $2, $36, $37, $38)";

/// As [`insert`], of an agreement that was read from these bytes.
pub(crate) async fn insert_read(
    conn: &mut Conn,
    tenant: &Tenant,
    agreement: &Agreement,
    bytes: &[u8],
    pay_token: &str,
    now: Moment,
) -> Result<(), LenderError> {
    let id = agreement.r#ref.as_str();
    query(
        "INSERT INTO contracts (tenant, contract, agreement, currency, pay_token, created_ms)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tenant.as_str())
    .bind(id)
    .bind(encode(bytes))
    .bind(agreement.cur.as_str())
    .bind(pay_token)
    .bind(now.ms())
    .execute(&mut *conn)
    .await?;
    let (dozens, rest) = agreement.schedule.as_chunks::<12>();
    for dozen in dozens {
        let insert = query(TWELVE).bind(tenant.as_str()).bind(id);
        let bound = dozen.iter().fold(insert, |query, (no, due, minor)| {
            query.bind(int(*no)).bind(int(*due)).bind(int(*minor))
        });
        bound.execute(&mut *conn).await?;
    }
    for (no, due, minor) in rest {
        query("INSERT INTO instalments (tenant, contract, no, due_day, minor) VALUES ($1, $2, $3, $4, $5)")
            .bind(tenant.as_str())
            .bind(id)
            .bind(int(*no))
            .bind(int(*due))
            .bind(int(*minor))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// The bytes of a stored agreement, base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub String);

/// The agreement under a number, if there is one.
pub(crate) async fn known(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
) -> Result<Option<Known>, LenderError> {
    let row: Option<(String,)> =
        query_as("SELECT agreement FROM contracts WHERE tenant = $1 AND contract = $2")
            .bind(tenant.as_str())
            .bind(contract)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(bytes,)| Known(bytes)))
}

fn read(bytes: &[u8]) -> Result<Agreement, LenderError> {
    let agreement: Obj<Agreement> =
        serde_json::from_slice(bytes).map_err(|_| LenderError::Damaged("an agreement"))?;
    Ok(agreement.0)
}

/// One contract.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, contract: &str) -> Result<Contract, LenderError> {
    let row: Option<(String, String, Option<i64>)> = query_as(
        "SELECT agreement, pay_token, settled_ms FROM contracts WHERE tenant = $1 AND contract = $2",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .fetch_optional(conn)
    .await?;
    let (agreement, pay_token, settled_ms) = row.ok_or(LenderError::NotFound("no such contract"))?;
    let bytes = decode(agreement.as_bytes()).ok_or(LenderError::Damaged("an agreement"))?;
    Ok(Contract {
        id: contract.to_owned(),
        read: read(&bytes)?,
        agreement,
        pay_token,
        settled: settled_ms.is_some(),
    })
}

/// Marks it settled.
pub(crate) async fn settle(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE contracts SET settled_ms = COALESCE(settled_ms, $3) WHERE tenant = $1 AND contract = $2")
        .bind(tenant.as_str())
        .bind(contract)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct InstalmentRow {
    no: i64,
    due_day: i64,
    minor: i64,
    fee: i64,
    plan: Option<String>,
    replaced_by: Option<String>,
    paid: i64,
}

/// Its instalments with what was paid of each, by due day. Payments that were taken back do not count.
pub(crate) async fn instalments(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
) -> Result<Vec<Instalment>, LenderError> {
    let rows: Vec<InstalmentRow> = query_as(
        "SELECT i.no, i.due_day, i.minor, i.fee, i.plan, i.replaced_by,
                CAST(COALESCE((SELECT SUM(p.minor) FROM payment_parts p
                    JOIN payments b ON b.tenant = p.tenant AND b.payment = p.payment
                    WHERE p.tenant = i.tenant AND p.contract = i.contract AND p.no = i.no
                      AND b.reversed_ms IS NULL), 0) AS BIGINT) AS paid
         FROM instalments i WHERE i.tenant = $1 AND i.contract = $2 ORDER BY i.due_day, i.no",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Instalment {
                no: bounded(row.no, "an instalment's number")?,
                due: bounded(row.due_day, "a due day")?,
                minor: bounded(row.minor, "an amount")?,
                fee: bounded(row.fee, "an amount")?,
                paid: bounded(row.paid, "an amount")?,
                planned: row.plan.is_some(),
                replaced: row.replaced_by.is_some(),
            })
        })
        .collect()
}

/// Stores what a plan makes of the instalments.
pub(crate) async fn replan(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
    plan: &str,
    made: &Replanned,
) -> Result<(), LenderError> {
    for old in &made.replaced {
        query(
            "UPDATE instalments SET minor = $4, fee = $5, replaced_by = $6
             WHERE tenant = $1 AND contract = $2 AND no = $3",
        )
        .bind(tenant.as_str())
        .bind(contract)
        .bind(int(old.no))
        .bind(int(old.minor))
        .bind(int(old.fee))
        .bind(plan)
        .execute(&mut *conn)
        .await?;
    }
    for new in &made.added {
        query(
            "INSERT INTO instalments (tenant, contract, no, due_day, minor, fee, plan)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(tenant.as_str())
        .bind(contract)
        .bind(int(new.no))
        .bind(int(new.due))
        .bind(int(new.minor))
        .bind(int(new.fee))
        .bind(plan)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
