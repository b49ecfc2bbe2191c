//! The tool's window: turns switches and keys into what is asked of the drawing thread, and shows what it tells.

use super::easel::{Picture, Touch};
use super::pages::Fault;
use super::setting::Setting;
use super::sources::Folders;
use super::switches::{Known, Switch, Toggle};
use super::worker::{self, Ask, News};
use super::{display, watch};
use crate::ui::{Choice, PreviewWindow, Toggle as ToggleRow, Touch as Finger};
use slint::platform::Key;
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::Sender;

struct Session {
    window: PreviewWindow,
    choices: Rc<VecModel<Choice>>,
    toggles: Rc<VecModel<ToggleRow>>,
    setting: RefCell<Setting>,
    known: RefCell<Known>,
    asks: Sender<Ask>,
    save_to: PathBuf,
}

thread_local! { static SESSION: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) }; }

/// Opens the window and stays until it is closed. Pictures are saved into `save_to`.
///
/// # Errors
/// What is missing for a window, with the next step, or what the system says.
pub fn run(folders: &Folders, setting: Setting, save_to: PathBuf) -> Result<(), String> {
    display::window_possible().map_err(|why| {
        format!("{why}: no window can be opened here; `--shot FILE` draws the same into a file")
    })?;
    let chosen = slint::BackendSelector::new()
        .backend_name("winit".into())
        .renderer_name("software".into())
        .select();
    chosen.map_err(|e| e.to_string())?;
    latchkey_screen::fonts::register();
    let window = PreviewWindow::new().map_err(|e| e.to_string())?;
    let asks = worker::start(folders.clone(), setting.clone(), |news| {
        let _ = slint::invoke_from_event_loop(move || hear(news));
    });
    let _watcher = watch::watch(folders, asks.clone()).map_err(|e| e.to_string())?;
    let session = Rc::new(Session {
        choices: Rc::new(VecModel::default()),
        toggles: Rc::new(VecModel::default()),
        setting: RefCell::new(setting),
        known: RefCell::default(),
        asks,
        save_to,
        window,
    });
    session.wire();
    session.refresh();
    SESSION.set(Some(session.clone()));
    let ended = session.window.run().map_err(|e| e.to_string());
    SESSION.set(None);
    ended
}

fn hear(news: News) {
    let Some(session) = SESSION.with_borrow(Clone::clone) else {
        return;
    };
    match news {
        News::Picture(picture) => session.show(&picture),
        News::Saved(path) => session
            .window
            .set_status(format!("saved {}", path.display()).into()),
        News::NotSaved(why) => session.errors(&[why]),
        News::Broke(fault) => session.errors(&[fault.to_string()]),
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
        } else {
            let key = text.to_lowercase();
            if key == "s" {
                self.ask(Ask::Save(self.save_to.clone()));
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

    fn show(&self, picture: &Picture) {
        self.setting.replace(picture.setting.clone());
        self.known.replace(picture.known.clone());
        self.refresh();
        self.window.set_picture(picture.frame.image());
        self.window
            .set_title_line(picture.setting.name(picture.page).into());
        let found = picture.findings.len();
        self.window.set_status(match found {
            0 => SharedString::from("no findings"),
            1 => SharedString::from("1 finding"),
            _ => format!("{found} findings").into(),
        });
        let findings = picture.findings.iter().map(|f| f.to_string().into());
        self.window.set_findings(lines(findings));
        let faults: Vec<String> = picture.faults.iter().map(Fault::to_string).collect();
        self.errors(&faults);
    }

    fn errors(&self, errors: &[String]) {
        self.window
            .set_errors(lines(errors.iter().map(SharedString::from)));
    }

    /// Puts the switches where the setting has them; what is equal stays untouched.
    fn refresh(&self) {
        let mut setting = self.setting.borrow().clone();
        let known = self.known.borrow();
        for (i, switch) in Switch::ALL.iter().enumerate() {
            let options: Vec<SharedString> = switch.options(&known).into_iter().map(Into::into).collect();
            let at = i32::try_from(switch.at(&setting, &known)).unwrap_or(0);
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
