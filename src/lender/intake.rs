//! The body of a request as it comes in: only so long, and whether it was read to its end.

use crate::problem::Problem;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;
use tokio_stream::Stream;

/// The body did not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body did not come in time")]
pub(crate) struct TooSlow;

/// 408 or 413: what hinders a body from being read.
pub(crate) fn refused(error: &(dyn Error + 'static)) -> Problem {
    let mut causes = std::iter::successors(Some(error), |&error| error.source());
    if causes.any(|cause| cause.is::<TooSlow>()) {
        return Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "The body took too long; send it again on a new connection, at once.",
        );
    }
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        "Send less at once: 32 KiB, or 8 MiB of rows.",
    )
}

/// Whether the body of a request was read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Taken(Arc<AtomicBool>);

impl Taken {
    /// What stays unread is no beginning of a next request: the connection ends after such an answer (RFC 9112 §9.6).
    pub(crate) fn close_if_unread(&self, response: &mut Response) {
        if !self.0.load(Ordering::Relaxed) {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
    }
}

/// The same body, which fails after `patience`.
pub(crate) fn within(body: Body, patience: Duration) -> (Body, Taken) {
    let taken = Taken(Arc::new(AtomicBool::new(body.is_end_stream())));
    if body.is_end_stream() {
        return (body, taken);
    }
    let intake = Intake {
        body: body.into_data_stream(),
        until: Box::pin(tokio::time::sleep(patience)),
        taken: taken.clone(),
    };
    (Body::from_stream(intake), taken)
}

struct Intake {
    body: BodyDataStream,
    until: Pin<Box<Sleep>>,
    taken: Taken,
}

impl Stream for Intake {
    type Item = Result<Bytes, Box<dyn Error + Send + Sync>>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = Pin::new(&mut self.body).poll_next(context) {
            if next.is_none() || self.body.is_end_stream() {
                self.taken.0.store(true, Ordering::Relaxed);
            }
            return Poll::Ready(next.map(|part| part.map_err(Into::into)));
        }
        self.until
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(TooSlow.into())))
    }
}
