//! Messages that nobody took, by the API: listed, and sent once more.

use crate::clerk::*;
use crate::phone::*;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use latchkey_lender::desk::Event;
use latchkey_lender::{Options, Sandbox};
use serde_json::json;
use std::sync::{Arc, Mutex};

/// An endpoint that is gone at first; the ids of what it was sent.
#[derive(Clone, Default)]
struct Gone(Arc<Mutex<Vec<String>>>);

impl Gone {
    async fn start(&self) -> String {
        async fn hear(State(gone): State<Gone>, headers: HeaderMap) -> StatusCode {
            let mut ids = gone.0.lock().unwrap();
            ids.push(headers["webhook-id"].to_str().unwrap().to_owned());
            if ids.len() == 1 {
                StatusCode::GONE
            } else {
                StatusCode::OK
            }
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let routes = axum::Router::new().fallback(hear).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        url
    }
}

#[tokio::test]
async fn a_webhook_takes_every_event_and_what_it_did_not_take_is_sent_once_more() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = Options {
        webhooks_to_loopback: true,
        by_hand: true,
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let clerk = Clerk::with(&sandbox, &clock, "webhooks:manage").await;
    let gone = Gone::default();
    let events: Vec<_> = Event::ALL.iter().map(|event| event.as_str()).collect();
    let ask = json!({"url": gone.start().await, "events": events, "operator": "amal", "reason": "to hear"});
    let made = clerk.post("/v1/webhooks", &ask).await;
    assert_eq!((made.status, &made.body["events"]), (201, &json!(events)));
    let path = format!("/v1/webhooks/{}", made.body["webhook"].as_str().unwrap());
    let (dead, replay) = (format!("{path}/dead"), format!("{path}/replay"));
    assert_eq!(clerk.get(&dead).await.body, json!({"messages": []}));

    assert_eq!(clerk.act(&format!("{path}/test")).await.status, 204);
    sandbox.desk().send_webhooks().await.unwrap();
    let told = clerk.get(&dead).await.body;
    let id = told["messages"][0]["message"].as_str().unwrap().to_owned();
    let message = json!({"message": id, "event": "webhook.test", "tries": 1, "answer": "http_410"});
    assert_eq!(told["messages"], json!([message]));

    let on = clerk.sign("PUT", &path, Some(&ask), &clerk.params()).send().await;
    assert_eq!(on.status, 200, "{:?}", on.body);
    let nothing = clerk.post(&replay, &json!({"message": "msg_none"})).await;
    assert_eq!((nothing.status, nothing.code()), (404, "not_found"));
    assert_eq!(clerk.post(&replay, &json!({"message": id})).await.status, 204);
    sandbox.desk().send_webhooks().await.unwrap();
    assert_eq!(clerk.get(&dead).await.body, json!({"messages": []}));
    assert_eq!(*gone.0.lock().unwrap(), [id.clone(), id]);
    sandbox.shutdown().await.unwrap();
}
