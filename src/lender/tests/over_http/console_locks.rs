//! Locks as a whole at the console: what waits for a second person, jobs, and the stop.

use crate::clerk::Clerk;
use crate::console::{Seat, seat};
use crate::document::two;
use crate::phone::*;
use latchkey_lender::desk::{By, LockRow};
use latchkey_lender::{Options, Sandbox};
use reqwest::StatusCode;
use serde_json::json;

const READER: &str = "devices:read";
const BULK: &str = "devices:read locks:bulk";
const APPROVER: &str = "devices:read locks:bulk locks:approve";

/// A small fleet, no codes, and no worker of its own.
async fn fleet(dir: &std::path::Path, clock: &Hand) -> Sandbox {
    let options = Options {
        phones: 24,
        no_codes: true,
        by_hand: true,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

fn by(operator: &str) -> By {
    By {
        operator: operator.to_owned().try_into().unwrap(),
        reason: String::from("monthly <run>").try_into().unwrap(),
    }
}

async fn rows(sandbox: &Sandbox) -> Vec<LockRow> {
    let phones = sandbox.desk().phones().await.unwrap().into_iter();
    let others = phones.filter(|device| device != sandbox.device());
    others
        .map(|device| LockRow {
            device,
            level: 3.try_into().unwrap(),
            instalment: 1.try_into().unwrap(),
            refs: Vec::new(),
        })
        .collect()
}

/// A job of which the breaker holds a part; its id.
async fn tripped(sandbox: &Sandbox, maker: &str) -> String {
    let desk = sandbox.desk();
    let job = desk.make_job(&rows(sandbox).await, &by(maker)).await.unwrap();
    desk.run_jobs().await.unwrap();
    let state = desk.job(&job).await.unwrap();
    assert!(state.issued > 0 && state.held > 0, "{state:?}");
    job
}

/// Four eyes at the console: who asked does not approve, whatever else asked in that person's name.
#[tokio::test]
async fn what_the_breaker_holds_is_approved_by_another_person_and_signed() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = fleet(dir.path(), &clock).await;
    let mut maker = seat(&sandbox, APPROVER).await;
    let job = tripped(&sandbox, &maker.name).await;
    let held = sandbox.desk().job(&job).await.unwrap().held;
    let (page, approve) = (
        format!("/console/jobs/{job}"),
        format!("/console/jobs/{job}/approve"),
    );

    let mut reader = seat(&sandbox, READER).await;
    reader.get("/console/locks").await;
    assert!(
        reader.page.contains("Locks are not stopped") && !reader.page.contains("monthly"),
        "{}",
        reader.page
    );
    for path in [&page, &approve] {
        reader.get("/console").await;
        if path == &approve {
            reader.press(path, "x").await;
        } else {
            reader.get(path).await;
        }
        assert_eq!(reader.status, StatusCode::FORBIDDEN);
        assert!(reader.page.contains("locks:bulk"), "{}", reader.page);
    }
    let mut bulk = seat(&sandbox, BULK).await;
    assert!(!bulk.page.contains("wait for a second person"));
    bulk.get("/console/locks").await;
    assert!(
        bulk.page.contains("monthly &lt;run&gt;") && !bulk.page.contains("Let it pass"),
        "{}",
        bulk.page
    );
    bulk.press(&approve, "x").await;
    assert_eq!(bulk.status, StatusCode::FORBIDDEN);
    assert!(bulk.page.contains("locks:approve"), "{}", bulk.page);

    maker.get("/console").await;
    assert!(
        maker.page.contains("Jobs that wait for a second person: 1"),
        "{}",
        maker.page
    );
    maker.press(&approve, "looked through").await;
    assert!(maker.page.contains("You asked for these locks"), "{}", maker.page);

    let mut other = seat(&sandbox, APPROVER).await;
    other.get("/console/locks").await;
    assert!(
        other.page.contains(&format!("Held by the breaker {held}")) && other.page.contains("Let it pass"),
        "{}",
        other.page
    );
    let token = other.hidden("token");
    for (origin, token) in [
        (Some("http://elsewhere.example"), token.as_str()),
        (None, token.as_str()),
        (Some(sandbox.base_url()), "x"),
    ] {
        other.press_from(origin, &approve, token).await;
        assert_eq!(other.status, StatusCode::FORBIDDEN, "{origin:?}");
    }
    other.get(&page).await;
    assert!(other.page.contains("held: breaker"), "{}", other.page);
    other.press(&approve, "  ").await;
    assert!(other.page.contains("Say why"), "{}", other.page);
    other.press(&format!("{page}/launch"), "x").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert_eq!(sandbox.desk().job(&job).await.unwrap().approver, None);
    other.get(&page).await;
    other.press(&approve, "looked <through>").await;
    assert!(other.page.contains("You let it pass"), "{}", other.page);
    other.press(&approve, "once more").await;
    assert!(
        other.page.contains("Somebody approved it before"),
        "{}",
        other.page
    );
    sandbox.desk().run_jobs().await.unwrap();
    let state = sandbox.desk().job(&job).await.unwrap();
    assert_eq!((state.held, state.approver), (0, Some(other.name.clone())));
    other.press(&format!("{page}/cancel"), "too late").await;
    assert!(other.page.contains("It ended before"), "{}", other.page);

    let rows = sandbox.desk().audit().await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.action.as_str(), &row.operator))
        .collect();
    assert_eq!(told, [("job.create", &maker.name), ("job.approve", &other.name)]);
    assert_eq!(rows[1].reason, "looked <through>");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_client_that_speaks_for_an_operator_is_that_operator_at_the_console() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = fleet(dir.path(), &clock).await;
    let mut maker = seat(&sandbox, APPROVER).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:bulk").await;
    let all = rows(&sandbox).await.into_iter();
    let all: Vec<_> = all
        .map(|row| json!({"device": row.device, "level": 3, "instalment": 1}))
        .collect();
    let named = maker.name.to_uppercase();
    let asked = json!({"operator": named, "reason": "monthly run", "rows": all});
    let made = clerk.post("/v1/bulk/locks", &asked).await;
    assert_eq!(made.status, 202, "{:?}", made.body);
    sandbox.desk().run_jobs().await.unwrap();
    let page = format!("/console/jobs/{}", made.body["job"].as_str().unwrap());
    maker.press(&format!("{page}/approve"), "x").await;
    assert!(maker.page.contains("You asked for these locks"), "{}", maker.page);
    // Whoever asked may end it.
    maker.press(&format!("{page}/cancel"), "a wrong list").await;
    assert!(
        maker.page.contains("It is ended") && maker.page.contains("failed: cancelled"),
        "{}",
        maker.page
    );
    maker.get("/console/locks").await;
    assert!(maker.page.contains("Nothing waits"), "{}", maker.page);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_stop_is_pulled_and_lifted_with_a_reason_by_whoever_may() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = fleet(dir.path(), &clock).await;
    let lock = async || {
        let desk = sandbox.desk();
        desk.lock(2.try_into().unwrap(), 4.try_into().unwrap()).await
    };
    let mut reader = seat(&sandbox, READER).await;
    reader.get("/console/locks").await;
    assert!(!reader.page.contains("Stop all locks"), "{}", reader.page);
    reader.press("/console/locks/stop", "x").await;
    assert_eq!(reader.status, StatusCode::FORBIDDEN);
    assert!(reader.page.contains("locks:write"), "{}", reader.page);

    let mut clerk = seat(&sandbox, "devices:read locks:write").await;
    clerk.get("/console/locks").await;
    clerk.press("/console/locks/stop", " ").await;
    assert!(clerk.page.contains("Say why"), "{}", clerk.page);
    clerk.press("/console/locks/stop", "a wrong <list>").await;
    assert!(
        clerk.page.contains("a wrong &lt;list&gt;") && !clerk.page.contains("Let locks go on"),
        "{}",
        clerk.page
    );
    assert_eq!(lock().await.unwrap_err().code(), "locks_stopped");
    clerk.press("/console/locks/stop", "again").await;
    assert!(clerk.page.contains("Locks were stopped before"), "{}", clerk.page);
    clerk.press("/console/locks/resume", "x").await;
    assert_eq!(clerk.status, StatusCode::FORBIDDEN);

    let mut chief = seat(&sandbox, "devices:read locks:approve").await;
    assert!(chief.page.contains("Locks are stopped."), "{}", chief.page);
    chief.get("/console/locks").await;
    chief.press("/console/locks/resume", "the list is right").await;
    assert!(
        chief.page.contains("Locks go on") && chief.page.contains("Locks are not stopped"),
        "{}",
        chief.page
    );
    lock().await.unwrap();
    let told = sandbox.desk().audit().await.unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|row| (row.action.as_str(), row.operator.as_str(), row.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("locks.stop", clerk.name.as_str(), "a wrong <list>"),
            ("locks.go_on", chief.name.as_str(), "the list is right")
        ]
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn jobs_and_their_phones_come_in_parts() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = crate::bulk::quick(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let row = LockRow {
        device: "A".repeat(26).try_into().unwrap(),
        level: 2.try_into().unwrap(),
        instalment: 4.try_into().unwrap(),
        refs: Vec::new(),
    };
    let mut made = Vec::new();
    for n in 0..45 {
        // Some of them at the same moment.
        clock.add(n % 2);
        made.push(
            desk.make_job(std::slice::from_ref(&row), &by("asha"))
                .await
                .unwrap(),
        );
    }
    clock.add(1);
    let long = vec![row.clone(); 150];
    let long = desk.make_job(&long, &by("asha")).await.unwrap();
    made.push(long.clone());
    let mut seat = seat(&sandbox, BULK).await;
    let (mut next, mut told) = (Some("/console/locks".to_owned()), Vec::new());
    let link = |page: &str, mark: &str| {
        let (_, rest) = page.split_once(&format!("href=\"{mark}"))?;
        Some(format!("{mark}{}", rest.split('"').next()?))
    };
    while let Some(path) = next {
        seat.get(&path).await;
        let jobs = seat.page.split("/console/jobs/").skip(1);
        told.extend(jobs.map(|rest| rest.split('"').next().unwrap().to_owned()));
        next = link(&seat.page, "/console/locks?after=");
    }
    assert_eq!(told.len(), 46, "each once");
    assert_eq!(told[0], long, "the newest first");
    told.sort();
    made.sort();
    assert_eq!(told, made);

    let path = format!("/console/jobs/{long}");
    seat.get(&path).await;
    assert_eq!(seat.page.matches("<td>queued</td>").count(), 100);
    let next = link(&seat.page, &format!("{path}?after=")).unwrap();
    seat.get(&next).await;
    assert_eq!(seat.page.matches("<td>queued</td>").count(), 50);
    assert_eq!(link(&seat.page, &format!("{path}?after=")), None);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn another_lenders_jobs_and_stop_are_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = two(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let row = LockRow {
        device: sandbox.device().clone(),
        level: 2.try_into().unwrap(),
        instalment: 4.try_into().unwrap(),
        refs: Vec::new(),
    };
    let job = desk
        .make_job(std::slice::from_ref(&row), &by("asha"))
        .await
        .unwrap();
    let before = (
        desk.audit().await.unwrap(),
        desk.job(&job).await.unwrap().cancelled,
    );
    let all = "devices:read locks:write locks:bulk locks:approve";
    let mut theirs = Seat::of(&sandbox, Some("acme"), all).await;
    theirs.get("/console/locks").await;
    assert!(
        theirs.page.contains("Nothing yet") && !theirs.page.contains(&job),
        "{}",
        theirs.page
    );
    let token = theirs.hidden("token");
    let form = [("token", token.as_str()), ("reason", "x")];
    for deed in ["", "/approve", "/cancel"] {
        let mut told = Vec::new();
        for job in [job.as_str(), "job_none"] {
            let path = format!("/console/jobs/{job}{deed}");
            if deed.is_empty() {
                theirs.get(&path).await;
            } else {
                theirs.post(&path, &form).await;
            }
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{path}");
            told.push(theirs.page.clone());
        }
        assert_eq!(told[0], told[1], "{deed} tells a foreign job from none");
    }
    theirs.post("/console/locks/stop", &form).await;
    assert!(theirs.page.contains("Locks are stopped"), "{}", theirs.page);
    let mut ours = seat(&sandbox, all).await;
    ours.get("/console/locks").await;
    assert!(ours.page.contains("Locks are not stopped"), "{}", ours.page);
    assert_eq!(
        before,
        (
            desk.audit().await.unwrap(),
            desk.job(&job).await.unwrap().cancelled
        )
    );
    sandbox.shutdown().await.unwrap();
}
