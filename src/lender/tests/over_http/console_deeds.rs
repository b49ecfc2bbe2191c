//! What operators agree on at the console: a plan, a step down, the end of a contract; and that no operator of another
//! lender sees or changes any of it.

use crate::careful::Careful;
use crate::clerk::Clerk;
use crate::console::{Seat, seat};
use crate::document::{phone_of_acme, two};
use crate::phone::*;
use latchkey_core::command::{Command, Hardship, Mistake};
use latchkey_core::order::claims::{Lock, Plan, typ};
use latchkey_lender::Sandbox;
use latchkey_lender::scopes::Scope;
use reqwest::StatusCode;
use std::collections::BTreeSet;

fn everything() -> String {
    let all: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    all.join(" ")
}

async fn actions(sandbox: &Sandbox) -> Vec<String> {
    let rows = sandbox.desk().audit().await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

const PLAN: [(&str, &str); 7] = [
    ("replaces", "4"),
    ("parts", "3"),
    ("first", "2026-12-31"),
    ("every", "month"),
    ("fee", "10.50"),
    ("forgiven", ""),
    ("reason", "lost her work <until> spring"),
];

/// OWN-12: nothing is sent before the sums and days were looked at; then just these are.
#[tokio::test]
async fn a_plan_is_looked_at_first_and_then_lifts_the_lock() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let claim = phone.does(Command::Hardship(Hardship::PayLess)).await;
    clock.add(60);
    let mut few = seat(&sandbox, "devices:read claims:read claims:resolve").await;
    few.get("/console/phones?q=SANDBOX-1").await;
    assert!(!few.page.contains("Agree on a plan"), "{}", few.page);
    few.does(&sandbox, "plan", &PLAN).await;
    assert!(few.page.contains("terms:write"), "{}", few.page);

    let mut seat = seat(&sandbox, &everything()).await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    for (field, typed, told) in [
        ("replaces", "99", "Tick the instalments"),
        ("parts", "13", "1 to 12 parts"),
        ("parts", "many", "1 to 12 parts"),
        ("first", "31.12.2026", "on which day"),
        ("first", "2026-11-24", "Nothing was done"),
        ("every", "day", "too late"),
        ("fee", "10,50", "plain number"),
        ("fee", "1.234", "plain number"),
        ("forgiven", "99999999", "Nothing would be left"),
        ("reason", " ", "Say why"),
    ] {
        let wrong = PLAN.map(|(name, value)| (name, if name == field { typed } else { value }));
        seat.does(&sandbox, "plan", &wrong).await;
        assert!(seat.page.contains(told), "{field} {typed}: {}", seat.page);
    }
    seat.does(&sandbox, "plan", &PLAN).await;
    for told in [
        "Nothing is sent yet",
        "1,086.00",
        "1,088.50",
        "3,260.50",
        "The lock is lifted",
    ] {
        assert!(seat.page.contains(told), "{told}: {}", seat.page);
    }
    assert!(phone.check_in().await.orders.is_empty(), "looked at, not sent");
    assert_eq!(phone.state.mode_word(), "locked");
    assert_eq!(actions(&sandbox).await, Vec::<String>::new());

    let sure: Vec<_> = PLAN.into_iter().chain([("sure", "yes")]).collect();
    seat.does(&sandbox, "plan", &sure).await;
    assert!(seat.page.contains("The plan is on its way"), "{}", seat.page);
    assert!(
        seat.page.contains("Ended: plan") && seat.page.contains("lost her work &lt;until&gt; spring"),
        "{}",
        seat.page
    );
    let orders = phone.check_in().await.orders;
    let plan: Plan = claims(&orders[0].jws);
    let rows: Vec<_> = plan.schedule.iter().map(|row| row.2.get()).collect();
    assert_eq!(rows, [108_600, 108_600, 108_850]);
    assert_eq!(phone.state.mode_word(), "free");
    let told = sandbox.desk().claims().await.unwrap();
    assert_eq!((&told[0].id, told[0].outcome.as_deref()), (&claim, Some("plan")));
    assert_eq!(actions(&sandbox).await, ["plan"]);
    sandbox.shutdown().await.unwrap();
}

/// OWN-12: right in part is the same lock at a lower level, and the phone shows just that.
#[tokio::test]
async fn a_dispute_that_is_right_in_part_steps_the_lock_down() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let id = phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    clock.add(60);
    let mut few = seat(&sandbox, "devices:read claims:read claims:resolve releases:write").await;
    few.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        few.page.contains("The owner is right") && !few.page.contains("Step down"),
        "{}",
        few.page
    );
    let answer = |level| {
        [
            ("claim", id.as_str()),
            ("answer", "step_down"),
            ("level", level),
            ("reason", "half of it had come"),
        ]
    };
    few.does(&sandbox, "answer", &answer("1")).await;
    assert!(few.page.contains("locks:write"), "{}", few.page);

    let mut seat = seat(&sandbox, &everything()).await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    assert!(seat.page.contains("Step down"), "{}", seat.page);
    for level in ["3", "0", "x"] {
        seat.does(&sandbox, "answer", &answer(level)).await;
        assert!(seat.page.contains("Nothing was done"), "{level}: {}", seat.page);
    }
    seat.does(&sandbox, "answer", &answer("1")).await;
    assert!(
        seat.page.contains("The owner has your answer") && seat.page.contains("Ended: stepped down"),
        "{}",
        seat.page
    );
    let orders = phone.check_in().await.orders;
    let lock: Lock = claims(&orders[0].jws);
    assert_eq!((typ(&orders[0].jws), lock.level.get()), (typ::LOCK.to_owned(), 1));
    assert_eq!(lock.answers.as_ref(), Some(&id));
    assert_eq!(phone.state.lock_id(), Some(lock.lock_id.get()));
    assert_eq!(actions(&sandbox).await, ["claim.step_down"]);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_contract_is_settled_by_whoever_may_and_types_its_number() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let settle = [("contract", "SANDBOX-1"), ("reason", "paid in full at the shop")];
    let mut few = seat(&sandbox, "devices:read releases:write grace:write").await;
    few.get("/console/phones?q=SANDBOX-1").await;
    assert!(!few.page.contains("Settle the contract"), "{}", few.page);
    few.does(&sandbox, "settle", &settle).await;
    assert!(few.page.contains("settle:write"), "{}", few.page);

    let mut seat = seat(&sandbox, &everything()).await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    let wrong = [("contract", "SANDBOX-2"), ("reason", "paid in full at the shop")];
    seat.does(&sandbox, "settle", &wrong).await;
    assert!(seat.page.contains("Nothing was done"), "{}", seat.page);
    assert!(phone.check_in().await.orders.is_empty());
    seat.does(&sandbox, "settle", &settle).await;
    assert!(
        seat.page.contains("The contract is settled") && !seat.page.contains("Settle it for good"),
        "{}",
        seat.page
    );
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "settled");
    assert_eq!(actions(&sandbox).await, ["settle"]);
    sandbox.shutdown().await.unwrap();
}

/// Every address that a page of the console names: where its links and its forms lead.
fn addresses(page: &str) -> BTreeSet<(bool, String)> {
    let named = |mark: &str, post: bool| {
        page.split(mark)
            .skip(1)
            .map(|rest| (post, rest.split('"').next().unwrap().to_owned()))
            .filter(|(_, to)| to.starts_with("/console"))
            .collect::<Vec<_>>()
    };
    let forms = named("method=\"post\" action=\"", true);
    named("href=\"", false).into_iter().chain(forms).collect()
}

/// Every link and every form of one lender's console, as the other lender's operator would send them: nothing is there.
#[tokio::test]
async fn an_operator_of_another_lender_sees_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = two(dir.path(), &clock).await;
    let ours = Clerk::of(&sandbox, &clock, None, &everything()).await;
    let theirs = Clerk::of(&sandbox, &clock, Some("acme"), &everything()).await;
    let made = phone_of_acme(&sandbox, &ours, &theirs).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    clock.add(60);
    // A lock with codes, and a claim of each kind that has an answer here.
    let desk = sandbox.desk();
    desk.lock(2.try_into().unwrap(), 4.try_into().unwrap())
        .await
        .unwrap();
    phone.check_in().await;
    let dispute = phone.does(Command::Dispute(Mistake::AlreadyPaid)).await;
    phone.does(Command::Hardship(Hardship::PayLess)).await;
    let ours_page = format!("/console/phones/{}", sandbox.device());
    let mut ours = seat(&sandbox, &everything()).await;
    ours.get(&ours_page).await;
    let found = addresses(&ours.page);
    let deeds: BTreeSet<_> = found
        .iter()
        .filter_map(|(_, to)| to.strip_prefix(&format!("{ours_page}/")))
        .collect();
    assert_eq!(
        deeds,
        BTreeSet::from(["answer", "code", "grace", "plan", "release", "settle"]),
        "the page offers everything that there is"
    );
    let before = (
        desk.offered().await.unwrap(),
        desk.claims().await.unwrap(),
        desk.audit().await.unwrap(),
        desk.owed().await.unwrap(),
    );

    let mut theirs = Seat::of(&sandbox, Some("acme"), &everything()).await;
    let their_page = format!("/console/phones/{}", made["device"].as_str().unwrap());
    theirs.get(&their_page).await;
    assert_eq!(theirs.status, StatusCode::OK, "they have a phone of their own");
    let (token, seen) = (theirs.hidden("token"), ours.hidden("seen"));
    let mut form: Vec<(&str, &str)> = PLAN.to_vec();
    form.extend([
        ("token", token.as_str()),
        ("seen", seen.as_str()),
        ("sure", "yes"),
        ("hours", "24"),
        ("why", "goodwill"),
        ("claim", dispute.as_str()),
        ("answer", "accept"),
        ("slot", "1"),
        ("contract", "SANDBOX-1"),
    ]);
    let absent = "A".repeat(26);
    let (mut walked, device) = (0, sandbox.device().as_str());
    for (post, to) in &found {
        if !to.contains(device) {
            continue;
        }
        let mut told = Vec::new();
        for to in [to.clone(), to.replace(device, &absent)] {
            if *post {
                theirs.post(&to, &form).await;
            } else {
                theirs.get(&to).await;
            }
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{to}");
            told.push(theirs.page.clone());
        }
        assert_eq!(told[0], told[1], "{to} tells a foreign phone from none");
        walked += 1;
    }
    assert_eq!(walked, deeds.len());
    theirs.get(&ours_page).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    // Not by the number's first signs, not by the contract's number, which both lenders use.
    for q in [device, &device[..6], "SANDBOX-1"] {
        theirs.get(&format!("/console/phones?q={q}")).await;
        // What was typed is shown again; no page of that phone is named.
        assert!(!theirs.page.contains(&ours_page), "{q}: {}", theirs.page);
    }
    // Our claim on their own phone.
    theirs.get(&their_page).await;
    let seen = theirs.hidden("seen");
    let form = [
        ("token", token.as_str()),
        ("seen", seen.as_str()),
        ("claim", dispute.as_str()),
        ("answer", "accept"),
        ("reason", "x"),
    ];
    theirs.post(&format!("{their_page}/answer"), &form).await;
    assert!(theirs.page.contains("Nothing was done: "), "{}", theirs.page);
    // Our session's proof in their form, and theirs in ours.
    let foreign = [
        ("token", ours.hidden("token")),
        ("seen", seen.clone()),
        ("reason", "x".into()),
    ];
    let foreign: Vec<_> = foreign
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    theirs.post(&format!("{their_page}/settle"), &foreign).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN, "{}", theirs.page);
    assert_eq!(
        before,
        (
            desk.offered().await.unwrap(),
            desk.claims().await.unwrap(),
            desk.audit().await.unwrap(),
            desk.owed().await.unwrap(),
        )
    );
    sandbox.shutdown().await.unwrap();
}
