//! A provider that is paid elsewhere: at a bank, a shop, a wallet. It is believed by its signed message alone, and no
//! button of the pay page moves money.

use super::{Outcome, PaymentProvider, Request};

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elsewhere;

impl PaymentProvider for Elsewhere {
    fn name(&self) -> &'static str {
        "provider"
    }

    fn takes(&self) -> bool {
        false
    }

    fn take(&self, _: &Request<'_>) -> Outcome {
        Outcome::Declined
    }
}
