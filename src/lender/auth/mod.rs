//! Who asks: the only maker of [`Tenant`], and of the phone that a request was proven to come from.
//!
//! Everything below works for a tenant only through a [`Tenant`], and that is made here alone: from a verified
//! access token, a client's proven assertion, a phone's verified signature, from an enrolment code, from a pay token, or for whoever holds the store's own files.

pub(crate) mod assertion;
pub(crate) mod caller;
pub(crate) mod device;
mod key;
pub(crate) mod operator;
mod replay;
mod resolve;
pub(crate) mod signature;
pub(crate) mod token;

pub(crate) use resolve::{code_holder, payer};

use crate::error::LenderError;
use latchkey_core::order::values;

/// Proof that the caller may act for this tenant. A query without one does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant(values::Tenant);

impl Tenant {
    /// The tenant's name as it stands in tokens.
    #[must_use]
    pub fn name(&self) -> &values::Tenant {
        &self.0
    }

    /// For the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    fn from_store(name: String) -> Result<Tenant, LenderError> {
        values::Tenant::try_from(name)
            .map(Tenant)
            .map_err(|_| LenderError::Damaged("a tenant"))
    }

    /// For the process that holds the store's files: nobody else can pass [`crate::files::lock`].
    pub(crate) fn of_the_house(name: &str, _lock: &crate::files::StoreLock) -> Result<Tenant, LenderError> {
        Ok(Tenant(values::Tenant::try_from(name)?))
    }
}
