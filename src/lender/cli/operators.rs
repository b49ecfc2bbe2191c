//! Operators of the console, by hand.

use crate::cli::Whoever;
use crate::cli::out::{Out, line};
use clap::Subcommand;
use latchkey_lender::LenderError;
use latchkey_lender::operators::Operators;
use latchkey_lender::scopes::{Scope, Scopes};
use serde_json::json;

/// What an operator may do, if nothing is named.
const USUAL: &str = "devices:read claims:read";

#[derive(Subcommand)]
pub(crate) enum Operator {
    /// Add one; the password is shown this once.
    Add {
        /// Name: small letters, digits, . _ -
        name: String,
        /// What for, between blanks, e.g. "devices:read grace:write".
        #[arg(long, value_name = "SCOPES", default_value = USUAL)]
        scopes: String,
        #[command(flatten)]
        who: Whoever,
    },
    /// Show who may sign in.
    List,
    /// End one, signed in or not.
    Close {
        /// Name.
        name: String,
        #[command(flatten)]
        who: Whoever,
    },
}

pub(crate) async fn run(out: Out, operators: &Operators, operator: Operator) -> Result<(), LenderError> {
    match operator {
        Operator::Add { name, scopes, who } => {
            let scopes = Scopes::parse(&scopes).ok_or_else(|| {
                for scope in Scope::ALL {
                    eprintln!("  {:16} {}", scope.as_str(), scope.what());
                }
                LenderError::Operator("there is no such scope; the ones above exist")
            })?;
            let password = operators.by(who.by()?).add(&name, &scopes).await?;
            if out.json {
                line(&json!({"operator": name, "password": password}).to_string());
            } else {
                line(&format!(
                    "Operator {name} may sign in at /console with this password, shown once:"
                ));
                line(&format!("  {password}"));
            }
        }
        Operator::List => {
            let listed = operators.list().await?.into_iter();
            let rows = listed.map(|one| [json!(one.name), json!(one.closed), json!(one.scopes.to_string())]);
            out.table(["operator", "closed", "scopes"], rows.collect());
        }
        Operator::Close { name, who } => {
            operators.by(who.by()?).close(&name).await?;
            let told = format!("Operator {name} is signed out and may sign in no more.");
            out.told(&told, &json!({"operator": name, "closed": true}));
        }
    }
    Ok(())
}
