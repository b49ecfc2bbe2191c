//! Money that goes back: what payer, clerk and operator see of it.

use crate::careful::Careful;
use crate::clerk::Clerk;
use crate::console::seat;
use crate::paying::{html, intent, press};
use crate::phone::*;
use crate::providers::{CONTRACT, said, three};
use latchkey_core::order::claims::{Release, typ};
use latchkey_lender::{Options, Sandbox};
use serde_json::json;

/// OWN-04: whoever kept the receipt's address reads there what became of the payment, and what to do.
#[tokio::test]
async fn the_receipt_of_a_payment_that_was_taken_back_says_so_and_what_to_do() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let _phone = Phone::locked(&sandbox, &clock).await;
    let number = intent(&html(sandbox.pay_url()).await);
    let (_, at, _) = press(sandbox.pay_url(), &number, "pay").await;
    clock.add(3 * 86_400);
    let payment = sandbox.desk().payments().await.unwrap().pop().unwrap();
    sandbox.desk().charge_back(&payment.payment).await.unwrap();
    for (language, title, day, next) in [
        (
            "en",
            "This payment was taken back",
            "28 November 2026",
            "is to be paid again",
        ),
        ("hi", "यह भुगतान वापस ले लिया गया", "28 नवंबर 2026", "फिर देनी है"),
        ("ar", "استُرجعت هذه الدفعة", "28 نوفمبر 2026", "من جديد"),
    ] {
        let receipt = html(&format!("{at}?lang={language}")).await;
        for told in [title, day, next, "<s>", "3,250.00", &at] {
            assert!(receipt.contains(told), "{told}: {receipt}");
        }
        assert!(!receipt.contains("class=\"tick\""), "{receipt}");
        assert!(receipt.len() < 30_000, "{} bytes", receipt.len());
    }
    // The form of the old page pays nothing twice: the payer reads the sum of today first.
    let (_, stale, page) = press(sandbox.pay_url(), &number, "pay").await;
    assert!(
        stale.ends_with("note=stale") && intent(&page) != number,
        "{stale} {page}"
    );
    let (_, paid, _) = press(sandbox.pay_url(), &intent(&page), "pay").await;
    assert!(html(&paid).await.contains("Payment received"));
    assert!(
        html(&at).await.contains("This payment was taken back"),
        "the old one stays as it is"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn parts_that_are_given_back_are_shown_and_all_of_them_take_the_payment_back() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, mut phone, mut bank) = three(dir.path(), &clock).await;
    let desk = sandbox.desk();
    let clerk = Clerk::of(&sandbox, &clock, None, "devices:read releases:write terms:write").await;
    let timeline = format!("/v1/devices/{}/timeline", sandbox.device());
    let number = intent(&html(sandbox.pay_url()).await);
    let (_, at, _) = press(sandbox.pay_url(), &number, "pay").await;
    phone.check_in(0).await;
    clock.add(60);
    assert_eq!(
        bank.tell("refunded", &number, "", 100_000).await,
        said(200, "partial_refund")
    );
    let told = clerk.get(&timeline).await.body;
    let payment = told["payments"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&payment["refunded"], payment.get("reversed_at")),
        (&json!(100_000), None)
    );
    assert_eq!(desk.payments().await.unwrap().last().unwrap().refunded, 100_000);
    assert_eq!(told["paid"], 4 * 325_000, "what is owed waits for a clerk");
    let receipt = html(&at).await;
    for told in ["Given back of it", "1,000.00", "16:31", "Payment received"] {
        assert!(receipt.contains(told), "{told}: {receipt}");
    }
    let mut operator = seat(&sandbox, "devices:read").await;
    operator.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        operator.page.contains("1,000.00</bdi> given back: decide"),
        "{}",
        operator.page
    );

    assert_eq!(
        bank.tell("refunded", &number, "", 225_000).await,
        said(200, "reversed")
    );
    let told = clerk.get(&timeline).await.body;
    assert_eq!(
        (&told["due_now"], &told["paid"]),
        (&json!(325_000), &json!(3 * 325_000))
    );
    assert!(html(&at).await.contains("This payment was taken back"));
    operator.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        operator.page.contains("taken back Wed, 25 Nov 2026"),
        "{}",
        operator.page
    );
    // A clerk who books it again by the old number is told.
    let again = json!({"minor": 325_000, "reference": number});
    let told = clerk
        .post(&format!("/v1/devices/{}/payments", sandbox.device()), &again)
        .await;
    assert_eq!((told.status, told.code()), (409, "taken_back"), "{:?}", told.body);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn money_that_nobody_could_place_is_listed_until_it_went_back() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let (sandbox, _phone, mut bank) = three(dir.path(), &clock).await;
    let clerk = Clerk::of(&sandbox, &clock, None, "devices:read").await;
    assert_eq!(
        bank.tell("paid", "p-1", "NOBODY-7", 325_000).await,
        said(200, "unmatched")
    );
    assert_eq!(
        bank.tell("paid", "p-2", CONTRACT, 1_000).await,
        said(200, "booked")
    );
    let outcomes = async |query: &str| {
        let list = clerk.get(&format!("/v1/provider-events?{query}")).await;
        assert_eq!(list.status, 200, "{:?}", list.body);
        let rows = list.body["events"].as_array().unwrap().clone();
        let rows = rows
            .iter()
            .map(|row| format!("{} {}", row["reference"], row["outcome"]).replace('"', ""));
        (
            rows.collect::<Vec<_>>(),
            list.body["next"].as_str().map(str::to_owned),
        )
    };
    assert_eq!(outcomes("open=true").await.0, ["p-1 unmatched"]);
    clock.add(60);
    assert_eq!(
        bank.tell("refunded", "p-1", "", 25_000).await,
        said(200, "partial_refund")
    );
    assert_eq!(
        outcomes("open=true").await.0,
        ["p-1 partial_refund", "p-1 unmatched"]
    );
    clock.add(60);
    assert_eq!(
        bank.tell("refunded", "p-1", "", 300_000).await,
        said(200, "returned")
    );
    assert_eq!(outcomes("open=true").await.0, ["p-1 partial_refund"]);
    let (first, next) = outcomes("limit=2").await;
    assert_eq!(first, ["p-1 returned", "p-1 partial_refund"]);
    let (rest, end) = outcomes(&format!("limit=2&after={}", next.unwrap())).await;
    assert_eq!(
        (rest, end),
        (vec!["p-1 returned".to_owned(), "p-2 booked".to_owned()], None)
    );
    assert_eq!(
        clerk.get("/v1/provider-events?after=x").await.code(),
        "bad_cursor"
    );
    assert_eq!(
        bank.tell("refunded", "p-9", "", 1).await,
        said(404, "payment_unknown")
    );
    sandbox.shutdown().await.unwrap();
}

/// OWN-04: with several instalments late and no lock, a payment spends the notices of the one that it clears.
#[tokio::test]
async fn a_payment_taken_back_locks_nobody_on_old_notices_though_more_was_due() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = Options {
        phones: 1,
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let scopes = "devices:read devices:enrol terms:write locks:write releases:write";
    let mut clerk = Clerk::with(&sandbox, &clock, scopes).await;
    let list = clerk.get("/v1/devices").await.body;
    let rows = list["devices"].as_array().unwrap();
    let late = rows
        .iter()
        .find(|row| row["contract"] == "SANDBOX-LATE-1")
        .unwrap();
    let device = format!("/v1/devices/{}", late["device"].as_str().unwrap());
    let code = clerk.act(&format!("{device}/enrol-codes")).await.body;
    let code = code["enrol_code"].as_str().unwrap();
    let mut phone = Careful::enrolled_with(&sandbox, &clock, code, &fresh_serial()).await;
    phone.check_in().await;
    clock.add(60);
    let paid = json!({"reference": "c-1", "minor": 325_000});
    let told = clerk.post(&format!("{device}/payments"), &paid).await;
    assert_eq!((told.status, &told.body["released"]), (201, &json!(true)));
    let (locks, first) = (format!("{device}/locks"), json!({"level": 1, "instalment": 1}));
    assert_eq!(clerk.post(&locks, &first).await.code(), "nothing_owed");
    let orders = phone.check_in().await.orders;
    let released = orders.iter().filter(|order| typ(&order.jws) == typ::RELEASE);
    let cleared: Vec<Release> = released.map(|order| claims(&order.jws)).collect();
    assert_eq!(
        (
            cleared.len(),
            cleared[0].lock_id.get(),
            &cleared[0].instalments[..]
        ),
        (1, 0, &[1.try_into().unwrap()][..])
    );
    let timeline = clerk.get(&format!("{device}/timeline")).await.body;
    let payment = timeline["payments"].as_array().unwrap().last().unwrap()["payment"].clone();
    let back = format!("{device}/payments/{}/reverse", payment.as_str().unwrap());
    assert_eq!(clerk.act(&back).await.status, 202);
    clock.add(60);
    let early = clerk.post(&locks, &first).await;
    assert_eq!(
        (early.status, early.code()),
        (422, "p_notice_count"),
        "{:?}",
        early.body
    );
    // New notices and their time make it lawful, for the phone too.
    for (notice_no, days) in [(1, 7), (2, 3)] {
        clerk.renew().await;
        let notice = json!({"notice_no": notice_no, "instalment": 1, "channels": ["sms"]});
        assert_eq!(
            clerk.post(&format!("{device}/notices"), &notice).await.status,
            202
        );
        phone.check_in().await;
        clock.add(days * 86_400);
    }
    clerk.renew().await;
    assert_eq!(clerk.post(&locks, &first).await.status, 202);
    phone.check_in().await;
    assert_eq!(phone.state.lock_id(), Some(1));
    assert!(phone.told().is_empty());
    sandbox.shutdown().await.unwrap();
}
