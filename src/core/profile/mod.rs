//! Market profiles: what a market allows, as data with its sources (`assets/markets/*.toml`).
//!
//! A profile is compiled in and names itself by `id`; the phone judges by its own copy, never by what an order says of
//! it. To add a market, write its file, name it in `files`, and the validator test says what is missing (docs/markets.md).
//! An unknown key is refused; an absent one is no rule. `kindest` lays a lender's and a contract's values over a market's,
//! `calendar` counts days and hours, `rule` judges a lock by them.

mod calendar;
mod files;
mod kindest;
mod remind;
mod rule;

pub use calendar::{LocalTime, day_of, start_of_day};
pub use files::{FILES, IDS};
pub use kindest::{HoursLayer, Layer, PermissionLayer};
pub use remind::next_reminder;
pub use rule::{LockCase, check_lock, earliest};

use crate::money::MoneyStyle;
use crate::order::values::{Level, NoticeNo, ProfileId, ProfileVersion};
use crate::snapshot::EmergencyNumber;
use serde::Deserialize;
use toml::value::Datetime;

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($fields)* }
    )*};
}

tables! {
    /// One market.
    Profile {
        /// Id, e.g. `demo`.
        pub id: ProfileId,
        /// Version; in evidence and log.
        pub version: ProfileVersion,
        /// Day on which somebody last compared it with its sources; it lives 18 months from then.
        #[serde(default)]
        pub checked: Option<Date>,
        /// Last day on which it allows anything.
        pub valid_until: Date,
        /// Name for the screen.
        pub name: String,
        /// IANA name of the zone, for readers.
        pub zone: String,
        /// Offset, minutes east of UTC.
        pub utc_offset_min: i16,
        /// Coming clock changes: Unix seconds, offset in minutes from then on.
        #[serde(default)]
        pub clock_changes: Vec<(u64, i16)>,
        /// What is allowed.
        pub permission: Permission,
        /// How late a payment must be.
        #[serde(default)]
        pub wait: Wait,
        /// Notices, in order; `notice_no` of an order is the place here, from 1.
        #[serde(default)]
        pub notice: Vec<NoticeRule>,
        /// When a lock may begin.
        #[serde(default)]
        pub hours: Hours,
        /// Public holidays.
        #[serde(default)]
        pub holiday: Vec<Holiday>,
        /// What the owner gets beyond the protocol's values.
        #[serde(default)]
        pub owner: Owner,
        /// How amounts look.
        pub money: MoneyStyle,
        /// What the market brings to the screen.
        pub screen: Screen,
        /// Where all this is written.
        #[serde(default)]
        pub source: Vec<Source>,
    }
    /// `[permission]`.
    Permission {
        /// Whether a phone may be enrolled.
        pub may_enrol: bool,
        /// Whether a phone may be locked.
        pub may_lock: bool,
        /// On what ground.
        pub rule_status: RuleStatus,
        /// What must stand beside a lock.
        #[serde(default)]
        pub needs: Vec<Need>,
        /// Highest level.
        pub max_level: Level,
        /// Whether lower levels must have come first.
        #[serde(default)]
        pub levels_in_order: bool,
    }
    /// `[[notice]]`.
    NoticeRule {
        /// Name, for `after`.
        pub name: String,
        /// Earliest day past due on which it may be sent.
        #[serde(default)]
        pub not_before_late_day: Option<u16>,
        /// Whole days between its day and the lock's.
        #[serde(default)]
        pub clear_days: Option<u16>,
        /// The same under a weekly agreement, where it differs.
        #[serde(default)]
        pub clear_days_weekly_plan: Option<u16>,
        /// Hours after it.
        #[serde(default)]
        pub hours: Option<u16>,
        /// Distinct channels.
        pub modes: u8,
        /// The notice that must have run out before.
        #[serde(default)]
        pub after: Option<String>,
    }
    /// `[[holiday]]`.
    Holiday {
        /// Day.
        pub date: Date,
        /// Name, for readers.
        pub name: String,
        /// Set by the moon: the days around it close too.
        #[serde(default)]
        pub moves: bool,
    }
    /// One opening time.
    Open {
        /// Days.
        pub days: Days,
        /// First minute of the day.
        pub from: Minute,
        /// The minute after the last.
        pub to: Minute,
    }
    /// `[screen]`.
    Screen {
        /// Locales to offer first.
        pub locales: Vec<String>,
        /// Numbers of the emergency page.
        pub emergency: Vec<EmergencyNumber>,
        /// QR payloads that may be shown beside links: `upi`, `emv`.
        #[serde(default)]
        pub pay: Vec<Rail>,
        /// Where to turn with a complaint.
        #[serde(default)]
        pub help: Vec<Help>,
    }
    /// Who helps.
    Help {
        /// Name.
        pub name: String,
        /// Number; "" = none found.
        #[serde(default)]
        pub number: String,
        /// Address; "" = none found.
        #[serde(default)]
        pub url: String,
    }
    /// `[[source]]`.
    Source {
        /// Tables it speaks for.
        pub r#for: Vec<String>,
        /// Title.
        pub title: String,
        /// Its date, where the whole of it is known.
        #[serde(default)]
        pub date: Option<Date>,
        /// `V` the text was read, `R` it is reported.
        pub read: String,
    }
}

/// `[wait]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wait {
    /// Whole days past due, each ended.
    pub late_days: u16,
    /// The same under a weekly agreement, where it differs.
    pub late_days_weekly_plan: Option<u16>,
    /// Business days past due.
    pub business_days_late: Option<u16>,
    /// Business days after each notice.
    pub business_days_after_notice: Option<u16>,
}

/// `[hours]`: the law's hours. House hours stand in `rule` and intersect unless `house` is false.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Opening times; none = no rule.
    pub open: Vec<Open>,
    /// Whether holidays are open.
    pub on_holidays: bool,
    /// Rest days.
    pub rest: Vec<Weekday>,
    /// Last day the list of holidays knows; every later day counts as one.
    pub holidays_until: Option<Date>,
    /// Whether the house hours bind too.
    pub house: bool,
}

impl Default for Hours {
    fn default() -> Self {
        Hours {
            open: Vec::new(),
            on_holidays: false,
            rest: Vec::new(),
            holidays_until: None,
            house: true,
        }
    }
}

/// `[owner]`; absent = the protocol's value. A profile may only be kinder.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Owner {
    /// Minutes after payment within which the lender must release.
    pub restore_within_min: u16,
    /// What a late release costs the lender, minor units an hour.
    pub compensation_minor_per_hour: u64,
    /// Hours of the emergency opening.
    pub opening_hours: u16,
    /// Emergency openings a lock.
    pub openings_per_lock: u8,
    /// Minutes of the "I have paid" clock.
    pub paid_claim_min: u16,
    /// Hours of the provisional opening.
    pub provisional_hours: u16,
    /// A dispute lowers the level to this at most.
    pub dispute_lowers_to: u8,
    /// Days within which a dispute must be answered.
    pub dispute_answer_days: u16,
    /// Contacts a day.
    pub contacts_per_day: Option<u8>,
    /// Channels a week.
    pub modes_per_week: Option<u8>,
}

impl Owner {
    /// From "I have paid" to the provisional opening, milliseconds (OWN-08).
    #[must_use]
    pub fn claim_ms(&self) -> u64 {
        u64::from(self.paid_claim_min) * 60_000
    }

    /// The provisional opening, milliseconds (OWN-08).
    #[must_use]
    pub fn provisional_ms(&self) -> u64 {
        u64::from(self.provisional_hours) * 3_600_000
    }

    /// An emergency opening, milliseconds (OWN-16).
    #[must_use]
    pub fn opening_ms(&self) -> u64 {
        u64::from(self.opening_hours) * 3_600_000
    }
}

impl Default for Owner {
    fn default() -> Self {
        Owner {
            restore_within_min: 60,
            compensation_minor_per_hour: 0,
            opening_hours: 24,
            openings_per_lock: 1,
            paid_claim_min: 60,
            provisional_hours: 24,
            dispute_lowers_to: 2,
            dispute_answer_days: 14,
            contacts_per_day: None,
            modes_per_week: None,
        }
    }
}

/// What a permission rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleStatus {
    /// A rule in force.
    InForce,
    /// A draft.
    Draft,
    /// The law says nothing.
    Silent,
    /// Forbidden.
    Forbidden,
    /// Not known.
    Unknown,
    /// Not a market: accepted under a sandbox root alone.
    Demo,
}

/// What must stand beside a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A clause of the agreement.
    ContractClause,
    /// A loan for this very phone.
    OwnDeviceLoan,
    /// The regulator's approval, in the lock's `refs`.
    ApprovalRef,
    /// A court's order, in the lock's `refs`.
    CourtOrderRef,
}

/// QR payloads beside links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rail {
    /// `upi://pay?…`.
    Upi,
    /// EMV merchant-presented TLV.
    Emv,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    const WEEK: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];

    fn parse(text: &str) -> Option<Weekday> {
        const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        NAMES.iter().position(|n| *n == text).map(|n| Self::WEEK[n])
    }

    /// The weekday of a day since 1970-01-01, which was a Thursday.
    #[must_use]
    pub fn of(day: i64) -> Weekday {
        let n = (day + 3).rem_euclid(7);
        Self::WEEK[usize::try_from(n).unwrap_or(0)]
    }
}

/// A date of a profile, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "Datetime")]
pub struct Date(pub i64);

impl TryFrom<Datetime> for Date {
    type Error = &'static str;
    fn try_from(written: Datetime) -> Result<Self, Self::Error> {
        match written {
            Datetime {
                date: Some(d),
                time: None,
                offset: None,
            } => Ok(Date(calendar::day_number(d.year.into(), d.month, d.day))),
            _ => Err("a date without a time"),
        }
    }
}

/// A minute of the day, `HH:MM`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Minute(pub i64);

impl TryFrom<String> for Minute {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let two = |s: &str| (s.len() == 2).then(|| s.parse::<u8>().ok()).flatten();
        let (hours, minutes) = text.split_once(':').ok_or("a time is HH:MM")?;
        match (two(hours), two(minutes)) {
            (Some(h), Some(m)) if h < 24 && m < 60 || h == 24 && m == 0 => {
                Ok(Minute(i64::from(h) * 60 + i64::from(m)))
            }
            _ => Err("a time is HH:MM, at most 24:00"),
        }
    }
}

/// Days of the week: `mon-fri`, or one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Days(Weekday, Weekday);

impl Days {
    /// Whether a day is among them.
    #[must_use]
    pub fn hold(self, day: Weekday) -> bool {
        (self.0..=self.1).contains(&day)
    }

    /// The days that are in both.
    fn and(self, other: Days) -> Option<Days> {
        let (first, last) = (self.0.max(other.0), self.1.min(other.1));
        (first <= last).then_some(Days(first, last))
    }
}

impl TryFrom<String> for Days {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (first, last) = text.split_once('-').unwrap_or((&text, &text));
        match (Weekday::parse(first), Weekday::parse(last)) {
            (Some(a), Some(b)) if a <= b => Ok(Days(a, b)),
            _ => Err("days are like mon-fri, in the order of the week"),
        }
    }
}

impl Profile {
    /// Reads a file.
    ///
    /// # Errors
    /// The first key or value that is not of the format, with its line.
    pub fn parse(text: &str) -> Result<Profile, toml::de::Error> {
        toml::from_str(text)
    }

    /// Days past due that must have ended, by the agreement's rhythm and its kinder value.
    #[must_use]
    pub fn late_days(&self, agreement: &crate::agreement::Agreement) -> u16 {
        use crate::agreement::Period;
        let market = match (agreement.period, self.wait.late_days_weekly_plan) {
            (Period::Week, Some(days)) => days,
            (Period::Week, None) | (Period::Month, Some(_) | None) => self.wait.late_days,
        };
        let softer = agreement.softer.as_ref().and_then(|s| s.late_days);
        market.max(softer.unwrap_or(0))
    }

    /// Highest level, by the market and the agreement's kinder value.
    #[must_use]
    pub fn max_level(&self, agreement: &crate::agreement::Agreement) -> Level {
        let softer = agreement.softer.as_ref().and_then(|s| s.max_level);
        softer.map_or(self.permission.max_level, |level| {
            level.min(self.permission.max_level)
        })
    }

    /// ISO 3166 code of its country, where the id is one (`lk`, `us-nj`).
    #[must_use]
    pub fn country(&self) -> Option<String> {
        let head = self.id.as_str().split('-').next().unwrap_or("");
        match head {
            // `uk` is what its people write; the standard has another code for it.
            "uk" => Some("GB".to_owned()),
            two if two.len() == 2 => Some(two.to_ascii_uppercase()),
            _ => None,
        }
    }

    /// The rule of a notice by its number in orders.
    #[must_use]
    pub fn notice_rule(&self, no: NoticeNo) -> Option<&NoticeRule> {
        self.notice.get(usize::from(no.get()) - 1)
    }
}

impl NoticeRule {
    /// Whole days between its day and the lock's, by the agreement's rhythm.
    #[must_use]
    pub fn clear_days(&self, agreement: &crate::agreement::Agreement) -> Option<u16> {
        use crate::agreement::Period;
        match agreement.period {
            Period::Week => self.clear_days_weekly_plan.or(self.clear_days),
            Period::Month => self.clear_days,
        }
    }
}

#[cfg(test)]
mod tests;
