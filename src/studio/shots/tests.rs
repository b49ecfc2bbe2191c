//! The matrix drawn, compared and shown.

use super::*;
use crate::scenes;
use latchkey_core::snapshot::Phase;
use latchkey_screen::findings::Kind;

fn nothing_is_wrong(locale: &'static str) {
    let plan = Plan {
        locales: vec![locale],
        themes: Some(vec![Theme::Light]),
        ..Plan::default()
    };
    let report = draw(
        &plan,
        &scenes::load(&scenes::folder()).unwrap(),
        None,
        None,
        &|_, _| {},
    )
    .unwrap();
    let wrong: Vec<_> = report.wrong().collect();
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        report.frames.len()
    );
}

// A test has its own thread, and so its own Slint.

#[test]
fn no_frame_in_english_has_a_finding() {
    nothing_is_wrong("en");
}

#[test]
fn no_frame_in_hindi_has_a_finding() {
    nothing_is_wrong("hi");
}

#[test]
fn no_frame_in_arabic_has_a_finding() {
    nothing_is_wrong("ar");
}

/// What changed is shown beside what it was, and the page asks for nothing from elsewhere.
#[test]
fn a_change_is_found_against_the_baseline_and_shown_in_a_pair() {
    let plan = Plan {
        locales: vec!["en"],
        panels: vec![Panel::FLOOR],
        percents: vec![100],
        themes: Some(vec![Theme::Light]),
        only: Some("locked-r".into()),
        ..Plan::default()
    };
    let scenes = scenes::load(&scenes::folder()).unwrap();
    let scenes: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
    let run = |scenes: Vec<Scene>, out: &Path, baseline: Option<Baseline>| {
        let (plan, out) = (plan.clone(), out.to_owned());
        let drawn =
            std::thread::spawn(move || draw(&plan, &scenes, Some(&out), baseline.as_ref(), &|_, _| {}));
        drawn.join().unwrap().unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let first = run(scenes.clone(), folder.path(), None);
    baseline::write(&first, folder.path()).unwrap();
    let read = || Baseline::read(&folder.path().join(baseline::FILE)).unwrap();
    let same = run(scenes.clone(), folder.path(), Some(read()));
    assert!(!same.frames.is_empty());
    assert!(
        same.frames
            .values()
            .all(|s| s.change == Change::Same && s.picture)
    );

    let mut other = scenes;
    let rupee = other.iter_mut().find(|s| s.name == "locked-rupee").unwrap();
    if let Phase::Lock(lock) = &mut rupee.snapshot.phase {
        lock.amount += 100;
    }
    let changed = run(other, folder.path(), Some(read()));
    let pairs: Vec<_> = changed
        .frames
        .iter()
        .filter(|(_, s)| s.change == Change::Changed)
        .collect();
    assert!(
        !pairs.is_empty() && pairs.len() < changed.frames.len(),
        "{pairs:?}"
    );
    let html = sheet::html(&changed);
    for (name, shown) in pairs {
        assert!(shown.before);
        assert!(
            folder
                .path()
                .join(baseline::BEFORE)
                .join(format!("{name}.png"))
                .exists()
        );
        assert!(html.contains(&format!("before/{name}.png")) && html.contains(&format!("id=\"{name}\"")));
    }
    assert!(
        !html.contains("http") && !html.contains("//"),
        "nothing from elsewhere"
    );
}

#[test]
fn every_finding_has_an_anchor_a_box_and_a_kind_that_can_be_filtered() {
    let found = |kind: &str, text: &str| Found {
        kind: kind.into(),
        text: text.into(),
        place: [12.5, 25.0, 50.0, 10.0],
        ..Found::default()
    };
    let shown = Shown {
        findings: vec![found("small", "small: \"<Pay>\" is"), found("glyph", "glyph: x")],
        picture: true,
        page: "locked.home.en".into(),
        ..Shown::default()
    };
    let said = BTreeSet::from(["home-pay".to_owned(), "</script>".to_owned()]);
    let html = sheet::html(&Report {
        frames: BTreeMap::from([("locked.home".into(), shown)]),
        said: BTreeMap::from([("locked.home.en".into(), said)]),
    });
    for part in [
        "id=\"locked.home.finding-1\"",
        "href=\"#locked.home.finding-0\"",
        "href=\"#locked.home\"",
        "href=\"locked.home.png\"",
        "data-kinds=\"finding glyph small\"",
        "data-kinds=\"finding small\"",
        "data-kinds=\"finding glyph\"",
        "style=\"left:12.5%;top:25.0%;width:50.0%;height:10.0%\"",
        "&lt;Pay>",
        "{\"locked.home.en\":[\"\\u003c/script>\",\"home-pay\"]}",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

/// A picture that has the same fault twice, too wide and too tall, is one picture.
#[test]
fn a_picture_is_counted_once_in_its_group() {
    let found = |text: &str| Found {
        kind: "clipped".into(),
        about: "\"Pay\"".into(),
        text: text.into(),
        ..Found::default()
    };
    let shown = Shown {
        findings: vec![
            found("clipped: \"Pay\" needs width"),
            found("clipped: \"Pay\" needs height"),
        ],
        ..Shown::default()
    };
    let report = Report {
        frames: BTreeMap::from([
            ("locked.home.en".into(), shown.clone()),
            ("locked.home.hi".into(), shown),
        ]),
        ..Report::default()
    };
    let groups = groups::groups(&report);
    assert_eq!(groups.len(), 1);
    assert_eq!(
        groups[0].pictures,
        [("locked.home.en", vec![0, 1]), ("locked.home.hi", vec![0, 1])]
    );
    let lines = groups::lines(&report);
    assert_eq!(lines.last().unwrap(), "    in locked.home.en, locked.home.hi");
    let html = sheet::html(&report);
    for anchor in ["locked.home.en.finding-0", "locked.home.en.finding-1"] {
        assert_eq!(html.matches(&format!("id=\"{anchor}\"")).count(), 1);
    }
}

/// A box never leaves its picture; what lies below the fold is said so at the edge.
#[test]
fn what_is_out_of_sight_is_marked_at_the_edge() {
    let at = |x, y, width, height| {
        let finding = Finding {
            kind: Kind::Clipped,
            what: "\"Pay\" needs 9 dp".into(),
            rect: Rect { x, y, width, height },
        };
        Found::of(&finding, Panel::FLOOR)
    };
    let (w, h) = (Panel::FLOOR.width_dp(), Panel::FLOOR.height_dp());
    assert_eq!(at(0.0, h / 2.0, w, h).place, [0.0, 50.0, 100.0, 50.0]);
    assert_eq!(at(-w, 0.0, w * 1.5, h).place, [0.0, 0.0, 50.0, 100.0]);
    assert_eq!(at(0.0, h / 2.0, w, h).beyond, None);
    assert_eq!(at(0.0, h * 1.2, w, 20.0).beyond, Some(Edge::Bottom));
    assert_eq!(at(0.0, -30.0, w, 20.0).beyond, Some(Edge::Top));
    assert_eq!(at(w, 10.0, w, 20.0).beyond, Some(Edge::Side));
    let shown = Shown {
        findings: vec![at(0.0, h * 1.2, w, 20.0)],
        picture: true,
        ..Shown::default()
    };
    let html = sheet::html(&Report {
        frames: BTreeMap::from([("locked.home.en".into(), shown)]),
        ..Report::default()
    });
    assert!(
        html.contains("class=bottom data-says=\"below the fold\""),
        "{html}"
    );
}

/// One fault is one entry, with its message, its token and the pictures that show it; also in the words of a folder.
#[test]
fn a_fault_in_many_pictures_is_told_once() {
    let i18n = tempfile::tempdir().unwrap();
    let own = crate::preview::sources::Folders::own().i18n;
    copy(&own.join("en"), &i18n.path().join("en"));
    let long = "Paypaypaypaypaypaypaypaypaypay";
    let home = i18n.path().join("en/home.ftl");
    #[expect(clippy::disallowed_methods, reason = "a test edits its copy")]
    let text = std::fs::read_to_string(&home).unwrap();
    assert!(text.contains("home-pay = Pay\n"));
    write_text(
        &home,
        &text.replace("home-pay = Pay\n", &format!("home-pay = {long}\n")),
    );
    let plan = Plan {
        locales: vec!["en"],
        panels: vec![Panel::FLOOR],
        percents: vec![100, 200],
        themes: Some(vec![Theme::Light, Theme::Dark]),
        only: Some("locked-rupee".into()),
        i18n: Some(i18n.path().to_owned()),
        ..Plan::default()
    };
    let scenes = scenes::load(&scenes::folder()).unwrap();
    let scenes: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
    let report = draw(&plan, &scenes, None, None, &|_, _| {}).unwrap();
    let all = groups::groups(&report);
    let [group] = all.as_slice() else {
        panic!("{all:#?}")
    };
    assert_eq!((group.page, group.found.kind.as_str()), ("home", "clipped"));
    assert_eq!(group.found.messages, ["home-pay"]);
    assert!(group.pictures.len() > 1, "{group:?}");
    let lines = groups::lines(&report).join("\n");
    assert!(
        lines.contains("page home: clipped: ") && lines.contains("    message home-pay\n"),
        "{lines}"
    );
    assert_eq!(lines.matches(long).count(), 1, "{lines}");
}

/// What is too faint names the colours of the theme, and what is too small the least target.
#[test]
fn tokens_are_named() {
    let found = |kind: &str, text: &str| Found {
        kind: kind.into(),
        text: text.into(),
        ..Found::default()
    };
    let faint = "contrast: \"x\" has 1.00:1 (#454c51 on #f7f5f0); text needs 7:1";
    let shown = Shown {
        record: Record {
            theme: "light".into(),
            ..Record::default()
        },
        findings: vec![
            found("contrast", faint),
            found("small", "small: \"x\" is 9 x 9 dp"),
            found("glyph", "x"),
        ],
        ..Shown::default()
    };
    let mut report = Report {
        frames: BTreeMap::from([("a".into(), shown)]),
        ..Report::default()
    };
    blame::name_tokens(&mut report).unwrap();
    let tokens: Vec<_> = report.frames["a"]
        .findings
        .iter()
        .map(|f| f.tokens.clone())
        .collect();
    assert_eq!(
        tokens,
        [vec!["Theme.quiet", "Theme.ground"], vec!["Theme.target"], vec![]]
    );
}

/// What is new and what is gone is not told as changed; a run of a part does not call the rest gone.
#[test]
fn new_and_vanished_frames_are_told_apart() {
    let record = |scene: &str, locale: &str, sum| Record {
        scene: scene.into(),
        locale: locale.into(),
        panel: Panel::FLOOR.to_string(),
        text_percent: 100,
        theme: "light".into(),
        sum,
    };
    let shown = |record: Record| Shown {
        record,
        ..Shown::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let before = Report {
        frames: BTreeMap::from([
            ("same".into(), shown(record("locked", "en", 1))),
            ("other".into(), shown(record("locked", "en", 2))),
            ("lost".into(), shown(record("locked-lost", "en", 3))),
            ("hindi".into(), shown(record("locked", "hi", 4))),
        ]),
        ..Report::default()
    };
    baseline::write(&before, folder.path()).unwrap();
    let baseline = Baseline::read(&folder.path().join(baseline::FILE)).unwrap();
    assert_eq!(baseline.change("same", &record("locked", "en", 1)), Change::Same);
    assert_eq!(
        baseline.change("other", &record("locked", "en", 9)),
        Change::Changed
    );
    assert_eq!(baseline.change("more", &record("locked", "en", 5)), Change::New);
    let plan = Plan {
        locales: vec!["en"],
        ..Plan::default()
    };
    let mut report = Report {
        frames: before.frames.clone(),
        ..Report::default()
    };
    report.frames.remove("lost");
    report.frames.remove("hindi");
    baseline.add_gone(&plan, &mut report, None).unwrap();
    let gone: Vec<_> = report
        .frames
        .iter()
        .filter(|(_, s)| s.change == Change::Gone)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(gone, ["lost"], "Hindi was not asked for");
    assert!(sheet::html(&report).contains("<h2>Gone</h2>"));
    baseline::write(&report, folder.path()).unwrap();
    let next = Baseline::read(&folder.path().join(baseline::FILE)).unwrap();
    assert_eq!(next.change("lost", &record("locked-lost", "en", 3)), Change::New);
}

/// A translator finds the picture of a message, also in a language that is only a folder.
#[test]
fn a_folder_is_drawn_with_its_own_words_and_its_messages_are_tied_to_pictures() {
    let i18n = tempfile::tempdir().unwrap();
    let own = crate::preview::sources::Folders::own().i18n;
    copy(&own.join("en"), &i18n.path().join("en"));
    std::fs::create_dir(i18n.path().join("ur")).unwrap();
    write_text(&i18n.path().join("ur/home.ftl"), "home-pay = ادا کریں\n");
    let plan = Plan {
        locales: vec!["en", language::locale("ur").unwrap().tag],
        panels: vec![Panel::FLOOR],
        percents: vec![100],
        themes: Some(vec![Theme::Light]),
        only: Some("locked-rupee".into()),
        i18n: Some(i18n.path().to_owned()),
        ..Plan::default()
    };
    let scenes = scenes::load(&scenes::folder()).unwrap();
    let scenes: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
    let out = tempfile::tempdir().unwrap();
    let report = draw(&plan, &scenes, Some(out.path()), None, &|_, _| {}).unwrap();
    let sum = |locale: &str| {
        let name = format!("locked-rupee.home.{locale}.480x854@1.5.100.light");
        report.frames[&name].record.sum
    };
    assert_ne!(sum("en"), sum("ur"));
    assert!(report.said["locked-rupee.home.ur"].contains("home-pay"));
    assert!(!report.said["locked-rupee.home.ur"].contains("pay-title"));
    assert!(report.said["locked-rupee.pay.en"].contains("pay-title"));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "a test plants what it reads")]
fn write_text(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[test]
fn no_frame_in_dark_or_sunlight_has_a_finding() {
    let plan = Plan {
        locales: vec!["en"],
        panels: vec![Panel::FLOOR],
        percents: vec![100],
        themes: Some(vec![Theme::Dark, Theme::Sunlight]),
        ..Plan::default()
    };
    let report = draw(
        &plan,
        &scenes::load(&scenes::folder()).unwrap(),
        None,
        None,
        &|_, _| {},
    )
    .unwrap();
    let wrong: Vec<_> = report.wrong().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_parts_together_are_every_shot_once_and_about_as_large() {
    let scenes = scenes::load(&scenes::folder()).unwrap();
    let names = |part| {
        let plan = Plan {
            part,
            ..Plan::default()
        };
        let shots = plan.shots(&scenes);
        shots.iter().map(Shot::name).collect::<Vec<_>>()
    };
    let all: BTreeSet<_> = names((0, 1)).into_iter().collect();
    for parts in 2..5 {
        let dealt: Vec<_> = (0..parts).map(|part| names((part, parts))).collect();
        assert_eq!(dealt.concat().len(), all.len());
        assert_eq!(dealt.concat().into_iter().collect::<BTreeSet<_>>(), all);
        let sizes = dealt.iter().map(Vec::len);
        assert!(sizes.min().unwrap() * 4 > all.len() * 3 / parts, "{parts} parts");
    }
}
