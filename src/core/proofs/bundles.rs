use crate::keys::{MAX_BUNDLE, Trust, fingerprint};
use crate::order::claims::{Keys, Role, Root, RootKey, typ};
use crate::order::values::{Kid, Obj, Sha};
use crate::refusal::Code;
use crate::signer::{Key, T, World, bundle, json_bundle, list, num, text};

fn code(trust: &Trust, bundle: &str) -> Code {
    trust.accept(bundle).unwrap_err().code
}

fn with(world: &World, version: u64, change: impl FnOnce(&mut Keys)) -> String {
    let mut keys = world.keys(version);
    change(&mut keys);
    world.sign_keys(&keys)
}

#[test]
fn a_key_set_stands_on_two_roots() {
    let world = World::new();
    let [a, b, c] = &world.roots;
    let root = Trust::provisioned(&world.root_bundle()).unwrap();
    assert_eq!(
        (root.keys_version(), root.sandbox(), root.card()),
        (0, true, None)
    );
    let keys = world.keys(1);
    for signers in [vec![a, b], vec![b, c], vec![c, a, b]] {
        let trust = root.accept(&bundle(&signers, typ::KEYS, &keys)).unwrap();
        assert_eq!(trust.keys(), Some(&keys));
    }
    let newline = format!("{}\n", world.keys_bundle(1));
    assert!(root.accept(&newline).is_ok());
}

#[test]
fn a_bundle_of_the_wrong_form_is_refused() {
    let world = World::new();
    let trust = world.trust();
    let [a, b, c] = &world.roots;
    let keys = world.keys(2);
    let one = bundle(&[a], typ::KEYS, &keys);
    assert_eq!(code(&trust, ""), Code::KShape);
    assert_eq!(code(&trust, &one), Code::KShape);
    assert_eq!(code(&trust, &[one.as_str(); 9].join("\n")), Code::KShape);
    assert_eq!(code(&trust, &"a".repeat(MAX_BUNDLE + 1)), Code::KShape);
    let other = bundle(&[b], typ::KEYS, &world.keys(3));
    assert_eq!(code(&trust, &format!("{one}\n{other}")), Code::KShape);
    assert_eq!(code(&trust, "nonsense\nnonsense"), Code::EShape);
    assert_eq!(code(&trust, &bundle(&[a, b], typ::LOCK, &keys)), Code::ETyp);
    assert_eq!(
        code(&trust, &bundle(&[a, b, b], typ::KEYS, &keys)),
        Code::KDupSigner
    );
    assert_eq!(code(&trust, &bundle(&[a, a], typ::KEYS, &keys)), Code::KDupSigner);
    let stranger = Key::new("stranger");
    assert_eq!(
        code(&trust, &bundle(&[a, &stranger], typ::KEYS, &keys)),
        Code::KRootUnknown
    );
    assert_eq!(
        code(&trust, &bundle(&[a, b, &stranger], typ::KEYS, &keys)),
        Code::KRootUnknown
    );
    // c's signature under b's name
    let wrong = bundle(&[c], typ::KEYS, &keys);
    let right = bundle(&[b], typ::KEYS, &keys);
    let forged = format!(
        "{}{}",
        &right[..right.rfind('.').unwrap()],
        &wrong[wrong.rfind('.').unwrap()..]
    );
    assert_eq!(code(&trust, &format!("{one}\n{forged}")), Code::ESignature);
    assert_eq!(
        code(&trust, &json_bundle(&[a, b], typ::KEYS, "{}")),
        Code::EClaims
    );
    assert_eq!(code(&Trust::default(), &world.keys_bundle(1)), Code::ETyp);
}

#[test]
fn a_root_that_asks_for_three_is_not_content_with_two() {
    let world = World::new();
    let [a, b, c] = &world.roots;
    let mut root = world.root();
    root.threshold = num(3);
    assert_eq!(
        Trust::provisioned(&bundle(&[a, b], typ::ROOT, &root))
            .unwrap_err()
            .code,
        Code::KThreshold
    );
    let trust = Trust::provisioned(&bundle(&[a, b, c], typ::ROOT, &root)).unwrap();
    assert_eq!(code(&trust, &world.keys_bundle(1)), Code::KThreshold);
}

#[test]
fn a_provisioned_root_vouches_for_itself() {
    let world = World::new();
    let [a, b, _] = &world.roots;
    let made = |root: &Root| Trust::provisioned(&bundle(&[a, b], typ::ROOT, root)).map_err(|r| r.code);
    let change = |f: &dyn Fn(&mut Root)| {
        let mut root = world.root();
        f(&mut root);
        made(&root).unwrap_err()
    };
    assert!(made(&world.root()).is_ok());
    assert_eq!(change(&|r| r.version = num(2)), Code::KVersionGap);
    assert_eq!(change(&|r| r.aud = "x".to_owned()), Code::BAud);
    assert_eq!(change(&|r| r.threshold = num(4)), Code::EClaims);
    assert_eq!(
        change(&|r| r.roots = list(r.roots[1..].to_vec())),
        Code::KRootUnknown
    );
    let weak = Obj(RootKey {
        kid: Kid::of_key(&[0; 32]),
        x: Sha::from_bytes(&[0; 32]),
    });
    assert_eq!(
        change(&|r| r.roots = list([r.roots.to_vec(), vec![weak.clone()]].concat())),
        Code::KWeakKey
    );
    let keys = world.keys_bundle(1);
    assert_eq!(Trust::provisioned(&keys).unwrap_err().code, Code::ETyp);
}

#[test]
fn the_roots_of_the_vectors_are_a_sandboxs_alone() {
    let mut world = World::new();
    let mut root = world.root();
    root.sandbox = false;
    let made = |world: &World, root: &Root| {
        let [a, b, _] = &world.roots;
        Trust::provisioned(&bundle(&[a, b], typ::ROOT, root)).map_err(|r| r.code)
    };
    assert_eq!(made(&world, &root).unwrap_err(), Code::KWeakKey);
    world.roots = [Key::new("real-1"), Key::new("real-2"), Key::new("real-3")];
    let mut real = world.root();
    real.sandbox = false;
    assert!(made(&world, &real).is_ok());
    // One public key among them is enough to refuse.
    real.roots = list([&real.roots[..2], &root.roots[2..]].concat());
    assert_eq!(made(&world, &real).unwrap_err(), Code::KWeakKey);
}

#[test]
fn versions_only_rise() {
    let world = World::new();
    let trust = world.trust();
    assert_eq!(code(&trust, &world.keys_bundle(1)), Code::KVersionRollback);
    let later = trust.accept(&world.keys_bundle(9)).unwrap();
    assert_eq!(later.keys_version(), 9);
    assert_eq!(code(&later, &world.keys_bundle(8)), Code::KVersionRollback);
    assert_eq!(
        code(&trust, &with(&world, 2, |k| k.root_version = num(2))),
        Code::KRootUnknown
    );
    assert_eq!(code(&trust, &with(&world, 2, |k| k.iss = text("x"))), Code::BIss);
    assert_eq!(
        code(&trust, &with(&world, 2, |k| k.aud = "x".to_owned())),
        Code::BAud
    );
}

#[test]
fn an_expired_set_still_joins_the_chain() {
    let world = World::new();
    let expired = with(&world, 2, |k| k.exp = num(T - 86_400));
    let trust = world.trust().accept(&expired).unwrap();
    assert!(trust.expired(T) && trust.expired(T - 86_400) && !trust.expired(T - 86_401));
    assert!(Trust::default().expired(0));
    assert!(trust.accept(&world.keys_bundle(3)).is_ok());
}

#[test]
fn a_void_is_never_taken_back() {
    let world = World::new();
    let gone = Key::new("gone").kid();
    let trust = world
        .trust()
        .accept(&with(&world, 2, |k| k.void = list(vec![gone.clone()])))
        .unwrap();
    assert!(trust.is_void(&gone));
    assert_eq!(code(&trust, &world.keys_bundle(3)), Code::KVoidDropped);
    let more = with(&world, 3, |k| {
        k.void = list(vec![Key::new("x").kid(), gone.clone()])
    });
    assert!(trust.accept(&more).is_ok());
}

#[test]
fn a_weak_key_or_one_under_a_strange_name_is_refused() {
    let world = World::new();
    let trust = world.trust();
    let set = |x: [u8; 32], kid: Kid| {
        with(&world, 2, |k| {
            let mut key = Key::new("new").with(&[Role::Release]);
            (key.0.x, key.0.kid) = (Sha::from_bytes(&x), kid);
            k.keys = list(vec![key]);
        })
    };
    for torsion in curve25519_dalek::constants::EIGHT_TORSION {
        let x = torsion.compress().to_bytes();
        assert_eq!(code(&trust, &set(x, Kid::of_key(&x))), Code::KWeakKey);
    }
    let good = Key::new("new").public();
    assert_eq!(code(&trust, &set(good, Kid::of_key(&[1; 32]))), Code::KWeakKey);
    assert!(trust.accept(&set(good, Kid::of_key(&good))).is_ok());
}

#[test]
fn a_root_follows_the_one_before_by_the_will_of_both() {
    let world = World::new();
    let trust = world.trust();
    let [a, b, c] = &world.roots;
    let (d, e) = (Key::new("root-4"), Key::new("root-5"));
    let mut next = world.root();
    next.version = num(2);
    next.roots = list(
        [a, &d, &e]
            .map(|key| {
                Obj(RootKey {
                    kid: key.kid(),
                    x: key.x(),
                })
            })
            .to_vec(),
    );
    let signed = |keys: &[&Key]| trust.accept(&bundle(keys, typ::ROOT, &next));
    let rotated = signed(&[a, b, &d]).unwrap();
    assert_eq!(rotated.root_version(), 2);
    assert_eq!(signed(&[b, c, &d, &e]).unwrap(), rotated);
    assert_eq!(
        signed(&[a, &d]).unwrap_err().code,
        Code::KThreshold,
        "one old root"
    );
    assert_eq!(
        signed(&[b, c, &d]).unwrap_err().code,
        Code::KThreshold,
        "one new root"
    );
    assert_eq!(
        signed(&[&d, &e]).unwrap_err().code,
        Code::KRootUnknown,
        "no old root"
    );
    let stranger = Key::new("stranger");
    assert_eq!(
        signed(&[a, b, &d, &stranger]).unwrap_err().code,
        Code::KRootUnknown
    );
    let version = |n: u64| {
        let mut root = next.clone();
        root.version = num(n);
        code(&trust, &bundle(&[a, b, &d], typ::ROOT, &root))
    };
    assert_eq!(version(1), Code::KVersionRollback);
    assert_eq!(version(3), Code::KVersionGap);
    // Key sets now stand on the new root, and the old set still names who may free.
    assert_eq!(code(&rotated, &world.keys_bundle(2)), Code::KRootUnknown);
    let mut keys = world.keys(2);
    keys.root_version = num(2);
    assert!(rotated.accept(&bundle(&[&d, &e], typ::KEYS, &keys)).is_ok());
    assert_ne!(
        fingerprint(rotated.root().unwrap()),
        fingerprint(trust.root().unwrap())
    );
}

/// OWN-03: no bundle survives a change either.
#[test]
fn every_change_of_a_bundle_is_refused() {
    let world = World::new();
    let root = Trust::provisioned(&world.root_bundle()).unwrap();
    let mut bytes = world.keys_bundle(1).into_bytes();
    for n in 0..bytes.len() {
        let good = bytes[n];
        for other in b"Aw_=\n".iter().filter(|b| **b != good) {
            bytes[n] = *other;
            let text = std::str::from_utf8(&bytes).unwrap();
            assert!(
                root.accept(text).is_err(),
                "character {n}: {}",
                char::from(*other)
            );
        }
        bytes[n] = good;
    }
}
