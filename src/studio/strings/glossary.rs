//! Words that are always said the same way, and names that no language changes: `i18n/glossary.toml`.

use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// A word of English that has one translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// How English says it; several forms.
    pub english: Vec<String>,
    /// What it means here.
    pub means: String,
    /// How each language says it: one of these has to stand in the text.
    pub said: BTreeMap<String, Vec<String>>,
}

/// The glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Names that stay as they are.
    pub names: Vec<String>,
    /// Terms.
    pub terms: Vec<Term>,
}

impl Glossary {
    /// `glossary.toml` of a folder; nothing when there is none.
    ///
    /// # Errors
    /// The file cannot be read, or is no glossary.
    #[expect(clippy::disallowed_methods, reason = "a tool reads the words it judges by")]
    pub fn read(i18n: &Path) -> Result<Glossary, String> {
        let path = i18n.join("glossary.toml");
        if !path.exists() {
            return Ok(Glossary::default());
        }
        let say = |e: &dyn std::fmt::Display| format!("{}: {e}", super::written(&path));
        let text = std::fs::read_to_string(&path).map_err(|e| say(&e))?;
        Glossary::parse(&text).map_err(|e| say(&e))
    }

    /// Reads a glossary.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Glossary, String> {
        let table: Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
        let mut glossary = Glossary::default();
        for (key, value) in table {
            match (key.as_str(), value) {
                ("names", value) => glossary.names = strings(&key, &value)?,
                ("term", Value::Array(terms)) => {
                    glossary.terms = terms.iter().map(term).collect::<Result<_, _>>()?;
                }
                _ => return Err(format!("`{key}` is neither `names` nor a `[[term]]`")),
            }
        }
        Ok(glossary)
    }

    /// How many terms `tag` has a word for.
    #[must_use]
    pub fn said_in(&self, tag: &str) -> usize {
        self.terms.iter().filter(|t| t.said.contains_key(tag)).count()
    }

    /// Terms that `english` uses and `own`, in the language `tag`, says another way.
    #[must_use]
    pub fn broken<'g>(&'g self, tag: &str, english: &str, own: &str) -> Vec<(&'g Term, &'g [String])> {
        let own = plain(own);
        self.terms
            .iter()
            .filter(|term| term.english.iter().any(|word| holds_word(english, word)))
            .filter_map(|term| Some((term, term.said.get(tag)?.as_slice())))
            .filter(|(_, said)| !said.iter().any(|word| own.contains(&plain(word))))
            .collect()
    }

    /// Names in `english` that `own` does not have as they are.
    #[must_use]
    pub fn changed<'g>(&'g self, english: &str, own: &str) -> Vec<&'g str> {
        self.names
            .iter()
            .map(String::as_str)
            .filter(|name| has_name(english, name) && !own.contains(name))
            .collect()
    }
}

fn strings(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let list = value
        .as_array()
        .ok_or_else(|| format!("`{key}` is no list: write [\"…\"]"))?;
    list.iter()
        .map(|v| v.as_str().map(str::to_owned))
        .collect::<Option<_>>()
        .ok_or_else(|| format!("`{key}` has something that is no text: write [\"…\"]"))
}

fn term(value: &Value) -> Result<Term, String> {
    let table = value.as_table().ok_or("a `term` is no table: write [[term]]")?;
    let mut term = Term::default();
    for (key, value) in table {
        match key.as_str() {
            "english" => term.english = strings(key, value)?,
            "means" => term.means = value.as_str().unwrap_or_default().to_owned(),
            tag => {
                let said = strings(key, value)?;
                if said.is_empty() || said.iter().any(|word| word.trim().is_empty()) {
                    return Err(format!("`{tag}` says nothing in a term: leave its line out"));
                }
                term.said.insert(tag.to_owned(), said);
            }
        }
    }
    if term.english.is_empty() {
        return Err("a term has no `english = [\"…\"]`".to_owned());
    }
    Ok(term)
}

/// Small letters, without the vowel signs that Arabic may leave out.
fn plain(text: &str) -> String {
    latchkey_screen::format::bare(text)
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{640}'))
        .collect()
}

fn holds_word(text: &str, word: &str) -> bool {
    has_name(&text.to_lowercase(), &word.to_lowercase())
}

/// Whether `name` stands in `text` as a word of its own.
fn has_name(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_names_are_looked_for_as_words() {
        let glossary = Glossary::parse(
            "names = [\"Wi-Fi\"]\n[[term]]\nenglish = [\"limit\", \"limited\"]\nmeans = \"x\"\nar = [\"قيد\"]\n",
        )
        .unwrap();
        assert_eq!(glossary.broken("ar", "The limit ends.", "القيد ينتهي").len(), 0);
        assert_eq!(
            glossary
                .broken("ar", "This phone is limited", "هذا الهاتف مُقَيَّد")
                .len(),
            0
        );
        assert_eq!(glossary.broken("ar", "The limit ends.", "ينتهي").len(), 1);
        assert_eq!(glossary.broken("ar", "Limitless.", "بلا نهاية").len(), 0);
        assert_eq!(glossary.broken("xx", "The limit ends.", "-").len(), 0);
        assert_eq!(glossary.changed("Wi-Fi and settings", "WLAN"), ["Wi-Fi"]);
        assert!(Glossary::parse("[[term]]\nmeans = \"x\"").is_err());
        assert!(Glossary::parse("nams = []").is_err());
    }
}
