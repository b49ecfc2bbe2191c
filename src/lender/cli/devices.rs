//! Phones and their agreements, by hand.

use super::out::{Out, line};
use clap::Subcommand;
use latchkey_core::order::values::DeviceId;
use latchkey_lender::LenderError;
use latchkey_lender::agreements::{Agreements, Shown};
use latchkey_lender::desk;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Device {
    /// Show every phone, oldest first.
    List,
    /// Show what is known of a phone.
    Show {
        /// The phone.
        #[arg(value_parser = device)]
        device: DeviceId,
    },
    /// Make a fresh enrolment code for a phone. It is shown this once.
    Code {
        /// The phone.
        #[arg(value_parser = device)]
        device: DeviceId,
    },
}

#[derive(Subcommand)]
pub(crate) enum Agreement {
    /// Show every agreement and its phone, oldest first.
    List,
    /// Show the agreement of a phone.
    Show {
        /// The phone.
        #[arg(value_parser = device)]
        device: DeviceId,
    },
    /// Add an agreement by its exact bytes, with a phone and an enrolment code. Many at once: `import`.
    Add {
        /// The agreement as JSON (protocol, chapter 8).
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// A phone's id on the command line.
pub(crate) fn device(text: &str) -> Result<DeviceId, String> {
    DeviceId::try_from(text).map_err(|why| format!("{why}; `device list` shows them"))
}

pub(crate) async fn devices(out: Out, store: &Agreements, device: Device) -> Result<(), LenderError> {
    match device {
        Device::List => list(out, store).await,
        Device::Show { device } => {
            let shown = store.show(&device).await?;
            let cells: Vec<(&str, Value)> = vec![
                ("device", json!(shown.device.as_str())),
                ("contract", json!(shown.contract)),
                ("settled", json!(shown.settled)),
                ("mode", json!(shown.mode)),
                ("seen", json!(shown.seen_s.map(desk::utc))),
                ("released through", json!(shown.released_through)),
                ("newest order", json!(shown.head)),
            ];
            if out.json {
                let named = cells
                    .into_iter()
                    .map(|(name, value)| (name.replace(' ', "_"), value));
                line(&Value::Object(named.collect()).to_string());
            } else {
                out.table(
                    ["what", "value"],
                    cells
                        .into_iter()
                        .map(|(name, value)| [json!(name), value])
                        .collect(),
                );
            }
            Ok(())
        }
        Device::Code { device } => {
            let code = store.code(&device).await?;
            out.told(&code, &json!({"device": device.as_str(), "enrol_code": code}));
            Ok(())
        }
    }
}

pub(crate) async fn agreements(
    out: Out,
    store: &Agreements,
    agreement: Agreement,
) -> Result<(), LenderError> {
    match agreement {
        Agreement::List => list(out, store).await,
        Agreement::Show { device } => {
            show(out, &store.show(&device).await?);
            Ok(())
        }
        Agreement::Add { file } => {
            let made = store.add(&file).await?;
            let code = made.enrol_code.unwrap_or_default();
            let told = format!(
                "Phone {} of {} enrols with {code}, shown once.",
                made.device, made.contract
            );
            let value =
                json!({"device": made.device.as_str(), "contract": made.contract, "enrol_code": code});
            out.told(&told, &value);
            Ok(())
        }
    }
}

async fn list(out: Out, store: &Agreements) -> Result<(), LenderError> {
    let rows = store.list().await?.into_iter();
    let rows = rows.map(|row| {
        [
            json!(row.device.as_str()),
            json!(row.contract),
            json!(desk::utc(row.created_s)),
        ]
    });
    out.table(["device", "contract", "since"], rows.collect());
    Ok(())
}

fn show(out: Out, shown: &Shown) {
    let agreement = &shown.agreement;
    if out.json {
        let told = json!({"device": shown.device.as_str(), "sha256": shown.sha256, "agreement": agreement});
        line(&told.to_string());
        return;
    }
    line(&format!(
        "Contract {} of {}, signed {}",
        shown.contract,
        shown.device,
        desk::date(agreement.signed)
    ));
    line(&format!(
        "Market {}, clause {}: {}",
        agreement.market,
        agreement.clause.id.as_str(),
        agreement.clause.text.as_str()
    ));
    line(&format!(
        "Amounts in minor units of {}; SHA-256 {}",
        agreement.cur, shown.sha256
    ));
    let rows = agreement.schedule.iter();
    let rows = rows.map(|(no, due, minor)| [json!(no.get()), json!(desk::date(*due)), json!(minor.get())]);
    out.table(["no", "due", "minor"], rows.collect());
}
