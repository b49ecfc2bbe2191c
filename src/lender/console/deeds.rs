//! What an operator does to a phone: checked, done and written down in one transaction.

use super::plan::{Proposal, Wish};
use super::{Stop, may};
use crate::answer::{Answer, rehearse};
use crate::auth::operator::Operator;
use crate::desk::{Ask, ReadOut, prepare_code};
use crate::error::LenderError;
use crate::house::{House, Prepared, Work};
use crate::orders::claims as read_claims;
use crate::scopes::Scope;
use crate::store::audit::{self, Deed};
use crate::store::{bounded, claims, orders};
use latchkey_core::order::claims::{Grace, Why};
use latchkey_core::order::values::{DeviceId, GraceSecs, Id, Level, LockId, Slot, Text};
use latchkey_core::wire::ClaimKind;

/// Every field of every form; each deed reads its own.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// Proof that a page of this session sent it.
    pub token: String,
    /// The last order that the page showed.
    pub seen: i64,
    /// Why.
    pub reason: String,
    /// Of a grace.
    pub hours: u64,
    /// Which lock the phone shows, 0 = not said.
    pub lock: u64,
    /// Of a release: `goodwill` or `error`.
    pub why: String,
    /// Which message is answered.
    pub claim: String,
    /// `accept`, `reject` or `step_down`.
    pub answer: String,
    /// The lower level of a step down.
    pub level: u64,
    /// Which code is read out.
    pub slot: u64,
    /// In which language.
    pub language: String,
    /// The contract that ends, typed once more.
    pub contract: String,
    /// Of a plan.
    pub plan: Wish,
    /// `yes`: the plan was looked at.
    pub sure: bool,
}

impl Form {
    /// The lock that was named; `None`: none was.
    fn named(&self) -> Result<Option<LockId>, LenderError> {
        let named = (self.lock > 0).then_some(self.lock);
        Ok(named.map(LockId::try_from).transpose()?)
    }
}

impl From<Vec<(String, String)>> for Form {
    /// Takes what was sent field by field: a box that is ticked several times comes several times.
    fn from(fields: Vec<(String, String)>) -> Form {
        let mut form = Form::default();
        for (name, value) in fields {
            let number = value.parse().unwrap_or(0);
            match name.as_str() {
                "token" => form.token = value,
                "seen" => form.seen = value.parse().unwrap_or(-1),
                "reason" => form.reason = value,
                "hours" => form.hours = number,
                "lock" => form.lock = number,
                "why" => form.why = value,
                "claim" => form.claim = value,
                "answer" => form.answer = value,
                "level" => form.level = number,
                "slot" => form.slot = number,
                "language" => form.language = value,
                "contract" => form.contract = value,
                "replaces" => form.plan.replaces.push(number),
                "parts" => form.plan.parts = number,
                "first" => form.plan.first = value,
                "every" => form.plan.every = value,
                "fee" => form.plan.fee = value,
                "forgiven" => form.plan.forgiven = value,
                "sure" => form.sure = value == "yes",
                _ => {}
            }
        }
        form
    }
}

/// What came of it.
pub(super) enum Outcome {
    /// Done; the page says so by this word.
    Done(&'static str),
    /// A code to be read out, now and never again from here.
    Code(ReadOut),
    /// What a plan would be; nothing was done yet.
    Plan(Box<Proposal>),
    /// Nothing was done, for this reason.
    Not(String),
}

/// Does it.
pub(super) async fn act(
    house: &House,
    operator: &Operator,
    device: &DeviceId,
    deed: &str,
    form: &Form,
) -> Result<Outcome, Stop> {
    let Ok(reason) = Text::<200>::try_from(form.reason.trim().to_owned()) else {
        return Ok(Outcome::Not(
            "Say why, in 1 to 200 characters. Nothing was done.".to_owned(),
        ));
    };
    let prepared = match (deed, Slot::try_from(form.slot)) {
        ("code", Ok(slot)) if operator.may(Scope::CodesRead) => {
            prepare_code(house, &operator.tenant, device, slot).await?
        }
        ("answer", _) if form.answer == "reject" && operator.may(Scope::LocksWrite) => {
            match Id::try_from(form.claim.clone()) {
                Ok(claim) => rehearse(house, &operator.tenant, device, &claim, Answer::Reject).await?,
                Err(_) => Prepared::default(),
            }
        }
        _ => Prepared::default(),
    };
    let mut work = house.begin(&operator.tenant).await?;
    work.prepared = prepared;
    work.hold(device).await?;
    // Reading a code sends nothing, so pressing twice may read it twice; the audit tells.
    let last = orders::after(&mut work.tx, &operator.tenant, device, 0, i64::MAX).await?;
    if deed != "code" && last.last().map_or(0, |order| order.seq) != form.seen {
        return Ok(Outcome::Not(
            "Something was sent to this phone since you opened this page. Look at it, then press again."
                .to_owned(),
        ));
    }
    let does = Does {
        work: &mut work,
        operator,
        device,
        reason: &reason,
    };
    let outcome = match deed {
        "grace" => does.grace(form).await,
        "release" => does.release(form).await,
        "answer" => does.answer(form).await,
        "code" => does.code(form).await,
        "plan" => does.plan(form).await,
        "settle" => does.settle(form).await,
        _ => return Err(Stop::Nothing),
    };
    match outcome {
        // Made to see whether it can be, and dropped.
        Ok(outcome @ (Outcome::Plan(_) | Outcome::Not(_))) => Ok(outcome),
        Ok(outcome) => {
            work.tx.commit().await?;
            Ok(outcome)
        }
        // Dropped without a commit, nothing of it happened.
        Err(Fault::Stop(stop)) => Err(stop),
        Err(Fault::Lender(error)) => match error.code() {
            "store" | "damaged" | "no_memory" | "random" | "no_key" | "file" => {
                Err(Stop::Broken(Box::new(error.into())))
            }
            _ => Ok(Outcome::Not(format!("Nothing was done: {error}."))),
        },
    }
}

enum Fault {
    Stop(Stop),
    Lender(LenderError),
}

impl From<LenderError> for Fault {
    fn from(error: LenderError) -> Fault {
        Fault::Lender(error)
    }
}

impl From<latchkey_core::order::values::OutOfBounds> for Fault {
    fn from(error: latchkey_core::order::values::OutOfBounds) -> Fault {
        Fault::Lender(error.into())
    }
}

/// Somebody does something to a phone for a reason.
struct Does<'a, 'h> {
    work: &'a mut Work<'h>,
    operator: &'a Operator,
    device: &'a DeviceId,
    reason: &'a Text<200>,
}

impl Does<'_, '_> {
    fn may(&self, scope: Scope) -> Result<(), Fault> {
        may(self.operator, scope).map_err(Fault::Stop)
    }

    /// The lock in force, before the deed changes it.
    async fn lock(&mut self) -> Result<Option<LockId>, LenderError> {
        let lock = self.work.lock_outstanding(self.device).await?;
        lock.map(|lock| bounded(lock.lock_id, "a lock number"))
            .transpose()
    }

    /// Last of all: the audit's turn comes after every other.
    async fn write(&mut self, action: &str, lock_id: Option<LockId>) -> Result<(), LenderError> {
        let deed = Deed {
            action,
            operator: &self.operator.name,
            reason: self.reason.as_str(),
            device: Some(self.device),
            lock_id,
            slot: None,
        };
        audit::write(&mut self.work.tx, &self.operator.tenant, &deed, self.work.now).await
    }

    async fn grace(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::GraceWrite)?;
        let dur_s = GraceSecs::try_from(form.hours.saturating_mul(3_600))?;
        let sent = self.work.grace(self.device, form.named()?, dur_s).await?;
        let lock = read_claims::<Grace>(&sent.jws)?.lock_id;
        self.write("grace", Some(lock)).await?;
        Ok(Outcome::Done("grace"))
    }

    async fn release(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::ReleasesWrite)?;
        let (why, action) = match form.why.as_str() {
            "error" => (Why::Error, "release.error"),
            _ => (Why::Goodwill, "release.goodwill"),
        };
        // The phone may hold one that does not count here: what frees needs none.
        let lock = self.lock().await?;
        self.work.release(self.device, why, Vec::new(), None).await?;
        self.write(action, lock).await?;
        Ok(Outcome::Done("release"))
    }

    /// An answer that sends an order needs that order's scope too, as it does over the API.
    async fn answer(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::ClaimsResolve)?;
        let claim = Id::try_from(form.claim.clone())?;
        let said = claims::get(&mut self.work.tx, &self.operator.tenant, self.device, &claim).await?;
        let (answer, action) = match form.answer.as_str() {
            "accept" => (Answer::Accept, "claim.accept"),
            "reject" => (Answer::Reject, "claim.reject"),
            "step_down" => (Answer::StepDown(Level::try_from(form.level)?), "claim.step_down"),
            _ => return Err(LenderError::WrongAnswer("accept, reject or step_down").into()),
        };
        match (said.kind, &answer) {
            (ClaimKind::Dispute, Answer::Accept) => self.may(Scope::ReleasesWrite)?,
            (ClaimKind::Dispute, _) => self.may(Scope::LocksWrite)?,
            (ClaimKind::Return, Answer::Accept) => self.may(Scope::SettleWrite)?,
            (ClaimKind::Paid | ClaimKind::Hardship | ClaimKind::Return, _) => {}
        }
        let lock = self.lock().await?;
        self.work.answer(self.device, &claim, answer).await?;
        self.write(action, lock).await?;
        Ok(Outcome::Done("answer"))
    }

    /// Looked at first: the sums and days are made here, and nothing is sent before somebody agreed to just these.
    async fn plan(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::TermsWrite)?;
        let contract = self.work.open_contract(self.device).await?;
        let before = self.work.timeline(&contract).await?;
        let proposal = match Proposal::of(&form.plan, &contract.read, &before) {
            Ok(proposal) => proposal,
            Err(why) => return Ok(Outcome::Not(why.to_owned())),
        };
        let lock = self.lock().await?;
        self.work.plan(self.device, &proposal.text).await?;
        if !form.sure {
            let reason = self.reason.as_str().to_owned();
            return Ok(Outcome::Plan(Box::new(Proposal { reason, ..proposal })));
        }
        self.write("plan", lock).await?;
        Ok(Outcome::Done("plan"))
    }

    /// There is no way back from it: the contract is named once more.
    async fn settle(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::SettleWrite)?;
        let contract = self.work.open_contract(self.device).await?;
        if form.contract.trim() != contract.id {
            return Ok(Outcome::Not(
                "Type the contract's number as it stands on top. Nothing was done.".to_owned(),
            ));
        }
        let lock = self.lock().await?;
        self.work.settle(self.device).await?;
        self.write("settle", lock).await?;
        Ok(Outcome::Done("settle"))
    }

    async fn code(self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::CodesRead)?;
        let ask = Ask {
            lock_id: form.named()?,
            slot: Slot::try_from(form.slot)?,
            operator: Text::try_from(self.operator.name.clone())?,
            reason: self.reason.clone(),
        };
        Ok(Outcome::Code(self.work.read_code(self.device, &ask).await?))
    }
}
