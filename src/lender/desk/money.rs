//! What is owed and what was paid.

use super::Desk;
use crate::compensation::{self, Compensation};
use crate::error::LenderError;
use crate::payment;
use crate::store::payments::{self, Booked};
use crate::store::provider_events::{self, Heard};
use crate::store::{contracts, devices};
use crate::timeline;
use latchkey_core::order::values::{Currency, Day, Minor, No};
use latchkey_core::wire::Delivery;

/// What is owed: the numbers of terms and pay page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Currency.
    pub cur: Currency,
    /// Whole contract.
    pub total: Minor,
    /// Paid.
    pub paid: Minor,
    /// Due now.
    pub due_now: Minor,
    /// Unlocks now.
    pub unlocks_now: Minor,
    /// Left in all.
    pub left: Minor,
    /// Agreed fees inside what is due now.
    pub fees: Minor,
    /// Every instalment by due day: number, due day, amount, paid.
    pub rows: Vec<(No, Day, Minor, Minor)>,
}

impl Desk {
    /// What is owed now.
    ///
    /// # Errors
    /// The store refused.
    pub async fn owed(&self) -> Result<Owed, LenderError> {
        let (tenant, mut conn) = (self.tenant(), self.house.store.read().await?);
        let row = devices::get(&mut conn, tenant, self.phone()?).await?;
        let contract = contracts::get(&mut conn, tenant, &row.contract).await?;
        let timeline = timeline::of(&mut conn, tenant, &contract, self.house.now()).await?;
        let rows = timeline
            .instalments
            .iter()
            .map(|i| (i.no, i.due, i.minor, i.paid));
        Ok(Owed {
            cur: contract.read.cur,
            total: timeline.sums.total,
            paid: timeline.sums.paid,
            due_now: timeline.sums.due_now,
            unlocks_now: timeline.sums.unlocks_now,
            left: timeline.sums.left,
            fees: timeline.sums.fees,
            rows: rows.collect(),
        })
    }

    /// Every payment, oldest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn payments(&self) -> Result<Vec<Booked>, LenderError> {
        let (tenant, mut conn) = (self.tenant(), self.house.store.read().await?);
        let row = devices::get(&mut conn, tenant, self.phone()?).await?;
        payments::all(&mut conn, tenant, &row.contract).await
    }

    /// What the lender owes for locks that were wrong, where market or contract say so.
    ///
    /// # Errors
    /// The store refused.
    pub async fn compensations(&self) -> Result<Vec<Compensation>, LenderError> {
        let mut conn = self.house.store.read().await?;
        compensation::of(&mut conn, self.tenant(), self.phone()?, self.house.now()).await
    }

    /// What payment providers told by themselves, newest first, and what became of it.
    ///
    /// # Errors
    /// The store refused.
    pub async fn provider_events(&self, limit: i64) -> Result<Vec<Heard>, LenderError> {
        let mut conn = self.house.store.read().await?;
        provider_events::newest(&mut conn, self.tenant(), limit).await
    }

    /// The provider took a payment back: it is owed again, and fresh terms say so. The phone stays as it is; a new lock
    /// needs new notices and their time.
    ///
    /// # Errors
    /// `not_found`, `settled`.
    pub async fn charge_back(&self, payment: &str) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let sent = payment::charge_back(&mut work, self.phone()?, payment).await?;
        self.write(&mut work, "order.chargeback", None).await?;
        work.tx.commit().await?;
        Ok(sent)
    }
}
