//! The designer's and the translator's tools. First level: `shots`, which draws every scene and judges every frame.
//!
//! `matrix` lists what is drawn (scene × page × language × panel × text size × theme), `stage` puts a scene on a screen
//! in memory and draws it, `scenes` reads `tests/scenes/*.json` (snapshots of core), `shots` writes pictures and one
//! HTML page. The findings themselves are `latchkey_screen::findings`, the same in the tests of this crate.
//!
//! `strings` judges the translations: their files, and what they do to the pages.
//!
//! Not here yet: `preview` (a window with switches).

pub mod matrix;
pub mod scenes;
pub mod shots;
pub mod stage;
pub mod strings;
