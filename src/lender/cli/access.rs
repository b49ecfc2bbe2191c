//! Clients of the API and the lenders of this house, by hand.

use super::jobs::Whoever;
use super::out::{Out, line};
use clap::{Args, Subcommand};
use latchkey_core::order::values::{Hotline, Text};
use latchkey_lender::clients::Clients;
use latchkey_lender::desk::{self, By};
use latchkey_lender::scopes::{Scope, Scopes};
use latchkey_lender::{CardText, LenderError};
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Client {
    /// Add a client with its public key. Prints the client's id.
    Add {
        /// Who it is.
        #[arg(long)]
        name: String,
        /// What it may ask for, once for each scope; if none is named, everything but settling, spoken codes,
        /// approvals and other clients.
        #[arg(long = "scope", value_name = "SCOPE", value_parser = one)]
        scopes: Vec<Scope>,
        /// File with its public Ed25519 key as a JWK.
        #[arg(long, value_name = "FILE")]
        jwk: PathBuf,
        #[command(flatten)]
        who: Whoever,
    },
    /// Add a key to a client, or retire one.
    Key {
        /// The client's id.
        client: String,
        /// File with another public Ed25519 key as a JWK.
        #[arg(
            long,
            value_name = "FILE",
            conflicts_with = "retire",
            required_unless_present = "retire"
        )]
        jwk: Option<PathBuf>,
        /// Thumbprint of a key that proves nothing from now on.
        #[arg(long, value_name = "THUMBPRINT")]
        retire: Option<String>,
        #[command(flatten)]
        who: Whoever,
    },
    /// End a client: its tokens and keys are worth nothing any more.
    Revoke {
        /// The client's id.
        client: String,
        #[command(flatten)]
        who: Whoever,
    },
    /// Show clients, their scopes and keys.
    List,
}

#[derive(Subcommand)]
pub(crate) enum Tenant {
    /// Add a lender to this house: it gets keys of its own.
    Add(Box<Card>),
    /// Show the lenders of this house.
    List,
}

#[derive(Args)]
pub(crate) struct Card {
    /// Its name in tokens: small letters, digits and dashes.
    tenant: String,
    /// Its name on the phone.
    #[arg(long)]
    name: String,
    /// Its postal address.
    #[arg(long)]
    address: String,
    /// Its licence number.
    #[arg(long)]
    licence: String,
    /// Its telephone line.
    #[arg(long)]
    hotline: String,
    /// When somebody answers it.
    #[arg(long, default_value = "Every day")]
    hours: String,
    /// Who gets the money, as the bank writes it; default: its name.
    #[arg(long)]
    payee: Option<String>,
    #[command(flatten)]
    who: Whoever,
}

fn one(word: &str) -> Result<Scope, String> {
    let known = Scope::ALL.iter().copied().find(|scope| scope.as_str() == word);
    known.ok_or_else(|| {
        let all: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        format!("no such scope; choose of {}", all.join(" "))
    })
}

pub(crate) async fn client(out: Out, clients: &Clients, client: Client) -> Result<(), LenderError> {
    match client {
        Client::Add {
            name,
            scopes,
            jwk,
            who,
        } => {
            let scopes = if scopes.is_empty() {
                Scopes::usual()
            } else {
                scopes.into_iter().collect()
            };
            let clients = clients.by(who.by()?);
            let id = clients.add(&Text::try_from(name)?, &scopes, &key(&jwk)?).await?;
            out.told(&id, &json!({"client": id}));
        }
        Client::Key {
            client,
            jwk: Some(jwk),
            who,
            ..
        } => {
            let thumbprint = clients.by(who.by()?).add_key(&client, &key(&jwk)?).await?;
            out.told(&thumbprint, &json!({"client": client, "key": thumbprint}));
        }
        Client::Key {
            client, retire, who, ..
        } => {
            let clients = clients.by(who.by()?);
            clients.retire_key(&client, &retire.unwrap_or_default()).await?;
            out.told("The key is retired.", &json!({"client": client, "retired": true}));
        }
        Client::Revoke { client, who } => {
            clients.by(who.by()?).revoke(&client).await?;
            out.told(
                "The client is ended.",
                &json!({"client": client, "revoked": true}),
            );
        }
        Client::List => {
            let listed = clients.list().await?;
            if out.json {
                let rows = listed.iter().map(|client| {
                    json!({"client": client.id, "name": client.name, "since_s": client.created_s,
                        "ended_s": client.revoked_s, "scopes": client.scopes.to_string(), "keys": client.keys})
                });
                line(&rows.collect::<serde_json::Value>().to_string());
                return Ok(());
            }
            for client in listed {
                let since = desk::utc(client.created_s);
                let ended = client
                    .revoked_s
                    .map_or(String::new(), |at| format!(", ended {}", desk::utc(at)));
                line(&format!("{} “{}” since {since}{ended}", client.id, client.name));
                line(&format!("  scopes {}", client.scopes));
                for key in client.keys {
                    line(&format!("  key    {key}"));
                }
            }
        }
    }
    Ok(())
}

fn key(path: &std::path::Path) -> Result<String, LenderError> {
    latchkey_lender::clients::read(path)
}

impl Card {
    /// Its name, what stands on its card, and who adds it.
    pub(crate) fn read(self) -> Result<(String, CardText, By), LenderError> {
        let card = CardText {
            payee: Text::try_from(self.payee.unwrap_or_else(|| self.name.clone()))?,
            name: Text::try_from(self.name)?,
            address: Text::try_from(self.address)?,
            licence: Text::try_from(self.licence)?,
            hotline: Hotline::try_from(self.hotline)?,
            hours: Text::try_from(self.hours)?,
        };
        Ok((self.tenant, card, self.who.by()?))
    }
}
