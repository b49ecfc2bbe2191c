//! Rules about characters: what stands in a text, letter by letter.

use super::Code;
use super::source::Parsed;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode_to_string;
use latchkey_screen::fonts;
use latchkey_screen::format::{FSI, LRI, PDI, RLI};

/// A finding about a text: its kind, what is wrong, what to do.
pub type Told = (Code, String, String);

/// The words of a pattern as they stand in the file, each piece with its line, without what is filled in.
#[must_use]
pub fn pieces(pattern: &Pattern<&str>, file: &Parsed<'_>) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    of_pattern(pattern, file, &mut all);
    all
}

fn of_pattern(pattern: &Pattern<&str>, file: &Parsed<'_>, all: &mut Vec<(String, usize)>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => all.push(((*value).to_owned(), file.line(value))),
            PatternElement::Placeable { expression } => of_expression(expression, file, all),
        }
    }
}

fn of_expression(expression: &Expression<&str>, file: &Parsed<'_>, all: &mut Vec<(String, usize)>) {
    match expression {
        Expression::Select { variants, .. } => variants.iter().for_each(|v| of_pattern(&v.value, file, all)),
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            all.push((unescape_unicode_to_string(value).into_owned(), file.line(value)));
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            of_expression(expression, file, all)
        }
        Expression::Inline(
            InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. }
            | InlineExpression::VariableReference { .. },
        ) => {}
    }
}

/// What is wrong with the words of a text as they stand in the file.
#[must_use]
pub fn words(text: &str) -> Vec<Told> {
    let mut told = Vec::new();
    let mut tell = |code, what: String, next: &str| told.push((code, what, next.to_owned()));
    if let Some(tag) = tag(text) {
        tell(
            Code::Markup,
            format!("`{tag}` is HTML"),
            "take it out: the screen shows it as it stands",
        );
    }
    if let Some(entity) = entity(text) {
        tell(
            Code::Markup,
            format!("`{entity}` is HTML"),
            "write the character itself",
        );
    }
    let small = text.to_lowercase();
    if let Some(link) = ["http://", "https://", "ftp://", "www."]
        .iter()
        .find(|link| small.contains(**link))
    {
        tell(
            Code::Markup,
            format!("a link, `{link}…`"),
            "take it out: links come from the lender, signed",
        );
    }
    if let Some(sign) = placeholder(text) {
        tell(
            Code::Markup,
            format!("`{sign}` is no argument in Fluent"),
            "write an argument as { $name }, with braces",
        );
    }
    let forced: Vec<char> = text
        .chars()
        .filter(|c| matches!(c, '\u{202a}'..='\u{202e}'))
        .collect();
    if let Some(first) = forced.first() {
        tell(
            Code::Bidi,
            format!("U+{:04X} forces a direction", u32::from(*first)),
            "take it out: the screen sets the direction of every message",
        );
    }
    let control = |c: &char| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffd}')
    };
    if let Some(first) = text.chars().find(control) {
        tell(
            Code::Control,
            format!("U+{:04X}, a control character", u32::from(first)),
            "take it out: it often comes along when text is copied",
        );
    }
    told
}

/// What is wrong with the isolates of a text that is whole: each line closes what it opens.
#[must_use]
pub fn isolates(text: &str) -> Option<Told> {
    let wrong = text.split('\n').any(|line| {
        let mut open = 0_i32;
        for c in line.chars() {
            match c {
                LRI | RLI | FSI => open += 1,
                PDI => open -= 1,
                _ => {}
            }
            if open < 0 {
                return true;
            }
        }
        open != 0
    });
    wrong.then(|| {
        (
            Code::Bidi,
            "an isolate (U+2066 to U+2068) without its end (U+2069), or an end without it".to_owned(),
            "take both out: the screen isolates every argument".to_owned(),
        )
    })
}

/// Characters that no bundled font has.
#[must_use]
pub fn glyphs(text: &str) -> Option<Told> {
    let mut missing = fonts::missing(text);
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return None;
    }
    let list: Vec<String> = missing
        .iter()
        .map(|c| format!("{c} (U+{:04X})", u32::from(*c)))
        .collect();
    Some((
        Code::Glyph,
        format!("no bundled font has {}", list.join(", ")),
        "use another character, or ask for it to be added to assets/fonts".to_owned(),
    ))
}

/// Whether there is anything to see in it.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    latchkey_screen::words::is_blank(text)
}

fn tag(text: &str) -> Option<&str> {
    text.match_indices('<').find_map(|(at, _)| {
        let rest = &text[at..];
        let name = rest[1..].trim_start_matches('/');
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            .then(|| &rest[..end])
    })
}

fn entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(at, _)| {
        let rest = &text[at..];
        let name = &rest[1..rest.find(';')?];
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        plain.then(|| &rest[..name.len() + 2])
    })
}

/// `%s`, `%1$s`, `%(name)s`, `$name` without braces, and marks of Markdown and of forums.
fn placeholder(text: &str) -> Option<String> {
    let letter = |rest: &[char]| rest.first().is_some_and(|c| c.is_alphabetic());
    let after = |sign: char| {
        text.match_indices(sign)
            .map(move |(at, _)| (at, text[at + sign.len_utf8()..].chars().collect::<Vec<_>>()))
    };
    let percent = after('%').find_map(|(_, rest)| match rest[..] {
        // "50%dan" is "from 50 %" in Uzbek.
        [c @ ('s' | 'd' | '@' | 'i' | 'u'), ref rest @ ..] if !letter(rest) => Some(format!("%{c}")),
        ['(', ref rest @ ..] if letter(rest) && rest.contains(&')') => Some("%(…)".to_owned()),
        [n @ '1'..='9', '$', c, ..] => Some(format!("%{n}${c}")),
        _ => None,
    });
    let dollar = || {
        after('$').find_map(|(_, rest)| {
            let name: String = rest
                .into_iter()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                .then(|| format!("${name}"))
        })
    };
    let signs = ["**", "__", "`", "](", "\\n", "[b]", "[/b]", "[i]", "[/i]"];
    let sign = || signs.into_iter().find(|sign| text.contains(sign));
    percent.or_else(dollar).or_else(|| sign().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<Code> {
        words(text).into_iter().map(|(code, ..)| code).collect()
    }

    #[test]
    fn markup_and_characters_that_force_are_told() {
        for text in [
            "a <b>bold</b> word",
            "a&nbsp;b",
            "see https://x.example",
            "%s left",
            "%1$s",
            "pay $amount",
            "**now**",
            "__now__",
            "`now`",
            "[here](x)",
            "[b]now[/b]",
            "%(date)s",
            "one\\ntwo",
            "a <b",
            "ftp://x",
        ] {
            assert_eq!(codes(text), [Code::Markup], "{text}");
        }
        for text in [
            "1 < 2 and 3 > 2",
            "Q & A; more",
            "100 % sure",
            "US$ 5",
            "5 % discount",
            "50%dan",
            "[now]",
            "a_b",
        ] {
            assert_eq!(codes(text), [], "{text}");
        }
        assert_eq!(codes("a\u{202e}b"), [Code::Bidi]);
        assert_eq!(codes("a\u{7}b"), [Code::Control]);
        assert!(isolates("\u{2068}x\u{2069} \u{2066}y\u{2069}").is_none());
        assert!(
            isolates("\u{2068}x\ny\u{2069}").is_some(),
            "an isolate ends with its line"
        );
        assert!(isolates("x\u{2069}\u{2068}").is_some());
    }
}
