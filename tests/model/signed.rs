//! What the lender of a search signs.

use super::Scope;
use latchkey_core::code::{self, Challenge, CodeProof, Typed};
use latchkey_core::order::claims::{Commitment, Order, Why, typ};
use latchkey_core::order::values::Obj;
use latchkey_tests::signer::{Key, World, bundle, device, id, list, num};

/// Set 1 has two lock keys; set 2 makes the first one void.
pub(super) fn key_set(world: &World, version: u64) -> latchkey_core::order::claims::Keys {
    use latchkey_core::order::claims::Role;
    let mut keys = world.keys(version);
    let mut all = keys.keys.to_vec();
    all.push(Key::new("lock-2").with(&[Role::Lock]));
    if version == 2 {
        all.retain(|key| key.kid != world.lock.kid());
        keys.void = list(vec![world.lock.kid()]);
    }
    keys.keys = list(all);
    keys
}

/// Instalment 3 was due 40 days ago; its notices are as old as those of 4.
pub(super) fn notice(world: &World, instalment: u64, no: u64) -> latchkey_core::order::claims::Notice {
    let mut notice = world.notice(no);
    notice.instalment = num(instalment);
    notice.due = num(due_day(instalment));
    notice.jti = id(&format!("notice-{instalment}-{no}"));
    notice
}

pub(super) fn due_day(instalment: u64) -> u64 {
    u64::from(latchkey_tests::signer::TODAY) - 100 + 30 * (instalment - 1)
}

pub(super) fn lock(world: &World, lock_id: u64, instalment: u64) -> latchkey_core::order::claims::Lock {
    let mut lock = world.lock_claims(lock_id);
    lock.instalment = num(instalment);
    lock.due = num(due_day(instalment));
    lock.notices = list(
        (1..=2)
            .map(|no| id(&format!("notice-{instalment}-{no}")))
            .collect(),
    );
    lock
}

/// A code of 12 digits, or of 16.
pub(super) fn typed(releases: bool) -> Typed {
    let digits = if releases {
        "123456789012345"
    } else {
        "12345678901"
    };
    Typed::new(&code::with_check_digit(digits).unwrap()).unwrap()
}

/// Lock `lock_id` with codes for slots 1 and 4, and the proofs that the right ones give.
pub(super) fn coded(world: &World, lock_id: u32) -> (latchkey_core::order::claims::Lock, Vec<CodeProof>) {
    let mut lock = lock(world, u64::from(lock_id), 4);
    let commitment = |slot: u64| {
        let (salt, m, t) = (id("salt"), num(19456), num(2));
        let h = code::commit(&device(), lock_id, num(slot), &salt, m, t, &typed(slot == 4)).unwrap();
        let slot = num(slot);
        Commitment { slot, salt, m, t, h }
    };
    let commitments = [commitment(1), commitment(4)];
    let prove = |commitment: &Commitment| {
        let challenge = Challenge {
            device: device(),
            lock_id,
            commitment: commitment.clone(),
        };
        code::check(&challenge, &typed(commitment.slot.get() == 4)).unwrap()
    };
    let proofs = commitments.iter().map(prove).collect();
    lock.codes = list(commitments.map(Obj).to_vec());
    (lock, proofs)
}

/// Root 2: one key is replaced.
pub(super) fn next_root(world: &World) -> String {
    let mut root = world.root();
    root.version = num(2);
    let new = Key::new("root-4");
    let mut keys = root.roots.to_vec();
    (keys[2].0.kid, keys[2].0.x) = (new.kid(), new.x());
    root.roots = list(keys);
    bundle(&[&world.roots[0], &world.roots[1]], typ::ROOT, &root)
}

/// What is signed in a search beside its proofs.
pub(super) fn tokens(scope: Scope, world: &World) -> (Vec<(&'static str, String)>, Vec<CodeProof>) {
    let other = World {
        lock: Key::new("lock-2"),
        ..world.clone()
    };
    let sign = |order: Order| world.sign(&order);
    let release = |n, why, paid: &[u64]| sign(Order::Release(world.release_claims(n, why, paid)));
    let at_level = |n, level: u64| {
        let mut lock = lock(world, n, 4);
        lock.level = num(level);
        lock
    };
    let mut answer = at_level(2, 3);
    answer.answers = Some(id("claim"));
    let plan = |instalment: u64| {
        let mut plan = world.plan_claims();
        (plan.jti, plan.replaces) = (id(&format!("plan-{instalment}")), list(vec![num(instalment)]));
        sign(Order::Plan(plan))
    };
    let frees = ("release 2, pays 3 and 4", release(2, Why::Paid, &[3, 4]));
    let settle = ("settle", sign(Order::Settle(world.settle_claims())));
    let notices = [
        ("notice 4/1", sign(Order::Notice(notice(world, 4, 1)))),
        ("notice 4/2", sign(Order::Notice(notice(world, 4, 2)))),
    ];
    let mut proofs = Vec::new();
    let rest = match scope {
        Scope::Storage => vec![
            ("lock 1 for 4", sign(Order::Lock(lock(world, 1, 4)))),
            ("lock 2 for 4", sign(Order::Lock(lock(world, 2, 4)))),
            (
                "lock 2 for 3, second key",
                other.sign(&Order::Lock(lock(world, 2, 3))),
            ),
            ("release 1", release(1, Why::Goodwill, &[])),
            ("release 1, pays 4", release(1, Why::Paid, &[4])),
            ("clears 4", release(0, Why::Paid, &[4])),
            ("grace 1", sign(Order::Grace(world.grace_claims(1, 1800)))),
        ],
        Scope::Relief => vec![
            ("lock 1 for 4, limited", sign(Order::Lock(at_level(1, 2)))),
            ("lock 2 for 4, kiosk", sign(Order::Lock(at_level(2, 3)))),
            ("lock 2 for 4, answers", sign(Order::Lock(answer))),
            ("lock 2 for 3", sign(Order::Lock(lock(world, 2, 3)))),
            ("lock 3 for 4, reminder", sign(Order::Lock(at_level(3, 1)))),
            ("terms", sign(Order::Terms(world.terms_claims(1)))),
            ("plan for 4", plan(4)),
            ("plan for 3", plan(3)),
            ("release 1, error", release(1, Why::Error, &[])),
            ("clears 4", release(0, Why::Paid, &[4])),
            ("release 3, pays 3 and 4", release(3, Why::Paid, &[3, 4])),
        ],
        Scope::Openings => {
            let [one, two] = [1, 2].map(|n| coded(world, n));
            proofs = [one.1, two.1].concat();
            vec![
                ("lock 1 for 4, codes", sign(Order::Lock(one.0))),
                ("lock 2 for 4, codes", sign(Order::Lock(two.0))),
                ("release 1", release(1, Why::Goodwill, &[])),
                ("grace 1", sign(Order::Grace(world.grace_claims(1, 1800)))),
                ("plan for 4", plan(4)),
            ]
        }
    };
    (
        notices.into_iter().chain(rest).chain([frees, settle]).collect(),
        proofs,
    )
}
