//! Who takes payments. The sandbox's provider is embedded: it believes the button that was pressed.
//!
//! A real provider confirms by a signed webhook; it is another implementation and ends in the same
//! [`crate::payment::book`].

mod elsewhere;
mod signed;

pub(crate) use elsewhere::Elsewhere;
pub(crate) use signed::{Signed, fresh_secret, keep_secret};

use crate::clock::Moment;
use axum::http::HeaderMap;
use latchkey_core::order::values::{Currency, Minor};

/// What the payer's form asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The intent: the same one is the same payment.
    pub intent: &'a str,
    /// The amount that was shown.
    pub minor: Minor,
    /// Which button was pressed.
    pub action: &'a str,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there.
    Paid {
        /// The provider's number of the payment.
        reference: String,
    },
    /// It did not go through; nothing was taken.
    Declined,
}

/// A payment provider.
pub trait PaymentProvider: Send + Sync + std::fmt::Debug {
    /// Its name in the books.
    fn name(&self) -> &'static str;

    /// Whether it only plays: every page says so then, and offers a payment that fails.
    fn plays(&self) -> bool {
        false
    }

    /// Whether the pay page takes payments by its button. Else it says that one pays as the contract says, and the
    /// provider tells when the money is there.
    fn takes(&self) -> bool {
        true
    }

    /// Takes the payment.
    fn take(&self, request: &Request<'_>) -> Outcome;

    /// Reads what the provider tells by itself, if it is really the provider who tells it.
    ///
    /// # Errors
    /// See [`Unheard`].
    fn hear(&self, _headers: &HeaderMap, _body: &[u8], _now: Moment) -> Result<ProviderEvent, Unheard> {
        Err(Unheard::NoWebhooks)
    }
}

/// What a provider tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderEvent {
    /// The provider's id of this message: told twice, it counts once.
    pub message: String,
    /// What happened.
    pub kind: ProviderEventKind,
    /// The provider's number of the payment.
    pub reference: String,
    /// The intent of a pay page, or a contract's number.
    pub about: String,
    /// How much.
    pub minor: Minor,
    /// In which currency.
    pub cur: Currency,
    /// When the money came, if the provider says so.
    pub paid_at: Option<Moment>,
}

/// What happened to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderEventKind {
    /// The money is there.
    Paid,
    /// The lender gave it back.
    Refunded,
    /// The payer's bank took it back.
    ChargedBack,
}

impl ProviderEventKind {
    /// Its word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ProviderEventKind::Paid => "paid",
            ProviderEventKind::Refunded => "refunded",
            ProviderEventKind::ChargedBack => "charged_back",
        }
    }
}

/// Why a message of a provider is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// This provider tells nothing by itself.
    NoWebhooks,
    /// Not signed by the provider, or too long ago.
    NotSigned,
    /// Signed, and not what a provider sends.
    Malformed,
    /// Signed, and about something that is no business of ours.
    NotOurs,
}

/// Plays a provider: *pay* pays, everything else fails.
#[derive(Clone, Copy, Debug)]
pub struct SandboxProvider;

impl PaymentProvider for SandboxProvider {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn plays(&self) -> bool {
        true
    }

    fn take(&self, request: &Request<'_>) -> Outcome {
        if request.action == "pay" {
            Outcome::Paid {
                reference: request.intent.to_owned(),
            }
        } else {
            Outcome::Declined
        }
    }
}
