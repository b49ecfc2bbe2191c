//! A phone as small as can be: a key, a cursor, and signed requests.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::{Status, Used};
use latchkey_core::order::values::{DeviceId, Id, Obj, Sha};
use latchkey_core::request::{Params, content_digest, signature_base, signature_params};
use latchkey_core::wire::*;
use latchkey_lender::{Clock, Options, Sandbox};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// 2026-11-25 16:30:00 UTC.
pub const T: u64 = 1_795_624_200;

/// No allowance used.
pub fn nothing() -> Used {
    Used {
        window_s: 0.try_into().unwrap(),
        opening: 0.try_into().unwrap(),
        provisional: 0.try_into().unwrap(),
        codes: 0.try_into().unwrap(),
    }
}

/// A clock that a test moves, and the database of the lender that lives by it.
#[derive(Clone)]
pub struct Hand {
    now: Arc<AtomicU64>,
    database: Arc<OnceLock<Option<String>>>,
}

impl Hand {
    pub fn at(seconds: u64) -> Hand {
        Hand {
            now: Arc::new(AtomicU64::new(seconds)),
            database: Arc::default(),
        }
    }
    pub fn add(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }
    pub fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }
    pub fn options(&self) -> Options {
        let hand = self.clone();
        Options {
            database: self.database.get_or_init(crate::database::fresh).clone(),
            clock: Clock::new(move || hand.now() * 1000),
            ..Options::default()
        }
    }
}

/// An HTTP client that talks to loopback alone.
pub fn browser() -> reqwest::Client {
    // The second test to come here finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub async fn start(dir: &Path, hand: &Hand) -> Sandbox {
    Sandbox::start(dir, hand.options()).await.unwrap()
}

pub fn fresh_id() -> Id {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).unwrap();
    Id::try_from(encode(&bytes)).unwrap()
}

/// The hash of a serial number that no other phone has.
pub fn fresh_serial() -> Sha {
    sha(fresh_id().as_str().as_bytes())
}

fn sha(bytes: &[u8]) -> Sha {
    Sha::try_from(encode(&Sha256::digest(bytes))).unwrap()
}

/// The claims of a token, unverified.
pub fn claims<C: DeserializeOwned>(jws: &str) -> C {
    let payload = jws.split('.').nth(1).unwrap();
    serde_json::from_slice::<Obj<C>>(&decode(payload.as_bytes()).unwrap())
        .unwrap()
        .0
}

/// The `typ` of a token.
pub fn typ(jws: &str) -> String {
    let header = decode(jws.split('.').next().unwrap().as_bytes()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    header["typ"].as_str().unwrap().to_owned()
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub date: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {} {}", self.status, String::from_utf8_lossy(&self.body)))
    }
    pub fn code(&self) -> String {
        self.json::<Problem>().code
    }
}

/// A signed request, ready to be sent as often as one likes.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Vec<u8>>,
}

impl Prepared {
    pub async fn send(&self) -> Reply {
        let mut request = browser().request(self.method.parse().unwrap(), &self.url);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        let response = request.send().await.unwrap();
        Reply {
            status: response.status().as_u16(),
            date: response.headers()["date"].to_str().unwrap().to_owned(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }
}

#[derive(Clone)]
pub struct Phone {
    pub base: String,
    /// The server that is asked, if it is not the one of the base URL.
    pub at: Option<String>,
    pub key: SigningKey,
    /// The key of an Android phone's key store, which signs instead.
    pub hardware: Option<Arc<EcdsaKeyPair>>,
    pub device: Option<DeviceId>,
    pub after: Option<Cursor>,
    pub clock: Hand,
    pub keys_version: u32,
    pub lock_id: u64,
    pub used: Used,
}

impl Phone {
    pub fn new(sandbox: &Sandbox, clock: &Hand) -> Phone {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).unwrap();
        Phone {
            base: sandbox.base_url().to_owned(),
            at: None,
            key: SigningKey::from_bytes(&seed),
            hardware: None,
            device: None,
            after: None,
            clock: clock.clone(),
            keys_version: 0,
            lock_id: 0,
            used: nothing(),
        }
    }

    /// As `new`, with a P-256 key.
    pub fn android(sandbox: &Sandbox, clock: &Hand) -> Phone {
        let random = SystemRandom::new();
        let sealed = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, sealed.as_ref(), &random);
        Phone {
            hardware: Some(Arc::new(pair.unwrap())),
            ..Phone::new(sandbox, clock)
        }
    }

    pub fn jwk(&self) -> Jwk {
        if let Some(pair) = &self.hardware {
            // SEC 1: 04, x, y.
            let point = pair.public_key().as_ref();
            return Jwk {
                kty: "EC".into(),
                crv: "P-256".into(),
                x: encode(&point[1..33]),
                y: Some(encode(&point[33..])),
            };
        }
        Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: encode(self.key.verifying_key().as_bytes()),
            y: None,
        }
    }

    fn thumbprint(&self) -> String {
        let Jwk { kty, crv, x, y } = self.jwk();
        let y = y.map_or_else(String::new, |y| format!(r#","y":"{y}""#));
        let text = format!(r#"{{"crv":"{crv}","kty":"{kty}","x":"{x}"{y}}}"#);
        encode(&Sha256::digest(text))
    }

    pub fn prepare(&self, method: &'static str, path: &str, body: Option<Vec<u8>>) -> Prepared {
        let url = format!("{}{path}", self.base);
        let params = Params {
            created: self.clock.now(),
            expires: self.clock.now() + 60,
            nonce: fresh_id().into(),
            keyid: self
                .device
                .clone()
                .map_or_else(|| self.thumbprint(), String::from),
            alg: match self.hardware {
                Some(_) => "ecdsa-p256-sha256".into(),
                None => "ed25519".into(),
            },
        };
        let digest = body.as_deref().map(content_digest);
        let covered = digest.as_deref().map(|d| (d, "application/json"));
        let base = signature_base(method, &url, covered, &params);
        let signature = match &self.hardware {
            Some(pair) => {
                let signature = pair.sign(&SystemRandom::new(), base.as_bytes()).unwrap();
                signature.as_ref().to_vec()
            }
            None => self.key.sign(base.as_bytes()).to_bytes().to_vec(),
        };
        let mut headers = vec![
            (
                "signature-input",
                format!("lk={}", signature_params(&params, body.is_some())),
            ),
            ("signature", format!("lk=:{}:", STANDARD.encode(signature))),
        ];
        if let Some(digest) = digest {
            headers.push(("content-digest", digest));
            headers.push(("content-type", "application/json".into()));
        }
        Prepared {
            method,
            url: self.at.as_ref().map_or(url, |at| format!("{at}{path}")),
            headers,
            body,
        }
    }

    pub async fn post<T: Serialize>(&self, path: &str, body: &T) -> Reply {
        self.prepare("POST", path, Some(serde_json::to_vec(body).unwrap()))
            .send()
            .await
    }

    pub fn enrol_body(&self, code: &str, serial: &Sha) -> Enrol {
        Enrol {
            code: code.into(),
            key: self.jwk(),
            serial_hash: serial.clone(),
            app: "test 1".into(),
            adapter: "preview".into(),
            nonce: fresh_id(),
            attestation: None,
        }
    }

    pub async fn enrol(&mut self, code: &str, serial: &Sha) -> Reply {
        let reply = self
            .post("/v1/device/enrol", &self.enrol_body(code, serial))
            .await;
        if reply.status == 201 {
            self.device = Some(reply.json::<Enrolment>().device);
        }
        reply
    }

    pub fn check_in_body(&self, wait_s: u32) -> CheckIn {
        CheckIn {
            after: self.after.clone(),
            wait_s,
            nonce: fresh_id(),
            journal_head: sha(b"head"),
            app: "test 1".into(),
            adapter: "preview".into(),
            lock_id: self.lock_id.try_into().unwrap(),
            released_through: 0.try_into().unwrap(),
            terms_seq: None,
            keys_version: self.keys_version,
            mode: "unknown".into(),
            used: self.used.clone(),
        }
    }

    /// Checks in and moves the cursor.
    pub async fn check_in(&mut self, wait_s: u32) -> CheckInAnswer {
        let answer: CheckInAnswer = self
            .post("/v1/device/check-in", &self.check_in_body(wait_s))
            .await
            .json();
        if let Some(last) = answer.orders.last() {
            self.after = Some(Cursor {
                seq: last.seq,
                jti: last.jti.clone(),
            });
        }
        self.keys_version = claims::<Status>(&answer.status).keys_version.get();
        answer
    }

    /// Tells that these orders were taken, or what became of them.
    pub async fn receipt(&self, orders: &[Delivery], code: &str, retry_after_s: Option<u32>) -> u16 {
        let receipts = orders.iter().map(|o| Receipt {
            seq: o.seq,
            sha256: sha(o.jws.as_bytes()),
            code: code.into(),
            retry_after_s,
            lock_id: self.lock_id.try_into().unwrap(),
            mode: "locked".into(),
        });
        let body = Receipts {
            receipts: receipts.collect(),
        };
        self.post("/v1/device/receipts", &body).await.status
    }

    /// A phone of this sandbox that has taken the story's four orders.
    pub async fn locked(sandbox: &Sandbox, clock: &Hand) -> Phone {
        let mut phone = Phone::new(sandbox, clock);
        let code = sandbox.enrol_code().await.unwrap();
        assert_eq!(phone.enrol(&code, sandbox.serial_hash()).await.status, 201);
        let answer = phone.check_in(0).await;
        assert_eq!(answer.orders.len(), 4);
        phone.lock_id = 1;
        assert_eq!(phone.receipt(&answer.orders, "ok", None).await, 204);
        phone
    }
}
