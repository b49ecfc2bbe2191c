//! Any provider, and what it tells by itself: signed by Standard Webhooks (`v1`), in one form.
//!
//! ```json
//! {"type": "payment.paid", "data": {"reference": "p-1", "about": "SANDBOX-1", "minor": 325000, "cur": "LKR"}}
//! ```
//! `about` is the intent of a pay page, or the contract's number; `paid_at`, if it is told, when the money came (Unix
//! seconds). A provider with another form has another implementation.

use super::{Outcome, PaymentProvider, ProviderEvent, ProviderEventKind, Request, Unheard};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::files;
use crate::webhooks::standard::{Secret, verified};
use axum::http::HeaderMap;
use latchkey_core::order::values::{Currency, Minor, Secs};
use serde::{Deserialize, Serialize};
use std::path::Path;
use zeroize::{Zeroize as _, Zeroizing};

/// The secrets as they stand in `provider.json`; several while one is replaced.
#[derive(Serialize, Deserialize)]
struct Stored {
    secrets: Vec<String>,
}

impl Drop for Stored {
    fn drop(&mut self) {
        self.secrets.zeroize();
    }
}

/// A provider whose webhooks are believed.
#[derive(Debug)]
pub(crate) struct Signed<P> {
    provider: P,
    secrets: Vec<Secret>,
}

impl<P: PaymentProvider> Signed<P> {
    /// Opens `provider.json`, or makes it with a fresh secret.
    pub(crate) fn open(folder: &Path, provider: P) -> Result<Signed<P>, LenderError> {
        let path = folder.join("provider.json");
        let stored = match files::read(&path)?.map(Zeroizing::new) {
            Some(text) => serde_json::from_str(&text).map_err(|_| LenderError::Damaged("provider.json"))?,
            None => {
                let fresh = Stored {
                    secrets: vec![Secret::fresh()?.as_text()],
                };
                files::replace(&path, &Zeroizing::new(serde_json::to_string_pretty(&fresh)?))?;
                fresh
            }
        };
        let secrets = stored.secrets.iter().map(|text| Secret::from_text(text));
        let secrets = secrets.collect::<Option<Vec<_>>>();
        if stored.secrets.is_empty() {
            return Err(LenderError::ProviderSecret);
        }
        Ok(Signed {
            provider,
            secrets: secrets.ok_or(LenderError::Damaged("provider.json"))?,
        })
    }
}

/// Writes `provider.json` with a fresh secret, to be set at the provider.
///
/// # Errors
/// It cannot be written.
pub(crate) fn fresh_secret(folder: &Path) -> Result<(), LenderError> {
    keep_secret(folder, &Secret::fresh()?.as_text())
}

/// Writes `provider.json` with one secret, as the provider gave it.
///
/// # Errors
/// `provider_secret`: it is none.
pub(crate) fn keep_secret(folder: &Path, secret: &str) -> Result<(), LenderError> {
    let read = Secret::from_text(secret).ok_or(LenderError::ProviderSecret)?;
    let kept = Stored {
        secrets: vec![read.as_text()],
    };
    let text = Zeroizing::new(serde_json::to_string_pretty(&kept)?);
    files::replace(&folder.join("provider.json"), &text)
}

#[derive(Deserialize)]
struct Body {
    r#type: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    reference: String,
    #[serde(default)]
    about: String,
    minor: Minor,
    cur: Currency,
    #[serde(default)]
    paid_at: Option<Secs>,
}

impl<P: PaymentProvider> PaymentProvider for Signed<P> {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    fn plays(&self) -> bool {
        self.provider.plays()
    }

    fn takes(&self) -> bool {
        self.provider.takes()
    }

    fn take(&self, request: &Request<'_>) -> Outcome {
        self.provider.take(request)
    }

    fn hear(&self, headers: &HeaderMap, body: &[u8], now: Moment) -> Result<ProviderEvent, Unheard> {
        let message = verified(&self.secrets, headers, body, now).ok_or(Unheard::NotSigned)?;
        let told: Body = serde_json::from_slice(body).map_err(|_| Unheard::Malformed)?;
        let kind = match told.r#type.as_str() {
            "payment.paid" => ProviderEventKind::Paid,
            "payment.refunded" => ProviderEventKind::Refunded,
            "payment.charged_back" => ProviderEventKind::ChargedBack,
            _ => return Err(Unheard::NotOurs),
        };
        let fits = |text: &str| text.len() <= 128 && !text.chars().any(char::is_control);
        let Data {
            reference,
            about,
            minor,
            cur,
            paid_at,
        } = told.data;
        if reference.is_empty() || !fits(&reference) || !fits(&about) || minor.get() == 0 {
            return Err(Unheard::Malformed);
        }
        Ok(ProviderEvent {
            message,
            kind,
            reference,
            about,
            minor,
            cur,
            paid_at: paid_at.map(Moment::from_secs).filter(|at| *at <= now),
        })
    }
}
