//! Signatures of Standard Webhooks: `v1a` (Ed25519) and `v1` (HMAC-SHA-256), over `id.timestamp.body`.
#![expect(
    clippy::disallowed_types,
    reason = "webhooks are signed here; this key stands in no key set"
)]

use crate::clock::Moment;
use crate::error::LenderError;
use crate::{files, random};
use axum::http::HeaderMap;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use latchkey_core::envelope::{decode, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

/// A message is believed for so long, seconds.
const WINDOW_S: u64 = 300;

/// A symmetric secret.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// From `whsec_` and base64 of 24 to 64 bytes.
    pub(crate) fn from_text(text: &str) -> Option<Secret> {
        let bytes = STANDARD.decode(text.strip_prefix("whsec_")?).ok()?;
        (24..=64)
            .contains(&bytes.len())
            .then(|| Secret(Zeroizing::new(bytes)))
    }

    /// As it is given to whoever checks with it.
    pub(crate) fn as_text(&self) -> String {
        format!("whsec_{}", STANDARD.encode(&*self.0))
    }

    /// A fresh one.
    pub(crate) fn fresh() -> Result<Secret, LenderError> {
        Ok(Secret(Zeroizing::new(random::bytes::<32>()?.to_vec())))
    }

    fn mac(&self, text: &[u8]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // HMAC takes keys of every length.
            return [0; 32];
        };
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    seed: String,
}

impl Drop for Stored {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
}

/// The keys that this lender signs webhooks with: one seed in `webhook.json`.
pub(crate) struct Keys {
    ed25519: SigningKey,
    master: Secret,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Opens `webhook.json`, or makes it with a fresh seed.
    pub(crate) fn open(folder: &Path) -> Result<Keys, LenderError> {
        let path = folder.join("webhook.json");
        let stored = match files::read(&path)?.map(Zeroizing::new) {
            Some(text) => serde_json::from_str(&text).map_err(|_| LenderError::Damaged("webhook.json"))?,
            None => {
                let seed = encode(&*Zeroizing::new(random::bytes::<32>()?));
                let fresh = Stored { seed };
                files::replace(&path, &Zeroizing::new(serde_json::to_string_pretty(&fresh)?))?;
                fresh
            }
        };
        let bytes = Zeroizing::new(decode(stored.seed.as_bytes()).unwrap_or_default());
        let seed: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| LenderError::Damaged("webhook.json"))?;
        let master = [b"latchkey-webhook-v1\0".as_slice(), seed].concat();
        Ok(Keys {
            ed25519: SigningKey::from_bytes(seed),
            master: Secret(Zeroizing::new(Sha256::digest(Zeroizing::new(master)).to_vec())),
        })
    }

    /// What `v1a` is checked with.
    pub(crate) fn public_key(&self) -> String {
        format!(
            "whpk_{}",
            STANDARD.encode(self.ed25519.verifying_key().as_bytes())
        )
    }

    /// The secret of an endpoint.
    pub(crate) fn secret(&self, endpoint: &str, generation: i64) -> Secret {
        let mac = self.master.mac(format!("{endpoint}\0{generation}").as_bytes());
        Secret(Zeroizing::new(mac.to_vec()))
    }

    /// The header `webhook-signature`: Ed25519 first, then one HMAC for each secret.
    pub(crate) fn sign(&self, secrets: &[Secret], id: &str, now_s: u64, body: &str) -> String {
        let text = signed_text(id, &now_s.to_string(), body.as_bytes());
        let asymmetric = self.ed25519.sign(&text).to_bytes();
        let mut header = format!("v1a,{}", STANDARD.encode(asymmetric));
        for secret in secrets {
            header.push_str(" v1,");
            header.push_str(&STANDARD.encode(secret.mac(&text)));
        }
        header
    }
}

fn signed_text(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat()
}

/// The id of a message that one of these secrets signed within the last five minutes.
pub(crate) fn verified(secrets: &[Secret], headers: &HeaderMap, body: &[u8], now: Moment) -> Option<String> {
    let only = |name: &str| {
        let mut values = headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    };
    let (id, timestamp) = (only("webhook-id")?, only("webhook-timestamp")?);
    if id.is_empty() || id.len() > 128 || timestamp.parse::<u64>().ok()?.abs_diff(now.unix_s()) > WINDOW_S {
        return None;
    }
    let text = signed_text(id, timestamp, body);
    let given = only("webhook-signature")?
        .split(' ')
        .filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
    let right = given
        .flat_map(|mac| secrets.iter().map(move |secret| (mac.clone(), secret)))
        .any(|(mac, secret)| bool::from(mac.ct_eq(&secret.mac(&text))));
    right.then(|| id.to_owned())
}
