//! How requests are signed: two fixed profiles of HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530),
//! shared by whoever signs and the server that checks. Pure text; keys are elsewhere.
//!
//! A phone covers, in this order: `@method`, `@target-uri`, `content-digest`, `content-type`; without a body only the
//! first two; tag `latchkey-device-v1`. A client of the lender's API covers `@method`, `@target-uri`, `authorization`,
//! with a body `content-digest` and `content-type`, and on every POST `idempotency-key`; tag `latchkey-v1`. Label `lk`.

use sha2::{Digest, Sha256};

/// Tag of a device's signature.
pub const DEVICE_TAG: &str = "latchkey-device-v1";
/// Tag of an API client's signature.
pub const CLIENT_TAG: &str = "latchkey-v1";
/// Longest life of a signature and largest clock difference, seconds.
pub const WINDOW_S: u64 = 60;

/// A covered component: its name and value (RFC 9421 §2).
pub type Component<'a> = (&'a str, &'a str);

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

/// The value of `Signature-Input` after `lk=` (RFC 9421 §2.3), over the components of a profile in its order.
#[must_use]
pub fn params_over(components: &[Component<'_>], params: &Params, tag: &str) -> String {
    let names: Vec<_> = components.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    format!(
        "({});created={};expires={};nonce=\"{}\";keyid=\"{}\";alg=\"{}\";tag=\"{tag}\"",
        names.join(" "),
        params.created,
        params.expires,
        params.nonce,
        params.keyid,
        params.alg
    )
}

/// The signature base (RFC 9421 §2.5): what is signed. `signature_params` is the value of `Signature-Input` after the
/// label.
#[must_use]
pub fn base_over(components: &[Component<'_>], signature_params: &str) -> String {
    let lines = components
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}\n"));
    format!(
        "{}\"@signature-params\": {signature_params}",
        lines.collect::<String>()
    )
}

/// What a phone covers. `body` is content digest and content type.
#[must_use]
pub fn device_components<'a>(
    method: &'a str,
    target_uri: &'a str,
    body: Option<(&'a str, &'a str)>,
) -> Vec<Component<'a>> {
    let mut components = vec![("@method", method), ("@target-uri", target_uri)];
    if let Some((digest, content_type)) = body {
        components.extend([("content-digest", digest), ("content-type", content_type)]);
    }
    components
}

/// The value of `Signature-Input` after `lk=` in the profile of a phone.
#[must_use]
pub fn signature_params(params: &Params, body: bool) -> String {
    params_over(
        &device_components("", "", body.then_some(("", ""))),
        params,
        DEVICE_TAG,
    )
}

/// The signature base in the profile of a phone. `body` is content digest and content type.
#[must_use]
pub fn signature_base(method: &str, target_uri: &str, body: Option<(&str, &str)>, params: &Params) -> String {
    let components = device_components(method, target_uri, body);
    base_over(&components, &params_over(&components, params, DEVICE_TAG))
}

/// What an API client covers. `body` is content digest and content type; `idempotency_key` stands on every POST.
#[must_use]
pub fn client_components<'a>(
    method: &'a str,
    target_uri: &'a str,
    authorization: &'a str,
    body: Option<(&'a str, &'a str)>,
    idempotency_key: Option<&'a str>,
) -> Vec<Component<'a>> {
    let mut components = vec![
        ("@method", method),
        ("@target-uri", target_uri),
        ("authorization", authorization),
    ];
    if let Some((digest, content_type)) = body {
        components.extend([("content-digest", digest), ("content-type", content_type)]);
    }
    components.extend(idempotency_key.map(|key| ("idempotency-key", key)));
    components
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{encode, verify_bytes};
    use crate::order::values::Sha;
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    /// RFC 9421 appendix B.2.6 with the key of B.1.4: the base as printed there, and its signature.
    #[test]
    fn the_ed25519_vector_of_rfc_9421_is_reproduced() {
        let components = [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@method", "POST"),
            ("@path", "/foo"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ];
        let params = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")\
                      ;created=1618884473;keyid=\"test-key-ed25519\"";
        let base = base_over(&components, params);
        assert_eq!(
            base,
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\
             \"@authority\": example.com\n\"content-type\": application/json\n\"content-length\": 18\n\
             \"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \
             \"content-length\");created=1618884473;keyid=\"test-key-ed25519\""
        );
        let spki = STANDARD.decode("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=");
        let key = Sha::try_from(encode(&spki.unwrap()[12..])).unwrap();
        let signature = STANDARD
            .decode(
                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
            )
            .unwrap();
        assert!(verify_bytes(&key, base.as_bytes(), &signature));
        assert!(!verify_bytes(
            &key,
            base.replace("POST", "PUT").as_bytes(),
            &signature
        ));
    }

    #[test]
    fn a_client_covers_the_token_the_body_and_the_idempotency_key() {
        let with = client_components("POST", "u", "Bearer t", Some(("d", "c")), Some("\"k\""));
        let names: Vec<_> = with.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "@method",
                "@target-uri",
                "authorization",
                "content-digest",
                "content-type",
                "idempotency-key"
            ]
        );
        assert_eq!(client_components("GET", "u", "Bearer t", None, None).len(), 3);
    }
}
