//! Listeners, and the servers on them.

use crate::error::LenderError;
use axum::Router;
use std::net::{IpAddr, SocketAddr};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

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

/// Answers until told to stop; requests under way are answered first.
pub(crate) fn spawn(
    listener: TcpListener,
    routes: Router,
    mut stopping: watch::Receiver<bool>,
) -> JoinHandle<std::io::Result<()>> {
    tokio::spawn(async move {
        let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, routes)
            .with_graceful_shutdown(async move {
                // An error means that whoever could say stop is gone.
                let _ = stopping.wait_for(|stop| *stop).await;
            })
            .await
    })
}
