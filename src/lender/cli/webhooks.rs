//! Webhooks by hand.

use super::jobs::Who;
use clap::Subcommand;
use latchkey_lender::LenderError;
use latchkey_lender::desk::{Desk, Event, Hook};

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
        /// device.rollback_seen, breaker.tripped, audit.head. Default: all.
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

pub(crate) async fn webhook(desk: &Desk, webhook: Webhook) -> Result<(), LenderError> {
    match webhook {
        Webhook::List => desk.webhooks().await?.iter().for_each(tell),
        Webhook::Set { url, id, events, who } => {
            let named = events.iter().map(|name| Event::named(name));
            let mut events = named.collect::<Result<Vec<_>, _>>()?;
            if events.is_empty() {
                events = Event::ALL.to_vec();
            }
            tell(&desk.set_webhook(id.as_deref(), &url, &events, &who.by()?).await?);
        }
        Webhook::Remove { id, who } => desk.remove_webhook(&id, &who.by()?).await?,
        Webhook::Rotate { id, who } => tell(&desk.rotate_webhook(&id, &who.by()?).await?),
        Webhook::Test { id } => desk.test_webhook(&id).await?,
        Webhook::Dead => {
            for sent in desk.webhook_messages("dead", 500).await? {
                let answer = sent.answer.unwrap_or_default();
                println!(
                    "{} {} to {}: {answer} after {} tries",
                    sent.message, sent.event, sent.endpoint, sent.tries
                );
            }
        }
        Webhook::Replay { message } => desk.replay_webhook(&message).await?,
        Webhook::Send => desk.send_webhooks().await?,
    }
    Ok(())
}

fn tell(hook: &Hook) {
    let off = if hook.disabled { " switched off" } else { "" };
    println!("{} {}{off}", hook.id, hook.url);
    println!("  events  {}", hook.events.join(" "));
    println!("  v1      {}", hook.secret);
    println!("  v1a     {}", hook.public_key);
}
