//! What is missing, written as comments with the English text; what English says of a message, above it; and the files of
//! a new language.
//!
//! Nothing that stands in a file is changed or moved; lines come in between, and a second run adds none.

use super::check::elsewhere;
use super::english::Catalogue;
use super::plural::{CATEGORIES, Plurals};
use super::source::{Folder, Parsed, SourceFile, meant_by};
use super::written;
use fluent_syntax::ast::{
    Comment, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource, Variant,
    VariantKey,
};
use fluent_syntax::serializer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Writes what `folder` lacks into its files, and says which files changed.
///
/// # Errors
/// A file that cannot be written.
pub fn fix(english: &Folder, catalogue: &Catalogue, folder: &Folder) -> Result<Vec<String>, String> {
    if let Some(file) = folder.files.iter().find(|file| file.not_utf8.is_some()) {
        return Err(format!(
            "{}: this is not UTF-8; save it in the encoding UTF-8 first. Nothing was changed",
            written(&file.path)
        ));
    }
    let plurals = Plurals::of(&folder.tag);
    let elsewhere = elsewhere(&folder.parse(), catalogue);
    let mut changed = Vec::new();
    for source in english.parse() {
        let name = &source.file.name;
        let path = folder.path.join(name);
        let before = folder.files.iter().find(|f| f.name == *name);
        let after = match before {
            Some(file) => filled(&source, catalogue, file, &plurals, &elsewhere),
            None => fresh(&source, &plurals),
        };
        if before.is_none_or(|file| file.text != after) {
            write(&path, &after)?;
            changed.push(written(&path));
        }
    }
    Ok(changed)
}

/// Starts the language `tag` in `i18n`, in the folder of its canonical name: every file, every message a comment.
///
/// # Errors
/// No language tag, a language that is there already, or a file that cannot be written.
pub fn start(i18n: &Path, tag: &str) -> Result<Vec<String>, String> {
    let tag = &super::language::canonical(tag)?;
    let path = i18n.join(tag);
    if path.exists() {
        return Err(format!(
            "{} is there already; `{}` adds what it lacks",
            written(&path),
            super::command(&format!("{tag} --fix"), i18n)
        ));
    }
    let english = Folder::read(i18n, "en")?;
    std::fs::create_dir_all(&path).map_err(|e| format!("{}: {e}", written(&path)))?;
    let empty = Folder {
        tag: tag.to_owned(),
        path,
        files: Vec::new(),
    };
    fix(&english, &Catalogue::of(&english), &empty)
}

/// Writes `files` into `folder`.
///
/// # Errors
/// A file that cannot be written.
pub fn write_all(folder: &Path, files: &[SourceFile]) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", written(folder)))?;
    files
        .iter()
        .try_for_each(|file| write(&folder.join(&file.name), &file.text))
}

#[expect(clippy::disallowed_methods, reason = "a tool writes what it was asked to")]
fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", written(path)))
}

/// The first lines of a file that nobody reviewed.
const HEAD: &str = "# review: none\n\n\
    # To translate a message, take the sign # and the space after it from the lines of the message: the one with its\n\
    # name, and what stands indented below. Then write your words in place of the English ones.\n";

fn fresh(source: &Parsed<'_>, plurals: &Plurals) -> String {
    let mut text = HEAD.to_owned();
    for entry in &source.resource.body {
        match entry {
            Entry::ResourceComment(comment) => {
                text.push('\n');
                for line in &comment.content {
                    text.push_str(format!("### {line}").trim_end());
                    text.push('\n');
                }
            }
            Entry::Message(message) => {
                text.push('\n');
                text.push_str(&block(message, plurals));
            }
            Entry::Term(_) | Entry::Comment(_) | Entry::GroupComment(_) | Entry::Junk { .. } => {}
        }
    }
    text
}

/// A message as comments: what English says of it, and its English text with the branches of this language.
fn block(message: &Message<&str>, plurals: &Plurals) -> String {
    let comment = message
        .comment
        .as_ref()
        .map(|c| c.content.as_slice())
        .unwrap_or_default();
    let localized = Message {
        id: message.id.clone(),
        value: message.value.as_ref().map(|p| counted(p, plurals)),
        attributes: message
            .attributes
            .iter()
            .map(|a| fluent_syntax::ast::Attribute {
                id: a.id.clone(),
                value: counted(&a.value, plurals),
            })
            .collect(),
        comment: None,
    };
    let body = serializer::serialize(&Resource {
        body: vec![Entry::Message(localized)],
    });
    let lines = comment.iter().copied().chain(body.trim_end().lines());
    lines
        .map(|line| format!("{}\n", format!("# {line}").trim_end()))
        .collect()
}

/// `pattern` with one branch for each plural category of the language.
fn counted<'a>(pattern: &Pattern<&'a str>, plurals: &Plurals) -> Pattern<&'a str> {
    let elements = pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => PatternElement::Placeable {
                expression: Expression::Select {
                    selector: selector.clone(),
                    variants: if is_count(selector, variants) {
                        branches(variants, plurals)
                    } else {
                        variants.clone()
                    },
                },
            },
            PatternElement::TextElement { .. } | PatternElement::Placeable { .. } => element.clone(),
        })
        .collect();
    Pattern { elements }
}

fn is_count(selector: &InlineExpression<&str>, variants: &[Variant<&str>]) -> bool {
    matches!(selector, InlineExpression::VariableReference { .. })
        && variants.iter().all(|v| match v.key {
            VariantKey::Identifier { name } => CATEGORIES.contains(&name),
            VariantKey::NumberLiteral { .. } => true,
        })
}

fn branches<'a>(variants: &[Variant<&'a str>], plurals: &Plurals) -> Vec<Variant<&'a str>> {
    let numbers = variants
        .iter()
        .filter(|v| matches!(v.key, VariantKey::NumberLiteral { .. }) && !v.default);
    let mut all: Vec<Variant<&str>> = numbers.cloned().collect();
    for category in plurals.needed() {
        let same = variants
            .iter()
            .find(|v| v.key == VariantKey::Identifier { name: category });
        if let Some(like) = same.or_else(|| variants.iter().find(|v| v.default)) {
            all.push(Variant {
                key: VariantKey::Identifier { name: category },
                value: counted(&like.value, plurals),
                default: category == "other",
            });
        }
    }
    all
}

/// `file` with what it lacks, but for what stands `elsewhere`.
fn filled(
    source: &Parsed<'_>,
    catalogue: &Catalogue,
    file: &SourceFile,
    plurals: &Plurals,
    elsewhere: &BTreeSet<String>,
) -> String {
    let own = Parsed::of(file);
    if own.too_deep.is_some() {
        return file.text.clone();
    }
    let ends = ends(&own, catalogue);
    let have: BTreeSet<String> = own.texts().into_iter().map(|t| t.id).collect();
    let mut at = head_end(&own);
    let mut inserts: BTreeMap<usize, String> = BTreeMap::new();
    for entry in &source.resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name;
        if let Some(end) = ends.get(id) {
            at = at.max(*end);
        } else if !elsewhere.contains(id) {
            let gap = inserts.entry(at).or_default();
            gap.push_str(&format!("\n{}", block(message, plurals)));
        }
    }
    // At the same place the last one comes to stand first: what is missing before a message, and above it what is said
    // of it.
    let mut all = attributes(&own, catalogue, &have);
    all.extend(comments(&own, source));
    let gaps = inserts.into_iter();
    all.extend(gaps.map(|(at, lines)| (at, between(&file.text, at, &lines))));
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let newline = if file.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = file.text.clone();
    for (at, lines) in all {
        text.insert_str(at, &lines.replace('\n', newline));
    }
    text
}

/// `lines`, so that they touch neither what stands before nor what comes after.
fn between(text: &str, at: usize, lines: &str) -> String {
    let (before, after) = text.split_at(at);
    let mut all = String::new();
    if !before.is_empty() && !before.ends_with('\n') {
        all.push('\n');
    }
    all.push_str(if before.is_empty() {
        lines.trim_start_matches('\n')
    } else {
        lines
    });
    // A comment right above a message would become its own.
    let rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'));
    match rest {
        Some(_) if before.is_empty() || before.ends_with('\n') => {}
        Some(rest) => {
            // The newline that ended the line before now ends the last of ours.
            all.truncate(all.trim_end_matches('\n').len());
            let blank = rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n");
            if !blank {
                all.push('\n');
            }
        }
        None if !after.is_empty() => all.push('\n'),
        None => {}
    }
    all
}

/// Where each message ends, also one that is a comment so far, or cannot be read.
fn ends(own: &Parsed<'_>, catalogue: &Catalogue) -> BTreeMap<String, usize> {
    let body = &own.resource.body;
    let mut all = BTreeMap::new();
    for (i, entry) in body.iter().enumerate() {
        let next = body
            .get(i + 1)
            .map_or(own.file.text.len(), |next| own.start(next));
        let start = own.start(entry).min(next);
        let end = start + own.file.text[start..next].trim_end().len();
        let mut note = |comment: &Comment<&str>| {
            for id in comment.content.iter().filter_map(|line| named(line)) {
                all.entry(id.to_owned()).or_insert(end);
            }
        };
        match entry {
            Entry::Message(m) => {
                m.comment.iter().for_each(&mut note);
                all.insert(m.id.name.to_owned(), end);
            }
            Entry::Comment(comment) => note(comment),
            Entry::Junk { content } => {
                if let Some(id) = meant_by(content, &|id| catalogue.has_message(id)) {
                    all.entry(id).or_insert(end);
                }
            }
            Entry::Term(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    all
}

/// The id of a message that stands in a comment: `home-title = …`.
fn named(line: &str) -> Option<&str> {
    let (id, _) = line.split_once('=')?;
    let id = id.trim_end();
    let plain = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain.then_some(id)
}

/// The end of what stands above the first message.
fn head_end(own: &Parsed<'_>) -> usize {
    let first = own.resource.body.iter().find(|entry| match entry {
        Entry::Message(_) | Entry::Term(_) | Entry::Junk { .. } => true,
        Entry::Comment(c) => c.content.iter().any(|line| named(line).is_some()),
        Entry::GroupComment(_) | Entry::ResourceComment(_) => false,
    });
    let end = first.map_or(own.file.text.len(), |entry| match entry {
        Entry::Message(m) if m.comment.as_ref().is_some_and(is_review) => {
            own.line_start(own.offset(m.id.name))
        }
        Entry::Message(_)
        | Entry::Term(_)
        | Entry::Comment(_)
        | Entry::GroupComment(_)
        | Entry::ResourceComment(_)
        | Entry::Junk { .. } => own.start(entry),
    });
    own.file.text[..end].trim_end().len()
}

/// Whether a comment says who reviewed the file, and nothing of the message below it.
fn is_review(comment: &Comment<&str>) -> bool {
    comment.content.iter().all(|line| line.starts_with("review:"))
}

/// What English says of a message (where, who, how long, its arguments), above a message that says nothing.
fn comments(own: &Parsed<'_>, english: &Parsed<'_>) -> Vec<(usize, String)> {
    let said: BTreeMap<&str, &Comment<&str>> = english
        .resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            Entry::Message(m) => Some((m.id.name, m.comment.as_ref()?)),
            Entry::Term(_)
            | Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => None,
        })
        .collect();
    let mut all = Vec::new();
    for entry in &own.resource.body {
        let Entry::Message(message) = entry else { continue };
        let review = message.comment.as_ref().map(is_review);
        if review == Some(false) {
            continue;
        }
        if let Some(comment) = said.get(message.id.name) {
            let lines = comment
                .content
                .iter()
                .map(|line| format!("{}\n", format!("# {line}").trim_end()));
            let gap = review.map(|_| "\n".to_owned());
            let at = own.line_start(own.offset(message.id.name));
            all.push((at, gap.into_iter().chain(lines).collect()));
        }
    }
    all
}

/// Attributes that a message lacks, as a comment above it.
fn attributes(own: &Parsed<'_>, catalogue: &Catalogue, have: &BTreeSet<String>) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for entry in &own.resource.body {
        let Entry::Message(message) = entry else { continue };
        let lines = message
            .comment
            .as_ref()
            .map(|c| c.content.as_slice())
            .unwrap_or_default();
        for english in catalogue.of_file(&own.file.name) {
            let Some((id, attribute)) = english.id.split_once('.') else {
                continue;
            };
            let noted = |line: &&str| line.trim_start().starts_with(&format!(".{attribute} ="));
            if id == message.id.name && !have.contains(&english.id) && !lines.iter().any(noted) {
                let at = own.line_start(own.offset(message.id.name));
                all.push((
                    at,
                    format!(
                        "# Below the message, with four spaces before it:\n# .{attribute} = {}\n",
                        english.text
                    ),
                ));
            }
        }
    }
    all
}
