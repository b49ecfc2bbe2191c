//! The screen as the phone's wiring holds it.

use crate::connect::{self, Doors};
use crate::panel::{Insets, Panel};
use crate::ports::{Dialer, Essentials};
use crate::present::{View, present, state_page};
use crate::semantics::{self, Node};
use crate::show::show;
use crate::visit::{Choices, Copy, Visit};
use crate::words::Fluent;
use latchkey_core::command::Command;
use latchkey_core::refusal::Code;
use latchkey_core::snapshot::Snapshot;
use latchkey_ui::{Action, Actions, LockScreen, Page};
use slint::{ComponentHandle, PlatformError};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

/// How a screen starts.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenConfig {
    /// The panel that it is drawn on.
    pub panel: Panel,
    /// What the system's bars take of it.
    pub insets: Insets,
    /// Language, text size, colours, privacy: from `visit.json`, or the command line.
    pub choices: Choices,
}

impl Default for ScreenConfig {
    fn default() -> Self {
        ScreenConfig {
            panel: Panel::FLOOR,
            insets: Insets::default(),
            choices: Choices::default(),
        }
    }
}

/// The lock screen in its window. It lives on the thread that made it.
///
/// The platform (winit, or `Headless::install`) is chosen before; the same component is drawn by both.
pub struct Screen {
    inner: Rc<Inner>,
}

struct Inner {
    ui: LockScreen,
    snapshot: RefCell<Option<Snapshot>>,
    visit: RefCell<Visit>,
    words: RefCell<Rc<Fluent>>,
    shown: RefCell<Option<View>>,
    dialer: Box<dyn Dialer>,
    essentials: Box<dyn Essentials>,
    commands: Rc<dyn Fn(Command)>,
    on_choices: RefCell<Option<connect::OnChoices>>,
    early: Cell<bool>,
    /// What is told now is shown later, all at once.
    held: Cell<bool>,
}

impl Screen {
    /// A screen that shows nothing until the first `show`, but the emergency button works at once.
    ///
    /// # Errors
    /// When the platform cannot make a window.
    pub fn new(
        config: ScreenConfig,
        dialer: Box<dyn Dialer>,
        essentials: Box<dyn Essentials>,
        commands: impl Fn(Command) + 'static,
    ) -> Result<Screen, PlatformError> {
        crate::fonts::register();
        let mut visit = Visit::new(config.choices);
        visit.panel = config.panel;
        visit.insets = config.insets;
        let inner = Rc::new(Inner {
            ui: LockScreen::new()?,
            snapshot: RefCell::default(),
            words: RefCell::new(Rc::new(Fluent::new(&visit.choices.locale))),
            visit: RefCell::new(visit),
            shown: RefCell::default(),
            dialer,
            essentials,
            commands: Rc::new(commands),
            on_choices: RefCell::default(),
            early: Cell::new(true),
            held: Cell::new(false),
        });
        let weak = Rc::downgrade(&inner);
        inner
            .ui
            .global::<Actions>()
            .on_tapped(move |action, row| tapped(&weak, action, row));
        Ok(Screen { inner })
    }

    /// Shows what is true now. Equal parts are not touched, so nothing is drawn when nothing changed.
    pub fn show(&self, snapshot: &Snapshot) {
        let changed = self.inner.snapshot.borrow().as_ref().map(state_page) != Some(state_page(snapshot));
        if changed && !self.inner.early.replace(false) {
            self.inner.visit.borrow_mut().state_changed();
        }
        *self.inner.snapshot.borrow_mut() = Some(snapshot.clone());
        self.inner.refresh();
    }

    /// Tells the owner why the last wish was refused, until the next tap.
    pub fn refused(&self, code: Code) {
        {
            let mut visit = self.inner.visit.borrow_mut();
            visit.refusal = Some(code);
            visit.agreed = false;
        }
        self.inner.refresh();
    }

    /// Tells how far the copying of photos is; `None` when no place was chosen.
    pub fn copying(&self, copy: Option<Copy>) {
        self.inner.visit.borrow_mut().copy = copy;
        self.inner.refresh();
    }

    /// Calls `store` whenever the owner chose something that `visit.json` keeps.
    pub fn on_choices(&self, store: impl Fn(&Choices) + 'static) {
        *self.inner.on_choices.borrow_mut() = Some(Box::new(store));
    }

    /// Sets language, text size and colours from outside.
    pub fn choose(&self, choices: Choices) {
        self.inner.visit.borrow_mut().choices = choices;
        self.inner.refresh();
    }

    /// Speaks `words` from now on, for as long as their language is the chosen one: what is edited is seen as it is.
    pub fn speak(&self, words: Fluent) {
        *self.inner.words.borrow_mut() = Rc::new(words);
        // The texts of the pages too, though the language is the one on show.
        *self.inner.shown.borrow_mut() = None;
        self.inner.refresh();
    }

    /// Draws for another panel from now on.
    pub fn set_panel(&self, panel: Panel, insets: Insets) {
        {
            let mut visit = self.inner.visit.borrow_mut();
            visit.panel = panel;
            visit.insets = insets;
        }
        self.inner.refresh();
    }

    /// Does what a tap on the thing called `label` does, by the semantic tree. Says whether there is such a thing.
    pub fn tap_label(&self, label: &str) -> bool {
        semantics::press(self.inner.ui.window(), label)
    }

    /// Does what a tap with this action does.
    pub fn tap(&self, action: Action, row: usize) {
        self.inner.tapped(action, row);
    }

    /// Does `what`, and shows what came of it, not each step of it.
    pub fn at_once(&self, what: impl FnOnce(&Screen)) {
        self.inner.held.set(true);
        what(self);
        self.inner.held.set(false);
        self.inner.refresh();
    }

    /// Puts `page` on show, as the taps that lead there would.
    pub fn go(&self, page: Page) {
        self.inner.visit.borrow_mut().go(page);
        self.inner.refresh();
    }

    /// Back to the state's own page.
    pub fn home(&self) {
        self.inner.visit.borrow_mut().home();
        self.inner.refresh();
    }

    /// What is on show, if anything is.
    #[must_use]
    pub fn view(&self) -> Option<View> {
        self.inner.shown.borrow().clone()
    }

    /// The page as a screen reader reads it.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        semantics::nodes(self.inner.ui.window())
    }

    /// When a new snapshot is wanted at the latest, because a clock on the page moves. Nothing moves: `None`.
    #[must_use]
    pub fn next_change(&self) -> Option<Duration> {
        self.inner
            .shown
            .borrow()
            .as_ref()?
            .next_change_ms
            .map(Duration::from_millis)
    }

    /// The component: its window, `run`, `as_weak`.
    #[must_use]
    pub fn component(&self) -> &LockScreen {
        &self.inner.ui
    }
}

impl Inner {
    fn refresh(&self) {
        if self.held.get() {
            return;
        }
        let snapshot = self.snapshot.borrow();
        let Some(snapshot) = snapshot.as_ref() else { return };
        let visit = self.visit.borrow().clone();
        let words = self.words(&visit.choices.locale);
        let mut view = present(snapshot, &visit, words.as_ref());
        // Words of a tool may be in a language that `LOCALES` does not have.
        view.lock.language = words.locale.name.into();
        // The borrow ends before the window is touched: a binding may call back.
        let before = self.shown.borrow_mut().take();
        show(&self.ui, &view, &words, before.as_ref());
        *self.shown.borrow_mut() = Some(view);
    }

    fn words(&self, locale: &str) -> Rc<Fluent> {
        let known = self.words.borrow().clone();
        if known.locale.tag == locale || known.locale == crate::words::Locale::find(locale) {
            return known;
        }
        let words = Rc::new(Fluent::new(locale));
        *self.words.borrow_mut() = words.clone();
        words
    }

    fn tapped(&self, action: Action, row: usize) {
        let doors = Doors {
            dialer: self.dialer.as_ref(),
            essentials: self.essentials.as_ref(),
            commands: &self.commands,
        };
        // A copy, so that nothing is borrowed while the dialer or the agent's inbox runs.
        let mut visit = self.visit.borrow().clone();
        let snapshot = self.snapshot.borrow().clone();
        let Some(snapshot) = snapshot else {
            // OWN-01: before the first snapshot there is one thing to tap.
            self.dialer.emergency(None);
            return;
        };
        let chosen = connect::tapped(action, row, &snapshot, &mut visit, &doors);
        let choices = visit.choices.clone();
        *self.visit.borrow_mut() = visit;
        self.refresh();
        if chosen && let Some(store) = self.on_choices.borrow().as_ref() {
            store(&choices);
        }
    }
}

fn tapped(inner: &Weak<Inner>, action: Action, row: i32) {
    if let Some(inner) = inner.upgrade() {
        inner.tapped(action, usize::try_from(row).unwrap_or(0));
    }
}
