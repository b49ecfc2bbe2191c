use super::*;
use crate::Options;
use crate::trial::{Lender, T, by};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use send::LATER_S;
use standard::{Secret, verified};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug)]
struct Got {
    headers: HeaderMap,
    body: Bytes,
}

impl Got {
    fn id(&self) -> String {
        self.headers["webhook-id"].to_str().unwrap().to_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Another system: it keeps what it is told, and answers as it was told to, else with 204.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<Got>>>,
    answers: Arc<Mutex<VecDeque<Response>>>,
}

impl Receiver {
    async fn start() -> (Receiver, String) {
        async fn hear(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
            receiver.got.lock().unwrap().push(Got { headers, body });
            let answer = receiver.answers.lock().unwrap().pop_front();
            answer.unwrap_or_else(|| StatusCode::NO_CONTENT.into_response())
        }
        let receiver = Receiver::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let routes = Router::new().fallback(hear).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (receiver, url)
    }

    fn answers(&self, answers: impl IntoIterator<Item = Response>) {
        self.answers.lock().unwrap().extend(answers);
    }

    fn got(&self) -> Vec<Got> {
        std::mem::take(&mut *self.got.lock().unwrap())
    }
}

async fn lenders() -> Vec<Lender> {
    let options = Options {
        no_codes: true,
        webhooks_to_loopback: true,
        ..Options::default()
    };
    Lender::with(T, &options).await
}

impl Lender {
    async fn hook(&self, url: &str, events: &[Event]) -> Hook {
        let desk = self.sandbox.desk();
        desk.set_webhook(None, url, events, &by("amal")).await.unwrap()
    }

    async fn send(&self) {
        self.sandbox.desk().send_webhooks().await.unwrap();
    }

    async fn states(&self) -> (usize, usize, usize) {
        let desk = self.sandbox.desk();
        let mut counts = Vec::new();
        for state in ["pending", "delivered", "dead"] {
            counts.push(desk.webhook_messages(state, 100).await.unwrap().len());
        }
        (counts[0], counts[1], counts[2])
    }

    fn s(&self) -> u64 {
        self.house().now().unix_s()
    }
}

fn status(code: u16) -> Response {
    StatusCode::from_u16(code).unwrap().into_response()
}

#[tokio::test]
async fn a_message_is_signed_both_ways_and_holds_ids_only() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let hook = lender.hook(&url, &Event::ALL).await;
        lender.sandbox.desk().test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        let got = receiver.got();
        assert_eq!(got.len(), 1);
        let secret = Secret::from_text(&hook.secret).unwrap();
        let now = lender.house().now();
        let (headers, body) = (&got[0].headers, &got[0].body);
        assert_eq!(
            verified(std::slice::from_ref(&secret), headers, body, now),
            Some(got[0].id())
        );
        assert_eq!(verified(&[Secret::fresh().unwrap()], headers, body, now), None);
        assert_eq!(verified(std::slice::from_ref(&secret), headers, b"{}", now), None);
        assert_eq!(
            verified(&[secret], headers, body, now.plus_s(301)),
            None,
            "too old"
        );

        let key = STANDARD
            .decode(hook.public_key.strip_prefix("whpk_").unwrap())
            .unwrap();
        let key = VerifyingKey::from_bytes(key.as_slice().try_into().unwrap()).unwrap();
        let signature = headers["webhook-signature"].to_str().unwrap();
        let signature = signature
            .split(' ')
            .find_map(|one| one.strip_prefix("v1a,"))
            .unwrap();
        let signature = STANDARD.decode(signature).unwrap();
        let signature = Signature::from_bytes(signature.as_slice().try_into().unwrap());
        let text = [
            got[0].id().as_bytes(),
            b".",
            headers["webhook-timestamp"].as_bytes(),
            b".",
            body,
        ]
        .concat();
        key.verify_strict(&text, &signature).unwrap();
        let told = json!({"type": "webhook.test", "timestamp": "2026-11-25T16:30:00Z", "data": {}});
        assert_eq!(got[0].json(), told);
    }
}

/// The example of the specification.
#[test]
fn the_specifications_own_signature_is_right() {
    let secret = Secret::from_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".parse().unwrap());
    headers.insert("webhook-timestamp", "1614265330".parse().unwrap());
    let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    headers.insert("webhook-signature", signature.parse().unwrap());
    let now = Moment::from_ms(1_614_265_330_000);
    let id = verified(&[secret], &headers, br#"{"test": 2432232314}"#, now);
    assert_eq!(id.as_deref(), Some("msg_p5jXN8AQM9LWM0D4loKWxJek"));
}

#[tokio::test]
async fn a_failed_message_is_tried_ten_times_under_one_id_and_then_dead_until_a_clerk_replays_it() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let hook = lender.hook(&url, &Event::ALL).await;
        receiver.answers((0..LATER_S.len() + 1).map(|n| status(if n == 0 { 302 } else { 500 })));
        lender.sandbox.desk().test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        for step in LATER_S {
            let due = lender
                .sandbox
                .desk()
                .webhook_messages("pending", 1)
                .await
                .unwrap()[0]
                .due_ms
                / 1_000;
            let wait = u64::try_from(due).unwrap() - lender.s();
            let step = u64::try_from(step).unwrap();
            assert!(
                (step * 4 / 5..=step * 6 / 5).contains(&wait),
                "{wait} after {step}"
            );
            lender.later(wait - 1);
            lender.send().await;
            lender.later(1);
            lender.send().await;
        }
        assert_eq!(lender.states().await, (0, 0, 1));
        let got = receiver.got();
        assert_eq!(got.len(), 10, "no redirect is followed, none is sent early");
        assert!(got.iter().all(|one| one.id() == got[0].id()));
        lender.sandbox.desk().replay_webhook(&got[0].id()).await.unwrap();
        lender.send().await;
        assert_eq!(receiver.got()[0].id(), got[0].id());
        assert_eq!(lender.states().await, (0, 1, 0));
    }
}

#[tokio::test]
async fn an_endpoint_that_asks_for_patience_gets_it_and_one_that_is_gone_is_switched_off() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let hook = lender.hook(&url, &Event::ALL).await;
        let desk = lender.sandbox.desk();
        receiver.answers([(StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "120")]).into_response()]);
        desk.test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        lender.later(119);
        lender.send().await;
        assert_eq!(receiver.got().len(), 1);
        receiver.answers([status(410)]);
        lender.later(1);
        lender.send().await;
        assert_eq!(lender.states().await, (0, 0, 1));
        assert!(desk.webhooks().await.unwrap()[0].disabled);
        receiver.got();
        desk.test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        assert!(receiver.got().is_empty(), "nothing more goes there");
        desk.set_webhook(Some(&hook.id), &url, &Event::ALL, &by("amal"))
            .await
            .unwrap();
        desk.test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        assert_eq!(receiver.got().len(), 1);
    }
}

#[tokio::test]
async fn for_a_day_both_secrets_sign() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let old = lender.hook(&url, &Event::ALL).await;
        let desk = lender.sandbox.desk();
        let new = desk.rotate_webhook(&old.id, &by("amal")).await.unwrap();
        assert_ne!(old.secret, new.secret);
        for (wait, both) in [(0, true), (86_400, false)] {
            lender.later(wait);
            desk.test_webhook(&old.id).await.unwrap();
            lender.send().await;
            let got = receiver.got().pop().unwrap();
            let now = lender.house().now();
            for (hook, right) in [(&old, both), (&new, true)] {
                let secret = Secret::from_text(&hook.secret).unwrap();
                assert_eq!(verified(&[secret], &got.headers, &got.body, now).is_some(), right);
            }
        }
    }
}

#[tokio::test]
async fn no_message_goes_to_an_inner_door() {
    for lender in Lender::at(T, true).await {
        let (receiver, url) = Receiver::start().await;
        let desk = lender.sandbox.desk();
        for url in [
            url.as_str(),
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://localhost/",
            "https://169.254.169.254/latest/meta-data",
            "http://1.1.1.1/",
            "https://user:word@1.1.1.1/",
            "https://1.1.1.1:8443/",
            "https://1.1.1.1:22/",
            "ftp://1.1.1.1/",
            "no",
        ] {
            let refused = desk
                .set_webhook(None, url, &Event::ALL, &by("amal"))
                .await
                .unwrap_err();
            assert_eq!(refused.code(), "url_not_public", "{url}");
        }
        desk.set_webhook(None, "https://1.1.1.1/hook", &Event::ALL, &by("amal"))
            .await
            .unwrap();

        // A name that led to a public address when it was set, and leads inside when it is used.
        let house = lender.house();
        let mut tx = house.store.begin().await.unwrap();
        let inner = ("ep_inner", url.as_str(), "claim.opened");
        outbox::put(&mut tx, &house.tenant, inner, house.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        desk.test_webhook("ep_inner").await.unwrap();
        lender.send().await;
        assert!(receiver.got().is_empty());
        let waiting = desk.webhook_messages("pending", 1).await.unwrap();
        assert_eq!(waiting[0].answer.as_deref(), Some("url_not_public"));
    }
}

#[tokio::test]
async fn an_endpoint_hears_what_it_asked_for_and_a_transaction_that_never_happened_tells_nobody() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        lender
            .hook(&url, &[Event::ClaimOpened, Event::DeviceLocked])
            .await;
        let house = lender.house();
        let now = house.now();
        for (event, commit) in [
            (Event::ClaimOpened, true),
            (Event::BreakerTripped, true),
            (Event::DeviceLocked, false),
        ] {
            let mut tx = house.store.begin().await.unwrap();
            tell(&mut tx, &house.tenant, event, json!({"device": "d"}), now)
                .await
                .unwrap();
            if commit {
                tx.commit().await.unwrap();
            }
        }
        lender.send().await;
        let types: Vec<_> = receiver
            .got()
            .iter()
            .map(|got| got.json()["type"].clone())
            .collect();
        assert_eq!(types, ["claim.opened"]);
    }
}

#[tokio::test]
async fn a_tripped_breaker_is_told_once_a_job() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        lender.hook(&url, &[Event::BreakerTripped]).await;
        let phones = lender.late("demo", 22).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 3, 19, 0));
        lender.send().await;
        let got = receiver.got();
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].json()["data"], json!({"job": job}));
    }
}

#[tokio::test]
async fn a_message_whose_sender_died_is_sent_again_under_its_id() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let hook = lender.hook(&url, &Event::ALL).await;
        lender.sandbox.desk().test_webhook(&hook.id).await.unwrap();
        let house = lender.house();
        let (now, mut tx) = (house.now(), house.store.begin().await.unwrap());
        let taken = outbox::take(&mut tx, &house.tenant, 8, now, now.plus_s(60))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        lender.send().await;
        assert!(receiver.got().is_empty(), "another sender has it");
        lender.later(60);
        lender.send().await;
        assert_eq!(receiver.got()[0].id(), taken[0].message);
    }
}

#[tokio::test]
async fn messages_that_are_long_over_are_forgotten_dead_ones_last() {
    for lender in lenders().await {
        let (receiver, url) = Receiver::start().await;
        let hook = lender.hook(&url, &Event::ALL).await;
        let desk = lender.sandbox.desk();
        desk.test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        receiver.answers([status(410)]);
        desk.test_webhook(&hook.id).await.unwrap();
        lender.send().await;
        for (days, left) in [(30, (0, 1, 1)), (1, (0, 0, 1)), (60, (0, 0, 0))] {
            lender.later(days * 86_400);
            lender.send().await;
            assert_eq!(lender.states().await, left, "{days}");
        }
    }
}
