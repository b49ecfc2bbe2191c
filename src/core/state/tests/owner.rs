//! The second half of the state table: plans, disputes, levels, openings, codes, silence.

use super::*;
use crate::code::{CLOSED_AT, CodeProof, Typed, wait_ms, with_check_digit};
use crate::command::{Hardship, Mistake};
use crate::log;
use crate::order::claims::{Channel, Commitment, Lock, Notice, typ};
use crate::order::values::{Obj, Sha};
use crate::signer::{Key, TODAY, list, money, text};
use crate::snapshot::{CodeView, Dispute as DisputeView, LogWhat, Mode as Shown, OpenReason, ReleaseWhy};
use crate::wire::ClaimKind;

const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

/// A phone locked at a level.
fn at_level(level: u64) -> Phone {
    let mut phone = Phone::new();
    phone.notices();
    let mut lock = phone.world.lock_claims(1);
    lock.level = num(level);
    phone.order(Order::Lock(lock)).unwrap();
    phone.status(LockState::Locked);
    phone
}

/// Lock 1 with commitments for these slots.
pub(super) fn coded(phone: &Phone, lock_id: u64, slots: &[u64]) -> Lock {
    let mut lock = phone.world.lock_claims(lock_id);
    let commitment = |slot: &u64| {
        Obj(Commitment {
            slot: num(*slot),
            salt: id("salt"),
            m: num(19456),
            t: num(2),
            h: Sha::from_bytes(&[9; 32]),
        })
    };
    lock.codes = list(slots.iter().map(commitment).collect());
    lock
}

pub(super) fn with_codes() -> Phone {
    let mut phone = Phone::new();
    phone.notices();
    let lock = coded(&phone, 1, &[1, 2, 3, 4]);
    phone.order(Order::Lock(lock)).unwrap();
    phone.status(LockState::Locked);
    phone
}

/// A code without a slip: of 16 digits if it would release, else of 12.
pub(super) fn typed(releases: bool) -> Command {
    let digits = if releases {
        "123456789012345"
    } else {
        "12345678901"
    };
    Command::TypeCode(Typed::new(&with_check_digit(digits).unwrap()).unwrap())
}

fn grace() -> Command {
    typed(false)
}

fn release_code() -> Command {
    typed(true)
}

pub(super) fn shown(phone: &Phone) -> crate::snapshot::Lock {
    let crate::snapshot::Phase::Lock(lock) = snapshot(&phone.state, &phone.now).phase else {
        panic!("not locked");
    };
    lock
}

fn logged(phone: &Phone) -> Vec<(LogWhat, u32)> {
    let lines = snapshot(&phone.state, &phone.now).log;
    lines.into_iter().map(|line| (line.what, line.count)).collect()
}

/// The right code of a slot, whose attempt was written.
pub(super) fn right(phone: &mut Phone, slot: u8) -> Result<(), Refusal> {
    let lock_id = phone.state.lock_id().unwrap_or(0);
    phone.ask(&Ask::Code(CodeProof::for_tests(lock_id, slot)))
}

// Plans

/// OWN-12: a plan lifts the lock at once, in every mode, and no lock for that instalment is taken again, ever.
#[test]
fn a_plan_lifts_the_lock_in_every_mode() {
    for command in [None, Some(Command::StartBackup), Some(Command::StartOpening)] {
        let mut phone = Phone::locked();
        if let Some(command) = command {
            phone.command(command).unwrap();
        }
        phone.reboot();
        phone.order(Order::Plan(phone.world.plan_claims())).unwrap();
        let now = snapshot(&phone.state, &phone.now);
        assert_eq!(now.phase, crate::snapshot::Phase::Free);
        assert_eq!(now.released.unwrap().why, ReleaseWhy::Plan);
        assert_eq!(now.planned.len(), 2);
        phone.anchor(T + 60);
        assert_eq!(
            code(phone.would(Order::Lock(phone.world.lock_claims(2)))),
            "s_plan"
        );
        assert_eq!(phone.fold(), phone.state);
    }
}

/// OWN-12: the new instalments of a plan are judged by the plan's days, and by no earlier ones.
#[test]
fn a_planned_instalment_may_be_locked_about_when_it_is_late_itself() {
    let mut phone = Phone::new();
    let mut plan = phone.world.plan_claims();
    let day = u64::from(TODAY);
    // 5 is an instalment of the agreement, due in 20 days: a plan cannot bring it forward.
    plan.schedule = list(vec![
        (num(101), num(day - 9), num(162_500)),
        (num(5), num(day - 90), num(1)),
    ]);
    plan.iat = num(T - 12 * 86_400);
    phone.order(Order::Plan(plan)).unwrap();
    let about = |phone: &mut Phone, instalment: u64, due: u64| {
        let names = [1, 2].map(|n| id(&format!("{instalment}-{due}-{n}")));
        for n in 1..=2 {
            let mut notice = phone.world.notice(n);
            (notice.jti, notice.instalment) = (names[n as usize - 1].clone(), num(instalment));
            (notice.due, notice.amount) = (num(due), money(162_500));
            phone.order(Order::Notice(notice)).unwrap();
        }
        let mut lock = phone.world.lock_claims(1);
        (lock.instalment, lock.due, lock.amount) = (num(instalment), num(due), money(162_500));
        lock.notices = list(names.to_vec());
        phone.would(Order::Lock(lock))
    };
    assert_eq!(code(about(&mut phone, 5, day - 90)), "p_evidence");
    assert_eq!(code(about(&mut phone, 101, day - 10)), "p_evidence");
    assert_eq!(code(about(&mut phone, 102, day - 10)), "p_evidence");
    assert_eq!(code(about(&mut phone, 101, day - 9)), "ok");
}

// Disputes

/// OWN-12: a dispute lowers the level at once, offline, and the message waits for the network.
#[test]
fn a_dispute_steps_down_at_once_and_offline() {
    for (level, want, lowered) in [
        (3, Want::Limited, 2),
        (2, Want::Unlocked, 1),
        (1, Want::Unlocked, 0),
    ] {
        let mut phone = at_level(level);
        phone.reboot();
        phone.command(Command::Dispute(Mistake::NotTold)).unwrap();
        assert_eq!((phone.effects.want, shown(&phone).level), (want, lowered));
        assert_eq!(shown(&phone).dispute, Some(DisputeView::Waiting));
        assert_eq!(logged(&phone)[0], (LogWhat::Dispute, 1));
        let claim = phone.state.outbox().claims[0].clone();
        assert_eq!(claim.kind, ClaimKind::Dispute);
        assert_eq!(claim.choice.as_deref(), Some("not_told"));
        assert_eq!(claim.instalment.map(|n| n.get()), Some(4));
        assert_eq!(phone.fold(), phone.state);
    }
}

/// OWN-12: once an instalment; a second message is sent and said to be one, and lowers nothing again.
#[test]
fn an_instalment_is_disputed_once() {
    let mut phone = Phone::locked();
    let dispute = Command::Dispute(Mistake::AlreadyPaid);
    assert_eq!(remark(&phone.state, &dispute), None);
    phone.command(dispute).unwrap();
    assert_eq!(code(phone.command(dispute)), "d_already");
    let other = Command::Dispute(Mistake::NewPlan);
    assert_eq!(remark(&phone.state, &other).unwrap().code, Code::DAlready);
    phone.command(other).unwrap();
    assert_eq!(phone.state.outbox().claims.len(), 2);
    assert_eq!(shown(&phone).level, 2);
    // A new lock of the same arrears does not end it, nor does one that answers somebody else's message.
    phone.order(Order::Lock(phone.world.lock_claims(2))).unwrap();
    let mut stranger = phone.world.lock_claims(3);
    stranger.answers = Some(id("another claim"));
    phone.order(Order::Lock(stranger)).unwrap();
    assert_eq!((phone.effects.want, shown(&phone).level), (Want::Limited, 2));
    let mut answer = phone.world.lock_claims(4);
    answer.answers = Some(phone.state.outbox().claims[1].id.clone());
    phone.order(Order::Lock(answer)).unwrap();
    assert_eq!((phone.effects.want, shown(&phone).level), (Want::Kiosk, 3));
    assert_eq!(shown(&phone).dispute, Some(DisputeView::Answered));
    phone.command(Command::Dispute(Mistake::NotMyLoan)).unwrap();
    assert_eq!((phone.effects.want, shown(&phone).level), (Want::Kiosk, 3));
    assert_eq!(phone.fold(), phone.state);
}

/// OWN-12: a release answers a dispute too; another instalment can be disputed on its own.
#[test]
fn a_release_answers_a_dispute() {
    let mut phone = Phone::locked();
    phone.command(Command::Dispute(Mistake::AlreadyPaid)).unwrap();
    phone.order(phone.release(0, &[4])).unwrap();
    assert_eq!(phone.state.lock_id(), None);
    assert!(phone.state.disputed.get(&4).unwrap().answered);
}

/// In an opening a dispute sets its flag, and counts when the opening ends.
#[test]
fn a_dispute_in_an_opening_counts_after_it() {
    let mut phone = Phone::locked();
    phone.command(Command::StartOpening).unwrap();
    phone.command(Command::Dispute(Mistake::AlreadyPaid)).unwrap();
    assert_eq!(phone.effects.want, Want::Unlocked);
    phone.wait(DAY_MS);
    assert_eq!((phone.effects.want, shown(&phone).level), (Want::Limited, 2));
}

/// OWN-12: hardship and giving the phone back are messages, in every state but settled, and bind nobody.
#[test]
fn hardship_and_return_are_sent_from_everywhere() {
    for mut phone in [Phone::new(), Phone::locked()] {
        let before = phone.effects.want;
        for (command, kind, choice, line) in [
            (
                Command::Hardship(Hardship::PayLater),
                ClaimKind::Hardship,
                Some("pay_later"),
                LogWhat::Hardship,
            ),
            (
                Command::Hardship(Hardship::PayLess),
                ClaimKind::Hardship,
                Some("pay_less"),
                LogWhat::Hardship,
            ),
            (Command::Return, ClaimKind::Return, None, LogWhat::Return),
            (
                Command::Dispute(Mistake::NotMyLoan),
                ClaimKind::Dispute,
                Some("not_my_loan"),
                LogWhat::Dispute,
            ),
        ] {
            phone.command(command).unwrap();
            let claim = phone.state.outbox().claims.last().unwrap().clone();
            assert_eq!((claim.kind, claim.choice.as_deref()), (kind, choice));
            assert_eq!(logged(&phone)[0].0, line);
        }
        assert_eq!(code(phone.command(Command::Return)), "n_no_effect");
        let lowered = matches!(before, Want::Kiosk).then_some(Want::Limited);
        assert_eq!(phone.effects.want, lowered.unwrap_or(before));
        phone.order(Order::Settle(phone.world.settle_claims())).unwrap();
        assert_eq!(code(phone.command(Command::Return)), "s_settled");
        assert_eq!(
            code(phone.command(Command::Dispute(Mistake::NotTold))),
            "s_settled"
        );
    }
}

// Levels

/// Levels 2 and 1 bind what they say, and a reminder stands only until it is left.
#[test]
fn each_level_wants_its_own() {
    assert_eq!(at_level(3).effects.want, Want::Kiosk);
    assert_eq!(at_level(2).effects.want, Want::Limited);
    let mut phone = at_level(1);
    assert_eq!(phone.effects.want, Want::Unlocked);
    assert_eq!(phone.state.reminded_record(), None);
    phone.wait(0);
    assert_eq!(phone.effects.want, Want::Reminder);
    assert!(shown(&phone).remind);
    assert_eq!(logged(&phone)[0], (LogWhat::Reminded, 1));
    let first = phone.state.reminded_record().unwrap();
    phone.wait(DAY_MS - 1);
    assert_eq!(phone.state.reminded_record(), Some(first));
    phone.wait(1);
    assert_ne!(phone.state.reminded_record(), Some(first));
    assert_eq!(code(phone.command(Command::Leave)), "n_no_effect");
    assert_eq!(phone.fold(), phone.state);
}

/// OWN-13: no reminder without the lender's time, nor outside the hours in which somebody answers; a reboot brings none.
#[test]
fn reminders_keep_to_the_hours() {
    let mut phone = Phone::under("demo-hours");
    phone.notices();
    // Monday, 1 June 2026, 14:00 UTC.
    let monday = T - 73_600 + 4 * 86_400 + 14 * 3600;
    phone.anchor(monday);
    let mut lock = phone.world.lock_claims(1);
    (lock.profile, lock.level) = (text("demo-hours"), num(2));
    lock.agreement = phone.state.contract.as_ref().unwrap().sha.clone();
    (lock.iat, lock.exp) = (num(monday), num(monday + 86_400));
    phone.order(Order::Lock(lock)).unwrap();
    phone.wait(5 * HOUR_MS);
    // 19:00: the level falls to 1, and nobody answers any more today.
    phone.command(Command::Dispute(Mistake::AlreadyPaid)).unwrap();
    phone.wait(14 * HOUR_MS - 1000);
    assert_eq!(
        (phone.effects.want, phone.state.reminded_record()),
        (Want::Unlocked, None)
    );
    let mut offline = phone.clone();
    offline.reboot();
    offline.wait(DAY_MS);
    assert_eq!(offline.state.reminded_record(), None);
    phone.wait(1000);
    assert_eq!(phone.effects.want, Want::Reminder);
    // Friday 09:00 is in hours, Saturday is a rest day: the sixth day's comes on Monday.
    for _ in 0..4 {
        let before = phone.state.reminded_record();
        phone.wait(DAY_MS);
        let day = phone.now.trusted_s().unwrap() / 86_400;
        let rest = day > monday / 86_400 + 4;
        assert_eq!(phone.state.reminded_record() == before, rest, "day {day}");
    }
    phone.reboot();
    phone.anchor(monday + 8 * 86_400);
    phone.wait(HOUR_MS);
    assert_eq!(phone.fold(), phone.state);
}

/// OWN-03: days late do not pass before anybody agreed: a plan's row falls due on the day the plan was signed at the
/// earliest, or on the phone's last known day, so no instalment is made up that is months late at once.
#[test]
fn a_plan_makes_nobody_late_in_the_past() {
    let mut phone = Phone::locked();
    phone.status(LockState::Locked);
    let mut plan = phone.world.plan_claims();
    let long_ago = u64::from(TODAY) - 91;
    plan.iat = num(T - 91 * 86_400);
    plan.schedule = list(vec![(num(99), num(long_ago), num(325_000))]);
    phone.order(Order::Plan(plan)).unwrap();
    for n in 1..=2 {
        let mut notice = phone.world.notice(n);
        (notice.jti, notice.instalment, notice.due) = (id(&format!("late-{n}")), num(99), num(long_ago));
        phone.order(Order::Notice(notice)).unwrap();
    }
    let mut lock = phone.world.lock_claims(2);
    (lock.instalment, lock.due) = (num(99), num(long_ago));
    lock.notices = list(vec![id("late-1"), id("late-2")]);
    assert_eq!(code(phone.would(Order::Lock(lock))), "p_evidence");
    assert_eq!(phone.fold(), phone.state);
}

/// Where the market wants levels in order, the phone's own record decides; the order's steps count only while fresh.
#[test]
fn levels_come_in_order_by_the_phones_own_record() {
    let lock = |phone: &Phone, n: u64, level: u64, steps: &[u64]| {
        let mut lock = phone.strict_lock(n, level);
        lock.steps = list(steps.iter().map(|level| (num(*level), num(T - 100))).collect());
        Order::Lock(lock)
    };
    let mut phone = Phone::strict();
    assert_eq!(code(phone.would(lock(&phone, 1, 2, &[]))), "p_level");
    assert_eq!(code(phone.would(lock(&phone, 1, 3, &[2]))), "p_level");
    phone.order(lock(&phone, 1, 1, &[])).unwrap();
    assert_eq!(code(phone.would(lock(&phone, 2, 3, &[1, 2]))), "p_level");
    phone.order(lock(&phone, 2, 2, &[])).unwrap();
    phone.order(lock(&phone, 3, 3, &[])).unwrap();
    assert_eq!(phone.effects.want, Want::Kiosk);
    // After a wipe the steps stand for the record, and stay in it.
    let mut wiped = Phone::strict();
    wiped.order(lock(&wiped, 3, 3, &[1, 2])).unwrap();
    wiped.order(lock(&wiped, 4, 3, &[])).unwrap();
    assert_eq!(wiped.fold(), wiped.state);
}

/// What was paid and is owed again begins at the lowest level: the levels from before the payment count no more.
#[test]
fn levels_begin_anew_after_a_payment() {
    let mut phone = Phone::strict();
    phone.order(Order::Lock(phone.strict_lock(1, 1))).unwrap();
    phone.order(Order::Lock(phone.strict_lock(2, 2))).unwrap();
    phone.order(phone.release(2, &[4])).unwrap();
    let paid = phone.state.cleared_until(4);
    let later = paid + 20 * 86_400;
    let mut again: Vec<Notice> = (1..=2).map(|n| phone.world.notice(n)).collect();
    for (n, notice) in again.iter_mut().enumerate() {
        notice.jti = id(&format!("again-{n}"));
        notice.iat = num(later + 9 * 86_400 * u64::try_from(n).unwrap());
        notice.channels = list(vec![Channel::Phone, Channel::Sms]);
        phone.anchor(notice.iat.get());
        phone.order(Order::Notice(notice.clone())).unwrap();
        phone.status(LockState::None);
    }
    let at = later + 12 * 86_400;
    phone.anchor(at);
    let lock = |n: u64, level: u64| {
        let mut lock = phone.strict_lock(n, level);
        (lock.iat, lock.exp) = (num(at), num(at + 86_400));
        lock.notices = list(again.iter().map(|n| n.jti.clone()).collect());
        Order::Lock(lock)
    };
    assert_eq!(code(phone.would(lock(3, 3))), "p_level");
    assert_eq!(code(phone.would(lock(3, 2))), "p_level");
    assert_eq!(code(phone.would(lock(3, 1))), "ok");
}

// Emergency opening

/// OWN-16: 24 hours of powered-on time, offline, logged, once a lock; a new lock grants it anew.
#[test]
fn the_emergency_opening_is_the_owners_once_a_lock() {
    let mut phone = Phone::locked();
    assert!(shown(&phone).opening);
    phone.reboot();
    phone.command(Command::StartOpening).unwrap();
    assert_eq!(phone.effects.want, Want::Unlocked);
    assert_eq!(logged(&phone)[0], (LogWhat::Opening, 1));
    let Shown::Open { reason, left_ms, .. } = shown(&phone).mode else {
        panic!("not open");
    };
    assert_eq!((reason, left_ms), (OpenReason::Opening, DAY_MS));
    assert_eq!(code(phone.command(Command::StartOpening)), "m_open");
    phone.wait(DAY_MS - 1);
    assert_eq!(phone.effects.want, Want::Unlocked);
    phone.wait(1);
    assert_eq!(phone.effects.want, Want::Kiosk);
    assert!(!shown(&phone).opening);
    assert_eq!(code(phone.command(Command::StartOpening)), "o_used");
    phone.anchor(T + 90_000);
    phone.order(Order::Lock(phone.world.lock_claims(2))).unwrap();
    phone.command(Command::StartOpening).unwrap();
    assert_eq!(phone.fold(), phone.state);
}

/// OWN-16: an opening that would bring nothing is not burned; in a backup the window's true value is written.
#[test]
fn an_opening_is_not_burned_while_open() {
    let mut phone = Phone::locked();
    phone
        .order(Order::Grace(phone.world.grace_claims(1, 60)))
        .unwrap();
    assert_eq!(code(phone.command(Command::StartOpening)), "m_open");
    phone.wait(60_000);
    phone.command(Command::StartBackup).unwrap();
    phone.wait(3200);
    phone.command(Command::StartOpening).unwrap();
    assert_eq!(phone.state.held().unwrap().used_s, 4);
    assert_eq!(phone.state.mode_word(), "open");
    for mut free in [Phone::new(), Phone::new()] {
        assert_eq!(code(free.command(Command::StartOpening)), "m_not_locked");
        free.status(LockState::None);
    }
}

/// OWN-16: where the market withholds it, there is none, and the page does not offer it.
#[test]
fn a_market_may_withhold_the_opening() {
    let mut phone = Phone::strict();
    phone.order(Order::Lock(phone.strict_lock(1, 1))).unwrap();
    assert_eq!(code(phone.command(Command::StartOpening)), "o_not_granted");
    assert!(!shown(&phone).opening);
}

// Spoken codes

/// A right code of slots 1 to 3 opens for 72 hours, offline, each once, the slot that is shown.
#[test]
fn a_spoken_code_opens_without_network() {
    let mut phone = with_codes();
    phone.reboot();
    for slot in 1..=3 {
        assert_eq!(shown(&phone).code.unwrap().slot, slot);
        phone.command(grace()).unwrap();
        assert_eq!(phone.state.challenge().unwrap().commitment.slot.get(), slot);
        right(&mut phone, slot).unwrap();
        assert_eq!(
            (phone.effects.want, phone.state.mode_word()),
            (Want::Unlocked, "open")
        );
        assert_eq!(logged(&phone)[0], (LogWhat::Code { slot }, 1));
        assert_eq!(
            code(phone.command(grace())),
            if slot == 3 { "c_used" } else { "m_open" }
        );
        phone.wait(72 * HOUR_MS);
        assert_eq!(phone.effects.want, Want::Kiosk);
    }
    assert_eq!(code(phone.command(grace())), "c_used");
    let view = CodeView {
        slot: 0,
        release: true,
        wait_ms: 0,
        closed: false,
        tries: 0,
    };
    assert_eq!(shown(&phone).code, Some(view));
    assert_eq!(phone.fold(), phone.state);
}

/// A right code of slot 4 releases from every mode, as a release of that number does.
#[test]
fn the_release_code_frees_from_every_mode() {
    for command in [None, Some(Command::StartBackup), Some(Command::StartOpening)] {
        let mut phone = with_codes();
        if let Some(command) = command {
            phone.command(command).unwrap();
        }
        phone.reboot();
        phone.command(release_code()).unwrap();
        right(&mut phone, 4).unwrap();
        assert_eq!(
            (phone.state.mode_word(), phone.state.released_through()),
            ("free", 1)
        );
        assert_eq!(phone.state.released.as_ref().unwrap().1.why, ReleaseWhy::Code);
        phone.anchor(T + 60);
        let same = phone.world.lock_claims(2);
        assert_eq!(code(phone.would(Order::Lock(same))), "s_notice_used");
        assert_eq!(phone.fold(), phone.state);
    }
}

/// A grace code in a backup ends it with its true value.
#[test]
fn a_grace_code_ends_a_backup() {
    let mut phone = with_codes();
    phone.command(Command::StartBackup).unwrap();
    phone.wait(2500);
    phone.command(grace()).unwrap();
    right(&mut phone, 1).unwrap();
    assert_eq!(
        (phone.state.mode_word(), phone.state.held().unwrap().used_s),
        ("open", 3)
    );
}

/// What is no try does not count as one: a slip, a slot that is used or was never given, an open phone, no lock.
#[test]
fn only_a_try_counts() {
    let mut phone = with_codes();
    let slip = Command::TypeCode(Typed::new("123456789012").unwrap());
    assert_eq!(code(phone.command(slip)), "c_check_digit");
    let mut open = phone.clone();
    open.command(Command::StartOpening).unwrap();
    assert_eq!(code(open.command(slip)), "c_check_digit");
    assert_eq!(code(open.command(grace())), "m_open");
    assert_eq!(shown(&open).code.unwrap().tries, 0);
    assert_eq!(shown(&phone).code.unwrap().tries, 0);
    let mut none = Phone::locked();
    assert_eq!(shown(&none).code, None);
    assert_eq!(code(none.command(grace())), "c_used");
    assert_eq!(code(none.command(release_code())), "c_used");
    let mut free = Phone::new();
    assert_eq!(code(free.command(grace())), "m_not_locked");
    // After a wipe the slots that were used before are told by the lock.
    let mut wiped = Phone::new();
    wiped.notices();
    let mut lock = coded(&wiped, 1, &[1, 2, 3, 4]);
    lock.used.0.codes = num(0b1011);
    wiped.order(Order::Lock(lock)).unwrap();
    let view = shown(&wiped).code.unwrap();
    assert_eq!((view.slot, view.release), (3, false));
}

/// No proof opens anything without its own attempt, counted before.
#[test]
fn a_proof_without_its_attempt_is_worth_nothing() {
    let mut phone = with_codes();
    assert_eq!(code(right(&mut phone, 1)), "c_wrong");
    phone.command(grace()).unwrap();
    assert_eq!(code(right(&mut phone, 2)), "c_wrong");
    assert_eq!(code(right(&mut phone, 4)), "c_wrong");
    assert_eq!(code(phone.ask(&Ask::Code(CodeProof::for_tests(2, 1)))), "c_wrong");
    right(&mut phone, 1).unwrap();
    assert_eq!(code(right(&mut phone, 1)), "c_wrong");
    // A new lock has codes of its own.
    let mut other = with_codes();
    other.command(grace()).unwrap();
    let lock = coded(&other, 2, &[1, 2, 3, 4]);
    other.order(Order::Lock(lock)).unwrap();
    assert_eq!(code(other.ask(&Ask::Code(CodeProof::for_tests(1, 1)))), "c_wrong");
}

/// Wrong codes cost time and nothing else: the table of waits, re-armed by a reboot, closed at 100 until a check-in.
#[test]
fn wrong_codes_cost_time() {
    let mut phone = with_codes();
    for tries in 1..=9_u16 {
        phone.command(grace()).unwrap();
        let view = shown(&phone).code.unwrap();
        assert_eq!((view.tries, view.wait_ms), (tries, wait_ms(tries)));
        if wait_ms(tries) > 0 {
            let refused = phone.command(grace()).unwrap_err();
            assert_eq!(refused.code, Code::CWait);
            assert_eq!(refused.retry_after_s, u32::try_from(wait_ms(tries) / 1000).ok());
            assert_eq!(code(phone.command(release_code())), "c_wait");
            phone.wait(wait_ms(tries) - 1);
            assert_eq!(code(phone.command(grace())), "c_wait");
            phone.wait(1);
        }
    }
    phone.command(grace()).unwrap();
    assert_eq!(logged(&phone)[0], (LogWhat::WrongCode, 10));
    phone.wait(wait_ms(10) - 1000);
    phone.reboot();
    assert_eq!(shown(&phone).code.unwrap().wait_ms, wait_ms(10));
    phone.wait(wait_ms(10));
    while shown(&phone).code.unwrap().tries < CLOSED_AT {
        phone.command(grace()).unwrap();
        phone.wait(wait_ms(100));
    }
    assert_eq!(code(phone.command(grace())), "c_closed");
    assert!(shown(&phone).code.unwrap().closed);
    // All other ways out stay.
    phone.command(Command::StartOpening).unwrap();
    phone.wait(DAY_MS);
    phone.anchor(T + 60 * 86_400);
    phone.status(LockState::Locked);
    phone.command(grace()).unwrap();
    right(&mut phone, 1).unwrap();
    assert_eq!(phone.state.mode_word(), "open");
    assert_eq!(phone.fold(), phone.state);
}

/// An attempt that was written and never answered counts as wrong: a killed process gains no free try.
#[test]
fn an_unanswered_attempt_counts_as_wrong() {
    let mut phone = with_codes();
    for tries in 1..=4 {
        phone.command(grace()).unwrap();
        assert_eq!(code(phone.ask(&Ask::Started)), "n_no_effect");
        let scan = crate::journal::Scan {
            entries: phone.entries.clone(),
            hashes: Vec::new(),
            whole: 16,
            torn: None,
        };
        let Restored::Whole { state, .. } = restore(&scan) else {
            panic!("lost");
        };
        phone.state = *state;
        assert_eq!(shown(&phone).code.unwrap().tries, tries);
    }
    phone.command(grace()).unwrap();
    right(&mut phone, 1).unwrap();
    assert_eq!(
        logged(&phone)[..2],
        [(LogWhat::Code { slot: 1 }, 1), (LogWhat::WrongCode, 4)]
    );
    assert_eq!(
        log::lines(&phone.entries).last().unwrap().what,
        LogWhat::Code { slot: 1 }
    );
}

// Silence

/// OWN-10: 720 hours of network without a word end the lock, as a release of its number would; time without network
/// does not count, and silence never locks.
#[test]
fn a_lock_lapses_after_thirty_days_of_silence() {
    for command in [None, Some(Command::StartBackup), Some(Command::StartOpening)] {
        let mut phone = Phone::locked();
        phone.wait(90 * DAY_MS);
        assert_eq!((phone.effects.want, phone.state.silence_h()), (Want::Kiosk, 0));
        if let Some(command) = command {
            phone.command(command).unwrap();
        }
        phone.reboot();
        for _ in 0..119 {
            phone.ask(&Ask::Silence(6)).unwrap();
        }
        assert_ne!(phone.state.mode_word(), "free");
        phone.ask(&Ask::Silence(5)).unwrap();
        assert_eq!(phone.state.silence_h(), 719);
        phone.ask(&Ask::Silence(1)).unwrap();
        assert_eq!(phone.effects.want, Want::Unlocked);
        assert_eq!(
            (phone.state.mode_word(), phone.state.released_through()),
            ("free", 1)
        );
        assert_eq!(phone.state.released.as_ref().unwrap().1.why, ReleaseWhy::Lapsed);
        assert_eq!(logged(&phone)[0], (LogWhat::Lapsed, 1));
        assert_eq!(log::lines(&phone.entries).last().unwrap().what, LogWhat::Lapsed);
        assert_eq!(code(phone.ask(&Ask::Silence(6))), "n_no_effect");
        phone.anchor(T + 91 * 86_400);
        let mut again = phone.world.lock_claims(2);
        (again.iat, again.exp) = (num(T + 60 * 86_400), num(T + 61 * 86_400));
        phone.anchor(T + 60 * 86_400);
        assert_eq!(code(phone.would(Order::Lock(again))), "s_notice_used");
        assert_eq!(phone.fold(), phone.state);
    }
}

/// OWN-10: any word of the lender under keys in force ends the silence; one under expired keys does not.
#[test]
fn a_word_of_the_lender_ends_the_silence() {
    let mut phone = Phone::locked();
    for hours in [0, 7] {
        assert_eq!(code(phone.ask(&Ask::Silence(hours))), "n_no_effect");
    }
    phone.ask(&Ask::Silence(6)).unwrap();
    let good = phone.now.anchor;
    phone.anchor(T + 80 * 86_400);
    phone.status(LockState::Locked);
    assert_eq!(phone.state.silence_h(), 6);
    phone.now.anchor = good;
    phone.status(LockState::Locked);
    assert_eq!(phone.state.silence_h(), 0);
    let mut free = Phone::new();
    assert_eq!(code(free.ask(&Ask::Silence(6))), "n_no_effect");
    free.order(Order::Settle(free.world.settle_claims())).unwrap();
    assert_eq!(code(free.ask(&Ask::Silence(6))), "s_settled");
}

// Roots

/// A new root by the will of both carries the phone on: the lock stands, new keys free it, old root keys sign nothing.
#[test]
fn a_new_root_carries_the_phone_on() {
    let mut phone = Phone::locked();
    let [a, b, _] = phone.world.roots.clone();
    let (d, e) = (Key::new("root-4"), Key::new("root-5"));
    let mut next = phone.world.root();
    next.version = num(2);
    let roots = [&a, &d, &e].map(|key| {
        Obj(crate::order::claims::RootKey {
            kid: key.kid(),
            x: key.x(),
        })
    });
    next.roots = list(roots.to_vec());
    let bundle =
        |keys: &[&Key], root: &crate::order::claims::Root| crate::signer::bundle(keys, typ::ROOT, root);
    let mut gap = next.clone();
    gap.version = num(3);
    assert_eq!(
        code(phone.ask(&Ask::Trust(&bundle(&[&a, &b, &d], &gap)))),
        "k_version_gap"
    );
    assert_eq!(
        code(phone.ask(&Ask::Trust(&bundle(&[&d, &e], &next)))),
        "k_root_unknown"
    );
    phone.ask(&Ask::Trust(&bundle(&[&a, &b, &d], &next))).unwrap();
    assert_eq!(phone.state.mode_word(), "locked");
    assert_eq!(
        code(phone.ask(&Ask::Trust(&phone.world.keys_bundle(2)))),
        "k_root_unknown"
    );
    let mut keys = phone.world.keys(2);
    keys.root_version = num(2);
    let set = crate::signer::bundle(&[&d, &e], typ::KEYS, &keys);
    phone.ask(&Ask::Trust(&set)).unwrap();
    phone.order(phone.release(1, &[4])).unwrap();
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(phone.fold(), phone.state);
    let mut settled = phone.clone();
    settled
        .order(Order::Settle(settled.world.settle_claims()))
        .unwrap();
    assert_eq!(code(settled.ask(&Ask::Trust(&set))), "s_settled");
}
