//! The lender's API over real HTTP: a whole day of a clerk, the phone beside it, and what is refused with which field.

use crate::careful::Careful;
use crate::clerk::*;
use crate::phone::*;
use latchkey_core::command::{Command, Mistake};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::typ;
use latchkey_lender::Sandbox;
use serde_json::{Value, json};

const ALL: &str = "devices:read devices:enrol terms:write locks:write locks:approve releases:write grace:write \
                   settle:write codes:read claims:read claims:resolve audit:read";
const DAY: u64 = 86_400;

async fn story(dir: &std::path::Path) -> (Sandbox, Hand, Clerk, Careful, String) {
    let clock = Hand::at(T);
    let sandbox = start(dir, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, ALL).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let device = format!("/v1/devices/{}", sandbox.device());
    (sandbox, clock, clerk, phone, device)
}

/// Lock, escalation, code, grace, payment, settlement: each order by the API, each taken by the phone.
#[tokio::test]
async fn a_clerk_locks_gives_time_books_a_payment_and_settles() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, mut clerk, mut phone, device) = story(dir.path()).await;
    let seen = clerk.get(&device).await;
    assert_eq!(
        (seen.body["mode"].as_str(), &seen.body["lock"]["level"]),
        (Some("locked"), &json!(3))
    );
    assert_eq!(seen.body["last_receipt"]["code"], "ok");
    clock.add(60);
    // A higher number at the same level is no escalation; a lower level is a lock of its own.
    let lock = clerk
        .post(&format!("{device}/locks"), &json!({"level": 2, "instalment": 4}))
        .await;
    assert_eq!(
        (lock.status, &lock.body["kind"], &lock.body["lock_id"]),
        (202, &json!(typ::LOCK), &json!(2))
    );
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(2));
    let ask = json!({"slot": 1, "operator": "desk 4", "reason": "no network"});
    let code = clerk.post(&format!("{device}/codes"), &ask).await;
    assert_eq!(code.status, 200, "{:?}", code.body);
    phone.types(code.body["groups"].as_str().unwrap()).unwrap();
    assert_eq!(phone.state.mode_word(), "open");
    let grace = clerk
        .post(
            &format!("{device}/grace"),
            &json!({"lock_id": 2, "dur_s": 259_200}),
        )
        .await;
    assert_eq!(grace.status, 202);
    phone.check_in().await;
    let paid = clerk
        .post(
            &format!("{device}/payments"),
            &json!({"minor": 325_000, "reference": "bank 77"}),
        )
        .await;
    assert_eq!(
        (paid.status, &paid.body["released"]),
        (201, &json!(true)),
        "{:?}",
        paid.body
    );
    let twice = clerk
        .post(
            &format!("{device}/payments"),
            &json!({"minor": 325_000, "reference": "bank 77"}),
        )
        .await;
    assert_eq!((twice.status, &twice.body["left"]), (200, &paid.body["left"]));
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    let money = clerk.get(&format!("{device}/timeline")).await.body;
    let booked = money["payments"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&booked["provider"], &booked["minor"]),
        (&json!("clerk"), &json!(325_000))
    );
    let back = format!(
        "{device}/payments/{}/reverse",
        booked["payment"].as_str().unwrap()
    );
    assert_eq!(clerk.act(&back).await.status, 202);
    assert_eq!(clerk.act(&back).await.status, 404);
    // Its notices are spent: the phone would refuse, so the server does, with the same code.
    let early = clerk
        .post(&format!("{device}/locks"), &json!({"level": 3, "instalment": 4}))
        .await;
    assert_eq!((early.status, early.code()), (422, "p_notice_count"));
    let settled = clerk.act(&format!("{device}/settle")).await;
    assert_eq!(
        (settled.status, &settled.body["kind"]),
        (202, &json!(typ::SETTLE))
    );
    let again = clerk.act(&format!("{device}/settle")).await;
    assert_eq!((again.status, &again.body["jti"]), (200, &settled.body["jti"]));
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "settled");
    assert_eq!(clerk.act(&format!("{device}/terms")).await.code(), "settled");
    assert!(phone.told().is_empty(), "the phone refused nothing");
    clock.add(10);
    clerk.renew().await;
    let orders = clerk.get(&format!("{device}/orders")).await.body;
    assert!(
        orders["orders"]
            .as_array()
            .unwrap()
            .iter()
            .any(|order| order["kind"] == typ::SETTLE && order["state"] == "ok")
    );
    sandbox.shutdown().await.unwrap();
}

/// OWN-03: a lock before its time is refused with the phone's own code, and with the second from which it is allowed.
#[tokio::test]
async fn a_lock_that_the_phone_would_refuse_is_not_signed_and_says_from_when_it_would_be() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, mut clerk, mut phone, device) = story(dir.path()).await;
    let free = clerk
        .post(
            &format!("{device}/releases"),
            &json!({"lock_id": 1, "why": "goodwill"}),
        )
        .await;
    assert_eq!(free.status, 202);
    let again = clerk
        .post(
            &format!("{device}/releases"),
            &json!({"lock_id": 1, "why": "goodwill"}),
        )
        .await;
    assert_eq!((again.status, &again.body["jti"]), (200, &free.body["jti"]));
    let unknown = clerk
        .post(
            &format!("{device}/releases"),
            &json!({"lock_id": 9, "why": "error"}),
        )
        .await;
    assert_eq!((unknown.status, unknown.code()), (404, "lock_unknown"));
    phone.check_in().await;
    clock.add(60);
    for no in [1, 2] {
        let notice = json!({"notice_no": no, "instalment": 4, "channels": ["sms", "call"]});
        assert_eq!(
            clerk.post(&format!("{device}/notices"), &notice).await.status,
            202
        );
    }
    let lock = json!({"level": 3, "instalment": 4});
    let early = clerk.post(&format!("{device}/locks"), &lock).await;
    // Five clear days after the day of the first notice: 1 December, 00:00 UTC.
    let december = 1_796_083_200_u64;
    assert_eq!(
        (early.status, early.code(), &early.body["earliest"]),
        (422, "p_notice_gap", &json!(december))
    );
    phone.check_in().await;
    clock.add(6 * DAY);
    clerk.renew().await;
    assert_eq!(clerk.post(&format!("{device}/locks"), &lock).await.status, 202);
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "locked");
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_wrong_field_is_named_by_its_pointer() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, _, clerk, _, device) = story(dir.path()).await;
    let row = json!({"due": "2026-02-30", "minor": 1});
    for (path, body, pointer) in [
        ("locks", json!({"level": 4, "instalment": 4}), "/level"),
        (
            "locks",
            json!({"level": 1, "instalment": 4, "force": true}),
            "/force",
        ),
        ("locks", json!({"level": 1.5, "instalment": 4}), "/level"),
        (
            "notices",
            json!({"notice_no": 1, "instalment": 4, "channels": ["fax"]}),
            "/channels/0",
        ),
        ("grace", json!({"dur_s": 59}), "/dur_s"),
        ("payments", json!({"minor": 1, "reference": ""}), "/reference"),
    ] {
        let told = clerk.post(&format!("{device}/{path}"), &body).await;
        assert_eq!((told.status, told.code()), (400, "malformed"), "{body}");
        assert_eq!(
            told.body["errors"][0]["pointer"], pointer,
            "{body}: {:?}",
            told.body
        );
        assert_eq!(told.header("content-type"), "application/problem+json");
        assert_eq!(told.body["request_id"], told.header("request-id"));
    }
    let read = clerk.get(&format!("{device}/agreement")).await;
    let plan = json!({"replaces": [4], "schedule": [row]});
    let told = clerk
        .if_match(&format!("{device}/plans"), &plan, read.header("etag"))
        .await;
    assert_eq!(told.body["errors"][0]["pointer"], "/schedule/0/due");
    let much = clerk
        .post(
            &format!("{device}/payments"),
            &json!({"minor": 1_000_000_000, "reference": "x"}),
        )
        .await;
    assert_eq!(
        (much.status, much.code(), &much.body["errors"][0]["pointer"]),
        (422, "more_than_owed", &json!("/minor"))
    );
    let told = clerk.post(&format!("{device}/locks"), &json!([1, 4])).await;
    assert_eq!(told.code(), "malformed", "an array is no object");
    for (path, code) in [
        ("/v1/devices?after=xx", "bad_cursor"),
        ("/v1/devices?limit=101", "malformed"),
        ("/v1/devices?colour=red", "malformed"),
        ("/v1/audit?after=!", "bad_cursor"),
        ("/v1/claims?open=perhaps", "malformed"),
    ] {
        let told = clerk.get(path).await;
        assert_eq!((told.status, told.code()), (400, code), "{path}");
    }
    sandbox.shutdown().await.unwrap();
}

/// A phone of the tenant's own, made by the API, enrols with the code and shows up in the list.
#[tokio::test]
async fn a_new_phone_is_made_listed_page_by_page_and_enrols() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, clerk, _, device) = story(dir.path()).await;
    let read = clerk.get(&format!("{device}/agreement")).await.body;
    let bytes = decode(read["agreement"].as_str().unwrap().as_bytes()).unwrap();
    let known: Value = serde_json::from_slice(&bytes).unwrap();
    let twice = clerk
        .post("/v1/devices", &json!({"agreement": read["agreement"]}))
        .await;
    assert_eq!((twice.status, twice.code()), (409, "device_exists"));
    let mut made = Vec::new();
    for n in 2..5 {
        let mut agreement = known.clone();
        agreement["ref"] = json!(format!("C-{n}"));
        let told = clerk
            .post(
                "/v1/devices",
                &json!({"agreement": encode(agreement.to_string().as_bytes())}),
            )
            .await;
        assert_eq!(told.status, 201, "{:?}", told.body);
        made.push(told.body);
        clock.add(1);
    }
    let mut foreign = known.clone();
    foreign["tenant"] = json!("another");
    let told = clerk
        .post(
            "/v1/devices",
            &json!({"agreement": encode(foreign.to_string().as_bytes())}),
        )
        .await;
    assert_eq!((told.status, told.code()), (422, "bad_agreement"));
    let told = clerk
        .post("/v1/devices", &json!({"agreement": encode(b"{}")}))
        .await;
    assert_eq!(told.code(), "bad_agreement");
    let (mut seen, mut path) = (Vec::new(), "/v1/devices?limit=2".to_owned());
    loop {
        let page = clerk.get(&path).await.body;
        seen.extend(
            page["devices"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["device"].clone()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/devices?limit=2&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 4);
    assert!(made.iter().all(|made| seen.contains(&made["device"])));
    let mut phone = Phone::new(&sandbox, &clock);
    let code = made[0]["enrol_code"].as_str().unwrap();
    assert_eq!(phone.enrol(code, sandbox.serial_hash()).await.status, 201);
    assert_eq!(phone.device.as_ref().unwrap().as_str(), made[0]["device"]);
    let orders = phone.check_in(0).await.orders;
    assert_eq!(orders.len(), 1, "its terms");
    sandbox.shutdown().await.unwrap();
}

/// Two clerks, one agreement: who decides on what stands no more is told so.
#[tokio::test]
async fn who_changes_what_somebody_else_changed_is_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, clerk, mut phone, device) = story(dir.path()).await;
    let read = clerk.get(&format!("{device}/agreement")).await;
    let etag = read.header("etag").to_owned();
    let due = json!("2026-12-20");
    let plan = json!({"replaces": [4], "schedule": [{"due": due, "minor": 325_000}]});
    let plans = format!("{device}/plans");
    let told = clerk.post(&plans, &plan).await;
    assert_eq!((told.status, told.code()), (428, "precondition_required"));
    assert_eq!(clerk.if_match(&plans, &plan, &etag).await.status, 202);
    let told = clerk.if_match(&plans, &plan, &etag).await;
    assert_eq!((told.status, told.code()), (412, "precondition_failed"));
    let short = json!({"replaces": [5], "schedule": [{"due": due, "minor": 1}]});
    let etag = clerk
        .get(&format!("{device}/agreement"))
        .await
        .header("etag")
        .to_owned();
    assert_eq!(clerk.if_match(&plans, &short, &etag).await.code(), "plan_sum");
    phone.check_in().await;
    assert_eq!(
        phone.state.mode_word(),
        "free",
        "a plan lifts the lock of what it replaces"
    );
    // Nothing new: nothing is sent again.
    let url = format!("{}{device}/agreement", clerk.base);
    let same = browser()
        .get(url)
        .bearer_auth(&clerk.token)
        .header("if-none-match", etag)
        .send()
        .await
        .unwrap();
    assert_eq!(same.status(), 304);
    clock.add(1);
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: what the owner says is listed and answered by the API; a step down is a lock at a lower level that names it.
#[tokio::test]
async fn a_dispute_is_read_and_answered_with_the_scope_of_the_order_that_it_sends() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, clerk, mut phone, device) = story(dir.path()).await;
    clock.add(60);
    phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    let list = clerk.get("/v1/claims?open=true").await.body;
    let claim = list["claims"][0]["claim"].as_str().unwrap().to_owned();
    assert_eq!(
        (&list["claims"][0]["kind"], &list["claims"][0]["instalment"]),
        (&json!("dispute"), &json!(4))
    );
    let path = format!("/v1/claims/{claim}");
    let resolve = format!("{path}/resolve");
    let etag = clerk.get(&path).await.header("etag").to_owned();
    let reader = Clerk::with(&sandbox, &clock, "claims:read claims:resolve").await;
    let told = reader
        .if_match(&resolve, &json!({"outcome": "accept"}), &etag)
        .await;
    assert_eq!(
        (told.status, &told.body["scope"]),
        (403, &json!("releases:write"))
    );
    for (body, pointer) in [
        (json!({"outcome": "step_down"}), "/level"),
        (json!({"outcome": "accept", "level": 1}), "/level"),
        (json!({"outcome": "plan"}), "/plan"),
    ] {
        let told = clerk.if_match(&resolve, &body, &etag).await;
        assert_eq!(
            (told.status, &told.body["errors"][0]["pointer"]),
            (400, &json!(pointer))
        );
    }
    let higher = clerk
        .if_match(&resolve, &json!({"outcome": "step_down", "level": 3}), &etag)
        .await;
    assert_eq!((higher.status, higher.code()), (422, "wrong_answer"));
    let told = clerk
        .if_match(&resolve, &json!({"outcome": "step_down", "level": 1}), &etag)
        .await;
    assert_eq!(
        (told.status, &told.body["order"]["kind"]),
        (200, &json!(typ::LOCK)),
        "{:?}",
        told.body
    );
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(2));
    let after = clerk.get(&path).await;
    assert_eq!(after.body["outcome"], "stepped_down");
    let told = clerk
        .if_match(&resolve, &json!({"outcome": "accept"}), &etag)
        .await;
    assert_eq!(told.code(), "precondition_failed");
    let told = clerk
        .if_match(&resolve, &json!({"outcome": "accept"}), after.header("etag"))
        .await;
    assert_eq!((told.status, told.code()), (409, "resolved"));
    assert_eq!(clerk.get(&device).await.body["lock"]["level"], 1);
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_stop_switch_stops_locks_and_nothing_that_frees() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, clock, clerk, _, device) = story(dir.path()).await;
    clock.add(60);
    let why = json!({"operator": "desk 4", "reason": "payments come late today"});
    let locker = Clerk::with(&sandbox, &clock, "locks:write devices:read").await;
    let told = locker.post("/v1/locks/stop", &why).await;
    assert_eq!((told.status, &told.body["stopped"]), (200, &json!(true)));
    let lock = json!({"level": 2, "instalment": 4});
    let told = clerk.post(&format!("{device}/locks"), &lock).await;
    assert_eq!(
        (told.status, told.code(), told.header("retry-after")),
        (503, "locks_stopped", "300")
    );
    assert_eq!(
        clerk
            .post(&format!("{device}/grace"), &json!({"dur_s": 60}))
            .await
            .status,
        202
    );
    assert_eq!(
        clerk.get("/v1/locks/stop").await.body["reason"],
        "desk 4: payments come late today"
    );
    assert_eq!(
        locker.post("/v1/locks/resume", &why).await.code(),
        "scope_missing"
    );
    assert_eq!(clerk.post("/v1/locks/resume", &why).await.status, 200);
    assert_eq!(clerk.post(&format!("{device}/locks"), &lock).await.status, 202);
    let audit = clerk.get("/v1/audit").await.body;
    let rows = audit["rows"].as_array().unwrap();
    let told = |action: &str| {
        rows.iter()
            .any(|row| row["action"] == action && row["operator"] == "desk 4")
    };
    assert!(told("locks.stop") && told("locks.go_on"), "{rows:?}");
    let lock = rows.iter().find(|row| row["action"] == "sendLock").unwrap();
    assert_eq!(
        (&lock["operator"], &lock["device"]),
        (&json!(clerk.client), &json!(sandbox.device()))
    );
    assert!(lock["reason"].as_str().unwrap().contains("signature "));
    assert!(latchkey_lender::desk::whole(
        &sandbox.desk().audit().await.unwrap()
    ));
    let page = clerk.get("/v1/audit?limit=1").await.body;
    let next = clerk
        .get(&format!(
            "/v1/audit?limit=1&after={}",
            page["next"].as_str().unwrap()
        ))
        .await
        .body;
    assert_eq!(
        (&page["rows"][0]["place"], &next["rows"][0]["place"]),
        (&json!(1), &json!(2))
    );
    sandbox.shutdown().await.unwrap();
}
