//! The audit by hand: shown, checked, told.

use super::out::Out;
use clap::Subcommand;
use latchkey_lender::LenderError;
use latchkey_lender::desk::{self, Desk};
use serde_json::{Value, json};

/// What is asked of the audit, besides showing it.
#[derive(Subcommand)]
pub(crate) enum AuditAsk {
    /// Check that no row was changed or taken out, and that the chain holds the heads that were kept elsewhere.
    Verify {
        /// A head that was kept: its place and hash, e.g. 12=kB4…
        #[arg(long = "head", value_name = "PLACE=HASH")]
        heads: Vec<String>,
    },
    /// Tell the head of the chain to the webhooks now. A running server does so each hour in which it grew.
    Tell,
}

async fn verify(out: Out, desk: &Desk, heads: &[String]) -> Result<(), LenderError> {
    let rows = desk.audit().await?;
    if !desk::whole(&rows) {
        return Err(LenderError::Damaged("a row of the audit was changed"));
    }
    for head in heads {
        let kept = head
            .split_once('=')
            .and_then(|(place, hash)| Some((place.parse().ok()?, hash)));
        let (place, hash) = kept.ok_or_else(|| LenderError::BadHead(head.clone()))?;
        if !desk::holds(&rows, place, hash) {
            return Err(LenderError::HeadUnknown(head.clone()));
        }
    }
    let head = rows.last().map(|last| format!("{}={}", last.place, last.hash));
    let (rows, kept) = (rows.len(), heads.len());
    out.told(
        &format!("The audit is whole: {rows} rows, {kept} kept heads."),
        &json!({"rows": rows, "kept_heads": kept, "head": head}),
    );
    if let Some(head) = head {
        out.says(&format!("Head to keep: {head}"));
    }
    Ok(())
}

pub(crate) async fn audit(out: Out, desk: &Desk, ask: Option<AuditAsk>) -> Result<(), LenderError> {
    match ask {
        Some(AuditAsk::Verify { heads }) => return verify(out, desk, &heads).await,
        Some(AuditAsk::Tell) => {
            let head = desk.tell_audit_head().await?;
            let head = head.map(|head| format!("{}={}", head.place, head.hash));
            let told = head.as_ref().map_or_else(
                || "Nothing is in the audit yet.".to_owned(),
                |head| format!("Told: {head}"),
            );
            out.told(&told, &json!({"head": head}));
            return Ok(());
        }
        None => {}
    }
    let rows = desk.audit().await?;
    let cells = rows.iter().map(|row| {
        [
            json!(row.place),
            json!(desk::utc(u64::try_from(row.at_ms / 1000).unwrap_or(0))),
            json!(row.action),
            about(row),
            json!(row.operator),
            json!(row.reason),
        ]
    });
    out.table(
        ["place", "at", "action", "about", "operator", "reason"],
        cells.collect(),
    );
    if desk::whole(&rows) {
        Ok(())
    } else {
        Err(LenderError::Damaged("a row of the audit was changed"))
    }
}

fn about(row: &desk::Audited) -> Value {
    if row.lock_id > 0 {
        let code = match row.slot {
            0 => String::new(),
            slot => format!(" code {slot}"),
        };
        json!(format!("{} lock {}{code}", row.device, row.lock_id))
    } else {
        json!(row.device)
    }
}
