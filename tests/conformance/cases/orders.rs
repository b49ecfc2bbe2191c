//! Orders against the state: numbers of locks, releases in any order, graces, plans, settlement, lost state.

use super::{Answer, Case, Script, Step, case, expect};
use crate::signer::{T, World, id, list, num};
use latchkey_core::command::Command;
use latchkey_core::journal::LostWhy;
use latchkey_core::order::claims::{Lock, LockState, Order, Why};

fn lock(world: &World, lock_id: u64, change: impl FnOnce(&mut Lock)) -> Order {
    let mut claims = world.lock_claims(lock_id);
    change(&mut claims);
    Order::Lock(claims)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = locks();
    cases.extend(frees());
    cases.extend(evidence());
    cases
}

fn locks() -> Vec<Case> {
    let world = World::new();
    let numbered = |n: u64| lock(&world, n, |_| {});
    let paid = |n: u64| Order::Release(world.release_claims(n, Why::Paid, &[4]));
    let grace = Order::Grace(world.grace_claims(1, 3600));
    vec![
        case(
            "the-same-lock-signed-anew",
            "locked",
            Script::on("locked")
                .order(&lock(&world, 1, |l| l.iat = num(T + 1)), "n_no_effect", "locked")
                .lock_id(1),
        ),
        case(
            "a-newer-lock-and-then-the-older",
            "locked",
            Script::on("locked")
                .order(&numbered(7), "ok", "locked")
                .lock_id(7)
                .order(&numbered(6), "s_lock_superseded", "locked")
                .lock_id(7),
        ),
        case(
            "a-lock-after-its-release",
            "noticed",
            Script::new()
                .order(&paid(3), "ok", "unknown")
                .released(3)
                .order(&numbered(3), "s_lock_superseded", "unknown")
                .order(&numbered(2), "s_lock_superseded", "unknown"),
        ),
        case(
            "a-lock-too-far-ahead",
            "noticed",
            Script::new()
                .order(&numbered(1001), "s_lock_far", "unknown")
                .order(&numbered(1000), "ok", "locked")
                .lock_id(1000),
        ),
        case(
            "no-lock-while-the-phone-is-open",
            "locked",
            Script::on("locked")
                .order(&grace, "ok", "open")
                .order(&numbered(2), "s_open", "open")
                .wait(3_600_000, "locked")
                .order(&numbered(2), "ok", "locked")
                .lock_id(2),
        ),
        case(
            "no-lock-while-photos-are-saved",
            "locked",
            Script::on("locked")
                .command(Command::StartBackup, "ok", "backup")
                .order(&numbered(2), "s_open", "backup")
                .order(&paid(1), "ok", "free"),
        ),
        case(
            "a-plan-stands-against-the-lock",
            "locked",
            Script::on("locked")
                .order(&Order::Plan(world.plan_claims()), "ok", "free")
                .order(&numbered(2), "s_plan", "free")
                .order(&Order::Plan(world.plan_claims()), "n_no_effect", "free"),
        ),
        case(
            "terms-only-rise",
            "locked",
            Script::on("locked")
                .order(&Order::Terms(world.terms_claims(3)), "ok", "locked")
                .order(&Order::Terms(world.terms_claims(2)), "f_terms_stale", "locked")
                .order(&Order::Terms(world.terms_claims(3)), "f_terms_stale", "locked"),
        ),
    ]
}

fn frees() -> Vec<Case> {
    let world = World::new();
    let release =
        |n: u64, instalments: &[u64]| Order::Release(world.release_claims(n, Why::Paid, instalments));
    let grace = |n: u64, s: u64| Order::Grace(world.grace_claims(n, s));
    let settle = Order::Settle(world.settle_claims());
    vec![
        case(
            "a-release-frees",
            "locked",
            Script::on("locked")
                .order(&release(1, &[4]), "ok", "free")
                .released(1)
                .order(&release(1, &[4]), "n_no_effect", "free"),
        ),
        case(
            "a-release-of-a-higher-number-frees",
            "locked",
            Script::on("locked")
                .order(&release(5, &[]), "ok", "free")
                .released(5),
        ),
        case(
            "a-release-of-no-lock-clears-the-instalment-and-frees",
            "locked",
            Script::on("locked")
                .order(&release(0, &[4]), "ok", "free")
                .released(1),
        ),
        case(
            "a-release-of-another-instalment-does-not-free",
            "locked",
            Script::on("locked")
                .order(&release(0, &[5]), "n_no_effect", "locked")
                .lock_id(1),
        ),
        case(
            "a-release-raises-by-1000-at-most",
            "locked",
            Script::on("locked")
                .order(&release(2_000_000, &[]), "ok", "free")
                .released(1001),
        ),
        case(
            "a-grace-opens-once",
            "locked",
            Script::on("locked")
                .order(&grace(1, 3600), "ok", "open")
                .wait(3_599_999, "open")
                .wait(1, "locked")
                .order(&grace(1, 3600), "f_jti_seen", "locked"),
        ),
        case(
            "a-longer-grace-wins-and-a-shorter-one-takes-nothing",
            "locked",
            Script::on("locked")
                .order(&grace(1, 7200), "ok", "open")
                .order(&grace(1, 60), "ok", "open")
                .wait(7_199_999, "open")
                .wait(1, "locked"),
        ),
        case(
            "a-grace-counts-powered-time",
            "locked",
            Script::on("locked")
                .order(&grace(1, 3600), "ok", "open")
                .wait(1_800_000, "open")
                .boot("open")
                .wait(1_799_999, "open")
                .wait(1, "locked"),
        ),
        case(
            "a-grace-for-a-lock-that-is-not-here-yet",
            "locked",
            Script::on("locked").order(&grace(2, 3600), "s_lock_unknown", "locked"),
        ),
        case(
            "a-grace-for-a-lock-that-is-gone",
            "locked",
            Script::on("locked").order(&release(1, &[]), "ok", "free").order(
                &grace(1, 3600),
                "n_no_effect",
                "free",
            ),
        ),
        case(
            "settled-is-for-good",
            "locked",
            Script::on("locked")
                .order(&settle, "ok", "settled")
                .order(&lock(&world, 2, |_| {}), "s_settled", "settled")
                .order(&release(2, &[]), "s_settled", "settled")
                .order(&Order::Notice(world.notice(1)), "s_settled", "settled")
                .order(&settle, "n_no_effect", "settled")
                .keys(&world.keys_bundle(2), "s_settled")
                .boot("settled")
                .command(Command::Paid, "s_settled", "settled"),
        ),
    ]
}

fn evidence() -> Vec<Case> {
    let world = World::new();
    let notice = |n: u64| Order::Notice(world.notice(n));
    let paid = Order::Release(world.release_claims(1, Why::Paid, &[4]));
    let goodwill = Order::Release(world.release_claims(1, Why::Goodwill, &[]));
    let mut renewed = [world.notice(1), world.notice(2)];
    for (n, notice) in renewed.iter_mut().enumerate() {
        notice.jti = id(&format!("renewed-{n}"));
        notice.iat = num(T + 86_400 * (1 + n as u64));
    }
    let later = T + 20 * 86_400;
    let again = lock(&world, 2, |l| {
        (l.iat, l.exp) = (num(later), num(later + 86_400));
        l.notices = list(vec![id("renewed-0"), id("renewed-1")]);
    });
    let lost = Step::Lost {
        why: LostWhy::Damaged,
        expect: expect("ok", "unknown"),
    };
    let reset = lock(&world, 1, |l| {
        (l.iat, l.exp) = (num(T + 3600), num(T + 86_400));
        l.used.0.window_s = num(240);
    });
    vec![
        case(
            "a-notice-that-is-not-here-yet",
            "asked",
            Script::new()
                .order(&lock(&world, 1, |_| {}), "s_notice_missing", "unknown")
                .order(&notice(1), "ok", "unknown")
                .order(&lock(&world, 1, |_| {}), "s_notice_missing", "unknown")
                .order(&notice(2), "ok", "unknown")
                .order(&lock(&world, 1, |_| {}), "ok", "locked"),
        ),
        case(
            "a-notice-twice",
            "noticed",
            Script::new().order(&notice(1), "n_no_effect", "unknown"),
        ),
        case(
            "a-payment-spends-the-notices",
            "locked",
            Script::on("locked").order(&paid, "ok", "free").order(
                &lock(&world, 2, |_| {}),
                "s_notice_used",
                "free",
            ),
        ),
        case(
            "newer-notices-lock-again",
            "locked",
            Script::on("locked")
                .order(&paid, "ok", "free")
                .order(&Order::Notice(renewed[0].clone()), "ok", "free")
                .order(&Order::Notice(renewed[1].clone()), "ok", "free")
                .answer(
                    Answer::at(later)
                        .state(LockState::Locked)
                        .order(&again, "ok", "locked"),
                    "locked",
                )
                .lock_id(2),
        ),
        case(
            "the-lifted-locks-notices-are-spent-whatever-the-reason",
            "locked",
            Script::on("locked").order(&goodwill, "ok", "free").order(
                &lock(&world, 2, |_| {}),
                "s_notice_used",
                "free",
            ),
        ),
        case(
            "lost-state-is-not-locked-and-comes-back-by-the-catch-up-set",
            "locked",
            Script::on("unknown")
                .push(lost)
                .enrol(&world.agreement(), "ok")
                .keys(&world.keys_bundle(1), "ok")
                .answer(
                    Answer::at(T + 3600)
                        .state(LockState::Locked)
                        .order(&notice(1), "ok", "unknown")
                        .order(&notice(2), "ok", "unknown")
                        .order(&reset, "ok", "locked"),
                    "locked",
                )
                .lock_id(1)
                .used(240),
        ),
        case(
            "caught-up-without-a-lock-is-free",
            "enrolled",
            Script::new().answer(
                Answer::at(T).order(&Order::Terms(world.terms_claims(1)), "ok", "unknown"),
                "free",
            ),
        ),
    ]
}
