//! The files that are previewed, as they stand on disk now.

use super::pages::Fault;
use crate::scenes::Scene;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// `ui`
    pub ui: PathBuf,
    /// `i18n`
    pub i18n: PathBuf,
    /// `tests/scenes`
    pub scenes: PathBuf,
}

impl Folders {
    /// The folders below `root`.
    #[must_use]
    pub fn below(root: &Path) -> Folders {
        Folders {
            ui: root.join("ui"),
            i18n: root.join("i18n"),
            scenes: root.join("tests/scenes"),
        }
    }

    /// Those of this source tree.
    #[must_use]
    pub fn own() -> Folders {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Folders::below(&root.canonicalize().unwrap_or(root))
    }
}

/// The kind of a file that matters, by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.slint`
    Pages,
    /// `.ftl`
    Words,
    /// `.json`
    Scenes,
}

impl Kind {
    /// The kind of `path`, if it matters.
    #[must_use]
    pub fn of(path: &Path) -> Option<Kind> {
        match path.extension().and_then(OsStr::to_str) {
            Some("slint") => Some(Kind::Pages),
            Some("ftl") => Some(Kind::Words),
            Some("json") => Some(Kind::Scenes),
            Some(_) | None => None,
        }
    }
}

/// What is wrong with a whole file or folder.
pub(super) fn whole(file: &Path, what: impl ToString) -> Fault {
    Fault {
        file: file.to_owned(),
        line: 0,
        column: 0,
        what: what.to_string(),
    }
}

/// Paths of `folder` that end like this, sorted.
pub(super) fn paths(folder: &Path, end: &str) -> Result<Vec<PathBuf>, Fault> {
    let entries = fs::read_dir(folder).map_err(|e| whole(folder, e))?;
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == end));
    paths.sort();
    Ok(paths)
}

#[expect(clippy::disallowed_methods, reason = "a tool reads what it previews")]
pub(super) fn read(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|e| whole(file, e))
}

#[expect(clippy::disallowed_methods, reason = "a tool reads what it previews")]
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(file).map_err(|e| whole(file, e))
}

/// The names of the scenes.
///
/// # Errors
/// A folder that cannot be read.
pub fn scene_names(folders: &Folders) -> Result<Vec<String>, String> {
    let files = paths(&folders.scenes, "json").map_err(|fault| fault.to_string())?;
    let mut names: Vec<String> = files.iter().map(|file| stem(file)).collect();
    names.sort_by(|a, b| of_life(a).cmp(&of_life(b)));
    Ok(names)
}

/// The states of a phone in the order of its life.
const LIFE: [&str; 8] = [
    "welcome", "free", "open", "locked", "backup", "released", "settled", "unknown",
];

/// Where a scene stands in the list: by its state, then by its name.
fn of_life(name: &str) -> (usize, &str) {
    let state = name.split('-').next().unwrap_or_default();
    (LIFE.iter().position(|s| *s == state).unwrap_or(LIFE.len()), name)
}

fn stem(file: &Path) -> String {
    file.file_stem()
        .and_then(OsStr::to_str)
        .unwrap_or_default()
        .to_owned()
}

/// What serde says, without the line and column that stand before it already.
fn without_place(e: &serde_json::Error) -> String {
    let what = e.to_string();
    let place = format!(" at line {} column {}", e.line(), e.column());
    what.strip_suffix(&place).map_or(what.clone(), str::to_owned)
}

/// The scenes as their files say them now, in the order of a phone's life. Of a file that cannot be read the one in `before` stays.
#[must_use]
pub fn scenes(folders: &Folders, before: &[Scene], faults: &mut Vec<Fault>) -> Vec<Scene> {
    let files = paths(&folders.scenes, "json").unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    let mut scenes = Vec::new();
    for file in files {
        let name = stem(&file);
        let snapshot = read(&file).and_then(|text| {
            serde_json::from_str(&text).map_err(|e| Fault {
                file: file.clone(),
                line: e.line(),
                column: e.column(),
                what: without_place(&e),
            })
        });
        match snapshot {
            Ok(snapshot) => scenes.push(Scene { name, snapshot }),
            Err(fault) => {
                faults.push(fault);
                scenes.extend(before.iter().find(|s| s.name == name).cloned());
            }
        }
    }
    scenes.sort_by(|a, b| of_life(&a.name).cmp(&of_life(&b.name)));
    scenes
}
