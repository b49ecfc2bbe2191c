//! One body to and from bytes: kind, stamp, payload (protocol §10).

use super::{Body, Ended, Entry, LostWhy};
use crate::envelope;
use crate::order::claims::LockState;
use crate::order::values::{DeviceId, Id, No, Obj, Secs, Seq, Sha, present};
use crate::refusal::Code;
use crate::time::{BootId, Stamp};
use crate::wire::ClaimKind;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Longest boot time of a record, ms.
const MAX_BOOT_MS: u64 = 1 << 53;
/// Latest floor of a record, Unix seconds.
const MAX_FLOOR_S: u64 = 4_102_444_799;

macro_rules! payloads {
    ($($name:ident { $($fields:tt)* })*) => {$(
        #[derive(Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name { $($fields)* }
    )*};
}

payloads! {
    Empty {}
    EnrolledP { device: DeviceId, agreement: String }
    LostP {
        why: LostWhy,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        aside: Option<String>,
    }
    RefusedP {
        seq: Seq,
        jti: Id,
        code: Code,
        kind: String,
        sha256: Sha,
        count: u32,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        retry_after_s: Option<u32>,
    }
    StatusP {
        now: Secs,
        head_seq: Seq,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        head_jti: Option<Id>,
        lock_state: LockState,
        keys_ok: bool,
    }
    TickP {
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        claim_ms: Option<u64>,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        open_ms: Option<u64>,
    }
    LeaseP { lock_id: u32, used_s: u16 }
    OpeningP { lock_id: u32 }
    ClaimP {
        id: Id,
        kind: ClaimKind,
        lock_id: u32,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        instalment: Option<No>,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        choice: Option<String>,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    }
    SlotP { lock_id: u32, slot: u8 }
    EndedP { what: Ended }
    SilenceP { hours: u8 }
    SentP {
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        receipts_to: Option<Seq>,
        claims: Vec<Id>,
        #[serde(default)]
        settle: bool,
    }
    CertificateP { device: DeviceId, trust: Vec<String>, settle: String }
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn read<T: DeserializeOwned>(payload: &[u8]) -> Option<T> {
    serde_json::from_slice::<Obj<T>>(payload).ok().map(|o| o.0)
}

fn text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

/// The body of an entry: kind, stamp, payload.
#[must_use]
pub fn encode_body(entry: &Entry) -> Vec<u8> {
    let (kind, payload) = payload(&entry.body);
    let mut out = Vec::with_capacity(payload.len() + 33);
    out.push(kind);
    out.extend_from_slice(&entry.stamp.boot.0);
    out.extend_from_slice(&entry.stamp.boot_ms.to_be_bytes());
    out.extend_from_slice(&entry.stamp.floor_s.to_be_bytes());
    out.extend_from_slice(&payload);
    out
}

fn payload(body: &Body) -> (u8, Vec<u8>) {
    match body.clone() {
        Body::Enrolled { device, agreement } => {
            let agreement = envelope::encode(&agreement);
            (1, json(&EnrolledP { device, agreement }))
        }
        Body::Lost { why, aside } => (2, json(&LostP { why, aside })),
        Body::Boot => (3, json(&Empty {})),
        Body::Trust(bundle) => (4, bundle.into_bytes()),
        Body::Order { seq, jti, token } => {
            let mut out = seq.get().to_be_bytes().to_vec();
            out.extend_from_slice(jti.as_str().as_bytes());
            out.extend_from_slice(token.as_bytes());
            (5, out)
        }
        Body::Refused {
            seq,
            jti,
            code,
            kind,
            sha256,
            count,
            retry_after_s,
        } => {
            let sha256 = Sha::from_bytes(&sha256);
            let p = RefusedP {
                seq,
                jti,
                code,
                kind,
                sha256,
                count,
                retry_after_s,
            };
            (6, json(&p))
        }
        Body::Status {
            now,
            head_seq,
            head_jti,
            lock_state,
            keys_ok,
        } => {
            let p = StatusP {
                now: Secs::try_from(now.clamp(Secs::MIN.get(), MAX_FLOOR_S)).unwrap_or(Secs::MIN),
                head_seq,
                head_jti,
                lock_state,
                keys_ok,
            };
            (7, json(&p))
        }
        Body::Tick { claim_ms, open_ms } => (8, json(&TickP { claim_ms, open_ms })),
        Body::Lease { lock_id, used_s } => (9, json(&LeaseP { lock_id, used_s })),
        Body::LeaseEnd { lock_id, used_s } => (10, json(&LeaseP { lock_id, used_s })),
        Body::Opening { lock_id } => (11, json(&OpeningP { lock_id })),
        Body::Claim {
            id,
            kind,
            lock_id,
            instalment,
            choice,
            text,
        } => {
            let instalment = instalment.and_then(|n| No::try_from(u64::from(n)).ok());
            let p = ClaimP {
                id,
                kind,
                lock_id,
                instalment,
                choice,
                text,
            };
            (12, json(&p))
        }
        Body::Attempt { lock_id, slot } => (13, json(&SlotP { lock_id, slot })),
        Body::Code { lock_id, slot } => (14, json(&SlotP { lock_id, slot })),
        Body::Ended(what) => (15, json(&EndedP { what })),
        Body::Silence { hours } => (16, json(&SilenceP { hours })),
        Body::Reminded => (17, json(&Empty {})),
        Body::Sent {
            receipts_to,
            claims,
            settle,
        } => {
            let p = SentP {
                receipts_to,
                claims,
                settle,
            };
            (18, json(&p))
        }
        Body::Certificate {
            device,
            trust,
            settle,
        } => {
            let p = CertificateP {
                device,
                trust,
                settle,
            };
            (19, json(&p))
        }
    }
}

/// The entry of a body; `None` is damage: an unknown kind, or a payload that is not what its kind demands.
#[must_use]
pub fn decode_body(body: &[u8]) -> Option<Entry> {
    let (kind, rest) = body.split_first()?;
    let (boot, rest) = rest.split_first_chunk::<16>()?;
    let (boot_ms, rest) = rest.split_first_chunk::<8>()?;
    let (floor_s, payload) = rest.split_first_chunk::<8>()?;
    let stamp = Stamp {
        boot: BootId(*boot),
        boot_ms: u64::from_be_bytes(*boot_ms),
        floor_s: u64::from_be_bytes(*floor_s),
    };
    // No phone runs that long, and no order is dated later (protocol §9).
    if stamp.boot_ms > MAX_BOOT_MS || stamp.floor_s > MAX_FLOOR_S {
        return None;
    }
    let body = decode(*kind, payload)?;
    Some(Entry { stamp, body })
}

fn decode(kind: u8, payload: &[u8]) -> Option<Body> {
    Some(match kind {
        1 => {
            let p: EnrolledP = read(payload)?;
            let agreement = envelope::decode(p.agreement.as_bytes())?;
            Body::Enrolled {
                device: p.device,
                agreement,
            }
        }
        2 => {
            let p: LostP = read(payload)?;
            Body::Lost {
                why: p.why,
                aside: p.aside,
            }
        }
        3 => read::<Empty>(payload).map(|Empty {}| Body::Boot)?,
        4 => Body::Trust(text(payload)?),
        5 => {
            let (seq, rest) = payload.split_first_chunk::<8>()?;
            let (jti, token) = rest.split_first_chunk::<22>()?;
            Body::Order {
                seq: Seq::try_from(u64::from_be_bytes(*seq)).ok()?,
                jti: Id::try_from(text(jti)?).ok()?,
                token: text(token)?,
            }
        }
        6 => {
            let p: RefusedP = read(payload)?;
            Body::Refused {
                seq: p.seq,
                jti: p.jti,
                code: p.code,
                kind: p.kind,
                sha256: envelope::decode(p.sha256.as_str().as_bytes())?.try_into().ok()?,
                count: p.count,
                retry_after_s: p.retry_after_s,
            }
        }
        7 => {
            let p: StatusP = read(payload)?;
            Body::Status {
                now: p.now.get(),
                head_seq: p.head_seq,
                head_jti: p.head_jti,
                lock_state: p.lock_state,
                keys_ok: p.keys_ok,
            }
        }
        8 => {
            let p: TickP = read(payload)?;
            Body::Tick {
                claim_ms: p.claim_ms,
                open_ms: p.open_ms,
            }
        }
        9 => {
            let LeaseP { lock_id, used_s } = read(payload)?;
            Body::Lease { lock_id, used_s }
        }
        10 => {
            let LeaseP { lock_id, used_s } = read(payload)?;
            Body::LeaseEnd { lock_id, used_s }
        }
        11 => {
            let OpeningP { lock_id } = read(payload)?;
            Body::Opening { lock_id }
        }
        12 => {
            let p: ClaimP = read(payload)?;
            Body::Claim {
                id: p.id,
                kind: p.kind,
                lock_id: p.lock_id,
                instalment: p.instalment.map(No::get),
                choice: p.choice,
                text: p.text,
            }
        }
        13 => {
            let SlotP { lock_id, slot } = read(payload)?;
            Body::Attempt { lock_id, slot }
        }
        14 => {
            let SlotP { lock_id, slot } = read(payload)?;
            Body::Code { lock_id, slot }
        }
        15 => Body::Ended(read::<EndedP>(payload)?.what),
        16 => Body::Silence {
            hours: read::<SilenceP>(payload)
                .filter(|p| (1..=6).contains(&p.hours))?
                .hours,
        },
        17 => read::<Empty>(payload).map(|Empty {}| Body::Reminded)?,
        18 => {
            let p: SentP = read(payload)?;
            Body::Sent {
                receipts_to: p.receipts_to,
                claims: p.claims,
                settle: p.settle,
            }
        }
        19 => {
            let p: CertificateP = read(payload)?;
            Body::Certificate {
                device: p.device,
                trust: p.trust,
                settle: p.settle,
            }
        }
        _ => return None,
    })
}
