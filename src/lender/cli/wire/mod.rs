//! Who asks a server from outside, by HTTP alone: a client of its API and a phone, each with a key of its own. For
//! `simulate`, `conformance` and the benchmarks.
#![expect(
    clippy::disallowed_types,
    reason = "a client and a phone of these commands sign their own requests, never orders"
)]

pub(crate) mod client;
pub(crate) mod phone;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::values::Id;
use latchkey_core::request::{Component, Params, base_over, params_over};
use latchkey_core::wire::Jwk;
use latchkey_lender::Clock;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// What went wrong on the way, in words for people.
pub(crate) type Failed = String;

/// How long an answer may take besides what it was asked to wait.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a server that says 429 is asked again, and the longest time between.
const TRIES: usize = 5;
const LONGEST_S: u64 = 65;

/// Random bytes.
pub(crate) fn fresh<const N: usize>() -> Result<[u8; N], Failed> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| "the system gives no randomness; try again".to_owned())?;
    Ok(bytes)
}

/// A fresh id or nonce.
pub(crate) fn fresh_id() -> Result<Id, Failed> {
    Ok(Id::from_bytes(&fresh()?))
}

/// Unix seconds by this machine's clock.
pub(crate) fn now_s() -> u64 {
    Clock::system().now().unix_s()
}

/// An Ed25519 key of a client or a phone.
#[derive(Clone, Debug)]
pub(crate) struct Key(SigningKey);

impl Key {
    pub(crate) fn fresh() -> Result<Key, Failed> {
        Ok(Key(SigningKey::from_bytes(&fresh()?)))
    }

    /// Reads a private JWK (RFC 8037), as `docs/examples/latchkey_client.py new-key` writes it.
    pub(crate) fn read(text: &str) -> Result<Key, Failed> {
        let jwk: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let seed = jwk["d"].as_str().and_then(|d| decode(d.as_bytes()));
        let seed: Option<[u8; 32]> = seed.and_then(|seed| seed.try_into().ok());
        let wrong = "the key file holds no private Ed25519 key as a JWK; make one with docs/examples/latchkey_client.py";
        Ok(Key(SigningKey::from_bytes(&seed.ok_or(wrong)?)))
    }

    pub(crate) fn jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x: encode(self.0.verifying_key().as_bytes()),
            y: None,
        }
    }

    /// RFC 7638.
    pub(crate) fn thumbprint(&self) -> String {
        let text = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.jwk().x);
        encode(&Sha256::digest(text))
    }

    /// A compact JWS.
    pub(crate) fn jws(&self, header: &Value, claims: &Value) -> String {
        let input = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(claims.to_string().as_bytes())
        );
        let signature = self.0.sign(input.as_bytes()).to_bytes();
        format!("{input}.{}", encode(&signature))
    }

    /// The two header fields of a message signature (RFC 9421).
    pub(crate) fn headers(
        &self,
        covered: &[Component<'_>],
        params: &Params,
        tag: &str,
    ) -> [(String, String); 2] {
        let input = params_over(covered, params, tag);
        let signature = self.0.sign(base_over(covered, &input).as_bytes()).to_bytes();
        [
            ("signature-input".to_owned(), format!("lk={input}")),
            (
                "signature".to_owned(),
                format!("lk=:{}:", STANDARD.encode(signature)),
            ),
        ]
    }
}

/// Parameters of a signature that is made now.
pub(crate) fn params(keyid: String) -> Result<Params, Failed> {
    let created = now_s();
    Ok(Params {
        created,
        expires: created + 60,
        nonce: fresh_id()?.into(),
        keyid,
        alg: "ed25519".to_owned(),
    })
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    http: reqwest::Client,
    patient: bool,
    /// Where it is asked, no trailing slash.
    pub at: String,
    /// Its own name for itself, which signatures cover.
    pub base: String,
}

impl Server {
    /// # Errors
    /// No HTTP client can be made.
    pub(crate) fn new(at: &str, base: Option<&str>) -> Result<Server, Failed> {
        // Whoever comes second finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let local = ["http://127.", "http://localhost", "http://[::1]"];
        let http = if local.iter().any(|host| at.starts_with(host)) {
            http.no_proxy()
        } else {
            http
        };
        let http = http
            .build()
            .map_err(|e| format!("no HTTP client: {e}; check this machine's certificates"))?;
        let at = at.trim_end_matches('/').to_owned();
        let base = base.map_or_else(|| at.clone(), |base| base.trim_end_matches('/').to_owned());
        Ok(Server {
            http,
            patient: false,
            at,
            base,
        })
    }

    /// The same, asked again when a quota says so.
    pub(crate) fn patient(mut self) -> Server {
        self.patient = true;
        self
    }

    /// Asks without any proof.
    pub(crate) async fn get(&self, path: &str) -> Result<Told, Failed> {
        self.send(&Request::new("GET", path)).await
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: &Request) -> Result<Told, Failed> {
        for _ in 0..TRIES {
            let told = self.send_once(request).await?;
            let wait = told.header("retry-after").parse::<u64>().ok();
            match wait.filter(|_| self.patient && told.status == 429) {
                Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds.min(LONGEST_S))).await,
                None => return Ok(told),
            }
        }
        self.send_once(request).await
    }

    async fn send_once(&self, request: &Request) -> Result<Told, Failed> {
        let method = request.method.parse().map_err(|_| "no such method".to_owned())?;
        let url = format!("{}{}", self.at, request.path);
        let mut asked = self.http.request(method, url).timeout(PATIENCE + request.wait);
        for (name, value) in &request.headers {
            asked = asked.header(name, value);
        }
        if let Some(body) = &request.body {
            asked = asked.body(body.clone());
        }
        let failed = |e: reqwest::Error| {
            let why = std::error::Error::source(&e).map_or_else(|| e.to_string(), ToString::to_string);
            format!(
                "no answer from {}: {why}; check the URL and that the server runs",
                self.at
            )
        };
        let answer = asked.send().await.map_err(failed)?;
        Ok(Told {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.bytes().await.map_err(failed)?.to_vec(),
        })
    }
}

/// A request that can be sent, changed and sent again.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    /// What the server was asked to wait.
    pub wait: Duration,
}

impl Request {
    pub(crate) fn new(method: &str, path: &str) -> Request {
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: None,
            wait: Duration::ZERO,
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Request {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Request {
        self.headers.retain(|(known, _)| known != name);
        self
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Told {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as JSON; null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(json!(null))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of a problem document; "" if there is none.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let word = body["code"].as_str().or(body["error"].as_str());
        word.unwrap_or_default().to_owned()
    }

    /// The body, if the answer has this status.
    pub(crate) fn read<T: DeserializeOwned>(&self, status: u16) -> Result<T, Failed> {
        if self.status != status {
            return Err(format!(
                "answered {} {} instead of {status}",
                self.status,
                self.code()
            ));
        }
        serde_json::from_slice(&self.body).map_err(|e| format!("the body is not what was asked for: {e}"))
    }
}
