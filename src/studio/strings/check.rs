//! A language file by file: what is there, what is missing, what is wrong.

use super::english::{Catalogue, English, messages};
use super::glossary::Glossary;
use super::pattern::Lookup;
use super::plural::Plurals;
use super::rules::{self, Judge};
use super::source::{Folder, Parsed, Text, meant_by};
use super::{Code, Finding, language, written};
use fluent_syntax::ast::Entry;
use latchkey_screen::words::{Fluent, Unsaid};
use latchkey_ui::words::{Arg, MESSAGES};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a file is translated. What is counted are texts: values and attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// File with `.ftl`.
    pub file: String,
    /// Whether this language has the file.
    pub exists: bool,
    /// Texts in English.
    pub texts: usize,
    /// Texts that this language has.
    pub translated: usize,
    /// Ids that English has and this language has not.
    pub missing: Vec<String>,
    /// Ids that stand in what cannot be read.
    pub unreadable: Vec<String>,
    /// Ids that English has no more.
    pub obsolete: Vec<String>,
    /// Who reviewed it: `machine` or `native`, and when.
    pub review: Option<(String, String)>,
}

/// What is known of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Language tag.
    pub tag: String,
    /// Every file of English, and what else lies there.
    pub files: Vec<FileCoverage>,
    /// Terms of the glossary that have a word in this language.
    pub terms: usize,
    /// Where each text stands: file and line.
    pub lines: BTreeMap<String, (String, usize)>,
}

impl Coverage {
    /// Texts in English, and how many of them are translated.
    #[must_use]
    pub fn counted(&self) -> (usize, usize) {
        let sum = |what: fn(&FileCoverage) -> usize| self.files.iter().map(what).sum();
        (sum(|f| f.texts), sum(|f| f.translated))
    }
}

/// Judges `folder` by its files alone.
#[must_use]
pub fn check(catalogue: &Catalogue, folder: &Folder, glossary: &Glossary) -> (Vec<Finding>, Coverage) {
    let parsed = folder.parse();
    let plurals = Plurals::of(&folder.tag);
    let lookup = Lookup::of(&parsed);
    let script = language::script(&folder.tag);
    let drawn = script.as_deref().is_none_or(language::is_drawn);
    let judge = Judge {
        tag: &folder.tag,
        plurals: &plurals,
        glossary,
        lookup: &lookup,
        drawn,
    };
    let mut all = Check {
        catalogue,
        elsewhere: elsewhere(&parsed, catalogue),
        words: language::locale(&folder.tag).ok().map(|locale| {
            let texts = folder.files.iter().map(|file| file.text.as_str());
            Fluent::with_texts(locale, texts)
        }),
        judge: &judge,
        found: Vec::new(),
        coverage: Coverage {
            tag: folder.tag.clone(),
            terms: glossary.said_in(&folder.tag),
            ..Coverage::default()
        },
        places: BTreeMap::new(),
    };
    if !drawn && !folder.files.is_empty() {
        let script = script.unwrap_or_default();
        all.file_finding(
            &written(&folder.path),
            1,
            Code::Glyph,
            format!("no bundled font draws the script {script}"),
            "ask a developer for the font: a line in assets/fonts/subset.py and a row in src/screen/fonts.rs",
        );
    }
    for file in &parsed {
        all.file(file);
    }
    for name in catalogue.files() {
        if !parsed.iter().any(|p| p.file.name == *name) {
            all.no_file(folder, name);
        }
    }
    all.coverage.files.sort_by(|a, b| a.file.cmp(&b.file));
    all.coverage.lines = all.places;
    (all.found, all.coverage)
}

/// What Fluent says of a message that does not format whole with the samples of its arguments.
#[must_use]
pub fn broken(words: &Fluent, id: &str) -> Option<Vec<String>> {
    let parameters = MESSAGES.iter().find(|m| m.id == id).map(|m| m.parameters)?;
    [0, 1, 2, 3, 11, 100].into_iter().find_map(|number| {
        let args: Vec<_> = parameters
            .iter()
            .map(|p| {
                let arg = if p.number {
                    Arg::Number(number)
                } else {
                    Arg::Text(p.sample)
                };
                (p.name, arg)
            })
            .collect();
        match words.unsaid(id, &args)? {
            Unsaid::Broken(why) => Some(why),
            Unsaid::Missing => None,
        }
    })
}

/// The texts of `files` that English has in another file.
pub fn elsewhere(files: &[Parsed<'_>], catalogue: &Catalogue) -> BTreeSet<String> {
    let of = |file: &Parsed<'_>| {
        let name = file.file.name.clone();
        let texts = file.texts().into_iter().map(|text| text.id);
        texts
            .filter(move |id| catalogue.get(id).is_some_and(|english| english.file != name))
            .collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

struct Check<'c> {
    catalogue: &'c Catalogue,
    words: Option<Fluent>,
    /// Texts that stand in another file than in English.
    elsewhere: BTreeSet<String>,
    judge: &'c Judge<'c>,
    found: Vec<Finding>,
    coverage: Coverage,
    places: BTreeMap<String, (String, usize)>,
}

impl Check<'_> {
    fn file_finding(&mut self, file: &str, line: usize, code: Code, what: String, next: &str) {
        self.finding(file, line, code, "", what, next.to_owned());
    }

    fn finding(&mut self, file: &str, line: usize, code: Code, message: &str, what: String, next: String) {
        self.found.push(Finding {
            file: file.to_owned(),
            line,
            code,
            message: message.to_owned(),
            what,
            next,
            shots: Vec::new(),
        });
    }

    fn file(&mut self, file: &Parsed<'_>) {
        let path = written(&file.file.path);
        let unread = self.unreadable(file, &path);
        let review = review(&file.file.text);
        let mut coverage = FileCoverage {
            file: file.file.name.clone(),
            exists: true,
            review,
            ..FileCoverage::default()
        };
        let mut here = BTreeSet::new();
        for text in file.texts() {
            if !here.insert(text.id.clone()) {
                self.finding(
                    &path,
                    text.line,
                    Code::Duplicate,
                    &text.id,
                    "stands twice in this file".to_owned(),
                    "keep one of them: the last one is shown, and the first one is what is judged here"
                        .to_owned(),
                );
                continue;
            }
            if let Some((other, line)) = self.places.get(&text.id).cloned() {
                self.finding(
                    &path,
                    text.line,
                    Code::Duplicate,
                    &text.id,
                    format!("stands in {other}, line {line}, too"),
                    "keep the one in the file where English has it".to_owned(),
                );
            }
            match self.catalogue.get(&text.id) {
                None if self.catalogue.is_unread(&text.id, &file.file.name) => continue,
                None => {
                    coverage.obsolete.push(text.id.clone());
                    self.finding(
                        &path,
                        text.line,
                        Code::Obsolete,
                        &text.id,
                        "English has no such message".to_owned(),
                        match self.like(&text.id, file) {
                            Some(like) => format!("did you mean {like}? else take it out"),
                            None => "take it out, or look at the spelling of its name".to_owned(),
                        },
                    );
                    continue;
                }
                Some(english) if english.file != file.file.name => self.finding(
                    &path,
                    text.line,
                    Code::Misplaced,
                    &text.id,
                    format!("stands in {} in English", english.file),
                    format!("move it to {}", english.file),
                ),
                Some(_) => {}
            }
            self.places.insert(text.id.clone(), (path.clone(), text.line));
            if let Some(english) = self.catalogue.get(&text.id) {
                let found = rules::judge(self.judge, file, &text, english);
                let broken = self.words.as_ref().filter(|_| found.is_empty());
                if let Some(why) = broken.and_then(|words| self::broken(words, &text.id)) {
                    self.cannot_be_said(&path, &text, &why);
                }
                self.found.extend(found);
            }
        }
        for entry in &file.resource.body {
            if let Entry::Term(term) = entry {
                let id = format!("-{}", term.id.name);
                let found = rules::judge_term(self.judge, file, &id, &term.value);
                self.found.extend(found);
            }
        }
        self.missing(file, &path, &here, &unread, &mut coverage);
        if coverage.review.is_none() && !here.is_empty() {
            let line = file.file.text.lines().position(|l| l.starts_with("# review:"));
            self.file_finding(
                &path,
                line.map_or(1, |at| at + 1),
                Code::Review,
                "the file does not say who reviewed it".to_owned(),
                "write `# review: machine YEAR-MONTH-DAY` as its first line; `native` once somebody read it who speaks it",
            );
        }
        if self.judge.tag == "en" {
            self.comments(file, &path);
        }
        self.coverage.files.push(coverage);
    }

    /// What no rule tells, and the screen does: most of it lies behind a reference.
    fn cannot_be_said(&mut self, path: &str, text: &Text<'_, '_>, why: &[String]) {
        self.finding(
            path,
            text.line,
            Code::Reference,
            &text.id,
            format!("it cannot be said: {}", why.join(", ")),
            "write the words and arguments themselves, not a reference to another message; English is shown instead"
                .to_owned(),
        );
    }

    /// The message of English that was probably meant by `id`: spelt nearly so, and not in `file`.
    fn like(&self, id: &str, file: &Parsed<'_>) -> Option<String> {
        let far = |other: &str| strsim::damerau_levenshtein(other, id);
        let texts = self.catalogue.of_file(&file.file.name).map(|t| t.id.as_str());
        let near = texts.filter(|t| far(t) <= 2).min_by_key(|t| far(t))?;
        let there = file.texts().iter().any(|t| t.id == near);
        (!there).then(|| near.to_owned())
    }

    /// Tells what cannot be read, and gives the messages that were meant.
    fn unreadable(&mut self, file: &Parsed<'_>, path: &str) -> BTreeSet<String> {
        let mut unread = BTreeSet::new();
        if let Some(line) = file.file.not_utf8 {
            self.file_finding(
                path,
                line,
                Code::Junk,
                "this is not UTF-8".to_owned(),
                "save the file in the encoding UTF-8; until then what cannot be read is shown in English",
            );
        }
        if file.file.text.contains('\r') && !file.file.text.contains('\n') {
            self.file_finding(
                path,
                1,
                Code::Junk,
                "its lines end as on very old computers (CR alone)".to_owned(),
                "save the file with line ends of Unix or Windows (LF or CRLF)",
            );
        }
        if let Some(line) = file.too_deep {
            self.file_finding(
                path,
                line,
                Code::Junk,
                "too many braces in one message: nothing of this file is read".to_owned(),
                "close each { with a }, and begin each message at the start of its line",
            );
        }
        let (catalogue, english) = (self.catalogue, self.judge.tag == "en");
        let known = |id: &str| catalogue.has_message(id) || catalogue.is_unread(id, "");
        for error in &file.errors {
            let junk = error.slice.clone().and_then(|slice| file.file.text.get(slice));
            let meant = junk.and_then(|junk| meant_by(junk, &known));
            let so = match &meant {
                Some(_) if !english => ", so it is shown in English",
                Some(_) | None => "",
            };
            self.finding(
                path,
                file.line_at(error.pos.start),
                Code::Junk,
                meant.as_deref().unwrap_or_default(),
                format!("this is not Fluent: {}{so}", error.kind),
                "look at this line and the one above: a name, ` = `, the text; each { closed by }; further lines begin \
                 with four spaces"
                    .to_owned(),
            );
            unread.extend(meant);
        }
        unread
    }

    fn missing(
        &mut self,
        file: &Parsed<'_>,
        path: &str,
        here: &BTreeSet<String>,
        unread: &BTreeSet<String>,
        coverage: &mut FileCoverage,
    ) {
        let mut line = 1;
        let catalogue = self.catalogue;
        for english in catalogue.of_file(&file.file.name) {
            coverage.texts += 1;
            // Where it stands in another file it is told as misplaced.
            if here.contains(&english.id) || self.elsewhere.contains(&english.id) {
                coverage.translated += 1;
                line = self.places.get(&english.id).map_or(line, |(_, line)| *line);
                continue;
            }
            let name = english.id.split('.').next().unwrap_or_default();
            if unread.contains(name) || file.too_deep.is_some() {
                coverage.unreadable.push(english.id.clone());
                continue;
            }
            coverage.missing.push(english.id.clone());
            // Where it waits as a comment; else after the message before it.
            let waiting = waiting(&file.file.text, &english.id);
            self.finding(
                path,
                waiting.map_or(line, |at| at + 1),
                Code::Missing,
                &english.id,
                format!("not translated; English is “{}”", english.text),
                "write it; --fix puts the English text there as a comment".to_owned(),
            );
        }
    }

    fn no_file(&mut self, folder: &Folder, name: &str) {
        let path = written(&folder.path.join(name));
        let missing: Vec<String> = self.catalogue.of_file(name).map(|t| t.id.clone()).collect();
        for id in &missing {
            self.finding(
                &path,
                1,
                Code::Missing,
                id,
                "there is no such file".to_owned(),
                "--fix makes the file with the English texts as comments".to_owned(),
            );
        }
        self.coverage.files.push(FileCoverage {
            file: name.to_owned(),
            texts: missing.len(),
            missing,
            ..FileCoverage::default()
        });
    }

    /// English says of each message what a translator has to know.
    fn comments(&mut self, file: &Parsed<'_>, path: &str) {
        let lines: BTreeMap<&str, usize> = file
            .resource
            .body
            .iter()
            .filter_map(|entry| match entry {
                Entry::Message(m) => Some((m.id.name, file.line(m.id.name))),
                Entry::Term(_)
                | Entry::Comment(_)
                | Entry::GroupComment(_)
                | Entry::ResourceComment(_)
                | Entry::Junk { .. } => None,
            })
            .collect();
        for (id, comment) in messages(file) {
            let line = lines.get(id).copied().unwrap_or(1);
            if !comment.is_whole() {
                self.finding(
                    path,
                    line,
                    Code::Comment,
                    id,
                    "its comment does not say where it stands, for whom, and how long it may be".to_owned(),
                    "write `# where · who · max n characters`, then `# $name (String|Number) - what, e.g. sample`"
                        .to_owned(),
                );
            }
            let taken: Vec<_> = self
                .catalogue
                .of_file(&file.file.name)
                .filter(|t| t.id.split('.').next() == Some(id))
                .collect();
            for parameter in &comment.parameters {
                // What is misspelt is told where it is used.
                let meant = |t: &&English| {
                    let used: BTreeSet<String> = t.shown.union(&t.chooses).cloned().collect();
                    let unknown = used.iter().filter(|name| t.parameter(name).is_none());
                    unknown
                        .into_iter()
                        .any(|name| t.meant(name, &used) == Some(parameter.name.as_str()))
                };
                if !taken.iter().any(|t| t.uses(&parameter.name)) && !taken.iter().any(meant) {
                    self.finding(
                        path,
                        line,
                        Code::Comment,
                        id,
                        format!("${} is explained and not used", parameter.name),
                        "take the line out of the comment".to_owned(),
                    );
                }
            }
        }
    }
}

/// Line, from 0, where the text `id` waits in a comment to be translated.
fn waiting(text: &str, id: &str) -> Option<usize> {
    let (name, attribute) = id.split_once('.').map_or((id, None), |(name, a)| (name, Some(a)));
    let start = format!("# {name} =");
    let mut lines = text
        .lines()
        .enumerate()
        .skip_while(|(_, line)| !line.starts_with(&start));
    let (first, _) = lines.next()?;
    let Some(attribute) = attribute else {
        return Some(first);
    };
    let own = format!(".{attribute} =");
    let mut below = lines.take_while(|(_, line)| line.starts_with('#'));
    below
        .find(|(_, line)| line.trim_start_matches(['#', ' ']).starts_with(&own))
        .map(|(at, _)| at)
}

/// `# review: machine 2026-11-25`, where it says that.
#[must_use]
pub fn review(text: &str) -> Option<(String, String)> {
    let line = text.lines().find_map(|l| l.strip_prefix("# review: "))?;
    let (who, day) = line.trim().split_once(' ')?;
    let digits: Vec<&str> = day.split('-').collect();
    let is_day =
        digits.iter().map(|d| d.len()).eq([4, 2, 2]) && digits.iter().all(|d| d.parse::<u32>().is_ok());
    (matches!(who, "machine" | "native") && is_day).then(|| (who.to_owned(), day.to_owned()))
}
