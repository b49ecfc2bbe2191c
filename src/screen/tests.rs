//! What the whole screen does, on frames in memory: every test has its own thread, and so its own Slint.

use crate::format::{FSI, LRI, PDI, bare};
use crate::present::{View, fits, page_on_show, present, state_page};
use crate::semantics::{self, Role};
use crate::words::{Fluent, LOCALES};
use crate::{
    Choices, Dialer, Essential, Essentials, Headless, Insets, Panel, Screen, ScreenConfig, Theme, Visit,
};
use latchkey_core::command::Command;
use latchkey_core::refusal::Code;
use latchkey_core::snapshot::{Fault, Snapshot};
use latchkey_ui::words::MESSAGES;
use latchkey_ui::{Action, Page};
use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;

/// What was asked of the platform and the agent, in order; and whether the phone's own screen lock lets nobody pass.
#[derive(Clone, Default)]
struct Asked(Rc<RefCell<Vec<String>>>, Rc<Cell<bool>>);

impl Asked {
    fn note(&self, what: String) {
        self.0.borrow_mut().push(what);
    }
    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

impl Dialer for Asked {
    fn emergency(&self, number: Option<&str>) {
        self.note(format!("emergency {}", number.unwrap_or("-")));
    }
    fn call(&self, number: &str) {
        self.note(format!("call {number}"));
    }
}

impl Essentials for Asked {
    fn open(&self, essential: Essential) {
        self.note(format!("open {essential:?}"));
    }
    fn choose_place(&self) {
        self.note("choose place".into());
    }
    fn confirm_owner(&self, then: Box<dyn FnOnce()>) {
        if self.1.get() {
            self.note("screen lock".into());
        } else {
            then();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests read the scenes")]
fn scenes() -> Vec<(String, Snapshot)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenes");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (
                name.clone(),
                serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}")),
            )
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn scene(name: &str) -> Snapshot {
    scenes()
        .into_iter()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("no scene {name}"))
        .1
}

fn screen(panel: Panel, choices: Choices) -> (Headless, Screen, Asked) {
    let headless = Headless::install(panel).unwrap();
    let asked = Asked::default();
    let inbox = asked.clone();
    let config = ScreenConfig {
        panel,
        insets: Insets::default(),
        choices,
    };
    let commands = move |command: Command| inbox.note(format!("{command:?}"));
    let screen = Screen::new(config, Box::new(asked.clone()), Box::new(asked.clone()), commands).unwrap();
    (headless, screen, asked)
}

fn page(screen: &Screen) -> Page {
    screen.view().unwrap().lock.page
}

/// Letters are laid on a frame eight pixels at a time, also where a page scrolls and they are cut.
#[test]
fn a_frame_has_the_pixels_that_slint_alone_would_draw() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    for (locale, theme, page, percent) in [
        ("hi", Theme::Dark, Page::Home, 100),
        ("ar", Theme::Light, Page::Pay, 200),
        ("en", Theme::Sunlight, Page::Why, 130),
    ] {
        screen.choose(Choices {
            locale: locale.into(),
            text_percent: percent,
            theme,
            private: false,
        });
        screen.show(&scene("locked-long-names"));
        screen.go(page);
        let frame = headless.draw_settled();
        assert!(frame.rgb() == headless.draw_plainly(), "{locale} {page:?}");
        let first = frame.pixel(0, 0);
        assert!(
            frame.rgb().chunks_exact(3).any(|pixel| pixel != first),
            "something is drawn"
        );
    }
}

/// OWN-01: one tap reaches the platform's dialer from every state, in every language, from the first frame, and asks
/// nothing of an agent that never answers.
#[test]
fn the_emergency_button_works_in_every_state() {
    let headless = Headless::install(Panel::FLOOR).unwrap();
    let asked = Asked::default();
    let commands = |command: Command| panic!("the agent was asked for {command:?}");
    let screen = Screen::new(
        ScreenConfig::default(),
        Box::new(asked.clone()),
        Box::new(asked.clone()),
        commands,
    )
    .unwrap();
    let _ = headless.draw();
    assert!(screen.tap_label("Emergency call"), "before the first snapshot");
    assert_eq!(asked.take(), ["emergency -"]);
    for (name, snapshot) in scenes() {
        for locale in LOCALES {
            screen.choose(Choices {
                locale: locale.tag.into(),
                ..Choices::default()
            });
            screen.show(&snapshot);
            screen.home();
            let _ = headless.draw();
            let label = latchkey_ui::words::frame_emergency_spoken(&Fluent::new(locale.tag));
            assert!(screen.tap_label(&label), "{name} {}", locale.tag);
            assert_eq!(asked.take(), ["emergency -"], "{name} {}", locale.tag);
            assert_eq!(page(&screen), Page::Emergency, "{name} {}", locale.tag);
        }
    }
}

/// OWN-01: the numbers and the pad go to the platform's dialer too.
#[test]
fn numbers_of_the_emergency_page_and_the_pad_are_dialled_by_the_platform() {
    let (headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked"));
    screen.tap(Action::Emergency, 0);
    let _ = headless.draw();
    assert!(screen.tap_label("Call Ambulance, 1 9 9 0"));
    assert!(screen.tap_label("Another number"));
    let _ = headless.draw();
    for key in ["1", "1", "9"] {
        assert!(screen.tap_label(key), "key {key}");
    }
    assert_eq!(screen.view().unwrap().lock.pad, "119");
    screen.tap(Action::Erase, 0);
    let _ = headless.draw();
    assert!(screen.tap_label("Call"));
    assert_eq!(asked.take(), ["emergency -", "emergency 1990", "emergency 11"]);
}

/// OWN-02: the floor is two taps from home and opens the system's own screens; the hotline is called.
#[test]
fn the_essential_floor_is_two_taps_away() {
    let (headless, screen, asked) = screen(Panel::COMMON, Choices::default());
    screen.show(&scene("locked"));
    for (label, what) in [
        ("Wi-Fi", "open Wifi"),
        ("Mobile data", "open MobileData"),
        ("Screen reader", "open Accessibility"),
        ("Sound", "open Sound"),
    ] {
        screen.home();
        let _ = headless.draw();
        assert!(screen.tap_label("Wi-Fi and settings"));
        let _ = headless.draw();
        assert!(screen.tap_label(label), "{label}");
        assert_eq!(asked.take(), [what]);
    }
    screen.home();
    let _ = headless.draw();
    assert!(screen.tap_label("Talk to a person"));
    let _ = headless.draw();
    assert!(screen.tap_label("Call"));
    assert_eq!(asked.take(), ["call +94110000000"]);
}

#[test]
fn taps_lead_where_their_labels_say() {
    let (headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked"));
    let tap = |label: &str| {
        let _ = headless.draw();
        assert!(screen.tap_label(label), "{label} on {:?}", page(&screen));
    };
    tap("Pay");
    assert_eq!(page(&screen), Page::Pay);
    tap("I have paid");
    assert_eq!(
        (page(&screen), asked.take()),
        (Page::Paid, vec!["Paid".to_owned()])
    );
    tap("Ask again now");
    assert_eq!(asked.take(), ["CheckIn"]);
    tap("Back to: Pay");
    tap("Back to: This phone is limited");
    assert_eq!(page(&screen), Page::Home);
    tap("Save my photos, 10 minutes to copy them");
    // The 10 minutes do not run before there is somewhere to copy to.
    tap("Choose place");
    assert_eq!(asked.take(), ["choose place"]);
    tap("Start copying");
    assert_eq!(asked.take(), ["StartBackup"]);
    screen.show(&scene("backup"));
    tap("Choose place");
    tap("Stop for now");
    assert_eq!(asked.take(), ["choose place", "StopBackup"]);
    screen.show(&scene("released-paid"));
    assert_eq!(page(&screen), Page::Released);
    tap("Continue");
    assert_eq!(asked.take(), ["Seen"]);
}

/// OWN-16: backup and opening wait for the phone's own screen lock; who does not pass it gets neither.
#[test]
fn backup_and_opening_start_behind_the_phones_own_screen_lock() {
    let (_headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked"));
    asked.1.set(true);
    for action in [Action::StartBackup, Action::StartOpening] {
        screen.tap(action, 0);
        assert_eq!(asked.take(), ["screen lock"], "{action:?}");
    }
    asked.1.set(false);
    screen.tap(Action::StartBackup, 0);
    screen.tap(Action::StartOpening, 0);
    assert_eq!(asked.take(), ["StartBackup", "StartOpening"]);
}

/// OWN-08: "I have paid" is said once; looking at the running clock says nothing again.
#[test]
fn a_running_claim_is_looked_at_and_not_said_again() {
    let (_headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked-claim"));
    screen.tap(Action::Paid, 0);
    assert_eq!(page(&screen), Page::Paid);
    assert_eq!(asked.take(), Vec::<String>::new());
    let paid = screen.view().unwrap().lock.paid;
    assert_eq!(
        (bare(&paid.by).as_str(), bare(&paid.said).as_str()),
        ("15:03", "You told us at 14:03")
    );
    assert_eq!(bare(&paid.minutes), "43 minutes left");
}

/// OWN-15: the code in the drawn frame says what the snapshot asks for, on every panel, in every language and colour,
/// and its payee stands beside it.
#[test]
fn a_camera_reads_the_code_from_the_drawn_frame() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    for name in ["locked", "locked-rupee", "locked-sandbox", "locked-long-names"] {
        let snapshot = scene(name);
        let wanted = snapshot.pay.as_ref().unwrap();
        for panel in [
            Panel::FLOOR,
            Panel::COMMON,
            Panel::LARGE,
            "1080x2340@2.625".parse().unwrap(),
        ] {
            headless.set_panel(panel);
            screen.set_panel(panel, Insets::default());
            for (locale, text_percent, theme) in [
                ("en", 100, Theme::Light),
                ("ar", 100, Theme::Dark),
                ("hi", 130, Theme::Sunlight),
            ] {
                screen.choose(Choices {
                    locale: locale.into(),
                    text_percent,
                    theme,
                    private: false,
                });
                screen.show(&snapshot);
                for place in [Page::Home, Page::Pay] {
                    screen.home();
                    if place == Page::Pay {
                        screen.go(Page::Pay);
                    }
                    let view = screen.view().unwrap();
                    if place == Page::Home && !view.lock.home.code_here {
                        continue;
                    }
                    let frame = headless.draw_settled();
                    let mut read =
                        rxing::helpers::detect_in_luma(frame.luma(), frame.width, frame.height, None);
                    // A long payee in large text pushes the code down: scroll to it, as a hand would.
                    for _ in 0..5 {
                        if read.is_ok() {
                            break;
                        }
                        scroll(&headless, 40.0);
                        let frame = headless.draw_settled();
                        read = rxing::helpers::detect_in_luma(frame.luma(), frame.width, frame.height, None);
                    }
                    let about = format!("{name} {place:?} {panel} {locale} {text_percent}");
                    assert_eq!(
                        read.unwrap_or_else(|e| panic!("{about}: {e}")).getText(),
                        wanted.qr,
                        "{about}"
                    );
                    let payee = semantics::texts(headless.window());
                    assert!(
                        payee.iter().any(|t| bare(&t.text) == wanted.payees[0]),
                        "{about}: no payee"
                    );
                }
            }
        }
    }
}

/// OWN-15: the amount on the screen is the amount in the code, always; where they differ there is no code.
#[test]
fn a_code_for_another_amount_is_not_shown() {
    let visit = Visit::default();
    for (name, snapshot) in scenes() {
        for page in [Page::Home, Page::Pay] {
            let view = view_of(&snapshot, page, &visit, "en");
            if view.code.is_some() {
                let pay = snapshot.pay.as_ref().unwrap();
                let shown = snapshot.market.style.write(pay.amount);
                assert_eq!(bare(&view.lock.amount), shown, "{name}");
                assert!(!view.lock.pay.payee.is_empty(), "{name}");
            }
        }
    }
    let other = view_of(&scene("locked-other-amount"), Page::Pay, &visit, "en");
    assert!(other.code.is_none() && other.lock.pay.refused && other.lock.pay.host.is_empty());
}

/// OWN-15: nothing on any page takes a card number, PIN or password.
#[test]
fn no_page_has_a_field_to_type_into() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    for (name, snapshot) in scenes() {
        screen.show(&snapshot);
        for page in PAGES {
            screen.home();
            screen.go(page);
            let _ = headless.draw();
            assert!(
                screen.nodes().iter().all(|n| n.role != Role::Other("text input")),
                "{name} {page:?}"
            );
        }
    }
}

/// OWN-09: a lost or new state limits nothing.
#[test]
fn every_state_has_its_page() {
    let expected = |name: &str| match name.split('-').next().unwrap() {
        "locked" => Page::Home,
        "backup" => Page::Backup,
        "open" => Page::Open,
        "unknown" | "free" => Page::Free,
        "released" => Page::Released,
        "settled" => Page::Settled,
        "welcome" => Page::Welcome,
        other => panic!("a scene of what? {other}"),
    };
    let mut seen = Vec::new();
    for (name, snapshot) in scenes() {
        assert_eq!(state_page(&snapshot), expected(&name), "{name}");
        assert!(fits(state_page(&snapshot), &snapshot), "{name}");
        seen.push(state_page(&snapshot));
    }
    for page in PAGES.iter().filter(|p| !PASSING.contains(p)) {
        assert!(seen.contains(page), "no scene of {page:?}");
    }
}

#[test]
fn a_page_that_means_nothing_in_a_state_is_not_shown() {
    let mut visit = Visit::default();
    visit.go(Page::Backup);
    assert_eq!(page_on_show(&scene("free"), &visit), Page::Free);
    assert_eq!(page_on_show(&scene("locked"), &visit), Page::Backup);
}

/// OWN-14: amounts, numbers and references stand in isolates, in every language.
#[test]
fn amounts_and_references_are_isolated() {
    let snapshot = scene("locked-pound");
    for locale in LOCALES {
        let view = view_of(&snapshot, Page::Pay, &Visit::default(), locale.tag);
        for (text, start) in [
            (&view.lock.amount, LRI),
            (&view.lock.pay.reference, LRI),
            (&view.lock.pay.host, LRI),
            (&view.lock.pay.payee, FSI),
        ] {
            assert!(
                text.starts_with(start) && text.ends_with(PDI),
                "{}: {text}",
                locale.tag
            );
        }
        assert_eq!(bare(&view.lock.amount), "3,250.00\u{a0}ج.م");
        let progress = &view.lock.pay.progress;
        assert!(
            progress.contains(&format!("{LRI}9,750.00\u{a0}ج.م{PDI}")),
            "{}: {progress}",
            locale.tag
        );
    }
}

/// OWN-03, OWN-11: each code that the phone can give has its sentence and its next step.
#[test]
fn every_code_has_words() {
    let codes = Code::ALL
        .iter()
        .map(|c| c.as_str())
        .chain(Fault::ALL.iter().map(|f| f.as_str()));
    for code in codes {
        let id = format!("refusal-{}", code.replace('_', "-"));
        for id in [id.clone(), format!("{id}-next")] {
            assert!(MESSAGES.iter().any(|m| m.id == id), "refusals.ftl: {id}");
        }
    }
}

/// OWN-11: every kind of entry is a sentence with its day.
#[test]
fn every_entry_of_the_log_is_a_sentence() {
    for locale in LOCALES {
        let view = view_of(
            &scene("locked-long-log"),
            Page::Log,
            &Visit::default(),
            locale.tag,
        );
        assert_eq!(view.rows.len(), 51);
        for row in &view.rows {
            assert!(
                row.label.contains(' ') && !row.detail.is_empty(),
                "{}: {}",
                locale.tag,
                row.label
            );
        }
    }
}

/// Letters from left to right as they are drawn, without isolates.
fn drawn(text: &str) -> String {
    let bidi = unicode_bidi::BidiInfo::new(text, None);
    let lines = bidi.paragraphs.iter();
    lines
        .map(|p| bare(&bidi.reorder_line(p, p.range.clone())))
        .collect()
}

/// OWN-14: in Arabic the parts of a sentence follow each other from right to left, whatever it begins with.
#[test]
fn arabic_sentences_run_from_right_to_left() {
    let mirrored = |text: &str| text.chars().rev().collect::<String>();
    let after = |text: &str, first: &str, second: &str| {
        let (a, b) = (text.find(first), text.find(second));
        let (a, b) = (
            a.unwrap_or_else(|| panic!("{first} in {text}")),
            b.unwrap_or_else(|| panic!("{second} in {text}")),
        );
        assert!(a > b, "{first} stands left of {second}: {text}");
    };
    let see = |name: &str, page: Page| view_of(&scene(name), page, &Visit::default(), "ar");
    // Day, month, time.
    let until = drawn(&see("open-provisional", Page::Open).lock.open.until);
    after(&until, "10", &mirrored("مايو"));
    after(&until, &mirrored("مايو"), ":");
    let log = see("locked", Page::Log);
    let when = drawn(&log.rows[0].detail);
    after(&when, "9", &mirrored("مايو"));
    after(&when, &mirrored("مايو"), ":20");
    // The sentence of a fault, then its next step.
    let fault = drawn(&see("locked-offline", Page::Home).lock.offline);
    after(&fault, &mirrored("شبكة"), &mirrored("شغِّل"));
    // A name in Latin letters at the start.
    let about = drawn(&see("locked", Page::About).lock.about.licences);
    after(&about, "Latchkey", "Slint");
    assert!(about.starts_with('.'), "the end stands at the left: {about}");
}

/// OWN-15: also where the panel lies on its side the code is large enough for a camera, once it is scrolled to.
#[test]
fn a_camera_reads_the_code_on_low_panels() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    for panel in ["2340x1080@3", "854x480@1.5"] {
        let panel: Panel = panel.parse().unwrap();
        headless.set_panel(panel);
        screen.set_panel(panel, Insets::default());
        let snapshot = scene("locked");
        screen.show(&snapshot);
        screen.home();
        screen.go(Page::Pay);
        let pay = screen.view().unwrap().lock.pay;
        let (_, module) = screen.view().unwrap().code.unwrap();
        assert!(
            module as f32 / panel.scale > 2.6,
            "{panel}: {module} pixels a module"
        );
        assert!(pay.code_size as f32 / panel.scale <= panel.height_dp() - 72.0 - 48.0 - 72.0);
        let read = (0..20).find_map(|_| {
            let frame = headless.draw_settled();
            let read = rxing::helpers::detect_in_luma(frame.luma(), frame.width, frame.height, None).ok();
            scroll(&headless, 12.0);
            read
        });
        let read = read.unwrap_or_else(|| panic!("{panel}: no code is read"));
        assert_eq!(read.getText(), snapshot.pay.unwrap().qr);
    }
}

/// OWN-08: what was used is not promised again.
#[test]
fn a_spent_claim_shows_no_steps() {
    let (headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked-claim-spent"));
    screen.tap(Action::Paid, 0);
    let _ = headless.draw();
    assert_eq!((page(&screen), asked.take()), (Page::Paid, Vec::new()));
    assert!(screen.nodes().iter().all(|n| n.label != "The phone opens"));
}

/// What is agreed to was in sight: the button reads on until the end of the page was reached.
#[test]
fn the_rule_is_read_before_it_is_agreed_to() {
    let large = Choices {
        text_percent: 200,
        ..Choices::default()
    };
    let (headless, screen, asked) = screen(Panel::FLOOR, large);
    screen.show(&scene("welcome"));
    let _ = headless.draw_settled();
    assert!(!screen.tap_label("I agree"));
    let mut pages = 0;
    while screen.tap_label("Read on") {
        let _ = headless.draw_settled();
        pages += 1;
        assert!(pages < 20, "the page has no end");
    }
    assert!(pages > 1 && asked.take().is_empty());
    scroll(&headless, -200.0);
    let _ = headless.draw_settled();
    assert!(screen.tap_label("I agree"));
    assert_eq!(asked.take(), ["Consent"]);
}

/// OWN-12: what is chosen is sent once, and the page then says what follows.
#[test]
fn a_dispute_and_a_wish_are_chosen_and_sent() {
    let (headless, screen, asked) = screen(Panel::COMMON, Choices::default());
    screen.show(&scene("locked"));
    for (row, choice, sent) in [
        ("This is a mistake", "I was not told", "Dispute(NotTold)"),
        ("I cannot pay now", "Pay later", "Hardship(PayLater)"),
    ] {
        screen.home();
        for label in [row, choice, "Send"] {
            let _ = headless.draw_settled();
            assert!(screen.tap_label(label), "{label}");
        }
        assert_eq!(asked.take(), [sent]);
        let _ = headless.draw_settled();
        assert!(!screen.tap_label("Send"), "sent once");
    }
}

/// A spoken code is typed on the pad, and sent when it is whole.
#[test]
fn a_spoken_code_is_typed_and_sent() {
    let (headless, screen, asked) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked-code"));
    screen.tap(Action::ShowCode, 0);

    for key in "000000000000".chars() {
        let _ = headless.draw();
        assert!(!screen.tap_label("Check"), "before it is whole");
        assert!(screen.tap_label(&key.to_string()));
    }
    let _ = headless.draw();
    assert!(screen.tap_label("Check"));
    assert!(asked.take()[0].starts_with("TypeCode"));
    screen.show(&scene("locked-code-wait"));
    let _ = headless.draw();
    assert!(!screen.tap_label("1"), "nothing is typed while it waits");
}

/// OWN-11: an entry says what happened; what to do next was said then.
#[test]
fn the_log_gives_no_advice_and_invents_no_date() {
    let mut snapshot = scene("locked");
    snapshot.log[0].at = latchkey_core::time::BUILD_FLOOR_S;
    let view = view_of(&snapshot, Page::Log, &Visit::default(), "en");
    assert!(bare(&view.rows[0].detail).starts_with("Date not known"));
    let next = latchkey_ui::words::refusal_p_notice_gap_next(&Fluent::new("en"));
    assert!(view.rows.iter().all(|r| !bare(&r.detail).contains(&bare(&next))));
}

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    let snapshot = scene("locked");
    screen.show(&snapshot);
    let _ = headless.draw_settled();
    screen.show(&snapshot);
    assert!(headless.draw_if_changed().is_none());
    screen.show(&scene("released-paid"));
    assert!(headless.draw_if_changed().is_some());
}

#[test]
fn a_choice_is_told_and_shown_at_once() {
    let (headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    let told = Asked::default();
    let store = told.clone();
    screen.on_choices(move |c| {
        store.note(format!(
            "{} {} {:?} {}",
            c.locale, c.text_percent, c.theme, c.private
        ))
    });
    screen.show(&scene("locked"));
    screen.go(Page::Language);
    let _ = headless.draw();
    assert!(screen.tap_label("Read this phone in العربية"));
    let _ = headless.draw();
    assert!(screen.tap_label(&latchkey_ui::words::frame_emergency_spoken(&Fluent::new("ar"))));
    screen.tap(Action::PickTextSize, 3);
    screen.tap(Action::PickTheme, 1);
    screen.tap(Action::TogglePrivate, 0);
    screen.tap(Action::ShowPay, 0);
    let expected = [
        "ar 100 Light false",
        "ar 200 Light false",
        "ar 200 Dark false",
        "ar 200 Dark true",
    ];
    assert_eq!(told.take(), expected);
}

#[test]
fn a_private_home_hides_the_amount_until_it_is_tapped() {
    let private = Choices {
        private: true,
        ..Choices::default()
    };
    let (headless, screen, _) = screen(Panel::COMMON, private);
    screen.show(&scene("locked"));
    let shown = || {
        let _ = headless.draw();
        semantics::texts(headless.window())
            .iter()
            .any(|t| t.text.contains("3,250"))
    };
    assert!(!shown());
    assert!(screen.tap_label("Amount to pay, Tap to show"));
    assert!(shown());
}

#[test]
fn what_was_refused_is_said_until_the_next_tap() {
    let (_headless, screen, _) = screen(Panel::FLOOR, Choices::default());
    screen.show(&scene("locked"));
    screen.refused(Code::WSpent);
    assert!(
        screen
            .view()
            .unwrap()
            .lock
            .refusal
            .starts_with("\u{2068}The 10 minutes")
    );
    screen.tap(Action::ShowHelp, 0);
    assert_eq!(screen.view().unwrap().lock.refusal, "");
}

const PAGES: [Page; 23] = [
    Page::Welcome,
    Page::Free,
    Page::Home,
    Page::Pay,
    Page::Paid,
    Page::Emergency,
    Page::Dial,
    Page::Call,
    Page::Backup,
    Page::Help,
    Page::Answer,
    Page::Why,
    Page::Log,
    Page::Language,
    Page::Settings,
    Page::Open,
    Page::Released,
    Page::Settled,
    Page::About,
    Page::Mistake,
    Page::Hardship,
    Page::Code,
    Page::Opening,
];

/// Pages that no state asks for.
const PASSING: [Page; 16] = [
    Page::Pay,
    Page::Paid,
    Page::Emergency,
    Page::Dial,
    Page::Call,
    Page::Help,
    Page::Answer,
    Page::Why,
    Page::Log,
    Page::Language,
    Page::Settings,
    Page::About,
    Page::Mistake,
    Page::Hardship,
    Page::Code,
    Page::Opening,
];

fn view_of(snapshot: &Snapshot, page: Page, visit: &Visit, locale: &str) -> View {
    let mut visit = visit.clone();
    visit.choices.locale = locale.into();
    visit.go(page);
    present(snapshot, &visit, &Fluent::new(locale))
}

fn scroll(headless: &Headless, by: f32) {
    let size = headless
        .window()
        .size()
        .to_logical(headless.window().scale_factor());
    headless
        .window()
        .dispatch_event_with_result(slint::platform::WindowEvent::PointerScrolled {
            position: slint::LogicalPosition::new(size.width / 2.0, size.height / 3.0),
            delta_x: 0.0,
            delta_y: -by,
        })
        .unwrap();
}
