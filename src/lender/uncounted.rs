//! A lock that stands on the phone and does not count here: this server was restored from a backup and does not know it, or
//! took it for over. No payment, code or claim would end it, so it is lifted by its number at the check-in that tells of it.

use crate::error::LenderError;
use crate::house::Work;
use crate::store::orders::Fate;
use crate::store::{contracts, devices, int, orders, trust};
use latchkey_core::order::claims::{Why, typ};
use latchkey_core::order::values::DeviceId;
use latchkey_core::wire::CheckIn;

impl Work<'_> {
    /// Queues the release of such a lock, if nothing that lifts it is on its way. While a lock of ours is meant to hold, an
    /// unknown number is no lock: the phone's answer to ours tells.
    pub(crate) async fn lift_uncounted(
        &mut self,
        device: &DeviceId,
        told: &CheckIn,
    ) -> Result<(), LenderError> {
        let (tenant, lock_id) = (self.tenant, int(told.lock_id.get()));
        if lock_id == 0 {
            return Ok(());
        }
        let row = devices::get(&mut self.tx, tenant, device).await?;
        // A phone that is far ahead is followed step by step.
        let ahead = lock_id >= row.next_lock_id;
        if ahead || !self.uncounted(device, lock_id, row.released_through).await? {
            return Ok(());
        }
        if contracts::get(&mut self.tx, tenant, &row.contract).await?.settled
            || self.lifts_it(device, lock_id, told.keys_version).await?
        {
            return Ok(());
        }
        self.end_disputes_of(device, lock_id, "error").await?;
        devices::released(&mut self.tx, tenant, device, lock_id).await?;
        self.queue_release(device, (lock_id, Why::Error), Vec::new(), None)
            .await?;
        Ok(())
    }

    async fn uncounted(
        &mut self,
        device: &DeviceId,
        lock_id: i64,
        released_through: i64,
    ) -> Result<bool, LenderError> {
        if lock_id <= released_through {
            return Ok(true);
        }
        let ever = orders::ever_of_kind(&mut self.tx, self.tenant, device, typ::LOCK).await?;
        let known = ever.iter().any(|lock| lock.lock_id == lock_id);
        Ok(!known && self.lock_outstanding(device).await?.is_none())
    }

    /// Whether something that lifts it was sent: a release, a plan, or a key set whose void keys end it.
    async fn lifts_it(
        &mut self,
        device: &DeviceId,
        lock_id: i64,
        keys_version: u32,
    ) -> Result<bool, LenderError> {
        let tenant = self.tenant;
        let releases = orders::of_kind(&mut self.tx, tenant, device, typ::RELEASE).await?;
        let plans = orders::of_kind(&mut self.tx, tenant, device, typ::PLAN).await?;
        let ours = trust::keys_version(&mut self.tx, tenant).await?;
        Ok(releases.iter().any(|release| release.lock_id >= lock_id)
            || plans.iter().any(|plan| plan.fate() == Fate::Open)
            || i64::from(keys_version) < ours)
    }
}
