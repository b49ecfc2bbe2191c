//! The device key: it signs requests (RFC 9421) and nothing else, and never stands in a key set.

use crate::error::AgentError;
use crate::storage::{self, Files, IDENTITY};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer as _;
use latchkey_core::envelope;
use latchkey_core::order::values::{DeviceId, Id};
use latchkey_core::request::{self, Params};
use latchkey_core::snapshot::Fault;
use latchkey_core::wire::Jwk;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

/// `Content-Type` of every body that the phone sends.
pub const JSON: &str = "application/json";

/// 128 random bits, base64url.
///
/// # Errors
/// `a_unreadable`: the system has no randomness.
pub fn fresh_id() -> Result<Id, AgentError> {
    let mut bytes = [0_u8; 16];
    random(&mut bytes)?;
    Id::try_from(envelope::encode(&bytes)).map_err(|e| AgentError::new(Fault::Unreadable, e.to_string()))
}

/// A whole number from -20 to 20: the spread of intervals, in percent.
#[must_use]
pub fn jitter() -> i8 {
    let mut byte = [0_u8; 1];
    match random(&mut byte) {
        Ok(()) => i8::try_from(byte[0] % 41).unwrap_or(20) - 20,
        Err(_) => 0,
    }
}

fn random(bytes: &mut [u8]) -> Result<(), AgentError> {
    getrandom::fill(bytes).map_err(|e| AgentError::new(Fault::Unreadable, format!("randomness: {e}")))
}

/// Headers that sign one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// `Content-Digest`, with a body.
    pub content_digest: Option<String>,
    /// `Signature-Input`.
    pub signature_input: String,
    /// `Signature`.
    pub signature: String,
}

/// An Ed25519 key of this phone.
#[expect(
    clippy::disallowed_types,
    reason = "requests are signed here; orders never are"
)]
pub struct DeviceKey {
    key: ed25519_dalek::SigningKey,
}

impl std::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DeviceKey({})", self.thumbprint())
    }
}

impl DeviceKey {
    /// A new key.
    ///
    /// # Errors
    /// `a_unreadable`: the system has no randomness.
    pub fn generate() -> Result<DeviceKey, AgentError> {
        let mut seed = Zeroizing::new([0_u8; 32]);
        random(&mut *seed)?;
        Ok(DeviceKey::from_seed(&seed))
    }

    #[expect(
        clippy::disallowed_types,
        reason = "requests are signed here; orders never are"
    )]
    fn from_seed(seed: &[u8; 32]) -> DeviceKey {
        DeviceKey {
            key: ed25519_dalek::SigningKey::from_bytes(seed),
        }
    }

    fn x(&self) -> String {
        envelope::encode(self.key.verifying_key().as_bytes())
    }

    /// The public key as the server registers it (RFC 8037).
    #[must_use]
    pub fn jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: self.x(),
            y: None,
        }
    }

    /// RFC 7638: SHA-256 of the required members in alphabetical order, without blanks.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let members = format!("{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{}\"}}", self.x());
        envelope::encode(&Sha256::digest(members))
    }

    /// Signs a request under the fixed profile of [`latchkey_core::request`].
    #[must_use]
    pub fn sign(
        &self,
        method: &str,
        target_uri: &str,
        body: Option<&[u8]>,
        keyid: &str,
        created: u64,
        nonce: &Id,
    ) -> Signed {
        let params = Params {
            created,
            expires: created + request::WINDOW_S,
            nonce: nonce.to_string(),
            keyid: keyid.to_owned(),
            alg: "ed25519".to_owned(),
        };
        let content_digest = body.map(request::content_digest);
        let covered = content_digest.as_deref().map(|digest| (digest, JSON));
        let base = request::signature_base(method, target_uri, covered, &params);
        let signature = self.key.sign(base.as_bytes()).to_bytes();
        Signed {
            signature_input: format!("lk={}", request::signature_params(&params, body.is_some())),
            signature: format!("lk=:{}:", STANDARD.encode(signature)),
            content_digest,
        }
    }
}

/// The file `identity`: the key, and the device id once enrolled. It exists only after the owner agreed.
#[derive(Debug)]
pub struct Identity {
    /// The key.
    pub key: DeviceKey,
    /// Device id.
    pub device: Option<DeviceId>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityFile {
    v: u8,
    key: String,
    device: Option<DeviceId>,
}

impl Drop for IdentityFile {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Identity {
    /// The same key with a device id.
    #[must_use]
    pub fn with_device(&self, device: DeviceId) -> Identity {
        let seed = Zeroizing::new(self.key.key.to_bytes());
        Identity {
            key: DeviceKey::from_seed(&seed),
            device: Some(device),
        }
    }

    /// Reads the file. `None` when there is none, or when it holds no key: then the phone enrols again.
    ///
    /// # Errors
    /// `a_unreadable`.
    pub fn read(files: &mut dyn Files) -> Result<Option<Identity>, AgentError> {
        let Some(bytes) = storage::read(files, IDENTITY)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        Ok(Identity::parse(&bytes))
    }

    fn parse(bytes: &[u8]) -> Option<Identity> {
        let file: IdentityFile = serde_json::from_slice(bytes).ok()?;
        let seed = Zeroizing::new(envelope::decode(file.key.as_bytes())?);
        let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_slice()).ok()?);
        (file.v == 1).then(|| Identity {
            key: DeviceKey::from_seed(&seed),
            device: file.device.clone(),
        })
    }

    /// Writes the file, readable by this process alone.
    ///
    /// # Errors
    /// `a_disk_full`, `a_unreadable`.
    pub fn write(&self, files: &mut dyn Files) -> Result<(), AgentError> {
        let seed = Zeroizing::new(self.key.key.to_bytes());
        let file = IdentityFile {
            v: 1,
            key: envelope::encode(&*seed),
            device: self.device.clone(),
        };
        let bytes = serde_json::to_vec(&file)
            .map(Zeroizing::new)
            .map_err(|e| AgentError::new(Fault::Unreadable, e.to_string()))?;
        storage::replace(files, IDENTITY, &bytes, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::RealFiles;
    use ed25519_dalek::{Signature, VerifyingKey};

    /// The key of RFC 8037 appendix A.
    fn rfc_8037() -> DeviceKey {
        let d = envelope::decode(b"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        DeviceKey::from_seed(&d.try_into().unwrap())
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_8037_a_3() {
        assert_eq!(
            rfc_8037().thumbprint(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        assert_eq!(rfc_8037().jwk().x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    #[test]
    fn a_request_is_signed_over_method_target_and_body() {
        let key = rfc_8037();
        let nonce = fresh_id().unwrap();
        let signed = key.sign(
            "POST",
            "https://l.example/v1/x",
            Some(b"{}"),
            "K",
            1_780_000_000,
            &nonce,
        );
        let params = Params {
            created: 1_780_000_000,
            expires: 1_780_000_060,
            nonce: nonce.to_string(),
            keyid: "K".into(),
            alg: "ed25519".into(),
        };
        let digest = request::content_digest(b"{}");
        let base = request::signature_base("POST", "https://l.example/v1/x", Some((&digest, JSON)), &params);
        let text = signed
            .signature
            .strip_prefix("lk=:")
            .unwrap()
            .strip_suffix(':')
            .unwrap();
        let signature = Signature::from_slice(&STANDARD.decode(text).unwrap()).unwrap();
        let x = envelope::decode(key.x().as_bytes()).unwrap();
        let public = VerifyingKey::from_bytes(&x.try_into().unwrap()).unwrap();
        public.verify_strict(base.as_bytes(), &signature).unwrap();
        assert!(
            public
                .verify_strict(base.replace("/v1/x", "/v1/y").as_bytes(), &signature)
                .is_err()
        );
        assert_eq!(signed.content_digest, Some(digest));
    }

    #[test]
    fn an_identity_comes_back_and_a_garbled_one_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = RealFiles::new(dir.path()).unwrap();
        assert!(Identity::read(&mut files).unwrap().is_none());
        let device = Some(DeviceId::try_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ").unwrap());
        Identity {
            key: rfc_8037(),
            device: device.clone(),
        }
        .write(&mut files)
        .unwrap();
        let back = Identity::read(&mut files).unwrap().unwrap();
        assert_eq!(
            (back.key.thumbprint(), back.device),
            (rfc_8037().thumbprint(), device)
        );
        for bad in [&b""[..], b"{}", b"{\"v\":1,\"key\":\"AA\",\"device\":null}"] {
            storage::replace(&mut files, IDENTITY, bad, true).unwrap();
            assert!(Identity::read(&mut files).unwrap().is_none());
        }
    }

    #[test]
    fn the_spread_stays_within_a_fifth() {
        assert!((0..500).all(|_| (-20..=20).contains(&jitter())));
    }
}
