//! Plural categories of a language, as CLDR has them (crate `intl_pluralrules`, the one that Fluent selects with).

use intl_pluralrules::operands::PluralOperands;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::{BTreeMap, BTreeSet};
use unic_langid::LanguageIdentifier;

/// All six, in the order in which they are written.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The categories of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plurals {
    /// Categories that whole numbers fall into, in the order of `CATEGORIES`, each with the numbers tried: at most two.
    whole: BTreeMap<usize, Vec<u64>>,
    /// Categories that fractions alone fall into.
    fractions: BTreeSet<usize>,
    /// Whether CLDR knows the language; Fluent counts as in English otherwise.
    pub known: bool,
}

impl Plurals {
    /// The categories of `tag`.
    #[must_use]
    pub fn of(tag: &str) -> Plurals {
        let id: LanguageIdentifier = tag.parse().unwrap_or_default();
        let language = LanguageIdentifier::from_parts(id.language, None, None, &[]);
        let rules = |id| PluralRules::create(id, PluralRuleType::CARDINAL).ok();
        let found = rules(id).or_else(|| rules(language));
        let known = found.is_some();
        let english = || rules(unic_langid::langid!("en"));
        let mut whole: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
        let mut fractions = BTreeSet::new();
        if let Some(rules) = found.or_else(english) {
            // Rules look at the last two or three digits; from a million on some languages count another way.
            for number in (0..=1_000).chain([10_000, 100_000, 1_000_000, 1_000_001, 2_000_000]) {
                if let Ok(category) = rules.select(number) {
                    let numbers = whole.entry(place(&category)).or_default();
                    if numbers.len() < 2 {
                        numbers.push(number);
                    }
                }
            }
            for number in [
                "0.0", "0.1", "0.5", "1.0", "1.5", "2.0", "2.5", "3.1", "10.0", "10.1",
            ] {
                if let Some(category) = PluralOperands::try_from(number)
                    .ok()
                    .and_then(|n| rules.select(n).ok())
                {
                    fractions.insert(place(&category));
                }
            }
        }
        fractions.retain(|category| !whole.contains_key(category));
        Plurals {
            whole,
            fractions,
            known,
        }
    }

    /// Categories that a text with a count has to have; `other` is always among them.
    #[must_use]
    pub fn needed(&self) -> Vec<&'static str> {
        let other = CATEGORIES.len() - 1;
        (0..CATEGORIES.len())
            .filter(|at| *at == other || self.whole.contains_key(at))
            .map(|at| CATEGORIES[at])
            .collect()
    }

    /// Whether the language has this category at all.
    #[must_use]
    pub fn has(&self, category: &str) -> bool {
        CATEGORIES.iter().position(|c| *c == category).is_some_and(|at| {
            category == "other" || self.whole.contains_key(&at) || self.fractions.contains(&at)
        })
    }

    /// The one number that `key` stands for, if it is one: `[0]`, or `[one]` where only 1 is so called.
    #[must_use]
    pub fn only(&self, key: &str) -> Option<u64> {
        if let Ok(number) = key.parse() {
            return Some(number);
        }
        let at = CATEGORIES.iter().position(|c| *c == key)?;
        match self.whole.get(&at)?.as_slice() {
            [number] => Some(*number),
            _ => None,
        }
    }
}

fn place(category: &PluralCategory) -> usize {
    match category {
        PluralCategory::ZERO => 0,
        PluralCategory::ONE => 1,
        PluralCategory::TWO => 2,
        PluralCategory::FEW => 3,
        PluralCategory::MANY => 4,
        PluralCategory::OTHER => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_counts_its_own_way() {
        // The table of docs/translators.md.
        let table: [(&[&str], &[&str]); 5] = [
            (&["my", "id", "km", "ms", "th", "vi", "yo"], &["other"]),
            (&["bn", "en", "hi", "es", "sw", "ta", "ur"], &["one", "other"]),
            (&["cs"], &["one", "few", "other"]),
            (&["pl", "ru", "uk"], &["one", "few", "many", "other"]),
            (&["ar", "ar-EG"], &CATEGORIES),
        ];
        for (tags, needed) in table {
            for tag in tags {
                assert_eq!(Plurals::of(tag).needed(), needed, "{tag}");
            }
        }
        // Only fractions are `many` in Czech.
        assert!(Plurals::of("cs").has("many"));
        assert!(!Plurals::of("hi").has("few"));
        assert!(!Plurals::of("xx").known);
    }

    #[test]
    fn a_branch_for_one_number_is_told_from_others() {
        assert_eq!(Plurals::of("ar").only("two"), Some(2));
        assert_eq!(Plurals::of("en").only("one"), Some(1));
        // 0 and 1 are both `one` in Hindi.
        assert_eq!(Plurals::of("hi").only("one"), None);
        assert_eq!(Plurals::of("hi").only("0"), Some(0));
    }
}
