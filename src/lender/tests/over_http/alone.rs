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
