//! Webhooks: a lender's other systems are told what happened, by Standard Webhooks
//! (github.com/standard-webhooks/standard-webhooks, `spec/standard-webhooks.md`).
//!
//! A message is written in the transaction of its cause ([`tell`]) and sent afterwards, at least once, under one id. Its
//! body holds ids (and the audit's hash) only: whoever reads along learns nothing of a person. Order is not promised.

mod address;
pub(crate) mod anchor;
mod send;
pub(crate) mod standard;

pub use crate::store::webhooks::Sent;
pub(crate) use address::is_public;
pub(crate) use send::{Sender, run, spawn};

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::jobs::By;
use crate::store::webhooks::{self as outbox, Endpoint};
use crate::store::{Tx, audit};
use crate::{date, random};
use serde_json::{Value, json};
use standard::Keys;

/// A secret that was replaced signs beside the new one for so long, seconds.
const BOTH_S: i64 = 86_400;
/// Endpoints of one tenant.
const MOST_ENDPOINTS: usize = 16;

/// What a system can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A phone took an order.
    OrderDelivered,
    /// A phone refused an order.
    OrderRejected,
    /// A phone is locked.
    DeviceLocked,
    /// A phone's lock is lifted.
    DeviceReleased,
    /// A phone told that its contract is over.
    DeviceSettled,
    /// An owner said something that waits for an answer.
    ClaimOpened,
    /// A phone came back with an older record than it had.
    RollbackSeen,
    /// A phone told that a lock is lifted which nobody lifted.
    LiftedUnknown,
    /// A phone opened by itself, since nobody answered "I have paid" in time.
    Provisional,
    /// The mass-lock breaker holds rows of a job.
    BreakerTripped,
    /// The head of the audit's chain, each hour in which it changed.
    AuditHead,
    /// Nothing happened: somebody tries the endpoint out.
    Test,
}

impl Event {
    /// Every event that an endpoint can ask for.
    pub const ALL: [Event; 11] = [
        Event::OrderDelivered,
        Event::OrderRejected,
        Event::DeviceLocked,
        Event::DeviceReleased,
        Event::DeviceSettled,
        Event::ClaimOpened,
        Event::RollbackSeen,
        Event::LiftedUnknown,
        Event::Provisional,
        Event::BreakerTripped,
        Event::AuditHead,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Event::OrderDelivered => "order.delivered",
            Event::OrderRejected => "order.rejected",
            Event::DeviceLocked => "device.locked",
            Event::DeviceReleased => "device.released",
            Event::DeviceSettled => "device.settled",
            Event::ClaimOpened => "claim.opened",
            Event::RollbackSeen => "device.rollback_seen",
            Event::LiftedUnknown => "device.lifted_unknown",
            Event::Provisional => "device.provisional",
            Event::BreakerTripped => "breaker.tripped",
            Event::AuditHead => "audit.head",
            Event::Test => "webhook.test",
        }
    }

    /// The event of a name.
    ///
    /// # Errors
    /// `not_found`.
    pub fn named(name: &str) -> Result<Event, LenderError> {
        let found = Event::ALL.into_iter().find(|event| event.as_str() == name);
        found.ok_or(LenderError::NotFound(
            "no such event; `webhook set --help` names them",
        ))
    }
}

/// Tells every endpoint that asked for it, once the transaction is true. `ids` names what it is about.
pub(crate) async fn tell(
    tx: &mut Tx,
    tenant: &Tenant,
    event: Event,
    ids: Value,
    now: Moment,
) -> Result<(), LenderError> {
    let mut endpoints = outbox::all(tx, tenant).await?;
    endpoints.retain(|e| e.disabled_ms.is_none() && e.events.split(' ').any(|name| name == event.as_str()));
    write(tx, tenant, &endpoints, event, ids, now).await
}

async fn write(
    tx: &mut Tx,
    tenant: &Tenant,
    endpoints: &[Endpoint],
    event: Event,
    ids: Value,
    now: Moment,
) -> Result<(), LenderError> {
    if endpoints.is_empty() {
        return Ok(());
    }
    let message = format!("msg_{}", random::id()?);
    let body = json!({"type": event.as_str(), "timestamp": date::utc(now), "data": ids}).to_string();
    for endpoint in endpoints {
        let to = (message.as_str(), endpoint.endpoint.as_str(), event.as_str());
        outbox::insert(tx, tenant, to, &body, now).await?;
    }
    tx.wake_webhooks();
    Ok(())
}

/// An endpoint as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its id.
    pub id: String,
    /// Its URL.
    pub url: String,
    /// The events that it is told.
    pub events: Vec<String>,
    /// `whsec_…`: signs `v1`, HMAC-SHA-256.
    pub secret: String,
    /// `whpk_…`: the key that `v1a`, Ed25519, is checked with.
    pub public_key: String,
    /// Whether it was switched off, because it said that it is gone.
    pub disabled: bool,
}

fn hook(keys: &Keys, endpoint: Endpoint) -> Hook {
    Hook {
        secret: keys.secret(&endpoint.endpoint, endpoint.generation).as_text(),
        public_key: keys.public_key(),
        events: endpoint.events.split(' ').map(str::to_owned).collect(),
        disabled: endpoint.disabled_ms.is_some(),
        id: endpoint.endpoint,
        url: endpoint.url,
    }
}

/// Every endpoint.
pub(crate) async fn all(house: &House, tenant: &Tenant) -> Result<Vec<Hook>, LenderError> {
    let mut conn = house.store.read().await?;
    let found = outbox::all(&mut conn, tenant).await?;
    Ok(found
        .into_iter()
        .map(|endpoint| hook(&house.webhooks.keys, endpoint))
        .collect())
}

/// Makes an endpoint, or (`id`) changes one and switches it on again.
///
/// # Errors
/// `url_not_public`, `not_found`, `too_many_rows`.
pub(crate) async fn put(
    house: &House,
    tenant: &Tenant,
    id: Option<&str>,
    (url, events): (&str, &[Event]),
    by: &By,
) -> Result<Hook, LenderError> {
    house.webhooks.resolve(url).await?;
    let mut tx = house.store.begin().await?;
    let made = put_in(&mut tx, house, tenant, id, (url, events), by).await?;
    tx.commit().await?;
    Ok(made)
}

/// See [`put`], in a transaction of the caller, who looked where the URL leads.
pub(crate) async fn put_in(
    tx: &mut Tx,
    house: &House,
    tenant: &Tenant,
    id: Option<&str>,
    (url, events): (&str, &[Event]),
    by: &By,
) -> Result<Hook, LenderError> {
    let fresh = format!("ep_{}", random::id()?);
    let names: Vec<_> = events.iter().map(|event| event.as_str()).collect();
    let now = house.now();
    match id {
        Some(id) => drop(outbox::get(tx, tenant, id).await?),
        None if outbox::all(tx, tenant).await?.len() >= MOST_ENDPOINTS => {
            return Err(LenderError::TooManyRows(MOST_ENDPOINTS));
        }
        None => {}
    }
    let id = id.unwrap_or(&fresh);
    outbox::put(tx, tenant, (id, url, &names.join(" ")), now).await?;
    audit::note(tx, tenant, "webhook.set", by, id, now).await?;
    let made = outbox::get(tx, tenant, id).await?;
    Ok(hook(&house.webhooks.keys, made))
}

/// Takes an endpoint away.
///
/// # Errors
/// `not_found`.
pub(crate) async fn remove(house: &House, tenant: &Tenant, id: &str, by: &By) -> Result<(), LenderError> {
    let mut tx = house.store.begin().await?;
    remove_in(&mut tx, tenant, id, by, house.now()).await?;
    tx.commit().await
}

/// See [`remove`], in a transaction of the caller.
pub(crate) async fn remove_in(
    tx: &mut Tx,
    tenant: &Tenant,
    id: &str,
    by: &By,
    now: Moment,
) -> Result<(), LenderError> {
    outbox::get(tx, tenant, id).await?;
    outbox::remove(tx, tenant, id).await?;
    audit::note(tx, tenant, "webhook.remove", by, id, now).await
}

/// A fresh secret; the old one signs beside it for a day.
///
/// # Errors
/// `not_found`.
pub(crate) async fn rotate(house: &House, tenant: &Tenant, id: &str, by: &By) -> Result<Hook, LenderError> {
    let mut tx = house.store.begin().await?;
    let made = rotate_in(&mut tx, house, tenant, id, by).await?;
    tx.commit().await?;
    Ok(made)
}

/// See [`rotate`], in a transaction of the caller.
pub(crate) async fn rotate_in(
    tx: &mut Tx,
    house: &House,
    tenant: &Tenant,
    id: &str,
    by: &By,
) -> Result<Hook, LenderError> {
    let now = house.now();
    outbox::get(tx, tenant, id).await?;
    outbox::rotate(tx, tenant, id, now).await?;
    audit::note(tx, tenant, "webhook.rotate", by, id, now).await?;
    let made = outbox::get(tx, tenant, id).await?;
    Ok(hook(&house.webhooks.keys, made))
}

/// Sends an endpoint a message about nothing.
///
/// # Errors
/// `not_found`.
pub(crate) async fn test(house: &House, tenant: &Tenant, id: &str) -> Result<(), LenderError> {
    let mut tx = house.store.begin().await?;
    test_in(&mut tx, tenant, id, house.now()).await?;
    tx.commit().await
}

/// See [`test`], in a transaction of the caller.
pub(crate) async fn test_in(tx: &mut Tx, tenant: &Tenant, id: &str, now: Moment) -> Result<(), LenderError> {
    let endpoint = outbox::get(tx, tenant, id).await?;
    write(tx, tenant, &[endpoint], Event::Test, json!({}), now).await
}

/// Sends a message once more, whatever became of it.
///
/// # Errors
/// `not_found`.
pub(crate) async fn again(house: &House, tenant: &Tenant, message: &str) -> Result<(), LenderError> {
    let (mut tx, now) = (house.store.begin().await?, house.now());
    if outbox::again(&mut tx, tenant, message, now).await? == 0 {
        return Err(LenderError::NotFound(
            "no such message that was sent; `webhook dead` shows some",
        ));
    }
    tx.wake_webhooks();
    tx.commit().await
}

/// Sends a message to one endpoint once more, in a transaction of the caller.
///
/// # Errors
/// `not_found`.
pub(crate) async fn again_in(
    tx: &mut Tx,
    tenant: &Tenant,
    id: &str,
    message: &str,
    now: Moment,
) -> Result<(), LenderError> {
    outbox::get(tx, tenant, id).await?;
    if outbox::again_at(tx, tenant, id, message, now).await? == 0 {
        return Err(LenderError::NotFound(
            "no such message of this webhook that was sent",
        ));
    }
    tx.wake_webhooks();
    Ok(())
}

#[cfg(test)]
mod tests;
