//! The running agent against good and bad servers, clocks and disks: each fault has its code, and the loop goes on.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod support;

use latchkey_agent::clock::{Clock as _, ManualClock};
use latchkey_agent::ports::{Network, UnknownNetwork};
use latchkey_agent::storage::{JOURNAL, PROVISION, RESERVE, RealFiles};
use latchkey_agent::{Agent, AgentConfig, Handle, Told};
use latchkey_core::command::{Command, Mistake};
use latchkey_core::order::claims::Order;
use latchkey_core::snapshot::{Claim, Fault, Link, Mode, OpenReason, Phase, ReleaseWhy};
use latchkey_core::state::{Ask, Want};
use latchkey_core::wire::ClaimKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use support::http::{Certificates, Fake, canned};
use support::memory_files::{Keep, MemoryFiles};
use support::signer::{T, World, num};
use support::{Platform, RIGHT, WRONG, about, open, provision, typed};

struct Phone {
    handle: Handle,
    platform: Platform,
    clock: Arc<ManualClock>,
}

impl Phone {
    fn start(files: &MemoryFiles, wall_s: u64, pinned_roots: Vec<Vec<u8>>) -> Phone {
        Phone::start_on(files, wall_s, pinned_roots, Box::new(UnknownNetwork))
    }

    fn start_on(
        files: &MemoryFiles,
        wall_s: u64,
        pinned_roots: Vec<Vec<u8>>,
        network: Box<dyn Network>,
    ) -> Phone {
        let clock = Arc::new(ManualClock::new(1, 100_000, Some(wall_s)));
        let platform = Platform::default();
        let mut config = config(Box::new(files.clone()), clock.clone(), pinned_roots);
        config.policy = Box::new(platform.clone());
        config.network = network;
        let handle = Agent::start(config).unwrap();
        Phone {
            handle,
            platform,
            clock,
        }
    }

    /// Waits for something to be told; a test that never hears it fails instead of hanging.
    async fn hears(&self, what: &str, heard: impl Fn(&Told) -> bool) -> Told {
        let mut told = self.handle.told();
        let wait = told.wait_for(|t| t.as_ref().is_some_and(&heard));
        match tokio::time::timeout(Duration::from_secs(60), wait).await {
            Ok(told) => told.unwrap().clone().unwrap(),
            Err(_) => panic!(
                "never heard {what}: {:?}",
                self.handle
                    .told()
                    .borrow()
                    .as_ref()
                    .map(|t| (t.snapshot.phase.clone(), t.snapshot.link))
            ),
        }
    }

    async fn hears_fault(&self, wanted: Fault) {
        self.hears(
            wanted.as_str(),
            |t| matches!(t.snapshot.link, Link::Fault { fault, .. } if fault == wanted),
        )
        .await;
    }

    async fn hears_locked(&self) -> Told {
        self.hears("locked", |t| {
            locked(t) && matches!(t.snapshot.link, Link::Online { .. })
        })
        .await
    }

    async fn stop(self) {
        tokio::task::spawn_blocking(move || self.handle.shutdown())
            .await
            .unwrap();
    }
}

fn config(
    files: Box<dyn latchkey_agent::storage::Files>,
    clock: Arc<ManualClock>,
    pinned_roots: Vec<Vec<u8>>,
) -> AgentConfig {
    AgentConfig {
        files,
        clock,
        policy: Box::new(Platform::default()),
        network: Box::new(UnknownNetwork),
        serial_hash: about().serial_hash,
        app: about().app,
        adapter: about().adapter,
        pinned_roots,
        in_front: true,
    }
}

fn locked(told: &Told) -> bool {
    matches!(&told.snapshot.phase, Phase::Lock(lock) if lock.mode == Mode::Locked)
}

fn disk(base_url: &str) -> MemoryFiles {
    let files = MemoryFiles::default();
    files.put(PROVISION, &provision(&World::new(), base_url, true));
    files
}

fn plain(address: SocketAddr) -> MemoryFiles {
    disk(&format!("http://{address}"))
}

/// OWN-04, OWN-08: enrolled, locked, "I have paid" over HTTP with every request signed, and the phone opens by itself
/// when the release comes.
#[tokio::test]
async fn a_phone_enrols_locks_and_opens_by_itself() {
    let fake = Fake::start(false).await;
    let phone = Phone::start(&disk(&fake.base_url), T, vec![]);
    let told = phone.hears_locked().await;
    assert_eq!(
        told.moved.as_ref().map(|m| (m.seq.get(), m.to)),
        Some((4, "locked"))
    );
    assert_eq!(told.snapshot.pay.map(|p| p.amount), Some(325_000));

    phone.handle.commands().ask(Command::Paid).await.unwrap();
    let free = phone
        .hears("free", |t| matches!(t.snapshot.phase, Phase::Free))
        .await;
    let moved = free.moved.unwrap();
    assert_eq!(
        (moved.seq.get(), moved.from, moved.to, moved.typ.as_str()),
        (5, "locked", "free", "lk-release+jwt")
    );
    assert_eq!(moved.kid, World::new().release.kid().to_string());
    assert!(free.snapshot.released.is_some());

    phone.handle.commands().ask(Command::Seen).await.unwrap();
    phone.hears("seen", |t| t.snapshot.released.is_none()).await;
    // The receipts let the story go on to its end: settled, reported, certificate.
    let mut fake_through = fake.through.subscribe();
    while fake.server.lock().unwrap().through < 7 {
        tokio::task::yield_now().await;
    }
    fake.through.send_replace(7);
    fake_through.wait_for(|t| *t == 7).await.unwrap();
    phone
        .hears("settled", |t| {
            matches!(t.snapshot.phase, Phase::Settled { reported: true, .. })
        })
        .await;
    phone.stop().await;
}

/// A refused wish has its code, and a running claim is told with its time.
#[tokio::test]
async fn wishes_are_answered_with_their_codes() {
    let fake = Fake::start(false).await;
    let phone = Phone::start(&disk(&fake.base_url), T, vec![]);
    let commands = phone.handle.commands();
    phone.hears_locked().await;
    commands.ask(Command::StartBackup).await.unwrap();
    phone
        .hears(
            "backup",
            |t| matches!(&t.snapshot.phase, Phase::Lock(l) if matches!(l.mode, Mode::Backup { .. })),
        )
        .await;
    // Fifteen seconds are charged ahead, and the alarm charges the next.
    phone.clock.advance_ms(15_000);
    phone
        .hears(
            "next lease",
            |t| matches!(&t.snapshot.phase, Phase::Lock(l) if l.backup_left_ms <= 585_000),
        )
        .await;
    commands.ask(Command::StopBackup).await.unwrap();
    phone.hears_locked().await;
    fake.offer(6);
    phone
        .hears("free", |t| matches!(t.snapshot.phase, Phase::Free))
        .await;
    let refused = commands.ask(Command::StartBackup).await.unwrap_err().unwrap();
    assert_eq!(refused.as_str(), "m_not_locked");
    phone
        .hears("the refusal", |t| {
            t.refused == Some((Command::StartBackup, refused))
        })
        .await;
    phone.stop().await;
}

/// OWN-09: without a network the phone is what it was, says so, and asks again.
#[tokio::test]
async fn without_a_network_the_phone_says_so_and_asks_again() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let files = plain(closed);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_fault(Fault::Offline).await;
    // The server moved: its new address is in the provisioning file when the phone asks again.
    let fake = Fake::start(false).await;
    files.put(PROVISION, &provision(&World::new(), &fake.base_url, true));
    phone.clock.advance_ms(5_000);
    phone.hears_locked().await;
    phone.stop().await;
    // What is held needs no network.
    let phone = Phone::start(&files, T, vec![]);
    assert!(phone.handle.told().borrow().as_ref().is_some_and(locked));
    phone.handle.commands().ask(Command::Paid).await.unwrap();
    phone
        .hears(
            "the claim",
            |t| matches!(&t.snapshot.phase, Phase::Lock(l) if matches!(l.claim, Claim::Running { .. })),
        )
        .await;
    phone.stop().await;
}

#[tokio::test]
async fn whatever_is_not_the_lenders_server_is_called_so() {
    let answers = [
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 12\r\n\r\n<html></html",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/login\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\nnot found",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n",
    ];
    for answer in &answers[..4] {
        let phone = Phone::start(&plain(canned(answer)), T, vec![]);
        phone.hears_fault(Fault::WrongServer).await;
        assert!(phone.handle.commands().ask(Command::CheckIn).await.is_ok());
        phone.stop().await;
    }
    let phone = Phone::start(&plain(canned(answers[4])), T, vec![]);
    phone.hears_fault(Fault::Offline).await;
    phone.stop().await;
}

#[tokio::test]
async fn a_servers_error_and_a_refused_code_have_codes_of_their_own() {
    let problem = concat!(
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 7\r\ncontent-length: 77\r\n\r\n",
        r#"{"type":"/problems/unavailable","title":"x","status":503,"code":"unavailabl"}"#
    );
    let phone = Phone::start(&plain(canned(problem)), T, vec![]);
    phone.hears_fault(Fault::Http).await;
    phone.stop().await;

    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let spoilt = String::from_utf8(files.bytes(PROVISION).unwrap())
        .unwrap()
        .replace(r#""code""#, r#""cod3""#);
    files.put(PROVISION, spoilt.as_bytes());
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_fault(Fault::EnrolCode).await;
    assert!(files.bytes(JOURNAL).is_none());
    phone.stop().await;
}

/// Certificates of somebody else, and plain http outside a sandbox's loopback.
#[tokio::test]
async fn a_certificate_of_somebody_else_is_refused() {
    let fake = Fake::start(false).await;
    let upstream = fake.base_url.trim_start_matches("http://").parse().unwrap();
    let address = Certificates::new().front(upstream);
    let files = disk(&format!("https://{address}"));
    let phone = Phone::start(&files, T, vec![Certificates::new().root]);
    phone.hears_fault(Fault::Tls).await;
    phone.stop().await;
    // The public web's roots do not know it either.
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_fault(Fault::Tls).await;
    phone.stop().await;
    let phone = Phone::start(&disk("http://192.0.2.1"), T, vec![]);
    phone.hears_fault(Fault::Tls).await;
    phone.stop().await;
}

/// Protocol §3: a clock at 1970 or 2090 fetches signed time, takes it also when it is lower, and goes on strictly.
#[tokio::test]
async fn a_clock_at_1970_or_2090_does_not_keep_the_phone_from_its_lender() {
    for wall_s in [0, 3_786_912_000] {
        let fake = Fake::start(true).await;
        let upstream = fake.base_url.trim_start_matches("http://").parse().unwrap();
        let certificates = Certificates::new();
        let address = certificates.front(upstream);
        let files = disk(&format!("https://{address}"));
        let phone = Phone::start(&files, wall_s, vec![certificates.root.clone()]);
        let told = phone.hears_locked().await;
        assert!(
            told.snapshot.now_s.is_some_and(|s| (T..T + 600).contains(&s)),
            "{:?}",
            told.snapshot.now_s
        );
        assert_eq!(
            phone.clock.read().wall_s.map(|s| s / 3600),
            Some(wall_s / 3600),
            "the owner's clock is left alone"
        );
        phone.stop().await;
    }
}

/// A time that is signed by nobody we know does not open the way to a certificate out of its dates.
#[tokio::test]
async fn a_certificate_out_of_its_dates_is_refused_without_signed_time() {
    let certificates = Certificates::new();
    let wrong = canned("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
    let address = certificates.front(wrong);
    let files = disk(&format!("https://{address}"));
    let phone = Phone::start(&files, 3_786_912_000, vec![certificates.root.clone()]);
    phone.hears_fault(Fault::TlsTime).await;
    phone.stop().await;
}

/// Security §5: a device that does not know the time signs again with the server's.
#[tokio::test]
async fn a_refused_signature_time_is_signed_again_with_the_servers() {
    let fake = Fake::start(true).await;
    let phone = Phone::start(&disk(&fake.base_url), 3_786_912_000, vec![]);
    phone.hears_locked().await;
    phone.stop().await;
}

/// OWN-04: a full disk keeps nobody locked who paid, as long as the room that was put aside lasts.
#[tokio::test]
async fn a_full_disk_lets_a_release_in() {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    files.set_full(true);
    fake.offer(6);
    phone
        .hears("free", |t| matches!(t.snapshot.phase, Phase::Free))
        .await;
    assert!(files.bytes(RESERVE).is_none());
    phone.stop().await;
    files.set_full(false);
    Phone::start(&files, T, vec![]).stop().await;
    assert!(files.bytes(RESERVE).is_some(), "put aside again");
}

/// OWN-07: without any room nothing changes that is not stored, the screen says why, and time still runs out: the window
/// closes when its charged seconds are over, and no second of it is lost or won.
#[tokio::test]
async fn a_full_disk_changes_nothing_and_is_told() {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    phone.handle.commands().ask(Command::StartBackup).await.unwrap();
    files.take(RESERVE);
    files.set_full(true);
    let refused = phone
        .handle
        .commands()
        .ask(Command::Paid)
        .await
        .unwrap_err()
        .unwrap();
    assert_eq!(refused.as_str(), "a_disk_full");
    phone.hears_fault(Fault::DiskFull).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Backup));
    phone.clock.advance_ms(60_000);
    phone.hears("the window closed", locked).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Kiosk));
    fake.offer(6);
    phone.clock.advance_ms(60_000);
    phone.hears_fault(Fault::DiskFull).await;
    assert!(
        phone.handle.told().borrow().as_ref().is_some_and(locked),
        "nothing is applied that is not stored"
    );

    // Once there is room it is tried again, and the answer is asked for again.
    fake.offer(4);
    files.set_full(false);
    phone.clock.advance_ms(5_000);
    let mended = phone
        .hears("mended", |t| {
            locked(t)
                && !matches!(
                    t.snapshot.link,
                    Link::Fault {
                        fault: Fault::DiskFull,
                        ..
                    }
                )
        })
        .await;
    assert!(matches!(mended.snapshot.phase, Phase::Lock(l) if l.backup_left_ms == 585_000));
    fake.offer(6);
    let mut told = phone.handle.told();
    while !told
        .borrow()
        .as_ref()
        .is_some_and(|t| matches!(t.snapshot.phase, Phase::Free))
    {
        phone.clock.advance_ms(5_000);
        let _ = tokio::time::timeout(Duration::from_millis(50), told.changed()).await;
    }
    phone.stop().await;
}

/// What the lender does not take holds up nothing that is said after it.
#[tokio::test]
async fn a_message_that_the_lender_does_not_take_holds_up_no_other() {
    for code in ["claim_instalment", "claims_open", "a_code_of_another_lender"] {
        let fake = Fake::start(false).await;
        *fake.refused.lock().unwrap() = Some((ClaimKind::Dispute, code));
        let phone = Phone::start(&disk(&fake.base_url), T, vec![]);
        phone.hears_locked().await;
        let mistake = Command::Dispute(Mistake::AlreadyPaid);
        phone.handle.commands().ask(mistake).await.unwrap();
        phone.handle.commands().ask(Command::Paid).await.unwrap();
        let mut told = phone.handle.told();
        let free = |t: &Option<Told>| {
            t.as_ref()
                .is_some_and(|t| matches!(t.snapshot.phase, Phase::Free))
        };
        while !free(&told.borrow()) {
            phone.clock.advance_ms(5_000);
            let _ = tokio::time::timeout(Duration::from_millis(50), told.changed()).await;
        }
        phone.stop().await;
    }
}

/// OWN-13: this leaves the phone, and nothing else.
#[tokio::test]
async fn what_leaves_the_phone_is_on_the_list() {
    let fake = Fake::start(false).await;
    let phone = Phone::start(&disk(&fake.base_url), T, vec![]);
    phone.hears_locked().await;
    phone.handle.commands().ask(Command::Paid).await.unwrap();
    phone
        .hears("free", |t| matches!(t.snapshot.phase, Phase::Free))
        .await;
    phone.stop().await;
    let left = fake.left.lock().unwrap().clone();
    let headers = "accept content-digest content-length content-type host signature signature-input";
    let list = [
        "/v1/device/check-in: adapter after app journal_head keys_version lock_id mode nonce released_through terms_seq used wait_s",
        "/v1/device/claims: id instalment kind lock_id",
        "/v1/device/enrol: adapter app code key nonce serial_hash",
        "/v1/device/receipts: receipts",
    ];
    let list: Vec<String> = list.iter().map(|line| format!("{line} ({headers})")).collect();
    assert_eq!(left.into_iter().collect::<Vec<_>>(), list);
}

/// Security §3: after a failed sync the pages may be lost; the phone reads again what is there.
#[tokio::test]
async fn a_failed_sync_is_not_believed() {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    files.set_failing_syncs(true);
    let refused = phone
        .handle
        .commands()
        .ask(Command::StartBackup)
        .await
        .unwrap_err()
        .unwrap();
    assert_eq!(refused.as_str(), "a_unreadable");
    phone.hears_fault(Fault::Unreadable).await;
    files.set_failing_syncs(false);
    phone.handle.commands().ask(Command::StartBackup).await.unwrap();
    phone.stop().await;
    // On a disk that lost everything unsynced, the backup is charged.
    let left = files.after_crash(Keep::None);
    let phone = Phone::start(&left, T, vec![]);
    let told = phone.hears("locked", locked).await;
    assert!(matches!(told.snapshot.phase, Phase::Lock(l) if l.backup_left_ms <= 600_000));
    phone.stop().await;
}

/// OWN-09: files that cannot be read fail toward the owner, under their code, and nothing is wiped.
#[tokio::test]
async fn an_unreadable_file_is_told_and_the_phone_goes_on() {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    phone.stop().await;

    // A passing fault of the journal: not locked, and locked again once it can be read.
    files.set_unreadable(JOURNAL);
    let phone = Phone::start(&files, T, vec![]);
    let told = phone.handle.told().borrow().clone().unwrap();
    assert_eq!(told.snapshot.phase, Phase::Unknown);
    phone.hears_fault(Fault::Unreadable).await;
    files.put(JOURNAL, &files.bytes(JOURNAL).unwrap());
    files.set_readable(JOURNAL);
    phone.clock.advance_ms(5_000);
    phone.hears("locked", locked).await;
    phone.stop().await;

    // A provisioning file that is none: what is held stays, but nobody can be asked.
    files.put(PROVISION, b"no json");
    let phone = Phone::start(&files, T, vec![]);
    assert!(phone.handle.told().borrow().as_ref().is_some_and(locked));
    phone.hears_fault(Fault::Unreadable).await;
    phone.handle.commands().ask(Command::StartBackup).await.unwrap();
    phone.stop().await;
}

/// OWN-09: a damaged journal is kept aside, the phone is not locked, and the lock comes back with the next check-in.
#[tokio::test]
async fn a_damaged_journal_is_kept_aside_and_the_lock_comes_back() {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    phone.stop().await;
    let mut bytes = files.bytes(JOURNAL).unwrap();
    bytes[40] ^= 1;
    files.put(JOURNAL, &bytes);
    let phone = Phone::start(&files, T, vec![]);
    assert_eq!(
        phone
            .handle
            .told()
            .borrow()
            .as_ref()
            .map(|t| t.snapshot.phase.clone()),
        Some(Phase::Unknown)
    );
    phone.hears_locked().await;
    assert_eq!(files.bytes("journal.bad-1"), Some(bytes));
    phone.stop().await;

    for lost in [
        &[JOURNAL][..],
        &["agreement"],
        &["identity"],
        &["agreement", "identity", JOURNAL],
    ] {
        lost.iter().for_each(|name| files.take(name));
        let phone = Phone::start(&files, T, vec![]);
        phone.hears_locked().await;
        phone.stop().await;
    }
}

#[tokio::test]
async fn a_phone_without_provisioning_or_consent_locks_nothing() {
    let phone = Phone::start(&MemoryFiles::default(), T, vec![]);
    let told = phone.handle.told().borrow().clone().unwrap();
    assert_eq!(told.snapshot.phase, Phase::Welcome { provisioned: false });
    phone.hears_fault(Fault::NotProvisioned).await;
    phone.stop().await;

    let fake = Fake::start(false).await;
    let files = MemoryFiles::default();
    files.put(PROVISION, &provision(&World::new(), &fake.base_url, false));
    let phone = Phone::start(&files, T, vec![]);
    let told = phone.handle.told().borrow().clone().unwrap();
    assert_eq!(told.snapshot.phase, Phase::Welcome { provisioned: true });
    assert!(told.snapshot.sandbox);
    phone.handle.commands().ask(Command::CheckIn).await.unwrap();
    assert!(
        files.bytes("identity").is_none(),
        "no key before the owner agreed"
    );
    phone.handle.commands().ask(Command::Consent).await.unwrap();
    phone.hears_locked().await;
    phone.stop().await;
}

/// One process a store.
#[tokio::test]
async fn a_second_process_on_the_same_store_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_owned();
    let files = || Box::new(RealFiles::new(&path).unwrap());
    let clock = || Arc::new(ManualClock::new(1, 0, None));
    let first = Agent::start(config(files(), clock(), vec![])).unwrap();
    let error = Agent::start(config(files(), clock(), vec![])).unwrap_err();
    assert_eq!(error.fault, Fault::StoreBusy);
    assert_eq!(error.messages()[1], "a-store-busy-next");
    tokio::task::spawn_blocking(move || first.shutdown())
        .await
        .unwrap();
    let again = Agent::start(config(files(), clock(), vec![])).unwrap();
    tokio::task::spawn_blocking(move || again.shutdown())
        .await
        .unwrap();
}

/// A network that the platform calls good.
struct Works;

impl Network for Works {
    fn works(&self) -> bool {
        true
    }
}

/// A port on which nobody answers.
fn nobody() -> String {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", closed.local_addr().unwrap())
}

/// A phone that was locked, and then lost its network: its disk.
async fn locked_and_offline() -> MemoryFiles {
    let fake = Fake::start(false).await;
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    phone.hears_locked().await;
    phone.stop().await;
    files.put(PROVISION, &provision(&World::new(), &nobody(), true));
    files
}

/// An owner without network opens the phone with a spoken code; a wrong one is counted and said to be wrong, and both
/// are hashed while the loop goes on.
#[tokio::test]
async fn a_spoken_code_opens_the_phone_offline() {
    let files = locked_and_offline().await;
    let phone = Phone::start(&files, T, vec![]);
    let commands = phone.handle.commands();
    let (one, other) = tokio::join!(commands.ask(typed(WRONG)), commands.ask(typed(RIGHT)));
    assert_eq!(one.unwrap_err().unwrap().as_str(), "c_wrong");
    assert_eq!(other.unwrap_err().unwrap().as_str(), "c_wait");
    let tries = |told: &Told| match &told.snapshot.phase {
        Phase::Lock(lock) => lock.code.unwrap().tries,
        Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => 0,
    };
    phone.hears("one try", |t| tries(t) == 1).await;
    // The process ends; what was counted stays.
    phone.stop().await;
    let phone = Phone::start(&files, T, vec![]);
    assert_eq!(phone.handle.told().borrow().as_ref().map(tries), Some(1));
    phone.handle.commands().ask(typed(RIGHT)).await.unwrap();
    let open = |t: &Told| {
        let Phase::Lock(lock) = &t.snapshot.phase else {
            return false;
        };
        matches!(
            lock.mode,
            Mode::Open {
                reason: OpenReason::Code,
                ..
            }
        )
    };
    phone.hears("open", open).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Unlocked));
    phone.stop().await;
}

/// OWN-12, OWN-16: offline, a dispute lowers the level at once, a second one is sent and said to be one, and the
/// emergency opening starts.
#[tokio::test]
async fn a_dispute_and_an_opening_need_no_network() {
    let files = locked_and_offline().await;
    let phone = Phone::start(&files, T, vec![]);
    let commands = phone.handle.commands();
    commands.ask(Command::Dispute(Mistake::NotTold)).await.unwrap();
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Limited));
    let again = commands.ask(Command::Dispute(Mistake::AlreadyPaid)).await;
    assert_eq!(again.unwrap_err().unwrap().as_str(), "d_already");
    commands.ask(Command::StartOpening).await.unwrap();
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Unlocked));
    phone.hears("both messages", |t| t.snapshot.unsent == 2).await;
    phone.stop().await;
}

/// OWN-10: the tries of 30 days fail although the network works, and the lock lapses.
#[tokio::test]
async fn a_lock_lapses_when_nobody_answers_on_a_working_network() {
    let files = locked_and_offline().await;
    let clock = Arc::new(ManualClock::new(1, 100_000, Some(T)));
    let mut keeper = open(&files, &clock);
    for _ in 0..119 {
        keeper.step(&Ask::Silence(6)).unwrap();
    }
    drop(keeper);
    let phone = Phone::start_on(&files, T, vec![], Box::new(Works));
    phone.hears_fault(Fault::Offline).await;
    phone.clock.advance_ms(6 * 3_600_000);
    let lapsed = |t: &Told| {
        let why = t.snapshot.released.as_ref().map(|r| r.why);
        t.snapshot.phase == Phase::Free && why == Some(ReleaseWhy::Lapsed)
    };
    phone.hears("the lapse", lapsed).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Unlocked));
    phone.stop().await;
}

/// A reminder can be left: the phone is the owner's again at once and after a restart, until the next day's.
#[tokio::test]
async fn a_reminder_is_left_until_the_next_day() {
    let fake = Fake::start(false).await;
    {
        let mut server = fake.server.lock().unwrap();
        let mut low = server.world.lock_claims(1);
        low.level = num(1);
        server.orders[3].2 = server.world.sign(&Order::Lock(low));
    }
    let files = disk(&fake.base_url);
    let phone = Phone::start(&files, T, vec![]);
    let reminds = |t: &Told| matches!(&t.snapshot.phase, Phase::Lock(lock) if lock.remind);
    phone.hears("the reminder", reminds).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Reminder));
    phone.handle.commands().ask(Command::Leave).await.unwrap();
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Unlocked));
    phone.hears("the phone", |t| locked(t) && !reminds(t)).await;
    phone.stop().await;
    let phone = Phone::start(&files, T, vec![]);
    phone.hears("the phone again", |t| locked(t) && !reminds(t)).await;
    assert_eq!(phone.platform.0.lock().unwrap().last(), Some(&Want::Unlocked));
    phone.hears_locked().await;
    phone.clock.advance_ms(24 * 3_600_000);
    phone.hears("the next day's", reminds).await;
    phone.stop().await;
}
