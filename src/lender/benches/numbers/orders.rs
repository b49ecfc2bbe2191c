//! Orders signed and stored at the word of a client, and delivered to their phones.

use crate::ground::{Ground, Running, device, taken};
use crate::tell;
use crate::wire::{Request, fresh_id, params};
use futures::of;
use latchkey_core::order::claims::Used;
use latchkey_core::order::values::Sha;
use latchkey_core::request::{DEVICE_TAG, content_digest, device_components};
use latchkey_core::wire::{CheckIn, CheckInAnswer, Cursor};
use serde_json::json;
use std::time::{Duration, Instant};

/// Requests under way at once.
const AT_ONCE: usize = 32;

mod futures {
    //! A bounded crowd of tasks.

    /// Runs `work(0..n)`, at most `most` at a time.
    pub async fn of<F, W>(n: usize, most: usize, work: W)
    where
        W: Fn(usize) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let mut crowd = tokio::task::JoinSet::new();
        for i in 0..n {
            if crowd.len() >= most {
                crowd.join_next().await.unwrap().unwrap();
            }
            crowd.spawn(work(i));
        }
        while let Some(done) = crowd.join_next().await {
            done.unwrap();
        }
    }
}

pub async fn at_once<F, W>(n: usize, work: W)
where
    W: Fn(usize) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    of(n, AT_ONCE, work).await;
}

/// A check-in of seeded phone `n`, which has taken its first order.
pub fn check_in(ground: &Ground, server: &Running, n: usize, wait_s: u32) -> Request {
    let zero = |n: u64| n.try_into().unwrap();
    let body = CheckIn {
        after: Some(Cursor {
            seq: 1.try_into().unwrap(),
            jti: taken(),
        }),
        wait_s,
        nonce: fresh_id().unwrap(),
        journal_head: Sha::from_bytes(&[0; 32]),
        app: "bench".into(),
        adapter: "preview".into(),
        lock_id: zero(0),
        released_through: zero(0),
        terms_seq: Some(1.try_into().unwrap()),
        keys_version: server.keys_version,
        mode: "free".into(),
        used: Used {
            window_s: 0.try_into().unwrap(),
            opening: 0.try_into().unwrap(),
            provisional: 0.try_into().unwrap(),
            codes: 0.try_into().unwrap(),
        },
    };
    let body = serde_json::to_vec(&body).unwrap();
    let digest = content_digest(&body);
    let target = format!("{}/v1/device/check-in", server.server.base);
    let components = device_components("POST", &target, Some((&digest, "application/json")));
    let params = params(device(n).into()).unwrap();
    let mut request = Request::new("POST", "/v1/device/check-in");
    request
        .headers
        .extend(ground.key.headers(&components, &params, DEVICE_TAG));
    request = request
        .with("content-digest", &digest)
        .with("content-type", "application/json");
    request.body = Some(body);
    request.wait = Duration::from_secs(u64::from(wait_s));
    request
}

pub async fn run(ground: &Ground, server: &Running, times: usize) {
    let begun = Instant::now();
    at_once(times, |n| {
        let client = server.client.clone();
        async move {
            let path = format!("/v1/devices/{}/notices", device(n + 1));
            let notice = json!({"notice_no": 1, "instalment": 1, "channels": ["sms"]});
            let told = client.post(&path, &notice).await.unwrap();
            assert_eq!(told.status, 202, "{}", told.text());
        }
    })
    .await;
    tell(
        "orders signed and stored, each by a signed request",
        times,
        begun.elapsed(),
    );
    let asked: Vec<_> = (0..times).map(|n| check_in(ground, server, n + 1, 0)).collect();
    let begun = Instant::now();
    at_once(times, |n| {
        let (server, asked) = (server.server.clone(), asked[n].clone());
        async move {
            let told: CheckInAnswer = server.send(&asked).await.unwrap().read(200).unwrap();
            assert_eq!(told.orders.len(), 1);
        }
    })
    .await;
    tell(
        "orders delivered, each by a signed check-in",
        times,
        begun.elapsed(),
    );
}
