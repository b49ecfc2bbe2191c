//! `shots`: draws the matrix, writes pictures and one HTML page, and says what is wrong.

use crate::matrix::{self, Shot};
use crate::scenes::Scene;
use crate::stage::Stage;
use latchkey_screen::{Panel, Theme};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What to draw.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Languages.
    pub locales: Vec<&'static str>,
    /// Panels.
    pub panels: Vec<Panel>,
    /// Text sizes, percent.
    pub percents: Vec<u16>,
    /// Colours.
    pub themes: Vec<Theme>,
    /// Only scenes whose name holds this.
    pub only: Option<String>,
    /// Only this part of the shots: which of how many.
    pub part: (usize, usize),
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            locales: latchkey_screen::words::LOCALES.iter().map(|l| l.tag).collect(),
            panels: Panel::ALL.to_vec(),
            percents: vec![100, 200],
            themes: vec![Theme::Light],
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
        let all = matrix::shots(scenes, &self.locales, &self.panels, &self.percents, &self.themes);
        let size = all.len().div_ceil(self.part.1.max(1)).max(1);
        all.into_iter().skip(self.part.0 * size).take(size).collect()
    }
}

/// What came out: the name of each shot with what is wrong with it.
pub type Report = BTreeMap<String, Vec<String>>;

/// Draws `plan`, writes each picture into `out` if one is given, and tells `progress` how far it is.
///
/// # Errors
/// What the screen or the file system says.
#[expect(clippy::disallowed_types, reason = "a tool writes the pictures that it draws")]
pub fn draw(
    plan: &Plan,
    scenes: &[Scene],
    out: Option<&Path>,
    progress: &dyn Fn(usize, usize),
) -> Result<Report, String> {
    let stage = Stage::new()?;
    let shots = plan.shots(scenes);
    let mut report = Report::new();
    for (i, shot) in shots.iter().enumerate() {
        let drawn = stage.draw(shot);
        let name = shot.name();
        if let Some(out) = out {
            let path = out.join(format!("{name}.png"));
            std::fs::File::create(&path)
                .and_then(|file| drawn.frame.write_png(std::io::BufWriter::new(file)))
                .map_err(|e| format!("{}: {e}", path.display()))?;
        }
        report.insert(name, drawn.findings.iter().map(ToString::to_string).collect());
        progress(i + 1, shots.len());
    }
    Ok(report)
}

/// One page with every picture, those with findings first.
#[must_use]
pub fn html(report: &Report) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Latchkey: shots</title><style>body{font:14px sans-serif;\
         background:#777;color:#fff}figure{display:inline-block;vertical-align:top;width:240px;margin:6px}\
         img{width:240px}figcaption{overflow-wrap:anywhere}.bad{outline:4px solid #f55}</style>\n",
    );
    let wrong = report.values().filter(|f| !f.is_empty()).count();
    let _ = writeln!(page, "<p>{} frames, {wrong} with findings</p>", report.len());
    let (bad, good): (Vec<_>, Vec<_>) = report.iter().partition(|(_, findings)| !findings.is_empty());
    for (name, findings) in bad.into_iter().chain(good) {
        let class = if findings.is_empty() { "" } else { " class=bad" };
        let found: String = findings.iter().map(|f| format!("<br>{}", escape(f))).collect();
        let _ = writeln!(
            page,
            "<figure{class}><img loading=lazy src=\"{name}.png\"><figcaption>{name}{found}</figcaption></figure>"
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenes;

    fn nothing_is_wrong(locale: &'static str) {
        let plan = Plan {
            locales: vec![locale],
            ..Plan::default()
        };
        let report = draw(&plan, &scenes::load(&scenes::folder()).unwrap(), None, &|_, _| {}).unwrap();
        let wrong: Vec<_> = report.iter().filter(|(_, f)| !f.is_empty()).collect();
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
}
