//! Rules about one text of a translation, compared with English.

use super::english::English;
use super::glossary::Glossary;
use super::pattern::{self, Branch, Lookup, Use};
use super::plural::Plurals;
use super::source::{Parsed, Text};
use super::{Code, Finding, length, letters, written};
use fluent_syntax::ast::Pattern;
use std::collections::BTreeSet;

/// A translation is at most so much longer than English, in tenths.
pub const TIMES_ENGLISH: usize = 25;
/// Short words may grow more: up to so many characters anyway.
pub const SHORT: usize = 24;

/// What a text is judged by.
pub struct Judge<'j> {
    /// Language tag.
    pub tag: &'j str,
    /// How it counts.
    pub plurals: &'j Plurals,
    /// Terms and names.
    pub glossary: &'j Glossary,
    /// What references can mean in this language.
    pub lookup: &'j Lookup<'j, 'j>,
    /// Whether the fonts draw its script.
    pub drawn: bool,
}

/// Everything that is wrong with `text` of `file`, which is `english` in English.
#[must_use]
pub fn judge(judge: &Judge<'_>, file: &Parsed<'_>, text: &Text<'_, '_>, english: &English) -> Vec<Finding> {
    let mut found = Found {
        file: written(&file.file.path),
        id: &text.id,
        all: Vec::new(),
    };
    let sample = |name: &str| {
        english
            .parameter(name)
            .map_or_else(String::new, |p| p.sample.clone())
    };
    let branches = pattern::branches(text.pattern, file, judge.lookup, &sample);
    uses(judge, file, text, english, &mut found);
    characters(judge, text.pattern, file, &mut found);
    // What leads back to itself says nothing, and so neither drops anything.
    if !judge.lookup.circles(&text.id) {
        dropped(judge, file, text, english, &branches, &mut found);
        if !reached(file, text, english, &branches, &mut found) {
            whole(judge, text, english, &branches, &mut found);
        }
        terms(judge, text, english, &branches, &mut found);
    }
    found.all
}

/// Everything that is wrong with the term `id` of `file`, wherever it is used.
#[must_use]
pub fn judge_term(judge: &Judge<'_>, file: &Parsed<'_>, id: &str, pattern: &Pattern<&str>) -> Vec<Finding> {
    let mut found = Found {
        file: written(&file.file.path),
        id,
        all: Vec::new(),
    };
    characters(judge, pattern, file, &mut found);
    for (used, line) in pattern::uses(pattern, file) {
        match used {
            Use::Reference(to) if !judge.lookup.has(&to) => found.say(
                line,
                Code::Reference,
                format!("{{ {to} }} does not exist in this language"),
                "write the words themselves, or the id of a message of this language",
            ),
            Use::Variable(name) | Use::Select(name, _) if !judge.lookup.hands(id, &name) => found.say(
                line,
                Code::VariableUnknown,
                format!("${name} is not handed to a term"),
                format!("write {{ ${name} }} in the message itself: a term does not know its arguments"),
            ),
            Use::Function(name, _) => function(&name, line, &mut found),
            Use::Reference(_) | Use::Variable(_) | Use::Select(..) | Use::OddSelector(_) | Use::Number(_) => {
            }
        }
    }
    found.all
}

fn characters(judge: &Judge<'_>, pattern: &Pattern<&str>, file: &Parsed<'_>, found: &mut Found<'_>) {
    for (mut words, line) in letters::pieces(pattern, file) {
        // That the file is not UTF-8 is told already.
        if file.file.not_utf8.is_some() {
            words.retain(|c| c != char::REPLACEMENT_CHARACTER);
        }
        for told in letters::words(&words) {
            found.tell(line, told);
        }
        if judge.drawn
            && let Some(told) = letters::glyphs(&words)
        {
            found.tell(line, told);
        }
    }
}

struct Found<'f> {
    file: String,
    id: &'f str,
    all: Vec<Finding>,
}

impl Found<'_> {
    fn tell(&mut self, line: usize, (code, what, next): letters::Told) {
        let finding = Finding {
            file: self.file.clone(),
            line,
            code,
            message: self.id.to_owned(),
            what,
            next,
            shots: Vec::new(),
        };
        if !self.all.contains(&finding) {
            self.all.push(finding);
        }
    }

    fn say(&mut self, line: usize, code: Code, what: String, next: impl Into<String>) {
        self.tell(line, (code, what, next.into()));
    }
}

fn names(english: &English) -> String {
    let all: Vec<String> = english
        .parameters
        .iter()
        .map(|p| format!("${}", p.name))
        .collect();
    if all.is_empty() {
        "this text takes none".to_owned()
    } else {
        format!("this text takes {}", all.join(", "))
    }
}

/// The arguments that `text` uses itself.
fn variables(file: &Parsed<'_>, text: &Text<'_, '_>) -> BTreeSet<String> {
    let all = pattern::uses(text.pattern, file).into_iter();
    all.filter_map(|(used, _)| match used {
        Use::Variable(name) | Use::Select(name, _) => Some(name),
        Use::OddSelector(_) | Use::Reference(_) | Use::Function(..) | Use::Number(_) => None,
    })
    .collect()
}

fn unknown(name: &str, line: usize, english: &English, used: &BTreeSet<String>, found: &mut Found<'_>) {
    let next = match english.meant(name, used) {
        Some(meant) => format!("did you mean ${meant}? {}", names(english)),
        None => format!("look at the spelling: {}", names(english)),
    };
    found.say(
        line,
        Code::VariableUnknown,
        format!("${name} is not handed to this text"),
        next,
    );
}

/// Arguments that only what `text` refers to shows: the screen hands them to that, and not to this.
fn reached(
    file: &Parsed<'_>,
    text: &Text<'_, '_>,
    english: &English,
    branches: &[Branch],
    found: &mut Found<'_>,
) -> bool {
    let own = variables(file, text);
    let shown: BTreeSet<&String> = branches.iter().flat_map(|branch| &branch.shown).collect();
    let all: Vec<_> = shown
        .into_iter()
        .filter(|name| !own.contains(*name) && !english.takes(name))
        .collect();
    for name in &all {
        found.say(
            text.line,
            Code::VariableUnknown,
            format!("it refers to a message that shows ${name}, and ${name} is not handed to this text"),
            format!("write the words themselves: {}", names(english)),
        );
    }
    !all.is_empty()
}

fn uses(judge: &Judge<'_>, file: &Parsed<'_>, text: &Text<'_, '_>, english: &English, found: &mut Found<'_>) {
    let all = variables(file, text);
    let mut chosen_by_count = false;
    // What English itself uses has to be explained in its comment.
    let known = |name: &str| english.takes(name) && (judge.tag != "en" || english.parameter(name).is_some());
    for (used, line) in pattern::uses(text.pattern, file) {
        match used {
            Use::Variable(name) if !known(&name) => unknown(&name, line, english, &all, found),
            Use::Variable(name) => {
                let number = english.parameter(&name).is_some_and(|p| p.number);
                if number && !english.shown.contains(&name) {
                    found.say(
                        line,
                        Code::NumberShown,
                        format!("${name} only chooses the plural"),
                        "show the argument that has the same number as text, mostly { $shown }",
                    );
                }
            }
            Use::Select(name, keys) => {
                let number = english.parameter(&name).is_some_and(|p| p.number);
                if number && english.takes(&name) {
                    chosen_by_count = true;
                    plurals(judge, line, &name, &keys, found);
                } else if known(&name) {
                    found.say(
                        line,
                        Code::Selector,
                        format!("${name} is text, and nothing can be chosen by it"),
                        "choose by an argument that is a Number, or write one text for all",
                    );
                } else {
                    let meant = english
                        .meant(&name, &all)
                        .and_then(|meant| english.parameter(meant));
                    chosen_by_count |= meant.is_some_and(|p| p.number);
                    unknown(&name, line, english, &all, found);
                }
            }
            Use::OddSelector(what) => found.say(
                line,
                Code::Selector,
                format!("`{what}` is chosen by, and is no argument"),
                "choose by an argument that is a Number",
            ),
            Use::Reference(id) => reference(judge, text, &id, line, english, found),
            Use::Function(name, of) => {
                chosen_by_count |= of.and_then(|of| english.parameter(&of)).is_some_and(|p| p.number);
                function(&name, line, found);
            }
            Use::Number(number) => found.say(
                line,
                Code::Markup,
                format!("`{{ {number} }}` is a number, not an argument"),
                format!(
                    "write the number without braces, or an argument: {}",
                    names(english)
                ),
            ),
        }
    }
    let counts = english
        .chooses
        .iter()
        .find(|name| english.parameter(name).is_some_and(|p| p.number));
    if let Some(name) = counts
        && !chosen_by_count
        && judge.plurals.needed().len() > 1
    {
        found.say(
            text.line,
            Code::PluralMissing,
            format!("one text for every ${name}"),
            format!(
                "write a branch for each of {}, as English does, though some may be the same",
                judge.plurals.needed().join(", ")
            ),
        );
    }
}

fn function(name: &str, line: usize, found: &mut Found<'_>) {
    found.say(
        line,
        Code::Function,
        format!("{name}(…): the screen has no functions"),
        "show the argument as it is: amounts, dates and numbers come ready to read",
    );
}

fn reference(
    judge: &Judge<'_>,
    text: &Text<'_, '_>,
    id: &str,
    line: usize,
    english: &English,
    found: &mut Found<'_>,
) {
    if !judge.lookup.has(id) {
        let next = if english.takes(id) {
            format!("write {{ ${id} }}, with $, for the argument")
        } else {
            "write the words themselves, or the id of a message of this language".to_owned()
        };
        found.say(
            line,
            Code::Reference,
            format!("{{ {id} }} does not exist in this language"),
            next,
        );
    } else if id == text.id || judge.lookup.circles(id) {
        found.say(
            line,
            Code::Reference,
            format!("{{ {id} }} leads back to itself"),
            "write the words themselves",
        );
    }
}

fn plurals(judge: &Judge<'_>, line: usize, name: &str, keys: &[(String, usize)], found: &mut Found<'_>) {
    let needed = judge.plurals.needed();
    let list = needed.join(", ");
    for (at, (key, line)) in keys.iter().enumerate() {
        let number = key.parse::<f64>().is_ok();
        if !number && !judge.plurals.has(key) {
            found.say(
                *line,
                Code::PluralWrong,
                format!("`{}` has no plural category [{key}]", judge.tag),
                format!("its categories are {list}: take this branch out"),
            );
        } else if keys[..at].iter().any(|(before, _)| before == key) {
            found.say(
                *line,
                Code::PluralWrong,
                format!("[{key}] stands twice for ${name}"),
                "keep one of them: the first one counts",
            );
        }
    }
    // `[1]` does as `[one]` where only 1 is so called.
    let stands = |category: &str| {
        let only = judge.plurals.only(category);
        keys.iter()
            .any(|(key, _)| key == category || (only.is_some() && key.parse().ok() == only))
    };
    let missing: Vec<&str> = needed.into_iter().filter(|c| !stands(c)).collect();
    if !missing.is_empty() {
        found.say(
            line,
            Code::PluralMissing,
            format!("no branch for {} of ${name}", missing.join(", ")),
            format!("`{}` counts with {list}: write a branch for each", judge.tag),
        );
    }
}

fn dropped(
    judge: &Judge<'_>,
    file: &Parsed<'_>,
    text: &Text<'_, '_>,
    english: &English,
    branches: &[Branch],
    found: &mut Found<'_>,
) {
    let used = variables(file, text);
    let unknown: Vec<&String> = used.iter().filter(|name| !english.takes(name)).collect();
    for branch in branches {
        // "One day" and "two days" may be said in words, where the branch is for that number alone.
        let in_words = branch.chosen.iter().any(|choice| {
            english.parameter(&choice.variable).is_some_and(|p| p.number)
                && judge.plurals.only(&choice.key).is_some()
        });
        for name in english.shown.difference(&branch.shown) {
            let number = name == "shown" || english.parameter(name).is_some_and(|p| p.number);
            if number && in_words {
                continue;
            }
            // What English does not explain is told of English; what is misspelt here is told as unknown.
            let misspelt =
                |u: &&String| branch.shown.contains(*u) && english.meant(u, &used) == Some(name.as_str());
            if english.parameter(name).is_none() || unknown.iter().copied().any(|u| misspelt(&u)) {
                continue;
            }
            let line = if branch.line == 0 { text.line } else { branch.line };
            let (of, here) = match branch.chosen.last() {
                Some(choice) => (format!(" in branch [{}]", choice.key), " in this branch too"),
                None => (String::new(), ""),
            };
            let what = english.parameter(name).map_or("", |p| p.what.as_str());
            found.say(
                line,
                Code::VariableDropped,
                format!("{{ ${name} }} is not shown{of}"),
                format!("put {{ ${name} }} ({what}) where it belongs{here}"),
            );
        }
    }
}

fn whole(
    judge: &Judge<'_>,
    text: &Text<'_, '_>,
    english: &English,
    branches: &[Branch],
    found: &mut Found<'_>,
) {
    let seen = !letters::is_blank(&english.text);
    let most = most(judge.tag, english);
    let mut longest: Option<(usize, &Branch)> = None;
    for branch in branches {
        let line = if branch.line == 0 { text.line } else { branch.line };
        if seen && letters::is_blank(&branch.text) {
            found.say(
                line,
                Code::Empty,
                "there is nothing to read".to_owned(),
                "write the text, or take the message out: then English is shown",
            );
        }
        if let Some(told) = letters::isolates(&branch.text) {
            found.tell(line, told);
        }
        let characters = length(&branch.text);
        if characters > most && longest.is_none_or(|(before, _)| characters > before) {
            longest = Some((characters, branch));
        }
    }
    if let Some((characters, branch)) = longest {
        let line = if branch.line == 0 { text.line } else { branch.line };
        found.say(
            line,
            Code::Long,
            format!("{characters} characters, arguments filled with samples"),
            format!(
                "at most {most}: say it in fewer words; English is “{}”",
                english.text
            ),
        );
    }
}

/// Most characters of a text: what its comment allows, and not much more than English takes.
#[must_use]
pub fn most(tag: &str, english: &English) -> usize {
    let allowed = english.max.unwrap_or(usize::MAX);
    // An English text that is itself wrong is no measure.
    let sound = english.shown.iter().all(|name| english.parameter(name).is_some());
    if tag == "en" || !sound {
        allowed
    } else {
        let times = (length(&english.text) * TIMES_ENGLISH).div_ceil(10);
        allowed.min(times.max(SHORT))
    }
}

fn terms(
    judge: &Judge<'_>,
    text: &Text<'_, '_>,
    english: &English,
    branches: &[Branch],
    found: &mut Found<'_>,
) {
    if judge.tag == "en" {
        return;
    }
    for branch in branches {
        let line = if branch.line == 0 { text.line } else { branch.line };
        for (term, said) in judge.glossary.broken(judge.tag, &english.words, &branch.text) {
            found.say(
                line,
                Code::Term,
                format!("“{}” is said another way here", term.english.join("”, “")),
                format!("the glossary says “{}”: {}", said.join("” or “"), term.means),
            );
        }
        for name in judge.glossary.changed(&english.words, &branch.text) {
            found.say(
                line,
                Code::Name,
                format!("the name {name} is not there"),
                "write it as English does: names are not translated",
            );
        }
    }
}
