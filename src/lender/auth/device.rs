//! Requests of phones: signed by the device key, once, within a minute (security.md §5, RFC 9421).

pub(crate) use super::key::PublicKey;
use super::signature::{self, Claimed};
use super::{Tenant, replay, resolve};
use crate::clock::Moment;
use crate::problem::Problem;
use crate::store::{Conn, enrolment};
use axum::http::{HeaderMap, Method, StatusCode};
use latchkey_core::order::values::DeviceId;
use latchkey_core::request::{DEVICE_TAG, content_digest, device_components};

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
    /// Checks 1 to 3: one signature of the device's profile, and the digest of this body.
    fn claimed(&self) -> Result<Claimed, Problem> {
        // 1 exactly one Signature-Input and one Signature, label `lk`
        if !signature::signed(self.headers) {
            return Err(Problem::unauthorised(
                "sig_missing",
                "Sign the request with the device key.",
            ));
        }
        let with_body = self.method != Method::GET;
        let digest = content_digest(self.body);
        let body = with_body.then_some((digest.as_str(), signature::JSON));
        let components = device_components(self.method.as_str(), self.target_uri, body);
        // 2 exactly the profile's components and parameters
        let claimed = signature::read(self.headers, &components, DEVICE_TAG).ok_or_else(|| {
            Problem::unauthorised("sig_invalid", "Sign with the profile latchkey-device-v1.")
        })?;
        if with_body {
            // 3 the digest is this body's
            signature::json(self.headers)?;
            signature::digest(self.headers, &digest)?;
        }
        Ok(claimed)
    }

    /// Proves which phone sent this. Its key is one of those that the phone enrolled with.
    pub(crate) async fn phone(&self, conn: &mut Conn, now: Moment) -> Result<(Tenant, DeviceId), Problem> {
        let claimed = self.claimed()?;
        // 4 the key names a phone
        let device = DeviceId::try_from(claimed.params.keyid.as_str()).map_err(|_| unknown_device())?;
        let tenant = resolve::phone(conn, &device).await?.ok_or_else(unknown_device)?;
        let keys = enrolment::keys(conn, &tenant, &device).await?;
        if keys.is_empty() {
            return Err(unknown_device());
        }
        // 5 the signature holds under one of its keys
        if !keys.iter().any(|key| key.verifies(&claimed)) {
            return Err(sig_invalid());
        }
        // 6 life and clock, 7 replay
        replay::fresh(conn, &tenant, &claimed, now).await?;
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
        let claimed = self.claimed()?;
        if claimed.params.keyid != key.thumbprint() || !key.verifies(&claimed) {
            return Err(sig_invalid());
        }
        replay::fresh(conn, tenant, &claimed, now).await
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
