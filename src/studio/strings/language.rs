//! How a language is written, also one that the screen does not have yet.

use super::pseudo;
use latchkey_screen::words::{LOCALES, Locale};
use unic_langid::{CharacterDirection, LanguageIdentifier};

/// The script in which `tag` is written by most, e.g. `Latn`.
#[must_use]
pub fn script(tag: &str) -> Option<String> {
    let mut id: LanguageIdentifier = tag.parse().ok()?;
    if id.script.is_none() {
        id.maximize();
    }
    id.script.map(|s| s.as_str().to_owned())
}

/// Scripts that the bundled fonts draw.
#[must_use]
pub fn is_drawn(script: &str) -> bool {
    script == "Cyrl"
        || LOCALES
            .iter()
            .any(|l| self::script(l.tag).as_deref() == Some(script))
}

/// What the screen needs to know of `tag`: its own row in `LOCALES`, else the row of a language of the same script.
///
/// A row made here lives as long as the program; there are as few as languages that are looked at.
///
/// # Errors
/// `tag` is no language tag.
pub fn locale(tag: &str) -> Result<&'static Locale, String> {
    if let Some(known) = known(tag) {
        return Ok(known);
    }
    canonical(tag)?;
    let own = script(tag);
    let like = LOCALES
        .iter()
        .find(|l| own.is_some() && script(l.tag) == own)
        .unwrap_or(&LOCALES[0]);
    let name: &'static str = Box::leak(tag.to_owned().into_boxed_str());
    Ok(Box::leak(Box::new(Locale {
        tag: name,
        name,
        right_to_left: right_to_left(tag),
        ..*like
    })))
}

/// `tag` as it is written everywhere: `pt-BR` for `PT-br`.
///
/// # Errors
/// `tag` is no language tag.
pub fn canonical(tag: &str) -> Result<String, String> {
    let id = tag.parse::<LanguageIdentifier>();
    id.map(|id| id.to_string())
        .map_err(|_| format!("`{tag}` is no language tag; `es`, `pt-BR` or `sr-Latn` are"))
}

fn known(tag: &str) -> Option<&'static Locale> {
    let nobody_s = [pseudo::ACCENTED, pseudo::MIRRORED];
    LOCALES.iter().chain(nobody_s).find(|l| l.tag == tag)
}

/// Whether `tag` is written from right to left.
#[must_use]
pub fn right_to_left(tag: &str) -> bool {
    known(tag).map_or_else(
        || {
            let id = tag.parse::<LanguageIdentifier>();
            id.is_ok_and(|id| id.character_direction() == CharacterDirection::RTL)
        },
        |l| l.right_to_left,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_the_screen_lacks_is_written_as_its_script_is() {
        let urdu = locale("ur").unwrap();
        assert!(urdu.right_to_left);
        assert_eq!(urdu.family, "Noto Sans Arabic");
        let swahili = locale("sw").unwrap();
        assert!(!swahili.right_to_left);
        assert_eq!(swahili.family, "Noto Sans");
        assert_eq!(locale("mr").unwrap().family, "Noto Sans Devanagari");
        assert!(!locale("ku-Latn").unwrap().right_to_left);
        assert_eq!(locale("hi").unwrap().name, "हिन्दी");
        assert!(locale("not a tag").is_err());
        assert!(!is_drawn(&script("ta").unwrap()));
    }
}
