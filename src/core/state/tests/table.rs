use super::*;
use crate::journal::Body;
use crate::signer::Key;
use crate::snapshot as view;

fn lock(phone: &Phone, n: u64) -> Lock {
    phone.world.lock_claims(n)
}

/// The newest receipt's code.
fn receipt(phone: &Phone) -> String {
    phone.state.outbox().receipts.last().unwrap().code.clone()
}

/// OWN-03: a lock is taken with its whole proof, and shows it.
#[test]
fn a_lawful_lock_locks() {
    let phone = Phone::locked();
    assert_eq!(phone.effects.want, Want::Kiosk);
    let shown = snapshot(&phone.state, &phone.now);
    let view::Phase::Lock(lock) = &shown.phase else {
        panic!("not locked");
    };
    assert_eq!((lock.id, lock.level, lock.amount), (1, 3, 325_000));
    assert_eq!(lock.days_late, Some(10));
    assert_eq!(lock.backup_left_ms, 600_000);
    assert_eq!(lock.proof.len(), 5);
    assert!(lock.proof.iter().all(|p| p.holds));
    assert_eq!(shown.pay.unwrap().amount, 325_000);
    assert_eq!(shown.reference, "K7Q4 2M");
    assert_eq!(shown.log[0].what, view::LogWhat::Lock { id: 1, level: 3 });
}

/// OWN-03: what binds needs the lender's time of this boot, a fresh signature, and keys in force, in this order.
#[test]
fn a_binding_order_is_refused_without_trusted_time() {
    let mut phone = Phone::new();
    let good = phone.now.anchor;
    phone.now.anchor = None;
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1)))), "f_no_anchor");
    assert_eq!(
        code(phone.would(Order::Terms(phone.world.terms_claims(1)))),
        "f_no_anchor"
    );
    phone.anchor(T - 301);
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1)))), "f_iat_future");
    phone.anchor(T + 7 * 86_400);
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1)))), "f_expired");
    phone.anchor(T + 70 * 86_400);
    let mut late = lock(&phone, 1);
    (late.iat, late.exp) = (num(T + 70 * 86_400), num(T + 71 * 86_400));
    assert_eq!(code(phone.would(Order::Lock(late))), "f_keys_expired");
    phone.now.anchor = good;
    assert_eq!(
        code(phone.would(Order::Lock(lock(&phone, 1)))),
        "s_notice_missing"
    );
}

/// OWN-05: neither an older number nor one far ahead is taken.
#[test]
fn lock_numbers_only_rise_and_not_too_far() {
    let mut phone = Phone::locked();
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1)))), "n_no_effect");
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1002)))), "s_lock_far");
    phone.order(Order::Lock(lock(&phone, 5))).unwrap();
    assert_eq!(
        code(phone.would(Order::Lock(lock(&phone, 4)))),
        "s_lock_superseded"
    );
    phone.order(phone.release(5, &[4])).unwrap();
    assert_eq!(
        code(phone.would(Order::Lock(lock(&phone, 5)))),
        "s_lock_superseded"
    );
}

/// OWN-04: a release unlocks offline, after a reboot, under expired and retired keys.
#[test]
fn a_release_asks_for_no_time_and_no_current_key() {
    let mut phone = Phone::locked();
    let mut keys = phone.world.keys(2);
    let others = keys
        .keys
        .iter()
        .filter(|k| k.kid != phone.world.release.kid())
        .cloned();
    keys.keys = others.collect::<Vec<_>>().try_into().unwrap();
    keys.exp = num(T - 86_400);
    let bundle = phone.world.sign_keys(&keys);
    phone.ask(&Ask::Trust(&bundle)).unwrap();
    assert_eq!(phone.state.mode_word(), "locked");
    phone.reboot();
    phone.order(phone.release(1, &[4])).unwrap();
    assert_eq!(phone.effects.want, Want::Unlocked);
    assert_eq!(phone.state.mode_word(), "free");
    let shown = snapshot(&phone.state, &phone.now);
    let released = shown.released.unwrap();
    assert_eq!(
        (released.why, released.amount),
        (view::ReleaseWhy::Paid, Some(325_000))
    );
}

/// OWN-05: a release that overtook its lock keeps it out for good, and so does its payment for later locks.
#[test]
fn a_release_before_its_lock_wins() {
    let mut phone = Phone::new();
    for n in 1..=2 {
        phone.order(Order::Notice(phone.world.notice(n))).unwrap();
    }
    phone.order(phone.release(3, &[4])).unwrap();
    assert_eq!(receipt(&phone), "ok");
    assert_eq!(code(phone.order(phone.release(3, &[4]))), "n_no_effect");
    assert_eq!(
        code(phone.would(Order::Lock(lock(&phone, 3)))),
        "s_lock_superseded"
    );
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 4)))), "s_notice_used");
}

/// OWN-05: a payment for the instalment lifts a later lock that stands on the same notices, not one with newer ones.
#[test]
fn a_payment_lifts_by_its_instalment() {
    let mut phone = Phone::locked();
    phone.order(Order::Lock(lock(&phone, 2))).unwrap();
    assert_eq!(code(phone.would(phone.release(1, &[]))), "ok");
    let mut kept = phone.clone();
    kept.order(kept.release(1, &[3])).unwrap();
    assert_eq!(receipt(&kept), "n_no_effect");
    assert_eq!(kept.state.lock_id(), Some(2));
    phone.order(phone.release(1, &[4])).unwrap();
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(phone.state.released_through(), 2);
}

/// A lock after new notices is not lifted by a replayed old payment.
#[test]
fn a_replayed_release_does_not_lift_a_lock_on_newer_notices() {
    let mut phone = Phone::locked();
    let old = phone.release(1, &[4]);
    phone.order(old.clone()).unwrap();
    let day = 86_400;
    phone.wait(20 * day * 1000);
    phone.anchor(T + 20 * day);
    phone.status(LockState::None);
    let mut second = lock(&phone, 2);
    for n in 1..=2 {
        let mut notice = phone.world.notice(n);
        notice.jti = id(&format!("again-{n}"));
        notice.iat = num(T + 20 * day + n);
        phone.order(Order::Notice(notice)).unwrap();
    }
    second.notices = vec![id("again-1"), id("again-2")].try_into().unwrap();
    phone.wait(10 * day * 1000);
    phone.anchor(T + 30 * day);
    (second.iat, second.exp) = (num(T + 30 * day), num(T + 31 * day));
    phone.order(Order::Lock(second)).unwrap();
    assert_eq!(code(phone.order(old)), "n_no_effect");
    assert_eq!(phone.state.lock_id(), Some(2));
}

/// A grace opens its own lock once, prolongs an opening, and never cuts one.
#[test]
fn a_grace_opens_once_and_never_shortens() {
    let mut phone = Phone::locked();
    assert_eq!(
        code(phone.would(Order::Grace(phone.world.grace_claims(2, 60)))),
        "s_lock_unknown"
    );
    phone
        .order(Order::Grace(phone.world.grace_claims(1, 3600)))
        .unwrap();
    assert_eq!(phone.effects.want, Want::Unlocked);
    assert_eq!(
        code(phone.would(Order::Grace(phone.world.grace_claims(1, 3600)))),
        "f_jti_seen"
    );
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 2)))), "s_open");
    phone
        .order(Order::Grace(phone.world.grace_claims(1, 60)))
        .unwrap();
    let left = |phone: &Phone| {
        phone
            .state
            .held()
            .unwrap()
            .open_clock()
            .unwrap()
            .left_ms(&phone.state.stamp(&phone.now))
    };
    assert_eq!(left(&phone), 3_600_000);
    phone.wait(3_599_000);
    assert_eq!(phone.state.mode_word(), "open");
    phone.wait(1000);
    assert_eq!(phone.effects.want, Want::Kiosk);
    phone.order(phone.release(1, &[])).unwrap();
    assert_eq!(
        code(phone.would(Order::Grace(phone.world.grace_claims(1, 90)))),
        "n_no_effect"
    );
}

/// OWN-06: after a settle nothing changes the phone; once reported, only the certificate is left.
#[test]
fn settlement_is_final() {
    let mut phone = Phone::locked();
    let sent = Ask::Sent {
        receipts_to: Some(num(phone.seq)),
        claims: vec![],
        settle: false,
    };
    phone.ask(&sent).unwrap();
    phone.order(Order::Settle(phone.world.settle_claims())).unwrap();
    assert_eq!(phone.effects.want, Want::Cleared);
    assert_eq!(code(phone.order(Order::Lock(lock(&phone, 9)))), "s_settled");
    assert_eq!(code(phone.order(phone.release(9, &[4]))), "s_settled");
    assert_eq!(
        code(phone.order(Order::Settle(phone.world.settle_claims()))),
        "n_no_effect"
    );
    assert_eq!(code(phone.command(Command::Paid)), "s_settled");
    assert_eq!(code(phone.ask(&Ask::Certificate)), "n_no_effect");
    assert!(phone.state.outbox().settle);
    let sent = Ask::Sent {
        receipts_to: Some(num(phone.seq)),
        claims: vec![],
        settle: true,
    };
    phone.ask(&sent).unwrap();
    assert!(phone.effects.erase);
    let entry = judge(&phone.state, &Ask::Certificate, &phone.now).unwrap();
    let (live, _) = apply(phone.state.clone(), &entry);
    let (alone, effects) = apply(State::new(), &entry);
    assert_eq!(live, alone);
    assert!(effects.erase);
    let shown = snapshot(&alone, &phone.now);
    let day = crate::signer::TODAY;
    assert_eq!(shown.phase, view::Phase::Settled { day, reported: true });
    assert_eq!((shown.money, shown.lender, shown.agreement), (None, None, None));
    assert!(shown.sandbox);
}

/// OWN-07: 600 seconds in leases, charged ahead; a stop gives back, a power cut costs at most 15.
#[test]
fn the_backup_is_charged_ahead() {
    let mut phone = Phone::locked();
    let used = |phone: &Phone| phone.state.held().unwrap().used_s;
    phone.command(Command::StartBackup).unwrap();
    assert_eq!((phone.effects.want, used(&phone)), (Want::Backup, 15));
    phone.wait(20_000);
    assert_eq!(used(&phone), 30);
    phone.wait(1500);
    phone.command(Command::StopBackup).unwrap();
    assert_eq!((phone.effects.want, used(&phone)), (Want::Kiosk, 22));
    phone.command(Command::StartBackup).unwrap();
    phone.wait(2000);
    phone.reboot();
    assert_eq!((phone.effects.want, used(&phone)), (Want::Kiosk, 37));
    phone.command(Command::StartBackup).unwrap();
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 2)))), "f_no_anchor");
    phone.wait(563_000);
    assert_eq!((phone.state.mode_word(), used(&phone)), ("locked", 600));
    assert_eq!(code(phone.command(Command::StartBackup)), "w_spent");
}

/// OWN-07: a grace in the middle of a backup writes the true value.
#[test]
fn an_opening_ends_a_backup_with_its_true_value() {
    let mut phone = Phone::locked();
    phone.command(Command::StartBackup).unwrap();
    phone.wait(3200);
    phone
        .order(Order::Grace(phone.world.grace_claims(1, 60)))
        .unwrap();
    assert_eq!(phone.state.held().unwrap().used_s, 4);
    assert_eq!(code(phone.command(Command::StartBackup)), "m_open");
}

/// OWN-08: 60 minutes of powered-on time, across a reboot; then open for 24 hours, once a lock.
#[test]
fn i_have_paid_opens_the_phone_when_nobody_answers() {
    let mut phone = Phone::locked();
    phone.command(Command::Paid).unwrap();
    assert!(phone.state.claim_running());
    assert_eq!(phone.state.outbox().claims.len(), 1);
    phone.wait(30 * 60_000);
    phone.status(LockState::Locked);
    phone.reboot();
    phone.wait(29 * 60_000);
    assert_eq!(phone.state.mode_word(), "locked");
    phone.wait(60_000);
    assert_eq!(
        (phone.state.mode_word(), phone.effects.want),
        ("open", Want::Unlocked)
    );
    phone.wait(24 * 3_600_000);
    assert_eq!(phone.effects.want, Want::Kiosk);
    let claims = phone.state.outbox().claims.iter().map(|c| c.id.clone()).collect();
    let sent = Ask::Sent {
        receipts_to: None,
        claims,
        settle: false,
    };
    phone.ask(&sent).unwrap();
    phone.command(Command::Paid).unwrap();
    assert!(!phone.state.claim_running());
}

/// OWN-08: a new lock cannot reset the hour, and a lock of the same arrears brings no second provisional opening.
#[test]
fn a_new_lock_keeps_the_claim_clock() {
    let mut phone = Phone::locked();
    phone.command(Command::Paid).unwrap();
    phone.wait(50 * 60_000);
    let before = phone.state.held().unwrap().claim;
    phone.order(Order::Lock(lock(&phone, 2))).unwrap();
    assert_eq!(phone.state.held().unwrap().claim, before);
    phone.wait(10 * 60_000);
    assert_eq!(phone.state.mode_word(), "open");
    phone.wait(24 * 3_600_000);
    phone.anchor(T + 90_000);
    phone.order(Order::Lock(lock(&phone, 3))).unwrap();
    assert_eq!(phone.state.held().unwrap().claim, Claim::Spent);
}

/// Void lifts a lock and every lock that stands on a void notice; its notices are spent for nobody else.
#[test]
fn a_void_key_lifts_its_locks() {
    for by_notice in [false, true] {
        let mut phone = Phone::locked();
        let mut keys = phone.world.keys(2);
        let bad = if by_notice {
            &phone.world.terms
        } else {
            &phone.world.lock
        };
        let next = Key::new("next");
        let replace = |k: &crate::order::values::Obj<crate::order::claims::OrderKey>| {
            if k.kid == bad.kid() {
                next.with(&k.roles)
            } else {
                k.clone()
            }
        };
        keys.keys = keys
            .keys
            .iter()
            .map(replace)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        keys.void = vec![bad.kid()].try_into().unwrap();
        let bundle = phone.world.sign_keys(&keys);
        phone.ask(&Ask::Trust(&bundle)).unwrap();
        assert_eq!(
            (phone.state.mode_word(), phone.state.released_through()),
            ("free", 1)
        );
        if by_notice {
            assert_eq!(
                code(phone.would(Order::Lock(lock(&phone, 2)))),
                "s_notice_missing"
            );
        } else {
            phone.world.lock = next;
            assert_eq!(
                code(phone.would(Order::Lock(lock(&phone, 1)))),
                "s_lock_superseded"
            );
            assert_eq!(code(phone.would(Order::Lock(lock(&phone, 2)))), "ok");
        }
    }
}

/// OWN-12: an agreed plan lifts the lock of the instalment that it replaced, and keeps every later one out.
#[test]
fn a_plan_ends_the_old_instalment() {
    let mut phone = Phone::locked();
    phone.order(Order::Plan(phone.world.plan_claims())).unwrap();
    assert_eq!(phone.state.mode_word(), "free");
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 2)))), "s_plan");
    assert_eq!(
        code(phone.would(Order::Plan(phone.world.plan_claims()))),
        "n_no_effect"
    );
}

/// Terms only move forward, and are taken without link where the payee is not the card's.
#[test]
fn terms_move_forward_and_pay_only_the_card() {
    let mut phone = Phone::locked();
    assert_eq!(
        code(phone.would(Order::Terms(phone.world.terms_claims(1)))),
        "f_terms_stale"
    );
    let mut terms = phone.world.terms_claims(2);
    terms.pay_url = text("https://evil.example.com/p");
    terms.unlocks_now = num(300_000);
    phone.order(Order::Terms(terms)).unwrap();
    assert_eq!(receipt(&phone), "t_pay_host");
    let shown = snapshot(&phone.state, &phone.now);
    assert_eq!(shown.pay, None);
    let view::Phase::Lock(lock) = shown.phase else {
        panic!("not locked");
    };
    assert_eq!(lock.amount, 300_000);
}

/// A higher amount in new terms does not raise what unlocks.
#[test]
fn the_lock_caps_the_amount() {
    let mut phone = Phone::locked();
    let mut terms = phone.world.terms_claims(2);
    (terms.unlocks_now, terms.due_now) = (num(900_000), num(900_000));
    phone.order(Order::Terms(terms)).unwrap();
    let shown = snapshot(&phone.state, &phone.now);
    assert_eq!(shown.pay.unwrap().amount, 325_000);
}

/// Unknown becomes Free only when caught up with a lender that knows no lock.
#[test]
fn unknown_ends_when_caught_up() {
    let mut phone = Phone::new();
    phone.order(Order::Notice(phone.world.notice(1))).unwrap();
    phone.status(LockState::Locked);
    assert_eq!(phone.state.mode_word(), "unknown");
    let mut behind = phone.clone();
    behind.seq += 1;
    behind.status(LockState::None);
    assert_eq!(behind.state.mode_word(), "unknown");
    phone.status(LockState::None);
    assert_eq!(phone.state.mode_word(), "free");
    assert!(phone.state.fresh.is_none());
}

/// OWN-03: once the phone has heard from its lender, notices cannot be dated back behind that word.
#[test]
fn notices_cannot_be_dated_back() {
    let mut phone = Phone::new();
    phone.status(LockState::None);
    assert_eq!(phone.state.floor_s(), T);
    for n in 1..=2 {
        phone.order(Order::Notice(phone.world.notice(n))).unwrap();
    }
    assert_eq!(code(phone.would(Order::Lock(lock(&phone, 1)))), "p_notice_gap");
}

/// OWN-11: refusals are logged with a count, 100 a day, and the cursor passes them.
#[test]
fn refusals_are_counted_and_bounded() {
    let mut phone = Phone::locked();
    let superseded = Order::Lock(lock(&phone, 1));
    let records = phone.entries.len();
    for _ in 0..150 {
        let _ = phone.order(superseded.clone());
    }
    assert_eq!(phone.entries.len(), records + 100);
    let shown = snapshot(&phone.state, &phone.now);
    assert_eq!(shown.log[0].count, 100);
    assert!(!matches!(shown.log[1].what, view::LogWhat::Refused { .. }));
    phone.wait(86_400_000);
    let _ = phone.order(superseded);
    assert_eq!(phone.entries.len(), records + 101);
    assert_eq!(phone.state.cursor().unwrap().seq.get(), phone.seq);
}

/// The catch-up set is asked for once when the lender believes another lock in force, after all receipts were taken.
#[test]
fn another_lock_at_the_lender_asks_from_zero_once() {
    let mut phone = Phone::locked();
    let mut status = phone.world.status_claims(&id("nonce"), T, Some((4, &id("head"))));
    status.lock_id = num(2);
    assert_eq!(phone.state.from_zero(&status, None, &phone.now), None);
    let sent = Ask::Sent {
        receipts_to: Some(num(phone.seq)),
        claims: vec![],
        settle: false,
    };
    phone.ask(&sent).unwrap();
    let asked = phone.state.from_zero(&status, None, &phone.now).unwrap();
    assert_eq!(phone.state.from_zero(&status, Some(&asked), &phone.now), None);
    phone.now.boot_ms += 6 * 3_600_000;
    assert!(phone.state.from_zero(&status, Some(&asked), &phone.now).is_some());
    status.lock_id = num(1);
    assert_eq!(phone.state.from_zero(&status, None, &phone.now), None);
}

/// OWN-09: a binding order in the journal that no key in force signed is not believed.
#[test]
fn a_forged_journal_is_lost_state() {
    let phone = Phone::locked();
    let scan = |entries: Vec<Entry>| crate::journal::Scan {
        hashes: Vec::new(),
        whole: 16,
        torn: None,
        entries,
    };
    let Restored::Whole { state, torn } = restore(&scan(phone.entries.clone())) else {
        panic!("lost");
    };
    assert_eq!((*state, torn), (phone.state.clone(), None));
    let forged = Key::new("thief").token("lk-lock+jwt", &lock(&phone, 1));
    let mut entries = phone.entries.clone();
    for entry in &mut entries {
        if let Body::Order { token, .. } = &mut entry.body
            && read_order(token).is_some_and(|o| matches!(o, Order::Lock(_)))
        {
            token.clone_from(&forged);
        }
    }
    assert_eq!(restore(&scan(entries)), Restored::Lost(LostWhy::Unverified));
    assert_eq!(restore(&scan(Vec::new())), Restored::Lost(LostWhy::Missing));
}

/// OWN-04: a whole release in a torn record is offered again before anything else.
#[test]
fn a_release_in_a_torn_record_is_not_lost() {
    let phone = Phone::locked();
    let token = phone.world.sign(&phone.release(1, &[4]));
    let entry = |token: &str| Entry {
        stamp: phone.state.stamp(&phone.now),
        body: Body::Order {
            seq: num(9),
            jti: id("nine"),
            token: token.to_owned(),
        },
    };
    let scan = |torn| crate::journal::Scan {
        entries: phone.entries.clone(),
        hashes: Vec::new(),
        whole: 16,
        torn: Some(torn),
    };
    let Restored::Whole { torn, .. } = restore(&scan(entry(&token))) else {
        panic!("lost");
    };
    assert_eq!(torn, Some((num(9), id("nine"), token)));
    let bind = phone.world.sign(&Order::Lock(lock(&phone, 2)));
    let Restored::Whole { torn, .. } = restore(&scan(entry(&bind))) else {
        panic!("lost");
    };
    assert_eq!(torn, None);
}

/// An answer that took too long gives no anchor.
#[test]
fn a_slow_answer_gives_no_anchor() {
    let boot = BootId([3; 16]);
    assert!(Anchor::from_answer(T, 1000, 86_000, 55, boot).is_some());
    assert!(Anchor::from_answer(T, 1000, 86_001, 55, boot).is_none());
    assert!(Anchor::from_answer(T, 1001, 1000, 55, boot).is_none());
}

/// OWN-03: 32 notices are kept, and those of the lock in force are never the ones to go.
#[test]
fn the_proof_of_the_lock_in_force_is_kept() {
    let mut phone = Phone::locked();
    for n in 0..40 {
        let mut notice = phone.world.notice(2);
        notice.jti = id(&format!("later-{n}"));
        phone.order(Order::Notice(notice)).unwrap();
    }
    assert_eq!(phone.state.notices.len(), MAX_NOTICES);
    let view::Phase::Lock(lock) = snapshot(&phone.state, &phone.now).phase else {
        panic!("not locked");
    };
    assert!(lock.proof.iter().all(|p| p.holds));
}
