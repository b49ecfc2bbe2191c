//! Public keys of those who sign requests, and their names (RFC 7638, RFC 8037).
//!
//! A phone signs with Ed25519, or with P-256, which is what the key store of an Android phone makes in hardware. A client
//! signs with Ed25519 alone: its assertions are the same kind of token as orders.

use super::signature::Claimed;
use crate::problem::Problem;
use crate::sign;
use axum::http::StatusCode;
use ed25519_dalek::{Signature, VerifyingKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::values::Sha;
use latchkey_core::wire::Jwk;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// A key that signs requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// Ed25519.
    Ed25519(VerifyingKey),
    /// ECDSA over P-256 with SHA-256 (RFC 9421 section 3.3.4): a point, not yet known to be on the curve.
    P256 {
        /// X, big-endian.
        x: [u8; 32],
        /// Y, big-endian.
        y: [u8; 32],
    },
}

impl PublicKey {
    /// From the key that a phone enrols with.
    ///
    /// # Errors
    /// 422 `unsupported_key`.
    pub(crate) fn from_jwk(jwk: &Jwk) -> Result<PublicKey, Problem> {
        match (jwk.kty.as_str(), jwk.crv.as_str(), &jwk.y) {
            ("OKP", "Ed25519", None) => PublicKey::ed25519(&jwk.x),
            ("EC", "P-256", Some(y)) => PublicKey::p256(&jwk.x, y),
            _ => None,
        }
        .ok_or_else(|| unsupported("Send an Ed25519 or a P-256 key as a JWK."))
    }

    /// From the key of a client.
    ///
    /// # Errors
    /// 422 `unsupported_key`.
    pub(crate) fn of_client(jwk: &Jwk) -> Result<PublicKey, Problem> {
        PublicKey::from_jwk(jwk)
            .ok()
            .filter(|key| key.ed25519_point().is_some())
            .ok_or_else(|| unsupported("Send an Ed25519 key as a JWK."))
    }

    pub(crate) fn from_store(alg: &str, x: &str, y: Option<&str>) -> Option<PublicKey> {
        match (alg, y) {
            (ED25519, None) => PublicKey::ed25519(x),
            (P256, Some(y)) => PublicKey::p256(x, y),
            _ => None,
        }
    }

    pub(crate) fn to_store(&self) -> (&'static str, String, Option<String>) {
        match self {
            PublicKey::Ed25519(key) => (self.alg(), encode(key.as_bytes()), None),
            PublicKey::P256 { x, y } => (self.alg(), encode(x), Some(encode(y))),
        }
    }

    fn ed25519(x: &str) -> Option<PublicKey> {
        let bytes: [u8; 32] = decode(x.as_bytes())?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        (!key.is_weak()).then_some(PublicKey::Ed25519(key))
    }

    fn p256(x: &str, y: &str) -> Option<PublicKey> {
        let part = |text: &str| -> Option<[u8; 32]> { decode(text.as_bytes())?.try_into().ok() };
        Some(PublicKey::P256 {
            x: part(x)?,
            y: part(y)?,
        })
    }

    /// Its name in `Signature-Input`.
    fn alg(&self) -> &'static str {
        match self {
            PublicKey::Ed25519(_) => ED25519,
            PublicKey::P256 { .. } => P256,
        }
    }

    /// RFC 7638: SHA-256 over the required members in alphabetical order, without blanks.
    pub(crate) fn thumbprint(&self) -> String {
        match self {
            PublicKey::Ed25519(key) => {
                let x = encode(key.as_bytes());
                sign::sha256(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#).as_bytes())
            }
            PublicKey::P256 { x, y } => {
                let (x, y) = (encode(x), encode(y));
                sign::sha256(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#).as_bytes())
            }
        }
    }

    /// The point of an Ed25519 key, as `core` takes it.
    pub(super) fn ed25519_point(&self) -> Option<Sha> {
        match self {
            PublicKey::Ed25519(key) => Some(Sha::from_bytes(key.as_bytes())),
            PublicKey::P256 { .. } => None,
        }
    }

    /// Whether a request's signature is by this key.
    pub(super) fn verifies(&self, claimed: &Claimed) -> bool {
        claimed.params.alg == self.alg() && self.signed(claimed.base.as_bytes(), &claimed.signature)
    }

    /// Whether `signature` over `base` is by this key.
    fn signed(&self, base: &[u8], signature: &[u8; 64]) -> bool {
        match self {
            PublicKey::Ed25519(key) => key.verify_strict(base, &Signature::from_bytes(signature)).is_ok(),
            // A point that is not on the curve verifies nothing, so it cannot be enrolled.
            PublicKey::P256 { x, y } => {
                let point = [&[UNCOMPRESSED], x.as_slice(), y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                    .verify(base, signature)
                    .is_ok()
            }
        }
    }
}

/// Names of algorithms (RFC 9421 section 6.2.2).
const ED25519: &str = "ed25519";
const P256: &str = "ecdsa-p256-sha256";
/// SEC 1 section 2.3.3: both coordinates follow.
const UNCOMPRESSED: u8 = 4;

fn unsupported(next: &'static str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unsupported_key", next)
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

    /// The example of RFC 9421 appendix B.2.4 under the key of B.1.3.
    #[test]
    fn the_p256_signature_of_rfc_9421_holds_and_no_other_does() {
        let jwk = Jwk {
            kty: "EC".into(),
            crv: "P-256".into(),
            x: "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA".into(),
            y: Some("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0".into()),
        };
        let key = PublicKey::from_jwk(&jwk).unwrap();
        let base = "\"@status\": 200\n\
            \"content-type\": application/json\n\
            \"content-digest\": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:\n\
            \"content-length\": 23\n\
            \"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" \"content-length\")\
            ;created=1618884473;keyid=\"test-key-ecc-p256\"";
        let signature =
            decode(b"wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj-32oiasw");
        let mut signature: [u8; 64] = signature.unwrap().try_into().unwrap();
        assert!(key.signed(base.as_bytes(), &signature));
        assert!(!key.signed(base.replace("200", "201").as_bytes(), &signature));
        let stored = key.to_store();
        assert_eq!(
            PublicKey::from_store(stored.0, &stored.1, stored.2.as_deref()),
            Some(key.clone())
        );
        assert!(PublicKey::of_client(&jwk).is_err());
        signature[5] ^= 1;
        assert!(!key.signed(base.as_bytes(), &signature));
        // Not on the curve.
        let PublicKey::P256 { x, mut y } = key else {
            panic!("a P-256 key")
        };
        y[31] ^= 1;
        signature[5] ^= 1;
        assert!(!PublicKey::P256 { x, y }.signed(base.as_bytes(), &signature));
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
