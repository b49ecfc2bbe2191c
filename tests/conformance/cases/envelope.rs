//! Checks 1 to 10: on a locked phone, each with a release that would have freed it.

use super::{Case, Script, case};
use crate::signer::list;
use crate::signer::{Key, World, text};
use latchkey_core::envelope::encode;
use latchkey_core::order::claims::{Order, Release, Role, Why, typ};

pub(super) fn cases() -> Vec<Case> {
    let world = World::new();
    let claims = world.release_claims(1, Why::Paid, &[4]);
    let payload = serde_json::to_string(&claims).unwrap_or_default();
    let kid = world.release.kid();
    let mut cases = Vec::new();
    let mut add = |id: &str, token: String, code: &str| {
        let freed = Script::on("locked").token(&token, code).lock_id(1);
        let freed = freed.order(&Order::Release(claims.clone()), "ok", "free");
        cases.push(case(id, "locked", freed));
    };

    add("longer-than-4096-bytes", "a".repeat(4097), "e_too_large");
    add("not-ascii", "é.é.é".to_owned(), "e_too_large");
    add("two-segments", "e30.e30".to_owned(), "e_shape");
    add("four-segments", "e30.e30.e30.e30".to_owned(), "e_shape");
    add("empty-payload", "e30..e30".to_owned(), "e_shape");
    add("padding", "e30=.e30.AA".to_owned(), "e_base64");
    add("trailing-bits", "e31.e30.AA".to_owned(), "e_base64");
    add(
        "signature-in-another-alphabet",
        "e30.e30.A+".to_owned(),
        "e_base64",
    );

    let header = |header: String| world.release.raw(&header, payload.as_bytes());
    let array = format!(r#"["EdDSA","lk-release+jwt","{kid}"]"#);
    add("header-is-an-array", header(array), "e_header");
    let crit =
        format!(r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}","crit":["b64"],"b64":false}}"#);
    add("header-with-crit", header(crit), "e_header");
    let twice = format!(r#"{{"alg":"none","alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}"}}"#);
    add("header-says-alg-twice", header(twice), "e_header");
    let escaped = format!(r#"{{"alg":"EdDS\u0041","typ":"lk-release+jwt","kid":"{kid}"}}"#);
    add("header-with-an-escape", header(escaped), "e_header");
    let untyped = format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#);
    add("header-without-typ", header(untyped), "e_header");
    let none = format!(r#"{{"alg":"none","typ":"lk-release+jwt","kid":"{kid}"}}"#);
    add("alg-none", header(none), "e_alg");
    let renamed = format!(r#"{{"alg":"Ed25519","typ":"lk-release+jwt","kid":"{kid}"}}"#);
    add("alg-by-its-newer-name", header(renamed), "e_alg");
    add("typ-unknown", world.release.json("JWT", &payload), "e_typ");
    add(
        "typ-of-no-order",
        world.release.json(typ::STATUS, &payload),
        "e_typ",
    );

    add(
        "kid-unknown",
        Key::new("stranger").token(typ::RELEASE, &claims),
        "e_kid",
    );
    add(
        "kid-of-a-root",
        world.roots[0].token(typ::RELEASE, &claims),
        "e_kid",
    );
    add(
        "key-of-another-role",
        world.lock.token(typ::RELEASE, &claims),
        "e_role",
    );
    let borrowed = format!(r#"{{"alg":"EdDSA","typ":"lk-release+jwt","kid":"{kid}"}}"#);
    add(
        "signed-by-another-key",
        world.lock.raw(&borrowed, payload.as_bytes()),
        "e_signature",
    );
    let good = world.release.token(typ::RELEASE, &claims);
    let (signed, _) = good.rsplit_once('.').unwrap_or(("", ""));
    add(
        "signature-of-63-bytes",
        format!("{signed}.{}", encode(&[1; 63])),
        "e_signature",
    );
    let other = world.release_claims(1, Why::Error, &[4]);
    let other = world.release.token(typ::RELEASE, &other);
    let (head, _) = other.rsplit_once('.').unwrap_or(("", ""));
    let (_, signature) = good.rsplit_once('.').unwrap_or(("", ""));
    add(
        "signature-of-another-payload",
        format!("{head}.{signature}"),
        "e_signature",
    );

    let changed = |from: &str, to: &str| world.release.json(typ::RELEASE, &payload.replacen(from, to, 1));
    let values: serde_json::Value = serde_json::from_str(&payload).unwrap_or_default();
    let values: Vec<_> = values.as_object().into_iter().flat_map(|o| o.values()).collect();
    let values = serde_json::to_string(&values).unwrap_or_default();
    add(
        "claims-are-an-array",
        world.release.json(typ::RELEASE, &values),
        "e_claims",
    );
    for (id, from, to) in [
        (
            "claims-say-lock-twice",
            r#""lock_id":1"#,
            r#""lock_id":1,"lock_id":1"#,
        ),
        ("claims-say-more", r#""lock_id":1"#, r#""lock_id":1,"note":"x""#),
        ("claims-without-lock", r#""lock_id":1,"#, ""),
        ("lock-is-a-float", r#""lock_id":1"#, r#""lock_id":1.0"#),
        ("lock-is-an-exponent", r#""lock_id":1"#, r#""lock_id":1e0"#),
        ("lock-is-a-string", r#""lock_id":1"#, r#""lock_id":"1""#),
        ("lock-is-null", r#""lock_id":1"#, r#""lock_id":null"#),
        ("lock-is-too-large", r#""lock_id":1"#, r#""lock_id":2147483649"#),
        (
            "lock-is-above-2-to-the-53",
            r#""lock_id":1"#,
            r#""lock_id":9007199254740993"#,
        ),
        ("why-is-an-object", r#""why":"paid""#, r#""why":{"paid":null}"#),
        ("an-instalment-twice", r#"[4]"#, r#"[4,4]"#),
        ("an-absent-claim-as-null", r#"[4]"#, r#"[4],"paid_at":null"#),
    ] {
        add(id, changed(from, to), "e_claims");
    }

    let addressed = |change: fn(&mut Release)| {
        let mut claims = claims.clone();
        change(&mut claims);
        world.release.token(typ::RELEASE, &claims)
    };
    add(
        "for-another-audience",
        addressed(|c| c.aud = "latchkey".to_owned()),
        "b_aud",
    );
    add(
        "from-another-tenant",
        addressed(|c| c.iss = text("other")),
        "b_iss",
    );
    add(
        "for-another-phone",
        addressed(|c| c.sub = text("AAAAAAAAAAAAAAAAAAAAAAAAAA")),
        "b_sub",
    );

    let mut lock = world.lock_claims(2);
    lock.exp = crate::signer::num(lock.iat.get() + 7 * 86_400 + 1);
    add(
        "binds-longer-than-a-week",
        world.lock.token(typ::LOCK, &lock),
        "e_claims",
    );

    cases.push(another_tenants_key(&world));
    cases
}

fn another_tenants_key(world: &World) -> Case {
    let mut keys = world.keys(2);
    let mut foreign = Key::new("foreign").with(&[Role::Release]);
    foreign.0.iss = text("other");
    let mut all = keys.keys.to_vec();
    all.push(foreign);
    keys.keys = list(all);
    let mut claims = world.release_claims(1, Why::Paid, &[4]);
    claims.iss = text("other");
    let script = Script::on("locked")
        .keys(&world.sign_keys(&keys), "ok")
        .token(&Key::new("foreign").token(typ::RELEASE, &claims), "e_kid")
        .lock_id(1);
    case("key-of-another-tenant", "locked", script)
}
