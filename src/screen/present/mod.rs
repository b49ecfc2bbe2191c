//! What is true, and what is looked at, as the pages show it. Pure: no clock, no window, no file.
//!
//! Every state and level has its page (`state_page`), every page its rows and texts (`fill`); both matches are
//! exhaustive, so a new state or page does not compile before it is shown.

mod calls;
mod free;
mod lock;
mod own;
mod read;
mod tell;

pub use calls::{emergency_number, hotline};
pub use own::{language_at, text_percent_at, theme_at};
pub use tell::{mistake_at, wish_at};

use crate::format;
use crate::ports::Essential;
use crate::qr::Matrix;
use crate::visit::{Choices, Visit};
use crate::words::Locale;
use latchkey_core::snapshot::{Fault, Link, Lock, Mode, Phase, Snapshot};
use latchkey_ui::words::{self, Words};
use latchkey_ui::{Action, LockView, Page, Row, RowIcon, RowState};
use slint::SharedString;

/// Everything that `show` hands to the window.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The border's struct.
    pub lock: LockView,
    /// The list of the page on show.
    pub rows: Vec<Row>,
    /// The payment code and its pixels a module.
    pub code: Option<(Matrix, u32)>,
    /// Language, text size and colours.
    pub choices: Choices,
    /// Milliseconds until something on show changes by itself: a clock on the page. The wiring takes a new snapshot
    /// then.
    pub next_change_ms: Option<u64>,
}

/// The page that the state itself asks for.
#[must_use]
pub fn state_page(snapshot: &Snapshot) -> Page {
    match &snapshot.phase {
        Phase::Welcome { .. } => Page::Welcome,
        Phase::Unknown => Page::Free,
        Phase::Free => {
            if snapshot.released.is_some() {
                Page::Released
            } else {
                Page::Free
            }
        }
        Phase::Lock(lock) => match lock.mode {
            Mode::Locked => match lock.level {
                0 => Page::Free,
                // Reminder, limited and kiosk are variants of one page.
                1..=u8::MAX => Page::Home,
            },
            Mode::Open { .. } => Page::Open,
            Mode::Backup { .. } => Page::Backup,
        },
        Phase::Settled { .. } => Page::Settled,
    }
}

/// Whether `page` means something in this state; what does not is not shown, whatever was tapped.
#[must_use]
pub fn fits(page: Page, snapshot: &Snapshot) -> bool {
    let lock = matches!(snapshot.phase, Phase::Lock(_));
    match page {
        // OWN-01, OWN-02: these fit always.
        Page::Emergency
        | Page::Dial
        | Page::Language
        | Page::Settings
        | Page::Call
        | Page::Help
        | Page::Answer
        | Page::Log
        | Page::About => true,
        Page::Pay => lock || snapshot.pay.is_some(),
        Page::Paid | Page::Backup | Page::Why | Page::Mistake | Page::Hardship => lock,
        Page::Code => takes(snapshot, tell::takes_codes),
        Page::Opening => takes(snapshot, |lock| lock.opening),
        Page::Home | Page::Free | Page::Welcome | Page::Open | Page::Released | Page::Settled => {
            page == state_page(snapshot)
        }
    }
}

/// Whether a lock is held, not open, and `what` is true of it.
fn takes(snapshot: &Snapshot, what: impl Fn(&Lock) -> bool) -> bool {
    match &snapshot.phase {
        Phase::Lock(lock) => !matches!(lock.mode, Mode::Open { .. }) && what(lock),
        Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => false,
    }
}

/// The page on show.
#[must_use]
pub fn page_on_show(snapshot: &Snapshot, visit: &Visit) -> Page {
    visit
        .top()
        .filter(|page| fits(*page, snapshot))
        .unwrap_or_else(|| state_page(snapshot))
}

/// The view of `snapshot` for this visit in this language.
#[must_use]
pub fn present(snapshot: &Snapshot, visit: &Visit, words: &dyn Words) -> View {
    let page = page_on_show(snapshot, visit);
    let under = match visit.under() {
        Some(under) if fits(under, snapshot) => under,
        Some(_) | None => state_page(snapshot),
    };
    let cx = Context {
        s: snapshot,
        v: visit,
        w: words,
    };
    let back = if under == page {
        String::new()
    } else {
        words::shared_back_to(words, &title(&cx, under))
    };
    let mut view = View {
        lock: LockView {
            page,
            under,
            width: visit.panel.width_dp(),
            height: visit.panel.height_dp(),
            inset_top: visit.insets.top,
            inset_bottom: visit.insets.bottom,
            language: Locale::find(&visit.choices.locale).name.into(),
            back: back.into(),
            notice: cx.notice().into(),
            sandbox: if snapshot.limits.preview && !snapshot.sandbox {
                words::shared_preview(words).into()
            } else if snapshot.sandbox {
                words::shared_sandbox(words).into()
            } else {
                SharedString::new()
            },
            offline: cx.fault().into(),
            refusal: cx.refusal().into(),
            pad: visit.pad.as_str().into(),
            preview: snapshot.limits.preview,
            ..LockView::default()
        },
        rows: Vec::new(),
        code: None,
        choices: visit.choices.clone(),
        next_change_ms: None,
    };
    fill(&cx, page, &mut view);
    view
}

fn fill(cx: &Context<'_>, page: Page, view: &mut View) {
    match page {
        Page::Home => lock::home(cx, view),
        Page::Pay => lock::pay(cx, view),
        Page::Paid => lock::paid(cx, view),
        Page::Backup => lock::backup(cx, view),
        Page::Emergency => calls::emergency(cx, view),
        Page::Dial => {}
        Page::Call => calls::call(cx, view),
        Page::Help => read::help(cx, view),
        Page::Answer => read::answer(cx, view),
        Page::Why => read::why(cx, view),
        Page::Log => read::log(cx, view),
        Page::Language => own::language(cx, view),
        Page::Settings => own::settings(cx, view),
        Page::About => own::about(cx, view),
        Page::Free => free::free(cx, view),
        Page::Open => free::open(cx, view),
        Page::Released => free::released(cx, view),
        Page::Settled => free::settled(cx, view),
        Page::Welcome => free::welcome(cx, view),
        Page::Mistake => tell::mistake(cx, view),
        Page::Hardship => tell::hardship(cx, view),
        Page::Code => tell::code(cx, view),
        Page::Opening => tell::opening(cx, view),
    }
}

/// The title of a page, for the arrow that leads back to it.
fn title(cx: &Context<'_>, page: Page) -> String {
    let w = cx.w;
    match page {
        Page::Home => words::home_title(w),
        Page::Pay => words::pay_title(w),
        Page::Paid => words::paid_title(w),
        Page::Backup => words::backup_title(w),
        Page::Emergency => words::emergency_title(w),
        Page::Dial => words::dial_title(w),
        Page::Call => words::call_title(w),
        Page::Help | Page::Answer => words::help_title(w),
        Page::Why => words::why_title(w),
        Page::Log => words::log_title(w),
        Page::Language => words::language_title(w),
        Page::Settings => words::settings_title(w),
        Page::About => words::about_title(w),
        Page::Free => free::free_title(cx),
        Page::Open => words::open_title(w),
        Page::Released => words::released_open(w),
        Page::Settled => words::settled_title(w),
        Page::Welcome => words::welcome_title(w),
        Page::Mistake => words::mistake_title(w),
        Page::Hardship => words::hardship_title(w),
        Page::Code => words::code_title(w),
        Page::Opening => words::opening_title(w),
    }
}

/// What every page reads.
struct Context<'a> {
    s: &'a Snapshot,
    v: &'a Visit,
    w: &'a dyn Words,
}

impl Context<'_> {
    fn lock(&self) -> Option<&Lock> {
        match &self.s.phase {
            Phase::Lock(lock) => Some(lock),
            Phase::Welcome { .. } | Phase::Unknown | Phase::Free | Phase::Settled { .. } => None,
        }
    }

    /// The lender's name, or nothing before one is known.
    fn lender(&self) -> &str {
        self.s.lender.as_ref().map_or("", |l| l.name.as_str())
    }

    fn money(&self, minor: u64) -> String {
        format::ltr(&self.s.market.style.write(minor))
    }

    /// An amount as it is spoken: `3,250 rupees`.
    fn spoken(&self, minor: u64) -> String {
        let style = &self.s.market.style;
        let number = style.spoken(minor);
        let whole = minor / 10_u64.pow(u32::from(style.iso_digits.min(6)));
        match style.code.as_str() {
            "LKR" | "INR" | "PKR" | "NPR" | "MUR" | "SCR" => words::shared_rupees(self.w, whole, &number),
            code => words::shared_money_spoken(self.w, &number, code),
        }
    }

    fn clock(&self, second: u64) -> String {
        format::clock(second, self.s.utc_offset_min)
    }

    fn today(&self) -> Option<i64> {
        self.s.now_s.map(|s| format::day_of(s, self.s.utc_offset_min))
    }

    /// `3 May`; with the year when it is not this one.
    fn date(&self, day: i64) -> String {
        let this_year = self.today().map(|d| format::civil(d).0);
        format::date(self.w, &self.s.market.id, day, this_year)
    }

    fn date_of(&self, second: u64) -> String {
        self.date(format::day_of(second, self.s.utc_offset_min))
    }

    /// The clock time, with its day when that is not today.
    fn when(&self, second: u64) -> String {
        let clock = self.clock(second);
        if self.today() == Some(format::day_of(second, self.s.utc_offset_min)) {
            clock
        } else {
            words::shared_date_time(self.w, &self.date_of(second), &clock)
        }
    }

    fn minutes(&self, minutes: u64) -> String {
        words::shared_minutes(self.w, minutes, &minutes.to_string())
    }

    /// A duration in its largest whole unit.
    fn duration(&self, seconds: u64) -> String {
        if seconds >= 172_800 && seconds.is_multiple_of(86_400) {
            words::shared_days(self.w, seconds / 86_400, &(seconds / 86_400).to_string())
        } else if seconds >= 7_200 && seconds.is_multiple_of(3_600) {
            words::shared_hours(self.w, seconds / 3_600, &(seconds / 3_600).to_string())
        } else if seconds < 60 {
            words::shared_seconds(self.w, seconds, &seconds.to_string())
        } else {
            self.minutes(seconds.div_ceil(60))
        }
    }

    /// What is wrong with the link to the server and the next step, or nothing.
    fn fault(&self) -> String {
        match self.s.link {
            Link::Fault { fault, .. } => {
                let [what, next] = self.fault_texts(fault);
                words::shared_fault(self.w, &what, &next)
            }
            Link::Asking | Link::Online { .. } => String::new(),
        }
    }

    fn fault_texts(&self, fault: Fault) -> [String; 2] {
        self.code_texts(fault.as_str())
    }

    /// The sentence of a code and its next step.
    fn code_texts(&self, code: &str) -> [String; 2] {
        let id = format!("refusal-{}", code.replace('_', "-"));
        [self.w.text(&id, &[]), self.w.text(&format!("{id}-next"), &[])]
    }

    /// What a tap would have opened, where there is no phone under the screen.
    fn notice(&self) -> String {
        let w = self.w;
        if self.v.asked_just_now && self.s.limits.preview {
            return words::backup_preview(w);
        }
        let what = match self.v.opened.filter(|_| self.s.limits.preview) {
            Some(Essential::Wifi) => words::settings_wifi(w),
            Some(Essential::MobileData) => words::settings_mobile_data(w),
            Some(Essential::Accessibility) => words::settings_reader(w),
            Some(Essential::Sound) => words::settings_sound(w),
            None => return String::new(),
        };
        words::settings_preview(w, &what)
    }

    fn refusal(&self) -> String {
        match self.v.refusal {
            Some(code) => {
                let [what, next] = self.code_texts(code.as_str());
                words::shared_fault(self.w, &what, &next)
            }
            None => String::new(),
        }
    }
}

/// A row that is tapped.
fn tap(icon: RowIcon, label: String, action: Action) -> Row {
    Row {
        icon,
        label: label.into(),
        action,
        taps: true,
        state: RowState::Plain,
        ..Row::default()
    }
}

/// A heading over the rows after it.
fn head(label: String) -> Row {
    Row {
        label: label.into(),
        state: RowState::Head,
        ..Row::default()
    }
}

/// A row that is read.
fn say(icon: RowIcon, label: String, detail: String) -> Row {
    Row {
        icon,
        label: label.into(),
        detail: detail.into(),
        state: RowState::Plain,
        ..Row::default()
    }
}

trait RowWith {
    fn detail(self, detail: String) -> Row;
    fn spoken(self, spoken: String) -> Row;
    fn index(self, index: usize) -> Row;
    fn on(self, on: bool) -> Row;
}

impl RowWith for Row {
    fn detail(self, detail: String) -> Row {
        Row {
            detail: detail.into(),
            ..self
        }
    }
    fn spoken(self, spoken: String) -> Row {
        Row {
            spoken: spoken.into(),
            ..self
        }
    }
    fn index(self, index: usize) -> Row {
        Row {
            index: i32::try_from(index).unwrap_or(i32::MAX),
            ..self
        }
    }
    fn on(self, on: bool) -> Row {
        Row {
            state: if on { RowState::On } else { RowState::Off },
            ..self
        }
    }
}
