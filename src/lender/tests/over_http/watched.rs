//! Whoever watches the server: alive, ready, figures, logs, and an orderly end.

use crate::clerk::*;
use crate::phone::*;
use latchkey_lender::{Log, Options, Sandbox};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

async fn text(sandbox: &Sandbox, path: &str) -> (u16, String) {
    let answer = browser()
        .get(format!("{}{path}", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// OWN-13: figures and log lines name calls, codes and times; no phone, token, amount or word of an owner.
#[tokio::test]
async fn figures_and_logs_tell_what_happened_and_nothing_about_whom() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let lines = Arc::new(Mutex::new(Vec::<String>::new()));
    let into = lines.clone();
    let log = Log::json(move |line| into.lock().unwrap().push(line.to_owned()));
    let sandbox = Sandbox::start(
        dir.path(),
        Options {
            log,
            ..clock.options()
        },
    )
    .await
    .unwrap();
    let mut phone = Phone::locked(&sandbox, &clock).await;
    phone.check_in(0).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read grace:write").await;
    let device = format!("/v1/devices/{}", sandbox.device());
    assert_eq!(clerk.get(&device).await.status, 200);
    assert_eq!(
        clerk
            .post(&format!("{device}/grace"), &json!({"dur_s": 60}))
            .await
            .status,
        202
    );
    let refused = clerk.get("/v1/claims").await;
    assert_eq!(
        browser().get(sandbox.pay_url()).send().await.unwrap().status(),
        200
    );
    assert_eq!(
        text(&sandbox, "/health/live").await,
        (200, r#"{"status":"ok"}"#.to_owned())
    );
    assert_eq!(text(&sandbox, "/health/ready").await.0, 200);
    let (status, figures) = text(&sandbox, "/metrics").await;
    assert_eq!(status, 200);
    for line in [
        "latchkey_requests_total{operation=\"sendGrace\",status=\"202\"} 1",
        "latchkey_requests_total{operation=\"checkIn\",status=\"200\"} 2",
        "latchkey_refusals_total{code=\"scope_missing\"} 1",
        "latchkey_orders_total{kind=\"lk-grace+jwt\"} 1",
        "latchkey_request_seconds_count{operation=\"sendGrace\"} 1",
        "latchkey_polls_waiting 0",
    ] {
        assert!(figures.lines().any(|l| l == line), "{line} is not in\n{figures}");
    }
    let lines = lines.lock().unwrap().clone();
    let read: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told = |operation: &str| {
        read.iter()
            .find(|line| line["operation"] == operation)
            .cloned()
            .unwrap()
    };
    assert_eq!(
        (&told("sendGrace")["status"], &told("sendGrace")["level"]),
        (&json!(202), &json!("info"))
    );
    assert_eq!(told("listClaims")["code"], "scope_missing");
    assert_eq!(told("listClaims")["request"], refused.body["request_id"]);
    let pay_token = sandbox.pay_url().rsplit('/').next().unwrap();
    for secret in [
        sandbox.device().as_str(),
        &clerk.client,
        &clerk.token,
        pay_token,
        "127.0.0.1",
    ] {
        for text in lines.iter().chain([&figures]) {
            assert!(!text.contains(secret), "{secret} stands in {text}");
        }
    }
    sandbox.shutdown().await.unwrap();
}

/// A stop answers what is under way, and then the address is free.
#[tokio::test]
async fn a_stop_answers_the_polls_that_wait() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let base = sandbox.base_url().to_owned();
    let waiting = tokio::spawn(async move { phone.check_in(55).await });
    loop {
        let (_, figures) = text(&sandbox, "/metrics").await;
        if figures.lines().any(|line| line == "latchkey_polls_waiting 1") {
            break;
        }
        tokio::task::yield_now().await;
    }
    sandbox.shutdown().await.unwrap();
    assert!(waiting.await.unwrap().orders.is_empty());
    assert!(browser().get(format!("{base}/health/live")).send().await.is_err());
}
