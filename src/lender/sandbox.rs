//! A whole lender on this machine, with a store of its own: the start of protocol §8, step by step.

use crate::address::TrustedProxy;
use crate::auth::Tenant;
use crate::clients::Clients;
use crate::clock::Clock;
use crate::desk::{By, Desk};
use crate::error::LenderError;
use crate::house::House;
use crate::limits::Quotas;
use crate::log::Log;
use crate::office::CardText;
use crate::operators::Operators;
use crate::premises::{self, NEVER_RAN, PORT, Premises, close, equip, found, workers};
use crate::serve::Patience;
use crate::store::{Turn, audit, contracts, devices, enrolment, orders, settings, tenants};
use crate::{enrol, files, live, orders as make, public_url, random, routes, serve, sign, story};
use latchkey_core::order::claims::{Terms, typ};
use latchkey_core::order::values::{DeviceId, Sha};
use latchkey_core::wire::Provision;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How a sandbox is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Address of this machine on its network: the pay page alone is offered there too, and pay links point to it.
    pub lan: Option<IpAddr>,
    /// Exactly this address instead of 127.0.0.1 on the port of last time.
    pub addr: Option<SocketAddr>,
    /// The base URL that phones use, if a proxy stands before this server; signatures cover it. No trailing slash.
    pub public_url: Option<String>,
    /// Market of the story, told at the first start: `demo` if none is named.
    pub market: Option<String>,
    /// A PostgreSQL database that several servers share, e.g. `postgres://user@host/name`; by default the store is one
    /// SQLite file of this server alone. The keys stay in the folder: all servers need the same ones.
    pub database: Option<String>,
    /// The roots that are made at the first start are no sandbox's: the demo rules lock nothing there, and a market whose
    /// rules enrol no phone enrols none. A store keeps the roots that it was begun with.
    pub live: bool,
    /// Proxies before this server: what they say in `X-Forwarded-For` is whom the limits count.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// How often somebody may ask.
    pub quotas: Quotas,
    /// How long it waits for whoever is slow.
    pub patience: Patience,
    /// So many more phones that are late and warned, which nobody holds: for trying out locks in bulk.
    pub phones: usize,
    /// This lender reads out no spoken codes: its locks carry none.
    pub no_codes: bool,
    /// Bulk jobs and webhooks are worked on by hand alone, with [`Desk::run_jobs`] and [`Desk::send_webhooks`].
    pub by_hand: bool,
    /// Webhooks may go to this machine, by plain HTTP too: for trying them out.
    pub webhooks_to_loopback: bool,
    /// The clock.
    pub clock: Clock,
    /// Where internal errors are told.
    pub log: Log,
}

/// Setting: the LAN port of last time.
const LAN_PORT: &str = "lan_port";
const NO_TENANT: LenderError = LenderError::NotFound("no such tenant; `tenant list` shows them");

/// A running lender.
#[derive(Debug)]
pub struct Sandbox {
    house: Arc<House>,
    opened: Opened,
    addr: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    lock: Arc<files::StoreLock>,
}

impl Sandbox {
    /// Starts the lender whose store is `dir/lender`. Needs a running tokio runtime.
    ///
    /// # Errors
    /// The store is in use, damaged or cannot be written; the address cannot be listened on; `public_url`.
    pub async fn start(dir: &Path, options: Options) -> Result<Sandbox, LenderError> {
        let public_url = options.public_url.as_deref().map(public_url::read).transpose()?;
        if let (None, Some(addr)) = (&public_url, options.addr) {
            public_url::of(addr)?;
        }
        let folder = dir.join("lender");
        if live::begun(&folder)?.is_some() || live::has_live_keys(&folder)? {
            return Err(LenderError::LiveStore);
        }
        // 1 take the store's lock, open and migrate the database
        let premises = Premises::enter(dir, options.database.clone()).await?;
        // 2 listen: the port of last time, else any; on the LAN the pay routes only
        let (listener, addr) = match options.addr {
            Some(addr) => serve::exactly(addr).await?,
            None => serve::listen(Ipv4Addr::LOCALHOST.into(), premises.port(PORT).await?).await?,
        };
        let lan = match options.lan {
            Some(ip) => {
                let before = premises.port(LAN_PORT).await?;
                Some(serve::listen(ip, Some(before.unwrap_or(addr.port()))).await?)
            }
            None => None,
        };
        let lan_addr = lan.as_ref().map(|(_, addr)| *addr);
        let lock = premises.lock.clone();
        let (stop, stopping) = watch::channel(false);
        // 3 the keys, made at the first start
        let (market, by_hand, phones) = (options.market.clone(), options.by_hand, options.phones);
        let patience = options.patience;
        let base_url = public_url.map_or_else(|| public_url::of(addr), Ok)?;
        let pay_base = lan_addr.map_or_else(|| base_url.clone(), |lan| format!("http://{lan}"));
        let house = premises
            .furnish(options, base_url, pay_base, stopping.clone())
            .await?;
        house.store.listen(house.log.clone()).await?;
        // 3 to 5
        let opened = open(&house, market.as_deref(), addr, lan_addr).await?;
        if phones > 0 {
            let mut work = house.begin(&house.tenant).await?;
            work.tx.turn(&house.tenant, Turn::Trust).await?;
            let names = (1..=phones).map(|n| format!("SANDBOX-LATE-{n}"));
            story::late(&mut work, story::MARKET, names).await?;
            work.tx.commit().await?;
        }
        // 6 answer requests
        let mut tasks = vec![serve::spawn(
            listener,
            routes::all(house.clone()),
            stopping.clone(),
            patience,
        )];
        if let Some((listener, _)) = lan {
            let routes = routes::pay_only(house.clone());
            tasks.push(serve::spawn(listener, routes, stopping, patience));
        }
        if !by_hand {
            tasks.extend(workers(&house));
        }
        Ok(Sandbox {
            house,
            opened,
            addr,
            stop,
            tasks,
            lock,
        })
    }

    /// The clerk's desk of a store whose server is not running: nothing listens, and no address changes.
    ///
    /// # Errors
    /// `store_busy` while the server runs on the same SQLite file; `not_found` if it never ran.
    pub async fn desk_of(dir: &Path, options: Options) -> Result<Desk, LenderError> {
        let (house, lock) = premises::closed(dir, options).await?;
        let mut conn = house.store.read().await?;
        let device = devices::all(&mut conn, &house.tenant).await?.into_iter().next();
        drop(conn);
        let tenant = house.tenant.clone();
        Ok(Desk::new(house, tenant, Some(device.ok_or(NEVER_RAN)?), lock))
    }

    /// The clients of a store whose server is not running; `None`: of its first tenant.
    ///
    /// # Errors
    /// `store_busy` while the server runs on the same SQLite file; `not_found`: it never ran, or no such tenant.
    pub async fn clients_of(
        dir: &Path,
        options: Options,
        tenant: Option<&str>,
    ) -> Result<Clients, LenderError> {
        let (house, lock) = premises::closed(dir, options).await?;
        Clients::new(house, tenant, lock)
    }

    /// Adds a lender to a store whose server is not running: keys of its own, a root and a first key set.
    ///
    /// # Errors
    /// `store_busy`, `not_found`: the server never ran; `tenant_exists`.
    pub async fn add_tenant(
        dir: &Path,
        options: Options,
        name: &str,
        card: &CardText,
    ) -> Result<(), LenderError> {
        Sandbox::add_tenant_by(dir, options, name, card, None).await
    }

    /// The same, and who did it why is the first row of its audit.
    ///
    /// # Errors
    /// As [`Sandbox::add_tenant`].
    pub async fn add_tenant_by(
        dir: &Path,
        options: Options,
        name: &str,
        card: &CardText,
        by: Option<&By>,
    ) -> Result<(), LenderError> {
        let clock = options.clock.clone();
        let (house, lock) = premises::closed(dir, options.clone()).await?;
        let tenant = Tenant::of_the_house(name, &lock)?;
        let mut tx = house.store.begin().await?;
        let known = house.offices.contains_key(name);
        let text = serde_json::to_string(card)?;
        if known || !tenants::insert(&mut tx, &tenant, &text, clock.now()).await? {
            return Err(LenderError::TenantExists);
        }
        if let Some(by) = by {
            audit::note(&mut tx, &tenant, "tenant.add", by, name, clock.now()).await?;
        }
        tx.commit().await?;
        house.store.close().await;
        drop((house, lock));
        // Opened again with its office, so that its root and key set stand before the first request.
        let (house, _lock) = premises::closed(dir, options).await?;
        equip(&house).await?;
        house.store.close().await;
        Ok(())
    }

    /// Names of the lenders of a store whose server is not running.
    ///
    /// # Errors
    /// `store_busy`, `not_found`: the server never ran.
    pub async fn tenants_of(dir: &Path, options: Options) -> Result<Vec<String>, LenderError> {
        let (house, _lock) = premises::closed(dir, options).await?;
        Ok(house.offices.keys().cloned().collect())
    }

    /// The clients of a tenant of this house; `None`: of the first one.
    ///
    /// # Errors
    /// `not_found`: no such tenant.
    pub fn clients(&self, tenant: Option<&str>) -> Result<Clients, LenderError> {
        Clients::new(self.house.clone(), tenant, self.lock.clone())
    }

    /// The operators of a tenant of this running server, of the first one by default.
    ///
    /// # Errors
    /// `not_found`: no such tenant.
    pub fn operators(&self, tenant: Option<&str>) -> Result<Operators, LenderError> {
        Operators::new(self.house.clone(), tenant, self.lock.clone())
    }

    /// The operators of a tenant, for a store whose server is not running.
    ///
    /// # Errors
    /// `store_busy` while the server runs on the same SQLite file; `not_found`: it never ran, or no such tenant.
    pub async fn operators_of(
        dir: &Path,
        options: Options,
        tenant: Option<&str>,
    ) -> Result<Operators, LenderError> {
        let (house, lock) = premises::closed(dir, options).await?;
        Operators::new(house, tenant, lock)
    }

    /// The desk for any phone of this house.
    ///
    /// # Errors
    /// `not_found`: no such tenant.
    pub fn desk_for(&self, tenant: Option<&str>, device: &DeviceId) -> Result<Desk, LenderError> {
        let office = self.house.office_named(tenant).ok_or(NO_TENANT)?;
        Ok(Desk::new(
            self.house.clone(),
            office.tenant.clone(),
            Some(device.clone()),
            self.lock.clone(),
        ))
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

    /// Market of the story that this store tells.
    #[must_use]
    pub fn market(&self) -> &str {
        &self.opened.market
    }

    /// The link of the pay page.
    #[must_use]
    pub fn pay_url(&self) -> &str {
        &self.opened.pay_url
    }

    /// The phone of the story.
    #[must_use]
    pub fn device(&self) -> &DeviceId {
        &self.opened.device
    }

    /// What this sandbox's phone sends as its serial number's hash, whatever happens to its own files.
    #[must_use]
    pub fn serial_hash(&self) -> &Sha {
        &self.opened.serial_hash
    }

    /// The clerk's desk: orders by hand.
    #[must_use]
    pub fn desk(&self) -> Desk {
        Desk::new(
            self.house.clone(),
            self.house.tenant.clone(),
            Some(self.opened.device.clone()),
            self.lock.clone(),
        )
    }

    #[cfg(test)]
    pub(crate) fn house(&self) -> Arc<House> {
        self.house.clone()
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
        let base_url = self.house.base_url.clone();
        let provision = match (enrolled(&phone.join("identity"))?, &before) {
            (true, Some(before)) => Provision {
                base_url,
                ..before.clone()
            },
            (known, _) => Provision {
                base_url,
                tenant: story::TENANT.to_owned(),
                root: self.opened.root.clone(),
                market: self.opened.market.clone(),
                enrol_code: if known {
                    None
                } else {
                    Some(self.enrol_code().await?)
                },
                agreed: true,
            },
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
        tx.hold(tenant, &self.opened.device).await?;
        enrolment::retire_oldest(&mut tx, tenant, &self.opened.device, enrolment::MAX_KEYS - 1, now).await?;
        let code = enrol::fresh_code(&mut tx, tenant, &self.opened.device, now).await?;
        tx.commit().await?;
        Ok(code)
    }

    /// Stops: waiting polls are answered, then the store is closed.
    ///
    /// # Errors
    /// A listener failed while it ran.
    pub async fn shutdown(self) -> Result<(), LenderError> {
        close(&self.house, &self.stop, self.tasks, self.addr).await
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

/// Whether a phone's file `identity` names a device. One that is damaged, or was not finished, enrols again.
fn enrolled(identity: &Path) -> Result<bool, LenderError> {
    let read =
        files::read_bytes(identity)?.and_then(|b| serde_json::from_slice::<serde_json::Value>(&b).ok());
    Ok(read.is_some_and(|identity| identity.get("device").is_some_and(serde_json::Value::is_string)))
}

#[derive(Debug)]
struct Opened {
    device: DeviceId,
    pay_url: String,
    market: String,
    root: String,
    serial_hash: Sha,
}

/// Steps 3 to 5, in one transaction: a first start that fails leaves nothing half done.
async fn open(
    house: &House,
    market: Option<&str>,
    addr: SocketAddr,
    lan: Option<SocketAddr>,
) -> Result<Opened, LenderError> {
    equip(house).await?;
    let tenant = &house.tenant;
    let mut work = house.begin(tenant).await?;
    work.tx.turn(tenant, Turn::Trust).await?;
    if let Some(lan) = lan {
        settings::set(&mut work.tx, tenant, LAN_PORT, &lan.port().to_string()).await?;
    }
    let serial = match settings::get(&mut work.tx, tenant, "serial").await? {
        Some(serial) => serial,
        None => {
            let serial = String::from(random::id()?);
            settings::set(&mut work.tx, tenant, "serial", &serial).await?;
            serial
        }
    };
    // 3 and 4
    let root = found(&mut work, addr.port()).await?;
    // 5 the story at the first start; else new terms if the link changed
    let device = match devices::all(&mut work.tx, tenant).await?.into_iter().next() {
        None => story::tell(&mut work, market.unwrap_or(story::MARKET)).await?,
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
        market: contract.read.market.as_str().to_owned(),
        root,
        serial_hash: Sha::try_from(sign::sha256(format!("latchkey-serial-v1\0{serial}").as_bytes()))?,
    })
}
