//! Paying, as somebody with a cheap phone does it.

use crate::driver::{Browser, Look};
use crate::phone::*;
use latchkey_core::order::claims::{Release, typ};

const CHEAP: Look = Look {
    width: 320,
    dark: false,
    language: "hi-IN,hi",
};

/// OWN-04: the form of a small page in Hindi ends in a release that the phone is offered.
#[tokio::test]
async fn a_payment_in_hindi_on_a_narrow_page_releases_the_phone() {
    let Some(browser) = Browser::start(CHEAP).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;

    browser.open(sandbox.pay_url()).await;
    assert!(browser.text().await.contains("अभी देना है"));
    browser.click("button[value=fail]", "[role=alert]").await;
    assert!(browser.text().await.contains("भुगतान नहीं हुआ"));
    assert!(phone.check_in(0).await.orders.is_empty(), "nothing was taken");
    browser.click("button[value=pay]", ".tick").await;
    let receipt = browser.text().await;
    assert!(
        receipt.contains("भुगतान मिल गया") && receipt.contains("3,250.00"),
        "{receipt}"
    );

    let orders = phone.check_in(0).await.orders;
    let release: Release = claims(&orders[0].jws);
    assert_eq!(
        (typ(&orders[0].jws), release.lock_id.get()),
        (typ::RELEASE.to_owned(), 1)
    );

    // Back: some browsers still have the form, and it is pressed once more.
    browser.back().await;
    let form = browser
        .run("return !!document.querySelector('button[value=pay]')")
        .await;
    if form == true {
        browser.click("button[value=pay]", ".tick").await;
        assert!(browser.text().await.contains("भुगतान मिल गया"));
    }
    browser.open(sandbox.pay_url()).await;
    assert!(browser.text().await.contains("अभी कुछ नहीं देना है"));
    let booked = sandbox.desk().payments().await.unwrap();
    assert_eq!(booked.iter().filter(|p| p.provider == "sandbox").count(), 1);
    assert_eq!(browser.console().await, Vec::<String>::new());
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_switch_turns_the_page_round_and_the_receipt_stays_in_that_language() {
    let Some(browser) = Browser::start(CHEAP).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let _phone = Phone::locked(&sandbox, &clock).await;
    browser.open(sandbox.pay_url()).await;
    browser.click("nav a[lang=ar]", "html[dir=rtl]").await;
    let sides = browser
        .run(
            "const side = (css) => document.querySelector(css).getBoundingClientRect();
             const [a, b] = [...document.querySelectorAll('nav a')].map(a => a.getBoundingClientRect().left);
             return [getComputedStyle(document.body).direction, a > b,
                     side('.no').left > side('.sum').left, innerWidth - side('h1').right < 40]",
        )
        .await;
    assert_eq!(sides, serde_json::json!(["rtl", true, true, true]));
    // An amount is not turned: its currency stays before its digits.
    let amount = browser
        .run(
            "const text = document.querySelector('.amount bdi').firstChild, range = document.createRange();
             const at = (n) => { range.setStart(text, n); range.setEnd(text, n + 1); return range.getBoundingClientRect().left };
             return at(0) < at(text.length - 1)",
        )
        .await;
    assert_eq!(amount, true);
    browser.click("button[value=pay]", ".tick").await;
    assert!(browser.text().await.contains("وصلت الدفعة"));
    browser.click(".more a", ".good:not(:has(.tick))").await;
    assert!(browser.text().await.contains("لا شيء للدفع الآن"));
    sandbox.shutdown().await.unwrap();
}
