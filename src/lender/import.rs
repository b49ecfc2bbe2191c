//! Reading agreements from a CSV file: every line is read before anything is written, and everything that is wrong is told
//! with its line and column. Pure; `agreements` writes.

use crate::date;
use latchkey_core::agreement::{Agreement, Clause, Period, Purpose};
use latchkey_core::order::values::{Currency, Day, Minor, No, Obj, ProfileId, Secs, Sha, Tenant, Text};
use latchkey_core::profile::Profile;
use std::collections::HashMap;

/// The columns that every file has.
pub const NEEDED: [&str; 6] = ["ref", "signed", "market", "clause_id", "clause_text", "paper"];
/// Either these three, for equal instalments at equal distances,
pub const EVEN: [&str; 3] = ["first_due", "instalments", "minor"];
/// or this one, which names each: `2026-12-31=325000 2027-01-31=325000`.
pub const SCHEDULE: &str = "schedule";
/// What may be left out: `month`, `own_device` and the market's currency then.
pub const OPTIONAL: [&str; 3] = ["period", "purpose", "cur"];

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column by its name; "" = the whole line.
    pub column: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// A line that is right.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Line of the file.
    pub line: u64,
    /// The agreement.
    pub agreement: Agreement,
    /// The bytes that are stored and hashed.
    pub bytes: Vec<u8>,
}

/// One record with its columns' names.
struct Record<'a> {
    line: u64,
    columns: &'a HashMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl Record<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let text = self
            .columns
            .get(column)
            .and_then(|at| self.record.get(*at))?
            .trim();
        (!text.is_empty()).then_some(text)
    }

    fn fault(&self, column: &str, what: impl Into<String>) -> Fault {
        Fault {
            line: self.line,
            column: column.to_owned(),
            what: what.into(),
        }
    }

    fn needed(&self, column: &str) -> Result<&str, Fault> {
        self.get(column)
            .ok_or_else(|| self.fault(column, "is empty; write its value"))
    }

    fn day(&self, column: &str) -> Result<Day, Fault> {
        let text = self.needed(column)?;
        date::parse(text)
            .ok_or_else(|| self.fault(column, format!("“{text}” is no day; write it like 2026-12-31")))
    }

    fn value<T: TryFrom<String>>(&self, column: &str, text: &str) -> Result<T, Fault>
    where
        T::Error: std::fmt::Display,
    {
        T::try_from(text.to_owned()).map_err(|why| self.fault(column, format!("{why}; change the value")))
    }

    fn number<T: TryFrom<u64>>(&self, column: &str, text: &str) -> Result<T, Fault> {
        let read = text.parse::<u64>().ok().and_then(|n| T::try_from(n).ok());
        read.ok_or_else(|| {
            self.fault(
                column,
                format!("“{text}” is out of range; write a whole number without blanks"),
            )
        })
    }
}

/// Longest line, bytes.
pub(crate) const LONGEST_LINE: usize = 64 * 1024;
/// Longest file, bytes.
pub(crate) const LONGEST_FILE: u64 = 256 * 1024 * 1024;

/// The text of a file, before anything of it is understood. `Err`: the first line that is too long or no UTF-8.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let fault = |line: usize, what: String| Fault {
        line: u64::try_from(line).unwrap_or(u64::MAX),
        column: String::new(),
        what,
    };
    for (n, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.len() > LONGEST_LINE {
            let what = "is longer than 64 KiB; end each line, and close each quote".to_owned();
            return Err(fault(n + 1, what));
        }
        if let Err(error) = std::str::from_utf8(line) {
            let at = error.valid_up_to();
            let what = format!("byte {} is no UTF-8; save the file as UTF-8", at + 1);
            return Err(fault(n + 1, what));
        }
    }
    // Lines of UTF-8 are UTF-8 together.
    std::str::from_utf8(bytes).map_err(|_| fault(1, "is no UTF-8; save the file as UTF-8".to_owned()))
}

/// Reads a file. `Err`: everything that is wrong, by line.
pub(crate) fn read(text: &str, tenant: &Tenant) -> Result<Vec<Line>, Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let head = |what: String| {
        vec![Fault {
            line: 1,
            column: String::new(),
            what,
        }]
    };
    let header = reader
        .headers()
        .map_err(|e| head(format!("{e}; save the file as UTF-8 with commas")))?
        .clone();
    let columns = columns_of(&header).map_err(head)?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = format!("{error}; save the file as UTF-8 with commas");
                faults.push(Fault {
                    line,
                    column: String::new(),
                    what,
                });
                continue;
            }
        };
        let row = Record {
            line: record.position().map_or(0, csv::Position::line),
            columns: &columns,
            record: &record,
        };
        if record.len() != header.len() {
            let what = format!(
                "has {} fields instead of {}; put texts with commas in quotes",
                record.len(),
                header.len()
            );
            faults.push(row.fault("", what));
            continue;
        }
        match agreement(&row, tenant) {
            Ok(line) => {
                let name = line.agreement.r#ref.as_str().to_owned();
                if let Some(first) = seen.insert(name, row.line) {
                    faults.push(row.fault("ref", format!("stands on line {first} too; remove one of them")));
                }
                lines.push(line);
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults = head("the file has no line besides its header; write one for each agreement".to_owned());
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

fn columns_of(header: &csv::StringRecord) -> Result<HashMap<String, usize>, String> {
    let mut columns = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}');
        let known = NEEDED
            .iter()
            .chain(&EVEN)
            .chain(&OPTIONAL)
            .any(|known| *known == name)
            || name == SCHEDULE;
        if !known {
            return Err(format!("there is no column “{name}”; docs/lending.md lists them"));
        }
        if columns.insert(name.to_owned(), at).is_some() {
            return Err(format!("the column {name} stands twice; remove one"));
        }
    }
    if let Some(missing) = NEEDED.iter().find(|name| !columns.contains_key(**name)) {
        return Err(format!(
            "the column {missing} is missing; docs/lending.md lists them"
        ));
    }
    let even = EVEN.iter().filter(|name| columns.contains_key(**name)).count();
    match (even, columns.contains_key(SCHEDULE)) {
        (3, false) | (0, true) => Ok(columns),
        _ => Err(format!(
            "write either the column {SCHEDULE}, or {}",
            EVEN.join(", ")
        )),
    }
}

/// The agreement of a line, or everything that is wrong with it.
fn agreement(row: &Record<'_>, tenant: &Tenant) -> Result<Line, Vec<Fault>> {
    let mut faults = Vec::new();
    macro_rules! take {
        ($value:expr) => {
            match $value {
                Ok(value) => Some(value),
                Err(fault) => {
                    faults.push(fault);
                    None
                }
            }
        };
    }
    let name = take!(
        row.needed("ref")
            .and_then(|text| row.value::<Text<40>>("ref", text))
    );
    let signed = take!(row.day("signed"));
    let market = take!(market(row));
    let period = take!(word(
        row,
        "period",
        [("month", Period::Month), ("week", Period::Week)]
    ));
    let purpose = take!(word(
        row,
        "purpose",
        [("own_device", Purpose::OwnDevice), ("other", Purpose::Other)]
    ));
    let id = take!(
        row.needed("clause_id")
            .and_then(|text| row.value::<Text<16>>("clause_id", text))
    );
    let clause = take!(
        row.needed("clause_text")
            .and_then(|text| row.value::<Text<600>>("clause_text", text))
    );
    let paper = take!(
        row.needed("paper")
            .and_then(|text| row.value::<Sha>("paper", text))
    );
    let schedule = match period {
        Some(period) => take!(schedule(row, period)),
        None => None,
    };
    let cur = market.as_ref().and_then(|(_, profile)| {
        take!(row.value::<Currency>("cur", row.get("cur").unwrap_or(profile.money.code.as_str())))
    });
    if let (Some(signed), Some(first)) = (signed, schedule.as_ref().and_then(|rows| rows.first()))
        && first.1 < signed
    {
        faults.push(row.fault("signed", "is after the first due day; correct one of them"));
    }
    let (Some(name), Some(signed), Some((id_of, profile)), Some(period), Some(purpose)) =
        (name, signed, market, period, purpose)
    else {
        return Err(faults);
    };
    let (Some(id), Some(text), Some(paper), Some(schedule), Some(cur)) = (id, clause, paper, schedule, cur)
    else {
        return Err(faults);
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let whole = |why: &dyn std::fmt::Display| {
        vec![row.fault(
            "",
            format!("no phone would accept this: {why}; change the values"),
        )]
    };
    let changes = profile
        .clock_changes
        .iter()
        .map(|(at, min)| Ok((Secs::try_from(*at)?, *min)));
    let changes = changes.collect::<Result<Vec<_>, latchkey_core::order::values::OutOfBounds>>();
    let agreement = Agreement {
        v: 1,
        tenant: tenant.clone(),
        r#ref: name,
        signed,
        market: id_of.clone(),
        profile: id_of,
        period,
        purpose,
        clause: Obj(Clause { id, text }),
        schedule: schedule
            .try_into()
            .map_err(|e| vec![row.fault(SCHEDULE, format!("{e}; write 1 to 120 instalments"))])?,
        cur,
        utc_offset_min: profile.utc_offset_min,
        clock_changes: changes.and_then(TryInto::try_into).map_err(|e| whole(&e))?,
        softer: None,
        paper,
    };
    let bytes = serde_json::to_vec(&agreement).map_err(|e| whole(&e))?;
    Agreement::parse(&bytes).map_err(|e| whole(&e))?;
    Ok(Line {
        line: row.line,
        agreement,
        bytes,
    })
}

fn market(row: &Record<'_>) -> Result<(ProfileId, &'static Profile), Fault> {
    let text = row.needed("market")?;
    let id: ProfileId = row.value("market", text)?;
    let profile = Profile::by_id(&id).ok_or_else(|| {
        row.fault(
            "market",
            format!("there is no market “{text}”; docs/markets.md lists them"),
        )
    })?;
    if profile.permission.may_enrol {
        Ok((id, profile))
    } else {
        Err(row.fault(
            "market",
            format!("no phone may be enrolled in “{text}”; docs/markets.md tells why"),
        ))
    }
}

/// A word of two, the first one if the field is empty.
fn word<T: Copy>(row: &Record<'_>, column: &str, words: [(&str, T); 2]) -> Result<T, Fault> {
    let Some(text) = row.get(column) else {
        return Ok(words[0].1);
    };
    let known = words.iter().find(|(word, _)| *word == text);
    known.map(|(_, value)| *value).ok_or_else(|| {
        row.fault(
            column,
            format!("“{text}” is unknown; write {} or {}", words[0].0, words[1].0),
        )
    })
}

fn schedule(row: &Record<'_>, period: Period) -> Result<Vec<(No, Day, Minor)>, Fault> {
    let mut rows = Vec::new();
    if row.columns.contains_key(SCHEDULE) {
        for (n, part) in (1_u64..).zip(row.needed(SCHEDULE)?.split_whitespace()) {
            let wrong = || {
                row.fault(
                    SCHEDULE,
                    format!("“{part}” is no instalment; write 2026-12-31=325000"),
                )
            };
            let (day, minor) = part.split_once('=').ok_or_else(wrong)?;
            let day = date::parse(day).ok_or_else(wrong)?;
            rows.push((
                row.number(SCHEDULE, &n.to_string())?,
                day,
                row.number::<Minor>(SCHEDULE, minor)?,
            ));
        }
    } else {
        let first = row.day("first_due")?;
        let many: u64 = row.number("instalments", row.needed("instalments")?)?;
        let minor: Minor = row.number("minor", row.needed("minor")?)?;
        if !(1..=120).contains(&many) {
            return Err(row.fault("instalments", "is out of range; write 1 to 120"));
        }
        for n in 0..many {
            let day = later(first, n, period)
                .ok_or_else(|| row.fault("first_due", "leads beyond 2099; write an earlier day"))?;
            rows.push((row.number("instalments", &(n + 1).to_string())?, day, minor));
        }
    }
    if rows.iter().any(|(_, _, minor)| minor.get() == 0) {
        let even = row.columns.contains_key("minor");
        let column = if even { "minor" } else { SCHEDULE };
        return Err(row.fault(column, "an instalment of nothing; write an amount in minor units"));
    }
    if rows.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
        return Err(row.fault(SCHEDULE, "the days do not rise; put them in order"));
    }
    Ok(rows)
}

/// So many weeks or months after a day; the last day of a month that is too short.
fn later(first: Day, n: u64, period: Period) -> Option<Day> {
    match period {
        Period::Week => Day::try_from(u64::from(first.get()) + 7 * n).ok(),
        Period::Month => {
            let (year, month, day) = date::civil(u64::from(first.get()));
            let months = year * 12 + u64::try_from(month).ok()? - 1 + n;
            let (year, month) = (months / 12, months % 12 + 1);
            (day.min(28)..=day)
                .rev()
                .find_map(|day| date::parse(&format!("{year:04}-{month:02}-{day:02}")))
        }
    }
}

#[cfg(test)]
#[path = "import/tests.rs"]
mod tests;
