//! Several servers on one database: what one does, all know.

use crate::database;
use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_core::wire::*;
use latchkey_lender::{Options, Sandbox};
use std::path::Path;

/// The address that phones sign for, whichever server they reach.
const PUBLIC: &str = "http://localhost:1";

pub fn options(clock: &Hand) -> Option<Options> {
    let options = clock.options();
    options.database.is_some().then(|| Options {
        public_url: Some(PUBLIC.to_owned()),
        addr: Some("127.0.0.1:0".parse().unwrap()),
        ..options
    })
}

/// Two servers on one database, with the same keys.
async fn two(dir: &Path, clock: &Hand) -> Option<(Sandbox, Sandbox)> {
    let first = Sandbox::start(dir, options(clock)?).await.unwrap();
    let second = Sandbox::start(dir, options(clock)?).await.unwrap();
    assert_eq!(first.device(), second.device(), "one story");
    assert_eq!(first.pay_url(), second.pay_url());
    Some((first, second))
}

fn at(sandbox: &Sandbox) -> Option<String> {
    Some(format!("http://{}", sandbox.addr()))
}

fn ask(phone: &Phone, sandbox: &Sandbox) -> Phone {
    Phone {
        at: at(sandbox),
        ..phone.clone()
    }
}

async fn locked(a: &Sandbox, b: &Sandbox, clock: &Hand) -> Phone {
    let mut phone = ask(&Phone::new(a, clock), b);
    let code = a.enrol_code().await.unwrap();
    assert_eq!(
        phone.enrol(&code, a.serial_hash()).await.status,
        201,
        "by the other server"
    );
    phone = ask(&phone, a);
    let answer = phone.check_in(0).await;
    assert_eq!(answer.orders.len(), 4);
    phone.lock_id = 1;
    phone = ask(&phone, b);
    assert_eq!(phone.receipt(&answer.orders, "ok", None).await, 204);
    phone
}

async fn stop(a: Sandbox, b: Sandbox) {
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test]
async fn enrolment_payment_and_release_go_across_two_servers() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let phone = locked(&a, &b, &clock).await;
    let mut waiting = ask(&phone, &a);
    let poll = tokio::spawn(async move { waiting.check_in(55).await });

    let link = a.pay_url().replace(PUBLIC, &at(&b).unwrap());
    let page = browser().get(&link).send().await.unwrap().text().await.unwrap();
    let intent = page.split("name=\"intent\" value=\"").nth(1).unwrap();
    let intent = intent.split('"').next().unwrap();
    let link = a.pay_url().replace(PUBLIC, &at(&a).unwrap());
    let form = [("intent", intent), ("action", "pay")];
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let paid = client.post(link).form(&form).send().await.unwrap();
    assert_eq!(paid.status().as_u16(), 303);

    let news = poll.await.unwrap();
    let release: Release = claims(&news.orders[0].jws);
    assert_eq!((release.lock_id.get(), release.why), (1, Why::Paid));
    stop(a, b).await;
}

#[tokio::test]
async fn an_order_of_one_server_wakes_the_poll_that_another_holds() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let phone = locked(&a, &b, &clock).await;
    let mut waiting = ask(&phone, &a);
    let poll = tokio::spawn(async move { waiting.check_in(55).await });
    b.desk().release(Why::Goodwill).await.unwrap();
    let release: Release = claims(&poll.await.unwrap().orders[0].jws);
    assert_eq!(release.why, Why::Goodwill);
    stop(a, b).await;
}

#[tokio::test]
async fn a_request_counts_once_whichever_server_hears_it() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let phone = locked(&a, &b, &clock).await;
    let body = serde_json::to_vec(&phone.check_in_body(0)).unwrap();
    let mut once = ask(&phone, &a).prepare("POST", "/v1/device/check-in", Some(body));
    assert_eq!(once.send().await.status, 200);
    once.url = once.url.replace(&at(&a).unwrap(), &at(&b).unwrap());
    assert_eq!(once.send().await.code(), "sig_replayed");
    stop(a, b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_given_at_once_by_two_servers_get_a_number_each() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let given = (0..20).map(|n| {
        let desk = if n % 2 == 0 { a.desk() } else { b.desk() };
        tokio::spawn(async move { desk.terms().await.unwrap() })
    });
    let mut seqs = Vec::new();
    let mut numbers = Vec::new();
    for sent in given.collect::<Vec<_>>() {
        let sent = sent.await.unwrap();
        seqs.push(sent.seq.get());
        numbers.push(claims::<Terms>(&sent.jws).terms_seq.get());
    }
    seqs.sort_unstable();
    numbers.sort_unstable();
    assert_eq!(seqs, (5..25).collect::<Vec<_>>(), "none lost, none twice");
    assert_eq!(numbers, (2..22).collect::<Vec<_>>());
    stop(a, b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_debt_is_paid_once_however_many_servers_take_it() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let mut intents = Vec::new();
    for sandbox in [&a, &b] {
        let link = a.pay_url().replace(PUBLIC, &at(sandbox).unwrap());
        let page = browser().get(&link).send().await.unwrap().text().await.unwrap();
        let intent = page.split("name=\"intent\" value=\"").nth(1).unwrap();
        intents.push((link, intent.split('"').next().unwrap().to_owned()));
    }
    let presses = (0..8).map(|n| {
        let (link, intent) = intents[n % 2].clone();
        tokio::spawn(async move {
            let form = [("intent", intent.as_str()), ("action", "pay")];
            browser().post(link).form(&form).send().await.unwrap();
        })
    });
    for press in presses.collect::<Vec<_>>() {
        press.await.unwrap();
    }
    let owed = a.desk().owed().await.unwrap();
    assert_eq!(owed.paid.get(), 4 * 325_000);
    assert_eq!(
        b.desk().payments().await.unwrap().len(),
        4,
        "three of the story and one"
    );
    stop(a, b).await;
}

#[tokio::test]
async fn a_key_that_one_server_withdrew_signs_nothing_on_the_other() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let mut phone = ask(&locked(&a, &b, &clock).await, &b);
    let old = a.desk().void(Role::Terms).await.unwrap();
    let sent = b.desk().terms().await.unwrap();
    assert_ne!(latchkey_lender::sign::kid_of(&sent.jws), Some(old.clone()));
    let answer = phone.check_in(0).await;
    let keys: Keys = claims(answer.trust.last().unwrap().lines().next().unwrap());
    assert!(keys.void.contains(&old));
    stop(a, b).await;
}

#[tokio::test]
async fn a_server_with_other_keys_does_not_start() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some(options) = options(&clock) else { return };
    let first = Sandbox::start(dir.path(), options.clone()).await.unwrap();
    let other = tempfile::tempdir().unwrap();
    let refused = Sandbox::start(other.path(), options).await.unwrap_err();
    assert_eq!(refused.code(), "other_keys");
    first.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_tell_one_story() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some(options) = options(&clock) else { return };
    let starts = (0..4).map(|_| {
        let (dir, options) = (dir.path().to_owned(), options.clone());
        tokio::spawn(async move { Sandbox::start(&dir, options).await.unwrap() })
    });
    let mut devices = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        let sandbox = start.await.unwrap();
        devices.push(sandbox.device().clone());
        sandbox.shutdown().await.unwrap();
    }
    devices.dedup();
    assert_eq!(devices.len(), 1);
}

#[tokio::test]
async fn orders_by_hand_go_beside_running_servers() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let mut phone = ask(&locked(&a, &b, &clock).await, &a);
    let desk = Sandbox::desk_of(dir.path(), clock.options()).await.unwrap();
    let terms = desk.terms().await.unwrap();
    assert_eq!(
        claims::<Terms>(&terms.jws).pay_url.as_str(),
        a.pay_url(),
        "the servers' own link"
    );
    let answer: CheckInAnswer = phone.check_in(0).await;
    assert_eq!(answer.orders, [terms]);
    stop(a, b).await;
}

#[tokio::test]
async fn after_the_database_hung_up_the_polls_are_woken_again() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let Some((a, b)) = two(dir.path(), &clock).await else {
        return;
    };
    let phone = locked(&a, &b, &clock).await;
    let url = clock.options().database.unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database::run(&url, others.to_owned());
    let mut waiting = ask(&phone, &a);
    let poll = tokio::spawn(async move { waiting.check_in(55).await });
    b.desk().release(Why::Goodwill).await.unwrap();
    assert_eq!(typ(&poll.await.unwrap().orders[0].jws), typ::RELEASE);
    stop(a, b).await;
}
