//! What one lender of the house has for itself: its keys, its secret behind spoken codes, its card, who
//! takes its payments. Another lender's keys
//! sign nothing for it, and its phones believe no other.

use crate::auth::Tenant;
use crate::codes::SpokenCodes;
use crate::error::LenderError;
use crate::provider::{Elsewhere, PaymentProvider, SandboxProvider, Signed};
use crate::rotate;
use crate::sign::{FileSigner, RootKeys, Signer};
use crate::store::{self, Conn};
use latchkey_core::order::claims::Card;
use latchkey_core::order::values::{Hotline, Kid, Text};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// What stands on a lender's card besides its pay hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardText {
    /// Name.
    pub name: Text<48>,
    /// Postal address.
    pub address: Text<120>,
    /// Licence number.
    pub licence: Text<32>,
    /// Telephone line.
    pub hotline: Hotline,
    /// When somebody answers it.
    pub hours: Text<64>,
    /// Who gets the money, as the bank writes it.
    pub payee: Text<48>,
}

impl CardText {
    /// The card with today's pay hosts.
    pub(crate) fn card(&self, pay_hosts: Vec<String>) -> Result<Card, LenderError> {
        let hosts = pay_hosts
            .into_iter()
            .map(Text::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Card {
            name: self.name.clone(),
            address: self.address.clone(),
            licence: self.licence.clone(),
            hotlines: vec![(self.hotline.clone(), Text::try_from("Hotline".to_owned())?)].try_into()?,
            hours: self.hours.clone(),
            payees: vec![self.payee.clone()].try_into()?,
            pay_hosts: hosts.try_into()?,
        })
    }
}

/// One lender of the house.
#[derive(Debug)]
pub(crate) struct Office {
    /// Whose.
    pub tenant: Tenant,
    /// The root keys, which a sandbox has at hand.
    pub root: RootKeys,
    /// The secret behind spoken codes; `None`: this lender gives none.
    pub codes: Option<Arc<SpokenCodes>>,
    /// The lender's card with today's pay hosts.
    pub card: Card,
    /// Who takes this lender's payments. What it tells is signed for this lender alone.
    pub provider: Box<dyn PaymentProvider>,
    /// Where the key files are.
    folder: PathBuf,
    /// The order keys; replaced as a whole when one is rotated.
    signer: RwLock<Arc<dyn Signer>>,
    /// Version of the key set that the signer was read beside, 0 = not known.
    keys_seen: AtomicI64,
}

impl Office {
    /// Opens the key files, or makes them. `plays`: payments are only played.
    pub(crate) fn open(
        tenant: Tenant,
        folder: &Path,
        card: Card,
        no_codes: bool,
        plays: bool,
    ) -> Result<Office, LenderError> {
        let codes = if no_codes {
            None
        } else {
            Some(Arc::new(SpokenCodes::open(folder)?))
        };
        Ok(Office {
            tenant,
            root: RootKeys::open(folder)?,
            codes,
            card,
            provider: if plays {
                Box::new(Signed::open(folder, SandboxProvider)?)
            } else {
                Box::new(Signed::open(folder, Elsewhere)?)
            },
            folder: folder.to_owned(),
            signer: RwLock::new(Arc::new(FileSigner::open(folder)?)),
            keys_seen: AtomicI64::new(0),
        })
    }

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

    /// Another process may have withdrawn or rotated a key: from then on this one signs with what `keys.json` holds now, and
    /// rather not at all than with a key that no phone believes. `None`: the keys in use are the right ones.
    pub(crate) async fn fresh_keys(&self, tx: &mut Conn) -> Result<Option<Arc<dyn Signer>>, LenderError> {
        let version = store::trust::keys_version(tx, &self.tenant).await?;
        if self.keys_seen.load(Ordering::SeqCst) == version {
            return Ok(None);
        }
        let void = store::trust::void(tx, &self.tenant).await?;
        let signer: Arc<dyn Signer> = Arc::new(FileSigner::open(&self.folder)?);
        let keys = signer.public_keys(self.tenant.name())?;
        if keys.iter().any(|key| void.contains(&key.kid))
            || rotate::is_retired(tx, &self.tenant, &*signer).await?
        {
            return Err(LenderError::OtherKeys);
        }
        *self.signer.write().unwrap_or_else(PoisonError::into_inner) = signer.clone();
        self.keys_seen.store(version, Ordering::SeqCst);
        Ok(Some(signer))
    }
}
