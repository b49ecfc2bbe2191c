//! Servers that do something wrong: ours, behind a proxy that makes its answers look so.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// As if the body were not compared with its digest.
    IgnoresDigests,
    /// As if each signature were good as often as one likes.
    AcceptsReplays,
    /// Locks with a signature that is not theirs.
    SpoilsLocks,
    /// Refusals as plain JSON.
    PlainRefusals,
}

struct Proxy {
    http: reqwest::Client,
    to: String,
    fault: Fault,
}

/// Puts a proxy before a server. Its URL.
pub async fn before(to: &str, fault: Fault) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let proxy = Proxy {
        http,
        to: to.to_owned(),
        fault,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().fallback(pass_on).with_state(Arc::new(proxy));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    url
}

async fn pass_on(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().unwrap().as_str().to_owned();
    parts.headers.remove(header::HOST);
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let asked = proxy.http.request(parts.method, format!("{}{path}", proxy.to));
    let answer = asked.headers(parts.headers).body(body).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let (status, kind, body) = changed(proxy.fault, status, answer.bytes().await.unwrap());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    for gone in [header::TRANSFER_ENCODING, header::CONTENT_LENGTH] {
        response.headers_mut().remove(gone);
    }
    if let Some(kind) = kind {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    response
}

fn changed(fault: Fault, status: StatusCode, body: Bytes) -> (StatusCode, Option<&'static str>, Bytes) {
    let mut told: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let code = told["code"].as_str().unwrap_or_default().to_owned();
    let done = || {
        (
            StatusCode::ACCEPTED,
            Some("application/json"),
            Bytes::from(json!({"state": "queued"}).to_string()),
        )
    };
    match fault {
        Fault::IgnoresDigests if code == "digest_mismatch" => done(),
        Fault::AcceptsReplays if code == "sig_replayed" => done(),
        Fault::PlainRefusals if !status.is_success() && !code.is_empty() => {
            (status, Some("application/json"), body)
        }
        Fault::SpoilsLocks if told["orders"].is_array() => {
            for order in told["orders"].as_array_mut().unwrap() {
                let jws = order["jws"].as_str().unwrap_or_default().to_owned();
                if is_lock(&jws) {
                    order["jws"] = json!(spoilt(&jws));
                }
            }
            (status, None, Bytes::from(told.to_string()))
        }
        Fault::None
        | Fault::IgnoresDigests
        | Fault::AcceptsReplays
        | Fault::SpoilsLocks
        | Fault::PlainRefusals => (status, None, body),
    }
}

fn is_lock(jws: &str) -> bool {
    let header = latchkey_core::envelope::decode(jws.split('.').next().unwrap_or_default().as_bytes());
    header.is_some_and(|header| String::from_utf8_lossy(&header).contains("lk-lock+jwt"))
}

/// Another first character of the signature.
fn spoilt(jws: &str) -> String {
    let (input, signature) = jws.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{input}.{other}{}", &signature[1..])
}
