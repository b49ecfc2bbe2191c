//! When to ask next (protocol §5), as a pure function.

/// Seconds of the longest long-poll.
pub const LONG_POLL_S: u32 = 55;
/// Shortest interval between two questions that brought nothing new, seconds.
pub const SHORTEST_S: u32 = 5;
/// After the screen went off or the claim ended, the phone keeps long-polling for this many milliseconds.
pub const LINGER_MS: u64 = 15 * 60 * 1000;

const QUARTER_S: u32 = 15 * 60;
const SIX_HOURS_S: u32 = 6 * 3600;
/// Longest pause after a failure while a claim runs: 60 s and a fifth.
const LONGEST_CLAIM_S: u32 = 72;

/// The state, as far as asking depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing is known, or not enrolled.
    Unknown,
    /// A lock is held, open or not.
    Locked,
    /// Nothing to enforce.
    Free,
}

/// How the last question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// None was asked in this process.
    None,
    /// Answered.
    Answered {
        /// The server has more to say.
        more: bool,
        /// It brought something new, or the server held it for a while.
        worth: bool,
        /// Seconds until the next check-in at the latest, as the status says.
        poll_s: Option<u32>,
    },
    /// Failed this many times in a row.
    Failed {
        /// 1 or more.
        times: u32,
        /// The server's `Retry-After`.
        retry_after_s: Option<u32>,
    },
}

/// What the next question depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The state.
    pub need: Need,
    /// "I have paid" is running.
    pub claim: bool,
    /// The screen is on, a claim runs, or either was so within [`LINGER_MS`].
    pub near: bool,
    /// How the last question ended.
    pub last: Last,
}

/// The next question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Milliseconds from the end of the last one.
    pub after_ms: u64,
    /// How long the server may wait for news, seconds.
    pub wait_s: u32,
}

/// When to ask next. `jitter` is a spread from -20 to 20 percent.
#[must_use]
pub fn next_check_in(pace: Pace, jitter: i8) -> Next {
    let (after_ms, wait_s) = match pace.last {
        // The first answer of a process is wanted at once: it brings the time.
        Last::None => (0, 0),
        Last::Failed { times, retry_after_s } => {
            let back_off = back_off_ms(times, pace.claim, jitter);
            // A server may slow questions down, but never further than this phone would slow down by itself.
            let most = if pace.claim { LONGEST_CLAIM_S } else { QUARTER_S };
            let asked = u64::from(retry_after_s.unwrap_or(0).min(most)) * 1000;
            (back_off.max(asked), 0)
        }
        Last::Answered {
            more: true,
            worth: true,
            ..
        } => (0, 0),
        Last::Answered { worth, poll_s, .. } => {
            let hint = poll_s.map(|s| s.max(SHORTEST_S));
            if pace.near {
                // A server that never waits must not be asked in a circle.
                let pause = if worth { 0 } else { SHORTEST_S };
                (u64::from(pause) * 1000, LONG_POLL_S)
            } else {
                let own = match pace.need {
                    Need::Unknown | Need::Locked => u64::from(QUARTER_S) * 1000,
                    Need::Free => spread(u64::from(SIX_HOURS_S) * 1000, jitter),
                };
                (hint.map_or(own, |h| own.min(u64::from(h) * 1000)), 0)
            }
        }
    };
    Next { after_ms, wait_s }
}

/// 5, 10, 20, 40, 60 s; then 60 s while a claim runs, else doubling up to 15 min; spread from the sixth on.
fn back_off_ms(times: u32, claim: bool, jitter: i8) -> u64 {
    let seconds = match times {
        0 | 1 => return 5_000,
        2 => return 10_000,
        3 => return 20_000,
        4 => return 40_000,
        5 => return 60_000,
        _ if claim => 60,
        n => (60_u64 << (n - 5).min(4)).min(u64::from(QUARTER_S)),
    };
    spread(seconds * 1000, jitter)
}

fn spread(ms: u64, jitter: i8) -> u64 {
    let percent = u64::try_from(100 + i64::from(jitter.clamp(-20, 20))).unwrap_or(100);
    ms * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(times: u32) -> Last {
        Last::Failed {
            times,
            retry_after_s: None,
        }
    }

    fn answered(poll_s: Option<u32>) -> Last {
        Last::Answered {
            more: false,
            worth: true,
            poll_s,
        }
    }

    #[test]
    fn intervals_follow_the_protocols_table() {
        use Need::*;
        type Row = (&'static str, Need, bool, bool, Last, i8, u64, u32);
        let table: &[Row] = &[
            (
                "first of the process",
                Unknown,
                false,
                false,
                Last::None,
                20,
                0,
                0,
            ),
            ("locked, screen on", Locked, false, true, answered(None), 0, 0, 55),
            ("free, screen on", Free, false, true, answered(None), 0, 0, 55),
            (
                "locked, screen off",
                Locked,
                false,
                false,
                answered(None),
                20,
                900_000,
                0,
            ),
            (
                "unknown, screen off",
                Unknown,
                false,
                false,
                answered(None),
                -20,
                900_000,
                0,
            ),
            (
                "free, screen off",
                Free,
                false,
                false,
                answered(None),
                0,
                21_600_000,
                0,
            ),
            (
                "free, spread up",
                Free,
                false,
                false,
                answered(None),
                20,
                25_920_000,
                0,
            ),
            (
                "free, spread down",
                Free,
                false,
                false,
                answered(None),
                -20,
                17_280_000,
                0,
            ),
            (
                "server shortens",
                Free,
                false,
                false,
                answered(Some(60)),
                0,
                60_000,
                0,
            ),
            (
                "server cannot lengthen",
                Locked,
                false,
                false,
                answered(Some(86_400)),
                0,
                900_000,
                0,
            ),
            (
                "server cannot hurry below 5 s",
                Free,
                false,
                false,
                answered(Some(1)),
                0,
                5_000,
                0,
            ),
            ("failure 1", Locked, false, true, failed(1), 20, 5_000, 0),
            ("failure 2", Locked, false, true, failed(2), 20, 10_000, 0),
            ("failure 3", Locked, false, true, failed(3), 20, 20_000, 0),
            ("failure 4", Locked, false, true, failed(4), 20, 40_000, 0),
            ("failure 5", Locked, false, true, failed(5), 20, 60_000, 0),
            ("failure 6, claim", Locked, true, true, failed(6), 20, 72_000, 0),
            (
                "failure 60, claim",
                Locked,
                true,
                true,
                failed(60),
                -20,
                48_000,
                0,
            ),
            ("failure 6", Locked, false, true, failed(6), 0, 120_000, 0),
            ("failure 8", Free, false, false, failed(8), 0, 480_000, 0),
            ("failure 9", Free, false, false, failed(9), 0, 900_000, 0),
            (
                "failure 4 billion",
                Free,
                false,
                false,
                failed(u32::MAX),
                0,
                900_000,
                0,
            ),
        ];
        for &(what, need, claim, near, last, jitter, after_ms, wait_s) in table {
            let next = next_check_in(
                Pace {
                    need,
                    claim,
                    near,
                    last,
                },
                jitter,
            );
            assert_eq!(next, Next { after_ms, wait_s }, "{what}");
        }
    }

    #[test]
    fn more_is_asked_for_at_once_but_never_in_a_circle() {
        let mut pace = Pace {
            need: Need::Locked,
            claim: false,
            near: true,
            last: Last::Answered {
                more: true,
                worth: true,
                poll_s: None,
            },
        };
        assert_eq!(
            next_check_in(pace, 0),
            Next {
                after_ms: 0,
                wait_s: 0
            }
        );
        pace.last = Last::Answered {
            more: true,
            worth: false,
            poll_s: None,
        };
        assert_eq!(next_check_in(pace, 0).after_ms, 5_000);
    }

    #[test]
    fn a_servers_retry_after_is_heeded_up_to_our_own_longest_pause() {
        let mut pace = Pace {
            need: Need::Free,
            claim: false,
            near: true,
            last: failed(1),
        };
        pace.last = Last::Failed {
            times: 1,
            retry_after_s: Some(120),
        };
        assert_eq!(next_check_in(pace, 0).after_ms, 120_000);
        pace.last = Last::Failed {
            times: 1,
            retry_after_s: Some(u32::MAX),
        };
        assert_eq!(next_check_in(pace, 0).after_ms, 900_000);
        pace.claim = true;
        assert_eq!(next_check_in(pace, 0).after_ms, 72_000);
    }
}
