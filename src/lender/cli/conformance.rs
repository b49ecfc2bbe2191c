//! The conformance kit: a scripted session against a server by HTTP alone, and the vectors. Whoever builds a server of this
//! interface can run it; ours passes through the same door. docs/api.md says what it needs.

mod lent;
mod phone;
mod public;
mod signed;
mod token;
mod vectors;

use super::out::{Out, array, bar, line};
use super::wire::client::Client;
use super::wire::{Failed, Key, Server, Told};
use clap::Args;
use latchkey_core::order::values::DeviceId;
use latchkey_lender::clients;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Conformance {
    /// The server.
    #[arg(value_name = "URL")]
    url: String,
    /// Its public URL, which signatures cover, if it is another one.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A client of it with the usual scopes; settle:write adds a check.
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// File with that client's private key as a JWK.
    #[arg(long, value_name = "FILE")]
    client_key: PathBuf,
    /// A phone that nobody enrolled yet, whose first instalment is late and warned about, so that a lock is lawful. Default:
    /// the first one in the list that was never seen.
    #[arg(long, value_name = "ID", value_parser = super::devices::device)]
    late: Option<DeviceId>,
}

/// Why a check did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
enum No {
    Failed(String),
    Skipped(String),
}

impl From<Failed> for No {
    fn from(why: Failed) -> No {
        No::Failed(why)
    }
}

impl From<&str> for No {
    fn from(why: &str) -> No {
        No::Failed(why.to_owned())
    }
}

type Checked = Result<(), No>;

/// What was checked.
struct Report {
    rows: Vec<(&'static str, Checked)>,
    bar: indicatif::ProgressBar,
}

impl Report {
    fn note(&mut self, check: &'static str, checked: Checked) {
        self.bar.set_message(check);
        self.bar.inc(1);
        self.rows.push((check, checked));
    }

    /// Notes a check that gives something; what needs it is skipped without.
    fn take<T>(&mut self, check: &'static str, checked: Result<T, No>) -> Option<T> {
        let (given, checked) = match checked {
            Ok(given) => (Some(given), Ok(())),
            Err(no) => (None, Err(no)),
        };
        self.note(check, checked);
        given
    }

    /// Checks that cannot be made.
    fn skip(&mut self, checks: &[&'static str], why: &str) {
        for check in checks {
            self.note(check, Err(No::Skipped(why.to_owned())));
        }
    }
}

/// About how many checks there are, for the bar.
const CHECKS: usize = 62;

fn ensure(holds: bool, why: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(No::Failed(why())) }
}

/// The answer must have this status; a missing scope skips the check.
fn status(told: &Told, status: u16) -> Checked {
    if told.status == 403 && told.code() == "scope_missing" {
        let scope = told.json()["scope"].as_str().unwrap_or("?").to_owned();
        return Err(No::Skipped(format!("the client lacks the scope {scope}")));
    }
    ensure(told.status == status, || {
        let body: String = told.text().chars().take(200).collect();
        format!("answered {} instead of {status}: {body}", told.status)
    })
}

/// The answer must be a refusal as RFC 9457 writes it, with this status, and this code if there is one.
fn refused(told: &Told, status: u16, code: Option<&str>) -> Checked {
    self::status(told, status)?;
    let kind = told.header("content-type");
    ensure(kind.starts_with("application/problem+json"), || {
        format!("a refusal came as {kind} instead of application/problem+json")
    })?;
    let body = told.json();
    for member in ["type", "title", "code", "detail"] {
        ensure(body[member].is_string(), || {
            format!("the refusal has no {member}")
        })?;
    }
    ensure(body["status"] == told.status, || {
        "the refusal names another status than its answer".to_owned()
    })?;
    ensure(
        body["request_id"]
            .as_str()
            .is_none_or(|id| id == told.header("request-id")),
        || "request_id and the field Request-Id differ".to_owned(),
    )?;
    ensure(code.is_none_or(|code| body["code"] == code), || {
        format!(
            "the code is {} instead of {}",
            body["code"],
            code.unwrap_or_default()
        )
    })
}

pub(crate) async fn conformance(out: Out, asked: Conformance) -> ExitCode {
    let mut report = Report {
        rows: Vec::new(),
        bar: bar(CHECKS, "begin"),
    };
    let begun = session(&asked, &mut report).await;
    report.bar.finish_and_clear();
    if let Err(why) = begun {
        super::out::wrong(out, "conformance", &why);
        return ExitCode::FAILURE;
    }
    let failed = tell(out, &report.rows);
    ExitCode::from(u8::from(failed > 0))
}

async fn session(asked: &Conformance, report: &mut Report) -> Result<(), Failed> {
    let key = Key::read(&clients::read(&asked.client_key).map_err(|e| e.to_string())?)?;
    let server = Server::new(&asked.url, asked.public_url.as_deref())?.patient();
    server.get("/health/live").await?;
    vectors::run(report);
    public::run(&server, report).await;
    let mut client = Client::new(&server, &asked.client_id, key);
    token::run(&mut client, report).await?;
    if client.token.is_empty() {
        report.skip(&["device.made"], "there is no token");
        return Ok(());
    }
    let made = report.take("device.made", lent::make(&client).await);
    let Some(made) = made else {
        return Ok(());
    };
    signed::run(&client, &made, report).await;
    lent::run(&client, &made, report).await;
    let mut phone = phone::run(&client, &made, report).await?;
    lent::lock(&client, asked.late.as_ref(), &made, report).await?;
    if let Some(phone) = &mut phone {
        vectors::receipts(phone, report).await;
        lent::settle(&client, &made, phone, report).await;
    }
    token::revoked(&client, report).await;
    Ok(())
}

/// Tells everything; how many checks failed.
fn tell(out: Out, rows: &[(&'static str, Checked)]) -> usize {
    const COLUMNS: [&str; 3] = ["check", "outcome", "why"];
    let cells = rows.iter().map(|(check, checked)| match checked {
        Ok(()) => [json!(check), json!("ok"), Value::Null],
        Err(No::Failed(why)) => [json!(check), json!("failed"), json!(why)],
        Err(No::Skipped(why)) => [json!(check), json!("skipped"), json!(why)],
    });
    let cells: Vec<_> = cells.collect();
    let count = |word: &str| cells.iter().filter(|row| row[1] == word).count();
    let (ok, failed, skipped) = (count("ok"), count("failed"), count("skipped"));
    if out.json {
        let told = json!({"ok": ok, "failed": failed, "skipped": skipped, "checks": array(COLUMNS, cells)});
        line(&told.to_string());
    } else {
        out.table(COLUMNS, cells);
        line(&format!("{ok} ok, {failed} failed, {skipped} skipped"));
    }
    failed
}
