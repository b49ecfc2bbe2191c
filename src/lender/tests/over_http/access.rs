//! Who may ask: assertions, tokens, scopes, keys, revocation, and limits.

use crate::clerk::*;
use crate::phone::*;
use latchkey_core::envelope::{decode, encode};
use latchkey_lender::{Options, Quotas, Sandbox};
use serde_json::{Value, json};

const ALL: &str = "devices:read devices:enrol terms:write locks:write locks:approve releases:write grace:write \
                   settle:write codes:read claims:read claims:resolve audit:read";

fn claims_of(token: &str) -> Value {
    serde_json::from_slice(&decode(token.split('.').nth(1).unwrap().as_bytes()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_token_says_who_for_whom_what_how_long_and_with_which_key() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read grace:write").await;
    let told = clerk.ask(&[("scope", "grace:write")]).await;
    assert_eq!((told.status, &told.body["expires_in"]), (200, &json!(300)));
    assert_eq!(told.header("cache-control"), "no-store");
    let token = told.body["access_token"].as_str().unwrap();
    let header = decode(token.split('.').next().unwrap().as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(
        (&header["typ"], &header["alg"]),
        (&json!("at+jwt"), &json!("EdDSA"))
    );
    let claims = claims_of(token);
    assert_eq!(claims["iss"], sandbox.base_url());
    assert_eq!(claims["aud"], sandbox.base_url());
    assert_eq!(
        (&claims["client_id"], &claims["sub"]),
        (&json!(clerk.client), &json!(clerk.client))
    );
    assert_eq!(
        (&claims["tenant"], &claims["scope"]),
        (&json!("sandbox"), &json!("grace:write"))
    );
    assert_eq!(
        claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
        300
    );
    assert_eq!(claims["cnf"]["jkt"], thumbprint(&clerk.key));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_assertion_is_good_once_for_a_minute_for_this_server_and_by_its_own_key() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    let other = Clerk::with(&sandbox, &clock, "devices:read").await;
    let grant = [("grant_type", "client_credentials")];
    let once = clerk.assertion(&clerk.claims());
    assert_eq!(clerk.form("/oauth2/token", &once, &grant).await.status, 200);
    let again = clerk.form("/oauth2/token", &once, &grant).await;
    assert_eq!(
        (again.status, &again.body["error"]),
        (401, &json!("invalid_client"))
    );
    let mut bad = Vec::new();
    for (name, value) in [
        ("aud", json!("https://elsewhere.example")),
        ("aud", json!([sandbox.base_url(), "https://elsewhere.example"])),
        ("exp", json!(clock.now())),
        ("exp", json!(clock.now() + 61)),
        ("iat", json!(clock.now() + 120)),
        ("nbf", json!(clock.now() + 120)),
        ("jti", json!("")),
        ("iss", json!(other.client)),
        ("sub", json!("client-nobody")),
    ] {
        let mut claims = clerk.claims();
        claims[name] = value;
        bad.push(clerk.assertion(&claims));
    }
    // Signed by a key that is not this client's, under this client's key id.
    let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": thumbprint(&clerk.key)});
    bad.push(jws(&other.key, &header, &clerk.claims()));
    let header = json!({"alg": "none", "typ": "JWT", "kid": thumbprint(&clerk.key)});
    bad.push(jws(&clerk.key, &header, &clerk.claims()));
    let header = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": thumbprint(&clerk.key)});
    bad.push(jws(&clerk.key, &header, &clerk.claims()));
    bad.push("no token".to_owned());
    for assertion in bad {
        let told = clerk.form("/oauth2/token", &assertion, &grant).await;
        assert_eq!(
            (told.status, &told.body["error"]),
            (401, &json!("invalid_client")),
            "{assertion}"
        );
    }
    // A clock that is half a minute ahead is no reason.
    let mut ahead = clerk.claims();
    ahead["iat"] = json!(clock.now() + 30);
    ahead["exp"] = json!(clock.now() + 90);
    let told = clerk
        .form("/oauth2/token", &clerk.assertion(&ahead), &grant)
        .await;
    assert_eq!(told.status, 200, "{:?}", told.body);
    // What ordinary libraries write: no typ, one audience in a list, members of their own.
    let mut claims = clerk.claims();
    claims["aud"] = json!([sandbox.base_url()]);
    claims["nbf"] = json!(clock.now());
    claims["custom"] = json!({"a": 1});
    let header = json!({"alg": "EdDSA", "kid": thumbprint(&clerk.key)});
    let told = clerk
        .form("/oauth2/token", &jws(&clerk.key, &header, &claims), &grant)
        .await;
    assert_eq!(told.status, 200, "{:?}", told.body);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_token_endpoint_refuses_in_the_form_of_its_standard() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    for (form, error) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (
            vec![("grant_type", "client_credentials"), ("scope", "locks:write")],
            "invalid_scope",
        ),
        (
            vec![("grant_type", "client_credentials"), ("scope", "everything")],
            "invalid_scope",
        ),
        (
            vec![("grant_type", "client_credentials"), ("grant_type", "x")],
            "invalid_request",
        ),
    ] {
        let told = clerk
            .form("/oauth2/token", &clerk.assertion(&clerk.claims()), &form)
            .await;
        assert_eq!(
            (told.status, &told.body["error"]),
            (400, &json!(error)),
            "{form:?}"
        );
        assert!(told.body["error_description"].is_string());
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_call_centre_reads_and_gives_time_but_can_neither_lock_nor_settle_nor_read_codes() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read claims:read grace:write").await;
    let device = format!("/v1/devices/{}", sandbox.device());
    assert_eq!(clerk.get(&device).await.status, 200);
    assert_eq!(clerk.get("/v1/claims").await.status, 200);
    assert_eq!(
        clerk
            .post(&format!("{device}/grace"), &json!({"dur_s": 3600}))
            .await
            .status,
        202
    );
    let before = sandbox.desk().offered().await.unwrap().len();
    for (path, body, scope) in [
        ("locks", json!({"level": 1, "instalment": 4}), "locks:write"),
        ("settle", json!({}), "settle:write"),
        ("releases", json!({"why": "goodwill"}), "releases:write"),
        (
            "codes",
            json!({"slot": 1, "operator": "a", "reason": "b"}),
            "codes:read",
        ),
        ("terms", json!({}), "terms:write"),
    ] {
        let told = clerk.post(&format!("{device}/{path}"), &body).await;
        assert_eq!((told.status, told.code()), (403, "scope_missing"), "{path}");
        assert_eq!(told.body["scope"], scope);
        assert!(told.header("www-authenticate").contains("insufficient_scope"));
    }
    assert_eq!(clerk.get("/v1/audit").await.code(), "scope_missing");
    assert_eq!(
        sandbox.desk().offered().await.unwrap().len(),
        before,
        "nothing was signed"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_token_that_is_missing_foreign_altered_or_over_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    assert_eq!(clerk.get("/v1/devices").await.status, 200);
    let bare = browser()
        .get(format!("{}/v1/devices", clerk.base))
        .send()
        .await
        .unwrap();
    let bare = Told::of(bare).await;
    assert_eq!(
        (bare.status, bare.code(), bare.header("www-authenticate")),
        (401, "token_missing", "Bearer")
    );
    // A client's own key signs no tokens, and no bit of one can be changed.
    let forged = jws(
        &clerk.key,
        &json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "AAAAAAAAAAA"}),
        &claims_of(&clerk.token),
    );
    let (head, tail) = clerk.token.rsplit_once('.').unwrap();
    let mut payload = claims_of(&clerk.token);
    payload["tenant"] = json!("another");
    let parts: Vec<_> = head.split('.').collect();
    let altered = format!("{}.{}.{tail}", parts[0], encode(payload.to_string().as_bytes()));
    for token in [forged, altered, "x".to_owned()] {
        let thief = Clerk {
            token,
            ..clerk.clone()
        };
        let told = thief.get("/v1/devices").await;
        assert_eq!((told.status, told.code()), (401, "token_invalid"));
    }
    clock.add(300);
    let told = clerk.get("/v1/devices").await;
    assert_eq!((told.status, told.code()), (401, "token_expired"));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_withdrawn_token_a_retired_key_and_a_revoked_client_end_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    let other = Clerk::with(&sandbox, &clock, "devices:read").await;
    // Another client's word withdraws nothing, and is told nothing (RFC 7009 §2.2).
    let told = other
        .form(
            "/oauth2/revoke",
            &other.assertion(&other.claims()),
            &[("token", &clerk.token)],
        )
        .await;
    assert_eq!(told.status, 200);
    assert_eq!(clerk.get("/v1/devices").await.status, 200);
    let told = clerk
        .form(
            "/oauth2/revoke",
            &clerk.assertion(&clerk.claims()),
            &[("token", &clerk.token)],
        )
        .await;
    assert_eq!(told.status, 200);
    assert_eq!(clerk.get("/v1/devices").await.code(), "token_invalid");
    clerk.renew().await;
    // The next key is added by the client itself; the old one is retired with what was bound to it.
    let next = fresh_key();
    let added = clerk.post("/v1/client/keys", &json!({"key": jwk(&next)})).await;
    assert_eq!(added.status, 201, "{:?}", added.body);
    let mut rotated = Clerk {
        key: next,
        ..clerk.clone()
    };
    rotated.renew().await;
    let path = format!("/v1/client/keys/{}", thumbprint(&clerk.key));
    assert_eq!(
        rotated
            .sign("DELETE", &path, None, &rotated.params())
            .send()
            .await
            .status,
        204
    );
    assert_eq!(clerk.get("/v1/devices").await.code(), "token_invalid");
    let last = format!("/v1/client/keys/{}", thumbprint(&rotated.key));
    let told = rotated
        .sign("DELETE", &last, None, &rotated.params())
        .send()
        .await;
    assert_eq!((told.status, told.code()), (409, "last_key"));
    assert_eq!(rotated.get("/v1/client").await.body["client"], rotated.client);
    sandbox
        .clients(None)
        .unwrap()
        .revoke(&rotated.client)
        .await
        .unwrap();
    assert_eq!(rotated.get("/v1/devices").await.code(), "token_invalid");
    assert_eq!(rotated.ask(&[]).await.body["error"], "invalid_client");
    sandbox.shutdown().await.unwrap();
}

async fn with_quotas(dir: &std::path::Path, clock: &Hand, quotas: Quotas) -> Sandbox {
    let options = Options {
        quotas,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

/// Asks until it is refused; the quota is the most that can pass at once, and time gives more.
async fn until_refused(clerk: &Clerk, path: &str) -> (usize, Told) {
    for n in 0..500 {
        let told = clerk.get(path).await;
        if told.status == 429 {
            return (n, told);
        }
        assert_eq!(told.status, 200);
    }
    panic!("never refused");
}

#[tokio::test]
async fn who_asks_too_often_is_told_how_long_to_wait_and_nobody_else_pays_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let quotas = Quotas {
        client: 3,
        ..Quotas::default()
    };
    let sandbox = with_quotas(dir.path(), &clock, quotas).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    let first = clerk.get("/v1/devices").await;
    assert_eq!(
        first.header("ratelimit-policy"),
        "\"client\";q=3;w=60, \"tenant-read\";q=3000;w=60"
    );
    assert!(
        first.header("ratelimit").starts_with("\"client\";r=2;t=20"),
        "{}",
        first.header("ratelimit")
    );
    let (passed, told) = until_refused(&clerk, "/v1/devices").await;
    assert!(passed >= 2, "{passed}");
    assert_eq!(told.code(), "quota_exceeded");
    assert_eq!(
        told.body["type"],
        "https://iana.org/assignments/http-problem-types#quota-exceeded"
    );
    assert_eq!(told.body["violated-policies"], json!(["client"]));
    let wait: u64 = told.header("retry-after").parse().unwrap();
    assert!((1..=20).contains(&wait));
    let other = Clerk::with(&sandbox, &clock, "devices:read").await;
    assert_eq!(other.get("/v1/devices").await.status, 200);
    sandbox.shutdown().await.unwrap();
}

/// OWN-04: neither a token that may nothing nor a flood of other orders keeps a release waiting.
#[tokio::test]
async fn nobody_uses_up_what_a_release_needs() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let quotas = Quotas {
        write: 1,
        ..Quotas::default()
    };
    let sandbox = with_quotas(dir.path(), &clock, quotas).await;
    let reader = Clerk::with(&sandbox, &clock, "devices:read").await;
    let clerk = Clerk::with(&sandbox, &clock, ALL).await;
    let path = |what: &str| format!("/v1/devices/{}/{what}", sandbox.device());
    for _ in 0..3 {
        assert_eq!(reader.act(&path("terms")).await.code(), "scope_missing");
    }
    // What is refused took nothing; what is allowed takes.
    assert_eq!(clerk.act(&path("terms")).await.status, 202);
    assert_eq!(clerk.act(&path("terms")).await.code(), "quota_exceeded");
    let release = json!({"lock_id": 1, "reason": "goodwill", "operator": "desk 4"});
    let told = clerk.post(&path("releases"), &release).await;
    assert_ne!(told.status, 429, "{:?}", told.body);
    assert!(!told.header("ratelimit-policy").contains("tenant-write"));
    sandbox.shutdown().await.unwrap();
}

/// PostgreSQL takes no NUL in a text: what is asked for by one is not there, and that is no fault of the server.
#[tokio::test]
async fn what_is_named_with_a_nul_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, &format!("{ALL} clients:manage locks:bulk")).await;
    for path in [
        "/v1/clients/%00",
        "/v1/bulk/%00",
        "/p/AAAA%00AAAA",
        "/p/%00/paid/A%00B",
    ] {
        assert_eq!(clerk.get(path).await.status, 404, "{path}");
    }
    let cursor = encode(b"1700000000000|\0");
    for path in ["/v1/devices", "/v1/claims", "/v1/bulk"] {
        let told = clerk.get(&format!("{path}?after={cursor}")).await;
        assert!([200, 400].contains(&told.status), "{path}: {:?}", told.body);
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn tokens_changes_phones_and_addresses_have_quotas_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let quotas = Quotas {
        token: 2,
        write: 1,
        device: 2,
        address: 5,
        ..Quotas::default()
    };
    let sandbox = with_quotas(dir.path(), &clock, quotas).await;
    let clerk = Clerk::with(&sandbox, &clock, ALL).await;
    let two = clerk.ask(&[]).await;
    assert!(two.status == 200 && two.header("ratelimit-policy") == "\"token\";q=2;w=60");
    let three = clerk.ask(&[]).await;
    assert_eq!(
        (three.status, &three.body["violated-policies"]),
        (429, &json!(["token"]))
    );
    let terms = format!("/v1/devices/{}/terms", sandbox.device());
    assert_eq!(clerk.act(&terms).await.status, 202);
    assert_eq!(
        clerk.act(&terms).await.body["violated-policies"],
        json!(["tenant-write"])
    );
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(phone.enrol(&code, sandbox.serial_hash()).await.status, 201);
    for status in [200, 200, 429] {
        assert_eq!(
            phone
                .post("/v1/device/check-in", &phone.check_in_body(0))
                .await
                .status,
            status
        );
    }
    // Failed proofs have the address's bucket; a good token goes on all the same.
    let thief = Clerk {
        token: "x".to_owned(),
        ..clerk.clone()
    };
    let mut seen = Vec::new();
    for _ in 0..9 {
        seen.push(thief.get("/v1/devices").await.status);
    }
    assert_eq!((seen[0], seen[8]), (401, 429), "{seen:?}");
    assert_eq!(clerk.get("/v1/devices").await.status, 200);
    sandbox.shutdown().await.unwrap();
}
