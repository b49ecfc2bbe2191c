//! What is looked at, beside what is true (`Snapshot`): the page on show and what the owner chose.

use crate::panel::{Insets, Panel};
use crate::ports::Essential;
use latchkey_core::refusal::Code;
use latchkey_ui::Page;
use serde::{Deserialize, Serialize};

/// What the owner chose for this phone; kept in `visit.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Language tag, e.g. `hi`.
    pub locale: String,
    /// Text size in percent, 100 to 200.
    pub text_percent: u16,
    /// Colours.
    pub theme: Theme,
    /// The amount is hidden on home until it is tapped.
    pub private: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Choices {
            locale: "en".into(),
            text_percent: 100,
            theme: Theme::Light,
            private: false,
        }
    }
}

impl Choices {
    /// Text sizes offered, percent.
    pub const TEXT_PERCENT: [u16; 4] = [100, 130, 160, 200];

    /// Reads what `to_json` wrote; what cannot be read, or is out of bounds, is the default.
    #[must_use]
    pub fn from_json(bytes: &[u8]) -> Choices {
        let mut choices: Choices = serde_json::from_slice(bytes).unwrap_or_default();
        choices.text_percent = choices.text_percent.clamp(100, 200);
        choices
    }

    /// The bytes of `visit.json`.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}

/// Colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Paper.
    #[default]
    Light,
    /// Night.
    Dark,
    /// Most contrast.
    Sunlight,
}

impl Theme {
    /// All of them, in the order of the rows that choose one.
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Sunlight];
}

/// Longest number that the pad takes.
pub const PAD_MAX: usize = 20;

/// Copying of photos, as whoever copies tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// Where the copies go.
    pub place: String,
    /// Photos copied.
    pub done: u32,
    /// Photos in all; 0 while nothing is copied.
    pub all: u32,
}

/// The page on show, the ones behind it, the choices, and the panel it is drawn on.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// The panel.
    pub panel: Panel,
    /// What the system's bars take of it.
    pub insets: Insets,
    /// What the owner chose.
    pub choices: Choices,
    /// Pages over the one that the state asks for; the last one is on show.
    stack: Vec<Page>,
    /// The amount was tapped while it is private.
    pub amount_shown: bool,
    /// Digits on the pad.
    pub pad: String,
    /// The question that page *answer* answers.
    pub answer: usize,
    /// The owner agreed, and the phone is being enrolled.
    pub agreed: bool,
    /// What a tap just opened, where nothing opens (preview).
    pub opened: Option<Essential>,
    /// The choice on page *mistake* or *hardship*.
    pub picked: Option<usize>,
    /// What was chosen there was sent.
    pub told: bool,
    /// What the agent refused just now.
    pub refusal: Option<Code>,
    /// Photos being copied, or where they will go.
    pub copy: Option<Copy>,
    /// The owner was asked where the photos go.
    pub asked_place: bool,
    /// That was the last tap.
    pub asked_just_now: bool,
}

impl Default for Visit {
    fn default() -> Self {
        Visit {
            panel: Panel::FLOOR,
            insets: Insets::default(),
            choices: Choices::default(),
            stack: Vec::new(),
            amount_shown: false,
            pad: String::new(),
            answer: 0,
            agreed: false,
            opened: None,
            picked: None,
            told: false,
            refusal: None,
            copy: None,
            asked_place: false,
            asked_just_now: false,
        }
    }
}

impl Visit {
    /// A visit that starts at the page of the state.
    #[must_use]
    pub fn new(choices: Choices) -> Visit {
        Visit {
            choices,
            ..Visit::default()
        }
    }

    /// The page on show, if it is not the state's own.
    #[must_use]
    pub fn top(&self) -> Option<Page> {
        self.stack.last().copied()
    }

    /// The page that *back* leads to, if it is not the state's own.
    #[must_use]
    pub fn under(&self) -> Option<Page> {
        self.stack
            .len()
            .checked_sub(2)
            .and_then(|i| self.stack.get(i))
            .copied()
    }

    /// Whether *back* leads anywhere.
    #[must_use]
    pub fn deep(&self) -> bool {
        !self.stack.is_empty()
    }

    /// Puts `page` on top. A page that lies in the stack already is gone back to: no path grows for ever.
    pub fn go(&mut self, page: Page) {
        match self.stack.iter().position(|p| *p == page) {
            Some(at) => self.stack.truncate(at + 1),
            None => self.stack.push(page),
        }
    }

    /// One page back.
    pub fn back(&mut self) {
        self.leave(self.top());
        self.stack.pop();
    }

    /// To the state's own page.
    pub fn home(&mut self) {
        self.leave(self.top());
        self.stack.clear();
    }

    /// The state asks for another page. The owner is taken there, but never away from an emergency call (OWN-01).
    pub fn state_changed(&mut self) {
        self.stack.retain(|p| matches!(p, Page::Emergency | Page::Dial));
        self.amount_shown = false;
        self.agreed = false;
    }

    fn leave(&mut self, page: Option<Page>) {
        match page {
            Some(Page::Dial | Page::Code) => self.pad.clear(),
            Some(Page::Backup) => self.asked_place = false,
            Some(Page::Mistake | Page::Hardship) => (self.picked, self.told) = (None, false),
            Some(
                Page::Welcome
                | Page::Free
                | Page::Home
                | Page::Pay
                | Page::Paid
                | Page::Emergency
                | Page::Call
                | Page::Help
                | Page::Answer
                | Page::Why
                | Page::Log
                | Page::Language
                | Page::Settings
                | Page::Open
                | Page::Released
                | Page::Settled
                | Page::About
                | Page::Opening,
            )
            | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_the_way_one_came() {
        let mut visit = Visit::default();
        visit.go(Page::Pay);
        visit.go(Page::Help);
        visit.go(Page::Answer);
        visit.go(Page::Help);
        assert_eq!((visit.top(), visit.under()), (Some(Page::Help), Some(Page::Pay)));
        visit.back();
        visit.back();
        visit.back();
        assert_eq!(visit.top(), None);
    }

    /// OWN-01: nobody is taken away from an emergency call.
    #[test]
    fn a_change_of_state_leaves_the_emergency_page_open() {
        let mut visit = Visit::default();
        visit.go(Page::Pay);
        visit.go(Page::Emergency);
        visit.state_changed();
        assert_eq!(visit.top(), Some(Page::Emergency));
        visit.back();
        assert_eq!(visit.top(), None);
    }

    #[test]
    fn choices_survive_their_file_and_damage_is_the_default() {
        let choices = Choices {
            locale: "ar".into(),
            text_percent: 200,
            theme: Theme::Dark,
            private: true,
        };
        assert_eq!(Choices::from_json(&choices.to_json()), choices);
        assert_eq!(Choices::from_json(b"{"), Choices::default());
        assert_eq!(Choices::from_json(br#"{"text_percent":9000}"#).text_percent, 200);
    }
}
