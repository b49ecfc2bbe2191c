//! The languages of a folder, read while the preview runs: which there are, what they say, and what they say wrongly.

use super::pages::Fault;
use super::sources::{bytes, paths};
use crate::strings::check::{broken, check};
use crate::strings::english::{Catalogue, English};
use crate::strings::glossary::Glossary;
use crate::strings::source::{Folder, SourceFile};
use crate::strings::{language, pseudo, written};
use latchkey_screen::words::{Fluent, LOCALES, Locale};
use latchkey_ui::words::{MESSAGES, SOURCES, Words};
use std::fmt::Write as _;
use std::path::Path;
use unic_langid::LanguageIdentifier;

/// A language that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Language tag: the folder's name.
    pub tag: String,
    /// What it is called.
    pub name: String,
}

/// The languages of `i18n`: those of the phone in its order, then what else has a folder, then two that nobody speaks.
#[must_use]
pub fn offered(i18n: &Path) -> Vec<Offer> {
    let mut folders: Vec<String> = std::fs::read_dir(i18n)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|tag| tag.parse::<LanguageIdentifier>().is_ok())
        .collect();
    folders.sort();
    let offer = |tag: &str, name: &str| Offer {
        tag: tag.to_owned(),
        name: name.to_owned(),
    };
    // English is compiled in: it is there in any case.
    let known = LOCALES
        .iter()
        .filter(|l| l.tag == "en" || folders.iter().any(|f| f == l.tag));
    let mut all: Vec<Offer> = known.map(|l| offer(l.tag, l.name)).collect();
    for tag in folders {
        let pseudo = [pseudo::ACCENTED.tag, pseudo::MIRRORED.tag].contains(&tag.as_str());
        if !pseudo && all.iter().all(|o| o.tag != tag) {
            all.push(offer(&tag, "folder only"));
        }
    }
    all.extend([pseudo::ACCENTED, pseudo::MIRRORED].map(|l| offer(l.tag, l.name)));
    all
}

/// Files whose texts come to the pages only through Rust, as in `ui/build.rs`.
const STRUCTLESS: [&str; 4] = ["shared", "refusals", "android", "lender"];

/// A text that the pages take by its name: `Strings.home.title`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    page: String,
    name: String,
    id: String,
    english: String,
}

/// A language as its files say it now.
pub struct Language {
    /// What it says; what it lacks is in the English of the same folder.
    pub words: Fluent,
    own: Folder,
    english: Folder,
    catalogue: Catalogue,
    fields: Vec<Field>,
}

impl Language {
    /// Reads the language `tag` of `i18n`. What cannot be read is in `faults`, and English on the screen. `before` is the
    /// language read last: a row made for it is used again.
    pub fn read(i18n: &Path, tag: &str, before: Option<&Language>, faults: &mut Vec<Fault>) -> Language {
        let mut english = folder(i18n, "en", faults);
        if english.files.is_empty() {
            english = compiled_english(i18n);
        }
        let catalogue = Catalogue::of(&english);
        let pseudo = [pseudo::ACCENTED, pseudo::MIRRORED]
            .into_iter()
            .find(|l| l.tag == tag);
        let (locale, own) = match pseudo {
            Some(locale) => (locale, pseudo::folder(&english, &catalogue, locale)),
            None if tag == "en" => (&LOCALES[0], english.clone()),
            None => (row(tag, before), folder(i18n, tag, faults)),
        };
        let texts = |folder: &'_ Folder| folder.files.iter().map(|f| f.text.clone()).collect::<Vec<_>>();
        let (said, under) = (texts(&own), texts(&english));
        // Under an English that is edited stands the one that is compiled in.
        let under: &[String] = if tag == "en" { &[] } else { &under };
        Language {
            words: Fluent::with_english(
                locale,
                said.iter().map(String::as_str),
                under.iter().map(String::as_str),
            ),
            fields: fields(&catalogue),
            own,
            english,
            catalogue,
        }
    }

    /// The texts of a page as `Strings` holds them: field and text.
    pub fn texts<'a>(&'a self, page: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
        let of_page = self.fields.iter().filter(move |f| f.page == page);
        of_page.map(|f| (f.name.clone(), self.words.text(&f.id, &[])))
    }

    /// Whether the pages can ask for the same texts by name as in `other`.
    #[must_use]
    pub fn same_fields(&self, other: &Language) -> bool {
        let names = |l: &Language| -> Vec<(String, String)> {
            l.fields
                .iter()
                .map(|f| (f.page.clone(), f.name.clone()))
                .collect()
        };
        names(self) == names(other)
    }

    /// `ui/strings.slint` as the build would write it for this English, so that a new text needs no build. What the
    /// English of the folder no longer has stays, since the phone still has it.
    #[must_use]
    pub fn strings(&self) -> String {
        let mut pages: Vec<&str> = Vec::new();
        for field in &self.fields {
            if !pages.contains(&field.page.as_str()) {
                pages.push(&field.page);
            }
        }
        let (mut structs, mut global) = (String::new(), String::from("export global Strings {\n"));
        for page in pages {
            let _ = writeln!(structs, "export struct {}Text {{", super::value::pascal(page));
            let _ = writeln!(
                global,
                "in property <{}Text> {page}: {{",
                super::value::pascal(page)
            );
            for field in self.fields.iter().filter(|f| f.page == page) {
                let _ = writeln!(structs, "{}: string,", field.name);
                let _ = writeln!(global, "{}: \"{}\",", field.name, escaped(&field.english));
            }
            structs.push_str("}\n");
            global.push_str("};\n");
        }
        structs + &global + "}\n"
    }

    /// What the files say wrongly: each with its line, and whether English stands there instead.
    #[must_use]
    pub fn judged(&self) -> Vec<Fault> {
        // A language that nobody speaks is English in other letters, and has no files of its own.
        let pseudo = [pseudo::ACCENTED.tag, pseudo::MIRRORED.tag].contains(&self.own.tag.as_str());
        let mut faults = if pseudo || self.own.tag == "en" {
            Vec::new()
        } else {
            self.said_wrongly(&self.own, &self.words, "English")
        };
        // What stands wrong in English is wrong under every language.
        let texts = self.english.files.iter().map(|f| f.text.as_str());
        let english = Fluent::with_texts(&LOCALES[0], texts);
        faults.extend(self.said_wrongly(&self.english, &english, "the English that is compiled in"));
        faults.extend(self.unknown_to_rust());
        faults
    }

    /// What `folder`, which speaks through `words`, says wrongly, and that `instead` is shown where it cannot be said.
    fn said_wrongly(&self, folder: &Folder, words: &Fluent, instead: &str) -> Vec<Fault> {
        let (found, _) = check(&self.catalogue, folder, &Glossary::default());
        let mut faults = Vec::new();
        for finding in found.into_iter().filter(|f| f.code.changes_the_text()) {
            let (what, next) = (finding.what, finding.next);
            let what = match finding.message.as_str() {
                "" => format!("{what}; {next}"),
                id if broken(words, id).is_some() => format!("{id}: {what}, so {instead} is shown; {next}"),
                id => format!("{id}: {what}; {next}"),
            };
            faults.push(Fault::line(&finding.file, finding.line, what));
        }
        faults
    }

    /// Texts that were added to English and reach no page without Rust.
    fn unknown_to_rust(&self) -> Vec<Fault> {
        let reached = |text: &English| {
            MESSAGES.iter().any(|m| m.id == text.id) || self.fields.iter().any(|f| f.id == text.id)
        };
        let new = self.catalogue.texts.iter().filter(|text| !reached(text));
        new.map(|text| {
            let file = self.own.path.with_file_name("en").join(&text.file);
            let what = format!(
                "{} is new, and Rust hands it to the pages: use it in src/screen/present, then start the preview again",
                text.id
            );
            Fault::line(&written(&file), text.line, what)
        })
        .collect()
    }
}

/// The row of a language: its own, else the one that was made for it before, else one like its script's.
fn row(tag: &str, before: Option<&Language>) -> &'static Locale {
    before
        .map(|b| b.words.locale)
        .filter(|l| l.tag == tag)
        .or_else(|| language::locale(tag).ok())
        .unwrap_or(&LOCALES[0])
}

/// The files of a language that can be read.
fn folder(i18n: &Path, tag: &str, faults: &mut Vec<Fault>) -> Folder {
    let path = i18n.join(tag);
    let files = paths(&path, "ftl").unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    let mut read_files = Vec::new();
    for path in files {
        match bytes(&path) {
            Ok(bytes) => read_files.push(SourceFile::of(path, &bytes)),
            Err(fault) => faults.push(fault),
        }
    }
    Folder {
        tag: tag.to_owned(),
        path,
        files: read_files,
    }
}

fn compiled_english(i18n: &Path) -> Folder {
    let path = i18n.join("en");
    let files = SOURCES.iter().find(|(tag, _)| *tag == "en").map(|(_, f)| *f);
    let files = files.into_iter().flatten().map(|(name, text)| {
        let name = format!("{}.ftl", name.trim_end_matches(".ftl"));
        SourceFile {
            path: path.join(&name),
            name,
            text: (*text).to_owned(),
            not_utf8: None,
        }
    });
    Folder {
        tag: "en".into(),
        files: files.collect(),
        path,
    }
}

/// Every text that a page can ask for by name: those of the phone, then what the folder's English has beside them.
fn fields(catalogue: &Catalogue) -> Vec<Field> {
    let english = Fluent::new("en");
    let plain = |text: &English| text.shown.is_empty() && text.chooses.is_empty();
    let field = |page: &str, id: &str, english: String| Field {
        page: page.to_owned(),
        name: id
            .strip_prefix(page)
            .and_then(|rest| rest.strip_prefix('-'))
            .unwrap_or(id)
            .replace('.', "-"),
        id: id.to_owned(),
        english,
    };
    let structured = |page: &str| !STRUCTLESS.contains(&page);
    let known = MESSAGES
        .iter()
        .filter(|m| m.parameters.is_empty() && structured(m.file));
    let mut fields: Vec<Field> = known
        .map(|m| {
            let now = catalogue.get(m.id).filter(|text| plain(text));
            field(
                m.file,
                m.id,
                now.map_or_else(|| english.text(m.id, &[]), |text| text.text.clone()),
            )
        })
        .collect();
    for text in catalogue.texts.iter().filter(|text| plain(text)) {
        let page = text.file.trim_end_matches(".ftl");
        if structured(page) && !MESSAGES.iter().any(|m| m.id == text.id) {
            fields.push(field(page, &text.id, text.text.clone()));
        }
    }
    fields
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
