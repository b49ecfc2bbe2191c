//! Whether a frame looks as it did: a file with a record of every frame, and the pictures beside it.

use super::{Change, Plan, Report, Shown};
use crate::matrix::{Shot, theme_name};
use latchkey_screen::Frame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file in the folder of pictures.
pub const FILE: &str = "frames.json";
/// Folder of the pictures as they were, beside those that changed or are gone.
pub const BEFORE: &str = "before";

/// How a frame was drawn, and how it looked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Scene.
    pub scene: String,
    /// Language.
    pub locale: String,
    /// Panel, e.g. `480x854@1.5`.
    pub panel: String,
    /// Text size, percent.
    pub text_percent: u16,
    /// Colours.
    pub theme: String,
    /// CRC-32 of its pixels: for finding out whether it changed, nothing else.
    pub sum: u32,
}

impl Record {
    /// Of `frame`, drawn as `shot` says.
    #[must_use]
    pub fn of(shot: &Shot<'_>, frame: &Frame) -> Record {
        let look = &shot.look;
        Record {
            scene: shot.scene.name.clone(),
            locale: look.locale.to_owned(),
            panel: look.panel.to_string(),
            text_percent: look.text_percent,
            theme: theme_name(look.theme).to_owned(),
            sum: crc32fast::hash(frame.rgba()),
        }
    }
}

/// How an earlier run looked.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// Folder of its pictures.
    folder: PathBuf,
    frames: BTreeMap<String, Record>,
}

impl Baseline {
    /// Reads what `write` wrote.
    ///
    /// # Errors
    /// A file that is not there, or is none, with the next step.
    #[expect(clippy::disallowed_methods, reason = "a tool reads what an earlier run wrote")]
    pub fn read(file: &Path) -> Result<Baseline, String> {
        let say = |e: &dyn std::fmt::Display| {
            format!(
                "{}: {e}; name the {FILE} that a run with --out wrote",
                file.display()
            )
        };
        let text = std::fs::read_to_string(file).map_err(|e| say(&e))?;
        Ok(Baseline {
            folder: file.parent().unwrap_or(Path::new(".")).to_owned(),
            frames: serde_json::from_str(&text).map_err(|e| say(&e))?,
        })
    }

    /// How a frame looks beside this.
    #[must_use]
    pub fn change(&self, name: &str, record: &Record) -> Change {
        match self.frames.get(name) {
            None => Change::New,
            Some(before) if before.sum == record.sum => Change::Same,
            Some(_) => Change::Changed,
        }
    }

    /// Adds to `report` what `plan` would draw and does not any more. Their last pictures are kept in `out`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn add_gone(&self, plan: &Plan, report: &mut Report, out: Option<&Path>) -> Result<(), String> {
        for (name, record) in &self.frames {
            if plan.would_draw(record) && !report.frames.contains_key(name) {
                let before = out.map_or(Ok(false), |out| self.keep(name, out))?;
                let gone = Shown {
                    record: record.clone(),
                    change: Change::Gone,
                    before,
                    ..Shown::default()
                };
                report.frames.insert(name.clone(), gone);
            }
        }
        Ok(())
    }

    /// Keeps the picture of a frame as it was in `out`. Says whether there was one.
    ///
    /// # Errors
    /// What the file system says.
    pub fn keep(&self, name: &str, out: &Path) -> Result<bool, String> {
        let old = self.folder.join(format!("{name}.png"));
        if !self.frames.contains_key(name) || !old.exists() {
            return Ok(false);
        }
        let kept = out.join(BEFORE);
        let say = |e: std::io::Error| format!("{}: {e}", old.display());
        std::fs::create_dir_all(&kept).map_err(say)?;
        std::fs::copy(&old, kept.join(format!("{name}.png"))).map_err(say)?;
        Ok(true)
    }
}

/// Writes the records of `report` into `out`, for the next run to compare with.
///
/// # Errors
/// What the file system says.
#[expect(clippy::disallowed_methods, reason = "a tool writes what its next run reads")]
pub fn write(report: &Report, out: &Path) -> Result<(), String> {
    let there = report.frames.iter().filter(|(_, s)| s.change != Change::Gone);
    let records: BTreeMap<_, _> = there.map(|(name, shown)| (name, &shown.record)).collect();
    let text = serde_json::to_string_pretty(&records).map_err(|e| e.to_string())?;
    let file = out.join(FILE);
    std::fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))
}
