//! The store: SQLite now, one set of migrations and queries that PostgreSQL runs too.
//!
//! Every function takes a [`Tenant`](crate::auth::Tenant). One connection writes, a few read. A [`Tx`] remembers
//! which phones have something new, and wakes their polls after the commit, never before.

pub(crate) mod audit;
pub(crate) mod claims;
pub(crate) mod clients;
pub(crate) mod contracts;
pub(crate) mod devices;
pub(crate) mod enrolment;
pub(crate) mod idempotency;
pub(crate) mod orders;
pub(crate) mod payments;
pub(crate) mod settings;
pub(crate) mod trust;

use crate::error::LenderError;
use crate::wake::Wakes;
use latchkey_core::order::values::{DeviceId, Id};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::Duration;

/// One connection.
pub(crate) type Conn = SqliteConnection;

/// The pools.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
    wakes: Wakes,
}

impl Store {
    /// Opens the file, or makes it, and brings it up to date.
    pub(crate) async fn open(file: &Path, wakes: Wakes) -> Result<Store, LenderError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations").run(&writer).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        Ok(Store {
            reader,
            writer,
            wakes,
        })
    }

    /// A connection to read with.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>, LenderError> {
        Ok(self.reader.acquire().await?)
    }

    /// The one writing transaction.
    pub(crate) async fn begin(&self) -> Result<Tx, LenderError> {
        // IMMEDIATE: a transaction that reads first must not fail later because another one wrote.
        let inner = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx {
            inner,
            wakes: self.wakes.clone(),
            woken: Vec::new(),
            all: false,
        })
    }

    /// Closes both pools.
    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// A writing transaction. Dropped without [`Tx::commit`], it never happened.
pub(crate) struct Tx {
    inner: sqlx::Transaction<'static, Sqlite>,
    wakes: Wakes,
    woken: Vec<DeviceId>,
    all: bool,
}

impl Tx {
    /// After the commit this phone's poll answers.
    pub(crate) fn wake(&mut self, device: &DeviceId) {
        if !self.woken.contains(device) {
            self.woken.push(device.clone());
        }
    }

    /// After the commit every poll answers: there are new keys.
    pub(crate) fn wake_all(&mut self) {
        self.all = true;
    }

    /// Makes it true, then wakes who waits for it.
    pub(crate) async fn commit(self) -> Result<(), LenderError> {
        self.inner.commit().await?;
        if self.all {
            self.wakes.wake_all();
        }
        for device in &self.woken {
            self.wakes.wake(device);
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.inner
    }
}

/// A stored device id.
pub(crate) fn device_id(text: String) -> Result<DeviceId, LenderError> {
    DeviceId::try_from(text).map_err(|_| LenderError::Damaged("a device id"))
}

/// A stored id.
pub(crate) fn id(text: String) -> Result<Id, LenderError> {
    Id::try_from(text).map_err(|_| LenderError::Damaged("an id"))
}

/// A stored number as a bounded value.
pub(crate) fn bounded<T: TryFrom<u64>>(n: i64, what: &'static str) -> Result<T, LenderError> {
    u64::try_from(n)
        .ok()
        .and_then(|n| T::try_from(n).ok())
        .ok_or(LenderError::Damaged(what))
}

/// An unsigned number for the store. Everything stored is far below 2^63.
pub(crate) fn int(n: impl Into<u64>) -> i64 {
    i64::try_from(n.into()).unwrap_or(i64::MAX)
}
