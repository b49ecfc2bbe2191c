//! The one maker of `Verified<T>`.

use super::claims::{Order, Status, Time};
use super::values::{DeviceId, Id};
use crate::{keys::Trust, refusal::Refusal};

/// Claims whose token passed checks 1 to 10. Only this module makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    claims: T,
    kid: super::values::Kid,
    sha256: [u8; 32],
}

impl<T> Verified<T> {
    /// The claims.
    #[must_use]
    pub fn claims(&self) -> &T {
        &self.claims
    }
    /// The key that signed it.
    #[must_use]
    pub fn kid(&self) -> &super::values::Kid {
        &self.kid
    }
    /// SHA-256 of the token's bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }
}

/// Checks 1 to 10 for an order to `device`.
///
/// # Errors
/// The first check that fails names the code.
pub fn verify_order(token: &[u8], trust: &Trust, device: &DeviceId) -> Result<Verified<Order>, Refusal> {
    let _ = (token, trust, device);
    Err(crate::refusal::Code::EShape.into())
}

/// Checks 1 to 10 for a status, and its nonce.
///
/// # Errors
/// The first check that fails names the code; another nonce is `f_nonce`.
pub fn verify_status(
    token: &[u8],
    trust: &Trust,
    device: &DeviceId,
    nonce: &Id,
) -> Result<Verified<Status>, Refusal> {
    let _ = (token, trust, device, nonce);
    Err(crate::refusal::Code::EShape.into())
}

/// Checks 1 to 10 for a public time token, and its nonce.
///
/// # Errors
/// The first check that fails names the code; another nonce is `f_nonce`.
pub fn verify_time(token: &[u8], trust: &Trust, nonce: &Id) -> Result<Verified<Time>, Refusal> {
    let _ = (token, trust, nonce);
    Err(crate::refusal::Code::EShape.into())
}
