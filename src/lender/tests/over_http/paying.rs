//! The pay page on the other device, and what a payment does.

use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_lender::{Options, Sandbox};
use std::collections::HashMap;

pub async fn html(url: &str) -> String {
    let response = browser().get(url).send().await.unwrap();
    response.text().await.unwrap()
}

pub fn intent(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"intent\" value=\"").expect("a form");
    rest.split('"').next().unwrap().to_owned()
}

pub async fn press(url: &str, intent: &str, action: &str) -> (u16, String, String) {
    let form = HashMap::from([("intent", intent), ("action", action)]);
    let response = browser().post(url).form(&form).send().await.unwrap();
    let (status, at) = (response.status().as_u16(), response.url().to_string());
    (status, at, response.text().await.unwrap())
}

/// OWN-04: the payment's own transaction holds the release, and the waiting poll brings it.
#[tokio::test]
async fn a_payment_releases_the_lock_and_wakes_the_waiting_poll() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    clock.add(5);
    let poll = tokio::spawn(async move { (phone.check_in(55).await, phone) });
    let page = html(sandbox.pay_url()).await;
    let (status, at, paid) = press(sandbox.pay_url(), &intent(&page), "pay").await;
    assert_eq!(status, 200);
    assert!(at.contains("/paid/"), "{at}");
    assert!(paid.contains("Payment received"), "{paid}");

    let (answer, mut phone) = poll.await.unwrap();
    let kinds: Vec<_> = answer.orders.iter().map(|o| (o.seq.get(), typ(&o.jws))).collect();
    assert_eq!(kinds, [(5, typ::RELEASE.to_owned()), (6, typ::TERMS.to_owned())]);
    let release: Release = claims(&answer.orders[0].jws);
    assert_eq!((release.lock_id.get(), release.why), (1, Why::Paid));
    assert_eq!(
        release.instalments.iter().map(|n| n.get()).collect::<Vec<_>>(),
        [4]
    );
    assert_eq!(release.paid_at.unwrap().get(), clock.now());
    let terms: Terms = claims(&answer.orders[1].jws);
    assert_eq!(
        (terms.paid.get(), terms.due_now.get(), terms.terms_seq.get()),
        (1_300_000, 0, 2)
    );
    let status: Status = claims(&answer.status);
    assert_eq!((status.lock_id.get(), status.lock_state), (0, LockState::None));

    let (_, _, again) = press(sandbox.pay_url(), &intent(&page), "pay").await;
    assert!(again.contains("Payment received"), "the same payment");
    assert!(phone.check_in(0).await.orders.is_empty(), "booked once");
    let nothing = html(sandbox.pay_url()).await;
    assert!(
        nothing.contains("Nothing to pay now") && !nothing.contains("<form"),
        "{nothing}"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_payment_on_the_pay_page_stands_in_the_audit_once() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    Phone::locked(&sandbox, &clock).await;
    let told = async || {
        let rows = sandbox.desk().audit().await.unwrap();
        assert!(latchkey_lender::desk::whole(&rows));
        rows.into_iter()
            .map(|row| (row.action, row.operator, row.device))
            .collect::<Vec<_>>()
    };
    let shown = intent(&html(sandbox.pay_url()).await);
    press(sandbox.pay_url(), &shown, "decline").await;
    assert_eq!(told().await, [], "declined, nothing was taken");
    press(sandbox.pay_url(), &shown, "pay").await;
    press(sandbox.pay_url(), &shown, "pay").await;
    let row = ["payment.booked", "sandbox", sandbox.device().as_str()].map(str::to_owned);
    let [action, provider, device] = row;
    assert_eq!(told().await, [(action, provider, device)]);
    sandbox.shutdown().await.unwrap();
}

/// OWN-05: a phone that lost its record after paying hears of the release again, and of no lock.
#[tokio::test]
async fn after_a_payment_a_wiped_phone_hears_of_the_release_and_of_no_lock() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let page = html(sandbox.pay_url()).await;
    press(sandbox.pay_url(), &intent(&page), "pay").await;
    let answer = phone.check_in(0).await;
    phone.receipt(&answer.orders, "ok", None).await;
    for _ in 0..2 {
        phone.after = None;
        phone.lock_id = 0;
        let answer = phone.check_in(0).await;
        let kinds: Vec<_> = answer.orders.iter().map(|o| typ(&o.jws)).collect();
        assert_eq!(kinds, [typ::RELEASE, typ::TERMS]);
        phone.receipt(&answer.orders, "ok", None).await;
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_payment_before_the_lock_was_fetched_withdraws_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let page = html(sandbox.pay_url()).await;
    press(sandbox.pay_url(), &intent(&page), "pay").await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    phone.enrol(&code, sandbox.serial_hash()).await;
    let kinds: Vec<_> = phone
        .check_in(0)
        .await
        .orders
        .iter()
        .map(|o| typ(&o.jws))
        .collect();
    assert_eq!(
        kinds,
        [typ::NOTICE, typ::NOTICE, typ::TERMS, typ::RELEASE, typ::TERMS]
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_failed_payment_changes_nothing_and_can_be_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let page = html(sandbox.pay_url()).await;
    let (_, _, failed) = press(sandbox.pay_url(), &intent(&page), "fail").await;
    assert!(
        failed.contains("did not go through") && failed.contains("<form"),
        "{failed}"
    );
    assert!(phone.check_in(0).await.orders.is_empty());
    press(sandbox.pay_url(), &intent(&failed), "pay").await;
    assert_eq!(phone.check_in(0).await.orders.len(), 2);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_form_that_no_page_showed_pays_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let (_, _, stale) = press(sandbox.pay_url(), fresh_id().as_str(), "pay").await;
    assert!(stale.contains("open for too long"), "{stale}");
    assert!(phone.check_in(0).await.orders.is_empty());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_debt_is_paid_once_however_many_pages_show_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let (one, same) = (html(sandbox.pay_url()).await, html(sandbox.pay_url()).await);
    assert_eq!(intent(&one), intent(&same), "looking writes nothing");
    // A page that was opened long before has a form of its own.
    clock.add(13 * 3600);
    let late = html(sandbox.pay_url()).await;
    assert_ne!(intent(&one), intent(&late));
    let (one, late) = (intent(&one), intent(&late));
    let (a, b, c, d) = tokio::join!(
        press(sandbox.pay_url(), &one, "pay"),
        press(sandbox.pay_url(), &late, "pay"),
        press(sandbox.pay_url(), &one, "pay"),
        press(sandbox.pay_url(), &late, "pay"),
    );
    for answer in [a, b, c, d] {
        let told = answer.2;
        assert!(
            told.contains("Payment received") || told.contains("Nothing to pay now"),
            "{told}"
        );
    }
    let answer = phone.check_in(0).await;
    let terms: Terms = claims(&answer.orders.last().unwrap().jws);
    assert_eq!(terms.paid.get(), 1_300_000, "three instalments before, one now");
    sandbox.shutdown().await.unwrap();
}

/// OWN-06: nobody pays for a contract that is over.
#[tokio::test]
async fn a_settled_contract_takes_no_money() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let page = html(sandbox.pay_url()).await;
    sandbox.desk().settle().await.unwrap();
    let (_, at, told) = press(sandbox.pay_url(), &intent(&page), "pay").await;
    assert!(!at.contains("/paid/"), "{at}");
    assert!(
        !told.contains("Payment received") && !told.contains("<form"),
        "{told}"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_page_is_small_plain_and_loads_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = start(dir.path(), &Hand::at(T)).await;
    let response = browser().get(sandbox.pay_url()).send().await.unwrap();
    let headers = response.headers().clone();
    let page = response.text().await.unwrap();
    assert!(page.len() < 30_000, "{} bytes", page.len());
    assert!(page.contains("Sandbox") && page.contains("3,250.00") && page.contains("15 November 2026"));
    for forbidden in [
        "<script",
        "javascript:",
        "<img",
        "<link",
        "src=",
        " style=",
        " onclick",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert_eq!(headers["cache-control"], "no-store");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_wrong_link_says_so_and_small_letters_are_no_wrong_link() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = start(dir.path(), &Hand::at(T)).await;
    let wrong = browser()
        .get(format!("{}/p/23456789AB", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status().as_u16(), 404);
    assert!(wrong.text().await.unwrap().contains("does not work"));
    let (host, token) = sandbox.pay_url().rsplit_once('/').unwrap();
    assert!(
        html(&format!("{host}/{}", token.to_lowercase()))
            .await
            .contains("<form")
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn on_the_lan_there_is_the_pay_page_alone() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    // Another loopback address stands in for the one on the network.
    let options = Options {
        lan: Some("127.0.0.2".parse().unwrap()),
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    assert!(sandbox.pay_url().starts_with("http://127.0.0.2:"));
    assert!(html(sandbox.pay_url()).await.contains("<form"));
    let (host, _) = sandbox.pay_url().split_once("/p/").unwrap();
    let keys = browser().get(format!("{host}/v1/keys")).send().await.unwrap();
    assert_eq!(keys.status().as_u16(), 404);
    let phone = Phone::locked(&sandbox, &clock).await;
    assert!(phone.base.starts_with("http://127.0.0.1:"));
    sandbox.shutdown().await.unwrap();
}

pub async fn asked(url: &str, accepted: &str) -> (u16, String) {
    let request = browser().get(url).header("accept-language", accepted);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn the_page_speaks_the_browsers_language_or_the_chosen_one_and_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let _phone = Phone::locked(&sandbox, &clock).await;
    let url = sandbox.pay_url();
    let (_, page) = asked(url, "fr, hi-IN;q=0.8, en;q=0.5").await;
    assert!(
        page.contains(r#"<html lang="hi" dir="ltr">"#) && page.contains("15 नवंबर 2026"),
        "{page}"
    );
    assert!(
        page.contains(r#"action="""#),
        "nothing was chosen, nothing is carried: {page}"
    );
    let (_, page) = asked(&format!("{url}?lang=ar"), "hi").await;
    assert!(page.contains(r#"<html lang="ar" dir="rtl">"#), "{page}");
    assert!(page.contains(r#"action="?lang=ar""#), "{page}");
    let (_, page) = asked(&format!("{url}?lang=xx"), "").await;
    assert!(page.contains(r#"<html lang="en" dir="ltr">"#), "{page}");

    let chosen = format!("{url}?lang=ar");
    let (_, at, failed) = press(&chosen, &intent(&page), "fail").await;
    assert!(at.ends_with("?note=failed&lang=ar"), "{at}");
    assert!(failed.contains("لم تنجح الدفعة"), "{failed}");
    assert!(
        failed.contains("?note=failed&amp;lang=hi"),
        "another language keeps the news: {failed}"
    );
    let (_, at, paid) = press(&chosen, &intent(&failed), "pay").await;
    assert!(
        at.ends_with("?lang=ar") && paid.contains("وصلت الدفعة"),
        "{at} {paid}"
    );

    let wrong = format!("{}/p/23456789AB", sandbox.base_url());
    let (status, page) = asked(&wrong, "hi").await;
    assert!(status == 404 && page.contains("यह लिंक काम नहीं करता"), "{page}");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_receipt_stays_at_its_address_with_what_one_needs_to_ask_about_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let _phone = Phone::locked(&sandbox, &clock).await;
    let number = intent(&html(sandbox.pay_url()).await);
    assert_eq!(number.len(), 16, "{number}");
    let (_, at, _) = press(sandbox.pay_url(), &number, "pay").await;
    clock.add(400 * 86_400);
    for address in [at.clone(), at.replace(&number, &number.to_lowercase())] {
        let receipt = html(&address).await;
        let groups: Vec<&str> = (0..4).map(|n| &number[n * 4..n * 4 + 4]).collect();
        for kept in [
            "3,250.00",
            "Sandbox Lender",
            "25 November 2026",
            "16:30",
            &groups.join(" "),
            &at,
        ] {
            assert!(receipt.contains(kept), "{kept}: {receipt}");
        }
        assert!(!receipt.contains("<form"), "{receipt}");
    }
    let other = at.replace(&number, "23456789ABCDEFGH");
    assert_eq!(asked(&other, "en").await.0, 404);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn dates_stand_in_the_order_of_the_market() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        market: Some("us".into()),
        ..Hand::at(T).options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let page = html(sandbox.pay_url()).await;
    assert!(
        page.contains("November 15 2026") && page.contains("$3,250.00"),
        "{page}"
    );
    sandbox.shutdown().await.unwrap();
}

/// The policy's hash is that of the style which the page carries, or a browser would show it bare.
#[tokio::test]
async fn the_style_is_the_one_that_the_policy_allows() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::Digest as _;
    let dir = tempfile::tempdir().unwrap();
    let sandbox = start(dir.path(), &Hand::at(T)).await;
    let response = browser().get(sandbox.pay_url()).send().await.unwrap();
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    let page = response.text().await.unwrap();
    let style = page
        .split_once("<style>")
        .unwrap()
        .1
        .split_once("</style>")
        .unwrap()
        .0;
    let hash = STANDARD.encode(sha2::Sha256::digest(style));
    assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
    sandbox.shutdown().await.unwrap();
}
