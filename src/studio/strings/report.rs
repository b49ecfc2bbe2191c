//! The answer: as text for people, as JSON for programs.

use super::check::Coverage;
use super::layout::Index;
use super::{Code, Finding};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is told of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// What is there.
    pub coverage: Coverage,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Pages that were laid out; 0 when none was.
    pub shots: usize,
    /// Where each message is seen.
    pub index: Index,
}

/// How many missing messages of a file are listed by name.
const LISTED: usize = 3;

/// The answer as text.
#[must_use]
pub fn text(languages: &[Language]) -> String {
    let mut text = String::new();
    for language in languages {
        let (missing, other): (Vec<_>, Vec<_>) =
            language.findings.iter().partition(|f| f.code == Code::Missing);
        for finding in other {
            tell(&mut text, finding);
        }
        let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in missing {
            files.entry(&finding.file).or_default().push(finding);
        }
        for (file, missing) in files {
            let names: Vec<&str> = missing.iter().take(LISTED).map(|f| f.message.as_str()).collect();
            let more = missing.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let line = missing.first().map_or(1, |f| f.line);
            let next = missing.first().map_or("", |f| f.next.as_str());
            let _ = writeln!(text, "{file}:{line}: missing: {}{more}\n    {next}", names.join(", "));
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    for language in languages {
        summary(&mut text, language);
    }
    text
}

fn tell(text: &mut String, finding: &Finding) {
    let Finding {
        file,
        line,
        code,
        message,
        what,
        next,
        shots,
    } = finding;
    let message = if message.is_empty() { String::new() } else { format!("{message}: ") };
    let _ = writeln!(text, "{file}:{line}: {}: {message}{what}\n    {next}", code.as_str());
    if let Some(first) = shots.first() {
        let more = if shots.len() > 1 {
            format!(" and {} more", shots.len() - 1)
        } else {
            String::new()
        };
        let _ = writeln!(text, "    seen in {first}{more}");
    }
}

fn summary(text: &mut String, language: &Language) {
    let coverage = &language.coverage;
    let (all, translated) = coverage.counted();
    let percent = (translated * 100).checked_div(all).unwrap_or(100);
    let mut reviews: BTreeMap<&str, usize> = BTreeMap::new();
    for file in coverage.files.iter().filter(|f| f.exists) {
        let who = file.review.as_ref().map_or("none", |(who, _)| who.as_str());
        *reviews.entry(who).or_default() += 1;
    }
    let reviews: Vec<String> = reviews.iter().map(|(who, files)| format!("{who} {files}")).collect();
    let laid = if language.shots == 0 {
        "no page laid out".to_owned()
    } else {
        format!("{} pages laid out", language.shots)
    };
    let _ = writeln!(
        text,
        "{}: {translated} of {all} texts ({percent} %) · files by review: {} · {} terms · {laid} · {} findings",
        coverage.tag,
        reviews.join(", "),
        coverage.terms,
        language.findings.len()
    );
    for file in coverage.files.iter().filter(|f| f.translated < f.texts) {
        let _ = writeln!(text, "    {} {} of {}", file.file, file.translated, file.texts);
    }
}

/// The answer as JSON. Fields are added, never renamed.
#[must_use]
pub fn json(languages: &[Language]) -> Value {
    let language = |l: &Language| {
        let (all, translated) = l.coverage.counted();
        let files: Vec<Value> = l
            .coverage
            .files
            .iter()
            .map(|f| {
                json!({
                    "file": f.file,
                    "texts": f.texts,
                    "translated": f.translated,
                    "missing": f.missing,
                    "obsolete": f.obsolete,
                    "review": f.review.as_ref().map(|(who, _)| who),
                    "reviewed": f.review.as_ref().map(|(_, day)| day),
                })
            })
            .collect();
        let messages: Vec<Value> = l
            .coverage
            .lines
            .iter()
            .map(|(id, (file, line))| {
                json!({
                    "message": id,
                    "file": file,
                    "line": line,
                    "shots": l.index.get(id).map(Vec::as_slice).unwrap_or_default(),
                })
            })
            .collect();
        json!({
            "locale": l.coverage.tag,
            "texts": all,
            "translated": translated,
            "terms": l.coverage.terms,
            "shots": l.shots,
            "files": files,
            "messages": messages,
            "findings": l.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    };
    json!({
        "version": 1,
        "clean": languages.iter().all(|l| l.findings.is_empty()),
        "locales": languages.iter().map(language).collect::<Vec<_>>(),
    })
}

fn finding(f: &Finding) -> Value {
    json!({
        "file": f.file,
        "line": f.line,
        "code": f.code.as_str(),
        "message": f.message,
        "what": f.what,
        "next": f.next,
        "shots": f.shots,
    })
}
