//! Listeners, and the servers on them.

use crate::error::LenderError;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Listens on the port of last time, else on any.
pub(crate) async fn listen(ip: IpAddr, port: Option<u16>) -> Result<(TcpListener, SocketAddr), LenderError> {
    if let Some(port) = port
        && let Ok(listener) = TcpListener::bind((ip, port)).await
    {
        return with_addr(listener);
    }
    exactly(SocketAddr::new(ip, 0)).await
}

/// Listens there and nowhere else.
pub(crate) async fn exactly(addr: SocketAddr) -> Result<(TcpListener, SocketAddr), LenderError> {
    match TcpListener::bind(addr).await {
        Ok(listener) => with_addr(listener),
        Err(source) => Err(LenderError::Listen {
            addr: addr.to_string(),
            source,
        }),
    }
}

fn with_addr(listener: TcpListener) -> Result<(TcpListener, SocketAddr), LenderError> {
    match listener.local_addr() {
        Ok(addr) => Ok((listener, addr)),
        Err(source) => Err(LenderError::Listen {
            addr: "an address".to_owned(),
            source,
        }),
    }
}

/// How long the server waits for whoever is slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request, from the connection's begin or from the last answer.
    pub head: Duration,
    /// For the whole body, from its head.
    pub body: Duration,
    /// For answers under way, once the server was told to stop.
    pub drain: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            head: Duration::from_secs(30),
            body: Duration::from_secs(60),
            drain: Duration::from_secs(60),
        }
    }
}

/// Answers until told to stop. Then requests under way are answered first, as long as patience lasts; connections without
/// one end at once.
pub(crate) fn spawn(
    mut listener: TcpListener,
    routes: Router,
    mut stopping: watch::Receiver<bool>,
    patience: Patience,
) -> JoinHandle<std::io::Result<()>> {
    tokio::spawn(async move {
        let routes: Router = routes.with_state(());
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(patience.head);
        let (open, mut served) = (GracefulShutdown::new(), JoinSet::new());
        loop {
            let (stream, peer) = tokio::select! {
                // An error means that whoever could say stop is gone.
                _ = stopping.wait_for(|stop| *stop) => break,
                taken = Listener::accept(&mut listener) => taken,
                Some(_) = served.join_next() => continue,
            };
            let routes = routes.clone();
            let service = service_fn(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                TowerToHyperService::new(routes.clone()).call(request)
            });
            served.spawn(open.watch(http.serve_connection(TokioIo::new(stream), service)));
        }
        drop(listener);
        let _ = tokio::time::timeout(patience.drain, open.shutdown()).await;
        served.shutdown().await;
        Ok(())
    })
}
