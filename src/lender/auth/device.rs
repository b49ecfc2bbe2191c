//! Requests of phones: signed by the device key, once, within a minute (security.md §5, RFC 9421).

use super::signature::{self, Claimed};
use super::{Tenant, resolve};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::problem::Problem;
use crate::store::{Conn, enrolment, query};
use crate::{random, sign};
use axum::http::{HeaderMap, Method, StatusCode};
use ed25519_dalek::{Signature, VerifyingKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::values::DeviceId;
use latchkey_core::request::{WINDOW_S, content_digest, signature_base};
use latchkey_core::wire::Jwk;

/// How long a nonce is remembered, seconds: longer than any signature lives on either clock.
const REPLAY_S: i64 = 180;

/// A device key. P-256 keys, which Android's key store makes, get their variant with that platform.
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

    fn verifies(&self, message: &[u8], claimed: &Claimed) -> bool {
        match self {
            PublicKey::Ed25519(key) => {
                claimed.params.alg == self.alg()
                    && key
                        .verify_strict(message, &Signature::from_bytes(&claimed.signature))
                        .is_ok()
            }
        }
    }
}

/// A request as it came in, before anything of it is believed.
#[derive(Clone, Debug)]
pub(crate) struct Incoming<'a> {
    /// Method.
    pub method: &'a Method,
    /// The configured public base URL with the raw path and query; never from `Host`.
    pub target_uri: &'a str,
    /// Headers.
    pub headers: &'a HeaderMap,
    /// Body, empty for GET.
    pub body: &'a [u8],
}

impl Incoming<'_> {
    /// Checks 1 to 3: one signature of our profile, and the digest of this body.
    fn claimed(&self) -> Result<(Claimed, String), Problem> {
        // 1 exactly one Signature-Input and one Signature, label `lk`
        if !self.headers.contains_key("signature") || !self.headers.contains_key("signature-input") {
            return Err(Problem::unauthorised(
                "sig_missing",
                "Sign the request with the device key.",
            ));
        }
        // 2 exactly the profile's components and parameters
        let with_body = self.method != Method::GET;
        let claimed = signature::read(self.headers, with_body).ok_or_else(|| {
            Problem::unauthorised("sig_invalid", "Sign with the profile latchkey-device-v1.")
        })?;
        if !with_body {
            let base = signature_base(self.method.as_str(), self.target_uri, None, &claimed.params);
            return Ok((claimed, base));
        }
        // 3 the digest is this body's
        if signature::only(self.headers, "content-type") != Some("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send application/json.",
            ));
        }
        let digest = content_digest(self.body);
        if signature::only(self.headers, "content-digest") != Some(digest.as_str()) {
            return Err(Problem::unauthorised(
                "digest_mismatch",
                "Send Content-Digest: sha-256 of the body.",
            ));
        }
        let body = Some((digest.as_str(), "application/json"));
        let base = signature_base(self.method.as_str(), self.target_uri, body, &claimed.params);
        Ok((claimed, base))
    }

    /// Proves which phone sent this. Its key is one of those that the phone enrolled with.
    pub(crate) async fn phone(&self, conn: &mut Conn, now: Moment) -> Result<(Tenant, DeviceId), Problem> {
        let (claimed, base) = self.claimed()?;
        // 4 the key names a phone
        let device = DeviceId::try_from(claimed.params.keyid.as_str()).map_err(|_| unknown_device())?;
        let tenant = resolve::phone(conn, &device).await?.ok_or_else(unknown_device)?;
        let keys = enrolment::keys(conn, &tenant, &device).await?;
        if keys.is_empty() {
            return Err(unknown_device());
        }
        // 5 the signature holds under one of its keys
        if !keys.iter().any(|key| key.verifies(base.as_bytes(), &claimed)) {
            return Err(sig_invalid());
        }
        fresh(conn, &tenant, &claimed, now).await?;
        Ok((tenant, device))
    }

    /// Proves that the sender of an enrolment holds `key`.
    pub(crate) async fn holder(
        &self,
        conn: &mut Conn,
        tenant: &Tenant,
        key: &PublicKey,
        now: Moment,
    ) -> Result<(), Problem> {
        let (claimed, base) = self.claimed()?;
        if claimed.params.keyid != key.thumbprint() || !key.verifies(base.as_bytes(), &claimed) {
            return Err(sig_invalid());
        }
        fresh(conn, tenant, &claimed, now).await
    }
}

fn sig_invalid() -> Problem {
    Problem::unauthorised("sig_invalid", "Sign with the key that was enrolled.")
}

fn unknown_device() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown_device",
        "Enrol this phone with a code from the lender.",
    )
}

/// Checks 6 and 7: made within the last minute by our clock, and never seen before.
async fn fresh(conn: &mut Conn, tenant: &Tenant, claimed: &Claimed, now: Moment) -> Result<(), Problem> {
    let params = &claimed.params;
    let now_s = now.unix_s();
    let life = params.expires.checked_sub(params.created);
    // 6 life and clock
    if life.is_none_or(|life| life > WINDOW_S)
        || params.created.abs_diff(now_s) > WINDOW_S
        || params.expires < now_s
    {
        let nonce = random::id().map_err(Problem::from)?;
        return Err(Problem::unauthorised(
            "clock_skew",
            "Take the time from the header Date and sign again.",
        )
        .with_header("latchkey-nonce", nonce.as_str()));
    }
    // 7 replay: the same key and nonce within 180 s
    if remember(conn, tenant, &params.keyid, &params.nonce, now).await? {
        Ok(())
    } else {
        Err(Problem::unauthorised(
            "sig_replayed",
            "Sign again with a fresh nonce.",
        ))
    }
}

/// `false`: this pair was seen before. Shared by all instances, so it stands in the store.
async fn remember(
    conn: &mut Conn,
    tenant: &Tenant,
    keyid: &str,
    nonce: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let old = if conn.is_postgres() {
        // Several processes forget at once; none waits for another.
        "DELETE FROM nonces WHERE (tenant, keyid, nonce) IN (
             SELECT tenant, keyid, nonce FROM nonces WHERE seen_ms < $1 FOR UPDATE SKIP LOCKED)"
    } else {
        "DELETE FROM nonces WHERE seen_ms < $1"
    };
    query(old)
        .bind(now.plus_s(-REPLAY_S).ms())
        .execute(&mut *conn)
        .await?;
    let done = query(
        "INSERT INTO nonces (tenant, keyid, nonce, seen_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(keyid)
    .bind(nonce)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
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
