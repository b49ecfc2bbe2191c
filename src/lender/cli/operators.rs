//! Operators of the console, by hand.

use clap::Subcommand;
use latchkey_lender::LenderError;
use latchkey_lender::operators::Operators;
use latchkey_lender::scopes::{Scope, Scopes};

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
    },
    /// Show who may sign in.
    List,
    /// End one, signed in or not.
    Close {
        /// Name.
        name: String,
    },
}

pub(crate) async fn run(operators: &Operators, operator: Operator) -> Result<(), LenderError> {
    match operator {
        Operator::Add { name, scopes } => {
            let scopes = Scopes::parse(&scopes).ok_or_else(|| {
                for scope in Scope::ALL {
                    eprintln!("  {:16} {}", scope.as_str(), scope.what());
                }
                LenderError::Operator("there is no such scope; the ones above exist")
            })?;
            let password = operators.add(&name, &scopes).await?;
            println!("Operator {name} may sign in at /console with this password, shown once:");
            println!("  {password}");
        }
        Operator::List => {
            for one in operators.list().await? {
                let closed = if one.closed { " (closed)" } else { "" };
                println!("{}{closed}: {}", one.name, one.scopes);
            }
        }
        Operator::Close { name } => {
            operators.close(&name).await?;
            println!("Operator {name} is signed out and may sign in no more.");
        }
    }
    Ok(())
}
