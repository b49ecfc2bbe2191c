//! The phone: agent and screen wired together, and nothing else.
//!
//! ```text
//! Agent (own thread) -- Told, watch: the newest wins --> Phone --> Screen (this thread)
//! Screen -- Command, bounded channel --> Agent          Screen --> Dialer, Essentials (this thread, at once)
//! ```
//!
//! [`Phone::start`] shows the first picture from the journal before any network is touched. [`Phone::follow`] keeps the
//! screen up to date on Slint's event loop; a headless caller waits with [`Phone::wait_until`] instead.
//!
//! A platform brings four ports: [`latchkey_agent::ports::LockPolicy`], [`latchkey_agent::clock::Clock`],
//! [`latchkey_screen::Dialer`] and [`latchkey_screen::Essentials`]. [`preview`] has those of a desktop, which lock
//! nothing and say what would open. Android's stand in its own module once `android/` exists.
//!
//! No code that signs orders and no interpreter of .slint is under this crate; a house test holds that.

mod choices;
pub mod preview;

pub use choices::ChoicesFile;

use latchkey_agent::{Agent, AgentConfig, AgentError, Commands, Handle, Refused, Told};
use latchkey_screen::{Dialer, Essentials, Screen, ScreenConfig};
use slint::TimerMode;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;

/// What starts a phone.
pub struct PhoneConfig {
    /// The agent's folder, clocks and lock.
    pub agent: AgentConfig,
    /// Panel and what the owner chose.
    pub screen: ScreenConfig,
    /// Where the owner's choices are kept; `None` keeps them for this run only.
    pub choices: Option<ChoicesFile>,
}

/// Why a phone did not start.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The agent's files.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// The window.
    #[error("the screen could not be opened: {0}")]
    Screen(#[from] slint::PlatformError),
}

/// A running phone. It lives on the thread that draws.
pub struct Phone {
    screen: Rc<Screen>,
    agent: Handle,
    told: watch::Receiver<Option<Told>>,
}

impl Phone {
    /// Starts the agent and puts its first snapshot on the screen.
    ///
    /// # Errors
    /// The store is held by another process or cannot be used at all, or no window can be made.
    pub fn start(
        config: PhoneConfig,
        dialer: Box<dyn Dialer>,
        essentials: Box<dyn Essentials>,
    ) -> Result<Phone, PhoneError> {
        let agent = Agent::start(config.agent)?;
        let commands = agent.commands();
        let screen = Screen::new(config.screen, dialer, essentials, move |command| {
            // A full channel means that sixteen wishes wait already: the agent is busy with the first of them.
            let _ = commands.send(command);
        })?;
        if let Some(file) = config.choices {
            screen.on_choices(move |choices| file.store(choices));
        }
        let told = agent.told();
        let mut phone = Phone {
            screen: Rc::new(screen),
            agent,
            told,
        };
        phone.show_newest();
        Ok(phone)
    }

    /// The screen.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The agent's ear.
    #[must_use]
    pub fn commands(&self) -> Commands {
        self.agent.commands()
    }

    /// The newest that the agent told.
    #[must_use]
    pub fn told(&self) -> Option<Told> {
        self.told.borrow().clone()
    }

    /// All that the agent tells, for a second listener.
    #[must_use]
    pub fn follow_told(&self) -> watch::Receiver<Option<Told>> {
        self.told.clone()
    }

    /// Puts the newest snapshot on the screen.
    pub fn show_newest(&mut self) {
        let told = self.told.borrow_and_update().clone();
        if let Some(told) = told {
            show(&self.screen, &told);
        }
    }

    /// Waits until the agent has told something that `enough` accepts, and shows it. For callers without an event loop.
    /// `false` when the agent stopped, or `within` passed, first.
    pub async fn wait_until(&mut self, within: Duration, enough: impl Fn(&Told) -> bool) -> bool {
        let wait = async {
            self.told
                .wait_for(|told| told.as_ref().is_some_and(&enough))
                .await
                .map(|told| told.clone())
        };
        let told = tokio::time::timeout(within, wait).await;
        match told {
            Ok(Ok(Some(told))) => {
                show(&self.screen, &told);
                true
            }
            Ok(Ok(None) | Err(_)) | Err(_) => false,
        }
    }

    /// Keeps the screen up to date on Slint's event loop, until the agent stops.
    ///
    /// # Errors
    /// There is no event loop on this thread.
    pub fn follow(&self) -> Result<(), slint::EventLoopError> {
        let (screen, mut told) = (Rc::clone(&self.screen), self.told.clone());
        let commands = self.agent.commands();
        slint::spawn_local(async move {
            // One alarm for the clock on the page that moves next; without such a clock nothing wakes the screen.
            let alarm = slint::Timer::default();
            loop {
                alarm.stop();
                if let Some(after) = screen.next_change() {
                    let commands = commands.clone();
                    // A full channel has a turn of the agent's loop coming anyway.
                    alarm.start(TimerMode::SingleShot, after, move || {
                        let _ = commands.look();
                    });
                }
                if told.changed().await.is_err() {
                    break;
                }
                let newest = told.borrow_and_update().clone();
                if let Some(newest) = newest {
                    show(&screen, &newest);
                }
            }
        })
        .map(drop)
    }

    /// Stops the agent in an orderly way: a running backup is charged what was really used.
    pub fn shutdown(self) {
        self.agent.shutdown();
    }
}

fn show(screen: &Screen, told: &Told) {
    screen.show(&told.snapshot);
    match told.refused {
        Some((_, Refused::Rule(refusal))) => screen.refused(refusal.code),
        // A fault of the files is in `snapshot.link` already.
        Some((_, Refused::Fault(_))) | None => {}
    }
}
