//! Where phones are simulated: a server of its own, or one that is named.

use crate::cli::wire::client::Client;
use crate::cli::wire::{Failed, Key, Server, Told, now_s};
use latchkey_core::envelope::encode;
use latchkey_lender::clients;
use latchkey_lender::scopes::Scopes;
use latchkey_lender::{Options, Quotas, Sandbox};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// Each instalment, minor units.
pub(super) const INSTALMENT: u64 = 325_000;
/// A token is renewed so long after it was taken.
const TOKEN_S: u64 = 240;
/// How often a request is put off because of a quota.
const TRIES: usize = 60;
/// More than any machine asks for in a minute.
const NO_QUOTA: u32 = 100_000_000;
const SCOPES: &str = "devices:enrol devices:read terms:write releases:write";

/// The ground.
#[derive(Clone)]
pub(super) struct Ground {
    pub server: Server,
    tenant: String,
    run: String,
    own: Option<Arc<Own>>,
}

struct Own {
    sandbox: std::sync::Mutex<Option<Sandbox>>,
    _folder: tempfile::TempDir,
}

/// A server in this process, in a store that is thrown away.
pub(super) async fn own(database: Option<String>) -> Result<(Ground, Client), Failed> {
    let folder =
        tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}; make room, or set TMPDIR"))?;
    let options = Options {
        database,
        quotas: Quotas::all(NO_QUOTA),
        ..Options::default()
    };
    let sandbox = Sandbox::start(folder.path(), options)
        .await
        .map_err(|e| e.to_string())?;
    let key = Key::fresh()?;
    let clients = sandbox.clients(None).map_err(|e| e.to_string())?;
    let name = "simulate".to_owned().try_into().map_err(|_| "no name")?;
    let scopes = Scopes::parse(SCOPES).ok_or("no scopes")?;
    let jwk = serde_json::to_string(&key.jwk()).map_err(|e| e.to_string())?;
    let id = clients
        .add(&name, &scopes, &jwk)
        .await
        .map_err(|e| e.to_string())?;
    let server = Server::new(sandbox.base_url(), None)?;
    let (mut ground, client) = start(server, &id, key).await?;
    ground.own = Some(Arc::new(Own {
        sandbox: std::sync::Mutex::new(Some(sandbox)),
        _folder: folder,
    }));
    Ok((ground, client))
}

/// The server that was named.
pub(super) async fn of(
    url: &str,
    base: Option<&str>,
    id: &str,
    key: &Path,
) -> Result<(Ground, Client), Failed> {
    let text = clients::read(key).map_err(|e| e.to_string())?;
    start(Server::new(url, base)?, id, Key::read(&text)?).await
}

async fn start(server: Server, id: &str, key: Key) -> Result<(Ground, Client), Failed> {
    let mut client = Client::new(&server, id, key);
    client.renew(Some(SCOPES)).await?;
    let known: Value = client.get("/v1/client").await?.read(200)?;
    let tenant = known["tenant"]
        .as_str()
        .ok_or("no tenant in the answer")?
        .to_owned();
    let ground = Ground {
        server,
        tenant,
        run: crate::cli::wire::fresh_id()?.as_str()[..8].to_owned(),
        own: None,
    };
    Ok((ground, client))
}

impl Ground {
    /// The agreement of a phone of this run: its first instalment is due for twenty days.
    pub(super) fn agreement(&self, n: usize) -> Result<Value, Failed> {
        let day = now_s() / 86_400;
        let schedule: Vec<_> = (0..12)
            .map(|k| json!([k + 1, day - 20 + 30 * k, INSTALMENT]))
            .collect();
        let agreement = json!({"v": 1, "tenant": self.tenant, "ref": format!("SIM-{}-{n}", self.run),
            "signed": day - 60, "market": "demo", "profile": "demo", "period": "month", "purpose": "own_device",
            "clause": {"id": "7.2", "text": "A simulated contract."}, "schedule": schedule, "cur": "LKR",
            "utc_offset_min": 0, "clock_changes": [], "paper": encode(&[0; 32])});
        Ok(json!({"agreement": encode(agreement.to_string().as_bytes())}))
    }

    /// Stops a server of its own.
    pub(super) async fn leave(self) -> Result<(), Failed> {
        let sandbox = self.own.as_ref().and_then(|own| own.sandbox.lock().ok()?.take());
        match sandbox {
            Some(sandbox) => sandbox.shutdown().await.map_err(|e| e.to_string()),
            None => Ok(()),
        }
    }
}

/// A client whose token is renewed in time, and that waits when a quota says so.
pub(super) struct Renewed {
    client: Mutex<(Client, Instant)>,
}

impl Renewed {
    pub(super) fn new(client: Client) -> Renewed {
        Renewed {
            client: Mutex::new((client, Instant::now())),
        }
    }

    async fn client(&self) -> Result<Client, Failed> {
        let mut held = self.client.lock().await;
        if held.1.elapsed() > Duration::from_secs(TOKEN_S) {
            held.0.renew(Some(SCOPES)).await?;
            held.1 = Instant::now();
        }
        Ok(held.0.clone())
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Told, Failed> {
        for _ in 0..TRIES {
            let told = self.client().await?.post(path, body).await?;
            if told.status != 429 {
                return Ok(told);
            }
            let wait = told.header("retry-after").parse().unwrap_or(1);
            tokio::time::sleep(Duration::from_secs(wait)).await;
        }
        Err("the server's quota let nothing through; raise it with `serve --quota`".to_owned())
    }
}
