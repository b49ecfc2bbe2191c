//! What the English files say of every message: where it stands, for whom, how long it may be, its arguments.

use super::pattern::{self, Lookup};
use super::source::{Folder, Parsed};
use std::collections::{BTreeMap, BTreeSet};

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name without `$`.
    pub name: String,
    /// A number selects plurals; anything else is text to show.
    pub number: bool,
    /// What it is.
    pub what: String,
    /// A sample.
    pub sample: String,
}

/// A message's value or attribute in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct English {
    /// `id`, or `id.attribute`.
    pub id: String,
    /// File with `.ftl`.
    pub file: String,
    /// Line.
    pub line: usize,
    /// Most characters, from the comment.
    pub max: Option<usize>,
    /// Arguments that the comment declares.
    pub parameters: Vec<Parameter>,
    /// Arguments that are shown.
    pub shown: BTreeSet<String>,
    /// Arguments that choose between branches.
    pub chooses: BTreeSet<String>,
    /// Its longest branch, arguments filled with their samples.
    pub text: String,
    /// Its words as they stand in the file, without arguments.
    pub words: String,
}

impl English {
    /// The argument called `name`.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.name == name)
    }

    /// Whether English shows `name`, or chooses by it.
    #[must_use]
    pub fn uses(&self, name: &str) -> bool {
        self.shown.contains(name) || self.chooses.contains(name)
    }

    /// Whether the screen hands `name` to this text. What English alone uses, unexplained, is a fault of English.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        self.uses(name) || self.parameter(name).is_some()
    }

    /// The argument that was probably meant by `name`, in a text that uses `used`: the one that is spelt most like it,
    /// else the only one that the text does not use.
    #[must_use]
    pub fn meant(&self, name: &str, used: &BTreeSet<String>) -> Option<&str> {
        let far = |p: &&Parameter| strsim::damerau_levenshtein(&p.name.to_lowercase(), &name.to_lowercase());
        let near = |p: &&Parameter| far(p) <= (name.len().min(p.name.len()) / 2).clamp(1, 3);
        let all = || self.parameters.iter().filter(|p| p.name != name);
        let unknown = used.iter().filter(|u| self.parameter(u).is_none()).count();
        let open: Vec<&Parameter> = all().filter(|p| !used.contains(&p.name)).collect();
        let meant = match (all().filter(near).min_by_key(far), open.as_slice()) {
            (Some(like), _) => Some(like),
            (None, [only]) if unknown == 1 => Some(*only),
            (None, _) => None,
        };
        meant.map(|p| p.name.as_str())
    }
}

/// What a comment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub place: String,
    /// Who reads it.
    pub who: String,
    /// Most characters.
    pub max: Option<usize>,
    /// Arguments.
    pub parameters: Vec<Parameter>,
    /// Lines that look like an argument and are none.
    pub odd: Vec<String>,
}

impl Comment {
    /// Reads `where · who · max n characters` and `$name (String|Number) - what, e.g. sample`.
    #[must_use]
    pub fn read(lines: &[&str]) -> Comment {
        let mut comment = Comment::default();
        for line in lines.iter().map(|l| l.trim()) {
            if let Some(rest) = line.strip_prefix('$') {
                match parameter(rest) {
                    Some(parameter) => comment.parameters.push(parameter),
                    None => comment.odd.push(line.to_owned()),
                }
            } else if let [place, who, max] = line.split(" · ").collect::<Vec<_>>()[..] {
                comment.place = place.trim().to_owned();
                comment.who = who.trim().to_owned();
                comment.max = max
                    .strip_prefix("max ")
                    .and_then(|m| m.strip_suffix(" characters"))
                    .and_then(|n| n.parse().ok());
            }
        }
        comment
    }

    /// Whether it says where, for whom and how long.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.place.is_empty() && !self.who.is_empty() && self.max.is_some() && self.odd.is_empty()
    }
}

fn parameter(rest: &str) -> Option<Parameter> {
    let (name, rest) = rest.split_once(" (")?;
    let (kind, what) = rest.split_once(") - ")?;
    let (what, sample) = what.rsplit_once("e.g. ")?;
    let number = match kind {
        "Number" => true,
        "String" => false,
        _ => return None,
    };
    Some(Parameter {
        name: name.to_owned(),
        number,
        what: what.trim_end_matches([',', ' ']).to_owned(),
        sample: sample.trim().to_owned(),
    })
}

/// Every English text by id, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The texts, in order.
    pub texts: Vec<English>,
    by_id: BTreeMap<String, usize>,
    files: Vec<String>,
    /// Files of which nothing could be read.
    unread_files: BTreeSet<String>,
    /// Messages that could not be read.
    unread: BTreeSet<String>,
}

impl Catalogue {
    /// The catalogue of the folder `en`.
    #[must_use]
    pub fn of(english: &Folder) -> Catalogue {
        let parsed = english.parse();
        let lookup = Lookup::of(&parsed);
        let mut all = Catalogue {
            files: english.files.iter().map(|f| f.name.clone()).collect(),
            ..Catalogue::default()
        };
        for file in &parsed {
            all.add(file, &lookup);
        }
        all
    }

    fn add(&mut self, file: &Parsed<'_>, lookup: &Lookup<'_, '_>) {
        if file.too_deep.is_some() {
            self.unread_files.insert(file.file.name.clone());
        }
        for entry in &file.resource.body {
            if let fluent_syntax::ast::Entry::Junk { content } = entry {
                self.unread.extend(super::source::meant_by(content, &is_id));
            }
        }
        let comments: BTreeMap<&str, Comment> = messages(file).collect();
        for text in file.texts() {
            let id = text.id.split('.').next().unwrap_or_default();
            let comment = comments.get(id).cloned().unwrap_or_default();
            let sample = |name: &str| {
                let found = comment.parameters.iter().find(|p| p.name == name);
                found.map_or_else(String::new, |p| p.sample.clone())
            };
            let branches = pattern::branches(text.pattern, file, lookup, &sample);
            let longest = branches.iter().max_by_key(|b| super::length(&b.text));
            self.by_id.insert(text.id.clone(), self.texts.len());
            self.texts.push(English {
                file: file.file.name.clone(),
                line: text.line,
                // The comment speaks of what is drawn; an attribute is spoken.
                max: comment.max.filter(|_| !text.id.contains('.')),
                shown: branches.iter().flat_map(|b| b.shown.clone()).collect(),
                chooses: branches
                    .iter()
                    .flat_map(|b| b.chosen.iter().map(|c| c.variable.clone()))
                    .collect(),
                text: longest.map_or_else(String::new, |b| b.text.clone()),
                words: super::letters::pieces(text.pattern, file)
                    .into_iter()
                    .map(|(words, _)| words)
                    .collect::<Vec<_>>()
                    .join(" "),
                parameters: comment.parameters,
                id: text.id,
            });
        }
    }

    /// The text `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&English> {
        self.by_id.get(id).map(|at| &self.texts[*at])
    }

    /// Whether English seems to have `id` in `file`, and cannot be read there.
    #[must_use]
    pub fn is_unread(&self, id: &str, file: &str) -> bool {
        let name = id.split('.').next().unwrap_or_default();
        self.unread_files.contains(file) || self.unread.contains(name)
    }

    /// Whether a text of the message `name` is there.
    #[must_use]
    pub fn has_message(&self, name: &str) -> bool {
        self.texts.iter().any(|t| t.id.split('.').next() == Some(name))
    }

    /// The texts of a file, in order.
    pub fn of_file<'s>(&'s self, file: &'s str) -> impl Iterator<Item = &'s English> {
        self.texts.iter().filter(move |t| t.file == file)
    }

    /// The files, by name.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }
}

fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Every message of a file with its comment.
pub fn messages<'s>(file: &'s Parsed<'_>) -> impl Iterator<Item = (&'s str, Comment)> {
    file.resource.body.iter().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(m) => {
            let lines = m
                .comment
                .as_ref()
                .map(|c| c.content.as_slice())
                .unwrap_or_default();
            Some((m.id.name, Comment::read(lines)))
        }
        fluent_syntax::ast::Entry::Term(_)
        | fluent_syntax::ast::Entry::Comment(_)
        | fluent_syntax::ast::Entry::GroupComment(_)
        | fluent_syntax::ast::Entry::ResourceComment(_)
        | fluent_syntax::ast::Entry::Junk { .. } => None,
    })
}
