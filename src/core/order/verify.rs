//! The one maker of `Verified<T>`: checks 1 to 10, and who may sign what.

use super::Whole;
use super::claims::{Addressed, Notice, Order, OrderKey, Role, Status, Time, typ};
use super::values::{AUDIENCE, DeviceId, Id, Kid, Secs};
use crate::envelope::{self, Kinds};
use crate::keys::{Stands, Trust};
use crate::refusal::{Code, Refusal};
use serde::de::DeserializeOwned;

/// Claims whose token passed checks 1 to 10. Only this module makes one (OWN-03).
///
/// A forged one does not compile, because the fields are private:
/// ```compile_fail
/// use latchkey_core::order::Verified;
/// let kid = latchkey_core::order::values::Kid::try_from("AAAAAAAAAAA")?;
/// let forged = Verified { claims: (), kid, sha256: [0; 32] };
/// # Ok::<(), latchkey_core::order::values::OutOfBounds>(())
/// ```
/// The same path with the real maker does, so the example above fails for its reason and not for a misspelt path:
/// ```
/// use latchkey_core::order::{Verified, claims::Order, verify_order};
/// let device = latchkey_core::order::values::DeviceId::try_from("AAAAAAAAAAAAAAAAAAAAAAAAAA")?;
/// let trust = latchkey_core::keys::Trust::default();
/// let made: Result<Verified<Order>, _> = verify_order(b"a.b.c", &trust, &device);
/// assert!(made.is_err());
/// # Ok::<(), latchkey_core::order::values::OutOfBounds>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    claims: T,
    kid: Kid,
    sha256: [u8; 32],
}

impl<T> Verified<T> {
    /// The claims.
    #[must_use]
    pub fn claims(&self) -> &T {
        &self.claims
    }
    /// The claims, without the proof.
    #[must_use]
    pub fn into_claims(self) -> T {
        self.claims
    }
    /// The key that signed it.
    #[must_use]
    pub fn kid(&self) -> &Kid {
        &self.kid
    }
    /// SHA-256 of the token's bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    fn map<U>(self, f: impl FnOnce(T) -> U) -> Verified<U> {
        Verified {
            claims: f(self.claims),
            kid: self.kid,
            sha256: self.sha256,
        }
    }
}

/// Checks 1 to 10 for an order to `device`. Pure: `trust` is a value, so an order of the journal is checked again
/// against the keys at its place there.
///
/// # Errors
/// The first check that fails names the code.
pub fn verify_order(token: &[u8], trust: &Trust, device: &DeviceId) -> Result<Verified<Order>, Refusal> {
    let kind = cut_kind(token)?;
    let verified = match kind {
        typ::NOTICE => signed::<Notice>(token, kind, trust, Some(device))?.map(Order::Notice),
        typ::TERMS => signed(token, kind, trust, Some(device))?.map(Order::Terms),
        typ::PLAN => signed(token, kind, trust, Some(device))?.map(Order::Plan),
        typ::LOCK => signed(token, kind, trust, Some(device))?.map(Order::Lock),
        typ::RELEASE => signed(token, kind, trust, Some(device))?.map(Order::Release),
        typ::GRACE => signed(token, kind, trust, Some(device))?.map(Order::Grace),
        typ::SETTLE => signed(token, kind, trust, Some(device))?.map(Order::Settle),
        _ => return Err(Code::ETyp.into()),
    };
    Ok(verified)
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
    let status: Verified<Status> = signed(token, typ::STATUS, trust, Some(device))?;
    if status.claims.nonce != *nonce {
        return Err(Code::FNonce.into());
    }
    Ok(status)
}

/// Checks 1 to 10 for a public time token, and its nonce.
///
/// # Errors
/// The first check that fails names the code; another nonce is `f_nonce`.
pub fn verify_time(token: &[u8], trust: &Trust, nonce: &Id) -> Result<Verified<Time>, Refusal> {
    let time: Verified<Time> = signed(token, typ::TIME, trust, None)?;
    if time.claims.nonce != *nonce {
        return Err(Code::FNonce.into());
    }
    Ok(time)
}

fn cut_kind(token: &[u8]) -> Result<&'static str, Code> {
    envelope::cut(token, Kinds::OneOf(typ::ORDERS)).map(|cut| cut.typ())
}

/// Who may sign a kind (protocol §1 *Keys*). What frees the owner, and what only the owner's side is judged by, is
/// taken from any key that ever stood and is not void (OWN-04); what binds needs a key of the set in force.
fn signer(kind: &str) -> Option<(Role, Stands)> {
    match kind {
        typ::RELEASE => Some((Role::Release, Stands::Ever)),
        typ::GRACE => Some((Role::Grace, Stands::Ever)),
        typ::SETTLE => Some((Role::Settle, Stands::Ever)),
        typ::NOTICE | typ::PLAN => Some((Role::Terms, Stands::Ever)),
        typ::LOCK => Some((Role::Lock, Stands::Now)),
        typ::TERMS => Some((Role::Terms, Stands::Now)),
        typ::STATUS | typ::TIME => Some((Role::Status, Stands::Now)),
        _ => None,
    }
}

fn signed<T: DeserializeOwned + Addressed + Whole>(
    token: &[u8],
    kind: &'static str,
    trust: &Trust,
    device: Option<&DeviceId>,
) -> Result<Verified<T>, Code> {
    // 1 to 6
    let cut = envelope::cut(token, Kinds::OneOf(&[kind]))?;
    // 7 the key: known, not void, of our tenant (e_kid), with the role for this kind (e_role)
    let (role, stands) = signer(kind).ok_or(Code::ETyp)?;
    let key: &OrderKey = trust.signer(cut.kid(), role, stands)?;
    // 8 the signature
    let proven = cut.prove(&key.x)?;
    // 9 the claims, each in its bounds and all of them together
    let claims: T = proven.claims()?;
    if !claims.whole() {
        return Err(Code::EClaims);
    }
    // 10 for phones, from the key's tenant, for this phone
    if claims.aud() != AUDIENCE {
        return Err(Code::BAud);
    }
    if *claims.iss() != key.iss {
        return Err(Code::BIss);
    }
    if claims.sub() != device {
        return Err(Code::BSub);
    }
    Ok(Verified {
        claims,
        kid: key.kid.clone(),
        sha256: envelope::sha256(token),
    })
}

macro_rules! each {
    ($order:expr, $o:ident => $value:expr) => {
        match $order {
            Order::Notice($o) => $value,
            Order::Terms($o) => $value,
            Order::Plan($o) => $value,
            Order::Lock($o) => $value,
            Order::Release($o) => $value,
            Order::Grace($o) => $value,
            Order::Settle($o) => $value,
        }
    };
}

impl Order {
    /// Its id.
    #[must_use]
    pub fn jti(&self) -> &Id {
        each!(self, o => &o.jti)
    }
    /// When it was signed.
    #[must_use]
    pub fn iat(&self) -> Secs {
        each!(self, o => o.iat)
    }
    /// Its `typ`.
    #[must_use]
    pub fn typ(&self) -> &'static str {
        match self {
            Order::Notice(_) => typ::NOTICE,
            Order::Terms(_) => typ::TERMS,
            Order::Plan(_) => typ::PLAN,
            Order::Lock(_) => typ::LOCK,
            Order::Release(_) => typ::RELEASE,
            Order::Grace(_) => typ::GRACE,
            Order::Settle(_) => typ::SETTLE,
        }
    }
}
