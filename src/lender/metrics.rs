//! Figures for whoever watches the server, in the text format of Prometheus. No id of a phone, client or person stands
//! in them.

use crate::problem::Told;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;

/// Content type of the text.
pub(crate) const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper ends of the latency buckets, seconds.
const BUCKETS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0, 60.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Asked {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Of {
    operation: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Refused {
    code: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

/// All figures.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    seconds: Family<Of, Histogram>,
    refusals: Family<Refused, Counter>,
    orders: Family<Kind, Counter>,
    polls: Gauge,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let requests = Family::<Asked, Counter>::default();
        let seconds = Family::<Of, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let refusals = Family::<Refused, Counter>::default();
        let orders = Family::<Kind, Counter>::default();
        let polls = Gauge::default();
        let mut registry = Registry::with_prefix("latchkey");
        registry.register("requests", "Requests, by operation and status", requests.clone());
        registry.register("request_seconds", "How long answers took", seconds.clone());
        registry.register("refusals", "Refused requests, by code", refusals.clone());
        registry.register("orders", "Orders signed, by kind", orders.clone());
        registry.register("polls_waiting", "Check-ins that wait for news", polls.clone());
        Metrics {
            registry,
            requests,
            seconds,
            refusals,
            orders,
            polls,
        }
    }
}

/// Held while a check-in waits.
#[derive(Debug)]
pub(crate) struct Waiting(Gauge);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn answered(&self, operation: &'static str, response: &Response, took: Duration) {
        let status = response.status().as_u16();
        self.requests.get_or_create(&Asked { operation, status }).inc();
        self.seconds
            .get_or_create(&Of { operation })
            .observe(took.as_secs_f64());
        if let Some(Told(code)) = response.extensions().get::<Told>() {
            self.refusals.get_or_create(&Refused { code }).inc();
        }
    }

    /// An order was signed.
    pub(crate) fn signed(&self, kind: &'static str) {
        self.orders.get_or_create(&Kind { kind }).inc();
    }

    /// A check-in begins to wait.
    pub(crate) fn waits(&self) -> Waiting {
        self.polls.inc();
        Waiting(self.polls.clone())
    }

    /// All of it as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // A String takes everything.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
