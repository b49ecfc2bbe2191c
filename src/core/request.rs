//! How a phone signs its requests: one fixed profile of HTTP Message Signatures (RFC 9421) with Content-Digest
//! (RFC 9530), shared by the agent that signs and the server that checks. Pure text; keys are elsewhere.
//!
//! Components, in this order: `@method`, `@target-uri`, `content-digest`, `content-type`; without a body only the first
//! two. Label `lk`, tag `latchkey-device-v1`.

use sha2::{Digest, Sha256};

/// Tag of a device's signature.
pub const DEVICE_TAG: &str = "latchkey-device-v1";
/// Longest life of a signature and largest clock difference, seconds.
pub const WINDOW_S: u64 = 60;

/// Parameters of one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// Unix seconds.
    pub created: u64,
    /// Unix seconds, at most 60 later.
    pub expires: u64,
    /// 22 characters of base64url, used once.
    pub nonce: String,
    /// Device id, or at enrolment the key's RFC 7638 thumbprint.
    pub keyid: String,
    /// `ed25519` or `ecdsa-p256-sha256`.
    pub alg: String,
}

/// `Content-Digest` of a body (RFC 9530), `sha-256=:…:`.
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// The value of `Signature-Input` after `lk=` (RFC 9421 §2.3).
#[must_use]
pub fn signature_params(params: &Params, body: bool) -> String {
    let components = if body {
        "(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\")"
    } else {
        "(\"@method\" \"@target-uri\")"
    };
    format!(
        "{components};created={};expires={};nonce=\"{}\";keyid=\"{}\";alg=\"{}\";tag=\"{DEVICE_TAG}\"",
        params.created, params.expires, params.nonce, params.keyid, params.alg
    )
}

/// The signature base (RFC 9421 §2.5): what is signed. `body` is content digest and content type.
#[must_use]
pub fn signature_base(method: &str, target_uri: &str, body: Option<(&str, &str)>, params: &Params) -> String {
    let mut base = format!("\"@method\": {method}\n\"@target-uri\": {target_uri}\n");
    if let Some((digest, content_type)) = body {
        base.push_str(&format!(
            "\"content-digest\": {digest}\n\"content-type\": {content_type}\n"
        ));
    }
    base.push_str(&format!(
        "\"@signature-params\": {}",
        signature_params(params, body.is_some())
    ));
    base
}
