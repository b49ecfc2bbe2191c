//! What a payment provider tells by itself: once, whatever it says, and never to lock.

use crate::phone::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use latchkey_core::order::claims::*;
use latchkey_core::order::values::{Level, No};
use latchkey_lender::Sandbox;
use serde_json::{Value, json};
use sha2::Sha256;
use std::path::Path;

/// A bank that signs what it tells.
pub struct Bank {
    url: String,
    secret: Vec<u8>,
    clock: Hand,
    told: u32,
}

impl Bank {
    pub fn of(sandbox: &Sandbox, dir: &Path, clock: &Hand) -> Bank {
        Bank::with(sandbox, &dir.join("lender/provider.json"), clock)
    }

    fn with(sandbox: &Sandbox, file: &Path, clock: &Hand) -> Bank {
        let file = std::fs::read(file).unwrap();
        let file: Value = serde_json::from_slice(&file).unwrap();
        let secret = file["secrets"][0]
            .as_str()
            .unwrap()
            .strip_prefix("whsec_")
            .unwrap();
        Bank {
            url: format!("http://{}/v1/providers/sandbox/events", sandbox.addr()),
            secret: STANDARD.decode(secret).unwrap(),
            clock: clock.clone(),
            told: 0,
        }
    }

    pub fn signed(&self, id: &str, body: &str, at: u64) -> reqwest::RequestBuilder {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).unwrap();
        mac.update(format!("{id}.{at}.{body}").as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        browser()
            .post(&self.url)
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", format!("v1,bm9uZQ== v1,{signature}"))
            .body(body.to_owned())
    }

    /// Status, and outcome or code.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> (u16, String) {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let told: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let word = told.get("outcome").or(told.get("code")).unwrap();
        (status, word.as_str().unwrap().to_owned())
    }

    pub async fn tell(&mut self, what: &str, reference: &str, about: &str, minor: u64) -> (u16, String) {
        self.told += 1;
        let body = body(what, reference, about, minor, "LKR");
        let request = self.signed(&format!("m-{}", self.told), &body, self.clock.now());
        self.send(request).await
    }
}

fn body(what: &str, reference: &str, about: &str, minor: u64, cur: &str) -> String {
    let data = json!({"reference": reference, "about": about, "minor": minor, "cur": cur});
    json!({"type": format!("payment.{what}"), "timestamp": "2026-11-25T16:30:00Z", "data": data}).to_string()
}

pub fn said(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

/// A locked phone, its lender, and a bank.
pub async fn three(dir: &Path, clock: &Hand) -> (Sandbox, Phone, Bank) {
    let sandbox = start(dir, clock).await;
    let phone = Phone::locked(&sandbox, clock).await;
    let bank = Bank::of(&sandbox, dir, clock);
    (sandbox, phone, bank)
}

pub const CONTRACT: &str = "SANDBOX-1";

/// OWN-04: what the bank confirms opens the phone, and the same payment told again changes nothing.
#[tokio::test]
async fn a_payment_that_the_bank_confirms_releases_once() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    let page = browser()
        .get(sandbox.pay_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let intent = page.split("name=\"intent\" value=\"").nth(1).unwrap();
    let intent = intent.split('"').next().unwrap();
    assert_eq!(
        bank.tell("paid", "p-1", intent, 325_000).await,
        said(200, "booked")
    );
    let orders = phone.check_in(0).await.orders;
    let release: Release = claims(&orders[0].jws);
    assert_eq!(
        (release.lock_id.get(), release.why, orders.len()),
        (1, Why::Paid, 2)
    );

    let again = bank.signed("m-1", &body("paid", "p-1", intent, 325_000, "LKR"), clock.now());
    assert_eq!(bank.send(again).await, said(200, "repeated"));
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(200, "repeated")
    );
    assert!(phone.check_in(0).await.orders.is_empty());
    assert_eq!(sandbox.desk().owed().await.unwrap().paid.get(), 4 * 325_000);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_the_bank_did_not_sign_now_is_not_believed() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, _phone, mut bank) = three(dir.path(), &clock).await;
    let good = body("paid", "p-1", CONTRACT, 325_000, "LKR");
    let old = bank.signed("m-1", &good, clock.now() - 301);
    assert_eq!(bank.send(old).await, said(401, "sig_invalid"));
    let changed = bank
        .signed("m-1", &good, clock.now())
        .body(good.replace("325000", "325001"));
    assert_eq!(bank.send(changed).await, said(401, "sig_invalid"));
    let plain = browser().post(&bank.url).body(good.clone());
    assert_eq!(bank.send(plain).await, said(401, "sig_invalid"));
    let secret = std::mem::replace(&mut bank.secret, vec![0; 32]);
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(401, "sig_invalid")
    );
    bank.secret = secret;
    assert_eq!(
        bank.tell("paid", "", CONTRACT, 325_000).await,
        said(400, "malformed")
    );
    assert_eq!(
        bank.tell("planned", "p-1", CONTRACT, 325_000).await,
        said(200, "ignored")
    );
    bank.url = bank.url.replace("sandbox", "other");
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(404, "not_found")
    );
    assert_eq!(sandbox.desk().owed().await.unwrap().paid.get(), 3 * 325_000);
    sandbox.shutdown().await.unwrap();
}

/// Who paid too much stands in a list, until the provider gave it back.
#[tokio::test]
async fn what_is_owed_back_is_listed_until_it_went_back() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, _phone, mut bank) = three(dir.path(), &clock).await;
    let clerk = crate::clerk::Clerk::with(&sandbox, &clock, "devices:read").await;
    let mut operator = crate::console::seat(&sandbox, "devices:read").await;
    let listed = async |path: &str| clerk.get(path).await.body;
    assert_eq!(listed("/v1/overpaid").await["payments"], json!([]));
    let left = 9 * 325_000;
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, left + 500).await,
        said(200, "overpaid")
    );
    clock.add(5);
    // Nothing is left: all of it is too much.
    assert_eq!(
        bank.tell("paid", "p-2", CONTRACT, 70_000).await,
        said(200, "overpaid")
    );
    let first = listed("/v1/overpaid?limit=1").await;
    let row = &first["payments"][0];
    assert_eq!(
        (&row["reference"], &row["back"], &row["minor"], &row["device"]),
        (
            &json!("p-1"),
            &json!(500),
            &json!(left + 500),
            &json!(sandbox.device())
        )
    );
    let second = listed(&format!(
        "/v1/overpaid?limit=1&after={}",
        first["next"].as_str().unwrap()
    ))
    .await;
    assert_eq!(second["payments"][0]["reference"], "p-2");
    assert_eq!(second.get("next"), None);
    assert_eq!(clerk.get("/v1/overpaid?after=x").await.code(), "bad_cursor");
    operator.get("/console/overpaid").await;
    assert!(
        operator.page.contains("Rs.\u{a0}5.00")
            && operator.page.contains("Rs.\u{a0}700.00")
            && operator.page.contains("SANDBOX-1"),
        "{}",
        operator.page
    );

    assert_eq!(
        bank.tell("refunded", "p-1", "", 200).await,
        said(200, "partial_refund")
    );
    assert_eq!(listed("/v1/overpaid").await["payments"][0]["back"], 300);
    assert_eq!(
        bank.tell("refunded", "p-1", "", 300).await,
        said(200, "partial_refund")
    );
    assert_eq!(
        bank.tell("refunded", "p-2", "", 70_000).await,
        said(200, "reversed")
    );
    assert_eq!(listed("/v1/overpaid").await["payments"], json!([]));
    operator.get("/console/overpaid").await;
    assert!(
        operator.page.contains("Nothing is owed back"),
        "{}",
        operator.page
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_part_opens_nothing_the_rest_does_and_more_goes_to_the_next_instalment() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 125_000).await,
        said(200, "booked")
    );
    let orders = phone.check_in(0).await.orders;
    assert_eq!(orders.len(), 1);
    assert_eq!(claims::<Terms>(&orders[0].jws).unlocks_now.get(), 200_000);
    assert_eq!(
        bank.tell("paid", "p-2", CONTRACT, 300_000).await,
        said(200, "booked")
    );
    let orders = phone.check_in(0).await.orders;
    assert_eq!(typ(&orders[0].jws), typ::RELEASE);
    let owed = sandbox.desk().owed().await.unwrap();
    assert_eq!((owed.rows[3].3.get(), owed.rows[4].3.get()), (325_000, 100_000));

    assert_eq!(
        bank.tell("paid", "p-3", CONTRACT, 2_500_001).await,
        said(200, "overpaid")
    );
    assert_eq!(sandbox.desk().owed().await.unwrap().left.get(), 0);
    let audit = sandbox.desk().audit().await.unwrap();
    let rows: Vec<_> = audit
        .iter()
        .map(|row| (row.action.as_str(), row.operator.as_str(), row.reason.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("payment.booked", "sandbox", "p-1"),
            ("payment.booked", "sandbox", "p-2"),
            ("payment.overpaid", "sandbox", "p-3")
        ]
    );
    assert!(audit.iter().all(|row| row.device == sandbox.device().as_str()));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn money_that_comes_after_the_end_is_kept_and_changes_no_phone() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    sandbox.desk().settle().await.unwrap();
    phone.check_in(0).await;
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(200, "booked")
    );
    assert_eq!(
        bank.tell("refunded", "p-1", "", 325_000).await,
        said(200, "reversed")
    );
    assert!(phone.check_in(0).await.orders.is_empty());
    assert_eq!(sandbox.desk().payments().await.unwrap().len(), 4);
    sandbox.shutdown().await.unwrap();
}

/// OWN-04: money that is taken back is owed again; a lock needs notices that are newer than the release, and their time.
#[tokio::test]
async fn money_that_is_taken_back_locks_nobody() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    assert_eq!(
        bank.tell("charged_back", "p-1", "", 325_000).await,
        said(404, "payment_unknown")
    );
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(200, "booked")
    );
    phone.check_in(0).await;
    assert_eq!(
        bank.tell("refunded", "p-1", "", 100).await,
        said(200, "partial_refund")
    );
    assert_eq!(
        bank.tell("charged_back", "p-1", "", 325_000).await,
        said(200, "reversed")
    );
    assert_eq!(
        bank.tell("refunded", "p-1", "", 325_000).await,
        said(200, "repeated")
    );
    let orders = phone.check_in(0).await.orders;
    assert_eq!((orders.len(), typ(&orders[0].jws).as_str()), (1, typ::TERMS));
    assert_eq!(claims::<Terms>(&orders[0].jws).due_now.get(), 325_000);
    let (level, no) = (Level::try_from(3).unwrap(), No::try_from(4).unwrap());
    let refused = sandbox.desk().lock(level, no).await.unwrap_err();
    assert_eq!(refused.code(), "p_notice_count");
    sandbox.shutdown().await.unwrap();
}

/// Two lenders of one house may number their contracts alike: each has a bank of its own.
#[tokio::test]
async fn a_bank_books_for_its_own_lender_alone() {
    use crate::clerk::Clerk;
    use crate::document::{all_scopes, phone_of_acme, two};
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = two(dir.path(), &clock).await;
    let ours = Clerk::of(&sandbox, &clock, None, &all_scopes()).await;
    let theirs = Clerk::of(&sandbox, &clock, Some("acme"), &all_scopes()).await;
    let phone = phone_of_acme(&sandbox, &ours, &theirs).await;
    let paid = async |clerk: &Clerk, device: &str| {
        let money = clerk.get(&format!("/v1/devices/{device}/timeline")).await.body;
        money["payments"].as_array().unwrap().len()
    };
    let (here, there) = (sandbox.device().as_str(), phone["device"].as_str().unwrap());
    let before = paid(&ours, here).await;
    let mut our_bank = Bank::of(&sandbox, dir.path(), &clock);
    our_bank.url.push_str("?tenant=acme");
    let (status, code) = our_bank.tell("paid", "p-1", CONTRACT, 325_000).await;
    assert_eq!((status, code.as_str()), (401, "sig_invalid"));
    let file = dir.path().join("lender/tenants/acme/provider.json");
    let mut bank = Bank::with(&sandbox, &file, &clock);
    let (status, _) = bank.tell("paid", "p-1", CONTRACT, 325_000).await;
    assert_eq!(status, 401, "without its name it is another lender's bank");
    bank.url.push_str("?tenant=acme");
    assert_eq!(
        bank.tell("paid", "p-1", CONTRACT, 325_000).await,
        said(200, "booked")
    );
    assert_eq!((paid(&ours, here).await, paid(&theirs, there).await), (before, 1));
    bank.url = bank.url.replace("acme", "nobody");
    assert_eq!(
        bank.tell("paid", "p-2", CONTRACT, 1).await,
        said(404, "not_found")
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn money_that_nobody_can_place_is_kept_for_a_clerk() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    assert_eq!(
        bank.tell("paid", "p-1", "NOBODY-7", 325_000).await,
        said(200, "unmatched")
    );
    let dollars = bank.signed("m-9", &body("paid", "p-2", CONTRACT, 325_000, "USD"), clock.now());
    assert_eq!(bank.send(dollars).await, said(200, "wrong_currency"));
    assert!(phone.check_in(0).await.orders.is_empty());
    let mut kept: Vec<_> = sandbox.desk().provider_events(10).await.unwrap();
    kept.sort_by(|a, b| a.reference.cmp(&b.reference));
    let told: Vec<_> = kept
        .iter()
        .map(|h| (h.outcome.as_str(), h.minor, h.about.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("unmatched", 325_000, "NOBODY-7"),
            ("wrong_currency", 325_000, CONTRACT)
        ]
    );
    sandbox.shutdown().await.unwrap();
}
