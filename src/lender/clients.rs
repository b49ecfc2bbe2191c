//! Clients of the API, for whoever holds the store: who they are, what they may do, and with which keys.

use crate::auth::Tenant;
use crate::auth::device::PublicKey;
use crate::error::LenderError;
use crate::files::{self, StoreLock};
use crate::house::House;
use crate::jobs::By;
use crate::random;
use crate::scopes::Scopes;
use crate::store::clients::{self, Client};
use crate::store::{Tx, audit};
use latchkey_core::order::values::{Obj, Text};
use latchkey_core::wire::Jwk;
use std::path::Path;
use std::sync::Arc;

/// A client, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// What it may ask for.
    pub scopes: Scopes,
    /// Since when, Unix seconds.
    pub created_s: u64,
    /// Since when it may do nothing any more, Unix seconds.
    pub revoked_s: Option<u64>,
    /// Its keys in use, by thumbprint (RFC 7638).
    pub keys: Vec<String>,
}

/// The clients of one tenant.
#[derive(Clone, Debug)]
pub struct Clients {
    house: Arc<House>,
    tenant: Tenant,
    by: Option<By>,
    _lock: Arc<StoreLock>,
}

impl Clients {
    pub(crate) fn new(
        house: Arc<House>,
        tenant: Option<&str>,
        lock: Arc<StoreLock>,
    ) -> Result<Clients, LenderError> {
        let office = house.office_named(tenant);
        let tenant = office.map(|office| office.tenant.clone());
        Ok(Clients {
            house,
            tenant: tenant.ok_or(LenderError::NotFound("no such tenant; `tenant list` shows them"))?,
            by: None,
            _lock: lock,
        })
    }

    /// The same, with somebody who does it: each change leaves a row in the audit, in the same transaction.
    #[must_use]
    pub fn by(&self, by: By) -> Clients {
        Clients {
            by: Some(by),
            ..self.clone()
        }
    }

    /// Last of all: the audit's turn comes after every other.
    async fn note(&self, tx: &mut Tx, action: &str, about: &str) -> Result<(), LenderError> {
        let Some(by) = &self.by else { return Ok(()) };
        audit::note(tx, &self.tenant, action, by, about, self.house.now()).await
    }

    /// Adds a client with its first key, a public Ed25519 key as a JWK (RFC 8037). Returns its id.
    ///
    /// # Errors
    /// `bad_key`, or the store refused.
    pub async fn add(&self, name: &Text<64>, scopes: &Scopes, jwk: &str) -> Result<String, LenderError> {
        let key = read_key(jwk)?;
        let now = self.house.now();
        let client = Client {
            id: format!("client-{}", random::typed(12)?.to_lowercase()),
            name: name.as_str().to_owned(),
            scopes: scopes.clone(),
            created: now,
            revoked: None,
        };
        let mut tx = self.house.store.begin().await?;
        clients::insert(&mut tx, &self.tenant, &client).await?;
        clients::add_key(&mut tx, &self.tenant, &client.id, &key, now).await?;
        self.note(&mut tx, "client.add", &client.id).await?;
        tx.commit().await?;
        Ok(client.id)
    }

    /// Adds a key to a client. Returns its thumbprint, which the client names as `kid`.
    ///
    /// # Errors
    /// `not_found`, `bad_key`.
    pub async fn add_key(&self, client: &str, jwk: &str) -> Result<String, LenderError> {
        let key = read_key(jwk)?;
        let mut tx = self.house.store.begin().await?;
        clients::get(&mut tx, &self.tenant, client).await?;
        clients::add_key(&mut tx, &self.tenant, client, &key, self.house.now()).await?;
        let about = format!("{client} {}", key.thumbprint());
        self.note(&mut tx, "client.key.add", &about).await?;
        tx.commit().await?;
        Ok(key.thumbprint())
    }

    /// Retires a key of a client: tokens bound to it end with it.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn retire_key(&self, client: &str, thumbprint: &str) -> Result<(), LenderError> {
        let mut tx = self.house.store.begin().await?;
        let now = self.house.now();
        if !clients::retire_key(&mut tx, &self.tenant, client, thumbprint, now).await? {
            return Err(LenderError::NotFound(
                "no such key in use; `client list` shows them",
            ));
        }
        let about = format!("{client} {thumbprint}");
        self.note(&mut tx, "client.key.retire", &about).await?;
        tx.commit().await
    }

    /// Ends a client: none of its tokens and keys is good any more.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn revoke(&self, client: &str) -> Result<(), LenderError> {
        let mut tx = self.house.store.begin().await?;
        clients::get(&mut tx, &self.tenant, client).await?;
        clients::revoke(&mut tx, &self.tenant, client, self.house.now()).await?;
        self.note(&mut tx, "client.revoke", client).await?;
        tx.commit().await
    }

    /// All clients, oldest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn list(&self) -> Result<Vec<Listed>, LenderError> {
        let mut conn = self.house.store.read().await?;
        let mut listed = Vec::new();
        for client in clients::all(&mut conn, &self.tenant).await? {
            let keys = clients::keys(&mut conn, &self.tenant, &client.id).await?;
            let in_use = keys.into_iter().filter(|key| key.retired.is_none());
            listed.push(Listed {
                keys: in_use.map(|key| key.thumbprint).collect(),
                id: client.id,
                name: client.name,
                scopes: client.scopes,
                created_s: client.created.unix_s(),
                revoked_s: client.revoked.map(|at| at.unix_s()),
            });
        }
        Ok(listed)
    }
}

/// The text of a client's key file.
///
/// # Errors
/// `file`, `not_found`.
pub fn read(path: &Path) -> Result<String, LenderError> {
    files::read(path)?.ok_or(LenderError::NotFound("no such key file"))
}

fn read_key(jwk: &str) -> Result<PublicKey, LenderError> {
    let jwk: Obj<Jwk> = serde_json::from_str(jwk).map_err(|_| LenderError::BadKey)?;
    PublicKey::of_client(&jwk).map_err(|_| LenderError::BadKey)
}
