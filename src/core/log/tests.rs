use super::*;
use crate::signer::{Key, T, World, device, id, num};
use crate::time::{BootId, Stamp};

fn entry(body: Body) -> Entry {
    Entry {
        stamp: Stamp {
            boot: BootId([1; 16]),
            boot_ms: 1000,
            floor_s: T,
        },
        body,
    }
}

fn order(seq: u64, token: String) -> Entry {
    entry(Body::Order {
        seq: num(seq),
        jti: id(&seq.to_string()),
        token,
    })
}

/// A short life: enrolled, keys, notice, lock, release.
fn journal(world: &World) -> Vec<Entry> {
    let sign = |order| world.sign(&order);
    let release = world.release_claims(1, crate::order::claims::Why::Paid, &[4]);
    vec![
        entry(Body::Enrolled {
            device: device(),
            agreement: world.agreement(),
        }),
        entry(Body::Trust(world.root_bundle())),
        entry(Body::Trust(world.keys_bundle(1))),
        order(1, sign(Order::Notice(world.notice(1)))),
        order(2, sign(Order::Lock(world.lock_claims(1)))),
        entry(Body::Boot),
        order(3, sign(Order::Release(release))),
    ]
}

fn root(world: &World) -> String {
    envelope::encode(&fingerprint(&world.root()))
}

/// OWN-11: an exported log verifies with nothing but the tool; a root given from outside is what makes it a proof.
#[test]
fn an_export_verifies() {
    let world = World::new();
    let text = export(&journal(&world)).unwrap();
    let report = verify(&text, None).unwrap();
    assert_eq!((report.fault, report.records, report.verified), (None, 7, 5));
    assert!(!report.root_given);
    let report = verify(&text, Some(&root(&world))).unwrap();
    assert_eq!((report.fault, report.root_given), (None, true));
    let report = verify(&text, Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).unwrap();
    assert_eq!(report.fault, Some((1, Fault::Root)));
}

/// OWN-11: every changed character is noticed, and the line is named.
#[test]
fn every_changed_line_is_named() {
    let world = World::new();
    let text = export(&journal(&world)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (n, line) in lines.iter().enumerate() {
        for at in (0..line.len()).step_by(7) {
            let mut bad: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
            let other = if &line[at..=at] == "A" { "B" } else { "A" };
            bad[n].replace_range(at..=at, other);
            match verify(&bad.join("\n"), None) {
                Ok(report) => {
                    let (named, _) = report.fault.unwrap();
                    assert!(named == n + 1 || n == 0, "line {} char {at}", n + 1);
                }
                Err(fault) => assert_eq!((n, fault), (0, Fault::Form)),
            }
        }
        let mut gone = lines.clone();
        gone.remove(n);
        assert!(
            verify(&gone.join("\n"), None).map_or(true, |r| r.fault.is_some()),
            "without line {}",
            n + 1
        );
    }
}

/// OWN-11: a whole chain over a token that no key of the lender signed is not believed.
#[test]
fn a_forged_token_is_named() {
    let world = World::new();
    let mut entries = journal(&world);
    entries[4] = order(2, Key::new("thief").token("lk-lock+jwt", &world.lock_claims(1)));
    let report = verify(&export(&entries).unwrap(), None).unwrap();
    let kid = Fault::Signature(Code::EKid.into());
    assert_eq!((report.fault, report.records), (Some((6, kid)), 4));
}

/// OWN-06: the certificate is one record that proves the settlement by itself.
#[test]
fn a_certificate_verifies() {
    let world = World::new();
    let settle = world.sign(&Order::Settle(world.settle_claims()));
    let body = Body::Certificate {
        device: device(),
        trust: vec![world.root_bundle(), world.keys_bundle(1)],
        settle,
    };
    let text = export(&[entry(body)]).unwrap();
    assert_eq!(text.lines().count(), 2);
    let report = verify(&text, Some(&root(&world))).unwrap();
    assert_eq!(report.format, CERTIFICATE);
    assert_eq!((report.fault, report.settled), (None, Some(crate::signer::TODAY)));
}

/// What is no export is said to be none.
#[test]
fn other_text_is_no_export() {
    assert_eq!(verify("", None), Err(Fault::Form));
    assert_eq!(verify("{}", None), Err(Fault::Form));
    assert_eq!(verify("latchkey-jrnl-1\n", None), Err(Fault::Form));
}

/// OWN-11: the owner's lines tell what happened, in order.
#[test]
fn lines_tell_what_happened() {
    let world = World::new();
    let told = lines(&journal(&world));
    let records: Vec<u32> = told.iter().map(|line| line.record).collect();
    assert_eq!(records, [1, 2, 3, 4, 5, 7]);
    assert_eq!(told[4].what, LogWhat::Lock { id: 1, level: 3 });
    assert_eq!(told[5].at, T + 60);
}
