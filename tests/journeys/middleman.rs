//! Somebody between phone and lender who adds orders of his own to the lender's answers.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use latchkey_core::wire::{CheckInAnswer, Delivery};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// Longest body that passes.
const LONGEST: usize = 1 << 20;

/// What he adds to the next answer, and where the lender really is.
#[derive(Debug, Default)]
pub struct Middleman {
    pub addr: Option<SocketAddr>,
    pub added: Vec<Delivery>,
}

/// Listens on loopback.
pub async fn listen() -> (String, Arc<Mutex<Middleman>>) {
    let shared = Arc::new(Mutex::new(Middleman::default()));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(pass).with_state(shared.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, shared)
}

async fn pass(State(shared): State<Arc<Mutex<Middleman>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().unwrap().to_string();
    let addr = shared.lock().unwrap().addr.unwrap();
    let client =
        latchkey_agent::tls::tool_client(Arc::new(latchkey_agent::clock::RealClock::new().unwrap())).unwrap();
    let answer = client
        .request(parts.method, format!("http://{addr}{path}"))
        .headers(parts.headers)
        .body(to_bytes(body, LONGEST).await.unwrap())
        .send()
        .await;
    let Ok(answer) = answer else {
        return Response::builder().status(502).body(Body::empty()).unwrap();
    };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut bytes = answer.bytes().await.unwrap();
    let added: Vec<Delivery> = match path.ends_with("/check-in") && status.is_success() {
        true => std::mem::take(&mut shared.lock().unwrap().added),
        false => Vec::new(),
    };
    if !added.is_empty() {
        let mut told: CheckInAnswer = serde_json::from_slice(&bytes).unwrap();
        told.orders.extend(added);
        bytes = Bytes::from(serde_json::to_vec(&told).unwrap());
    }
    let mut response = Response::builder().status(status);
    for (name, value) in &headers {
        if name != "content-length" && name != "transfer-encoding" {
            response = response.header(name, value);
        }
    }
    response.body(Body::from(bytes)).unwrap()
}
