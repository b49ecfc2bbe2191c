//! Pages on which the owner tells the lender something, or uses what is promised without one: mistake, hardship, code,
//! opening.

use super::{Context, RowWith, View, tap};
use crate::format::ltr;
use latchkey_core::code::{Typed, grouped};
use latchkey_core::command::{Command, Hardship, Mistake};
use latchkey_core::snapshot::Lock;
use latchkey_ui::words;
use latchkey_ui::{Action, CodeView, HardshipView, MistakeView, OpeningView, Row, RowIcon};

/// What may be asked for, in the order of the rows.
const WISHES: [Command; 3] = [
    Command::Hardship(Hardship::PayLess),
    Command::Hardship(Hardship::PayLater),
    Command::Return,
];

/// The command of row `row` of page *mistake*.
#[must_use]
pub fn mistake_at(row: usize) -> Option<Command> {
    Mistake::ALL.get(row).copied().map(Command::Dispute)
}

/// The command of row `row` of page *hardship*.
#[must_use]
pub fn wish_at(row: usize) -> Option<Command> {
    WISHES.get(row).copied()
}

/// Choices of which one is picked and then sent.
fn choices<const N: usize>(cx: &Context<'_>, pick: Action, labels: [String; N]) -> Vec<Row> {
    let row = |(i, label)| {
        tap(RowIcon::None, label, pick)
            .index(i)
            .on(cx.v.picked == Some(i))
    };
    labels.into_iter().enumerate().map(row).collect()
}

/// OWN-12: a dispute starts here and lowers the limit at once, with or without a network.
pub(super) fn mistake(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let disputed = cx.lock().is_some_and(|lock| lock.disputed);
    let sent = match (disputed, cx.v.told) {
        (true, _) => words::mistake_sent_lighter(w),
        (false, true) => words::mistake_sent(w),
        (false, false) => String::new(),
    };
    if sent.is_empty() {
        let label = |what| match what {
            Mistake::AlreadyPaid => words::mistake_paid(w),
            Mistake::NewPlan => words::mistake_plan(w),
            Mistake::NotMyLoan => words::mistake_loan(w),
            Mistake::NotTold => words::mistake_told(w),
        };
        view.rows = choices(cx, Action::PickMistake, Mistake::ALL.map(label));
    } else {
        view.rows = vec![
            tap(RowIcon::Person, words::mistake_call(w), Action::ShowCall),
            tap(RowIcon::List, words::mistake_log(w), Action::ShowLog),
        ];
    }
    view.lock.mistake = MistakeView {
        chosen: sent.is_empty() && cx.v.picked.is_some(),
        sent: sent.into(),
        then: words::mistake_then(w, cx.lender()).into(),
    };
}

/// OWN-12: asking for another plan, or to give the phone back.
pub(super) fn hardship(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let sent = if cx.v.told {
        words::hardship_sent(w)
    } else {
        String::new()
    };
    if sent.is_empty() {
        let labels = [
            words::hardship_less(w),
            words::hardship_later(w),
            words::hardship_give_back(w),
        ];
        view.rows = choices(cx, Action::PickHardship, labels);
    } else {
        view.rows = vec![tap(RowIcon::Person, words::hardship_call(w), Action::ShowCall)];
    }
    view.lock.hardship = HardshipView {
        chosen: sent.is_empty() && cx.v.picked.is_some(),
        sent: sent.into(),
        binds: words::hardship_binds(w, cx.lender()).into(),
    };
}

/// The page for a spoken code means something while one can still be used.
pub(super) fn takes_codes(lock: &Lock) -> bool {
    lock.code
        .as_ref()
        .is_some_and(|code| code.slot > 0 || code.release)
}

pub(super) fn code(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let Some((lock, code)) = cx.lock().and_then(|lock| Some((lock, lock.code.as_ref()?))) else {
        return;
    };
    let wait = if code.closed {
        words::code_closed(w, cx.lender())
    } else if code.wait_ms > 0 {
        view.next_change_ms = Some((code.wait_ms - 1) % 60_000 + 1);
        words::code_wait(w, &cx.duration(code.wait_ms.div_ceil(1000)))
    } else {
        String::new()
    };
    let slot = if code.slot > 0 { code.slot } else { 4 };
    let challenge = format!("{} · {} · {slot}", cx.s.reference, lock.id);
    let digits = if cx.v.pad.is_empty() {
        String::new()
    } else {
        ltr(&grouped(&cx.v.pad))
    };
    view.lock.code = CodeView {
        challenge: ltr(&challenge).into(),
        typed: digits.into(),
        gives: match (code.slot > 0, code.release) {
            (true, true) => words::code_gives(w),
            (true, false) => words::code_gives_time(w),
            (false, _) => words::code_gives_release(w),
        }
        .into(),
        wait: wait.into(),
        full: Typed::new(&cx.v.pad).is_some(),
    };
    view.rows = vec![
        tap(RowIcon::Person, words::code_call(w), Action::ShowCall),
        tap(RowIcon::Wifi, words::code_wifi(w), Action::ShowSettings),
    ];
}

/// OWN-16: 24 hours, once a limit, on the owner's word alone.
pub(super) fn opening(cx: &Context<'_>, view: &mut View) {
    const OPENING_S: u64 = 24 * 3600;
    view.lock.opening = OpeningView {
        time: cx.duration(OPENING_S).into(),
    };
    view.rows = vec![tap(
        RowIcon::Photo,
        words::opening_backup(cx.w),
        Action::ShowBackup,
    )];
}
