//! Many phones at once, over the routes of phones: they enrol, check in, take what they are sent, and wait for the next
//! order. Each believes nothing but what `core` verified.

mod ground;
mod open_files;

use super::out::{Out, bar, line};
use super::wire::Failed;
use super::wire::client::Client;
use super::wire::phone::Phone;
use clap::Args;
use ground::Ground;
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::Sha;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::Instant;

#[derive(Args)]
pub(crate) struct Simulate {
    /// How many phones.
    #[arg(value_name = "N")]
    phones: usize,
    /// The server that they ask; default: one of its own, in a store that is thrown away.
    #[arg(long, value_name = "URL", requires = "client_id", requires = "client_key")]
    url: Option<String>,
    /// That server's public URL, which signatures cover, if it is another one.
    #[arg(long, value_name = "URL", requires = "url")]
    public_url: Option<String>,
    /// A client of that server with the scopes devices:enrol, devices:read, terms:write and releases:write.
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// File with that client's private key as a JWK.
    #[arg(long, value_name = "FILE")]
    client_key: Option<PathBuf>,
    /// Requests of the lender under way at once.
    #[arg(long, value_name = "N", default_value_t = 16)]
    at_once: usize,
}

/// How long a phone waits for news.
const WAIT_S: u32 = 55;
/// Polls that bring nothing until a phone gives up.
const POLLS: usize = 8;

/// What was measured, milliseconds by what it is of.
#[derive(Debug, Default)]
struct Figures {
    took: BTreeMap<&'static str, Vec<f64>>,
    orders: BTreeMap<&'static str, usize>,
    refused: BTreeMap<String, usize>,
    errors: BTreeMap<String, usize>,
}

impl Figures {
    fn took(&mut self, what: &'static str, since: Instant) {
        self.took
            .entry(what)
            .or_default()
            .push(since.elapsed().as_secs_f64() * 1_000.0);
    }

    fn failed(&mut self, why: String) {
        *self.errors.entry(why).or_default() += 1;
    }

    fn add(&mut self, other: Figures) {
        for (what, mut took) in other.took {
            self.took.entry(what).or_default().append(&mut took);
        }
        for (kind, n) in other.orders {
            *self.orders.entry(kind).or_default() += n;
        }
        for (code, n) in other.refused {
            *self.refused.entry(code).or_default() += n;
        }
        for (why, n) in other.errors {
            *self.errors.entry(why).or_default() += n;
        }
    }
}

pub(crate) async fn simulate(out: Out, database: Option<String>, asked: Simulate) -> ExitCode {
    match run(&asked, database).await {
        Ok(figures) => {
            tell(out, asked.phones, &figures);
            ExitCode::from(u8::from(!figures.errors.is_empty()))
        }
        Err(why) => {
            super::out::wrong(out, "simulate", &why);
            ExitCode::FAILURE
        }
    }
}

async fn run(asked: &Simulate, database: Option<String>) -> Result<Figures, Failed> {
    let own = asked.url.is_none();
    open_files::enough_for(asked.phones, own)?;
    let (ground, client) = match (&asked.url, &asked.client_id, &asked.client_key) {
        (Some(url), Some(id), Some(key)) => ground::of(url, asked.public_url.as_deref(), id, key).await?,
        _ => ground::own(database).await?,
    };
    let figures = play(asked, &ground, client).await;
    ground.leave().await?;
    figures
}

async fn play(asked: &Simulate, ground: &Ground, client: Client) -> Result<Figures, Failed> {
    let mut figures = Figures::default();
    let client = Arc::new(ground::Renewed::new(client));
    let at_once = Arc::new(Semaphore::new(asked.at_once.max(1)));
    // One after the other, each in its own task: made, enrolled, first check-in.
    let shown = bar(asked.phones, "enrolling");
    let mut tasks = Vec::new();
    for n in 0..asked.phones {
        let (ground, client, at_once) = (ground.clone(), client.clone(), at_once.clone());
        tasks.push(tokio::spawn(async move {
            let _turn = at_once.acquire().await;
            let mut figures = Figures::default();
            let phone = begin(&ground, &client, n, &mut figures).await;
            (phone, figures)
        }));
    }
    let mut phones = Vec::new();
    for task in tasks {
        let (phone, measured) = task.await.map_err(|e| e.to_string())?;
        figures.add(measured);
        shown.inc(1);
        match phone {
            Ok(phone) => phones.push(phone),
            Err(why) => figures.failed(why),
        }
    }
    shown.finish_and_clear();
    for (what, deed) in [("warned", Deed::Warn), ("paid", Deed::Pay)] {
        let shown = bar(phones.len(), what);
        let mut tasks = Vec::new();
        for phone in phones.drain(..) {
            let (client, at_once) = (client.clone(), at_once.clone());
            tasks.push(tokio::spawn(round(phone, client, at_once, deed)));
        }
        for task in tasks {
            let (phone, measured) = task.await.map_err(|e| e.to_string())?;
            figures.add(measured);
            shown.inc(1);
            phones.extend(phone);
        }
        shown.finish_and_clear();
    }
    Ok(figures)
}

/// What the lender does to a waiting phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// Sends a notice.
    Warn,
    /// Books a payment: a release and new terms follow.
    Pay,
}

/// A phone and its path in the API.
struct Waiting {
    phone: Phone,
    path: String,
}

async fn begin(
    ground: &Ground,
    client: &ground::Renewed,
    n: usize,
    figures: &mut Figures,
) -> Result<Waiting, Failed> {
    let made: Value = client
        .post("/v1/devices", &ground.agreement(n)?)
        .await?
        .read(201)?;
    let text = |name: &str| made[name].as_str().ok_or(format!("no {name} in the answer"));
    let mut phone = Phone::new(&ground.server)?;
    let serial = Sha::from_bytes(&super::wire::fresh()?);
    let since = Instant::now();
    let answer = phone.enrol(text("enrol_code")?, &serial).await?;
    let device = phone.enrolled(&answer, text("root")?)?;
    figures.took("enrol", since);
    let since = Instant::now();
    let news = phone.check_in(0).await?;
    figures.took("check-in", since);
    count(&news.orders, figures);
    let since = Instant::now();
    phone.receipts().await?;
    figures.took("receipts", since);
    Ok(Waiting {
        phone,
        path: format!("/v1/devices/{device}"),
    })
}

fn count(orders: &[(&'static str, String)], figures: &mut Figures) {
    for (kind, outcome) in orders {
        *figures.orders.entry(kind).or_default() += 1;
        if outcome != "ok" && outcome != "n_no_effect" {
            *figures.refused.entry(outcome.clone()).or_default() += 1;
        }
    }
}

/// The phone polls; the lender does its deed; the time runs until the order is verified.
async fn round(
    mut waiting: Waiting,
    client: Arc<ground::Renewed>,
    at_once: Arc<Semaphore>,
    deed: Deed,
) -> (Option<Waiting>, Figures) {
    let mut figures = Figures::default();
    let (done, sent) = oneshot::channel();
    let path = waiting.path.clone();
    let clerk = tokio::spawn(async move {
        let _turn = at_once.acquire().await;
        let since = Instant::now();
        let told = match deed {
            Deed::Warn => {
                let notice = json!({"notice_no": 1, "instalment": 1, "channels": ["sms"]});
                client
                    .post(&format!("{path}/notices"), &notice)
                    .await
                    .map(|told| (told, 202))
            }
            Deed::Pay => {
                let payment = json!({"minor": ground::INSTALMENT, "reference": path});
                client
                    .post(&format!("{path}/payments"), &payment)
                    .await
                    .map(|told| (told, 201))
            }
        };
        let _ = done.send(since);
        told.and_then(|(told, status)| told.read::<Value>(status))
            .map(|_| ())
    });
    let wanted = match deed {
        Deed::Warn => typ::NOTICE,
        Deed::Pay => typ::RELEASE,
    };
    let heard = hear(&mut waiting.phone, wanted, &mut figures).await;
    let clerk = clerk.await.unwrap_or_else(|e| Err(e.to_string()));
    let name = match deed {
        Deed::Warn => "notice, from asking until verified",
        Deed::Pay => "release, from payment until verified",
    };
    match (heard, clerk) {
        (Ok(at), Ok(())) => {
            if let Ok(since) = sent.await {
                let took = at.saturating_duration_since(since);
                figures
                    .took
                    .entry(name)
                    .or_default()
                    .push(took.as_secs_f64() * 1_000.0);
            }
            (Some(waiting), figures)
        }
        (Err(why), _) | (_, Err(why)) => {
            figures.failed(why);
            (None, figures)
        }
    }
}

/// Polls until an order of a kind came. When it was verified.
async fn hear(phone: &mut Phone, wanted: &str, figures: &mut Figures) -> Result<Instant, Failed> {
    let mut at = None;
    for _ in 0..POLLS {
        let news = phone.check_in(WAIT_S).await?;
        count(&news.orders, figures);
        if at.is_none() && news.orders.iter().any(|(kind, _)| *kind == wanted) {
            at = Some(Instant::now());
        }
        phone.receipts().await?;
        if let Some(at) = at {
            return Ok(at);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err(format!("no {wanted} came in {POLLS} polls"))
}

/// The value below which this share of them is.
fn share(sorted: &[f64], of: f64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let at = ((sorted.len() as f64 * of).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
    sorted.get(at).copied().unwrap_or(0.0)
}

const TOOK: [&str; 5] = ["what", "times", "p50 ms", "p99 ms", "most ms"];

fn tell(out: Out, phones: usize, figures: &Figures) {
    let rows = figures.took.iter().map(|(what, took)| {
        let mut sorted = took.clone();
        sorted.sort_by(f64::total_cmp);
        let rounded = |ms: f64| json!((ms * 10.0).round() / 10.0);
        [
            json!(what),
            json!(sorted.len()),
            rounded(share(&sorted, 0.5)),
            rounded(share(&sorted, 0.99)),
            rounded(share(&sorted, 1.0)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let orders: usize = figures.orders.values().sum();
    if out.json {
        let told = json!({"phones": phones, "orders": figures.orders, "refused": figures.refused,
            "errors": figures.errors, "took": super::out::array(TOOK, rows)});
        line(&told.to_string());
        return;
    }
    line(&format!("{phones} phones, {orders} orders verified and taken"));
    out.table(TOOK, rows);
    for (kind, n) in &figures.orders {
        line(&format!("  {n:>7} {kind}"));
    }
    for (code, n) in &figures.refused {
        line(&format!("  {n:>7} refused by the phone: {code}"));
    }
    for (why, n) in &figures.errors {
        line(&format!("  {n:>7} failed: {why}"));
    }
}
