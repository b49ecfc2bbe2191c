//! What a server, a key or a file may not do, however well it is signed.

use super::{Phone, code};
use crate::command::Command;
use crate::journal::{self, Body, Entry, MAX_BODY};
use crate::keys::Trust;
use crate::order::claims::{Channel, LockState, Order};
use crate::order::values::Currency;
use crate::signer::{T, id, num};
use crate::state::{Ask, MAX_NOTICES, judge, snapshot};

/// OWN-06: years of key sets do not make the certificate too long to be read again.
#[test]
fn a_certificate_fits_one_record_after_any_number_of_key_sets() {
    let mut phone = Phone::locked();
    for version in 2..=60 {
        phone.ask(&Ask::Trust(&phone.world.keys_bundle(version))).unwrap();
    }
    phone.order(Order::Settle(phone.world.settle_claims())).unwrap();
    phone
        .ask(&Ask::Sent {
            receipts_to: Some(num(phone.seq)),
            claims: vec![],
            settle: true,
        })
        .unwrap();
    let entry = judge(&phone.state, &Ask::Certificate, &phone.now).unwrap();
    let (record, _) = journal::record(&journal::genesis(), &entry);
    let scan = journal::scan(&[&journal::MAGIC[..], &record].concat()).unwrap();
    assert_eq!(scan.entries, std::slice::from_ref(&entry));
    let Body::Certificate { trust, settle, .. } = &entry.body else {
        panic!("{entry:?}")
    };
    assert!(record.len() < MAX_BODY && trust.len() == 2);
    let chain = Trust::provisioned(&trust[0]).unwrap().accept(&trust[1]).unwrap();
    let verified = crate::order::verify_order(settle.as_bytes(), &chain, &crate::signer::device());
    assert!(verified.is_ok());
}

#[test]
fn terms_of_a_void_key_do_not_stand_in_the_way_of_genuine_ones() {
    let mut phone = Phone::locked();
    let mut stolen = phone.world.terms_claims(2_147_483_648);
    stolen.unlocks_now = num(1);
    phone.order(Order::Terms(stolen)).unwrap();
    let mut keys = phone.world.keys(2);
    keys.void = crate::signer::list(vec![phone.world.terms.kid()]);
    keys.keys = crate::signer::list(
        keys.keys
            .iter()
            .filter(|key| key.kid != phone.world.terms.kid())
            .cloned()
            .collect(),
    );
    phone.ask(&Ask::Trust(&phone.world.sign_keys(&keys))).unwrap();
    assert!(snapshot(&phone.state, &phone.now).money.is_none());
}

/// A level that a stolen key reached was never reached: the genuine lock begins where the owner really was.
#[test]
fn a_level_of_a_void_key_does_not_count_as_the_step_before() {
    for by_notice in [false, true] {
        let mut phone = Phone::strict();
        phone.order(Order::Lock(phone.strict_lock(1, 1))).unwrap();
        let (second, third) = (phone.strict_lock(2, 2), phone.strict_lock(3, 3));
        assert_eq!(code(phone.would(Order::Lock(second.clone()))), "ok");
        // The same level under another key, and on the same notices, counts beside.
        let stolen = phone.world.lock.clone();
        let mut keys = phone.world.keys(2);
        let (bad, next) = (
            if by_notice { &phone.world.terms } else { &stolen }.kid(),
            crate::signer::Key::new("next"),
        );
        let mut all = keys.keys.to_vec();
        for key in &mut all {
            if key.kid == bad {
                *key = next.with(&key.roles);
            }
        }
        keys.keys = crate::signer::list(all);
        keys.void = crate::signer::list(vec![bad]);
        phone.ask(&Ask::Trust(&phone.world.sign_keys(&keys))).unwrap();
        assert_eq!(phone.state.mode_word(), "free");
        if by_notice {
            phone.world.terms = next;
            for n in 1..=2 {
                let mut notice = phone.world.notice(n);
                notice.channels = crate::signer::list(vec![Channel::Phone, Channel::Sms]);
                phone.order(Order::Notice(notice)).unwrap();
            }
        } else {
            phone.world.lock = next;
        }
        assert_eq!(code(phone.would(Order::Lock(second))), "p_level");
        phone.order(Order::Lock(phone.strict_lock(2, 1))).unwrap();
        assert_eq!(code(phone.would(Order::Lock(third.clone()))), "p_level");
        phone.order(Order::Lock(phone.strict_lock(3, 2))).unwrap();
        assert_eq!(phone.fold(), phone.state);
    }
}

#[test]
fn old_notices_sent_round_and_round_are_not_stored_again() {
    let mut phone = Phone::new();
    let notice = |n: u64| {
        let mut notice = phone.world.notice(1);
        notice.jti = id(&format!("notice-{n}"));
        notice.iat = num(T - 9 * 86_400 + n);
        Order::Notice(notice)
    };
    let all: Vec<Order> = (0..=MAX_NOTICES as u64).map(notice).collect();
    for order in &all {
        phone.order(order.clone()).unwrap();
    }
    for order in &all {
        assert_eq!(code(phone.order(order.clone())), "n_no_effect");
    }
}

#[test]
fn terms_in_another_currency_do_not_change_what_unlocks() {
    let mut phone = Phone::locked();
    let before = phone.state.amount(phone.state.held().unwrap());
    let mut terms = phone.world.terms_claims(2);
    terms.cur = Currency::try_from("JPY".to_owned()).unwrap();
    terms.unlocks_now = num(100);
    phone.order(Order::Terms(terms)).unwrap();
    assert_eq!(phone.state.amount(phone.state.held().unwrap()), before);
}

/// OWN-09: a record that no honest phone wrote is damage, not a panic.
#[test]
fn a_record_from_the_end_of_time_is_damage() {
    let mut phone = Phone::locked();
    phone.status(LockState::Locked);
    let last = phone.entries.last().unwrap().clone();
    for (boot_ms, floor_s) in [(u64::MAX, T), (1, u64::MAX)] {
        let mut stamp = last.stamp;
        (stamp.boot_ms, stamp.floor_s) = (boot_ms, floor_s);
        let body = journal::encode_body(&Entry {
            stamp,
            body: last.body.clone(),
        });
        assert_eq!(journal::decode_body(&body), None);
    }
    phone.command(Command::Paid).unwrap();
}
