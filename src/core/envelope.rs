//! Bytes to a checked compact JWS (RFC 7515, RFC 8037): the one signature check of the project.
//!
//! The numbers are those of the protocol's check list; the order is fixed, so that every bad token has exactly one
//! code. [`cut`] does checks 1 to 6, whoever holds the keys does 7, [`Cut::prove`] does 8 and [`Proven::claims`] does 9.
//! A type stands between the steps, so that no caller can leave one out or read claims that nobody signed.
//!
//! There is one algorithm, hence no dispatch on `alg`, only a comparison. The received bytes are what is verified,
//! hashed and stored: nothing is ever written anew before it is checked.

use crate::order::claims::typ;
use crate::order::values::{Obj, Sha, present};
use crate::refusal::Code;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Longest token, bytes.
pub const MAX_TOKEN: usize = 4096;

/// Decodes strict base64url without padding (RFC 4648 §5): no `+`, `/`, `=`, blanks, or stray trailing bits.
#[must_use]
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes base64url without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 of a token's bytes, as receipts and the log name it.
#[must_use]
pub fn sha256(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Which `typ` a reader takes.
#[derive(Clone, Copy, Debug)]
pub enum Kinds<'a> {
    /// One of these, named in full.
    OneOf(&'a [&'static str]),
    /// An API client's assertion (RFC 7523): ordinary JWT libraries leave `typ` out or say `JWT`.
    ClientAssertion,
}

/// A token that passed checks 1 to 6. Nobody has vouched for it yet.
#[derive(Clone, Debug)]
pub struct Cut<'a> {
    typ: &'static str,
    kid: String,
    signed: &'a [u8],
    payload: &'a [u8],
    signature: Vec<u8>,
}

/// A token whose signature holds under the key that the reader chose (check 8).
#[derive(Clone, Copy, Debug)]
pub struct Proven<'a> {
    payload: &'a [u8],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    // Borrowed, so that an escape such as `EdDS\u0041` cannot be read at all.
    alg: &'a str,
    #[serde(borrow, default, deserialize_with = "present")]
    typ: Option<&'a str>,
    kid: &'a str,
}

/// Checks 1 to 6.
///
/// # Errors
/// `e_too_large`, `e_shape`, `e_base64`, `e_header`, `e_alg` or `e_typ`: the first that fails.
pub fn cut<'a>(token: &'a [u8], kinds: Kinds<'_>) -> Result<Cut<'a>, Code> {
    // 1 at most 4096 bytes, all of them ASCII
    if token.len() > MAX_TOKEN || !token.is_ascii() {
        return Err(Code::ETooLarge);
    }
    // 2 exactly three segments, none of them empty
    let mut segments = token.split(|b| *b == b'.');
    let (Some(header), Some(payload), Some(signature), None) =
        (segments.next(), segments.next(), segments.next(), segments.next())
    else {
        return Err(Code::EShape);
    };
    if header.is_empty() || payload.is_empty() || signature.is_empty() {
        return Err(Code::EShape);
    }
    let signed = &token[..header.len() + 1 + payload.len()];
    // 3 strict base64url of header and signature
    let (Some(header), Some(signature)) = (decode(header), decode(signature)) else {
        return Err(Code::EBase64);
    };
    // 4 the header is an object of exactly alg, typ and kid: no crit, jwk, jku, x5c, b64, zip
    let header: Obj<Header<'_>> = serde_json::from_slice(&header).map_err(|_| Code::EHeader)?;
    let Header { alg, typ: named, kid } = header.0;
    let named = match (named, kinds) {
        (Some(named), Kinds::OneOf(_) | Kinds::ClientAssertion) => named,
        (None, Kinds::ClientAssertion) => "JWT",
        (None, Kinds::OneOf(_)) => return Err(Code::EHeader),
    };
    // 5 the one algorithm
    if alg != "EdDSA" {
        return Err(Code::EAlg);
    }
    // 6 a kind that the reader asked for
    let known: &[&'static str] = match kinds {
        Kinds::OneOf(known) => known,
        Kinds::ClientAssertion => &["JWT", "client-authentication+jwt"],
    };
    let typ = *known.iter().find(|k| **k == named).ok_or(Code::ETyp)?;
    Ok(Cut {
        typ,
        kid: kid.to_owned(),
        signed,
        payload,
        signature,
    })
}

impl<'a> Cut<'a> {
    /// The kind.
    #[must_use]
    pub fn typ(&self) -> &'static str {
        self.typ
    }

    /// The key it claims to be signed with.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The payload segment as received; bundles compare it before anything is believed.
    #[must_use]
    pub fn payload_segment(&self) -> &'a [u8] {
        self.payload
    }

    /// Check 8: the signature over the received bytes `header.payload`, by the strict rule (no small-order key or `R`,
    /// canonical `S` and `R`).
    ///
    /// # Errors
    /// `e_signature`, also for a public key that is no strong point.
    pub fn prove(&self, key: &Sha) -> Result<Proven<'a>, Code> {
        // 8 verify_strict
        if !verify_bytes(key, self.signed, &self.signature) {
            return Err(Code::ESignature);
        }
        Ok(Proven {
            payload: self.payload,
        })
    }
}

impl Proven<'_> {
    /// Check 9: strict base64url of an object that `T` knows to the last member.
    ///
    /// # Errors
    /// `e_claims`.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, Code> {
        // 9 claims
        let bytes = decode(self.payload).ok_or(Code::EClaims)?;
        let claims: Obj<T> = serde_json::from_slice(&bytes).map_err(|_| Code::EClaims)?;
        Ok(claims.0)
    }
}

/// Whether raw bytes are signed by a key: Ed25519 by the strict rule, the only one this project knows. A signature that
/// has not 64 bytes is none.
#[must_use]
pub fn verify_bytes(key: &Sha, message: &[u8], signature: &[u8]) -> bool {
    let signature = Signature::from_slice(signature);
    match (strong_key(key), signature) {
        (Some(key), Ok(signature)) => key.verify_strict(message, &signature).is_ok(),
        (_, Err(_)) | (None, Ok(_)) => false,
    }
}

/// The public key, unless it is of small order, off the curve, or written in a second way.
#[must_use]
pub fn strong_key(key: &Sha) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = decode(key.as_str().as_bytes())?.try_into().ok()?;
    // y must be below 2^255 - 19 (RFC 8032 §5.1.3); the decoder would reduce it in silence.
    let top = bytes[31] & 0x7f == 0x7f && bytes[1..31].iter().all(|b| *b == 0xff);
    if top && bytes[0] >= 0xed {
        return None;
    }
    VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
}

/// `typ` of a token that was refused, for the owner's log; "" when it cannot be read or is no kind of ours.
#[must_use]
pub fn typ_of(token: &[u8]) -> &'static str {
    cut(token, Kinds::OneOf(typ::ALL)).map_or("", |cut| cut.typ)
}
