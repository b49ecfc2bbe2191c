//! Pages to read: help and its answers, why, the owner's log.

use super::{Context, RowWith, View, head, say, tap};
use crate::format::{self, isolate};
use latchkey_core::snapshot::{LogLine, LogWhat, ProofPart};
use latchkey_core::time::BUILD_FLOOR_S;
use latchkey_ui::words;
use latchkey_ui::{Action, AnswerView, LogView, Row, RowIcon, RowState, WhyView};

/// A question of page *help*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Virus,
    Open,
    Works,
    Allowed,
    Sees,
    Photos,
    Mistake,
    Hard,
    Return,
    Scam,
    Card,
    Reset,
    Account,
    Imei,
    Credit,
    Shop,
    Used,
    Offline,
}

/// The questions in the order of their rows.
const QUESTIONS: [Question; 18] = [
    Question::Virus,
    Question::Open,
    Question::Works,
    Question::Mistake,
    Question::Hard,
    Question::Allowed,
    Question::Sees,
    Question::Photos,
    Question::Scam,
    Question::Card,
    Question::Offline,
    Question::Reset,
    Question::Return,
    Question::Used,
    Question::Account,
    Question::Imei,
    Question::Credit,
    Question::Shop,
];

/// Row of "What works now?".
pub(super) const WORKS: usize = 2;
/// Row of "Who asks for my card or PIN?".
pub(super) const SAFE: usize = 9;

fn question(cx: &Context<'_>, question: Question) -> String {
    let w = cx.w;
    match question {
        Question::Virus => words::help_q_virus(w),
        Question::Open => words::help_q_open(w),
        Question::Works => words::help_q_works(w),
        Question::Allowed => words::help_q_allowed(w),
        Question::Sees => words::help_q_sees(w, cx.lender()),
        Question::Photos => words::help_q_photos(w),
        Question::Mistake => words::help_q_mistake(w),
        Question::Hard => words::help_q_hard(w),
        Question::Return => words::help_q_return(w),
        Question::Scam => words::help_q_scam(w),
        Question::Card => words::help_q_card(w),
        Question::Reset => words::help_q_reset(w),
        Question::Account => words::help_q_account(w),
        Question::Imei => words::help_q_imei(w),
        Question::Credit => words::help_q_credit(w),
        Question::Shop => words::help_q_shop(w),
        Question::Used => words::help_q_used(w),
        Question::Offline => words::help_q_offline(w),
    }
}

fn answer_text(cx: &Context<'_>, question: Question) -> String {
    let (w, lender) = (cx.w, cx.lender());
    match question {
        Question::Virus => words::help_a_virus(w, lender),
        Question::Open => words::help_a_open(w),
        Question::Works => words::help_a_works(w),
        Question::Allowed => words::help_a_allowed(w, lender),
        Question::Sees => words::help_a_sees(w, lender),
        Question::Photos => words::help_a_photos(w),
        Question::Mistake => words::help_a_mistake(w, lender),
        Question::Hard => words::help_a_hard(w, lender),
        Question::Return => words::help_a_return(w, lender),
        Question::Scam => words::help_a_scam(w),
        Question::Card => words::help_a_card(w),
        // Only what the platform really does is said.
        Question::Reset if cx.s.limits.survives_reset => words::help_a_reset_stays(w),
        Question::Reset => words::help_a_reset_owes(w),
        Question::Account => words::help_a_account(w),
        Question::Imei => words::help_a_imei(w, lender),
        Question::Credit => words::help_a_credit(w, lender),
        Question::Shop => words::help_a_shop(w),
        Question::Used => words::help_a_used(w, lender),
        Question::Offline => words::help_a_offline(w),
    }
}

pub(super) fn help(cx: &Context<'_>, view: &mut View) {
    view.rows = QUESTIONS
        .iter()
        .enumerate()
        .map(|(i, q)| tap(RowIcon::Question, question(cx, *q), Action::ShowAnswer).index(i))
        .collect();
}

pub(super) fn answer(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let asked = QUESTIONS.get(cx.v.answer).copied().unwrap_or(Question::Open);
    view.lock.answer = AnswerView {
        question: question(cx, asked).into(),
        answer: answer_text(cx, asked).into(),
    };
    let locked = cx.lock().is_some();
    match asked {
        Question::Open if locked => {
            view.rows
                .push(tap(RowIcon::Pay, words::answer_pay(w), Action::ShowPay));
        }
        Question::Mistake if locked => {
            view.rows
                .push(tap(RowIcon::Flag, words::answer_send(w), Action::ShowMistake));
            view.rows
                .push(tap(RowIcon::Rule, words::answer_why(w), Action::ShowWhy));
        }
        Question::Allowed if locked => {
            view.rows
                .push(tap(RowIcon::Rule, words::answer_why(w), Action::ShowWhy));
        }
        Question::Hard | Question::Return if locked => {
            view.rows.push(tap(
                RowIcon::Calendar,
                words::answer_send(w),
                Action::ShowHardship,
            ));
        }
        Question::Virus
        | Question::Open
        | Question::Works
        | Question::Allowed
        | Question::Sees
        | Question::Photos
        | Question::Mistake
        | Question::Hard
        | Question::Return
        | Question::Scam
        | Question::Card
        | Question::Reset
        | Question::Account
        | Question::Imei
        | Question::Credit
        | Question::Shop
        | Question::Used
        | Question::Offline => {}
    }
    view.rows
        .push(tap(RowIcon::Person, words::answer_call_row(w), Action::ShowCall));
}

/// "Is allowed" stands here only while all five parts of the proof hold.
pub(super) fn why(cx: &Context<'_>, view: &mut View) {
    let Some(lock) = cx.lock() else { return };
    let w = cx.w;
    let holds = lock.proof.len() == 5 && lock.proof.iter().all(|p| p.holds);
    let number = cx.s.agreement.as_ref().map_or("", |a| a.number.as_str());
    let mut rows = vec![head(words::why_checks(w))];
    rows.extend(lock.proof.iter().map(|p| {
        let count = p.count.to_string();
        let label = match p.part {
            ProofPart::Key => words::why_key(w, cx.lender()),
            ProofPart::Agreement => words::why_agreement(w, number),
            ProofPart::Notices => {
                words::why_notices(w, u64::from(p.count), &count, &cx.date(i64::from(p.day)))
            }
            ProofPart::Days => words::why_days(w, u64::from(p.count), &count),
            ProofPart::Level => words::why_level(w, &cx.s.market.name),
        };
        let (state, said) = if p.holds {
            (RowState::Good, words::why_checked(w))
        } else {
            (RowState::Missing, words::why_not_checked(w))
        };
        Row {
            state,
            ..say(RowIcon::Check, label, said)
        }
    }));
    view.rows = rows;
    view.rows
        .push(tap(RowIcon::List, words::why_log(w), Action::ShowLog));
    view.rows
        .push(tap(RowIcon::Person, words::why_call(w), Action::ShowCall));
    view.rows
        .push(tap(RowIcon::Flag, words::why_mistake(w), Action::ShowMistake));
    view.lock.why = WhyView {
        lead: if holds {
            words::why_lead(w, cx.lender())
        } else {
            words::why_lead_fails(w)
        }
        .into(),
        holds,
        ..WhyView::default()
    };
    if let Some(a) = &cx.s.agreement {
        view.lock.why.rule = format::each_line(&a.clause_text, |line| format::steady(&isolate(line))).into();
        view.lock.why.clause = words::why_clause(w, &a.clause).into();
        view.lock.why.number = words::why_number(w, &a.number, &cx.date(i64::from(a.signed))).into();
    }
}

/// OWN-11: every order and refusal, in plain words.
pub(super) fn log(cx: &Context<'_>, view: &mut View) {
    view.lock.log = LogView {
        empty: cx.s.log.is_empty(),
        rollback: if cx.s.rollback_seen {
            words::log_rollback(cx.w)
        } else {
            String::new()
        }
        .into(),
    };
    view.rows = cx.s.log.iter().map(|line| log_row(cx, line)).collect();
}

fn log_row(cx: &Context<'_>, line: &LogLine) -> Row {
    let w = cx.w;
    let (label, more) = match &line.what {
        LogWhat::Enrolled => (words::log_enrolled(w), String::new()),
        LogWhat::Lost => (words::log_lost(w), String::new()),
        LogWhat::Keys => (words::log_keys(w), String::new()),
        LogWhat::Notice {
            no,
            instalment,
            amount,
        } => (
            words::log_notice(w, &cx.money(*amount)),
            words::log_notice_detail(w, &no.to_string(), &instalment.to_string()),
        ),
        LogWhat::Terms => (words::log_terms(w), String::new()),
        LogWhat::Plan => (words::log_plan(w), String::new()),
        LogWhat::Lock { id, level } => (
            if cx.lender().is_empty() {
                words::log_lock_plain(w)
            } else {
                words::log_lock(w, cx.lender())
            },
            words::log_lock_detail(w, &id.to_string(), &level.to_string()),
        ),
        LogWhat::Release { id } => (
            words::log_release(w),
            words::log_release_detail(w, &id.to_string()),
        ),
        LogWhat::Grace { dur_s } => (
            words::log_grace(w, &cx.duration(u64::from(*dur_s))),
            String::new(),
        ),
        LogWhat::Settle => (words::log_settle(w), String::new()),
        LogWhat::Refused { code, kind } => {
            let label = match kind_name(cx, kind) {
                Some(kind) => words::log_refused_kind(w, &kind),
                None => words::log_refused(w),
            };
            // What to do next was said when it happened; here it would be long out of date.
            let [what, _] = cx.code_texts(code.as_str());
            (label, what)
        }
        LogWhat::Backup { used_s } => (
            words::log_backup(w, &cx.duration(u64::from(*used_s))),
            String::new(),
        ),
        LogWhat::Paid => (words::log_paid(w), String::new()),
        LogWhat::Provisional => (words::log_provisional(w), String::new()),
        LogWhat::Closed => (words::log_closed(w), String::new()),
        LogWhat::Certificate => (words::log_certificate(w), String::new()),
        LogWhat::Dispute => (words::log_dispute(w), String::new()),
        LogWhat::Hardship => (words::log_hardship(w), String::new()),
        LogWhat::Return => (words::log_give_back(w), String::new()),
        LogWhat::Opening => (words::log_opening(w), String::new()),
        LogWhat::Code { .. } => (words::log_code(w), String::new()),
        LogWhat::WrongCode => (words::log_wrong_code(w), String::new()),
        LogWhat::Lapsed => (words::log_lapsed(w), String::new()),
        LogWhat::Reminded => (words::log_reminded(w), String::new()),
    };
    // The floor of the build is no time that anybody lived through.
    let mut detail = if line.at <= BUILD_FLOOR_S {
        words::log_no_date(w)
    } else {
        words::log_when(w, &cx.date_of(line.at), &cx.clock(line.at))
    };
    if line.count > 1 {
        let count = words::log_count(w, u64::from(line.count), &line.count.to_string());
        detail = words::shared_and(w, &detail, &count);
    }
    if !more.is_empty() {
        detail = format!("{detail}\n{more}");
    }
    say(RowIcon::List, label, detail)
}

/// The word for a kind of order, by its `typ`.
fn kind_name(cx: &Context<'_>, kind: &str) -> Option<String> {
    use latchkey_core::order::claims::typ;
    let w = cx.w;
    match kind {
        typ::LOCK => Some(words::log_kind_lock(w)),
        typ::RELEASE => Some(words::log_kind_release(w)),
        typ::TERMS => Some(words::log_kind_terms(w)),
        typ::NOTICE => Some(words::log_kind_notice(w)),
        typ::PLAN => Some(words::log_kind_plan(w)),
        typ::GRACE => Some(words::log_kind_grace(w)),
        typ::SETTLE => Some(words::log_kind_settle(w)),
        typ::KEYS | typ::ROOT => Some(words::log_kind_keys(w)),
        typ::STATUS => Some(words::log_kind_status(w)),
        _ => None,
    }
}
