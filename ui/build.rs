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
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

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

/// Every locale with its files, English first.
fn sources(dir: &Path) -> Vec<(String, Vec<(String, PathBuf)>)> {
    let mut all: Vec<_> = sorted(dir)
        .into_iter()
        .filter(|p| p.is_dir())
        .map(|p| {
            println!("cargo:rerun-if-changed={}", p.display());
            let files = sorted(&p)
                .into_iter()
                .filter(|f| is_ftl(f))
                .map(|f| (stem(&f), f))
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

fn pascal(name: &str) -> String {
    name.split('-')
        .map(|part| part[..1].to_uppercase() + &part[1..])
        .collect()
}

fn snake(name: &str) -> String {
    name.replace(['-', '.'], "_")
}

/// The pages with their texts, in the order of files.
fn pages(messages: &[Message]) -> Vec<(&str, Vec<&Message>)> {
    let mut pages: Vec<(&str, Vec<&Message>)> = Vec::new();
    for m in messages {
        if STRUCTLESS.contains(&m.file.as_str()) || !m.args.is_empty() {
            continue;
        }
        match pages.last_mut() {
            Some((page, texts)) if *page == m.file => texts.push(m),
            _ => pages.push((&m.file, vec![m])),
        }
    }
    pages
}

fn strings_slint(messages: &[Message]) -> String {
    let mut s = String::from("// Written by ui/build.rs from i18n/en/*.ftl: change the words there.\n");
    let pages = pages(messages);
    for (page, texts) in &pages {
        let _ = writeln!(s, "\nexport struct {}Text {{", pascal(page));
        for m in texts {
            let _ = writeln!(s, "    {}: string,", m.field);
        }
        s.push_str("}\n");
    }
    s.push_str("\nexport global Strings {\n");
    for (page, texts) in &pages {
        let _ = writeln!(s, "    in property <{}Text> {page}: {{", pascal(page));
        for m in texts {
            let _ = writeln!(
                s,
                "        {}: \"{}\",",
                m.field,
                slint_escape(m.english.as_deref().unwrap_or_default())
            );
        }
        s.push_str("    };\n");
    }
    s.push_str("}\n");
    s
}

fn slint_escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut s, c| {
        match c {
            '"' | '\\' => s.extend(['\\', c]),
            '\n' => s.push_str("\\n"),
            // An isolate or a no-break space would be invisible in the file.
            c if c.is_ascii() || c.is_alphanumeric() || "·–—’…“”".contains(c) => s.push(c),
            c => {
                let _ = write!(s, "\\u{{{:x}}}", u32::from(c));
            }
        }
        s
    })
}

fn words_rs(messages: &[Message], sources: &[(String, Vec<(String, PathBuf)>)]) -> String {
    let mut s = String::from(WORDS_HEAD);
    s.push_str("/// Every English message, attributes included.\npub const MESSAGES: &[Message] = &[\n");
    for m in messages {
        let args: String = m
            .args
            .iter()
            .map(|a| {
                format!(
                    "Parameter {{ name: {:?}, number: {}, sample: {:?} }}, ",
                    a.name, a.number, a.sample
                )
            })
            .collect();
        let _ = writeln!(
            s,
            "    Message {{ id: {:?}, file: {:?}, parameters: &[{args}], max: {:?} }},",
            m.id, m.file, m.max
        );
    }
    s.push_str("];\n\n/// Every locale with its files (name and text), English first.\n");
    s.push_str("pub const SOURCES: &[(&str, &[(&str, &str)])] = &[\n");
    for (locale, files) in sources {
        let _ = writeln!(s, "    ({locale:?}, &[");
        for (name, path) in files {
            let path = fs::canonicalize(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let _ = writeln!(
                s,
                "        ({name:?}, include_str!({:?})),",
                path.display().to_string()
            );
        }
        s.push_str("    ]),\n");
    }
    s.push_str("];\n");
    for m in messages {
        let parameters: String = m
            .args
            .iter()
            .map(|a| format!(", {}: {}", snake(&a.name), if a.number { "u64" } else { "&str" }))
            .collect();
        let arguments: Vec<String> = m
            .args
            .iter()
            .map(|a| {
                format!(
                    "({:?}, Arg::{}({}))",
                    a.name,
                    if a.number { "Number" } else { "Text" },
                    snake(&a.name)
                )
            })
            .collect();
        let _ = writeln!(
            s,
            "\n/// Message `{}`.\n#[must_use]\npub fn {}(w: &dyn Words{parameters}) -> String {{\n    w.text({:?}, &[{}])\n}}",
            m.id,
            snake(&m.id),
            m.id,
            arguments.join(", ")
        );
    }
    s.push_str("\n/// One builder for the texts of each page.\npub mod pages {\n    use super::Words;\n");
    for (page, texts) in pages(messages) {
        let (name, function) = (pascal(page), snake(page));
        let _ = writeln!(
            s,
            "\n    /// The texts of page *{page}*.\n    #[must_use]\n    pub fn {function}(w: &dyn Words) -> crate::{name}Text {{\n        crate::{name}Text {{"
        );
        for m in texts {
            let _ = writeln!(
                s,
                "            {}: w.text({:?}, &[]).into(),",
                field(&m.field),
                m.id
            );
        }
        s.push_str("        }\n    }\n");
    }
    s.push_str("\n    /// Sets the texts of every page.\n    pub fn set_all(strings: &crate::Strings<'_>, w: &dyn Words) {\n");
    for (page, _) in pages(messages) {
        let function = snake(page);
        let _ = writeln!(s, "        strings.set_{function}({function}(w));");
    }
    s.push_str("    }\n}\n");
    s
}

/// A field as Slint names it in Rust.
fn field(name: &str) -> String {
    let name = snake(name);
    match name.as_str() {
        "continue" | "for" | "type" | "in" | "if" | "else" | "move" | "loop" | "use" | "where" | "while"
        | "match" => {
            format!("r#{name}")
        }
        _ => name,
    }
}

const WORDS_HEAD: &str = r"// Written by ui/build.rs from i18n/.

/// An argument of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Is shown.
    Text(&'a str),
    /// Only selects plurals.
    Number(u64),
}

/// Something that speaks a language.
pub trait Words {
    /// The text of message `id` (`id.attribute` for an attribute). It never fails: what a language lacks is English.
    fn text(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String;
}

/// What is known of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Id, or `id.attribute`.
    pub id: &'static str,
    /// File without `.ftl`: the page.
    pub file: &'static str,
    /// Its arguments.
    pub parameters: &'static [Parameter],
    /// Longest English text, characters.
    pub max: Option<u32>,
}

/// An argument that a message declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name without `$`.
    pub name: &'static str,
    /// Number (selects plurals) or text (is shown).
    pub number: bool,
    /// A sample.
    pub sample: &'static str,
}

";
