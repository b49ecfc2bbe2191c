//! What the owner does, and what no boot, restart or repetition gains or takes.

use super::{Answer, Case, Script, case};
use crate::signer::{T, World};
use latchkey_core::command::Command::{CheckIn, Consent, Paid, Seen, StartBackup, StopBackup};
use latchkey_core::order::claims::{LockState, Order, Why};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = backup();
    cases.extend(paid());
    cases
}

fn backup() -> Vec<Case> {
    let world = World::new();
    let grace = Order::Grace(world.grace_claims(1, 3600));
    let second = Order::Lock(world.lock_claims(2));
    vec![
        case(
            "no-backup-without-a-lock",
            "enrolled",
            Script::new().command(StartBackup, "m_not_locked", "unknown"),
        ),
        case(
            "ten-minutes-in-all",
            "locked",
            Script::on("locked")
                .command(StartBackup, "ok", "backup")
                .used(15)
                .wait(100_000, "backup")
                .command(StopBackup, "ok", "locked")
                .used(100)
                .command(StartBackup, "ok", "backup")
                .wait(499_999, "backup")
                .wait(1, "locked")
                .used(600)
                .command(StartBackup, "w_spent", "locked"),
        ),
        case(
            "a-power-cut-costs-at-most-the-lease",
            "locked",
            Script::on("locked")
                .command(StartBackup, "ok", "backup")
                .wait(31_000, "backup")
                .used(45)
                .boot("locked")
                .used(45),
        ),
        case(
            "a-crash-costs-at-most-the-lease",
            "locked",
            Script::on("locked")
                .command(StartBackup, "ok", "backup")
                .wait(14_000, "backup")
                .restart(5_000, "locked")
                .used(15),
        ),
        case(
            "nothing-is-charged-while-the-phone-is-open",
            "locked",
            Script::on("locked")
                .order(&grace, "ok", "open")
                .command(StartBackup, "m_open", "open")
                .used(0),
        ),
        case(
            "every-new-lock-has-its-own-ten-minutes",
            "locked",
            Script::on("locked")
                .command(StartBackup, "ok", "backup")
                .wait(100_000, "backup")
                .command(StopBackup, "ok", "locked")
                .order(&second, "ok", "locked")
                .lock_id(2)
                .used(0),
        ),
        case(
            "wishes-that-the-journal-does-not-know",
            "locked",
            Script::on("locked")
                .command(Consent, "n_no_effect", "locked")
                .command(CheckIn, "n_no_effect", "locked")
                .command(Seen, "n_no_effect", "locked")
                .command(StopBackup, "n_no_effect", "locked"),
        ),
    ]
}

fn paid() -> Vec<Case> {
    let world = World::new();
    let second = Order::Lock(world.lock_claims(2));
    let third = Order::Lock(world.lock_claims(3));
    let release = Order::Release(world.release_claims(1, Why::Paid, &[4]));
    vec![
        case(
            "i-have-paid-opens-after-an-hour-for-a-day",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .wait(HOUR - 1, "locked")
                .wait(1, "open")
                .wait(24 * HOUR - 1, "open")
                .wait(1, "locked"),
        ),
        case(
            "a-release-ends-the-hour",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .wait(10 * MINUTE, "locked")
                .order(&release, "ok", "free"),
        ),
        case(
            "a-new-lock-does-not-reset-the-hour",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .wait(50 * MINUTE, "locked")
                .order(&second, "ok", "locked")
                .wait(10 * MINUTE - 1, "locked")
                .wait(1, "open"),
        ),
        case(
            "one-opening-in-one-arrears",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .wait(HOUR, "open")
                .wait(24 * HOUR, "locked")
                .answer(
                    Answer::at(T + 25 * 3600)
                        .state(LockState::Locked)
                        .order(&third, "ok", "locked"),
                    "locked",
                )
                .wait(2 * HOUR, "locked"),
        ),
        case(
            "the-hour-counts-powered-time",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .wait(30 * MINUTE, "locked")
                .boot("locked")
                .wait(30 * MINUTE - 1, "locked")
                .wait(1, "open"),
        ),
        case(
            "the-hour-runs-on-while-the-process-is-dead",
            "locked",
            Script::on("locked")
                .command(Paid, "ok", "locked")
                .restart(59 * MINUTE, "locked")
                .wait(MINUTE, "open"),
        ),
        case(
            "i-have-paid-is-sent-in-every-state",
            "enrolled",
            Script::new().command(Paid, "ok", "unknown"),
        ),
    ]
}
