//! The whole cycle by itself, without a window: locked, paid on another device, unlocked. Pictures and timings.

use crate::args::Show;
use crate::other_device;
use crate::session::{DesktopError, Session};
use latchkey_agent::Told;
use latchkey_agent::clock::{Clock, RealClock};
use latchkey_core::command::Command;
use latchkey_core::order::claims::typ;
use latchkey_core::snapshot::{Claim, Link, Lock, Mode, Phase};
use latchkey_phone::Phone;
use latchkey_phone::preview::{Desktop, Done};
use latchkey_screen::Action;
use latchkey_screen::{Frame, Headless};
use serde::Serialize;
use slint::LogicalPosition;
use slint::platform::WindowEvent;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::runtime::Runtime;

/// Longest wait for one step on a slow machine.
const STEP: Duration = Duration::from_secs(30);

/// What `timings.json` says. Milliseconds.
#[derive(Debug, Serialize)]
pub struct Timings {
    /// A verified release unlocked it.
    pub unlocked: bool,
    /// Last byte of the answer read → unlocked frame complete, records synced in between.
    pub release_to_unlocked_frame_ms: f64,
    /// The form is posted → unlocked frame complete.
    pub pay_to_unlocked_ms: f64,
    /// Process start → first frame complete.
    pub first_frame_ms: f64,
    /// The order that unlocked it.
    pub order: OrderName,
    /// How this was measured.
    pub method: String,
}

/// Which order unlocked the phone.
#[derive(Debug, Serialize)]
pub struct OrderName {
    /// Its id.
    pub jti: String,
    /// Its kind.
    pub typ: String,
    /// The key that signed it.
    pub kid: String,
    /// Sequence number as delivered.
    pub seq: u64,
}

/// Runs the cycle and writes its pictures to `dir`.
///
/// # Errors
/// The first step that did not happen. Without one, a verified release has unlocked the phone.
pub fn run(show: &Show, dir: &Path) -> Result<Timings, DesktopError> {
    std::fs::create_dir_all(dir).map_err(|e| DesktopError::File(dir.to_owned(), e))?;
    let panel = show.size;
    let clock = RealClock::new()?;
    let session = Session::open(show)?;
    let headless = Headless::install(panel).map_err(|e| DesktopError::Stage("screen", e.to_string()))?;
    let desktop = Desktop::default();
    let config = session.phone(show, panel)?;
    let phone = Phone::start(config, Box::new(desktop.clone()), Box::new(desktop.clone()))?;
    let first = headless.draw();
    let first_frame_ms = since_start_ms(&clock);
    let runtime = Runtime::new().map_err(|e| DesktopError::Stage("runtime", e.to_string()))?;
    let mut cycle = Cycle {
        dir: dir.to_owned(),
        headless,
        phone,
        runtime,
        desktop,
        clock,
    };
    cycle.write("00-first", &first)?;
    let sandbox = cycle.runtime.block_on(session.start_lender())?;
    // The agent may have looked before the lender was there.
    let _ = cycle.phone.commands().send(Command::CheckIn);
    let result = cycle.play(first_frame_ms, &session);
    cycle.phone.shutdown();
    let stopped = cycle.runtime.block_on(sandbox.shutdown());
    let timings = result?;
    stopped?;
    let json =
        serde_json::to_string_pretty(&timings).map_err(|e| DesktopError::Stage("timings", e.to_string()))?;
    write(&dir.join("timings.json"), json.as_bytes())?;
    Ok(timings)
}

struct Cycle {
    dir: PathBuf,
    headless: Headless,
    phone: Phone,
    runtime: Runtime,
    desktop: Desktop,
    clock: RealClock,
}

impl Cycle {
    fn play(&mut self, first_frame_ms: f64, session: &Session) -> Result<Timings, DesktopError> {
        self.wait("locked", |t| {
            answered(t) && (lock(t).is_some_and(|l| l.mode == Mode::Locked) || idle(t))
        })?;
        if self.phone.told().as_ref().is_some_and(idle) {
            if let Some(market) = session.lawless() {
                return self.look_around(market);
            }
            let again = if session.kept() {
                "give --store a new folder to start afresh"
            } else {
                "start again"
            };
            return Err(DesktopError::Stage(
                "locked",
                format!("nothing is due on this phone: {again}"),
            ));
        }
        self.draw("01-locked")?;

        self.phone.screen().tap(Action::ShowPay, 0);
        let pay = self.draw("02-pay")?;
        let link = match other_device::read_code(pay.width, pay.height, &pay.rgb()) {
            Ok(link) => link,
            Err(_) => self.read_below()?,
        };
        self.phone.screen().home();

        self.phone.screen().tap(Action::ShowBackup, 0);
        self.phone.screen().tap(Action::StartBackup, 0);
        self.wait("03-backup", |t| {
            lock(t).is_some_and(|l| matches!(l.mode, Mode::Backup { .. }))
        })?;
        self.draw("03-backup")?;
        self.phone.screen().tap(Action::StopBackup, 0);
        self.wait("03-backup, stopped", |t| {
            lock(t).is_some_and(|l| l.mode == Mode::Locked)
        })?;
        self.phone.screen().home();

        self.phone.screen().tap(Action::Emergency, 0);
        if !self.desktop.done().contains(&Done::Emergency(None)) {
            return Err(DesktopError::Stage(
                "04-emergency",
                "the tap did not reach the dialer".to_owned(),
            ));
        }
        self.draw("04-emergency")?;
        self.phone.screen().home();

        self.phone.screen().tap(Action::Paid, 0);
        self.wait("05-paid", |t| {
            lock(t).is_some_and(|l| matches!(l.claim, Claim::Running { .. }))
        })?;
        self.draw("05-paid")?;
        self.unlock(&link, first_frame_ms)
    }

    /// Pictures of a phone in a market that allows no lock. Nothing was unlocked, so this is no success.
    fn look_around(&self, market: &str) -> Result<Timings, DesktopError> {
        self.draw("01-free")?;
        for (name, action) in [
            ("02-pay", Action::ShowPay),
            ("03-emergency", Action::Emergency),
            ("04-log", Action::ShowLog),
        ] {
            self.phone.screen().tap(action, 0);
            self.draw(name)?;
            self.phone.screen().home();
        }
        Err(DesktopError::Stage(
            "locked",
            format!(
                "no lock is allowed in `{market}`, so none was made and none was lifted; the pictures in {} show the phone",
                self.dir.display()
            ),
        ))
    }

    /// Large text pushes the code below the fold: scroll to it a little at a time, as a hand would.
    fn read_below(&self) -> Result<String, DesktopError> {
        const STEPS: usize = 12;
        const STEP_DP: f32 = 32.0;
        let stage = |why: String| DesktopError::Stage("02-pay", why);
        if self.phone.screen().view().is_some_and(|v| v.lock.pay.refused) {
            return Err(stage(
                "the phone shows no code: the pay link is not one of the lender's hosts (t_pay_host)"
                    .to_owned(),
            ));
        }
        let window = self.headless.window();
        let size = window.size().to_logical(window.scale_factor());
        for _ in 0..STEPS {
            window
                .dispatch_event_with_result(WindowEvent::PointerScrolled {
                    position: LogicalPosition::new(size.width / 2.0, size.height / 3.0),
                    delta_x: 0.0,
                    delta_y: -STEP_DP,
                })
                .map_err(|e| stage(e.to_string()))?;
            let frame = self.headless.draw_settled();
            if let Ok(link) = other_device::read_code(frame.width, frame.height, &frame.rgb()) {
                self.write("02-pay-below", &frame)?;
                return Ok(link);
            }
        }
        Err(stage(other_device::OtherDeviceError::NoCode.to_string()))
    }

    fn unlock(&mut self, link: &str, first_frame_ms: f64) -> Result<Timings, DesktopError> {
        let stage = |why: String| DesktopError::Stage("06-unlocked", why);
        let other = self
            .runtime
            .block_on(other_device::open(link))
            .map_err(|e| stage(e.to_string()))?;
        let clicked_ns = self.clock.mono_ns();
        let pressed = self.runtime.spawn(other.press());
        self.wait("06-unlocked", |t| {
            matches!(t.snapshot.phase, Phase::Free | Phase::Settled { .. })
        })?;
        let frame = self.headless.draw();
        let drawn_ns = self.clock.mono_ns();
        self.write("06-unlocked", &frame)?;
        self.runtime
            .block_on(pressed)
            .map_err(|e| stage(e.to_string()))?
            .map_err(|e| stage(e.to_string()))?;
        let moved = self.phone.told().and_then(|told| told.moved);
        let moved = moved.ok_or_else(|| stage("no order moved the phone".to_owned()))?;
        if moved.typ != typ::RELEASE || moved.to != "free" {
            return Err(stage(format!("a {} moved the phone to {}", moved.typ, moved.to)));
        }
        Ok(Timings {
            unlocked: true,
            release_to_unlocked_frame_ms: ms(moved.read_ns, drawn_ns),
            pay_to_unlocked_ms: ms(clicked_ns, drawn_ns),
            first_frame_ms,
            order: OrderName {
                jti: moved.jti.to_string(),
                typ: moved.typ,
                kid: moved.kid,
                seq: moved.seq.get(),
            },
            method: format!(
                "one run, {} build, software renderer in memory, monotonic clock; the first frame counts from the kernel's \
                 start time of the process (10 ms steps); the release's records are on the disk before its frame is drawn",
                if cfg!(debug_assertions) {
                    "debug"
                } else {
                    "release"
                }
            ),
        })
    }

    fn wait(&mut self, stage: &'static str, enough: impl Fn(&Told) -> bool) -> Result<(), DesktopError> {
        if self.runtime.block_on(self.phone.wait_until(STEP, enough)) {
            return Ok(());
        }
        let stands = self
            .phone
            .told()
            .map(|t| format!("{:?}, {:?}", t.snapshot.link, t.snapshot.phase));
        Err(DesktopError::Stage(
            stage,
            format!("not within {} s; {}", STEP.as_secs(), stands.unwrap_or_default()),
        ))
    }

    fn draw(&self, name: &str) -> Result<Frame, DesktopError> {
        let frame = self.headless.draw_settled();
        self.write(name, &frame)?;
        Ok(frame)
    }

    fn write(&self, name: &str, frame: &Frame) -> Result<(), DesktopError> {
        let mut png = Vec::new();
        let path = self.dir.join(format!("{name}.png"));
        frame
            .write_png(&mut png)
            .map_err(|e| DesktopError::File(path.clone(), e))?;
        write(&path, &png)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "pictures for a person: no file of the phone, nothing to lose"
)]
fn write(path: &Path, bytes: &[u8]) -> Result<(), DesktopError> {
    std::fs::write(path, bytes).map_err(|e| DesktopError::File(path.to_owned(), e))
}

fn lock(told: &Told) -> Option<&Lock> {
    match &told.snapshot.phase {
        Phase::Lock(lock) => Some(lock),
        Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => None,
    }
}

/// The lender's answer was taken whole.
fn answered(told: &Told) -> bool {
    matches!(told.snapshot.link, Link::Online { .. })
}

/// Nothing is due: the lender has answered, and there is no lock.
fn idle(told: &Told) -> bool {
    answered(told) && matches!(told.snapshot.phase, Phase::Free | Phase::Settled { .. })
}

/// Milliseconds since the kernel started this process (`/proc/self/stat`, field 22, in ticks of 10 ms of boot time).
#[expect(
    clippy::disallowed_methods,
    reason = "the kernel's page about this process is no file of the phone"
)]
fn since_start_ms(clock: &RealClock) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name
        .split_whitespace()
        .nth(19)
        .and_then(|t| t.parse::<u64>().ok());
    let now_ms = clock.read().boot_ms;
    ticks.map_or(f64::NAN, |ticks| now_ms.saturating_sub(ticks * 10) as f64)
}

fn ms(from_ns: u64, to_ns: u64) -> f64 {
    to_ns.saturating_sub(from_ns) as f64 / 1e6
}
