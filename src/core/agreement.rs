//! The agreement: JSON bytes, stored and hashed as received, shown before consent and on page *why* (protocol §8).

use crate::order::values::*;
use serde::{Deserialize, Serialize};

use crate::envelope;
use crate::refusal::{Code, Refusal};

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
    /// Kinder values than the market's, as a profile's fields in JSON.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub softer: Option<Obj<Softer>>,
    /// SHA-256 of the signed paper.
    pub paper: Sha,
}

impl Agreement {
    /// Reads the bytes as received.
    ///
    /// # Errors
    /// `p_agreement`: too long, not this object, another format, or a number twice in the schedule.
    pub fn parse(bytes: &[u8]) -> Result<Agreement, Refusal> {
        let refused = Refusal::new(Code::PAgreement);
        if bytes.len() > MAX_BYTES {
            return Err(refused);
        }
        let agreement: Obj<Agreement> = serde_json::from_slice(bytes).map_err(|_| refused)?;
        let agreement = agreement.0;
        let rows = &agreement.schedule;
        let repeated = (0..rows.len()).any(|n| rows[..n].iter().any(|row| row.0 == rows[n].0));
        let changes = &agreement.clock_changes;
        let offsets = std::iter::once(agreement.utc_offset_min).chain(changes.iter().map(|c| c.1));
        let near = offsets.into_iter().all(|minutes| minutes.abs() <= MAX_OFFSET_MIN);
        let ordered = changes.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if agreement.v != 1 || repeated || !near || !ordered {
            return Err(refused);
        }
        Ok(agreement)
    }

    /// Due day and minor units of an instalment of the schedule.
    #[must_use]
    pub fn instalment(&self, no: No) -> Option<(Day, Minor)> {
        self.schedule
            .iter()
            .find(|row| row.0 == no)
            .map(|row| (row.1, row.2))
    }
}

/// Largest offset from UTC that any zone on earth has, minutes.
const MAX_OFFSET_MIN: i16 = 14 * 60;

/// SHA-256 of the agreement's bytes, as lock orders name it.
#[must_use]
pub fn sha(bytes: &[u8]) -> Sha {
    Sha::from_bytes(&envelope::sha256(bytes))
}

macro_rules! softer {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        /// Kinder values that a contract grants, by the names that a profile has for them; a harder one changes nothing.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Softer {
            $($(#[$doc])*
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            pub $name: Option<$kind>,)*
        }
    };
}

softer! {
    /// More late days than the market asks, in every rhythm.
    late_days: u16,
    /// A lower level than the market allows.
    max_level: Level,
    /// Lower levels come first.
    levels_in_order: bool,
    /// Fewer minutes until the lender must release.
    restore_within_min: u16,
    /// More for a late release, minor units an hour.
    compensation_minor_per_hour: u64,
    /// More hours of the emergency opening.
    opening_hours: u16,
    /// More emergency openings a lock.
    openings_per_lock: u8,
    /// Fewer minutes of the "I have paid" clock.
    paid_claim_min: u16,
    /// More hours of the provisional opening.
    provisional_hours: u16,
    /// A lower level under a dispute.
    dispute_lowers_to: u8,
    /// Fewer days until a dispute is answered.
    dispute_answer_days: u16,
    /// Fewer contacts a day.
    contacts_per_day: u8,
    /// Fewer channels a week.
    modes_per_week: u8,
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
#[serde(rename_all = "lowercase", remote = "Self")]
pub enum Period {
    /// Weekly.
    Week,
    /// Monthly.
    Month,
}

/// What the loan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Purpose {
    /// This very phone.
    OwnDevice,
    /// Anything else.
    Other,
}

string_only!(Period);
string_only!(Purpose);
