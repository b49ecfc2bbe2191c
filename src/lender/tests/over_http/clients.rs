//! Clients by the API: nobody gives what they have not, and nobody makes their own second pair of eyes.

use crate::clerk::*;
use crate::phone::*;
use ed25519_dalek::SigningKey;
use latchkey_lender::Sandbox;
use latchkey_lender::scopes::Scopes;
use serde_json::{Value, json};

fn new_client(key: &SigningKey, scopes: &[&str]) -> Value {
    json!({"name": "Shop", "scopes": scopes, "key": jwk(key), "operator": "it", "reason": "new shop"})
}

fn new_key(key: &SigningKey) -> Value {
    json!({"key": jwk(key), "operator": "it", "reason": "every quarter"})
}

/// A client that another one made, without a token yet.
fn made(by: &Clerk, told: &Told, key: SigningKey) -> Clerk {
    Clerk {
        client: told.body["client"].as_str().unwrap().to_owned(),
        key,
        token: String::new(),
        ..by.clone()
    }
}

async fn known(sandbox: &Sandbox) -> Vec<(String, Scopes, usize)> {
    let clients = sandbox.clients(None).unwrap().list().await.unwrap();
    let told = clients.into_iter();
    told.map(|client| (client.id, client.scopes, client.keys.len()))
        .collect()
}

#[tokio::test]
async fn a_client_is_made_listed_given_a_key_and_ended_by_another_one() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let manager = Clerk::with(&sandbox, &clock, "clients:manage devices:read grace:write").await;
    let key = fresh_key();
    let told = manager
        .post("/v1/clients", &new_client(&key, &["devices:read"]))
        .await;
    assert_eq!(told.status, 201, "{:?}", told.body);
    assert_eq!(
        (&told.body["scope"], &told.body["created"], told.body.get("ended")),
        (&json!("devices:read"), &json!(clock.now()), None)
    );
    let mut shop = made(&manager, &told, key);
    shop.renew().await;
    assert_eq!(shop.get("/v1/devices").await.status, 200);
    assert_eq!(shop.get("/v1/clients").await.code(), "scope_missing");

    let first = manager.get("/v1/clients?limit=1").await.body;
    let next = first["next"].as_str().unwrap();
    let second = manager
        .get(&format!("/v1/clients?limit=1&after={next}"))
        .await
        .body;
    let mut both = [&first, &second].map(|page| page["clients"][0]["client"].as_str().unwrap());
    both.sort_unstable();
    let mut all = [manager.client.as_str(), shop.client.as_str()];
    all.sort_unstable();
    assert_eq!((both, second.get("next")), (all, None));
    assert_eq!(manager.get("/v1/clients?after=x").await.code(), "bad_cursor");

    let path = format!("/v1/clients/{}", shop.client);
    let mut next = Clerk {
        key: fresh_key(),
        ..shop.clone()
    };
    let told = manager.post(&format!("{path}/keys"), &new_key(&next.key)).await;
    assert_eq!(
        (told.status, told.body["keys"].as_array().unwrap().len()),
        (201, 2)
    );
    next.renew().await;
    let retire = async |key: &SigningKey| {
        let path = format!("{path}/keys/{}", thumbprint(key));
        manager
            .sign("DELETE", &path, None, &manager.params())
            .send()
            .await
            .status
    };
    assert_eq!((retire(&shop.key).await, retire(&shop.key).await), (204, 404));
    assert_eq!(shop.get("/v1/devices").await.code(), "token_invalid");
    assert_eq!(next.get("/v1/devices").await.status, 200);

    let by = json!({"operator": "it", "reason": "the shop is closed"});
    let told = manager.post(&format!("{path}/end"), &by).await;
    assert_eq!((told.status, &told.body["ended"]), (200, &json!(clock.now())));
    assert_eq!(next.get("/v1/devices").await.code(), "token_invalid");
    assert_eq!(next.ask(&[]).await.body["error"], "invalid_client");
    assert_eq!(manager.get(&path).await.body, told.body);
    let told = manager
        .post(&format!("{path}/keys"), &new_key(&fresh_key()))
        .await;
    assert_eq!((told.status, told.code()), (409, "client_ended"));

    let own = format!("/v1/clients/{}", manager.client);
    assert_eq!(
        manager.post(&format!("{own}/end"), &by).await.code(),
        "own_client"
    );
    let last = format!("{own}/keys/{}", thumbprint(&manager.key));
    let told = manager
        .sign("DELETE", &last, None, &manager.params())
        .send()
        .await;
    assert_eq!((told.status, told.code()), (409, "last_key"));
    assert_eq!(manager.get(&own).await.status, 200);

    let rows = sandbox.desk().audit().await.unwrap();
    let by = format!("it via {}", manager.client);
    let told: Vec<_> = rows.iter().filter(|row| row.operator == by).collect();
    let told: Vec<_> = told
        .iter()
        .map(|row| (row.action.as_str(), row.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("client.add", "new shop"),
            ("client.key.add", "every quarter"),
            ("client.revoke", "the shop is closed")
        ]
    );
    sandbox.shutdown().await.unwrap();
}

/// A key that was retired was lost, or is known to others: it never comes back.
#[tokio::test]
async fn a_retired_key_is_not_taken_again_and_the_audit_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let manager = Clerk::with(&sandbox, &clock, "clients:manage devices:read").await;
    let key = fresh_key();
    let made = manager
        .post("/v1/clients", &new_client(&key, &["devices:read"]))
        .await;
    assert_eq!(made.status, 201, "{:?}", made.body);
    let client = made.body["client"].as_str().unwrap();
    let keys = format!("/v1/clients/{client}/keys");
    let one = format!("{keys}/{}", thumbprint(&key));
    let told = manager.sign("DELETE", &one, None, &manager.params()).send().await;
    assert_eq!(told.status, 204, "{:?}", told.body);
    let told = manager.post(&keys, &new_key(&key)).await;
    assert_eq!((told.status, told.code()), (409, "key_retired"));
    let audit = sandbox.desk().audit().await.unwrap();
    let deed = audit
        .iter()
        .find(|row| row.action == "retireKeyOfClient")
        .unwrap();
    assert!(
        deed.reason.contains(client) && deed.reason.contains(&thumbprint(&key)),
        "{}",
        deed.reason
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn nobody_gives_a_scope_that_they_do_not_hold() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut manager = Clerk::with(&sandbox, &clock, "clients:manage devices:read settle:write").await;
    let strong = Clerk::with(&sandbox, &clock, "locks:write").await;
    let before = known(&sandbox).await;
    let told = manager
        .post(
            "/v1/clients",
            &new_client(&fresh_key(), &["devices:read", "locks:write"]),
        )
        .await;
    assert_eq!(
        (told.status, told.code(), &told.body["scope"]),
        (403, "scope_missing", &json!("locks:write"))
    );
    // A key of theirs would be a scope of theirs.
    let keys = format!("/v1/clients/{}/keys", strong.client);
    let told = manager.post(&keys, &new_key(&fresh_key())).await;
    assert_eq!((told.status, told.code()), (403, "scope_missing"));
    // Nor what the client has, but this token was not asked for.
    let narrow = manager.ask(&[("scope", "clients:manage")]).await;
    let wide = std::mem::replace(
        &mut manager.token,
        narrow.body["access_token"].as_str().unwrap().to_owned(),
    );
    let told = manager
        .post("/v1/clients", &new_client(&fresh_key(), &["settle:write"]))
        .await;
    assert_eq!((told.status, told.code()), (403, "scope_missing"));
    manager.token = wide;
    let mut bad = new_client(&fresh_key(), &["devices:read"]);
    bad["key"]["crv"] = json!("X25519");
    let told = manager.post("/v1/clients", &bad).await;
    assert_eq!(
        (told.code(), &told.body["errors"][0]["pointer"]),
        ("unsupported_key", &json!("/key"))
    );
    for (scopes, pointer) in [(json!(["everything"]), "/scopes/0"), (json!([]), "/scopes")] {
        let mut bad = new_client(&fresh_key(), &[]);
        bad["scopes"] = scopes;
        let told = manager.post("/v1/clients", &bad).await;
        assert_eq!(told.body["errors"][0]["pointer"], pointer, "{:?}", told.body);
    }
    assert_eq!(known(&sandbox).await, before, "nothing was done");
    // Whoever manages ends what is stronger: a stolen key must not wait for its equal.
    let by = json!({"operator": "it", "reason": "stolen"});
    let end = format!("/v1/clients/{}/end", strong.client);
    assert_eq!(manager.post(&end, &by).await.status, 200);
    assert_eq!(strong.get("/v1/client").await.code(), "token_invalid");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn who_approves_locks_makes_nobody_who_asks_for_them() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let scopes = "clients:manage devices:read locks:write locks:bulk locks:approve";
    let mut chief = Clerk::with(&sandbox, &clock, scopes).await;
    let asks = Clerk::with(&sandbox, &clock, "locks:bulk").await;
    let before = known(&sandbox).await;
    for narrow in [None, Some("clients:manage locks:write locks:bulk")] {
        if let Some(narrow) = narrow {
            let told = chief.ask(&[("scope", narrow)]).await;
            chief.token = told.body["access_token"].as_str().unwrap().to_owned();
        }
        for scope in ["locks:write", "locks:bulk"] {
            let told = chief
                .post("/v1/clients", &new_client(&fresh_key(), &[scope]))
                .await;
            assert_eq!((told.status, told.code()), (403, "four_eyes"), "{scope}");
        }
        let keys = format!("/v1/clients/{}/keys", asks.client);
        let told = chief.post(&keys, &new_key(&fresh_key())).await;
        assert_eq!((told.status, told.code()), (403, "four_eyes"));
    }
    chief.renew().await;
    let told = chief
        .post("/v1/clients", &new_client(&fresh_key(), &["locks:approve"]))
        .await;
    assert_eq!((told.status, told.code()), (403, "four_eyes"));
    assert_eq!(known(&sandbox).await, before, "nothing was done");
    let told = chief
        .post("/v1/clients", &new_client(&fresh_key(), &["devices:read"]))
        .await;
    assert_eq!(told.status, 201, "{:?}", told.body);
    sandbox.shutdown().await.unwrap();
}
