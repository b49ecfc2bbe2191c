//! Pages of a phone that is not limited: free, open, released, settled, welcome.

use super::{Context, View, tap};
use crate::format::isolate;
use latchkey_core::snapshot::{Link, Mode, OpenReason, Phase, ReleaseWhy};
use latchkey_ui::words;
use latchkey_ui::{Action, FreeView, OpenView, ReleasedView, RowIcon, SettledView, WelcomeView};

pub(super) fn free(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let asking = cx.s.phase == Phase::Unknown;
    let lender = cx.lender();
    let lost =
        cx.s.log
            .iter()
            .any(|l| l.what == latchkey_core::snapshot::LogWhat::Lost);
    let lead = match (asking, lost) {
        (true, true) => words::free_lead_lost(w),
        (true, false) if !lender.is_empty() => words::free_lead_asking(w, lender),
        (true | false, _) => words::free_lead(w),
    };
    let (caption, next_amount, next) = match cx.s.agreement.as_ref().map(|a| a.next) {
        Some(Some((_, day, minor))) => {
            let date = cx.date(i64::from(day));
            if cx.today().is_some_and(|today| today > i64::from(day)) {
                (
                    words::free_late(w),
                    cx.money(minor),
                    words::free_late_due(w, &date),
                )
            } else {
                (
                    words::free_next(w),
                    cx.money(minor),
                    words::free_next_due(w, &date),
                )
            }
        }
        Some(None) => (String::new(), String::new(), words::free_next_none(w)),
        None => (String::new(), String::new(), String::new()),
    };
    let disputed = cx.lock().is_some_and(|l| l.disputed);
    view.lock.free = FreeView {
        title: free_title(cx).into(),
        lead: lead.into(),
        caption: caption.into(),
        next_amount: next_amount.into(),
        next: next.into(),
        asking,
        may: if lender.is_empty() {
            String::new()
        } else {
            words::free_may(w, lender)
        }
        .into(),
        dispute: if disputed {
            words::free_dispute(w)
        } else {
            String::new()
        }
        .into(),
    };
    if asking {
        view.rows
            .push(tap(RowIcon::Check, words::free_check(w), Action::CheckIn));
    }
    if cx.s.pay.is_some() {
        view.rows
            .push(tap(RowIcon::Pay, words::free_pay(w), Action::ShowPay));
    }
    view.rows
        .push(tap(RowIcon::Person, words::free_call(w), Action::ShowCall));
    view.rows
        .push(tap(RowIcon::Question, words::free_help(w), Action::ShowHelp));
    view.rows
        .push(tap(RowIcon::List, words::free_log(w), Action::ShowLog));
    view.rows
        .push(tap(RowIcon::Text, words::free_settings(w), Action::ShowSettings));
    view.rows
        .push(tap(RowIcon::Info, words::free_about(w), Action::ShowAbout));
}

pub(super) fn free_title(cx: &Context<'_>) -> String {
    let late = cx.s.money.as_ref().is_some_and(|m| m.due_now > 0);
    match &cx.s.phase {
        Phase::Unknown => words::free_title_asking(cx.w),
        Phase::Lock(_) => words::free_title_open(cx.w),
        Phase::Welcome { .. } | Phase::Free | Phase::Settled { .. } if late => words::free_title_open(cx.w),
        Phase::Welcome { .. } | Phase::Free | Phase::Settled { .. } => words::free_title(cx.w),
    }
}

pub(super) fn open(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let Some(Mode::Open {
        reason,
        left_ms,
        ends_s,
    }) = cx.lock().map(|l| l.mode)
    else {
        return;
    };
    let until = match ends_s {
        Some(end) => cx.when(end),
        None => cx.duration(left_ms / 1000),
    };
    view.lock.open = OpenView {
        until: isolate(&until).into(),
        reason: match reason {
            OpenReason::Grace => words::open_grace(w, cx.lender()),
            OpenReason::Provisional => words::open_provisional(w),
            OpenReason::Opening => words::open_opening(w),
            OpenReason::Code => words::open_code(w),
        }
        .into(),
        after: words::open_after(w).into(),
        clock: ends_s.is_some(),
    };
    view.rows
        .push(tap(RowIcon::Person, words::open_call(w), Action::ShowCall));
    view.rows
        .push(tap(RowIcon::List, words::open_log(w), Action::ShowLog));
}

pub(super) fn released(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let Some(released) = &cx.s.released else { return };
    let date = cx.date_of(released.at);
    view.lock.released = ReleasedView {
        title: match released.why {
            ReleaseWhy::Paid => words::released_paid(w),
            ReleaseWhy::Error => words::released_error(w),
            ReleaseWhy::Goodwill
            | ReleaseWhy::Void
            | ReleaseWhy::Plan
            | ReleaseWhy::Code
            | ReleaseWhy::Lapsed => words::released_open(w),
        }
        .into(),
        paid: match (released.why, released.amount) {
            (ReleaseWhy::Error, _) => words::released_error_why(w),
            (ReleaseWhy::Paid, Some(minor)) => words::released_sum(w, &cx.money(minor), &date),
            (ReleaseWhy::Plan, _) => words::released_plan(w),
            (ReleaseWhy::Lapsed, _) => words::released_lapsed(w),
            (ReleaseWhy::Paid, None) | (ReleaseWhy::Goodwill | ReleaseWhy::Void | ReleaseWhy::Code, _) => {
                words::released_on(w, &date)
            }
        }
        .into(),
        sorry: released.why == ReleaseWhy::Error,
    };
}

pub(super) fn settled(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let Phase::Settled { day, reported } = cx.s.phase else {
        return;
    };
    let lead = if cx.lender().is_empty() {
        words::settled_lead_plain(w)
    } else {
        words::settled_lead(w, cx.lender())
    };
    view.lock.settled = SettledView {
        lead: lead.into(),
        on: words::settled_on(w, &cx.date(i64::from(day))).into(),
        certificate: words::settled_certificate(w).into(),
        telling: !reported,
    };
    view.rows
        .push(tap(RowIcon::List, words::settled_log(w), Action::ShowLog));
    view.rows
        .push(tap(RowIcon::Info, words::settled_about(w), Action::ShowAbout));
}

pub(super) fn welcome(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let Phase::Welcome { provisioned } = cx.s.phase else {
        return;
    };
    let lender = cx.lender();
    let lead = match (provisioned, lender.is_empty()) {
        (false, _) => words::welcome_lead_none(w),
        (true, true) => words::welcome_lead_plain(w),
        (true, false) => words::welcome_lead(w, lender),
    };
    let failed = match cx.s.link {
        // Without a lender there is nobody to reach.
        Link::Fault { .. } if provisioned => view.lock.offline.clone(),
        Link::Fault { .. } | Link::Asking | Link::Online { .. } => "".into(),
    };
    // The line of the page itself says it.
    view.lock.offline = "".into();
    view.lock.welcome = WelcomeView {
        provisioned,
        lead: lead.into(),
        waiting: cx.v.agreed && failed.is_empty(),
        failed,
        ..WelcomeView::default()
    };
    if let Some(a) = &cx.s.agreement {
        view.lock.welcome.clause = words::welcome_clause(w, &a.clause).into();
        view.lock.welcome.number = words::welcome_number(w, &a.number).into();
    }
    if let Some(m) = &cx.s.money {
        let count = m.rows.len();
        view.lock.welcome.sum =
            words::welcome_sum(w, count as u64, &count.to_string(), &cx.money(m.total)).into();
    }
    view.rows.push(tap(
        RowIcon::Text,
        words::welcome_settings(w),
        Action::ShowSettings,
    ));
    view.rows
        .push(tap(RowIcon::Info, words::welcome_about(w), Action::ShowAbout));
}
