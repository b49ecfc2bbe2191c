//! What relieves the owner, most of it without network: plans, disputes, openings, spoken codes, silence. And what the
//! levels below the highest ask of him.

use super::{Answer, Case, Script, case};
use crate::signer::{T, TODAY, World, device, id, list, money, num};
use latchkey_core::code::{self, Typed};
use latchkey_core::command::Command::{
    Dispute, Hardship, Leave, Paid, Return, StartBackup, StartOpening, StopBackup,
};
use latchkey_core::command::{self, Mistake};
use latchkey_core::order::claims::{Commitment, Lock, LockState, Order, Why};
use latchkey_core::order::values::Obj;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = plans();
    cases.extend(disputes());
    cases.extend(openings());
    cases.extend(codes());
    cases.extend(tries());
    cases.extend(silence());
    cases.extend(levels());
    cases
}

fn plans() -> Vec<Case> {
    let world = World::new();
    let plan = Order::Plan(world.plan_claims());
    let second = Order::Lock(world.lock_claims(2));
    let day = u64::from(TODAY);
    let mut forward = world.plan_claims();
    forward.schedule = list(vec![
        (num(101), num(day - 9), num(162_500)),
        (num(5), num(day - 10), num(162_500)),
    ]);
    forward.iat = num(T - 12 * 86_400);
    let about = |instalment: u64, due: u64| {
        let label = |no: u64| id(&format!("notice-{instalment}-{due}-{no}"));
        let notice = |no: u64| {
            let mut notice = world.notice(no);
            (notice.jti, notice.instalment) = (label(no), num(instalment));
            (notice.due, notice.amount) = (num(due), money(162_500));
            Order::Notice(notice)
        };
        let mut lock = world.lock_claims(1);
        (lock.instalment, lock.due, lock.amount) = (num(instalment), num(due), money(162_500));
        lock.notices = list(vec![label(1), label(2)]);
        [notice(1), notice(2), Order::Lock(lock)]
    };
    let judged = |instalment: u64, due: u64, outcome: &str, state: &'static str| {
        let [first, second, lock] = about(instalment, due);
        Script::new()
            .order(&Order::Plan(forward.clone()), "ok", "unknown")
            .order(&first, "ok", "unknown")
            .order(&second, "ok", "unknown")
            .order(&lock, outcome, state)
    };
    vec![
        case(
            "a-plan-lifts-the-lock-and-keeps-it-out",
            "locked",
            Script::on("locked")
                .boot("locked")
                .order(&plan, "ok", "free")
                .released(1)
                .order(&plan, "n_no_effect", "free")
                .answer(
                    Answer::at(T + 60)
                        .state(LockState::Locked)
                        .order(&second, "s_plan", "free"),
                    "free",
                ),
        ),
        case(
            "a-plan-ends-an-opening-for-good",
            "locked",
            Script::on("locked")
                .command(StartOpening, "ok", "open")
                .order(&plan, "ok", "free"),
        ),
        case(
            "a-planned-instalment-has-its-own-day",
            "asked",
            judged(101, day - 9, "ok", "locked"),
        ),
        case("a-plan-makes-nobody-late-in-the-past", "asked", {
            let mut late = forward.clone();
            late.iat = num(T);
            let [first, second, lock] = about(101, day - 9);
            Script::new()
                .order(&Order::Plan(late), "ok", "unknown")
                .order(&first, "ok", "unknown")
                .order(&second, "ok", "unknown")
                .order(&lock, "p_evidence", "unknown")
        }),
        case(
            "no-notice-before-the-planned-day",
            "asked",
            judged(101, day - 10, "p_evidence", "unknown"),
        ),
        case(
            "a-plan-brings-no-instalment-forward",
            "asked",
            judged(5, day - 10, "p_evidence", "unknown"),
        ),
    ]
}

fn disputes() -> Vec<Case> {
    let world = World::new();
    let said = Dispute(Mistake::NotTold);
    let answers = |lock_id: u64, answers: &str| {
        let mut lock = world.lock_claims(lock_id);
        lock.answers = Some(id(answers));
        Order::Lock(lock)
    };
    vec![
        case(
            "a-dispute-lowers-the-level-at-once",
            "locked",
            Script::on("locked")
                .command(said, "ok", "locked")
                .level(2)
                .boot("locked")
                .level(2)
                .command(Dispute(Mistake::NewPlan), "d_already", "locked")
                .level(2),
        ),
        case(
            "only-its-answer-ends-a-dispute",
            "locked",
            Script::on("locked")
                .command(said, "ok", "locked")
                .order(&Order::Lock(world.lock_claims(2)), "ok", "locked")
                .level(2)
                .order(&answers(3, "another"), "ok", "locked")
                .level(2)
                .order(&answers(4, "command-0"), "ok", "locked")
                .level(3)
                .command(Dispute(Mistake::AlreadyPaid), "d_already", "locked")
                .level(3),
        ),
        case(
            "a-dispute-in-an-opening-counts-after-it",
            "locked",
            Script::on("locked")
                .command(StartOpening, "ok", "open")
                .command(said, "ok", "open")
                .wait(DAY, "locked")
                .level(2),
        ),
        case(
            "messages-bind-nobody",
            "locked",
            Script::on("locked")
                .command(Hardship(command::Hardship::PayLater), "ok", "locked")
                .level(3)
                .command(Hardship(command::Hardship::PayLater), "n_no_effect", "locked")
                .command(Return, "ok", "locked")
                .level(3),
        ),
        case(
            "messages-are-sent-in-every-state",
            "enrolled",
            Script::new()
                .command(said, "ok", "unknown")
                .command(Hardship(command::Hardship::PayLess), "ok", "unknown")
                .command(Return, "ok", "unknown"),
        ),
    ]
}

fn openings() -> Vec<Case> {
    let world = World::new();
    let grace = Order::Grace(world.grace_claims(1, 60));
    vec![
        case(
            "no-opening-without-a-lock",
            "enrolled",
            Script::new().command(StartOpening, "m_not_locked", "unknown"),
        ),
        case(
            "an-opening-of-24-hours-once-a-lock",
            "locked",
            Script::on("locked")
                .boot("locked")
                .command(StartOpening, "ok", "open")
                .command(StartOpening, "m_open", "open")
                .wait(DAY - 1, "open")
                .wait(1, "locked")
                .command(StartOpening, "o_used", "locked")
                .answer(
                    Answer::at(T + 90_000).state(LockState::Locked).order(
                        &Order::Lock(world.lock_claims(2)),
                        "ok",
                        "locked",
                    ),
                    "locked",
                )
                .command(StartOpening, "ok", "open"),
        ),
        case(
            "an-opening-is-not-burned-while-open",
            "locked",
            Script::on("locked")
                .order(&grace, "ok", "open")
                .command(StartOpening, "m_open", "open")
                .wait(MINUTE, "locked")
                .command(StartOpening, "ok", "open"),
        ),
        case(
            "an-opening-ends-a-backup-with-its-true-value",
            "locked",
            Script::on("locked")
                .command(StartBackup, "ok", "backup")
                .wait(3200, "backup")
                .command(StartOpening, "ok", "open")
                .used(4)
                .command(StopBackup, "n_no_effect", "open"),
        ),
        case(
            "i-have-paid-runs-on-in-an-opening",
            "locked",
            Script::on("locked")
                .command(StartOpening, "ok", "open")
                .wait(DAY - HOUR, "open")
                .command(Paid, "ok", "open")
                .wait(HOUR, "open")
                .wait(DAY - 1, "open")
                .wait(1, "locked"),
        ),
    ]
}

fn typed(digits: &str) -> Typed {
    let code = code::with_check_digit(digits).expect("digits");
    Typed::new(&code).expect("12 or 16 digits")
}

/// The right code of a slot.
fn right(slot: u64) -> Typed {
    let digits = format!("{slot}{}", "0123456789012345");
    typed(&digits[..if slot == 4 { 15 } else { 11 }])
}

/// A lock with commitments to the right codes of these slots.
fn coded(lock_id: u32, slots: &[u64]) -> Lock {
    let mut lock = World::new().lock_claims(u64::from(lock_id));
    let commitment = |slot: &u64| {
        let (salt, m, t) = (id(&format!("salt-{slot}")), num(19456), num(2));
        let h = code::commit(&device(), lock_id, num(*slot), &salt, m, t, &right(*slot));
        Obj(Commitment {
            slot: num(*slot),
            salt,
            m,
            t,
            h: h.expect("a code of its slot"),
        })
    };
    lock.codes = list(slots.iter().map(commitment).collect());
    lock
}

/// Locked by lock 1 with these codes, from `noticed`; then offline.
fn locked_with(slots: &[u64]) -> Script {
    Script::new()
        .order(&Order::Lock(coded(1, slots)), "ok", "locked")
        .boot("locked")
}

fn codes() -> Vec<Case> {
    let world = World::new();
    let mut wiped = coded(1, &[1, 2, 3, 4]);
    wiped.used.0.codes = num(0b1001);
    vec![
        case(
            "a-code-opens-for-72-hours-without-network",
            "noticed",
            locked_with(&[1, 2, 3, 4])
                .types(right(1), 1, 0, "ok", "open")
                .wait(72 * HOUR - 1, "open")
                .wait(1, "locked"),
        ),
        case(
            "each-code-once-and-in-its-order",
            "noticed",
            locked_with(&[1, 2, 3])
                .types(right(2), 1, 0, "c_wrong", "locked")
                .types(right(1), 1, 0, "ok", "open")
                .wait(72 * HOUR, "locked")
                .types(right(1), 1, 0, "c_wrong", "locked")
                .types(right(2), 1, 0, "ok", "open")
                .wait(72 * HOUR, "locked")
                .types(right(3), 1, 0, "ok", "open")
                .wait(72 * HOUR, "locked")
                .types(right(3), 1, 0, "c_used", "locked")
                .types(right(4), 1, 0, "c_used", "locked"),
        ),
        case(
            "the-code-of-16-digits-releases",
            "noticed",
            locked_with(&[1, 4])
                .types(right(4), 1, 0, "ok", "free")
                .released(1),
        ),
        case(
            "the-code-of-16-digits-releases-an-open-phone",
            "noticed",
            locked_with(&[1, 4])
                .command(StartOpening, "ok", "open")
                .types(right(1), 1, 0, "m_open", "open")
                .types(right(4), 1, 0, "ok", "free"),
        ),
        case(
            "a-code-ends-a-backup-with-its-true-value",
            "noticed",
            locked_with(&[1])
                .command(StartBackup, "ok", "backup")
                .wait(2500, "backup")
                .types(right(1), 1, 0, "ok", "open")
                .used(3),
        ),
        case(
            "a-code-is-of-its-lock",
            "noticed",
            Script::new()
                .order(&Order::Lock(coded(1, &[1])), "ok", "locked")
                .order(&Order::Lock(coded(2, &[1])), "ok", "locked")
                .types(right(1), 1, 0, "ok", "open"),
        ),
        case(
            "no-code-without-a-lock",
            "enrolled",
            Script::new().types(right(1), 1, 0, "m_not_locked", "unknown"),
        ),
        case(
            "no-code-where-the-lock-has-none",
            "locked",
            Script::on("locked")
                .types(right(1), 1, 0, "c_used", "locked")
                .types(right(4), 1, 0, "c_used", "locked"),
        ),
        case(
            "codes-used-before-a-wipe-stay-used",
            "noticed",
            Script::new()
                .order(&Order::Lock(wiped), "ok", "locked")
                .types(right(4), 1, 0, "c_used", "locked")
                .types(right(2), 1, 0, "ok", "open"),
        ),
        case(
            "a-lock-that-a-code-released-does-not-return",
            "noticed",
            Script::new()
                .order(&Order::Lock(coded(1, &[4])), "ok", "locked")
                .types(right(4), 1, 0, "ok", "free")
                .order(&Order::Lock(world.lock_claims(1)), "s_lock_superseded", "free")
                .order(&Order::Lock(world.lock_claims(2)), "s_notice_used", "free"),
        ),
    ]
}

fn tries() -> Vec<Case> {
    let slip = Typed::new("123456789012").expect("12 digits");
    let wrong = typed("99999999999");
    let waits = 4 * HOUR;
    vec![
        case(
            "a-slip-is-no-try",
            "noticed",
            locked_with(&[1])
                .types(slip, 20, 0, "c_check_digit", "locked")
                .types(right(1), 1, 0, "ok", "open"),
        ),
        case(
            "four-tries-then-waits",
            "noticed",
            locked_with(&[1, 4])
                .types(wrong, 5, 0, "c_wrong", "locked")
                .types(right(1), 1, 0, "c_wait", "locked")
                .types(right(4), 1, MINUTE - 1, "c_wait", "locked")
                .types(right(1), 1, 1, "c_wait", "locked")
                .types(wrong, 1, 5 * MINUTE, "c_wrong", "locked")
                .types(wrong, 1, 15 * MINUTE, "c_wrong", "locked")
                .types(wrong, 1, HOUR, "c_wrong", "locked")
                .types(wrong, 1, waits - 1, "c_wrong", "locked")
                .types(right(1), 1, 1, "c_wait", "locked")
                .types(right(1), 1, 0, "ok", "open"),
        ),
        case(
            "a-reboot-begins-the-wait-anew",
            "noticed",
            locked_with(&[1])
                .types(wrong, 5, 0, "c_wrong", "locked")
                .wait(MINUTE - 1, "locked")
                .boot("locked")
                .wait(MINUTE - 1, "locked")
                .types(right(1), 1, 1, "c_wait", "locked")
                .types(right(1), 1, 0, "ok", "open"),
        ),
        case(
            "a-killed-process-gains-no-try",
            "noticed",
            locked_with(&[1])
                .types(wrong, 4, 0, "c_wrong", "locked")
                .restart(0, "locked")
                .types(wrong, 1, 0, "c_wrong", "locked")
                .restart(1000, "locked")
                .types(right(1), 1, 0, "c_wait", "locked"),
        ),
        case(
            "typing-closes-at-100-until-a-check-in",
            "noticed",
            locked_with(&[1])
                .types(wrong, 100, waits, "c_wrong", "locked")
                .types(right(1), 1, 0, "c_closed", "locked")
                .boot("locked")
                .types(right(1), 1, waits, "c_closed", "locked")
                .answer(Answer::at(T + 20 * 86_400).state(LockState::Locked), "locked")
                .types(right(1), 1, 0, "ok", "open"),
        ),
    ]
}

fn silence() -> Vec<Case> {
    let world = World::new();
    vec![
        case(
            "a-lock-lapses-after-720-hours",
            "locked",
            Script::on("locked")
                .boot("locked")
                .wait(60 * DAY, "locked")
                .silence(6, 119, "ok", "locked")
                .silence(5, 1, "ok", "locked")
                .silence(1, 1, "ok", "free")
                .released(1)
                .silence(6, 1, "n_no_effect", "free")
                .order(
                    &Order::Release(world.release_claims(1, Why::Paid, &[])),
                    "n_no_effect",
                    "free",
                ),
        ),
        case(
            "a-word-of-the-lender-ends-the-silence",
            "locked",
            Script::on("locked")
                .silence(6, 119, "ok", "locked")
                .answer(Answer::at(T + 60).state(LockState::Locked), "locked")
                .silence(6, 119, "ok", "locked")
                .silence(6, 1, "ok", "free"),
        ),
        case(
            "an-opening-lapses-too",
            "locked",
            Script::on("locked")
                .command(StartOpening, "ok", "open")
                .silence(6, 120, "ok", "free"),
        ),
        case(
            "silence-never-locks",
            "enrolled",
            Script::new().silence(6, 200, "n_no_effect", "unknown"),
        ),
    ]
}

fn levels() -> Vec<Case> {
    let world = World::new();
    let at = |lock_id: u64, level: u64| {
        let mut lock = world.lock_claims(lock_id);
        lock.level = num(level);
        Order::Lock(lock)
    };
    vec![
        case(
            "levels-up-and-down",
            "noticed",
            Script::new()
                .order(&at(1, 1), "ok", "locked")
                .level(1)
                .order(&at(2, 2), "ok", "locked")
                .level(2)
                .order(&at(3, 3), "ok", "locked")
                .level(3)
                .order(&at(4, 1), "ok", "locked")
                .level(1),
        ),
        case(
            "a-disputed-reminder-shows-nothing",
            "noticed",
            Script::new()
                .order(&at(1, 1), "ok", "locked")
                .command(Dispute(Mistake::NotMyLoan), "ok", "locked")
                .level(0),
        ),
        case(
            "a-reminder-a-day",
            "noticed",
            Script::new()
                .order(&at(1, 1), "ok", "locked")
                .reminds(false)
                .wait(0, "locked")
                .reminds(true)
                .command(Leave, "n_no_effect", "locked")
                .boot("locked")
                .wait(3 * DAY, "locked")
                .reminds(true),
        ),
    ]
}
