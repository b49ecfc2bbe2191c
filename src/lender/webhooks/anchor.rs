//! The head of the audit's chain, told to other systems, so that a lender can keep it where nobody of this house writes:
//! whoever rewrites the whole chain afterwards does not find the same heads again.

use super::{Event, tell};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::store::audit::{self, Head};
use crate::store::{Turn, Tx, settings};
use crate::worker::Worker;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A head that changed is told so often, seconds.
const EVERY_S: i64 = 3_600;
/// So often somebody looks whether it is time.
const LOOK: Duration = Duration::from_secs(60);
/// Setting: place that was told last, and when.
const TOLD: &str = "audit_head_told";

/// Tells heads in time, until the server stops.
pub(crate) fn spawn(house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
    let worker = Worker {
        look: LOOK,
        bell: None,
        failed: "the audit's head waits",
        run: |house, tenant| Box::pin(async { in_time(house, tenant).await.map(|_| None) }),
    };
    worker.spawn(house)
}

/// Tells the head if it changed and an hour is over. Of several servers one tells it: the audit's turn decides.
pub(crate) async fn in_time(house: &House, tenant: &Tenant) -> Result<Option<Head>, LenderError> {
    let (mut tx, now) = (house.store.begin().await?, house.now());
    tx.turn(tenant, Turn::Audit).await?;
    let told = settings::get(&mut tx, tenant, TOLD).await?;
    let told = told.as_deref().and_then(|text| text.split_once(' '));
    let told = told.and_then(|(place, ms)| Some((place.parse::<i64>().ok()?, ms.parse::<i64>().ok()?)));
    let Some((place, ms)) = told else {
        // The first hour begins now.
        remember(&mut tx, tenant, 0, now).await?;
        tx.commit().await?;
        return Ok(None);
    };
    let head = audit::head(&mut tx, tenant).await?;
    match head {
        Some(head) if head.place != place && now >= Moment::from_ms(ms).plus_s(EVERY_S) => {
            say(&mut tx, tenant, &head, now).await?;
            tx.commit().await?;
            Ok(Some(head))
        }
        Some(_) | None => Ok(None),
    }
}

/// Tells the head now, in a transaction of the caller. `None` before the first row.
pub(crate) async fn by_hand(tx: &mut Tx, tenant: &Tenant, now: Moment) -> Result<Option<Head>, LenderError> {
    tx.turn(tenant, Turn::Audit).await?;
    let head = audit::head(tx, tenant).await?;
    if let Some(head) = &head {
        say(tx, tenant, head, now).await?;
    }
    Ok(head)
}

async fn say(tx: &mut Tx, tenant: &Tenant, head: &Head, now: Moment) -> Result<(), LenderError> {
    let ids = json!({"place": head.place, "hash": head.hash, "at": Moment::from_ms(head.at_ms).unix_s()});
    tell(tx, tenant, Event::AuditHead, ids, now).await?;
    remember(tx, tenant, head.place, now).await
}

async fn remember(tx: &mut Tx, tenant: &Tenant, place: i64, now: Moment) -> Result<(), LenderError> {
    settings::set(tx, tenant, TOLD, &format!("{place} {}", now.ms())).await
}
