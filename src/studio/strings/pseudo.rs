//! Languages that nobody speaks, made of English: longer and accented, and from right to left. A page that holds them
//! has room for a translation.

use super::english::Catalogue;
use super::source::{Folder, Parsed, SourceFile};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use latchkey_screen::words::{LOCALES, Locale};

/// Accented, and about a third longer.
pub const ACCENTED: &Locale = &Locale {
    tag: "en-XA",
    name: "Àççéñţéđ",
    ..LOCALES[0]
};

/// English from right to left.
pub const MIRRORED: &Locale = &Locale {
    tag: "en-XB",
    name: "Mirrored",
    right_to_left: true,
    ..LOCALES[0]
};

/// English as `locale`, one of the two above. The paths stay those of the English files.
#[must_use]
pub fn folder(english: &Folder, catalogue: &Catalogue, locale: &Locale) -> Folder {
    let files = english
        .files
        .iter()
        .map(|file| SourceFile {
            text: if locale.tag == ACCENTED.tag {
                accented(&Parsed::of(file), catalogue)
            } else {
                file.text.clone()
            },
            ..file.clone()
        })
        .collect();
    Folder {
        tag: locale.tag.to_owned(),
        path: english.path.clone(),
        files,
    }
}

/// The file with every word of its texts accented; names, comments and arguments stay. No text gets longer than its
/// comment allows: a translation may not either.
fn accented(file: &Parsed<'_>, catalogue: &Catalogue) -> String {
    let mut text = String::new();
    let mut at = 0;
    for own in file.texts() {
        let mut words = Vec::new();
        of_pattern(own.pattern, &mut words);
        let mut spare = catalogue.get(&own.id).map_or(0, |english| {
            let length = super::length(&english.text);
            english.max.map_or(length, |max| max.saturating_sub(length))
        });
        for word in words {
            let start = file.offset(word);
            text.push_str(&file.file.text[at..start]);
            text.push_str(&accent(word, &mut spare));
            at = start + word.len();
        }
    }
    text.push_str(&file.file.text[at..]);
    text
}

fn of_pattern<'a>(pattern: &Pattern<&'a str>, words: &mut Vec<&'a str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => words.push(value),
            PatternElement::Placeable { expression } => of_expression(expression, words),
        }
    }
}

fn of_expression<'a>(expression: &Expression<&'a str>, words: &mut Vec<&'a str>) {
    match expression {
        Expression::Select { variants, .. } => variants.iter().for_each(|v| of_pattern(&v.value, words)),
        Expression::Inline(InlineExpression::Placeable { expression }) => of_expression(expression, words),
        Expression::Inline(
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. }
            | InlineExpression::VariableReference { .. },
        ) => {}
    }
}

/// Vowels twice, as translations of English run: about a third longer, but by no more than `spare` characters.
fn accent(text: &str, spare: &mut usize) -> String {
    let mut long = String::new();
    for c in text.chars() {
        let (like, twice) = match c {
            'a' => ('á', true),
            'c' => ('ç', false),
            'd' => ('đ', false),
            'e' => ('é', true),
            'g' => ('ğ', false),
            'i' => ('í', true),
            'l' => ('ł', false),
            'n' => ('ñ', false),
            'o' => ('ö', true),
            'r' => ('ř', false),
            's' => ('š', false),
            't' => ('ţ', false),
            'u' => ('ü', true),
            'y' => ('ý', false),
            'z' => ('ž', false),
            'A' => ('Á', true),
            'C' => ('Ç', false),
            'E' => ('É', true),
            'I' => ('Í', true),
            'L' => ('Ł', false),
            'N' => ('Ñ', false),
            'O' => ('Ö', true),
            'S' => ('Š', false),
            'T' => ('Ţ', false),
            'U' => ('Ü', true),
            'Y' => ('Ý', false),
            other => (other, false),
        };
        long.push(like);
        if twice && *spare > 0 {
            *spare -= 1;
            long.extend(like.to_lowercase());
        }
    }
    long
}
