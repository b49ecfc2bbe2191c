//! What lies behind a reference, and files as odd editors leave them.

use super::check::check;
use super::cli::look;
use super::english::Catalogue;
use super::glossary::Glossary;
use super::source::{Folder, SourceFile, languages, tags};
use super::{Code, Finding, fix};
use std::path::Path;
use tempfile::TempDir;

const ENGLISH: &str = "\
# review: native 2026-11-25

# title · owner · max 40 characters
home-title = This phone is limited

# slip · owner · max 40 characters
# $date (String) - day, e.g. 29 April
home-due = It was due on { $date }.

# slip · owner · max 60 characters
home-opens = Paying opens this phone.

# log · owner · max 40 characters
# $count (Number) - days
# $shown (String) - the same as text, e.g. 3
home-days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
";

#[expect(clippy::disallowed_methods, reason = "tests write their copies")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "tests look at what was written")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// A folder with the English above, and a language whose one file is this.
fn folder(tag: &str, own: &[u8]) -> TempDir {
    let i18n = tempfile::tempdir().unwrap();
    write(&i18n.path().join("en/home.ftl"), ENGLISH.as_bytes());
    write(&i18n.path().join(tag).join("home.ftl"), own);
    i18n
}

/// Kind, message and line of what is wrong in a Swahili file, but for what it lacks.
fn told(own: &[u8]) -> Vec<(Code, String, usize)> {
    let own = [b"# review: machine 2026-11-25\n\n", own].concat();
    let i18n = folder("sw", &own);
    let found = judged(i18n.path(), "sw").into_iter();
    found
        .filter(|f| f.code != Code::Missing)
        .map(|f| (f.code, f.message, f.line))
        .collect()
}

fn judged(i18n: &Path, tag: &str) -> Vec<Finding> {
    let english = Folder::read(i18n, "en").unwrap();
    let own = Folder::read(i18n, tag).unwrap();
    check(&Catalogue::of(&english), &own, &Glossary::default()).0
}

fn one(code: Code, message: &str, line: usize) -> Vec<(Code, String, usize)> {
    vec![(code, message.to_owned(), line)]
}

/// Fluent hands a term nothing of the message, and would write `{$date}` on the screen.
#[test]
fn a_term_does_not_know_the_arguments_of_its_message() {
    let found = told(b"-until = { $date } tak\nhome-due = { -until } dena tha\n");
    let dropped = (Code::VariableDropped, "home-due".to_owned(), 4);
    let unknown = (Code::VariableUnknown, "-until".to_owned(), 3);
    assert_eq!(found, [dropped, unknown]);
    // What a reference hands over itself is known.
    let right =
        "-kind = { $case ->\n    [of] ya simu\n   *[is] simu\n}\nhome-title = { -kind(case: \"of\") }\n";
    assert_eq!(told(right.as_bytes()), []);
}

#[test]
fn what_stands_behind_a_reference_is_judged_too() {
    let through = "home-due = { $date }\nhome-opens = { home-due }\n";
    assert_eq!(
        told(through.as_bytes()),
        one(Code::VariableUnknown, "home-opens", 4)
    );
    let marked = "-t = <b>x</b>\nhome-title = { -t }\n";
    assert_eq!(told(marked.as_bytes()), one(Code::Markup, "-t", 3));
    let glyph = "-t = \u{5b57}\nhome-title = { -t }\n";
    assert_eq!(told(glyph.as_bytes()), one(Code::Glyph, "-t", 3));
    let nothing = "-t = { -none } x\nhome-title = { -t }\n";
    let found = told(nothing.as_bytes());
    assert!(
        found.contains(&(Code::Reference, "-t".to_owned(), 3)),
        "{found:?}"
    );
}

/// Fluent says no text with more than 100 placeables, and nine terms that double each other end no tool.
#[test]
fn what_unfolds_without_end_ends() {
    let many = format!("-l = x\nhome-title ={}\n", " { -l }".repeat(55));
    let two = format!("{many}home-opens = {{ home-title }} {{ home-title }}\n");
    let found = told(two.as_bytes());
    assert!(found.iter().any(|f| f.1 == "home-opens"), "{found:?}");
    let mut laughs = "-l9 = lol\n".to_owned();
    for at in 0..9 {
        laughs.push_str(&format!(
            "-l{at} ={}\n",
            format!(" {{ -l{} }}", at + 1).repeat(20)
        ));
    }
    laughs.push_str("home-title = { -l0 }\n");
    let found = told(laughs.as_bytes());
    assert!(found.iter().any(|f| f.1 == "home-title"), "{found:?}");
}

#[test]
fn a_function_is_told_once() {
    let counted =
        "home-days = { NUMBER($count) ->\n    [one] { $shown } siku\n   *[other] siku { $shown }\n}\n";
    assert_eq!(told(counted.as_bytes()), one(Code::Function, "home-days", 3));
    let shown = "home-due = Ilikuwa { DATETIME($date) }.\n";
    assert_eq!(told(shown.as_bytes()), one(Code::Function, "home-due", 3));
    let itself = "home-title = { home-title }\n";
    assert_eq!(told(itself.as_bytes()), one(Code::Reference, "home-title", 3));
}

/// One file in another encoding says so at its line; the other messages and languages are judged as ever.
#[test]
fn a_file_that_is_not_utf8_stops_nothing() {
    let latin1 = b"# review: machine 2026-11-25\n\nhome-title = Simu\nhome-opens = caf\xe9\n";
    let i18n = folder("sw", latin1);
    let found = judged(i18n.path(), "sw");
    let junk = found.iter().find(|f| f.code == Code::Junk).unwrap();
    assert_eq!(junk.line, 4);
    assert!(junk.next.contains("UTF-8"));
    assert!(!found.iter().any(|f| f.code == Code::Control), "told once");
    assert!(!found.iter().any(|f| f.message == "home-title"));
    write(
        &i18n.path().join("hi/home.ftl"),
        "home-title = \u{92b}\n".as_bytes(),
    );
    assert_eq!(look(i18n.path(), Some("hi"), &[], &[]).unwrap().len(), 1);
    // Nothing is written over what cannot be read.
    let english = Folder::read(i18n.path(), "en").unwrap();
    let own = Folder::read(i18n.path(), "sw").unwrap();
    let refused = fix::fix(&english, &Catalogue::of(&english), &own).unwrap_err();
    assert!(refused.contains("UTF-8"), "{refused}");
    assert_eq!(bytes(&i18n.path().join("sw/home.ftl")), latin1);
}

#[test]
fn a_byte_order_mark_and_old_line_ends_are_understood() {
    let marked = "\u{feff}# review: machine 2026-11-25\n\nhome-title = Simu\n";
    let i18n = folder("sw", marked.as_bytes());
    let found = judged(i18n.path(), "sw");
    assert!(found.iter().all(|f| f.code == Code::Missing), "{found:#?}");
    let i18n = folder("sw", b"home-title = Simu\rhome-opens = x\r");
    let found = judged(i18n.path(), "sw");
    assert!(
        found
            .iter()
            .any(|f| f.code == Code::Junk && f.what.contains("CR")),
        "{found:#?}"
    );
}

/// However a file begins, a second run of --fix finds nothing to add, and a comment stands above its own message.
#[test]
fn fix_twice_does_no_more_than_once() {
    for own in [
        "home-opens = x\n",
        "home-days = x\n",
        "# review: machine 2026-11-25\nhome-opens = x\n",
        "\u{feff}home-opens = x",
        "\n\nhome-title = x\n\n\n",
        "-t = y\nhome-title = { -t }\n",
        "",
    ] {
        let i18n = folder("sw", own.as_bytes());
        let path = i18n.path().join("sw/home.ftl");
        let english = Folder::read(i18n.path(), "en").unwrap();
        let run = || {
            let own = Folder::read(i18n.path(), "sw").unwrap();
            fix::fix(&english, &Catalogue::of(&english), &own).unwrap()
        };
        assert_eq!(run().len(), 1, "{own:?}");
        let once = String::from_utf8(bytes(&path)).unwrap();
        assert_eq!(run().len(), 0, "{own:?}: {once}");
        assert!(!once.contains('\u{feff}'), "a mark inside the file is none");
        if let Some(at) = once.lines().position(|line| line == "home-opens = x") {
            let above = once.lines().nth(at - 1);
            assert_eq!(above, Some("# slip · owner · max 60 characters"), "{once}");
        }
        if own.starts_with("# review") {
            assert!(once.starts_with("# review: machine 2026-11-25\n\n"), "{once}");
        }
    }
}

#[test]
fn a_message_in_another_file_is_misplaced_and_not_missing() {
    let i18n = folder("sw", b"# review: machine 2026-11-25\n\nhome-title = Simu\n");
    write(
        &i18n.path().join("sw/odd.ftl"),
        b"# review: machine 2026-11-25\n\nhome-opens = Lipa\n",
    );
    let codes: Vec<_> = judged(i18n.path(), "sw")
        .into_iter()
        .filter(|f| f.message == "home-opens")
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, [Code::Misplaced]);
    let english = Folder::read(i18n.path(), "en").unwrap();
    let own = Folder::read(i18n.path(), "sw").unwrap();
    fix::fix(&english, &Catalogue::of(&english), &own).unwrap();
    let home = String::from_utf8(bytes(&i18n.path().join("sw/home.ftl"))).unwrap();
    assert!(
        home.contains("# home-due") && !home.contains("home-opens"),
        "{home}"
    );
}

/// A copy that somebody keeps beside the languages is none, and a folder called like a file is no file.
#[test]
fn what_is_called_like_no_language_is_passed_over() {
    let i18n = folder("sw", b"home-title = Simu\n");
    for odd in ["my old copy", ".git", "sw/other.ftl"] {
        std::fs::create_dir_all(i18n.path().join(odd)).unwrap();
    }
    assert_eq!(tags(i18n.path()).unwrap(), ["en", "sw"]);
    assert_eq!(languages(i18n.path()).unwrap()[1].files.len(), 1);
}

/// Line and column tables, and not a count from the start of the file for each message.
#[test]
fn a_file_of_many_messages_is_judged() {
    let mut text = String::new();
    for at in 0..20_000 {
        text.push_str(&format!("x{at} = y\n"));
    }
    text.push_str("home-title = <b>\n");
    let long = format!("home-opens =\n{}", "    x\n".repeat(20_000));
    let found = told(format!("{text}{long}").as_bytes());
    assert!(found.contains(&(Code::Markup, "home-title".to_owned(), 20_003)));
    assert_eq!(found.iter().filter(|f| f.0 == Code::Obsolete).count(), 20_000);
}

#[test]
fn a_files_name_is_the_last_part_of_its_path() {
    let file = SourceFile::of("i18n/sw/home.ftl".into(), b"home-title = Simu\n");
    assert_eq!((file.name.as_str(), file.not_utf8), ("home.ftl", None));
}
