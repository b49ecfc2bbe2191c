//! What an operator does to a phone: checked, done and written down in one transaction.

use super::{Stop, may};
use crate::answer::{Answer, rehearse};
use crate::auth::operator::Operator;
use crate::desk::{Ask, ReadOut, prepare_code};
use crate::error::LenderError;
use crate::house::{House, Prepared, Work};
use crate::scopes::Scope;
use crate::store::audit::{self, Deed};
use crate::store::{bounded, claims, orders};
use latchkey_core::order::claims::Why;
use latchkey_core::order::values::{DeviceId, GraceSecs, Id, LockId, Slot, Text};
use latchkey_core::wire::ClaimKind;
use serde::Deserialize;

/// Every field of every form; each deed reads its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// Proof that a page of this session sent it.
    pub token: String,
    /// The last order that the page showed.
    pub seen: i64,
    /// Why.
    pub reason: String,
    /// Of a grace.
    pub hours: u64,
    /// Of a release: `goodwill` or `error`.
    pub why: String,
    /// Which message is answered.
    pub claim: String,
    /// `accept` or `reject`.
    pub answer: String,
    /// Which code is read out.
    pub slot: u64,
    /// In which language.
    pub language: String,
}

/// What came of it.
pub(super) enum Outcome {
    /// Done; the page says so by this word.
    Done(&'static str),
    /// A code to be read out, now and never again from here.
    Code(ReadOut),
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
        _ => return Err(Stop::Nothing),
    };
    match outcome {
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
        let lock = self.lock().await?;
        self.work.grace(self.device, dur_s).await?;
        self.write("grace", lock).await?;
        Ok(Outcome::Done("grace"))
    }

    async fn release(mut self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::ReleasesWrite)?;
        let (why, action) = match form.why.as_str() {
            "error" => (Why::Error, "release.error"),
            _ => (Why::Goodwill, "release.goodwill"),
        };
        let lock = self.lock().await?;
        if lock.is_none() {
            return Err(LenderError::NotFound("no lock in force").into());
        }
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
            _ => return Err(LenderError::WrongAnswer("accept or reject").into()),
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

    async fn code(self, form: &Form) -> Result<Outcome, Fault> {
        self.may(Scope::CodesRead)?;
        let ask = Ask {
            lock_id: None,
            slot: Slot::try_from(form.slot)?,
            operator: Text::try_from(self.operator.name.clone())?,
            reason: self.reason.clone(),
        };
        Ok(Outcome::Code(self.work.read_code(self.device, &ask).await?))
    }
}
