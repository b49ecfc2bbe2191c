//! What the owner said, and the answers that this operator may give.

use super::signs::Signs;
use super::view::{action, hidden, reason, utc};
use crate::auth::operator::Operator;
use crate::scopes::Scope;
use crate::store::claims::Said;
use latchkey_core::wire::ClaimKind;
use maud::{Markup, html};

fn kind(said: &Said) -> &'static str {
    match said.kind {
        ClaimKind::Paid => "I have paid",
        ClaimKind::Dispute => "This is a mistake",
        ClaimKind::Hardship => "I cannot pay now",
        ClaimKind::Return => "I want to give the phone back",
    }
}

/// Everything, oldest first.
pub(super) fn said(operator: &Operator, signs: &Signs) -> Markup {
    html! {
        @if !signs.claims.is_empty() {
            h2 { "What the owner said" }
            @for said in &signs.claims {
                section.slip {
                    p.strong { (kind(said)) @if let Some(no) = said.instalment { " · instalment " (no) } }
                    @if let Some(choice) = &said.choice { p { bdi { (choice) } } }
                    @if let Some(text) = &said.text { p { "“" bdi { (text) } "”" } }
                    p.quiet { "Said " (utc(said.said.ms())) }
                    @if let Some(outcome) = &said.outcome { p { "Ended: " (outcome.replace('_', " ")) } }
                    @else {
                        p.quiet { "Answer by " (utc(said.answer_by.ms())) }
                        @if operator.may(Scope::ClaimsResolve) { (answers(operator, signs, said)) }
                    }
                }
            }
        }
    }
}

/// The levels that a disputed lock can step down to.
fn lower(operator: &Operator, signs: &Signs, said: &Said) -> Vec<u8> {
    let lock = signs
        .lock
        .as_ref()
        .filter(|lock| said.instalment == Some(lock.instalment));
    match lock {
        Some(lock) if said.kind == ClaimKind::Dispute && operator.may(Scope::LocksWrite) => {
            (1..lock.level.get()).rev().collect()
        }
        Some(_) | None => Vec::new(),
    }
}

fn answers(operator: &Operator, signs: &Signs, said: &Said) -> Markup {
    let lower = lower(operator, signs, said);
    let buttons: &[(&str, &str)] = match said.kind {
        ClaimKind::Dispute => &[("accept", "The owner is right"), ("reject", "The owner is wrong")],
        ClaimKind::Return => &[
            ("accept", "Take it back: settles"),
            ("reject", "Do not take it back"),
        ],
        ClaimKind::Hardship => &[("reject", "No plan")],
        ClaimKind::Paid => &[("reject", "No payment was found")],
    };
    html! {
        @if said.kind == ClaimKind::Hardship && operator.may(Scope::TermsWrite) {
            p { a href="#plan" { "Agree on a plan" } }
        }
        @if said.kind == ClaimKind::Paid {
            p.quiet { "Has the money arrived? Book it, or lift the lock: both end this." }
        }
        form method="post" action=(action(signs, "answer")) {
            (hidden(operator, signs))
            input type="hidden" name="claim" value=(said.id);
            (reason(said.id.as_str()))
            div.pair {
                @for (n, (answer, words)) in buttons.iter().enumerate() {
                    button.primary[n == 0 && buttons.len() > 1] name="answer" value=(answer) { (words) }
                }
            }
            @if !lower.is_empty() {
                label for={ "level-" (said.id) } { "Or right in part: the same lock, at a lower level" }
                select id={ "level-" (said.id) } name="level" {
                    @for level in lower { option value=(level) { (level) ": " (does(level)) } }
                }
                button name="answer" value="step_down" { "Step down" }
            }
        }
    }
}

fn does(level: u8) -> &'static str {
    match level {
        1 => "reminds only",
        2 => "limits some apps",
        _ => "leaves the payment page alone",
    }
}
