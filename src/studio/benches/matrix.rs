//! The whole matrix of shots: `cargo bench --workspace --bench matrix`.
//!
//! Runs `cargo studio shots --out FOLDER --json`, as a designer does, and prints what it says of itself: the time of each
//! frame by panel, the whole, and what the whole would take at 25 languages with the same time a frame.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark runs the program and prints what it says"
)]

use serde_json::Value;
use std::process::{Command, Stdio};

/// Languages of the goal, and those that are drawn in all three colours.
const GOAL: (f64, f64) = (25.0, 4.0);
/// Seconds for all of it.
const LIMIT: f64 = 60.0;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_latchkey-studio"))
        .args(["shots", "--json", "--out"])
        .arg(folder.path())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).expect("shots says what it drew");
    let number = |value: &Value, field: &str| value[field].as_f64().unwrap();
    println!("\nshots                 frames   draw ms   most   judge and write ms");
    for panel in told["panels"].as_array().unwrap() {
        println!(
            "  {:<18} {:>7} {:>9.2} {:>6.1} {:>20.2}",
            panel["panel"].as_str().unwrap(),
            number(panel, "frames"),
            number(panel, "draw_ms_mean"),
            number(panel, "draw_ms_most"),
            number(panel, "rest_ms_mean"),
        );
    }
    let seconds = number(&told, "seconds");
    println!(
        "  {} frames in {seconds:.1} s by {} workers, {} with findings",
        told["frames"], told["workers"], told["with_findings"]
    );
    // Every language that there is today is drawn in all three colours.
    let languages = latchkey_screen::words::LOCALES.len() as f64;
    let (all, in_colours) = GOAL;
    let more = (all + 2.0 * in_colours) / (3.0 * languages);
    println!(
        "  at {all} languages, {in_colours} of them in all colours: {:.0} s (limit {LIMIT} s)",
        seconds * more
    );
}
