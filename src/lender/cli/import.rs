//! Many agreements at once, from a CSV file.

use super::out::{Out, bar, line};
use clap::Args;
use latchkey_lender::LenderError;
use latchkey_lender::agreements::{Agreements, Imported, Stage};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Mutex;

#[derive(Args)]
pub(crate) struct Import {
    /// The file; docs/lending.md lists its columns.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Read everything and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Make an enrolment code for each new phone, and show them; a code is shown this once.
    #[arg(long)]
    codes: bool,
}

pub(crate) async fn import(out: Out, store: &Agreements, asked: Import) -> Result<(), LenderError> {
    let shown: Mutex<Option<(Stage, indicatif::ProgressBar)>> = Mutex::new(None);
    let told = |stage: Stage, done: usize, all: usize| {
        let Ok(mut shown) = shown.lock() else { return };
        if shown.as_ref().is_none_or(|(before, _)| *before != stage) {
            let what = match stage {
                Stage::Comparing => "comparing",
                Stage::Writing => "writing",
            };
            *shown = Some((stage, bar(all, what)));
        }
        if let Some((_, bar)) = &*shown {
            bar.set_position(u64::try_from(done).unwrap_or(0));
            if done == all {
                bar.finish_and_clear();
            }
        }
    };
    let how = latchkey_lender::agreements::Import {
        dry_run: asked.dry_run,
        codes: asked.codes,
    };
    let imported = store.import(&asked.file, how, &told).await?;
    show(out, &imported, asked.dry_run);
    match imported.faults.len() {
        0 => Ok(()),
        faults => Err(LenderError::BadImport(faults)),
    }
}

fn show(out: Out, imported: &Imported, dry_run: bool) {
    let Imported {
        lines, known, new, ..
    } = imported;
    if out.json {
        let faults = imported.faults.iter();
        let faults = faults.map(|f| json!({"line": f.line, "column": f.column, "what": f.what}));
        let made = imported.made.iter().map(|made| {
            json!({"contract": made.contract, "device": made.device.as_str(), "enrol_code": made.enrol_code})
        });
        let told = json!({"lines": lines, "known": known, "new": new, "dry_run": dry_run,
            "faults": faults.collect::<Vec<_>>(), "made": made.collect::<Vec<_>>()});
        line(&told.to_string());
        return;
    }
    if !imported.faults.is_empty() {
        let rows = imported.faults.iter();
        let rows = rows.map(|f| [json!(f.line), json!(f.column), json!(f.what)]);
        out.table(["line", "column", "what"], rows.collect());
        return;
    }
    let coded = imported.made.iter().filter_map(|made| {
        let code = made.enrol_code.as_ref()?;
        Some([json!(made.contract), json!(made.device.as_str()), json!(code)])
    });
    let coded: Vec<_> = coded.collect();
    if !coded.is_empty() {
        out.table(["contract", "device", "enrol code"], coded);
    }
    let there = match known {
        0 => String::new(),
        n => format!(", {n} already there"),
    };
    let what = if dry_run {
        "would be added, nothing was written"
    } else {
        "added"
    };
    line(&format!("{lines} lines: {new} {what}{there}."));
}
