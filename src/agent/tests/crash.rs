//! The power goes out before each operation on the disk, and leaves none, all, a prefix, or a torn mix of what was not
//! synced.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod support;

use latchkey_agent::clock::ManualClock;
use latchkey_agent::storage::JOURNAL;
use latchkey_core::journal::{self, Body};
use latchkey_core::order::values::{Id, Seq};
use latchkey_core::snapshot::Phase;
use std::sync::Arc;
use support::memory_files::{Keep, MemoryFiles};
use support::signer::T;
use support::{Life, Server, open, provisioned};

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new(1, 100_000, Some(T)))
}

fn nonce() -> Id {
    Id::from_bytes(&[0; 16])
}

/// Records on the disk: their bodies and chain hashes.
fn records(files: &MemoryFiles) -> Option<(Vec<Body>, Vec<[u8; 32]>)> {
    let scan = journal::scan(&files.bytes(JOURNAL)?).unwrap();
    Some((scan.entries.into_iter().map(|e| e.body).collect(), scan.hashes))
}

/// One life with a power cut before operation `cut`. Returns whether the life was long enough to be cut there.
fn cut_and_go_on(cut: usize, keep: Keep, reboot: bool, twice: bool) -> bool {
    let (mut server, clock) = (Server::new(), clock());
    let files = provisioned(&server.world);
    let (mut used_ms, mut tries) = (0, 0);
    let mut keeper = open(&files, &clock);
    files.die_before(cut);
    let mut life = Life {
        files: &files,
        clock: &clock,
        server: &mut server,
        used_ms: &mut used_ms,
        tries: &mut tries,
    };
    let whole = life.live(&mut keeper).is_ok();
    let (head, known) = (keeper.head(), keeper.state().clone());
    drop(keeper);
    if whole {
        return false;
    }

    let mut left = files.after_crash(keep);
    if twice {
        // The power goes again while the phone mends what the first cut left.
        left.die_before(cut % 7);
        drop(open(&left, &clock));
        left = left.after_crash(keep);
    }
    // Nothing was applied that is not on the disk: the chain there holds the last record that the phone knew.
    match records(&left) {
        Some((bodies, _)) if matches!(bodies[..], [Body::Certificate { .. }]) => {}
        Some((_, hashes)) => assert!(head == journal::genesis() || hashes.contains(&head)),
        None => assert_eq!(head, journal::genesis()),
    }
    if reboot {
        clock.reboot();
    }
    let mut keeper = open(&left, &clock);
    assert_eq!(keeper.fault(), None);
    let state = keeper.state();
    // Every receipted order survives (OWN-05).
    let taken = state.cursor().map_or(0, |c| Seq::get(c.seq));
    if !state.settled() {
        let receipted = server.receipts.keys().max().copied().unwrap_or(0);
        assert!(taken >= receipted, "{taken} < {receipted}");
        assert!(
            server.receipts.values().all(|(code, _)| code == "ok"),
            "{:?}",
            server.receipts
        );
    }
    if known.settled() || server.received(7) {
        assert!(state.settled());
    } else if server.received(5) {
        assert_eq!(state.lock_id(), None);
    } else if server.received(4) && taken < 5 {
        assert_eq!(state.lock_id(), Some(1));
    }
    // OWN-07: the window never grows, and at most 15 s are lost.
    if state.lock_id() == Some(1) {
        let charged_s = u64::from(state.check_in(nonce(), 0, &head, "", "").used.window_s.get());
        assert!(
            charged_s * 1000 >= used_ms,
            "{charged_s} s charged, {used_ms} ms used"
        );
        assert!(
            charged_s * 1000 <= used_ms + 15_000,
            "{charged_s} s charged, {used_ms} ms used"
        );
    }

    // Every wrong code that was answered is counted, and one at most that was not.
    if let Phase::Lock(lock) = keeper.snapshot().phase {
        let counted = lock.code.unwrap().tries;
        assert!(
            (tries..=tries + 1).contains(&counted),
            "{counted} counted, {tries} answered"
        );
    }

    let mut life = Life {
        files: &left,
        clock: &clock,
        server: &mut server,
        used_ms: &mut used_ms,
        tries: &mut tries,
    };
    life.live(&mut keeper).unwrap();
    assert!(keeper.state().settled());
    assert_eq!(left.names(), [JOURNAL]);
    true
}

/// OWN-05: whatever the server was told survives every power cut, nothing is ever applied that is not on the disk, the
/// window never grows, a wrong code stays counted, and the phone goes on from there to the end of its contract.
#[test]
fn a_power_cut_before_any_operation_loses_nothing_that_was_receipted() {
    for keep in Keep::ALL {
        for (reboot, twice) in [(false, false), (true, false), (false, true)] {
            let cuts = (0..)
                .take_while(|cut| cut_and_go_on(*cut, keep, reboot, twice))
                .count();
            assert!(cuts > 40, "{keep:?}: the life has only {cuts} operations");
        }
    }
}
