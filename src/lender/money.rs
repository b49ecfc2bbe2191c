//! The sums of a contract: one function, so that terms, pay page and release never tell three stories.

use crate::error::LenderError;
use latchkey_core::agreement::Agreement;
use latchkey_core::order::values::{Day, Minor, No};
use latchkey_core::profile::Profile;

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
    /// Amount.
    pub minor: Minor,
    /// Paid of it.
    pub paid: Minor,
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
    /// Unlocks now.
    pub unlocks_now: Minor,
    /// Left in all.
    pub left: Minor,
    /// Agreed fees.
    pub fees: Minor,
    /// At most twelve instalments around the first open one.
    pub rows: Vec<Instalment>,
    /// The first instalment that is not due yet and open.
    pub next: Option<Instalment>,
}

/// Adds up a contract on a day. Instalments are in order of their numbers.
pub(crate) fn sums(instalments: &[Instalment], today: Day) -> Result<Sums, LenderError> {
    let add = |pick: fn(&Instalment) -> u64| instalments.iter().map(pick).sum::<u64>();
    let due_now = instalments
        .iter()
        .filter(|i| i.due <= today)
        .map(Instalment::open)
        .sum::<u64>();
    let first_open = instalments
        .iter()
        .position(|i| i.open() > 0)
        .unwrap_or(instalments.len());
    let start = first_open
        .saturating_sub(ROWS_BEFORE)
        .min(instalments.len().saturating_sub(ROWS));
    Ok(Sums {
        total: Minor::try_from(add(|i| i.minor.get()))?,
        paid: Minor::try_from(add(|i| i.paid.get()))?,
        due_now: Minor::try_from(due_now)?,
        unlocks_now: Minor::try_from(due_now)?,
        left: Minor::try_from(add(Instalment::open))?,
        fees: Minor::try_from(0)?,
        rows: instalments.iter().skip(start).take(ROWS).copied().collect(),
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

/// Spreads a payment over the open instalments, the oldest first.
pub(crate) fn spread(instalments: &[Instalment], amount: Minor) -> Result<Vec<Part>, LenderError> {
    let mut left = amount.get();
    let mut parts = Vec::new();
    for instalment in instalments.iter().filter(|i| i.open() > 0) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn instalment(no: u64, due: u64, minor: u64, paid: u64) -> Instalment {
        Instalment {
            no: no.try_into().unwrap(),
            due: due.try_into().unwrap(),
            minor: minor.try_into().unwrap(),
            paid: paid.try_into().unwrap(),
        }
    }

    fn story() -> Vec<Instalment> {
        (1..=12)
            .map(|k| {
                instalment(
                    k,
                    19_900 + 30 * (k - 1),
                    325_000,
                    if k <= 3 { 325_000 } else { 0 },
                )
            })
            .collect()
    }

    #[test]
    fn the_story_adds_up() {
        let sums = sums(&story(), 20_000.try_into().unwrap()).unwrap();
        assert_eq!(sums.total.get(), 3_900_000);
        assert_eq!(sums.paid.get(), 975_000);
        assert_eq!(sums.due_now.get(), 325_000);
        assert_eq!(sums.unlocks_now, sums.due_now);
        assert_eq!(sums.left.get(), 2_925_000);
        assert_eq!(sums.rows.len(), 12);
        assert_eq!(sums.next.unwrap().no.get(), 5);
    }

    #[test]
    fn long_contracts_show_twelve_rows_around_the_first_open_one() {
        let long: Vec<_> = (1..=40)
            .map(|k| instalment(k, 19_000 + 7 * k, 100, if k < 20 { 100 } else { 0 }))
            .collect();
        let sums = sums(&long, 19_140.try_into().unwrap()).unwrap();
        assert_eq!(sums.rows.len(), 12);
        assert_eq!(sums.rows[3].no.get(), 20);
        assert_eq!(sums.left.get(), 2_100);
    }

    #[test]
    fn a_payment_fills_the_oldest_instalment_first() {
        let parts = spread(&story(), 400_000.try_into().unwrap()).unwrap();
        let told: Vec<_> = parts
            .iter()
            .map(|p| (p.no.get(), p.minor.get(), p.clears))
            .collect();
        assert_eq!(told, [(4, 325_000, true), (5, 75_000, false)]);
    }

    #[test]
    fn nothing_is_spread_beyond_what_is_open() {
        let parts = spread(&[instalment(1, 19_000, 100, 40)], 500.try_into().unwrap()).unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].minor.get(), 60);
    }
}
