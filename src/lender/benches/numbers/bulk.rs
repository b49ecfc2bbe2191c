//! A bulk job: every row judged, signed and stored in its own transaction.

use crate::ground::Ground;
use crate::tell;
use latchkey_core::order::values::{Level, No};
use latchkey_lender::desk::{By, LockRow};
use latchkey_lender::{Options, Sandbox};
use std::time::Instant;

fn by(operator: &str) -> By {
    By {
        operator: operator.to_owned().try_into().unwrap(),
        reason: "a benchmark".to_owned().try_into().unwrap(),
    }
}

pub async fn run(ground: Ground, rows: usize) {
    let options = Options {
        database: ground.url.clone(),
        no_codes: true,
        by_hand: true,
        phones: rows,
        ..Options::default()
    };
    let begun = Instant::now();
    let sandbox = Sandbox::start(ground.dir.path(), options).await.unwrap();
    tell(
        "late and warned phones made for the job, two notices each",
        rows,
        begun.elapsed(),
    );
    let desk = sandbox.desk();
    let phones = desk.phones().await.unwrap();
    let late = phones
        .iter()
        .filter(|phone| **phone != *sandbox.device() && !phone.as_str().starts_with("SEEDSEED"));
    let locks = late.take(rows).map(|device| LockRow {
        device: device.clone(),
        level: Level::try_from(3).unwrap(),
        instalment: No::try_from(1).unwrap(),
        refs: Vec::new(),
    });
    let locks: Vec<_> = locks.collect();
    let begun = Instant::now();
    let job = desk.make_job(&locks, &by("amal")).await.unwrap();
    desk.approve_job(&job, &by("bimal")).await.unwrap();
    desk.run_jobs().await.unwrap();
    tell(
        "bulk locks, made, approved and issued",
        locks.len(),
        begun.elapsed(),
    );
    let state = desk.job(&job).await.unwrap();
    assert_eq!(usize::try_from(state.issued).unwrap(), locks.len(), "{state:?}");
    sandbox.shutdown().await.unwrap();
}
