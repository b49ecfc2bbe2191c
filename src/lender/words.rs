//! The words of the pay page: Fluent, English compiled in.

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

const ENGLISH: &str = include_str!("../../i18n/en/lender.ftl");

/// The messages of `lender.ftl`.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

impl Words {
    /// English.
    pub(crate) fn english() -> Words {
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        // What does not parse is left out; a test keeps that from happening.
        let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Words(bundle)
    }

    /// A message without arguments.
    pub(crate) fn say(&self, id: &str) -> String {
        self.tell(id, &[])
    }

    /// A message with arguments, as plain text: not escaped for HTML yet. An unknown message says its own name.
    pub(crate) fn tell(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, FluentValue::from(*text)),
                Arg::Number(n) => values.set(*name, FluentValue::from(*n)),
            }
        }
        let pattern = self.0.get_message(id).and_then(|message| message.value());
        let mut errors = Vec::new();
        match pattern {
            Some(pattern) => self
                .0
                .format_pattern(pattern, Some(&values), &mut errors)
                .into_owned(),
            None => id.to_owned(),
        }
    }
}

/// An argument of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// Picks the plural.
    Number(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_parses_whole() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
    }

    #[test]
    fn arguments_and_plurals_are_filled_in() {
        let words = Words::english();
        let args = [("count", Arg::Number(2)), ("date", Arg::Text("3 May 2026"))];
        let text = words.tell("lender-due-several", &args);
        assert!(
            text.contains("instalments") && text.contains("3 May 2026"),
            "{text}"
        );
    }
}
