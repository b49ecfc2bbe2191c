//! The key that signs access tokens: a file of its own, and never a key that signs orders.

use super::{Key, StoredKey, compact, load, signing_input};
use crate::error::LenderError;
use ed25519_dalek::Signer as _;
use latchkey_core::order::values::{Kid, Sha};
use serde::Serialize;
use std::path::Path;

/// The issuer's key, from `issuer.json`, readable by the user alone.
pub(crate) struct IssuerKey(Key);

impl std::fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IssuerKey({})", self.0.kid)
    }
}

impl IssuerKey {
    /// Opens `issuer.json`, or makes it with a fresh key.
    pub(crate) fn open(folder: &Path) -> Result<IssuerKey, LenderError> {
        let file = load(&folder.join("issuer.json"), || {
            Ok(vec![StoredKey::fresh(Vec::new())?])
        })?;
        let key = file.keys.first().ok_or(LenderError::Damaged("issuer.json"))?;
        Ok(IssuerKey(key.open()?))
    }

    /// Its name in tokens.
    pub(crate) fn kid(&self) -> &Kid {
        &self.0.kid
    }

    /// Its public half.
    pub(crate) fn x(&self) -> &Sha {
        &self.0.x
    }

    /// Signs claims as a compact JWS.
    pub(crate) fn token<C: Serialize>(&self, typ: &str, claims: &C) -> Result<String, LenderError> {
        let input = signing_input(typ, &self.0.kid, &serde_json::to_vec(claims)?);
        let signature = self.0.secret.sign(input.as_bytes()).to_bytes();
        compact(input, &signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::{FileSigner, Signer as _};
    use latchkey_core::order::claims::Role;

    #[test]
    fn the_issuer_signs_with_a_key_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let issuer = IssuerKey::open(folder.path()).unwrap();
        let orders = FileSigner::open(folder.path()).unwrap();
        for role in [Role::Lock, Role::Terms, Role::Release, Role::Settle, Role::Status] {
            assert_ne!(*issuer.kid(), orders.kid(role).unwrap());
        }
        assert_eq!(issuer.kid(), IssuerKey::open(folder.path()).unwrap().kid());
    }
}
