//! What `build.rs` writes: `strings.slint` for the pages, `words.rs` for Rust.

use super::{Message, STRUCTLESS};
use std::fmt::Write as _;

pub(super) fn pascal(name: &str) -> String {
    name.split('-')
        .map(|part| part[..1].to_uppercase() + &part[1..])
        .collect()
}

pub(super) fn snake(name: &str) -> String {
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

pub(super) fn strings_slint(messages: &[Message]) -> String {
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

pub(super) fn words_rs(messages: &[Message], sources: &[(String, Vec<(String, String)>)]) -> String {
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
        for (name, text) in files {
            let _ = writeln!(s, "        ({name:?}, {text:?}),");
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
pub(super) fn field(name: &str) -> String {
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
