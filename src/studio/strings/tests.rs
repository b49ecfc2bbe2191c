//! The kit as translators use it: on copies of the real folder, in which something is planted.

use super::check::{Coverage, check};
use super::cli::{look, pseudo_languages};
use super::english::Catalogue;
use super::glossary::Glossary;
use super::layout::{lay_out, shots};
use super::report::{self, Language};
use super::source::{Folder, languages};
use super::{Code, Finding, fix, language};
use crate::scenes::{self, Scene};
use crate::stage::Stage;
use latchkey_screen::Panel;
use latchkey_screen::words::{Fluent, LOCALES};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn i18n() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../i18n")
}

/// The scenes with these names.
fn some(names: &[&str]) -> Vec<Scene> {
    let mut all = scenes::load(&scenes::folder()).unwrap();
    all.retain(|s| names.contains(&s.name.as_str()));
    assert_eq!(all.len(), names.len());
    all
}

fn copy(tags: &[&str]) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for folder in languages(&i18n()).unwrap() {
        if folder.tag == "en" || tags.contains(&folder.tag.as_str()) {
            fix::write_all(&to.path().join(&folder.tag), &folder.files).unwrap();
        }
    }
    std::fs::copy(i18n().join("glossary.toml"), to.path().join("glossary.toml")).unwrap();
    to
}

#[expect(clippy::disallowed_methods, reason = "tests look at what was written")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "tests damage their copies")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

fn english() -> (Folder, Catalogue) {
    let folder = Folder::read(&i18n(), "en").unwrap();
    let catalogue = Catalogue::of(&folder);
    (folder, catalogue)
}

/// What the files of `folder` are judged to be.
fn judged(folder: &Folder) -> (Vec<Finding>, Coverage) {
    check(&english().1, folder, &Glossary::read(&i18n()).unwrap())
}

/// Findings in a language of which `file` is `edit`ed.
fn with(tag: &str, file: &str, edit: impl Fn(&str) -> String) -> (Vec<Finding>, String) {
    let mut folder = Folder::read(&i18n(), tag).unwrap();
    let own = folder.files.iter_mut().find(|f| f.name == file).unwrap();
    own.text = edit(&own.text);
    let text = own.text.clone();
    (judged(&folder).0, text)
}

fn line_of(text: &str, what: &str) -> usize {
    text.lines().position(|l| l.contains(what)).unwrap() + 1
}

/// OWN-14: every language is whole, true to English, and fits the smallest screen at 100 and 200 %.
#[test]
fn the_translations_are_clean() {
    let scenes = some(&["backup", "free", "locked", "settled", "welcome"]);
    let found = look(&i18n(), None, &scenes, &[Panel::FLOOR]).unwrap();
    assert_eq!(found.len(), LOCALES.len());
    for language in found {
        let wrong = language.findings;
        assert!(wrong.is_empty(), "{}: {wrong:#?}", language.coverage.tag);
        assert!(language.shots > 80);
    }
}

/// A mistake in a copy, and where it has to be found.
struct Planted {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    code: Code,
    message: &'static str,
    /// What stands on the line, or so many lines above it.
    at: &'static str,
    below: usize,
}

/// Each planted mistake is found at its line.
#[test]
fn what_is_planted_is_found_at_its_line() {
    let planted = [
        Planted {
            file: "hi/home.ftl",
            from: "home-due = ",
            to: "home-due = अंतिम तारीख\nhome-x",
            code: Code::VariableDropped,
            message: "home-due",
            at: "home-due = अंतिम तारीख",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-pay = ",
            to: "home-pay = { $amonut } ",
            code: Code::VariableUnknown,
            message: "home-pay",
            at: "home-pay = { $amonut } ",
            below: 0,
        },
        Planted {
            file: "hi/shared.ftl",
            from: "        [one] { $shown } दिन",
            to: "        [one] एक दिन",
            code: Code::VariableDropped,
            message: "shared-days",
            at: "        [one] एक दिन",
            below: 0,
        },
        Planted {
            file: "hi/shared.ftl",
            from: "        [one] { $shown } दिन",
            to: "        [one] { $shown } दिन\n        [few] { $shown } दिन",
            code: Code::PluralWrong,
            message: "shared-days",
            at: "        [one] { $shown } दिन",
            below: 1,
        },
        Planted {
            file: "ar/shared.ftl",
            from: "        [few] { $shown } أيام\n",
            to: "",
            code: Code::PluralMissing,
            message: "shared-days",
            at: "shared-days =",
            below: 1,
        },
        Planted {
            file: "ar/shared.ftl",
            from: "        [few] { $shown } أيام",
            to: "        [few] { $count } { $shown } أيام",
            code: Code::NumberShown,
            message: "shared-days",
            at: "        [few] { $count } { $shown } أيام",
            below: 0,
        },
        Planted {
            file: "ar/shared.ftl",
            from: "    { $count ->\n        [zero] { $shown } يومًا",
            to: "    { $shown ->\n        [zero] { $shown } يومًا",
            code: Code::Selector,
            message: "shared-days",
            at: "shared-days =",
            below: 1,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home log = x\nhome-log = ",
            code: Code::Junk,
            message: "home-log",
            at: "home log = x",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = 漢 ",
            code: Code::Glyph,
            message: "home-log",
            at: "home-log = 漢 ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = <b>ह</b> ",
            code: Code::Markup,
            message: "home-log",
            at: "home-log = <b>ह</b> ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = \u{202e}",
            code: Code::Bidi,
            message: "home-log",
            at: "home-log = \u{202e}",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = \u{2067}",
            code: Code::Bidi,
            message: "home-log",
            at: "home-log = \u{2067}",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = { NUMBER(3) } ",
            code: Code::Function,
            message: "home-log",
            at: "home-log = { NUMBER(3) } ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = { home-lgo } ",
            code: Code::Reference,
            message: "home-log",
            at: "home-log = { home-lgo } ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = { home-log } ",
            code: Code::Reference,
            message: "home-log",
            at: "home-log = { home-log } ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = बहुत लंबा नाम बहुत लंबा नाम ",
            code: Code::Long,
            message: "home-log",
            at: "home-log = बहुत लंबा नाम बहुत लंबा नाम ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = { \"\" }\nhome-x",
            code: Code::Empty,
            message: "home-log",
            at: "home-log = { \"\" }",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-old = x\nhome-log = ",
            code: Code::Obsolete,
            message: "home-old",
            at: "home-old = x",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "home-log = x\nhome-log = ",
            code: Code::Duplicate,
            message: "home-log",
            at: "home-log = x",
            below: 1,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "# home-log = ",
            code: Code::Missing,
            message: "home-log",
            at: "# home-log = ",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-settings = Wi-Fi",
            to: "home-settings = वाई-फ़ाई",
            code: Code::Name,
            message: "home-settings",
            at: "home-settings = वाई-फ़ाई",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-comfort = इमरजेंसी",
            to: "home-comfort = आपात",
            code: Code::Term,
            message: "home-comfort",
            at: "home-comfort = आपात",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "# review: machine",
            to: "# review: me",
            code: Code::Review,
            message: "",
            at: "# review: me",
            below: 0,
        },
        Planted {
            file: "hi/home.ftl",
            from: "home-log = ",
            to: "dial-title = x\nhome-log = ",
            code: Code::Misplaced,
            message: "dial-title",
            at: "dial-title = x",
            below: 0,
        },
    ];
    for Planted {
        file,
        from,
        to,
        code,
        message,
        at,
        below,
    } in planted
    {
        let (tag, name) = file.split_once('/').unwrap();
        let (found, text) = with(tag, name, |text| {
            assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
            text.replace(from, to)
        });
        let all: Vec<_> = found
            .iter()
            .map(|f| (f.code, f.message.as_str(), f.line))
            .collect();
        let hit = found
            .iter()
            .find(|f| f.code == code && f.message == message && f.file.ends_with(file));
        let hit = hit.unwrap_or_else(|| panic!("{code:?} not found in {file}: {all:?}"));
        assert_eq!(
            hit.line,
            line_of(&text, at) + below,
            "{code:?} in {file}: {all:?}"
        );
        assert!(!hit.what.is_empty() && !hit.next.is_empty());
    }
}

/// One mistake is told once.
#[test]
fn a_misspelt_argument_and_what_cannot_be_read_are_one_finding_each() {
    let one = |file: &str, from: &str, to: &str| {
        let (found, text) = with("hi", file, |text| {
            assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
            text.replace(from, to)
        });
        let [only] = found.as_slice() else {
            panic!("{from} -> {to}: {found:#?}")
        };
        (only.clone(), text)
    };
    let (found, text) = one("shared.ftl", "[one] { $shown } दिन", "[one] { $shwon } दिन");
    assert_eq!(
        (found.code, found.line),
        (Code::VariableUnknown, line_of(&text, "$shwon"))
    );
    assert!(found.next.contains("did you mean $shown?"), "{found:?}");
    let (found, _) = one("home.ftl", "{ $date }", "{ $tarikh }");
    assert!(
        found.next.contains("did you mean $date?"),
        "the only one left: {found:?}"
    );
    let (found, _) = with("hi", "home.ftl", |t| t.replace("\nhome-log = ", "\nhome-lgo = "));
    let obsolete = found.iter().find(|f| f.code == Code::Obsolete).unwrap();
    assert!(obsolete.next.contains("did you mean home-log?"), "{obsolete:?}");

    for (from, to) in [
        ("\nhome-log = ", "\nhome-log = { $ "),
        ("\nhome-log = ", "\nhome log = "),
        ("\nhome-log = ", "\nhome-log "),
    ] {
        let (found, text) = one("home.ftl", from, to);
        assert_eq!(
            (found.code, found.message.as_str()),
            (Code::Junk, "home-log"),
            "{to}"
        );
        assert!(found.what.contains("shown in English"), "{found:?}");
        let line = line_of(&text, to.trim());
        assert!((line..=line + 1).contains(&found.line), "{found:?} {line}");
    }
}

/// Nothing is written beside a message that cannot be read: its author has to see one of it.
#[test]
fn fix_adds_nothing_beside_what_cannot_be_read() {
    let (source, catalogue) = english();
    let mut hindi = Folder::read(&i18n(), "hi").unwrap();
    let to = tempfile::tempdir().unwrap();
    hindi.path = to.path().to_owned();
    let home = hindi.files.iter_mut().find(|f| f.name == "home.ftl").unwrap();
    home.text = home
        .text
        .replace("\nhome-log = ", "\nhome log = ")
        .replace("\nhome-due = ", "\nhome-due = { $");
    let (found, coverage) = judged(&hindi);
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::Junk; 2]);
    let home = coverage.files.iter().find(|f| f.file == "home.ftl").unwrap();
    assert_eq!(home.unreadable, ["home-due", "home-log"]);
    assert_eq!(home.translated + 2, home.texts);
    let changed = fix::fix(&source, &catalogue, &hindi).unwrap();
    assert!(!changed.iter().any(|f| f.ends_with("home.ftl")), "{changed:?}");
}

/// A translation that is right is not blamed for its source; the source is, at its own line.
#[test]
fn a_fault_of_english_is_told_of_english() {
    for (from, to, code, message) in [
        ("{ $date }", "{ $dat }", Code::VariableUnknown, "home-due"),
        ("\nhome-due = ", "\nhome-due = { $ ", Code::Junk, "home-due"),
        ("\nhome-log = ", "\nhome log = ", Code::Junk, "home-log"),
        (
            "\nhome-comfort = Emergency calls work. Your photos are safe.",
            "\nhome-comfort = Safe { $x }",
            Code::VariableUnknown,
            "home-comfort",
        ),
    ] {
        let to_folder = copy(&["hi"]);
        let file = to_folder.path().join("en/home.ftl");
        let text = read(&file);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        write(&file, &text.replace(from, to));
        let languages = look(to_folder.path(), Some("hi"), &[], &[]).unwrap();
        let [found] = languages[0].findings.as_slice() else {
            panic!("{to}: {:#?}", languages[0].findings)
        };
        assert_eq!((found.code, found.message.as_str()), (code, message));
        assert!(found.file.ends_with("en/home.ftl"), "{found:?}");
        let line = line_of(&read(&file), to.trim());
        assert!((line..=line + 1).contains(&found.line), "{found:?} {line}");
        assert!(!format!("{found:?}").contains("()"), "{found:?}");
        // Of all languages, English is told that once.
        let all = look(to_folder.path(), None, &[], &[]).unwrap();
        let told: Vec<_> = all.iter().flat_map(|l| &l.findings).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
    }
}

/// English is judged too: what it does not tell, no translator can know.
#[test]
fn english_says_where_for_whom_and_how_long() {
    let planted = [
        (
            " · max 28 characters\nhome-title =",
            "\nhome-title =",
            Code::Comment,
            "home-title",
        ),
        (
            "\nhome-pay =",
            "\n# $sum (String) - a sum, e.g. 5\nhome-pay =",
            Code::Comment,
            "home-pay",
        ),
        (
            "\nhome-pay = Pay",
            "\nhome-pay = Pay for it now",
            Code::Long,
            "home-pay",
        ),
        (
            "\nhome-pay = Pay",
            "\nhome-pay = { $sum }",
            Code::VariableUnknown,
            "home-pay",
        ),
    ];
    for (from, to, code, message) in planted {
        let mut folder = english().0;
        let home = folder.files.iter_mut().find(|f| f.name == "home.ftl").unwrap();
        assert_eq!(home.text.matches(from).count(), 1, "{from}");
        home.text = home.text.replace(from, to);
        let line = line_of(&home.text, &format!("{message} ="));
        let found = check(&Catalogue::of(&folder), &folder, &Glossary::default()).0;
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.code, f.message.as_str(), f.line))
            .collect();
        assert_eq!(found, [(code, message, line)]);
    }
}

/// One number may be said in words: "two days" needs no figure in Arabic.
#[test]
fn a_branch_for_one_number_may_leave_the_figure_out() {
    let (found, _) = with("ar", "shared.ftl", str::to_owned);
    assert_eq!(found, []);
    let (found, text) = with("ar", "shared.ftl", |t| {
        t.replace("[few] { $shown } أيام", "[few] أيام")
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].code, found[0].line),
        (Code::VariableDropped, line_of(&text, "[few] أيام"))
    );
}

/// OWN-14: an edited folder is laid out as it stands on disk; what does not fit names its message, line and shots.
#[test]
fn an_overflow_names_its_message() {
    let folder = copy(&["hi"]);
    let file = folder.path().join("hi/home.ftl");
    let long = "home-pay = भुगतानभुगतानभुगतानभुगतान";
    write(
        &file,
        &read(&file).replace("home-pay = ", &format!("{long}\nhome-x = ")),
    );
    let found = look(
        folder.path(),
        Some("hi"),
        &some(&["locked-limited"]),
        &[Panel::FLOOR],
    )
    .unwrap();
    let wrong: Vec<&Finding> = found[0]
        .findings
        .iter()
        .filter(|f| f.code == Code::Overflow)
        .collect();
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert_eq!(wrong[0].message, "home-pay");
    assert!(wrong[0].file.ends_with("hi/home.ftl"));
    assert_eq!(wrong[0].line, line_of(&read(&file), long));
    assert!(
        wrong[0]
            .shots
            .contains(&"locked-limited.home.hi.480x854@1.5.200.light".to_owned())
    );
}

/// A language that the screen has never heard of is checked all the same.
#[test]
fn a_copied_folder_is_a_language() {
    let folder = copy(&[]);
    fix::start(folder.path(), "sw").unwrap();
    assert!(fix::start(folder.path(), "sw").unwrap_err().contains("--fix"));
    assert!(fix::start(folder.path(), "no tag").is_err());
    fix::start(folder.path(), "Pt-br").unwrap();
    assert!(folder.path().join("pt-BR/home.ftl").exists());
    let again = fix::start(folder.path(), "PT-BR").unwrap_err();
    let hint = format!("strings pt-BR --fix --i18n {}", folder.path().display());
    assert!(again.contains(&hint), "{again}");
    let unknown = look(folder.path(), Some("sq"), &[], &[]).unwrap_err();
    assert!(unknown.contains("new sq --i18n"), "{unknown}");
    let file = folder.path().join("sw/home.ftl");
    let text = read(&file)
        .replace(
            "# home-title = This phone is limited",
            "home-title = Simu hii ina kizuizi",
        )
        .replace("# home-pay = Pay", "home-pay = Lipa")
        .replace(
            "# home-log = What happened",
            "home-log = Kilichotokea na kilichotokea na kilichotokea",
        );
    write(&file, &text);
    let found = look(folder.path(), Some("sw"), &some(&["locked"]), &[Panel::FLOOR]).unwrap();
    let swahili = &found[0];
    let codes: Vec<_> = swahili
        .findings
        .iter()
        .filter(|f| !matches!(f.code, Code::Missing | Code::Review))
        .map(|f| (f.code, f.message.as_str()))
        .collect();
    assert_eq!(
        codes,
        [(Code::Long, "home-log")],
        "rows break into lines, so nothing is cut"
    );
    let home = &swahili.index["home-title"];
    assert!(
        home.contains(&"locked.home.sw.480x854@1.5.100.light".to_owned()),
        "{home:?}"
    );
    assert_eq!(swahili.coverage.counted().1, 3);
}

/// What is missing comes in as comments at its place; what stands there stays; a second run changes nothing.
#[test]
fn fix_adds_what_is_missing_and_loses_nothing() {
    let (source, catalogue) = english();
    for newline in ["\n", "\r\n"] {
        let to = copy(&["ar"]);
        let file = to.path().join("ar/frame.ftl");
        let own =
            "# review: machine 2026-11-25\n# my note\n\nframe-emergency = طوارئ\nframe-size = حجم\n# the end";
        write(&file, &own.replace('\n', newline));
        let shared = to.path().join("ar/shared.ftl");
        write(&shared, &read(&shared).replace("shared-hours =", "shared-hour ="));
        let before = Folder::read(to.path(), "ar").unwrap();
        let changed = fix::fix(&source, &catalogue, &before).unwrap();
        assert!(changed.iter().any(|f| f.ends_with("ar/frame.ftl")), "{changed:?}");
        assert!(
            changed.iter().any(|f| f.ends_with("ar/shared.ftl")),
            "{changed:?}"
        );
        let after = Folder::read(to.path(), "ar").unwrap();
        assert_eq!(
            fix::fix(&source, &catalogue, &after).unwrap(),
            [""; 0],
            "a second run"
        );
        for file in &before.files {
            let now = after.files.iter().find(|f| f.name == file.name).unwrap();
            let mut lines = now.text.lines();
            for line in file.text.lines() {
                assert!(lines.any(|l| l == line), "{}: {line}", file.name);
            }
            assert_eq!(now.text.contains("\r\n"), file.text.contains("\r\n"));
        }
        let expected = "# review: machine 2026-11-25\n# my note\n\n\
            # bottom row of every page, start corner · owner · max 12 characters\n\
            # Below the message, with four spaces before it:\n# .spoken = Emergency call\nframe-emergency = طوارئ\n\n\
            # top bar, the arrow, spoken only · owner · max 24 characters\n# frame-back = Back\n\n\
            # top bar of home, beside the name of the language, spoken only · owner · max 24 characters\n\
            # frame-language = Change language\n\n\
            # top bar, the sign Aa, spoken only · owner · max 40 characters\nframe-size = حجم\n# the end";
        assert_eq!(read(&file), expected.replace('\n', newline));
        assert_eq!(judged(&before).1.counted(), judged(&after).1.counted());
    }
}

/// A new language gets the branches in which it counts; without the signs # it is a whole translation.
#[test]
fn a_new_language_counts_its_own_way() {
    let folder = copy(&[]);
    let files = fix::start(folder.path(), "ru").unwrap();
    assert_eq!(files.len(), english().0.files.len());
    let text = read(&folder.path().join("ru/shared.ftl"));
    assert!(text.contains("#         [few] { $shown } days"), "{text}");
    assert!(text.contains("#        *[other] { $shown } days"));
    let mut russian = Folder::read(folder.path(), "ru").unwrap();
    assert_eq!(judged(&russian).1.counted().1, 0);
    for file in &mut russian.files {
        let lines: Vec<&str> = file.text.lines().map(bared).collect();
        file.text = lines
            .join("\n")
            .replace("# review: none", "# review: machine 2026-11-30");
    }
    let (found, coverage) = judged(&russian);
    assert_eq!(found, []);
    let (all, translated) = coverage.counted();
    assert_eq!(all, translated);
}

/// A line of a message without its sign; other comments stay.
fn bared(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("# ") else {
        return if line == "#" { "" } else { line };
    };
    let name = rest.split(" =").next().unwrap_or_default();
    let named = rest.contains(" =") && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if named || rest.starts_with("    ") {
        rest
    } else {
        line
    }
}

/// Pages have room for words a third longer, and stand from right to left.
#[test]
fn pages_hold_languages_that_nobody_speaks() {
    let out = tempfile::tempdir().unwrap();
    let scenes = some(&[
        "free",
        "locked-reminder",
        "locked-sandbox",
        "open-grace",
        "settled",
    ]);
    let found = pseudo_languages(&i18n(), Some(out.path()), &scenes).unwrap();
    for language in &found {
        assert_eq!(language.findings, [], "{}", language.coverage.tag);
    }
    let text = read(&out.path().join("en-XA/home.ftl"));
    assert!(text.contains("home-title = Ţhííš"), "{text}");
    assert!(text.contains("{ $lender }"));
    assert!(out.path().join("en-XB/home.ftl").exists());
}

/// The listener hears the page that the stage shows.
#[test]
fn a_message_is_tied_to_its_shots() {
    let stage = Stage::new().unwrap();
    let (folder, _) = english();
    let locale = language::locale("en").unwrap();
    let scenes = some(&["locked"]);
    let shots = shots(&scenes, locale, &[Panel::FLOOR]);
    let texts = folder.files.iter().map(|f| f.text.as_str());
    let laid = lay_out(&stage, locale, texts, &shots, &|_, _| {});
    assert_eq!(laid.misfits, []);
    let only = |id: &str, page: &str| {
        let shots = &laid.index[id];
        let inside = shots.iter().all(|s| s.contains(&format!(".{page}")));
        assert!(inside, "{id}: {shots:?}");
    };
    only("help-a-virus", "answer-0");
    only("why-notices", "why");
    only("pay-title", "pay");
    // An argument that is itself a message: the month inside a date inside a sentence.
    let april = &laid.index["shared-month-4"];
    assert!(
        april.iter().any(|s| s.starts_with("locked.home.en.")),
        "{april:?}"
    );
    assert_eq!(laid.index["frame-emergency"].len(), laid.shots, "on every page");
    // After a tap there is more to read; no picture is taken of it.
    assert!(laid.seen.contains("hardship-send") && !laid.index.contains_key("hardship-send"));
    // The same word on another page is another message.
    assert!(!laid.index.contains_key("settled-log"));
    let shot = shots
        .iter()
        .find(|s| s.name().starts_with("locked.home.en."))
        .unwrap();
    stage.set(shot);
    let _ = stage.headless().draw_settled();
    let seen = super::layout::seen(&stage, shot, &Fluent::new("en"));
    assert!(
        seen.contains("home-title") && seen.contains("frame-emergency.spoken"),
        "{seen:?}"
    );
    assert!(!seen.contains("pay-title"));
}

#[test]
fn the_answer_has_stable_fields() {
    let finding = Finding {
        file: "i18n/hi/home.ftl".into(),
        line: 3,
        code: Code::PluralMissing,
        message: "home-title".into(),
        what: "w".into(),
        next: "n".into(),
        shots: vec!["s".into()],
    };
    let language = Language {
        findings: vec![finding],
        ..Language::default()
    };
    let json = report::json(std::slice::from_ref(&language));
    assert_eq!(json["version"], 1);
    assert_eq!(json["clean"], false);
    let found = &json["locales"][0]["findings"][0];
    assert_eq!(found["file"], "i18n/hi/home.ftl");
    assert_eq!(found["line"], 3);
    assert_eq!(found["code"], "plural-missing");
    assert_eq!(found["message"], "home-title");
    assert_eq!(found["shots"][0], "s");
    let text = report::text(&[language]);
    assert!(
        text.starts_with(
            "i18n/hi/home.ftl:3: plural-missing: home-title: w\n    n\n    seen in shots/index.html#s\n"
        ),
        "{text}"
    );
}

#[test]
fn every_code_stands_in_the_chapter() {
    let chapter = read(&i18n().join("../docs/translators.md"));
    for code in Code::ALL {
        assert!(
            chapter.contains(&format!("| `{}` |", code.as_str())),
            "{}",
            code.as_str()
        );
    }
}
