use crate::envelope::{Kinds, cut, encode};
use crate::keys::Trust;
use crate::order::claims::{Order, Role, Why, typ};
use crate::order::values::{AUDIENCE, DeviceId};
use crate::order::{verify_order, verify_status};
use crate::refusal::Code;
use crate::signer::{Key, T, World, device, id, list, num, tenant, text};

fn code(token: &str, trust: &Trust) -> Code {
    verify_order(token.as_bytes(), trust, &device()).unwrap_err().code
}

fn release(world: &World) -> String {
    serde_json::to_string(&world.release_claims(1, Why::Paid, &[4])).unwrap()
}

/// OWN-03: no token survives any change of one character, to whatever character of its alphabet.
fn every_change_is_refused(token: &str) {
    let world = World::new();
    let trust = world.trust();
    let verify = |token: &[u8]| {
        verify_order(token, &trust, &device()).is_ok()
            || verify_status(token, &trust, &device(), &id("nonce")).is_ok()
    };
    assert!(verify(token.as_bytes()));
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0\x80";
    let mut bytes = token.as_bytes().to_vec();
    for n in 0..bytes.len() {
        let good = bytes[n];
        for other in alphabet.iter().filter(|b| **b != good) {
            bytes[n] = *other;
            assert!(!verify(&bytes), "character {n}: {}", char::from(*other));
        }
        bytes[n] = good;
    }
    for n in 0..bytes.len() {
        assert!(!verify(&bytes[..n]), "cut at {n}");
    }
    bytes.push(b'A');
    assert!(!verify(&bytes), "one more");
}

macro_rules! changes {
    ($($name:ident: $n:literal;)*) => {$(
        #[test]
        fn $name() {
            let world = World::new();
            every_change_is_refused(&world.sign(&world.orders()[$n]));
        }
    )*};
}

changes! {
    no_changed_notice_is_believed: 0;
    no_changed_terms_are_believed: 1;
    no_changed_plan_is_believed: 2;
    no_changed_lock_is_believed: 3;
    no_changed_release_is_believed: 4;
    no_changed_grace_is_believed: 5;
    no_changed_settle_is_believed: 6;
}

#[test]
fn no_changed_status_is_believed() {
    let world = World::new();
    every_change_is_refused(&world.sign_status(&world.status_claims(&id("nonce"), T, None)));
}

#[test]
fn checks_1_to_6_have_one_code_each() {
    let world = World::new();
    let trust = world.trust();
    let kid = world.release.kid();
    let payload = release(&world);
    let header = |h: &str| code(&world.release.raw(h, payload.as_bytes()), &trust);
    assert_eq!(code(&"a".repeat(4097), &trust), Code::ETooLarge);
    assert_eq!(code("é.a.a", &trust), Code::ETooLarge);
    for shape in ["", "a", "a.b", "a.b.c.d", ".b.c", "a..c", "a.b."] {
        assert_eq!(code(shape, &trust), Code::EShape, "{shape}");
    }
    for base in [
        "a.b.c",
        "e30=.e30.AA",
        "e30.e30.A+",
        "e30.e30.AB",
        "e31.e30.AA",
        " e30.e30.AA",
    ] {
        assert_eq!(code(base, &trust), Code::EBase64, "{base}");
    }
    for bad in [
        "{}".to_owned(),
        "[]".to_owned(),
        format!(r#"["EdDSA","lk-release+jwt","{kid}"]"#),
        format!(r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}","crit":[]}}"#),
        format!(r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}"}} x"#),
        format!(r#"{{"alg":"EdDS\u0041","typ":"lk-release+jwt","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"EdDSA","typ":null,"kid":"{kid}"}}"#),
        format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#),
        format!(r#"{{"alg":1,"typ":"lk-release+jwt","kid":"{kid}"}}"#),
        "null".to_owned(),
        "\u{feff}{}".to_owned(),
    ] {
        assert_eq!(header(&bad), Code::EHeader, "{bad}");
    }
    for alg in ["none", "eddsa", "Ed25519", "HS256", ""] {
        let bad = format!(r#"{{"alg":"{alg}","typ":"lk-release+jwt","kid":"{kid}"}}"#);
        assert_eq!(header(&bad), Code::EAlg, "{alg}");
    }
    for typ in [
        "JWT",
        "lk-status+jwt",
        "lk-keys+jwt",
        "lk-window+jwt",
        "LK-RELEASE+jwt",
        "",
    ] {
        let bad = format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{kid}"}}"#);
        assert_eq!(header(&bad), Code::ETyp, "{typ}");
    }
}

#[test]
fn each_kind_wants_its_role() {
    let world = World::new();
    let trust = world.trust();
    let payload = release(&world);
    assert_eq!(
        code(&Key::new("stranger").json(typ::RELEASE, &payload), &trust),
        Code::EKid
    );
    assert_eq!(
        code(&world.roots[0].json(typ::RELEASE, &payload), &trust),
        Code::EKid
    );
    assert_eq!(
        code(&world.lock.json(typ::RELEASE, &payload), &trust),
        Code::ERole
    );
    // The header names a key that the signature is not by.
    let other = format!(
        r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{}"}}"#,
        world.release.kid()
    );
    assert_eq!(
        code(&world.lock.raw(&other, payload.as_bytes()), &trust),
        Code::ESignature
    );
    let short = world.release.json(typ::RELEASE, &payload);
    let short = format!("{}.{}", &short[..short.rfind('.').unwrap()], encode(&[0; 63]));
    assert_eq!(code(&short, &trust), Code::ESignature);
}

/// OWN-04: a retired key still frees; OWN-03: it no longer binds, and a void one does neither.
#[test]
fn a_retired_key_frees_and_does_not_bind() {
    let world = World::new();
    let mut second = world.keys(2);
    let fresh = [
        Key::new("lock-2").with(&[Role::Lock]),
        Key::new("status-2").with(&[Role::Status]),
    ];
    second.keys = list(fresh.to_vec());
    let trust = world.trust().accept(&world.sign_keys(&second)).unwrap();
    let verify = |order: &Order, trust: &Trust| {
        let token = world.sign(order);
        verify_order(token.as_bytes(), trust, &device()).map_err(|r| r.code)
    };
    for order in world.orders() {
        let binds = match &order {
            Order::Lock(_) | Order::Terms(_) => true,
            Order::Notice(_) | Order::Plan(_) | Order::Release(_) | Order::Grace(_) | Order::Settle(_) => {
                false
            }
        };
        let verified = verify(&order, &trust).map(|_| ());
        assert_eq!(
            verified,
            if binds { Err(Code::EKid) } else { Ok(()) },
            "{}",
            order.typ()
        );
    }
    let status = world.sign_status(&world.status_claims(&id("nonce"), T, None));
    let refused = verify_status(status.as_bytes(), &trust, &device(), &id("nonce")).unwrap_err();
    assert_eq!(refused.code, Code::EKid);
    let mut third = world.keys(3);
    third.void = list(vec![world.release.kid()]);
    let trust = trust.accept(&world.sign_keys(&third)).unwrap();
    let release = Order::Release(world.release_claims(1, Why::Paid, &[4]));
    assert_eq!(verify(&release, &trust).unwrap_err(), Code::EKid);
    assert!(trust.is_void(&world.release.kid()));
}

#[test]
fn another_tenants_key_is_no_key() {
    let world = World::new();
    let mut keys = world.keys(2);
    let mut other = Key::new("other").with(&[Role::Release]);
    other.0.iss = text("other-lender");
    keys.keys = list([keys.keys.to_vec(), vec![other]].concat());
    let trust = world.trust().accept(&world.sign_keys(&keys)).unwrap();
    let mut claims = world.release_claims(1, Why::Paid, &[]);
    claims.iss = text("other-lender");
    assert_eq!(
        code(&Key::new("other").token(typ::RELEASE, &claims), &trust),
        Code::EKid
    );
    assert_eq!(
        code(&world.release.token(typ::RELEASE, &claims), &trust),
        Code::BIss
    );
}

#[test]
fn claims_are_the_object_that_their_kind_demands() {
    let world = World::new();
    let trust = world.trust();
    let good = release(&world);
    let signed = |payload: &str| code(&world.release.json(typ::RELEASE, payload), &trust);
    assert!(
        verify_order(
            world.release.json(typ::RELEASE, &good).as_bytes(),
            &trust,
            &device()
        )
        .is_ok()
    );
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        signed(&good.replacen(from, to, 1))
    };
    let array: serde_json::Value = serde_json::from_str(&good).unwrap();
    let values: Vec<_> = array.as_object().unwrap().values().collect();
    assert_eq!(
        signed(&serde_json::to_string(&values).unwrap()),
        Code::EClaims,
        "an array"
    );
    for (from, to) in [
        (r#""lock_id":1"#, r#""lock_id":1,"lock_id":1"#),
        (r#""lock_id":1"#, r#""lock_id":1,"more":1"#),
        (r#""lock_id":1,"#, ""),
        (r#""lock_id":1"#, r#""lock_id":1.0"#),
        (r#""lock_id":1"#, r#""lock_id":1e0"#),
        (r#""lock_id":1"#, r#""lock_id":-0"#),
        (r#""lock_id":1"#, r#""lock_id":"1""#),
        (r#""lock_id":1"#, r#""lock_id":null"#),
        (r#""lock_id":1"#, r#""lock_id":2147483649"#),
        (r#""lock_id":1"#, r#""lock_id":18446744073709551616"#),
        (r#""lock_id":1"#, r#""lock_id":01"#),
        (r#""why":"paid""#, r#""why":{"paid":null}"#),
        (r#""why":"paid""#, r#""why":"Paid""#),
        (r#""why":"paid""#, r#""why":"gone""#),
        (r#""instalments":[4]"#, r#""instalments":[4,4]"#),
        (r#""instalments":[4]"#, r#""instalments":[0]"#),
        (
            r#""instalments":[4]"#,
            r#""instalments":[1,2,3,4,5,6,7,8,9,10,11,12,13]"#,
        ),
        (r#""instalments":[4]"#, r#""instalments":[4],"paid_at":null"#),
        (r#""instalments":[4]"#, r#""instalments":[4],"paid_at":1"#),
    ] {
        assert_eq!(with(from, to), Code::EClaims, "{to}");
    }
    assert_eq!(signed(&format!("{good}x")), Code::EClaims);
    let header = format!(
        r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{}"}}"#,
        world.release.kid()
    );
    let unreadable = format!("{}.AB", encode(header.as_bytes()));
    let signature = world.release.sign(unreadable.as_bytes());
    assert_eq!(
        code(&format!("{unreadable}.{}", encode(&signature)), &trust),
        Code::EClaims
    );
}

#[test]
fn nested_claims_are_objects_and_tuples_have_their_length() {
    let world = World::new();
    let trust = world.trust();
    let good = serde_json::to_string(&world.lock_claims(1)).unwrap();
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        code(&world.lock.json(typ::LOCK, &good.replacen(from, to, 1)), &trust)
    };
    let week = format!(r#""exp":{}"#, T + 7 * 86_400);
    for (from, to) in [
        (
            r#""amount":{"minor":325000,"cur":"LKR"}"#,
            r#""amount":[325000,"LKR"]"#,
        ),
        (r#""minor":325000"#, r#""minor":0"#),
        (r#""minor":325000"#, r#""minor":1000000000001"#),
        (r#""cur":"LKR""#, r#""cur":"lkr""#),
        (
            r#"{"window_s":0,"opening":0,"provisional":0,"codes":0}"#,
            r#"[0,0,0,0]"#,
        ),
        (r#""window_s":0"#, r#""window_s":601"#),
        (r#""steps":[]"#, r#""steps":[[1]]"#),
        (r#""steps":[]"#, r#""steps":[[1,1780000000,0]]"#),
        (r#""steps":[]"#, r#""steps":[[3,1780000000]]"#),
        (r#""level":3"#, r#""level":4"#),
        (week.as_str(), r#""exp":1780000000"#),
        (week.as_str(), r#""exp":1780604801"#),
        (r#""refs":[]"#, r#""refs":[["court","",1780000000]]"#),
        (r#""refs":[]"#, "\"refs\":[[\"court\",\"a\u{202e}b\",1780000000]]"),
    ] {
        assert_eq!(with(from, to), Code::EClaims, "{to}");
    }
    let no_notices = good.replacen(&format!("\"{}\",\"{}\"", id("notice-1"), id("notice-2")), "", 1);
    assert_ne!(no_notices, good);
    assert_eq!(
        code(&world.lock.json(typ::LOCK, &no_notices), &trust),
        Code::EClaims
    );
    let twice = good.replacen(id("notice-2").as_str(), id("notice-1").as_str(), 1);
    assert_eq!(code(&world.lock.json(typ::LOCK, &twice), &trust), Code::EClaims);
}

#[test]
fn an_order_is_for_this_phone() {
    let world = World::new();
    let trust = world.trust();
    let good = world.release_claims(1, Why::Paid, &[4]);
    let mut bad = good.clone();
    bad.aud = "latchkey".to_owned();
    bad.iss = text("x");
    bad.sub = text("AAAAAAAAAAAAAAAAAAAAAAAAAA");
    let mut signed = |fix: &dyn Fn(&mut crate::order::claims::Release)| {
        fix(&mut bad);
        code(&world.release.token(typ::RELEASE, &bad), &trust)
    };
    assert_eq!(signed(&|_| {}), Code::BAud);
    assert_eq!(signed(&|c| c.aud = AUDIENCE.to_owned()), Code::BIss);
    assert_eq!(signed(&|c| c.iss = tenant()), Code::BSub);
    let other: DeviceId = text("AAAAAAAAAAAAAAAAAAAAAAAAAA");
    let token = world.sign(&Order::Release(good));
    let refused = verify_order(token.as_bytes(), &trust, &other).unwrap_err();
    assert_eq!(refused.code, Code::BSub);
}

#[test]
fn a_statuss_head_is_an_id_or_nothing() {
    let world = World::new();
    let trust = world.trust();
    let nonce = id("nonce");
    let mut status = world.status_claims(&nonce, T, Some((3, &id("head"))));
    let refused = |status: &crate::order::claims::Status| {
        let token = world.sign_status(status);
        verify_status(token.as_bytes(), &trust, &device(), &nonce)
            .map(|_| ())
            .map_err(|r| r.code)
    };
    assert_eq!(refused(&status), Ok(()));
    status.head_jti = String::new();
    assert_eq!(refused(&status), Err(Code::EClaims));
    status.head_seq = num(0);
    assert_eq!(refused(&status), Ok(()));
    status.head_jti = id("head").to_string();
    assert_eq!(refused(&status), Err(Code::EClaims));
}

#[test]
fn a_client_assertion_may_leave_typ_out() {
    #[derive(serde::Deserialize)]
    struct Assertion {
        iss: String,
    }
    let key = Key::new("client");
    let read = |header: &str, kinds: Kinds<'_>| {
        let token = key.raw(header, br#"{"iss":"client-1","extra":{"a":[1.5]}}"#);
        let cut = cut(token.as_bytes(), kinds)?;
        let claims: Assertion = cut.prove(&key.x())?.claims()?;
        Ok::<_, Code>(claims.iss)
    };
    for header in [
        r#"{"alg":"EdDSA","kid":"c"}"#,
        r#"{"alg":"EdDSA","kid":"c","typ":"JWT"}"#,
        r#"{"typ":"client-authentication+jwt","alg":"EdDSA","kid":"c"}"#,
    ] {
        assert_eq!(read(header, Kinds::ClientAssertion).as_deref(), Ok("client-1"));
        assert!(read(header, Kinds::OneOf(typ::ALL)).is_err());
    }
    let order = r#"{"alg":"EdDSA","kid":"c","typ":"lk-lock+jwt"}"#;
    assert_eq!(read(order, Kinds::ClientAssertion), Err(Code::ETyp));
}

#[test]
fn a_refused_token_still_names_its_kind_where_it_can() {
    let world = World::new();
    let token = Key::new("stranger").json(typ::LOCK, "{}");
    assert_eq!(crate::envelope::typ_of(token.as_bytes()), typ::LOCK);
    assert_eq!(crate::envelope::typ_of(b"nonsense"), "");
    assert_eq!(
        crate::envelope::typ_of(world.release.json("JWT", "{}").as_bytes()),
        ""
    );
}
