//! The token endpoint: client credentials (RFC 6749 §4.4) with a signed assertion (RFC 7523), and revocation (RFC 7009).
//! Refusals have the form of RFC 6749 §5.2.

use super::bounded;
use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::auth::assertion::{self, Known};
use crate::auth::token::{self, LIFE_S};
use crate::error::LenderError;
use crate::house::House;
use crate::limits::{self, Bucket, Share};
use crate::problem::Problem;
use crate::scopes::Scopes;
use crate::store::clients;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const FORM: &str = "application/x-www-form-urlencoded";
/// RFC 7523 §2.2.
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "token",
        method: &Method::POST,
        path: "/oauth2/token",
        tag: "access",
        summary: "Get an access token, good for five minutes.",
        text: "Client authentication is private_key_jwt: EdDSA, kid = the key's thumbprint, iss = sub = the client's id, \
               aud = this server's base URL, exp at most 60 seconds after iat, jti used once. The token is bound to that key: \
               the same key signs the client's requests.",
        body: Some((FORM, schema::<TokenAsk>)),
        answers: &[(200, "The token.", Content::Json(schema::<TokenMade>))],
        bucket: Bucket::AddressToken,
        handler: Handler::Route(|| post(issue)),
        ..PLAIN
    },
    Operation {
        id: "revokeToken",
        method: &Method::POST,
        path: "/oauth2/revoke",
        tag: "access",
        summary: "Withdraw an access token before its end.",
        text: "Client authentication as for a token. Also 200 for a token that is not this client's, which is then left \
               alone (RFC 7009 §2.2).",
        door: Door::Assertion,
        body: Some((FORM, schema::<RevokeAsk>)),
        answers: &[(200, "The token is worth nothing.", Content::Nothing)],
        bucket: Bucket::AddressToken,
        handler: Handler::Route(|| post(revoke)),
        ..PLAIN
    },
];

/// What a client sends for a token.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct TokenAsk {
    /// `client_credentials`.
    #[schemars(required, extend("const" = "client_credentials"))]
    grant_type: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[schemars(required, extend("const" = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))]
    client_assertion_type: Option<String>,
    /// The assertion.
    #[schemars(required)]
    client_assertion: Option<String>,
    /// Scopes between blanks; everything that the client has if it is left out.
    scope: Option<String>,
    /// The client's id; the assertion names it too.
    client_id: Option<String>,
}

/// What a client sends to withdraw a token.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RevokeAsk {
    /// The access token.
    #[schemars(required)]
    token: Option<String>,
    /// `access_token`; may be left out.
    #[expect(dead_code, reason = "there is one kind of token")]
    token_type_hint: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[schemars(required, extend("const" = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))]
    client_assertion_type: Option<String>,
    /// The assertion.
    #[schemars(required)]
    client_assertion: Option<String>,
    /// The client's id; the assertion names it too.
    client_id: Option<String>,
}

/// A token.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TokenMade {
    /// The token (RFC 9068).
    access_token: String,
    /// `Bearer`.
    token_type: String,
    /// Seconds.
    expires_in: i64,
    /// What it allows.
    scope: String,
}

/// A refusal in the form of RFC 6749 §5.2.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OauthError {
    /// Its code.
    error: String,
    /// The next step.
    error_description: String,
}

/// Why there is no token.
enum No {
    Oauth(StatusCode, &'static str, &'static str),
    Problem(Problem),
}

impl From<LenderError> for No {
    fn from(error: LenderError) -> No {
        No::Problem(error.into())
    }
}

impl From<Problem> for No {
    fn from(problem: Problem) -> No {
        No::Problem(problem)
    }
}

fn bad(error: &'static str, next: &'static str) -> No {
    No::Oauth(StatusCode::BAD_REQUEST, error, next)
}

fn respond(outcome: Result<Response, No>, shares: &[Share]) -> Response {
    let mut response = match outcome {
        Ok(response) => response,
        Err(No::Oauth(status, error, next)) => {
            let body = OauthError {
                error: error.to_owned(),
                error_description: next.to_owned(),
            };
            let mut response = json(status, &body);
            if status == StatusCode::UNAUTHORIZED {
                let challenge = header::HeaderValue::from_static("private_key_jwt");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            response
        }
        Err(No::Problem(problem)) => problem.into_response(),
    };
    limits::tell(response.headers_mut(), shares);
    response
}

fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, serde_json::to_string(body).unwrap_or_default()).into_response()
}

async fn form<T: serde::de::DeserializeOwned>(request: Request) -> Result<T, No> {
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let is_form = is_form.is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == FORM));
    if !is_form {
        return Err(bad("invalid_request", "send application/x-www-form-urlencoded"));
    }
    let body = bounded(request.into_body()).await?;
    serde_urlencoded::from_bytes(&body).map_err(|_| bad("invalid_request", "send each field once"))
}

/// Proves the client, at most so often for each.
async fn prove(
    house: &House,
    kind: Option<&str>,
    assertion: Option<&str>,
    client_id: Option<&str>,
    shares: &mut Vec<Share>,
) -> Result<Known, No> {
    if kind != Some(ASSERTION) {
        return Err(bad(
            "invalid_request",
            "client_assertion_type is jwt-bearer (RFC 7523)",
        ));
    }
    let Some(assertion) = assertion else {
        return Err(bad("invalid_request", "send client_assertion"));
    };
    let mut tx = house.store.begin().await?;
    let outcome = assertion::prove(&mut tx, &house.base_url, assertion, client_id, house.now()).await;
    // The jti stays used, whatever comes of it.
    tx.commit().await?;
    match outcome? {
        Ok(known) => {
            shares.push(house.limits.take(Bucket::Token, &known.client.id)?);
            Ok(known)
        }
        Err(why) => Err(No::Oauth(StatusCode::UNAUTHORIZED, "invalid_client", why)),
    }
}

async fn issue(State(house): State<Arc<House>>, request: Request) -> Response {
    let mut shares = Vec::new();
    let outcome = issued(&house, request, &mut shares).await;
    respond(outcome, &shares)
}

async fn issued(house: &House, request: Request, shares: &mut Vec<Share>) -> Result<Response, No> {
    let asked: TokenAsk = form(request).await?;
    match asked.grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(bad("unsupported_grant_type", "grant_type is client_credentials")),
        None => return Err(bad("invalid_request", "send grant_type=client_credentials")),
    }
    let (kind, signed) = (
        asked.client_assertion_type.as_deref(),
        asked.client_assertion.as_deref(),
    );
    let known = prove(house, kind, signed, asked.client_id.as_deref(), shares).await?;
    let scopes = match asked.scope.as_deref().filter(|scope| !scope.is_empty()) {
        None => known.client.scopes.clone(),
        Some(text) => Scopes::parse(text)
            .filter(|scopes| known.client.scopes.cover(scopes))
            .ok_or_else(|| bad("invalid_scope", "ask for scopes that this client has"))?,
    };
    let token = token::issue(&house.issuer, &house.base_url, &known, &scopes, house.now())?;
    let made = TokenMade {
        access_token: token,
        token_type: "Bearer".to_owned(),
        expires_in: LIFE_S,
        scope: scopes.to_string(),
    };
    Ok(json(StatusCode::OK, &made))
}

async fn revoke(State(house): State<Arc<House>>, request: Request) -> Response {
    let mut shares = Vec::new();
    let outcome = revoked(&house, request, &mut shares).await;
    respond(outcome, &shares)
}

async fn revoked(house: &House, request: Request, shares: &mut Vec<Share>) -> Result<Response, No> {
    let asked: RevokeAsk = form(request).await?;
    let (kind, signed) = (
        asked.client_assertion_type.as_deref(),
        asked.client_assertion.as_deref(),
    );
    let known = prove(house, kind, signed, asked.client_id.as_deref(), shares).await?;
    let Some(shown) = asked.token else {
        return Err(bad("invalid_request", "send token"));
    };
    let now = house.now();
    if let Some((jti, ends)) = token::own(&house.issuer, &house.base_url, &shown, &known, now)? {
        let mut tx = house.store.begin().await?;
        clients::revoke_token(&mut tx, &known.tenant, &jti, ends, now).await?;
        tx.commit().await?;
    }
    Ok(StatusCode::OK.into_response())
}
