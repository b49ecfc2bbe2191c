//! The sender: takes messages that are due and posts them. Every process has one.

use super::BOTH_S;
use super::address::is_public;
use super::standard::{Keys, Secret};
use crate::auth::Tenant;
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::random;
use crate::store::webhooks::{self as outbox, Endpoint, Message};
use crate::worker::Worker;
use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use rustls::{ClientConfig, RootCertStore};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};

/// After each failed try the next one comes so much later, seconds, give or take a fifth. After the last one a message
/// is dead.
pub(super) const LATER_S: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// An endpoint that asks for more patience than this is not asked for longer.
const MOST_PATIENCE_S: i64 = 86_400;
/// The one port that messages go to.
const HTTPS: u16 = 443;
/// An endpoint answers within this.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// A message that a sender took is due again after this: far longer than one try takes.
const LEASE_S: i64 = 60;
/// A message that was taken is kept so long,
const KEPT_DAYS: i64 = 30;
/// and a dead one, which somebody may want to replay, so long.
const KEPT_DEAD_DAYS: i64 = 90;
/// Messages under way at once.
const AT_ONCE: i64 = 32;
const LOOK_AGAIN: Duration = Duration::from_secs(25);

/// What messages are signed and sent with.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(super) keys: Keys,
    tls: ClientConfig,
    loopback: bool,
}

impl Sender {
    /// Opens the keys. `loopback`: plain HTTP to this machine is allowed, for trying out.
    pub(crate) fn open(folder: &Path, loopback: bool) -> Result<Sender, LenderError> {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| LenderError::Damaged("TLS"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Sender {
            keys: Keys::open(folder)?,
            tls,
            loopback,
        })
    }

    /// The public key, as it is told.
    pub(crate) fn public_key(&self) -> String {
        self.keys.public_key()
    }

    /// Where a URL leads now: to public addresses alone, by HTTPS on its own port, without a password in it.
    pub(crate) async fn resolve(&self, url: &str) -> Result<(Url, Vec<SocketAddr>), LenderError> {
        let read = Url::parse(url).map_err(|_| LenderError::UrlNotPublic)?;
        let host = read.host_str().ok_or(LenderError::UrlNotPublic)?;
        let port = read.port_or_known_default().ok_or(LenderError::UrlNotPublic)?;
        let plain = read.username().is_empty() && read.password().is_none() && read.fragment().is_none();
        let named = host.trim_start_matches('[').trim_end_matches(']');
        let found = tokio::net::lookup_host((named, port)).await;
        let found: Vec<_> = found.map_err(|_| LenderError::UrlNotPublic)?.collect();
        let here = self.loopback && found.iter().all(|at| at.ip().is_loopback());
        let allowed = |ip: IpAddr| here || is_public(ip);
        let scheme = read.scheme() == "https" || (here && read.scheme() == "http");
        // Another port is another service, which did not ask for messages.
        let port = here || port == HTTPS;
        if !plain || !scheme || !port || found.is_empty() || !found.iter().all(|at| allowed(at.ip())) {
            return Err(LenderError::UrlNotPublic);
        }
        Ok((read, found))
    }

    async fn post(&self, endpoint: &Endpoint, message: &Message, now: Moment) -> Answer {
        let Ok((url, found)) = self.resolve(&endpoint.url).await else {
            return Answer::failed("url_not_public");
        };
        // The addresses that were looked at are the ones that are used.
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .redirect(Policy::none())
            .no_proxy()
            .timeout(ANSWER_WITHIN)
            .resolve_to_addrs(url.host_str().unwrap_or_default(), &found)
            .build();
        let Ok(client) = client else {
            return Answer::failed("no_client");
        };
        let secrets = secrets(&self.keys, endpoint, now);
        let signature = self
            .keys
            .sign(&secrets, &message.message, now.unix_s(), &message.body);
        let sent = client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", &message.message)
            .header("webhook-timestamp", now.unix_s().to_string())
            .header("webhook-signature", signature)
            .body(message.body.clone())
            .send()
            .await;
        match sent {
            Ok(answer) => Answer {
                status: Some(answer.status()),
                what: format!("http_{}", answer.status().as_u16()),
                patience_s: answer
                    .headers()
                    .get(RETRY_AFTER)
                    .and_then(|value| value.to_str().ok()?.parse().ok()),
            },
            Err(error) if error.is_timeout() => Answer::failed("timeout"),
            Err(_) => Answer::failed("unreachable"),
        }
    }
}

/// The secrets of an endpoint: the one before the last change signs along for a day.
fn secrets(keys: &Keys, endpoint: &Endpoint, now: Moment) -> Vec<Secret> {
    let mut secrets = vec![keys.secret(&endpoint.endpoint, endpoint.generation)];
    let fresh = |at: i64| Moment::from_ms(at).plus_s(BOTH_S) > now;
    if endpoint.generation > 1 && endpoint.rotated_ms.is_some_and(fresh) {
        secrets.push(keys.secret(&endpoint.endpoint, endpoint.generation - 1));
    }
    secrets
}

struct Answer {
    status: Option<StatusCode>,
    what: String,
    patience_s: Option<i64>,
}

impl Answer {
    fn failed(what: &str) -> Answer {
        Answer {
            status: None,
            what: what.to_owned(),
            patience_s: None,
        }
    }
}

/// The sender of this process.
pub(crate) fn spawn(house: Arc<House>) -> JoinHandle<std::io::Result<()>> {
    let worker = Worker {
        look: LOOK_AGAIN,
        bell: Some(house.wakes.webhooks.clone()),
        failed: "webhooks wait",
        run: |house, tenant| Box::pin(run(house, tenant)),
    };
    worker.spawn(house)
}

/// Sends everything that is due. When the next message is due, if one waits.
pub(crate) async fn run(house: &Arc<House>, tenant: &Tenant) -> Result<Option<Moment>, LenderError> {
    loop {
        let now = house.now();
        let mut conn = house.store.read().await?;
        let next = outbox::next_due(&mut conn, tenant).await?;
        drop(conn);
        if house.stops() || next.is_none_or(|at| at > now) {
            forget(house, tenant, now).await?;
            return Ok(next);
        }
        let mut tx = house.store.begin().await?;
        let taken = outbox::take(&mut tx, tenant, AT_ONCE, now, now.plus_s(LEASE_S)).await?;
        tx.commit().await?;
        if taken.is_empty() {
            // Other processes have them.
            return Ok(next);
        }
        let mut under_way = JoinSet::new();
        for message in taken {
            let (house, tenant) = (house.clone(), tenant.clone());
            under_way.spawn(async move { one(&house, &tenant, &message).await });
        }
        while let Some(done) = under_way.join_next().await {
            done.unwrap_or(Err(LenderError::NoMemory))?;
        }
    }
}

/// Forgets what is long over.
async fn forget(house: &House, tenant: &Tenant, now: Moment) -> Result<(), LenderError> {
    for (state, days) in [("delivered", KEPT_DAYS), ("dead", KEPT_DEAD_DAYS)] {
        let before = now.plus_s(-days * 86_400);
        let mut conn = house.store.read().await?;
        let some = outbox::forgettable(&mut conn, tenant, state, before).await?;
        drop(conn);
        if some {
            let mut tx = house.store.begin().await?;
            outbox::forget(&mut tx, tenant, state, before).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// One try of one message.
async fn one(house: &House, tenant: &Tenant, message: &Message) -> Result<(), LenderError> {
    let mut conn = house.store.read().await?;
    let endpoint = outbox::get(&mut conn, tenant, &message.endpoint).await.ok();
    drop(conn);
    let now = house.now();
    let answer = match endpoint.filter(|endpoint| endpoint.disabled_ms.is_none()) {
        Some(endpoint) => house.webhooks.post(&endpoint, message, now).await,
        None => Answer {
            status: Some(StatusCode::GONE),
            ..Answer::failed("switched_off")
        },
    };
    let mut tx = house.store.begin().await?;
    let (state, due) = match answer.status {
        Some(status) if status.is_success() => ("delivered", now),
        Some(StatusCode::GONE) => {
            outbox::disable(&mut tx, tenant, &message.endpoint, now).await?;
            ("dead", now)
        }
        Some(_) | None => match later(message.tries, answer.patience_s)? {
            Some(seconds) => ("pending", now.plus_s(seconds)),
            None => ("dead", now),
        },
    };
    outbox::tried(&mut tx, tenant, message, (state, &answer.what), due).await?;
    tx.commit().await
}

/// Seconds until the next try after `tries` failed ones and this; `None`: there is none.
fn later(tries: i64, patience_s: Option<i64>) -> Result<Option<i64>, LenderError> {
    let step = usize::try_from(tries).ok().and_then(|n| LATER_S.get(n));
    let Some(step) = step else { return Ok(None) };
    // 0 to 255 of 255 parts of two fifths, less one fifth.
    let [part] = random::bytes::<1>()?;
    let jitter = step * 2 * i64::from(part) / (5 * 255) - step / 5;
    let patience = patience_s.unwrap_or(0).clamp(0, MOST_PATIENCE_S);
    Ok(Some((step + jitter).max(patience)))
}
