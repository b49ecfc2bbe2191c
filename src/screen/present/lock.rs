//! Pages of a locked phone: home, pay, paid, backup.

use super::{Context, RowWith, View, read, tap};
use crate::format::{self, isolate, ltr};
use crate::qr::{Matrix, Place, QUIET};
use latchkey_core::snapshot::{Claim, Link, Lock, Mode, Pay};
use latchkey_ui::words;
use latchkey_ui::{Action, BackupView, HomeView, PaidView, PayView, Row, RowIcon};

/// The 10 minutes, milliseconds.
const WINDOW_MS: u64 = 600_000;

pub(super) fn home(cx: &Context<'_>, view: &mut View) {
    let Some(lock) = cx.lock() else { return };
    let w = cx.w;
    let private = cx.v.choices.private && !cx.v.amount_shown;
    amount(cx, view, lock.amount);
    if let Some((pay, matrix)) = payable(cx, lock).filter(|_| !private && lock.level != 1) {
        let module = matrix.module(Place::Home, cx.v.panel, cx.v.insets);
        let size = module * matrix.side() as u32;
        if home_has_room(cx, view, lock, pay, size as f32 / cx.v.panel.scale) {
            view.lock.home.code_here = true;
            view.lock.pay = pay_view(cx, Some(pay), size, module);
            view.code = Some((matrix, module));
        }
    }
    let claim = match lock.claim {
        Claim::None => String::new(),
        Claim::Running {
            ends_s: Some(end), ..
        } => words::home_claim(w, &cx.clock(end)),
        Claim::Running {
            ends_s: None,
            left_ms,
            ..
        } => {
            let minutes = format::minutes_up(left_ms);
            words::paid_minutes(w, minutes, &minutes.to_string())
        }
        Claim::Spent => words::home_claim_spent(w),
    };
    view.lock.home = HomeView {
        private,
        owe: words::home_owe(w, cx.lender()).into(),
        due: words::home_due(w, &cx.date(i64::from(lock.due))).into(),
        reason: words::home_reason(w, cx.lender()).into(),
        left: backup_left(cx, lock).into(),
        claim: claim.clone().into(),
        code_here: view.lock.home.code_here,
        level: i32::from(lock.level),
    };
    view.rows = home_rows(cx, lock, private, &claim, view.lock.home.code_here);
}

fn home_rows(cx: &Context<'_>, lock: &Lock, private: bool, claim: &str, code_here: bool) -> Vec<Row> {
    let w = cx.w;
    let mut rows = Vec::new();
    match lock.level {
        // A reminder is left with its first button; paying is the second.
        1 => return vec![tap(RowIcon::Pay, words::home_pay_row(w), Action::ShowPay)],
        2 => rows
            .push(tap(RowIcon::Apps, words::home_go_on(w), Action::Leave).detail(words::home_go_on_why(w))),
        0 | 3..=u8::MAX => {}
    }
    if private {
        rows.push(
            tap(RowIcon::Eye, words::home_amount(w), Action::ShowAmount).detail(words::home_amount_show(w)),
        );
    }
    // The primary button says it where the code stands on this page; what the clock says still needs a place.
    if !code_here || !claim.is_empty() {
        rows.push(tap(RowIcon::Check, words::home_paid(w), Action::Paid).detail(claim.to_owned()));
    }
    if code_here {
        // The address and the number, for those who cannot scan.
        rows.push(tap(RowIcon::Pay, words::home_more(w), Action::ShowPay));
    }
    rows.push(tap(RowIcon::Person, words::home_call(w), Action::ShowCall));
    rows.push(tap(RowIcon::Flag, words::home_mistake(w), Action::ShowMistake).detail(mistake_row(cx, lock)));
    rows.push(tap(
        RowIcon::Calendar,
        words::home_hardship(w),
        Action::ShowHardship,
    ));
    rows.push(tap(RowIcon::Photo, words::home_backup(w), Action::ShowBackup).detail(backup_left(cx, lock)));
    if lock.opening {
        let row = tap(RowIcon::Clock, words::home_opening(w), Action::ShowOpening);
        rows.push(row.detail(words::home_opening_once(w)));
    }
    if super::tell::takes_codes(lock) {
        rows.push(tap(RowIcon::Keys, words::home_code(w), Action::ShowCode).detail(words::home_code_why(w)));
    }
    rows.push(tap(RowIcon::Rule, words::home_why(w), Action::ShowWhy));
    rows.push(tap(RowIcon::Question, words::home_help(w), Action::ShowHelp));
    rows.push(tap(RowIcon::List, words::home_log(w), Action::ShowLog));
    rows.push(tap(RowIcon::Wifi, words::home_settings(w), Action::ShowSettings));
    rows.push(tap(RowIcon::Info, words::home_about(w), Action::ShowAbout));
    rows
}

fn mistake_row(cx: &Context<'_>, lock: &Lock) -> String {
    if lock.disputed {
        words::home_mistake_sent(cx.w)
    } else {
        String::new()
    }
}

fn backup_left(cx: &Context<'_>, lock: &Lock) -> String {
    if lock.backup_left_ms == 0 {
        words::home_backup_spent(cx.w)
    } else {
        words::home_backup_left(cx.w, &cx.minutes(format::minutes_up(lock.backup_left_ms)))
    }
}

fn amount(cx: &Context<'_>, view: &mut View, minor: u64) {
    view.lock.amount = cx.money(minor).into();
    view.lock.amount_spoken = cx.spoken(minor).into();
}

/// The way to pay, if a code may be shown. The amount on the screen is the amount in the code, always (OWN-15).
fn payable<'a>(cx: &'a Context<'_>, lock: &Lock) -> Option<(&'a Pay, Matrix)> {
    let pay = safe(cx, Some(lock))?;
    let matrix = Matrix::new(&pay.qr).or_else(|| Matrix::new(&pay.link))?;
    Some((pay, matrix))
}

/// The way to pay, if it asks for the amount that the screen shows and names a payee.
fn safe<'a>(cx: &'a Context<'_>, lock: Option<&Lock>) -> Option<&'a Pay> {
    cx.s.pay
        .as_ref()
        .filter(|pay| lock.is_none_or(|l| l.amount == pay.amount) && !pay.payees.is_empty())
}

/// Whether payee and code stand whole above the fold of home. What is laid out is not known here: heights come from
/// the theme's ramp, lines from counted letters, a little more of both than is drawn.
fn home_has_room(cx: &Context<'_>, view: &View, lock: &Lock, pay: &Pay, code: f32) -> bool {
    let larger = f32::from(cx.v.choices.text_percent) / 100.0 - 1.0;
    let script = crate::words::Locale::find(&cx.v.choices.locale).line;
    let grow = |least: f32, most: f32| least + (most - least) * larger;
    let (body, small) = (
        (grow(18.0, 30.0), grow(26.0, 42.0)),
        (grow(15.0, 27.0), grow(21.0, 36.0)),
    );
    let wrapped = |text: &str, (size, line): (f32, f32), room: f32| lines(text, size, room) * line * script;
    let column = cx.v.panel.width_dp().min(480.0) - 40.0;
    let slip = column - 24.0;
    let notices: f32 = [&view.lock.refusal, &view.lock.notice, &view.lock.offline]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| wrapped(text, body, column - 56.0) + 36.0)
        .sum();
    let sandbox = if view.lock.sandbox.is_empty() { 0.0 } else { 24.0 };
    let top = sandbox
        + 48.0
        + notices
        + grow(28.0, 45.0) * script
        + wrapped(&words::home_comfort(cx.w), body, column);
    let owed = wrapped(&words::home_owe(cx.w, cx.lender()), body, slip)
        + grow(52.0, 60.0)
        + wrapped(&words::home_due(cx.w, &cx.date(i64::from(lock.due))), body, slip)
        + wrapped(&words::home_opens(cx.w), body, slip);
    let payee = pay.payees.first().map_or("", String::as_str);
    let scan = wrapped(&words::home_scan(cx.w), small, slip) + wrapped(payee, body, slip);
    // Half a row says that the page goes on.
    let row = (grow(26.0, 42.0) * script + 30.0) / 2.0;
    let bottom = if cx.v.choices.text_percent > 115 {
        136.0
    } else {
        72.0
    };
    let usable = cx.v.panel.height_dp() - cx.v.insets.top - cx.v.insets.bottom;
    usable >= top + 20.0 + owed + 16.0 + scan + code + row + bottom
}

/// Lines that `text` takes at this size in this room, dp, if words are kept whole.
fn lines(text: &str, size: f32, room: f32) -> f32 {
    let letter = |c: char| {
        if c.is_uppercase() {
            0.66 * size
        } else {
            0.54 * size
        }
    };
    let (mut lines, mut used) = (1.0, 0.0);
    for word in format::bare(text).split_inclusive(' ') {
        let width: f32 = word.chars().map(letter).sum();
        if used + width > room && used > 0.0 {
            lines += 1.0;
            used = 0.0;
        }
        used += width;
    }
    lines
}

fn pay_view(cx: &Context<'_>, pay: Option<&Pay>, code_size: u32, module: u32) -> PayView {
    let w = cx.w;
    let progress =
        cx.s.money
            .as_ref()
            .map(|m| words::pay_progress(w, &cx.money(m.paid), &cx.money(m.total), &cx.money(m.left)));
    let as_of = match (cx.s.link, &cx.s.money) {
        (Link::Fault { .. }, Some(money)) => words::pay_as_of(w, &cx.when(money.as_of)),
        (Link::Fault { .. } | Link::Asking | Link::Online { .. }, _) => String::new(),
    };
    let link = pay.map(|p| p.link.strip_prefix("https://").unwrap_or(&p.link));
    PayView {
        payee: pay
            .and_then(|p| p.payees.first())
            .map(|p| isolate(p))
            .unwrap_or_default()
            .into(),
        host: link.map(ltr).unwrap_or_default().into(),
        reference: reference(cx).into(),
        progress: progress.unwrap_or_default().into(),
        as_of: as_of.into(),
        code_size: i32::try_from(code_size).unwrap_or(0),
        code_quiet: i32::try_from(module * QUIET as u32).unwrap_or(0),
        refused: pay.is_none(),
        claims: cx.lock().is_some(),
        once: cx.lock().is_some_and(|l| l.claim == Claim::None),
    }
}

/// The number to say, or nothing before one is known.
fn reference(cx: &Context<'_>) -> String {
    if cx.s.reference.is_empty() {
        String::new()
    } else {
        ltr(&cx.s.reference)
    }
}

pub(super) fn pay(cx: &Context<'_>, view: &mut View) {
    let lock = cx.lock();
    let pay = safe(cx, lock);
    match (lock, pay) {
        (Some(lock), _) => amount(cx, view, lock.amount),
        (None, Some(pay)) => amount(cx, view, pay.amount),
        (None, None) => {}
    }
    view.code = pay
        .and_then(|p| Matrix::new(&p.qr).or_else(|| Matrix::new(&p.link)))
        .map(|matrix| {
            let module = matrix.module(Place::Pay, cx.v.panel, cx.v.insets);
            (matrix, module)
        });
    let (side, module) = view
        .code
        .as_ref()
        .map_or((0, 0), |(matrix, module)| (matrix.side() as u32, *module));
    view.lock.pay = pay_view(cx, pay, side * module, module);
    view.rows = vec![
        tap(RowIcon::Person, words::pay_row_call(cx.w), Action::ShowCall),
        tap(RowIcon::Question, words::pay_row_safe(cx.w), Action::ShowAnswer).index(read::SAFE),
    ];
}

pub(super) fn paid(cx: &Context<'_>, view: &mut View) {
    let Some(lock) = cx.lock() else { return };
    let w = cx.w;
    let told_plain = || words::paid_told_plain(w);
    let mut paid = PaidView {
        said: told_plain().into(),
        ..PaidView::default()
    };
    match lock.claim {
        Claim::None => {}
        Claim::Running {
            left_ms,
            said_s,
            ends_s,
        } => {
            let minutes = format::minutes_up(left_ms);
            paid.step = 1;
            paid.clock = ends_s.is_some();
            paid.by = ends_s
                .map_or_else(|| cx.minutes(minutes), |end| ltr(&cx.clock(end)))
                .into();
            paid.said = said_s
                .map_or_else(told_plain, |s| words::paid_told(w, &cx.clock(s)))
                .into();
            paid.minutes = words::paid_minutes(w, minutes, &minutes.to_string()).into();
            paid.answer = match cx.s.link {
                Link::Asking => words::paid_answer_asking(w),
                Link::Online { .. } => words::paid_answer_none(w),
                Link::Fault { .. } => words::paid_answer_offline(w),
            }
            .into();
            view.next_change_ms = Some(left_ms % 60_000 + 1);
        }
        Claim::Spent => {
            paid.spent = true;
            paid.answer = words::paid_answer_spent(w, cx.lender(), &cx.s.reference).into();
        }
    }
    view.lock.paid = paid;
    view.rows = vec![
        tap(RowIcon::Check, words::paid_row_again(w), Action::CheckIn),
        tap(RowIcon::Plus, words::paid_row_works(w), Action::ShowAnswer).index(read::WORKS),
    ];
    if safe(cx, Some(lock)).is_some() {
        view.rows
            .push(tap(RowIcon::Pay, words::paid_row_pay(w), Action::ShowPay));
    }
    if lock.claim == Claim::Spent {
        view.rows
            .push(tap(RowIcon::Person, words::paid_row_call(w), Action::ShowCall));
    }
}

/// OWN-07: what is left stands here before and during, and that the limit stays on.
pub(super) fn backup(cx: &Context<'_>, view: &mut View) {
    let Some(lock) = cx.lock() else { return };
    let w = cx.w;
    let left_ms = lock.backup_left_ms;
    let seconds = left_ms.div_ceil(1000);
    let (running, ends_s) = match lock.mode {
        Mode::Backup { ends_s } => (true, ends_s),
        Mode::Locked | Mode::Open { .. } => (false, None),
    };
    let copy = cx.v.copy.as_ref();
    view.lock.backup = BackupView {
        running,
        spent: left_ms == 0,
        left: ltr(&format::countdown(left_ms)).into(),
        left_spoken: words::backup_spoken(
            w,
            seconds / 60,
            &(seconds / 60).to_string(),
            &(seconds % 60).to_string(),
        )
        .into(),
        part: 1.0 - left_ms.min(WINDOW_MS) as f32 / WINDOW_MS as f32,
        ends: ends_s
            .map(|end| words::backup_ends(w, &cx.clock(end)))
            .unwrap_or_default()
            .into(),
        saved: copy
            .filter(|c| c.all > 0)
            .map(|c| words::backup_saved(w, &c.done.to_string(), &c.all.to_string()))
            .unwrap_or_default()
            .into(),
        place: copy
            .map(|c| {
                if running {
                    words::backup_place(w, &c.place)
                } else {
                    words::backup_place_ready(w, &c.place)
                }
            })
            .unwrap_or_default()
            .into(),
        ready: copy.is_some() || cx.v.asked_place,
    };
    if !running && left_ms > 0 && view.lock.backup.ready {
        view.rows = vec![tap(RowIcon::Photo, words::backup_other(w), Action::ChoosePlace)];
    }
    if running {
        view.rows = vec![tap(RowIcon::None, words::backup_stop(w), Action::StopBackup)];
        view.next_change_ms = Some(left_ms % 1000 + 1);
    }
}
