//! The tool's window: turns switches and keys into what is asked of the drawing thread, and shows what it tells.

use super::easel::Touch;
use super::pages::Fault;
use super::picture::Picture;
use super::setting::{Setting, Subject};
use super::sources::Folders;
use super::switches::{Known, Switch, Toggle};
use super::worker::{self, Ask, News};
use super::zoom::{self, Zoom};
use super::{canvas, display, languages, sources, watch};
use crate::ui::{Choice, PreviewWindow, Toggle as ToggleRow, Touch as Finger};
use slint::platform::Key;
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::Sender;
use std::time::Duration;

struct Session {
    window: PreviewWindow,
    choices: Rc<VecModel<Choice>>,
    toggles: Rc<VecModel<ToggleRow>>,
    setting: RefCell<Setting>,
    known: RefCell<Known>,
    asks: Sender<Ask>,
    save_to: PathBuf,
    timing: Option<fn(&str)>,
    shown: RefCell<Option<Box<Picture>>>,
    zoom: Cell<Zoom>,
    /// As it was worked out for what is shown.
    factor: Cell<f32>,
    /// Errors in pages that are not on show.
    elsewhere: RefCell<Vec<Fault>>,
    /// From the last save to its picture.
    reload: Cell<Option<Duration>>,
}

thread_local! { static SESSION: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) }; }

/// Opens the window and stays until it is closed. Pictures are saved into `save_to`; `timing` gets a line for every saved
/// file.
///
/// # Errors
/// What is missing for a window, with the next step, or what the system says.
pub fn run(
    folders: &Folders,
    setting: Setting,
    save_to: PathBuf,
    timing: Option<fn(&str)>,
) -> Result<(), String> {
    display::window_possible().map_err(|why| no_window(&why.to_string()))?;
    let chosen = slint::BackendSelector::new()
        .backend_name("winit".into())
        .renderer_name("software".into())
        .select();
    chosen.map_err(|e| no_window(&e.to_string()))?;
    latchkey_screen::fonts::register();
    let window = PreviewWindow::new().map_err(|e| no_window(&e.to_string()))?;
    let asks = worker::start(folders.clone(), setting.clone(), |news| {
        let _ = slint::invoke_from_event_loop(move || hear(news));
    });
    let _watcher = watch::watch(folders, asks.clone()).map_err(|e| e.to_string())?;
    let session = Rc::new(Session {
        choices: Rc::new(VecModel::default()),
        toggles: Rc::new(VecModel::default()),
        setting: RefCell::new(setting),
        known: RefCell::new(Known {
            scenes: sources::scene_names(folders)?,
            languages: languages::offered(&folders.i18n),
            ..Known::default()
        }),
        asks,
        save_to,
        timing,
        shown: RefCell::default(),
        zoom: Cell::default(),
        factor: Cell::new(1.0),
        elsewhere: RefCell::default(),
        reload: Cell::default(),
        window,
    });
    session.wire();
    session.refresh();
    session
        .window
        .set_calm("Compiling the page and drawing it …".into());
    SESSION.set(Some(session.clone()));
    let ended = session.window.run().map_err(|e| no_window(&e.to_string()));
    SESSION.set(None);
    ended
}

/// What to do where no window opens. The system's own words name its source files first.
fn no_window(why: &str) -> String {
    let why = why.rsplit(": ").next().unwrap_or(why);
    let display = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(|name| {
        let value = std::env::var_os(name)?;
        Some(format!(" on {name}={}", value.to_string_lossy()))
    });
    format!(
        "no window can be opened{}: {why}. Start it on a desktop, or draw the same into a file, which needs no display: \
         cargo studio preview --shot FILE",
        display.unwrap_or_default()
    )
}

fn hear(news: News) {
    let Some(session) = SESSION.with_borrow(Clone::clone) else {
        return;
    };
    match news {
        News::Picture(picture) => session.show(picture),
        News::AllFaults(faults) => {
            session.elsewhere.replace(faults);
            session.tell();
            session.status();
        }
        News::Saved(path) => session
            .window
            .set_status(format!("saved {}", path.display()).into()),
        News::NotSaved(why) => session.errors(vec![why]),
        News::Broke(fault) => {
            session.errors(vec![fault.to_string()]);
            session.window.set_status("last good picture".into());
            session.window.set_wrong(true);
            session.window.set_old(true);
        }
    }
}

impl Session {
    fn wire(self: &Rc<Self>) {
        let window = &self.window;
        window.set_choices(ModelRc::from(self.choices.clone()));
        window.set_toggles(ModelRc::from(self.toggles.clone()));
        let own = Rc::downgrade(self);
        window.on_chosen(move |row, at| {
            let (Ok(row), Ok(at)) = (usize::try_from(row), usize::try_from(at)) else {
                return;
            };
            if let (Some(session), Some(switch)) = (own.upgrade(), Switch::ALL.get(row)) {
                session.change(|setting, known| switch.turn(at, setting, known));
            }
        });
        let own = Rc::downgrade(self);
        window.on_toggled(move |row| {
            let toggle = usize::try_from(row).ok().and_then(|row| Toggle::ALL.get(row));
            if let (Some(session), Some(toggle)) = (own.upgrade(), toggle) {
                session.change(|setting, _| {
                    let on = toggle.of(setting);
                    *on = !*on;
                });
            }
        });
        let own = Rc::downgrade(self);
        window.on_key(move |text, shift| own.upgrade().is_some_and(|session| session.key(&text, shift)));
        let own = Rc::downgrade(self);
        window.on_resized(move || {
            if let Some(session) = own.upgrade() {
                session.place();
            }
        });
        let own = Rc::downgrade(self);
        window.on_zoomed(move |larger| {
            if let Some(session) = own.upgrade() {
                session.zoom(Zoom::step(session.factor.get(), larger));
            }
        });
        let own = Rc::downgrade(self);
        window.on_touched(move |finger, x, y, by| {
            let touch = match finger {
                Finger::Down => Touch::Down,
                Finger::Move => Touch::Move,
                Finger::Up => Touch::Up,
                Finger::Scroll => Touch::Scroll(by),
            };
            if let Some(session) = own.upgrade() {
                session.ask(Ask::Touch(touch, x, y));
            }
        });
    }

    fn ask(&self, ask: Ask) {
        // The thread ends with the window.
        let _ = self.asks.send(ask);
    }

    fn change(&self, turn: impl FnOnce(&mut Setting, &Known)) {
        let mut setting = self.setting.borrow().clone();
        turn(&mut setting, &self.known.borrow());
        self.setting.replace(setting.clone());
        self.refresh();
        self.ask(Ask::Set(Box::new(setting)));
    }

    fn key(&self, text: &SharedString, shift: bool) -> bool {
        let is = |key: Key| *text == SharedString::from(key);
        let step =
            |switch: Switch, back: bool| self.change(|setting, known| switch.step(back, setting, known));
        if is(Key::RightArrow) || is(Key::LeftArrow) {
            step(Switch::Scene, is(Key::LeftArrow));
        } else if is(Key::DownArrow) || is(Key::UpArrow) {
            step(Switch::Page, is(Key::UpArrow));
        } else if is(Key::Escape) {
            self.ask(Ask::Back);
        } else if is(Key::Home) {
            self.change(|setting, _| setting.page = None);
        } else if is(Key::PageDown) || is(Key::PageUp) {
            self.window
                .invoke_turn(if is(Key::PageDown) { 0.9 } else { -0.9 });
        } else {
            let key = text.to_lowercase();
            if key == "s" {
                self.ask(Ask::Save(self.save_to.clone()));
            } else if ["+", "=", "-", "−"].contains(&key.as_str()) {
                self.zoom(Zoom::step(self.factor.get(), matches!(key.as_str(), "+" | "=")));
            } else if key == "0" {
                self.zoom(Zoom::Fit);
            } else if let Some(switch) = Switch::ALL.iter().find(|s| s.key() == key) {
                step(*switch, shift);
            } else if let Some(toggle) = Toggle::ALL.iter().find(|t| t.key() == key) {
                self.change(|setting, _| {
                    let on = toggle.of(setting);
                    *on = !*on;
                });
            } else {
                return false;
            }
        }
        true
    }

    fn show(&self, picture: Box<Picture>) {
        self.setting.replace(picture.setting.clone());
        self.known.replace(picture.known.clone());
        self.refresh();
        if !picture.judged {
            self.reload.set(picture.saved.map(|at| at.elapsed()));
            if picture.saved.is_some() {
                // They are looked for anew.
                self.elsewhere.borrow_mut().clear();
            }
        }
        self.window.set_title_line(picture.name.as_str().into());
        self.window
            .set_still(!matches!(picture.setting.subject, Subject::Scene(_)));
        // A picture that is not judged yet leaves what was said of the last one, unless it has something to say.
        let tells = picture.judged || !picture.faults.is_empty() || !picture.notes.is_empty();
        if let (Some(say), Some(took)) = (self.timing, self.reload.get().filter(|_| picture.judged)) {
            say(&timing(took, &picture));
        }
        let subject = picture.setting.subject.clone();
        let before = self.shown.replace(Some(picture));
        if before.is_none_or(|b| b.setting.subject != subject) {
            self.window.invoke_top();
        }
        self.place();
        if tells {
            self.tell();
        }
    }

    fn zoom(&self, zoom: Zoom) {
        self.zoom.set(zoom);
        self.place();
        self.tell();
    }

    /// Puts the picture into the window, as large as it fits or as was asked.
    fn place(&self) {
        let shown = self.shown.borrow();
        let Some(picture) = shown.as_ref() else { return };
        let pixels = self.window.window().scale_factor();
        let room = (
            self.window.get_room_width() * pixels,
            self.window.get_room_height() * pixels,
        );
        let factor = self.zoom.get().factor(picture, room);
        self.factor.set(factor);
        let frame = zoom::shown(picture, factor);
        self.window.set_times(factor.max(1.0) as i32);
        self.window
            .set_across(i32::try_from(picture.frame.width).unwrap_or(i32::MAX));
        self.window.set_picture(frame.image());
        self.status();
    }

    fn status(&self) {
        let shown = self.shown.borrow();
        let Some(picture) = shown.as_ref() else { return };
        let factor = self.factor.get();
        let count = |n: usize, what: &str| match n {
            1 => format!("1 {what}"),
            n => format!("{n} {what}s"),
        };
        let errors = self.wrong(picture).len();
        let mut status = Vec::new();
        if picture.empty {
            status.push("no picture yet".to_owned());
        } else if picture.stale {
            status.push("last good picture".to_owned());
        } else if !picture.judged {
            status.push("…".to_owned());
        } else {
            if errors > 0 {
                status.push(count(errors, "error"));
            }
            status.push(match picture.findings.len() {
                0 => "no findings".to_owned(),
                found => count(found, "finding"),
            });
        }
        status.push(format!("{:.0} %", factor * 100.0));
        let scale = picture.setting.device.panel.scale * factor.min(1.0);
        if picture.setting.overlays.grid && !canvas::has_fine_lines(scale) {
            status.push("grid every 16 dp: + for every 4".into());
        }
        if let Some(took) = self.reload.get() {
            status.push(format!("seen {} ms after the save", took.as_millis()));
        }
        self.window.set_status(status.join("   ").into());
        let found = picture.judged && !picture.findings.is_empty();
        self.window.set_wrong(picture.stale || errors > 0 || found);
        self.window.set_old(picture.stale);
    }

    /// What is wrong with the files, and what was asked for and is not shown.
    fn wrong(&self, picture: &Picture) -> Vec<String> {
        let elsewhere = self.elsewhere.borrow();
        let elsewhere = elsewhere.iter().filter(|f| !picture.faults.contains(f));
        let faults = picture.faults.iter().chain(elsewhere).map(ToString::to_string);
        let pages = picture.known.unknown_pages.iter().map(|page| {
            format!(
                "page {page} of ui/contract.slint is new: it can be chosen after the steps of docs/designers.md that the \
                 compiler names, and a new start of the preview"
            )
        });
        faults.chain(picture.notes.iter().cloned()).chain(pages).collect()
    }

    /// Says what is wrong with what is shown.
    fn tell(&self) {
        let shown = self.shown.borrow();
        let Some(picture) = shown.as_ref() else { return };
        self.errors(self.wrong(picture));
        let findings = picture.findings.iter().zip(1..);
        let findings = findings.map(|(f, n)| format!("{n}  {f}").into());
        self.window.set_findings(lines(findings));
        let order = picture.order.iter().map(SharedString::from);
        self.window.set_order(lines(order));
        self.window.set_calm(if picture.judged {
            "Nothing is wrong with this picture.".into()
        } else {
            SharedString::default()
        });
    }

    fn errors(&self, mut errors: Vec<String>) {
        if let Some(more) = errors.len().checked_sub(MOST_ERRORS).filter(|more| *more > 0) {
            errors.truncate(MOST_ERRORS);
            errors.push(format!("and {more} more"));
        }
        self.window
            .set_errors(lines(errors.iter().map(SharedString::from)));
    }

    /// Puts the switches where the setting has them; what is equal stays untouched.
    fn refresh(&self) {
        let mut setting = self.setting.borrow().clone();
        let known = self.known.borrow();
        for (i, switch) in Switch::ALL.iter().enumerate() {
            let options: Vec<SharedString> = switch.options(&known).into_iter().map(Into::into).collect();
            let gone = matches!(&setting.subject, Subject::Scene(name) if !known.scenes.contains(name));
            let at = if gone && matches!(switch, Switch::Scene) {
                -1
            } else {
                i32::try_from(switch.at(&setting, &known)).unwrap_or(0)
            };
            let before = self.choices.row_data(i);
            let same = before
                .as_ref()
                .map(|b| &b.options)
                .filter(|o| o.iter().eq(options.iter().cloned()));
            let row = Choice {
                name: switch.name().into(),
                keys: switch.key().into(),
                options: same
                    .cloned()
                    .unwrap_or_else(|| ModelRc::new(VecModel::from(options))),
                at,
            };
            put(&self.choices, i, before, row);
        }
        for (i, toggle) in Toggle::ALL.iter().enumerate() {
            let row = ToggleRow {
                name: toggle.name().into(),
                keys: toggle.key().to_uppercase().into(),
                on: *toggle.of(&mut setting),
            };
            put(&self.toggles, i, self.toggles.row_data(i), row);
        }
    }
}

/// So many errors are listed; whoever has more mends these first.
const MOST_ERRORS: usize = 40;

fn timing(seen: Duration, picture: &Picture) -> String {
    let took = picture.took;
    let ms = |d: Duration| d.as_millis();
    format!(
        "seen {} ms after the save (compile {}, read {}, draw {}), judged in {} ms",
        ms(seen),
        ms(took.compile),
        ms(took.read),
        ms(took.draw),
        ms(took.judge)
    )
}

fn put<T: Clone + PartialEq + 'static>(model: &VecModel<T>, at: usize, before: Option<T>, row: T) {
    match before {
        None => model.push(row),
        Some(before) if before != row => model.set_row_data(at, row),
        Some(_) => {}
    }
}

fn lines(lines: impl Iterator<Item = SharedString>) -> ModelRc<SharedString> {
    ModelRc::new(VecModel::from(lines.collect::<Vec<_>>()))
}
