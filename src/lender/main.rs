//! `latchkey-lender`: the lender's server alone, and orders by hand while it is stopped.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks to its user"
)]

mod cli;
#[path = "cli/operators.rs"]
mod operators;

use clap::{Args, Parser, Subcommand, ValueEnum};
use latchkey_core::order::claims::Role;
use latchkey_lender::{Desk, LenderError, Log, Options, Quotas, Sandbox};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

/// The lender's side of Latchkey, as a sandbox: it signs orders and takes played payments.
#[derive(Parser)]
#[command(name = "latchkey-lender", version, arg_required_else_help = true)]
struct Cli {
    /// Folder of the store; made if it is missing.
    #[arg(long, global = true, value_name = "DIR", default_value = "out/lender-store")]
    store: PathBuf,
    /// A PostgreSQL database that several servers share; by default the store is one SQLite file in its folder. The keys
    /// stay in the folder: all servers need the same ones.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "LATCHKEY_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer phones and payers until stopped with Ctrl+C.
    Serve(Serve),
    /// Give an order by hand. The server must not be running on the same store, unless that is a PostgreSQL database.
    Order {
        #[command(subcommand)]
        order: cli::Order,
    },
    /// What the owner said, and the answers.
    Claims {
        #[command(subcommand)]
        claims: cli::Claims,
    },
    /// Read a spoken code out, for an owner whose phone has no network.
    Code(cli::Code),
    /// Show what is owed and what was paid.
    Money,
    /// Lock many phones, each by the rule of a single lock and below the breaker's rate.
    Job {
        #[command(subcommand)]
        job: cli::Job,
    },
    /// Stop all locks, or let them go on. Nothing that frees is ever stopped.
    Stop(cli::Stop),
    /// Where other systems are told what happened.
    Webhook {
        #[command(subcommand)]
        webhook: cli::Webhook,
    },
    /// Show who read codes out, made and approved jobs, or stopped locks, and why.
    Audit {
        #[command(subcommand)]
        ask: Option<cli::AuditAsk>,
    },
    /// Clients of the API: who may ask, for what, with which keys.
    Client {
        /// The lender whose clients they are; default: the first one.
        #[arg(long, global = true, value_name = "NAME")]
        tenant: Option<String>,
        #[command(subcommand)]
        client: cli::access::Client,
    },
    /// The lenders of this house.
    Tenant {
        #[command(subcommand)]
        tenant: cli::access::Tenant,
    },
    /// Print the OpenAPI document; needs no store and no port.
    Openapi,
    /// Who may sign in to the console.
    Operator {
        #[command(subcommand)]
        operator: operators::Operator,
    },
    /// Show every phone, oldest first.
    Phones,
    /// The order keys.
    Keys {
        #[command(subcommand)]
        keys: Keys,
    },
}

#[derive(Args)]
struct Serve {
    /// Address for phones; default: 127.0.0.1 on the port of last time.
    #[arg(long, value_name = "IP:PORT")]
    addr: Option<SocketAddr>,
    /// The base URL that phones use, if it is not that address.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// What is told on stderr: what goes wrong, or every answer too, as JSON.
    #[arg(long, value_enum, default_value = "text")]
    log: Lines,
    /// Offer the pay page alone on this address of the local network too.
    #[arg(long, value_name = "IP")]
    lan: Option<IpAddr>,
    /// Requests a minute, once for each quota: token, client, write, read, device or address.
    #[arg(long = "quota", value_name = "NAME=N")]
    quotas: Vec<Quota>,
    /// Make so many more phones that are late and warned, for trying out `job`.
    #[arg(long, value_name = "N", default_value_t = 0)]
    phones: usize,
    /// Sign locks without spoken codes.
    #[arg(long)]
    no_codes: bool,
    /// Let webhooks go to this machine, for trying them out.
    #[arg(long)]
    webhooks_to_loopback: bool,
}

/// A quota by its name.
#[derive(Clone, Debug)]
struct Quota(String, u32);

impl FromStr for Quota {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Quota, Self::Err> {
        let wrong = "a quota is NAME=N, like write=600; names: token client write read device address";
        let (name, n) = text.split_once('=').ok_or(wrong)?;
        let n = n.parse().ok().filter(|n| *n > 0).ok_or(wrong)?;
        Quotas::default().set(name, n).ok_or(wrong)?;
        Ok(Quota(name.to_owned(), n))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Lines {
    /// What goes wrong, in plain lines.
    Text,
    /// Every answer and everything that goes wrong, one JSON object a line.
    Json,
}

#[derive(Subcommand)]
enum Keys {
    /// Show which key signs what.
    Show,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("latchkey-lender: cannot start: {e}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(&cli.store, cli.database, cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("latchkey-lender: {e} [{}]", e.code());
            ExitCode::FAILURE
        }
    }
}

async fn run(store: &Path, database: Option<String>, command: Command) -> Result<(), LenderError> {
    let desk = || desk(store, database.clone());
    match command {
        Command::Serve(serve) => {
            let mut quotas = Quotas::default();
            for Quota(name, n) in &serve.quotas {
                quotas.set(name, *n);
            }
            let options = Options {
                quotas,
                lan: serve.lan,
                addr: serve.addr,
                public_url: serve.public_url.map(|url| url.trim_end_matches('/').to_owned()),
                database,
                log: match serve.log {
                    Lines::Text => Log::new(|line| eprintln!("latchkey-lender: {line}")),
                    Lines::Json => Log::json(|line| eprintln!("{line}")),
                },
                phones: serve.phones,
                no_codes: serve.no_codes,
                webhooks_to_loopback: serve.webhooks_to_loopback,
                ..Options::default()
            };
            let sandbox = Sandbox::start(store, options).await?;
            let provision = sandbox.ensure_provision(&store.join("phone")).await?;
            println!("Sandbox lender: nothing here is real money.");
            println!("  phones   {}", sandbox.base_url());
            println!("  payers   {}", sandbox.pay_url());
            println!("  a phone is provisioned with {}", provision.display());
            println!("Stop with Ctrl+C.");
            sandbox.run_until(told_to_stop()).await
        }
        Command::Order { order } => cli::order(&desk().await?, order).await,
        Command::Claims { claims } => cli::claims(&desk().await?, claims).await,
        Command::Code(code) => cli::code(&desk().await?, code).await,
        Command::Money => cli::money(&desk().await?).await,
        Command::Job { job } => cli::job(&desk().await?, job).await,
        Command::Stop(stop) => cli::stop(&desk().await?, stop).await,
        Command::Webhook { webhook } => cli::webhook(&desk().await?, webhook).await,
        Command::Audit { ask } => cli::audit(&desk().await?, ask).await,
        Command::Operator { operator } => {
            operators::run(
                &Sandbox::operators_of(store, options(database), None).await?,
                operator,
            )
            .await
        }
        Command::Client { tenant, client } => {
            let clients = Sandbox::clients_of(store, options(database), tenant.as_deref()).await?;
            cli::access::client(&clients, client).await
        }
        Command::Tenant {
            tenant: cli::access::Tenant::Add(card),
        } => {
            let (name, card) = card.read()?;
            Sandbox::add_tenant(store, options(database), &name, &card).await?;
            println!("The lender {name} has its keys and its card.");
            Ok(())
        }
        Command::Tenant {
            tenant: cli::access::Tenant::List,
        } => {
            for name in Sandbox::tenants_of(store, options(database)).await? {
                println!("{name}");
            }
            Ok(())
        }
        Command::Openapi => {
            println!("{}", latchkey_lender::openapi());
            Ok(())
        }
        Command::Phones => {
            for device in desk().await?.phones().await? {
                println!("{device}");
            }
            Ok(())
        }
        Command::Keys { keys: Keys::Show } => {
            let desk = desk().await?;
            for (role, name) in [
                (Role::Lock, "lock"),
                (Role::Terms, "terms"),
                (Role::Release, "release"),
                (Role::Grace, "grace"),
                (Role::Settle, "settle"),
                (Role::Status, "status"),
            ] {
                println!("{name:8} {}", desk.kid(role)?);
            }
            Ok(())
        }
    }
}

async fn desk(store: &Path, database: Option<String>) -> Result<Desk, LenderError> {
    Sandbox::desk_of(store, options(database)).await
}

fn options(database: Option<String>) -> Options {
    Options {
        database,
        ..Options::default()
    }
}

/// Ctrl+C, or the word of whoever runs services. Without them there is no orderly way to stop; the store stands every
/// other one.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = term.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
