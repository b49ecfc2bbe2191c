//! Operators of the console, for whoever holds the store: who may sign in, and what for.

use crate::auth::{Tenant, operator};
use crate::error::LenderError;
use crate::files::StoreLock;
use crate::house::House;
use crate::jobs::By;
use crate::random;
use crate::scopes::Scopes;
use crate::store::operators::{self, Stored};
use crate::store::{Tx, audit};
use std::sync::Arc;

/// Signs of a password, five bits each.
const SIGNS: usize = 20;

/// An operator, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Name.
    pub name: String,
    /// What the operator may do.
    pub scopes: Scopes,
    /// Whether the operator may sign in no more.
    pub closed: bool,
}

/// The operators of one tenant.
#[derive(Clone, Debug)]
pub struct Operators {
    house: Arc<House>,
    tenant: Tenant,
    by: Option<By>,
    _lock: Arc<StoreLock>,
}

impl Operators {
    pub(crate) fn new(
        house: Arc<House>,
        tenant: Option<&str>,
        lock: Arc<StoreLock>,
    ) -> Result<Operators, LenderError> {
        let office = house.office_named(tenant);
        let tenant = office.map(|office| office.tenant.clone());
        Ok(Operators {
            house,
            tenant: tenant.ok_or(LenderError::NotFound("no such tenant; `tenant list` shows them"))?,
            by: None,
            _lock: lock,
        })
    }

    /// The same, with somebody who does it: each change leaves a row in the audit, in the same transaction.
    #[must_use]
    pub fn by(&self, by: By) -> Operators {
        Operators {
            by: Some(by),
            ..self.clone()
        }
    }

    /// Last of all: the audit's turn comes after every other.
    async fn note(&self, tx: &mut Tx, action: &str, about: &str) -> Result<(), LenderError> {
        let Some(by) = &self.by else { return Ok(()) };
        audit::note(tx, &self.tenant, action, by, about, self.house.now()).await
    }

    /// Adds an operator. Returns the password, which is shown this once: nobody chooses one.
    ///
    /// # Errors
    /// `operator`: not a name, or the name is taken.
    pub async fn add(&self, name: &str, scopes: &Scopes) -> Result<String, LenderError> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if name.is_empty() || name.len() > 32 || !name.chars().all(fits) {
            return Err(LenderError::Operator(
                "a name has 1 to 32 small letters, digits, . _ -",
            ));
        }
        let password = random::groups(&random::typed(SIGNS)?);
        let hash = operator::hashed(as_read(&password)).await?;
        let stored = Stored {
            name: name.to_owned(),
            scopes: scopes.clone(),
            closed: false,
        };
        let mut tx = self.house.store.begin().await?;
        if !operators::insert(&mut tx, &self.tenant, &stored, &hash, self.house.now()).await? {
            return Err(LenderError::Operator("the name is taken; choose another one"));
        }
        self.note(&mut tx, "operator.add", name).await?;
        tx.commit().await?;
        Ok(password)
    }

    /// Ends an operator, signed in or not.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn close(&self, name: &str) -> Result<(), LenderError> {
        let mut tx = self.house.store.begin().await?;
        if !operators::close(&mut tx, &self.tenant, name, self.house.now()).await? {
            return Err(LenderError::NotFound(
                "no such operator; `operator list` shows them",
            ));
        }
        self.note(&mut tx, "operator.close", name).await?;
        tx.commit().await
    }

    /// All of them, oldest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn list(&self) -> Result<Vec<Named>, LenderError> {
        let mut conn = self.house.store.read().await?;
        let stored = operators::all(&mut conn, &self.tenant).await?;
        let named = stored.into_iter().map(|one| Named {
            name: one.name,
            scopes: one.scopes,
            closed: one.closed,
        });
        Ok(named.collect())
    }
}

/// A password as it is meant: blanks and case do not count.
pub(crate) fn as_read(password: &str) -> String {
    random::as_typed(password)
}
