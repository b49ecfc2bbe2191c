//! How long the lender has been silent, as far as it counts (protocol §5 *Silence*, OWN-10): boot time between tries that
//! failed although the platform's network worked. What is less than an hour waits in memory; whole hours are stored.

/// Most that one failed try counts, milliseconds.
const MOST_MS: u64 = 6 * HOUR_MS;
const HOUR_MS: u64 = 3_600_000;

/// Counts silence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silence {
    /// Boot milliseconds up to which everything is counted.
    since_ms: u64,
    /// Counted and not stored yet.
    waits_ms: u64,
}

impl Silence {
    /// From now on.
    pub(crate) fn new(now_ms: u64) -> Silence {
        Silence {
            since_ms: now_ms,
            waits_ms: 0,
        }
    }

    /// A word of the lender came: a valid status under keys in force.
    pub(crate) fn word(&mut self, now_ms: u64) {
        *self = Silence::new(now_ms);
    }

    /// A try brought no word. `works`: whether the platform's network did. Returns the hours to store now, if any.
    pub(crate) fn failed(&mut self, works: bool, now_ms: u64) -> Option<u8> {
        let passed_ms = now_ms.saturating_sub(self.since_ms).min(MOST_MS);
        self.since_ms = now_ms;
        if works {
            self.waits_ms = self.waits_ms.saturating_add(passed_ms);
        }
        let hours = u8::try_from((self.waits_ms / HOUR_MS).min(6)).unwrap_or(6);
        (hours > 0).then_some(hours)
    }

    /// Those hours are stored.
    pub(crate) fn stored(&mut self, hours: u8) {
        self.waits_ms = self.waits_ms.saturating_sub(u64::from(hours) * HOUR_MS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OWN-10: time counts only between tries that failed on a working network, six hours a try at most.
    #[test]
    fn only_time_with_network_counts() {
        let mut silence = Silence::new(0);
        assert_eq!(silence.failed(true, HOUR_MS - 1), None);
        assert_eq!(silence.failed(true, HOUR_MS), Some(1));
        silence.stored(1);
        assert_eq!(silence.failed(false, 100 * HOUR_MS), None, "no network");
        assert_eq!(silence.failed(true, 101 * HOUR_MS), Some(1));
        assert_eq!(
            silence.failed(true, 102 * HOUR_MS),
            Some(2),
            "it could not be stored"
        );
        silence.stored(2);
        assert_eq!(silence.failed(true, 200 * HOUR_MS), Some(6), "a phone that slept");
        silence.word(201 * HOUR_MS);
        assert_eq!(silence.failed(true, 201 * HOUR_MS + 1), None);
    }
}
