//! The files of a translation: read at run time, parsed, each thing with its line.

use super::language::canonical;
use fluent_syntax::ast::{Comment, Entry, Pattern, Resource};
use fluent_syntax::parser::{self, ParserError};
use std::path::{Path, PathBuf};

/// A file as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Name with `.ftl`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
    /// First line that is not UTF-8, where one is not: what cannot be read there stands as U+FFFD in `text`.
    pub not_utf8: Option<usize>,
}

impl SourceFile {
    /// Of the bytes of a file. A byte order mark at its start is no part of the text.
    #[must_use]
    pub fn of(path: PathBuf, bytes: &[u8]) -> SourceFile {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let line = |e: std::str::Utf8Error| {
            let before = &bytes[..e.valid_up_to()];
            before.iter().filter(|b| **b == b'\n').count() + 1
        };
        SourceFile {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path,
            text: String::from_utf8_lossy(bytes).into_owned(),
            not_utf8: std::str::from_utf8(bytes).err().map(line),
        }
    }
}

/// The files of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Language tag: the folder's name.
    pub tag: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its files by name.
    pub files: Vec<SourceFile>,
}

/// A parsed file.
pub struct Parsed<'a> {
    /// What was parsed.
    pub file: &'a SourceFile,
    /// Its messages, comments and junk.
    pub resource: Resource<&'a str>,
    /// What the parser could not read.
    pub errors: Vec<ParserError>,
    /// Line of braces that nest too deep: the file was not parsed at all.
    pub too_deep: Option<usize>,
    /// Where each line but the first begins, bytes.
    starts: Vec<usize>,
}

/// A message's value, or one of its attributes.
pub struct Text<'a, 'p> {
    /// `id`, or `id.attribute`.
    pub id: String,
    /// Line of its name.
    pub line: usize,
    /// The text itself.
    pub pattern: &'p Pattern<&'a str>,
}

/// The message that `junk` was meant to be: what stands before its `=`, or its first word, whichever is `known`.
#[must_use]
pub fn meant_by(junk: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let line = junk.trim_start().lines().next().unwrap_or_default();
    let before = line.split('=').next().unwrap_or_default().trim();
    let joined = before.split_whitespace().collect::<Vec<_>>().join("-");
    let sign = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let first = line.split(sign).next().unwrap_or_default();
    [joined.as_str(), first]
        .into_iter()
        .find(|id| !id.is_empty() && known(id))
        .map(str::to_owned)
}

/// The tags of the languages of `i18n`, English first. What is called like no language is passed over: a copy that
/// somebody keeps beside them is none.
///
/// # Errors
/// A folder that cannot be read, or no English.
pub fn tags(i18n: &Path) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = std::fs::read_dir(i18n)
        .map_err(|e| format!("{}: {e}; say where with --i18n DIR", i18n.display()))?
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|tag| canonical(tag).is_ok())
        .collect();
    tags.sort_by_key(|tag| (tag != "en", tag.clone()));
    if tags.first().is_none_or(|tag| tag != "en") {
        return Err(format!(
            "{}: no folder `en` in it; every translation is compared with English",
            i18n.display()
        ));
    }
    Ok(tags)
}

/// Every language of `i18n`, English first.
///
/// # Errors
/// A folder or file that cannot be read, or no English.
pub fn languages(i18n: &Path) -> Result<Vec<Folder>, String> {
    tags(i18n)?.iter().map(|tag| Folder::read(i18n, tag)).collect()
}

impl Folder {
    /// The language `tag` of `i18n`.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    #[expect(clippy::disallowed_methods, reason = "a tool reads the words it judges")]
    pub fn read(i18n: &Path, tag: &str) -> Result<Folder, String> {
        let path = i18n.join(tag);
        let say = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&path)
            .map_err(|e| say(&path, &e))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "ftl") && !path.is_dir())
            .collect();
        paths.sort();
        let files = paths
            .into_iter()
            .map(|path| {
                let bytes = std::fs::read(&path).map_err(|e| say(&path, &e))?;
                Ok(SourceFile::of(path, &bytes))
            })
            .collect::<Result<_, String>>()?;
        Ok(Folder {
            tag: tag.to_owned(),
            path,
            files,
        })
    }

    /// The files, parsed.
    #[must_use]
    pub fn parse(&self) -> Vec<Parsed<'_>> {
        self.files.iter().map(Parsed::of).collect()
    }
}

impl<'a> Parsed<'a> {
    /// `file`, parsed.
    #[must_use]
    pub fn of(file: &'a SourceFile) -> Parsed<'a> {
        let starts = file.text.match_indices('\n').map(|(at, _)| at + 1).collect();
        if let Some(line) = latchkey_screen::words::too_deep(&file.text) {
            return Parsed {
                file,
                resource: Resource { body: Vec::new() },
                errors: Vec::new(),
                too_deep: Some(line),
                starts,
            };
        }
        let (resource, errors) = match parser::parse(file.text.as_str()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        Parsed {
            file,
            resource,
            errors,
            too_deep: None,
            starts,
        }
    }

    /// Where `slice` of the text begins, bytes.
    #[must_use]
    pub fn offset(&self, slice: &str) -> usize {
        let start = self.file.text.as_ptr() as usize;
        let at = (slice.as_ptr() as usize).wrapping_sub(start);
        if at <= self.file.text.len() { at } else { 0 }
    }

    /// Line of a byte, from 1.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + 1
    }

    /// Line of a slice of the text, from 1.
    #[must_use]
    pub fn line(&self, slice: &str) -> usize {
        self.line_at(self.offset(slice))
    }

    /// Every text of every message, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<Text<'a, '_>> {
        let mut texts = Vec::new();
        for entry in &self.resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            if let Some(pattern) = &message.value {
                texts.push(Text {
                    id: id.to_owned(),
                    line: self.line(id),
                    pattern,
                });
            }
            for attribute in &message.attributes {
                texts.push(Text {
                    id: format!("{id}.{}", attribute.id.name),
                    line: self.line(attribute.id.name),
                    pattern: &attribute.value,
                });
            }
        }
        texts
    }

    /// Where an entry begins, with its comment: the start of a line.
    #[must_use]
    pub fn start(&self, entry: &Entry<&'a str>) -> usize {
        let comment = |comment: &Comment<&'a str>| comment.content.first().copied();
        let first = match entry {
            Entry::Message(m) => m.comment.as_ref().and_then(comment).or(Some(m.id.name)),
            Entry::Term(t) => t.comment.as_ref().and_then(comment).or(Some(t.id.name)),
            Entry::Comment(c) | Entry::GroupComment(c) | Entry::ResourceComment(c) => comment(c),
            Entry::Junk { content } => Some(*content),
        };
        self.line_start(first.map_or(0, |slice| self.offset(slice)))
    }

    /// The start of the line that holds a byte.
    #[must_use]
    pub fn line_start(&self, offset: usize) -> usize {
        self.file.text[..offset].rfind('\n').map_or(0, |at| at + 1)
    }
}
