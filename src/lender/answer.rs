//! Answers to owners: disputes, plans, and the return of a phone.

use crate::auth::Tenant;
use crate::compensation::Cause;
use crate::error::LenderError;
use crate::house::{House, Prepared, Work};
use crate::lock::{self, LockText};
use crate::money::{self, Agreed};
use crate::random;
use crate::store::claims::{self as said, Said};
use crate::store::{contracts, devices, int, orders};
use latchkey_core::order::claims::*;
use latchkey_core::order::values::*;
use latchkey_core::wire::{ClaimKind, Delivery};
use std::str::FromStr;

/// A clerk's answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The owner is right: a dispute releases with `why=error`, a return settles.
    Accept,
    /// The owner is wrong: a disputed lock is signed anew under the next number, and names the claim.
    Reject,
    /// A disputed lock is signed anew under the next number at a lower level, and names the claim.
    StepDown(Level),
    /// What the owner cannot pay is replaced by an agreed plan.
    Plan(PlanText),
}

/// A row of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// Due day.
    pub due: Day,
    /// Minor units.
    pub minor: Minor,
}

impl FromStr for PlanRow {
    type Err = &'static str;
    /// `2026-12-31=325000`: day and minor units.
    fn from_str(text: &str) -> Result<PlanRow, Self::Err> {
        let wrong = "a row is DAY=AMOUNT, like 2026-12-31=325000 (minor units)";
        let (day, minor) = text.split_once('=').ok_or(wrong)?;
        let minor: u64 = minor.parse().map_err(|_| wrong)?;
        Ok(PlanRow {
            due: crate::date::parse(day).ok_or(wrong)?,
            minor: Minor::try_from(minor).map_err(|_| wrong)?,
        })
    }
}

/// An agreed plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanText {
    /// Instalments that it replaces, for ever.
    pub replaces: Vec<No>,
    /// What is paid instead, by rising days.
    pub schedule: Vec<PlanRow>,
    /// Fee that was agreed for it, minor units; the rows contain it.
    pub fee: Minor,
    /// What the lender gives up, minor units.
    pub forgiven: Minor,
}

/// Hashes for the lock that an answer signs anew, before the transaction of the answer: one that is taken back tells its
/// number. What is refused is refused in the transaction itself.
pub(crate) async fn rehearse(
    house: &House,
    tenant: &Tenant,
    device: &DeviceId,
    claim: &Id,
    answer: Answer,
) -> Result<Prepared, LenderError> {
    if !matches!(answer, Answer::Reject | Answer::StepDown(_)) {
        return Ok(Prepared::default());
    }
    let mut work = house.begin(tenant).await?;
    let Some(codes) = work.rehearses() else {
        return Ok(Prepared::default());
    };
    let Ok(Some(sent)) = work.answer(device, claim, answer).await else {
        return Ok(Prepared::default());
    };
    drop(work);
    lock::prepared(codes, device.clone(), &sent).await
}

impl Work<'_> {
    /// An agreed plan: order, instalments and terms change together, and the lock of a replaced instalment is over.
    pub(crate) async fn plan(&mut self, device: &DeviceId, text: &PlanText) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        let before = self.timeline(&contract).await?;
        let schedule: Vec<_> = text.schedule.iter().map(|row| (row.due, row.minor)).collect();
        let today = self.now.day(contract.read.utc_offset_min)?;
        let agreed = Agreed {
            fee: text.fee,
            forgiven: text.forgiven,
        };
        let made = money::replan(&before.instalments, &text.replaces, &schedule, agreed, today)?;
        let plan_id = random::id()?;
        contracts::replan(&mut self.tx, self.tenant, &contract.id, plan_id.as_str(), &made).await?;
        let rows: Vec<_> = made.added.iter().map(|i| (i.no, i.due, i.minor)).collect();
        let order = Order::Plan(Plan {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: self.now.secs()?,
            plan_id,
            replaces: text.replaces.clone().try_into()?,
            cur: contract.read.cur.clone(),
            schedule: rows.try_into()?,
        });
        let sent = self.queue(device, &order).await?;
        // The phone lifts such a lock by the plan alone; here it counts as lifted too, once every one below it is over, and
        // none of them goes out any more.
        let mut locks = self.locks_standing(device).await?;
        locks.sort_unstable_by_key(|lock| lock.lock_id);
        let mut all_over = true;
        for lock in locks {
            if !text.replaces.contains(&lock.instalment) {
                all_over = false;
                continue;
            }
            let lock_id = int(lock.lock_id.get());
            orders::cancel_lock(&mut self.tx, self.tenant, device, lock_id).await?;
            if all_over {
                devices::released(&mut self.tx, self.tenant, device, lock_id).await?;
            }
        }
        self.end_claims(device, ClaimKind::Hardship, None, "plan").await?;
        self.end_claims(device, ClaimKind::Dispute, Some(&text.replaces), "plan")
            .await?;
        self.terms(device).await?;
        Ok(sent)
    }

    /// Answers a claim. `None`: no order was needed.
    pub(crate) async fn answer(
        &mut self,
        device: &DeviceId,
        claim: &Id,
        answer: Answer,
    ) -> Result<Option<Delivery>, LenderError> {
        self.hold(device).await?;
        let said = said::get(&mut self.tx, self.tenant, device, claim).await?;
        if said.outcome.is_some() {
            return Err(LenderError::Answered);
        }
        let outcome = match &answer {
            Answer::Accept => "accepted",
            Answer::Reject => "rejected",
            Answer::StepDown(_) => "stepped_down",
            Answer::Plan(_) => "plan",
        };
        let sent = match (said.kind, answer) {
            (ClaimKind::Dispute, Answer::Accept) => self.undo(device, &said).await?,
            (ClaimKind::Dispute, Answer::Reject) => self.stand_by(device, &said, None).await?,
            (ClaimKind::Dispute, Answer::StepDown(level)) => self.step_down(device, &said, level).await?,
            (ClaimKind::Dispute | ClaimKind::Hardship, Answer::Plan(text)) => {
                Some(self.plan(device, &text).await?)
            }
            (ClaimKind::Paid | ClaimKind::Hardship | ClaimKind::Return, Answer::StepDown(_)) => {
                return Err(LenderError::WrongAnswer("only a dispute steps a lock down"));
            }
            (ClaimKind::Paid | ClaimKind::Return, Answer::Plan(_)) => {
                return Err(LenderError::WrongAnswer("a plan answers a hardship or a dispute"));
            }
            (ClaimKind::Return, Answer::Accept) => Some(self.settle(device).await?),
            (ClaimKind::Hardship, Answer::Accept) => {
                return Err(LenderError::WrongAnswer(
                    "agree on a plan with `order plan`, or give time with `order grace`",
                ));
            }
            (ClaimKind::Paid, Answer::Accept) => {
                return Err(LenderError::WrongAnswer(
                    "book the payment, or lift the lock with `order release`",
                ));
            }
            (ClaimKind::Paid | ClaimKind::Hardship | ClaimKind::Return, Answer::Reject) => None,
        };
        self.end(device, &said, outcome).await?;
        if let (ClaimKind::Dispute, Some(no)) = (said.kind, said.instalment) {
            // One answer is enough for everything that was said about the same instalment.
            self.end_claims(device, ClaimKind::Dispute, Some(&[no]), outcome)
                .await?;
        }
        Ok(sent)
    }

    async fn end(&mut self, device: &DeviceId, said: &Said, outcome: &str) -> Result<(), LenderError> {
        said::end(&mut self.tx, self.tenant, device, &said.id, outcome, self.now).await
    }

    /// The lock that a claim is about: by the instalment that it names, or by the lock's number. The one on the phone
    /// comes before one on its way.
    async fn disputed(&mut self, device: &DeviceId, said: &Said) -> Result<Option<Lock>, LenderError> {
        let mut about = said.instalment;
        if about.is_none() {
            // An escalation has another number and the same instalment.
            let ever: Vec<Lock> = self.ever(device, typ::LOCK).await?;
            let named = ever.iter().find(|lock| int(lock.lock_id.get()) == said.lock_id);
            about = named.map(|lock| lock.instalment);
        }
        let locks = self.locks_standing(device).await?;
        Ok(locks
            .into_iter()
            .find(|lock| about == Some(lock.instalment) || int(lock.lock_id.get()) == said.lock_id))
    }

    /// Ends the disputes that name no instalment and a lock up to this number: it is over.
    pub(crate) async fn end_disputes_of(
        &mut self,
        device: &DeviceId,
        through: i64,
        word: &str,
    ) -> Result<(), LenderError> {
        for said in said::all(&mut self.tx, self.tenant, device).await? {
            let names = said.instalment.is_none() && (1..=through).contains(&said.lock_id);
            if said.kind == ClaimKind::Dispute && names {
                self.end(device, &said, word).await?;
            }
        }
        Ok(())
    }

    /// The owner is right.
    async fn undo(&mut self, device: &DeviceId, said: &Said) -> Result<Option<Delivery>, LenderError> {
        let Some(lock) = self.disputed(device, said).await? else {
            return Ok(None);
        };
        self.wrong(device, &lock, Cause::Dispute, Some(&said.id), None)
            .await?;
        // Before the release, which ends what is still open under its own word.
        self.end(device, said, "accepted").await?;
        self.lift(device, Why::Error, Vec::new(), None).await.map(Some)
    }

    /// The owner is wrong: the same lock, once more proven, under the next number (protocol §1 *Dispute*); at another
    /// level if one is named.
    async fn stand_by(
        &mut self,
        device: &DeviceId,
        said: &Said,
        level: Option<Level>,
    ) -> Result<Option<Delivery>, LenderError> {
        let Some(lock) = self.disputed(device, said).await? else {
            return Ok(None);
        };
        let text = LockText {
            level: level.unwrap_or(lock.level),
            instalment: lock.instalment,
            answers: Some(said.id.clone()),
            refs: lock.refs.to_vec(),
        };
        self.lock(device, &text).await.map(Some)
    }

    /// The owner is right in part: the same lock at a lower level.
    async fn step_down(
        &mut self,
        device: &DeviceId,
        said: &Said,
        level: Level,
    ) -> Result<Option<Delivery>, LenderError> {
        match self.disputed(device, said).await? {
            Some(lock) if level < lock.level => self.stand_by(device, said, Some(level)).await,
            Some(_) => Err(LenderError::WrongAnswer(
                "name a lower level than the lock in force has",
            )),
            None => Err(LenderError::WrongAnswer(
                "no lock for this instalment is in force",
            )),
        }
    }

    /// Releases what was disputed and not answered in time, with `why=error`: nobody has to remember it (OWN-12).
    pub(crate) async fn lapse_disputes(&mut self, device: &DeviceId) -> Result<(), LenderError> {
        self.hold(device).await?;
        for said in said::overdue(&mut self.tx, self.tenant, device, self.now).await? {
            let lock = self.disputed(device, &said).await?;
            self.end(device, &said, "lapsed").await?;
            if let Some(lock) = lock {
                self.wrong(device, &lock, Cause::Lapsed, Some(&said.id), None)
                    .await?;
                self.lift(device, Why::Error, Vec::new(), None).await?;
            }
        }
        Ok(())
    }
}
