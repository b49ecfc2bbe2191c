//! What the machine does at most: raw Ed25519, and a route of axum that does nothing.

use crate::tell;
use crate::wire::{Request, Server};
use axum::{Router, routing::post};
use ed25519_dalek::{Signer as _, SigningKey};
use std::time::Instant;

pub async fn run(times: usize) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let text = vec![b'x'; 1_800];
    let begun = Instant::now();
    let mut last = key.sign(&text);
    for n in 0..times {
        last = key.sign(&[&text[..], &n.to_le_bytes()].concat());
    }
    tell("raw Ed25519: sign 1.8 kB", times, begun.elapsed());
    let whole = [&text[..], &(times - 1).to_le_bytes()].concat();
    let begun = Instant::now();
    for _ in 0..times {
        key.verifying_key().verify_strict(&whole, &last).unwrap();
    }
    tell("raw Ed25519: verify 1.8 kB", times, begun.elapsed());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().route("/", post(async |body: axum::body::Bytes| body));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let server = Server::new(&url, None).unwrap();
    let mut request = Request::new("POST", "/");
    request.body = Some(text);
    let begun = Instant::now();
    crate::orders::at_once(times, |_| {
        let (server, request) = (server.clone(), request.clone());
        async move { assert_eq!(server.send(&request).await.unwrap().status, 200) }
    })
    .await;
    tell("bare axum route: POST of 1.8 kB", times, begun.elapsed());
}
