//! The table of protocol §4 as a table: each event in each state, what comes of it, and the state after it.

use super::*;
use crate::command::{Hardship, Mistake};
use crate::signer::{Key, list};

/// The columns: unknown, free, locked, open, backup, settled. Every lock has codes; both notices and terms are held.
fn columns() -> [(&'static str, Phone); 6] {
    let unknown = || {
        let mut phone = Phone::new();
        phone.notices();
        phone.order(Order::Terms(phone.world.terms_claims(1))).unwrap();
        phone
    };
    let locked = || {
        let mut phone = unknown();
        let lock = owner::coded(&phone, 1, &[1, 2, 3, 4]);
        phone.order(Order::Lock(lock)).unwrap();
        phone.status(LockState::Locked);
        phone
    };
    let (mut free, mut open, mut backup, mut settled) = (unknown(), locked(), locked(), locked());
    free.status(LockState::None);
    open.order(Order::Grace(open.world.grace_claims(1, 3600)))
        .unwrap();
    backup.command(Command::StartBackup).unwrap();
    settled
        .order(Order::Settle(settled.world.settle_claims()))
        .unwrap();
    [
        ("unknown", unknown()),
        ("free", free),
        ("locked", locked()),
        ("open", open),
        ("backup", backup),
        ("settled", settled),
    ]
}

type Event = fn(&mut Phone) -> Result<(), Refusal>;

/// Delivered; what counts is the code of its receipt.
fn deliver(phone: &mut Phone, order: Order) -> Result<(), Refusal> {
    phone.order(order)?;
    let receipts = phone.state.outbox().receipts;
    let code = receipts.last().map_or("", |receipt| receipt.code.as_str());
    Code::parse(code).map_or(Ok(()), |code| Err(code.into()))
}

fn void(phone: &mut Phone) -> Result<(), Refusal> {
    let mut keys = phone.world.keys(2);
    let (bad, next) = (phone.world.lock.kid(), Key::new("next"));
    let mut all = keys.keys.to_vec();
    for key in &mut all {
        if key.kid == bad {
            *key = next.with(&key.roles);
        }
    }
    (keys.keys, keys.void) = (list(all), list(vec![bad]));
    let bundle = phone.world.sign_keys(&keys);
    phone.ask(&Ask::Trust(&bundle))
}

fn type_and_prove(phone: &mut Phone, releases: bool) -> Result<(), Refusal> {
    phone.command(owner::typed(releases))?;
    owner::right(phone, if releases { 4 } else { 1 })
}

/// Event; then for each column the outcome, and the state after it where it is another one.
type Row = (&'static str, Event, [&'static str; 6]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("keys, higher", |p| p.ask(&Ask::Trust(&p.world.keys_bundle(2))),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("keys, void names the lock's signer", void,
        ["ok", "ok", "ok free", "ok free", "ok free", "s_settled"]),
    ("keys, not higher", |p| p.ask(&Ask::Trust(&p.world.keys_bundle(1))),
        ["k_version_rollback", "k_version_rollback", "k_version_rollback", "k_version_rollback", "k_version_rollback", "s_settled"]),
    ("notice, unseen", |p| { let mut n = p.world.notice(2); n.jti = id("new"); deliver(p, Order::Notice(n)) },
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("notice, seen", |p| deliver(p, Order::Notice(p.world.notice(2))),
        ["n_no_effect", "n_no_effect", "n_no_effect", "n_no_effect", "n_no_effect", "s_settled"]),
    ("terms, newer", |p| deliver(p, Order::Terms(p.world.terms_claims(2))),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("terms, stale", |p| deliver(p, Order::Terms(p.world.terms_claims(1))),
        ["f_terms_stale", "f_terms_stale", "f_terms_stale", "f_terms_stale", "f_terms_stale", "s_settled"]),
    ("plan, covers it", |p| deliver(p, Order::Plan(p.world.plan_claims())),
        ["ok", "ok", "ok free", "ok free", "ok free", "s_settled"]),
    ("plan, another instalment", |p| { let mut plan = p.world.plan_claims(); plan.replaces = list(vec![num(3)]); deliver(p, Order::Plan(plan)) },
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("lock, next", |p| deliver(p, Order::Lock(p.world.lock_claims(2))),
        ["ok locked", "ok locked", "ok", "s_open", "s_open", "s_settled"]),
    ("lock, the same", |p| deliver(p, Order::Lock(p.world.lock_claims(1))),
        ["ok locked", "ok locked", "n_no_effect", "n_no_effect", "n_no_effect", "s_settled"]),
    ("lock, below", |p| { deliver(p, p.release(1, &[]))?; deliver(p, Order::Lock(p.world.lock_claims(1))) },
        ["s_lock_superseded", "n_no_effect", "s_lock_superseded free", "s_lock_superseded free", "s_lock_superseded free", "s_settled"]),
    ("lock, its instalment replaced", |p| { let _ = deliver(p, Order::Plan(p.world.plan_claims())); deliver(p, Order::Lock(p.world.lock_claims(2))) },
        ["s_plan", "s_plan", "s_plan free", "s_plan free", "s_plan free", "s_settled"]),
    ("lock, notices spent", |p| { let _ = deliver(p, p.release(1, &[4])); deliver(p, Order::Lock(p.world.lock_claims(2))) },
        ["s_notice_used", "s_notice_used", "s_notice_used free", "s_notice_used free", "s_notice_used free", "s_settled"]),
    ("lock, a notice missing", |p| { let mut lock = p.world.lock_claims(2); lock.notices = list(vec![id("notice-1"), id("none")]); deliver(p, Order::Lock(lock)) },
        ["s_notice_missing", "s_notice_missing", "s_notice_missing", "s_open", "s_open", "s_settled"]),
    ("lock, under another profile", |p| { let mut lock = p.world.lock_claims(2); lock.profile = text("demo-hours"); deliver(p, Order::Lock(lock)) },
        ["p_profile", "p_profile", "p_profile", "s_open", "s_open", "s_settled"]),
    ("lock, no time of this boot", |p| { p.now.anchor = None; deliver(p, Order::Lock(p.world.lock_claims(2))) },
        ["f_no_anchor", "f_no_anchor", "f_no_anchor", "f_no_anchor", "f_no_anchor", "s_settled"]),
    ("lock, too old", |p| { p.anchor(T + 8 * 86_400); deliver(p, Order::Lock(p.world.lock_claims(2))) },
        ["f_expired", "f_expired", "f_expired", "f_expired", "f_expired", "s_settled"]),
    ("lock, the keys too old", |p| { p.anchor(T + 91 * 86_400); let mut lock = p.world.lock_claims(2); (lock.iat, lock.exp) = (num(T + 91 * 86_400), num(T + 92 * 86_400)); deliver(p, Order::Lock(lock)) },
        ["f_keys_expired", "f_keys_expired", "f_keys_expired", "f_keys_expired", "f_keys_expired", "s_settled"]),
    ("lock, too far", |p| deliver(p, Order::Lock(p.world.lock_claims(1002))),
        ["s_lock_far", "s_lock_far", "s_lock_far", "s_lock_far", "s_lock_far", "s_settled"]),
    ("release", |p| deliver(p, p.release(1, &[4])),
        ["ok", "n_no_effect", "ok free", "ok free", "ok free", "s_settled"]),
    ("release, by its instalment", |p| deliver(p, p.release(0, &[4])),
        ["ok", "n_no_effect", "ok free", "ok free", "ok free", "s_settled"]),
    ("release, below and of another instalment", |p| deliver(p, p.release(0, &[3])),
        ["ok", "n_no_effect", "n_no_effect", "n_no_effect", "n_no_effect", "s_settled"]),
    ("grace, unseen", |p| deliver(p, Order::Grace(p.world.grace_claims(1, 7200))),
        ["s_lock_unknown", "s_lock_unknown", "ok open", "ok", "ok open", "s_settled"]),
    ("grace, above", |p| deliver(p, Order::Grace(p.world.grace_claims(2, 7200))),
        ["s_lock_unknown", "s_lock_unknown", "s_lock_unknown", "s_lock_unknown", "s_lock_unknown", "s_settled"]),
    ("grace, seen", |p| { let _ = deliver(p, Order::Grace(p.world.grace_claims(1, 3600))); deliver(p, Order::Grace(p.world.grace_claims(1, 3600))) },
        ["s_lock_unknown", "s_lock_unknown", "f_jti_seen open", "f_jti_seen", "f_jti_seen open", "s_settled"]),
    ("grace, of a lifted lock", |p| { let _ = deliver(p, p.release(1, &[])); deliver(p, Order::Grace(p.world.grace_claims(1, 3600))) },
        ["n_no_effect", "n_no_effect", "n_no_effect free", "n_no_effect free", "n_no_effect free", "s_settled"]),
    ("settle", |p| deliver(p, Order::Settle(p.world.settle_claims())),
        ["ok settled", "ok settled", "ok settled", "ok settled", "ok settled", "n_no_effect"]),
    ("status, caught up, no lock", |p| { p.status(LockState::None); Ok(()) },
        ["ok free", "ok", "ok", "ok", "ok", "ok"]),
    ("start backup", |p| p.command(Command::StartBackup),
        ["m_not_locked", "m_not_locked", "ok backup", "m_open", "n_no_effect", "s_settled"]),
    ("stop backup", |p| p.command(Command::StopBackup),
        ["n_no_effect", "n_no_effect", "n_no_effect", "n_no_effect", "ok locked", "s_settled"]),
    ("ten minutes pass", |p| { p.wait(600_000); Ok(()) },
        ["ok", "ok", "ok", "ok", "ok locked", "ok"]),
    ("start backup, spent", |p| { p.command(Command::StartBackup)?; p.wait(600_000); p.command(Command::StartBackup) },
        ["m_not_locked", "m_not_locked", "w_spent", "m_open", "n_no_effect", "s_settled"]),
    ("start opening, used", |p| { p.command(Command::StartOpening)?; p.wait(86_400_000); p.command(Command::StartOpening) },
        ["m_not_locked", "m_not_locked", "o_used", "m_open", "o_used locked", "s_settled"]),
    ("start opening", |p| p.command(Command::StartOpening),
        ["m_not_locked", "m_not_locked", "ok open", "m_open", "ok open", "s_settled"]),
    ("I have paid", |p| p.command(Command::Paid),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("I have paid, an hour ago", |p| { p.command(Command::Paid)?; p.wait(3_600_000); Ok(()) },
        ["ok", "ok", "ok open", "ok", "ok open", "s_settled"]),
    ("I have paid, again", |p| { p.command(Command::Paid)?; p.sent(); p.wait(1000); p.command(Command::Paid) },
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("dispute, again", |p| { p.command(Command::Dispute(Mistake::NotTold))?; p.sent(); p.command(Command::Dispute(Mistake::NotTold)) },
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("dispute", |p| p.command(Command::Dispute(Mistake::NotTold)),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("hardship", |p| p.command(Command::Hardship(Hardship::PayLess)),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("return", |p| p.command(Command::Return),
        ["ok", "ok", "ok", "ok", "ok", "s_settled"]),
    ("code, grace", |p| type_and_prove(p, false),
        ["m_not_locked", "m_not_locked", "ok open", "m_open", "ok open", "s_settled"]),
    ("code, release", |p| type_and_prove(p, true),
        ["m_not_locked", "m_not_locked", "ok free", "ok free", "ok free", "s_settled"]),
    ("code, a slip", |p| p.command(Command::TypeCode(crate::code::Typed::new("123456789012").unwrap())),
        ["m_not_locked", "m_not_locked", "c_check_digit", "c_check_digit", "c_check_digit", "s_settled"]),
    ("code, after five wrong ones", |p| { for _ in 0..6 { p.command(owner::typed(true))?; } Ok(()) },
        ["m_not_locked", "m_not_locked", "c_wait", "c_wait", "c_wait", "s_settled"]),
    ("code, wrong", |p| { p.command(owner::typed(true))?; Err(Code::CWrong.into()) },
        ["m_not_locked", "m_not_locked", "c_wrong", "c_wrong", "c_wrong", "s_settled"]),
    ("code, used", |p| { for slot in 1..=3 { p.command(owner::typed(false))?; owner::right(p, slot)?; p.wait(72 * 3_600_000); } p.command(owner::typed(false)) },
        ["m_not_locked", "m_not_locked", "c_used", "m_open", "c_used locked", "s_settled"]),
    ("code, closed", |p| { for _ in 0..=crate::code::CLOSED_AT { p.command(owner::typed(true))?; p.wait(30 * 86_400_000); } Ok(()) },
        ["m_not_locked", "m_not_locked", "c_closed", "c_closed locked", "c_closed locked", "s_settled"]),
    ("open time is over", |p| { p.wait(3_600_000); Ok(()) },
        ["ok", "ok", "ok", "ok locked", "ok locked", "ok"]),
    ("silence of 720 h", |p| (0..120).try_for_each(|_| p.ask(&Ask::Silence(6))),
        ["n_no_effect", "n_no_effect", "ok free", "ok free", "ok free", "s_settled"]),
    ("restart", |p| p.ask(&Ask::Started),
        ["n_no_effect", "n_no_effect", "n_no_effect", "n_no_effect", "ok locked", "n_no_effect"]),
    ("reboot", |p| { p.reboot(); Ok(()) },
        ["ok", "ok", "ok", "ok", "ok locked", "ok"]),
];

/// OWN-04, OWN-06, OWN-10, OWN-12, OWN-16: every event in every state comes to what the table says, and folds again.
#[test]
fn every_cell_of_the_table() {
    let mut wrong = Vec::new();
    for (name, event, cells) in TABLE {
        for ((state, mut phone), cell) in columns().into_iter().zip(cells) {
            let outcome = code(event(&mut phone));
            let after = phone.state.mode_word();
            let (wanted, moved) = cell.split_once(' ').unwrap_or((cell, state));
            if (outcome, after) != (wanted, moved) {
                wrong.push(format!(
                    "{name}, {state}: {outcome} {after}, not {wanted} {moved}"
                ));
            }
            assert_eq!(phone.fold(), phone.state, "{name}, {state}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
