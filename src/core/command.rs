//! What the owner asks of the agent: one of the two words that agent and screen share.
//!
//! Calls are not here on purpose: emergency and hotline go straight to the platform's dialer (OWN-01).

use crate::code::Typed;
use serde::{Deserialize, Serialize};

/// A wish of the owner. The agent adds a fresh random id where one is needed, and hands it to `state::judge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// "I agree": enrol this phone under the agreement that was shown.
    Consent,
    /// Ask the lender now instead of waiting for the interval.
    CheckIn,
    /// "I have paid" (OWN-08).
    Paid,
    /// Start, or go on with, the 10 minutes for photos (OWN-07).
    StartBackup,
    /// End the backup before its time; what is left stays.
    StopBackup,
    /// The owner has seen the page *released* or *settled*.
    Seen,
    /// "This is a mistake": lowers the level at once, also without network (OWN-12).
    Dispute(Mistake),
    /// "I cannot pay now" (OWN-12).
    Hardship(Hardship),
    /// "I want to give the phone back".
    Return,
    /// Start the emergency opening of this lock (OWN-16).
    StartOpening,
    /// The owner typed a spoken code.
    TypeCode(Typed),
    /// The reminder page was left: "Go to my phone".
    Leave,
}

/// What is a mistake, as the owner chose on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    /// It is paid.
    AlreadyPaid,
    /// Another plan was agreed.
    NewPlan,
    /// This is not my loan.
    NotMyLoan,
    /// Nobody told me.
    NotTold,
}

impl Mistake {
    /// Every choice, in the page's order.
    pub const ALL: [Mistake; 4] = [
        Mistake::AlreadyPaid,
        Mistake::NewPlan,
        Mistake::NotMyLoan,
        Mistake::NotTold,
    ];

    /// The word in the claim's `choice`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Mistake::AlreadyPaid => "already_paid",
            Mistake::NewPlan => "new_plan",
            Mistake::NotMyLoan => "not_my_loan",
            Mistake::NotTold => "not_told",
        }
    }
}

/// What would help, as the owner chose on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hardship {
    /// Smaller amounts.
    PayLess,
    /// A later day.
    PayLater,
}

impl Hardship {
    /// Every choice, in the page's order.
    pub const ALL: [Hardship; 2] = [Hardship::PayLess, Hardship::PayLater];

    /// The word in the claim's `choice`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Hardship::PayLess => "pay_less",
            Hardship::PayLater => "pay_later",
        }
    }
}
