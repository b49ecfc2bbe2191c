//! `latchkey log`: read a phone's log, export it, and verify an export anywhere (OWN-11).

use crate::args::LogTool;
use crate::say;
use latchkey_core::journal::{self, Scan};
use latchkey_core::log;
use latchkey_core::state::{self, Restored};
use latchkey_core::time::Now;
use latchkey_screen::Page;
use latchkey_screen::present::present;
use latchkey_screen::words::Fluent;
use latchkey_screen::{Choices, Visit};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The export is broken.
const BROKEN: u8 = 1;
/// It cannot be read at all.
const UNREADABLE: u8 = 2;

/// Why there is nothing to show.
struct Unreadable {
    what: String,
    next: &'static str,
}

/// Runs the tool; the exit code tells.
#[must_use]
pub fn run(tool: &LogTool) -> ExitCode {
    let done = match tool {
        LogTool::Show { store, json } => show(store, *json),
        LogTool::Export { store, to } => export(store, to.as_deref()),
        LogTool::Verify { file, root, json } => verify(file, root.as_deref(), *json),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            complain(&error);
            ExitCode::from(UNREADABLE)
        }
    }
}

#[expect(clippy::print_stderr, reason = "errors go to standard error")]
fn complain(error: &Unreadable) {
    eprintln!("latchkey: {}\n  {}", error.what, error.next);
}

#[expect(
    clippy::disallowed_methods,
    reason = "a tool that reads what it is given and changes nothing"
)]
fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    std::fs::read(path).map_err(|e| Unreadable {
        what: format!("{}: {e}", path.display()),
        next: "Name a file or folder that exists and that you may read.",
    })
}

fn scan(store: &Path) -> Result<Scan, Unreadable> {
    let path: PathBuf = store.join("phone").join("journal");
    let bytes = read(&path)?;
    journal::scan(&bytes).map_err(|damage| Unreadable {
        what: format!("{}: damaged at byte {}", path.display(), damage.at),
        next: "Start the phone once: it sets the damaged file aside and begins a new record.",
    })
}

fn show(store: &Path, json: bool) -> Result<u8, Unreadable> {
    let scan = scan(store)?;
    let Restored::Whole { state, .. } = state::restore(&scan) else {
        return Err(Unreadable {
            what: "the record holds an order that does not verify".to_owned(),
            next: "Export it and verify the export: that names the line.",
        });
    };
    let snapshot = state::snapshot(&state, &Now::default());
    if json {
        for line in &snapshot.log {
            say(&serde_json::to_string(line).unwrap_or_default());
        }
        return Ok(0);
    }
    let mut visit = Visit::new(Choices::default());
    visit.go(Page::Log);
    let view = present(&snapshot, &visit, &Fluent::new("en"));
    for row in &view.rows {
        let plain = |text: &str| latchkey_screen::format::bare(text);
        say(&format!("{}\n    {}", plain(&row.label), plain(&row.detail)));
    }
    Ok(0)
}

fn export(store: &Path, to: Option<&Path>) -> Result<u8, Unreadable> {
    let scan = scan(store)?;
    let text = log::export(&scan.entries).ok_or(Unreadable {
        what: "the record names no phone yet".to_owned(),
        next: "Enrol the phone first: start it once with its lender.",
    })?;
    match to {
        None => say(text.trim_end()),
        Some(path) => write(path, &text)?,
    }
    Ok(0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the owner names the file; no file of the phone is touched"
)]
fn write(path: &Path, text: &str) -> Result<(), Unreadable> {
    std::fs::write(path, text).map_err(|e| Unreadable {
        what: format!("{}: {e}", path.display()),
        next: "Name a file in a folder that you can write to.",
    })
}

fn report(file: &Path, root: Option<&str>) -> Result<log::Report, Unreadable> {
    let bad = |what: &str| Unreadable {
        what: format!("{} {what}", file.display()),
        next: "Give the file that `latchkey log export` wrote.",
    };
    let bytes = read(file)?;
    if bytes.is_empty() {
        return Err(bad("is empty"));
    }
    let text = String::from_utf8(bytes).map_err(|_| bad("is not a text file"))?;
    log::verify(&text, root).map_err(|_| bad("is no log or certificate of Latchkey"))
}

/// A fault as a person reads it.
fn plain(fault: &log::Fault) -> String {
    match fault {
        log::Fault::Root => {
            "the root is not the one that was given, or not the one that line 1 names".to_owned()
        }
        log::Fault::Form => "this line is not a record".to_owned(),
        log::Fault::Number | log::Fault::Chain => {
            "it does not follow from the line before: a record was changed or taken out".to_owned()
        }
        log::Fault::Signature(refusal) => format!("a signature does not hold ({})", refusal.code),
        log::Fault::Device => "it is about another phone than line 1".to_owned(),
        log::Fault::Count => {
            "the file has other records than line 1 says: some are missing or were added".to_owned()
        }
    }
}

fn verify(file: &Path, root: Option<&str>, json: bool) -> Result<u8, Unreadable> {
    let report = match report(file, root) {
        Ok(report) => report,
        Err(error) => {
            if json {
                say(r#"{"fault":"unreadable"}"#);
            }
            return Err(error);
        }
    };
    let code = if report.fault.is_some() { BROKEN } else { 0 };
    if json {
        say(&serde_json::to_string(&report).unwrap_or_default());
        return Ok(code);
    }
    match &report.fault {
        None => say(&format!(
            "Whole: {} records of phone {}, {} signatures hold.",
            report.records, report.device, report.verified
        )),
        Some((line, fault)) => say(&format!(
            "Broken at line {line}: {}. {} before it hold.",
            plain(fault),
            match report.records {
                1 => "1 record".to_owned(),
                n => format!("{n} records"),
            }
        )),
    }
    if let Some(day) = report.settled {
        let (year, month, date) = latchkey_screen::format::civil(i64::from(day));
        say(&format!(
            "Settled on {year}-{month:02}-{date:02}: no order can limit this phone again."
        ));
    }
    say(&format!(
        "Root {}{}",
        report.root,
        if report.root_given {
            ", as you gave it."
        } else {
            ": named by the file only. Compare it with the lender's, or give --root."
        }
    ));
    Ok(code)
}
