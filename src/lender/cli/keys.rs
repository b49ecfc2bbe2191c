//! The order keys, by hand.

use super::access::Card;
use super::jobs::Who;
use super::out::{Out, array, line};
use clap::{Args, Subcommand, ValueEnum};
use latchkey_core::order::claims::Role;
use latchkey_core::order::values::Kid;
use latchkey_lender::desk::{self, Desk, KeyLine};
use latchkey_lender::{LenderError, live};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Make the key files of a store before its first start. Files that are there stay as they are.
    Init,
    /// Begin a lender that is no sandbox, in an empty folder: its keys, its card, the secret of its payment provider. Then
    /// `serve --live`.
    InitLive(Box<InitLive>),
    /// Show the keys in use, what they sign, and what phones were told of them.
    Show,
    /// Put fresh keys in the place of the old ones. Phones take them with the next key set; nothing that stands changes.
    Rotate {
        /// What the old keys sign; default: all roles.
        #[arg(long = "role", value_enum)]
        roles: Vec<Signs>,
        #[command(flatten)]
        who: Who,
    },
    /// Withdraw a key for ever, because somebody else may have it. Phones lift what it signed; what was right is signed anew.
    Void {
        /// What it signs.
        #[arg(value_enum)]
        role: Signs,
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Args)]
pub(crate) struct InitLive {
    #[command(flatten)]
    card: Card,
    /// File with the secret that the payment provider signs its webhooks with, whsec_….
    #[arg(long, value_name = "FILE")]
    provider_secret: PathBuf,
}

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Signs {
    /// Locks.
    Lock,
    /// Notices, terms and plans.
    Terms,
    /// Releases.
    Release,
    /// Grace; the sandbox's key of releases signs it too.
    Grace,
    /// Settlements.
    Settle,
    /// Statuses and times.
    Status,
}

impl Signs {
    const fn role(self) -> Role {
        match self {
            Signs::Lock => Role::Lock,
            Signs::Terms => Role::Terms,
            Signs::Release => Role::Release,
            Signs::Grace => Role::Grace,
            Signs::Settle => Role::Settle,
            Signs::Status => Role::Status,
        }
    }
}

const KEY: [&str; 3] = ["kid", "signs", "public key"];

fn rows(keys: &[KeyLine]) -> Vec<[Value; 3]> {
    let row = |key: &KeyLine| [json!(key.kid.as_str()), json!(key.roles), json!(key.x)];
    keys.iter().map(row).collect()
}

/// Makes the key files.
pub(crate) fn init(out: Out, store: &Path) -> Result<(), LenderError> {
    let (new, roots, keys) = desk::make_keys(store)?;
    made(out, new, &roots, &keys);
    Ok(())
}

/// Begins a live lender.
pub(crate) fn init_live(out: Out, store: &Path, asked: InitLive) -> Result<(), LenderError> {
    let secret = latchkey_lender::clients::read(&asked.provider_secret)?;
    let (tenant, card, _) = asked.card.read()?;
    let (roots, keys) = live::begin(store, &tenant, &card, &secret)?;
    made(out, true, &roots, &keys);
    Ok(())
}

fn made(out: Out, new: bool, roots: &[Kid], keys: &[KeyLine]) {
    let roots: Vec<_> = roots.iter().map(|kid| kid.as_str()).collect();
    if out.json {
        line(&json!({"new": new, "roots": roots, "keys": array(KEY, rows(keys))}).to_string());
        return;
    }
    line(if new {
        "Key files are made; keep root.json apart once phones are provisioned."
    } else {
        "The key files were there and stay as they are."
    });
    line(&format!("Root keys: {}", roots.join(" ")));
    out.table(KEY, rows(keys));
}

/// Everything else.
pub(crate) async fn keys(out: Out, desk: &Desk, keys: Keys) -> Result<(), LenderError> {
    match keys {
        Keys::Init | Keys::InitLive(_) | Keys::Show => show(out, desk).await,
        Keys::Rotate { roles, who } => {
            let all = desk::ROLES.iter().map(|(role, _)| *role);
            let named: Vec<Role> = roles.iter().map(|signs| signs.role()).collect();
            let roles = if named.is_empty() { all.collect() } else { named };
            let old = desk.rotate(&roles, &who.by()?).await?;
            let old: Vec<_> = old.iter().map(|kid| kid.as_str()).collect();
            out.says(&format!(
                "Retired: {}. What they signed to free somebody stays believed.",
                old.join(" ")
            ));
            show(out, desk).await
        }
        Keys::Void { role, who } => {
            let old = desk.void_by(role.role(), &who.by()?).await?;
            out.says(&format!(
                "Withdrawn for ever: {old}. Genuine orders are signed anew."
            ));
            show(out, desk).await
        }
    }
}

async fn show(out: Out, desk: &Desk) -> Result<(), LenderError> {
    let ring = desk.keys().await?;
    let void: Vec<_> = ring.void.iter().map(|kid| kid.as_str()).collect();
    if out.json {
        let told = json!({"root": ring.root, "version": ring.version, "ends_s": ring.ends_s,
            "keys": array(KEY, rows(&ring.keys)), "void": void});
        line(&told.to_string());
        return Ok(());
    }
    out.table(KEY, rows(&ring.keys));
    line(&format!(
        "Key set {} until {}, root {}",
        ring.version,
        desk::utc(ring.ends_s),
        ring.root
    ));
    if !void.is_empty() {
        line(&format!("Withdrawn: {}", void.join(" ")));
    }
    Ok(())
}
