//! What a process does beside answering: its workers. Each looks at every lender of the house, then waits for its bell, for
//! the next moment that something is due, or for the stop.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// When something is due next, if anything waits.
pub(crate) type Due<'h> = Pin<Box<dyn Future<Output = Result<Option<Moment>, LenderError>> + Send + 'h>>;

/// What a worker is.
pub(crate) struct Worker {
    /// It looks by itself so often.
    pub look: Duration,
    /// What wakes it before that.
    pub bell: Option<Arc<Notify>>,
    /// What the log tells when it failed; it tries again at its next look.
    pub failed: &'static str,
    /// Does what is due for one lender.
    pub run: for<'h> fn(&'h Arc<House>, &'h Tenant) -> Due<'h>,
}

impl Worker {
    /// Works until the server stops.
    pub(crate) fn spawn(self, house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
        tokio::spawn(async move {
            let mut stopping = house.stopping.clone();
            while !house.stops() {
                let mut wait = self.look;
                for office in house.offices.values() {
                    match (self.run)(&house, &office.tenant).await {
                        Ok(next) => wait = next.map_or(wait, |at| wait.min(house.until(at))),
                        Err(error) => house.log.tell(&format!("{}: {error}", self.failed)),
                    }
                }
                tokio::select! {
                    () = rung(self.bell.as_deref()) => {}
                    () = tokio::time::sleep(wait) => {}
                    told = stopping.changed() => {
                        // Whoever could say stop is gone.
                        if told.is_err() {
                            return Ok(());
                        }
                    }
                }
            }
            Ok(())
        })
    }
}

async fn rung(bell: Option<&Notify>) {
    match bell {
        Some(bell) => bell.notified().await,
        None => pending().await,
    }
}
