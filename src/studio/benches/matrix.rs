//! The whole matrix of shots: `cargo bench --workspace --bench matrix`.
//!
//! Runs `cargo studio shots --out FOLDER --json`, as a designer does, and prints what it says of itself: the time of each
//! frame by panel and colours, the whole, and what the whole would take at 25 languages with these times: of most
//! languages light frames alone are drawn, and written on the smallest panel alone.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark runs the program and prints what it says"
)]

use latchkey_screen::Panel;
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
    println!("\nshots             colours    frames  draw ms   most  judge ms  written  write ms");
    let panels = told["panels"].as_array().unwrap();
    let text = |of: &Value, field: &str| of[field].as_str().unwrap().to_owned();
    for of in panels {
        println!(
            "  {:<15} {:<9} {:>7} {:>8.2} {:>6.1} {:>9.2} {:>8} {:>9.2}",
            text(of, "panel"),
            text(of, "theme"),
            number(of, "frames"),
            number(of, "draw_ms_mean"),
            number(of, "draw_ms_most"),
            number(of, "judge_ms_mean"),
            number(of, "written"),
            number(of, "write_ms_mean"),
        );
    }
    let (seconds, workers) = (number(&told, "seconds"), number(&told, "workers"));
    println!(
        "  {} frames in {seconds:.1} s by {workers} workers, {} with findings",
        told["frames"], told["with_findings"]
    );
    // Every language that there is today is drawn in all three colours, and all its pictures are written.
    let today = latchkey_screen::words::LOCALES.len() as f64;
    let (all, in_colours) = GOAL;
    let (mut frames, mut spent, mut expected) = (0.0, 0.0, 0.0);
    for of in panels {
        let (light, floor) = (
            of["theme"] == "light",
            text(of, "panel") == Panel::FLOOR.to_string(),
        );
        let each = number(of, "frames") / today;
        let draw_ms = number(of, "draw_ms_mean") + number(of, "judge_ms_mean");
        let languages = if light { all } else { in_colours };
        let written = if light && floor { all } else { in_colours };
        frames += languages * each;
        expected += languages * each * draw_ms + written * each * number(of, "write_ms_mean");
        spent += number(of, "frames") * draw_ms + number(of, "written") * number(of, "write_ms_mean");
    }
    // What starting and joining the workers adds is counted as it was.
    let expected = seconds + (expected - spent) / 1000.0 / workers;
    println!(
        "  at {all} languages, {in_colours} of them in all colours: {frames:.0} frames, {expected:.0} s (limit {LIMIT} s)"
    );
}
