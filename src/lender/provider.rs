//! Who takes payments. The sandbox's provider is embedded: it believes the button that was pressed.
//!
//! A real provider confirms by a signed webhook; it is another implementation and ends in the same
//! [`crate::payment::book`].

use latchkey_core::order::values::Minor;

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

    /// Takes the payment.
    fn take(&self, request: &Request<'_>) -> Outcome;
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
