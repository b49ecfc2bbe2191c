//! A drawn picture, and what is told beside it.

use super::canvas::{self, Area};
use super::pages::Fault;
use super::setting::Setting;
use super::switches::Known;
use latchkey_screen::findings::Finding;
use latchkey_screen::{Frame, Page};
use std::time::{Duration, Instant};

/// What was drawn.
#[derive(Clone)]
pub struct Picture {
    /// The picture, marks and phone included: what is saved.
    pub frame: Frame,
    /// The same without the grid, which a window draws by its own pixels.
    pub plain: Frame,
    /// Where the page lies in it, pixels.
    pub area: Area,
    /// How it was drawn; a tap may have changed it.
    pub setting: Setting,
    /// The page on show.
    pub page: Page,
    /// What it is of, as it was drawn: a picture that is old keeps its name.
    pub name: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What the numbers of the reading order mean, where it is shown.
    pub order: Vec<String>,
    /// What is wrong with the files.
    pub faults: Vec<Fault>,
    /// What was asked for and is not on show, and why.
    pub notes: Vec<String>,
    /// The files are such that it could not be drawn again: it is of what they were.
    pub stale: bool,
    /// Nothing could be drawn so far.
    pub empty: bool,
    /// When the file was saved that led to it.
    pub saved: Option<Instant>,
    /// Findings and words were looked at: that comes after the picture.
    pub judged: bool,
    /// What can be chosen.
    pub known: Known,
    /// What it took.
    pub took: Took,
}

impl Picture {
    /// `plain` in its place, with the grid when it is on.
    #[must_use]
    pub fn with_grid(plain: &Frame, area: Area, setting: &Setting) -> Frame {
        if setting.overlays.grid {
            canvas::grid(plain, area, setting.device.panel.scale)
        } else {
            plain.clone()
        }
    }
}

/// How long the steps to a picture took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// Compiling .slint.
    pub compile: Duration,
    /// Reading words and scenes.
    pub read: Duration,
    /// Drawing.
    pub draw: Duration,
    /// Judging, after the picture was shown.
    pub judge: Duration,
}

/// Does `work` and adds to `took` how long it took.
pub fn timed<T>(took: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = now();
    let done = work();
    *took += start.elapsed();
    done
}

/// The moment, for what a tool says of itself.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the preview tells how long it took; nothing rests on it"
)]
pub fn now() -> Instant {
    Instant::now()
}
