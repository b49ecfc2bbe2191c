//! The journal as the owner sees it: lines to read, an export to keep, a certificate at the end, and the check that
//! anyone can make of both (protocol §10, OWN-11).
//!
//! Export and certificate are JSON lines. The first names format, device, root fingerprint, number of records and chain
//! head; each other one is a record: `n`, `body` (kind, stamp and payload as stored, base64url) and `hash`, the chain's.

use crate::envelope;
use crate::journal::{Body, Ended, Entry, chain, decode_body, encode_body, genesis};
use crate::keys::{Trust, fingerprint};
use crate::order::claims::{Order, typ};
use crate::order::values::{DeviceId, Obj, Sha};
use crate::order::verify_order;
use crate::refusal::{Code, Refusal};
use crate::snapshot::{LogLine, LogWhat};
use crate::state::{State, apply};
use crate::wire::ClaimKind;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Lines that a state keeps for the screen.
pub const MAX_LINES: usize = 200;
/// Format of an exported log.
pub const LOG: &str = "latchkey-log/1";
/// Format of a certificate.
pub const CERTIFICATE: &str = "latchkey-certificate/1";

/// What the state before an entry knows of it, and the entry does not say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// It is the silence that ends the lock.
    pub(crate) lapses: bool,
    /// These terms are taken, but their link and code are not shown, and why.
    pub(crate) payee: Option<Code>,
}

/// Adds what an entry tells the owner. Equal refusals of a day, leases of one backup and wrong codes in a row are one
/// line.
pub(crate) fn push(
    lines: &mut VecDeque<LogLine>,
    record: u32,
    entry: &Entry,
    order: Option<&Order>,
    known: Known,
) {
    let Some(what) = what(&entry.body, order, known) else {
        return;
    };
    let signed = if let Body::Trust(bundle) = &entry.body {
        bundle_iat(bundle)
    } else {
        order.map(|o| o.iat().get())
    };
    let at = signed.unwrap_or(entry.stamp.floor_s);
    if let Body::Refused { count, .. } = &entry.body
        && *count > 1
        && let Some(line) = lines
            .iter_mut()
            .rev()
            .find(|l| l.what == what && l.count == count - 1)
    {
        line.count = *count;
        return;
    }
    if let (LogWhat::Backup { .. }, Some(last)) = (&what, lines.back_mut())
        && matches!(last.what, LogWhat::Backup { .. })
    {
        last.what = what;
        return;
    }
    if let Some(last) = lines.back_mut()
        && last.what == LogWhat::WrongCode
    {
        if what == LogWhat::WrongCode {
            last.count += 1;
            return;
        }
        // The attempt before it was right after all.
        if matches!(what, LogWhat::Code { .. }) {
            last.count -= 1;
            if last.count == 0 {
                lines.pop_back();
            }
        }
    }
    let count = 1;
    lines.push_back(LogLine {
        record,
        at,
        what,
        count,
    });
    if lines.len() > MAX_LINES {
        lines.pop_front();
    }
}

/// When a bundle was signed; it was verified before it was stored.
fn bundle_iat(bundle: &str) -> Option<u64> {
    #[derive(serde::Deserialize)]
    struct Signed {
        iat: crate::order::values::Secs,
    }
    let payload = bundle.lines().next()?.split('.').nth(1)?;
    let signed: Signed = serde_json::from_slice(&envelope::decode(payload.as_bytes())?).ok()?;
    Some(signed.iat.get())
}

fn what(body: &Body, order: Option<&Order>, known: Known) -> Option<LogWhat> {
    Some(match body {
        Body::Enrolled { .. } => LogWhat::Enrolled,
        Body::Lost { .. } => LogWhat::Lost,
        Body::Trust(_) => LogWhat::Keys,
        Body::Order { .. } => match order? {
            Order::Notice(n) => LogWhat::Notice {
                no: n.notice_no.get(),
                instalment: n.instalment.get(),
                amount: n.amount.minor.get(),
            },
            Order::Terms(_) => match known.payee {
                Some(code) => LogWhat::Refused {
                    code,
                    kind: typ::TERMS.to_owned(),
                },
                None => LogWhat::Terms,
            },
            Order::Plan(_) => LogWhat::Plan,
            Order::Lock(l) => LogWhat::Lock {
                id: l.lock_id.get(),
                level: l.level.get(),
            },
            Order::Release(r) => LogWhat::Release { id: r.lock_id.get() },
            Order::Grace(g) => LogWhat::Grace { dur_s: g.dur_s.get() },
            Order::Settle(_) => LogWhat::Settle,
        },
        Body::Refused { code, kind, .. } => LogWhat::Refused {
            code: *code,
            kind: kind.clone(),
        },
        Body::Lease { used_s, .. } | Body::LeaseEnd { used_s, .. } => LogWhat::Backup {
            used_s: u32::from(*used_s),
        },
        Body::Claim { kind, .. } => match kind {
            ClaimKind::Paid => LogWhat::Paid,
            ClaimKind::Dispute => LogWhat::Dispute,
            ClaimKind::Hardship => LogWhat::Hardship,
            ClaimKind::Return => LogWhat::Return,
        },
        Body::Opening { .. } => LogWhat::Opening,
        // It counts as wrong until it is answered.
        Body::Attempt { .. } => LogWhat::WrongCode,
        Body::Code { slot, .. } => LogWhat::Code { slot: *slot },
        Body::Silence { .. } if known.lapses => LogWhat::Lapsed,
        Body::Reminded => LogWhat::Reminded,
        Body::Ended(Ended::Claim) => LogWhat::Provisional,
        Body::Ended(Ended::Open) => LogWhat::Closed,
        Body::Certificate { .. } => LogWhat::Certificate,
        Body::Boot
        | Body::Status { .. }
        | Body::Tick { .. }
        | Body::Ended(Ended::Lease)
        | Body::Silence { .. }
        | Body::Sent { .. } => return None,
    })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    device: DeviceId,
    root: Sha,
    records: u64,
    head: Sha,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    n: u64,
    body: String,
    hash: Sha,
}

/// The journal as JSON lines. `None` for a journal that names no device or root yet.
#[must_use]
pub fn export(entries: &[Entry]) -> Option<String> {
    let mut reader = Reader::default();
    let mut prev = genesis();
    let mut lines = String::new();
    for (n, entry) in (1_u64..).zip(entries) {
        // A record that does not verify is exported all the same: it is the owner's, and the check will name it.
        let _ = reader.take(entry);
        let body = encode_body(entry);
        prev = chain(&prev, &body);
        push_json(
            &mut lines,
            &Line {
                n,
                body: envelope::encode(&body),
                hash: Sha::from_bytes(&prev),
            },
        );
    }
    let format = if reader.certificate { CERTIFICATE } else { LOG };
    let mut out = String::new();
    push_json(
        &mut out,
        &Head {
            format: format.to_owned(),
            device: reader.device?,
            root: reader.root?,
            records: u64::try_from(entries.len()).ok()?,
            head: Sha::from_bytes(&prev),
        },
    );
    out.push_str(&lines);
    Some(out)
}

fn push_json<T: Serialize>(out: &mut String, value: &T) {
    out.push_str(&serde_json::to_string(value).unwrap_or_default());
    out.push('\n');
}

/// What the check of an exported log or certificate found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// `latchkey-log/1` or `latchkey-certificate/1`.
    pub format: String,
    /// The phone that it is about.
    pub device: DeviceId,
    /// Fingerprint of the root that everything was verified against.
    pub root: Sha,
    /// Whether that fingerprint was given from outside; if not, the file only names its own root.
    pub root_given: bool,
    /// Records that hold.
    pub records: u64,
    /// Tokens and bundles that verified.
    pub verified: u64,
    /// Local day of settlement, if the file proves one.
    pub settled: Option<u32>,
    /// The first line that is wrong; `None` = whole.
    pub fault: Option<(usize, Fault)>,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The root is not the one that was given, or not the one that line 1 names.
    Root,
    /// The line is not of the format.
    Form,
    /// The line's number is not the next one.
    Number,
    /// The chain breaks here: this record, or one before it, is not what it was.
    Chain,
    /// A bundle or token does not verify against the keys before it.
    Signature(Refusal),
    /// The device is another one than line 1 says.
    Device,
    /// Records are missing at the end, or too many.
    Count,
}

/// Checks an exported log or certificate: the chain, and each token against the trust records before it.
/// `root_fingerprint` is the lender's root as known from elsewhere, 43 characters.
///
/// # Errors
/// The file is no export at all: line 1 cannot be read, or names another format.
pub fn verify(text: &str, root_fingerprint: Option<&str>) -> Result<Report, Fault> {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let head: Obj<Head> = serde_json::from_str(first).map_err(|_| Fault::Form)?;
    let head = head.0;
    if head.format != LOG && head.format != CERTIFICATE {
        return Err(Fault::Form);
    }
    let mut report = Report {
        format: head.format.clone(),
        device: head.device.clone(),
        root: head.root.clone(),
        root_given: root_fingerprint.is_some(),
        records: 0,
        verified: 0,
        settled: None,
        fault: None,
    };
    if root_fingerprint.is_some_and(|given| given != head.root.as_str()) {
        report.fault = Some((1, Fault::Root));
        return Ok(report);
    }
    let mut reader = Reader::default();
    let mut prev = genesis();
    for (at, line) in (2..).zip(lines) {
        if let Err(fault) = check_line(line, &head, &mut prev, &mut reader, report.records + 1) {
            report.fault = Some((at, fault));
            break;
        }
        report.records += 1;
    }
    report.verified = reader.verified;
    report.settled = reader.settled;
    let ends = report.records == head.records && Sha::from_bytes(&prev) == head.head;
    let named = reader.root.as_ref() == Some(&head.root) && reader.device.as_ref() == Some(&head.device);
    let kind = reader.certificate == (head.format == CERTIFICATE);
    if report.fault.is_none() && !(ends && named && kind) {
        report.fault = Some((1, if ends { Fault::Form } else { Fault::Count }));
    }
    Ok(report)
}

fn check_line(
    text: &str,
    head: &Head,
    prev: &mut [u8; 32],
    reader: &mut Reader,
    n: u64,
) -> Result<(), Fault> {
    let line: Obj<Line> = serde_json::from_str(text).map_err(|_| Fault::Form)?;
    if line.n != n {
        return Err(Fault::Number);
    }
    let body = envelope::decode(line.body.as_bytes()).ok_or(Fault::Form)?;
    *prev = chain(prev, &body);
    if Sha::from_bytes(prev) != line.hash {
        return Err(Fault::Chain);
    }
    let entry = decode_body(&body).ok_or(Fault::Form)?;
    reader.take(&entry)?;
    if reader.root.as_ref().is_some_and(|root| *root != head.root) {
        return Err(Fault::Root);
    }
    if reader
        .device
        .as_ref()
        .is_some_and(|device| *device != head.device)
    {
        return Err(Fault::Device);
    }
    Ok(())
}

/// Follows the records and verifies what is signed in them.
#[derive(Default)]
struct Reader {
    trust: Trust,
    device: Option<DeviceId>,
    root: Option<Sha>,
    certificate: bool,
    verified: u64,
    settled: Option<u32>,
}

impl Reader {
    fn take(&mut self, entry: &Entry) -> Result<(), Fault> {
        match &entry.body {
            Body::Enrolled { device, .. } => self.device = Some(device.clone()),
            Body::Trust(bundle) => self.accept(bundle)?,
            Body::Order { token, .. } => self.order(token)?,
            Body::Certificate {
                device,
                trust,
                settle,
            } => {
                self.certificate = true;
                self.device = Some(device.clone());
                for bundle in trust {
                    self.accept(bundle)?;
                }
                self.order(settle)?;
            }
            Body::Lost { .. }
            | Body::Boot
            | Body::Refused { .. }
            | Body::Status { .. }
            | Body::Tick { .. }
            | Body::Lease { .. }
            | Body::LeaseEnd { .. }
            | Body::Opening { .. }
            | Body::Claim { .. }
            | Body::Attempt { .. }
            | Body::Code { .. }
            | Body::Ended(_)
            | Body::Silence { .. }
            | Body::Reminded
            | Body::Sent { .. } => {}
        }
        Ok(())
    }

    fn accept(&mut self, bundle: &str) -> Result<(), Fault> {
        self.trust = match self.trust.root() {
            Some(_) => self.trust.accept(bundle),
            None => Trust::provisioned(bundle),
        }
        .map_err(Fault::Signature)?;
        if self.root.is_none() {
            self.root = self.trust.root().map(|root| Sha::from_bytes(&fingerprint(root)));
        }
        self.verified += 1;
        Ok(())
    }

    fn order(&mut self, token: &str) -> Result<(), Fault> {
        let device = self.device.as_ref().ok_or(Fault::Device)?;
        let order = verify_order(token.as_bytes(), &self.trust, device).map_err(Fault::Signature)?;
        if let Order::Settle(settle) = order.claims() {
            self.settled = Some(settle.settled_on.get());
        }
        self.verified += 1;
        Ok(())
    }
}

/// Every line of a journal, oldest first: for the command line, which has room for all of them.
#[must_use]
pub fn lines(entries: &[Entry]) -> Vec<LogLine> {
    let mut all = Vec::new();
    let mut tail = VecDeque::new();
    let mut state = State::new();
    for (record, entry) in (1_u32..).zip(entries) {
        let order = if let Body::Order { token, .. } = &entry.body {
            crate::state::read_order(token)
        } else {
            None
        };
        if tail.len() == MAX_LINES {
            all.extend(tail.pop_front());
        }
        push(
            &mut tail,
            record,
            entry,
            order.as_ref(),
            state.known(entry, order.as_ref()),
        );
        state = apply(state, entry).0;
    }
    all.extend(tail);
    all
}

#[cfg(test)]
mod tests;
