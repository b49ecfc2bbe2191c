//! The store: one set of migrations and queries on SQLite, the embedded default, and on PostgreSQL.
//!
//! A query is [`query`] or [`query_as`] with `$1` placeholders and runs on either. Every function takes a
//! [`Tenant`](crate::auth::Tenant). A [`Tx`] remembers which phones have something new, and wakes their polls after the
//! commit, never before; on PostgreSQL the wake is a notification inside the transaction, so that every process hears it.
//!
//! Many at once: SQLite has one writing connection, so a transaction sees nobody beside it. PostgreSQL runs many, each
//! at READ COMMITTED, and [`turn`] makes them safe: whoever reads a phone or its contract and then decides holds that
//! phone's row first ([`Conn::hold`]), and what the tenant has once has its own row ([`Conn::turn`]). A statement sees
//! everything that was committed before it began, so what is read under the lock is what stands. Counters are columns of
//! the phone's row. Row locks were chosen over SERIALIZABLE because nothing has to be tried again: a unit of work may
//! hash for a second, or have asked a payment provider. In debug builds an order for a phone that is not held, or a lock
//! out of order, stops the program.

pub(crate) mod audit;
pub(crate) mod claims;
pub(crate) mod clients;
pub(crate) mod compensations;
pub(crate) mod contracts;
pub(crate) mod devices;
pub(crate) mod enrolment;
pub(crate) mod idempotency;
pub(crate) mod job_pages;
pub(crate) mod jobs;
pub(crate) mod operators;
pub(crate) mod orders;
pub(crate) mod overpaid;
pub(crate) mod pages;
pub(crate) mod payments;
pub(crate) mod provider_events;
mod query;
pub(crate) mod settings;
pub(crate) mod tenants;
pub(crate) mod trust;
pub(crate) mod turn;
pub(crate) mod webhooks;

pub(crate) use query::{query, query_as};
pub(crate) use turn::Turn;

use crate::error::LenderError;
use crate::log::Log;
use crate::wake::Wakes;
use latchkey_core::order::values::{DeviceId, Id};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

/// Connections of one process to PostgreSQL; waiting polls hold none.
const CONNECTIONS: u32 = 16;
/// A server that lost its power holds its rows no longer than this: PostgreSQL ends what says nothing. A transaction here
/// is silent for seconds at most, while it hashes.
const SILENCE: [(&str, &str); 5] = [
    ("idle_in_transaction_session_timeout", "60s"),
    ("lock_timeout", "30s"),
    ("tcp_keepalives_idle", "10"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];
/// The channel of notifications.
const CHANNEL: &str = "latchkey";
/// A transaction with news for more phones than this wakes all.
const MOST_NAMED: usize = 64;
/// After a lost connection the next try comes so much later.
const LISTEN_AGAIN: Duration = Duration::from_secs(1);

/// Where the store is.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    /// SQLite, in this file.
    File(PathBuf),
    /// PostgreSQL, at this URL.
    Postgres(String),
}

/// The pools.
#[derive(Clone, Debug)]
enum Pools {
    Sqlite { reader: SqlitePool, writer: SqlitePool },
    Postgres(PgPool),
}

/// The store.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pools: Pools,
    wakes: Wakes,
}

impl Store {
    /// Opens the database, makes the file if it is missing, and brings it up to date.
    pub(crate) async fn open(at: &Database, wakes: Wakes) -> Result<Store, LenderError> {
        let migrations = sqlx::migrate!("./migrations");
        let pools = match at {
            Database::File(file) => {
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
                migrations.run(&writer).await?;
                let reader = SqlitePoolOptions::new()
                    .max_connections(4)
                    .connect_with(options)
                    .await?;
                Pools::Sqlite { reader, writer }
            }
            Database::Postgres(url) => {
                let options = PgConnectOptions::from_str(url).map_err(LenderError::Database)?;
                let pool = PgPoolOptions::new()
                    .max_connections(CONNECTIONS)
                    .connect_with(options.application_name("latchkey-lender").options(SILENCE))
                    .await
                    .map_err(LenderError::Database)?;
                migrations.run(&pool).await?;
                Pools::Postgres(pool)
            }
        };
        Ok(Store { pools, wakes })
    }

    /// Whether other processes may use the same database.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.pools, Pools::Postgres(_))
    }

    /// Hears what other processes did, from now until the store is closed.
    pub(crate) async fn listen(&self, log: Log) -> Result<(), LenderError> {
        let Pools::Postgres(pool) = &self.pools else {
            return Ok(());
        };
        let (pool, wakes) = (pool.clone(), self.wakes.clone());
        let mut listener = listener(&pool).await?;
        tokio::spawn(async move {
            loop {
                match listener.try_recv().await {
                    Ok(Some(told)) => wakes.told(told.payload()),
                    // Whatever was said while the connection was lost is lost: everybody looks again.
                    Ok(None) => wakes.wake_all(),
                    Err(sqlx::Error::PoolClosed) => return,
                    Err(error) => {
                        log.tell(&format!("notifications are lost: {error}"));
                        listener = loop {
                            tokio::time::sleep(LISTEN_AGAIN).await;
                            match self::listener(&pool).await {
                                Ok(listener) => break listener,
                                Err(sqlx::Error::PoolClosed) => return,
                                Err(_) => {}
                            }
                        };
                        wakes.wake_all();
                    }
                }
            }
        });
        Ok(())
    }

    /// A connection to read with.
    pub(crate) async fn read(&self) -> Result<Conn, LenderError> {
        Ok(Conn::new(match &self.pools {
            Pools::Sqlite { reader, .. } => Link::Sqlite(reader.acquire().await?),
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await?),
        }))
    }

    /// A writing transaction: the one of SQLite, one of many of PostgreSQL.
    pub(crate) async fn begin(&self) -> Result<Tx, LenderError> {
        let link = match &self.pools {
            // IMMEDIATE: a transaction that reads first must not fail later because another one wrote.
            Pools::Sqlite { writer, .. } => Link::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Link::PostgresTx(pool.begin().await?),
        };
        Ok(Tx {
            conn: Conn::new(link),
            wakes: self.wakes.clone(),
            woken: Vec::new(),
            all: false,
            jobs: false,
            webhooks: false,
        })
    }

    /// Closes the pools.
    pub(crate) async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

async fn listener(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

enum Link {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(sqlx::Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(sqlx::Transaction<'static, Postgres>),
}

/// A connection as the query layer takes it.
pub(crate) enum Side<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// One connection to either database, and what its transaction holds.
pub(crate) struct Conn {
    link: Link,
    held: turn::Held,
}

impl Conn {
    fn new(link: Link) -> Conn {
        let held = turn::Held::default();
        Conn { link, held }
    }

    fn side(&mut self) -> Side<'_> {
        match &mut self.link {
            Link::Sqlite(conn) => Side::Sqlite(conn),
            Link::SqliteTx(tx) => Side::Sqlite(tx),
            Link::Postgres(conn) => Side::Postgres(conn),
            Link::PostgresTx(tx) => Side::Postgres(tx),
        }
    }

    /// Whether others may write at the same time. For the few queries that say so with words of PostgreSQL's own.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.link, Link::Postgres(_) | Link::PostgresTx(_))
    }
}

/// A writing transaction. Dropped without [`Tx::commit`], it never happened.
pub(crate) struct Tx {
    conn: Conn,
    wakes: Wakes,
    woken: Vec<DeviceId>,
    all: bool,
    jobs: bool,
    webhooks: bool,
}

impl Tx {
    /// After the commit the senders look for messages that are due.
    pub(crate) fn wake_webhooks(&mut self) {
        self.webhooks = true;
    }

    /// After the commit the workers look for rows that are due.
    pub(crate) fn wake_jobs(&mut self) {
        self.jobs = true;
    }

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

    /// Makes it true, then wakes who waits for it, in every process.
    pub(crate) async fn commit(mut self) -> Result<(), LenderError> {
        self.all |= self.woken.len() > MOST_NAMED;
        if self.is_postgres() {
            let all = vec![Wakes::ALL.to_owned()];
            let named = self.woken.iter().map(|device| device.as_str().to_owned());
            let mut told: Vec<String> = if self.all { all } else { named.collect() };
            told.extend(self.jobs.then(|| Wakes::JOBS.to_owned()));
            told.extend(self.webhooks.then(|| Wakes::WEBHOOKS.to_owned()));
            for told in told {
                query("SELECT pg_notify($1, $2)")
                    .bind(CHANNEL)
                    .bind(told)
                    .execute(&mut self.conn)
                    .await?;
            }
        }
        match self.conn.link {
            Link::SqliteTx(tx) => tx.commit().await?,
            Link::PostgresTx(tx) => tx.commit().await?,
            Link::Sqlite(_) | Link::Postgres(_) => {}
        }
        if self.all {
            self.wakes.wake_all();
        }
        for device in &self.woken {
            self.wakes.wake(device);
        }
        if self.jobs {
            self.wakes.jobs.notify_one();
        }
        if self.webhooks {
            self.wakes.webhooks.notify_one();
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests' own PostgreSQL")]
pub(crate) mod tests;
