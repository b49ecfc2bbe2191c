//! Requests of API clients: a bearer token says who asks and for which tenant, a signature by the token's key says that
//! exactly this was asked, once (security.md §5; RFC 6750, RFC 9068, RFC 9421).

use super::device::Incoming;
use super::key::PublicKey;
use super::signature::{self, only};
use super::token::{self, Worth};
use super::{Tenant, replay};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::problem::Problem;
use crate::scopes::{Scope, Scopes};
use crate::sign::issuer::IssuerKey;
use crate::store::{Conn, clients};
use axum::http::StatusCode;
use latchkey_core::envelope::encode;
use latchkey_core::request::{CLIENT_TAG, client_components, content_digest};

/// A client that showed a good token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// For whom it acts.
    pub tenant: Tenant,
    /// Its id.
    pub client: String,
    /// What this token allows, and the client still has.
    pub scopes: Scopes,
    /// The key that its requests are signed with.
    key: PublicKey,
}

/// What a client signed, for the audit.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    /// The signature base.
    pub base: String,
    /// The signature, base64url.
    pub signature: String,
}

fn refused(code: &'static str, next: &'static str) -> Problem {
    let challenge = match code {
        "token_missing" => "Bearer".to_owned(),
        _ => format!("Bearer error=\"invalid_token\", error_description=\"{code}\""),
    };
    Problem::unauthorised(code, next).with_header("www-authenticate", &challenge)
}

impl Caller {
    /// Whether this call is allowed.
    ///
    /// # Errors
    /// 403 `scope_missing`.
    pub(crate) fn may(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.allow(scope) {
            return Ok(());
        }
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
        Err(Problem::new(StatusCode::FORBIDDEN, "scope_missing", "")
            .next(format!(
                "Ask for a token with the scope {scope}, if this client has it."
            ))
            .with("scope", scope.as_str())
            .with_header("www-authenticate", &challenge))
    }
}

impl Incoming<'_> {
    /// Who shows this token. A client or a key that is gone ends its tokens at once.
    ///
    /// # Errors
    /// 401 `token_missing`, `token_invalid`, `token_expired`.
    pub(crate) async fn caller(
        &self,
        conn: &mut Conn,
        issuer: (&IssuerKey, &str),
        now: Moment,
    ) -> Result<Caller, Problem> {
        let invalid = || refused("token_invalid", "Ask POST /oauth2/token for a fresh token.");
        if !self.headers.contains_key("authorization") {
            return Err(refused(
                "token_missing",
                "Send Authorization: Bearer with a token of POST /oauth2/token.",
            ));
        }
        let shown = only(self.headers, "authorization").and_then(|value| value.split_once(' '));
        let token = match shown {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token,
            Some(_) | None => return Err(invalid()),
        };
        let (tenant, access) = match token::check(issuer.0, issuer.1, token, now)? {
            Worth::Good(tenant, access) => (tenant, access),
            Worth::Expired => {
                return Err(refused(
                    "token_expired",
                    "Ask POST /oauth2/token for a fresh token.",
                ));
            }
            Worth::Invalid => return Err(invalid()),
        };
        let client = match clients::get(conn, &tenant, &access.client_id).await {
            Ok(client) if client.revoked.is_none() => client,
            Ok(_) | Err(LenderError::NotFound(_)) => return Err(invalid()),
            Err(error) => return Err(error.into()),
        };
        let keys = clients::keys(conn, &tenant, &client.id).await?;
        let bound = keys
            .into_iter()
            .find(|key| key.retired.is_none() && key.thumbprint == access.cnf.jkt);
        let Some(bound) = bound else {
            return Err(invalid());
        };
        if clients::token_revoked(conn, &tenant, &access.jti).await? {
            return Err(invalid());
        }
        let granted = Scopes::parse(&access.scope).unwrap_or_default();
        Ok(Caller {
            scopes: granted.and(&client.scopes),
            client: client.id,
            tenant,
            key: bound.key,
        })
    }

    /// Whether there is a signature at all; reads may come without.
    pub(crate) fn signs(&self) -> bool {
        self.headers.contains_key("signature") || self.headers.contains_key("signature-input")
    }

    /// Whether exactly one signature of the right label came, before anybody reads the body that it covers.
    ///
    /// # Errors
    /// 401 `sig_missing`.
    pub(crate) fn is_signed(&self) -> Result<(), Problem> {
        if signature::signed(self.headers) {
            return Ok(());
        }
        Err(Problem::unauthorised(
            "sig_missing",
            "Sign the request with the key that the token is bound to.",
        ))
    }

    /// Proves that the holder of the token's key asked for exactly this, now, for the first time.
    ///
    /// # Errors
    /// 401 `sig_missing`, `sig_invalid`, `digest_mismatch`, `clock_skew`, `sig_replayed`; 415.
    pub(crate) async fn signed_by(
        &self,
        conn: &mut Conn,
        caller: &Caller,
        now: Moment,
    ) -> Result<Proof, Problem> {
        // 1 exactly one Signature-Input and one Signature, label `lk`
        self.is_signed()?;
        // 2 exactly the profile's components and parameters
        let digest = content_digest(self.body);
        let body = (!self.body.is_empty()).then_some((digest.as_str(), signature::media(self.headers)));
        let authorization = only(self.headers, "authorization").unwrap_or_default();
        let posted = self.method == axum::http::Method::POST;
        let key = if posted {
            only(self.headers, "idempotency-key")
        } else {
            None
        };
        let components = client_components(self.method.as_str(), self.target_uri, authorization, body, key);
        let claimed = signature::read(self.headers, &components, CLIENT_TAG)
            .ok_or_else(|| Problem::unauthorised("sig_invalid", "Sign with the profile latchkey-v1."))?;
        if body.is_some() {
            // 3 the digest is this body's
            if !signature::sends_lines(self.headers) {
                signature::json(self.headers)?;
            }
            signature::digest(self.headers, &digest)?;
        }
        // 4 the key is the token's, 5 the signature holds under it
        if claimed.params.keyid != caller.key.thumbprint() || !caller.key.verifies(&claimed) {
            return Err(Problem::unauthorised(
                "sig_invalid",
                "Sign with the key that the token is bound to.",
            ));
        }
        // 6 life and clock, 7 replay
        replay::fresh(conn, &caller.tenant, &claimed, now).await?;
        Ok(Proof {
            base: claimed.base,
            signature: encode(&claimed.signature),
        })
    }
}
