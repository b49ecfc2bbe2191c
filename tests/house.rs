//! The house rules of `docs/requirements.md`, as tests: who may know whom, how long files may get, and that every
//! promise has its code and its test.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the workspace")
        .to_owned()
}

/// Every file that git would know, with its text, by path from the root.
fn files(ends: &[&str]) -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).expect("readable folder") {
            let path = entry.expect("readable entry").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | "out" | "corpus" | "artifacts") {
                    walk(&path, found);
                }
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    found.sort();
    found
        .into_iter()
        .filter(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end)))
        .map(|path| {
            #[expect(
                clippy::disallowed_methods,
                reason = "a house rule reads the source it judges"
            )]
            let text = std::fs::read_to_string(&path).expect("readable text");
            let name = path
                .strip_prefix(root())
                .expect("below the root")
                .to_string_lossy()
                .into_owned();
            (name, text)
        })
        .collect()
}

fn none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

/// HOUSE-01: the arrows of the house.
#[test]
fn crates_know_only_whom_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("ui", &[] as &[&str]),
        ("core", &[]),
        ("agent", &["core"]),
        ("screen", &["core", "ui"]),
        ("phone", &["agent", "core", "screen"]),
        ("lender", &["core"]),
        ("desktop", &["agent", "core", "lender", "phone", "screen"]),
        ("studio", &["core", "screen", "ui"]),
        (
            "tests",
            &[
                "agent", "core", "desktop", "lender", "phone", "screen", "studio", "ui",
            ],
        ),
    ]);
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let mut broken = Vec::new();
    let mut seen = BTreeSet::new();
    for package in &metadata.packages {
        let Some(name) = package.name.strip_prefix("latchkey-") else {
            continue;
        };
        seen.insert(name.to_owned());
        let Some(may) = allowed.get(name) else {
            broken.push(format!("{name} is not in the table of this test"));
            continue;
        };
        for dep in package
            .dependencies
            .iter()
            .filter(|d| d.kind != DependencyKind::Development)
        {
            if let Some(dep) = dep.name.strip_prefix("latchkey-")
                && !may.contains(&dep)
            {
                broken.push(format!("{name} may not know {dep}"));
            }
        }
    }
    for name in allowed.keys().filter(|n| !seen.contains(**n)) {
        broken.push(format!("{name} is gone: take it out of this test"));
    }
    none("crate arrows", &broken);
}

/// HOUSE-02: no signing of orders, no database and no .slint interpreter under `latchkey-phone`.
#[test]
fn the_phone_can_neither_sign_orders_nor_interpret_pages() {
    let tree = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--package",
            "latchkey-phone",
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--locked",
        ])
        .output()
        .expect("cargo tree");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    assert!(
        tree.contains("latchkey-agent"),
        "the tree has the agent, so it is the right tree"
    );
    for foreign in [
        "latchkey-lender",
        "slint-interpreter",
        "i-slint-compiler",
        "sqlx",
        "axum",
    ] {
        let held = tree.lines().any(|line| line.starts_with(&format!("{foreign} ")));
        assert!(!held, "{foreign} is under latchkey-phone");
    }
    let interpreters = files(&["Cargo.toml"]).into_iter().filter(|(path, text)| {
        text.contains("slint-interpreter.workspace")
            || (path != "Cargo.toml" && text.contains("slint-interpreter ="))
    });
    let interpreters: Vec<String> = interpreters.map(|(path, _)| path).collect();
    assert_eq!(
        interpreters,
        ["src/studio/Cargo.toml"],
        "only studio interprets .slint"
    );
    let users = files(&["Cargo.toml"])
        .into_iter()
        .filter(|(path, text)| !path.starts_with("tests/") && text.contains("latchkey-studio.workspace"));
    let users: Vec<String> = users.map(|(path, _)| path).collect();
    none("a room that builds on studio", &users);
    let signs: Vec<String> = files(&[".rs"])
        .into_iter()
        .filter(|(path, text)| path.starts_with("src/") && text.contains("SigningKey"))
        .map(|(path, _)| path)
        .filter(|path| !path.starts_with("src/lender/") && !path.starts_with("src/agent/device_key"))
        .collect();
    none("a signing key outside lender and agent::device_key", &signs);
}

/// HOUSE-03: colours and sizes live in the theme.
#[test]
fn numbers_and_colours_stand_in_the_theme_only() {
    let mut broken = Vec::new();
    for (path, text) in files(&[".slint"]) {
        if path.ends_with("theme.slint") || path.ends_with("contract.slint") || path.ends_with("icons.slint")
        {
            continue;
        }
        for (n, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let hex = code
                .match_indices('#')
                .any(|(at, _)| code[at + 1..].bytes().take_while(u8::is_ascii_hexdigit).count() >= 3);
            let px = code.match_indices("px").any(|(at, _)| {
                let digits: String = code[..at]
                    .chars()
                    .rev()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                !digits.is_empty() && digits != "0" && digits != "1"
            });
            if hex || px {
                broken.push(format!("{path}:{}: {}", n + 1, line.trim()));
            }
        }
    }
    none("a colour or size outside theme.slint", &broken);
}

/// Lines of Rust without the test modules at the end of a file.
fn lines_without_tests(text: &str) -> usize {
    text.split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .count()
}

/// HOUSE-04: files that can be read in one sitting.
#[test]
fn files_stay_short() {
    let mut broken = Vec::new();
    let mut core = 0;
    for (path, text) in files(&[".rs", ".slint"]) {
        let lines = text.lines().count();
        let limit = if path.ends_with(".slint") {
            if path.ends_with("strings.slint") {
                usize::MAX
            } else if path.ends_with("contract.slint") {
                200
            } else {
                120
            }
        } else if path.starts_with("tests/")
            || path.contains("/tests/")
            || path.contains("/benches/")
            || path.contains("tests.rs")
        {
            800
        } else {
            500
        };
        let counted = if path.ends_with(".rs") {
            lines_without_tests(&text)
        } else {
            lines
        };
        if counted > limit {
            broken.push(format!("{path}: {counted} lines, at most {limit}"));
        }
        if path.starts_with("src/core/") && !path.contains("tests") && !path.contains("/proofs/") {
            core += text
                .split("#[cfg(test)]")
                .next()
                .unwrap_or_default()
                .lines()
                .filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with("//"))
                .count();
        }
    }
    if core > 7_000 {
        broken.push(format!(
            "core: {core} lines of code without tests and docs, at most 7000"
        ));
    }
    none("long files", &broken);
}

/// HOUSE-05: nothing is written that the software renderer drops in silence.
#[test]
fn nothing_is_drawn_that_the_renderer_drops() {
    let mut broken = Vec::new();
    for (path, text) in files(&[".slint"]) {
        for (n, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for dropped in [
                "drop-shadow",
                "inner-shadow",
                "rotation-angle",
                "transform-rotation",
                "transform-scale",
            ] {
                if code.contains(dropped) {
                    broken.push(format!("{path}:{}: {dropped}", n + 1));
                }
            }
        }
        let blocks = text.split('{').map(|b| b.split('}').next().unwrap_or_default());
        for block in blocks.filter(|b| b.contains("clip: true") && b.contains("border-radius")) {
            broken.push(format!(
                "{path}: a rounded clip: {}",
                block.trim().lines().next().unwrap_or_default()
            ));
        }
    }
    none("drawn but dropped", &broken);
}

/// HOUSE-06: one lint file, no test that is skipped in silence, no room called after nothing.
#[test]
fn one_lint_file_no_ignored_test_no_empty_name() {
    let mut broken = Vec::new();
    for (path, _) in files(&["clippy.toml"]) {
        if path != "clippy.toml" {
            broken.push(format!("{path} would replace the bans of the root"));
        }
    }
    let skip = concat!("#[", "ignore");
    for (path, text) in files(&[".rs"]) {
        if text.contains(skip) {
            broken.push(format!("{path} skips a test"));
        }
        let stem = path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
            .to_owned();
        if ["utils", "util", "common", "helpers", "helper", "manager", "misc"].contains(&stem.as_str()) {
            broken.push(format!("{path}: a name that says nothing"));
        }
    }
    none("lint files, skipped tests, names", &broken);
}

/// Every promise has its code and its test, or says that it is pending.
#[test]
fn every_promise_has_code_and_test() {
    #[expect(clippy::disallowed_methods, reason = "a house rule reads the page it judges")]
    let page = std::fs::read_to_string(root().join("docs/requirements.md")).expect("docs/requirements.md");
    let sources = files(&[".rs", ".slint"]);
    let mut broken = Vec::new();
    let mut promises = 0;
    for row in page.lines().filter(|l| l.starts_with("| OWN-")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (id, status) = (cells[1], cells[cells.len() - 2]);
        promises += 1;
        let opens_test = format!("/// {id}:");
        let tested = sources.iter().any(|(_, text)| text.contains(&opens_test));
        let kept = sources.iter().any(|(path, text)| {
            let code = if path.contains("tests/") {
                ""
            } else {
                text.split("#[cfg(test)]").next().unwrap_or_default()
            };
            code.lines()
                .any(|l| l.contains(id) && l.contains("//") && !l.contains(&opens_test))
        });
        match status {
            "kept" => {
                if !tested {
                    broken.push(format!(
                        "{id}: no test; open its doc comment with `{opens_test} …`"
                    ));
                }
                if !kept {
                    broken.push(format!("{id}: no code; name it in a comment where it is kept"));
                }
            }
            "pending" => {}
            other => broken.push(format!("{id}: status `{other}`, say kept or pending")),
        }
    }
    assert_eq!(promises, 16, "requirements.md lists sixteen promises");
    none("promises", &broken);
}

/// Links from one page of ours to another lead somewhere.
#[test]
fn links_between_pages_lead_somewhere() {
    let mut broken = Vec::new();
    for (path, text) in files(&[".md"]) {
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap_or_default();
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let from = root().join(&path);
            if !from.parent().expect("a file has a folder").join(target).exists() {
                broken.push(format!("{path}: {target}"));
            }
        }
    }
    none("links", &broken);
}
