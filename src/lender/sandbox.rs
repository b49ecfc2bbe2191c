//! A whole lender on this machine, with a store of its own: the start of protocol §8, step by step.

use crate::auth::Tenant;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::error::LenderError;
use crate::house::House;
use crate::provider::SandboxProvider;
use crate::sign::{FileSigner, RootKeys};
use crate::store::{Store, contracts, devices, enrolment, orders, settings};
use crate::wake::Wakes;
use crate::words::Words;
use crate::{enrol, files, orders as make, random, routes, serve, sign, story, trust};
use latchkey_core::order::claims::{Terms, typ};
use latchkey_core::order::values::{DeviceId, Sha};
use latchkey_core::wire::Provision;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How a sandbox is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Address of this machine on its network: the pay page alone is offered there too, and pay links point to it.
    pub lan: Option<IpAddr>,
    /// Exactly this address instead of 127.0.0.1 on the port of last time.
    pub addr: Option<SocketAddr>,
    /// The clock.
    pub clock: Clock,
}

/// A running lender.
#[derive(Debug)]
pub struct Sandbox {
    house: Arc<House>,
    device: DeviceId,
    addr: SocketAddr,
    pay_url: String,
    root: String,
    serial_hash: Sha,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    _lock: Arc<files::StoreLock>,
}

impl Sandbox {
    /// Starts the lender whose store is `dir/lender`. Needs a running tokio runtime.
    ///
    /// # Errors
    /// The store is in use, damaged or cannot be written; the address cannot be listened on.
    pub async fn start(dir: &Path, options: Options) -> Result<Sandbox, LenderError> {
        // 1 take the store's lock, open and migrate SQLite
        let folder = dir.join("lender");
        files::folder(&folder)?;
        let lock = Arc::new(files::lock(&folder)?);
        let tenant = Tenant::of_the_house(story::TENANT, &lock)?;
        let wakes = Wakes::default();
        let store = Store::open(&folder.join("lender.db"), wakes.clone()).await?;
        // 2 listen: the port of last time, else any; on the LAN the pay routes only
        let (listener, addr) = match options.addr {
            Some(addr) => serve::exactly(addr).await?,
            None => serve::listen(Ipv4Addr::LOCALHOST.into(), port(&store, &tenant, "port").await?).await?,
        };
        let lan = match options.lan {
            Some(ip) => {
                let before = port(&store, &tenant, "lan_port").await?;
                Some(serve::listen(ip, Some(before.unwrap_or(addr.port()))).await?)
            }
            None => None,
        };
        let pay_addr = lan.as_ref().map_or(addr, |(_, addr)| *addr);
        let mut hosts = vec![pay_addr.to_string(), addr.to_string()];
        hosts.dedup();
        let (stop, stopping) = watch::channel(false);
        // 3 the keys, made at the first start
        let house = Arc::new(House {
            tenant: tenant.clone(),
            store,
            wakes,
            clock: options.clock,
            signer: RwLock::new(Arc::new(FileSigner::open(&folder)?)),
            root: RootKeys::open(&folder)?,
            card: story::card(hosts)?,
            provider: Box::new(SandboxProvider),
            words: Words::english(),
            base_url: format!("http://{addr}"),
            pay_base: format!("http://{pay_addr}"),
            stopping: stopping.clone(),
        });
        let opened = open(&house, &tenant, addr, lan.as_ref().map(|(_, addr)| *addr)).await?;
        // 6 answer requests
        let mut tasks = vec![serve::spawn(
            listener,
            routes::all(house.clone()),
            stopping.clone(),
        )];
        if let Some((listener, _)) = lan {
            tasks.push(serve::spawn(listener, routes::pay_only(house.clone()), stopping));
        }
        Ok(Sandbox {
            house,
            device: opened.device,
            addr,
            pay_url: opened.pay_url,
            root: opened.root,
            serial_hash: opened.serial_hash,
            stop,
            tasks,
            _lock: lock,
        })
    }

    /// Where the device API listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Base URL for phones, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.house.base_url
    }

    /// The link of the pay page.
    #[must_use]
    pub fn pay_url(&self) -> &str {
        &self.pay_url
    }

    /// The phone of the story.
    #[must_use]
    pub fn device(&self) -> &DeviceId {
        &self.device
    }

    /// What this sandbox's phone sends as its serial number's hash, whatever happens to its own files.
    #[must_use]
    pub fn serial_hash(&self) -> &Sha {
        &self.serial_hash
    }

    /// The clerk's desk: orders by hand.
    #[must_use]
    pub fn desk(&self) -> Desk {
        Desk::new(self.house.clone(), self.device.clone())
    }

    /// Writes `provision.json` into a phone's folder: with a fresh code if that phone has no identity yet, else only
    /// the base URL is brought up to date (protocol §8, step 7).
    ///
    /// # Errors
    /// The folder cannot be written, or the store refused.
    pub async fn ensure_provision(&self, phone: &Path) -> Result<PathBuf, LenderError> {
        files::folder(phone)?;
        let path = phone.join("provision.json");
        let before = files::read(&path)?.and_then(|text| serde_json::from_str::<Provision>(&text).ok());
        let known = files::exists(&phone.join("identity"));
        let enrol_code = match (known, &before) {
            (true, Some(before)) => before.enrol_code.clone(),
            (true, None) => None,
            (false, _) => Some(self.enrol_code().await?),
        };
        let provision = Provision {
            base_url: self.house.base_url.clone(),
            tenant: story::TENANT.to_owned(),
            root: self.root.clone(),
            market: story::MARKET.to_owned(),
            enrol_code,
            agreed: true,
        };
        if before.as_ref() != Some(&provision) {
            files::replace(&path, &serde_json::to_string_pretty(&provision)?)?;
        }
        Ok(path)
    }

    /// A fresh enrolment code for the story's phone. The sandbox is its own clerk: of four keys the oldest is retired,
    /// so that wiping the phone's folder never locks one out.
    ///
    /// # Errors
    /// The store refused.
    pub async fn enrol_code(&self) -> Result<String, LenderError> {
        let tenant = &self.house.tenant;
        let now = self.house.now();
        let mut tx = self.house.store.begin().await?;
        enrolment::retire_oldest(&mut tx, tenant, &self.device, enrolment::MAX_KEYS - 1, now).await?;
        let code = enrol::fresh_code(&mut tx, tenant, &self.device, now).await?;
        tx.commit().await?;
        Ok(code)
    }

    /// Stops: waiting polls are answered, then the store is closed.
    ///
    /// # Errors
    /// A listener failed while it ran.
    pub async fn shutdown(self) -> Result<(), LenderError> {
        let _ = self.stop.send(true);
        self.house.wakes.wake_all();
        let mut outcome = Ok(());
        for task in self.tasks {
            if let Ok(Err(source)) = task.await {
                outcome = Err(LenderError::Listen {
                    addr: self.addr.to_string(),
                    source,
                });
            }
        }
        self.house.store.close().await;
        outcome
    }

    /// Answers until the process is told to stop.
    ///
    /// # Errors
    /// As [`Sandbox::shutdown`].
    pub async fn run_until(self, done: impl Future<Output = ()>) -> Result<(), LenderError> {
        done.await;
        self.shutdown().await
    }
}

async fn port(store: &Store, tenant: &Tenant, name: &str) -> Result<Option<u16>, LenderError> {
    let mut conn = store.read().await?;
    let text = settings::get(&mut conn, tenant, name).await?;
    Ok(text.and_then(|port| port.parse().ok()))
}

struct Opened {
    device: DeviceId,
    pay_url: String,
    root: String,
    serial_hash: Sha,
}

/// Steps 3 to 5, in one transaction: a first start that fails leaves nothing half done.
async fn open(
    house: &House,
    tenant: &Tenant,
    addr: SocketAddr,
    lan: Option<SocketAddr>,
) -> Result<Opened, LenderError> {
    let mut work = house.begin(tenant).await?;
    settings::set(&mut work.tx, tenant, "port", &addr.port().to_string()).await?;
    if let Some(lan) = lan {
        settings::set(&mut work.tx, tenant, "lan_port", &lan.port().to_string()).await?;
    }
    let serial = match settings::get(&mut work.tx, tenant, "serial").await? {
        Some(serial) => serial,
        None => {
            let serial = String::from(random::id()?);
            settings::set(&mut work.tx, tenant, "serial", &serial).await?;
            serial
        }
    };
    // 3 root version 1
    let now = work.now;
    let root = trust::root(&mut work.tx, tenant, &house.root, now).await?;
    // 4 a key set, if there is none, it ends soon, or it lacks today's address
    house.key_set(&mut work.tx, tenant, &[], 0).await?;
    // 5 the story at the first start; else new terms if the link changed
    let device = match devices::all(&mut work.tx, tenant).await?.into_iter().next() {
        None => story::tell(&mut work).await?,
        Some(device) => device,
    };
    let row = devices::get(&mut work.tx, tenant, &device).await?;
    let contract = contracts::get(&mut work.tx, tenant, &row.contract).await?;
    let pay_url = make::pay_url(&house.pay_base, &contract.pay_token);
    let last = orders::of_kind(&mut work.tx, tenant, &device, typ::TERMS)
        .await?
        .pop();
    let told: Option<Terms> = last.map(|o| make::claims(&o.jws)).transpose()?;
    if !contract.settled && told.is_none_or(|t| t.pay_url.as_str() != pay_url) {
        work.terms(&device).await?;
    }
    work.tx.commit().await?;
    Ok(Opened {
        device,
        pay_url,
        root,
        serial_hash: Sha::try_from(sign::sha256(format!("latchkey-serial-v1\0{serial}").as_bytes()))?,
    })
}
