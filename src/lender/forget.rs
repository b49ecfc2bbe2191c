//! What nobody needs for ever: words of owners and signed requests are forgotten after 90 days. That something was said, and how
//! it ended, stays; that something was done stands in the audit, with the hash of the signature.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::house::House;
use crate::store::{claims, idempotency};
use crate::worker::Worker;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Kept so long, days.
const KEPT_DAYS: i64 = 90;
/// So often somebody looks.
const LOOK: Duration = Duration::from_secs(3_600);

/// Forgets what is old, until the server stops.
pub(crate) fn spawn(house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
    let worker = Worker {
        look: LOOK,
        bell: None,
        failed: "what is old stays for now",
        run: |house, tenant| Box::pin(async { old(house, tenant).await.map(|()| None) }),
    };
    worker.spawn(house)
}

/// Forgets what is old now.
pub(crate) async fn old(house: &House, tenant: &Tenant) -> Result<(), LenderError> {
    let before = house.now().plus_s(-KEPT_DAYS * 86_400);
    let mut tx = house.store.begin().await?;
    claims::forget_words(&mut tx, tenant, before).await?;
    idempotency::forget_signed(&mut tx, tenant, before).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::idempotency::{Evidence, keep, signed};
    use crate::trial::{Lender, T};

    #[tokio::test]
    async fn signed_requests_are_kept_for_ninety_days() {
        for lender in Lender::at(T, true).await {
            let house = lender.house();
            let evidence = Evidence {
                request: "r-1",
                client: "client-1",
                operation: "giveGrace",
                base: "base",
                signature: "signature",
                status: 202,
            };
            let mut tx = house.store.begin().await.unwrap();
            keep(&mut tx, &house.tenant, &evidence, house.now())
                .await
                .unwrap();
            tx.commit().await.unwrap();
            for (days, kept) in [(90, 1), (1, 0)] {
                lender.later(days * 86_400);
                old(&house, &house.tenant).await.unwrap();
                let mut conn = house.store.read().await.unwrap();
                assert_eq!(signed(&mut conn, &house.tenant).await.unwrap(), kept);
            }
        }
    }
}
