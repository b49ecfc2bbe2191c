//! Rotating order keys: fresh ones take their place in the next key set, signed by the roots on file. Nothing that stands
//! changes: what frees the owner is believed from a retired key too, and a lock in force stays (protocol §1, §4). An order
//! that binds and was not taken yet is signed anew when its phone asks (`check_in`), so that rotating costs the same for
//! one phone and for a million.
//!
//! As in `void`, the wish is stored first, then the key file changes, then the key set: a crash in between is finished at
//! the next start.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::jobs::By;
use crate::orders::claims;
use crate::sign::{self, Signer};
use crate::store::orders::StoredOrder;
use crate::store::trust::{Kind, all_of, newest};
use crate::store::{Conn, Turn, audit, settings};
use latchkey_core::order::claims::{Keys, Role, typ};
use latchkey_core::order::values::Kid;

const ROTATED: &str = "rotated";

/// Puts fresh keys in the place of those of some roles. Returns the old ids: a key of two roles goes once.
pub(crate) async fn rotate(
    house: &House,
    tenant: &Tenant,
    roles: &[Role],
    by: &By,
) -> Result<Vec<Kid>, LenderError> {
    let mut tx = house.store.begin().await?;
    tx.turn(tenant, Turn::Trust).await?;
    house.fresh_keys(&mut tx, tenant).await?;
    let signer = house.office(tenant)?.signer();
    let mut kids: Vec<Kid> = Vec::new();
    for role in roles {
        let kid = signer.kid(*role)?;
        if !kids.contains(&kid) {
            kids.push(kid);
        }
    }
    let wish: Vec<_> = kids.iter().map(Kid::as_str).collect();
    settings::set(&mut tx, tenant, ROTATED, &wish.join(" ")).await?;
    let now = house.now();
    audit::note(&mut tx, tenant, "keys.rotate", by, &wish.join(" "), now).await?;
    tx.commit().await?;
    let mut work = house.begin(tenant).await?;
    finish(house, &mut work).await?;
    work.tx.commit().await?;
    Ok(kids)
}

/// Carries the stored wish out, if it is not carried out yet.
pub(crate) async fn finish(house: &House, work: &mut Work<'_>) -> Result<(), LenderError> {
    let tenant = work.tenant;
    work.tx.turn(tenant, Turn::Trust).await?;
    let Some(text) = settings::get(&mut work.tx, tenant, ROTATED).await? else {
        return Ok(());
    };
    let kids = text
        .split_whitespace()
        .map(Kid::try_from)
        .collect::<Result<Vec<_>, _>>();
    let kids = kids.map_err(|_| LenderError::Damaged("a key id"))?;
    let standing = standing(&mut work.tx, tenant).await?;
    if !kids.iter().any(|kid| standing.contains(kid)) {
        return Ok(());
    }
    for kid in &kids {
        house.office(tenant)?.replace_key(kid)?;
    }
    house.key_set(&mut work.tx, tenant, &[], 0).await?;
    work.signer = house.office(tenant)?.signer();
    Ok(())
}

/// Ids of the keys in the newest key set.
async fn standing(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<Kid>, LenderError> {
    match newest(conn, tenant, Kind::Keys).await? {
        Some(bundle) => kids_of(&bundle),
        None => Ok(Vec::new()),
    }
}

fn kids_of(bundle: &str) -> Result<Vec<Kid>, LenderError> {
    let set: Keys = claims(bundle.lines().next().unwrap_or_default())?;
    Ok(set.keys.iter().map(|key| key.kid.clone()).collect())
}

/// Whether one of these keys stood in a key set and stands in the newest one no more: a key file from before a rotation.
pub(crate) async fn is_retired(
    conn: &mut Conn,
    tenant: &Tenant,
    signer: &dyn Signer,
) -> Result<bool, LenderError> {
    let standing = standing(conn, tenant).await?;
    let ours = signer.public_keys(tenant.name())?;
    let other: Vec<_> = ours.iter().filter(|key| !standing.contains(&key.kid)).collect();
    if other.is_empty() {
        return Ok(false);
    }
    for bundle in all_of(conn, tenant, Kind::Keys).await? {
        let before = kids_of(&bundle)?;
        if other.iter().any(|key| before.contains(&key.kid)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an order has to be signed anew because its key is retired: phones believe binding orders of the key set in
/// force alone.
pub(crate) fn is_stale(order: &StoredOrder, signer: &dyn Signer) -> bool {
    let role = match order.kind.as_str() {
        typ::LOCK => Role::Lock,
        typ::TERMS => Role::Terms,
        _ => return false,
    };
    signer.kid(role).ok() != sign::kid_of(&order.jws)
}
