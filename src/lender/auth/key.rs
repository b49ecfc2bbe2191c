//! Public keys of those who sign requests, and their names (RFC 7638, RFC 8037).

use super::signature::Claimed;
use crate::problem::Problem;
use crate::sign;
use axum::http::StatusCode;
use ed25519_dalek::{Signature, VerifyingKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::values::Sha;
use latchkey_core::wire::Jwk;

/// A key that signs requests. P-256 keys, which Android's key store makes, get their variant with that platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// Ed25519.
    Ed25519(VerifyingKey),
}

impl PublicKey {
    /// From the key that a phone enrols with.
    ///
    /// # Errors
    /// 422 `unsupported_key`.
    pub(crate) fn from_jwk(jwk: &Jwk) -> Result<PublicKey, Problem> {
        match (jwk.kty.as_str(), jwk.crv.as_str(), &jwk.y) {
            ("OKP", "Ed25519", None) => PublicKey::ed25519(&jwk.x),
            _ => None,
        }
        .ok_or_else(|| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unsupported_key",
                "Send an Ed25519 key as a JWK.",
            )
        })
    }

    pub(crate) fn from_store(alg: &str, x: &str, y: Option<&str>) -> Option<PublicKey> {
        match (alg, y) {
            ("ed25519", None) => PublicKey::ed25519(x),
            _ => None,
        }
    }

    pub(crate) fn to_store(&self) -> (&'static str, String, Option<String>) {
        match self {
            PublicKey::Ed25519(key) => (self.alg(), encode(key.as_bytes()), None),
        }
    }

    fn ed25519(x: &str) -> Option<PublicKey> {
        let bytes: [u8; 32] = decode(x.as_bytes())?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        (!key.is_weak()).then_some(PublicKey::Ed25519(key))
    }

    /// Its name in `Signature-Input`.
    fn alg(&self) -> &'static str {
        match self {
            PublicKey::Ed25519(_) => "ed25519",
        }
    }

    /// RFC 7638: SHA-256 over the required members in alphabetical order, without blanks.
    pub(crate) fn thumbprint(&self) -> String {
        match self {
            PublicKey::Ed25519(key) => {
                let x = encode(key.as_bytes());
                sign::sha256(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#).as_bytes())
            }
        }
    }

    /// The point itself, as `core` takes it.
    pub(super) fn point(&self) -> Sha {
        match self {
            PublicKey::Ed25519(key) => Sha::from_bytes(key.as_bytes()),
        }
    }

    /// Whether a request's signature is by this key.
    pub(super) fn verifies(&self, claimed: &Claimed) -> bool {
        match self {
            PublicKey::Ed25519(key) => {
                claimed.params.alg == self.alg()
                    && key
                        .verify_strict(
                            claimed.base.as_bytes(),
                            &Signature::from_bytes(&claimed.signature),
                        )
                        .is_ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_is_that_of_rfc_8037() {
        let jwk = Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".into(),
            y: None,
        };
        let key = PublicKey::from_jwk(&jwk).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn weak_and_foreign_keys_are_refused() {
        let mut jwk = Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: encode(&[0; 32]),
            y: None,
        };
        assert!(PublicKey::from_jwk(&jwk).is_err());
        jwk.kty = "RSA".into();
        assert!(PublicKey::from_jwk(&jwk).is_err());
    }
}
