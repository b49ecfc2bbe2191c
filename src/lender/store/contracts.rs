//! Contracts and their instalments.

use super::{Conn, bounded, int};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::money::Instalment;
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
    let id = agreement.r#ref.as_str();
    sqlx::query(
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
    for (no, due, minor) in agreement.schedule.iter() {
        sqlx::query(
            "INSERT INTO instalments (tenant, contract, no, due_day, minor) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(tenant.as_str())
        .bind(id)
        .bind(int(*no))
        .bind(int(*due))
        .bind(int(*minor))
        .execute(&mut *conn)
        .await?;
    }
    Ok(id.to_owned())
}

fn read(bytes: &[u8]) -> Result<Agreement, LenderError> {
    let agreement: Obj<Agreement> =
        serde_json::from_slice(bytes).map_err(|_| LenderError::Damaged("an agreement"))?;
    Ok(agreement.0)
}

/// One contract.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, contract: &str) -> Result<Contract, LenderError> {
    let row: Option<(String, String, Option<i64>)> = sqlx::query_as(
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
    sqlx::query(
        "UPDATE contracts SET settled_ms = COALESCE(settled_ms, $3) WHERE tenant = $1 AND contract = $2",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Its instalments with what was paid of each, by number.
pub(crate) async fn instalments(
    conn: &mut Conn,
    tenant: &Tenant,
    contract: &str,
) -> Result<Vec<Instalment>, LenderError> {
    let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT i.no, i.due_day, i.minor, CAST(COALESCE(SUM(p.minor), 0) AS BIGINT)
         FROM instalments i LEFT JOIN payment_parts p
           ON p.tenant = i.tenant AND p.contract = i.contract AND p.no = i.no
         WHERE i.tenant = $1 AND i.contract = $2
         GROUP BY i.no, i.due_day, i.minor ORDER BY i.no",
    )
    .bind(tenant.as_str())
    .bind(contract)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(no, due, minor, paid)| {
            Ok(Instalment {
                no: bounded(no, "an instalment's number")?,
                due: bounded(due, "a due day")?,
                minor: bounded(minor, "an amount")?,
                paid: bounded(paid, "an amount")?,
            })
        })
        .collect()
}
