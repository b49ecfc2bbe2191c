//! The bundled fonts: the same pixels on every machine. The one file that knows Slint's unstable font interface.
//!
//! A font that a .slint file imports is never used as a fallback for another script: text would be absent. So the
//! fonts are registered here, each as the first fallback of its script, before the first component is made.

use slint::fontique_011::fontique::{
    Blob, CharmapIndex, Collection, CollectionOptions, FallbackKey, GenericFamily, Script,
};
use std::sync::{Arc, Once, OnceLock};

struct Font {
    scripts: &'static [[u8; 4]],
    files: [&'static [u8]; 2],
}

/// The base font first: it alone has currency signs and isolates.
const FONTS: [Font; 3] = [
    Font {
        scripts: &[*b"Latn", *b"Cyrl", *b"Grek", *b"Zyyy", *b"Zinh"],
        files: [
            include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
        ],
    },
    Font {
        scripts: &[*b"Deva"],
        files: [
            include_bytes!("../../assets/fonts/NotoSansDevanagari-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSansDevanagari-Bold.ttf"),
        ],
    },
    Font {
        scripts: &[*b"Arab"],
        files: [
            include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSansArabic-Bold.ttf"),
        ],
    },
];

/// Registers the fonts. The platform has to be set before, the first component comes after; further calls do nothing.
pub fn register() {
    thread_local! { static DONE: Once = const { Once::new() }; }
    DONE.with(|done| done.call_once(|| fill(&mut slint::fontique_011::shared_collection())));
}

fn fill(collection: &mut Collection) {
    let mut base = Vec::new();
    for font in &FONTS {
        let ids: Vec<_> = font
            .files
            .iter()
            .flat_map(|bytes| collection.register_fonts(Blob::new(Arc::new(*bytes)), None))
            .map(|(family, _)| family)
            .collect();
        if base.is_empty() {
            base.clone_from(&ids);
        }
        // Signs that a script's font lacks (₹, isolates) come from the base font.
        for script in font.scripts {
            let key = FallbackKey::new(Script::from_bytes(*script), None);
            collection.set_fallbacks(key, ids.iter().chain(&base).copied());
        }
    }
    for generic in [
        GenericFamily::SansSerif,
        GenericFamily::SystemUi,
        GenericFamily::UiSansSerif,
    ] {
        collection.set_generic_families(generic, base.iter().copied());
    }
}

/// Characters of `text` that no bundled font draws.
#[must_use]
pub fn missing(text: &str) -> Vec<char> {
    static MAPS: OnceLock<Vec<(CharmapIndex, &'static [u8])>> = OnceLock::new();
    let maps = MAPS.get_or_init(|| {
        let mut own = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let index = |bytes: &'static [u8]| {
            let families = own.register_fonts(Blob::new(Arc::new(bytes)), None);
            Some((families.first()?.1.first()?.charmap_index(), bytes))
        };
        FONTS.iter().map(|f| f.files[0]).filter_map(index).collect()
    });
    let maps: Vec<_> = maps
        .iter()
        .filter_map(|(index, bytes)| index.charmap(bytes))
        .collect();
    text.chars()
        .filter(|c| !c.is_control() && !maps.iter().any(|m| m.map(*c).is_some_and(|glyph| glyph != 0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OWN-14: every word of every language, and every character an argument's sample has, is in the bundled fonts.
    #[test]
    fn the_fonts_draw_every_word() {
        for (locale, files) in latchkey_ui::words::SOURCES {
            for (file, text) in *files {
                let missing = missing(text);
                assert!(missing.is_empty(), "i18n/{locale}/{file}.ftl: {missing:?}");
            }
        }
    }

    #[test]
    fn a_character_of_no_font_is_told() {
        assert_eq!(missing("a₹अع\u{2068}\u{2069}漢"), vec!['漢']);
    }
}
