//! Every way in which a text can be said: one branch for each choice of its selectors.

use super::source::Parsed;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// More branches than this are not told apart.
const MOST: usize = 512;
/// References that lead to references.
const DEEPEST: usize = 8;
/// What is in braces, in all branches and references of one text. Fluent itself says no text with more than 100.
const MOST_BRACED: usize = 2_000;

/// A choice that a branch rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Argument that chooses, without `$`.
    pub variable: String,
    /// Key of the variant: a plural category or a number.
    pub key: String,
}

/// One way in which a text can be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// What it rests on, outermost first.
    pub chosen: Vec<Choice>,
    /// Arguments that it shows.
    pub shown: BTreeSet<String>,
    /// Its words, arguments filled with samples.
    pub text: String,
    /// Line of its own key; 0 where there is nothing to choose.
    pub line: usize,
}

/// What a text does beside showing words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// `{ $name }`.
    Variable(String),
    /// `{ $name -> …`, with the keys of its variants and the lines where they stand.
    Select(String, Vec<(String, usize)>),
    /// A selector that is no argument.
    OddSelector(String),
    /// `{ other-message }` or `{ -term }`, as written.
    Reference(String),
    /// `{ FUNCTION($name) }`, with the argument that it is given.
    Function(String, Option<String>),
    /// `{ 3 }`.
    Number(String),
}

/// Messages and terms that a reference can mean.
#[derive(Default)]
pub struct Lookup<'a, 'p> {
    all: BTreeMap<String, (&'p Pattern<&'a str>, &'p Parsed<'a>)>,
    /// Terms, and what some reference hands to them.
    handed: BTreeSet<(String, String)>,
}

impl<'a, 'p> Lookup<'a, 'p> {
    /// Everything in `files`; as in Fluent, the last one counts.
    #[must_use]
    pub fn of(files: &'p [Parsed<'a>]) -> Lookup<'a, 'p> {
        let mut all = BTreeMap::new();
        for file in files {
            for text in file.texts() {
                all.insert(text.id, (text.pattern, file));
            }
            for entry in &file.resource.body {
                if let Entry::Term(term) = entry {
                    all.insert(format!("-{}", term.id.name), (&term.value, file));
                    for attribute in &term.attributes {
                        let id = format!("-{}.{}", term.id.name, attribute.id.name);
                        all.insert(id, (&attribute.value, file));
                    }
                }
            }
        }
        let mut handed = BTreeSet::new();
        for (pattern, _) in all.values() {
            each_inline(pattern, &mut |inline| {
                let id = reference(inline).unwrap_or_default();
                let names = self::handed(inline).into_iter().flatten();
                handed.extend(names.map(|(name, _)| (id.clone(), name)));
            });
        }
        Lookup { all, handed }
    }

    /// Whether some reference to the term `id` hands `name` to it.
    #[must_use]
    pub fn hands(&self, id: &str, name: &str) -> bool {
        self.handed.contains(&(id.to_owned(), name.to_owned()))
    }

    /// Whether there is such a message or term.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.all.contains_key(id)
    }

    /// Whether following the references of `id` leads back to it.
    #[must_use]
    pub fn circles(&self, id: &str) -> bool {
        let mut open = vec![id.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            let Some((pattern, file)) = self.all.get(&at) else {
                continue;
            };
            for (used, _) in uses(pattern, file) {
                if let Use::Reference(to) = used {
                    if to == id {
                        return true;
                    }
                    if seen.insert(to.clone()) {
                        open.push(to);
                    }
                }
            }
        }
        false
    }
}

/// The branches of `pattern`, which stands in `file`.
#[must_use]
pub fn branches(
    pattern: &Pattern<&str>,
    file: &Parsed<'_>,
    lookup: &Lookup<'_, '_>,
    sample: &dyn Fn(&str) -> String,
) -> Vec<Branch> {
    of_pattern(
        &Walk {
            file,
            lookup,
            sample,
            depth: 0,
            handed: None,
            braced: &Cell::new(0),
        },
        pattern,
    )
}

#[derive(Clone, Copy)]
struct Walk<'w, 'a, 'p> {
    file: &'w Parsed<'w>,
    lookup: &'w Lookup<'a, 'p>,
    sample: &'w dyn Fn(&str) -> String,
    depth: usize,
    /// In a term: what its reference hands to it, and nothing else.
    handed: Option<&'w BTreeMap<String, String>>,
    braced: &'w Cell<usize>,
}

fn of_pattern(walk: &Walk<'_, '_, '_>, pattern: &Pattern<&str>) -> Vec<Branch> {
    let mut all = vec![Branch::default()];
    for element in &pattern.elements {
        let next = match element {
            PatternElement::TextElement { value } => vec![said(value)],
            PatternElement::Placeable { expression } => {
                walk.braced.set(walk.braced.get() + 1);
                if walk.braced.get() > MOST_BRACED {
                    break;
                }
                of_expression(walk, expression)
            }
        };
        all = join(all, &next);
    }
    all
}

fn said(text: &str) -> Branch {
    Branch {
        text: text.to_owned(),
        ..Branch::default()
    }
}

fn join(mut before: Vec<Branch>, next: &[Branch]) -> Vec<Branch> {
    if let [only] = next {
        before.iter_mut().for_each(|branch| branch.add(only));
        return before;
    }
    let mut all = Vec::new();
    for first in &before {
        for second in next.iter().take((MOST / before.len().max(1)).max(1)) {
            let mut branch = first.clone();
            branch.add(second);
            all.push(branch);
        }
    }
    all
}

impl Branch {
    fn add(&mut self, next: &Branch) {
        self.text.push_str(&next.text);
        self.shown.extend(next.shown.iter().cloned());
        self.chosen.extend(next.chosen.iter().cloned());
        self.line = self.line.max(next.line);
    }
}

fn of_expression(walk: &Walk<'_, '_, '_>, expression: &Expression<&str>) -> Vec<Branch> {
    match expression {
        Expression::Inline(inline) => of_inline(walk, inline),
        Expression::Select { selector, variants } => variants
            .iter()
            .flat_map(|variant| of_variant(walk, selector, variant))
            .take(MOST)
            .collect(),
    }
}

fn of_variant(
    walk: &Walk<'_, '_, '_>,
    selector: &InlineExpression<&str>,
    variant: &Variant<&str>,
) -> Vec<Branch> {
    let (key, line) = key(walk.file, variant);
    of_pattern(walk, &variant.value)
        .into_iter()
        .map(|mut branch| {
            if let (Some(variable), None) = (argument(selector), walk.handed) {
                let variable = variable.to_owned();
                let key = key.clone();
                branch.chosen.insert(0, Choice { variable, key });
            }
            branch.line = branch.line.max(line);
            branch
        })
        .collect()
}

fn key(file: &Parsed<'_>, variant: &Variant<&str>) -> (String, usize) {
    match variant.key {
        VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => {
            (name.to_owned(), file.line(name))
        }
    }
}

fn of_inline(walk: &Walk<'_, '_, '_>, inline: &InlineExpression<&str>) -> Vec<Branch> {
    match inline {
        InlineExpression::StringLiteral { value } => vec![said(&unescape_unicode_to_string(value))],
        InlineExpression::NumberLiteral { value } => vec![said(value)],
        InlineExpression::VariableReference { .. } | InlineExpression::FunctionReference { .. } => {
            match (argument(inline), walk.handed) {
                (None, _) => vec![Branch::default()],
                (Some(name), Some(handed)) => vec![said(handed.get(name).map_or("", String::as_str))],
                (Some(name), None) => vec![Branch {
                    shown: BTreeSet::from([name.to_owned()]),
                    text: (walk.sample)(name),
                    ..Branch::default()
                }],
            }
        }
        InlineExpression::Placeable { expression } => of_expression(walk, expression),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            let id = reference(inline).unwrap_or_default();
            let handed = handed(inline);
            match walk.lookup.all.get(&id) {
                Some((pattern, file)) if walk.depth < DEEPEST => {
                    let walk = Walk {
                        file,
                        depth: walk.depth + 1,
                        handed: handed.as_ref().or(walk.handed),
                        ..*walk
                    };
                    // Its lines stand elsewhere.
                    of_pattern(&walk, pattern)
                        .into_iter()
                        .map(|branch| Branch { line: 0, ..branch })
                        .collect()
                }
                Some(_) | None => vec![Branch::default()],
            }
        }
    }
}

/// The argument that is shown, or chosen by: itself, or through a function.
fn argument<'a>(inline: &InlineExpression<&'a str>) -> Option<&'a str> {
    match inline {
        InlineExpression::VariableReference { id } => Some(id.name),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.first().and_then(argument)
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::Placeable { .. } => None,
    }
}

/// What a reference hands to a term: words of its own. A term knows no argument of the message.
fn handed(inline: &InlineExpression<&str>) -> Option<BTreeMap<String, String>> {
    let InlineExpression::TermReference { arguments, .. } = inline else {
        return None;
    };
    let named = arguments.iter().flat_map(|arguments| &arguments.named);
    let each = named.filter_map(|argument| match &argument.value {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => Some((
            argument.name.name.to_owned(),
            unescape_unicode_to_string(value).into_owned(),
        )),
        InlineExpression::FunctionReference { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::VariableReference { .. }
        | InlineExpression::Placeable { .. } => None,
    });
    Some(each.collect())
}

fn reference(inline: &InlineExpression<&str>) -> Option<String> {
    let (sign, id, attribute) = match inline {
        InlineExpression::MessageReference { id, attribute } => ("", id, attribute),
        InlineExpression::TermReference { id, attribute, .. } => ("-", id, attribute),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::FunctionReference { .. }
        | InlineExpression::VariableReference { .. }
        | InlineExpression::Placeable { .. } => return None,
    };
    let attribute = attribute
        .as_ref()
        .map_or_else(String::new, |a| format!(".{}", a.name));
    Some(format!("{sign}{}{attribute}", id.name))
}

/// What `pattern` does beside showing words, each with its line.
#[must_use]
pub fn uses(pattern: &Pattern<&str>, file: &Parsed<'_>) -> Vec<(Use, usize)> {
    let mut all = Vec::new();
    in_pattern(pattern, file, &mut all);
    all
}

fn in_pattern(pattern: &Pattern<&str>, file: &Parsed<'_>, all: &mut Vec<(Use, usize)>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, file, all);
        }
    }
}

fn in_expression(expression: &Expression<&str>, file: &Parsed<'_>, all: &mut Vec<(Use, usize)>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, file, all),
        Expression::Select { selector, variants } => {
            let keys: Vec<_> = variants.iter().map(|v| key(file, v)).collect();
            let first = keys.first().map_or(0, |(_, line)| *line);
            match selector {
                InlineExpression::VariableReference { id } => {
                    all.push((Use::Select(id.name.to_owned(), keys), file.line(id.name)));
                }
                // A term's attribute may choose: `{ -lender.gender -> … }`.
                InlineExpression::TermReference {
                    attribute: Some(_), ..
                } => {
                    in_inline(selector, file, all);
                }
                InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                    all.push((Use::OddSelector((*value).to_owned()), file.line(value)));
                }
                InlineExpression::FunctionReference { id, .. } => {
                    all.push((function(selector, id.name), file.line(id.name)));
                }
                InlineExpression::MessageReference { id, .. }
                | InlineExpression::TermReference { id, .. } => {
                    all.push((Use::OddSelector(id.name.to_owned()), file.line(id.name)));
                }
                InlineExpression::Placeable { .. } => {
                    all.push((Use::OddSelector("{ … }".to_owned()), first));
                }
            }
            variants.iter().for_each(|v| in_pattern(&v.value, file, all));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, file: &Parsed<'_>, all: &mut Vec<(Use, usize)>) {
    match inline {
        InlineExpression::StringLiteral { .. } => {}
        InlineExpression::NumberLiteral { value } => {
            all.push((Use::Number((*value).to_owned()), file.line(value)));
        }
        InlineExpression::VariableReference { id } => {
            all.push((Use::Variable(id.name.to_owned()), file.line(id.name)));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, file, all),
        InlineExpression::FunctionReference { id, .. } => {
            all.push((function(inline, id.name), file.line(id.name)));
        }
        InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
            all.push((
                Use::Reference(reference(inline).unwrap_or_default()),
                file.line(id.name),
            ));
        }
    }
}

fn function(inline: &InlineExpression<&str>, name: &str) -> Use {
    Use::Function(name.to_owned(), argument(inline).map(str::to_owned))
}

/// Every expression in `pattern`, also those that choose.
fn each_inline(pattern: &Pattern<&str>, see: &mut dyn FnMut(&InlineExpression<&str>)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            each_in(expression, see);
        }
    }
}

fn each_in(expression: &Expression<&str>, see: &mut dyn FnMut(&InlineExpression<&str>)) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            variants
                .iter()
                .for_each(|variant| each_inline(&variant.value, see));
            selector
        }
    };
    see(inline);
    if let InlineExpression::Placeable { expression } = inline {
        each_in(expression, see);
    }
}
