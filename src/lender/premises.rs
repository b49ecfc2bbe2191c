//! The rooms of a store: its lock, its database, its keys, and what every start does before anybody asks.

use crate::auth::Tenant;
use crate::breaker::Fleets;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::idempotency::Running;
use crate::limits::Limits;
use crate::live::{self, Begun};
use crate::metrics::Metrics;
use crate::office::{CardText, Office};
use crate::sandbox::Options;
use crate::sign::issuer::IssuerKey;
use crate::store::{Database, Store, Turn, settings, tenants};
use crate::wake::Wakes;
use crate::words::Languages;
use crate::{files, forget, jobs, rotate, sign, story, trust, void, webhooks};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Settings: the port and addresses of last time.
pub(crate) const PORT: &str = "port";
const BASE_URL: &str = "base_url";
const PAY_BASE: &str = "pay_base";
const WEBHOOK_KEY: &str = "webhook_key";
/// Nothing was started here before.
pub(crate) const NEVER_RAN: LenderError =
    LenderError::NotFound("no store here; start the server once with `serve`");

/// A store that this process holds.
pub(crate) struct Premises {
    folder: PathBuf,
    /// For as long as it lives, the store is this process's.
    pub lock: Arc<files::StoreLock>,
    tenant: Tenant,
    /// The database.
    pub store: Store,
    wakes: Wakes,
    /// What a lender that is no sandbox was begun with.
    live: Option<Begun>,
}

impl Premises {
    /// Takes the store's lock, opens the database and brings it up to date.
    pub(crate) async fn enter(dir: &Path, database: Option<String>) -> Result<Premises, LenderError> {
        let folder = dir.join("lender");
        files::folder(&folder)?;
        let (lock, database) = match database {
            Some(url) => (files::shared(), Database::Postgres(url)),
            None => (files::lock(&folder)?, Database::File(folder.join("lender.db"))),
        };
        let lock = Arc::new(lock);
        let live = live::begun(&folder)?;
        let name = live.as_ref().map_or(story::TENANT, |live| &live.tenant);
        let tenant = Tenant::of_the_house(name, &lock)?;
        let wakes = Wakes::default();
        let store = Store::open(&database, wakes.clone()).await?;
        Ok(Premises {
            folder,
            lock,
            tenant,
            store,
            wakes,
            live,
        })
    }

    /// A port of last time.
    pub(crate) async fn port(&self, name: &str) -> Result<Option<u16>, LenderError> {
        let text = self.setting(name).await?;
        Ok(text.and_then(|port| port.parse().ok()))
    }

    /// A setting of the first tenant.
    async fn setting(&self, name: &str) -> Result<Option<String>, LenderError> {
        let mut conn = self.store.read().await?;
        settings::get(&mut conn, &self.tenant, name).await
    }

    /// The house, with the keys and the card of every lender in it.
    pub(crate) async fn furnish(
        self,
        options: Options,
        base_url: String,
        pay_base: String,
        stopping: watch::Receiver<bool>,
    ) -> Result<Arc<House>, LenderError> {
        let mut conn = self.store.read().await?;
        let others = tenants::all(&mut conn).await?;
        drop(conn);
        // Servers that share a folder make its keys once.
        let _making = if self.store.is_shared() {
            Some(files::wait(&self.folder)?)
        } else {
            None
        };
        // The payer's host first: a phone shows no link to any other.
        let mut hosts = vec![host(&pay_base).to_owned(), host(&base_url).to_owned()];
        hosts.dedup();
        let plays = self.live.is_none();
        let card = match &self.live {
            Some(live) => {
                live::custody(&self.folder, live)?;
                live.card.card(hosts.clone())?
            }
            None => story::card(hosts.clone())?,
        };
        let (first, codes) = (self.tenant.clone(), options.no_codes);
        let mut offices = vec![Office::open(first, &self.folder, card, codes, plays)?];
        for (name, card) in others {
            let folder = self.folder.join("tenants").join(&name);
            if !plays {
                sign::further_live(&folder)?;
                live::custody_of_further(&folder)?;
            }
            files::folder(&folder)?;
            let card: CardText = serde_json::from_str(&card)?;
            let tenant = Tenant::of_the_house(&name, &self.lock)?;
            offices.push(Office::open(
                tenant,
                &folder,
                card.card(hosts.clone())?,
                options.no_codes,
                plays,
            )?);
        }
        let named = offices
            .into_iter()
            .map(|o| (o.tenant.as_str().to_owned(), Arc::new(o)));
        Ok(Arc::new(House {
            tenant: self.tenant,
            store: self.store,
            wakes: self.wakes,
            fleets: Fleets::default(),
            sandbox: plays && !options.live,
            clock: options.clock,
            offices: named.collect(),
            issuer: IssuerKey::open(&self.folder)?,
            proxies: options.trusted_proxies,
            limits: Limits::new(&options.quotas),
            patience: options.patience,
            running: Running::default(),
            metrics: Metrics::default(),
            webhooks: webhooks::Sender::open(&self.folder, options.webhooks_to_loopback)?,
            languages: Languages::compiled(),
            base_url,
            pay_base,
            log: options.log,
            stopping,
        }))
    }
}

/// Root and key set of every lender but the first, whose start does more.
pub(crate) async fn equip(house: &House) -> Result<(), LenderError> {
    for office in house
        .offices
        .values()
        .filter(|office| office.tenant != house.tenant)
    {
        let tenant = &office.tenant;
        let mut work = house.begin(tenant).await?;
        work.tx.turn(tenant, Turn::Trust).await?;
        let now = work.now;
        trust::root(&mut work.tx, tenant, &office.root, house.sandbox, now).await?;
        void::finish(house, &mut work).await?;
        rotate::finish(house, &mut work).await?;
        house.key_set(&mut work.tx, tenant, &[], 0).await?;
        work.tx.commit().await?;
    }
    Ok(())
}

/// Host and port of a base URL.
fn host(base_url: &str) -> &str {
    base_url.split_once("://").map_or(base_url, |(_, host)| host)
}

/// The house of a store whose server is not running: nothing listens, and no address changes.
pub(crate) async fn closed(
    dir: &Path,
    options: Options,
) -> Result<(Arc<House>, Arc<files::StoreLock>), LenderError> {
    if !dir.join("lender").exists() {
        return Err(NEVER_RAN);
    }
    let premises = Premises::enter(dir, options.database.clone()).await?;
    let lock = premises.lock.clone();
    let port = premises.port(PORT).await?.ok_or(NEVER_RAN)?;
    // A store of an older version names the port alone.
    let local = format!("http://{}", SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port));
    let base_url = premises.setting(BASE_URL).await?.unwrap_or(local);
    let pay_base = premises
        .setting(PAY_BASE)
        .await?
        .unwrap_or_else(|| base_url.clone());
    let house = premises
        .furnish(options, base_url, pay_base, watch::channel(false).1)
        .await?;
    Ok((house, lock))
}

/// Steps 3 and 4 of the first tenant's start: today's addresses, root version 1, and a key set if there is none, it ends
/// soon, or it lacks today's address. Returns the root.
pub(crate) async fn found(work: &mut Work<'_>, port: u16) -> Result<String, LenderError> {
    let (house, tenant, now) = (work.house, work.tenant, work.now);
    for (name, value) in [
        (PORT, port.to_string().as_str()),
        (BASE_URL, &house.base_url),
        (PAY_BASE, &house.pay_base),
    ] {
        settings::set(&mut work.tx, tenant, name, value).await?;
    }
    let keys = &house.office(tenant)?.root;
    let root = trust::root(&mut work.tx, tenant, keys, house.sandbox, now).await?;
    let webhook_key = house.webhooks.public_key();
    let told = settings::get(&mut work.tx, tenant, WEBHOOK_KEY).await?;
    // A server alone may begin anew without its old file; of several, one without it would sign for itself.
    if house.store.is_shared() && told.is_some_and(|told| told != webhook_key) {
        return Err(LenderError::OtherKeys);
    }
    settings::set(&mut work.tx, tenant, WEBHOOK_KEY, &webhook_key).await?;
    void::finish(house, work).await?;
    rotate::finish(house, work).await?;
    house.key_set(&mut work.tx, tenant, &[], 0).await?;
    Ok(root)
}

/// What a process does by itself.
pub(crate) fn workers(house: &Arc<House>) -> [JoinHandle<std::io::Result<()>>; 4] {
    [
        jobs::spawn(house.clone()),
        webhooks::spawn(house.clone()),
        webhooks::anchor::spawn(house.clone()),
        forget::spawn(house.clone()),
    ]
}

/// Stops: waiting polls are answered, then the store is closed.
///
/// # Errors
/// A listener failed while it ran.
pub(crate) async fn close(
    house: &House,
    stop: &watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    addr: SocketAddr,
) -> Result<(), LenderError> {
    let _ = stop.send(true);
    house.wakes.wake_all();
    let mut outcome = Ok(());
    for task in tasks {
        if let Ok(Err(source)) = task.await {
            let addr = addr.to_string();
            outcome = Err(LenderError::Listen { addr, source });
        }
    }
    house.store.close().await;
    outcome
}
