//! The same behaviour on both databases.

use super::{Conn, Database, Store, Turn, query, query_as};
use crate::auth::Tenant;
use crate::log::Log;
use crate::wake::Wakes;
use latchkey_core::order::values::DeviceId;
use postgres::run;
use tempfile::TempDir;

#[path = "../tests/over_postgres/postgres.rs"]
pub(crate) mod postgres;

/// An empty store on each database that is at hand, with what keeps it.
async fn stores() -> Vec<(Store, Database, TempDir)> {
    let mut found = Vec::new();
    let file = |dir: &TempDir| Database::File(dir.path().join("lender.db"));
    let server = postgres::fresh().map(Database::Postgres);
    for database in [None, server] {
        let dir = tempfile::tempdir().unwrap();
        let at = match database {
            Some(server) => server,
            None if found.is_empty() => file(&dir),
            None => break,
        };
        found.push((Store::open(&at, Wakes::default()).await.unwrap(), at, dir));
    }
    found
}

fn tenant() -> Tenant {
    Tenant::of_the_house("sandbox", &crate::files::shared()).unwrap()
}

fn phone() -> DeviceId {
    DeviceId::try_from("A".repeat(26)).unwrap()
}

#[tokio::test]
async fn values_come_back_as_they_were_bound() {
    for (store, ..) in stores().await {
        let mut tx = store.begin().await.unwrap();
        let insert = "INSERT INTO claims (tenant, device, claim, kind, lock_id, instalment, text, created_ms, answer_by_ms)
                      VALUES ($1, 'd', 'c', 'paid', $2, $3, $4, CASE WHEN $5 THEN 7 ELSE 8 END, 0)";
        query("INSERT INTO contracts (tenant, contract, agreement, currency, pay_token, created_ms) VALUES ('t', 'k', '', '', '', 0)")
            .execute(&mut tx)
            .await
            .unwrap();
        query("INSERT INTO devices (tenant, device, contract, created_ms) VALUES ('t', 'd', 'k', 0)")
            .execute(&mut tx)
            .await
            .unwrap();
        let done = query(insert)
            .bind("t")
            .bind(i64::MAX)
            .bind(None::<i64>)
            .bind(Some("ශ්‍රී 'x'"))
            .bind(true)
            .execute(&mut tx)
            .await
            .unwrap();
        assert_eq!(done.rows_affected(), 1);
        let row: (i64, Option<i64>, Option<String>, Option<String>, i64) =
            query_as("SELECT lock_id, instalment, choice, text, created_ms FROM claims")
                .fetch_one(&mut tx)
                .await
                .unwrap();
        assert_eq!(row, (i64::MAX, None, None, Some("ශ්‍රී 'x'".to_owned()), 7));
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_never_happened() {
    for (store, ..) in stores().await {
        let tenant = tenant();
        let mut tx = store.begin().await.unwrap();
        super::settings::set(&mut tx, &tenant, "name", "value")
            .await
            .unwrap();
        drop(tx);
        let mut conn = store.read().await.unwrap();
        assert_eq!(
            super::settings::get(&mut conn, &tenant, "name").await.unwrap(),
            None
        );
    }
}

async fn count(conn: &mut Conn, tenant: &Tenant) {
    conn.turn(tenant, Turn::Trust).await.unwrap();
    let held = super::settings::get(conn, tenant, "count").await.unwrap();
    let next = held.map_or(0, |n| n.parse::<i64>().unwrap()) + 1;
    super::settings::set(conn, tenant, "count", &next.to_string())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_that_read_and_then_write_none_is_lost() {
    for (store, ..) in stores().await {
        let all = (0..20).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                count(&mut tx, &tenant()).await;
                tx.commit().await.unwrap();
            })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        let mut conn = store.read().await.unwrap();
        let held = super::settings::get(&mut conn, &tenant(), "count").await.unwrap();
        assert_eq!(held.as_deref(), Some("20"));
    }
}

#[tokio::test]
async fn a_commit_rings_the_bell_in_every_process_that_listens() {
    for (store, at, _dir) in stores().await {
        if !store.is_shared() {
            continue;
        }
        let other = Store::open(&at, Wakes::default()).await.unwrap();
        other.listen(Log::default()).await.unwrap();
        let bell = other.wakes.bell(&phone());
        for round in 0..2 {
            let rung = bell.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let mut tx = store.begin().await.unwrap();
            tx.wake(&phone());
            if round == 1 {
                tx.wake_all();
            }
            tx.commit().await.unwrap();
            rung.await;
        }
        other.close().await;
        store.close().await;
    }
}

#[tokio::test]
async fn a_listener_that_was_cut_off_rings_all_bells_and_hears_again() {
    for (store, at, _dir) in stores().await {
        let Database::Postgres(url) = &at else { continue };
        let other = Store::open(&at, Wakes::default()).await.unwrap();
        other.listen(Log::default()).await.unwrap();
        let bell = other.wakes.bell(&phone());
        let rung = bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        run(url, cut.to_owned());
        rung.await;
        let rung = bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let mut tx = store.begin().await.unwrap();
        tx.wake(&phone());
        tx.commit().await.unwrap();
        rung.await;
        other.close().await;
        store.close().await;
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_holds_no_row_for_long() {
    for (store, ..) in stores().await {
        let mut conn = store.read().await.unwrap();
        if !conn.is_postgres() {
            continue;
        }
        let names = "SELECT name FROM pg_settings WHERE source = 'client' AND (name, setting) IN (
                         ('idle_in_transaction_session_timeout', '60000'), ('lock_timeout', '30000'))";
        let set: Vec<(String,)> = query_as(names).fetch_all(&mut conn).await.unwrap();
        assert_eq!(set.len(), 2);
    }
}
