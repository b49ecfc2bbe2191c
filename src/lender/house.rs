//! What all requests share: store, keys, clock, addresses, the payment provider.

use crate::auth::Tenant;
use crate::breaker::Pass;
use crate::clock::{Clock, Moment};
use crate::codes::SpokenCodes;
use crate::error::LenderError;
use crate::provider::PaymentProvider;
use crate::sign::{FileSigner, RootKeys, Signer};
use crate::store::{self, Store, Turn, Tx};
use crate::trust;
use crate::wake::Wakes;
use crate::webhooks::Sender;
use crate::words::Words;
use latchkey_core::order::claims::{Card, Commitment};
use latchkey_core::order::values::{DeviceId, Kid, LockId, Obj};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// Where internal errors are told.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

impl Default for Log {
    fn default() -> Self {
        Log::new(|_| {})
    }
}

impl Log {
    /// A log of one's own; by default nothing is told.
    #[must_use]
    pub fn new(tell: impl Fn(&str) + Send + Sync + 'static) -> Log {
        Log(Arc::new(tell))
    }

    pub(crate) fn tell(&self, line: &str) {
        (self.0)(line);
    }
}

/// The shared parts. One for each running server.
#[derive(Debug)]
pub(crate) struct House {
    /// Whose server this is: what public routes answer for.
    pub tenant: Tenant,
    /// The store.
    pub store: Store,
    /// Waiting polls.
    pub wakes: Wakes,
    /// The clock.
    pub clock: Clock,
    /// The order keys; replaced as a whole when one is rotated.
    pub signer: RwLock<Arc<dyn Signer>>,
    /// Where the key files are.
    pub folder: PathBuf,
    /// Version of the key set that [`House::signer`] was read beside, 0 = not known.
    pub keys_seen: AtomicI64,
    /// The root keys, which a sandbox has at hand.
    pub root: RootKeys,
    /// The secret behind spoken codes; `None`: this lender gives none.
    pub codes: Option<Arc<SpokenCodes>>,
    /// The lender's card with today's pay hosts.
    pub card: Card,
    /// Who takes payments.
    pub provider: Box<dyn PaymentProvider>,
    /// What other systems are told with.
    pub webhooks: Sender,
    /// The words of the pay page.
    pub words: Words,
    /// The public base URL that phones use; signatures cover it. No trailing slash.
    pub base_url: String,
    /// Where payers go, e.g. `http://127.0.0.1:8080`. No trailing slash.
    pub pay_base: String,
    /// Told what went wrong inside; phones and payers only get a request id.
    pub log: Log,
    /// True once the server stops: polls answer at once.
    pub stopping: watch::Receiver<bool>,
}

impl House {
    /// The keys in use.
    pub(crate) fn signer(&self) -> Arc<dyn Signer> {
        self.signer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A fresh key in the place of `old`, if it is one of ours.
    pub(crate) fn replace_key(&self, old: &Kid) -> Result<(), LenderError> {
        let new = self.signer().replaced(old)?;
        *self.signer.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// Another process may have withdrawn a key: from then on this one signs with what `keys.json` holds now, and
    /// rather not at all than with a key that no phone believes. `None`: the keys in use are the right ones.
    async fn fresh_keys(&self, tx: &mut Tx, tenant: &Tenant) -> Result<Option<Arc<dyn Signer>>, LenderError> {
        if !self.store.is_shared() {
            return Ok(None);
        }
        let version = store::trust::keys_version(tx, tenant).await?;
        if self.keys_seen.load(Ordering::SeqCst) == version {
            return Ok(None);
        }
        let void = store::trust::void(tx, tenant).await?;
        let signer: Arc<dyn Signer> = Arc::new(FileSigner::open(&self.folder)?);
        let keys = signer.public_keys(tenant.name())?;
        if keys.iter().any(|key| void.contains(&key.kid)) {
            return Err(LenderError::OtherKeys);
        }
        *self.signer.write().unwrap_or_else(PoisonError::into_inner) = signer.clone();
        self.keys_seen.store(version, Ordering::SeqCst);
        Ok(Some(signer))
    }

    /// Makes a new key set if one is due; polls then answer with it after the commit.
    pub(crate) async fn key_set(
        &self,
        tx: &mut Tx,
        tenant: &Tenant,
        void: &[Kid],
        above: u32,
    ) -> Result<(), LenderError> {
        tx.turn(tenant, Turn::Trust).await?;
        if void.is_empty() {
            self.fresh_keys(tx, tenant).await?;
        }
        let signer = self.signer();
        let want = trust::Want {
            root: &self.root,
            signer: &*signer,
            card: &self.card,
            void,
            above,
            now: self.now(),
        };
        if trust::key_set(tx, tenant, &want).await? {
            tx.wake_all();
        }
        Ok(())
    }

    /// Whether the server was told to stop.
    pub(crate) fn stops(&self) -> bool {
        *self.stopping.borrow()
    }

    /// How long it is until then; a moment, if it is past.
    pub(crate) fn until(&self, at: Moment) -> Duration {
        let ms = at.ms().saturating_sub(self.now().ms()).max(0);
        Duration::from_millis(u64::try_from(ms).unwrap_or(0) + 1)
    }

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Begins a unit of work: everything in it happens or nothing does.
    pub(crate) async fn begin<'h>(&'h self, tenant: &'h Tenant) -> Result<Work<'h>, LenderError> {
        Ok(Work {
            house: self,
            tx: self.store.begin().await?,
            tenant,
            signer: self.signer(),
            codes: self.codes.clone(),
            now: self.now(),
            pay_base: &self.pay_base,
            pass: Pass::default(),
            ready: None,
        })
    }
}

/// A unit of work for one tenant: a transaction, the keys, and one moment.
pub(crate) struct Work<'h> {
    /// Where.
    pub house: &'h House,
    /// The transaction.
    pub tx: Tx,
    /// For whom.
    pub tenant: &'h Tenant,
    /// With which keys.
    pub signer: Arc<dyn Signer>,
    /// With which spoken codes.
    pub codes: Option<Arc<SpokenCodes>>,
    /// When.
    pub now: Moment,
    /// Where payers go.
    pub pay_base: &'h str,
    /// How its locks meet the breaker.
    pub pass: Pass,
    /// Codes that were made before this work began.
    pub ready: Option<Ready>,
}

/// The commitments to a lock's spoken codes, made before its transaction.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    /// Of which phone.
    pub device: DeviceId,
    /// Of which lock.
    pub lock_id: LockId,
    /// What stands in the lock.
    pub commitments: Vec<Obj<Commitment>>,
}

impl Work<'_> {
    /// Holds a phone and its contract until this work ends. First thing in everything that reads them and then decides.
    pub(crate) async fn hold(&mut self, device: &DeviceId) -> Result<(), LenderError> {
        if self.tx.hold(self.tenant, device).await?
            && let Some(signer) = self.house.fresh_keys(&mut self.tx, self.tenant).await?
        {
            self.signer = signer;
        }
        Ok(())
    }
}
