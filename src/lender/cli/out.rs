//! What a command tells: tables and sentences for people, one JSON value for programs (`--json`).

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value};
use std::io::{ErrorKind, Write as _};

/// For whom.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Out {
    /// For a program.
    pub json: bool,
}

/// One line. When its reader went away (`claims list | head`), what is to be done is done all the same, unheard.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{text}").and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        std::process::exit(1);
    }
}

impl Out {
    /// What was done: a sentence, or an object.
    pub(crate) fn told(self, sentence: &str, value: &Value) {
        line(&if self.json {
            value.to_string()
        } else {
            sentence.to_owned()
        });
    }

    /// A sentence for people alone.
    pub(crate) fn says(self, sentence: &str) {
        if !self.json {
            line(sentence);
        }
    }

    /// A table, or an array of objects.
    pub(crate) fn table<const N: usize>(self, columns: [&str; N], rows: Vec<[Value; N]>) {
        if self.json {
            line(&array(columns, rows).to_string());
            return;
        }
        let rows: Vec<[String; N]> = rows
            .into_iter()
            .map(|row| row.map(|value| cut(shown(&value))))
            .collect();
        let width = |n: usize| {
            let cells = rows.iter().map(|row| row[n].chars().count());
            cells.chain([columns[n].chars().count()]).max().unwrap_or(0)
        };
        let widths: [usize; N] = std::array::from_fn(width);
        let written = |cells: [&str; N]| {
            let cells = cells
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        line(&written(columns));
        for row in &rows {
            line(&written(std::array::from_fn(|n| row[n].as_str())));
        }
    }
}

/// Rows as objects.
pub(crate) fn array<const N: usize>(columns: [&str; N], rows: Vec<[Value; N]>) -> Value {
    let object = |row: [Value; N]| {
        let named = columns.iter().map(|name| name.replace(' ', "_")).zip(row);
        Value::Object(named.collect::<Map<_, _>>())
    };
    Value::Array(rows.into_iter().map(object).collect())
}

/// Longest cell of a table, characters; `--json` tells everything.
const CELL: usize = 400;

fn cut(text: String) -> String {
    match text.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Array(parts) => parts.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// What went wrong, for people or programs.
#[expect(clippy::print_stderr, reason = "a command speaks to its user")]
pub(crate) fn wrong(out: Out, code: &str, detail: &str) {
    if out.json {
        eprintln!(
            "{}",
            serde_json::json!({"error": {"code": code, "detail": detail}})
        );
    } else {
        eprintln!("latchkey-lender: {detail} [{code}]");
    }
}

/// A bar for work of `n` steps; shown on a terminal's standard error alone.
pub(crate) fn bar(n: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(n).unwrap_or(0));
    let style = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.with_message(what)
}
