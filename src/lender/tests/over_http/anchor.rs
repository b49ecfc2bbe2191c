//! The head of the audit's chain, told to other systems so that somebody else can keep it.

use crate::clerk::Clerk;
use crate::phone::*;
use crate::webhooks::hearing;
use latchkey_lender::Options;
use latchkey_lender::desk::{Audited, By, holds, whole};
use serde_json::json;

fn by() -> By {
    By {
        operator: "amal".to_owned().try_into().unwrap(),
        reason: "a drill".to_owned().try_into().unwrap(),
    }
}

#[tokio::test]
async fn the_audits_head_is_told_each_hour_in_which_it_grew_and_by_hand() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = Options {
        by_hand: true,
        ..clock.options()
    };
    let (sandbox, mut hears) = hearing(dir.path(), options).await;
    let desk = sandbox.desk();
    desk.tell_audit_head_in_time().await.unwrap();
    clock.add(3_599);
    assert_eq!(
        desk.tell_audit_head_in_time().await.unwrap(),
        None,
        "not an hour yet"
    );
    clock.add(1);
    let head = desk.tell_audit_head_in_time().await.unwrap().unwrap();
    desk.send_webhooks().await.unwrap();
    let told = hears.recv().await.unwrap();
    let last = desk.audit().await.unwrap().pop().unwrap();
    assert_eq!((head.place, &head.hash), (last.place, &last.hash));
    assert_eq!(told["type"], "audit.head");
    assert_eq!(
        told["data"],
        json!({"place": head.place, "hash": head.hash, "at": T})
    );
    clock.add(7_200);
    assert_eq!(
        desk.tell_audit_head_in_time().await.unwrap(),
        None,
        "nothing is new"
    );

    desk.stop_locks(true, &by()).await.unwrap();
    let clerk = Clerk::of(&sandbox, &clock, None, "audit:read").await;
    let read = clerk.get("/v1/audit/head").await;
    assert_eq!((read.status, &read.body["place"]), (200, &json!(head.place + 1)));
    let now = clerk.act("/v1/audit/head").await;
    assert_eq!((now.status, &now.body), (200, &read.body));
    desk.send_webhooks().await.unwrap();
    let told = hears.recv().await.unwrap();
    assert_eq!(told["data"], read.body);
    let few = Clerk::of(&sandbox, &clock, None, "devices:read").await;
    assert_eq!(few.act("/v1/audit/head").await.code(), "scope_missing");
    sandbox.shutdown().await.unwrap();
}

/// A chain that was written anew from its first row is whole in itself; only a head that was kept elsewhere tells.
#[tokio::test]
async fn a_chain_that_was_written_anew_does_not_hold_the_head_that_was_kept() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let desk = sandbox.desk();
    assert_eq!(
        desk.tell_audit_head().await.unwrap(),
        None,
        "before the first row"
    );
    desk.stop_locks(true, &by()).await.unwrap();
    let head = desk.tell_audit_head().await.unwrap().unwrap();
    desk.stop_locks(false, &by()).await.unwrap();
    let rows = desk.audit().await.unwrap();
    assert!(whole(&rows) && holds(&rows, head.place, &head.hash));
    sandbox.shutdown().await.unwrap();

    let dir = tempfile::tempdir().unwrap();
    let sandbox = start(dir.path(), &Hand::at(T + 1)).await;
    let desk = sandbox.desk();
    desk.stop_locks(true, &by()).await.unwrap();
    desk.stop_locks(false, &by()).await.unwrap();
    let other: Vec<Audited> = desk.audit().await.unwrap();
    assert!(whole(&other) && !holds(&other, head.place, &head.hash));
    sandbox.shutdown().await.unwrap();
}
