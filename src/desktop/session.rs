//! One phone and one sandbox lender on this machine: their folders, and how they meet.

use crate::args::{Show, ThemeName};
use latchkey_agent::storage::{self, RealFiles};
use latchkey_agent::{AgentConfig, AgentError, device_key};
use latchkey_core::envelope::{encode, sha256};
use latchkey_core::order::values::{ProfileId, Sha};
use latchkey_core::profile::Profile;
use latchkey_core::snapshot::Fault;
use latchkey_lender::{LenderError, Options, Sandbox};
use latchkey_phone::{ChoicesFile, PhoneConfig, PhoneError};
use latchkey_screen::{Insets, Panel, ScreenConfig, Theme};
use std::net::{IpAddr, UdpSocket};
use std::path::{Path, PathBuf};

/// What went wrong, with the next step for the person at the keyboard.
#[derive(Debug)]
pub enum DesktopError {
    /// The phone's side.
    Phone(PhoneError),
    /// The lender's side.
    Lender(LenderError),
    /// A file or folder.
    File(PathBuf, std::io::Error),
    /// A word on the command line.
    Usage(String),
    /// A step of the cycle did not happen.
    Stage(&'static str, String),
}

impl std::fmt::Display for DesktopError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DesktopError::Phone(PhoneError::Agent(error)) => {
                let next = match error.fault {
                    Fault::StoreBusy => {
                        "Another latchkey uses this store. Stop it, or name another folder with --store."
                    }
                    Fault::DiskFull => {
                        "No space is left on that disk. Make room, or name another folder with --store."
                    }
                    Fault::Unreadable
                    | Fault::Offline
                    | Fault::Tls
                    | Fault::TlsTime
                    | Fault::WrongServer
                    | Fault::Http
                    | Fault::EnrolCode
                    | Fault::NotProvisioned => {
                        "Check the permissions of the store's folders, or name another folder with --store."
                    }
                };
                write!(f, "{error}\n  {next}")
            }
            DesktopError::Phone(error @ PhoneError::Screen(_)) => {
                write!(f, "{error}\n  Use --frames DIR to run without a window.")
            }
            DesktopError::Lender(error) => write!(f, "the sandbox lender did not start: {error}"),
            DesktopError::File(path, error) => {
                let next = if error.kind() == std::io::ErrorKind::StorageFull {
                    "No space is left on that disk. Make room, or name another folder."
                } else {
                    "Name a folder that you can write to."
                };
                write!(f, "{}: {error}\n  {next}", path.display())
            }
            DesktopError::Usage(what) => f.write_str(what),
            DesktopError::Stage(stage, why) => write!(f, "stage {stage}: {why}"),
        }
    }
}

impl std::error::Error for DesktopError {}

impl From<PhoneError> for DesktopError {
    fn from(error: PhoneError) -> Self {
        DesktopError::Phone(error)
    }
}

impl From<LenderError> for DesktopError {
    fn from(error: LenderError) -> Self {
        DesktopError::Lender(error)
    }
}

impl From<AgentError> for DesktopError {
    fn from(error: AgentError) -> Self {
        DesktopError::Phone(PhoneError::Agent(error))
    }
}

/// Where phone and lender keep their files. Without `--store` the folder goes away with this value.
pub struct Session {
    dir: PathBuf,
    _temporary: Option<tempfile::TempDir>,
    serial_hash: Sha,
    lan: bool,
    kept: bool,
    market: Option<String>,
}

impl Session {
    /// Opens, or makes, the folders.
    ///
    /// # Errors
    /// They cannot be made, or the serial number cannot be read or written.
    pub fn open(show: &Show) -> Result<Session, DesktopError> {
        if let Some(locale) = &show.locale {
            known(locale)?;
        }
        let temporary = match &show.store {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(|e| DesktopError::File(std::env::temp_dir(), e))?),
        };
        let dir = show
            .store
            .clone()
            .or_else(|| temporary.as_ref().map(|t| t.path().to_owned()))
            .unwrap_or_default();
        let serial_hash = serial_hash(&dir.join("lender"))?;
        Ok(Session {
            dir,
            _temporary: temporary,
            serial_hash,
            lan: show.lan,
            kept: show.store.is_some(),
            market: show.market.clone(),
        })
    }

    /// The phone's folder.
    #[must_use]
    pub fn phone_dir(&self) -> PathBuf {
        self.dir.join("phone")
    }

    /// The market that was asked for, where no lock is allowed.
    #[must_use]
    pub fn lawless(&self) -> Option<&str> {
        let market = self.market.as_deref()?;
        let id = ProfileId::try_from(market).ok()?;
        let may_lock = Profile::by_id(&id).is_some_and(|profile| profile.permission.may_lock);
        (!may_lock).then_some(market)
    }

    /// Whether the folder stays after this run.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.kept
    }

    /// What starts the phone.
    ///
    /// # Errors
    /// The folder cannot be made, or the size on the command line is none.
    pub fn phone(&self, show: &Show, panel: Panel) -> Result<PhoneConfig, DesktopError> {
        let app = concat!("latchkey/", env!("CARGO_PKG_VERSION"));
        let agent = AgentConfig::preview(&self.phone_dir(), self.serial_hash.clone(), app)?;
        let file = ChoicesFile::in_folder(&self.phone_dir());
        let mut choices = file.as_ref().and_then(ChoicesFile::load).unwrap_or_default();
        if let Some(locale) = &show.locale {
            choices.locale = known(locale)?.to_owned();
        }
        if let Some(theme) = show.theme {
            choices.theme = match theme {
                ThemeName::Light => Theme::Light,
                ThemeName::Dark => Theme::Dark,
                ThemeName::Sunlight => Theme::Sunlight,
            };
        }
        if let Some(factor) = show.text_scale {
            choices.text_percent = percent(factor);
        }
        let screen = ScreenConfig {
            panel,
            insets: Insets::default(),
            choices,
        };
        Ok(PhoneConfig {
            agent,
            screen,
            choices: file,
        })
    }

    /// Starts the sandbox lender and gives the phone what it needs to find it.
    ///
    /// # Errors
    /// The lender cannot start, or `--lan` finds no network.
    pub async fn start_lender(&self) -> Result<Sandbox, DesktopError> {
        let lan = if self.lan { Some(lan_address()?) } else { None };
        let sandbox = Sandbox::start(
            &self.dir,
            Options {
                lan,
                market: self.market.clone(),
                ..Options::default()
            },
        )
        .await?;
        if let Some(market) = self
            .market
            .as_deref()
            .filter(|market| *market != sandbox.market())
        {
            let held = sandbox.market().to_owned();
            sandbox.shutdown().await?;
            return Err(DesktopError::Usage(format!(
                "--market {market}: this store is a phone in `{held}`; name another folder with --store"
            )));
        }
        sandbox.ensure_provision(&self.phone_dir()).await?;
        Ok(sandbox)
    }
}

/// A language that the screen has.
fn known(locale: &str) -> Result<&str, DesktopError> {
    let tags: Vec<&str> = latchkey_screen::words::LOCALES.iter().map(|l| l.tag).collect();
    if tags.contains(&locale) {
        Ok(locale)
    } else {
        Err(DesktopError::Usage(format!(
            "no locale `{locale}`; there are: {}",
            tags.join(", ")
        )))
    }
}

fn percent(factor: f32) -> u16 {
    // The command line has bounded the factor to 1 to 2.
    (factor * 100.0).round() as u16
}

/// The serial number of a desktop is a random value that stays with the lender's files: the phone's own may go.
fn serial_hash(folder: &Path) -> Result<Sha, DesktopError> {
    let mut files = RealFiles::new(folder).map_err(|e| DesktopError::File(folder.to_owned(), e))?;
    let serial = match storage::read(&mut files, "serial")? {
        Some(bytes) => bytes,
        None => {
            let serial = String::from(device_key::fresh_id()?).into_bytes();
            storage::replace(&mut files, "serial", &serial, true)?;
            serial
        }
    };
    let hash = sha256(&[b"latchkey-serial-v1\0", serial.as_slice()].concat());
    Sha::try_from(encode(&hash)).map_err(|e| DesktopError::Usage(e.to_string()))
}

/// The address that this machine has on its network. Nothing is sent: connecting a datagram socket only picks a route.
fn lan_address() -> Result<IpAddr, DesktopError> {
    let route = || {
        let socket = UdpSocket::bind(("0.0.0.0", 0))?;
        // TEST-NET-1 (RFC 5737): an address that is nobody's.
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    };
    match route() {
        Ok(addr) if !addr.ip().is_loopback() && !addr.ip().is_unspecified() => {
            if latchkey_core::pay::near(&addr.ip().to_string()) {
                Ok(addr.ip())
            } else {
                Err(DesktopError::Usage(format!(
                    "--lan: this machine's address {} is a public one, so the phone would show no code for it.\n  Use a \
                     home network or a phone's hotspot, or leave --lan out.",
                    addr.ip()
                )))
            }
        }
        Ok(_) | Err(_) => Err(DesktopError::Usage(
            "--lan: this machine is in no network; join one, or leave --lan out".to_owned(),
        )),
    }
}
