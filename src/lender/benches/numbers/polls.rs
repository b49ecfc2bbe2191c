//! Polls that wait: what they cost in memory, and how fast one wakes.

use crate::ground::{Database, Ground, Running, device};
use crate::orders::check_in;
use crate::share;
use crate::wire::Request;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Semaphore;

/// Files that a process needs besides those of polls.
const OTHERS: usize = 1_500;
/// Polls from one address of this machine: its ports are fewer than 28,000.
const AN_ADDRESS: usize = 20_000;
/// Polls that are woken and timed.
const WOKEN: usize = 200;
/// Polls that are made at once.
const AT_ONCE: usize = 64;
/// Longer than the whole measurement of a round, or as long as a server allows.
const WAIT_S: u32 = 55;

fn files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    line.and_then(|line| line.split_whitespace().nth(4)?.parse().ok())
        .unwrap_or(1_024)
}

/// A poll on a connection of its own: the request is written, the answer not read yet.
async fn poll(request: Request, to: SocketAddr, n: usize) -> TcpStream {
    let address = Ipv4Addr::new(127, 0, 1, u8::try_from(1 + n / AN_ADDRESS).unwrap());
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(SocketAddr::new(address.into(), 0)).unwrap();
    let mut stream = socket.connect(to).await.unwrap();
    let body = request.body.unwrap();
    let mut head = format!(
        "{} {} HTTP/1.1\r\nhost: {to}\r\ncontent-length: {}\r\n",
        request.method,
        request.path,
        body.len()
    );
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream
        .write_all(&[head.as_bytes(), &body].concat())
        .await
        .unwrap();
    stream
}

/// How many polls wait at a server.
async fn waiting(server: &Running) -> usize {
    let text = server.server.get("/metrics").await.unwrap().text();
    let line = text
        .lines()
        .find(|line| line.starts_with("latchkey_polls_waiting "));
    line.and_then(|line| line.split(' ').nth(1)?.parse().ok())
        .unwrap_or(0)
}

pub async fn run(database: Database, n: usize) {
    let most = files().saturating_sub(OTHERS);
    let servers = n.div_ceil(most);
    if servers > 1 && (database == Database::Sqlite || n > most) {
        println!(
            "| {database:?}: {n} polls: left out, for this process may open {} files alone, and one client process holds all polls | | | |",
            files()
        );
        return;
    }
    let Some(ground) = Ground::with(database, n + WOKEN, &[]).await else {
        return;
    };
    let server = ground.serve().await;
    let to: SocketAddr = server.server.at.trim_start_matches("http://").parse().unwrap();
    let before = server.memory();
    let begun = Instant::now();
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = Vec::new();
    for i in 0..n {
        let request = check_in(&ground, &server, i + 1, WAIT_S);
        let turns = turns.clone();
        let turn = turns.acquire_owned().await.unwrap();
        tasks.push(tokio::spawn(async move {
            let stream = poll(request, to, i).await;
            // The server works on it now; the next one may come when this one is likely to wait.
            tokio::task::yield_now().await;
            drop(turn);
            stream
        }));
    }
    let mut streams = Vec::new();
    for task in tasks {
        streams.push(task.await.unwrap());
    }
    let (mut seen, mut after) = (0, before);
    while begun.elapsed().as_secs() < u64::from(WAIT_S) - 5 {
        let now = waiting(&server).await;
        if now > seen {
            (seen, after) = (now, server.memory());
        }
        if seen >= n {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let took = begun.elapsed();
    if seen < n {
        println!(
            "| {database:?}: {n} polls: left out. A poll waits {WAIT_S} s at most, and they were not all taken in meanwhile: {seen} of \
             them waited at once, {:.0} s after the first | | | |",
            took.as_secs_f64()
        );
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let each = (after.saturating_sub(before)) as f64 / seen.max(1) as f64;
    println!(
        "| {database:?}: {seen} polls waiting at once; memory {before} KiB before, {after} KiB then, {each:.1} KiB each | {seen} | {:.1} s | |",
        took.as_secs_f64()
    );
    let mut took = Vec::new();
    let step = (n / WOKEN).max(1);
    for i in (0..n).rev().step_by(step).take(WOKEN) {
        // Nothing was sent to it yet, or it would wait no more.
        assert!(
            streams[i].try_read(&mut [0]).is_err(),
            "poll {i} was answered before its time"
        );
        let path = format!("/v1/devices/{}/notices", device(i + 1));
        let notice = json!({"notice_no": 1, "instalment": 1, "channels": ["sms"]});
        let begun = Instant::now();
        let ask = server.client.post(&path, &notice);
        let mut byte = [0];
        let (told, read) = tokio::join!(ask, async {
            streams[i].read_exact(&mut byte).await.unwrap();
            begun.elapsed().as_secs_f64() * 1_000.0
        });
        assert_eq!(told.unwrap().status, 202);
        took.push(read);
    }
    println!(
        "| {database:?}: woken beside {n} waiting polls, from the lender's request to the phone's answer: p50 {:.1} ms, p99 {:.1} ms | {} | | |",
        share(&mut took, 0.5),
        share(&mut took, 0.99),
        took.len()
    );
}
