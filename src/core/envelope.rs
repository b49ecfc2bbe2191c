//! Bytes to a checked compact JWS: the one verify function of the project (protocol §1).

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
