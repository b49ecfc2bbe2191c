//! The texts on the real pages: which message is seen where, and where it does not fit.

use crate::matrix::{self, Shot};
use crate::scenes::Scene;
use crate::stage::Stage;
use latchkey_core::command::Command;
use latchkey_screen::connect::{self, Doors};
use latchkey_screen::findings::{self, Kind};
use latchkey_screen::format::bare;
use latchkey_screen::present::present;
use latchkey_screen::semantics::{self, DrawnText, Node};
use latchkey_screen::words::{Fluent, Locale};
use latchkey_screen::{Choices, Copy, Dialer, Essential, Essentials, Insets, Panel, Theme, Visit};
use latchkey_ui::words::{Arg, MESSAGES, Words};
use latchkey_ui::{Action, Page};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use super::Code;

/// Message id -> names of the shots in which it is seen or spoken.
pub type Index = BTreeMap<String, Vec<String>>;

/// What lies wrong because of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The message; `None` when nothing on the page says whose it is.
    pub message: Option<String>,
    /// The page on show.
    pub page: String,
    /// Which kind.
    pub code: Code,
    /// What is wrong, of the first shot that shows it.
    pub what: String,
    /// Names of the shots that show it.
    pub shots: Vec<String>,
}

/// What laying a language out told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// How many pages were laid out.
    pub shots: usize,
    /// What lies wrong.
    pub misfits: Vec<Misfit>,
    /// Where each message is seen.
    pub index: Index,
    /// Messages that are seen, also where no picture is taken.
    pub seen: BTreeSet<String>,
}

/// The shots of one language on these panels, at 100 and 200 %.
#[must_use]
pub fn shots<'s>(scenes: &'s [Scene], locale: &'static Locale, panels: &[Panel]) -> Vec<Shot<'s>> {
    matrix::shots(scenes, &[locale.tag], panels, &[100, 200], &[Theme::Light])
}

/// What is done on a page before it is looked at once more: some words stand there only then.
#[derive(Clone, Copy)]
enum Step {
    Tap(Action, usize),
    Copying(&'static str, u32, u32),
    ReadToTheEnd,
}

/// No page has more screens below the first than this, in any language at 200 %.
const SCREENS: usize = 40;

const FURTHER: [(Page, &str, &[Step]); 9] = [
    (Page::Welcome, "read", &[Step::ReadToTheEnd]),
    (Page::Welcome, "agreed", &[Step::Tap(Action::Consent, 0)]),
    (Page::Dial, "typed", &[Step::Tap(Action::Key, 1)]),
    (Page::Code, "typed", &[Step::Tap(Action::Key, 1); 12]),
    (Page::Mistake, "chosen", &[Step::Tap(Action::PickMistake, 0)]),
    (
        Page::Mistake,
        "sent",
        &[
            Step::Tap(Action::PickMistake, 0),
            Step::Tap(Action::SendMistake, 0),
        ],
    ),
    (Page::Hardship, "chosen", &[Step::Tap(Action::PickHardship, 0)]),
    (
        Page::Hardship,
        "sent",
        &[
            Step::Tap(Action::PickHardship, 0),
            Step::Tap(Action::SendHardship, 0),
        ],
    ),
    (Page::Backup, "copying", &[Step::Copying("USB", 412, 980)]),
];

/// Lays out `shots` with the texts of these files and tells what it sees.
pub fn lay_out<'t>(
    stage: &Stage,
    locale: &'static Locale,
    texts: impl Iterator<Item = &'t str>,
    shots: &[Shot<'_>],
    progress: &dyn Fn(usize, usize),
) -> Laid {
    stage.teach(locale, texts);
    let words = stage.words(locale.tag);
    let mut laying = Laying {
        stage,
        locale,
        emergency: latchkey_ui::words::frame_emergency_spoken(&words),
        statics: statics(&words),
        words: &words,
        laid: Laid::default(),
    };
    for (done, shot) in shots.iter().enumerate() {
        stage.set(shot);
        laying.look(shot, &visit(shot), None);
        for (_, name, steps) in FURTHER.iter().filter(|(page, ..)| *page == shot.page) {
            stage.set(shot);
            let mut visit = visit(shot);
            for step in *steps {
                take(stage, &words, shot, *step, &mut visit);
            }
            laying.look(shot, &visit, Some(name));
            stage.screen().copying(None);
        }
        progress(done + 1, shots.len());
    }
    laying.laid
}

fn take(stage: &Stage, words: &Fluent, shot: &Shot<'_>, step: Step, visit: &mut Visit) {
    match step {
        Step::Tap(action, row) => {
            stage.screen().tap(action, row);
            let no_commands: Rc<dyn Fn(Command)> = Rc::new(|_| {});
            let doors = Doors {
                dialer: &Nobody,
                essentials: &Nobody,
                commands: &no_commands,
            };
            connect::tapped(action, row, &shot.scene.snapshot, visit, &doors);
        }
        Step::ReadToTheEnd => {
            let read_on = latchkey_ui::words::welcome_read_on(words);
            for _ in 0..SCREENS {
                if !stage.screen().tap_label(&read_on) {
                    break;
                }
                let _ = stage.frame();
                // The page looks at itself from time to time.
                stage.headless().advance(Duration::from_secs(1));
            }
        }
        Step::Copying(place, done, all) => {
            let copy = Copy {
                place: place.to_owned(),
                done,
                all,
            };
            stage.screen().copying(Some(copy.clone()));
            visit.copy = Some(copy);
        }
    }
}

/// Whoever is called while pages are looked at.
struct Nobody;

impl Dialer for Nobody {
    fn emergency(&self, _: Option<&str>) {}
    fn call(&self, _: &str) {}
}

impl Essentials for Nobody {
    fn open(&self, _: Essential) {}
    fn confirm_owner(&self, _: Box<dyn FnOnce()>) {}
}

struct Laying<'l> {
    stage: &'l Stage,
    locale: &'static Locale,
    emergency: String,
    statics: Statics,
    words: &'l Fluent,
    laid: Laid,
}

impl Laying<'_> {
    /// Looks at the page that is staged. `after` names the steps that were taken; no picture shows them.
    fn look(&mut self, shot: &Shot<'_>, visit: &Visit, after: Option<&str>) {
        let frame = self.stage.frame();
        let window = self.stage.headless().window();
        let (nodes, drawn) = (semantics::nodes(window), self.stage.texts());
        let owners = Owners::of(shot, visit, self.words, &self.statics);
        let name = shot.name();
        for id in owners.on_page(&nodes, &drawn) {
            if after.is_none() {
                self.laid.index.entry(id.clone()).or_default().push(name.clone());
            }
            self.laid.seen.insert(id);
        }
        let found = findings::find(&findings::Page {
            nodes: &nodes,
            texts: &drawn,
            scrolls: &semantics::scrolls(window),
            frame: &frame,
            scale: shot.look.panel.scale,
            right_to_left: self.locale.right_to_left,
            emergency: &self.emergency,
            inset_bottom: Insets::default().bottom,
        });
        for finding in found {
            let Some(code) = code(finding.kind) else { continue };
            let mut ids = BTreeSet::new();
            // A colour and the size of a button are the page's own, whatever the words are.
            if !matches!(finding.kind, Kind::Contrast | Kind::Small) {
                for text in culprits(&finding, &nodes, &drawn) {
                    ids.extend(owners.nearest(text));
                }
            }
            let what = match after {
                Some(after) => format!("{after}: {}", finding.what),
                None => finding.what,
            };
            self.laid.add(shot, code, what, ids, &name);
        }
        self.laid.shots += usize::from(after.is_none());
    }
}

/// The ids of the messages that a staged shot shows or speaks. The stage has to show `shot` in `words` already.
#[must_use]
pub fn seen(stage: &Stage, shot: &Shot<'_>, words: &Fluent) -> BTreeSet<String> {
    let window = stage.headless().window();
    let statics = statics(words);
    Owners::of(shot, &visit(shot), words, &statics).on_page(&semantics::nodes(window), &stage.texts())
}

/// For each finding the messages that it is about, where that is known. The stage has to show `shot` in `words` already.
#[must_use]
pub fn blamed(
    stage: &Stage,
    shot: &Shot<'_>,
    words: &Fluent,
    findings: &[findings::Finding],
) -> Vec<BTreeSet<String>> {
    let window = stage.headless().window();
    let (nodes, drawn) = (semantics::nodes(window), stage.texts());
    let statics = statics(words);
    let owners = Owners::of(shot, &visit(shot), words, &statics);
    let of = |finding| {
        let texts = culprits(finding, &nodes, &drawn).into_iter();
        texts.flat_map(|text| owners.nearest(text)).collect()
    };
    findings.iter().map(of).collect()
}

impl Laid {
    fn add(&mut self, shot: &Shot<'_>, code: Code, what: String, ids: BTreeSet<String>, name: &str) {
        let page = matrix::page_name(shot.page);
        let owners: Vec<Option<String>> = if ids.is_empty() {
            vec![None]
        } else {
            ids.into_iter().map(Some).collect()
        };
        for message in owners {
            let known = self.misfits.iter_mut().find(|m| {
                m.code == code
                    && m.message == message
                    && (message.is_some() || (m.page == page && m.what == what))
            });
            match known {
                Some(known) => {
                    if known.shots.last().is_none_or(|last| last != name) {
                        known.shots.push(name.to_owned());
                    }
                }
                None => self.misfits.push(Misfit {
                    message,
                    page: page.clone(),
                    code,
                    what: what.clone(),
                    shots: vec![name.to_owned()],
                }),
            }
        }
    }
}

fn code(kind: Kind) -> Option<Code> {
    match kind {
        Kind::Clipped => Some(Code::Overflow),
        Kind::Label => Some(Code::SameName),
        Kind::Overlap
        | Kind::Small
        | Kind::Lost
        | Kind::Moved
        | Kind::Contrast
        | Kind::Order
        | Kind::Covered => Some(Code::Layout),
        // Told by the rules, with the line of the character.
        Kind::Glyph => None,
    }
}

/// The texts and labels that a finding is about.
fn culprits<'p>(finding: &findings::Finding, nodes: &'p [Node], drawn: &'p [DrawnText]) -> Vec<&'p str> {
    let named = |text: &str| finding.what.contains(&format!("\"{text}\""));
    let drawn = drawn
        .iter()
        .filter(|t| t.rect == finding.rect && named(&bare(&t.text)))
        .map(|t| t.text.as_str());
    let mut all: Vec<&str> = drawn.collect();
    if all.is_empty() {
        all.extend(
            nodes
                .iter()
                .map(|n| n.label.as_str())
                .filter(|label| named(label)),
        );
    }
    all
}

/// What a text says -> id and page of the messages that say it.
type Statics = BTreeMap<String, Vec<(&'static str, &'static str)>>;

/// Messages that take no argument: `Strings` hands them to the pages.
fn statics(words: &Fluent) -> Statics {
    let mut all: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for message in MESSAGES.iter().filter(|m| m.parameters.is_empty()) {
        let text = bare(&words.text(message.id, &[]));
        all.entry(text).or_default().push((message.id, message.file));
    }
    all
}

/// A message that was said while a page was made.
struct Said {
    id: String,
    text: String,
    /// Messages that were handed to it as arguments.
    parts: BTreeSet<String>,
}

/// Notes what is said.
struct Listener<'w> {
    words: &'w Fluent,
    said: RefCell<Vec<Said>>,
}

impl Words for Listener<'_> {
    fn text(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let text = self.words.text(id, args);
        let mut said = self.said.borrow_mut();
        let mut parts = BTreeSet::new();
        for (_, arg) in args {
            if let Arg::Text(arg) = arg
                && let Some(part) = said.iter().rev().find(|s| s.text == bare(arg))
            {
                parts.insert(part.id.clone());
                parts.extend(part.parts.iter().cloned());
            }
        }
        said.push(Said {
            id: id.to_owned(),
            text: bare(&text),
            parts,
        });
        text
    }
}

/// Whose the texts of a page are.
struct Owners<'o> {
    said: Vec<Said>,
    statics: &'o Statics,
    page: String,
}

/// Texts shorter than this are not looked for inside others.
const LEAST: usize = 5;

impl<'o> Owners<'o> {
    fn of(shot: &Shot<'_>, visit: &Visit, words: &Fluent, statics: &'o Statics) -> Owners<'o> {
        let listener = Listener {
            words,
            said: RefCell::default(),
        };
        let _ = present(&shot.scene.snapshot, visit, &listener);
        Owners {
            said: listener.said.into_inner(),
            statics,
            page: matrix::page_name(shot.page),
        }
    }

    /// The messages of which `text` is made.
    fn exact(&self, text: &str) -> BTreeSet<String> {
        let text = bare(text);
        let mut ids = BTreeSet::new();
        for said in self.said.iter().filter(|s| s.text == text) {
            ids.insert(said.id.clone());
            ids.extend(said.parts.iter().cloned());
        }
        ids.extend(self.statics_of(&text, !ids.is_empty()));
        ids
    }

    /// Of the messages that say the same, those of this page and of the frame; else, where nobody is `known`, those of every page.
    fn statics_of(&self, text: &str, known: bool) -> BTreeSet<String> {
        let all = self.statics.get(text).map(Vec::as_slice).unwrap_or_default();
        let of = |file: &str| -> BTreeSet<String> {
            all.iter()
                .filter(|(_, f)| *f == file)
                .map(|(id, _)| (*id).to_owned())
                .collect()
        };
        // The frame stands on every page.
        let here: BTreeSet<String> = of(&self.page).into_iter().chain(of("frame")).collect();
        if known || !here.is_empty() {
            return here;
        }
        let shared = of("shared");
        if shared.is_empty() {
            all.iter().map(|(id, _)| (*id).to_owned()).collect()
        } else {
            shared
        }
    }

    /// As `exact`; where nothing is, the messages that stand inside `text`.
    fn nearest(&self, text: &str) -> BTreeSet<String> {
        let exact = self.exact(text);
        if !exact.is_empty() {
            return exact;
        }
        let mut ids = self.said_in(text);
        if ids.is_empty() {
            let text = bare(text);
            for part in self.statics.keys().filter(|part| inside(part, &text)) {
                ids.extend(self.statics_of(part, false));
            }
        }
        ids
    }

    /// The messages that were said, and put together to `text`.
    fn said_in(&self, text: &str) -> BTreeSet<String> {
        let text = bare(text);
        let mut ids = BTreeSet::new();
        for said in self.said.iter().filter(|said| inside(&said.text, &text)) {
            ids.insert(said.id.clone());
            ids.extend(said.parts.iter().cloned());
        }
        ids
    }

    fn on_page(&self, nodes: &[Node], drawn: &[DrawnText]) -> BTreeSet<String> {
        let texts = drawn.iter().map(|t| t.text.as_str());
        let labels = nodes.iter().flat_map(|n| [n.label.as_str(), n.value.as_str()]);
        texts
            .chain(labels)
            .filter(|text| !text.is_empty())
            .flat_map(|text| {
                let exact = self.exact(text);
                if exact.is_empty() {
                    self.said_in(text)
                } else {
                    exact
                }
            })
            .collect()
    }
}

fn inside(part: &str, text: &str) -> bool {
    super::length(part) >= LEAST && text.contains(part)
}

/// The visit that `Stage::set` makes.
fn visit(shot: &Shot<'_>) -> Visit {
    let look = &shot.look;
    let mut visit = Visit::new(Choices {
        locale: look.locale.into(),
        text_percent: look.text_percent,
        theme: look.theme,
        private: look.private,
    });
    visit.panel = look.panel;
    visit.answer = shot.answer;
    if shot.page == Page::Answer || shot.page != latchkey_screen::present::state_page(&shot.scene.snapshot) {
        visit.go(shot.page);
    }
    visit
}
