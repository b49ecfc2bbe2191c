//! What the owner asks of the agent: one of the two words that agent and screen share.
//!
//! Calls are not here on purpose: emergency and hotline go straight to the platform's dialer (OWN-01).

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
}
