//! A screen in memory on which shots are drawn, one after the other.

use crate::matrix::Shot;
use crate::strings::language;
use latchkey_screen::findings::{self, Finding};
use latchkey_screen::semantics::{DrawnText, Measures};
use latchkey_screen::words::{Fluent, Locale};
use latchkey_screen::{
    Choices, Dialer, Essential, Essentials, Frame, Headless, Insets, Panel, Screen, ScreenConfig, semantics,
};
use latchkey_ui::{Action, Page};
use slint::ComponentHandle;
use std::cell::RefCell;
use std::collections::BTreeMap;

struct Nobody;

impl Dialer for Nobody {
    fn emergency(&self, _: Option<&str>) {}
    fn call(&self, _: &str) {}
}

impl Essentials for Nobody {
    fn open(&self, _: Essential) {}
    fn confirm_owner(&self, _: Box<dyn FnOnce()>) {}
}

/// One thread's screen.
pub struct Stage {
    headless: Headless,
    screen: Screen,
    /// Languages whose words were read from a folder, by tag.
    taught: RefCell<BTreeMap<&'static str, Taught>>,
    /// The language of the last shot, and what the emergency button is called in it.
    spoken: RefCell<(&'static str, String)>,
    /// What that language's texts need.
    measures: RefCell<Measures>,
}

struct Taught {
    locale: &'static Locale,
    texts: Vec<String>,
}

/// A drawn shot and what is wrong with it.
pub struct Drawn {
    /// The picture.
    pub frame: Frame,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl Stage {
    /// A stage on this thread, which must have no Slint platform yet.
    ///
    /// # Errors
    /// What Slint says.
    pub fn new() -> Result<Stage, String> {
        let headless = Headless::install(Panel::FLOOR).map_err(|e| e.to_string())?;
        let screen = Screen::new(
            ScreenConfig::default(),
            Box::new(Nobody),
            Box::new(Nobody),
            |_| {},
        )
        .map_err(|e| e.to_string())?;
        // Pictures show what stands when every movement has ended.
        screen
            .component()
            .global::<latchkey_ui::Theme>()
            .set_reduced_motion(true);
        Ok(Stage {
            headless,
            screen,
            taught: RefCell::default(),
            spoken: RefCell::default(),
            measures: RefCell::default(),
        })
    }

    /// Speaks `locale` with these files from now on, not with those that are compiled in.
    pub fn teach<'t>(&self, locale: &'static Locale, texts: impl Iterator<Item = &'t str>) {
        let texts = texts.map(str::to_owned).collect();
        self.taught
            .borrow_mut()
            .insert(locale.tag, Taught { locale, texts });
        self.spoken.take();
    }

    /// The language `tag` as this stage speaks it.
    #[must_use]
    pub fn words(&self, tag: &str) -> Fluent {
        match self.taught.borrow().get(tag) {
            Some(taught) => Fluent::with_texts(taught.locale, taught.texts.iter().map(String::as_str)),
            None => Fluent::new(tag),
        }
    }

    /// The screen, to tap on it.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The memory it is drawn in.
    #[must_use]
    pub fn headless(&self) -> &Headless {
        &self.headless
    }

    /// Puts `shot` on the stage.
    pub fn set(&self, shot: &Shot<'_>) {
        let look = &shot.look;
        self.headless.set_panel(look.panel);
        self.screen.at_once(|screen| {
            screen.choose(Choices {
                locale: look.locale.into(),
                text_percent: look.text_percent,
                theme: look.theme,
                private: look.private,
            });
            if self.spoken.borrow().0 != look.locale {
                let words = self.words(look.locale);
                let emergency = latchkey_ui::words::frame_emergency_spoken(&words);
                screen.speak(words);
                *self.spoken.borrow_mut() = (look.locale, emergency);
                self.measures.take();
            }
            screen.set_panel(look.panel, Insets::default());
            screen.show(&shot.scene.snapshot);
            screen.home();
            if shot.page == Page::Answer {
                screen.tap(Action::ShowAnswer, shot.answer);
            } else if shot.page != latchkey_screen::present::state_page(&shot.scene.snapshot) {
                screen.go(shot.page);
            }
        });
    }

    /// Draws `shot` and judges it.
    #[must_use]
    pub fn draw(&self, shot: &Shot<'_>) -> Drawn {
        let frame = self.paint(shot);
        let findings = self.judge(&frame, shot);
        Drawn { frame, findings }
    }

    /// Draws `shot`.
    #[must_use]
    pub fn paint(&self, shot: &Shot<'_>) -> Frame {
        self.set(shot);
        self.frame()
    }

    /// Draws what is on the stage.
    #[must_use]
    pub fn frame(&self) -> Frame {
        self.headless.draw_still()
    }

    /// The texts on the stage.
    #[must_use]
    pub fn texts(&self) -> Vec<DrawnText> {
        semantics::texts_known(self.headless.window(), &mut self.measures.borrow_mut())
    }

    /// What is wrong with `frame`, which was just drawn of `shot`.
    #[must_use]
    pub fn judge(&self, frame: &Frame, shot: &Shot<'_>) -> Vec<Finding> {
        let place = Place {
            panel: shot.look.panel,
            insets: Insets::default(),
            right_to_left: language::right_to_left(shot.look.locale),
            emergency: &self.spoken.borrow().1,
        };
        judge(
            self.headless.window(),
            frame,
            &place,
            &mut self.measures.borrow_mut(),
        )
    }
}

/// Where a frame stands, as far as its findings ask.
pub struct Place<'a> {
    /// Panel.
    pub panel: Panel,
    /// What the system's bars take.
    pub insets: Insets,
    /// Its language is written from right to left.
    pub right_to_left: bool,
    /// What the emergency button is called in its language.
    pub emergency: &'a str,
}

/// What is wrong with `frame`, which `window` has just drawn.
#[must_use]
pub fn judge(
    window: &slint::Window,
    frame: &Frame,
    place: &Place<'_>,
    measures: &mut Measures,
) -> Vec<Finding> {
    let nodes = semantics::nodes(window);
    let mut found = findings::find(&findings::Page {
        nodes: &nodes,
        texts: &semantics::texts_known(window, measures),
        scrolls: &semantics::scrolls(window),
        frame,
        scale: place.panel.scale,
        right_to_left: place.right_to_left,
        emergency: place.emergency,
        inset_bottom: place.insets.bottom,
    });
    found.extend(findings::unspoken::find(
        &semantics::touch::unspoken(window),
        &nodes,
    ));
    found
}
