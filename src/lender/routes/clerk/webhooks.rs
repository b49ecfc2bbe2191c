//! Webhooks: where a lender's other systems are told what happened.

use super::bulk::by;
use super::devices::count;
use super::shapes::*;
use super::{Answer, Asked, Change, Fault, Look};
use crate::house::Prepared;
use crate::jobs::By;
use crate::problem::Problem;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::Scope;
use crate::store::webhooks as outbox;
use crate::webhooks::{self, Event, Hook};
use axum::http::{Method, StatusCode};
use latchkey_core::order::values::Text;

const TAG: &str = "webhooks";
const JSON: &str = "application/json";
const MANAGE: Door = Door::Clerk(&[Scope::WebhooksManage]);

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "listWebhooks",
        path: "/v1/webhooks",
        tag: TAG,
        summary: "List webhooks.",
        door: MANAGE,
        answers: &[(200, "All of them.", Content::Json(schema::<WebhookList>))],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
    Operation {
        id: "createWebhook",
        method: &Method::POST,
        path: "/v1/webhooks",
        tag: TAG,
        summary: "Make a webhook.",
        text: "Messages are signed by Standard Webhooks, and hold ids only.",
        door: MANAGE,
        body: Some((JSON, schema::<WebhookAsk>)),
        answers: &[(
            201,
            "The webhook, with its secret.",
            Content::Json(schema::<WebhookView>),
        )],
        problems: &[(413, &["too_many_rows"]), (422, &["url_not_public"])],
        prepare: Some(|asked| Box::pin(leads_out(asked))),
        handler: Handler::Change(|change| Box::pin(create(change))),
        ..PLAIN
    },
    Operation {
        id: "changeWebhook",
        method: &Method::PUT,
        path: "/v1/webhooks/{webhook}",
        tag: TAG,
        summary: "Change a webhook, and switch it on again.",
        door: MANAGE,
        body: Some((JSON, schema::<WebhookAsk>)),
        answers: &[(200, "The webhook.", Content::Json(schema::<WebhookView>))],
        problems: &[(400, &["malformed"]), (422, &["url_not_public"])],
        prepare: Some(|asked| Box::pin(leads_out(asked))),
        handler: Handler::Change(|change| Box::pin(set(change))),
        ..PLAIN
    },
    Operation {
        id: "removeWebhook",
        method: &Method::DELETE,
        path: "/v1/webhooks/{webhook}",
        tag: TAG,
        summary: "Take a webhook away.",
        door: MANAGE,
        answers: &[(204, "It is told nothing any more.", Content::Nothing)],
        handler: Handler::Change(|change| Box::pin(remove(change))),
        ..PLAIN
    },
    Operation {
        id: "rotateWebhook",
        method: &Method::POST,
        path: "/v1/webhooks/{webhook}/rotate",
        tag: TAG,
        summary: "Make a fresh secret.",
        text: "The old one signs beside it for a day.",
        door: MANAGE,
        body: Some((JSON, schema::<ByAsk>)),
        answers: &[(
            200,
            "The webhook, with its secret.",
            Content::Json(schema::<WebhookView>),
        )],
        handler: Handler::Change(|change| Box::pin(rotate(change))),
        ..PLAIN
    },
    Operation {
        id: "testWebhook",
        method: &Method::POST,
        path: "/v1/webhooks/{webhook}/test",
        tag: TAG,
        summary: "Send a message about nothing.",
        door: MANAGE,
        answers: &[(204, "It is on its way.", Content::Nothing)],
        handler: Handler::Change(|change| Box::pin(test(change))),
        ..PLAIN
    },
    Operation {
        id: "deadMessages",
        path: "/v1/webhooks/{webhook}/dead",
        tag: TAG,
        summary: "List messages that a webhook did not take.",
        text: "Tried ten times, or the webhook was switched off. They are kept for 90 days.",
        door: MANAGE,
        answers: &[(200, "The newest of them.", Content::Json(schema::<DeadList>))],
        handler: Handler::Look(|look| Box::pin(dead(look))),
        ..PLAIN
    },
    Operation {
        id: "replayMessage",
        method: &Method::POST,
        path: "/v1/webhooks/{webhook}/replay",
        tag: TAG,
        summary: "Send a message once more.",
        text: "Under its old id, from the first try on, whatever became of it.",
        door: MANAGE,
        body: Some((JSON, schema::<ReplayAsk>)),
        answers: &[(204, "It is on its way.", Content::Nothing)],
        handler: Handler::Change(|change| Box::pin(replay(change))),
        ..PLAIN
    },
];

/// Dead messages that are told at once.
const MOST_DEAD: i64 = 500;

fn view(hook: Hook, secret: bool) -> WebhookView {
    WebhookView {
        webhook: hook.id,
        url: hook.url,
        events: hook.events,
        public_key: hook.public_key,
        secret: secret.then_some(hook.secret),
        disabled: hook.disabled,
    }
}

/// Where the URL leads is asked before the transaction, for it may take its time.
async fn leads_out(asked: &Asked<'_>) -> Result<Prepared, Fault> {
    if let Ok(id) = asked.part::<String>("webhook") {
        let mut conn = asked.house.store.read().await?;
        outbox::get(&mut conn, asked.tenant(), &id).await?;
    }
    let webhook: WebhookAsk = asked.json()?;
    asked.house.webhooks.resolve(&webhook.url).await?;
    Ok(Prepared::default())
}

fn events(asked: &WebhookAsk) -> Result<Vec<Event>, Problem> {
    let read = asked.events.iter().enumerate().map(|(n, name)| {
        Event::named(name).map_err(|_| {
            Problem::malformed()
                .at(format!("/events/{n}"))
                .next("There is no such event.")
        })
    });
    read.collect()
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let hooks = webhooks::all(look.asked.house, look.asked.tenant()).await?;
    Answer::ok(&WebhookList {
        webhooks: hooks.into_iter().map(|hook| view(hook, false)).collect(),
    })
}

async fn put(change: &mut Change<'_>, id: Option<&str>) -> Result<Hook, Fault> {
    let asked: WebhookAsk = change.asked.json()?;
    let events = events(&asked)?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let (tenant, house) = (change.asked.tenant(), change.asked.house);
    Ok(webhooks::put_in(&mut change.work.tx, house, tenant, id, (&asked.url, &events), &by).await?)
}

async fn create(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let hook = put(change, None).await?;
    Ok(Answer::new(StatusCode::CREATED, &view(hook, true))?.once("secret"))
}

async fn set(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("webhook")?;
    let hook = put(change, Some(&id)).await?;
    Answer::ok(&view(hook, false))
}

async fn remove(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("webhook")?;
    let by = By {
        operator: Text::try_from(change.asked.caller.client.clone())?,
        reason: Text::try_from("no longer needed".to_owned())?,
    };
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    webhooks::remove_in(&mut work.tx, tenant, &id, &by, now).await?;
    Answer::new(StatusCode::NO_CONTENT, &())
}

async fn rotate(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("webhook")?;
    let asked: ByAsk = change.asked.json()?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let (tenant, house) = (change.asked.tenant(), change.asked.house);
    let hook = webhooks::rotate_in(&mut change.work.tx, house, tenant, &id, &by).await?;
    Ok(Answer::ok(&view(hook, true))?.once("secret"))
}

async fn test(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("webhook")?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    webhooks::test_in(&mut work.tx, tenant, &id, now).await?;
    Answer::new(StatusCode::NO_CONTENT, &())
}

async fn dead(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let id: String = look.asked.part("webhook")?;
    let tenant = look.asked.tenant();
    outbox::get(look.conn, tenant, &id).await?;
    let messages = outbox::dead_of(look.conn, tenant, &id, MOST_DEAD).await?;
    Answer::ok(&DeadList {
        messages: messages
            .into_iter()
            .map(|sent| DeadView {
                message: sent.message,
                event: sent.event,
                tries: count(sent.tries),
                answer: sent.answer,
            })
            .collect(),
    })
}

async fn replay(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("webhook")?;
    let asked: ReplayAsk = change.asked.json()?;
    let (work, tenant) = (&mut change.work, change.asked.tenant());
    let now = work.now;
    webhooks::again_in(&mut work.tx, tenant, &id, asked.message.as_str(), now).await?;
    Answer::new(StatusCode::NO_CONTENT, &())
}
