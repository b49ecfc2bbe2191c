//! Those who are slow, or never finish what they began.

use crate::phone::*;
use latchkey_lender::{Options, Patience, Sandbox};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

const SHORT: Duration = Duration::from_millis(200);
const DAY: Duration = Duration::from_secs(86_400);
/// Nothing here takes so long unless it never ends.
const NEVER: Duration = Duration::from_secs(60);
const HALF_HEAD: &str = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
const HALF_BODY: &str = "POST /oauth2/token HTTP/1.1\r\nHost: x\r\n\
    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant_type=";

async fn patient(head: Duration, body: Duration, drain: Duration) -> (tempfile::TempDir, Sandbox) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        patience: Patience { head, body, drain },
        ..Hand::at(T).options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    (dir, sandbox)
}

async fn sent(sandbox: &Sandbox, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.addr()).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Everything until the server ends the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    timeout(NEVER, stream.read_to_end(&mut all))
        .await
        .unwrap()
        .unwrap();
    String::from_utf8(all).unwrap().to_lowercase()
}

/// The answer to a whole request on a connection that stays.
async fn answered(stream: &mut TcpStream) -> String {
    let (mut all, mut part) = (String::new(), [0; 1024]);
    while !all.contains("ok") {
        let n = timeout(NEVER, stream.read(&mut part)).await.unwrap().unwrap();
        assert_ne!(n, 0, "{all}");
        all.push_str(&String::from_utf8_lossy(&part[..n]));
    }
    all.to_lowercase()
}

#[tokio::test]
async fn half_a_head_ends_with_the_servers_patience() {
    let (_dir, sandbox) = patient(SHORT, DAY, SHORT).await;
    let mut slow = sent(&sandbox, HALF_HEAD).await;
    let mut silent = sent(&sandbox, "").await;
    assert!(!rest(&mut slow).await.starts_with("http/1.1 200"));
    assert_eq!(rest(&mut silent).await, "");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn half_a_body_is_told_so_and_ends() {
    let (_dir, sandbox) = patient(DAY, SHORT, SHORT).await;
    let mut slow = sent(&sandbox, HALF_BODY).await;
    let told = rest(&mut slow).await;
    assert!(told.starts_with("http/1.1 408"), "{told}");
    assert!(
        told.contains("\"code\":\"too_slow\"") && told.contains("connection: close"),
        "{told}"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn who_never_finishes_holds_no_shutdown_up() {
    let (_dir, sandbox) = patient(DAY, DAY, SHORT).await;
    let mut slow = [sent(&sandbox, HALF_HEAD).await, sent(&sandbox, HALF_BODY).await];
    let mut whole = sent(&sandbox, &format!("{HALF_HEAD}\r\n")).await;
    answered(&mut whole).await;
    timeout(NEVER, sandbox.shutdown()).await.unwrap().unwrap();
    for stream in &mut slow {
        let mut all = Vec::new();
        let _ = timeout(NEVER, stream.read_to_end(&mut all)).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&all), "");
    }
}

#[tokio::test]
async fn connections_without_a_request_end_at_once() {
    let (_dir, sandbox) = patient(DAY, DAY, DAY).await;
    let mut idle = sent(&sandbox, &format!("{HALF_HEAD}\r\n")).await;
    answered(&mut idle).await;
    let mut silent = sent(&sandbox, "").await;
    timeout(NEVER, sandbox.shutdown()).await.unwrap().unwrap();
    assert_eq!(rest(&mut idle).await, "");
    // One that nobody had taken yet is reset.
    let mut all = Vec::new();
    let _ = timeout(NEVER, silent.read_to_end(&mut all)).await.unwrap();
    assert_eq!(all, b"");
}

#[tokio::test]
async fn a_refusal_before_the_body_ends_the_connection() {
    let (_dir, sandbox) = patient(DAY, DAY, SHORT).await;
    let head = "POST /v1/devices/A/grace HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
    let told = rest(&mut sent(&sandbox, head).await).await;
    assert!(
        told.starts_with("http/1.1 401") && told.contains("connection: close"),
        "{told}"
    );
    let mut whole = sent(&sandbox, &format!("{HALF_HEAD}\r\n")).await;
    assert!(!answered(&mut whole).await.contains("connection: close"));
    sandbox.shutdown().await.unwrap();
}
