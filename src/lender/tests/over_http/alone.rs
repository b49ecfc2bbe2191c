//! The embedded database is for one process alone.

use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_lender::Sandbox;

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
