//! The one socket: signed requests to the lender's server, and what can come back.

use crate::clock::Clock;
use crate::device_key::{DeviceKey, JSON, fresh_id};
use crate::error::{AgentError, Trouble};
use crate::tls::{self, TlsClock};
use latchkey_core::keys::Trust;
use latchkey_core::order::values::Tenant;
use latchkey_core::order::verify_time;
use latchkey_core::snapshot::Fault;
use latchkey_core::time::Anchor;
use latchkey_core::wire::Problem;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode, Url};
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Longest answer that is read, bytes: 64 orders of 4096 and eight bundles of 33000, with room for the JSON around them.
pub const MAX_ANSWER: usize = 768 * 1024;
/// An answer must come within the server's wait and this many seconds; later ones carry no trusted time (protocol §3).
pub const SLACK_S: u32 = 30;

const CONNECT_S: u64 = 10;

/// Where and as whom to ask.
#[derive(Clone, Debug)]
pub struct LinkConfig {
    /// Base URL of the lender's server, no trailing slash.
    pub base_url: String,
    /// The lender, as `provision.json` names it: a server may be the house of several.
    pub tenant: String,
    /// Whether the provisioned root is a sandbox's.
    pub sandbox: bool,
    /// Roots that the server's certificate must stand on, DER; empty: the public web's.
    pub pinned_roots: Vec<Vec<u8>>,
}

/// An answer and when it was read.
#[derive(Clone, Debug)]
pub struct Got<T> {
    /// The body.
    pub body: T,
    /// Boot milliseconds when the request that was answered went out.
    pub asked_ms: u64,
    /// Boot milliseconds when the last byte was read.
    pub read_ms: u64,
    /// The same moment on the measuring clock.
    pub read_ns: u64,
}

/// Requests to one server.
#[derive(Debug)]
pub struct Link {
    base: String,
    tenant: String,
    strict: reqwest::Client,
    relaxed: reqwest::Client,
    clock: Arc<dyn Clock>,
    time: Arc<TlsClock>,
    /// The server's time and the boot time it was read at: used for `created` alone.
    skew: Mutex<Option<(u64, u64)>>,
    /// From a signed time token, fetched because certificates did not fit the clock.
    anchor: Mutex<Option<Anchor>>,
}

impl Link {
    /// Prepares the client; nothing is sent.
    ///
    /// # Errors
    /// `a_not_provisioned` for a URL that is none; `a_tls` for plain http to anything but a sandbox's loopback.
    pub fn new(config: &LinkConfig, clock: Arc<dyn Clock>, time: Arc<TlsClock>) -> Result<Link, AgentError> {
        let base = checked_base(&config.base_url, config.sandbox)?;
        let client = |tls| {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls)
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .connect_timeout(Duration::from_secs(CONNECT_S))
                .build()
                .map_err(|e| AgentError::new(Fault::Tls, e.to_string()))
        };
        let [strict, relaxed] = tls::configs(&config.pinned_roots, Arc::clone(&time))?;
        Ok(Link {
            base,
            tenant: config.tenant.clone(),
            strict: client(strict)?,
            relaxed: client(relaxed)?,
            clock,
            time,
            skew: Mutex::new(None),
            anchor: Mutex::new(None),
        })
    }

    /// Whether it asks this lender at this address.
    #[must_use]
    pub fn serves(&self, base_url: &str, tenant: &str) -> bool {
        (self.base.as_str(), self.tenant.as_str()) == (base_url, tenant)
    }

    /// A signed POST with a JSON body and a JSON answer.
    ///
    /// # Errors
    /// Each fault of protocol §7.
    pub async fn post<T: DeserializeOwned>(&self, ask: Ask<'_>, body: &[u8]) -> Result<Got<T>, Trouble> {
        let got = self.signed(Method::POST, ask, Some(body)).await?;
        parsed(got)
    }

    /// A signed POST whose answer has no body that matters.
    ///
    /// # Errors
    /// Each fault of protocol §7.
    pub async fn tell(&self, ask: Ask<'_>, body: &[u8]) -> Result<(), Trouble> {
        self.signed(Method::POST, ask, Some(body)).await.map(|_| ())
    }

    /// A signed GET with a JSON answer.
    ///
    /// # Errors
    /// Each fault of protocol §7.
    pub async fn get<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<Got<T>, Trouble> {
        let got = self.signed(Method::GET, ask, None).await?;
        parsed(got)
    }

    /// The newest key set bundle, which is public and signed by the root.
    ///
    /// # Errors
    /// Each fault of protocol §7.
    pub async fn keys(&self) -> Result<String, Trouble> {
        text(
            self.once(&self.strict, Method::GET, &self.public("/v1/keys"), None, None, 0)
                .await?,
        )
    }

    /// A public path, asked of our own lender: nothing of it is signed, so that the server cannot know who asks.
    fn public(&self, path: &str) -> String {
        match Tenant::try_from(self.tenant.as_str()) {
            Ok(tenant) => format!("{path}?tenant={}", tenant.as_str()),
            Err(_) => path.to_owned(),
        }
    }

    /// The anchor that a time token brought, if one had to be fetched since the last call.
    pub fn take_anchor(&self) -> Option<Anchor> {
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Sends, and once each: after `clock_skew` signs again with the server's time; after a certificate whose dates do
    /// not fit fetches the signed time and tries strictly again.
    async fn signed(
        &self,
        method: Method,
        ask: Ask<'_>,
        body: Option<&[u8]>,
    ) -> Result<Got<Vec<u8>>, Trouble> {
        let (mut skewed, mut timed) = (false, false);
        loop {
            let result = self
                .once(
                    &self.strict,
                    method.clone(),
                    ask.path,
                    Some(&ask),
                    body,
                    ask.wait_s,
                )
                .await;
            match result {
                Err(t) if t.fault == Fault::TlsTime && !timed => {
                    timed = true;
                    // The first trouble says more than why the time could not be had either.
                    if self.fetch_time(ask.trust).await.is_err() {
                        return Err(t);
                    }
                }
                Err(t) if t.code.as_deref() == Some("clock_skew") && !skewed => skewed = true,
                other => return other,
            }
        }
    }

    async fn once(
        &self,
        client: &reqwest::Client,
        method: Method,
        path: &str,
        signer: Option<&Ask<'_>>,
        body: Option<&[u8]>,
        wait_s: u32,
    ) -> Result<Got<Vec<u8>>, Trouble> {
        let uri = format!("{}{path}", self.base);
        let mut request = client
            .request(method.clone(), &uri)
            .timeout(Duration::from_secs(u64::from(wait_s + SLACK_S)));
        if let Some(ask) = signer {
            let nonce = fresh_id().map_err(|e| Trouble::new(e.fault, e.detail))?;
            let signed = ask
                .key
                .sign(method.as_str(), &uri, body, ask.keyid, self.created_s(), &nonce);
            request = request
                .header("signature-input", signed.signature_input)
                .header("signature", signed.signature);
            if let Some(digest) = signed.content_digest {
                request = request.header("content-digest", digest);
            }
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, JSON).body(body.to_vec());
        }
        let asked_ms = self.clock.read().boot_ms;
        let failed = |e: reqwest::Error| Trouble::new(tls::fault(&e), chain(&e));
        let mut response = request.send().await.map_err(failed)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(Trouble::new(
                    Fault::WrongServer,
                    format!("{uri}: answer above {MAX_ANSWER} bytes"),
                ));
            }
            bytes.extend_from_slice(&chunk);
        }
        let got = Got {
            body: bytes,
            asked_ms,
            read_ms: self.clock.read().boot_ms,
            read_ns: self.clock.mono_ns(),
        };
        let status = response.status();
        if status.is_success() {
            return Ok(got);
        }
        let trouble = refused(status, response.headers(), &got.body, &uri);
        if trouble.code.as_deref() == Some("clock_skew") {
            let date = response
                .headers()
                .get(DATE)
                .and_then(|d| d.to_str().ok())
                .and_then(http_date);
            *self.skew.lock().unwrap_or_else(PoisonError::into_inner) = date.map(|s| (s, got.read_ms));
        }
        Err(trouble)
    }

    /// The time that a signature names: the server's own, where it has told us, else ours.
    fn created_s(&self) -> u64 {
        match *self.skew.lock().unwrap_or_else(PoisonError::into_inner) {
            Some((server_s, at_ms)) => server_s + self.clock.read().boot_ms.saturating_sub(at_ms) / 1000,
            None => self.time.now_s(),
        }
    }

    /// Fetches signed time over a connection whose dates are not checked, and takes it also when it is lower: a wrong or
    /// stolen status key thus cannot strand a payer (protocol §3).
    async fn fetch_time(&self, trust: &Trust) -> Result<(), Trouble> {
        let mut trust = trust.clone();
        if trust.keys().is_none() {
            let bundle = text(
                self.once(
                    &self.relaxed,
                    Method::GET,
                    &self.public("/v1/keys"),
                    None,
                    None,
                    0,
                )
                .await?,
            )?;
            trust = trust
                .accept(bundle.trim_end())
                .map_err(|r| Trouble::new(Fault::TlsTime, r.to_string()))?;
        }
        let nonce = fresh_id().map_err(|e| Trouble::new(e.fault, e.detail))?;
        let path = self.public("/v1/time");
        let more = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{more}nonce={nonce}");
        let got = self
            .once(&self.relaxed, Method::GET, &path, None, None, 0)
            .await?;
        let (asked_ms, read_ms) = (got.asked_ms, got.read_ms);
        let token = text(got)?;
        let time = verify_time(token.trim_end().as_bytes(), &trust, &nonce)
            .map_err(|r| Trouble::new(Fault::TlsTime, r.to_string()))?;
        if read_ms.saturating_sub(asked_ms) > u64::from(SLACK_S) * 1000 {
            return Err(Trouble::new(Fault::TlsTime, "the time came too late"));
        }
        let now_s = time.claims().now.get();
        let anchor = Anchor {
            now_s,
            boot: self.clock.read().boot,
            boot_ms: read_ms,
        };
        self.time.set(Some(anchor), 0);
        *self.anchor.lock().unwrap_or_else(PoisonError::into_inner) = Some(anchor);
        Ok(())
    }
}

/// One signed question.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Path from the base URL.
    pub path: &'a str,
    /// The key that signs.
    pub key: &'a DeviceKey,
    /// Device id, or the key's thumbprint before enrolment.
    pub keyid: &'a str,
    /// How long the server may wait, seconds.
    pub wait_s: u32,
    /// Whom a signed time is believed from.
    pub trust: &'a Trust,
}

fn parsed<T: DeserializeOwned>(got: Got<Vec<u8>>) -> Result<Got<T>, Trouble> {
    let Got {
        body,
        asked_ms,
        read_ms,
        read_ns,
    } = got;
    let body = serde_json::from_slice(&body).map_err(|e| {
        Trouble::new(
            Fault::WrongServer,
            format!("answer is not the one asked for: {e}"),
        )
    })?;
    Ok(Got {
        body,
        asked_ms,
        read_ms,
        read_ns,
    })
}

fn text(got: Got<Vec<u8>>) -> Result<String, Trouble> {
    String::from_utf8(got.body).map_err(|_| Trouble::new(Fault::WrongServer, "answer is not text"))
}

fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8], uri: &str) -> Trouble {
    // A login page of a hotel, a proxy, another program on the port: none of them speaks problem documents.
    let Ok(problem) = serde_json::from_slice::<Problem>(body) else {
        return Trouble::new(
            Fault::WrongServer,
            format!("{uri}: {status}, and no problem document"),
        );
    };
    let fault = match problem.code.as_str() {
        "bad_code" | "code_used" => Fault::EnrolCode,
        _ => Fault::Http,
    };
    let retry_after = headers.get(RETRY_AFTER).and_then(|v| v.to_str().ok());
    Trouble {
        fault,
        detail: format!("{uri}: {} {}", problem.status, problem.title),
        code: Some(problem.code),
        status: Some(status.as_u16()),
        retry_after_s: retry_after.and_then(|s| s.trim().parse().ok()),
    }
}

fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(e) = source {
        text.push_str(": ");
        text.push_str(&e.to_string());
        source = e.source();
    }
    text
}

/// https to anywhere; plain http to loopback alone, and only under a sandbox root.
fn checked_base(base: &str, sandbox: bool) -> Result<String, AgentError> {
    let bad = |fault, why: &str| AgentError::new(fault, format!("base_url {base}: {why}"));
    let url = Url::parse(base).map_err(|e| bad(Fault::NotProvisioned, &e.to_string()))?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if base.ends_with('/') || !plain || url.password().is_some() || url.host_str().is_none() {
        return Err(bad(Fault::NotProvisioned, "wants scheme, host, port and no more"));
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(base.to_owned()),
        "http" if sandbox && loopback => Ok(base.to_owned()),
        "http" => Err(bad(Fault::Tls, "plain http is for a sandbox on loopback")),
        _ => Err(bad(Fault::NotProvisioned, "wants https")),
    }
}

/// Unix seconds of an `IMF-fixdate` (RFC 9110 §5.6.7), the one form that servers may send.
fn http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let rest = text.strip_suffix(" GMT")?.get(5..)?;
    let mut parts = rest.split([' ', ':']);
    let mut next = || parts.next();
    let day: u64 = next()?.parse().ok()?;
    let name = next()?;
    let month = u64::try_from(MONTHS.iter().position(|m| *m == name)?).ok()? + 1;
    let year: u64 = next()?.parse().ok()?;
    let [h, m, s]: [u64; 3] = [
        next()?.parse().ok()?,
        next()?.parse().ok()?,
        next()?.parse().ok()?,
    ];
    if !(1970..=9999).contains(&year) || !(1..=31).contains(&day) || h > 23 || m > 59 || s > 60 {
        return None;
    }
    // Days since 1970-01-01 in the Gregorian calendar, counted from 1 March of year 0.
    let (y, mp) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * mp + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + h * 3600 + m * 60 + s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_http_date_is_read_to_the_second() {
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(http_date("Tue, 29 Feb 2028 23:59:59 GMT"), Some(1_835_481_599));
        for bad in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 GMT",
        ] {
            assert_eq!(http_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn plain_http_goes_to_a_sandboxs_loopback_and_nowhere_else() {
        for good in ["http://127.0.0.1:8080", "http://[::1]:1", "http://localhost:9"] {
            assert!(checked_base(good, true).is_ok(), "{good}");
            assert_eq!(checked_base(good, false).unwrap_err().fault, Fault::Tls, "{good}");
        }
        assert!(checked_base("https://lender.example", false).is_ok());
        assert_eq!(
            checked_base("http://192.168.1.2", true).unwrap_err().fault,
            Fault::Tls
        );
        assert_eq!(
            checked_base("http://localhost.example", true).unwrap_err().fault,
            Fault::Tls
        );
        for bad in [
            "",
            "lender.example",
            "ftp://x",
            "https://x/",
            "https://u@x",
            "https://x?a=1",
        ] {
            assert_eq!(
                checked_base(bad, true).unwrap_err().fault,
                Fault::NotProvisioned,
                "{bad}"
            );
        }
    }
}
