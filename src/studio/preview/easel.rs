//! Where the picture is made: files from disk, a setting, and what was tapped, drawn in memory.
//!
//! Two screens lie in memory on one thread: the page as the phone would draw it, and the canvas that shows it with the
//! phone around it and the marks over it. What the canvas shows is what is saved.

use super::canvas;
use super::devices::Device;
use super::pages::{self, Fault, Pages};
use super::setting::{Setting, Subject};
use super::sources::{self, Folders, Kind};
use super::swatches;
use super::switches::Known;
use super::value;
use crate::scenes::Scene;
use crate::stage::{Place, judge};
use crate::ui::Canvas;
use latchkey_core::command::Command;
use latchkey_screen::connect::{self, Doors};
use latchkey_screen::findings;
use latchkey_screen::findings::Finding;
use latchkey_screen::present::{View, fits, present};
use latchkey_screen::words::Fluent;
use latchkey_screen::{Choices, Dialer, Essential, Essentials, Frame, Headless, Page, Panel, Visit};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition};
use slint_interpreter::Value;
use std::cell::RefCell;
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

/// What was drawn.
#[derive(Clone)]
pub struct Picture {
    /// The picture, marks and phone included.
    pub frame: Frame,
    /// How it was drawn; a tap may have changed it.
    pub setting: Setting,
    /// The page on show.
    pub page: Page,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What is wrong with the files; the picture is then of what they were.
    pub faults: Vec<Fault>,
    /// What can be chosen.
    pub known: Known,
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
struct Faults {
    pages: Vec<Fault>,
    words: Vec<Fault>,
    scenes: Vec<Fault>,
    shown: Vec<Fault>,
}

/// The screens in memory and everything that is put on them.
pub struct Easel {
    screen: Headless,
    paper: Headless,
    canvas: Canvas,
    folders: Folders,
    scenes: Vec<Scene>,
    words: Fluent,
    pages: Option<(Subject, Pages)>,
    taps: Rc<RefCell<Vec<(String, usize)>>>,
    visit: Visit,
    setting: Setting,
    faults: Faults,
    /// Height of a gallery, dp; it is not cut at the phone's.
    tall: Option<f32>,
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
        screen.take_next();
        let mut faults = Faults::default();
        let words = sources::words(&folders, &setting.locale, &mut faults.words);
        let scenes = sources::scenes(&folders, &[], &mut faults.scenes);
        let mut easel = Easel {
            screen,
            paper,
            canvas,
            folders,
            scenes,
            words,
            pages: None,
            taps: Rc::default(),
            visit: Visit::default(),
            setting: setting.clone(),
            faults,
            tall: None,
        };
        easel.compile();
        easel.turn(&setting);
        Ok(easel)
    }

    /// The setting, with what taps made of it.
    #[must_use]
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Turns the switches.
    pub fn set(&mut self, setting: Setting) {
        let before = std::mem::replace(&mut self.setting, setting.clone());
        if before.locale != setting.locale {
            self.read_words();
        }
        if kind_of(&before.subject) != kind_of(&setting.subject) {
            self.compile();
        }
        if before.subject != setting.subject || before.page != setting.page {
            self.visit.home();
        }
        self.turn(&setting);
    }

    fn turn(&mut self, setting: &Setting) {
        self.tall = None;
        self.visit.panel = setting.device.panel;
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
        let has = |kind| files.iter().any(|f| Kind::of(f) == Some(kind));
        if has(Kind::Words) {
            self.read_words();
        }
        if has(Kind::Scenes) {
            self.faults.scenes.clear();
            self.scenes = sources::scenes(&self.folders, &self.scenes, &mut self.faults.scenes);
        }
        if has(Kind::Pages) {
            self.compile();
        }
        let any = has(Kind::Words) || has(Kind::Scenes) || has(Kind::Pages);
        if any {
            self.tall = None;
            self.show();
        }
        any
    }

    fn read_words(&mut self) {
        self.faults.words.clear();
        self.words = sources::words(&self.folders, &self.setting.locale, &mut self.faults.words);
    }

    /// Compiles what the setting asks for; what does not compile leaves the last pages in place.
    fn compile(&mut self) {
        self.faults.pages.clear();
        let (file, component) = match &self.setting.subject {
            Subject::Scene(_) => ("lock_screen.slint", "LockScreen"),
            Subject::Components => ("gallery/gallery.slint", "Gallery"),
            Subject::Colours => ("gallery/swatches.slint", "Swatches"),
        };
        let file = self.folders.ui.join(file);
        let definition = match pages::compile(&file, component) {
            Ok(definition) => definition,
            Err(faults) => {
                self.faults.pages = faults;
                return;
            }
        };
        self.screen.take_next();
        match Pages::new(&definition) {
            Ok(pages) => {
                let taps = self.taps.clone();
                pages.on_tapped(move |action, row| taps.borrow_mut().push((action.to_owned(), row)));
                // The old pages leave the screen before the new ones are drawn.
                self.pages = Some((self.setting.subject.clone(), pages));
            }
            Err(what) => self.faults.pages.push(Fault {
                file,
                line: 0,
                column: 0,
                what,
            }),
        }
    }

    /// The scene on show, or the first one.
    fn scene(&self) -> Option<&Scene> {
        let Subject::Scene(name) = &self.setting.subject else {
            return self.scenes.iter().find(|s| s.name == "locked");
        };
        self.scenes
            .iter()
            .find(|s| s.name == *name)
            .or_else(|| self.scenes.first())
    }

    fn known(&self) -> Known {
        let fit = |name: &String| {
            let page = value::named::<Page>(name);
            matches!((page, self.scene()), (Ok(page), Some(scene)) if fits(page, &scene.snapshot))
        };
        Known {
            scenes: self.scenes.iter().map(|s| s.name.clone()).collect(),
            pages: value::names::<Page>().into_iter().filter(fit).collect(),
        }
    }

    fn view(&self) -> Option<View> {
        let snapshot = self.setting.snapshot(&self.scene()?.snapshot);
        Some(present(&snapshot, &self.visit, &self.words))
    }

    fn show(&mut self) {
        self.faults.shown.clear();
        if let Subject::Scene(name) = &self.setting.subject
            && !self.scenes.iter().any(|s| s.name == *name)
        {
            self.faults.shown.push(Fault {
                file: self.folders.scenes.join(format!("{name}.json")),
                line: 0,
                column: 0,
                what: "there is no such scene".into(),
            });
        }
        let mut panel = self.setting.device.panel;
        if let Some(tall) = self.tall {
            panel.height = (tall * panel.scale).ceil() as u32;
        }
        self.visit.panel = panel;
        self.screen.set_panel(panel);
        let (Some(view), Some((_, pages))) = (self.view(), &self.pages) else {
            return;
        };
        if let Err(what) = pages.show(&view, &self.words) {
            self.faults.shown.push(Fault {
                file: self.folders.ui.join("contract.slint"),
                line: 0,
                column: 0,
                what,
            });
        }
        if self.setting.subject == Subject::Colours {
            swatches::show(pages.instance());
        }
    }

    /// A finger on the picture, at pixels of the whole picture.
    pub fn touch(&mut self, touch: Touch, x: f32, y: f32) {
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
        self.screen.advance(by);
        self.answer_taps();
        self.screen.window().has_active_animations()
    }

    /// The picture when every movement has ended.
    #[must_use]
    pub fn settled(&mut self) -> Picture {
        let _ = self.screen.draw_settled();
        if let Some(tall) = self.gallery_height()
            && self.tall.is_none_or(|t| (t - tall).abs() > 1.0)
        {
            self.tall = Some(tall);
            self.show();
            let _ = self.screen.draw_settled();
        }
        self.picture()
    }

    fn gallery_height(&self) -> Option<f32> {
        let (subject, pages) = self.pages.as_ref()?;
        if matches!(subject, Subject::Scene(_)) {
            return None;
        }
        match pages.instance().get_property("needs") {
            Ok(Value::Number(needs)) => Some(needs as f32),
            Ok(_) | Err(_) => None,
        }
    }

    /// The picture as it is now.
    #[must_use]
    pub fn picture(&mut self) -> Picture {
        let frame = self.screen.draw();
        let (findings, marks) = self.judge(&frame);
        let seen = self.setting.filter.see(frame, self.setting.device.panel.scale);
        let seen = if self.setting.overlays.grid {
            canvas::grid(&seen, self.setting.device.panel.scale)
        } else {
            seen
        };
        let Device {
            panel, insets, bar, ..
        } = self.setting.device;
        let snapshot = self.scene().map(|s| self.setting.snapshot(&s.snapshot));
        canvas::fill(
            &self.canvas,
            &seen,
            &canvas::Body {
                on: self.setting.body && matches!(self.setting.subject, Subject::Scene(_)),
                scale: panel.scale,
                insets,
                bar,
                dark: self.setting.theme == latchkey_screen::Theme::Dark,
                snapshot: snapshot.as_ref(),
            },
            marks,
        );
        let (width, height) = canvas::size(&self.canvas, &seen, panel.scale);
        self.paper.set_panel(Panel {
            width,
            height,
            scale: panel.scale,
        });
        let drawn = self.paper.draw();
        let faults = [
            &self.faults.pages,
            &self.faults.words,
            &self.faults.scenes,
            &self.faults.shown,
        ];
        Picture {
            frame: drawn,
            setting: self.setting.clone(),
            page: self.view().map_or(Page::Home, |v| v.lock.page),
            findings,
            faults: faults
                .into_iter()
                .flatten()
                .map(|f| f.from(&self.folders))
                .collect(),
            known: self.known(),
        }
    }

    fn judge(&self, frame: &Frame) -> (Vec<Finding>, canvas::Marks) {
        if self.pages.is_none() {
            return (Vec::new(), canvas::Marks::default());
        }
        let window = self.screen.window();
        let place = Place {
            panel: self.setting.device.panel,
            insets: self.setting.device.insets,
            locale: &self.setting.locale,
            emergency: &latchkey_ui::words::frame_emergency_spoken(&self.words),
        };
        let mut findings = judge(window, frame, &place);
        if !matches!(self.setting.subject, Subject::Scene(_)) {
            // A gallery shows the same button in many states, and none in the corner.
            findings.retain(|f| {
                !matches!(
                    f.kind,
                    findings::Kind::Moved | findings::Kind::Label | findings::Kind::Order
                )
            });
        }
        let marks = canvas::marks(
            window,
            &findings,
            self.setting.overlays,
            self.words.locale.right_to_left,
        );
        (findings, marks)
    }
}

/// Scenes share their pages; each gallery has its own.
fn kind_of(subject: &Subject) -> u8 {
    match subject {
        Subject::Scene(_) => 0,
        Subject::Components => 1,
        Subject::Colours => 2,
    }
}
