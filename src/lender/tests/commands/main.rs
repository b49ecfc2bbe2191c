//! The commands as a user runs them, in a process of their own, against real servers over HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test makes keys, looks at the files, and stops at the first thing that is wrong"
)]

mod broken;
mod conformance;
mod deeds;
mod hand;
mod live;

use std::path::Path;
use std::process::{Command, Output};

/// Runs `latchkey-lender` on a store.
fn run(dir: &Path, asked: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey-lender"));
    command
        .env_remove("LATCHKEY_DATABASE")
        .arg("--store")
        .arg(dir)
        .args(asked);
    command.output().unwrap()
}

/// The same, off the runtime's threads.
async fn run_beside(dir: &Path, asked: &[&str]) -> Output {
    let (dir, asked) = (
        dir.to_owned(),
        asked.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>(),
    );
    let asked = move || run(&dir, &asked.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(asked).await.unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}
