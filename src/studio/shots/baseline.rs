//! Whether a frame looks as it did: a file with a sum of every frame, and the pictures beside it.

use super::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file in the folder of pictures.
pub const FILE: &str = "frames.json";
/// Folder of the pictures as they were, beside those that changed.
pub const BEFORE: &str = "before";

/// How an earlier run looked.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// Folder of its pictures.
    folder: PathBuf,
    sums: BTreeMap<String, u32>,
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
            sums: serde_json::from_str(&text).map_err(|e| say(&e))?,
        })
    }

    /// Whether `name` looks different; a frame that was not there before does too.
    #[must_use]
    pub fn differs(&self, name: &str, sum: u32) -> bool {
        self.sums.get(name) != Some(&sum)
    }

    /// Keeps the picture of a frame as it was in `out`. Says whether there was one.
    ///
    /// # Errors
    /// What the file system says.
    pub fn keep(&self, name: &str, out: &Path) -> Result<bool, String> {
        let old = self.folder.join(format!("{name}.png"));
        if !self.sums.contains_key(name) || !old.exists() {
            return Ok(false);
        }
        let kept = out.join(BEFORE);
        let say = |e: std::io::Error| format!("{}: {e}", old.display());
        std::fs::create_dir_all(&kept).map_err(say)?;
        std::fs::copy(&old, kept.join(format!("{name}.png"))).map_err(say)?;
        Ok(true)
    }
}

/// Writes the sums of `report` into `out`, for the next run to compare with.
///
/// # Errors
/// What the file system says.
#[expect(clippy::disallowed_methods, reason = "a tool writes what its next run reads")]
pub fn write(report: &Report, out: &Path) -> Result<(), String> {
    let sums: BTreeMap<_, _> = report.iter().map(|(name, shown)| (name, shown.sum)).collect();
    let text = serde_json::to_string_pretty(&sums).map_err(|e| e.to_string())?;
    let file = out.join(FILE);
    std::fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))
}
