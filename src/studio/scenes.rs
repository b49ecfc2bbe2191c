//! Scenes: snapshots of core as JSON, one file each.

use latchkey_core::snapshot::Snapshot;
use std::path::{Path, PathBuf};

/// A scene.
#[derive(Clone, Debug)]
pub struct Scene {
    /// File name without `.json`.
    pub name: String,
    /// What is true in it.
    pub snapshot: Snapshot,
}

/// `tests/scenes` of this source tree.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenes")
}

/// Every scene of `folder`, by name.
///
/// # Errors
/// A file that cannot be read or is no snapshot, with its name and what is wrong.
#[expect(clippy::disallowed_methods, reason = "a tool reads the scenes it draws")]
pub fn load(folder: &Path) -> Result<Vec<Scene>, String> {
    let say = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|e| say(folder, &e))?;
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).map_err(|e| say(&path, &e))?;
            let snapshot = serde_json::from_str(&text).map_err(|e| say(&path, &e))?;
            let name = path
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            Ok(Scene { name, snapshot })
        })
        .collect()
}
