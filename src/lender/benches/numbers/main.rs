//! What the lender's server does a second, beside what the machine does at most. `cargo bench -p latchkey-lender` is short and
//! says what it left out; `-- --full` takes an hour.
//!
//! The server runs in a process of its own; the clients share the machine with it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    missing_docs,
    reason = "a benchmark speaks to its user, times, and stops at the first thing that is wrong"
)]

mod access;
mod bare;
mod bulk;
mod ground;
mod orders;
mod polls;
#[path = "../../cli/wire/mod.rs"]
#[allow(
    dead_code,
    reason = "the requests of the commands; a benchmark needs a part of them"
)]
mod wire;

use clap::Parser;
use ground::{Database, Ground};
use std::time::{Duration, Instant};

#[derive(Parser)]
struct Asked {
    /// Every size.
    #[arg(long)]
    full: bool,
    /// Only these: bare, orders, access, polls, bulk.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Phones in the store, e.g. 1000,100000,1000000.
    #[arg(long, value_delimiter = ',')]
    devices: Vec<usize>,
    /// Polls that wait, e.g. 1000,10000,100000.
    #[arg(long, value_delimiter = ',')]
    polls: Vec<usize>,
    /// Rows of a bulk job.
    #[arg(long)]
    rows: Option<usize>,
    /// Databases: sqlite, postgres.
    #[arg(long, value_delimiter = ',')]
    databases: Vec<Database>,
    /// Orders, tokens and signatures that are timed.
    #[arg(long, default_value_t = 1_000)]
    times: usize,
    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A figure: what, how many in which time.
pub fn tell(what: &str, n: usize, took: Duration) {
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = n as f64 / took.as_secs_f64();
    println!("| {what} | {n} | {:.2} s | {rate:.0} /s |", took.as_secs_f64());
}

/// The value below which a share of them is.
pub fn share(took: &mut [f64], of: f64) -> f64 {
    took.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let at = ((took.len() as f64 * of).ceil() as usize).clamp(1, took.len()) - 1;
    took[at]
}

#[tokio::main]
async fn main() {
    let mut asked = Asked::parse();
    let all = |full: &[usize], short: &[usize]| if asked.full { full.to_vec() } else { short.to_vec() };
    let (devices, polls) = (
        all(&[1_000, 100_000], &[1_000]),
        all(&[1_000, 10_000, 100_000], &[1_000]),
    );
    if asked.devices.is_empty() {
        asked.devices = devices;
    }
    if asked.polls.is_empty() {
        asked.polls = polls;
    }
    if asked.databases.is_empty() {
        asked.databases = vec![Database::Sqlite];
        if asked.full {
            asked.databases.push(Database::Postgres);
        }
    }
    let wanted = |name: &str| asked.only.is_empty() || asked.only.iter().any(|only| only == name);
    if !asked.full {
        println!(
            "Left out: 100,000 and 1,000,000 phones, 10,000 and 100,000 polls, PostgreSQL, jobs of 10,000. Name them with"
        );
        println!("--devices, --polls, --databases sqlite,postgres and --rows, or take --full.");
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("Load of this machine at the start: {}", load.trim());
    println!("| what | times | took | rate |\n| --- | --- | --- | --- |");
    if wanted("bare") {
        bare::run(asked.times).await;
    }
    let stored = ["orders", "access", "bulk"].iter().any(|name| wanted(name));
    for database in &asked.databases {
        for n in asked.devices.iter().filter(|_| stored) {
            let begun = Instant::now();
            let Some(ground) = Ground::with(*database, *n, &[]).await else {
                continue;
            };
            println!(
                "| {database:?}, {n} phones: seeded | | {:.1} s | |",
                begun.elapsed().as_secs_f64()
            );
            let server = ground.serve().await;
            if wanted("orders") {
                orders::run(&ground, &server, asked.times.min(*n)).await;
            }
            if wanted("access") {
                access::run(&server, asked.times).await;
            }
            drop(server);
            if wanted("bulk") {
                bulk::run(
                    ground,
                    asked.rows.unwrap_or(if asked.full { 10_000 } else { 1_000 }),
                )
                .await;
            }
        }
    }
    if asked.full && asked.devices == [1_000, 100_000] && wanted("orders") {
        let begun = Instant::now();
        if let Some(ground) = Ground::with(Database::Sqlite, 1_000_000, &[]).await {
            println!(
                "| Sqlite, 1000000 phones: seeded | | {:.1} s | |",
                begun.elapsed().as_secs_f64()
            );
            let server = ground.serve().await;
            orders::run(&ground, &server, asked.times).await;
            access::run(&server, asked.times).await;
        }
    }
    if wanted("polls") {
        for database in &asked.databases {
            for n in &asked.polls {
                polls::run(*database, *n).await;
            }
        }
    }
}
