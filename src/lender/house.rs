//! What all requests share: store, keys, clock, addresses.

use crate::address::TrustedProxy;
use crate::auth::Tenant;
use crate::breaker::{Fleets, Pass};
use crate::clock::{Clock, Moment};
use crate::codes::SpokenCodes;
use crate::error::LenderError;
use crate::idempotency::Running;
use crate::limits::Limits;
pub(crate) use crate::log::Log;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::serve::Patience;
use crate::sign::Signer;
use crate::sign::issuer::IssuerKey;
use crate::store::{Conn, Store, Turn, Tx};
use crate::trust;
use crate::wake::Wakes;
use crate::webhooks::Sender;
use crate::words::Languages;
use latchkey_core::order::claims::Commitment;
use latchkey_core::order::values::{DeviceId, Kid, LockId, Obj};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The shared parts. One for each running server.
#[derive(Debug)]
pub(crate) struct House {
    /// Whose server this is: what public routes answer for.
    pub tenant: Tenant,
    /// The store.
    pub store: Store,
    /// Waiting polls.
    pub wakes: Wakes,
    /// What the breaker's rate is a share of.
    pub fleets: Fleets,
    /// Whether roots that are made here are a sandbox's.
    pub sandbox: bool,
    /// The clock.
    pub clock: Clock,
    /// The lenders of this house, by name.
    pub offices: BTreeMap<String, Arc<Office>>,
    /// The key of access tokens.
    pub issuer: IssuerKey,
    /// Who says truly whom a request comes from.
    pub proxies: Vec<TrustedProxy>,
    /// How often somebody may ask.
    pub limits: Limits,
    /// How long it waits for whoever is slow.
    pub patience: Patience,
    /// Requests with an idempotency key that are under way.
    pub running: Running,
    /// Figures.
    pub metrics: Metrics,
    /// What other systems are told with.
    pub webhooks: Sender,
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
    /// The office of a tenant.
    pub(crate) fn office(&self, tenant: &Tenant) -> Result<&Arc<Office>, LenderError> {
        self.office_named(Some(tenant.as_str()))
            .ok_or(LenderError::NotFound(
                "no such tenant on this server; start it anew after `tenant add`",
            ))
    }

    /// The office of that name, or of the first tenant.
    pub(crate) fn office_named(&self, name: Option<&str>) -> Option<&Arc<Office>> {
        self.offices.get(name.unwrap_or(self.tenant.as_str()))
    }

    /// Whether payments are only played. Every lender of this house has the same kind of provider.
    pub(crate) fn plays(&self) -> bool {
        let first = self.office_named(None);
        first.is_some_and(|office| office.provider.plays())
    }

    /// See [`Office::fresh_keys`]; a store of one process alone needs none.
    pub(crate) async fn fresh_keys(
        &self,
        tx: &mut Conn,
        tenant: &Tenant,
    ) -> Result<Option<Arc<dyn Signer>>, LenderError> {
        if !self.store.is_shared() {
            return Ok(None);
        }
        self.office(tenant)?.fresh_keys(tx).await
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
        let office = self.office(tenant)?;
        let signer = office.signer();
        let want = trust::Want {
            root: &office.root,
            signer: &*signer,
            card: &office.card,
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
        let office = self.office(tenant)?;
        Ok(Work {
            house: self,
            tx: self.store.begin().await?,
            tenant,
            signer: office.signer(),
            codes: office.codes.clone(),
            now: self.now(),
            pay_base: &self.pay_base,
            pass: Pass::default(),
            rehearsal: false,
            prepared: Prepared::default(),
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
    /// Whether it is taken back in any case.
    pub rehearsal: bool,
    /// What was hashed before this work began.
    pub prepared: Prepared,
}

/// What takes a second of a processor, and was done before the transaction that it is for: no transaction lasts that long.
/// It is used if it still fits, else made once more.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    /// The commitments to a lock's codes.
    pub ready: Option<Ready>,
    /// A code that is about to be read out.
    pub digits: Option<Digits>,
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

/// The digits of a spoken code.
#[derive(Debug)]
pub(crate) struct Digits {
    /// Of which phone.
    pub device: DeviceId,
    /// Of which lock.
    pub lock_id: LockId,
    /// What the lock says of it; its slot too.
    pub commitment: Commitment,
    /// In groups of four.
    pub groups: String,
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
