//! `shots`: draws the matrix, writes pictures and one HTML page, and says what is wrong and what changed.

use crate::matrix::{self, Shot, theme_name};
use crate::preview::worker::write;
use crate::scenes::Scene;
use crate::stage::Stage;
use crate::strings::{language, layout, source};
use baseline::{Baseline, Record};
use latchkey_screen::findings::Finding;
use latchkey_screen::semantics::Rect;
use latchkey_screen::words::Fluent;
use latchkey_screen::{Panel, Theme};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub mod baseline;
pub mod blame;
pub mod groups;
pub mod run;
pub mod sheet;

/// What to draw.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Languages.
    pub locales: Vec<&'static str>,
    /// Panels.
    pub panels: Vec<Panel>,
    /// Text sizes, percent.
    pub percents: Vec<u16>,
    /// Colours; `None`: light, and all of them in the languages that are looked at.
    pub themes: Option<Vec<Theme>>,
    /// Only scenes whose name holds this.
    pub only: Option<String>,
    /// Only this part of the shots: which of how many.
    pub part: (usize, usize),
    /// The words are read from this folder, and its languages are drawn; without it those that are compiled in.
    pub i18n: Option<PathBuf>,
}

/// One language a script that people look at: drawn in all colours, and their pictures are kept on every panel.
const LOOKED_AT: [&str; 4] = ["en", "ar", "hi", "my"];

impl Default for Plan {
    fn default() -> Self {
        Plan {
            locales: latchkey_screen::words::LOCALES.iter().map(|l| l.tag).collect(),
            panels: Panel::ALL.to_vec(),
            percents: vec![100, 200],
            themes: None,
            only: None,
            part: (0, 1),
            i18n: None,
        }
    }
}

impl Plan {
    /// The scenes that this plan draws.
    #[must_use]
    pub fn scenes<'a>(&self, scenes: &'a [Scene]) -> Vec<&'a Scene> {
        scenes
            .iter()
            .filter(|s| self.only.as_ref().is_none_or(|only| s.name.contains(only)))
            .collect()
    }

    fn themes(&self, locale: &str) -> Vec<Theme> {
        match &self.themes {
            Some(themes) => themes.clone(),
            None if LOOKED_AT.contains(&locale) => Theme::ALL.to_vec(),
            None => vec![Theme::Light],
        }
    }

    /// Whether a frame with this record is one of this plan, if its scene and page are still drawn.
    #[must_use]
    pub fn would_draw(&self, frame: &Record) -> bool {
        let themes = self.themes(&frame.locale);
        self.locales.contains(&frame.locale.as_str())
            && self.panels.iter().any(|p| p.to_string() == frame.panel)
            && self.percents.contains(&frame.text_percent)
            && themes.iter().any(|t| theme_name(*t) == frame.theme)
            && self.only.as_ref().is_none_or(|only| frame.scene.contains(only))
    }

    /// The shots of this part.
    #[must_use]
    pub fn shots<'a>(&self, scenes: &'a [Scene]) -> Vec<Shot<'a>> {
        let mut all = Vec::new();
        for locale in &self.locales {
            let themes = self.themes(locale);
            all.extend(matrix::shots(
                scenes,
                &[*locale],
                &self.panels,
                &self.percents,
                &themes,
            ));
        }
        let (part, parts) = (self.part.0, self.part.1.max(1));
        let alike = |a: &Shot<'_>, b: &Shot<'_>| {
            let of = |s: &Shot<'_>| (s.look.locale, s.look.panel, s.look.text_percent);
            of(a) == of(b)
        };
        // Dealt out like cards, and the next round to the next hand, so that every part has its share of each language,
        // panel and text size.
        let cards = all.chunk_by(alike).enumerate();
        cards
            .filter(|(card, _)| (card + card / parts) % parts == part)
            .flat_map(|(_, shots)| shots.to_vec())
            .collect()
    }
}

/// How a frame looks beside the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Change {
    /// As it did, or there is no baseline.
    #[default]
    Same,
    /// It was not there.
    New,
    /// Different.
    Changed,
    /// It is not drawn any more.
    Gone,
}

impl Change {
    /// Its name in the summary and in the filter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::New => "new",
            Change::Changed => "changed",
            Change::Gone => "gone",
        }
    }
}

/// Something wrong with a frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Its kind, as the filter knows it.
    pub kind: String,
    /// What is wrong, and where.
    pub text: String,
    /// The texts and labels that it is about, without figures.
    pub about: String,
    /// Messages that say these texts, where that is known.
    pub messages: Vec<String>,
    /// Tokens of the theme that decide it, where that is known.
    pub tokens: Vec<String>,
    /// Where on the picture, per cent: start, top, width, height. What lies out of sight is marked at the edge.
    pub place: [f32; 4],
    /// None of it is on the picture: it lies beyond this edge.
    pub beyond: Option<Edge>,
}

/// An edge of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edge {
    /// Scrolled away upwards.
    Top,
    /// Below the fold.
    Bottom,
    /// Beside the picture.
    Side,
}

impl Edge {
    /// What the page says of it.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Edge::Top => "above, scrolled away",
            Edge::Bottom => "below the fold",
            Edge::Side => "beside the picture",
        }
    }
}

impl Found {
    fn of(finding: &Finding, panel: Panel) -> Found {
        let Rect { x, y, width, height } = finding.rect;
        let (w, h) = (panel.width_dp(), panel.height_dp());
        let beyond = if y >= h {
            Some(Edge::Bottom)
        } else if y + height <= 0.0 {
            Some(Edge::Top)
        } else if x >= w || x + width <= 0.0 {
            Some(Edge::Side)
        } else {
            None
        };
        let part = |from: f32, to: f32, of: f32| {
            let [from, to] = [from, to].map(|dp| (dp / of * 100.0).clamp(0.0, 100.0));
            (from, to - from)
        };
        let ((x, width), (y, height)) = (part(x, x + width, w), part(y, y + height, h));
        let what = &finding.what;
        Found {
            kind: finding.kind.name().to_owned(),
            text: finding.to_string(),
            about: what.rfind('"').map_or("", |at| &what[..=at]).to_owned(),
            place: [x, y, width, height],
            beyond,
            ..Found::default()
        }
    }
}

/// What came out of one frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// How it was drawn, and how it looked.
    pub record: Record,
    /// The page whose texts it shows: the key of `Report::said`.
    pub page: String,
    /// What is wrong with it.
    pub findings: Vec<Found>,
    /// How it looks beside the baseline.
    pub change: Change,
    /// Its picture was written.
    pub picture: bool,
    /// The picture as it was is kept beside it.
    pub before: bool,
    /// Milliseconds that it took to draw.
    pub draw_ms: f64,
    /// Milliseconds that it took to judge and sum.
    pub judge_ms: f64,
    /// Milliseconds that it took to write.
    pub write_ms: f64,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Each frame by its name.
    pub frames: BTreeMap<String, Shown>,
    /// The messages that are seen or spoken on each page that has a picture.
    pub said: BTreeMap<String, BTreeSet<String>>,
}

impl Report {
    /// Takes in what another worker drew.
    pub fn join(&mut self, mut other: Report) {
        self.frames.append(&mut other.frames);
        self.said.append(&mut other.said);
    }

    /// Frames with this change.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.frames.values().filter(|s| s.change == change).count()
    }

    /// Frames that were drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &Shown> {
        self.frames.values().filter(|s| s.change != Change::Gone)
    }

    /// Frames in which something is wrong.
    pub fn wrong(&self) -> impl Iterator<Item = (&String, &Shown)> {
        self.frames.iter().filter(|(_, s)| !s.findings.is_empty())
    }
}

#[expect(clippy::disallowed_methods, reason = "a tool measures itself")]
fn now() -> Instant {
    Instant::now()
}

fn ms(from: Instant) -> f64 {
    from.elapsed().as_secs_f64() * 1000.0
}

/// Draws `plan` and tells `progress` how far it is. Into `out`, if one is given, go the pictures of the smallest panel and
/// of the languages that are looked at, and of every frame with a finding or a change.
///
/// # Errors
/// What the screen or the file system says.
pub fn draw(
    plan: &Plan,
    scenes: &[Scene],
    out: Option<&Path>,
    baseline: Option<&Baseline>,
    progress: &dyn Fn(usize, usize),
) -> Result<Report, String> {
    let stage = Stage::new()?;
    if let Some(i18n) = &plan.i18n {
        for folder in source::languages(i18n)? {
            let texts = folder.files.iter().map(|f| f.text.as_str());
            stage.teach(language::locale(&folder.tag)?, texts);
        }
    }
    let mut words = Fluent::new("en");
    let shots = plan.shots(scenes);
    let mut report = Report::default();
    for (i, shot) in shots.iter().enumerate() {
        let look = &shot.look;
        if i == 0 || words.locale.tag != look.locale {
            words = stage.words(look.locale);
        }
        let start = now();
        let frame = stage.paint(shot);
        let (draw_ms, start) = (ms(start), now());
        let findings = stage.judge(&frame, shot);
        let name = shot.name();
        let record = Record::of(shot, &frame);
        let change = baseline.map_or(Change::Same, |b| b.change(&name, &record));
        let chosen = look.panel == Panel::FLOOR || LOOKED_AT.contains(&look.locale);
        let mut found: Vec<Found> = findings.iter().map(|f| Found::of(f, look.panel)).collect();
        if !found.is_empty() {
            for (found, ids) in found
                .iter_mut()
                .zip(layout::blamed(&stage, shot, &words, &findings))
            {
                found.messages = ids.into_iter().collect();
            }
        }
        let mut shown = Shown {
            record,
            page: shot.page_name(),
            picture: out.is_some() && (chosen || change != Change::Same || !findings.is_empty()),
            findings: found,
            change,
            ..Shown::default()
        };
        let (judge_ms, start) = (ms(start), now());
        if let (Some(out), true) = (out, shown.picture) {
            if let (Some(baseline), Change::Changed) = (baseline, change) {
                shown.before = baseline.keep(&name, out)?;
            }
            write(&frame, &out.join(format!("{name}.png")))?;
            if !report.said.contains_key(&shown.page) {
                let seen = layout::seen(&stage, shot, &words);
                report.said.insert(shown.page.clone(), seen);
            }
        }
        (shown.draw_ms, shown.judge_ms, shown.write_ms) = (draw_ms, judge_ms, ms(start));
        report.frames.insert(name, shown);
        progress(i + 1, shots.len());
    }
    blame::name_tokens(&mut report)?;
    Ok(report)
}

#[cfg(test)]
mod tests;
