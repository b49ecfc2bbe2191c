//! Root and key sets: when a new key set is due, and what stands in it (protocol §8, step 4).

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::orders::claims;
use crate::rotate;
use crate::sign::{RootKeys, Signer};
use crate::store::trust::{Kind, append, keys_version, newest};
use crate::store::{Conn, bounded};
use latchkey_core::order::claims::{Card, Keys, Root, typ};
use latchkey_core::order::values::{AUDIENCE, Kid, Obj, RootCount, Text, Version};

/// A key set lives 90 days,
const KEYS_LIFE_S: i64 = 90 * 86_400;
/// and is followed by the next one when it has less than 60 left.
const KEYS_LEFT_S: i64 = 60 * 86_400;
/// A root lives five years.
const ROOT_LIFE_S: i64 = 5 * 365 * 86_400;
/// Two of three root keys sign.
const THRESHOLD: u64 = 2;

/// What has to be true of the newest key set.
#[derive(Debug)]
pub(crate) struct Want<'a> {
    /// The root keys.
    pub root: &'a RootKeys,
    /// The order keys.
    pub signer: &'a dyn Signer,
    /// The card, with today's pay hosts.
    pub card: &'a Card,
    /// Keys to withdraw.
    pub void: &'a [Kid],
    /// Its version is above this one: what a phone holds already.
    pub above: u32,
    /// When.
    pub now: Moment,
}

/// Root version 1, made at the first start: a sandbox's or not, as it stays for the life of its phones.
pub(crate) async fn root(
    conn: &mut Conn,
    tenant: &Tenant,
    root: &RootKeys,
    sandbox: bool,
    now: Moment,
) -> Result<String, LenderError> {
    if let Some(bundle) = newest(conn, tenant, Kind::Root).await? {
        let told: Root = claims(bundle.lines().next().unwrap_or_default())?;
        // A folder without its key files would get fresh ones, and no phone would believe them.
        return if *told.roots == *root.public_keys() {
            Ok(bundle)
        } else {
            Err(LenderError::OtherKeys)
        };
    }
    let claims = Root {
        iss: tenant.name().clone(),
        aud: AUDIENCE.to_owned(),
        iat: now.secs()?,
        version: Version::try_from(1)?,
        threshold: RootCount::try_from(THRESHOLD)?,
        roots: root.public_keys().try_into()?,
        exp: now.plus_s(ROOT_LIFE_S).secs()?,
        sandbox,
    };
    let bundle = root.bundle(THRESHOLD as usize, typ::ROOT, &claims)?;
    append(conn, tenant, Kind::Root, 1, &bundle, now).await?;
    Ok(bundle)
}

/// A new key set if the newest one is not what is wanted. `true`: there is a new one.
pub(crate) async fn key_set(conn: &mut Conn, tenant: &Tenant, want: &Want<'_>) -> Result<bool, LenderError> {
    let old = match newest(conn, tenant, Kind::Keys).await? {
        Some(bundle) => Some(claims::<Keys>(bundle.lines().next().unwrap_or_default())?),
        None => None,
    };
    let keys = want.signer.public_keys(tenant.name())?;
    if let Some(old) = &old
        && stands(old, want, &keys)
    {
        return Ok(false);
    }
    // A key file from before a rotation, put back: no phone believes its keys any more.
    if rotate::is_retired(conn, tenant, want.signer).await? {
        return Err(LenderError::OtherKeys);
    }
    // Void is cumulative: a set repeats every void of its predecessors.
    let mut void = old.map(|o| Vec::from(o.void)).unwrap_or_default();
    for kid in want.void {
        if !void.contains(kid) {
            void.push(kid.clone());
        }
    }
    let before = keys_version(conn, tenant).await?;
    let version: Version = bounded(before.max(i64::from(want.above)) + 1, "a version")?;
    let set = Keys {
        iss: tenant.name().clone(),
        aud: AUDIENCE.to_owned(),
        iat: want.now.secs()?,
        version,
        root_version: Version::try_from(1)?,
        exp: want.now.plus_s(KEYS_LIFE_S).secs()?,
        keys: keys.try_into()?,
        void: void.try_into()?,
        card: Obj(want.card.clone()),
    };
    let bundle = want.root.bundle(THRESHOLD as usize, typ::KEYS, &set)?;
    append(conn, tenant, Kind::Keys, version.get(), &bundle, want.now).await?;
    Ok(true)
}

fn stands(old: &Keys, want: &Want<'_>, keys: &[Obj<latchkey_core::order::claims::OrderKey>]) -> bool {
    let hosts = |card: &Card| card.pay_hosts.to_vec();
    let missing = |host: &Text<64>| !old.card.pay_hosts.contains(host);
    old.version.get() >= want.above
        && Moment::from_secs(old.exp) >= want.now.plus_s(KEYS_LEFT_S)
        && !hosts(want.card).iter().any(missing)
        && *old.keys == *keys
        && want.void.iter().all(|kid| old.void.contains(kid))
}
