//! From a tap to what it does: another page, the dialer, a settings screen, or a wish for the agent.

use crate::ports::{Dialer, Essential, Essentials};
use crate::present;
use crate::visit::{Choices, PAD_MAX, Visit};
use latchkey_core::code::Typed;
use latchkey_core::command::Command;
use latchkey_core::snapshot::{Claim, Phase, Snapshot};
use latchkey_ui::{Action, Page};
use std::rc::Rc;

/// Where taps lead beside the visit.
pub struct Doors<'a> {
    /// The platform's dialer.
    pub dialer: &'a dyn Dialer,
    /// The system's settings screens.
    pub essentials: &'a dyn Essentials,
    /// The agent's inbox. It may never answer; nothing here waits for it.
    pub commands: &'a Rc<dyn Fn(Command)>,
}

/// Carries out a tap on row `row` of the page on show, and says whether the owner's choices changed.
pub fn tapped(action: Action, row: usize, snapshot: &Snapshot, visit: &mut Visit, doors: &Doors<'_>) -> bool {
    visit.refusal = None;
    visit.opened = None;
    visit.asked_just_now = false;
    let before = visit.choices.clone();
    match action {
        Action::Back => visit.back(),
        Action::ShowHome => visit.home(),
        Action::ShowPay => visit.go(Page::Pay),
        Action::ShowCall => visit.go(Page::Call),
        Action::ShowBackup => visit.go(Page::Backup),
        Action::ShowHelp => visit.go(Page::Help),
        Action::ShowAnswer => {
            visit.answer = row;
            visit.go(Page::Answer);
        }
        Action::ShowWhy => visit.go(Page::Why),
        Action::ShowLog => visit.go(Page::Log),
        Action::ShowLanguage => visit.go(Page::Language),
        Action::ShowSettings => visit.go(Page::Settings),
        Action::ShowAbout => visit.go(Page::About),
        Action::ShowDial => visit.go(Page::Dial),
        Action::ShowMistake => visit.go(Page::Mistake),
        Action::ShowHardship => visit.go(Page::Hardship),
        Action::ShowCode => visit.go(Page::Code),
        Action::ShowOpening => visit.go(Page::Opening),
        // OWN-01: straight to the platform, which decides what it dials. Our own page lies behind, for when the
        // dialer cannot open or was closed.
        Action::Emergency => {
            doors.dialer.emergency(None);
            visit.go(Page::Emergency);
        }
        Action::EmergencyNumber => doors
            .dialer
            .emergency(Some(present::emergency_number(snapshot, row))),
        Action::Dial => doors
            .dialer
            .emergency(Some(visit.pad.as_str()).filter(|pad| !pad.is_empty())),
        Action::Hotline => {
            if let Some(number) = present::hotline(snapshot, row) {
                doors.dialer.call(number);
            }
        }
        Action::Key => key(visit, row),
        Action::Erase => {
            visit.pad.pop();
        }
        Action::Consent => {
            visit.agreed = true;
            (doors.commands)(Command::Consent);
        }
        Action::CheckIn => (doors.commands)(Command::CheckIn),
        Action::Paid => {
            // OWN-08: said once it is said; looking at the clock again sends nothing.
            if claim_is_open(snapshot) {
                (doors.commands)(Command::Paid);
            }
            visit.go(Page::Paid);
        }
        Action::StartBackup => behind_screen_lock(Command::StartBackup, doors),
        Action::StopBackup => (doors.commands)(Command::StopBackup),
        Action::Seen => (doors.commands)(Command::Seen),
        Action::StartOpening => behind_screen_lock(Command::StartOpening, doors),
        Action::TypeCode => {
            if let Some(typed) = Typed::new(&visit.pad) {
                (doors.commands)(Command::TypeCode(typed));
                visit.pad.clear();
            }
        }
        Action::Leave => {
            (doors.commands)(Command::Leave);
            doors.essentials.leave();
        }
        Action::PickMistake | Action::PickHardship => visit.picked = Some(row),
        Action::SendMistake => send(visit.picked.and_then(present::mistake_at), visit, doors),
        Action::SendHardship => send(visit.picked.and_then(present::wish_at), visit, doors),
        Action::PickLanguage => {
            if let Some(locale) = present::language_at(row) {
                visit.choices.locale = locale.tag.into();
            }
        }
        Action::PickTextSize => {
            if let Some(percent) = present::text_percent_at(row) {
                visit.choices.text_percent = percent;
            }
        }
        Action::PickTheme => {
            if let Some(theme) = present::theme_at(row) {
                visit.choices.theme = theme;
            }
        }
        Action::TogglePrivate => {
            visit.choices.private = !visit.choices.private;
            visit.amount_shown = false;
        }
        Action::ShowAmount => visit.amount_shown = true,
        Action::Wifi => open(Essential::Wifi, visit, doors),
        Action::MobileData => open(Essential::MobileData, visit, doors),
        Action::Accessibility => open(Essential::Accessibility, visit, doors),
        Action::Sound => open(Essential::Sound, visit, doors),
        Action::ChoosePlace => {
            // OWN-07: the time does not run before the owner knows where the photos go, and says start.
            (visit.asked_place, visit.asked_just_now) = (true, true);
            doors.essentials.choose_place();
        }
    }
    before != visit.choices
}

/// OWN-12: what was chosen is said to the agent, which keeps it until the lender has it.
fn send(wish: Option<Command>, visit: &mut Visit, doors: &Doors<'_>) {
    if let Some(wish) = wish {
        (doors.commands)(wish);
        (visit.picked, visit.told) = (None, true);
    }
}

/// OWN-16: photos and an open phone are the owner's; a thief who holds a limited phone gets neither.
fn behind_screen_lock(wish: Command, doors: &Doors<'_>) {
    let commands = Rc::clone(doors.commands);
    doors.essentials.confirm_owner(Box::new(move || commands(wish)));
}

fn open(essential: Essential, visit: &mut Visit, doors: &Doors<'_>) {
    visit.opened = Some(essential);
    doors.essentials.open(essential);
}

/// Digits 0 to 9, then star and hash.
fn key(visit: &mut Visit, row: usize) {
    let key = match row {
        0..=9 => char::from(b'0' + row as u8),
        10 => '*',
        11 => '#',
        _ => return,
    };
    if visit.pad.len() < PAD_MAX {
        visit.pad.push(key);
    }
}

/// Whether "I have paid" can still be said.
fn claim_is_open(snapshot: &Snapshot) -> bool {
    match &snapshot.phase {
        Phase::Lock(lock) => lock.claim == Claim::None,
        Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => false,
    }
}

/// For whoever keeps `visit.json`.
pub type OnChoices = Box<dyn Fn(&Choices)>;
