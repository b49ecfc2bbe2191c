//! Whatever is asked in whatever order.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Notice(u64),
    Terms(u64),
    Plan,
    Lock(u64),
    Release(u64, bool),
    Grace(u64, u64),
    Settle,
    Keys(u64),
    Status(bool),
    Command(Command),
    Type(bool),
    Right(u8),
    Silence(u8),
    Wait(u64),
    Reboot,
    Restart,
    Online,
    Sent,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..=3_u64).prop_map(Step::Notice),
        2 => (1..=3_u64).prop_map(Step::Terms),
        1 => Just(Step::Plan),
        4 => (1..=4_u64).prop_map(Step::Lock),
        2 => (0..=4_u64, any::<bool>()).prop_map(|(n, pays)| Step::Release(n, pays)),
        2 => (1..=4_u64, 60..90_000_u64).prop_map(|(n, s)| Step::Grace(n, s)),
        1 => Just(Step::Settle),
        1 => (1..=3_u64).prop_map(Step::Keys),
        3 => any::<bool>().prop_map(Step::Status),
        2 => Just(Step::Command(Command::Paid)),
        3 => Just(Step::Command(Command::StartBackup)),
        2 => Just(Step::Command(Command::StopBackup)),
        1 => Just(Step::Command(Command::Dispute(crate::command::Mistake::NotTold))),
        1 => Just(Step::Command(Command::Return)),
        1 => Just(Step::Command(Command::StartOpening)),
        2 => any::<bool>().prop_map(Step::Type),
        2 => (1..=4_u8).prop_map(Step::Right),
        1 => (0..=7_u8).prop_map(Step::Silence),
        5 => (1..4_000_000_u64).prop_map(Step::Wait),
        3 => (1..30_000_u64).prop_map(Step::Wait),
        1 => Just(Step::Reboot),
        1 => Just(Step::Restart),
        2 => Just(Step::Online),
        1 => Just(Step::Sent),
    ]
}

fn take(phone: &mut Phone, step: &Step) {
    let world = phone.world.clone();
    let _ = match step {
        Step::Notice(n) => phone.order(Order::Notice(world.notice(*n))),
        Step::Terms(n) => phone.order(Order::Terms(world.terms_claims(*n))),
        Step::Plan => phone.order(Order::Plan(world.plan_claims())),
        Step::Lock(n) => {
            let mut lock = owner::coded(phone, *n, &[1, 3, 4]);
            lock.level = num(3 - *n % 3);
            phone.order(Order::Lock(lock))
        }
        Step::Release(n, pays) => phone.order(phone.release(*n, if *pays { &[4] } else { &[] })),
        Step::Grace(n, s) => phone.order(Order::Grace(world.grace_claims(*n, *s))),
        Step::Settle => phone.order(Order::Settle(world.settle_claims())),
        Step::Keys(n) => phone.ask(&Ask::Trust(&world.keys_bundle(*n))),
        Step::Status(locked) => {
            phone.status(if *locked {
                LockState::Locked
            } else {
                LockState::None
            });
            Ok(())
        }
        Step::Command(command) => phone.command(*command),
        Step::Type(releases) => phone.command(owner::typed(*releases)),
        Step::Right(slot) => owner::right(phone, *slot),
        Step::Silence(hours) => phone.ask(&Ask::Silence(*hours)),
        Step::Wait(ms) => {
            phone.wait(*ms);
            Ok(())
        }
        Step::Reboot => {
            phone.reboot();
            Ok(())
        }
        Step::Restart => phone.ask(&Ask::Started),
        Step::Online => {
            let elapsed = phone.now.boot_ms / 1000;
            phone.anchor(T + elapsed);
            Ok(())
        }
        Step::Sent => {
            let outbox = phone.state.outbox();
            let sent = Ask::Sent {
                receipts_to: outbox.receipts.last().map(|r| r.seq),
                claims: outbox.claims.iter().map(|c| c.id.clone()).collect(),
                settle: outbox.settle,
            };
            phone.ask(&sent)
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// OWN-05, OWN-06, OWN-07: whatever happens in whatever order, the journal folds to the live state, also over its
    /// bytes; the window stays within 600 s; settled stays settled; no lock stands at or below a released number.
    #[test]
    fn any_sequence_keeps_the_promises(steps in proptest::collection::vec(step(), 1..60)) {
        let mut phone = Phone::new();
        for step in &steps {
            let before = phone.clone();
            take(&mut phone, step);
            prop_assert!(!before.state.settled() || phone.state.settled());
            prop_assert!(phone.state.released_through() >= before.state.released_through());
            prop_assert_eq!(phone.state.effects(), phone.effects);
            if let Some(held) = phone.state.held() {
                prop_assert!(held.used_s <= 600);
                prop_assert!(held.id() > phone.state.released_through());
                prop_assert!(!phone.state.replaced.contains(&held.instalment()));
            }
            let _ = snapshot(&phone.state, &phone.now);
        }
        prop_assert_eq!(&phone.fold(), &phone.state);
        let mut bytes = crate::journal::MAGIC.to_vec();
        let mut prev = crate::journal::genesis();
        for entry in &phone.entries {
            let (record, hash) = crate::journal::record(&prev, entry);
            bytes.extend_from_slice(&record);
            prev = hash;
        }
        let scan = crate::journal::scan(&bytes).unwrap();
        let Restored::Whole { state, .. } = restore(&scan) else {
            return Err(TestCaseError::fail("lost"));
        };
        prop_assert_eq!(*state, phone.state);
    }

    /// OWN-15: what is asked for is the amount in the code, never more than the lock says.
    #[test]
    fn the_amount_asked_is_the_smaller_one(unlocks in 0..900_000_u64, due in 0..900_000_u64) {
        let mut phone = Phone::locked();
        let mut terms = phone.world.terms_claims(2);
        (terms.unlocks_now, terms.due_now) = (num(unlocks), num(due));
        phone.order(Order::Terms(terms)).unwrap();
        let shown = snapshot(&phone.state, &phone.now);
        let asked = unlocks.min(325_000);
        prop_assert_eq!(shown.pay.as_ref().map(|p| p.amount), (asked > 0).then_some(asked));
        prop_assert!(shown.pay.is_none_or(|p| p.qr == p.link));
    }
}
