//! The one place that asks a clock (protocol §3). Everything else gets time as an argument.

use latchkey_core::time::BootId;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

/// What the clocks say at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// This boot.
    pub boot: BootId,
    /// Milliseconds since boot, sleep included (`CLOCK_BOOTTIME`).
    pub boot_ms: u64,
    /// The wall clock in Unix seconds: shown, never judged.
    pub wall_s: Option<u64>,
}

/// A wait that ends at a boot time.
pub type Wait<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Clock port.
pub trait Clock: Debug + Send + Sync {
    /// Now.
    fn read(&self) -> Reading;

    /// Nanoseconds of a clock that only rises: for measuring, never for deciding.
    fn mono_ns(&self) -> u64;

    /// Waits until `boot_ms` of this boot. Time asleep counts.
    fn sleep_until(&self, boot_ms: u64) -> Wait<'_>;
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub use real::RealClock;

#[cfg(any(target_os = "linux", target_os = "android"))]
mod real {
    use super::{Clock, Reading, Wait};
    use crate::error::AgentError;
    use latchkey_core::snapshot::Fault;
    use latchkey_core::time::BootId;
    use rustix::time::{
        ClockId, Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, clock_gettime,
        timerfd_create, timerfd_settime,
    };
    use tokio::io::unix::AsyncFd;

    const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

    /// The clocks of Linux and Android.
    #[derive(Clone, Copy, Debug)]
    pub struct RealClock {
        boot: BootId,
    }

    impl RealClock {
        /// Reads this boot's id.
        ///
        /// # Errors
        /// `a_unreadable`: the system does not tell which boot this is.
        #[expect(
            clippy::disallowed_methods,
            reason = "the boot id is a clock that the system keeps in a file"
        )]
        pub fn new() -> Result<RealClock, AgentError> {
            let text = std::fs::read_to_string(BOOT_ID).map_err(|e| AgentError::file("read", BOOT_ID, &e))?;
            boot_id(&text)
                .map(|boot| RealClock { boot })
                .ok_or_else(|| AgentError::new(Fault::Unreadable, format!("{BOOT_ID} is not a UUID")))
        }
    }

    /// Reads a UUID's 16 bytes.
    pub(super) fn boot_id(text: &str) -> Option<BootId> {
        let digits: Vec<u8> = text.trim().bytes().filter(|b| *b != b'-').collect();
        if digits.len() != 32 {
            return None;
        }
        let mut id = [0; 16];
        for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(BootId(id))
    }

    fn ms(t: Timespec) -> u64 {
        u64::try_from(t.tv_sec).unwrap_or(0) * 1000 + u64::try_from(t.tv_nsec).unwrap_or(0) / 1_000_000
    }

    impl Clock for RealClock {
        fn read(&self) -> Reading {
            Reading {
                boot: self.boot,
                boot_ms: ms(clock_gettime(ClockId::Boottime)),
                wall_s: u64::try_from(clock_gettime(ClockId::Realtime).tv_sec).ok(),
            }
        }

        fn mono_ns(&self) -> u64 {
            let t = clock_gettime(ClockId::Monotonic);
            u64::try_from(t.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(t.tv_nsec).unwrap_or(0)
        }

        fn sleep_until(&self, boot_ms: u64) -> Wait<'_> {
            // tokio's own timers stand still while the machine sleeps; a timer on CLOCK_BOOTTIME does not.
            let timer = boot_timer(boot_ms);
            Box::pin(async move {
                match timer {
                    Ok(timer) => {
                        let _ = timer.readable().await;
                    }
                    Err(_) => {
                        let left = boot_ms.saturating_sub(self.read().boot_ms);
                        tokio::time::sleep(std::time::Duration::from_millis(left)).await;
                    }
                }
            })
        }
    }

    #[expect(
        deprecated,
        reason = "sound for an OwnedFd that nobody else closes; the successor is an unsafe function"
    )]
    fn boot_timer(boot_ms: u64) -> std::io::Result<AsyncFd<std::os::fd::OwnedFd>> {
        let timer = timerfd_create(
            TimerfdClockId::Boottime,
            TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK,
        )?;
        // A value of zero would switch the timer off.
        let boot_ms = i64::try_from(boot_ms.max(1)).unwrap_or(i64::MAX);
        let at = Timespec {
            tv_sec: boot_ms / 1000,
            tv_nsec: boot_ms % 1000 * 1_000_000,
        };
        let once = Itimerspec {
            it_interval: Timespec {
                tv_sec: 0,
                tv_nsec: 0,
            },
            it_value: at,
        };
        timerfd_settime(&timer, TimerfdTimerFlags::ABSTIME, &once)?;
        AsyncFd::new(timer)
    }
}

/// A clock that tests turn by hand.
#[derive(Debug)]
pub struct ManualClock {
    hands: tokio::sync::watch::Sender<Reading>,
}

impl ManualClock {
    /// Starts at `boot_ms` of boot `boot`, with this wall clock.
    #[must_use]
    pub fn new(boot: u8, boot_ms: u64, wall_s: Option<u64>) -> ManualClock {
        let hands = tokio::sync::watch::Sender::new(Reading {
            boot: BootId([boot; 16]),
            boot_ms,
            wall_s,
        });
        ManualClock { hands }
    }

    /// Lets time pass; the wall clock goes along.
    pub fn advance_ms(&self, ms: u64) {
        self.hands.send_modify(|r| {
            r.boot_ms += ms;
            r.wall_s = r.wall_s.map(|s| s + ms / 1000);
        });
    }

    /// Sets the wall clock, as an owner or a flat battery does.
    pub fn set_wall(&self, wall_s: Option<u64>) {
        self.hands.send_modify(|r| r.wall_s = wall_s);
    }

    /// Starts the next boot at boot time 0.
    pub fn reboot(&self) {
        self.hands.send_modify(|r| {
            r.boot.0[0] = r.boot.0[0].wrapping_add(1);
            r.boot_ms = 0;
        });
    }
}

impl Clock for ManualClock {
    fn read(&self) -> Reading {
        *self.hands.borrow()
    }

    fn mono_ns(&self) -> u64 {
        self.read().boot_ms * 1_000_000
    }

    fn sleep_until(&self, boot_ms: u64) -> Wait<'_> {
        let mut hands = self.hands.subscribe();
        Box::pin(async move {
            // The sender lives as long as `self`, so the wait ends only by the hands.
            let _ = hands.wait_for(|r| r.boot_ms >= boot_ms).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_boot_id_is_read_from_the_systems_text() {
        let id = real::boot_id("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\n").unwrap();
        assert_eq!(id.0[..4], [0x0f, 0x1e, 0x2d, 0x3c]);
        for bad in ["", "0f1e2d3c", "zz1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"] {
            assert_eq!(real::boot_id(bad), None, "{bad}");
        }
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_wait_for_a_moment_that_has_passed_ends_at_once() {
        let clock = RealClock::new().unwrap();
        let before = clock.read();
        clock.sleep_until(0).await;
        clock.sleep_until(before.boot_ms + 5).await;
        assert!(clock.read().boot_ms >= before.boot_ms + 5);
        assert_eq!(clock.read().boot, before.boot);
    }

    #[tokio::test]
    async fn hands_turned_past_the_moment_end_the_wait() {
        let clock = ManualClock::new(1, 100, Some(50));
        let wait = clock.sleep_until(2_000);
        clock.advance_ms(1_900);
        wait.await;
        assert_eq!(clock.read().wall_s, Some(51));
    }
}
