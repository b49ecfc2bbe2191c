//! The lender of [`super::Server`] behind HTTP, and a TLS front before it. Every request of the phone is checked against
//! the key that it enrolled with.

use super::{Server, enrolment};
use crate::support::signer::{T, num};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use latchkey_core::envelope;
use latchkey_core::order::values::{Id, Seq};
use latchkey_core::request::{self, Params};
use latchkey_core::state::Outbox;
use latchkey_core::wire::{CheckIn, ClaimKind, ClaimRequest, Enrol, Receipts};
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// A lender on loopback.
pub struct Fake {
    pub base_url: String,
    pub server: Mutex<Server>,
    /// Orders up to here are offered; a change ends the long-polls.
    pub through: watch::Sender<u64>,
    /// Check-ins so far.
    pub asked: watch::Sender<u64>,
    /// The server's clock.
    pub now_s: Mutex<u64>,
    /// Refuse signatures whose time is more than a minute off.
    pub strict_clock: bool,
    /// Paths, members of the bodies and names of the headers that came.
    pub left: Mutex<BTreeSet<String>>,
    /// Messages of this kind are refused, with this code.
    pub refused: Mutex<Option<(ClaimKind, &'static str)>>,
    key: Mutex<Option<VerifyingKey>>,
}

impl Fake {
    /// Starts it on a free port.
    pub async fn start(strict_clock: bool) -> Arc<Fake> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Arc::new(Fake {
            base_url: format!("http://{}", listener.local_addr().unwrap()),
            server: Mutex::new(Server::new()),
            through: watch::Sender::new(4),
            asked: watch::Sender::new(0),
            now_s: Mutex::new(T + 60),
            strict_clock,
            left: Mutex::default(),
            refused: Mutex::new(None),
            key: Mutex::new(None),
        });
        let routes = Router::new()
            .route("/v1/device/enrol", post(enrol))
            .route("/v1/device/enrolment", get(again))
            .route("/v1/device/check-in", post(check_in))
            .route("/v1/device/receipts", post(receipts))
            .route("/v1/device/claims", post(claims))
            .route("/v1/keys", get(keys))
            .route("/v1/time", get(time))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        fake
    }

    /// Offers orders up to `through`.
    pub fn offer(&self, through: u64) {
        self.server.lock().unwrap().through = through;
        self.through.send_replace(through);
    }

    fn checked(
        &self,
        method: &str,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), Box<Response>> {
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let input = text("signature-input");
        let value = |name: &str| {
            let from = input.find(&format!(";{name}=")).unwrap() + name.len() + 2;
            input[from..]
                .split(';')
                .next()
                .unwrap()
                .trim_matches('"')
                .to_owned()
        };
        let params = Params {
            created: value("created").parse().unwrap(),
            expires: value("expires").parse().unwrap(),
            nonce: value("nonce"),
            keyid: value("keyid"),
            alg: value("alg"),
        };
        if let Ok(body) = serde_json::from_slice::<BTreeMap<String, serde_json::Value>>(body) {
            let members: Vec<_> = body.into_keys().collect();
            let mut names: Vec<_> = headers.keys().map(|n| n.as_str()).collect();
            names.sort_unstable();
            let line = format!("{}: {} ({})", uri.path(), members.join(" "), names.join(" "));
            self.left.lock().unwrap().insert(line);
        }
        let digest = request::content_digest(body);
        let content_type = headers
            .get("content-type")
            .map(|t| t.to_str().unwrap().to_owned());
        let covered = content_type.as_deref().map(|t| (digest.as_str(), t));
        if covered.is_some() {
            assert_eq!(text("content-digest"), digest);
        }
        assert_eq!(
            input,
            format!("lk={}", request::signature_params(&params, covered.is_some()))
        );
        let target = format!("{}{}", self.base_url, uri.path());
        let host = headers[header::HOST].to_str().unwrap();
        // Behind the TLS front the phone's address is another one.
        let target = if self.base_url.ends_with(host) {
            target
        } else {
            format!("https://{host}{}", uri.path())
        };
        let base = request::signature_base(method, &target, covered, &params);
        let signature = text("signature");
        let signature = signature.strip_prefix("lk=:").unwrap().strip_suffix(':').unwrap();
        let signature = Signature::from_slice(&STANDARD.decode(signature).unwrap()).unwrap();
        let key = self.key.lock().unwrap().unwrap();
        key.verify_strict(base.as_bytes(), &signature).unwrap();
        let now_s = *self.now_s.lock().unwrap();
        if self.strict_clock && params.created.abs_diff(now_s) > request::WINDOW_S {
            return Err(Box::new(problem(StatusCode::UNAUTHORIZED, "clock_skew")));
        }
        Ok(())
    }
}

/// A problem document. Its `Date` is that of [`T`] + 60, to the second.
pub fn problem(status: StatusCode, code: &str) -> Response {
    let body = format!(
        r#"{{"type":"/problems/{code}","title":"no","status":{},"code":"{code}"}}"#,
        status.as_u16()
    );
    let headers = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::DATE, "Thu, 28 May 2026 20:27:40 GMT"),
    ];
    (status, headers, body).into_response()
}

fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        serde_json::to_vec(body).unwrap(),
    )
        .into_response()
}

async fn enrol(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked: Enrol = serde_json::from_slice(&body).unwrap();
    if asked.code != "code" {
        return problem(StatusCode::UNAUTHORIZED, "bad_code");
    }
    let x: [u8; 32] = envelope::decode(asked.key.x.as_bytes())
        .unwrap()
        .try_into()
        .unwrap();
    *fake.key.lock().unwrap() = Some(VerifyingKey::from_bytes(&x).unwrap());
    match fake.checked("POST", &uri, &headers, &body) {
        Ok(()) => json(
            StatusCode::CREATED,
            &enrolment(&fake.server.lock().unwrap().world),
        ),
        Err(response) => *response,
    }
}

async fn again(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap) -> Response {
    match fake.checked("GET", &uri, &headers, b"") {
        Ok(()) => json(StatusCode::OK, &enrolment(&fake.server.lock().unwrap().world)),
        Err(response) => *response,
    }
}

async fn check_in(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(response) = fake.checked("POST", &uri, &headers, &body) {
        return *response;
    }
    let asked: CheckIn = serde_json::from_slice(&body).unwrap();
    fake.asked.send_modify(|n| *n += 1);
    let after = asked.after.as_ref().map_or(0, |c| Seq::get(c.seq));
    if asked.wait_s > 0 {
        let mut through = fake.through.subscribe();
        let _ = through.wait_for(|through| *through > after).await;
    }
    json(StatusCode::OK, &fake.server.lock().unwrap().answer(&asked))
}

async fn receipts(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(response) = fake.checked("POST", &uri, &headers, &body) {
        return *response;
    }
    let Receipts { receipts } = serde_json::from_slice(&body).unwrap();
    fake.server.lock().unwrap().receive(&Outbox {
        receipts,
        ..Outbox::default()
    });
    StatusCode::NO_CONTENT.into_response()
}

async fn claims(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(response) = fake.checked("POST", &uri, &headers, &body) {
        return *response;
    }
    let claim: ClaimRequest = serde_json::from_slice(&body).unwrap();
    let refused = *fake.refused.lock().unwrap();
    if let Some((_, code)) = refused.filter(|(kind, _)| *kind == claim.kind) {
        return problem(StatusCode::CONFLICT, code);
    }
    let mut server = fake.server.lock().unwrap();
    server.receive(&Outbox {
        claims: vec![claim],
        ..Outbox::default()
    });
    fake.through.send_replace(server.through);
    StatusCode::ACCEPTED.into_response()
}

/// A house of several lenders: whoever does not say whose keys or time is told nothing.
fn ours(asked: &HashMap<String, String>) -> bool {
    asked.get("tenant").is_some_and(|tenant| tenant == "lender")
}

async fn keys(State(fake): State<Arc<Fake>>, Query(asked): Query<HashMap<String, String>>) -> Response {
    if !ours(&asked) {
        return problem(StatusCode::NOT_FOUND, "not_found");
    }
    let bundle = fake.server.lock().unwrap().world.keys_bundle(1);
    bundle.into_response()
}

async fn time(State(fake): State<Arc<Fake>>, Query(asked): Query<HashMap<String, String>>) -> Response {
    if !ours(&asked) {
        return problem(StatusCode::NOT_FOUND, "not_found");
    }
    let nonce = Id::try_from(asked["nonce"].as_str()).unwrap();
    let now_s = *fake.now_s.lock().unwrap();
    let world = &fake.server.lock().unwrap().world;
    let mut claims = world.time_claims(&nonce, now_s);
    claims.iat = num(now_s);
    world
        .status
        .token(latchkey_core::order::claims::typ::TIME, &claims)
        .into_response()
}

/// A certificate authority and a certificate of 127.0.0.1 from it that is good from an hour before [`T`] to a day after.
pub struct Certificates {
    pub root: Vec<u8>,
    config: Arc<rustls::ServerConfig>,
}

impl Certificates {
    pub fn new() -> Certificates {
        let authority = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let root = params.self_signed(&authority).unwrap().der().to_vec();
        let issuer = Issuer::new(params, authority);
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 5, 28);
        params.not_after = rcgen::date_time_ymd(2026, 5, 30);
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from(certificate.der().to_vec())],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        Certificates {
            root,
            config: Arc::new(config),
        }
    }

    /// A TLS front before a plain server. Returns its address.
    pub fn front(&self, upstream: SocketAddr) -> SocketAddr {
        let config = self.config.clone();
        serve(move |tcp| {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, tcp);
            let request = request(&mut stream)?;
            let mut up = TcpStream::connect(upstream)?;
            up.write_all(&request)?;
            let mut answer = Vec::new();
            up.read_to_end(&mut answer)?;
            stream.write_all(&answer)?;
            stream.conn.send_close_notify();
            stream.flush()
        })
    }
}

/// Something that answers each request with the same bytes, whatever it was.
pub fn canned(answer: &'static str) -> SocketAddr {
    serve(move |mut tcp| {
        request(&mut tcp)?;
        tcp.write_all(answer.as_bytes())
    })
}

fn serve(one: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let one = Arc::new(one);
    std::thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            let one = one.clone();
            // A client that gives up in the middle is part of the game.
            std::thread::spawn(move || one(tcp));
        }
    });
    address
}

/// Reads one request and asks for the connection to be closed after it.
fn request(stream: &mut impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut byte = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_lowercase();
    let length = head
        .split("content-length: ")
        .nth(1)
        .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
    bytes.truncate(bytes.len() - 2);
    bytes.extend_from_slice(b"connection: close\r\n\r\n");
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    bytes.extend_from_slice(&body);
    Ok(bytes)
}
