//! The ports of a desktop: nothing is dialled and no setting is opened; they remember, and say, what a phone would do.

use latchkey_screen::{Dialer, Essential, Essentials};
use std::cell::RefCell;
use std::rc::Rc;

/// Something that a phone would have done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The emergency dialer would be open, with this number in it.
    Emergency(Option<String>),
    /// The hotline would ring.
    Call(String),
    /// A settings screen would be open.
    Opened(Essential),
    /// The owner would choose where photos go.
    ChoosePlace,
    /// The lock screen would be left.
    Leave,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Done::Emergency(None) => f.write_str("a phone would open its emergency dialer now"),
            Done::Emergency(Some(number)) => {
                write!(f, "a phone would open its emergency dialer with {number}")
            }
            Done::Call(number) => write!(f, "a phone would call {number}"),
            Done::Opened(essential) => write!(f, "a phone would open its settings for {essential:?}"),
            Done::Leave => f.write_str("a phone would show its other apps now"),
            Done::ChoosePlace => f.write_str("a phone would ask where to copy the photos"),
        }
    }
}

/// Dialer and settings of a desktop. Clones share what they remember.
#[derive(Clone, Default)]
pub struct Desktop {
    done: Rc<RefCell<Vec<Done>>>,
    say: Option<fn(&Done)>,
}

impl Desktop {
    /// One that calls `say` each time.
    #[must_use]
    pub fn saying(say: fn(&Done)) -> Desktop {
        Desktop {
            done: Rc::default(),
            say: Some(say),
        }
    }

    /// What would have been done so far, oldest first.
    #[must_use]
    pub fn done(&self) -> Vec<Done> {
        self.done.borrow().clone()
    }

    fn remember(&self, done: Done) {
        if let Some(say) = self.say {
            say(&done);
        }
        self.done.borrow_mut().push(done);
    }
}

impl Dialer for Desktop {
    fn emergency(&self, number: Option<&str>) {
        self.remember(Done::Emergency(number.map(str::to_owned)));
    }

    fn call(&self, number: &str) {
        self.remember(Done::Call(number.to_owned()));
    }
}

impl Essentials for Desktop {
    fn open(&self, essential: Essential) {
        self.remember(Done::Opened(essential));
    }

    fn choose_place(&self) {
        self.remember(Done::ChoosePlace);
    }

    /// A desktop's own lock is not the phone's: nothing stands in front here.
    fn confirm_owner(&self, then: Box<dyn FnOnce()>) {
        then();
    }

    fn leave(&self) {
        self.remember(Done::Leave);
    }
}
