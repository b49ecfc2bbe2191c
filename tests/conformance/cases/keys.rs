//! Roots and key sets: form, versions, thresholds, rotation, void.

use super::{Answer, Case, Script, case};
use crate::signer::{Key, T, World, bundle, list, num, text};
use latchkey_core::order::claims::{Keys, LockState, Order, Role, Root, RootKey, Why, typ};
use latchkey_core::order::values::{Kid, Obj, Sha};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = refused();
    cases.extend(rotated());
    cases.extend(taken());
    cases
}

fn set(world: &World, version: u64, change: impl FnOnce(&mut Keys)) -> String {
    let mut keys = world.keys(version);
    change(&mut keys);
    world.sign_keys(&keys)
}

fn refused() -> Vec<Case> {
    let world = World::new();
    let [a, b, c] = &world.roots;
    let keys = world.keys(2);
    let stranger = Key::new("stranger");
    let one = bundle(&[a], typ::KEYS, &keys);
    let other = bundle(&[b], typ::KEYS, &world.keys(3));
    let zero = Sha::from_bytes(&[0; 32]);
    let mut cases = Vec::new();
    let mut add = |id: &str, bundle: String, code: &str| {
        let script = Script::on("locked").keys(&bundle, code);
        // What was refused changed nothing: the old lock key still binds nobody new, the old release key frees.
        let release = Order::Release(world.release_claims(1, Why::Paid, &[4]));
        cases.push(case(id, "locked", script.order(&release, "ok", "free")));
    };
    add("one-signature", one.clone(), "k_shape");
    add("two-payloads", format!("{one}\n{other}"), "k_shape");
    add("a-line-too-many", format!("{one}\n\n"), "e_shape");
    add("longer-than-33000-bytes", "a".repeat(33_001), "k_shape");
    add(
        "one-root-twice",
        bundle(&[a, a], typ::KEYS, &keys),
        "k_dup_signer",
    );
    add(
        "one-root-twice-of-three",
        bundle(&[a, b, a], typ::KEYS, &keys),
        "k_dup_signer",
    );
    add(
        "a-strange-signer",
        bundle(&[a, &stranger], typ::KEYS, &keys),
        "k_root_unknown",
    );
    add(
        "a-strange-signer-beside-enough",
        bundle(&[a, b, &stranger], typ::KEYS, &keys),
        "k_root_unknown",
    );
    let forged = bundle(&[b], typ::KEYS, &keys);
    let (head, _) = forged.rsplit_once('.').unwrap_or(("", ""));
    let wrong = bundle(&[c], typ::KEYS, &keys);
    let (_, signature) = wrong.rsplit_once('.').unwrap_or(("", ""));
    add(
        "signed-by-another-root",
        format!("{one}\n{head}.{signature}"),
        "e_signature",
    );
    add("the-same-version", world.keys_bundle(1), "k_version_rollback");
    add(
        "another-root-version",
        set(&world, 2, |k| k.root_version = num(2)),
        "k_root_unknown",
    );
    add(
        "another-tenant",
        set(&world, 2, |k| k.iss = text("other")),
        "b_iss",
    );
    add(
        "another-audience",
        set(&world, 2, |k| k.aud = "x".to_owned()),
        "b_aud",
    );
    let weak = |k: &mut Keys| {
        let mut key = Key::new("new").with(&[Role::Release]);
        (key.0.kid, key.0.x) = (Kid::of_key(&[0; 32]), zero.clone());
        k.keys = list(vec![key]);
    };
    add("a-key-of-small-order", set(&world, 2, weak), "k_weak_key");
    let misnamed = |k: &mut Keys| {
        let mut key = Key::new("new").with(&[Role::Release]);
        key.0.kid = Key::new("other").kid();
        k.keys = list(vec![key]);
    };
    add("a-key-under-another-name", set(&world, 2, misnamed), "k_weak_key");
    let star = serde_json::to_string(&keys).unwrap_or_default();
    let star = star.replacen("+94000000000", "*544#", 1);
    add(
        "a-hotline-that-acts-on-the-phone",
        crate::signer::json_bundle(&[a, b], typ::KEYS, &star),
        "e_claims",
    );
    cases
}

fn next_root(world: &World, version: u64, keys: [&Key; 3]) -> Root {
    let key = |key: &Key| {
        Obj(RootKey {
            kid: key.kid(),
            x: key.x(),
        })
    };
    let mut root = world.root();
    root.version = num(version);
    root.roots = list(keys.map(key).to_vec());
    root
}

fn rotated() -> Vec<Case> {
    let world = World::new();
    let [a, b, c] = &world.roots;
    let (d, e) = (Key::new("root-4"), Key::new("root-5"));
    let root =
        |version: u64, signers: &[&Key]| bundle(signers, typ::ROOT, &next_root(&world, version, [a, &d, &e]));
    let one =
        |id: &str, bundle: String, code: &str| case(id, "locked", Script::on("locked").keys(&bundle, code));
    let mut second = world.keys(2);
    second.root_version = num(2);
    let follows = Script::on("locked")
        .keys(&root(2, &[a, b, &d]), "ok")
        .keys(&world.keys_bundle(2), "k_root_unknown")
        .keys(&bundle(&[&d, &e], typ::KEYS, &second), "ok");
    let mut three = world.root();
    three.threshold = num(3);
    let strict = Case {
        root: Some(bundle(&[a, b, c], typ::ROOT, &three)),
        ..case(
            "fewer-signatures-than-the-root-asks",
            "empty",
            Script::new().keys(&world.keys_bundle(1), "k_threshold"),
        )
    };
    vec![
        strict,
        case("a-root-by-the-will-of-both", "locked", follows),
        one("a-root-by-one-old-root", root(2, &[a, &d]), "k_threshold"),
        one("a-root-by-one-new-root", root(2, &[b, c, &d]), "k_threshold"),
        one("a-root-by-no-old-root", root(2, &[&d, &e]), "k_root_unknown"),
        one("a-root-left-out", root(3, &[a, b, &d]), "k_version_gap"),
        one("an-old-root", root(1, &[a, b, &d]), "k_version_rollback"),
    ]
}

fn taken() -> Vec<Case> {
    let world = World::new();
    let lock = |k: u64| Order::Lock(world.lock_claims(k));
    let release = Order::Release(world.release_claims(1, Why::Paid, &[4]));
    let retired = |k: &mut Keys| {
        k.keys = list(vec![
            Key::new("lock-2").with(&[Role::Lock]),
            Key::new("status-2").with(&[Role::Status]),
        ]);
    };
    let void_lock = |k: &mut Keys| {
        k.void = list(vec![world.lock.kid()]);
    };
    let signed_anew = {
        let mut keys = world.keys(2);
        keys.void = list(vec![world.lock.kid()]);
        let mut all = keys.keys.to_vec();
        all.push(Key::new("lock-2").with(&[Role::Lock]));
        keys.keys = list(all);
        world.sign_keys(&keys)
    };
    let anew = Key::new("lock-2").token(typ::LOCK, &world.lock_claims(2));
    vec![
        case(
            "a-retired-key-frees",
            "locked",
            Script::on("locked")
                .keys(&set(&world, 2, retired), "ok")
                .lock_id(1)
                .order(&lock(2), "e_kid", "locked")
                .order(&release, "ok", "free"),
        ),
        case(
            "a-void-key-lifts-its-lock-and-leaves-the-notices",
            "locked",
            Script::on("locked")
                .keys_then(&signed_anew, "ok", "free")
                .released(1)
                .order(&lock(2), "e_kid", "free")
                .answer(
                    Answer::at(T + 60)
                        .state(LockState::Locked)
                        .token(anew, super::expect("ok", "locked")),
                    "locked",
                )
                .lock_id(2),
        ),
        case(
            "a-void-key-of-a-notice-lifts-the-lock",
            "locked",
            Script::on("locked").keys_then(
                &set(&world, 2, |k| k.void = list(vec![world.terms.kid()])),
                "ok",
                "free",
            ),
        ),
        case(
            "a-void-that-hits-nothing",
            "locked",
            Script::on("locked")
                .keys(
                    &set(&world, 2, |k| k.void = list(vec![Key::new("gone").kid()])),
                    "ok",
                )
                .lock_id(1),
        ),
        case(
            "a-void-is-never-taken-back",
            "locked",
            Script::on("locked")
                .keys_then(&set(&world, 2, void_lock), "ok", "free")
                .keys(&world.keys_bundle(3), "k_void_dropped"),
        ),
        case(
            "a-void-release-key-frees-no-more",
            "locked",
            Script::on("locked")
                .keys(
                    &set(&world, 2, |k| k.void = list(vec![world.release.kid()])),
                    "ok",
                )
                .order(&release, "e_kid", "locked"),
        ),
        case(
            "versions-may-be-slept-through",
            "locked",
            Script::on("locked")
                .keys(&world.keys_bundle(9), "ok")
                .keys(&world.keys_bundle(8), "k_version_rollback"),
        ),
        case(
            "an-expired-set-joins-the-chain-and-still-frees",
            "locked",
            Script::on("locked")
                .keys(&set(&world, 2, |k| k.exp = num(T - 86_400)), "ok")
                .order(&lock(2), "f_keys_expired", "locked")
                .order(&release, "ok", "free"),
        ),
    ]
}
