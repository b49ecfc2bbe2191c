//! The only generator: `i18n/en/*.ftl` -> `ui/strings.slint` (committed) and `$OUT_DIR/words.rs`; then the .slint files.
//!
//! File = page. `home.ftl` becomes `struct HomeText` and `Strings.home`; a message `home-title` its field `title`
//! (the page's name in front is dropped), an attribute `.spoken` the field `title-spoken`. Messages with arguments
//! are no fields: they come formatted in `Lock.view`. The files of `STRUCTLESS` have functions only.
//! An argument stands in the comment right above its message: `# $name (String|Number) - what, e.g. sample`.
#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and writes what is made of them"
)]

use fluent_syntax::ast::{Comment, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};
use words_writer::{strings_slint, words_rs};

#[path = "words_writer.rs"]
mod words_writer;

/// Files whose texts come to the pages only through Rust.
const STRUCTLESS: [&str; 4] = ["shared", "refusals", "android", "lender"];

struct Message {
    id: String,
    field: String,
    file: String,
    args: Vec<Arg>,
    max: Option<u32>,
    english: Option<String>,
}

struct Arg {
    name: String,
    number: bool,
    sample: String,
}

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=words_writer.rs");
    println!("cargo:rerun-if-changed={}", root.join("i18n").display());
    let messages = english(&root.join("i18n/en"));
    write_if_new(&root.join("ui/strings.slint"), &strings_slint(&messages));
    write_if_new(
        &out.join("words.rs"),
        &words_rs(&messages, &sources(&root.join("i18n"))),
    );
    // Labels and ids of elements are what tests and the screen reader's tree ask for.
    let config = slint_build::CompilerConfiguration::new()
        .with_debug_info(env::var("PROFILE").as_deref() == Ok("debug"));
    slint_build::compile_with_config("lock_screen.slint", config).expect("the .slint files compile");
}

fn write_if_new(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .and_then(|s| s.to_str())
        .unwrap_or_default()
        .to_owned()
}

fn is_ftl(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "ftl")
}

/// The text of a file without its comments, which are for translators: a line that starts with # is always one.
fn spoken(path: &Path) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Every locale with its files, English first.
fn sources(dir: &Path) -> Vec<(String, Vec<(String, String)>)> {
    let mut all: Vec<_> = sorted(dir)
        .into_iter()
        .filter(|p| p.is_dir())
        .map(|p| {
            println!("cargo:rerun-if-changed={}", p.display());
            let files = sorted(&p)
                .into_iter()
                .filter(|f| is_ftl(f))
                .map(|f| (stem(&f), spoken(&f)))
                .collect();
            (
                p.file_name()
                    .and_then(|n| n.to_str())
                    .unwrap_or_default()
                    .to_owned(),
                files,
            )
        })
        .collect();
    all.sort_by_key(|(locale, _)| (locale != "en", locale.clone()));
    all
}

/// All English messages in the order of file and line.
fn english(dir: &Path) -> Vec<Message> {
    let texts: Vec<(String, String)> = sorted(dir)
        .into_iter()
        .filter(|p| is_ftl(p))
        .map(|p| {
            (
                stem(&p),
                fs::read_to_string(&p).unwrap_or_else(|e| panic!("{}: {e}", p.display())),
            )
        })
        .collect();
    let parsed: Vec<(&str, Resource<&str>)> = texts
        .iter()
        .map(|(file, text)| match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => (file.as_str(), resource),
            Err((_, errors)) => panic!("i18n/en/{file}.ftl does not parse: {errors:?}"),
        })
        .collect();
    let mut plain: BTreeMap<String, &Pattern<&str>> = BTreeMap::new();
    for entry in parsed.iter().flat_map(|(_, r)| &r.body) {
        match entry {
            Entry::Message(m) => {
                if let Some(value) = &m.value {
                    plain.insert(m.id.name.to_owned(), value);
                }
            }
            Entry::Term(t) => {
                plain.insert(format!("-{}", t.id.name), &t.value);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
    let mut all = Vec::new();
    let mut seen = BTreeMap::new();
    for (file, resource) in &parsed {
        for entry in &resource.body {
            let Entry::Message(m) = entry else { continue };
            let id = m.id.name;
            if let Some(other) = seen.insert(id, *file) {
                panic!("`{id}` stands in {other}.ftl and in {file}.ftl: put the page's name in front of it");
            }
            let field = id.strip_prefix(&format!("{file}-")).unwrap_or(id);
            let signature = signature(file, id, m.comment.as_ref());
            let value = m.value.as_ref().map(|v| (id.to_owned(), field.to_owned(), v));
            let spoken = m.attributes.iter().map(|a| {
                (
                    format!("{id}.{}", a.id.name),
                    format!("{field}-{}", a.id.name),
                    &a.value,
                )
            });
            for (id, field, pattern) in value.into_iter().chain(spoken) {
                let mut used = BTreeSet::new();
                variables(pattern, &mut used);
                // In the order of the comment, so that a translator's order of words changes no signature.
                let args: Vec<Arg> = signature
                    .args
                    .iter()
                    .filter(|a| used.remove(&a.name))
                    .map(clone)
                    .collect();
                if let Some(name) = used.first() {
                    panic!(
                        "{file}.ftl `{id}`: write `# ${name} (String|Number) - what, e.g. sample` above it"
                    );
                }
                let english = if args.is_empty() {
                    Some(plain_text(pattern, &plain, &id))
                } else {
                    None
                };
                all.push(Message {
                    id,
                    field,
                    file: (*file).to_owned(),
                    args,
                    max: signature.max,
                    english,
                });
            }
        }
    }
    all
}

struct Signature {
    args: Vec<Arg>,
    max: Option<u32>,
}

fn clone(arg: &Arg) -> Arg {
    Arg {
        name: arg.name.clone(),
        number: arg.number,
        sample: arg.sample.clone(),
    }
}

fn signature(file: &str, id: &str, comment: Option<&Comment<&str>>) -> Signature {
    let mut found = Signature {
        args: Vec::new(),
        max: None,
    };
    for line in comment.map(|c| c.content.as_slice()).unwrap_or_default() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix('$') {
            let bad = || -> ! {
                panic!("{file}.ftl `{id}`: `# ${rest}` is not `# $name (String|Number) - what, e.g. sample`")
            };
            let Some((name, rest)) = rest.split_once(" (") else {
                bad()
            };
            let Some((kind, what)) = rest.split_once(") - ") else {
                bad()
            };
            let Some((_, sample)) = what.rsplit_once("e.g. ") else {
                bad()
            };
            let number = match kind {
                "Number" => true,
                "String" => false,
                _ => bad(),
            };
            found.args.push(Arg {
                name: name.to_owned(),
                number,
                sample: sample.trim().to_owned(),
            });
        } else if let Some((_, max)) = line.rsplit_once("max ") {
            found.max = max.split(' ').next().and_then(|n| n.parse().ok());
        }
    }
    found
}

fn variables(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, into);
        }
    }
}

fn in_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, into),
        Expression::Select { selector, variants } => {
            in_inline(selector, into);
            variants.iter().for_each(|v| variables(&v.value, into));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, into),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|a| in_inline(a, into));
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

/// The text of a pattern without variables.
fn plain_text(pattern: &Pattern<&str>, all: &BTreeMap<String, &Pattern<&str>>, id: &str) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => match inline {
                InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                    text.push_str(&fluent_syntax::unicode::unescape_unicode_to_string(value));
                }
                InlineExpression::MessageReference { id: other, .. } => match all.get(other.name) {
                    Some(pattern) => text.push_str(&plain_text(pattern, all, id)),
                    None => panic!("`{id}` refers to `{}`, which does not exist", other.name),
                },
                InlineExpression::TermReference { id: other, .. } => {
                    match all.get(&format!("-{}", other.name)) {
                        Some(pattern) => text.push_str(&plain_text(pattern, all, id)),
                        None => panic!("`{id}` refers to `-{}`, which does not exist", other.name),
                    }
                }
                InlineExpression::VariableReference { .. }
                | InlineExpression::FunctionReference { .. }
                | InlineExpression::Placeable { .. } => {
                    panic!("`{id}`: too clever for a text without arguments")
                }
            },
            PatternElement::Placeable {
                expression: Expression::Select { .. },
            } => {
                panic!("`{id}`: selects on nothing")
            }
        }
    }
    text
}
