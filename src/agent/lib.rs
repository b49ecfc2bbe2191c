//! The agent keeps the phone in touch with the lender: it asks, stores, and tells the screen what is true. It decides
//! nothing: `latchkey_core` judges, and the platform enforces through [`ports::LockPolicy`].
//!
//! # Flow
//!
//! ```text
//! link (the one socket) -> answer -> keeper: core judges -> journal, synced -> core applies -> LockPolicy
//!                                                                          -> told (watch) -> screen
//! screen -> Commands (bounded) -> run -> keeper          alarms of core::state::due -> run -> keeper
//! ```
//!
//! [`Agent::start`] takes the folder (one process a store), restores the state, tells the first snapshot before any
//! network is touched, and then lives on a thread of its own. A fault of network or files is told in
//! [`Snapshot::link`](latchkey_core::snapshot::Snapshot::link) under its code, and the loop goes on.
//!
//! # Where to add what
//!
//! | what | where |
//! | --- | --- |
//! | a file of the phone | [`storage`] names it, [`keeper`] reads it |
//! | a question to the server | [`run`](self), with its body in `latchkey_core::wire` |
//! | an interval | [`pace`]: a pure function and its table |
//! | a platform | a [`ports::LockPolicy`], a [`ports::Network`], a [`clock::Clock`], a [`storage::Files`] |
//! | a wish of the owner | `latchkey_core::command`, then [`keeper::Keeper::command`] |

pub mod answer;
pub mod clock;
pub mod device_key;
pub mod enrol;
mod errands;
pub mod error;
pub mod journal;
pub mod keeper;
pub mod link;
pub mod pace;
pub mod ports;
mod run;
mod silence;
pub mod steps;
pub mod storage;
mod tell;
pub mod tls;
pub mod told;

pub use error::{AgentError, messages};
pub use told::{Commands, Moved, NotHeard, Refused, Told};

use clock::Clock;
use enrol::About;
use keeper::Keeper;
use latchkey_core::order::values::Sha;
use latchkey_core::snapshot::Fault;
use ports::{LockPolicy, Network};
use std::path::Path;
use std::sync::Arc;
use storage::{Files, RealFiles};
use tokio::sync::{mpsc, watch};
use told::Input;

/// Wishes that may wait; a screen that sends more is told so.
const COMMANDS: usize = 16;

/// What an agent is made of.
pub struct AgentConfig {
    /// The phone's folder.
    pub files: Box<dyn Files>,
    /// Clocks.
    pub clock: Arc<dyn Clock>,
    /// The platform's lock.
    pub policy: Box<dyn LockPolicy>,
    /// What the platform knows of its network.
    pub network: Box<dyn Network>,
    /// Keyed hash of the serial number: the same phone is known by it after a wipe.
    pub serial_hash: Sha,
    /// App and version, e.g. `latchkey/0.1.0`.
    pub app: String,
    /// Lock adapter, e.g. `preview`.
    pub adapter: String,
    /// Roots that the server's certificate must stand on, DER; empty: the public web's.
    pub pinned_roots: Vec<Vec<u8>>,
    /// Whether the screen is on with this app in front.
    pub in_front: bool,
}

impl AgentConfig {
    /// The real files of `dir` and the real clocks, with a lock that locks nothing.
    ///
    /// # Errors
    /// The folder cannot be made, or the system tells no boot id.
    pub fn preview(dir: &Path, serial_hash: Sha, app: &str) -> Result<AgentConfig, AgentError> {
        let files = RealFiles::new(dir).map_err(|e| AgentError::file("make", &dir.to_string_lossy(), &e))?;
        Ok(AgentConfig {
            files: Box::new(files),
            clock: Arc::new(clock::RealClock::new()?),
            policy: Box::new(ports::PreviewPolicy),
            network: Box::new(ports::UnknownNetwork),
            serial_hash,
            app: app.to_owned(),
            adapter: "preview".to_owned(),
            pinned_roots: Vec::new(),
            in_front: true,
        })
    }
}

/// Starts agents.
#[derive(Clone, Copy, Debug)]
pub struct Agent;

impl Agent {
    /// Takes the folder, restores the state, tells the first snapshot and starts the thread. No network is touched
    /// before this returns.
    ///
    /// # Errors
    /// `a_store_busy` while another process has the folder; `a_unreadable` or `a_disk_full` when it cannot be used at
    /// all. Every other fault is told in the snapshot.
    pub fn start(config: AgentConfig) -> Result<Handle, AgentError> {
        let AgentConfig {
            files,
            clock,
            policy,
            network,
            serial_hash,
            app,
            adapter,
            pinned_roots,
            in_front,
        } = config;
        let keeper = Keeper::open(files, Arc::clone(&clock), policy)?;
        let told = keeper.told();
        let (sender, inputs) = mpsc::channel(COMMANDS);
        let about = About {
            serial_hash,
            app,
            adapter,
        };
        let run = run::Run {
            keeper,
            clock,
            about,
            network,
            pinned_roots,
            in_front,
        };
        let thread = agent_thread(run, inputs)?;
        Ok(Handle {
            told,
            commands: Commands(sender),
            thread: Some(thread),
        })
    }
}

/// The agent's own thread, with a runtime of one thread: questions to the server and the journal's syncs never make the
/// screen wait.
fn agent_thread(
    run: run::Run,
    inputs: mpsc::Receiver<Input>,
) -> Result<std::thread::JoinHandle<()>, AgentError> {
    let no_thread = |e: std::io::Error| AgentError::new(Fault::Unreadable, format!("thread: {e}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(no_thread)?;
    std::thread::Builder::new()
        .name("agent".to_owned())
        .spawn(move || runtime.block_on(run::run(run, inputs)))
        .map_err(no_thread)
}

/// A running agent. Dropping it stops the agent without waiting for it.
#[derive(Debug)]
pub struct Handle {
    told: watch::Receiver<Option<Told>>,
    commands: Commands,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Handle {
    /// What is told; the newest wins. Never `None`: the first snapshot was told before [`Agent::start`] returned.
    #[must_use]
    pub fn told(&self) -> watch::Receiver<Option<Told>> {
        self.told.clone()
    }

    /// The agent's ear.
    #[must_use]
    pub fn commands(&self) -> Commands {
        self.commands.clone()
    }

    /// Stops the agent in an orderly way and waits for it: a running backup is charged what was really used.
    pub fn shutdown(mut self) {
        if self.commands.0.blocking_send(Input::Stop).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // A thread that panicked has nothing left to stop.
            let _ = thread.join();
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let _ = self.commands.0.try_send(Input::Stop);
    }
}
