//! A phone: it enrols, checks in and sends receipts over the routes of phones, and believes nothing but what `core` verified
//! and judged.

use super::{Failed, Key, Request, Server, Told, fresh_id, params};
use latchkey_core::envelope::decode;
use latchkey_core::order::values::{DeviceId, Sha};
use latchkey_core::order::verify_status;
use latchkey_core::request::{DEVICE_TAG, Params, content_digest, device_components};
use latchkey_core::state::{Ask, State, apply, judge, refused};
use latchkey_core::time::{Anchor, BootId, Now};
use latchkey_core::wire::{CheckInAnswer, Enrol, Enrolment, Receipts};
use serde::Serialize;
use std::time::Duration;
use tokio::time::Instant;

const APP: &str = concat!("latchkey-lender ", env!("CARGO_PKG_VERSION"));
const ADAPTER: &str = "preview";

/// A phone.
#[derive(Debug)]
pub(crate) struct Phone {
    pub server: Server,
    pub key: Key,
    pub state: State,
    since: Instant,
    anchor: Option<Anchor>,
}

/// What came of one check-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// Kind and outcome (`ok` or a code) of each order.
    pub orders: Vec<(&'static str, String)>,
    /// Key sets and roots that came along.
    pub trust: usize,
}

impl Phone {
    pub(crate) fn new(server: &Server) -> Result<Phone, Failed> {
        Ok(Phone {
            server: server.clone(),
            key: Key::fresh()?,
            state: State::new(),
            since: Instant::now(),
            anchor: None,
        })
    }

    fn now(&self) -> Now {
        let boot_ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now {
            boot: BootId([1; 16]),
            boot_ms: boot_ms + 60_000,
            anchor: self.anchor,
            wall_s: None,
        }
    }

    /// A request signed by this key, or by these parameters.
    pub(crate) fn sign(&self, method: &str, path: &str, body: Option<Vec<u8>>, params: &Params) -> Request {
        let target = format!("{}{path}", self.server.base);
        let digest = body.as_deref().map(content_digest);
        let covered = digest.as_deref().map(|digest| (digest, "application/json"));
        let components = device_components(method, &target, covered);
        let mut request = Request::new(method, path);
        request
            .headers
            .extend(self.key.headers(&components, params, DEVICE_TAG));
        if let Some(digest) = &digest {
            request = request
                .with("content-digest", digest)
                .with("content-type", "application/json");
        }
        request.body = body;
        request
    }

    pub(crate) fn params(&self) -> Result<Params, Failed> {
        let device = self.state.device().cloned();
        params(device.map_or_else(|| self.key.thumbprint(), String::from))
    }

    pub(crate) fn posting<T: Serialize>(&self, path: &str, body: &T) -> Result<Request, Failed> {
        let body = serde_json::to_vec(body).map_err(|e| e.to_string())?;
        Ok(self.sign("POST", path, Some(body), &self.params()?))
    }

    /// Asks to be enrolled.
    pub(crate) async fn enrol(&self, code: &str, serial: &Sha) -> Result<Told, Failed> {
        let body = Enrol {
            code: code.to_owned(),
            key: self.key.jwk(),
            serial_hash: serial.clone(),
            app: APP.to_owned(),
            adapter: ADAPTER.to_owned(),
            nonce: fresh_id()?,
            attestation: None,
        };
        // At enrolment the key names itself, whatever it is enrolled as.
        let params = params(self.key.thumbprint())?;
        let body = serde_json::to_vec(&body).map_err(|e| e.to_string())?;
        let request = self.sign("POST", "/v1/device/enrol", Some(body), &params);
        self.server.send(&request).await
    }

    /// Takes the answer to an enrolment: the root must be the one that was provisioned, and every set signed by it.
    pub(crate) fn enrolled(&mut self, answer: &Told, root: &str) -> Result<DeviceId, Failed> {
        let enrolment: Enrolment = answer.read(201)?;
        let (first, rest) = enrolment
            .trust
            .split_first()
            .ok_or("no root came with the enrolment")?;
        if first != root {
            return Err("another root came than the one that was provisioned".to_owned());
        }
        let agreement = decode(enrolment.agreement.as_bytes()).ok_or("the agreement is not base64url")?;
        self.step(&Ask::Trust(first))?;
        self.step(&Ask::Enrolled {
            device: enrolment.device.clone(),
            agreement: &agreement,
        })?;
        for bundle in rest {
            self.step(&Ask::Trust(bundle))?;
        }
        Ok(enrolment.device)
    }

    fn step(&mut self, ask: &Ask<'_>) -> Result<(), Failed> {
        let entry =
            judge(&self.state, ask, &self.now()).map_err(|why| format!("core refused: {}", why.code))?;
        self.state = apply(std::mem::take(&mut self.state), &entry).0;
        Ok(())
    }

    /// The question of a check-in.
    pub(crate) fn question(
        &self,
        wait_s: u32,
    ) -> Result<(latchkey_core::order::values::Id, Request), Failed> {
        let nonce = fresh_id()?;
        let body = self.state.check_in(nonce.clone(), wait_s, &[0; 32], APP, ADAPTER);
        let mut request = self.posting("/v1/device/check-in", &body)?;
        request.wait = Duration::from_secs(u64::from(wait_s));
        Ok((nonce, request))
    }

    /// One check-in as protocol §3 orders it, without the receipts: trust, time, orders, status.
    pub(crate) async fn check_in(&mut self, wait_s: u32) -> Result<News, Failed> {
        let (nonce, request) = self.question(wait_s)?;
        let sent_ms = self.now().boot_ms;
        let told = self.server.send(&request).await?;
        let answer: CheckInAnswer = told.read(200)?;
        for bundle in &answer.trust {
            self.step(&Ask::Trust(bundle))?;
        }
        let device = self.state.device().cloned().ok_or("not enrolled")?;
        let status = verify_status(answer.status.as_bytes(), self.state.trust(), &device, &nonce)
            .map_err(|why| format!("core refused the status: {}", why.code))?;
        let now = self.now();
        self.anchor = Anchor::from_answer(status.claims().now.get(), sent_ms, now.boot_ms, wait_s, now.boot);
        let now = self.now();
        let mut news = News {
            trust: answer.trust.len(),
            ..News::default()
        };
        for order in &answer.orders {
            let token = order.jws.as_bytes();
            let ask = Ask::Order {
                seq: order.seq,
                jti: order.jti.clone(),
                token,
            };
            let (entry, outcome) = match judge(&self.state, &ask, &now) {
                Ok(entry) => (Some(entry), "ok"),
                Err(why) => (
                    refused(&self.state, order.seq, &order.jti, token, &why, &now),
                    why.code.as_str(),
                ),
            };
            if let Some(entry) = entry {
                self.state = apply(std::mem::take(&mut self.state), &entry).0;
            }
            news.orders
                .push((latchkey_core::envelope::typ_of(token), outcome.to_owned()));
        }
        if let Ok(entry) = judge(&self.state, &Ask::Status(&status), &now) {
            self.state = apply(std::mem::take(&mut self.state), &entry).0;
        }
        Ok(news)
    }

    /// Sends the receipts that wait. How many they were.
    pub(crate) async fn receipts(&mut self) -> Result<usize, Failed> {
        let outbox = self.state.outbox();
        let Some(last) = outbox.receipts.last().map(|receipt| receipt.seq) else {
            return Ok(0);
        };
        let (n, settle) = (outbox.receipts.len(), outbox.settle);
        let body = Receipts {
            receipts: outbox.receipts,
        };
        let told = self
            .server
            .send(&self.posting("/v1/device/receipts", &body)?)
            .await?;
        if told.status != 204 {
            return Err(format!(
                "receipts were answered {} {} instead of 204",
                told.status,
                told.code()
            ));
        }
        self.step(&Ask::Sent {
            receipts_to: Some(last),
            claims: Vec::new(),
            settle,
        })?;
        Ok(n)
    }
}
