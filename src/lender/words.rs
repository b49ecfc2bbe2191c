//! The words of the pay page and the hotline: Fluent, the same files as the screen's, compiled in.
//!
//! Another language is a folder in `i18n/` and a row of [`Languages::compiled`]. What it lacks, or says wrongly, is
//! said in English, message by message.

use crate::date;
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use latchkey_core::order::values::Day;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!("../../i18n/", $tag, "/lender.ftl")),
            include_str!(concat!("../../i18n/", $tag, "/shared.ftl")),
        ]
    };
}

/// Tag, name in itself, whether it runs from right to left, and its files. English first.
type Row = (&'static str, &'static str, bool, [&'static str; 2]);
const COMPILED: [Row; 3] = [
    ("en", "English", false, files!("en")),
    ("hi", "हिन्दी", false, files!("hi")),
    ("ar", "العربية", true, files!("ar")),
];

/// Every language that is compiled in.
#[derive(Debug)]
pub(crate) struct Languages([Words; COMPILED.len()]);

impl Languages {
    /// All of them.
    pub(crate) fn compiled() -> Languages {
        Languages(COMPILED.map(|row| Words::new(&row)))
    }

    /// English.
    pub(crate) fn english(&self) -> &Words {
        &self.0[0]
    }

    /// In the order of the switch.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Words> {
        self.0.iter()
    }

    /// The language with this tag, or with the same first part: `hi-IN` is `hi`.
    pub(crate) fn find(&self, tag: &str) -> Option<&Words> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        self.0.iter().find(|words| words.tag.eq_ignore_ascii_case(first))
    }

    /// What was chosen on the page, else what the browser prefers (RFC 9110 §12.5.4), else English.
    pub(crate) fn pick(&self, chosen: Option<&str>, accepted: Option<&str>) -> &Words {
        let chosen = chosen.and_then(|tag| self.find(tag));
        let preferred = || ranges(accepted?).into_iter().find_map(|tag| self.find(tag));
        chosen.or_else(preferred).unwrap_or_else(|| self.english())
    }
}

/// The ranges of `Accept-Language`, most wanted first; what has weight 0 or cannot be read is left out.
fn ranges(header: &str) -> Vec<&str> {
    let mut ranges: Vec<(&str, u32)> = Vec::new();
    for item in header.split(',').take(32) {
        let (range, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = match parameters.trim().strip_prefix("q=") {
            None => 1000.0,
            Some(q) => q.trim().parse().map_or(0.0, |q: f32| q * 1000.0),
        };
        if weight > 0.0 {
            ranges.push((range.trim(), weight as u32));
        }
    }
    ranges.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    ranges.into_iter().map(|(range, _)| range).collect()
}

/// One language: the messages of `lender.ftl` and `shared.ftl`.
pub(crate) struct Words {
    /// Its tag, e.g. `hi`.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// Written from right to left.
    pub right_to_left: bool,
    own: Bundle,
    english: Option<Bundle>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.tag)
    }
}

impl Words {
    fn new((tag, name, right_to_left, files): &Row) -> Words {
        let english = &COMPILED[0];
        Words {
            tag,
            name,
            right_to_left: *right_to_left,
            own: bundle(tag, files),
            english: (*tag != english.0).then(|| bundle(english.0, &english.3)),
        }
    }

    /// Direction, as HTML names it.
    pub(crate) fn direction(&self) -> &'static str {
        if self.right_to_left { "rtl" } else { "ltr" }
    }

    /// A message without arguments.
    pub(crate) fn say(&self, id: &str) -> String {
        self.tell(id, &[])
    }

    /// A message with arguments, as plain text: not escaped for HTML yet. An unknown message says its own name.
    pub(crate) fn tell(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let english = || self.english.as_ref().and_then(|english| say(english, id, args));
        say(&self.own, id, args)
            .or_else(english)
            .unwrap_or_else(|| id.to_owned())
    }

    /// A day in the market's order, with its year: `3 May 2026`, in the US `May 3 2026`.
    pub(crate) fn day(&self, market: &str, day: Day) -> String {
        let (year, month, day) = date::civil(u64::from(day.get()));
        let (year, day) = (year.to_string(), day.to_string());
        let month = self.say(&format!("shared-month-{month}"));
        let month_first = market == "us" || market.starts_with("us-");
        let order = if month_first {
            "shared-month-day"
        } else {
            "shared-day-month"
        };
        let args = [("day", Arg::Text(&day)), ("month", Arg::Text(&month))];
        let date = self.tell(order, &args);
        let args = [("date", Arg::Text(&date)), ("year", Arg::Text(&year))];
        // One thing, so one isolate, which the sentence around it brings.
        bare(&self.tell("shared-date-year", &args))
    }

    /// A day and a clock time.
    pub(crate) fn time(&self, day: &str, clock: &str) -> String {
        let args = [("date", Arg::Text(day)), ("time", Arg::Text(clock))];
        self.tell("shared-date-time", &args)
    }
}

fn bundle(tag: &str, files: &[&str]) -> Bundle {
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    // Isolates stay on: a Latin name inside Arabic would pull the sentence apart.
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    for text in files {
        // What does not parse is left out; a test keeps that from happening.
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The message, or `None` when it is missing or does not format whole.
fn say(bundle: &Bundle, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut values = FluentArgs::new();
    for (name, value) in args {
        match value {
            Arg::Text(text) => values.set(*name, FluentValue::from(*text)),
            Arg::Ltr(text) => values.set(*name, FluentValue::from(ltr(text))),
            Arg::Number(n) => values.set(*name, FluentValue::from(*n)),
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

/// An argument of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    /// Shown as it is; Fluent isolates it.
    Text(&'a str),
    /// An amount, a number: from left to right in every language.
    Ltr(&'a str),
    /// Picks the plural.
    Number(usize),
}

/// From left to right in every language, as the screen writes amounts.
fn ltr(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

/// Text without isolates: for what is isolated as a whole, or stands in a title.
pub(crate) fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c, '\u{2066}'..='\u{2069}'))
        .collect()
}

#[cfg(test)]
mod tests;
