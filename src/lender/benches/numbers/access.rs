//! Tokens granted, tokens checked, signatures checked.

use crate::ground::Running;
use crate::orders::at_once;
use crate::tell;
use std::time::Instant;

pub async fn run(server: &Running, times: usize) {
    let client = &server.client;
    let begun = Instant::now();
    at_once(times, |_| {
        let client = client.clone();
        async move { assert_eq!(client.ask(None).await.unwrap().status, 200) }
    })
    .await;
    tell("tokens granted (private_key_jwt)", times, begun.elapsed());
    let begun = Instant::now();
    at_once(times, |_| {
        let client = client.clone();
        async move { assert_eq!(client.get("/v1/client").await.unwrap().status, 200) }
    })
    .await;
    tell("tokens checked (a read)", times, begun.elapsed());
    let signed = (0..times).map(|_| client.sign("GET", "/v1/client", None, &client.params().unwrap(), None));
    let signed: Vec<_> = signed.collect();
    let begun = Instant::now();
    at_once(times, |n| {
        let (server, request) = (server.server.clone(), signed[n].clone());
        async move { assert_eq!(server.send(&request).await.unwrap().status, 200) }
    })
    .await;
    tell(
        "tokens and signatures checked (a signed read)",
        times,
        begun.elapsed(),
    );
}
