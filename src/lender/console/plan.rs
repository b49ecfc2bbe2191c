//! A plan at the desk: somebody says which instalments, in how many parts and from when; the sums and days are made
//! here and looked at before anything is sent.

use super::signs::Signs;
use super::view::{action, hidden, reason_typed};
use crate::answer::{PlanRow, PlanText};
use crate::auth::operator::Operator;
use crate::date;
use crate::page::digits;
use crate::timeline::Timeline;
use crate::words::Words;
use latchkey_core::agreement::Agreement;
use latchkey_core::order::values::{Day, Minor, No};
use latchkey_core::profile::Profile;
use maud::{Markup, html};

/// A plan has at most so many rows.
const MOST: u64 = 12;
/// Days between the rows, and how it is said; 0 = a month.
const RHYTHMS: [(&str, u32, &str); 3] = [
    ("month", 0, "Every month"),
    ("fortnight", 14, "Every two weeks"),
    ("week", 7, "Every week"),
];

/// What somebody typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Instalments to replace.
    pub replaces: Vec<u64>,
    /// Into how many rows.
    pub parts: u64,
    /// Due day of the first row.
    pub first: String,
    /// One of the rhythms.
    pub every: String,
    /// Agreed fee as it is typed, may be empty.
    pub fee: String,
    /// What is given up, may be empty.
    pub forgiven: String,
}

/// What it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// What was typed.
    pub wish: Wish,
    /// The plan.
    pub text: PlanText,
    /// What is open of the instalments that it replaces.
    pub open: Minor,
    /// Why, for the audit.
    pub reason: String,
}

impl Proposal {
    /// Makes sums and days of a wish; whether the contract takes them is asked afterwards.
    ///
    /// # Errors
    /// What to do about it.
    pub(super) fn of(
        wish: &Wish,
        agreement: &Agreement,
        before: &Timeline,
    ) -> Result<Proposal, &'static str> {
        let meant = |no: &No| wish.replaces.contains(&u64::from(no.get()));
        let replaced: Vec<_> = before.instalments.iter().filter(|i| meant(&i.no)).collect();
        if replaced.is_empty() {
            return Err("Tick the instalments that the plan replaces. Nothing was done.");
        }
        if wish.parts == 0 || wish.parts > MOST {
            return Err("A plan has 1 to 12 parts. Nothing was done.");
        }
        let first =
            date::parse(&wish.first).ok_or("Say on which day the first part is due. Nothing was done.")?;
        let wrong = "An amount is a plain number, like 1083.50, or left out. Nothing was done.";
        let fee = amount(agreement, &wish.fee).ok_or(wrong)?;
        let forgiven = amount(agreement, &wish.forgiven).ok_or(wrong)?;
        let open: u64 = replaced.iter().map(|i| i.open()).sum();
        let asked = (open + fee.get()).saturating_sub(forgiven.get());
        if asked < wish.parts {
            return Err("Nothing would be left to pay: lift the lock or settle instead. Nothing was done.");
        }
        let too_far = "The last part would be due too late. Nothing was done.";
        let mut schedule = Vec::new();
        for (n, minor) in parts(asked, wish.parts, unit(agreement)).into_iter().enumerate() {
            schedule.push(PlanRow {
                due: due(first, &wish.every, u32::try_from(n).unwrap_or(0)).ok_or(too_far)?,
                minor: Minor::try_from(minor).map_err(|_| wrong)?,
            });
        }
        Ok(Proposal {
            wish: wish.clone(),
            text: PlanText {
                replaces: replaced.iter().map(|i| i.no).collect(),
                schedule,
                fee,
                forgiven,
            },
            open: Minor::try_from(open).map_err(|_| wrong)?,
            reason: String::new(),
        })
    }
}

/// Minor units of one whole unit of the market's money.
fn unit(agreement: &Agreement) -> u64 {
    let digits = Profile::by_id(&agreement.market).map_or(2, |profile| profile.money.iso_digits);
    10_u64.pow(u32::from(digits))
}

fn amount(agreement: &Agreement, text: &str) -> Option<Minor> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Minor::MIN);
    }
    let profile = Profile::by_id(&agreement.market)?;
    Minor::try_from(profile.money.read(text)?).ok()
}

/// Parts of whole units; the last one carries what does not divide.
fn parts(sum: u64, n: u64, unit: u64) -> Vec<u64> {
    let even = sum / n;
    let each = if even >= unit { even - even % unit } else { even };
    let mut parts: Vec<u64> = (1..n).map(|_| each).collect();
    parts.push(sum - each * (n - 1));
    parts
}

/// Due day of a row; a month that is too short ends it on its last day.
fn due(first: Day, every: &str, n: u32) -> Option<Day> {
    let days = RHYTHMS.iter().find(|(name, ..)| *name == every)?.1;
    if days > 0 {
        return Day::try_from(u64::from(first.get() + days * n)).ok();
    }
    let (year, month, day) = date::civil(u64::from(first.get()));
    let months = u64::try_from(month).ok()? - 1 + u64::from(n);
    let (year, month) = (year + months / 12, months % 12 + 1);
    let last = (28..=day.max(28)).rev();
    last.map(|last| last.min(day))
        .find_map(|day| date::parse(&format!("{year:04}-{month:02}-{day:02}")))
}

/// What the plan would be, with the button that sends it.
pub(super) fn preview(operator: &Operator, signs: &Signs, words: &Words, proposal: &Proposal) -> Markup {
    let (wish, text) = (&proposal.wish, &proposal.text);
    let market = signs.contract.read.market.as_str();
    let sum: u64 = text.schedule.iter().map(|row| row.minor.get()).sum();
    let sum = Minor::try_from(sum).unwrap_or(Minor::MIN);
    let lifts = signs
        .lock
        .as_ref()
        .is_some_and(|lock| text.replaces.contains(&lock.instalment));
    let replaced: Vec<String> = text.replaces.iter().map(No::to_string).collect();
    html! {
        section.slip role="status" {
            h2 #proposal { "Is this what was agreed? Nothing is sent yet." }
            dl {
                div { dt { "Replaces" } dd { "Instalment " (replaced.join(", ")) } }
                div { dt { "Open of it" } dd { (digits(&signs.money(proposal.open))) } }
                @if text.fee > Minor::MIN { div { dt { "Fee" } dd { "and " (digits(&signs.money(text.fee))) } } }
                @if text.forgiven > Minor::MIN {
                    div { dt { "Given up" } dd { "less " (digits(&signs.money(text.forgiven))) } }
                }
                div { dt { "To be paid" } dd.strong { (digits(&signs.money(sum))) } }
            }
            table.plain aria-labelledby="proposal" {
                thead { tr { th scope="col" { "Due" } th scope="col" { "Amount" } } }
                tbody { @for row in &text.schedule {
                    tr { td { (words.day(market, row.due)) } td.money { (digits(&signs.money(row.minor))) } }
                } }
            }
            @if lifts { p { "The lock is lifted: it stands for an instalment that this replaces." } }
            p.quiet { "What is replaced can never lock again." }
            form method="post" action=(action(signs, "plan")) {
                (hidden(operator, signs))
                @for no in &wish.replaces { input type="hidden" name="replaces" value=(no); }
                @for (name, value) in [
                    ("first", &wish.first), ("every", &wish.every), ("fee", &wish.fee), ("forgiven", &wish.forgiven),
                    ("reason", &proposal.reason),
                ] { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="parts" value=(wish.parts);
                div.pair {
                    button.primary name="sure" value="yes" { "Agreed: send it" }
                    a.button href="#plan" { "Change it" }
                }
            }
        }
    }
}

/// The form that asks for one.
pub(super) fn form(operator: &Operator, signs: &Signs, words: &Words, before: Option<&Proposal>) -> Markup {
    let market = signs.contract.read.market.as_str();
    let today = signs.today.map_or_else(String::new, date::iso);
    let blank = Wish {
        replaces: signs
            .lock
            .iter()
            .map(|lock| u64::from(lock.instalment.get()))
            .collect(),
        parts: 3,
        first: signs
            .today
            .and_then(|today| due(today, "month", 1))
            .map_or_else(String::new, date::iso),
        ..Wish::default()
    };
    let wish = before.map_or(&blank, |proposal| &proposal.wish);
    let open = signs
        .timeline
        .instalments
        .iter()
        .filter(|i| i.open() > 0 && !i.replaced);
    html! {
        details.slip open[before.is_some()] { summary { "Agree on a plan" }
            form #plan method="post" action=(action(signs, "plan")) {
                (hidden(operator, signs))
                fieldset {
                    legend { "Instalments that it replaces" }
                    @for i in open {
                        label.tick-box {
                            input type="checkbox" name="replaces" value=(i.no)
                                checked[wish.replaces.contains(&u64::from(i.no.get()))];
                            span { (i.no) " · " (words.day(market, i.due)) " · "
                                (digits(&signs.money(Minor::try_from(i.open()).unwrap_or(i.minor)))) }
                        }
                    }
                }
                label for="parts" { "In how many parts, 1 to 12" }
                input #parts name="parts" type="number" min="1" max=(MOST) value=(wish.parts) required;
                label for="first" { "First part due on" }
                input #first name="first" type="date" min=(today) value=(wish.first) required;
                label for="every" { "Then" }
                select #every name="every" {
                    @for (name, _, told) in RHYTHMS { option value=(name) selected[wish.every == name] { (told) } }
                }
                @for (name, label, value) in [
                    ("fee", "Agreed fee, like 10.50; may stay empty", &wish.fee),
                    ("forgiven", "Given up; may stay empty", &wish.forgiven),
                ] {
                    label for=(name) { (label) }
                    input id=(name) name=(name) value=(value) inputmode="decimal" maxlength="16" autocomplete="off"
                        pattern="[0-9]+([.][0-9]+)?" title="A plain number, like 1083.50";
                }
                (reason_typed("plan", before.map_or("", |proposal| &proposal.reason)))
                button.primary { "Look at it first" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_whole_units_and_lose_nothing() {
        assert_eq!(parts(325_000, 3, 100), [108_300, 108_300, 108_400]);
        assert_eq!(parts(5, 2, 100), [2, 3]);
        assert_eq!(parts(325_000, 1, 100), [325_000]);
        for (sum, n) in [(999_999, 7), (12, 12), (100_001, 12)] {
            assert_eq!(parts(sum, n, 100).iter().sum::<u64>(), sum);
        }
    }

    #[test]
    fn a_short_month_ends_a_row_on_its_last_day() {
        let first = date::parse("2027-01-31").unwrap();
        let day = |every, n| date::iso(due(first, every, n).unwrap());
        assert_eq!(
            [
                day("month", 0),
                day("month", 1),
                day("month", 2),
                day("month", 12)
            ],
            ["2027-01-31", "2027-02-28", "2027-03-31", "2028-01-31"]
        );
        assert_eq!(
            [day("week", 1), day("fortnight", 1)],
            ["2027-02-07", "2027-02-14"]
        );
        assert_eq!(due(first, "day", 1), None);
    }
}
