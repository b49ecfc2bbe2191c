//! The agreement: JSON bytes, stored and hashed as received, shown before consent and on page *why* (protocol §8).

use crate::order::values::*;
use serde::{Deserialize, Serialize};

/// Longest agreement, bytes.
pub const MAX_BYTES: usize = 16 * 1024;

/// What was agreed. No name of the owner stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Format, 1.
    pub v: u8,
    /// Tenant.
    pub tenant: Tenant,
    /// The lender's contract number.
    pub r#ref: Text<40>,
    /// Day of signing.
    pub signed: Day,
    /// Market id.
    pub market: ProfileId,
    /// Profile id.
    pub profile: ProfileId,
    /// Rhythm of the instalments.
    pub period: Period,
    /// What the loan is for.
    pub purpose: Purpose,
    /// The clause that allows a lock.
    pub clause: Obj<Clause>,
    /// Instalments: number, due day, minor units.
    pub schedule: List<(No, Day, Minor), 1, 120>,
    /// Currency.
    pub cur: Currency,
    /// Offset of the agreement's zone, minutes east of UTC.
    pub utc_offset_min: i16,
    /// Coming clock changes: Unix seconds and the offset from then on.
    pub clock_changes: List<(Secs, i16), 0, 16>,
    /// Kinder values than the market's, as a profile fragment in JSON; later issues read more of it.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub softer: Option<Obj<Softer>>,
    /// SHA-256 of the signed paper.
    pub paper: Sha,
}

/// Kinder values that a contract grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Softer {
    /// More late days than the market asks.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub late_days: Option<u16>,
    /// A lower level than the market allows.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_level: Option<Level>,
}

/// A clause of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its id.
    pub id: Text<16>,
    /// Its text.
    pub text: Text<600>,
}

/// Rhythm of the instalments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Weekly.
    Week,
    /// Monthly.
    Month,
}

/// What the loan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// This very phone.
    OwnDevice,
    /// Anything else.
    Other,
}
