//! The texts on the real pages: which message is seen where, and where it does not fit.

use crate::matrix::{self, Shot};
use crate::scenes::Scene;
use crate::stage::Stage;
use latchkey_screen::findings::{self, Kind};
use latchkey_screen::format::bare;
use latchkey_screen::present::present;
use latchkey_screen::semantics::{self, DrawnText, Node};
use latchkey_screen::words::{Fluent, Locale};
use latchkey_screen::{Choices, Insets, Panel, Theme, Visit};
use latchkey_ui::Page;
use latchkey_ui::words::{Arg, MESSAGES, Words};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

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
}

/// The shots of one language on the smallest panel, at 100 and 200 %.
#[must_use]
pub fn shots<'s>(scenes: &'s [Scene], locale: &'static Locale, panels: &[Panel]) -> Vec<Shot<'s>> {
    matrix::shots(scenes, &[locale.tag], panels, &[100, 200], &[Theme::Light])
}

/// Lays out `shots` with the texts of these files and tells what it sees.
pub fn lay_out<'t>(
    stage: &Stage,
    locale: &'static Locale,
    texts: impl Iterator<Item = &'t str> + Clone,
    shots: &[Shot<'_>],
    progress: &dyn Fn(usize, usize),
) -> Laid {
    let words = Fluent::with_texts(locale, texts.clone());
    let emergency = latchkey_ui::words::frame_emergency_spoken(&words);
    let statics = statics(&words);
    let mut laid = Laid::default();
    for (done, shot) in shots.iter().enumerate() {
        stage.set(shot);
        if done == 0 {
            // The language has to be the chosen one before somebody speaks it.
            stage.screen().speak(Fluent::with_texts(locale, texts.clone()));
        }
        let frame = stage.headless().draw_settled();
        let window = stage.headless().window();
        let (nodes, drawn) = (semantics::nodes(window), semantics::texts(window));
        let owners = Owners::of(shot, &words, &statics);
        let name = shot.name();
        let on_page = owners.on_page(&nodes, &drawn);
        for id in on_page {
            laid.index.entry(id).or_default().push(name.clone());
        }
        let found = findings::find(&findings::Page {
            nodes: &nodes,
            texts: &drawn,
            scrolls: &semantics::scrolls(window),
            frame: &frame,
            scale: shot.look.panel.scale,
            right_to_left: locale.right_to_left,
            emergency: &emergency,
            inset_bottom: Insets::default().bottom,
        });
        for finding in found {
            let Some(code) = code(finding.kind) else { continue };
            let mut ids = BTreeSet::new();
            for text in culprits(&finding, &nodes, &drawn) {
                ids.extend(owners.nearest(text));
            }
            laid.add(shot, code, finding.what, ids, &name);
        }
        laid.shots += 1;
        progress(done + 1, shots.len());
    }
    laid
}

/// The ids of the messages that a staged shot shows or speaks. The stage has to show `shot` in `words` already.
#[must_use]
pub fn seen(stage: &Stage, shot: &Shot<'_>, words: &Fluent) -> BTreeSet<String> {
    let window = stage.headless().window();
    let statics = statics(words);
    Owners::of(shot, words, &statics).on_page(&semantics::nodes(window), &semantics::texts(window))
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
                m.code == code && m.message == message && (message.is_some() || (m.page == page && m.what == what))
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
        Kind::Overlap | Kind::Small | Kind::Lost | Kind::Moved | Kind::Contrast | Kind::Order => Some(Code::Layout),
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
        all.extend(nodes.iter().map(|n| n.label.as_str()).filter(|label| named(label)));
    }
    all
}

/// Messages that take no argument: `Strings` hands them to the pages.
fn statics(words: &Fluent) -> BTreeMap<String, Vec<(&'static str, &'static str)>> {
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
    statics: &'o BTreeMap<String, Vec<(&'static str, &'static str)>>,
    page: String,
}

/// Texts shorter than this are not looked for inside others.
const LEAST: usize = 5;

impl<'o> Owners<'o> {
    fn of(
        shot: &Shot<'_>,
        words: &Fluent,
        statics: &'o BTreeMap<String, Vec<(&'static str, &'static str)>>,
    ) -> Owners<'o> {
        let listener = Listener {
            words,
            said: RefCell::default(),
        };
        let _ = present(&shot.scene.snapshot, &visit(shot), &listener);
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
        if ids.is_empty() {
            ids.extend(self.statics_of(&text));
        }
        ids
    }

    /// Of the messages that say the same, those of this page; else those of every page.
    fn statics_of(&self, text: &str) -> BTreeSet<String> {
        let all = self.statics.get(text).map(Vec::as_slice).unwrap_or_default();
        let of = |file: &str| -> BTreeSet<String> {
            all.iter()
                .filter(|(_, f)| *f == file)
                .map(|(id, _)| (*id).to_owned())
                .collect()
        };
        [of(&self.page), of("frame"), of("shared")]
            .into_iter()
            .find(|ids| !ids.is_empty())
            .unwrap_or_else(|| all.iter().map(|(id, _)| (*id).to_owned()).collect())
    }

    /// As `exact`; where nothing is, the messages that stand inside `text`.
    fn nearest(&self, text: &str) -> BTreeSet<String> {
        let exact = self.exact(text);
        if !exact.is_empty() {
            return exact;
        }
        let text = bare(text);
        let inside = |part: &str| super::length(part) >= LEAST && text.contains(part);
        let said = self.said.iter().filter(|s| inside(&s.text)).map(|s| s.id.clone());
        let mut ids: BTreeSet<String> = said.collect();
        if ids.is_empty() {
            for part in self.statics.keys().filter(|part| inside(part)) {
                ids.extend(self.statics_of(part));
            }
        }
        ids
    }

    fn on_page(&self, nodes: &[Node], drawn: &[DrawnText]) -> BTreeSet<String> {
        let texts = drawn.iter().map(|t| t.text.as_str());
        let labels = nodes.iter().flat_map(|n| [n.label.as_str(), n.value.as_str()]);
        texts
            .chain(labels)
            .filter(|text| !text.is_empty())
            .flat_map(|text| self.exact(text))
            .collect()
    }
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
