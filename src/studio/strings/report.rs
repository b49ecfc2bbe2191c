//! The answer: as text for people, as JSON for programs.

use super::check::Coverage;
use super::layout::Index;
use super::{Code, Finding};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
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
    /// Messages that were on a page, also where no picture is taken.
    pub seen: BTreeSet<String>,
}

/// Where `cargo studio shots --out shots` puts the picture of a shot.
const PICTURES: &str = "shots/index.html#";

/// How many missing messages of a file are listed by name.
const LISTED: usize = 3;

/// The answer as text.
#[must_use]
pub fn text(languages: &[Language]) -> String {
    let mut text = String::new();
    for language in languages {
        missing(&mut text, language);
    }
    for language in languages {
        language
            .findings
            .iter()
            .filter(|f| f.code != Code::Missing)
            .for_each(|f| tell(&mut text, f));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    for language in languages {
        summary(&mut text, language);
    }
    text
}

/// One line a file: what is missing there.
fn missing(text: &mut String, language: &Language) {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in language.findings.iter().filter(|f| f.code == Code::Missing) {
        files.entry(&finding.file).or_default().push(finding);
    }
    for (file, missing) in &files {
        let names: Vec<&str> = missing.iter().take(LISTED).map(|f| f.message.as_str()).collect();
        let more = match missing.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let line = missing.first().map_or(1, |f| f.line);
        let _ = writeln!(text, "{file}:{line}: missing: {}{more}", names.join(", "));
    }
    if !files.is_empty() {
        text.push_str(
            "    what is missing is shown in English; --fix writes it there as a comment to translate\n\n",
        );
    }
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
    let message = if message.is_empty() {
        String::new()
    } else {
        format!("{message}: ")
    };
    let _ = writeln!(
        text,
        "{file}:{line}: {}: {message}{what}\n    {next}",
        code.as_str()
    );
    if let Some(first) = shots.first() {
        let more = if shots.len() > 1 {
            format!(" and {} more", shots.len() - 1)
        } else {
            String::new()
        };
        let _ = writeln!(text, "    seen in {PICTURES}{first}{more}");
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
    let reviews: Vec<String> = reviews
        .iter()
        .map(|(who, files)| format!("{who} {files}"))
        .collect();
    let laid = if language.shots == 0 {
        "no page laid out".to_owned()
    } else {
        let lines = coverage.lines.keys();
        let unseen = lines.filter(|id| !language.seen.contains(*id)).count();
        format!(
            "{} pages laid out, {unseen} texts on none of them",
            language.shots
        )
    };
    let missing = language
        .findings
        .iter()
        .filter(|f| f.code == Code::Missing)
        .count();
    let wrong = language.findings.len() - missing;
    let _ = writeln!(
        text,
        "{}: {translated} of {all} texts ({percent} %) · files by review: {} · {} terms · {laid} · {missing} missing, \
         {wrong} wrong",
        coverage.tag,
        reviews.join(", "),
        coverage.terms,
    );
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
                    "unreadable": f.unreadable,
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
                    "laid_out": l.seen.contains(id),
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
