//! The console's pages. English, as the command line is; the words for a caller come from the hotline's files.

use super::plan::{self, Proposal};
use super::said;
use super::signs::Signs;
use crate::auth::operator::{NotIn, Operator};
use crate::clock::Moment;
use crate::date;
use crate::house::House;
use crate::page::{self, as_is, digits};
use crate::scopes::Scope;
use crate::words::Languages;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use latchkey_core::order::values::{DeviceId, Minor};
use maud::{DOCTYPE, Markup, html};
use std::sync::LazyLock;

const STYLE: &str = include_str!("console.css");

static POLICY: LazyLock<String> = LazyLock::new(|| page::policy(&[page::STYLE, STYLE]));

/// What happened, on top of a phone's page.
pub(super) enum News {
    /// It was done.
    Done(&'static str),
    /// Nothing was done, for this reason.
    Not(String),
    /// What to read out, and how often it was read before.
    Code(Vec<String>, usize),
    /// What a plan would be.
    Plan(Box<Proposal>),
}

/// What a word in the address says.
pub(super) fn done(word: &str) -> Option<News> {
    Some(News::Done(match word {
        "grace" => "The grace is on its way to the phone.",
        "release" => "The release is on its way to the phone.",
        "answer" => "The owner has your answer.",
        "plan" => "The plan is on its way to the phone.",
        "settle" => "The contract is settled. The phone is told, and nothing limits it any more.",
        _ => return None,
    }))
}

pub(super) fn document(
    status: StatusCode,
    title: &str,
    signed: Option<(&House, &Operator)>,
    main: &Markup,
) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Latchkey console" }
                style { (as_is(page::STYLE)) }
                style { (as_is(STYLE)) }
            }
            body.console {
                header {
                    @if signed.is_some_and(|(house, _)| house.plays()) {
                        p.sandbox { "Sandbox: no real money moves here." }
                    }
                    div.top {
                        a href="/console" { "Latchkey console" }
                        @if signed.is_some_and(|(_, operator)| {
                            operator.may(Scope::DevicesRead) || operator.may(Scope::LocksBulk)
                        }) { a href="/console/locks" { "Locks" } }
                        @if signed.is_some_and(|(_, operator)| operator.may(Scope::DevicesRead)) {
                            a href="/console/overpaid" { "Owed back" }
                        }
                        @if let Some((_, operator)) = signed {
                            form method="post" action="/console/sign-out" {
                                input type="hidden" name="token" value=(operator.form_token());
                                span.quiet { (operator.name) " · " (operator.tenant.as_str()) }
                                button { "Sign out" }
                            }
                        }
                    }
                }
                main { (main) }
            }
        }
    };
    let mut response = (status, page::headers(), page.into_string()).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    // Without a referrer browsers hide where a form comes from, too; forms of the console go nowhere else.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// Who are you?
pub(super) fn sign_in(status: StatusCode, wrong: Option<NotIn>) -> Response {
    let wrong = wrong.map(|wrong| match wrong {
        NotIn::Wrong => "Name or password is wrong. Blanks and small letters do not matter in the password.",
        NotIn::Often => "Too many tries under this name. Wait a quarter of an hour.",
    });
    let main = html! {
        h1 { "Sign in" }
        @if let Some(wrong) = wrong { section.wait role="alert" { p { (wrong) } } }
        form.slip method="post" action="/console/sign-in" {
            label for="operator" { "Name" }
            input #operator name="operator" autocomplete="username" autocapitalize="none" required maxlength="32";
            label for="password" { "Password" }
            input #password type="password" name="password" autocomplete="current-password" required maxlength="64";
            button.primary { "Sign in" }
        }
        p.quiet { "Whoever holds the store makes operators: latchkey-lender operator add NAME" }
    };
    document(status, "Sign in", None, &main)
}

/// A page that only says what happened and what to do.
pub(super) fn stopped(status: StatusCode, title: &str, next: &str) -> Response {
    let main = html! { h1 { (title) } p { (next) } p { a href="/console" { "To the search" } } };
    document(status, title, None, &main)
}

/// Find a phone; what was sought, and what was found.
pub(super) fn search(
    house: &House,
    operator: &Operator,
    hint: &Markup,
    found: Option<(&str, &[(DeviceId, String)])>,
) -> Response {
    let main = html! {
        (hint)
        h1 { "Find a phone" }
        form.slip method="get" action="/console/phones" {
            label for="q" { "Contract, or the first signs of the number that the phone shows" }
            input #q name="q" value=(found.map_or("", |(q, _)| q)) required maxlength="64";
            button.primary { "Find" }
        }
        @if let Some((_, found)) = found {
            @if found.is_empty() {
                section.wait role="alert" { p { "No phone has this. Type the whole contract, or at least four signs." } }
            }
            ul { @for (device, contract) in found {
                li { a href={ "/console/phones/" (device) } { (contract) " · " (digits(device.as_str())) } }
            } }
        }
        @if house.plays() { p.quiet { "Sandbox: its phone has the contract SANDBOX-1." } }
    };
    document(StatusCode::OK, "Find a phone", Some((house, operator)), &main)
}

/// One phone.
pub(super) fn phone(house: &House, operator: &Operator, signs: &Signs, news: Option<News>) -> Response {
    let title = format!("Contract {}", signs.contract.id);
    let words = house.languages.english();
    let proposal = match &news {
        Some(News::Plan(proposal)) => Some(&**proposal),
        Some(News::Done(_) | News::Not(_) | News::Code(..)) | None => None,
    };
    let main = html! {
        @match &news {
            Some(News::Done(told)) => { section.slip.good role="status" { p.strong { (told) } } }
            Some(News::Not(why)) => { section.wait role="alert" { p { (why) } } }
            Some(News::Code(script, before)) => { (read_out(script, *before)) }
            Some(News::Plan(_)) | None => {}
        }
        h1 { (title) }
        @if let Some(proposal) = proposal { (plan::preview(operator, signs, words, proposal)) }
        (state(signs))
        (said::said(operator, signs))
        (acts(house, operator, signs, proposal))
        (owed(words, signs))
        (due(signs))
        (payments(signs))
        (story(signs))
        @if operator.may(Scope::AuditRead) { (deeds(signs)) }
    };
    document(StatusCode::OK, &title, Some((house, operator)), &main)
}

fn read_out(script: &[String], before: usize) -> Markup {
    html! {
        section.slip.good role="status" {
            p.strong { "Say:" }
            @for (n, line) in script.iter().enumerate() {
                p dir="auto" class=[(n == 2).then_some("code")] { (line) }
            }
            @if before > 0 { p.quiet { "Read out before: " (before) ". A code works once." } }
        }
    }
}

pub(super) fn utc(ms: i64) -> String {
    date::http(Moment::from_ms(ms))
}

fn state(signs: &Signs) -> Markup {
    html! {
        section.slip {
            p.strong {
                @if signs.contract.settled { "Settled: nothing limits this phone any more." }
                @else if let Some(lock) = &signs.lock {
                    "Limited: lock " (lock.lock_id) ", level " (lock.level) ", instalment " (lock.instalment)
                } @else { "Not limited." }
            }
            dl {
                div { dt { "Phone" } dd { (digits(signs.device.as_str())) } }
                div { dt { "Checked in last" } dd { (signs.seen_ms.map_or_else(|| "never".to_owned(), utc)) } }
                div { dt { "Market" } dd { (signs.contract.read.market.as_str()) } }
            }
        }
    }
}

pub(super) fn action(signs: &Signs, deed: &str) -> String {
    format!("/console/phones/{}/{deed}", signs.device)
}

pub(super) fn hidden(operator: &Operator, signs: &Signs) -> Markup {
    html! {
        input type="hidden" name="token" value=(operator.form_token());
        input type="hidden" name="seen" value=(signs.seen());
    }
}

pub(super) fn reason(name: &str) -> Markup {
    reason_typed(name, "")
}

/// The same field, with what was typed before.
pub(super) fn reason_typed(name: &str, typed: &str) -> Markup {
    html! {
        label for={ "why-" (name) } { "Reason, for the audit" }
        input id={ "why-" (name) } name="reason" value=(typed) required maxlength="200" autocomplete="off";
    }
}

/// What this operator may do to it now.
fn acts(house: &House, operator: &Operator, signs: &Signs, proposal: Option<&Proposal>) -> Markup {
    let open = !signs.contract.settled;
    let limited = signs.lock.is_some() && open;
    let lifts = open && (limited || signs.tells_lock) && operator.may(Scope::ReleasesWrite);
    let plans = open && operator.may(Scope::TermsWrite) && signs.timeline.sums.left > Minor::MIN;
    let settles = open && operator.may(Scope::SettleWrite);
    let coded = signs.lock.as_ref().is_some_and(|lock| !lock.codes.is_empty());
    html! {
        @if limited || lifts || plans || settles { h2 { "Act" } }
        @if limited {
            @if operator.may(Scope::GraceWrite) {
                details.slip { summary { "Open it for some time" }
                    form method="post" action=(action(signs, "grace")) {
                        (hidden(operator, signs))
                        label for="hours" { "Hours, 1 to 72" }
                        input #hours name="hours" type="number" min="1" max="72" value="24" required;
                        (which(signs, "grace-lock"))
                        (reason("grace"))
                        button.primary { "Open it" }
                    }
                }
            }
        }
        @if lifts {
            details.slip { summary { "Lift the lock" }
                form method="post" action=(action(signs, "release")) {
                    (hidden(operator, signs))
                    label for="kind" { "Why; the phone shows it" }
                    select #kind name="why" {
                        option value="goodwill" { "Goodwill" }
                        option value="error" { "It was our mistake: the phone apologises" }
                    }
                    (reason("release"))
                    button.primary { "Lift it" }
                }
            }
        }
        @if limited {
            @if operator.may(Scope::CodesRead) && coded {
                details.slip { summary { "Read a code out" }
                    form method="post" action=(action(signs, "code")) {
                        (hidden(operator, signs))
                        label for="slot" { "The code that the phone asks for" }
                        select #slot name="slot" {
                            @for slot in 1..=3 { option value=(slot) { (slot) ": opens it for 3 days" } }
                            option value="4" { "4: ends the limit" }
                        }
                        (which(signs, "code-lock"))
                        (languages(&house.languages))
                        (reason("code"))
                        button.primary { "Show the code" }
                    }
                }
            }
        }
        @if plans { (plan::form(operator, signs, house.languages.english(), proposal)) }
        @if settles { (settle(operator, signs)) }
    }
}

/// Asks which lock, where the phone may be under one of several.
fn which(signs: &Signs, id: &str) -> Markup {
    html! {
        @if signs.standing.len() > 1 {
            label for=(id) { "The lock that the phone shows" }
            select id=(id) name="lock" {
                @for lock in &signs.standing { option value=(lock) { (lock) } }
            }
        }
    }
}

fn settle(operator: &Operator, signs: &Signs) -> Markup {
    html! {
        details.slip { summary { "Settle the contract" }
            form method="post" action=(action(signs, "settle")) {
                (hidden(operator, signs))
                p { "This ends the contract for good: nothing can limit the phone any more, whatever is left to pay." }
                label for="contract" { "Type its number, as it stands on top" }
                input #contract name="contract" required maxlength="64" autocomplete="off" autocapitalize="none";
                (reason("settle"))
                button.primary { "Settle it for good" }
            }
        }
    }
}

fn languages(languages: &Languages) -> Markup {
    html! {
        label for="language" { "The caller's language" }
        select #language name="language" {
            @for words in languages.all() { option value=(words.tag) lang=(words.tag) { (words.name) } }
        }
    }
}

fn owed(words: &crate::words::Words, signs: &Signs) -> Markup {
    let sums = &signs.timeline.sums;
    html! {
        h2 { "Money" }
        section.slip { dl {
            @for (name, minor) in [
                ("Due now", sums.due_now), ("Lifts the lock", sums.unlocks_now), ("Paid", sums.paid), ("Left", sums.left),
                ("In all", sums.total),
            ] { div { dt { (name) } dd { (digits(&signs.money(minor))) } } }
        } }
        h2 #instalments { "Instalments" }
        div.wide tabindex="0" role="region" aria-labelledby="instalments" { table.plain {
            thead { tr { th scope="col" { "No." } th scope="col" { "Due" } th scope="col" { "Amount" } } }
            tbody { @for i in &signs.timeline.instalments {
                tr {
                    td { (i.no) } td { (words.day(signs.contract.read.market.as_str(), i.due)) }
                    td.money {
                        (signs.money(i.minor))
                        @if i.paid > Minor::MIN { br; span.quiet { "paid " (signs.money(i.paid)) } }
                    }
                }
            } }
        } }
    }
}

/// What the lender owes to the owner, for as long as it is counted and afterwards.
fn due(signs: &Signs) -> Markup {
    let money = |minor: u64| digits(&signs.money(Minor::try_from(minor).unwrap_or(Minor::MIN)));
    html! {
        @if !signs.due.is_empty() {
            h2 { "Owed to the owner: locks that were wrong" }
            @for due in &signs.due {
                section.slip {
                    p.strong { (money(due.minor)) @if due.until_s.is_none() { ", and it goes on" } }
                    p { "Lock " (due.lock_id) " (" (due.cause) "): hours begun " (due.hours) ", each " (money(due.per_hour)) }
                    @if let Some(from) = due.from_s {
                        p.quiet { "From " (at(from)) @if let Some(until) = due.until_s { " to " (at(until)) } }
                    }
                }
            }
        }
    }
}

fn at(unix_s: u64) -> String {
    utc(i64::try_from(unix_s.saturating_mul(1000)).unwrap_or(i64::MAX))
}

fn payments(signs: &Signs) -> Markup {
    let money = |minor: i64| {
        let minor = u64::try_from(minor)
            .ok()
            .and_then(|minor| Minor::try_from(minor).ok());
        signs.money(minor.unwrap_or(Minor::MIN))
    };
    html! {
        h2 { "Payments, newest first" }
        @if signs.payments.is_empty() { p.quiet { "Nothing yet." } }
        @for paid in signs.payments.iter().rev() {
            section.slip {
                p.strong {
                    (digits(&money(paid.minor))) ": "
                    @if let Some(ms) = paid.reversed_ms { "taken back " (utc(ms)) }
                    @else if paid.refunded > 0 { (digits(&money(paid.refunded))) " given back: decide" }
                    @else { "booked" }
                }
                p.quiet { (utc(paid.paid_ms)) " · " bdi { (paid.provider) } }
            }
        }
    }
}

fn story(signs: &Signs) -> Markup {
    html! {
        h2 #orders { "Orders, newest first" }
        div.wide tabindex="0" role="region" aria-labelledby="orders" { table.plain {
            thead { tr { th scope="col" { "No." } th scope="col" { "Order" } th scope="col" { "Lock" } th scope="col" { "The phone said" } } }
            tbody { @for order in signs.orders.iter().rev() {
                tr {
                    td { (order.seq) } td { (word(&order.kind)) }
                    td { @if order.lock_id > 0 { (order.lock_id) } }
                    td { (order.receipt.as_deref().unwrap_or("nothing yet")) }
                }
            } }
        } }
    }
}

/// `lock` of `lk-lock+jwt`.
fn word(kind: &str) -> &str {
    kind.trim_start_matches("lk-").trim_end_matches("+jwt")
}

fn deeds(signs: &Signs) -> Markup {
    html! {
        h2 #deeds { "What operators did" }
        @if signs.deeds.is_empty() { p.quiet { "Nothing yet." } }
        @else { div.wide tabindex="0" role="region" aria-labelledby="deeds" { table.plain {
            thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Who" } th scope="col" { "Why" } } }
            tbody { @for row in signs.deeds.iter().rev() {
                tr { td { (utc(row.at_ms)) } td { (row.action) } td { (row.operator) } td { bdi { (row.reason) } } }
            } }
        } } }
    }
}
