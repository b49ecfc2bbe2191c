//! Client authentication by `private_key_jwt` (RFC 7523): the same signature core that checks orders, with the policy
//! for assertions that ordinary JWT libraries write.

use super::key::PublicKey;
use super::{Tenant, replay, resolve};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::sign;
use crate::store::Conn;
use crate::store::clients::{self, Client};
use latchkey_core::envelope::{Kinds, cut};
use serde::Deserialize;

/// Longest life of an assertion, and largest clock difference, seconds.
const LIFE_S: u64 = 60;
/// Longest `jti`.
const MOST_JTI: usize = 256;

/// A client that proved itself.
#[derive(Debug)]
pub(crate) struct Known {
    /// Whose client.
    pub tenant: Tenant,
    /// Which.
    pub client: Client,
    /// The key that it proved to hold.
    pub key: PublicKey,
}

/// Members that ordinary libraries add are let pass.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: u64,
    jti: String,
    #[serde(default)]
    iat: Option<u64>,
    #[serde(default)]
    nbf: Option<u64>,
}

/// One audience, as a text or as a list of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    List([String; 1]),
}

impl Audience {
    fn is(&self, issuer: &str) -> bool {
        match self {
            Audience::One(aud) | Audience::List([aud]) => aud == issuer,
        }
    }
}

/// Proves a client; the reason of a refusal is for its developer.
pub(crate) async fn prove(
    conn: &mut Conn,
    issuer: &str,
    assertion: &str,
    client_id: Option<&str>,
    now: Moment,
) -> Result<Result<Known, &'static str>, LenderError> {
    let Ok(cut) = cut(assertion.as_bytes(), Kinds::ClientAssertion) else {
        return Ok(Err(
            "send a compact JWS: alg EdDSA, kid = the key's thumbprint, typ JWT",
        ));
    };
    // The claims name the client whose keys prove them: read first, believed after check 8.
    let named = serde_json::from_slice::<Claims>(
        &latchkey_core::envelope::decode(cut.payload_segment()).unwrap_or_default(),
    );
    let Ok(named) = named else {
        return Ok(Err("send the claims iss, sub, aud, exp and jti"));
    };
    if named.iss != named.sub || client_id.is_some_and(|id| id != named.sub) {
        return Ok(Err("iss, sub and client_id are all the client's id"));
    }
    const UNKNOWN: &str = "no such client, or no such key of it";
    let Some(tenant) = resolve::client(conn, &named.sub).await? else {
        return Ok(Err(UNKNOWN));
    };
    let client = clients::get(conn, &tenant, &named.sub).await?;
    let keys = clients::keys(conn, &tenant, &client.id).await?;
    let mut in_use = keys.into_iter().filter(|key| key.retired.is_none());
    let key = in_use.find(|key| key.thumbprint == cut.kid());
    let (Some(key), None) = (key, client.revoked) else {
        return Ok(Err(UNKNOWN));
    };
    let Some(point) = key.key.ed25519_point() else {
        return Ok(Err(UNKNOWN));
    };
    let Ok(claims) = cut.prove(&point).and_then(|proven| proven.claims::<Claims>()) else {
        return Ok(Err("the signature does not hold under the key that kid names"));
    };
    if !claims.aud.is(issuer) {
        return Ok(Err(
            "aud is the issuer: the base URL of this server, nothing else",
        ));
    }
    let now_s = now.unix_s();
    let ahead = |at: Option<u64>| at.is_some_and(|at| at > now_s + LIFE_S);
    let old = claims.iat.is_some_and(|iat| iat.saturating_add(LIFE_S) < now_s);
    // A client whose clock is ahead counts from its own time: `iat` is at most a minute ahead.
    let latest = claims.iat.unwrap_or(now_s).max(now_s).saturating_add(LIFE_S);
    if claims.exp <= now_s || ahead(claims.iat) || ahead(claims.nbf) || old || claims.exp > latest {
        return Ok(Err(
            "exp lies at most 60 seconds after iat, and iat at most 60 seconds from now; take the time from the header Date",
        ));
    }
    if claims.jti.is_empty() || claims.jti.len() > MOST_JTI {
        return Ok(Err("jti has 1 to 256 characters"));
    }
    let jti = format!("jti:{}", sign::sha256(claims.jti.as_bytes()));
    if !replay::remember(conn, &tenant, &client.id, &jti, now).await? {
        return Ok(Err("this jti was used before"));
    }
    Ok(Ok(Known {
        tenant,
        client,
        key: key.key,
    }))
}
