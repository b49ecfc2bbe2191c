//! The pages about locks as a whole.

use super::super::view::{document, reason, utc};
use super::{Jobs, News, OneJob, Switch};
use crate::auth::operator::Operator;
use crate::house::House;
use crate::jobs::JobState;
use crate::scopes::Scope;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

fn told(news: Option<&News>) -> Markup {
    html! {
        @match news {
            Some(News::Done(told)) => { section.slip.good role="status" { p.strong { (told) } } }
            Some(News::Not(why)) => { section.wait role="alert" { p { (why) } } }
            None => {}
        }
    }
}

/// On the page that one comes in by.
pub(super) fn hint(stopped: bool, wait: usize) -> Markup {
    html! {
        @if stopped || wait > 0 {
            section.wait {
                @if stopped { p.strong { "Locks are stopped." } }
                @if wait > 0 { p.strong { "Jobs that wait for a second person: " (wait) } }
                p.more { a href="/console/locks" { "To the locks" } }
            }
        }
    }
}

/// The switch, what waits, and every job.
pub(super) fn locks(
    house: &House,
    operator: &Operator,
    switch: Option<&Switch>,
    jobs: Option<&Jobs>,
    news: Option<&News>,
) -> Response {
    let main = html! {
        (told(news))
        h1 { "Locks" }
        @if let Some(switch) = switch { (stop(operator, switch)) }
        @if let Some(jobs) = jobs {
            h2 { "Waiting for a second person" }
            p.quiet { "Signed within the last hour: " (jobs.meter.0) ". So many pass in an hour: " (jobs.meter.1) ". The breaker holds the \
                others until there is room, until somebody else than who asked approves, or for 72 hours." }
            @if jobs.waiting.is_empty() { p { "Nothing waits." } }
            @for job in &jobs.waiting { (card(operator, job, true)) }
            h2 { "Jobs, newest first" }
            @if jobs.listed.is_empty() { p.quiet { "Nothing yet." } }
            @for job in &jobs.listed { (card(operator, job, false)) }
            @if let Some(next) = &jobs.next {
                p.more { a href={ "/console/locks?after=" (next) } { "Older ones" } }
            }
        }
    };
    document(StatusCode::OK, "Locks", Some((house, operator)), &main)
}

/// A form of this session: what it does, why it is wanted, and its button.
fn form(operator: &Operator, action: &str, id: &str, does: &Markup, button: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="token" value=(operator.form_token());
            (does)
            (reason(id))
            (button)
        }
    }
}

fn stop(operator: &Operator, switch: &Switch) -> Markup {
    html! {
        @if let Some(why) = &switch.stopped {
            section.wait {
                p.strong { "Locks are stopped." }
                p { bdi { (why) } }
                p { "Nothing new is signed, and no signed lock goes out. Releases, grace, payments and settlements go on." }
            }
            @if operator.may(Scope::LocksApprove) {
                details.slip { summary { "Let locks go on" }
                    (form(operator, "/console/locks/resume", "resume", &html! {
                        p { "What was kept back goes out at once." }
                    }, &html! { button.primary { "Let them go on" } }))
                }
            }
        } @else {
            section.slip { p.strong { "Locks are not stopped." } }
            @if operator.may(Scope::LocksWrite) {
                details.slip { summary { "Stop all locks" }
                    (form(operator, "/console/locks/stop", "stop", &html! {
                        p { "For all phones: nothing new is signed, and no signed lock goes out. What frees goes on." }
                    }, &html! { button.primary { "Stop them" } }))
                }
            }
        }
    }
}

/// A job in a list; with its forms where it waits.
fn card(operator: &Operator, job: &JobState, forms: bool) -> Markup {
    html! {
        section.slip {
            p.strong { bdi { (job.reason) } }
            p.quiet { "Asked for by " bdi { (job.creator) } ", " (utc(job.created_ms)) }
            (progress(job))
            p { @for (n, (name, count)) in counts(job).iter().filter(|(_, count)| *count > 0).enumerate() {
                @if n > 0 { " · " } (name) " " (count)
            } }
            @if job.cancelled { p.quiet { "Ended by hand." } }
            @if let Some(approver) = &job.approver { p.quiet { "Approved by " bdi { (approver) } } }
            p.more { a href={ "/console/jobs/" (job.id) } { "Look at its phones" } }
            @if forms { (acts(operator, job)) }
        }
    }
}

fn counts(job: &JobState) -> [(&'static str, i64); 4] {
    [
        ("Waiting", job.queued),
        ("Held by the breaker", job.held),
        ("Signed", job.issued),
        ("Refused", job.failed),
    ]
}

fn progress(job: &JobState) -> Markup {
    let ended = job.issued + job.failed;
    let all = ended + job.queued + job.held;
    html! { progress max=(all) value=(ended) aria-label={ (ended) " of " (all) " phones" } {} }
}

/// What this operator may do to a job that is not finished.
fn acts(operator: &Operator, job: &JobState) -> Markup {
    let action = |deed: &str| format!("/console/jobs/{}/{deed}", job.id);
    html! {
        @if operator.may(Scope::LocksApprove) && !job.finished() {
            @if job.held > 0 && job.approver.is_none() {
                details { summary { "Let it pass" }
                    (form(operator, &action("approve"), &format!("approve-{}", job.id), &html! {
                        p { "All its locks are signed at once, whatever the breaker says. The rule of each lock still counts." }
                    }, &html! { button.primary { "Let it pass" } }))
                }
            }
            details { summary { "End it" }
                (form(operator, &action("cancel"), &format!("cancel-{}", job.id), &html! {
                    p { "What is signed stays; nothing more is." }
                }, &html! { button { "End it" } }))
            }
        }
    }
}

/// One job and a part of its rows.
pub(super) fn job(house: &House, operator: &Operator, one: &OneJob, news: Option<&News>) -> Response {
    let state = &one.state;
    let phones = operator.may(Scope::DevicesRead);
    let refused = one
        .outcomes
        .iter()
        .filter(|(_, code, _)| !code.is_empty())
        .collect::<Vec<_>>();
    let main = html! {
        (told(news))
        h1 { "Job: " bdi { (state.reason) } }
        section.slip {
            (progress(state))
            dl {
                div { dt { "Asked for by" } dd { bdi { (state.creator) } } }
                div { dt { "When" } dd { (utc(state.created_ms)) } }
                @if let Some(approver) = &state.approver { div { dt { "Approved by" } dd { bdi { (approver) } } } }
                @if state.cancelled { div { dt { "Ended" } dd { "by hand" } } }
                @for (name, count) in counts(state) { div { dt { (name) } dd { (count) } } }
            }
            (acts(operator, state))
        }
        @if !refused.is_empty() {
            h2 { "Why they wait or were refused" }
            section.slip { dl {
                @for (_, code, count) in refused { div { dt { (code) } dd { (count) } } }
            } }
        }
        h2 #rows { "Phones" }
        div.wide tabindex="0" role="region" aria-labelledby="rows" { table.plain {
            thead { tr {
                th scope="col" { "No." } th scope="col" { "Phone" } th scope="col" { "State" }
            } }
            tbody { @for row in &one.rows {
                tr {
                    td { (row.no) }
                    td {
                        @if phones { a href={ "/console/phones/" (row.device) } { (number(&row.device)) } }
                        @else { (number(&row.device)) }
                    }
                    td {
                        (row.state)
                        @if let Some(code) = &row.code { ": " (code) }
                        @if let Some(lock) = row.lock_id { br; span.quiet { "lock " (lock) } }
                    }
                }
            } }
        } }
        @if let Some(next) = one.next {
            p.more { a href={ "/console/jobs/" (state.id) "?after=" (next) } { "Next phones" } }
        }
        p.more { a href="/console/locks" { "To the locks" } }
    };
    document(StatusCode::OK, "Job", Some((house, operator)), &main)
}

/// A phone's number, which may break in its middle.
fn number(device: &str) -> Markup {
    let (begins, ends) = device.split_at_checked(device.len() / 2).unwrap_or((device, ""));
    html! { bdi dir="ltr" { span.half { (begins) } wbr; span.half { (ends) } } }
}
