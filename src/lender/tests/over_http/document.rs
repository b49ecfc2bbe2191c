//! The OpenAPI document and the server are one: every call of the document answers, no other one does, and what is
//! promised about each call holds.

use crate::clerk::*;
use crate::phone::*;
use latchkey_lender::scopes::Scope;
use latchkey_lender::{CardText, Options, Sandbox};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Every call: method, path, row.
fn calls(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let rows = paths.iter().flat_map(|(path, rows)| {
        let rows = rows.as_object().unwrap();
        rows.iter()
            .map(move |(method, row)| (method.to_uppercase(), path.clone(), row.clone()))
    });
    rows.collect()
}

fn document() -> Value {
    serde_json::from_str(&latchkey_lender::openapi()).unwrap()
}

pub fn all_scopes() -> String {
    Scope::ALL
        .iter()
        .map(|scope| scope.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A path with its parameters filled in.
fn filled(path: &str, value: &dyn Fn(&str) -> String) -> String {
    let parts = path.split('/').map(
        |part| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) => value(name),
            None => part.to_owned(),
        },
    );
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn every_call_that_is_not_open_to_all_names_its_proof_and_what_its_absence_is_told() {
    let document = document();
    let open = [
        "token", "getKeys", "getTime", "enrol", "payPage", "pay", "paidPage", "live", "ready", "metrics",
        "openapi", "docs",
    ];
    let mut seen = BTreeSet::new();
    for (method, _, row) in calls(&document) {
        let id = row["operationId"].as_str().unwrap();
        assert!(seen.insert(id.to_owned()), "{id} stands twice");
        assert!(row["summary"].as_str().unwrap().ends_with('.'), "{id}");
        if open.contains(&id) {
            assert!(row.get("security").is_none(), "{id}");
            continue;
        }
        assert!(
            !row["security"].as_array().unwrap().is_empty(),
            "{id} names no proof"
        );
        for status in ["401", "429"] {
            assert!(
                row["responses"][status]["content"].is_object(),
                "{id} does not name {status}"
            );
        }
        if row["security"][0].get("token").is_some() && method != "GET" {
            assert!(
                row["security"][0].get("signature").is_some(),
                "{id} changes something and is not signed"
            );
        }
    }
    assert!(open.iter().all(|id| seen.contains(*id)), "{seen:?}");
}

#[test]
fn every_shape_that_is_named_is_there_and_every_shape_is_named() {
    let document = document();
    let text = document.to_string();
    let shapes = document["components"]["schemas"].as_object().unwrap();
    for name in shapes.keys() {
        assert!(
            text.contains(&format!("\"#/components/schemas/{name}\"")),
            "{name} is named by nobody"
        );
    }
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name = text[at + 21..].split('"').next().unwrap();
        assert!(shapes.contains_key(name), "{name} is missing");
    }
    assert_eq!(document["openapi"], "3.1.0");
}

/// Scopes: the table of the document is the table of the code, and every call asks for scopes of it.
#[test]
fn every_scope_that_a_call_asks_for_stands_in_the_table() {
    let document = document();
    let table = &document["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["scopes"];
    assert_eq!(table.as_object().unwrap().len(), Scope::ALL.len());
    for (_, _, row) in calls(&document) {
        for scope in row["security"][0]["token"].as_array().into_iter().flatten() {
            assert!(table.get(scope.as_str().unwrap()).is_some(), "{scope}");
        }
    }
}

#[tokio::test]
async fn the_server_answers_every_call_of_its_document_and_no_other_method() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let quotas = latchkey_lender::Quotas {
        address: 10_000,
        address_pay: 10_000,
        address_token: 10_000,
        address_enrol: 10_000,
        address_open: 10_000,
        ..Default::default()
    };
    let options = Options {
        quotas,
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let served = browser()
        .get(format!("{}/openapi.json", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    let served = Told::of(served).await.body;
    assert_eq!(served["paths"], document()["paths"]);
    let calls = calls(&served);
    let paths: BTreeSet<_> = calls.iter().map(|(_, path, _)| path.clone()).collect();
    for path in &paths {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let url = format!("{}{}", sandbox.base_url(), filled(path, &|_| "nobody".to_owned()));
            let answer = browser()
                .request(method.parse().unwrap(), url)
                .send()
                .await
                .unwrap();
            let told = Told::of(answer).await;
            let known = calls.iter().any(|(m, p, _)| m == method && p == path);
            assert_eq!(told.status != 405, known, "{method} {path}: {}", told.status);
            assert!(told.status < 500, "{method} {path}: {:?}", told.body);
            let refused_as_problem = told.header("content-type") == "application/problem+json";
            let page_or_oauth = path.starts_with("/p/") || path.starts_with("/oauth2/");
            assert!(
                told.status < 400 || refused_as_problem || page_or_oauth,
                "{method} {path}"
            );
            if known && told.status >= 400 {
                let row = calls.iter().find(|(m, p, _)| m == method && p == path).unwrap();
                assert!(
                    row.2["responses"].get(told.status.to_string()).is_some(),
                    "{method} {path}: {} is not in the document",
                    told.status
                );
            }
        }
    }
    let nowhere = browser()
        .get(format!("{}/v1/nowhere", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(Told::of(nowhere).await.code(), "not_found");
    let page = browser()
        .get(format!("{}/docs", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    assert!(
        page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let page = page.text().await.unwrap();
    assert!(!page.contains("<script") && !page.contains("src="));
    for (_, _, row) in &calls {
        assert!(page.contains(&format!("id=\"{}\"", row["operationId"].as_str().unwrap())));
    }
    sandbox.shutdown().await.unwrap();
}

fn card() -> CardText {
    let text = |text: &str| text.to_owned();
    CardText {
        name: text("Acme Credit").try_into().unwrap(),
        address: text("1 Main Road").try_into().unwrap(),
        licence: text("L-2").try_into().unwrap(),
        hotline: "+9990100201".try_into().unwrap(),
        hours: text("Every day").try_into().unwrap(),
        payee: text("Acme Credit").try_into().unwrap(),
    }
}

/// A house of two lenders.
pub async fn two(dir: &Path, clock: &Hand) -> Sandbox {
    start(dir, clock).await.shutdown().await.unwrap();
    Sandbox::add_tenant(dir, clock.options(), "acme", &card())
        .await
        .unwrap();
    let twice = Sandbox::add_tenant(dir, clock.options(), "acme", &card()).await;
    assert_eq!(twice.unwrap_err().code(), "tenant_exists");
    let options = Options {
        webhooks_to_loopback: true,
        by_hand: true,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

/// A phone of the other lender, made by its own client.
pub async fn phone_of_acme(sandbox: &Sandbox, ours: &Clerk, theirs: &Clerk) -> Value {
    let read = ours
        .get(&format!("/v1/devices/{}/agreement", sandbox.device()))
        .await
        .body;
    let bytes = latchkey_core::envelope::decode(read["agreement"].as_str().unwrap().as_bytes()).unwrap();
    let mut agreement: Value = serde_json::from_slice(&bytes).unwrap();
    agreement["tenant"] = json!("acme");
    let agreement = latchkey_core::envelope::encode(agreement.to_string().as_bytes());
    let made = theirs.post("/v1/devices", &json!({"agreement": agreement})).await;
    assert_eq!(made.status, 201, "{:?}", made.body);
    made.body
}

/// Every call of the document with the other tenant's ids: always what an absent id is told, and nothing happens.
#[tokio::test]
async fn another_tenants_things_are_as_absent_as_what_was_never_there() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = two(dir.path(), &clock).await;
    let ours = Clerk::of(&sandbox, &clock, None, &all_scopes()).await;
    let theirs = Clerk::of(&sandbox, &clock, Some("acme"), &all_scopes()).await;
    let made = phone_of_acme(&sandbox, &ours, &theirs).await;
    assert_eq!(
        theirs.get("/v1/devices").await.body["devices"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let orders = format!("/v1/devices/{}/orders", made["device"].as_str().unwrap());
    let before = theirs.get(&orders).await.body;
    // Our own things that exist, as the other tenant would name them, and things that nobody has.
    let device = sandbox.device().as_str().to_owned();
    let rows = json!([{"device": sandbox.device(), "level": 1, "instalment": 4}]);
    let job = ours
        .post(
            "/v1/bulk/locks",
            &json!({"operator": "a", "reason": "b", "rows": rows}),
        )
        .await;
    let job = job.body["job"].as_str().unwrap().to_owned();
    let hook =
        json!({"url": "http://127.0.0.1:9/", "events": ["order.delivered"], "operator": "a", "reason": "b"});
    let hook = ours.post("/v1/webhooks", &hook).await.body["webhook"]
        .as_str()
        .unwrap()
        .to_owned();
    let claim = format!("{device}.{}", "A".repeat(22));
    let foreign = |name: &str| match name {
        "device" => device.clone(),
        "claim" => claim.clone(),
        "thumbprint" => thumbprint(&ours.key),
        "job" => job.clone(),
        "webhook" => hook.clone(),
        "client" => ours.client.clone(),
        _ => "A".repeat(22),
    };
    let absent = |name: &str| match name {
        "device" => "A".repeat(26),
        "claim" => format!("{}.{}", "A".repeat(26), "A".repeat(22)),
        "thumbprint" => "A".repeat(43),
        _ => "A".repeat(22),
    };
    let row = json!({"due": "2026-12-20", "minor": 325_000});
    let body = |id: &str| match id {
        "sendNotice" => json!({"notice_no": 1, "instalment": 4, "channels": ["sms"]}),
        "sendLock" => json!({"level": 1, "instalment": 4}),
        "sendRelease" => json!({"why": "goodwill"}),
        "sendGrace" => json!({"dur_s": 60}),
        "readCode" => json!({"slot": 1, "operator": "a", "reason": "b"}),
        "bookPayment" => json!({"minor": 1, "reference": "r"}),
        "sendPlan" => json!({"replaces": [4], "schedule": [row]}),
        "resolveClaim" => json!({"outcome": "accept"}),
        "replayMessage" => json!({"message": "m"}),
        "addKeyOfClient" => json!({"key": jwk(&ours.key), "operator": "a", "reason": "b"}),
        "approveBulk" | "cancelBulk" | "rotateWebhook" | "endClient" => {
            json!({"operator": "a", "reason": "b"})
        }
        "changeWebhook" => json!({"url": "https://192.0.2.1/", "events": ["order.delivered"],
            "operator": "a", "reason": "b"}),
        _ => json!({}),
    };
    let ask = async |clerk: &Clerk, method: &str, path: &str, body: &Value, has_body: bool| {
        if method == "GET" {
            return clerk.get(path).await;
        }
        let body = has_body.then_some(body);
        clerk
            .sign(method, path, body, &clerk.params())
            .with("if-match", "*")
            .send()
            .await
    };
    let mut walked = 0;
    for (method, path, row) in calls(&document()) {
        if row["security"][0].get("token").is_none() || !path.contains('{') {
            continue;
        }
        let id = row["operationId"].as_str().unwrap();
        let has_body = row.get("requestBody").is_some();
        let mut told = Vec::new();
        for path in [filled(&path, &foreign), filled(&path, &absent)] {
            told.push(ask(&theirs, &method, &path, &body(id), has_body).await);
        }
        for told in &mut told {
            assert_eq!(
                (told.status, told.code()),
                (404, "not_found"),
                "{id}: {:?}",
                told.body
            );
            told.body.as_object_mut().unwrap().remove("request_id");
        }
        assert_eq!(told[0].body, told[1].body, "{id} tells the two apart");
        walked += 1;
    }
    assert_eq!(
        ours.get("/v1/client").await.body["keys"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(walked >= 28, "{walked} calls with an id");
    // Lists hold nothing foreign, and nothing happened to anybody.
    assert_eq!(theirs.get(&orders).await.body, before);
    assert_eq!(theirs.get("/v1/claims").await.body["claims"], json!([]));
    assert_eq!(theirs.get("/v1/bulk").await.body["jobs"], json!([]));
    assert_eq!(theirs.get("/v1/webhooks").await.body["webhooks"], json!([]));
    for row in theirs.get("/v1/audit").await.body["rows"].as_array().unwrap() {
        assert_eq!(row["operator"], theirs.client);
    }
    // A tenant's clients are the tenant's alone.
    let known = theirs.get("/v1/clients").await.body;
    assert_eq!(known["clients"].as_array().unwrap().len(), 1);
    assert_eq!(known["clients"][0]["client"], theirs.client);
    let theirs_known = sandbox.clients(Some("acme")).unwrap().list().await.unwrap();
    assert_eq!(theirs_known.len(), 1);
    assert_eq!(
        sandbox
            .clients(None)
            .unwrap()
            .revoke(&theirs.client)
            .await
            .unwrap_err()
            .code(),
        "not_found"
    );
    sandbox.shutdown().await.unwrap();
}

/// Each lender signs with keys of its own, and its phones enrol and check in on the same server.
#[tokio::test]
async fn two_lenders_of_one_house_share_no_key() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = two(dir.path(), &clock).await;
    let ours = Clerk::of(&sandbox, &clock, None, &all_scopes()).await;
    let theirs = Clerk::of(&sandbox, &clock, Some("acme"), &all_scopes()).await;
    let made = phone_of_acme(&sandbox, &ours, &theirs).await;
    let bundle = async |query: &str| {
        let url = format!("{}/v1/keys{query}", sandbox.base_url());
        browser().get(url).send().await.unwrap().text().await.unwrap()
    };
    let (first, second) = (bundle("").await, bundle("?tenant=acme").await);
    let keys = |bundle: &str| {
        let payload = bundle
            .lines()
            .next()
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap()
            .to_owned();
        let claims: Value =
            serde_json::from_slice(&latchkey_core::envelope::decode(payload.as_bytes()).unwrap()).unwrap();
        let kids = claims["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].to_string());
        (
            claims["iss"].clone(),
            claims["card"]["name"].clone(),
            kids.collect::<BTreeSet<_>>(),
        )
    };
    let ((iss, _, ours_kids), (other, name, their_kids)) = (keys(&first), keys(&second));
    assert_eq!(
        (iss, other, name),
        (json!("sandbox"), json!("acme"), json!("Acme Credit"))
    );
    assert!(ours_kids.is_disjoint(&their_kids));
    // Signed time is each lender's own too: a phone believes the status key of its own root's key set alone.
    let nonce = fresh_id();
    for (query, kids) in [("", &ours_kids), ("&tenant=acme", &their_kids)] {
        let url = format!("{}/v1/time?nonce={nonce}{query}", sandbox.base_url());
        let token = browser().get(url).send().await.unwrap().text().await.unwrap();
        let header = latchkey_core::envelope::decode(token.split('.').next().unwrap().as_bytes()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        assert!(kids.contains(&header["kid"].to_string()), "{query}");
    }
    let mut phone = Phone::new(&sandbox, &clock);
    let told = phone
        .enrol(made["enrol_code"].as_str().unwrap(), sandbox.serial_hash())
        .await;
    assert_eq!(told.status, 201);
    assert_eq!(phone.device.as_ref().unwrap().as_str(), made["device"]);
    let device = format!("/v1/devices/{}", made["device"].as_str().unwrap());
    assert_eq!(
        theirs
            .post(&format!("{device}/releases"), &json!({"why": "error"}))
            .await
            .status,
        202
    );
    let answer = phone.check_in(0).await;
    assert_eq!(answer.orders.len(), 2, "terms and release");
    for order in &answer.orders {
        let header =
            latchkey_core::envelope::decode(order.jws.split('.').next().unwrap().as_bytes()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        assert!(their_kids.contains(&header["kid"].to_string()));
    }
    let url = format!("{}/v1/keys?tenant=nobody", sandbox.base_url());
    assert_eq!(browser().get(url).send().await.unwrap().status(), 404);
    sandbox.shutdown().await.unwrap();
}
