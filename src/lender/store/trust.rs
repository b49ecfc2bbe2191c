//! Root and key set bundles, in the order in which a phone takes them.

use super::{Conn, int, query, query_as};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use latchkey_core::order::claims::{Keys, Root};
use latchkey_core::order::values::Kid;

/// What a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Root keys.
    Root,
    /// Key set.
    Keys,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Kind::Root => "root",
            Kind::Keys => "keys",
        }
    }
}

/// Appends a bundle.
pub(crate) async fn append(
    conn: &mut Conn,
    tenant: &Tenant,
    kind: Kind,
    version: u32,
    bundle: &str,
    now: Moment,
) -> Result<(), LenderError> {
    query(
        "INSERT INTO trust (tenant, place, kind, version, bundle, created_ms)
         SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5 FROM trust WHERE tenant = $1",
    )
    .bind(tenant.as_str())
    .bind(kind.as_str())
    .bind(int(version))
    .bind(bundle)
    .bind(now.ms())
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest bundle of a kind.
pub(crate) async fn newest(
    conn: &mut Conn,
    tenant: &Tenant,
    kind: Kind,
) -> Result<Option<String>, LenderError> {
    let row: Option<(String,)> =
        query_as("SELECT bundle FROM trust WHERE tenant = $1 AND kind = $2 ORDER BY version DESC LIMIT 1")
            .bind(tenant.as_str())
            .bind(kind.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(bundle,)| bundle))
}

/// Whether the phones of this tenant know it for a sandbox: their root says so, whatever this server is started as.
pub(crate) async fn sandbox(conn: &mut Conn, tenant: &Tenant) -> Result<bool, LenderError> {
    let bundle = newest(conn, tenant, Kind::Root).await?;
    let bundle = bundle.ok_or(LenderError::NotFound("no root"))?;
    let root: Root = crate::orders::claims(bundle.lines().next().unwrap_or_default())?;
    Ok(root.sandbox)
}

/// Whether any lender of this database is a sandbox.
pub(crate) async fn any_sandbox(conn: &mut Conn) -> Result<bool, LenderError> {
    let roots: Vec<(String,)> = query_as("SELECT bundle FROM trust WHERE kind = 'root'")
        .fetch_all(conn)
        .await?;
    for (bundle,) in roots {
        let root: Root = crate::orders::claims(bundle.lines().next().unwrap_or_default())?;
        if root.sandbox {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every bundle of a kind, newest first.
pub(crate) async fn all_of(conn: &mut Conn, tenant: &Tenant, kind: Kind) -> Result<Vec<String>, LenderError> {
    let rows: Vec<(String,)> =
        query_as("SELECT bundle FROM trust WHERE tenant = $1 AND kind = $2 ORDER BY version DESC")
            .bind(tenant.as_str())
            .bind(kind.as_str())
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(bundle,)| bundle).collect())
}

/// Keys that the newest key set declares void.
pub(crate) async fn void(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Kid>, LenderError> {
    match newest(conn, tenant, Kind::Keys).await? {
        Some(bundle) => {
            let set: Keys = crate::orders::claims(bundle.lines().next().unwrap_or_default())?;
            Ok(set.void.to_vec())
        }
        None => Ok(Vec::new()),
    }
}

/// Version of the newest key set, 0 = none.
pub(crate) async fn keys_version(conn: &mut Conn, tenant: &Tenant) -> Result<i64, LenderError> {
    let (version,): (i64,) =
        query_as("SELECT COALESCE(MAX(version), 0) FROM trust WHERE tenant = $1 AND kind = 'keys'")
            .bind(tenant.as_str())
            .fetch_one(conn)
            .await?;
    Ok(version)
}

/// Every bundle after key set `version`, in order, expired ones too; 0 = all, from root version 1.
pub(crate) async fn above(
    conn: &mut Conn,
    tenant: &Tenant,
    version: i64,
) -> Result<Vec<String>, LenderError> {
    let rows: Vec<(String,)> = query_as(
        "SELECT bundle FROM trust WHERE tenant = $1 AND place > COALESCE(
             (SELECT MAX(place) FROM trust WHERE tenant = $1 AND kind = 'keys' AND version <= $2), 0)
         ORDER BY place",
    )
    .bind(tenant.as_str())
    .bind(version)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(bundle,)| bundle).collect())
}
