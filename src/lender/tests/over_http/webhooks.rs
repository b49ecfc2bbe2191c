//! What a lender's other systems hear of a phone's life.

use crate::phone::*;
use axum::extract::State;
use axum::http::StatusCode;
use latchkey_core::order::claims::Why;
use latchkey_core::wire::*;
use latchkey_lender::desk::{By, Event};
use latchkey_lender::{Options, Sandbox};
use std::path::Path;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A lender, and the names of the events that another system hears of it.
async fn heard(dir: &Path, clock: &Hand) -> (Sandbox, UnboundedReceiver<serde_json::Value>) {
    hearing(dir, clock.options()).await
}

/// The same, of a lender that was started in some way.
pub async fn hearing(dir: &Path, options: Options) -> (Sandbox, UnboundedReceiver<serde_json::Value>) {
    async fn hear(State(told): State<UnboundedSender<serde_json::Value>>, body: String) -> StatusCode {
        told.send(serde_json::from_str(&body).unwrap()).unwrap();
        StatusCode::OK
    }
    let options = Options {
        webhooks_to_loopback: true,
        ..options
    };
    let sandbox = Sandbox::start(dir, options).await.unwrap();
    let (told, hears) = unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let routes = axum::Router::new().fallback(hear).with_state(told);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let by = By {
        operator: "amal".to_owned().try_into().unwrap(),
        reason: "to hear of it".to_owned().try_into().unwrap(),
    };
    sandbox
        .desk()
        .set_webhook(None, &url, &Event::ALL, &by)
        .await
        .unwrap();
    (sandbox, hears)
}

async fn next(hears: &mut UnboundedReceiver<serde_json::Value>, n: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..n {
        let told = hears.recv().await.unwrap();
        names.push(told["type"].as_str().unwrap().to_owned());
    }
    // They are sent at once, so they come in any order.
    names.sort();
    names
}

#[tokio::test]
async fn other_systems_hear_of_a_phones_life() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut hears) = heard(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let delivered = "order.delivered";
    assert_eq!(
        next(&mut hears, 5).await,
        ["device.locked", delivered, delivered, delivered, delivered]
    );

    let claim = ClaimRequest {
        id: fresh_id(),
        kind: ClaimKind::Dispute,
        lock_id: 1.try_into().unwrap(),
        instalment: Some(4.try_into().unwrap()),
        choice: None,
        text: Some("I paid this".into()),
    };
    for _ in 0..2 {
        assert_eq!(phone.post("/v1/device/claims", &claim).await.status, 202);
    }
    let told = hears.recv().await.unwrap();
    assert_eq!(told["type"], "claim.opened");
    let data = serde_json::json!({"device": sandbox.device().as_str(), "claim": claim.id.as_str()});
    assert_eq!(told["data"], data, "ids, and not a word of the owner");

    sandbox.desk().release(Why::Error).await.unwrap();
    let orders = phone.check_in(0).await.orders;
    for _ in 0..2 {
        phone.receipt(&orders, "ok", None).await;
    }
    assert_eq!(
        next(&mut hears, 2).await,
        ["device.released", delivered],
        "a repeated receipt is no news"
    );

    sandbox.desk().terms().await.unwrap();
    let terms = phone.check_in(0).await.orders;
    phone.receipt(&terms, "t_pay_host", None).await;
    assert_eq!(next(&mut hears, 1).await, ["order.rejected"]);

    sandbox.desk().settle().await.unwrap();
    let before = phone.after.clone();
    let orders = phone.check_in(0).await.orders;
    phone.receipt(&orders[orders.len() - 1..], "ok", None).await;
    assert_eq!(next(&mut hears, 2).await, ["device.settled", delivered]);

    phone.after = before;
    phone.check_in(0).await;
    assert_eq!(next(&mut hears, 1).await, ["device.rollback_seen"]);

    let told = CheckIn {
        released_through: 40.try_into().unwrap(),
        ..phone.check_in_body(0)
    };
    phone.post("/v1/device/check-in", &told).await;
    let told = hears.recv().await.unwrap();
    assert_eq!(told["type"], "device.lifted_unknown");
    assert_eq!(told["data"]["released_through"], 40);
    sandbox.shutdown().await.unwrap();
}
