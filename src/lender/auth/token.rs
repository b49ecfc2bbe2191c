//! Access tokens (RFC 9068): signed by the issuer's own key, good for five minutes, bound to the key that signs the
//! client's requests (`cnf.jkt`, RFC 7638, RFC 7800).

use super::Tenant;
use super::assertion::Known;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::random;
use crate::scopes::Scopes;
use crate::sign::issuer::IssuerKey;
use latchkey_core::envelope::{Kinds, cut};
use latchkey_core::order::values::Obj;
use serde::{Deserialize, Serialize};

/// `typ` of an access token.
const TYP: &str = "at+jwt";
/// How long one is good, seconds.
pub(crate) const LIFE_S: i64 = 300;

/// The key that a token is bound to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmed {
    /// Thumbprint.
    pub jkt: String,
}

/// Its claims.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Access {
    iss: String,
    aud: String,
    sub: String,
    pub client_id: String,
    pub tenant: String,
    pub scope: String,
    pub jti: String,
    iat: u64,
    exp: u64,
    pub cnf: Obj<Confirmed>,
}

impl Access {
    /// When it ends.
    pub(super) fn ends(&self) -> Moment {
        Moment::from_ms(i64::try_from(self.exp.saturating_mul(1000)).unwrap_or(i64::MAX))
    }
}

/// Makes a token for a proven client. `issuer` is the server's base URL: issuer and audience in one.
pub(crate) fn issue(
    key: &IssuerKey,
    issuer: &str,
    client: &Known,
    scopes: &Scopes,
    now: Moment,
) -> Result<String, LenderError> {
    let claims = Access {
        iss: issuer.to_owned(),
        aud: issuer.to_owned(),
        sub: client.client.id.clone(),
        client_id: client.client.id.clone(),
        tenant: client.tenant.as_str().to_owned(),
        scope: scopes.to_string(),
        jti: random::id()?.into(),
        iat: now.unix_s(),
        exp: now.plus_s(LIFE_S).unix_s(),
        cnf: Obj(Confirmed {
            jkt: client.key.thumbprint(),
        }),
    };
    key.token(TYP, &claims)
}

/// What a token is worth.
#[derive(Debug)]
pub(super) enum Worth {
    /// Ours and in time. The tenant is the only one that a request can act for.
    Good(Tenant, Box<Access>),
    /// Ours, but over.
    Expired,
    /// Not ours.
    Invalid,
}

/// Checks signature, kind, issuer, audience and time. Whether it was withdrawn, the store knows.
pub(super) fn check(key: &IssuerKey, issuer: &str, token: &str, now: Moment) -> Result<Worth, LenderError> {
    let Ok(cut) = cut(token.as_bytes(), Kinds::OneOf(&[TYP])) else {
        return Ok(Worth::Invalid);
    };
    if cut.kid() != key.kid().as_str() {
        return Ok(Worth::Invalid);
    }
    let Ok(claims) = cut.prove(key.x()).and_then(|proven| proven.claims::<Access>()) else {
        return Ok(Worth::Invalid);
    };
    if claims.iss != issuer || claims.aud != issuer {
        return Ok(Worth::Invalid);
    }
    if now >= claims.ends() {
        return Ok(Worth::Expired);
    }
    Ok(Worth::Good(
        Tenant::from_store(claims.tenant.clone())?,
        Box::new(claims),
    ))
}

/// Id and end of a good token of this client; `None` for every other one.
pub(crate) fn own(
    key: &IssuerKey,
    issuer: &str,
    token: &str,
    client: &Known,
    now: Moment,
) -> Result<Option<(String, Moment)>, LenderError> {
    Ok(match check(key, issuer, token, now)? {
        Worth::Good(tenant, access) if tenant == client.tenant && access.client_id == client.client.id => {
            let ends = access.ends();
            Some((access.jti, ends))
        }
        Worth::Good(..) | Worth::Expired | Worth::Invalid => None,
    })
}
