//! A lender that is no sandbox: what its store is begun with, what its server refuses, and what it demands.
//!
//! `keys init-live` makes the keys, the card and the provider's secret in an empty folder, once; nothing that starts later makes one.
//! The phones' root says that it is no sandbox's, so no demo rule locks; here nobody is made up either: no story, no
//! played payments, no phones for trying out.

use crate::codes::SpokenCodes;
use crate::desk::KeyLine;
use crate::error::LenderError;
use crate::files::{self, StoreLock};
use crate::house::House;
use crate::office::CardText;
use crate::premises::{PORT, Premises, close, equip, found, workers};
use crate::sandbox::Options;
use crate::sign::{self, FileSigner, RootKeys, issuer::IssuerKey};
use crate::store::{Turn, trust};
use crate::webhooks::standard::Keys as WebhookKeys;
use crate::{orders, provider, public_url, routes, serve, story};
use latchkey_core::order::claims::Card;
use latchkey_core::order::values::{Kid, Tenant};
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a live store is begun with, as it stands beside its keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// Name in tokens.
    pub tenant: String,
    /// Its card.
    pub card: CardText,
    /// The root keys that were made with it.
    roots: Vec<Kid>,
}

const FILE: &str = "live.json";
/// What the first lender's folder holds; a further lender has the first three, and its provider's secret.
const KEYS: [&str; 5] = [
    "root.json",
    "keys.json",
    "codes.json",
    "issuer.json",
    "webhook.json",
];
const OF_EACH: usize = 3;
/// Those that say whether they are a sandbox's.
const MARKED: [&str; 3] = ["root.json", "keys.json", "issuer.json"];
const PROVIDER: &str = "provider.json";

/// What stands in a lender's folder; `None`: it is a sandbox, or there is nothing.
pub(crate) fn begun(folder: &Path) -> Result<Option<Begun>, LenderError> {
    let text = files::read(&folder.join(FILE))?;
    let read = text.map(|text| serde_json::from_str(&text).map_err(|_| LenderError::Damaged(FILE)));
    read.transpose()
}

/// Whether keys in a lender's folder were made for a live lender, whatever else stands there.
pub(crate) fn has_live_keys(folder: &Path) -> Result<bool, LenderError> {
    for name in MARKED {
        let path = folder.join(name);
        if files::read_at_most(&path, 0)?.is_some() && sign::is_live(&path)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Begins a live lender in an empty folder: fresh keys, its card, its provider's secret. Returns the root keys' and the
/// order keys.
///
/// # Errors
/// `keys_exist`: something was begun there; `provider_secret`; `out_of_bounds`: a name that is none; `live`: the sandbox's.
pub fn begin(
    dir: &Path,
    tenant: &str,
    card: &CardText,
    provider_secret: &str,
) -> Result<(Vec<Kid>, Vec<KeyLine>), LenderError> {
    let name = Tenant::try_from(tenant)?;
    if tenant == story::TENANT {
        return Err(LenderError::Live("this is the sandbox's name; choose your own"));
    }
    let folder = dir.join("lender");
    files::folder(&folder)?;
    let _lock = files::lock(&folder)?;
    let names = KEYS.iter().chain([&PROVIDER, &FILE, &"lender.db"]);
    for name in names {
        if files::read_at_most(&folder.join(name), 0)?.is_some() {
            return Err(LenderError::KeysExist);
        }
    }
    provider::keep_secret(&folder, provider_secret.trim())?;
    sign::make_live(&folder)?;
    let (root, signer) = (RootKeys::open(&folder)?, FileSigner::open(&folder)?);
    IssuerKey::open(&folder)?;
    SpokenCodes::open(&folder)?;
    WebhookKeys::open(&folder)?;
    let roots: Vec<Kid> = root.public_keys().iter().map(|key| key.kid.clone()).collect();
    let begun = Begun {
        tenant: tenant.to_owned(),
        card: card.clone(),
        roots: roots.clone(),
    };
    // Last: without it nothing here is a lender's.
    files::replace(&folder.join(FILE), &serde_json::to_string_pretty(&begun)?)?;
    Ok((roots, crate::desk::lines(&signer, &name)?))
}

/// Whether the keys are all there, this user's alone, and made for a live lender.
///
/// # Errors
/// `key_custody`, `other_keys`, `provider_secret`.
pub(crate) fn custody(folder: &Path, begun: &Begun) -> Result<(), LenderError> {
    of_folder(folder, &KEYS)?;
    let roots = RootKeys::open(folder)?.public_keys();
    if !roots.iter().map(|key| &key.kid).eq(&begun.roots) {
        return Err(LenderError::OtherKeys);
    }
    Ok(())
}

/// The same for a further lender's folder.
///
/// # Errors
/// `key_custody`, `provider_secret`.
pub(crate) fn custody_of_further(folder: &Path) -> Result<(), LenderError> {
    of_folder(folder, KEYS.get(..OF_EACH).unwrap_or(&KEYS))
}

fn of_folder(folder: &Path, names: &[&str]) -> Result<(), LenderError> {
    let wrong = |path: &Path, what| LenderError::Custody(path.display().to_string(), what);
    if files::read(&folder.join(PROVIDER))?.is_none() {
        return Err(LenderError::ProviderSecret);
    }
    // The database that is made in it holds pay links and what owners said.
    if !files::is_private(folder)? {
        let what = "may be entered by others; take their rights away (chmod 700)";
        return Err(wrong(folder, what));
    }
    for name in names.iter().chain([&PROVIDER]) {
        let path = folder.join(name);
        if files::read_at_most(&path, 0)?.is_none() {
            let what = "is missing, and a live server makes no keys; copy it from where you keep it";
            return Err(wrong(&path, what));
        }
        if !files::is_private(&path)? {
            let what = "may be read by others; take their rights away (chmod 600), and rotate the keys if somebody did";
            return Err(wrong(&path, what));
        }
        if MARKED.contains(name) && !sign::is_live(&path)? {
            let what = "was made for a sandbox; copy the one that `keys init-live` made";
            return Err(wrong(&path, what));
        }
    }
    Ok(())
}

/// What a live lender does not do.
fn refuse(options: &Options) -> Result<(), LenderError> {
    let refused = [
        (
            options.phones > 0,
            "--phones makes up phones, and nobody's phones are made up here; take it out",
        ),
        (
            options.market.is_some(),
            "a market is told by each agreement; take the story's out",
        ),
        (
            options.lan.is_some(),
            "--lan offers the pay page over plain HTTP; take it out and name --public-url",
        ),
        (
            options.webhooks_to_loopback,
            "--webhooks-to-loopback is for trying out; take it out",
        ),
    ];
    match refused.iter().find(|(refused, _)| *refused) {
        Some((_, why)) => Err(LenderError::Live(why)),
        None => Ok(()),
    }
}

/// The base URL, if phones of a live lender open its pay links.
fn reachable(asked: Option<&str>, begun: &Begun) -> Result<String, LenderError> {
    let wrong =
        LenderError::PublicUrl("a live lender needs --public-url https://NAME without a port, a public name");
    let Some(asked) = asked else { return Err(wrong) };
    let url = public_url::read(asked)?;
    let Some(host) = url.strip_prefix("https://") else {
        return Err(wrong);
    };
    let card: Card = begun.card.card(vec![host.to_owned()])?;
    let link = orders::pay_url(&url, "AAAAAAAAAAAAAAAA");
    match latchkey_core::pay::check_url(&link, &card, false) {
        Ok(()) => Ok(url),
        Err(_) => Err(wrong),
    }
}

/// A running lender that is no sandbox.
#[derive(Debug)]
pub struct Live {
    house: Arc<House>,
    addr: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    _lock: Arc<StoreLock>,
}

impl Live {
    /// Starts the lender whose store is `dir/lender`. Needs a running tokio runtime.
    ///
    /// # Errors
    /// `not_live`, `live`, `public_url`, `key_custody`, `other_keys`, `provider_secret`, `sandbox_store`; the store is in
    /// use, damaged or cannot be written; the address cannot be listened on.
    pub async fn start(dir: &Path, options: Options) -> Result<Live, LenderError> {
        refuse(&options)?;
        let begun = begun(&dir.join("lender"))?.ok_or(LenderError::NotLive)?;
        let base_url = reachable(options.public_url.as_deref(), &begun)?;
        custody(&dir.join("lender"), &begun)?;
        let premises = Premises::enter(dir, options.database.clone()).await?;
        if trust::any_sandbox(&mut premises.store.read().await?).await? {
            return Err(LenderError::SandboxStore);
        }
        let (listener, addr) = match options.addr {
            Some(addr) => serve::exactly(addr).await?,
            None => serve::listen(Ipv4Addr::LOCALHOST.into(), premises.port(PORT).await?).await?,
        };
        let lock = premises.lock.clone();
        let (stop, stopping) = watch::channel(false);
        let (patience, by_hand) = (options.patience, options.by_hand);
        let house = premises
            .furnish(options, base_url.clone(), base_url, stopping.clone())
            .await?;
        house.store.listen(house.log.clone()).await?;
        equip(&house).await?;
        let mut work = house.begin(&house.tenant).await?;
        work.tx.turn(&house.tenant, Turn::Trust).await?;
        found(&mut work, addr.port()).await?;
        work.tx.commit().await?;
        let routes = routes::all(house.clone());
        let mut tasks = vec![serve::spawn(listener, routes, stopping, patience)];
        if !by_hand {
            tasks.extend(workers(&house));
        }
        Ok(Live {
            house,
            addr,
            stop,
            tasks,
            _lock: lock,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Base URL for phones, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.house.base_url
    }

    /// Answers until the process is told to stop: then waiting polls are answered and the store is closed.
    ///
    /// # Errors
    /// A listener failed while it ran.
    pub async fn run_until(self, done: impl Future<Output = ()>) -> Result<(), LenderError> {
        done.await;
        close(&self.house, &self.stop, self.tasks, self.addr).await
    }
}
