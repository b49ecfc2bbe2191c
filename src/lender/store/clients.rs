//! Clients of the API, their keys, and tokens that were withdrawn.

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::auth::device::PublicKey;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::scopes::Scopes;

/// A client.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// Its id, in tokens and on the command line.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// What it may ask for.
    pub scopes: Scopes,
    /// Since when.
    pub created: Moment,
    /// Since when it may do nothing any more.
    pub revoked: Option<Moment>,
}

/// One of its keys.
#[derive(Clone, Debug)]
pub(crate) struct ClientKey {
    /// Its name (RFC 7638).
    pub thumbprint: String,
    /// The key.
    pub key: PublicKey,
    /// Since when.
    pub added: Moment,
    /// Since when it proves nothing any more.
    pub retired: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    client: String,
    name: String,
    scopes: String,
    created_ms: i64,
    revoked_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    thumbprint: String,
    alg: String,
    x: String,
    y: Option<String>,
    added_ms: i64,
    retired_ms: Option<i64>,
}

fn read(row: Row) -> Result<Client, LenderError> {
    Ok(Client {
        id: row.client,
        name: row.name,
        scopes: Scopes::parse(&row.scopes).ok_or(LenderError::Damaged("a client's scopes"))?,
        created: Moment::from_ms(row.created_ms),
        revoked: row.revoked_ms.map(Moment::from_ms),
    })
}

/// Stores a client.
pub(crate) async fn insert(conn: &mut Conn, tenant: &Tenant, client: &Client) -> Result<(), LenderError> {
    query("INSERT INTO clients (tenant, client, name, scopes, created_ms) VALUES ($1, $2, $3, $4, $5)")
        .bind(tenant.as_str())
        .bind(&client.id)
        .bind(&client.name)
        .bind(client.scopes.to_string())
        .bind(client.created.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// All clients, oldest first.
pub(crate) async fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Client>, LenderError> {
    let rows: Vec<Row> = query_as(
        "SELECT client, name, scopes, created_ms, revoked_ms FROM clients
         WHERE tenant = $1 ORDER BY created_ms, client",
    )
    .bind(tenant.as_str())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(read).collect()
}

/// One client.
pub(crate) async fn get(conn: &mut Conn, tenant: &Tenant, client: &str) -> Result<Client, LenderError> {
    let row: Option<Row> = query_as(
        "SELECT client, name, scopes, created_ms, revoked_ms FROM clients WHERE tenant = $1 AND client = $2",
    )
    .bind(tenant.as_str())
    .bind(client)
    .fetch_optional(conn)
    .await?;
    read(row.ok_or(LenderError::NotFound("no such client; `client list` shows them"))?)
}

/// It may do nothing from now on; its tokens end with it.
pub(crate) async fn revoke(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query("UPDATE clients SET revoked_ms = COALESCE(revoked_ms, $3) WHERE tenant = $1 AND client = $2")
        .bind(tenant.as_str())
        .bind(client)
        .bind(now.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a key; one that is there already stays as it is, retired ones too.
pub(crate) async fn add_key(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    key: &PublicKey,
    now: Moment,
) -> Result<(), LenderError> {
    let (alg, x, y) = key.to_store();
    query(
        "INSERT INTO client_keys (tenant, client, thumbprint, alg, x, y, added_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(tenant.as_str())
    .bind(client)
    .bind(key.thumbprint())
    .bind(alg)
    .bind(x)
    .bind(y)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// Holds a client: who counts its keys counts them alone.
pub(crate) async fn hold(conn: &mut Conn, tenant: &Tenant, client: &str) -> Result<(), LenderError> {
    if conn.is_postgres() {
        let _row: Option<(String,)> =
            query_as("SELECT client FROM clients WHERE tenant = $1 AND client = $2 FOR NO KEY UPDATE")
                .bind(tenant.as_str())
                .bind(client)
                .fetch_optional(conn)
                .await?;
    }
    Ok(())
}

/// All keys of a client, oldest first.
pub(crate) async fn keys(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
) -> Result<Vec<ClientKey>, LenderError> {
    let rows: Vec<KeyRow> = query_as(
        "SELECT thumbprint, alg, x, y, added_ms, retired_ms FROM client_keys
         WHERE tenant = $1 AND client = $2 ORDER BY added_ms, thumbprint",
    )
    .bind(tenant.as_str())
    .bind(client)
    .fetch_all(conn)
    .await?;
    let keys = rows.into_iter().map(|row| {
        let key = PublicKey::from_store(&row.alg, &row.x, row.y.as_deref());
        Ok(ClientKey {
            thumbprint: row.thumbprint,
            key: key.ok_or(LenderError::Damaged("a client's key"))?,
            added: Moment::from_ms(row.added_ms),
            retired: row.retired_ms.map(Moment::from_ms),
        })
    });
    keys.collect()
}

/// A key proves nothing from now on. `false`: there is no such key in use.
pub(crate) async fn retire_key(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    thumbprint: &str,
    now: Moment,
) -> Result<bool, LenderError> {
    let done = query(
        "UPDATE client_keys SET retired_ms = $4
         WHERE tenant = $1 AND client = $2 AND thumbprint = $3 AND retired_ms IS NULL",
    )
    .bind(tenant.as_str())
    .bind(client)
    .bind(thumbprint)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Withdraws one token until it would have ended anyway.
pub(crate) async fn revoke_token(
    conn: &mut Conn,
    tenant: &Tenant,
    jti: &str,
    until: Moment,
    now: Moment,
) -> Result<(), LenderError> {
    query("DELETE FROM revoked_tokens WHERE until_ms < $1")
        .bind(now.ms())
        .execute(&mut *conn)
        .await?;
    query("INSERT INTO revoked_tokens (tenant, jti, until_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(tenant.as_str())
        .bind(jti)
        .bind(until.ms())
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether a token was withdrawn.
pub(crate) async fn token_revoked(conn: &mut Conn, tenant: &Tenant, jti: &str) -> Result<bool, LenderError> {
    let (n,): (i64,) = query_as("SELECT COUNT(*) FROM revoked_tokens WHERE tenant = $1 AND jti = $2")
        .bind(tenant.as_str())
        .bind(jti)
        .fetch_one(conn)
        .await?;
    Ok(n > 0)
}
