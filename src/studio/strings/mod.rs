//! `strings`: is a translation whole, true to English, and does it fit the screen?
//!
//! ```text
//! i18n/en/*.ftl  -> source (parsed, with lines) -> english::Catalogue   what every message has to say
//! i18n/xx/*.ftl  -> source -> check             -> Finding, Coverage    file by file, message by message
//!                          -> layout            -> Finding, Index       on the real pages, drawn in memory
//! Finding, Coverage, Index -> report            -> text or JSON
//! ```
//! - Everything is read at run time: a copied folder is checked as it is, nothing is built again.
//! - `pattern` unfolds a text into every way it can be said; `rules` judges these, `letters` their characters,
//!   `glossary` their terms, `plural` knows how a language counts, `language` how it is written.
//! - `fix` writes what is missing as comments; `pseudo` makes languages that nobody speaks, to try the pages.
//!
//! A new rule: a variant of `Code`, its place in `rules` or `letters`, a line in `docs/translators.md`.

pub mod check;
pub mod cli;
pub mod english;
pub mod fix;
pub mod glossary;
pub mod language;
pub mod layout;
pub mod letters;
pub mod pattern;
pub mod plural;
pub mod pseudo;
pub mod report;
pub mod rules;
pub mod source;

#[cfg(test)]
mod mangled;
#[cfg(test)]
mod odd;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use unicode_segmentation::UnicodeSegmentation as _;

/// Kinds of findings. Their names are stable: programs read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file cannot be read as Fluent here.
    Junk,
    /// A message stands in a file twice, or in two files.
    Duplicate,
    /// English has it, this language has not.
    Missing,
    /// English has it no more.
    Obsolete,
    /// It stands in another file than in English.
    Misplaced,
    /// The file does not say who reviewed it.
    Review,
    /// An English message does not say where it stands, for whom, and how long it may be.
    Comment,
    /// An argument that English shows is not shown, in one branch at least.
    VariableDropped,
    /// An argument that the screen does not hand over.
    VariableUnknown,
    /// Something is shown as a number that only chooses a plural.
    NumberShown,
    /// A choice that rests on something else than a declared number.
    Selector,
    /// A plural category that the language does not have, or that stands twice.
    PluralWrong,
    /// A plural category of the language that is not there.
    PluralMissing,
    /// A message or term that does not exist, or leads back to itself.
    Reference,
    /// A function; the screen has none.
    Function,
    /// HTML, a link, or a placeholder that Fluent does not know.
    Markup,
    /// Control characters.
    Control,
    /// A direction that is forced, or an isolate that is not closed.
    Bidi,
    /// Nothing to read in it.
    Empty,
    /// Longer than its comment allows, or much longer than English.
    Long,
    /// A character that no bundled font has.
    Glyph,
    /// A term of the glossary is said another way.
    Term,
    /// A name that stays as it is was changed.
    Name,
    /// On a page, the text does not fit.
    Overflow,
    /// On a page, two things to press have the same name.
    SameName,
    /// On a page, something lies wrong because of the text.
    Layout,
}

impl Code {
    /// All of them.
    pub const ALL: [Code; 26] = [
        Code::Junk,
        Code::Duplicate,
        Code::Missing,
        Code::Obsolete,
        Code::Misplaced,
        Code::Review,
        Code::Comment,
        Code::VariableDropped,
        Code::VariableUnknown,
        Code::NumberShown,
        Code::Selector,
        Code::PluralWrong,
        Code::PluralMissing,
        Code::Reference,
        Code::Function,
        Code::Markup,
        Code::Control,
        Code::Bidi,
        Code::Empty,
        Code::Long,
        Code::Glyph,
        Code::Term,
        Code::Name,
        Code::Overflow,
        Code::SameName,
        Code::Layout,
    ];

    /// Its stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Junk => "junk",
            Code::Duplicate => "duplicate",
            Code::Missing => "missing",
            Code::Obsolete => "obsolete",
            Code::Misplaced => "misplaced",
            Code::Review => "review",
            Code::Comment => "comment",
            Code::VariableDropped => "variable-dropped",
            Code::VariableUnknown => "variable-unknown",
            Code::NumberShown => "number-shown",
            Code::Selector => "selector",
            Code::PluralWrong => "plural-wrong",
            Code::PluralMissing => "plural-missing",
            Code::Reference => "reference",
            Code::Function => "function",
            Code::Markup => "markup",
            Code::Control => "control",
            Code::Bidi => "bidi",
            Code::Empty => "empty",
            Code::Long => "long",
            Code::Glyph => "glyph",
            Code::Term => "term",
            Code::Name => "name",
            Code::Overflow => "overflow",
            Code::SameName => "same-name",
            Code::Layout => "layout",
        }
    }

    /// Whether a finding of this kind is about what the screen shows, and not about work that is left to do.
    #[must_use]
    pub fn changes_the_text(self) -> bool {
        match self {
            Code::Junk
            | Code::Duplicate
            | Code::Obsolete
            | Code::Misplaced
            | Code::VariableDropped
            | Code::VariableUnknown
            | Code::NumberShown
            | Code::Selector
            | Code::PluralWrong
            | Code::PluralMissing
            | Code::Reference
            | Code::Function
            | Code::Markup
            | Code::Control
            | Code::Bidi
            | Code::Empty => true,
            Code::Missing
            | Code::Review
            | Code::Comment
            | Code::Long
            | Code::Glyph
            | Code::Term
            | Code::Name
            | Code::Overflow
            | Code::SameName
            | Code::Layout => false,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// File, as it was asked for.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Which kind.
    pub code: Code,
    /// `id`, or `id.attribute`; empty when it is about the file.
    pub message: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
    /// Names of the shots in which the message is seen; filled from the index.
    pub shots: Vec<String>,
}

/// The folder of the languages where nobody names another: `i18n` here, else that of this source tree.
#[must_use]
pub fn own_folder() -> PathBuf {
    if Path::new("i18n/en").is_dir() {
        return PathBuf::from("i18n");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../i18n");
    folder.canonicalize().unwrap_or(folder)
}

/// A command for the next step, which has to name the folder again where it is not `own_folder`.
#[must_use]
pub fn command(rest: &str, i18n: &Path) -> String {
    if i18n == own_folder() {
        return format!("cargo studio strings {rest}");
    }
    let folder = written(i18n);
    let folder = if folder.contains(char::is_whitespace) {
        format!("\"{folder}\"")
    } else {
        folder
    };
    format!("cargo studio strings {rest} --i18n {folder}")
}

/// How a path is written in answers: with `/`, as it was asked for.
#[must_use]
pub fn written(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Characters of a text as a reader counts them: a letter with its marks is one, what has no width is none.
#[must_use]
pub fn length(text: &str) -> usize {
    latchkey_screen::format::bare(text).graphemes(true).count()
}
