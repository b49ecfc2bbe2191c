//! A sandbox lender and a phone's agent in one temporary folder, over HTTP on loopback, with real files and clocks.
#![allow(dead_code, reason = "each test program uses its part")]

use latchkey_agent::clock::{ManualClock, RealClock};
use latchkey_agent::ports::Network;
use latchkey_agent::storage::RealFiles;
use latchkey_agent::tls::tool_client;
use latchkey_agent::{Agent, AgentConfig, Handle, Told};
use latchkey_core::command::Command;
use latchkey_core::snapshot::{Link, Mode, Phase};
use latchkey_lender::desk::Offered;
use latchkey_lender::{Options, Sandbox};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// A lender with a store on disk, and the place where its phone lives.
pub struct Journey {
    dir: TempDir,
    pub lender: Sandbox,
}

impl Journey {
    pub async fn start() -> Journey {
        Journey::start_with(Options::default()).await
    }

    pub async fn start_with(options: Options) -> Journey {
        let dir = tempfile::tempdir().unwrap();
        let lender = Sandbox::start(dir.path(), options).await.unwrap();
        Journey { dir, lender }
    }

    pub fn phone_dir(&self) -> PathBuf {
        self.dir.path().join("phone")
    }

    /// The lender goes away and comes back with the same store.
    pub async fn restart_lender(self) -> Journey {
        self.restart_lender_with(Options::default()).await
    }

    /// The same, otherwise than before.
    pub async fn restart_lender_with(self, options: Options) -> Journey {
        self.meanwhile(|_| {}, options).await
    }

    /// The lender goes away, its store is copied as it is, and it comes back.
    pub async fn stop_and_copy_lender(self) -> (Journey, TempDir) {
        let copy = tempfile::tempdir().unwrap();
        let journey = self
            .meanwhile(|store| copy_files(store, copy.path()), Options::default())
            .await;
        (journey, copy)
    }

    /// The lender's store is put back to an older copy.
    #[allow(clippy::disallowed_methods, reason = "a journey loses files as lenders do")]
    pub async fn put_back_lender(self, copy: &Path) -> Journey {
        self.meanwhile(
            |store| {
                std::fs::remove_dir_all(store).unwrap();
                copy_files(copy, store);
            },
            Options::default(),
        )
        .await
    }

    /// The lender goes away.
    pub async fn stop_lender(self) -> Blocked {
        self.lender.shutdown().await.unwrap();
        Blocked { dir: self.dir }
    }

    /// The lender goes away, something happens to its store, and it comes back.
    async fn meanwhile(self, happens: impl FnOnce(&Path), options: Options) -> Journey {
        let blocked = self.stop_lender().await;
        happens(&blocked.dir.path().join("lender"));
        blocked.start_lender(options).await
    }

    /// Starts the phone, provisioned if it needs to be.
    pub async fn phone(&self) -> Phone {
        self.lender.ensure_provision(&self.phone_dir()).await.unwrap();
        Phone::start(&self.phone_dir(), self)
    }

    /// Starts the phone under a clock and a network of one's own.
    pub async fn phone_under(&self, clock: &Arc<ManualClock>, network: Box<dyn Network>) -> Phone {
        self.lender.ensure_provision(&self.phone_dir()).await.unwrap();
        let mut config = Phone::config(&self.phone_dir(), self);
        config.clock = clock.clone();
        config.network = network;
        Phone {
            handle: Agent::start(config).unwrap(),
        }
    }

    /// The phone's folder as it is now, for later.
    pub fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_files(&self.phone_dir(), copy.path());
        copy
    }

    /// Waits until the lender has a receipt for everything that it offered.
    pub async fn heard_all(&self) {
        loop {
            let offered = self.lender.desk().offered().await.unwrap();
            if offered.iter().all(|o| o.receipt.is_some()) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// The phone's folder is put back to an older copy.
    #[allow(clippy::disallowed_methods, reason = "a journey loses files as owners do")]
    pub fn put_back_phone(&self, copy: &Path) {
        std::fs::remove_dir_all(self.phone_dir()).unwrap();
        copy_files(copy, &self.phone_dir());
    }

    /// The folder of the lender's keys and store.
    pub fn lender_dir(&self) -> PathBuf {
        self.dir.path().join("lender")
    }

    /// The phone's folder as a power cut would leave it now, without the way to its lender.
    pub fn cut(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(self.phone_dir()).unwrap() {
            let file = file.unwrap();
            if file.file_name() != "provision.json" {
                std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
            }
        }
        copy
    }

    /// Pays on another device: opens the link like a browser and presses the button that pays.
    pub async fn pay(&self) {
        let client = tool_client(Arc::new(RealClock::new().unwrap())).unwrap();
        let url = self.lender.pay_url();
        let page = client
            .get(url)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap()
            .text()
            .await
            .unwrap();
        let value = |name: &str| {
            let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
            from.and_then(|rest| rest.split('"').next())
                .unwrap_or_else(|| panic!("no {name} in {page}"))
                .to_owned()
        };
        let form = [("intent", value("intent")), ("action", "pay".to_owned())];
        client
            .post(url)
            .form(&form)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
    }

    /// Waits until the phone told the lender what became of an order.
    pub async fn receipt(&self, seq: i64) -> Offered {
        loop {
            let offered = self.lender.desk().offered().await.unwrap();
            if let Some(order) = offered.into_iter().find(|o| o.seq == seq && o.receipt.is_some()) {
                return order;
            }
            tokio::task::yield_now().await;
        }
    }
}

/// A phone whose lender cannot be reached.
pub struct Blocked {
    dir: TempDir,
}

impl Blocked {
    pub async fn start_lender(self, options: Options) -> Journey {
        let lender = Sandbox::start(self.dir.path(), options).await.unwrap();
        Journey {
            dir: self.dir,
            lender,
        }
    }

    pub fn phone_dir(&self) -> PathBuf {
        self.dir.path().join("phone")
    }
}

/// A phone's agent.
pub struct Phone {
    handle: Handle,
}

impl Phone {
    fn config(dir: &Path, journey: &Journey) -> AgentConfig {
        AgentConfig::preview(dir, journey.lender.serial_hash().clone(), "journey/1").unwrap()
    }

    fn start(dir: &Path, journey: &Journey) -> Phone {
        Phone {
            handle: Agent::start(Phone::config(dir, journey)).unwrap(),
        }
    }

    /// Starts on another folder: what was there is told before any network.
    pub fn first_sight(dir: &Path, journey: &Journey) -> Told {
        let phone = Phone::start(dir, journey);
        let told = phone.now();
        std::thread::spawn(move || phone.handle.shutdown())
            .join()
            .unwrap();
        told
    }

    pub fn now(&self) -> Told {
        self.handle.told().borrow().clone().unwrap()
    }

    /// Waits for something to be told; a journey that never hears it fails instead of hanging.
    pub async fn hears(&self, what: &str, heard: impl Fn(&Told) -> bool) -> Told {
        let mut told = self.handle.told();
        let wait = told.wait_for(|t| t.as_ref().is_some_and(&heard));
        match tokio::time::timeout(Duration::from_secs(120), wait).await {
            Ok(told) => told.unwrap().clone().unwrap(),
            Err(_) => panic!(
                "never heard {what}: {:?} {:?}",
                self.now().snapshot.phase,
                self.now().snapshot.link
            ),
        }
    }

    /// Waits for an answer of the lender that leaves the phone so.
    pub async fn hears_online(&self, what: &str, heard: impl Fn(&Phase) -> bool) -> Told {
        let online = |t: &Told| matches!(t.snapshot.link, Link::Online { .. });
        self.hears(what, |t| online(t) && heard(&t.snapshot.phase)).await
    }

    pub async fn ask(&self, command: Command) {
        self.handle.commands().ask(command).await.unwrap();
    }

    /// Asks for something that may be refused.
    pub async fn ask_anyway(&self, command: Command) {
        let _ = self.handle.commands().ask(command).await;
    }

    pub async fn stop(self) {
        tokio::task::spawn_blocking(move || self.handle.shutdown())
            .await
            .unwrap();
    }
}

/// Copies the files of a folder.
pub fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

pub fn locked(phase: &Phase) -> bool {
    matches!(phase, Phase::Lock(lock) if lock.mode == Mode::Locked)
}

pub fn free(phase: &Phase) -> bool {
    matches!(phase, Phase::Free)
}

/// Names of the files in a folder.
pub fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The journal's records.
pub fn journal(dir: &Path) -> latchkey_core::journal::Scan {
    let mut files = RealFiles::new(dir).unwrap();
    let bytes = latchkey_agent::storage::read(&mut files, "journal")
        .unwrap()
        .unwrap();
    latchkey_core::journal::scan(&bytes).unwrap()
}
