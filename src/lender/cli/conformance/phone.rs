//! A phone of the session: enrolment, check-ins, what it refuses, and that a waiting poll wakes.

use super::lent::Made;
use super::{Checked, No, Report, ensure, refused, status};
use crate::cli::wire::client::Client;
use crate::cli::wire::phone::Phone;
use crate::cli::wire::{Failed, Request, fresh, fresh_id, now_s};
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::Sha;
use latchkey_core::order::verify_time;
use latchkey_core::request::Params;
use serde_json::{Value, json};
use std::time::Duration;

/// What needs an enrolled phone.
const NEEDS: [&str; 12] = [
    "phone.same-code-again",
    "phone.code-of-another-key",
    "phone.keys-as-published",
    "phone.time",
    "phone.check-in",
    "phone.receipts",
    "phone.signature-missing",
    "phone.altered",
    "phone.retargeted",
    "phone.stale",
    "phone.replayed",
    "phone.wakes",
];

pub(super) async fn run(client: &Client, made: &Made, report: &mut Report) -> Result<Option<Phone>, Failed> {
    let mut phone = Phone::new(&client.server)?;
    let serial = Sha::from_bytes(&fresh()?);
    report.note("phone.wrong-code", wrong_code(&phone, &serial).await);
    let enrolled = enrol(&mut phone, made, &serial).await;
    if report.take("phone.enrolled", enrolled).is_none() {
        report.skip(&NEEDS, "the phone is not enrolled");
        return Ok(None);
    }
    report.note("phone.same-code-again", same_code(&phone, made, &serial).await);
    report.note(
        "phone.code-of-another-key",
        other_key(client, made, &serial).await,
    );
    report.note("phone.keys-as-published", published(&phone).await);
    report.note("phone.time", time(&phone).await);
    report.note("phone.check-in", check_in(&mut phone).await);
    report.note("phone.receipts", receipts(client, made, &mut phone).await);
    let question = || phone.question(0).map(|(_, request)| request);
    let unsigned = question().map(|r| r.without("signature").without("signature-input"));
    report.note("phone.signature-missing", turned_away(&phone, unsigned).await);
    let altered = question().map(|mut request| {
        let text = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned();
        request.body = Some(text.replace("\"wait_s\":0", "\"wait_s\":1").into_bytes());
        request
    });
    report.note("phone.altered", turned_away(&phone, altered).await);
    let moved = question().map(|mut request| {
        request.path = "/v1/device/receipts".to_owned();
        request
    });
    report.note("phone.retargeted", turned_away(&phone, moved).await);
    report.note("phone.stale", turned_away(&phone, stale(&phone)).await);
    report.note("phone.replayed", replayed(&phone).await);
    report.note("phone.wakes", wakes(client, made, &mut phone).await);
    Ok(Some(phone))
}

async fn wrong_code(phone: &Phone, serial: &Sha) -> Checked {
    refused(
        &phone.enrol("AAAABBBBCCCCDDDD", serial).await?,
        401,
        Some("bad_code"),
    )
}

/// The root is the provisioned one, every set is signed by it, and the agreement is the one that was sent.
pub(super) async fn enrol(phone: &mut Phone, made: &Made, serial: &Sha) -> Result<(), No> {
    let told = phone.enrol(&made.enrol_code, serial).await?;
    status(&told, 201)?;
    let device = phone.enrolled(&told, &made.root)?;
    ensure(device.as_str() == made.device, || {
        "another device id than the one that was made".to_owned()
    })?;
    let body: Value = told.json();
    ensure(
        made.agreement
            .as_ref()
            .is_none_or(|sent| body["agreement"] == *sent),
        || "the agreement is not the one that was sent, byte for byte".to_owned(),
    )
}

async fn same_code(phone: &Phone, made: &Made, serial: &Sha) -> Checked {
    let told = phone.enrol(&made.enrol_code, serial).await?;
    status(&told, 201)?;
    ensure(told.json()["device"] == made.device.as_str(), || {
        "the same code gave another device id".to_owned()
    })
}

async fn other_key(client: &Client, made: &Made, serial: &Sha) -> Checked {
    let other = Phone::new(&client.server)?;
    refused(
        &other.enrol(&made.enrol_code, serial).await?,
        410,
        Some("code_used"),
    )
}

async fn published(phone: &Phone) -> Checked {
    let told = phone.server.get(&format!("/v1/keys{}", of(phone))).await?;
    status(&told, 200)?;
    let text = told.text();
    let payload = text.lines().next().and_then(|token| token.split('.').nth(1));
    let read = payload.and_then(|part| latchkey_core::envelope::decode(part.as_bytes()));
    let read: Value = read
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or(Value::Null);
    ensure(read["version"] == phone.state.trust().keys_version(), || {
        format!(
            "/v1/keys is version {}, the phone was given {}",
            read["version"],
            phone.state.trust().keys_version()
        )
    })
}

/// The tenant, as public calls name it.
fn of(phone: &Phone) -> String {
    let tenant = phone.state.trust().tenant();
    tenant.map_or_else(String::new, |tenant| format!("?tenant={tenant}"))
}

async fn time(phone: &Phone) -> Checked {
    let nonce = fresh_id()?;
    let tenant = of(phone).replace('?', "&");
    let told = phone
        .server
        .get(&format!("/v1/time?nonce={nonce}{tenant}"))
        .await?;
    status(&told, 200)?;
    let text = told.text();
    let verified = verify_time(text.trim().as_bytes(), phone.state.trust(), &nonce);
    let verified = verified.map_err(|why| format!("core refused the time: {}", why.code))?;
    let off = verified.claims().now.get().abs_diff(now_s());
    ensure(off <= 60, || {
        format!("the server's clock and this machine's are {off} seconds apart; set one of them")
    })
}

async fn check_in(phone: &mut Phone) -> Checked {
    let news = phone.check_in(0).await?;
    taken(&news.orders)?;
    ensure(news.orders.iter().any(|(kind, _)| *kind == typ::TERMS), || {
        "a new phone got no terms".to_owned()
    })
}

/// Each order was verified and taken.
pub(super) fn taken(orders: &[(&'static str, String)]) -> Checked {
    let refused = orders
        .iter()
        .find(|(_, outcome)| outcome != "ok" && outcome != "n_no_effect");
    ensure(refused.is_none(), || {
        let (kind, code) = refused.map_or(("", ""), |(kind, code)| (*kind, code.as_str()));
        format!("core refused an order {kind}: {code}")
    })
}

async fn receipts(client: &Client, made: &Made, phone: &mut Phone) -> Checked {
    let sent = phone.receipts().await?;
    ensure(sent > 0, || "there was nothing to confirm".to_owned())?;
    let told = client.get(&format!("{}/orders", made.path)).await?;
    status(&told, 200)?;
    let orders = told.json();
    let states = orders["orders"].as_array().cloned().unwrap_or_default();
    ensure(states.iter().all(|order| order["state"] != "queued"), || {
        "an order is still queued although its receipt was taken".to_owned()
    })
}

async fn turned_away(phone: &Phone, request: Result<Request, Failed>) -> Checked {
    refused(&phone.server.send(&request?).await?, 401, None)
}

fn stale(phone: &Phone) -> Result<Request, Failed> {
    let (_, good) = phone.question(0)?;
    let params = Params {
        created: now_s() - 180,
        expires: now_s() - 120,
        ..phone.params()?
    };
    Ok(phone.sign("POST", "/v1/device/check-in", good.body, &params))
}

async fn replayed(phone: &Phone) -> Checked {
    let (_, request) = phone.question(0)?;
    status(&phone.server.send(&request).await?, 200)?;
    refused(&phone.server.send(&request).await?, 401, None)
}

/// A poll that waits is answered by what a clerk does, long before its time.
async fn wakes(client: &Client, made: &Made, phone: &mut Phone) -> Checked {
    const WAIT_S: u32 = 50;
    let notices = format!("{}/notices", made.path);
    let clerk = async {
        // The poll shall be there first; if it is not, it is answered at once, which is right too.
        tokio::time::sleep(Duration::from_millis(500)).await;
        client
            .post(
                &notices,
                &json!({"notice_no": 2, "instalment": 1, "channels": ["sms", "call"]}),
            )
            .await
    };
    let begun = tokio::time::Instant::now();
    let (news, told) = tokio::join!(phone.check_in(WAIT_S), clerk);
    status(&told?, 202)?;
    let news = news?;
    taken(&news.orders)?;
    ensure(news.orders.iter().any(|(kind, _)| *kind == typ::NOTICE), || {
        "the waiting poll brought no notice".to_owned()
    })?;
    ensure(
        begun.elapsed() < Duration::from_secs(u64::from(WAIT_S) / 2),
        || "the poll was answered only near the end of its time".to_owned(),
    )?;
    phone.receipts().await?;
    Ok(())
}
