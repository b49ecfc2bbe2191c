//! The designer's and the translator's tools: the only crate that interprets .slint.
//!
//! - `preview`: a window with switches on the pages as they stand on disk; its own manual is `preview/mod.rs`.
//! - `shots`: every scene × page × language × panel × text size × colours, judged; pictures and one HTML page. `matrix`
//!   lists them, `stage` draws them with the phone's own compiled screen, `shots::baseline` says which look different.
//! - `tokens`: the theme's values for other tools.
//! - `strings`: the translations, judged: their files, and what they do to the pages.
//!
//! Scenes are `tests/scenes/*.json` (snapshots of core). The findings are `latchkey_screen::findings`, the same everywhere.

pub mod matrix;
pub mod preview;
pub mod scenes;
pub mod shots;
pub mod stage;
pub mod strings;
pub mod terminal;
pub mod tokens;

/// The tool's own window and canvas.
#[allow(
    clippy::all,
    clippy::restriction,
    missing_docs,
    unused_qualifications,
    reason = "made by the Slint compiler"
)]
pub(crate) mod ui {
    slint::include_modules!();
}
