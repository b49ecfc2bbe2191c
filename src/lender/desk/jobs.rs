//! Locks in bulk, the breaker's approval, and the switch that stops all locks.

use super::Desk;
use crate::error::LenderError;
use crate::jobs;
use crate::lock::Reference;
use latchkey_core::order::values::{Level, No, Text};
use latchkey_core::wire::Delivery;

/// Who stands behind a single lock that nobody signed for.
const DESK: &str = "desk";

pub use crate::jobs::{By, JobState, LockRow, RowState, rows_of};

impl Desk {
    /// Keeps a single lock that the breaker holds.
    pub(super) async fn held(
        &self,
        level: Level,
        instalment: No,
        refs: Vec<Reference>,
    ) -> Result<Delivery, LenderError> {
        let by = match &self.by {
            Some(by) => by.clone(),
            None => By {
                operator: Text::try_from(DESK.to_owned())?,
                reason: Text::try_from("a single lock above the breaker's rate".to_owned())?,
            },
        };
        let row = LockRow {
            device: self.phone()?.clone(),
            level,
            instalment,
            refs,
        };
        let job = jobs::hold_one(&self.house, self.tenant(), &by, &row).await?;
        Err(LenderError::Held(job.id))
    }

    /// Makes a job: up to 10,000 phones, each judged like a single lock.
    ///
    /// # Errors
    /// `no_rows`, `too_many_rows`.
    pub async fn make_job(&self, rows: &[LockRow], by: &By) -> Result<String, LenderError> {
        jobs::create(&self.house, self.tenant(), by, rows).await
    }

    /// How far a job is.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn job(&self, id: &str) -> Result<JobState, LenderError> {
        let mut conn = self.house.store.read().await?;
        jobs::state(&mut conn, self.tenant(), id).await
    }

    /// Every job, newest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn jobs(&self) -> Result<Vec<JobState>, LenderError> {
        let mut conn = self.house.store.read().await?;
        jobs::all(&mut conn, self.tenant()).await
    }

    /// Rows of a job after a place, at most `limit`, each with what became of it.
    ///
    /// # Errors
    /// The store refused.
    pub async fn job_rows(&self, id: &str, after: i64, limit: i64) -> Result<Vec<RowState>, LenderError> {
        let mut conn = self.house.store.read().await?;
        crate::store::jobs::rows(&mut conn, self.tenant(), id, after, limit).await
    }

    /// Lets a job pass the breaker: another person than the one who made it.
    ///
    /// # Errors
    /// `not_found`, `same_person`, `finished`.
    pub async fn approve_job(&self, id: &str, by: &By) -> Result<JobState, LenderError> {
        jobs::approve(&self.house, self.tenant(), id, by).await
    }

    /// Ends a job; what is issued stays.
    ///
    /// # Errors
    /// `not_found`, `finished`.
    pub async fn cancel_job(&self, id: &str, by: &By) -> Result<JobState, LenderError> {
        jobs::cancel(&self.house, self.tenant(), id, by).await
    }

    /// Stops all new locks, or lets them go on. Nothing that frees is ever stopped.
    ///
    /// # Errors
    /// The store refused.
    pub async fn stop_locks(&self, on: bool, by: &By) -> Result<(), LenderError> {
        jobs::stop(&self.house, self.tenant(), on, by).await
    }

    /// Works on the rows that are due now, for a store whose server is not running.
    ///
    /// # Errors
    /// The store refused.
    pub async fn run_jobs(&self) -> Result<(), LenderError> {
        jobs::run(&self.house, self.tenant()).await.map(|_| ())
    }
}
