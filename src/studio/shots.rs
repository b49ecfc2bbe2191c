//! `shots`: draws the matrix, writes pictures and one HTML page, and says what is wrong and what changed.

use crate::matrix::{self, Shot};
use crate::preview::worker::write;
use crate::scenes::Scene;
use crate::stage::Stage;
use baseline::Baseline;
use latchkey_screen::{Panel, Theme};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

pub mod baseline;
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

    /// The shots of this part.
    #[must_use]
    pub fn shots<'a>(&self, scenes: &'a [Scene]) -> Vec<Shot<'a>> {
        let mut all = Vec::new();
        for locale in &self.locales {
            let themes = match &self.themes {
                Some(themes) => themes.clone(),
                None if LOOKED_AT.contains(locale) => Theme::ALL.to_vec(),
                None => vec![Theme::Light],
            };
            all.extend(matrix::shots(
                scenes,
                &[*locale],
                &self.panels,
                &self.percents,
                &themes,
            ));
        }
        let size = all.len().div_ceil(self.part.1.max(1)).max(1);
        all.into_iter().skip(self.part.0 * size).take(size).collect()
    }
}

/// What came out of one frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Language.
    pub locale: String,
    /// What is wrong with it.
    pub findings: Vec<String>,
    /// CRC-32 of its pixels: for finding out whether it changed, nothing else.
    pub sum: u32,
    /// It looks different from the baseline.
    pub changed: bool,
    /// Its picture was written.
    pub picture: bool,
    /// The picture as it was is kept beside it.
    pub before: bool,
    /// Milliseconds that it took to draw.
    pub draw_ms: f64,
    /// Milliseconds that it took to judge, sum and write.
    pub rest_ms: f64,
}

/// What came out, by the name of each shot.
pub type Report = BTreeMap<String, Shown>;

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
    let shots = plan.shots(scenes);
    let mut report = Report::new();
    for (i, shot) in shots.iter().enumerate() {
        let start = now();
        let frame = stage.paint(shot);
        let (draw_ms, start) = (ms(start), now());
        let findings: Vec<String> = stage
            .judge(&frame, shot)
            .iter()
            .map(ToString::to_string)
            .collect();
        let name = shot.name();
        let sum = crc32fast::hash(frame.rgb());
        let changed = baseline.is_some_and(|b| b.differs(&name, sum));
        let look = &shot.look;
        let chosen = look.panel == Panel::FLOOR || LOOKED_AT.contains(&look.locale);
        let mut shown = Shown {
            locale: look.locale.to_owned(),
            picture: out.is_some() && (chosen || changed || !findings.is_empty()),
            findings,
            sum,
            changed,
            before: false,
            draw_ms,
            rest_ms: 0.0,
        };
        if let (Some(out), true) = (out, shown.picture) {
            if let (Some(baseline), true) = (baseline, changed) {
                shown.before = baseline.keep(&name, out)?;
            }
            write(&frame, &out.join(format!("{name}.png")))?;
        }
        shown.rest_ms = ms(start);
        report.insert(name, shown);
        progress(i + 1, shots.len());
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenes;
    use latchkey_core::snapshot::Phase;

    fn nothing_is_wrong(locale: &'static str) {
        let plan = Plan {
            locales: vec![locale],
            themes: Some(vec![Theme::Light]),
            ..Plan::default()
        };
        let report = draw(
            &plan,
            &scenes::load(&scenes::folder()).unwrap(),
            None,
            None,
            &|_, _| {},
        )
        .unwrap();
        let wrong: Vec<_> = report.iter().filter(|(_, s)| !s.findings.is_empty()).collect();
        assert!(
            wrong.is_empty(),
            "{} of {}: {wrong:#?}",
            wrong.len(),
            report.len()
        );
    }

    // A test has its own thread, and so its own Slint.

    #[test]
    fn no_frame_in_english_has_a_finding() {
        nothing_is_wrong("en");
    }

    #[test]
    fn no_frame_in_hindi_has_a_finding() {
        nothing_is_wrong("hi");
    }

    #[test]
    fn no_frame_in_arabic_has_a_finding() {
        nothing_is_wrong("ar");
    }

    /// What changed is shown beside what it was, and the page asks for nothing from elsewhere.
    #[test]
    fn a_change_is_found_against_the_baseline_and_shown_in_a_pair() {
        let plan = Plan {
            locales: vec!["en"],
            panels: vec![Panel::FLOOR],
            percents: vec![100],
            themes: Some(vec![Theme::Light]),
            only: Some("locked-r".into()),
            part: (0, 1),
        };
        let scenes = scenes::load(&scenes::folder()).unwrap();
        let scenes: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
        let run = |scenes: Vec<Scene>, out: &Path, baseline: Option<Baseline>| {
            let (plan, out) = (plan.clone(), out.to_owned());
            let drawn =
                std::thread::spawn(move || draw(&plan, &scenes, Some(&out), baseline.as_ref(), &|_, _| {}));
            drawn.join().unwrap().unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        let first = run(scenes.clone(), folder.path(), None);
        baseline::write(&first, folder.path()).unwrap();
        let read = || Baseline::read(&folder.path().join(baseline::FILE)).unwrap();
        let same = run(scenes.clone(), folder.path(), Some(read()));
        assert!(!same.is_empty() && same.values().all(|s| !s.changed && s.picture));

        let mut other = scenes;
        let rupee = other.iter_mut().find(|s| s.name == "locked-rupee").unwrap();
        if let Phase::Lock(lock) = &mut rupee.snapshot.phase {
            lock.amount += 100;
        }
        let changed = run(other, folder.path(), Some(read()));
        let pairs: Vec<_> = changed.iter().filter(|(_, s)| s.changed).collect();
        assert!(!pairs.is_empty() && pairs.len() < changed.len(), "{pairs:?}");
        let html = sheet::html(&changed);
        for (name, shown) in pairs {
            assert!(shown.before);
            assert!(
                folder
                    .path()
                    .join(baseline::BEFORE)
                    .join(format!("{name}.png"))
                    .exists()
            );
            assert!(html.contains(&format!("before/{name}.png")) && html.contains(&format!("id=\"{name}\"")));
        }
        assert!(
            !html.contains("http") && !html.contains("//"),
            "nothing from elsewhere"
        );
    }

    #[test]
    fn every_finding_has_an_anchor_and_its_kind_can_be_filtered() {
        let shown = Shown {
            locale: "en".into(),
            findings: vec!["Small: \"<Pay>\" is no target".into(), "Glyph: x".into()],
            picture: true,
            ..Shown::default()
        };
        let html = sheet::html(&Report::from([("locked.home".into(), shown)]));
        for part in [
            "id=\"locked.home.finding-1\"",
            "href=\"#locked.home.finding-0\"",
            "href=\"#locked.home\"",
            "data-kinds=\"finding glyph small\"",
            "&lt;Pay>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn no_frame_in_dark_or_sunlight_has_a_finding() {
        let plan = Plan {
            locales: vec!["en"],
            panels: vec![Panel::FLOOR],
            percents: vec![100],
            themes: Some(vec![Theme::Dark, Theme::Sunlight]),
            ..Plan::default()
        };
        let report = draw(
            &plan,
            &scenes::load(&scenes::folder()).unwrap(),
            None,
            None,
            &|_, _| {},
        )
        .unwrap();
        let wrong: Vec<_> = report.iter().filter(|(_, s)| !s.findings.is_empty()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
