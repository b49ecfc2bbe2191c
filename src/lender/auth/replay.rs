//! What may be used once: nonces of request signatures, ids of client assertions. Shared by all instances, so it stands
//! in the store.

use super::Tenant;
use super::signature::Claimed;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::problem::Problem;
use crate::random;
use crate::store::{Conn, query};
use latchkey_core::request::WINDOW_S;

/// How long a nonce is remembered, seconds: longer than any signature or assertion lives on either clock.
const REPLAY_S: i64 = 180;

/// Made within the last minute by our clock, and never seen before.
pub(super) async fn fresh(
    conn: &mut Conn,
    tenant: &Tenant,
    claimed: &Claimed,
    now: Moment,
) -> Result<(), Problem> {
    let params = &claimed.params;
    let now_s = now.unix_s();
    let life = params.expires.checked_sub(params.created);
    if life.is_none_or(|life| life > WINDOW_S)
        || params.created.abs_diff(now_s) > WINDOW_S
        || params.expires < now_s
    {
        let nonce = random::id().map_err(Problem::from)?;
        return Err(Problem::unauthorised(
            "clock_skew",
            "Take the time from the header Date and sign again.",
        )
        .with_header("latchkey-nonce", nonce.as_str()));
    }
    if remember(conn, tenant, &params.keyid, &params.nonce, now).await? {
        Ok(())
    } else {
        Err(Problem::unauthorised(
            "sig_replayed",
            "Sign again with a fresh nonce.",
        ))
    }
}

/// `false`: this pair was seen before.
pub(super) async fn remember(
    conn: &mut Conn,
    tenant: &Tenant,
    keyid: &str,
    nonce: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let old = if conn.is_postgres() {
        // Several processes forget at once; none waits for another.
        "DELETE FROM nonces WHERE (tenant, keyid, nonce) IN (
             SELECT tenant, keyid, nonce FROM nonces WHERE seen_ms < $1 FOR UPDATE SKIP LOCKED)"
    } else {
        "DELETE FROM nonces WHERE seen_ms < $1"
    };
    query(old)
        .bind(now.plus_s(-REPLAY_S).ms())
        .execute(&mut *conn)
        .await?;
    let done = query(
        "INSERT INTO nonces (tenant, keyid, nonce, seen_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(keyid)
    .bind(nonce)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
