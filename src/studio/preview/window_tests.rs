//! What stands around the picture: the phone's body, the marks and what they mean, the lists of the switches.

use super::easel::Easel;
use super::setting::{Overlays, Setting};
use super::sources::{self, Folders};
use super::tests::{edit, setting, tree};
use super::{devices, pages};
use latchkey_screen::format::bare;
use latchkey_screen::{Page, semantics};
use std::cell::Cell;
use std::rc::Rc;

/// Numbers of the reading order stand where a thing is drawn, and a list says what each of them is.
#[test]
fn the_reading_order_is_marked_in_place_and_told() {
    let mut easel = Easel::new(Folders::own(), setting("locked")).unwrap();
    assert_eq!(easel.settled().order, [""; 0]);
    for (page, locale, title) in [
        (None, "en", "This phone is limited"),
        (Some(Page::Emergency), "en", "Emergency"),
        (Some(Page::Why), "en", "Why it is limited"),
        (Some(Page::Settings), "ar", ""),
    ] {
        easel.set(Setting {
            page,
            locale: locale.into(),
            text_percent: 200,
            overlays: Overlays {
                order: true,
                ..Overlays::default()
            },
            ..setting("locked")
        });
        let picture = easel.settled();
        let window = easel.screen.window();
        let nodes = semantics::nodes(window);
        assert_eq!(picture.order.len(), nodes.len());
        let first = &nodes[0];
        assert_eq!(picture.order[0], format!("1  {} (text)", bare(&first.label)));
        assert!(bare(&first.label).starts_with(title), "{first:?}");
        let texts = semantics::texts(window);
        let same = texts.iter().filter(|t| bare(&t.text) == bare(&first.label));
        let drawn = same.max_by(|a, b| a.size.total_cmp(&b.size)).unwrap();
        let (spoken, drawn) = (first.rect, drawn.rect);
        assert!(
            !spoken.common(&drawn).is_empty() && (spoken.y - drawn.y).abs() < 12.0,
            "{page:?}: {spoken:?} {drawn:?}"
        );
    }
}

/// A window on a desktop has no bars; a camera has a hole.
#[test]
fn the_body_has_the_bars_of_its_device() {
    let with_body = |device: &str| Setting {
        device: devices::find(device).unwrap(),
        body: true,
        ..setting("locked")
    };
    let mut easel = Easel::new(Folders::own(), with_body("window")).unwrap();
    let picture = easel.settled();
    let page = easel.page_frame.clone().unwrap();
    let area = picture.area;
    assert_eq!((area.width, area.height), (page.width, page.height));
    let differ = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
    let differ = differ.filter(|(x, y)| picture.plain.pixel(area.x + x, area.y + y) != page.pixel(*x, *y));
    assert_eq!(differ.count(), 0, "nothing lies on the page");
    for (device, hole) in [("camera-hole", true), ("gestures", false)] {
        easel.set(with_body(device));
        let picture = easel.settled();
        let (area, device) = (picture.area, picture.setting.device);
        let middle = (device.insets.top / 2.0 * device.panel.scale) as u32;
        let pixel = picture.plain.pixel(area.x + area.width / 2, area.y + middle);
        assert_eq!(pixel == [0x16, 0x19, 0x1b], hole, "{pixel:?}");
    }
}

/// The status bar is mirrored with the language: the battery, which is a whole block, changes sides.
#[test]
fn the_status_bar_is_mirrored_from_right_to_left() {
    let in_language = |locale: &str| Setting {
        locale: locale.into(),
        body: true,
        ..setting("locked")
    };
    let mut easel = Easel::new(Folders::own(), in_language("en")).unwrap();
    // 15 dp from the edge, in the middle of 24 dp.
    let battery = |picture: &super::picture::Picture| {
        let area = picture.area;
        let dp = |dp: f32| (dp * picture.setting.device.panel.scale) as u32;
        let ink = |x: u32| {
            let column = (dp(8.0)..dp(16.0)).map(|y| picture.plain.pixel(area.x + x, area.y + y));
            column.into_iter().all(|p| p == [0x17, 0x1a, 0x1c])
        };
        [ink(dp(15.0)), ink(area.width - dp(15.0))]
    };
    assert_eq!(battery(&easel.settled()), [false, true]);
    easel.set(in_language("ar"));
    assert_eq!(battery(&easel.settled()), [true, false]);
}

/// Scenes stand in the order of a phone's life.
#[test]
fn scenes_are_listed_as_a_phone_lives() {
    let names = sources::scene_names(&Folders::own()).unwrap();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    assert_eq!(at("welcome"), 0);
    assert!(at("free") < at("open-grace") && at("open-grace") < at("locked"));
    assert_eq!(
        at("locked") + 1,
        at("locked-backup-spent"),
        "the plain one comes first"
    );
    assert!(at("backup") < at("released-paid") && at("settled") < at("unknown"));
    assert!(names.len() > 50);
    let mut easel = Easel::new(Folders::own(), setting("locked")).unwrap();
    assert_eq!(easel.settled().known.scenes, names);
}

/// Saved again while the pages compile: what was begun is given up in silence, and the newest is drawn.
#[test]
fn a_newer_save_ends_the_compilation_of_an_older_one() {
    let (_dir, folders) = tree();
    let mut easel = Easel::new(folders.clone(), setting("locked")).unwrap();
    let before = easel.settled();
    let theme = folders.ui.join("theme.slint");
    let (asked, newer) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(false)));
    let (count, is_newer) = (asked.clone(), newer.clone());
    easel.give_up_when(Rc::new(move || {
        count.set(count.get() + 1);
        is_newer.get()
    }));
    assert!(easel.changed(std::slice::from_ref(&theme)));
    let whole = asked.replace(0);
    newer.set(true);
    edit(&theme, "pick(#F7F5F0,", "pick(#FFEEDD,");
    assert!(easel.changed(std::slice::from_ref(&theme)));
    assert!(asked.get() * 2 < whole, "{} of {whole} files", asked.get());
    let given_up = easel.settled();
    assert_eq!(given_up.faults, []);
    assert!(given_up.frame.rgb() == before.frame.rgb());
    newer.set(false);
    edit(&theme, "pick(#FFEEDD,", "pick(#DDEEFF,");
    assert!(easel.changed(&[theme]));
    let picture = easel.settled();
    assert!(!picture.stale && picture.faults.is_empty());
    assert_eq!(picture.frame.pixel(2, 2), [0xdd, 0xee, 0xff]);
}

/// A page that only the contract has is not silently missing from the list.
#[test]
fn a_page_that_rust_does_not_know_is_told() {
    let (_dir, folders) = tree();
    assert_eq!(pages::unknown_pages(&folders.ui), [""; 0]);
    let mut easel = Easel::new(folders.clone(), setting("locked")).unwrap();
    let contract = folders.ui.join("contract.slint");
    edit(
        &contract,
        "hardship, code, opening",
        "hardship, code, opening, advice",
    );
    easel.changed(&[contract]);
    let picture = easel.settled();
    assert_eq!(picture.known.unknown_pages, ["advice"]);
    assert!(!picture.stale && !picture.known.pages.contains(&"advice".to_owned()));
}
