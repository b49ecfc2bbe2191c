//! A phone that may be under one of several locks: whoever frees it names the one that it shows.

use crate::careful::Careful;
use crate::clerk::Clerk;
use crate::console::seat;
use crate::phone::*;
use latchkey_core::order::claims::{Grace, Role, typ};
use latchkey_lender::desk::By;
use latchkey_lender::{Options, Sandbox};
use serde_json::json;

fn by() -> By {
    By {
        operator: String::from("amal").try_into().unwrap(),
        reason: String::from("test").try_into().unwrap(),
    }
}

/// Lock 1 is on the phone, lock 2, with codes, on its way.
async fn two_locks(sandbox: &Sandbox, clock: &Hand) -> Careful {
    let mut phone = Careful::enrolled(sandbox, clock).await;
    phone.check_in().await;
    clock.add(60);
    let (level, instalment) = (2.try_into().unwrap(), 4.try_into().unwrap());
    sandbox.desk().lock(level, instalment).await.unwrap();
    phone
}

#[tokio::test]
async fn time_and_codes_are_for_the_lock_that_is_named_where_several_may_stand() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = two_locks(&sandbox, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read grace:write codes:read").await;
    let path = format!("/v1/devices/{}", sandbox.device());
    let (grace, codes) = (format!("{path}/grace"), format!("{path}/codes"));
    let code = |lock: Option<u64>| match lock {
        Some(lock) => json!({"slot": 1, "operator": "a", "reason": "b", "lock_id": lock}),
        None => json!({"slot": 1, "operator": "a", "reason": "b"}),
    };
    for (path, body) in [(&grace, json!({"dur_s": 3600})), (&codes, code(None))] {
        let told = clerk.post(path, &body).await;
        assert_eq!((told.status, told.code()), (409, "several_locks"));
        assert_eq!(told.body["locks"], json!([1, 2]), "{path}");
        assert_eq!(told.body["errors"][0]["pointer"], "/lock_id");
        assert!(told.body["detail"].as_str().unwrap().contains("1, 2"));
    }
    for wrong in [3, 9] {
        let told = clerk
            .post(&grace, &json!({"dur_s": 3600, "lock_id": wrong}))
            .await;
        assert_eq!((told.status, told.code()), (404, "lock_unknown"));
    }
    let desk = sandbox.desk();
    let dur_s = 3_600.try_into().unwrap();
    assert_eq!(desk.grace(dur_s).await.unwrap_err().code(), "several_locks");
    // The one on the phone has no codes, and the other one's do not open it.
    let told = clerk.post(&codes, &code(Some(1))).await;
    assert_eq!((told.status, told.code()), (404, "slot_unknown"));
    assert_eq!(clerk.post(&codes, &code(Some(2))).await.body["lock_id"], 2);

    let mut operator = seat(&sandbox, "devices:read grace:write audit:read").await;
    operator.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        operator.page.contains("The lock that the phone shows"),
        "{}",
        operator.page
    );
    let blind = [("hours", "24"), ("reason", "hospital")];
    operator.does(&sandbox, "grace", &blind).await;
    assert!(
        operator
            .page
            .contains("several locks may be in force on this phone: 1, 2"),
        "{}",
        operator.page
    );
    let named = [("hours", "24"), ("reason", "hospital"), ("lock", "1")];
    operator.does(&sandbox, "grace", &named).await;
    assert!(
        operator.page.contains("The grace is on its way"),
        "{}",
        operator.page
    );
    let orders = phone.check_in().await.orders;
    let grace = orders.iter().find(|order| typ(&order.jws) == typ::GRACE).unwrap();
    assert_eq!(claims::<Grace>(&grace.jws).lock_id.get(), 1);
    let last = desk.audit().await.unwrap().pop().unwrap();
    assert_eq!((last.action.as_str(), last.lock_id), ("grace", 1));
    // One lock needs no name.
    assert_eq!(phone.state.lock_id(), Some(2));
    clock.add(60);
    let told = clerk
        .post(&format!("{path}/grace"), &json!({"dur_s": 3600}))
        .await;
    assert_eq!(told.status, 202, "{:?}", told.body);
    sandbox.shutdown().await.unwrap();
}

/// A key that signed only the lock on its way takes that one along, and not the lock that the phone holds.
#[tokio::test]
async fn a_void_key_lifts_what_it_signed_and_no_other_lock() {
    for stopped in [true, false] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
        let options = Options {
            no_codes: true,
            ..clock.options()
        };
        let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
        let mut phone = Careful::enrolled(&sandbox, &clock).await;
        phone.check_in().await;
        clock.add(60);
        let desk = sandbox.desk();
        desk.rotate(&[Role::Lock], &by()).await.unwrap();
        let (level, instalment) = (2.try_into().unwrap(), 4.try_into().unwrap());
        desk.lock(level, instalment).await.unwrap();
        if stopped {
            desk.stop_locks(true, &by()).await.unwrap();
        }
        clock.add(60);
        desk.void(Role::Lock).await.unwrap();
        phone.check_in().await;
        let (lock, through) = (phone.state.lock_id(), phone.state.released_through());
        if stopped {
            assert_eq!((lock, through), (Some(1), 0), "its own key is good");
            desk.stop_locks(false, &by()).await.unwrap();
            phone.check_in().await;
            assert_eq!(
                (phone.state.lock_id(), phone.state.released_through()),
                (Some(1), 0)
            );
        } else {
            assert_eq!((lock, through), (Some(3), 0), "what was genuine stands anew");
        }
        assert!(phone.told().is_empty());
        let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
        let shown = clerk.get(&format!("/v1/devices/{}", sandbox.device())).await.body;
        assert_eq!(shown["lock"]["lock_id"], if stopped { 1 } else { 3 });
        sandbox.shutdown().await.unwrap();
    }
}
