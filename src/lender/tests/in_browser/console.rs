//! The operators' console in a browser: its forms carry what the server asks for, and its pages fit and read well.

use crate::driver::{Browser, Look, axe, rules};
use crate::pages::change;
use crate::phone::*;
use latchkey_core::order::claims::typ;
use latchkey_core::wire::{ClaimKind, ClaimRequest};
use latchkey_lender::desk::{By, LockRow};
use latchkey_lender::scopes::Scopes;
use latchkey_lender::{Options, Sandbox};
use serde_json::json;

const DESK: Look = Look {
    width: 1280,
    dark: false,
    language: "en",
};
const SCOPES: &str = "devices:read claims:read claims:resolve grace:write releases:write codes:read audit:read \
                      terms:write locks:write settle:write locks:bulk locks:approve";

async fn signed_in(browser: &Browser, sandbox: &Sandbox) {
    let operators = sandbox.operators(None).unwrap();
    let password = operators
        .add("asha", &Scopes::parse(SCOPES).unwrap())
        .await
        .unwrap();
    browser.open(&format!("{}/console", sandbox.base_url())).await;
    browser.type_into("#operator", "asha").await;
    browser.type_into("#password", &password).await;
    browser.click("button.primary", "#q").await;
}

#[tokio::test]
async fn an_operator_signs_in_finds_a_phone_and_opens_it_for_a_day() {
    let Some(browser) = Browser::start(DESK).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    signed_in(&browser, &sandbox).await;
    browser.type_into("#q", "SANDBOX-1").await;
    browser.click("button.primary", "summary").await;
    browser.click("summary", "#hours").await;
    browser.type_into("#why-grace", "in hospital until Friday").await;
    browser.click("details[open] button.primary", ".good").await;
    let page = browser.text().await;
    assert!(
        page.contains("The grace is on its way") && page.contains("in hospital until Friday"),
        "{page}"
    );
    let orders = phone.check_in(0).await.orders;
    assert_eq!(
        orders.iter().map(|o| typ(&o.jws)).collect::<Vec<_>>(),
        [typ::GRACE]
    );
    assert_eq!(browser.console().await, Vec::<String>::new());
    // A page without scripts cannot read it, and neither could one with them.
    assert_eq!(browser.run("return document.cookie").await, "");
    sandbox.shutdown().await.unwrap();
}

/// The whole of a desk's day: found, stepped down, agreed on a plan, settled; each by its form alone.
#[tokio::test]
async fn an_operator_steps_a_lock_down_agrees_on_a_plan_and_settles() {
    let Some(browser) = Browser::start(DESK).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let dispute = claim(ClaimKind::Dispute, "already_paid");
    assert_eq!(phone.post("/v1/device/claims", &dispute).await.status, 202);
    let hardship = claim(ClaimKind::Hardship, "pay_less");
    assert_eq!(phone.post("/v1/device/claims", &hardship).await.status, 202);
    clock.add(60);
    signed_in(&browser, &sandbox).await;
    browser.type_into("#q", "SANDBOX-1").await;
    browser.click("button.primary", "button[value=step_down]").await;
    let why = format!("#why-{}", dispute.id);
    browser.type_into(&why, "half of it had come").await;
    browser.click("button[value=step_down]", ".good").await;
    assert!(browser.text().await.contains("Ended: stepped down"));

    browser
        .run("document.querySelector('#plan').closest('details').open = true")
        .await;
    browser.type_into("#fee", "10.50").await;
    browser.type_into("#why-plan", "lost her work").await;
    browser.click("#plan button.primary", "#proposal").await;
    browser.picture("console-plan-1280").await;
    let page = browser.text().await;
    assert!(
        page.contains("Nothing is sent yet") && page.contains("1,088.50"),
        "{page}"
    );
    browser.click("button[name=sure]", ".good").await;
    let page = browser.text().await;
    assert!(
        page.contains("The plan is on its way")
            && page.contains("Not limited")
            && page.contains("Ended: plan"),
        "{page}"
    );

    browser
        .run("document.querySelector('#contract').closest('details').open = true")
        .await;
    browser.type_into("#contract", "SANDBOX-1").await;
    browser.type_into("#why-settle", "paid in full").await;
    browser
        .click("form[action$=settle] button.primary", ".good")
        .await;
    let page = browser.text().await;
    assert!(
        page.contains("Settled: nothing limits this phone any more"),
        "{page}"
    );
    let orders = phone.check_in(0).await.orders;
    assert_eq!(
        orders.iter().map(|o| typ(&o.jws)).collect::<Vec<_>>(),
        [typ::PLAN, typ::TERMS, typ::SETTLE],
        "the lock of the step down went with the plan"
    );
    assert_eq!(browser.console().await, Vec::<String>::new());
    sandbox.shutdown().await.unwrap();
}

/// A fleet that a job of its phones trips the breaker with.
async fn small_fleet(dir: &std::path::Path, clock: &Hand) -> Sandbox {
    let options = Options {
        phones: 24,
        no_codes: true,
        by_hand: true,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

fn by(operator: &str) -> By {
    By {
        operator: operator.to_owned().try_into().unwrap(),
        reason: String::from("Monthly run: भुगतान नहीं हुआ").try_into().unwrap(),
    }
}

/// Its id: some rows are signed, some held, some refused.
async fn held(sandbox: &Sandbox) -> String {
    let desk = sandbox.desk();
    let phones = desk.phones().await.unwrap();
    let rows = phones.into_iter().map(|device| LockRow {
        device,
        level: 3.try_into().unwrap(),
        instalment: 1.try_into().unwrap(),
        refs: Vec::new(),
    });
    let rows: Vec<_> = rows.collect();
    let job = desk.make_job(&rows, &by("desk 4")).await.unwrap();
    desk.run_jobs().await.unwrap();
    job
}

/// A second person lets a tripped job pass, and pulls the stop, by forms alone.
#[tokio::test]
async fn an_operator_approves_what_the_breaker_holds_and_stops_all_locks() {
    let Some(browser) = Browser::start(DESK).await else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = small_fleet(dir.path(), &clock).await;
    let job = held(&sandbox).await;
    signed_in(&browser, &sandbox).await;
    browser.click(".wait .more a", "progress").await;
    let form = format!("form[action='/console/jobs/{job}/approve']");
    browser
        .run("document.querySelectorAll('details').forEach(d => d.open = true)")
        .await;
    browser
        .type_into(&format!("#why-approve-{job}"), "looked through")
        .await;
    browser.click(&format!("{form} button"), ".good").await;
    let page = browser.text().await;
    assert!(
        page.contains("You let it pass") && page.contains("Approved by"),
        "{page}"
    );
    sandbox.desk().run_jobs().await.unwrap();
    assert_eq!(sandbox.desk().job(&job).await.unwrap().held, 0);

    browser.click(".top a[href='/console/locks']", "#why-stop").await;
    browser.click("details summary", "details[open]").await;
    browser.type_into("#why-stop", "a wrong list").await;
    browser.click("details[open] button.primary", ".good").await;
    let page = browser.text().await;
    assert!(
        page.contains("Locks are stopped") && page.contains("asha: a wrong list"),
        "{page}"
    );
    assert_eq!(browser.console().await, Vec::<String>::new());
    sandbox.shutdown().await.unwrap();
}

fn claim(kind: ClaimKind, choice: &str) -> ClaimRequest {
    ClaimRequest {
        id: fresh_id(),
        kind,
        lock_id: 1.try_into().unwrap(),
        instalment: Some(4.try_into().unwrap()),
        choice: Some(choice.into()),
        text: None,
    }
}

#[tokio::test]
async fn the_pages_of_the_console_fit_and_are_clean_by_the_rules_of_axe() {
    let Some(browser) = Browser::start(DESK).await else {
        return;
    };
    let Some(axe) = axe() else { return };
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = small_fleet(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let job = held(&sandbox).await;
    let told = ClaimRequest {
        text: Some("मैंने 12 नवंबर को दुकान में भुगतान किया था।".into()),
        ..claim(ClaimKind::Dispute, "paid")
    };
    assert_eq!(phone.post("/v1/device/claims", &told).await.status, 202);
    for kind in [ClaimKind::Paid, ClaimKind::Hardship, ClaimKind::Return] {
        let told = ClaimRequest {
            text: Some("دفعت المبلغ في المتجر".into()),
            ..claim(kind, "paid")
        };
        assert_eq!(phone.post("/v1/device/claims", &told).await.status, 202);
    }
    // What this market has none of: a lock that was wrong, and a payment of which a part went back.
    for sql in [
        "INSERT INTO compensations (tenant, device, lock_id, first_lock_id, cause, noted_ms, per_hour, currency, from_ms,
             until_ms, hours, minor)
         SELECT tenant, device, 1, 1, 'dispute', 0, 25000, 'LKR', 1795624200000, 1795649400000, 7, 175000 FROM devices",
        "INSERT INTO provider_events (tenant, provider, message, kind, reference, minor, currency, about, outcome, told_ms)
         SELECT tenant, provider, 'm-' || payment, 'refunded', reference, 100000, 'LKR', '', 'partial_refund', paid_ms
         FROM payments",
        "UPDATE payments SET over_minor = 170050 WHERE payment = (SELECT MAX(payment) FROM payments)",
        "UPDATE payments SET reversed_ms = paid_ms + 86400000 WHERE payment = (SELECT MIN(payment) FROM payments)",
    ] {
        change(dir.path(), sql).await;
    }
    let base = sandbox.base_url();
    let judge = rules(&axe);
    let mut names = vec![("sign-in", format!("{base}/console"))];
    for round in 0..2 {
        for (name, url) in &names {
            for (width, dark) in [(320, false), (360, true), (1280, false), (1280, true)] {
                browser.look(width, dark).await;
                browser.open(url).await;
                if *name == "stopped" {
                    sandbox.desk().stop_locks(true, &by("desk 4")).await.unwrap();
                    browser.open(url).await;
                }
                if *name == "plan" {
                    browser
                        .run("document.querySelector('#plan').closest('details').open = true")
                        .await;
                    browser.type_into("#forgiven", "50").await;
                    browser.type_into("#why-plan", "अस्पताल में है").await;
                    browser.click("#plan button.primary", "#proposal").await;
                }
                browser
                    .run("document.querySelectorAll('details').forEach(d => d.open = true)")
                    .await;
                let shot = format!("console-{name}-{width}{}", if dark { "-dark" } else { "" });
                browser.picture(&shot).await;
                assert_eq!(browser.overflowing().await, json!([]), "{shot}");
                assert_eq!(browser.later(&judge).await, json!([]), "{shot}");
            }
        }
        if round == 0 {
            browser.look(1280, false).await;
            signed_in(&browser, &sandbox).await;
            names = vec![
                ("search", format!("{base}/console")),
                ("nothing", format!("{base}/console/phones?q=NONE")),
                ("phone", format!("{base}/console/phones/{}", sandbox.device())),
                ("plan", format!("{base}/console/phones/{}", sandbox.device())),
                ("overpaid", format!("{base}/console/overpaid")),
                ("locks", format!("{base}/console/locks")),
                ("job", format!("{base}/console/jobs/{job}")),
                ("stopped", format!("{base}/console/locks?done=stop")),
            ];
        }
    }
    sandbox.shutdown().await.unwrap();
}
