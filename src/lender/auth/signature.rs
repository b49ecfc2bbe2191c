//! Reading `Signature-Input` and `Signature` in the one form that the profile allows (RFC 9421 §4).

use crate::problem::Problem;
use axum::http::{HeaderMap, StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_core::request::{Component, Params, base_over, params_over};

/// The one content type of a signed body.
pub(super) const JSON: &str = "application/json";

/// A signature as it stands in the headers, not verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claimed {
    /// Its parameters.
    pub params: Params,
    /// What it must be over.
    pub base: String,
    /// 64 bytes.
    pub signature: [u8; 64],
}

/// The one value of a header: `None` if it is missing or stands there twice.
pub(super) fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether there is a signature at all.
pub(super) fn signed(headers: &HeaderMap) -> bool {
    headers.contains_key("signature") && headers.contains_key("signature-input")
}

/// Reads both headers. The parameters are written again and compared, so that only one spelling passes.
pub(super) fn read(headers: &HeaderMap, components: &[Component<'_>], tag: &str) -> Option<Claimed> {
    let input = only(headers, "signature-input")?.strip_prefix("lk=")?;
    let params = params(input)?;
    if params_over(components, &params, tag) != input {
        return None;
    }
    let signature = only(headers, "signature")?
        .strip_prefix("lk=:")?
        .strip_suffix(':')?;
    let signature = STANDARD.decode(signature).ok()?.try_into().ok()?;
    let base = base_over(components, input);
    Some(Claimed {
        params,
        base,
        signature,
    })
}

/// JSON, one value a line.
pub(crate) const LINES: &str = "application/x-ndjson";

/// The media type that a client's signature has to cover: lines if it sends lines, else JSON.
pub(super) fn media(headers: &HeaderMap) -> &'static str {
    if sends_lines(headers) { LINES } else { JSON }
}

/// Whether the body comes line by line.
pub(crate) fn sends_lines(headers: &HeaderMap) -> bool {
    only(headers, "content-type") == Some(LINES)
}

/// 415 unless the body is JSON.
pub(super) fn json(headers: &HeaderMap) -> Result<(), Problem> {
    if only(headers, "content-type") == Some(JSON) {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send application/json.",
        ))
    }
}

/// 401 unless the header names this digest (RFC 9530).
pub(super) fn digest(headers: &HeaderMap, digest: &str) -> Result<(), Problem> {
    if only(headers, "content-digest") == Some(digest) {
        Ok(())
    } else {
        Err(Problem::unauthorised(
            "digest_mismatch",
            "Send Content-Digest: sha-256 of the body.",
        ))
    }
}

fn params(input: &str) -> Option<Params> {
    let (_, rest) = input.split_once(");")?;
    let mut created = None;
    let mut expires = None;
    let mut nonce = None;
    let mut keyid = None;
    let mut alg = None;
    for part in rest.split(';') {
        let (name, value) = part.split_once('=')?;
        match name {
            "created" => created = value.parse().ok(),
            "expires" => expires = value.parse().ok(),
            "nonce" => nonce = quoted(value),
            "keyid" => keyid = quoted(value),
            "alg" => alg = quoted(value),
            "tag" => {}
            _ => return None,
        }
    }
    Some(Params {
        created: created?,
        expires: expires?,
        nonce: nonce.filter(|n| n.len() == 22)?,
        keyid: keyid?,
        alg: alg?,
    })
}

/// A quoted string of harmless signs: nothing in our values needs an escape.
fn quoted(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    let plain = inner
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (plain && inner.len() <= 64).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_core::request::{DEVICE_TAG, device_components, signature_params};

    fn device(body: bool) -> Vec<Component<'static>> {
        device_components("POST", "https://lender/v1", body.then_some(("d", JSON)))
    }

    fn headers(input: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.append("signature-input", input.parse().unwrap());
        let signature = format!("lk=:{}:", STANDARD.encode([7_u8; 64]));
        headers.append("signature", signature.parse().unwrap());
        headers
    }

    fn good() -> Params {
        Params {
            created: 1_780_000_000,
            expires: 1_780_000_060,
            nonce: "A".repeat(22),
            keyid: "K".repeat(26),
            alg: "ed25519".into(),
        }
    }

    #[test]
    fn the_profile_is_read_back() {
        let input = format!("lk={}", signature_params(&good(), true));
        assert_eq!(
            read(&headers(&input), &device(true), DEVICE_TAG).unwrap().params,
            good()
        );
    }

    #[test]
    fn every_other_spelling_is_refused() {
        let good = format!("lk={}", signature_params(&good(), true));
        let bad = [
            good.replace("lk=(", "sig1=("),
            good.replace(" \"content-digest\"", ""),
            good.replace("created=", "created=0"),
            good.replace(&format!("tag=\"{DEVICE_TAG}\""), "tag=\"other\""),
            good.replace(";alg=", ";x=\"1\";alg="),
            format!("{good}, {good}"),
            format!("{good} "),
        ];
        for input in bad {
            assert_eq!(read(&headers(&input), &device(true), DEVICE_TAG), None, "{input}");
        }
        assert_eq!(
            read(&headers(&good), &device(false), DEVICE_TAG),
            None,
            "without a body other components count"
        );
    }

    #[test]
    fn a_header_twice_is_refused() {
        let input = format!("lk={}", signature_params(&good(), true));
        let mut twice = headers(&input);
        twice.append("signature-input", input.parse().unwrap());
        assert_eq!(read(&twice, &device(true), DEVICE_TAG), None);
    }
}
