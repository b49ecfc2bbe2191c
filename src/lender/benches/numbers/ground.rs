//! A store with many phones, and servers on it.

use crate::wire::client::Client;
use crate::wire::{Key, Server};
use clap::ValueEnum;
use latchkey_core::envelope::decode;
use latchkey_core::order::values::{DeviceId, Id};
use latchkey_lender::scopes::{Scope, Scopes};
use latchkey_lender::{Options, Sandbox};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// PostgreSQL as Debian sets it up: every commit is on the disk. It stops when its stdin is closed.
const RUN: &str = r#"
"$1/initdb" -D "$2/data" -A trust -U latchkey -E UTF8 --locale=C >/dev/null || exit 1
"$1/postgres" -D "$2/data" -k "$2" -h "" -c max_connections=400 -c shared_buffers=512MB >/dev/null 2>&1 &
cat >/dev/null
kill -INT $!
wait $!
rm -rf "$2"
"#;

/// Servers refuse to run as root; this is nobody.
const NOBODY: u32 = 65_534;

pub struct Ground {
    pub dir: tempfile::TempDir,
    pub url: Option<String>,
    /// The key that all seeded phones share.
    pub key: Key,
    client: (String, Key),
    postgres: Option<Child>,
}

/// A server process, and a client of it.
pub struct Running {
    child: Child,
    pub client: Client,
    pub server: Server,
    /// Of its key set: a phone that holds it has no news.
    pub keys_version: u32,
    _stdout: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if let Some(mut child) = self.postgres.take() {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

/// The name of seeded phone `n`: digits as letters, which base32 has.
pub fn device(n: usize) -> DeviceId {
    let digits = format!("{n:07}")
        .into_bytes()
        .into_iter()
        .map(|d| char::from(b'A' + (d - b'0')));
    DeviceId::try_from(format!("SEEDSEEDSEEDSEEDSEE{}", digits.collect::<String>())).unwrap()
}

/// The order that every seeded phone has taken.
pub fn taken() -> Id {
    Id::try_from("AAAAAAAAAAAAAAAAAAAAAA").unwrap()
}

fn postgres() -> Option<(Child, String)> {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let installed = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let bin = installed
        .filter_map(Result::ok)
        .map(|entry| entry.path().join("bin"))
        .max()?;
    let folder = tempfile::tempdir().unwrap().keep();
    let mut command = Command::new("sh");
    command
        .args(["-c", RUN, "sh"])
        .arg(bin)
        .arg(&folder)
        .stdin(Stdio::piped());
    let root = std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .contains("\nUid:\t0\t");
    if root {
        std::os::unix::fs::chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    let child = command.spawn().unwrap();
    Some((
        child,
        format!("postgres:///postgres?host={}&user=latchkey", folder.display()),
    ))
}

impl Ground {
    /// A store with `n` seeded phones beside the story's. `None`: its database is not installed.
    pub async fn with(database: Database, n: usize, options: &[usize]) -> Option<Ground> {
        let (postgres, url) = match database {
            Database::Sqlite => (None, None),
            Database::Postgres => match postgres() {
                Some((child, url)) => (Some(child), Some(url)),
                None => {
                    println!("Left out: PostgreSQL is not installed.");
                    return None;
                }
            },
        };
        if let Some(url) = &url {
            while PgConnection::connect(url).await.is_err() {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let asked = Options {
            database: url.clone(),
            no_codes: true,
            by_hand: true,
            phones: 1 + options.iter().sum::<usize>(),
            ..Options::default()
        };
        let sandbox = Sandbox::start(dir.path(), asked).await.unwrap();
        let (key, clients) = (Key::fresh().unwrap(), sandbox.clients(None).unwrap());
        let scopes: Scopes = Scope::ALL.iter().copied().collect();
        let jwk = serde_json::to_string(&key.jwk()).unwrap();
        let id = clients
            .add(&"Bench".to_owned().try_into().unwrap(), &scopes, &jwk)
            .await
            .unwrap();
        let phones = sandbox.desk().phones().await.unwrap();
        sandbox.desk().for_phone(&phones[1]).terms().await.unwrap();
        drop(clients);
        sandbox.shutdown().await.unwrap();
        let ground = Ground {
            dir,
            url,
            key: Key::fresh().unwrap(),
            client: (id, key),
            postgres,
        };
        ground.seed(n).await;
        Some(ground)
    }

    /// Copies of the late phone of the sandbox: agreement, instalments, terms that it has taken.
    async fn seed(&self, n: usize) {
        if n == 0 {
            return;
        }
        let digits = (0..7)
            .rev()
            .map(|p| format!("substr('ABCDEFGHIJ', n / {} % 10 + 1, 1)", 10_usize.pow(p)));
        let device = format!(
            "'SEEDSEEDSEEDSEEDSEE' || {}",
            digits.collect::<Vec<_>>().join(" || ")
        );
        let series = format!("WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {n})");
        let (x, thumbprint, taken) = (self.key.jwk().x, self.key.thumbprint(), taken());
        let late = "SANDBOX-LATE-1";
        let statements = [
            format!("INSERT INTO contracts (tenant, contract, agreement, currency, pay_token, created_ms) {series}
                SELECT tenant, 'SEED-' || n, agreement, currency, 'SEED' || n, created_ms FROM contracts, s WHERE contract = '{late}'"),
            format!("INSERT INTO instalments (tenant, contract, no, due_day, minor) {series}
                SELECT tenant, 'SEED-' || n, no, due_day, minor FROM instalments, s WHERE contract = '{late}'"),
            format!("INSERT INTO devices (tenant, device, contract, created_ms, next_seq, next_terms_seq) {series}
                SELECT tenant, {device}, 'SEED-' || n, created_ms, 2, 2 FROM devices, s WHERE contract = '{late}'"),
            format!("INSERT INTO device_keys (tenant, device, thumbprint, alg, x, added_ms) {series}
                SELECT 'sandbox', {device}, '{thumbprint}', 'ed25519', '{x}', 0 FROM s"),
            format!("INSERT INTO orders (tenant, device, seq, jti, kind, lock_id, state, jws, sha256, created_ms, exp_ms, receipt) {series}
                SELECT o.tenant, {device}, 1, '{taken}', kind, lock_id, 'queued', jws, sha256, o.created_ms, exp_ms, 'ok'
                FROM orders o, s WHERE kind = 'lk-terms+jwt' AND device = (SELECT device FROM devices WHERE contract = '{late}')"),
        ];
        match &self.url {
            None => {
                let file = format!("sqlite://{}", self.dir.path().join("lender/lender.db").display());
                let mut conn = SqliteConnection::connect(&file).await.unwrap();
                for sql in statements {
                    conn.execute(AssertSqlSafe(sql)).await.unwrap();
                }
                conn.execute("ANALYZE").await.unwrap();
                conn.close().await.unwrap();
            }
            Some(url) => {
                let mut conn = PgConnection::connect(url).await.unwrap();
                for sql in statements {
                    conn.execute(AssertSqlSafe(sql)).await.unwrap();
                }
                conn.execute("ANALYZE").await.unwrap();
                conn.close().await.unwrap();
            }
        }
    }

    /// A server on this store, without quotas.
    pub async fn serve(&self) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey-lender"));
        command
            .arg("--store")
            .arg(self.dir.path())
            .args(["serve", "--no-codes", "--addr", "127.0.0.1:0"]);
        if let Some(url) = &self.url {
            command.env("LATCHKEY_DATABASE", url);
        }
        for name in ["token", "client", "write", "read", "device", "address"] {
            command.args(["--quota", &format!("{name}=100000000")]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (mut line, mut base) = (String::new(), String::new());
        while !line.starts_with("Stop with") {
            line.clear();
            assert_ne!(stdout.read_line(&mut line).unwrap(), 0, "the server starts");
            if let Some(url) = line.trim().strip_prefix("phones ") {
                base = url.trim().to_owned();
            }
        }
        let server = Server::new(&base, None).unwrap();
        let mut client = Client::new(&server, &self.client.0, self.client.1.clone());
        client.renew(None).await.unwrap();
        let keys = server.get("/v1/keys").await.unwrap().text();
        let claims = decode(keys.split('.').nth(1).unwrap().as_bytes()).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        Running {
            keys_version: claims["version"].as_u64().unwrap().try_into().unwrap(),
            child,
            client,
            server,
            _stdout: stdout,
        }
    }
}

impl Running {
    /// Resident memory, KiB.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
            .unwrap_or(0)
    }
}
