//! The whole minute, again and again: `cargo bench -p latchkey-desktop --bench minute`.
//!
//! Each round is `latchkey --frames` with a new phone and a new lender: enrolment, four orders, a form posted over HTTP,
//! a release verified and synced, a frame drawn. The figures are those that the program writes itself (`timings.json`).
//! Nothing here fails on a time: benchmarks measure, tests decide.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark runs the program and prints what it says"
)]

use std::process::{Command, Stdio};

const ROUNDS: usize = 40;

fn main() {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let dir = tempfile::tempdir().unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_latchkey"))
            .arg("--frames")
            .arg(dir.path())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "latchkey --frames ended with {status}");
        let timings = std::fs::read(dir.path().join("timings.json")).unwrap();
        rounds.push(serde_json::from_slice::<serde_json::Value>(&timings).unwrap());
    }
    println!("\nthe whole minute, {ROUNDS} rounds, ms            p50       p99   limit");
    for (name, field, limit) in [
        (
            "release read -> unlocked frame",
            "release_to_unlocked_frame_ms",
            "p99 32",
        ),
        ("pay posted -> unlocked frame", "pay_to_unlocked_ms", "p50 250"),
        ("process start -> first frame", "first_frame_ms", "-"),
    ] {
        let mut times: Vec<f64> = rounds.iter().map(|r| r[field].as_f64().unwrap()).collect();
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize];
        println!("  {name:<34} {:>9.1} {:>9.1}   {limit}", at(0.5), at(0.99));
    }
}
