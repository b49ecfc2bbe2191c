//! Webhooks by hand.

use super::jobs::Who;
use super::out::{Out, line};
use clap::Subcommand;
use latchkey_lender::LenderError;
use latchkey_lender::desk::{Desk, Event, Hook};
use serde_json::{Value, json};

#[derive(Subcommand)]
pub(crate) enum Webhook {
    /// Show every endpoint with its secret and key.
    List,
    /// Make an endpoint, or change one and switch it on again.
    Set {
        /// Where messages go; a public address, by HTTPS.
        url: String,
        /// The endpoint that is changed; default: a new one.
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Events: order.delivered, order.rejected, device.locked, device.released, device.settled, claim.opened,
        /// device.rollback_seen, device.lifted_unknown, device.provisional, breaker.tripped, audit.head.
        /// Default: all.
        #[arg(long, value_delimiter = ',')]
        events: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Take an endpoint away.
    Remove {
        /// The endpoint's id.
        id: String,
        #[command(flatten)]
        who: Who,
    },
    /// Give an endpoint a fresh secret. The old one signs beside it for a day.
    Rotate {
        /// The endpoint's id.
        id: String,
        #[command(flatten)]
        who: Who,
    },
    /// Send an endpoint a message about nothing.
    Test {
        /// The endpoint's id.
        id: String,
    },
    /// Show messages that nobody took.
    Dead,
    /// Send a message once more.
    Replay {
        /// The message's id.
        message: String,
    },
    /// Send what is due now. A running server does so by itself.
    Send,
}

pub(crate) async fn webhook(out: Out, desk: &Desk, webhook: Webhook) -> Result<(), LenderError> {
    match webhook {
        Webhook::List => {
            let hooks = desk.webhooks().await?;
            if out.json {
                line(&hooks.iter().map(object).collect::<Value>().to_string());
            } else {
                hooks.iter().for_each(|hook| tell(out, hook));
            }
        }
        Webhook::Set { url, id, events, who } => {
            let named = events.iter().map(|name| Event::named(name));
            let mut events = named.collect::<Result<Vec<_>, _>>()?;
            if events.is_empty() {
                events = Event::ALL.to_vec();
            }
            tell(
                out,
                &desk.set_webhook(id.as_deref(), &url, &events, &who.by()?).await?,
            );
        }
        Webhook::Remove { id, who } => {
            desk.remove_webhook(&id, &who.by()?).await?;
            out.told("The endpoint is gone.", &json!({"endpoint": id, "removed": true}));
        }
        Webhook::Rotate { id, who } => tell(out, &desk.rotate_webhook(&id, &who.by()?).await?),
        Webhook::Test { id } => {
            desk.test_webhook(&id).await?;
            out.told(
                "The message waits; `webhook send` sends what is due.",
                &json!({"endpoint": id}),
            );
        }
        Webhook::Dead => {
            let dead = desk.webhook_messages("dead", 500).await?.into_iter();
            let rows = dead.map(|sent| {
                [
                    json!(sent.message),
                    json!(sent.event),
                    json!(sent.endpoint),
                    json!(sent.answer),
                    json!(sent.tries),
                ]
            });
            out.table(
                ["message", "event", "endpoint", "answer", "tries"],
                rows.collect(),
            );
        }
        Webhook::Replay { message } => {
            desk.replay_webhook(&message).await?;
            out.told(
                "The message waits; `webhook send` sends what is due.",
                &json!({"message": message}),
            );
        }
        Webhook::Send => {
            desk.send_webhooks().await?;
            out.told("What was due is sent.", &json!({"done": true}));
        }
    }
    Ok(())
}

fn object(hook: &Hook) -> Value {
    json!({"endpoint": hook.id, "url": hook.url, "disabled": hook.disabled, "events": hook.events,
        "v1": hook.secret, "v1a": hook.public_key})
}

fn tell(out: Out, hook: &Hook) {
    if out.json {
        line(&object(hook).to_string());
        return;
    }
    let off = if hook.disabled { " switched off" } else { "" };
    line(&format!("{} {}{off}", hook.id, hook.url));
    line(&format!("  events  {}", hook.events.join(" ")));
    line(&format!("  v1      {}", hook.secret));
    line(&format!("  v1a     {}", hook.public_key));
}
