//! The vectors of `tests/vectors`, as they are embedded here: the judge of this kit keeps them, and what a server can be
//! asked about it is asked.

#[path = "../../../../tests/conformance/format.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with latchkey-tests: nobody uses all of it"
)]
mod format;
#[path = "../../../../tests/conformance/run.rs"]
#[allow(unreachable_pub, reason = "shared with latchkey-tests")]
mod run;

use super::{Checked, Report, ensure, status};
use crate::cli::wire::phone::Phone;
use format::{FORMAT, File, Step};
use latchkey_core::order::values::Sha;
use latchkey_core::wire::{Receipt, Receipts};
use std::collections::BTreeSet;

const FILES: [(&str, &str, &str); 7] = [
    (
        "vectors.envelope",
        "envelope.json",
        include_str!("../../../../tests/vectors/envelope.json"),
    ),
    (
        "vectors.keys",
        "keys.json",
        include_str!("../../../../tests/vectors/keys.json"),
    ),
    (
        "vectors.time",
        "time.json",
        include_str!("../../../../tests/vectors/time.json"),
    ),
    (
        "vectors.orders",
        "orders.json",
        include_str!("../../../../tests/vectors/orders.json"),
    ),
    (
        "vectors.market",
        "market.json",
        include_str!("../../../../tests/vectors/market.json"),
    ),
    (
        "vectors.owner",
        "owner.json",
        include_str!("../../../../tests/vectors/owner.json"),
    ),
    (
        "vectors.relief",
        "relief.json",
        include_str!("../../../../tests/vectors/relief.json"),
    ),
];

/// Receipts in one request.
const MOST: usize = 64;

fn read(name: &str, text: &str) -> Result<File, String> {
    let file: File = serde_json::from_str(text).map_err(|e| format!("{name}: {e}"))?;
    if file.format == FORMAT {
        Ok(file)
    } else {
        Err(format!("{name} is of another format"))
    }
}

/// The judge that this kit's phones use comes out as every vector says.
pub(super) fn run(report: &mut Report) {
    for (check, name, text) in FILES {
        let held = read(name, text).and_then(|file| run::run(&file));
        report.note(check, held.map_err(Into::into));
    }
}

/// Every code that a phone may answer an order with.
fn codes() -> Result<BTreeSet<String>, String> {
    let mut codes = BTreeSet::new();
    for (_, name, text) in FILES {
        let file = read(name, text)?;
        for step in file
            .starts
            .values()
            .flatten()
            .chain(file.cases.iter().flat_map(|case| &case.steps))
        {
            match step {
                Step::Order(delivered) => {
                    codes.insert(delivered.expect.outcome.clone());
                }
                Step::CheckIn { orders, .. } => {
                    codes.extend(orders.iter().map(|order| order.expect.outcome.clone()));
                }
                Step::Enrol { .. }
                | Step::Lost { .. }
                | Step::Trust(_)
                | Step::Time { .. }
                | Step::Command { .. }
                | Step::Type { .. }
                | Step::Silence { .. }
                | Step::Wait { .. }
                | Step::Boot { .. }
                | Step::Restart { .. } => {}
            }
        }
    }
    Ok(codes)
}

/// The server takes a receipt with every code that the vectors name.
pub(super) async fn receipts(phone: &Phone, report: &mut Report) {
    let check = async {
        let seq = phone.state.cursor().ok_or("the phone has taken no order")?.seq;
        let number = |n: u64| n.try_into().map_err(|_| "no number".to_owned());
        let all = codes()?;
        ensure(!all.is_empty(), || "the vectors name no code".to_owned())?;
        for codes in all.into_iter().collect::<Vec<_>>().chunks(MOST) {
            let receipts = codes.iter().map(|code| {
                Ok(Receipt {
                    seq,
                    // Of no order: nothing that was told before changes.
                    sha256: Sha::from_bytes(&[0; 32]),
                    code: code.clone(),
                    retry_after_s: None,
                    lock_id: number(0)?,
                    mode: "free".to_owned(),
                })
            });
            let body = Receipts {
                receipts: receipts.collect::<Result<_, String>>()?,
            };
            let told = phone
                .server
                .send(&phone.posting("/v1/device/receipts", &body)?)
                .await?;
            status(&told, 204)?;
        }
        Checked::Ok(())
    };
    report.note("vectors.every-code-in-a-receipt", check.await);
}
