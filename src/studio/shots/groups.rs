//! Findings told once: what is the same on a page stands in one group, with the pictures in which it is seen.

use super::{Found, Report};
use std::collections::BTreeMap;

/// The same finding in several pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct Group<'r> {
    /// Page, e.g. `home`.
    pub page: &'r str,
    /// As the first picture has it.
    pub found: &'r Found,
    /// Name of each picture, and which of its findings they are.
    pub pictures: Vec<(&'r str, Vec<usize>)>,
}

/// The page in the name of a picture: `scene.page.locale.…`; an answer's number belongs to it.
fn page(name: &str) -> &str {
    name.split('.').nth(1).unwrap_or(name)
}

/// The findings of `report` by page, kind and what they are about; what is seen most comes first.
#[must_use]
pub fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for (name, shown) in report.wrong() {
        for (n, found) in shown.findings.iter().enumerate() {
            let key = (page(name), found.kind.as_str(), found.about.as_str());
            let at = *known.entry(key).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Group {
                    page: page(name),
                    found,
                    pictures: Vec::new(),
                });
            }
            match groups[at].pictures.last_mut().filter(|(last, _)| *last == name) {
                Some((_, all)) => all.push(n),
                None => groups[at].pictures.push((name, vec![n])),
            }
        }
    }
    groups.sort_by_key(|g| std::cmp::Reverse(g.pictures.len()));
    groups
}

impl Group<'_> {
    /// Messages and tokens that it is about, where they are known.
    #[must_use]
    pub fn of(&self) -> String {
        let list = |what: &str, all: &[String]| match all {
            [] => String::new(),
            [one] => format!("{what} {one}"),
            more => format!("{what}s {}", more.join(", ")),
        };
        let both = [
            list("message", &self.found.messages),
            list("token", &self.found.tokens),
        ];
        both.into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// So many pictures are named on a terminal.
const NAMED: usize = 3;

/// The groups for a terminal, a line or more each.
#[must_use]
pub fn lines(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for group in groups(report) {
        lines.push(format!("page {}: {}", group.page, group.found.text));
        let of = group.of();
        if !of.is_empty() {
            lines.push(format!("    {of}"));
        }
        let names: Vec<_> = group.pictures.iter().take(NAMED).map(|(name, _)| *name).collect();
        let more = match group.pictures.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!("    in {}{more}", names.join(", ")));
    }
    lines
}
