//! Real servers, killed at random moments in the middle of a bulk job, of payments and of webhooks: nothing is lost and
//! nothing happens twice. On SQLite one server, on PostgreSQL two at once.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the test looks at the files, and stops at the first thing that is wrong"
)]

#[path = "../over_postgres/postgres.rs"]
mod database;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::{Level, No};
use latchkey_lender::desk::{By, Desk, Event, LockRow};
use latchkey_lender::{Clock, Options, Sandbox};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const PHONES: usize = 120;
const MESSAGES: usize = 30;
const ROUNDS: u64 = 12;
/// A server gets at most so long, milliseconds.
const LONGEST_LIFE_MS: u64 = 400;
/// Each of the payments, minor units.
const PAID: u64 = 1_000;

type Log = Arc<Mutex<BTreeMap<String, usize>>>;

/// Another system, in no hurry: it counts how often it hears each message.
async fn receiver() -> (String, Log) {
    async fn hear(State(log): State<Log>, headers: HeaderMap) -> StatusCode {
        let id = headers["webhook-id"].to_str().unwrap().to_owned();
        *log.lock().unwrap().entry(id).or_default() += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
        StatusCode::NO_CONTENT
    }
    let log = Log::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let routes = axum::Router::new().fallback(hear).with_state(log.clone());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, log)
}

/// A server in a process of its own.
struct Server {
    child: Child,
    base: String,
    /// Kept open: a server that cannot speak stops.
    stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start(dir: &Path, database: Option<&str>) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey-lender"));
        command.arg("--store").arg(dir);
        if let Some(url) = database {
            command.args(["--database", url]);
        }
        command.args(["serve", "--no-codes", "--webhooks-to-loopback", "--phones"]);
        command.arg(PHONES.to_string());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let base = String::new();
        Server { child, base, stdout }.ready()
    }

    fn ready(mut self) -> Server {
        let mut line = String::new();
        while !line.starts_with("Stop with") {
            line.clear();
            assert_ne!(self.stdout.read_line(&mut line).unwrap(), 0, "the server starts");
            if let Some(url) = line.trim().strip_prefix("phones ") {
                self.base = url.trim().to_owned();
            }
        }
        self
    }

    fn kill(self) {}
}

impl Drop for Server {
    /// SIGKILL: nothing is tidied up.
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn by(operator: &str) -> By {
    By {
        operator: operator.to_owned().try_into().unwrap(),
        reason: "a test of servers that die".to_owned().try_into().unwrap(),
    }
}

/// The desk while no server runs, so many seconds from now.
async fn desk(dir: &Path, database: Option<&str>, ahead_s: u64) -> Desk {
    let options = Options {
        database: database.map(str::to_owned),
        no_codes: true,
        webhooks_to_loopback: true,
        clock: Clock::new(move || (now_s() + ahead_s) * 1_000),
        ..Options::default()
    };
    Sandbox::desk_of(dir, options).await.unwrap()
}

/// The bank tells of payment `n`, if anybody is there to hear it.
async fn tell(secret: &[u8], base: &str, n: u64) -> bool {
    let data = json!({"reference": format!("p-{n}"), "about": "SANDBOX-1", "minor": PAID, "cur": "LKR"});
    let body = json!({"type": "payment.paid", "data": data}).to_string();
    let (id, at) = (format!("m-{n}"), now_s());
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let sent = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(format!("{base}/v1/providers/sandbox/events"))
        .header("webhook-id", id)
        .header("webhook-timestamp", at.to_string())
        .header("webhook-signature", format!("v1,{signature}"))
        .body(body)
        .send()
        .await;
    sent.is_ok_and(|answer| answer.status().is_success())
}

fn secret(dir: &Path) -> Vec<u8> {
    let file: Value =
        serde_json::from_slice(&std::fs::read(dir.join("lender/provider.json")).unwrap()).unwrap();
    let text = file["secrets"][0]
        .as_str()
        .unwrap()
        .strip_prefix("whsec_")
        .unwrap();
    STANDARD.decode(text).unwrap()
}

async fn kill_and_go_on(database: Option<String>, servers: usize) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (dir, database) = (tempfile::tempdir().unwrap(), database.as_deref());
    Server::start(dir.path(), database).kill();
    let (url, log) = receiver().await;
    let first = desk(dir.path(), database, 0).await;
    let hook = first
        .set_webhook(None, &url, &Event::ALL, &by("amal"))
        .await
        .unwrap();
    for _ in 0..MESSAGES {
        first.test_webhook(&hook.id).await.unwrap();
    }
    let phones = first.phones().await.unwrap();
    let rows = phones.iter().skip(1).map(|device| LockRow {
        device: device.clone(),
        level: Level::try_from(3).unwrap(),
        instalment: No::try_from(1).unwrap(),
        refs: Vec::new(),
    });
    let job = first
        .make_job(&rows.collect::<Vec<_>>(), &by("amal"))
        .await
        .unwrap();
    first.approve_job(&job, &by("bimal")).await.unwrap();
    drop(first);

    let secret = secret(dir.path());
    let mut seen = 0;
    for round in 1..=ROUNDS {
        let mut running: Vec<_> = (0..servers)
            .map(|_| Server::start(dir.path(), database))
            .collect();
        // Everything is told again, as banks do whose message nobody confirmed.
        let base = running[0].base.clone();
        let key = secret.clone();
        let bank = tokio::spawn(async move {
            for n in 1..=round {
                if !tell(&key, &base, n).await {
                    break;
                }
            }
        });
        let mut byte = [0];
        for server in running.drain(..) {
            getrandom::fill(&mut byte).unwrap();
            tokio::time::sleep(Duration::from_millis(u64::from(byte[0]) * LONGEST_LIFE_MS / 255)).await;
            server.kill();
        }
        bank.await.unwrap();
        let state = desk(dir.path(), database, 0).await.job(&job).await.unwrap();
        assert_eq!(state.queued + state.issued, i64::try_from(PHONES).unwrap());
        assert!(state.issued >= seen, "what was issued stays issued");
        seen = state.issued;
    }

    // The last server lives until the bank is heard; the rest is done two minutes later, when dead workers' rows are due.
    let last = Server::start(dir.path(), database);
    for n in 1..=ROUNDS {
        assert!(tell(&secret, &last.base, n).await);
    }
    last.kill();
    let last = desk(dir.path(), database, 121).await;
    last.run_jobs().await.unwrap();
    last.send_webhooks().await.unwrap();

    let state = last.job(&job).await.unwrap();
    assert_eq!((state.issued, state.failed), (i64::try_from(PHONES).unwrap(), 0));
    for phone in &phones[1..] {
        let offered = last.for_phone(phone).offered().await.unwrap();
        let locks: Vec<_> = offered
            .iter()
            .filter(|o| o.kind == typ::LOCK)
            .map(|o| o.lock_id)
            .collect();
        assert_eq!(locks, [1], "one lock a phone");
    }
    let owed = last.owed().await.unwrap();
    assert_eq!(owed.paid.get(), 3 * 325_000 + ROUNDS * PAID, "each payment once");
    for state in ["pending", "dead"] {
        assert_eq!(last.webhook_messages(state, 100).await.unwrap(), [], "{state}");
    }
    let delivered = last.webhook_messages("delivered", 100).await.unwrap();
    let heard = log.lock().unwrap().clone();
    assert_eq!((delivered.len(), heard.len()), (MESSAGES, MESSAGES));
    assert!(delivered.iter().all(|sent| heard.contains_key(&sent.message)));
    assert!(latchkey_lender::desk::whole(&last.audit().await.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_a_killed_server_loses_nothing_and_does_nothing_twice() {
    kill_and_go_on(None, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_two_killed_servers_lose_nothing_and_do_nothing_twice() {
    if let Some(url) = database::fresh() {
        kill_and_go_on(Some(url), 2).await;
    }
}
