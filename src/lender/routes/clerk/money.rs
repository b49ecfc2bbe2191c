//! What payment providers told: what was booked, and what waits for somebody to decide.

use super::devices::{count, cursor, limit, timed};
use super::shapes::*;
use super::{Answer, Fault, Look};
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::{overpaid, pages, provider_events as told};

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "listOverpaid",
        path: "/v1/overpaid",
        tag: "payments",
        summary: "List payments of which a part is owed back, whoever waits longest first.",
        text: "What went to no instalment, less what the provider gave back in parts. A payment that was taken back whole is not here.",
        door: Door::Clerk(&[Scope::DevicesRead]),
        query: Some(schema::<Page>),
        answers: &[(200, "A part of them.", Content::Json(schema::<OverpaidList>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(too_much(look))),
        ..PLAIN
    },
    Operation {
        id: "listProviderEvents",
        path: "/v1/provider-events",
        tag: "payments",
        summary: "List what payment providers told, newest first, and what became of it.",
        text: "Payments that nobody could place, and refunds of a part, change no sum by themselves: `open=true` lists them.",
        door: Door::Clerk(&[Scope::DevicesRead]),
        query: Some(schema::<ProviderEventPage>),
        answers: &[(
            200,
            "A part of what they told.",
            Content::Json(schema::<ProviderEventList>),
        )],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
];

async fn too_much(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let (ms, payment): (i64, String) = page
        .after
        .as_deref()
        .map_or(Ok((i64::MIN, String::new())), timed)?;
    let mut rows = overpaid::after(look.conn, look.asked.tenant(), (ms, &payment), limit + 1).await?;
    let last = pages::cut(&mut rows, limit);
    let next = last.map(|row| cursor(&[&row.paid_ms.to_string(), &row.payment]));
    let payments = rows.into_iter().map(|row| OverpaidView {
        payment: row.payment,
        contract: row.contract,
        device: row.device,
        provider: row.provider,
        reference: row.reference,
        minor: count(row.minor),
        back: count(row.back),
        paid_at: count(row.paid_ms / 1000),
    });
    Answer::ok(&OverpaidList {
        payments: payments.collect(),
        next,
    })
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: ProviderEventPage = look.asked.query()?;
    let limit = limit(page.limit)?;
    let (ms, message) = page
        .after
        .as_deref()
        .map_or(Ok((i64::MAX, String::new())), timed)?;
    let open = page.open.unwrap_or(false);
    let tenant = look.asked.tenant();
    let mut rows = told::before(look.conn, tenant, (ms, &message), open, limit + 1).await?;
    let last = pages::cut(&mut rows, limit);
    let next = last.map(|row| cursor(&[&row.told_ms.to_string(), &row.message]));
    let events = rows.into_iter().map(|row| ProviderEventView {
        message: row.message,
        provider: row.provider,
        kind: row.kind,
        reference: row.reference,
        about: row.about,
        minor: count(row.minor),
        cur: row.currency,
        outcome: row.outcome,
        told_at: count(row.told_ms / 1000),
    });
    Answer::ok(&ProviderEventList {
        events: events.collect(),
        next,
    })
}
