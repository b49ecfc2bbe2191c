//! A broken translation never crashes or blanks the screen: files with every kind of damage, on the real pages.

use super::source::{Folder, SourceFile};
use crate::matrix;
use crate::scenes;
use latchkey_screen::present::present;
use latchkey_screen::words::{Fluent, Locale, is_blank};
use latchkey_screen::{Choices, Visit};
use latchkey_ui::words::{Arg, MESSAGES, Words};
use proptest::prelude::*;
use std::cell::RefCell;
use std::path::Path;

/// What damage is made of.
const SCRAPS: [&str; 22] = [
    "{",
    "}",
    "{ $",
    "{ \"\" }",
    "{ $count ->",
    "*[other]",
    "[one]",
    " = ",
    "\n",
    "\n\n",
    "\r\n",
    "# ",
    "home-title",
    ".spoken = ",
    "\u{202e}",
    "\u{2067}",
    "\u{0}",
    "\u{feff}",
    "{ home-title }",
    "{ -term }",
    "{ NUMBER($count) }",
    "漢",
];

#[derive(Clone, Debug)]
enum Damage {
    Cut(prop::sample::Index, usize),
    Put(prop::sample::Index, usize),
    Twice(prop::sample::Index, usize),
    End(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        4 => (at(), 1..80_usize).prop_map(|(at, n)| Damage::Cut(at, n)),
        6 => (at(), 0..SCRAPS.len()).prop_map(|(at, n)| Damage::Put(at, n)),
        2 => (at(), 1..200_usize).prop_map(|(at, n)| Damage::Twice(at, n)),
        1 => at().prop_map(Damage::End),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for damage in damages {
        let place = |at: &prop::sample::Index| at.index(letters.len() + 1);
        match damage {
            Damage::Cut(at, n) => {
                let at = place(at);
                letters.drain(at..(at + n).min(letters.len()));
            }
            Damage::Put(at, scrap) => {
                let at = place(at);
                letters.splice(at..at, SCRAPS[*scrap].chars());
            }
            Damage::Twice(at, n) => {
                let at = place(at);
                let again: Vec<char> = letters[at..(at + n).min(letters.len())].to_vec();
                letters.splice(at..at, again);
            }
            Damage::End(at) => {
                let at = place(at);
                letters.truncate(at);
            }
        }
    }
    letters.into_iter().collect()
}

/// A message that was asked for, with what English says in its place.
struct Asked {
    id: String,
    own: bool,
    text: String,
    english: String,
}

struct Witness<'w> {
    words: &'w Fluent,
    english: &'w Fluent,
    asked: RefCell<Vec<Asked>>,
}

impl Words for Witness<'_> {
    fn text(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let text = self.words.text(id, args);
        self.asked.borrow_mut().push(Asked {
            id: id.to_owned(),
            own: self.words.has(id, args),
            text: latchkey_screen::format::bare(&text),
            english: latchkey_screen::format::bare(&self.english.text(id, args)),
        });
        text
    }
}

fn files(tag: &str) -> Vec<SourceFile> {
    let i18n = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../i18n");
    Folder::read(&i18n, tag).unwrap().files
}

fn speak(locale: &'static Locale, files: &[SourceFile]) -> Fluent {
    Fluent::with_texts(locale, files.iter().map(|f| f.text.as_str()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// OWN-14: whatever a file holds, every page is filled, and what the file cannot say is said in English.
    #[test]
    fn a_damaged_file_blanks_nothing(
        right_to_left in any::<bool>(),
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let tag = if right_to_left { "ar" } else { "hi" };
        let mut files = files(tag);
        let which = which.index(files.len());
        let whole = speak(Locale::find(tag), &files);
        files[which].text = damaged(&files[which].text, &damages);
        let words = speak(Locale::find(tag), &files);
        let english = Fluent::new("en");
        let witness = Witness { words: &words, english: &english, asked: RefCell::default() };
        let choices = Choices { locale: tag.into(), ..Choices::default() };
        for scene in scenes::load(&scenes::folder()).unwrap().iter().filter(|s| s.name == "locked" || s.name == "welcome") {
            for (page, answer) in matrix::pages(scene) {
                let mut visit = Visit::new(choices.clone());
                visit.answer = answer;
                visit.go(page);
                let _ = present(&scene.snapshot, &visit, &witness);
            }
        }
        for message in MESSAGES.iter().filter(|m| m.parameters.is_empty()) {
            let _ = witness.text(message.id, &[]);
        }
        for asked in witness.asked.into_inner() {
            prop_assert!(!is_blank(&asked.text) || is_blank(&asked.english), "{} is blank", asked.id);
            if !asked.own {
                prop_assert_eq!(asked.text, asked.english, "{}", asked.id);
            }
        }
        // Message by message: the other files speak as before.
        let file = files[which].name.trim_end_matches(".ftl").to_owned();
        for message in MESSAGES.iter().filter(|m| m.parameters.is_empty() && m.file != file) {
            // A scrap may be a message of another page.
            if message.id != "home-title" {
                prop_assert_eq!(words.text(message.id, &[]), whole.text(message.id, &[]));
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The tool reads the same damage, and every finding has a line of the file.
    #[test]
    fn a_damaged_file_is_judged(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let i18n = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../i18n");
        let catalogue = super::english::Catalogue::of(&Folder::read(&i18n, "en").unwrap());
        let mut folder = Folder::read(&i18n, "ar").unwrap();
        let which = which.index(folder.files.len());
        folder.files[which].text = damaged(&folder.files[which].text, &damages);
        let (findings, _) = super::check::check(&catalogue, &folder, &super::glossary::Glossary::default());
        let lines = folder.files[which].text.split('\n').count();
        for finding in findings.iter().filter(|f| f.file.ends_with(&folder.files[which].name)) {
            prop_assert!((1..=lines).contains(&finding.line), "{finding:?}");
        }
    }
}
