//! What the preview shows, and what it notices. Every test has its own threads, and so its own Slint.

use super::easel::Easel;
use super::pages::{Pages, compile};
use super::picture::Picture;
use super::setting::{Overlays, Setting, Subject};
use super::sources::Folders;
use super::worker::{self, News};
use super::{devices, value, watch};
use crate::matrix::{Look, Shot};
use crate::scenes;
use crate::stage::Stage;
use latchkey_screen::findings::Kind;
use latchkey_screen::{Frame, Headless, Page, Panel, Theme};
use latchkey_ui::words::Words;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Long enough for any machine; reached only when nothing comes.
const PATIENCE: Duration = Duration::from_secs(120);

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of everything that is previewed.
pub(super) fn tree() -> (tempfile::TempDir, Folders) {
    let dir = tempfile::tempdir().unwrap();
    let (own, copied) = (Folders::own(), Folders::below(dir.path()));
    copy(&own.ui, &copied.ui);
    copy(&own.i18n, &copied.i18n);
    copy(&own.scenes, &copied.scenes);
    (dir, copied)
}

#[expect(clippy::disallowed_methods, reason = "a test edits its copy")]
pub(super) fn edit(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{}: no `{from}`", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

pub(super) fn setting(scene: &str) -> Setting {
    Setting {
        subject: Subject::Scene(scene.into()),
        ..Setting::default()
    }
}

/// Scene, page, language, text size, colours, device.
type Case = (&'static str, Option<Page>, &'static str, u16, Theme, &'static str);

/// The same pixels as the phone's own compiled screen: pages, language, colours, text size, panel.
#[test]
fn the_preview_shows_what_the_phone_shows() {
    let cases: Vec<Case> = vec![
        ("locked", None, "en", 100, Theme::Light, "floor"),
        ("locked", Some(Page::Pay), "ar", 200, Theme::Dark, "common"),
        (
            "locked-claim",
            Some(Page::Paid),
            "hi",
            130,
            Theme::Sunlight,
            "floor",
        ),
        ("backup", None, "ar", 100, Theme::Light, "floor"),
        ("locked", Some(Page::About), "en", 100, Theme::Dark, "floor"),
        ("released-paid", None, "hi", 200, Theme::Light, "large"),
    ];
    let phone = cases.clone();
    let compiled = thread::spawn(move || -> Vec<Vec<u8>> {
        let stage = Stage::new().unwrap();
        let scenes = scenes::load(&scenes::folder()).unwrap();
        let draw = |(scene, page, locale, text_percent, theme, device): &Case| {
            let scene = scenes.iter().find(|s| s.name == *scene).unwrap();
            let shot = Shot {
                scene,
                page: page.unwrap_or_else(|| latchkey_screen::present::state_page(&scene.snapshot)),
                answer: 0,
                look: Look {
                    locale,
                    panel: devices::find(device).unwrap().panel,
                    text_percent: *text_percent,
                    theme: *theme,
                    private: false,
                },
            };
            stage.paint(&shot).rgb()
        };
        phone.iter().map(draw).collect()
    });
    let mut easel = Easel::new(Folders::own(), Setting::default()).unwrap();
    let compiled = compiled.join().unwrap();
    for (case, phone) in cases.iter().zip(compiled) {
        let (scene, page, locale, text_percent, theme, device) = *case;
        easel.set(Setting {
            page,
            locale: locale.into(),
            text_percent,
            theme,
            device: devices::find(device).unwrap(),
            ..setting(scene)
        });
        let picture = easel.settled();
        assert_eq!(picture.faults, []);
        let differ = picture
            .frame
            .rgb()
            .chunks_exact(3)
            .zip(phone.chunks_exact(3))
            .filter(|(a, b)| a != b)
            .count();
        // The interpreter computes with more digits: between 100 and 200 % an edge may be rounded otherwise.
        let may = if text_percent % 100 == 0 {
            0
        } else {
            phone.len() / 30_000
        };
        assert!(differ <= may, "{case:?}: {differ} pixels differ");
    }
}

/// A tap on the picture does what it does on the phone, and the switches follow.
#[test]
fn a_finger_on_the_picture_turns_the_page() {
    let mut easel = Easel::new(Folders::own(), setting("locked")).unwrap();
    assert_eq!(easel.settled().page, Page::Home);
    // The primary button, in the lower end corner of the floor panel.
    let (x, y) = (400.0, 735.0);
    for touch in [super::easel::Touch::Down, super::easel::Touch::Up] {
        easel.touch(touch, x, y);
        for _ in 0..10 {
            easel.advance(Duration::from_millis(33));
        }
    }
    let picture = easel.settled();
    assert_eq!((picture.page, picture.setting.page), (Page::Pay, Some(Page::Pay)));
    easel.back();
    assert_eq!(easel.settled().page, Page::Home);
}

fn next(pictures: &Receiver<Picture>, what: &str, wanted: impl Fn(&Picture) -> bool) -> Picture {
    loop {
        let picture = pictures
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|e| panic!("{what}: {e}"));
        if wanted(&picture) {
            return picture;
        }
    }
}

#[test]
fn what_is_saved_reaches_the_picture_and_what_is_broken_leaves_the_last_one() {
    let (_dir, folders) = tree();
    let ((tell, pictures), (tell_all, all_faults)) = (channel(), channel());
    let asks = worker::start(folders.clone(), setting("locked"), move |news| match news {
        News::Picture(picture) => drop(tell.send(*picture)),
        News::AllFaults(faults) => drop(tell_all.send(faults)),
        News::Saved(_) | News::NotSaved(_) | News::Broke(_) => {}
    });
    let _watcher = watch::watch(&folders, asks.clone()).unwrap();
    let first = next(&pictures, "the first picture", |_| true);
    assert_eq!((first.faults, first.judged), (vec![], false));
    next(&pictures, "its findings", |p| p.judged);
    assert_eq!(all_faults.recv_timeout(PATIENCE).unwrap(), []);

    edit(&folders.ui.join("theme.slint"), "pick(#F7F5F0,", "pick(#FFEEDD,");
    let orange = next(&pictures, ".slint", |p| p.frame.pixel(2, 2) == [0xff, 0xee, 0xdd]);
    assert!(orange.saved.is_some());

    edit(
        &folders.i18n.join("en/home.ftl"),
        "home-title =",
        "home-title = Hello! ",
    );
    let hello = next(&pictures, ".ftl", |p| p.frame.rgb() != orange.frame.rgb());
    assert_eq!(hello.faults, []);

    edit(
        &folders.scenes.join("locked.json"),
        "\"amount\": 325000",
        "\"amount\": 999000",
    );
    let amount = next(&pictures, "scene", |p| p.frame.rgb() != hello.frame.rgb());

    let page = folders.ui.join("pages/home_page.slint");
    edit(&page, "Words {", "Wordz {");
    let broken = next(&pictures, "a broken page", |p| !p.faults.is_empty());
    let fault = &broken.faults[0];
    assert_eq!(fault.file, Path::new("ui/pages/home_page.slint"));
    assert!(fault.line > 1 && fault.what.contains("Wordz"), "{fault}");
    assert!(broken.stale, "and it is said so");
    assert!(
        broken.frame.rgb() == amount.frame.rgb(),
        "the last good picture stays"
    );

    edit(&page, "Wordz {", "Words {");
    next(&pictures, "a mended page", |p| p.faults.is_empty() && !p.stale);

    // A page that is not on show is told a moment later, and hides nothing.
    let page = folders.ui.join("pages/pay_page.slint");
    edit(&page, "    Words {", "    Wordz {");
    loop {
        let faults = all_faults.recv_timeout(PATIENCE).unwrap();
        if faults
            .iter()
            .any(|f| f.file == Path::new("ui/pages/pay_page.slint"))
        {
            break;
        }
    }
    edit(&page, "    Wordz {", "    Words {");

    edit(
        &folders.i18n.join("en/home.ftl"),
        "home-comfort =",
        "home comfort =",
    );
    let words = next(&pictures, "broken words", |p| !p.faults.is_empty());
    assert_eq!(words.faults[0].file, Path::new("i18n/en/home.ftl"));
    assert!(words.faults[0].line > 1 && !words.stale);
    drop(asks);
}

/// A scene that is taken away is told with those that there are, and its last picture stays.
#[test]
fn a_scene_that_is_gone_leaves_its_last_picture() {
    let (_dir, folders) = tree();
    let mut easel = Easel::new(folders.clone(), setting("locked-rupee")).unwrap();
    let before = easel.settled();
    let (file, away) = (
        folders.scenes.join("locked-rupee.json"),
        folders.scenes.join("locked-rupee.away"),
    );
    #[expect(clippy::disallowed_methods, reason = "a test takes a file of its copy away")]
    std::fs::rename(&file, &away).unwrap();
    assert!(easel.changed(std::slice::from_ref(&file)));
    let gone = easel.settled();
    assert!(gone.stale && gone.frame.rgb() == before.frame.rgb());
    assert!(gone.faults[0].what.contains("locked-pound"), "{}", gone.faults[0]);
    easel.set(setting("free"));
    let other = easel.settled();
    assert!(!other.stale && other.faults.is_empty() && other.frame.rgb() != before.frame.rgb());
}

/// A page that means nothing in a scene is not shown in silence as another.
#[test]
fn another_page_than_the_one_asked_for_is_told() {
    let asked = Setting {
        page: Some(Page::Released),
        ..setting("locked")
    };
    let mut easel = Easel::new(Folders::own(), asked).unwrap();
    let picture = easel.settled();
    assert_eq!(picture.page, Page::Home);
    let [note] = picture.notes.as_slice() else {
        panic!("one note: {:?}", picture.notes)
    };
    assert!(note.contains("released") && note.contains("pay"), "{note}");
    easel.set(setting("locked"));
    assert_eq!(easel.settled().notes, Vec::<String>::new());
}

/// A language that is a folder alone, over the English of the same folder; and what it says wrongly, with its lines.
#[test]
fn a_language_that_is_only_a_folder_is_shown_and_judged() {
    let (_dir, folders) = tree();
    let write = |file: &str, text: &str| {
        let path = folders.i18n.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test writes into its copy")]
        std::fs::write(&path, text).unwrap();
        path
    };
    write("sw/home.ftl", "# review: native 2026-11-30\nhome-pay = Lipa\n");
    let in_swahili = Setting {
        locale: "sw".into(),
        ..setting("locked")
    };
    let mut easel = Easel::new(folders.clone(), in_swahili).unwrap();
    let picture = easel.settled();
    assert_eq!(picture.faults, []);
    let tags: Vec<&str> = picture.known.languages.iter().map(|l| l.tag.as_str()).collect();
    assert_eq!(tags, ["en", "hi", "ar", "sw", "en-XA", "en-XB"]);

    let file = write(
        "sw/home.ftl",
        "# review: native 2026-11-30\n\nhome-pay = Lipa { $nobody }\nhome-owe = Unadaiwa\nhome-titel = Simu\n",
    );
    assert!(easel.changed(&[file]));
    let broken = easel.settled();
    let told: Vec<(usize, &str)> = broken.faults.iter().map(|f| (f.line, f.what.as_str())).collect();
    let [(3, unknown), (4, dropped), (5, obsolete)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(
        unknown.contains("$nobody") && unknown.contains("English is shown"),
        "{unknown}"
    );
    assert!(
        dropped.contains("$lender") && !dropped.contains("English is shown"),
        "{dropped}"
    );
    assert!(obsolete.contains("home-titel"), "{obsolete}");

    // A new text is there for the pages without a build; one that only Rust can hand over is told.
    edit(
        &folders.i18n.join("en/home.ftl"),
        "home-title =",
        "home-new = Brand new\nhome-title =",
    );
    let shared = folders.i18n.join("en/shared.ftl");
    edit(&shared, "\nshared-", "\nshared-other = Other\nshared-");
    edit(
        &folders.ui.join("pages/home_page.slint"),
        "Strings.home.comfort",
        "Strings.home.new",
    );
    easel.changed(&[shared, folders.ui.join("pages/home_page.slint")]);
    let new = easel.settled();
    assert!(!new.stale && new.frame.rgb() != broken.frame.rgb());
    assert!(
        new.faults.iter().any(|f| f.what.contains("shared-other is new")),
        "{:?}",
        new.faults
    );
}

/// The languages that nobody speaks are longer, or from right to left.
#[test]
fn pseudo_languages_are_shown() {
    let in_language = |locale: &str| Setting {
        locale: locale.into(),
        ..setting("locked")
    };
    let mut easel = Easel::new(Folders::own(), in_language("en")).unwrap();
    let english = easel.settled();
    for locale in ["en-XA", "en-XB"] {
        easel.set(in_language(locale));
        let picture = easel.settled();
        assert_eq!(picture.faults, [], "{locale}");
        assert!(picture.frame.rgb() != english.frame.rgb(), "{locale}");
    }
}

/// OWN-14: damaged English puts no id on a picture, in whatever language, and is told with its own file and line.
#[test]
fn a_message_that_is_broken_in_english_is_told_in_every_language() {
    let (_dir, folders) = tree();
    let in_language = |locale: &str| Setting {
        locale: locale.into(),
        ..setting("locked")
    };
    let mut easel = Easel::new(folders.clone(), in_language("en-XA")).unwrap();
    assert_eq!(easel.settled().faults, []);
    let file = folders.i18n.join("en/home.ftl");
    let title = "home-title = This phone is limited";
    edit(&file, title, "home-title = This phone is { $misspelt }");
    assert!(easel.changed(std::slice::from_ref(&file)));
    for locale in ["en-XA", "en-XB", "en", "hi"] {
        easel.set(in_language(locale));
        let said = easel.language.words.text("home-title", &[]);
        assert_ne!(latchkey_screen::format::bare(&said), "home-title", "{locale}");
        let picture = easel.settled();
        let [fault] = picture.faults.as_slice() else {
            panic!("{locale}: {:?}", picture.faults)
        };
        assert!(fault.file.ends_with("en/home.ftl") && fault.line > 1, "{fault}");
        assert!(
            fault.what.contains("home-title") && fault.what.contains("compiled in is shown"),
            "{fault}"
        );
    }
    edit(&file, "home-title = This phone is { $misspelt }", title);
    easel.changed(&[file]);
    assert_eq!(easel.settled().faults, []);
}

/// Each kind of finding, planted in a copy and told with its place.
#[test]
fn what_is_planted_is_found() {
    let (_dir, folders) = tree();
    let mut easel = Easel::new(folders.clone(), setting("locked")).unwrap();
    assert_eq!(easel.settled().findings, []);
    let ui = |file: &str| folders.ui.join(file);
    let size_button = "x: Theme.rtl ? Theme.none : root.width - self.width;\n        width: Theme.target;";
    let primary = "x: root.stacked || Theme.rtl ? Theme.none : emergency-button.width + Theme.gap;";
    let plants: Vec<(PathBuf, &str, &str, Kind, &str)> = vec![
        (
            ui("components/text.slint"),
            "type: Theme.title;",
            "type: Theme.title; height: Theme.inset;",
            Kind::Clipped,
            "This phone is limited",
        ),
        (
            ui("components/bottom_row.slint"),
            primary,
            "x: emergency-button.width - Theme.target;",
            Kind::Overlap,
            "\"Emergency call\" and \"Pay\"",
        ),
        (
            ui("components/bar.slint"),
            size_button,
            "x: root.width - self.width;\n        width: Theme.unit * 10;",
            Kind::Small,
            "a thumb needs 48 x 48",
        ),
        (
            ui("components/bar.slint"),
            size_button,
            "x: root.width - Theme.gap;\n        width: Theme.target;",
            Kind::Lost,
            "out of sight",
        ),
        (
            ui("components/bottom_row.slint"),
            "y: root.height - Theme.gap - self.height;",
            "y: root.height - Theme.wide - self.height;",
            Kind::Moved,
            "16.0 above the bar",
        ),
        (
            ui("theme.slint"),
            "#454C51",
            "#9AA0A4",
            Kind::Contrast,
            "Emergency calls work.",
        ),
        (
            folders.i18n.join("en/home.ftl"),
            "home-title =",
            "home-title = 漢",
            Kind::Glyph,
            "漢 U+6F22",
        ),
        (
            ui("pages/home_page.slint"),
            "    Space { }",
            "    Rectangle { height: Theme.none; Words { y: Theme.endless / 40; text: \"late\"; } }",
            Kind::Order,
            "is read after what stands below it",
        ),
        (
            ui("components/buttons.slint"),
            "    spoken: self.text;",
            "    spoken: \"\";",
            Kind::Label,
            "has no name",
        ),
        (
            ui("pages/home_page.slint"),
            "    Space { }",
            "    Rectangle { height: Theme.none; Words { y: -Theme.gap * 2; text: \"late\"; } }",
            Kind::Covered,
            "\"late\"",
        ),
        (
            ui("components/bottom_row.slint"),
            primary,
            "x: emergency-button.width + Theme.gap; Label { x: -Theme.wide; width: Theme.target; text: \"wide\"; }",
            Kind::Covered,
            "\"wide\" and \"Pay\"",
        ),
        (
            ui("pages/home_page.slint"),
            "    Space { }",
            "    silent := TouchArea { height: Theme.unit; clicked => { Actions.tapped(Action.show-help, 0); } }",
            Kind::Label,
            "is told to no screen reader",
        ),
    ];
    for (file, from, to, kind, what) in plants {
        edit(&file, from, to);
        assert!(easel.changed(std::slice::from_ref(&file)));
        let picture = easel.settled();
        assert_eq!(picture.faults, [], "{kind:?}");
        let found = picture
            .findings
            .iter()
            .find(|f| f.kind == kind && f.what.contains(what))
            .unwrap_or_else(|| panic!("{kind:?} {what}: {:#?}", picture.findings));
        assert!(
            found.rect.width > 0.0 && found.rect.height > 0.0,
            "{found} has a place"
        );
        edit(&file, to, from);
        easel.changed(&[file]);
        assert_eq!(easel.settled().findings, [], "after {kind:?}");
    }
}

/// Marks change the picture and nothing of what is found.
#[test]
fn every_overlay_and_filter_is_drawn() {
    let mut easel = Easel::new(Folders::own(), setting("locked")).unwrap();
    let plain = easel.settled();
    let mut seen = vec![plain.frame.rgb()];
    let overlays = |on: &dyn Fn(&mut Overlays)| {
        let mut overlays = Overlays::default();
        on(&mut overlays);
        Setting {
            overlays,
            ..setting("locked")
        }
    };
    let mut settings = vec![
        overlays(&|o| o.targets = true),
        overlays(&|o| o.order = true),
        overlays(&|o| o.grid = true),
        Setting {
            body: true,
            ..setting("locked")
        },
        Setting {
            network: super::setting::Network::Offline,
            ..setting("locked")
        },
    ];
    settings.extend(super::filter::Filter::ALL.iter().skip(1).map(|filter| Setting {
        filter: *filter,
        ..setting("locked")
    }));
    for setting in settings {
        easel.set(setting.clone());
        let picture = easel.settled();
        assert_eq!(picture.findings, [], "{setting:?}");
        assert!(
            !seen.contains(&picture.frame.rgb()),
            "{setting:?} looks like another"
        );
        seen.push(picture.frame.rgb());
    }
    easel.set(setting("locked"));
    assert!(
        easel.settled().frame.rgb() == plain.frame.rgb(),
        "and all of it goes away"
    );
}

/// How many pixels have not the colour that most have, of a thousand.
fn ink(frame: &Frame) -> usize {
    let pixels: Vec<[u8; 3]> = frame.rgb().chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    let ground = pixels[pixels.len() / 2 + 3];
    pixels.iter().filter(|p| **p != ground).count() * 1000 / pixels.len()
}

/// Slint's own viewer and the editors' previews open a page file with the contract's samples.
#[test]
fn every_page_stands_alone_with_its_samples() {
    let headless = Headless::install(Panel::FLOOR).unwrap();
    let folder = Folders::own().ui.join("pages");
    let mut pages = 0;
    for name in value::names::<Page>() {
        let file = folder.join(format!("{name}_page.slint"));
        let component = format!("{}Page", name[..1].to_uppercase() + &name[1..]);
        let definition = compile(&file, &component).unwrap_or_else(|faults| panic!("{}", faults[0]));
        let page = Pages::new(&definition).unwrap();
        let ink = ink(&headless.draw_settled());
        assert!(ink > 15, "{name}: {ink} of 1000 pixels are drawn");
        drop(page);
        pages += 1;
    }
    assert!(pages > 20);
}

/// A component that nobody can see in the gallery is a component that nobody looks at.
#[test]
fn the_gallery_shows_every_component_without_a_finding() {
    // Bases and gaps, what is only spoken, and what a page or another component shows whole.
    let inside = [
        "Pressable",
        "Space",
        "Spoken",
        "PageFrame",
        "CardPiece",
        "RowBody",
        "Notices",
        "Light",
        "Heading",
    ];
    #[expect(clippy::disallowed_methods, reason = "a test reads the gallery")]
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    let ui = Folders::own().ui;
    let gallery = read(ui.join("gallery/controls.slint")) + &read(ui.join("gallery/blocks.slint"));
    for entry in std::fs::read_dir(ui.join("components")).unwrap() {
        let text = read(entry.unwrap().path());
        for name in text.split("export component ").skip(1) {
            let name = name.split_whitespace().next().unwrap();
            let shown = gallery.contains(&format!("{name} {{"));
            assert!(shown || inside.contains(&name), "{name} is not in ui/gallery");
        }
    }
    let gallery = |subject: Subject, locale: &str, text_percent| Setting {
        subject,
        locale: locale.into(),
        text_percent,
        ..Setting::default()
    };
    let mut easel = Easel::new(Folders::own(), gallery(Subject::Components, "en", 100)).unwrap();
    for (locale, percent, theme) in [
        ("en", 100, Theme::Light),
        ("en", 200, Theme::Dark),
        ("ar", 100, Theme::Sunlight),
        ("ar", 200, Theme::Light),
        ("hi", 160, Theme::Light),
        ("hi", 200, Theme::Dark),
    ] {
        easel.set(Setting {
            theme,
            ..gallery(Subject::Components, locale, percent)
        });
        let picture = easel.settled();
        assert_eq!(
            (picture.faults, picture.findings),
            (vec![], vec![]),
            "{locale} {percent} {theme:?}"
        );
        let height = picture.frame.height as f32 / picture.setting.device.panel.scale;
        let texts = latchkey_screen::semantics::texts(easel.screen.window());
        let last = texts.iter().find(|t| t.text.starts_with("Icon · ")).unwrap();
        let below = height - last.rect.bottom();
        assert!(
            (150.0..400.0).contains(&below),
            "five rows of icons follow: {below} dp"
        );
    }
    easel.set(gallery(Subject::Colours, "en", 100));
    let picture = easel.settled();
    assert_eq!((picture.faults, picture.findings), (vec![], vec![]));
    assert!(picture.frame.height > 2_000);
}
