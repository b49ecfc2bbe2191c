//! Trusted time: what binds needs it, what frees does not.

use super::{Answer, Case, Script, Step, case, expect};
use crate::signer::{T, World, id, num};
use latchkey_core::order::claims::{LockState, Order, Why, typ};

pub(super) fn cases() -> Vec<Case> {
    let world = World::new();
    let lock = |k: u64| Order::Lock(world.lock_claims(k));
    let terms = |k: u64| Order::Terms(world.terms_claims(k));
    let release = Order::Release(world.release_claims(1, Why::Paid, &[4]));
    let locked_at = |at: u64, outcome: &str| {
        Answer::at(at).state(LockState::Locked).order(
            &lock(1),
            outcome,
            if outcome == "ok" { "locked" } else { "unknown" },
        )
    };
    let end = T + 7 * 86_400;
    let mut slow = Answer::at(T).state(LockState::Locked);
    slow.took_ms = 30_001;
    let mut nonce = Answer::at(T);
    (nonce.nonce, nonce.outcome) = (Some(id("another")), "f_nonce");
    let asked = id("time");
    let time = |now: u64, question: &str, outcome: &str| Step::Time {
        nonce: asked.clone(),
        token: world
            .status
            .token(typ::TIME, &world.time_claims(&id(question), now)),
        expect: expect(outcome, "unknown"),
    };
    let mut early = world.lock_claims(1);
    (early.iat, early.exp) = (num(T + 301), num(T + 400));
    let mut edge = world.lock_claims(1);
    (edge.iat, edge.exp) = (num(T + 300), num(T + 400));
    vec![
        case(
            "no-lock-without-an-answer",
            "enrolled",
            Script::new().order(&lock(1), "f_no_anchor", "unknown").order(
                &terms(1),
                "f_no_anchor",
                "unknown",
            ),
        ),
        case(
            "a-boot-forgets-the-time",
            "noticed",
            Script::on("unknown")
                .boot("unknown")
                .order(&lock(1), "f_no_anchor", "unknown"),
        ),
        case(
            "an-answer-that-took-too-long-gives-no-time",
            "enrolled",
            Script::new()
                .answer(slow, "unknown")
                .order(&lock(1), "f_no_anchor", "unknown"),
        ),
        case(
            "signed-ahead-of-the-time",
            "noticed",
            Script::new().order(&Order::Lock(early), "f_iat_future", "unknown"),
        ),
        case(
            "signed-300-seconds-ahead",
            "noticed",
            Script::new().order(&Order::Lock(edge), "ok", "locked").lock_id(1),
        ),
        case(
            "expired-to-the-second",
            "noticed",
            Script::new()
                .answer(locked_at(end, "f_expired"), "unknown")
                .answer(locked_at(end - 1, "ok"), "locked"),
        ),
        case(
            "the-key-set-has-ended",
            "noticed",
            Script::new()
                .keys(
                    &{
                        let mut keys = world.keys(2);
                        keys.exp = num(T + 3600);
                        world.sign_keys(&keys)
                    },
                    "ok",
                )
                .answer(locked_at(T + 3600, "f_keys_expired"), "unknown"),
        ),
        case(
            "another-questions-answer",
            "locked",
            Script::on("locked").answer(nonce, "locked"),
        ),
        case(
            "the-time-token-gives-a-lower-time-too",
            "noticed",
            Script::new()
                .answer(locked_at(end, "f_expired"), "unknown")
                .push(time(T + 60, "time", "ok"))
                .order(&lock(1), "ok", "locked"),
        ),
        case(
            "another-questions-time",
            "enrolled",
            Script::new()
                .push(time(T, "another", "f_nonce"))
                .order(&lock(1), "f_no_anchor", "unknown"),
        ),
        case(
            "a-release-asks-for-no-time",
            "locked",
            Script::on("locked").boot("locked").order(&release, "ok", "free"),
        ),
    ]
}
