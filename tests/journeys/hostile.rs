//! Stolen keys, wrong clocks, blocked hosts and old copies: each ends where the protocol says.

use crate::journey::{Journey, free, journal, locked};
use crate::middleman;
use latchkey_agent::Told;
use latchkey_agent::clock::ManualClock;
use latchkey_agent::ports::Network;
use latchkey_core::command::Command;
use latchkey_core::envelope::decode;
use latchkey_core::journal::Body;
use latchkey_core::order::claims::{Lock, Role, Terms, typ};
use latchkey_core::order::values::{Id, Text};
use latchkey_core::refusal::Code;
use latchkey_core::snapshot::{LogWhat, Mode, OpenReason, Phase, ReleaseWhy};
use latchkey_core::wire::Delivery;
use latchkey_lender::{Clock, LenderError, Options};
use latchkey_tests::signer::Key;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const HOUR_MS: u64 = 3_600_000;

/// The machine's time, so many seconds ahead.
fn ahead(seconds: u64) -> Options {
    Options {
        clock: Clock::new(move || now_s().saturating_add(seconds) * 1000),
        ..Options::default()
    }
}

#[allow(clippy::disallowed_methods, reason = "a journey runs by the machine's clock")]
fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Whether the owner's log has such a line.
fn logged(told: &Told, what: &LogWhat) -> bool {
    told.snapshot.log.iter().any(|line| line.what == *what)
}

/// A platform whose network works.
#[derive(Debug)]
struct Works;

impl Network for Works {
    fn works(&self) -> bool {
        true
    }
}

/// OWN-04: a lender whose clock runs most of a year ahead strands nobody. It does not move the lock, its payment
/// unlocks, and when the clock is put right the phone follows it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_status_clock_strands_no_payer() {
    const WRONG_S: u64 = 300 * 86_400;
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    let journey = journey.restart_lender_with(ahead(WRONG_S)).await;
    phone.ask(Command::CheckIn).await;
    let told = phone
        .hears("the wrong time", |t| {
            t.snapshot.now_s.is_some_and(|s| s > now_s() + WRONG_S / 2)
        })
        .await;
    assert!(locked(&told.snapshot.phase), "a time neither locks nor unlocks");
    journey.pay().await;
    let told = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert!(logged(&told, &LogWhat::Release { id: 1 }));
    assert_eq!(told.snapshot.released.unwrap().why, ReleaseWhy::Paid);
    let journey = journey.restart_lender().await;
    phone.ask(Command::CheckIn).await;
    let told = phone
        .hears("the right time", |t| {
            t.snapshot.now_s.is_some_and(|s| s < now_s() + 86_400)
        })
        .await;
    assert!(free(&told.snapshot.phase));
    drop(journey);
    phone.stop().await;
}

/// OWN-10: a host that is blocked for 30 days of working network ends the lock, hour by hour and not a minute before;
/// the lender hears of it, and its old notices lock nobody again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_blocked_for_thirty_days_of_network_ends_the_lock() {
    let server = Arc::new(AtomicU64::new(now_s() * 1000));
    let options = || {
        let now = server.clone();
        Options {
            clock: Clock::new(move || now.load(Ordering::SeqCst)),
            ..Options::default()
        }
    };
    let journey = Journey::start_with(options()).await;
    let clock = Arc::new(ManualClock::new(1, 1000, Some(now_s())));
    let phone = journey.phone_under(&clock, Box::new(Works)).await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    let addr = journey.lender.addr();
    let blocked = journey.stop_lender().await;
    let mut passed_ms = 0;
    while locked(&phone.now().snapshot.phase) {
        const STEP_MS: u64 = 60_000;
        clock.advance_ms(STEP_MS);
        server.fetch_add(STEP_MS, Ordering::SeqCst);
        passed_ms += STEP_MS;
        tokio::task::yield_now().await;
    }
    assert!(passed_ms >= 720 * HOUR_MS, "{passed_ms} ms");
    let silent: Vec<u64> = silent_hours(&blocked.phone_dir());
    let before: u64 = silent[..silent.len() - 1].iter().sum();
    assert!(before < 720 && silent.iter().sum::<u64>() >= 720, "{silent:?}");
    let told = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert!(logged(&told, &LogWhat::Lapsed));
    assert_eq!(told.snapshot.released.unwrap().why, ReleaseWhy::Lapsed);
    let mut options = options();
    options.addr = Some(addr);
    let journey = blocked.start_lender(options).await;
    phone.ask(Command::CheckIn).await;
    phone.hears_online("the lender again", free).await;
    let again = journey
        .lender
        .desk()
        .lock(3.try_into().unwrap(), 4.try_into().unwrap())
        .await;
    assert!(matches!(again, Err(LenderError::Refused(_))), "{again:?}");
    phone.stop().await;
}

/// The hours of silence that the journal counts, record by record.
fn silent_hours(dir: &Path) -> Vec<u64> {
    let entries = journal(dir).entries.into_iter();
    let hours = entries.filter_map(|entry| {
        let Body::Silence { hours } = entry.body else {
            return None;
        };
        Some(u64::from(hours))
    });
    hours.collect()
}

/// OWN-15: whoever has the terms key and the line can write sums, but no payee: the phone shows no code of his. When the
/// key is withdrawn, what it signed is gone, its notices too, and the true link is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_terms_key_redirects_no_money() {
    let (url, thief) = middleman::listen().await;
    let options = Options {
        public_url: Some(url.clone()),
        ..Options::default()
    };
    let journey = Journey::start_with(options).await;
    thief.lock().unwrap().addr = Some(journey.lender.addr());
    let phone = journey.phone().await;
    let told = phone.hears_online("locked", locked).await;
    let link = told.snapshot.pay.unwrap().link;
    assert!(link.starts_with(&url));
    journey.receipt(4).await;

    let offered = journey.lender.desk().offered().await.unwrap();
    let newest = offered.iter().rfind(|o| o.kind == typ::TERMS).unwrap();
    let payload = decode(newest.jws.split('.').nth(1).unwrap().as_bytes()).unwrap();
    let mut forged: Terms = serde_json::from_slice(&payload).unwrap();
    forged.jti = Id::from_bytes(&[7; 16]);
    forged.terms_seq = (u64::from(forged.terms_seq.get()) + 500).try_into().unwrap();
    forged.pay_url = Text::try_from("https://thief.example/pay".to_owned()).unwrap();
    let added = Delivery {
        seq: (u64::try_from(newest.seq).unwrap() + 500).try_into().unwrap(),
        jti: forged.jti.clone(),
        jws: stolen(&journey.lender_dir(), "terms").token(typ::TERMS, &forged),
    };
    thief.lock().unwrap().added.push(added);
    phone.ask(Command::CheckIn).await;
    let told = phone.hears("no code", |t| t.snapshot.pay.is_none()).await;
    assert!(locked(&told.snapshot.phase));
    let refused = LogWhat::Refused {
        code: Code::TPayHost,
        kind: typ::TERMS.to_owned(),
    };
    assert!(logged(&told, &refused), "{:?}", told.snapshot.log);

    journey.lender.desk().void(Role::Terms).await.unwrap();
    let told = phone.hears("free", |t| free(&t.snapshot.phase)).await;
    assert_eq!(told.snapshot.released.unwrap().why, ReleaseWhy::Void);
    let told = phone.hears("the true link", |t| t.snapshot.pay.is_some()).await;
    assert_eq!(told.snapshot.pay.unwrap().link, link);
    let again = journey
        .lender
        .desk()
        .lock(3.try_into().unwrap(), 4.try_into().unwrap())
        .await;
    assert!(
        matches!(again, Err(LenderError::Refused(_))),
        "its notices are void: {again:?}"
    );
    phone.stop().await;
}

/// OWN-03: whoever has the lock key and the line can lock on the evidence that there is, and no longer than until the key
/// is withdrawn: his lock is lifted, and the genuine one comes back above it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_lock_key_locks_until_it_is_withdrawn() {
    let (url, thief) = middleman::listen().await;
    let options = Options {
        public_url: Some(url.clone()),
        ..Options::default()
    };
    let journey = Journey::start_with(options).await;
    thief.lock().unwrap().addr = Some(journey.lender.addr());
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;

    let offered = journey.lender.desk().offered().await.unwrap();
    let newest = offered.iter().rfind(|o| o.kind == typ::LOCK).unwrap();
    let payload = decode(newest.jws.split('.').nth(1).unwrap().as_bytes()).unwrap();
    let mut forged: Lock = serde_json::from_slice(&payload).unwrap();
    forged.jti = Id::from_bytes(&[8; 16]);
    forged.lock_id = 7.try_into().unwrap();
    let added = Delivery {
        seq: (u64::try_from(newest.seq).unwrap() + 500).try_into().unwrap(),
        jti: forged.jti.clone(),
        jws: stolen(&journey.lender_dir(), "lock").token(typ::LOCK, &forged),
    };
    thief.lock().unwrap().added.push(added);
    phone.ask(Command::CheckIn).await;
    let of = |n: u32| move |t: &Told| matches!(&t.snapshot.phase, Phase::Lock(lock) if lock.id == n);
    let told = phone.hears("the thief's lock", of(7)).await;
    assert!(logged(&told, &LogWhat::Lock { id: 7, level: 3 }));

    let desk = journey.lender.desk();
    desk.void(Role::Lock).await.unwrap();
    phone.hears("lifted", |t| !of(7)(t)).await;
    // The lender learns of number 7 from the phone; until then its own next number is below, and refused for good.
    let genuine = |t: &Told| matches!(&t.snapshot.phase, Phase::Lock(lock) if lock.id > 7);
    while !genuine(&phone.now()) {
        let _ = desk.lock(3.try_into().unwrap(), 4.try_into().unwrap()).await;
        tokio::task::yield_now().await;
    }
    let told = phone.now();
    assert!(logged(&told, &LogWhat::Keys));
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    phone.stop().await;
}

/// A key of the lender, read from its file as a thief would.
fn stolen(lender: &Path, role: &str) -> Key {
    let file = std::fs::read(lender.join("keys.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let key = file["keys"].as_array().unwrap().iter().find(|key| {
        key["roles"]
            .as_array()
            .is_some_and(|roles| roles.iter().any(|r| r == role))
    });
    let seed = decode(key.unwrap()["seed"].as_str().unwrap().as_bytes()).unwrap();
    Key::of_seed(seed.try_into().unwrap())
}

/// OWN-05: an older copy of the phone's record, from whatever mode, holds until the next check-in and no longer; the
/// owner is told, and nothing else comes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_from_any_mode_is_put_right_by_the_next_check_in() {
    let journey = Journey::start().await;
    let phone = journey.phone().await;
    phone.hears_online("locked", locked).await;
    journey.receipt(4).await;
    let mut copies = vec![("locked", journey.copy())];
    phone.ask(Command::StartBackup).await;
    copies.push(("backup", journey.copy()));
    phone.ask(Command::StopBackup).await;
    phone.ask(Command::Paid).await;
    copies.push(("claim", journey.copy()));
    let desk = journey.lender.desk();
    desk.grace(3600.try_into().unwrap()).await.unwrap();
    let open = |phase: &Phase| matches!(phase, Phase::Lock(l) if matches!(l.mode, Mode::Open { reason: OpenReason::Grace, .. }));
    phone.hears("open", |t| open(&t.snapshot.phase)).await;
    copies.push(("open", journey.copy()));
    journey.pay().await;
    phone.hears("free", |t| free(&t.snapshot.phase)).await;
    journey.receipt(7).await;
    copies.push(("free", journey.copy()));
    phone.stop().await;
    for (mode, copy) in &copies[..4] {
        journey.put_back_phone(copy.path());
        let phone = journey.phone().await;
        let told = phone
            .hears(&format!("free after {mode}"), |t| {
                free(&t.snapshot.phase) && t.snapshot.rollback_seen
            })
            .await;
        assert!(logged(&told, &LogWhat::Release { id: 1 }), "{mode}");
        journey.heard_all().await;
        phone.stop().await;
    }
    // Settlement is final for every copy too (OWN-06).
    let phone = journey.phone().await;
    phone.hears_online("free", free).await;
    desk.settle().await.unwrap();
    let reported = |phase: &Phase| matches!(phase, Phase::Settled { reported: true, .. });
    phone.hears("settled", |t| reported(&t.snapshot.phase)).await;
    phone.stop().await;
    for (mode, copy) in &copies {
        journey.put_back_phone(copy.path());
        let phone = journey.phone().await;
        phone
            .hears(&format!("settled after {mode}"), |t| reported(&t.snapshot.phase))
            .await;
        phone.stop().await;
        assert_eq!(
            journal(&journey.phone_dir()).entries.len(),
            1,
            "the certificate alone"
        );
    }
}
