//! A lender for tests, on each database that is at hand.

use crate::clock::Clock;
use crate::desk::{By, LockRow};
use crate::house::House;
use crate::orders::claims;
use crate::store::orders;
use crate::store::tests::postgres;
use crate::{Options, Sandbox, story};
use latchkey_core::order::claims::{Lock, typ};
use latchkey_core::order::values::{DeviceId, Level, No, Text};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// 2026-11-25 16:30:00 UTC, a Wednesday.
pub(crate) const T: u64 = 1_795_624_200;

pub(crate) struct Lender {
    pub sandbox: Sandbox,
    pub options: Options,
    pub dir: TempDir,
    clock: Arc<AtomicU64>,
}

impl Lender {
    /// A lender on each database that is at hand, at this time, whose jobs are worked on by hand.
    pub(crate) async fn at(now: u64, no_codes: bool) -> Vec<Lender> {
        let options = Options {
            no_codes,
            ..Options::default()
        };
        Lender::with(now, &options).await
    }

    pub(crate) async fn with(now: u64, options: &Options) -> Vec<Lender> {
        let mut lenders = Vec::new();
        let databases = [Some(None), postgres::fresh().map(Some)];
        for database in databases.into_iter().flatten() {
            let (dir, clock) = (tempfile::tempdir().unwrap(), Arc::new(AtomicU64::new(now)));
            let hand = clock.clone();
            let options = Options {
                database,
                by_hand: true,
                clock: Clock::new(move || hand.load(Ordering::SeqCst) * 1_000),
                public_url: Some("http://localhost:1".to_owned()),
                ..options.clone()
            };
            let sandbox = Sandbox::start(dir.path(), options.clone()).await.unwrap();
            lenders.push(Lender {
                sandbox,
                options,
                clock,
                dir,
            });
        }
        lenders
    }

    pub(crate) fn house(&self) -> Arc<House> {
        self.sandbox.house()
    }

    pub(crate) fn later(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Phones that are late, and warned as their market wants it.
    pub(crate) async fn late(&self, market: &str, phones: usize) -> Vec<DeviceId> {
        let house = self.house();
        let mut work = house.begin(&house.tenant).await.unwrap();
        let names = (0..phones).map(|n| format!("{market}-{n}"));
        let made = story::late(&mut work, market, names).await.unwrap();
        work.tx.commit().await.unwrap();
        made
    }

    pub(crate) async fn job(&self, devices: &[DeviceId]) -> String {
        let rows: Vec<_> = devices.iter().map(row).collect();
        let made = self.sandbox.desk().make_job(&rows, &by("amal")).await;
        made.unwrap()
    }

    pub(crate) async fn run(&self, job: &str) -> (i64, i64, i64, i64) {
        self.sandbox.desk().run_jobs().await.unwrap();
        self.counts(job).await
    }

    /// Queued, held, issued, failed.
    pub(crate) async fn counts(&self, job: &str) -> (i64, i64, i64, i64) {
        let told = self.sandbox.desk().job(job).await.unwrap();
        (told.queued, told.held, told.issued, told.failed)
    }

    pub(crate) async fn codes(&self, job: &str) -> Vec<String> {
        let rows = self.sandbox.desk().job_rows(job, 0, 100).await.unwrap();
        rows.into_iter()
            .map(|row| row.code.unwrap_or(row.state))
            .collect()
    }

    pub(crate) async fn locks(&self, device: &DeviceId) -> Vec<Lock> {
        let house = self.house();
        let mut conn = house.store.read().await.unwrap();
        let stored = orders::ever_of_kind(&mut conn, &house.tenant, device, typ::LOCK).await;
        stored.unwrap().iter().map(|o| claims(&o.jws).unwrap()).collect()
    }
}

pub(crate) fn no_of(n: u64) -> No {
    No::try_from(n).unwrap()
}

pub(crate) fn row(device: &DeviceId) -> LockRow {
    LockRow {
        device: device.clone(),
        level: Level::try_from(3).unwrap(),
        instalment: no_of(1),
        refs: Vec::new(),
    }
}

pub(crate) fn by(operator: &str) -> By {
    By {
        operator: Text::try_from(operator.to_owned()).unwrap(),
        reason: Text::try_from("late in November".to_owned()).unwrap(),
    }
}
