//! `visit.json`: what the owner chose on the screen, kept beside the phone's other files.

use latchkey_agent::storage::{self, RealFiles};
use latchkey_screen::Choices;
use std::cell::RefCell;
use std::path::Path;

/// Name of the file.
const VISIT: &str = "visit.json";

/// Where choices are kept.
pub struct ChoicesFile(RefCell<RealFiles>);

impl ChoicesFile {
    /// The file in the phone's folder; `None` when the folder cannot be made.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Option<ChoicesFile> {
        RealFiles::new(folder)
            .ok()
            .map(|files| ChoicesFile(RefCell::new(files)))
    }

    /// What was chosen last time. A missing or damaged file is no choice.
    #[must_use]
    pub fn load(&self) -> Option<Choices> {
        let bytes = storage::read(&mut *self.0.borrow_mut(), VISIT).ok()??;
        Some(Choices::from_json(&bytes))
    }

    /// Keeps `choices`. A full disk costs the choice, nothing else.
    pub fn store(&self, choices: &Choices) {
        let _ = storage::replace(&mut *self.0.borrow_mut(), VISIT, &choices.to_json(), false);
    }
}
