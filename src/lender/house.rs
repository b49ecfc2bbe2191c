//! What all requests share: store, keys, clock, addresses, the payment provider.

use crate::auth::Tenant;
use crate::clock::{Clock, Moment};
use crate::codes::SpokenCodes;
use crate::error::LenderError;
use crate::provider::PaymentProvider;
use crate::sign::{RootKeys, Signer};
use crate::store::{Store, Tx};
use crate::trust;
use crate::wake::Wakes;
use crate::words::Languages;
use latchkey_core::order::claims::Card;
use latchkey_core::order::values::Kid;
use std::sync::{Arc, PoisonError, RwLock};
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
    /// The root keys, which a sandbox has at hand.
    pub root: RootKeys,
    /// The secret behind spoken codes; `None`: this lender gives none.
    pub codes: Option<Arc<SpokenCodes>>,
    /// The lender's card with today's pay hosts.
    pub card: Card,
    /// Who takes payments.
    pub provider: Box<dyn PaymentProvider>,
    /// The words of the pay page and the hotline.
    pub languages: Languages,
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

    /// Makes a new key set if one is due; polls then answer with it after the commit.
    pub(crate) async fn key_set(
        &self,
        tx: &mut Tx,
        tenant: &Tenant,
        void: &[Kid],
        above: u32,
    ) -> Result<(), LenderError> {
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

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Begins a unit of work: everything in it happens or nothing does.
    pub(crate) async fn begin<'h>(&'h self, tenant: &'h Tenant) -> Result<Work<'h>, LenderError> {
        Ok(Work {
            tx: self.store.begin().await?,
            tenant,
            signer: self.signer(),
            codes: self.codes.clone(),
            now: self.now(),
            pay_base: &self.pay_base,
        })
    }
}

/// A unit of work for one tenant: a transaction, the keys, and one moment.
pub(crate) struct Work<'h> {
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
}
