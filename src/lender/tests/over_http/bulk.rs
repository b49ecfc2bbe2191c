//! Locks in bulk and above the breaker's rate, and webhooks, by the API.

use crate::clerk::*;
use crate::phone::*;
use latchkey_core::order::claims::{Lock, typ};
use latchkey_lender::{Options, Sandbox};
use serde_json::json;

const MAKER: &str = "devices:read locks:write locks:bulk";
const APPROVER: &str = "locks:bulk locks:approve";

/// No codes, which cost a second each, and no worker of its own.
pub async fn quick(dir: &std::path::Path, clock: &Hand) -> Sandbox {
    let options = Options {
        no_codes: true,
        by_hand: true,
        webhooks_to_loopback: true,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

#[tokio::test]
async fn a_job_is_made_approved_by_another_person_and_client_and_carried_out() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let both = Clerk::with(&sandbox, &clock, &format!("{MAKER} locks:approve")).await;
    let approver = Clerk::with(&sandbox, &clock, APPROVER).await;
    let rows = json!([{"device": sandbox.device(), "level": 2, "instalment": 4},
                      {"device": "A".repeat(26), "level": 2, "instalment": 4}]);
    let job = json!({"operator": "desk 4", "reason": "monthly run", "rows": rows});
    let made = both.post("/v1/bulk/locks", &job).await;
    assert_eq!(
        (made.status, &made.body["queued"]),
        (202, &json!(2)),
        "{:?}",
        made.body
    );
    let path = format!("/v1/bulk/{}", made.body["job"].as_str().unwrap());
    let approve = format!("{path}/approve");
    let other = json!({"operator": "desk 9", "reason": "looked through"});
    assert_eq!(maker.post(&approve, &other).await.code(), "scope_missing");
    for (clerk, by) in [
        (&both, &other),
        (&approver, &json!({"operator": "desk 4", "reason": "x"})),
    ] {
        let told = clerk.post(&approve, by).await;
        assert_eq!((told.status, told.code()), (403, "same_person"));
    }
    let told = approver.post(&approve, &other).await;
    assert_eq!(told.status, 200, "{:?}", told.body);
    assert!(told.body["approver"].as_str().unwrap().starts_with("desk 9"));
    // Who approved it stays who approved it, in the audit too.
    let late = json!({"operator": "desk 12", "reason": "me too"});
    let again = approver.post(&approve, &late).await;
    assert_eq!(
        (again.status, &again.body["approver"]),
        (200, &told.body["approver"])
    );
    let audit = sandbox.desk().audit().await.unwrap();
    let approvals: Vec<_> = audit.iter().filter(|row| row.action == "job.approve").collect();
    assert_eq!(approvals.len(), 1);
    clock.add(1);
    sandbox.desk().run_jobs().await.unwrap();
    let done = maker.get(&format!("{path}?limit=1")).await.body;
    assert_eq!(
        (&done["issued"], &done["failed"], &done["queued"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(
        (&done["rows"][0]["state"], &done["rows"][0]["lock_id"]),
        (&json!("issued"), &json!(2))
    );
    let next = maker
        .get(&format!(
            "{path}?limit=1&after={}",
            done["next"].as_str().unwrap()
        ))
        .await
        .body;
    assert_eq!(
        (&next["rows"][0]["code"], next.get("next")),
        (&json!("not_found"), None)
    );
    assert_eq!(
        approver.post(&format!("{path}/cancel"), &other).await.code(),
        "finished"
    );
    let none = json!({"operator": "a", "reason": "b", "rows": []});
    assert_eq!(maker.post("/v1/bulk/locks", &none).await.code(), "no_rows");
    let wrong =
        json!({"operator": "a", "reason": "b", "rows": [{"device": "x", "level": 2, "instalment": 4}]});
    let told = maker.post("/v1/bulk/locks", &wrong).await;
    assert_eq!(told.body["errors"][0]["pointer"], "/rows/0/device");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn jobs_come_in_parts_the_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let row = json!({"device": sandbox.device(), "level": 2, "instalment": 4});
    let mut made = Vec::new();
    for n in 0..5 {
        // Two of them at the same moment.
        clock.add(u64::from(n != 2));
        let job = json!({"operator": "desk 4", "reason": format!("run {n}"), "rows": [row]});
        let told = maker.post("/v1/bulk/locks", &job).await;
        made.push(told.body["job"].as_str().unwrap().to_owned());
    }
    let (mut told, mut next) = (Vec::new(), Some("/v1/bulk?limit=2".to_owned()));
    while let Some(path) = next {
        let page = maker.get(&path).await.body;
        let jobs = page["jobs"].as_array().unwrap();
        assert!(jobs.len() <= 2);
        told.extend(jobs.iter().map(|job| job["job"].as_str().unwrap().to_owned()));
        let after = page.get("next").map(|next| next.as_str().unwrap());
        next = after.map(|after| format!("/v1/bulk?limit=2&after={after}"));
    }
    assert_eq!((&told[0], told.len()), (&made[4], 5));
    made.sort();
    told.sort();
    assert_eq!(told, made, "each once");
    assert_eq!(maker.get("/v1/bulk?after=x").await.code(), "bad_cursor");
    sandbox.shutdown().await.unwrap();
}

/// A person may be called what they like: the client is what the server wrote behind the name.
#[tokio::test]
async fn no_name_of_a_person_hides_the_client_that_made_a_job() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let both = Clerk::with(&sandbox, &clock, &format!("{MAKER} locks:approve")).await;
    let row = json!({"device": sandbox.device(), "level": 2, "instalment": 4});
    let job = json!({"operator": "desk 4 via client-2", "reason": "monthly run", "rows": [row]});
    let made = both.post("/v1/bulk/locks", &job).await;
    assert_eq!(made.status, 202, "{:?}", made.body);
    let path = format!("/v1/bulk/{}/approve", made.body["job"].as_str().unwrap());
    let other = json!({"operator": "desk 9", "reason": "looked through"});
    let told = both.post(&path, &other).await;
    assert_eq!((told.status, told.code()), (403, "same_person"));
    let approver = Clerk::with(&sandbox, &clock, APPROVER).await;
    assert_eq!(approver.post(&path, &other).await.status, 200);
    sandbox.shutdown().await.unwrap();
}

/// The twenty-first lock of an hour is held, not signed, and passes when another client's person approves it.
#[tokio::test]
async fn a_lock_above_the_breakers_rate_is_held_until_another_client_approves() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, &format!("{MAKER} releases:write")).await;
    let locks = format!("/v1/devices/{}/locks", sandbox.device());
    let mut held = None;
    for n in 0..25 {
        let level = if n % 2 == 0 { 2 } else { 3 };
        let told = maker
            .post(&locks, &json!({"level": level, "instalment": 4}))
            .await;
        assert_eq!(told.status, 202, "{:?}", told.body);
        if told.body["state"] == "held" {
            held = Some((n, told));
            break;
        }
    }
    let (passed, held) = held.expect("the breaker holds one");
    // The story's own lock was the first of the hour.
    assert_eq!((passed, held.body.get("jti")), (19, None));
    let job = format!("/v1/bulk/{}", held.body["job"].as_str().unwrap());
    assert_eq!(maker.get(&job).await.body["held"], 1);
    let free = format!("/v1/devices/{}/releases", sandbox.device());
    assert_eq!(
        maker.post(&free, &json!({"why": "error"})).await.status,
        202,
        "what frees passes"
    );
    let approver = Clerk::with(&sandbox, &clock, APPROVER).await;
    let by = json!({"operator": "desk 9", "reason": "looked through"});
    assert_eq!(approver.post(&format!("{job}/approve"), &by).await.status, 200);
    assert_eq!(
        approver.post(&format!("{job}/cancel"), &by).await.body["cancelled"],
        true
    );
    sandbox.shutdown().await.unwrap();
}

/// The references of each lock for this phone, as they are signed.
async fn refs_of(sandbox: &Sandbox, clock: &Hand) -> Vec<String> {
    let mut phone = Phone::new(sandbox, clock);
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(phone.enrol(&code, sandbox.serial_hash()).await.status, 201);
    let orders = phone.check_in(0).await.orders;
    let locks = orders.iter().filter(|o| typ(&o.jws) == typ::LOCK).map(|o| {
        let lock: Lock = claims(&o.jws);
        let refs = lock
            .refs
            .iter()
            .map(|(kind, number, _)| format!("{kind:?} {}", number.as_str()));
        refs.collect::<Vec<_>>().join(", ")
    });
    locks.collect()
}

#[tokio::test]
async fn approvals_and_court_orders_stay_with_the_locks_of_a_job_and_with_a_held_one() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let refs = json!([{"kind": "approval", "number": "R-77", "day": "2026-11-01"},
                      {"kind": "court", "number": "C 5/26", "day": "2026-11-02"}]);
    let rows = json!([{"device": sandbox.device(), "level": 2, "instalment": 4, "refs": refs}]);
    let job = json!({"operator": "desk 4", "reason": "monthly run", "rows": rows});
    assert_eq!(maker.post("/v1/bulk/locks", &job).await.status, 202);
    sandbox.desk().run_jobs().await.unwrap();
    assert_eq!(
        refs_of(&sandbox, &clock).await,
        ["", "Approval R-77, Court C 5/26"]
    );

    let path = format!("/v1/devices/{}/locks", sandbox.device());
    let mut held = None;
    for n in 0..25 {
        let refs = json!([{"kind": "approval", "number": format!("R-{n}"), "day": "2026-11-01"}]);
        let asked = json!({"level": if n % 2 == 0 { 3 } else { 2 }, "instalment": 4, "refs": refs});
        let told = maker.post(&path, &asked).await;
        assert_eq!(told.status, 202, "{:?}", told.body);
        if told.body["state"] == "held" {
            held = Some((n, told.body["job"].as_str().unwrap().to_owned()));
            break;
        }
    }
    let (n, job) = held.expect("the breaker holds one");
    let approver = Clerk::with(&sandbox, &clock, APPROVER).await;
    let by = json!({"operator": "desk 9", "reason": "looked through"});
    let told = approver.post(&format!("/v1/bulk/{job}/approve"), &by).await;
    assert_eq!(told.status, 200, "{:?}", told.body);
    sandbox.desk().run_jobs().await.unwrap();
    let last = refs_of(&sandbox, &clock).await.pop();
    assert_eq!(last, Some(format!("Approval R-{n}")));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_webhook_is_made_changed_rotated_tried_and_removed_and_tells_its_secret_once() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "webhooks:manage").await;
    let hook = |url: &str| json!({"url": url, "events": ["device.locked"], "operator": "it", "reason": "new system"});
    let made = clerk
        .signed_with_key("/v1/webhooks", &hook("http://127.0.0.1:9/a"), "\"hook\"")
        .send()
        .await;
    assert_eq!(made.status, 201, "{:?}", made.body);
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && made.body["public_key"].as_str().unwrap().starts_with("whpk_"));
    let again = clerk
        .signed_with_key("/v1/webhooks", &hook("http://127.0.0.1:9/a"), "\"hook\"")
        .send()
        .await;
    assert_eq!(
        (&again.body["webhook"], again.body.get("secret")),
        (&made.body["webhook"], None)
    );
    let path = format!("/v1/webhooks/{}", made.body["webhook"].as_str().unwrap());
    let put = async |body| {
        clerk
            .sign("PUT", &path, Some(&body), &clerk.params())
            .send()
            .await
    };
    assert_eq!(
        put(hook("http://127.0.0.1:9/b")).await.body["url"],
        "http://127.0.0.1:9/b"
    );
    for bad in [
        "https://10.0.0.1/",
        "http://192.0.2.1/",
        "ftp://127.0.0.1/",
        "no url",
    ] {
        let told = put(hook(bad)).await;
        assert_eq!((told.status, told.code()), (422, "url_not_public"), "{bad}");
    }
    let mut unknown = hook("http://127.0.0.1:9/b");
    unknown["events"] = json!(["device.locked", "owner.sighed"]);
    assert_eq!(put(unknown).await.body["errors"][0]["pointer"], "/events/1");
    let by = json!({"operator": "it", "reason": "every quarter"});
    let rotated = clerk.post(&format!("{path}/rotate"), &by).await;
    assert!(rotated.body["secret"].as_str().unwrap() != secret);
    assert_eq!(clerk.act(&format!("{path}/test")).await.status, 204);
    let list = clerk.get("/v1/webhooks").await.body;
    assert_eq!(
        (
            list["webhooks"].as_array().unwrap().len(),
            list["webhooks"][0].get("secret")
        ),
        (1, None)
    );
    assert_eq!(
        clerk
            .sign("DELETE", &path, None, &clerk.params())
            .send()
            .await
            .status,
        204
    );
    assert_eq!(clerk.act(&format!("{path}/test")).await.status, 404);
    sandbox.shutdown().await.unwrap();
}
