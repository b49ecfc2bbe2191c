//! What owners said, and the clerk's answers.

use super::Desk;
use crate::answer::{Answer, PlanText};
use crate::error::LenderError;
use crate::forget;
use crate::store::claims;
use latchkey_core::order::values::{Id, No};
use latchkey_core::wire::{ClaimKind, Delivery};

/// A message of the phone's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerClaim {
    /// Made on the phone; the answer names it.
    pub id: Id,
    /// Kind.
    pub kind: ClaimKind,
    /// Lock it is about, 0 = none.
    pub lock_id: i64,
    /// Instalment it is about.
    pub instalment: Option<No>,
    /// Choice of the page.
    pub choice: Option<String>,
    /// The owner's words.
    pub text: Option<String>,
    /// When it came, Unix seconds.
    pub said_s: u64,
    /// Until when it is answered, Unix seconds.
    pub answer_by_s: u64,
    /// How it ended: `accepted` `rejected` `lapsed` `plan` `paid` `booked` `error` `goodwill` `void`.
    pub outcome: Option<String>,
}

impl Desk {
    /// Everything that the owner said, oldest first. Disputes that nobody answered in time are ended first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn claims(&self) -> Result<Vec<OwnerClaim>, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        work.lapse_disputes(self.phone()?).await?;
        let all = claims::all(&mut work.tx, self.tenant(), self.phone()?).await?;
        work.tx.commit().await?;
        let told = all.into_iter().map(|said| OwnerClaim {
            id: said.id,
            kind: said.kind,
            lock_id: said.lock_id,
            instalment: said.instalment,
            choice: said.choice,
            text: said.text,
            said_s: said.said.unix_s(),
            answer_by_s: said.answer_by.unix_s(),
            outcome: said.outcome,
        });
        Ok(told.collect())
    }

    /// Forgets words of owners and signed requests that are older than 90 days. A running server does so each hour.
    ///
    /// # Errors
    /// The store refused.
    pub async fn forget(&self) -> Result<(), LenderError> {
        forget::old(&self.house, self.tenant()).await
    }

    /// Answers a claim; `None`: no order was needed. A dispute is accepted by a release with `why=error` and rejected by
    /// the same lock under the next number; a return is accepted by the settlement.
    ///
    /// # Errors
    /// `not_found`, `resolved`, `wrong_answer`, or what the order is refused for: outside human hours a rejection is
    /// `p_hours`, with the time from which it is allowed.
    pub async fn answer(&self, claim: &Id, answer: Answer) -> Result<Option<Delivery>, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let action = match &answer {
            Answer::Accept => "claim.accept",
            Answer::Reject => "claim.reject",
            Answer::StepDown(_) => "claim.step_down",
            Answer::Plan(_) => "claim.plan",
        };
        let lock = self.lock_before(&mut work).await?;
        let sent = work.answer(self.phone()?, claim, answer).await?;
        self.write(&mut work, action, lock).await?;
        work.tx.commit().await?;
        Ok(sent)
    }

    /// Sends an agreed plan. Order, instalments and terms change in one transaction; the phone lifts the lock of a
    /// replaced instalment, and no such instalment locks again.
    ///
    /// # Errors
    /// `settled`, `not_found`, `s_plan`, `nothing_owed`, `plan_sum`, `plan_days`.
    pub async fn plan(&self, text: &PlanText) -> Result<Delivery, LenderError> {
        let mut work = self.house.begin(self.tenant()).await?;
        let lock = self.lock_before(&mut work).await?;
        let sent = work.plan(self.phone()?, text).await?;
        self.write(&mut work, "order.plan", lock).await?;
        work.tx.commit().await?;
        Ok(sent)
    }
}
