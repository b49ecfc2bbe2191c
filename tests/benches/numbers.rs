//! Figures of the design's section 9 that need no window: `cargo bench -p latchkey-tests --bench numbers`.
//!
//! Each row is the median of its rounds, with the limit or the peer measured in the same run. Nothing here fails on a
//! time: benchmarks measure, tests decide.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark prints what the clock says"
)]

use latchkey_core::journal::{self, Body, Entry};
use latchkey_core::order::claims::{Order, Why};
use latchkey_core::order::values::Seq;
use latchkey_core::order::verify_order;
use latchkey_core::time::{BootId, Stamp};
use latchkey_tests::signer::{World, device};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn journals(token: &str) {
    println!("\njournal: open + verify the chain          median of 15");
    for records in [100_u32, 1_000, 10_000] {
        let mut bytes = journal::MAGIC.to_vec();
        let mut head = journal::genesis();
        for n in 0..records {
            let stamp = Stamp {
                boot: BootId([1; 16]),
                boot_ms: u64::from(n),
                floor_s: 1_780_000_000,
            };
            let body = Body::Order {
                seq: Seq::try_from(u64::from(n)).unwrap(),
                jti: "AAAAAAAAAAAAAAAAAAAAAA".try_into().unwrap(),
                token: token.to_owned(),
            };
            let (record, next) = journal::record(&head, &Entry { stamp, body });
            bytes.extend(record);
            head = next;
        }
        let time = median(15, || {
            black_box(journal::scan(black_box(&bytes)).unwrap());
        });
        println!(
            "  {records:>6} records  {:>9.2} ms  ({} kB; limit for 10,000: 20 ms)",
            time.as_secs_f64() * 1e3,
            bytes.len() / 1024
        );
    }
}

fn orders() {
    let world = World::new();
    let release = world.sign(&Order::Release(world.release_claims(1, Why::Paid, &[4])));
    let trust = world.trust();
    let ours = median(400, || {
        black_box(verify_order(black_box(release.as_bytes()), &trust, &device()).unwrap());
    });
    let key = ed25519_dalek::VerifyingKey::from_bytes(&world.release.public()).unwrap();
    let (signed, signature) = release.rsplit_once('.').unwrap();
    let signature =
        ed25519_dalek::Signature::from_slice(&latchkey_core::envelope::decode(signature.as_bytes()).unwrap())
            .unwrap();
    let raw = median(400, || {
        key.verify_strict(black_box(signed.as_bytes()), &signature)
            .unwrap();
    });
    println!("\norders verified                           median of 400");
    println!("  whole check     {:>8.0} /s", 1.0 / ours.as_secs_f64());
    println!(
        "  raw Ed25519     {:>8.0} /s  (the same signature, nothing else)",
        1.0 / raw.as_secs_f64()
    );
    journals(&release);
}

fn main() {
    orders();
}
