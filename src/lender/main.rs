//! `latchkey-lender`: the lender's server alone, and orders by hand while it is stopped.
#![expect(clippy::print_stderr, reason = "a command speaks to its user")]

mod cli;
#[path = "cli/operators.rs"]
mod operators;

use clap::{Args, Parser, Subcommand, ValueEnum};
use cli::out::{Out, line};
use latchkey_core::order::values::DeviceId;
use latchkey_lender::{Desk, LenderError, Live, Log, Options, Quotas, Sandbox, TrustedProxy};
use serde_json::json;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

/// The lender's side of Latchkey. By default a sandbox: it signs orders and takes played payments.
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
    /// The lender of this house that it is about; default: the first one.
    #[arg(long = "tenant", global = true, value_name = "NAME")]
    lender: Option<String>,
    /// The phone that orders and sums are about; default: the lender's oldest one.
    #[arg(long = "device", global = true, value_name = "ID", value_parser = cli::devices::device)]
    phone: Option<DeviceId>,
    /// Tell everything as JSON, for programs.
    #[arg(long, global = true)]
    json: bool,
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
    /// Show every phone, oldest first. `device list` tells more.
    Phones,
    /// The phones.
    Device {
        #[command(subcommand)]
        device: cli::devices::Device,
    },
    /// The agreements.
    Agreement {
        #[command(subcommand)]
        agreement: cli::devices::Agreement,
    },
    /// Add many agreements with their phones from a CSV file: all of them, or none if a line is wrong.
    Import(cli::import::Import),
    /// The order keys.
    Keys {
        #[command(subcommand)]
        keys: cli::keys::Keys,
    },
    /// Be so many phones for a while: enrol, check in, take orders, and tell how long everything took.
    Simulate(cli::simulate::Simulate),
    /// Check a server by HTTP alone: does it keep what docs/api.md and the protocol say?
    Conformance(cli::conformance::Conformance),
}

#[derive(Args)]
struct Serve {
    /// Address for phones; default: 127.0.0.1 on the port of last time.
    #[arg(long, value_name = "IP:PORT")]
    addr: Option<SocketAddr>,
    /// The base URL that phones use, if it is not that address: HTTPS, or HTTP on this machine and its own network.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// What is told on stderr: what goes wrong, or every answer too, as JSON.
    #[arg(long, value_enum, default_value = "text")]
    log: Lines,
    /// Offer the pay page alone on this address of the local network too.
    #[arg(long, value_name = "IP")]
    lan: Option<IpAddr>,
    /// A proxy before this server: its X-Forwarded-For says whom the limits count. Once for each address or network.
    #[arg(long = "trusted-proxy", value_name = "CIDR|ADDR")]
    trusted_proxies: Vec<TrustedProxy>,
    /// Requests a minute, once for each quota: token, client, write, read, device, payer, address, address-pay,
    /// address-token, address-enrol, address-open or address-sign-in.
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
    /// Be no sandbox: the store was begun with `keys init-live`. Nothing is played, and much is demanded.
    #[arg(long)]
    live: bool,
}

/// A quota by its name.
#[derive(Clone, Debug)]
struct Quota(String, u32);

impl FromStr for Quota {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Quota, Self::Err> {
        let wrong = "a quota is NAME=N, like write=600; names: token client write read device payer address address-pay \
                     address-token address-enrol address-open address-sign-in";
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

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("latchkey-lender: cannot start: {e}");
            return ExitCode::FAILURE;
        }
    };
    let out = Out { json: cli.json };
    match runtime.block_on(run(cli, out)) {
        Ok(code) => code,
        Err(e) => {
            if out.json {
                eprintln!(
                    "{}",
                    json!({"error": {"code": e.code(), "detail": e.to_string()}})
                );
            } else {
                eprintln!("latchkey-lender: {e} [{}]", e.code());
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli, out: Out) -> Result<ExitCode, LenderError> {
    let Cli {
        store,
        database,
        lender,
        phone,
        command,
        ..
    } = cli;
    let (store, lender) = (store.as_path(), lender.as_deref());
    let desk = async || -> Result<Desk, LenderError> {
        Sandbox::desk_at(store, options(database.clone()), lender, phone.as_ref()).await
    };
    let agreements = async || Sandbox::agreements_of(store, options(database.clone()), lender).await;
    match command {
        Command::Serve(serve) => self::serve(store, database, serve).await?,
        Command::Order { order } => cli::order(out, &desk().await?, order).await?,
        Command::Claims { claims } => cli::claims(out, &desk().await?, claims).await?,
        Command::Code(code) => cli::code(out, &desk().await?, code).await?,
        Command::Money => cli::money(out, &desk().await?).await?,
        Command::Job { job } => cli::job(out, &desk().await?, job).await?,
        Command::Stop(stop) => cli::stop(out, &desk().await?, stop).await?,
        Command::Webhook { webhook } => cli::webhook(out, &desk().await?, webhook).await?,
        Command::Audit { ask } => cli::audit(out, &desk().await?, ask).await?,
        Command::Operator { operator } => {
            let operators = Sandbox::operators_of(store, options(database), lender).await?;
            operators::run(out, &operators, operator).await?;
        }
        Command::Client { client } => {
            let clients = Sandbox::clients_of(store, options(database), lender).await?;
            cli::access::client(out, &clients, client).await?;
        }
        Command::Tenant {
            tenant: cli::access::Tenant::Add(card),
        } => {
            let (name, card, by) = card.read()?;
            Sandbox::add_tenant_by(store, options(database), &name, &card, Some(&by)).await?;
            let told = format!("The lender {name} has its keys and its card.");
            out.told(&told, &json!({"tenant": name}));
        }
        Command::Tenant {
            tenant: cli::access::Tenant::List,
        } => {
            let names = Sandbox::tenants_of(store, options(database)).await?;
            out.table(["tenant"], names.into_iter().map(|name| [json!(name)]).collect());
        }
        Command::Openapi => line(&latchkey_lender::openapi()),
        Command::Phones => {
            let phones = desk().await?.phones().await?.into_iter();
            if out.json {
                line(
                    &phones
                        .map(String::from)
                        .collect::<serde_json::Value>()
                        .to_string(),
                );
            } else {
                phones.for_each(|device| line(device.as_str()));
            }
        }
        Command::Device { device } => cli::devices::devices(out, &agreements().await?, device).await?,
        Command::Agreement { agreement } => {
            cli::devices::agreements(out, &agreements().await?, agreement).await?;
        }
        Command::Import(import) => cli::import::import(out, &agreements().await?, import).await?,
        Command::Keys {
            keys: cli::keys::Keys::Init,
        } => cli::keys::init(out, store)?,
        Command::Keys {
            keys: cli::keys::Keys::InitLive(asked),
        } => cli::keys::init_live(out, store, *asked)?,
        Command::Keys { keys } => cli::keys::keys(out, &desk().await?, keys).await?,
        Command::Simulate(simulate) => return Ok(cli::simulate::simulate(out, database, simulate).await),
        Command::Conformance(asked) => return Ok(cli::conformance::conformance(out, asked).await),
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(store: &Path, database: Option<String>, serve: Serve) -> Result<(), LenderError> {
    let mut quotas = Quotas::default();
    for Quota(name, n) in &serve.quotas {
        quotas.set(name, *n);
    }
    let options = Options {
        quotas,
        trusted_proxies: serve.trusted_proxies,
        lan: serve.lan,
        addr: serve.addr,
        public_url: serve.public_url,
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
    if serve.live {
        let live = Live::start(store, options).await?;
        line("This lender is no sandbox: what it signs binds, and what it books is money.");
        line(&format!("  phones and payers   {}", live.base_url()));
        line(&format!("  listens at          {}", live.addr()));
        line("Stop with Ctrl+C.");
        return live.run_until(told_to_stop()).await;
    }
    let sandbox = Sandbox::start(store, options).await?;
    let provision = sandbox.ensure_provision(&store.join("phone")).await?;
    line("Sandbox lender: nothing here is real money.");
    line(&format!("  phones   {}", sandbox.base_url()));
    line(&format!("  payers   {}", sandbox.pay_url()));
    line(&format!("  a phone is provisioned with {}", provision.display()));
    line("Stop with Ctrl+C.");
    sandbox.run_until(told_to_stop()).await
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
