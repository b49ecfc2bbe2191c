//! The lender's clock. Milliseconds in the store, seconds in tokens; converted here and nowhere else.

use crate::error::LenderError;
use latchkey_core::order::values::{Day, Secs};
use std::sync::Arc;

/// Seconds of a day.
pub const DAY_S: u64 = 86_400;
/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// A clock that can be replaced in tests: Unix milliseconds.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Default for Clock {
    fn default() -> Self {
        Clock::system()
    }
}

impl Clock {
    /// The machine's wall clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the lender's one clock port")]
    pub fn system() -> Clock {
        Clock::new(|| {
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
        })
    }

    /// A clock of one's own, in Unix milliseconds.
    #[must_use]
    pub fn new(now_ms: impl Fn() -> u64 + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now_ms))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment(i64::try_from(self.0()).unwrap_or(i64::MAX))
    }
}

/// A point in time, Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    /// From stored milliseconds.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Moment {
        Moment(ms)
    }
    /// From a token's seconds.
    #[must_use]
    pub fn from_secs(secs: Secs) -> Moment {
        Moment(i64::try_from(secs.get()).unwrap_or(0) * 1000)
    }
    /// The first moment of a day in UTC.
    #[must_use]
    pub fn of_day(day: Day) -> Moment {
        Moment(i64::from(day.get()) * DAY_MS)
    }
    /// For the store.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }
    /// Whole Unix seconds.
    #[must_use]
    pub fn unix_s(self) -> u64 {
        u64::try_from(self.0 / 1000).unwrap_or(0)
    }
    /// For a token.
    ///
    /// # Errors
    /// Outside 2020 to 2099.
    pub fn secs(self) -> Result<Secs, LenderError> {
        Ok(Secs::try_from(self.unix_s())?)
    }
    /// The day in a zone, minutes east of UTC.
    ///
    /// # Errors
    /// Outside 2020 to 2099.
    pub fn day(self, utc_offset_min: i16) -> Result<Day, LenderError> {
        let local = self.0.div_euclid(1000) + i64::from(utc_offset_min) * 60;
        Ok(Day::try_from(
            u64::try_from(local.div_euclid(86_400)).unwrap_or(0),
        )?)
    }
    /// Later (or earlier) by so many seconds.
    #[must_use]
    pub fn plus_s(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}
