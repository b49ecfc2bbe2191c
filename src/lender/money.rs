//! The money of a contract: instalments, agreed fees, plans, payments and payments taken back, added up in one place, so
//! that terms, pay page, codes and release never tell four stories. Pure; `timeline` reads the store.
//!
//! An instalment that a plan replaced keeps what was paid of it as its amount, so that `total = paid + left` always
//! holds, and a payment that is taken back later is owed again.

use crate::error::LenderError;
use latchkey_core::agreement::Agreement;
use latchkey_core::order::values::{Day, Minor, No, OutOfBounds};
use latchkey_core::profile::Profile;
use latchkey_core::refusal::Code;

/// Instalment numbers end here.
const LAST_NO: u64 = 9_999;
/// Terms carry at most so many rows.
const ROWS: usize = 12;
/// Paid rows shown before the first unpaid one.
const ROWS_BEFORE: usize = 3;

/// An instalment and what was paid of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instalment {
    /// Number.
    pub no: No,
    /// Due day in the agreement's zone.
    pub due: Day,
    /// Amount, agreed fee included.
    pub minor: Minor,
    /// The agreed fee in it.
    pub fee: Minor,
    /// Paid of it.
    pub paid: Minor,
    /// Whether a plan added it.
    pub planned: bool,
    /// Whether a plan replaced it: it can never lock again.
    pub replaced: bool,
}

impl Instalment {
    /// What is still open.
    pub(crate) fn open(&self) -> u64 {
        self.minor.get().saturating_sub(self.paid.get())
    }
}

/// The sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Whole contract.
    pub total: Minor,
    /// Paid.
    pub paid: Minor,
    /// Due now.
    pub due_now: Minor,
    /// Unlocks now: while a lock stands, what is open of its instalment, and no more than it still asks for; else
    /// everything that is due.
    pub unlocks_now: Minor,
    /// Left in all.
    pub left: Minor,
    /// Agreed fees inside what is due now; a fee is paid last.
    pub fees: Minor,
    /// At most twelve instalments around the first open one.
    pub rows: Vec<Instalment>,
    /// The first instalment that is not due yet and open.
    pub next: Option<Instalment>,
}

/// What a lock stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Behind {
    /// Its instalment.
    pub no: No,
    /// What it asked for, less what was paid of it since, minor units: a payment from before that is taken back under the
    /// lock is owed again, but the lock asks for no more than it says (protocol §2 *Amount*).
    pub asks: u64,
}

/// Adds up a contract on a day, while a lock stands. Instalments come by due day.
pub(crate) fn sums(
    instalments: &[Instalment],
    today: Day,
    behind: Option<Behind>,
) -> Result<Sums, LenderError> {
    let add = |pick: fn(&Instalment) -> u64| instalments.iter().map(pick).sum::<u64>();
    let due_now = instalments
        .iter()
        .filter(|i| i.due <= today)
        .map(Instalment::open)
        .sum::<u64>();
    let due = instalments.iter().filter(|i| i.due <= today);
    let fees = due.map(|i| i.fee.get().min(i.open())).sum::<u64>();
    let behind = behind.and_then(|lock| {
        let instalment = instalments.iter().find(|i| i.no == lock.no)?;
        Some(instalment.open().min(lock.asks))
    });
    // A plan leaves nothing of an instalment that it replaced: there is nothing to show.
    let shown: Vec<_> = instalments.iter().filter(|i| i.minor.get() > 0).collect();
    let first_open = shown.iter().position(|i| i.open() > 0).unwrap_or(shown.len());
    let start = first_open
        .saturating_sub(ROWS_BEFORE)
        .min(shown.len().saturating_sub(ROWS));
    Ok(Sums {
        total: Minor::try_from(add(|i| i.minor.get()))?,
        paid: Minor::try_from(add(|i| i.paid.get()))?,
        due_now: Minor::try_from(due_now)?,
        unlocks_now: Minor::try_from(behind.unwrap_or(due_now))?,
        left: Minor::try_from(add(Instalment::open))?,
        fees: Minor::try_from(fees)?,
        rows: shown.into_iter().skip(start).take(ROWS).copied().collect(),
        next: instalments
            .iter()
            .find(|i| i.due > today && i.open() > 0)
            .copied(),
    })
}

/// An amount as the agreement's market writes it, on terms, pay page and screen alike; the language never decides it.
pub(crate) fn write(agreement: &Agreement, amount: Minor) -> String {
    let profile = Profile::by_id(&agreement.market);
    let style = profile
        .map(|p| &p.money)
        .filter(|m| m.code == agreement.cur.as_str());
    match style {
        Some(style) => style.write(amount.get()),
        // No such market is compiled in: the plain number of minor units misleads nobody about its size.
        None => format!("{} {amount}/100", agreement.cur),
    }
}

/// A part of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Instalment.
    pub no: No,
    /// So much of it.
    pub minor: Minor,
    /// Whether it is paid in full now.
    pub clears: bool,
}

/// Spreads a payment over the open instalments: the locked one first, since its amount is what was asked for, then the
/// oldest.
pub(crate) fn spread(
    instalments: &[Instalment],
    amount: Minor,
    locked: Option<No>,
) -> Result<Vec<Part>, LenderError> {
    let mut left = amount.get();
    let mut parts = Vec::new();
    let first = instalments.iter().filter(|i| Some(i.no) == locked);
    let rest = instalments.iter().filter(|i| Some(i.no) != locked);
    for instalment in first.chain(rest).filter(|i| i.open() > 0) {
        if left == 0 {
            break;
        }
        let minor = left.min(instalment.open());
        left -= minor;
        parts.push(Part {
            no: instalment.no,
            minor: Minor::try_from(minor)?,
            clears: minor == instalment.open(),
        });
    }
    Ok(parts)
}

/// What a plan makes of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replanned {
    /// The replaced instalments, as they stand afterwards.
    pub replaced: Vec<Instalment>,
    /// The new ones, under numbers that were never used.
    pub added: Vec<Instalment>,
}

/// What a plan changes about the sum, agreed with the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Agreed {
    /// A fee for it; the new instalments contain it.
    pub fee: Minor,
    /// What is given up.
    pub forgiven: Minor,
}

/// Replaces open instalments by new ones, which ask for what is open and the agreed fee, less what is forgiven: to the
/// last minor unit, so that no slip of a key gives money away or takes it.
///
/// # Errors
/// `not_found`, `s_plan` for one that was replaced before, `nothing_owed`, `plan_sum`, `plan_days`.
pub(crate) fn replan(
    instalments: &[Instalment],
    replaces: &[No],
    schedule: &[(Day, Minor)],
    agreed: Agreed,
    today: Day,
) -> Result<Replanned, LenderError> {
    let mut replaced = Vec::new();
    let (mut open, mut carried) = (0, 0);
    for no in replaces {
        let old = instalments.iter().find(|i| i.no == *no);
        let old = old.ok_or(LenderError::NotFound("no such instalment"))?;
        if old.replaced {
            return Err(LenderError::Refused(Code::SPlan.into()));
        }
        if old.open() == 0 {
            return Err(LenderError::NothingOwed);
        }
        // A fee is paid last: what is open of it moves into the plan.
        let moved = old.fee.get().min(old.open());
        open += old.open();
        carried += moved;
        replaced.push(Instalment {
            minor: old.paid,
            fee: Minor::try_from(old.fee.get() - moved)?,
            replaced: true,
            ..*old
        });
    }
    let asked: u64 = schedule.iter().map(|row| row.1.get()).sum();
    let due = (open + agreed.fee.get()).saturating_sub(agreed.forgiven.get());
    if asked != due || schedule.iter().any(|row| row.1.get() == 0) {
        return Err(LenderError::PlanSum { asked, due });
    }
    if schedule.first().is_none_or(|row| row.0 < today) || schedule.windows(2).any(|w| w[0].0 >= w[1].0) {
        return Err(LenderError::PlanDays);
    }
    // What is forgiven is forgiven of the new fee first.
    let mut fees = (carried + asked.saturating_sub(open)).min(asked);
    let top = instalments
        .iter()
        .map(|i| u64::from(i.no.get()))
        .max()
        .unwrap_or(0);
    let mut added = Vec::new();
    for (n, (due, minor)) in (top + 1..=LAST_NO)
        .zip(schedule)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let fee = fees.min(minor.get());
        fees -= fee;
        added.push(Instalment {
            no: No::try_from(n)?,
            due: *due,
            minor: *minor,
            fee: Minor::try_from(fee)?,
            paid: Minor::MIN,
            planned: true,
            replaced: false,
        });
    }
    if added.len() != schedule.len() {
        return Err(LenderError::OutOfBounds(OutOfBounds(
            "instalment numbers are used up",
        )));
    }
    added.reverse();
    Ok(Replanned { replaced, added })
}

#[cfg(test)]
mod tests;
