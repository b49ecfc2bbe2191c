//! Tokens: who gets one, what stands in it, and when it is worth nothing.

use super::{Checked, No, Report, ensure, refused, status};
use crate::cli::wire::client::Client;
use crate::cli::wire::{Failed, Key, fresh_id, now_s};
use latchkey_core::envelope::{decode, encode};
use serde_json::{Value, json};

pub(super) async fn run(client: &mut Client, report: &mut Report) -> Result<(), Failed> {
    if let Some(token) = report.take("token.granted", granted(client).await) {
        client.token = token;
    }
    report.note("token.assertion-replayed", replayed(client).await);
    let other = Key::fresh()?;
    let claims = client.claims()?;
    let expired = json!({"exp": now_s() - 120, "iat": now_s() - 180});
    let elsewhere = json!({"aud": "https://another.example"});
    let foreign = json!({"sub": "client-of-nobody", "iss": "client-of-nobody"});
    for (check, changes, key) in [
        ("token.assertion-expired", &expired, &client.key),
        ("token.assertion-for-another-server", &elsewhere, &client.key),
        ("token.assertion-of-an-unknown-client", &foreign, &client.key),
        ("token.assertion-by-another-key", &json!({}), &other),
    ] {
        let mut changed = claims.clone();
        changed["jti"] = json!(fresh_id()?.as_str());
        for (name, value) in changes.as_object().into_iter().flatten() {
            changed[name] = value.clone();
        }
        report.note(check, no_token(client, &client.assertion(key, &changed)).await);
    }
    report.note("token.assertion-unsigned", unsigned(client, claims).await);
    report.note("token.wider-than-the-client", wider(client).await);
    report.note("token.narrowed", narrowed(client).await);
    Ok(())
}

fn part(token: &str, n: usize) -> Result<Value, No> {
    let part = token.split('.').nth(n).and_then(|part| decode(part.as_bytes()));
    let read = part.and_then(|json| serde_json::from_slice(&json).ok());
    read.ok_or(No::Failed("the access token is no JWT".to_owned()))
}

/// RFC 9068, bound to the client's key (RFC 7800).
async fn granted(client: &Client) -> Result<String, No> {
    let told = client.ask(None).await?;
    status(&told, 200)?;
    let body = told.json();
    let life = body["expires_in"].as_u64().unwrap_or(u64::MAX);
    ensure(life <= 300, || {
        format!("the token lives {life} seconds, at most 300")
    })?;
    ensure(body["token_type"] == "Bearer", || {
        "token_type is not Bearer".to_owned()
    })?;
    ensure(told.header("cache-control").contains("no-store"), || {
        "the answer may be cached".to_owned()
    })?;
    let token = body["access_token"].as_str().ok_or("no access_token")?;
    let (header, claims) = (part(token, 0)?, part(token, 1)?);
    ensure(header["typ"] == "at+jwt", || {
        format!("typ is {} instead of at+jwt", header["typ"])
    })?;
    ensure(header["alg"] == "EdDSA", || {
        format!("alg is {} instead of EdDSA", header["alg"])
    })?;
    for name in ["iss", "sub", "aud", "jti", "client_id"] {
        ensure(claims[name].is_string(), || format!("the token has no {name}"))?;
    }
    let (iat, exp) = (
        claims["iat"].as_u64().unwrap_or(0),
        claims["exp"].as_u64().unwrap_or(u64::MAX),
    );
    ensure(exp.saturating_sub(iat) <= 300, || {
        "exp is more than 300 seconds after iat".to_owned()
    })?;
    ensure(claims["cnf"]["jkt"] == client.key.thumbprint(), || {
        "cnf.jkt is not the client's key".to_owned()
    })?;
    Ok(token.to_owned())
}

async fn no_token(client: &Client, assertion: &str) -> Checked {
    let told = client
        .form(
            "/oauth2/token",
            assertion,
            &[("grant_type", "client_credentials")],
        )
        .await?;
    status(&told, 401)?;
    ensure(told.code() == "invalid_client", || {
        format!("the error is {} instead of invalid_client", told.code())
    })
}

async fn replayed(client: &Client) -> Checked {
    let assertion = client.assertion(&client.key, &client.claims()?);
    let told = client
        .form(
            "/oauth2/token",
            &assertion,
            &[("grant_type", "client_credentials")],
        )
        .await?;
    status(&told, 200)?;
    no_token(client, &assertion).await
}

async fn unsigned(client: &Client, mut claims: Value) -> Checked {
    claims["jti"] = json!(fresh_id()?.as_str());
    let header = encode(br#"{"alg":"none","typ":"JWT"}"#);
    no_token(
        client,
        &format!("{header}.{}.", encode(claims.to_string().as_bytes())),
    )
    .await
}

async fn wider(client: &Client) -> Checked {
    let told = client.ask(Some("everything:write")).await?;
    status(&told, 400)?;
    ensure(told.code() == "invalid_scope", || {
        format!("the error is {} instead of invalid_scope", told.code())
    })
}

/// A token for reading changes nothing.
async fn narrowed(client: &Client) -> Checked {
    let mut reader = client.clone();
    let told = reader.ask(Some("devices:read")).await?;
    status(&told, 200)?;
    let body = told.json();
    ensure(body["scope"] == "devices:read", || {
        "the token does not name the one scope that was asked for".to_owned()
    })?;
    reader.token = body["access_token"].as_str().unwrap_or_default().to_owned();
    status(&reader.get("/v1/devices?limit=1").await?, 200)?;
    let stop = json!({"operator": "conformance", "reason": "must be refused"});
    let told = reader.post("/v1/locks/stop", &stop).await?;
    ensure(told.status == 403, || {
        format!("locks were stopped under devices:read: {}", told.status)
    })?;
    ensure(told.code() == "scope_missing", || {
        format!("the code is {} instead of scope_missing", told.code())
    })
}

/// Last of all: the token is withdrawn.
pub(super) async fn revoked(client: &Client, report: &mut Report) {
    let check = async {
        let assertion = client.assertion(&client.key, &client.claims()?);
        let told = client
            .form("/oauth2/revoke", &assertion, &[("token", &client.token)])
            .await?;
        status(&told, 200)?;
        refused(&client.get("/v1/client").await?, 401, None)
    };
    report.note("token.revoked", check.await);
}
