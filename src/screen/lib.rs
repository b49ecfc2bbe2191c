//! What the owner sees and taps.
//!
//! ```text
//! Snapshot + Visit + Words -> present -> View -> show -> the window's globals -> pixels
//! tap -> connect -> another page (Visit) | Dialer | Essentials | Command
//! ```
//! - `present` is pure: `Snapshot` is what is true (core), `Visit` what is looked at (here), `Words` a language.
//! - `show` sets globals and nothing else; `connect` matches every `Action`; `screen` holds both together.
//! - `semantics` reads the drawn page back as a screen reader would; `findings` judges it; `frames` draws it in memory.
//!
//! A new page: `ui/pages`, a variant of `Page`, and the compiler names the matches in `present`. A new tap: a variant
//! of `Action` and its arm in `connect`. A new language: `i18n/<tag>`, a row of `words::LOCALES`, perhaps a font.

pub mod connect;
pub mod findings;
pub mod fonts;
pub mod format;
pub mod frames;
pub mod panel;
pub mod ports;
pub mod present;
pub mod qr;
mod screen;
pub mod semantics;
pub mod show;
pub mod visit;
pub mod words;

#[cfg(test)]
mod tests;

pub use latchkey_ui::{Action, Page};

pub use frames::{Frame, Headless};
pub use panel::{Insets, Panel};
pub use ports::{Dialer, Essential, Essentials};
pub use screen::{Screen, ScreenConfig};
pub use visit::{Choices, Copy, Theme, Visit};
