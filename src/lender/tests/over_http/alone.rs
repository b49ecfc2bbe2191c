//! What only the embedded database shows: it is for one process alone, and a test can damage its file.

use crate::paying::asked;
use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_lender::{Options, Sandbox};

#[tokio::test]
async fn one_process_a_store() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let second = Sandbox::start(dir.path(), clock.options()).await;
    assert_eq!(second.unwrap_err().code(), "store_busy");
    sandbox.shutdown().await.unwrap();
    start(dir.path(), &clock).await.shutdown().await.unwrap();
}

#[test]
fn a_reader_that_stops_reading_is_a_quiet_end() {
    let mut said = std::process::Command::new(env!("CARGO_BIN_EXE_latchkey-lender"))
        .arg("openapi")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(said.stdout.take());
    let end = said.wait_with_output().unwrap();
    assert!(end.status.success());
    assert_eq!(String::from_utf8_lossy(&end.stderr), "");
}

#[tokio::test]
async fn orders_by_hand_need_a_store_and_change_no_address() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let none = Sandbox::desk_of(dir.path(), clock.options()).await.unwrap_err();
    assert_eq!(none.code(), "not_found");
    let sandbox = start(dir.path(), &clock).await;
    let busy = Sandbox::desk_of(dir.path(), clock.options()).await.unwrap_err();
    assert_eq!(busy.code(), "store_busy");
    let mut phone = Phone::locked(&sandbox, &clock).await;
    sandbox.shutdown().await.unwrap();
    let desk = Sandbox::desk_of(dir.path(), clock.options()).await.unwrap();
    desk.release(Why::Error).await.unwrap();
    drop(desk);
    let sandbox = start(dir.path(), &clock).await;
    let answer = phone.check_in(0).await;
    assert!(answer.trust.is_empty());
    let release: Release = claims(&answer.orders[0].jws);
    assert_eq!(
        (answer.orders.len(), release.lock_id.get(), release.why),
        (1, 1, Why::Error)
    );
    sandbox.shutdown().await.unwrap();
}

async fn without_a_notice(dir: &std::path::Path) {
    let file = format!("sqlite:{}", dir.join("lender/lender.db").display());
    let store = sqlx::SqlitePool::connect(&file).await.unwrap();
    let gone = "UPDATE orders SET state = 'cancelled' WHERE kind = 'lk-notice+jwt' AND seq = 1";
    sqlx::query(gone).execute(&store).await.unwrap();
    store.close().await;
}

/// OWN-03: a lock that could not be signed today is not signed anew for a phone that lost its record: it is over.
#[tokio::test]
async fn a_lock_in_force_whose_notice_is_gone_is_released_and_not_signed_anew() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    without_a_notice(dir.path()).await;
    phone.after = None;
    let lost = phone.check_in(0).await;
    let told: Vec<_> = lost.orders.iter().map(|order| typ(&order.jws)).collect();
    assert!(told.contains(&typ::RELEASE.to_owned()) && !told.contains(&typ::LOCK.to_owned()));
    let status: Status = claims(&lost.status);
    assert_eq!((status.lock_id.get(), status.lock_state), (0, LockState::None));
    sandbox.shutdown().await.unwrap();
}

/// OWN-03: what was lawful when it was signed is asked again before it is offered again.
#[tokio::test]
async fn a_late_lock_whose_notice_is_gone_is_withdrawn() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders[..3], "ok", None).await;
    phone.receipt(&first.orders[3..], "p_hours", Some(7_200)).await;
    without_a_notice(dir.path()).await;
    clock.add(7_200);
    let late = phone.check_in(0).await;
    assert!(late.orders.is_empty());
    let status: Status = claims(&late.status);
    assert_eq!((status.lock_id.get(), status.lock_state), (0, LockState::None));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn when_we_fail_the_payer_reads_what_to_do_and_a_number_for_the_hotline() {
    let dir = tempfile::tempdir().unwrap();
    let told = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let heard = told.clone();
    let options = Options {
        log: latchkey_lender::Log::new(move |line| heard.lock().unwrap().push_str(line)),
        ..Hand::at(T).options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let file = format!("sqlite:{}", dir.path().join("lender/lender.db").display());
    let store = sqlx::SqlitePool::connect(&file).await.unwrap();
    sqlx::query("UPDATE contracts SET agreement = 'x'")
        .execute(&store)
        .await
        .unwrap();
    store.close().await;
    let (status, page) = asked(sandbox.pay_url(), "hi").await;
    assert!(status == 500 && page.contains("पैसे दो बार नहीं कटते"), "{page}");
    let log = told.lock().unwrap().clone();
    let number = log.rsplit_once("(request ").expect(&log).1.trim_end_matches(')');
    assert!(
        page.contains(number) && !page.contains("agreement"),
        "{number}: {page}"
    );
    sandbox.shutdown().await.unwrap();
}
