//! Operators of the console: a password once (Argon2id, RFC 9106), then a session that the server keeps and the browser
//! names by a cookie. The store holds hashes of both, never the things themselves.

use super::Tenant;
use crate::error::LenderError;
use crate::house::House;
use crate::random;
use crate::scopes::{Scope, Scopes};
use crate::sign::sha256;
use crate::store::{Conn, operators, query, query_as};
use argon2::{Algorithm, Argon2, Params, Version};
use latchkey_core::envelope::{decode, encode};
use std::time::Duration;
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

/// Memory in KiB, passes, lanes: OWASP's first choice for a login.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// So many tries under one name from one address in a quarter of an hour.
const TRIES: i64 = 10;
const TRIES_S: i64 = 900;
/// After so many under one name from wherever, each further one waits: guessing is slowed, and nobody locked out.
const SLOW_AFTER: i64 = 50;
const SLOW: Duration = Duration::from_secs(2);
/// Passwords that are hashed at once; each takes 19 MiB.
static HASHING: Semaphore = Semaphore::const_new(4);
/// A session ends unused after half an hour, and in any case after a shift.
const IDLE_S: i64 = 1_800;
const SHIFT_S: i64 = 43_200;
/// Use is written down at most once a minute.
const NOTED_S: i64 = 60;

/// Somebody who signed in.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    /// For whom.
    pub tenant: Tenant,
    /// Who; stands in the audit.
    pub name: String,
    /// What for.
    scopes: Scopes,
    /// What the browser's cookie holds.
    token: String,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotIn {
    /// Name or password is wrong; which of them is not told.
    Wrong,
    /// Too many tries under this name from this address.
    Often,
}

impl Operator {
    /// Whether this is allowed.
    pub(crate) fn may(&self, scope: Scope) -> bool {
        self.scopes.allow(scope)
    }

    /// What every form of this session carries: no other site can know it.
    pub(crate) fn form_token(&self) -> String {
        sha256(format!("latchkey-console-form-v1\0{}", self.token).as_bytes())
    }

    /// Whether a form came from a page of this session.
    pub(crate) fn sent(&self, form_token: &str) -> bool {
        self.form_token().as_bytes().ct_eq(form_token.as_bytes()).into()
    }

    /// Ends the session.
    pub(crate) async fn sign_out(&self, house: &House) -> Result<(), LenderError> {
        let mut tx = house.store.begin().await?;
        let unused_since = house.now().plus_s(-SHIFT_S);
        operators::end(&mut tx, &self.tenant, &session_of(&self.token), unused_since).await?;
        tx.commit().await
    }
}

fn session_of(token: &str) -> String {
    sha256(format!("latchkey-console-session-v1\0{token}").as_bytes())
}

/// Signs in. Returns what the cookie holds. Tries count for the name and the address together: nobody elsewhere keeps an
/// operator out by wrong passwords.
pub(crate) async fn sign_in(
    house: &House,
    address: &str,
    name: &str,
    password: String,
) -> Result<Result<String, NotIn>, LenderError> {
    let name: String = name.trim().to_lowercase().chars().take(32).collect();
    let now = house.now();
    // The try counts before it is judged: many at once are many.
    let mut tx = house.store.begin().await?;
    query("DELETE FROM operator_tries WHERE at_ms < $1")
        .bind(now.plus_s(-TRIES_S).ms())
        .execute(&mut tx)
        .await?;
    query("INSERT INTO operator_tries (operator, attempt, at_ms, address) VALUES ($1, $2, $3, $4)")
        .bind(&name)
        .bind(random::id()?.as_str())
        .bind(now.ms())
        .bind(address)
        .execute(&mut tx)
        .await?;
    let (tries, everywhere): (i64, i64) = query_as(
        "SELECT COUNT(CASE WHEN address = $2 THEN 1 END), COUNT(*) FROM operator_tries WHERE operator = $1",
    )
    .bind(&name)
    .bind(address)
    .fetch_one(&mut tx)
    .await?;
    let known: Option<(String, String)> =
        query_as("SELECT tenant, password FROM operators WHERE operator = $1 AND closed_ms IS NULL")
            .bind(&name)
            .fetch_optional(&mut tx)
            .await?;
    tx.commit().await?;
    if tries > TRIES {
        return Ok(Err(NotIn::Often));
    }
    if everywhere > SLOW_AFTER {
        tokio::time::sleep(SLOW).await;
    }
    // A name that does not exist takes as long.
    let stored = known
        .as_ref()
        .map_or_else(|| "AAAAAAAAAAAAAAAAAAAAAA ".to_owned(), |(_, p)| p.clone());
    let right = matches(stored, password).await?;
    let Some((tenant, _)) = known.filter(|_| right) else {
        return Ok(Err(NotIn::Wrong));
    };
    let tenant = Tenant::from_store(tenant)?;
    let token = encode(&random::bytes::<32>()?);
    let mut tx = house.store.begin().await?;
    query("DELETE FROM operator_tries WHERE operator = $1 AND address = $2")
        .bind(&name)
        .bind(address)
        .execute(&mut tx)
        .await?;
    operators::begin(&mut tx, &tenant, &name, &session_of(&token), now).await?;
    tx.commit().await?;
    Ok(Ok(token))
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant: String,
    operator: String,
    scopes: String,
    begun_ms: i64,
    seen_ms: i64,
}

/// Who is signed in with this cookie, if anybody still is.
pub(crate) async fn signed_in(house: &House, token: &str) -> Result<Option<Operator>, LenderError> {
    let session = session_of(token);
    let mut conn = house.store.read().await?;
    let Some(row) = row(&mut conn, &session).await? else {
        return Ok(None);
    };
    drop(conn);
    let now = house.now();
    if row.seen_ms < now.plus_s(-IDLE_S).ms() || row.begun_ms < now.plus_s(-SHIFT_S).ms() {
        return Ok(None);
    }
    let operator = Operator {
        tenant: Tenant::from_store(row.tenant)?,
        name: row.operator,
        scopes: Scopes::parse(&row.scopes).ok_or(LenderError::Damaged("an operator's scopes"))?,
        token: token.to_owned(),
    };
    if row.seen_ms < now.plus_s(-NOTED_S).ms() {
        let mut tx = house.store.begin().await?;
        operators::seen(&mut tx, &operator.tenant, &session, now).await?;
        tx.commit().await?;
    }
    Ok(Some(operator))
}

async fn row(conn: &mut Conn, session: &str) -> Result<Option<Row>, LenderError> {
    Ok(query_as(
        "SELECT s.tenant, s.operator, o.scopes, s.begun_ms, s.seen_ms FROM operator_sessions s
         JOIN operators o ON o.tenant = s.tenant AND o.operator = s.operator
         WHERE s.session = $1 AND o.closed_ms IS NULL",
    )
    .bind(session)
    .fetch_optional(conn)
    .await?)
}

/// A password as the store keeps it: salt and hash, base64url.
pub(crate) async fn hashed(password: String) -> Result<String, LenderError> {
    let salt = random::bytes::<16>()?;
    let hash = hash(password, salt).await?;
    Ok(format!("{} {}", encode(&salt), encode(&hash)))
}

async fn matches(stored: String, password: String) -> Result<bool, LenderError> {
    let damaged = LenderError::Damaged("an operator's password");
    let (salt, right) = stored.split_once(' ').ok_or(damaged)?;
    let salt = decode(salt.as_bytes()).and_then(|salt| <[u8; 16]>::try_from(salt).ok());
    let salt = salt.ok_or(LenderError::Damaged("an operator's password"))?;
    let hash = encode(&hash(password, salt).await?);
    Ok(hash.as_bytes().ct_eq(right.as_bytes()).into())
}

async fn hash(password: String, salt: [u8; 16]) -> Result<[u8; 32], LenderError> {
    let work = move || {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, Some(32)).map_err(|_| LenderError::NoMemory)?;
        let mut hash = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), &salt, &mut hash)
            .map_err(|_| LenderError::NoMemory)?;
        Ok(hash)
    };
    // The semaphore is never closed.
    let _turn = HASHING.acquire().await;
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(LenderError::NoMemory))
}
