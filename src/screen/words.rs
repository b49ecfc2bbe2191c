//! The languages: Fluent bundles behind the generated trait `Words`, with English under every message.
//!
//! A new language is a folder in `i18n/` and a row of `LOCALES`; if no bundled font has its script, a row in `fonts`.

use crate::format;
use fluent::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use latchkey_ui::words::{Arg, SOURCES, Words};
use unic_langid::LanguageIdentifier;

/// What the screen needs to know of a language beside its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locale {
    /// Language tag and folder in `i18n/`.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// Written from right to left.
    pub right_to_left: bool,
    /// Its own font comes first: as a fallback its lines would be broken too late.
    pub family: &'static str,
    /// Natural line of that font, as a multiple of the size.
    pub natural_line: f32,
    /// How much taller than Latin its lines have to be.
    pub line: f32,
    /// The least line, as a multiple of the size.
    pub least_line: f32,
    /// Several letters often make one sign: its lines need `format::steady`.
    pub ligatures: bool,
}

/// The languages, in the order of page *language*.
pub const LOCALES: &[Locale] = &[
    Locale {
        tag: "en",
        name: "English",
        right_to_left: false,
        family: "Noto Sans",
        natural_line: 1.362,
        line: 1.0,
        least_line: 1.28,
        ligatures: false,
    },
    Locale {
        tag: "hi",
        name: "हिन्दी",
        right_to_left: false,
        family: "Noto Sans Devanagari",
        natural_line: 1.304,
        line: 1.08,
        least_line: 1.28,
        ligatures: true,
    },
    Locale {
        tag: "ar",
        name: "العربية",
        right_to_left: true,
        family: "Noto Sans Arabic",
        natural_line: 2.112,
        line: 1.15,
        least_line: 1.6,
        ligatures: true,
    },
];

impl Locale {
    /// The language with this tag, else the one with the same first part, else English.
    #[must_use]
    pub fn find(tag: &str) -> &'static Locale {
        let first = |tag: &str| {
            tag.split(['-', '_'])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        LOCALES
            .iter()
            .find(|l| l.tag.eq_ignore_ascii_case(tag))
            .or_else(|| LOCALES.iter().find(|l| first(l.tag) == first(tag)))
            .unwrap_or(&LOCALES[0])
    }
}

/// Why a language does not say a message itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// It has no such message.
    Missing,
    /// The message does not format whole: what Fluent says of it.
    Broken(Vec<String>),
}

/// A language that speaks through Fluent.
pub struct Fluent {
    /// Which one.
    pub locale: &'static Locale,
    own: FluentBundle<FluentResource>,
    /// What is asked next, in order.
    english: Vec<FluentBundle<FluentResource>>,
}

impl Fluent {
    /// The language `tag`, from the embedded files.
    #[must_use]
    pub fn new(tag: &str) -> Fluent {
        let locale = Locale::find(tag);
        Fluent {
            locale,
            own: embedded(locale.tag),
            // English needs no English under it.
            english: (locale.tag != "en").then(|| embedded("en")).into_iter().collect(),
        }
    }

    /// `locale` with these files instead of the embedded ones. The English that is compiled in stays under it, also under
    /// an English that is being edited.
    pub fn with_texts<'a>(locale: &'static Locale, texts: impl Iterator<Item = &'a str>) -> Fluent {
        Fluent::with_english(locale, texts, std::iter::empty())
    }

    /// As `with_texts`, with these English files over the English that is compiled in: for tools that read both while
    /// they run. What is said wrongly in these files too is said as it is compiled in, message by message.
    pub fn with_english<'a>(
        locale: &'static Locale,
        texts: impl Iterator<Item = &'a str>,
        english: impl Iterator<Item = &'a str>,
    ) -> Fluent {
        Fluent {
            locale,
            own: bundle(locale.tag, texts),
            english: vec![bundle("en", english), embedded("en")],
        }
    }

    /// Whether the language itself says `id`, without help from English.
    #[must_use]
    pub fn has(&self, id: &str, args: &[(&str, Arg<'_>)]) -> bool {
        self.unsaid(id, args).is_none()
    }

    /// Why the language itself does not say `id`; `None` when it does.
    #[must_use]
    pub fn unsaid(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Option<Unsaid> {
        say(&self.own, id, args).err()
    }
}

/// A language as it is compiled in.
fn embedded(tag: &str) -> FluentBundle<FluentResource> {
    bundle(tag, compiled(tag))
}

fn compiled<'a>(tag: &str) -> impl Iterator<Item = &'a str> {
    let files = SOURCES
        .iter()
        .find(|(own, _)| *own == tag)
        .map(|(_, files)| *files);
    files.into_iter().flatten().map(|(_, text)| *text)
}

fn bundle<'a>(tag: &str, texts: impl Iterator<Item = &'a str>) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    // Isolates stay on: a Latin name inside Arabic would pull the sentence apart.
    let mut bundle = FluentBundle::new(vec![id]);
    for text in texts.filter(|text| too_deep(text).is_none()) {
        let text = text.trim_start_matches('\u{feff}');
        // OWN-14: a damaged file loses its damaged messages; what it lacks is said in English.
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// More braces and brackets in one message are no text of anybody, and 200 within each other fill the 2 MiB of a thread
/// in a debug build.
const MOST_BRACES: usize = 120;

/// Line at which a message of `text` has opened too many braces and brackets, if one has. The parser calls itself for
/// each that stands in another, and would end the program where the stack ends; such a file says nothing.
#[must_use]
pub fn too_deep(text: &str) -> Option<usize> {
    let mut opened = 0_usize;
    for (at, line) in text.lines().enumerate() {
        // What the message before left open is over here, for the parser too.
        let name = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if line.starts_with('#') || (name.len() < line.len() && name.trim_start().starts_with('=')) {
            opened = 0;
        }
        opened += line.matches(['{', '(']).count();
        if opened > MOST_BRACES {
            return Some(at + 1);
        }
    }
    None
}

/// Whether there is nothing to see in `text`.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}')
    })
}

/// The message, or why it is not said.
fn say(bundle: &FluentBundle<FluentResource>, id: &str, args: &[(&str, Arg<'_>)]) -> Result<String, Unsaid> {
    let (name, attribute) = match id.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (id, None),
    };
    let pattern = bundle.get_message(name).and_then(|message| match attribute {
        Some(attribute) => message.get_attribute(attribute).map(|a| a.value()),
        None => message.value(),
    });
    let pattern = pattern.ok_or(Unsaid::Missing)?;
    let handed: FluentArgs<'_> = args
        .iter()
        .map(|(name, arg)| match arg {
            Arg::Text(text) => (*name, FluentValue::from(*text)),
            Arg::Number(number) => (*name, FluentValue::from(*number)),
        })
        .collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&handed), &mut errors);
    let mut why: Vec<String> = errors.iter().map(ToString::to_string).collect();
    // Fluent hands no argument of a message to a term, and says no error there: it writes the argument's name.
    let written = |text: &str| text.contains("{$");
    let own = |(_, arg): &(&str, Arg<'_>)| matches!(arg, Arg::Text(text) if written(text));
    if why.is_empty() && written(&text) && !args.iter().any(own) {
        why.push("a term shows an argument that is not handed to it".to_owned());
    }
    if why.is_empty() {
        Ok(text.into_owned())
    } else {
        Err(Unsaid::Broken(why))
    }
}

impl Words for Fluent {
    /// OWN-14: what a language lacks, or says wrongly, falls back to English, message by message.
    ///
    /// In a language from right to left every message carries its own direction: guessed from its first strong letter
    /// (UAX #9, P2), a sentence that begins with a name or a number would be put together the wrong way round.
    fn text(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let english = || {
            self.english
                .iter()
                .find_map(|english| say(english, id, args).ok())
        };
        let own = say(&self.own, id, args)
            .ok()
            .filter(|own| !is_blank(own) || english().is_none_or(|english| is_blank(&english)));
        let (text, own) = match own {
            Some(own) => (own, true),
            None => (english().unwrap_or_else(|| id.to_owned()), false),
        };
        match (self.locale.right_to_left, own) {
            (true, true) => format::each_line(&text, |line| format::steady(&format::right_to_left(line))),
            (true, false) => format::each_line(&text, format::ltr),
            (false, true) if self.locale.ligatures => format::each_line(&text, format::steady),
            (false, true | false) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_ui::words::MESSAGES;

    /// OWN-14: a broken translation falls back message by message.
    #[test]
    fn a_broken_translation_falls_back_message_by_message() {
        let english = Fluent::new("en");
        let message = MESSAGES
            .iter()
            .find(|m| m.parameters.len() == 1 && !m.parameters[0].number)
            .unwrap();
        let parameter = message.parameters[0];
        let args = [(parameter.name, Arg::Text("X"))];
        let text = format!("{} = {{ $misspelt }}\nother = fine\n= junk\n", message.id);
        let hindi = Fluent::with_texts(Locale::find("hi"), [text.as_str()].into_iter());
        assert!(!hindi.has(message.id, &args));
        assert_eq!(hindi.text(message.id, &args), english.text(message.id, &args));
        assert_eq!(format::bare(&hindi.text("other", &[])), "fine");
    }

    /// OWN-14: a term that shows an argument of the message would put its name on the screen.
    #[test]
    fn a_term_that_is_not_handed_an_argument_is_said_in_english() {
        let text = "-until = { $date } tak\nhome-due = { -until } dena tha\n-kind = { $case ->\n   *[a] roko\n }\nhome-title = { -kind }\n";
        let words = Fluent::with_texts(Locale::find("hi"), [text].into_iter());
        let args = [("date", Arg::Text("5 May"))];
        assert_eq!(
            words.text("home-due", &args),
            Fluent::new("en").text("home-due", &args)
        );
        assert_eq!(format::bare(&words.text("home-title", &[])), "roko");
        let odd = [("date", Arg::Text("{$5}"))];
        let text = "home-due = { $date } tak\n";
        let words = Fluent::with_texts(Locale::find("hi"), [text].into_iter());
        assert_eq!(format::bare(&words.text("home-due", &odd)), "{$5} tak");
    }

    /// OWN-14: some editors write a mark before the first letter of a file.
    #[test]
    fn a_byte_order_mark_costs_no_message() {
        let text = "\u{feff}home-pay = Lipa\n";
        let words = Fluent::with_texts(Locale::find("hi"), [text].into_iter());
        assert_eq!(format::bare(&words.text("home-pay", &[])), "Lipa");
    }

    #[test]
    fn what_is_unsaid_says_why_and_stands_in_the_english_of_the_folder() {
        let own = "home-title = { $misspelt }\n";
        let english = "home-title = Hello\nhome-new = New\n";
        let words = Fluent::with_english(Locale::find("hi"), [own].into_iter(), [english].into_iter());
        assert!(
            matches!(words.unsaid("home-title", &[]), Some(Unsaid::Broken(why)) if why[0].contains("misspelt"))
        );
        assert_eq!(words.unsaid("home-pay", &[]), Some(Unsaid::Missing));
        assert_eq!(words.text("home-title", &[]), "Hello");
        assert_eq!(words.text("home-new", &[]), "New");
        assert_eq!(
            words.text("home-pay", &[]),
            Fluent::new("en").text("home-pay", &[])
        );
    }

    /// OWN-14: where the English of a folder is damaged too, no id comes on the screen.
    #[test]
    fn under_a_damaged_english_stands_the_one_that_is_compiled_in() {
        let damaged = "home-title = { $misspelt }\nhome-pay = Pay now\n";
        let words = Fluent::with_english(Locale::find("hi"), [damaged].into_iter(), [damaged].into_iter());
        assert_eq!(
            words.text("home-title", &[]),
            Fluent::new("en").text("home-title", &[])
        );
        assert_eq!(format::bare(&words.text("home-pay", &[])), "Pay now");
    }

    /// OWN-14: what ends a parser ends no screen.
    #[test]
    fn braces_in_braces_end_nothing() {
        for (open, close) in [("{", "}"), ("{ A(", ")}"), ("{\nA(\n", "\n)\n}")] {
            for depth in [MOST_BRACES / 2, 100_000] {
                let text = format!(
                    "home-title = {}$x{}\nhome-pay = Lipa\n",
                    open.repeat(depth),
                    close.repeat(depth)
                );
                let words = Fluent::with_texts(Locale::find("hi"), [text.as_str()].into_iter());
                assert_eq!(
                    words.text("home-title", &[]),
                    Fluent::new("en").text("home-title", &[])
                );
            }
        }
        assert_eq!(
            too_deep(&"a = ( { $x }\n".repeat(1_000)),
            None,
            "each message by itself"
        );
    }

    /// OWN-14: a message without anything to see is said in English.
    #[test]
    fn an_empty_translation_is_said_in_english() {
        let text = "home-title = { \"\" }\nhome-pay = { \"\\u200B\" }\n";
        let words = Fluent::with_texts(Locale::find("hi"), [text].into_iter());
        for id in ["home-title", "home-pay"] {
            assert_eq!(words.text(id, &[]), Fluent::new("en").text(id, &[]));
        }
    }

    /// OWN-14: every message of every language formats with its samples, in its own words.
    #[test]
    fn every_message_is_said_in_every_language() {
        for locale in LOCALES {
            let words = Fluent::new(locale.tag);
            for message in MESSAGES {
                for number in [0, 1, 2, 3, 11, 100] {
                    let args: Vec<_> = message
                        .parameters
                        .iter()
                        .map(|p| {
                            (
                                p.name,
                                if p.number {
                                    Arg::Number(number)
                                } else {
                                    Arg::Text(p.sample)
                                },
                            )
                        })
                        .collect();
                    assert!(
                        words.has(message.id, &args),
                        "i18n/{}: {}",
                        locale.tag,
                        message.id
                    );
                }
            }
        }
    }

    #[test]
    fn a_tag_finds_the_nearest_language() {
        assert_eq!(Locale::find("hi-IN").tag, "hi");
        assert_eq!(Locale::find("ar_EG").tag, "ar");
        assert_eq!(Locale::find("xx").tag, "en");
    }
}
