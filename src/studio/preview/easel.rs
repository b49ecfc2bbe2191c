//! Where the picture is made: files from disk, a setting, and what was tapped, drawn in memory.
//!
//! Two screens lie in memory on one thread: the page as the phone would draw it, and the canvas that shows it with the
//! phone around it and the marks over it. What the canvas shows is what is saved.

use super::canvas;
use super::languages::{self, Language, Offer};
use super::pages::{self, Fault, Overtaken, Pages, Part};
use super::picture::{Picture, Took, timed};
use super::setting::{Setting, Subject};
use super::sources::{self, Folders, Kind, whole};
use super::swatches;
use super::switches::{Known, Odd};
use super::value;
use crate::scenes::Scene;
use crate::ui::Canvas;
use latchkey_core::command::Command;
use latchkey_screen::connect::{self, Doors};
use latchkey_screen::present::{View, fits, present};
use latchkey_screen::{Choices, Dialer, Essential, Essentials, Frame, Headless, Page, Visit};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition};
use slint_interpreter::ComponentDefinition;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

struct Nobody;

impl Dialer for Nobody {
    fn emergency(&self, _: Option<&str>) {}
    fn call(&self, _: &str) {}
}

impl Essentials for Nobody {
    fn open(&self, _: Essential) {}
    fn confirm_owner(&self, _: Box<dyn FnOnce()>) {}
}

/// What a finger does, in pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Touch {
    /// Touches it.
    Down,
    /// Moves on it.
    Move,
    /// Leaves it.
    Up,
    /// A wheel turns by so many dp.
    Scroll(f32),
}

/// Faults by where they come from, so that mending one source ends its own.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) pages: Vec<Fault>,
    pub(super) words: Vec<Fault>,
    /// Found when the words were judged.
    pub(super) judged: Vec<Fault>,
    pub(super) scenes: Vec<Fault>,
    pub(super) shown: Vec<Fault>,
}

/// The screens in memory and everything that is put on them.
pub struct Easel {
    pub(super) screen: Headless,
    pub(super) paper: Headless,
    pub(super) canvas: Canvas,
    pub(super) folders: Folders,
    pub(super) scenes: Vec<Scene>,
    pub(super) offers: Vec<Offer>,
    /// What was asked for first, beside the positions of the switches.
    pub(super) odd: Odd,
    pub(super) language: Language,
    /// The words have changed since they were judged.
    pub(super) new_words: bool,
    /// What was compiled of the files as they are.
    pub(super) compiled: BTreeMap<Part, Result<ComponentDefinition, Vec<Fault>>>,
    pub(super) pages: Option<(Part, Pages)>,
    pub(super) taps: Rc<RefCell<Vec<(String, usize)>>>,
    pub(super) visit: Visit,
    pub(super) setting: Setting,
    pub(super) faults: Faults,
    pub(super) notes: Vec<String>,
    /// What was asked for is not on show.
    pub(super) stale: bool,
    pub(super) last: Option<Picture>,
    pub(super) took: Took,
    /// The page as it was drawn last, without filter and marks.
    pub(super) page_frame: Option<Frame>,
    /// Height of a gallery, dp; it is not cut at the phone's.
    pub(super) tall: Option<f32>,
    /// Pages of the contract that Rust does not know.
    pub(super) unknown_pages: Vec<String>,
    overtaken: Overtaken,
}

impl Easel {
    /// An easel on this thread, which must have no Slint platform yet.
    ///
    /// # Errors
    /// What Slint says.
    pub fn new(folders: Folders, setting: Setting) -> Result<Easel, String> {
        let screen = Headless::install(setting.device.panel).map_err(|e| e.to_string())?;
        let paper = screen.beside(setting.device.panel);
        let canvas = Canvas::new().map_err(|e| e.to_string())?;
        canvas.show().map_err(|e| e.to_string())?;
        let mut faults = Faults::default();
        let language = Language::read(&folders.i18n, &setting.locale, None, &mut faults.words);
        let scenes = sources::scenes(&folders, &[], &mut faults.scenes);
        let mut easel = Easel {
            screen,
            paper,
            canvas,
            offers: languages::offered(&folders.i18n),
            odd: Odd::of(&setting),
            folders,
            scenes,
            language,
            new_words: true,
            compiled: BTreeMap::new(),
            pages: None,
            taps: Rc::default(),
            visit: Visit::default(),
            setting: setting.clone(),
            faults,
            notes: Vec::new(),
            stale: false,
            last: None,
            took: Took::default(),
            page_frame: None,
            tall: None,
            unknown_pages: Vec::new(),
            overtaken: Rc::new(|| false),
        };
        easel.unknown_pages = pages::unknown_pages(&easel.folders.ui);
        easel.turn(&setting);
        Ok(easel)
    }

    /// The setting, with what taps made of it.
    #[must_use]
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// From now on a compilation is given up as soon as it is `overtaken`: whoever said so saves again, and is heard.
    pub fn give_up_when(&mut self, overtaken: Overtaken) {
        self.overtaken = overtaken;
    }

    /// `strings.slint` as it is compiled.
    #[must_use]
    pub fn strings(&self) -> String {
        self.language.strings()
    }

    /// Every error in the .slint files of the lock screen, also in pages that are not on show.
    pub fn all_faults(&mut self) -> Vec<Fault> {
        let done = Part::Whole.compile(&self.folders.ui, &self.strings().into());
        let faults = done.err().unwrap_or_default();
        faults.iter().map(|f| f.from(&self.folders)).collect()
    }

    /// Turns the switches.
    pub fn set(&mut self, setting: Setting) {
        self.took = Took::default();
        let before = std::mem::replace(&mut self.setting, setting.clone());
        if before.locale != setting.locale {
            self.read_words();
        }
        if before.subject != setting.subject || before.page != setting.page {
            self.visit.home();
        }
        self.turn(&setting);
    }

    fn turn(&mut self, setting: &Setting) {
        self.tall = None;
        self.visit.insets = setting.device.insets;
        self.visit.choices = Choices {
            locale: setting.locale.clone(),
            text_percent: setting.text_percent,
            theme: setting.theme,
            private: setting.private,
        };
        if let Some(page) = setting.page.filter(|page| self.visit.top() != Some(*page)) {
            self.visit.home();
            self.visit.go(page);
        }
        self.show();
    }

    /// Files were saved: reads what they say now. Says whether any of them matters.
    pub fn changed(&mut self, files: &[PathBuf]) -> bool {
        self.took = Took::default();
        let has = |kind| files.iter().any(|f| Kind::of(f) == Some(kind));
        let folders_changed = files.iter().any(|f| f.parent() == Some(&*self.folders.i18n));
        if has(Kind::Words) || folders_changed {
            self.offers = languages::offered(&self.folders.i18n);
            self.read_words();
        }
        if has(Kind::Scenes) {
            self.faults.scenes.clear();
            let (folders, scenes, faults) = (&self.folders, &self.scenes, &mut self.faults.scenes);
            self.scenes = timed(&mut self.took.read, || sources::scenes(folders, scenes, faults));
        }
        if has(Kind::Pages) {
            self.compiled.clear();
            self.unknown_pages = pages::unknown_pages(&self.folders.ui);
        }
        let any = has(Kind::Words) || has(Kind::Scenes) || has(Kind::Pages) || folders_changed;
        if any {
            self.tall = None;
            self.show();
        }
        any
    }

    fn read_words(&mut self) {
        self.faults.words.clear();
        self.faults.judged.clear();
        let (folders, tag) = (&self.folders, &self.setting.locale);
        let (before, faults) = (&self.language, &mut self.faults.words);
        let language = timed(&mut self.took.read, || {
            Language::read(&folders.i18n, tag, Some(before), faults)
        });
        let before = std::mem::replace(&mut self.language, language);
        self.new_words = true;
        // A text with a new name: only pages that are compiled with it can ask for it.
        if !self.language.same_fields(&before) {
            self.compiled.clear();
        }
    }

    /// Puts `part` on the screen; what does not compile leaves the last pages in place.
    fn put(&mut self, part: &Part) -> bool {
        self.faults.pages.clear();
        if !self.compiled.contains_key(part) {
            let (ui, strings) = (&self.folders.ui, self.language.strings().into());
            let overtaken = &self.overtaken;
            let done = timed(&mut self.took.compile, || {
                part.compile_unless(ui, &strings, overtaken)
            });
            if overtaken() {
                return false;
            }
            self.compiled.insert(part.clone(), done);
        } else if self.pages.as_ref().is_some_and(|(on_show, _)| on_show == part) {
            return true;
        }
        let definition = match &self.compiled[part] {
            Ok(definition) => definition,
            Err(faults) => {
                self.faults.pages.clone_from(faults);
                return false;
            }
        };
        self.screen.take_next();
        let pages = timed(&mut self.took.draw, || Pages::new(definition));
        match pages {
            Ok(pages) => {
                let taps = self.taps.clone();
                pages.on_tapped(move |action, row| taps.borrow_mut().push((action.to_owned(), row)));
                // The old pages leave the screen before the new ones are drawn.
                self.pages = Some((part.clone(), pages));
                true
            }
            Err(what) => {
                self.faults.pages.push(whole(&self.folders.ui, what));
                false
            }
        }
    }

    /// The scene on show.
    pub(super) fn scene(&self) -> Option<&Scene> {
        let name = match &self.setting.subject {
            Subject::Scene(name) => name.as_str(),
            Subject::Components | Subject::Colours => "locked",
        };
        let named = self.scenes.iter().find(|s| s.name == name);
        match self.setting.subject {
            Subject::Scene(_) => named,
            // Components and colours are the same over any.
            Subject::Components | Subject::Colours => named.or(self.scenes.first()),
        }
    }

    pub(super) fn known(&self) -> Known {
        let fit = |name: &String| {
            let page = value::named::<Page>(name);
            matches!((page, self.scene()), (Ok(page), Some(scene)) if fits(page, &scene.snapshot))
        };
        Known {
            scenes: self.scenes.iter().map(|s| s.name.clone()).collect(),
            pages: value::names::<Page>().into_iter().filter(fit).collect(),
            languages: self.offers.clone(),
            unknown_pages: self.unknown_pages.clone(),
            odd: self.odd.clone(),
        }
    }

    pub(super) fn view(&self) -> Option<View> {
        let snapshot = self.setting.snapshot(&self.scene()?.snapshot);
        let mut view = present(&snapshot, &self.visit, &self.language.words);
        // The phone knows the names of its own languages only.
        view.lock.language = self.language.words.locale.name.into();
        Some(view)
    }

    pub(super) fn show(&mut self) {
        self.faults.shown.clear();
        self.notes.clear();
        let mut panel = self.setting.device.panel;
        if let Some(tall) = self.tall {
            panel.height = (tall * panel.scale).ceil() as u32;
        }
        let before = std::mem::replace(&mut self.visit.panel, panel);
        let Some(view) = self.view() else {
            self.visit.panel = before;
            self.stale = true;
            self.no_such_scene();
            return;
        };
        self.note_page(view.lock.page);
        let part = match self.setting.subject {
            Subject::Scene(_) => Part::Page(value::kebab(&format!("{:?}", view.lock.page))),
            Subject::Components => Part::Components,
            Subject::Colours => Part::Colours,
        };
        self.stale = !self.put(&part);
        if self.stale {
            self.visit.panel = before;
            return;
        }
        let Some((_, pages)) = &self.pages else { return };
        let (screen, language) = (&self.screen, &self.language);
        let colours = self.setting.subject == Subject::Colours;
        let shown = timed(&mut self.took.draw, || {
            screen.set_panel(panel);
            let shown = pages.show(&view, language);
            if colours {
                swatches::show(pages.instance());
            }
            shown
        });
        if let Err(what) = shown {
            let contract = self.folders.ui.join("contract.slint");
            self.faults.shown.push(whole(&contract, what));
        }
    }

    fn no_such_scene(&mut self) {
        if self.scenes.is_empty() {
            let what = "there is no scene in this folder: put one there, and it is shown";
            self.faults.shown.push(whole(&self.folders.scenes, what));
            return;
        }
        let name = self.setting.subject.name();
        let file = self.folders.scenes.join(format!("{name}.json"));
        let names: Vec<&str> = self.scenes.iter().map(|s| s.name.as_str()).collect();
        let what = format!("no such scene; choose another: {}", names.join(", "));
        self.faults.shown.push(whole(&file, what));
    }

    /// Another page than the one that was asked for is on show: which, and what there is.
    fn note_page(&mut self, shown: Page) {
        let Subject::Scene(scene) = &self.setting.subject else {
            return;
        };
        if let Some(page) = self.setting.page.filter(|page| *page != shown) {
            let name = |page: Page| value::kebab(&format!("{page:?}"));
            self.notes.push(format!(
                "page {} means nothing in scene {scene}, so {} is shown; choose one of {}",
                name(page),
                name(shown),
                self.known().pages.join(", ")
            ));
        }
    }

    /// A finger on the picture, at pixels of the whole picture.
    pub fn touch(&mut self, touch: Touch, x: f32, y: f32) {
        if self.stale {
            return;
        }
        let scale = self.setting.device.panel.scale;
        let edge = canvas::edge(&self.canvas);
        let position = LogicalPosition::new(x / scale - edge, y / scale - edge);
        let event = match touch {
            Touch::Down => WindowEvent::PointerPressed {
                position,
                button: PointerEventButton::Left,
            },
            Touch::Move => WindowEvent::PointerMoved { position },
            Touch::Up => WindowEvent::PointerReleased {
                position,
                button: PointerEventButton::Left,
            },
            Touch::Scroll(by) => WindowEvent::PointerScrolled {
                position,
                delta_x: 0.0,
                delta_y: by,
            },
        };
        self.screen.window().dispatch_event(event);
        self.answer_taps();
    }

    /// One page back, as the arrow does.
    pub fn back(&mut self) {
        self.taps.borrow_mut().push(("back".into(), 0));
        self.answer_taps();
    }

    /// What was tapped, done as on the phone, once the page has let go of the finger.
    fn answer_taps(&mut self) {
        let taps = self.taps.take();
        for (name, row) in taps {
            let (Ok(action), Some(scene)) = (value::named(&name), self.scene()) else {
                continue;
            };
            let snapshot = self.setting.snapshot(&scene.snapshot);
            let no_commands: Rc<dyn Fn(Command)> = Rc::new(|_| {});
            let doors = Doors {
                dialer: &Nobody,
                essentials: &Nobody,
                commands: &no_commands,
            };
            connect::tapped(action, row, &snapshot, &mut self.visit, &doors);
            let choices = self.visit.choices.clone();
            let spoke = choices.locale != self.setting.locale;
            self.setting.locale = choices.locale;
            self.setting.text_percent = choices.text_percent;
            self.setting.theme = choices.theme;
            self.setting.private = choices.private;
            self.setting.page = self.visit.top();
            if spoke {
                self.read_words();
            }
            self.show();
        }
    }

    /// Lets time pass; says whether something moves.
    pub fn advance(&mut self, by: Duration) -> bool {
        self.took = Took::default();
        self.screen.advance(by);
        self.answer_taps();
        self.screen.window().has_active_animations()
    }
}
