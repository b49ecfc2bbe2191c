//! OWN-05, OWN-07: a process is killed at 200 random moments while its lender sends orders, withdraws keys and is paid, and each start goes on
//! where the one before was: the chain only grows, what the lender was told stands, and no second of the window comes
//! back.
//!
//! The phone is this very program, started anew with `--phone`: only another process can be killed like that.
#![allow(clippy::unwrap_used, reason = "the test may end here")]
#![allow(
    clippy::print_stdout,
    reason = "a test program without the usual harness says itself how it ended"
)]

mod journey;

use journey::{Journey, journal};
use latchkey_agent::device_key::fresh_id;
use latchkey_agent::{Agent, AgentConfig};
use latchkey_core::command::Command as Wish;
use latchkey_core::envelope;
use latchkey_core::journal::Scan;
use latchkey_core::order::claims::Role;
use latchkey_core::order::values::Id;
use latchkey_core::snapshot::{Link, Phase};
use latchkey_core::state::{Restored, State, restore};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const ROUNDS: u32 = 200;
/// After this round the owner pays.
const PAID_AT: u32 = 160;
/// A start, two check-ins and their receipts take about this long, milliseconds.
const LONGEST_LIFE_MS: u64 = 120;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args[..] {
        [phone, dir, serial] if phone == "--phone" => live(Path::new(dir), serial),
        // `cargo test NAME` hands its filter to every test program.
        [filter, ..] if !filter.starts_with('-') && !"kill".contains(filter.as_str()) => {}
        _ if args.iter().any(|a| a == "--list") => println!("kill: test"),
        _ => tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
            .block_on(kill_and_go_on()),
    }
}

/// The phone: uses its window whenever it is locked, until it is killed.
fn live(dir: &Path, serial: &str) {
    let config = AgentConfig::preview(dir, serial.try_into().unwrap(), "kill/1").unwrap();
    let agent = Agent::start(config).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut told = agent.told();
        loop {
            let locked = |t: &latchkey_agent::Told| matches!(t.snapshot.phase, Phase::Lock(_));
            let _ = told.wait_for(|t| t.as_ref().is_some_and(locked)).await;
            let _ = agent.commands().ask(Wish::StartBackup).await;
            let _ = told.changed().await;
        }
    });
}

struct Seen {
    head: [u8; 32],
    /// Lock in force, and seconds of its window used.
    used: Option<(u32, u16)>,
}

fn state(scan: &Scan) -> State {
    match restore(scan) {
        Restored::Whole { state, .. } => *state,
        Restored::Lost(why) => panic!("the journal is lost: {why:?}"),
    }
}

/// What stands on the disk now, held against what stood there before.
fn look(dir: &Path, before: Option<&Seen>, round: u32) -> Seen {
    let scan = journal(dir);
    let state = state(&scan);
    let head = scan.hashes.last().copied().unwrap();
    let used_s = state
        .check_in(Id::from_bytes(&[0; 16]), 0, &head, "", "")
        .used
        .window_s
        .get();
    let used = state.lock_id().map(|id| (id, used_s));
    if let Some(before) = before {
        assert!(
            scan.hashes.contains(&before.head),
            "round {round}: the chain was cut"
        );
        if let (Some((lock, then)), Some((now_lock, now))) = (before.used, used) {
            assert!(
                lock != now_lock || now >= then,
                "round {round}: {then} s were used, now {now}"
            );
        }
    }
    Seen { head, used }
}

/// A random number below `n`.
fn below(n: u64) -> u64 {
    let id = fresh_id().unwrap();
    let bytes = envelope::decode(id.as_str().as_bytes()).unwrap();
    u64::from_le_bytes(bytes[..8].try_into().unwrap()) % n
}

async fn kill_and_go_on() {
    let journey = Journey::start().await;
    let dir = journey.phone_dir();
    journey.lender.ensure_provision(&dir).await.unwrap();
    let desk = journey.lender.desk();
    let mut seen = None;
    let mut told = 0;
    for round in 1..=ROUNDS {
        let mut phone = Command::new(std::env::current_exe().unwrap())
            .args([
                "--phone".as_ref(),
                dir.as_os_str(),
                journey.lender.serial_hash().as_str().as_ref(),
            ])
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(below(LONGEST_LIFE_MS))).await;
        phone.kill().unwrap();
        phone.wait().unwrap();

        if dir.join("journal").exists() {
            assert!(
                !dir.join("journal.bad-1").exists(),
                "round {round}: no kill damages a journal"
            );
            let now = look(&dir, seen.as_ref(), round);
            let cursor = state(&journal(&dir)).cursor().map_or(0, |c| c.seq.get());
            for order in desk
                .offered()
                .await
                .unwrap()
                .iter()
                .filter(|o| o.receipt.is_some())
            {
                assert!(
                    order.seq.unsigned_abs() <= cursor,
                    "round {round}: receipted order {} is lost",
                    order.seq
                );
            }
            seen = Some(now);
        }
        if round == PAID_AT {
            journey.pay().await;
            continue;
        }
        // The lender goes on once it was told of its last order: newer terms, and now and then a withdrawn key, which
        // lifts the lock and brings it back under the next number.
        let newest = desk.offered().await.unwrap().pop();
        if newest.is_some_and(|o| o.receipt.is_some()) {
            told += 1;
            if told % 4 == 0 && told < 80 && round < PAID_AT {
                desk.void(Role::Lock).await.unwrap();
            } else {
                desk.terms().await.unwrap();
            }
        }
    }
    // Left alone, the phone ends where its lender is.
    let phone = journey.phone().await;
    let there = |t: &latchkey_agent::Told| {
        matches!(t.snapshot.link, Link::Online { .. }) && matches!(t.snapshot.phase, Phase::Free)
    };
    phone.hears("what the lender says", there).await;
    phone.stop().await;
    let records = journal(&dir).entries.len();
    assert!(
        records > 40,
        "only {records} records: the phone never lived long enough"
    );
    println!("test kill ... ok ({ROUNDS} kills, {records} records)");
}
