//! Endpoints of webhooks, and the outbox.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;

/// Where messages go.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Endpoint {
    /// Its id.
    pub endpoint: String,
    /// Its URL.
    pub url: String,
    /// The events it is told, with blanks between.
    pub events: String,
    /// Generation of its secret.
    pub generation: i64,
    /// When the secret was changed last.
    pub rotated_ms: Option<i64>,
    /// When it was switched off.
    pub disabled_ms: Option<i64>,
}

/// Makes an endpoint, or changes its URL and events and switches it on again.
pub(crate) async fn put(
    conn: &mut Conn,
    tenant: &Tenant,
    (endpoint, url, events): (&str, &str, &str),
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO webhooks (tenant, endpoint, url, events, created_ms) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant, endpoint) DO UPDATE SET url = excluded.url, events = excluded.events, disabled_ms = NULL",
    )
    .bind(tenant.as_str())
    .bind(endpoint)
    .bind(url)
    .bind(events)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Every endpoint.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Endpoint>, LenderError> {
    Ok(query_as(
        "SELECT endpoint, url, events, generation, rotated_ms, disabled_ms FROM webhooks
         WHERE tenant = $1 ORDER BY created_ms, endpoint",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?)
}

/// One endpoint.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, endpoint: &str) -> Result<Endpoint, LenderError> {
    let found = all(conn, tenant)
        .await?
        .into_iter()
        .find(|e| e.endpoint == endpoint);
    found.ok_or(LenderError::NotFound(
        "no such webhook; `webhook list` shows them",
    ))
}

/// Takes it away; what it was not told yet is dead.
pub(crate) async fn remove(conn: &mut Conn, tenant: &Tenant, endpoint: &str) -> Result<bool, LenderError> {
    query(
        "UPDATE webhook_outbox SET state = 'dead', answer = 'removed'
         WHERE tenant = $1 AND endpoint = $2 AND state = 'pending'",
    )
    .bind(tenant.as_str())
    .bind(endpoint)
    .execute(&mut *conn)
    .await?;
    let done = query("DELETE FROM webhooks WHERE tenant = $1 AND endpoint = $2")
        .bind(tenant.as_str())
        .bind(endpoint)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The next generation of its secret.
pub(crate) async fn rotate(
    conn: &mut Conn,
    tenant: &Tenant,
    endpoint: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE webhooks SET generation = generation + 1, rotated_ms = $3 WHERE tenant = $1 AND endpoint = $2",
    )
    .bind(tenant.as_str())
    .bind(endpoint)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Switches it off: it said that it is gone.
pub(crate) async fn disable(
    conn: &mut Conn,
    tenant: &Tenant,
    endpoint: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE webhooks SET disabled_ms = $3 WHERE tenant = $1 AND endpoint = $2 AND disabled_ms IS NULL")
        .bind(tenant.as_str())
        .bind(endpoint)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// A message in the outbox.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Message {
    /// Its id: the same at every try.
    pub message: String,
    /// To which endpoint.
    pub endpoint: String,
    /// The body, signed at every try anew.
    pub body: String,
    /// Tries so far.
    pub tries: i64,
}

/// Writes a message for an endpoint.
pub(crate) async fn insert(
    conn: &mut Conn,
    tenant: &Tenant,
    (message, endpoint, event): (&str, &str, &str),
    body: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO webhook_outbox (tenant, message, endpoint, event, body, state, due_ms, created_ms)
         VALUES ($1, $2, $3, $4, $5, 'pending', $6, $6)",
    )
    .bind(tenant.as_str())
    .bind(message)
    .bind(endpoint)
    .bind(event)
    .bind(body)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the next messages that are due, and puts them off until `until`: no other sender takes them meanwhile, and
/// after a crash they are due again.
pub(crate) async fn take(
    conn: &mut Conn,
    tenant: &Tenant,
    most: i64,
    now: Moment,
    until: Moment,
) -> Result<Vec<Message>, LenderError> {
    let sql = if conn.is_postgres() {
        "UPDATE webhook_outbox SET due_ms = $4, tried_ms = $2 WHERE (tenant, message, endpoint) IN (
             SELECT tenant, message, endpoint FROM webhook_outbox
             WHERE tenant = $1 AND state = 'pending' AND due_ms <= $2 ORDER BY due_ms LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING message, endpoint, body, tries"
    } else {
        "UPDATE webhook_outbox SET due_ms = $4, tried_ms = $2 WHERE (tenant, message, endpoint) IN (
             SELECT tenant, message, endpoint FROM webhook_outbox
             WHERE tenant = $1 AND state = 'pending' AND due_ms <= $2 ORDER BY due_ms LIMIT $3)
         RETURNING message, endpoint, body, tries"
    };
    Ok(query_as(sql)
        .bind(tenant.as_str())
        .bind(now.ms())
        .bind(most)
        .bind(until.ms())
        .fetch_all(conn)
        .await?)
}

/// When the next one is due.
pub(crate) async fn next_due(conn: &mut Conn, tenant: &Tenant) -> Result<Option<Moment>, LenderError> {
    let (ms,): (Option<i64>,) =
        query_as("SELECT MIN(due_ms) FROM webhook_outbox WHERE tenant = $1 AND state = 'pending'")
            .bind(tenant.as_str())
            .fetch_one(conn)
            .await?;
    Ok(ms.map(Moment::from_ms))
}

/// What came of a try: delivered, dead, or (`due`) to be tried again.
pub(crate) async fn tried(
    conn: &mut Conn,
    tenant: &Tenant,
    message: &Message,
    (state, answer): (&str, &str),
    due: Moment,
) -> Result<(), LenderError> {
    query(
        "UPDATE webhook_outbox SET state = $4, answer = $5, due_ms = $6, tries = $7
         WHERE tenant = $1 AND message = $2 AND endpoint = $3 AND state = 'pending'",
    )
    .bind(tenant.as_str())
    .bind(&message.message)
    .bind(&message.endpoint)
    .bind(state)
    .bind(answer)
    .bind(due.ms())
    .bind(message.tries + 1)
    .execute(conn)
    .await?;
    Ok(())
}

/// A message as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sent {
    /// Its id, as in the header `webhook-id`.
    pub message: String,
    /// To which endpoint.
    pub endpoint: String,
    /// What happened, e.g. `device.locked`.
    pub event: String,
    /// `pending`, `delivered` or `dead`.
    pub state: String,
    /// Tries so far.
    pub tries: i64,
    /// When it is tried next, Unix milliseconds.
    pub due_ms: i64,
    /// The last answer: a status, or why there was none.
    pub answer: Option<String>,
}

/// The newest messages of a state.
pub(crate) async fn of_state(
    conn: &mut Conn,
    tenant: &Tenant,
    state: &str,
    limit: i64,
) -> Result<Vec<Sent>, LenderError> {
    Ok(query_as(
        "SELECT message, endpoint, event, state, tries, due_ms, answer FROM webhook_outbox
         WHERE tenant = $1 AND state = $2 ORDER BY created_ms DESC, message, endpoint LIMIT $3",
    )
    .bind(tenant.as_str())
    .bind(state)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// The newest dead messages of an endpoint.
pub(crate) async fn dead_of(
    conn: &mut Conn,
    tenant: &Tenant,
    endpoint: &str,
    limit: i64,
) -> Result<Vec<Sent>, LenderError> {
    Ok(query_as(
        "SELECT message, endpoint, event, state, tries, due_ms, answer FROM webhook_outbox
         WHERE tenant = $1 AND state = 'dead' AND endpoint = $2 ORDER BY created_ms DESC, message LIMIT $3",
    )
    .bind(tenant.as_str())
    .bind(endpoint)
    .bind(limit)
    .fetch_all(conn)
    .await?)
}

/// As [`again`], to one endpoint alone.
pub(crate) async fn again_at(
    conn: &mut Conn,
    tenant: &Tenant,
    endpoint: &str,
    message: &str,
    now: Moment,
) -> Result<u64, LenderError> {
    let done = query(
        "UPDATE webhook_outbox SET state = 'pending', tries = 0, due_ms = $4
         WHERE tenant = $1 AND message = $2 AND endpoint = $3 AND state <> 'pending'",
    )
    .bind(tenant.as_str())
    .bind(message)
    .bind(endpoint)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Sends a message once more, from the first try on. How many endpoints get it.
pub(crate) async fn again(
    conn: &mut Conn,
    tenant: &Tenant,
    message: &str,
    now: Moment,
) -> Result<u64, LenderError> {
    let done = query(
        "UPDATE webhook_outbox SET state = 'pending', tries = 0, due_ms = $3
         WHERE tenant = $1 AND message = $2 AND state <> 'pending'",
    )
    .bind(tenant.as_str())
    .bind(message)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets messages of a state that were due before.
pub(crate) async fn forget(
    conn: &mut Conn,
    tenant: &Tenant,
    state: &str,
    before: Moment,
) -> Result<(), LenderError> {
    query("DELETE FROM webhook_outbox WHERE tenant = $1 AND state = $2 AND due_ms < $3")
        .bind(tenant.as_str())
        .bind(state)
        .bind(before.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether there are such messages.
pub(crate) async fn forgettable(
    conn: &mut Conn,
    tenant: &Tenant,
    state: &str,
    before: Moment,
) -> Result<bool, LenderError> {
    let row: Option<(String,)> = query_as(
        "SELECT message FROM webhook_outbox WHERE tenant = $1 AND state = $2 AND due_ms < $3 LIMIT 1",
    )
    .bind(tenant.as_str())
    .bind(state)
    .bind(before.ms())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}
