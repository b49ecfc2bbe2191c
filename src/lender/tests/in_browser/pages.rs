//! Every page of the payer, in every language, light and dark: what fits, what is readable, what is held back.

use crate::driver::{Browser, Look, axe, rules};
use crate::phone::*;
use latchkey_lender::Sandbox;
use serde_json::json;

const LANGUAGES: [&str; 3] = ["en", "hi", "ar"];

/// A sandbox, and the pages that it can show: name and address without a language.
async fn pages(dir: &std::path::Path) -> (Sandbox, Vec<(&'static str, String)>) {
    let clock = Hand::at(T);
    let sandbox = start(dir, &clock).await;
    let url = sandbox.pay_url().to_owned();
    let pages = vec![
        ("pay", format!("{url}?")),
        ("failed", format!("{url}?note=failed&")),
        ("stale", format!("{url}?note=stale&")),
        ("unknown", format!("{}/p/23456789AB?", sandbox.base_url())),
    ];
    (sandbox, pages)
}

/// Another sandbox whose debt was paid: what is kept, and what is left.
async fn paid(dir: &std::path::Path) -> (Sandbox, Vec<(&'static str, String)>) {
    let clock = Hand::at(T);
    let sandbox = start(dir, &clock).await;
    let page = browser()
        .get(sandbox.pay_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let intent = page
        .split_once("name=\"intent\" value=\"")
        .unwrap()
        .1
        .split('"')
        .next()
        .unwrap();
    let form = [("intent", intent), ("action", "pay")];
    let paid = browser()
        .post(sandbox.pay_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    let pages = vec![
        ("receipt", format!("{}?", paid.url())),
        ("nothing", format!("{}?", sandbox.pay_url())),
    ];
    (sandbox, pages)
}

/// Two whose money went back: the whole, and a part of it.
async fn back(dir: &std::path::Path) -> (Sandbox, Vec<(&'static str, String)>) {
    let (sandbox, mut pages) = paid(dir).await;
    pages.truncate(1);
    let payment = sandbox.desk().payments().await.unwrap().pop().unwrap();
    sandbox.desk().charge_back(&payment.payment).await.unwrap();
    pages[0].0 = "back";
    (sandbox, pages)
}

async fn part(dir: &std::path::Path) -> (Sandbox, Vec<(&'static str, String)>) {
    let (sandbox, mut pages) = paid(dir).await;
    pages.truncate(1);
    pages[0].0 = "refund";
    change(
        dir,
        "INSERT INTO provider_events (tenant, provider, message, kind, reference, minor, currency, about, outcome, told_ms)
         SELECT tenant, provider, 'm-1', 'refunded', reference, 100000, 'LKR', '', 'partial_refund', paid_ms + 60000
         FROM payments WHERE provider = 'sandbox'",
    )
    .await;
    (sandbox, pages)
}

/// One whose contract is over.
async fn over(dir: &std::path::Path) -> (Sandbox, Vec<(&'static str, String)>) {
    let sandbox = start(dir, &Hand::at(T)).await;
    sandbox.desk().settle().await.unwrap();
    let pages = vec![("settled", format!("{}?", sandbox.pay_url()))];
    (sandbox, pages)
}

pub async fn change(dir: &std::path::Path, sql: &'static str) {
    let file = format!("sqlite:{}", dir.join("lender/lender.db").display());
    let store = sqlx::SqlitePool::connect(&file).await.unwrap();
    sqlx::query(sql).execute(&store).await.unwrap();
    store.close().await;
}

/// Every page, with the sandboxes that show them.
struct All {
    sandboxes: Vec<Sandbox>,
    pages: Vec<(&'static str, String)>,
    _dirs: Vec<tempfile::TempDir>,
}

async fn all() -> All {
    let dirs: Vec<_> = (0..7).map(|_| tempfile::tempdir().unwrap()).collect();
    let mut all = All {
        sandboxes: Vec::new(),
        pages: Vec::new(),
        _dirs: Vec::new(),
    };
    for (sandbox, pages) in [
        pages(dirs[0].path()).await,
        paid(dirs[1].path()).await,
        over(dirs[2].path()).await,
        back(dirs[5].path()).await,
        part(dirs[6].path()).await,
    ] {
        all.sandboxes.push(sandbox);
        all.pages.extend(pages);
    }
    // Sums at the end of what can be written, and of every length: `Minor` ends at 10^12.
    let sandbox = start(dirs[3].path(), &Hand::at(T)).await;
    change(
        dirs[3].path(),
        "UPDATE instalments SET minor = 900000000000 WHERE no > 3 AND no < 5",
    )
    .await;
    all.pages.push(("huge", format!("{}?", sandbox.pay_url())));
    all.sandboxes.push(sandbox);
    let sandbox = start(dirs[4].path(), &Hand::at(T)).await;
    change(dirs[4].path(), "UPDATE contracts SET agreement = 'x'").await;
    all.pages.push(("trouble", format!("{}?", sandbox.pay_url())));
    all.sandboxes.push(sandbox);
    all._dirs = dirs;
    all
}

const NARROW: Look = Look {
    width: 320,
    dark: false,
    language: "en",
};

#[tokio::test]
async fn nothing_stands_over_the_edge_and_nothing_is_held_back() {
    let Some(browser) = Browser::start(NARROW).await else {
        return;
    };
    let all = all().await;
    for (name, url) in &all.pages {
        for language in LANGUAGES {
            for (width, dark) in [(320, false), (320, true), (360, false), (1280, false)] {
                browser.look(width, dark).await;
                browser.open(&format!("{url}lang={language}")).await;
                let shot = format!("{name}-{language}-{width}{}", if dark { "-dark" } else { "" });
                browser.picture(&shot).await;
                assert_eq!(browser.overflowing().await, json!([]), "{shot}");
                let broken = browser
                    .run(
                        "return [...document.querySelectorAll('.amount, .sum, .call a')]
                           .filter(e => e.getClientRects().length > 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
                           .map(e => e.textContent)",
                    )
                    .await;
                assert_eq!(broken, json!([]), "an amount that breaks: {shot}");
            }
        }
        // The page of a damaged store is a 500, which Chromium itself writes into its console; of a wrong link, a 404.
        let expected = matches!(*name, "unknown" | "trouble");
        for line in browser.console().await {
            assert!(
                expected && line.contains("Failed to load resource"),
                "{name}: {line}"
            );
        }
    }
    for sandbox in all.sandboxes {
        sandbox.shutdown().await.unwrap();
    }
}

#[tokio::test]
async fn text_twice_as_large_still_fits_a_phone() {
    let Some(browser) = Browser::start(NARROW).await else {
        return;
    };
    let all = all().await;
    browser.look(360, false).await;
    for (name, url) in all.pages.iter().filter(|(name, _)| *name != "huge") {
        for language in LANGUAGES {
            browser.open(&format!("{url}lang={language}")).await;
            browser
                .run("document.documentElement.style.fontSize = '200%'")
                .await;
            browser.picture(&format!("{name}-{language}-360-200")).await;
            assert_eq!(browser.overflowing().await, json!([]), "{name} {language}");
        }
    }
    for sandbox in all.sandboxes {
        sandbox.shutdown().await.unwrap();
    }
}

/// Roles, names, order of headings, targets, and text at 7:1, by the rules of axe-core.
#[tokio::test]
async fn every_page_is_clean_by_the_rules_of_axe_in_every_language_light_and_dark() {
    let Some(browser) = Browser::start(NARROW).await else {
        return;
    };
    let Some(axe) = axe() else { return };
    let all = all().await;
    let judge = rules(&axe);
    for (name, url) in &all.pages {
        for language in LANGUAGES {
            for dark in [false, true] {
                browser.look(320, dark).await;
                browser.open(&format!("{url}lang={language}")).await;
                assert_eq!(
                    browser.later(&judge).await,
                    json!([]),
                    "{name} {language} dark: {dark}"
                );
            }
        }
    }
    for sandbox in all.sandboxes {
        sandbox.shutdown().await.unwrap();
    }
}

/// On paper and on a screen alike it is plain that the money went back.
#[tokio::test]
async fn a_receipt_of_money_that_went_back_prints_on_one_page_and_says_so() {
    let Some(browser) = Browser::start(NARROW).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let parts = tempfile::tempdir().unwrap();
    let (sandbox, pages) = back(dir.path()).await;
    let (other, refunds) = part(parts.path()).await;
    for language in LANGUAGES {
        browser.look(320, true).await;
        browser.open(&format!("{}lang={language}", refunds[0].1)).await;
        let pdf = browser.print().await;
        assert_eq!(
            String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count(),
            1,
            "{language}"
        );
        browser.open(&format!("{}lang={language}", pages[0].1)).await;
        let pdf = browser.print().await;
        let text = String::from_utf8_lossy(&pdf);
        assert_eq!(text.matches("/Type /Page\n").count(), 1, "{language}");
        if let Ok(folder) = std::env::var("LATCHKEY_SHOTS") {
            std::fs::write(format!("{folder}/back-{language}.pdf"), &pdf).unwrap();
        }
        browser.emulate_print().await;
        let shown = browser
            .run(
                "const seen = (css) => [...document.querySelectorAll(css)].some(e => e.getClientRects().length);
                 return [seen('.wait h1'), seen('dd s'), seen('.tick'), seen('.more')]",
            )
            .await;
        assert_eq!(shown, json!([true, true, false, false]), "{language}");
    }
    other.shutdown().await.unwrap();
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_receipt_prints_on_one_light_page_without_buttons() {
    let Some(browser) = Browser::start(NARROW).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, pages) = paid(dir.path()).await;
    for language in LANGUAGES {
        browser.look(320, true).await;
        browser.open(&format!("{}lang={language}", pages[0].1)).await;
        let pdf = browser.print().await;
        let text = String::from_utf8_lossy(&pdf);
        assert_eq!(
            text.matches("/Type /Page\n").count(),
            1,
            "{language}: more than one page"
        );
        if let Ok(folder) = std::env::var("LATCHKEY_SHOTS") {
            std::fs::write(format!("{folder}/receipt-{language}.pdf"), &pdf).unwrap();
        }
        browser.emulate_print().await;
        let shown = browser
            .run(
                "const seen = (css) => [...document.querySelectorAll(css)].some(e => e.getClientRects().length);
                 return [seen('nav'), seen('.more'), seen('dl'), seen('.sandbox'), getComputedStyle(document.body).backgroundColor]",
            )
            .await;
        assert_eq!(
            shown,
            json!([false, false, true, true, "rgb(255, 255, 255)"]),
            "{language}"
        );
    }
    sandbox.shutdown().await.unwrap();
}
