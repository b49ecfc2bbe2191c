//! Order keys are rotated under phones: nothing that stands changes, and what binds arrives under the new keys.

use crate::careful::{Careful, pay};
use crate::phone::*;
use latchkey_core::order::claims::{Role, typ};
use latchkey_lender::desk::{By, ROLES};
use latchkey_lender::sign::kid_of;

fn by() -> By {
    By {
        operator: "amal".to_owned().try_into().unwrap(),
        reason: "once a quarter".to_owned().try_into().unwrap(),
    }
}

fn all() -> Vec<Role> {
    ROLES.iter().map(|(role, _)| *role).collect()
}

#[tokio::test]
async fn a_lock_stands_when_its_key_is_rotated_and_the_release_under_the_new_key_lifts_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let before = sandbox.desk().keys().await.unwrap();
    let old = sandbox.desk().rotate(&all(), &by()).await.unwrap();
    assert_eq!(old.len(), 5, "release and grace share one");
    let after = sandbox.desk().keys().await.unwrap();
    assert_eq!(after.version, before.version + 1);
    assert_eq!(after.root, before.root);
    assert!(after.void.is_empty());
    assert!(after.keys.iter().all(|key| !old.contains(&key.kid)));
    let answer = phone.check_in().await;
    assert_eq!((answer.trust.len(), answer.orders.len()), (1, 0));
    assert_eq!(
        (phone.state.mode_word(), phone.state.lock_id()),
        ("locked", Some(1))
    );
    pay(&sandbox).await;
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.told().is_empty());
    let audit = sandbox.desk().audit().await.unwrap();
    assert_eq!(audit[0].action, "keys.rotate");
    sandbox.shutdown().await.unwrap();
}

/// Orders that the phone has not seen when the keys change: what binds is signed anew, what frees comes as it is.
#[tokio::test]
async fn what_was_under_way_arrives_after_a_rotation() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    let old = sandbox.desk().rotate(&all(), &by()).await.unwrap();
    sandbox.shutdown().await.unwrap();
    let sandbox = start(dir.path(), &clock).await;
    phone.phone.base = sandbox.base_url().to_owned();
    let answer = phone.check_in().await;
    assert!(phone.told().is_empty(), "no order was refused");
    assert_eq!(phone.state.mode_word(), "locked");
    for order in &answer.orders {
        let retired = kid_of(&order.jws).is_some_and(|kid| old.contains(&kid));
        let binds = [typ::LOCK, typ::TERMS].contains(&typ(&order.jws).as_str());
        assert_eq!(retired, !binds, "notices stay, lock and terms are signed anew");
    }
    // A phone that lost everything gets it all back under the new keys.
    let mut wiped = Careful::enrolled(&sandbox, &clock).await;
    wiped.check_in().await;
    assert_eq!(wiped.state.lock_id(), Some(1));
    assert!(wiped.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_key_file_from_before_a_rotation_is_not_used_again() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let file = dir.path().join("lender/keys.json");
    let before = std::fs::read(&file).unwrap();
    sandbox.desk().rotate(&[Role::Lock], &by()).await.unwrap();
    let options = clock.options();
    sandbox.shutdown().await.unwrap();
    let after = std::fs::read(&file).unwrap();
    std::fs::write(&file, before).unwrap();
    let refused = latchkey_lender::Sandbox::start(dir.path(), options.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "other_keys");
    std::fs::write(&file, after).unwrap();
    let sandbox = latchkey_lender::Sandbox::start(dir.path(), options)
        .await
        .unwrap();
    sandbox.shutdown().await.unwrap();
}
