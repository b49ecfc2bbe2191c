//! What a clerk does: phones and agreements, pages, refusals with their field, a lock, its payment, the release.

use super::phone::taken;
use super::{Checked, No, Report, ensure, refused, status};
use crate::cli::wire::client::Client;
use crate::cli::wire::phone::Phone;
use crate::cli::wire::{Failed, Request, Told, fresh, fresh_id, now_s};
use latchkey_core::envelope::encode;
use latchkey_core::order::claims::typ;
use latchkey_core::order::values::{DeviceId, Sha};
use serde_json::{Value, json};

/// A phone that the API made.
pub(super) struct Made {
    pub device: String,
    /// Its path in the API.
    pub path: String,
    pub root: String,
    pub enrol_code: String,
    /// The agreement as it was sent, base64url; `None`: it was there before.
    pub agreement: Option<String>,
}

fn read(told: &Told, agreement: Option<String>) -> Result<Made, No> {
    status(told, 201)?;
    let body = told.json();
    let text = |name: &str| {
        let text = body[name].as_str().map(str::to_owned);
        text.ok_or(No::Failed(format!("no {name} in the answer")))
    };
    let device = text("device")?;
    Ok(Made {
        path: format!("/v1/devices/{device}"),
        device,
        root: text("root")?,
        enrol_code: text("enrol_code")?,
        agreement,
    })
}

/// Makes a phone whose first instalment is late.
pub(super) async fn make(client: &Client) -> Result<Made, No> {
    let own = client.get("/v1/client").await?;
    status(&own, 200)?;
    let tenant = own.json()["tenant"]
        .as_str()
        .ok_or("GET /v1/client names no tenant")?
        .to_owned();
    let day = now_s() / 86_400;
    let schedule: Vec<_> = (0..6)
        .map(|k| json!([k + 1, day - 20 + 30 * k, 325_000]))
        .collect();
    let agreement = json!({"v": 1, "tenant": tenant, "ref": format!("CONFORMANCE-{}", fresh_id()?), "signed": day - 60,
        "market": "demo", "profile": "demo", "period": "month", "purpose": "own_device",
        "clause": {"id": "1", "text": "A contract of a conformance session."}, "schedule": schedule, "cur": "LKR",
        "utc_offset_min": 0, "clock_changes": [], "paper": encode(&[0; 32])});
    let agreement = encode(agreement.to_string().as_bytes());
    let told = client
        .post("/v1/devices", &json!({"agreement": agreement}))
        .await?;
    read(&told, Some(agreement))
}

pub(super) async fn run(client: &Client, made: &Made, report: &mut Report) {
    report.note("rate.headers", rates(client).await);
    report.note("pages.follow-on", pages(client).await);
    report.note("pages.wrong-cursor", wrong_cursor(client).await);
    report.note("fields.named-by-pointer", pointer(client, made).await);
    report.note("agreement.as-sent", agreement(client, made).await);
    report.note(
        "agreement.unchanged-is-not-sent-again",
        unchanged(client, made).await,
    );
    report.note("agreement.needs-if-match", preconditions(client, made).await);
    report.note("device.made-twice", twice(client, made).await);
    report.note("device.of-nobody", nobody(client).await);
    report.note("lock.too-early-is-not-signed", early(client, made).await);
}

async fn rates(client: &Client) -> Checked {
    let told = client.get("/v1/devices?limit=1").await?;
    status(&told, 200)?;
    let (policy, left) = (told.header("ratelimit-policy"), told.header("ratelimit"));
    ensure(policy.contains(";q=") && policy.contains(";w="), || {
        format!("RateLimit-Policy is “{policy}”")
    })?;
    ensure(left.contains(";r="), || format!("RateLimit is “{left}”"))
}

async fn pages(client: &Client) -> Checked {
    let first = client.get("/v1/devices?limit=1").await?;
    status(&first, 200)?;
    let first = first.json();
    let one = first["devices"].as_array().filter(|rows| rows.len() == 1);
    let one = one.ok_or("a page of one phone has not one phone")?[0]["device"].clone();
    let Some(next) = first["next"].as_str() else {
        return Err(No::Skipped("there is one phone alone".to_owned()));
    };
    let second = client.get(&format!("/v1/devices?limit=1&after={next}")).await?;
    status(&second, 200)?;
    ensure(second.json()["devices"][0]["device"] != one, || {
        "the next page begins with the same phone".to_owned()
    })
}

async fn wrong_cursor(client: &Client) -> Checked {
    refused(
        &client.get("/v1/devices?after=%21").await?,
        400,
        Some("bad_cursor"),
    )
}

async fn pointer(client: &Client, made: &Made) -> Checked {
    let wrong = json!({"notice_no": 1, "instalment": 1, "channels": ["smoke"]});
    let told = client.post(&format!("{}/notices", made.path), &wrong).await?;
    refused(&told, 400, Some("malformed"))?;
    let at = told.json()["errors"][0]["pointer"].clone();
    ensure(at == "/channels/0", || {
        format!("the field at fault is {at} instead of /channels/0")
    })
}

async fn agreement(client: &Client, made: &Made) -> Checked {
    let told = client.get(&format!("{}/agreement", made.path)).await?;
    status(&told, 200)?;
    ensure(!told.header("etag").is_empty(), || {
        "the agreement has no ETag".to_owned()
    })?;
    let body = told.json();
    let sent = made.agreement.as_deref().unwrap_or_default();
    ensure(body["agreement"] == sent, || {
        "the agreement is not the one that was sent, byte for byte".to_owned()
    })?;
    let bytes = latchkey_core::envelope::decode(sent.as_bytes()).unwrap_or_default();
    let hash = latchkey_core::agreement::sha(&bytes);
    ensure(body["sha256"] == hash.as_str(), || {
        "sha256 is not that of the agreement's bytes".to_owned()
    })
}

async fn unchanged(client: &Client, made: &Made) -> Checked {
    let path = format!("{}/agreement", made.path);
    let etag = client.get(&path).await?.header("etag").to_owned();
    let request = Request::new("GET", &path).with("authorization", &format!("Bearer {}", client.token));
    let told = client.server.send(&request.with("if-none-match", &etag)).await?;
    ensure(told.status == 304, || {
        format!("answered {} instead of 304", told.status)
    })
}

async fn preconditions(client: &Client, made: &Made) -> Checked {
    let day = "2099-01-01";
    let plan = json!({"replaces": [1], "schedule": [{"due": day, "minor": 325_000}]});
    let path = format!("{}/plans", made.path);
    refused(
        &client.post(&path, &plan).await?,
        428,
        Some("precondition_required"),
    )?;
    let stale = client
        .posting(&path, Some(&plan))?
        .with("if-match", "\"of-another-time\"");
    refused(
        &client.server.send(&stale).await?,
        412,
        Some("precondition_failed"),
    )
}

async fn twice(client: &Client, made: &Made) -> Checked {
    let told = client
        .post("/v1/devices", &json!({"agreement": made.agreement}))
        .await?;
    refused(&told, 409, Some("device_exists"))
}

async fn nobody(client: &Client) -> Checked {
    refused(
        &client.get("/v1/devices/AAAAAAAAAAAAAAAAAAAAAAAAAA").await?,
        404,
        None,
    )
}

/// A lock without its notices is refused with the phone's own code.
async fn early(client: &Client, made: &Made) -> Checked {
    let told = client
        .post(
            &format!("{}/locks", made.path),
            &json!({"level": 3, "instalment": 1}),
        )
        .await?;
    refused(&told, 422, None)?;
    ensure(told.code().starts_with("p_"), || {
        format!("the code is {}, not a phone's", told.code())
    })
}

/// What needs a phone on which a lock is lawful.
const NEEDS: [&str; 4] = [
    "lock.signed",
    "lock.lifted-by-payment",
    "payment.counts-once",
    "lock.of-what-is-paid",
];

/// The lock, its payment and the release, on a phone that is late and warned.
pub(super) async fn lock(
    client: &Client,
    named: Option<&DeviceId>,
    made: &Made,
    report: &mut Report,
) -> Result<(), Failed> {
    let late = match late(client, named, made).await {
        Ok(late) => late,
        Err(No::Skipped(why) | No::Failed(why)) => {
            report.skip(&NEEDS, &why);
            return Ok(());
        }
    };
    let mut phone = Phone::new(&client.server)?;
    let locked = locked(client, &late, &mut phone).await;
    if report.take("lock.signed", locked).is_none() {
        report.skip(&NEEDS[1..], "the phone is not locked");
        return Ok(());
    }
    report.note("lock.lifted-by-payment", paid(client, &late, &mut phone).await);
    report.note("payment.counts-once", once(client, &late).await);
    let again = client
        .post(
            &format!("{}/locks", late.path),
            &json!({"level": 3, "instalment": 1}),
        )
        .await?;
    report.note(
        "lock.of-what-is-paid",
        refused(&again, 409, None).or_else(|_| refused(&again, 422, None)),
    );
    Ok(())
}

/// A phone that nobody enrolled, with a code for it.
async fn late(client: &Client, named: Option<&DeviceId>, made: &Made) -> Result<Made, No> {
    let mut asked: Vec<String> = named
        .map(|device| device.as_str().to_owned())
        .into_iter()
        .collect();
    if named.is_none() {
        let list = client.get("/v1/devices?limit=100").await?;
        status(&list, 200)?;
        let list = list.json();
        let rows = list["devices"].as_array().into_iter().flatten();
        asked.extend(rows.filter_map(|row| row["device"].as_str().map(str::to_owned)));
    }
    for device in asked.into_iter().filter(|device| *device != made.device) {
        let seen = client.get(&format!("/v1/devices/{device}")).await?.json();
        let fresh = seen["last_seen"].is_null() && seen["lock"].is_null() && seen["settled"] == false;
        if named.is_none() && !fresh {
            continue;
        }
        // Of whom nothing was ever sent nobody was warned.
        if named.is_none() && seen["head_seq"].as_u64().unwrap_or(0) < 2 {
            continue;
        }
        let told = client
            .server
            .send(&client.posting(&format!("/v1/devices/{device}/enrol-codes"), None)?)
            .await?;
        return read(&told, None);
    }
    Err(No::Skipped(
        "no phone is late, warned and not enrolled yet; name one with --late (the sandbox makes some: serve --phones 3)".to_owned(),
    ))
}

async fn locked(client: &Client, late: &Made, phone: &mut Phone) -> Checked {
    let serial = Sha::from_bytes(&fresh()?);
    super::phone::enrol(phone, late, &serial).await?;
    taken(&phone.check_in(0).await?.orders)?;
    phone.receipts().await?;
    let told = client
        .post(
            &format!("{}/locks", late.path),
            &json!({"level": 3, "instalment": 1}),
        )
        .await?;
    if told.status == 202 && told.json()["state"] == "held" {
        return Err(No::Skipped(
            "the server's breaker holds the lock; wait an hour".to_owned(),
        ));
    }
    if told.status == 422 {
        return Err(No::Skipped(format!(
            "a lock is not lawful on this phone: {}; name another one with --late",
            told.code()
        )));
    }
    status(&told, 202)?;
    let news = phone.check_in(20).await?;
    taken(&news.orders)?;
    ensure(news.orders.iter().any(|(kind, _)| *kind == typ::LOCK), || {
        "no lock order came".to_owned()
    })?;
    phone.receipts().await?;
    ensure(phone.state.mode_word() == "locked", || {
        format!("the phone is {}", phone.state.mode_word())
    })
}

/// What is due is paid: the waiting poll brings the release, and the phone is free.
async fn paid(client: &Client, late: &Made, phone: &mut Phone) -> Checked {
    let sums = client.get(&format!("{}/timeline", late.path)).await?;
    status(&sums, 200)?;
    let due = sums.json()["unlocks_now"]
        .as_u64()
        .ok_or("the timeline names no unlocks_now")?;
    let payment = json!({"minor": due, "reference": format!("conformance {}", late.device)});
    let told = client.post(&format!("{}/payments", late.path), &payment).await?;
    status(&told, 201)?;
    ensure(told.json()["released"] == true, || {
        "the payment released nothing".to_owned()
    })?;
    let news = phone.check_in(20).await?;
    taken(&news.orders)?;
    ensure(news.orders.iter().any(|(kind, _)| *kind == typ::RELEASE), || {
        "no release came".to_owned()
    })?;
    phone.receipts().await?;
    ensure(phone.state.mode_word() == "free", || {
        format!("the phone is {}", phone.state.mode_word())
    })
}

async fn once(client: &Client, late: &Made) -> Checked {
    let path = format!("{}/timeline", late.path);
    let before: Value = client.get(&path).await?.read(200)?;
    let booked = before["payments"]
        .as_array()
        .and_then(|all| all.last())
        .cloned()
        .unwrap_or(Value::Null);
    let payment = json!({"minor": booked["minor"], "reference": format!("conformance {}", late.device)});
    status(
        &client.post(&format!("{}/payments", late.path), &payment).await?,
        200,
    )?;
    let after: Value = client.get(&path).await?.read(200)?;
    ensure(after["paid"] == before["paid"], || {
        "the same reference was booked twice".to_owned()
    })
}

/// The contract ends, and nothing binds the phone after it.
pub(super) async fn settle(client: &Client, made: &Made, phone: &mut Phone, report: &mut Report) {
    let check = async {
        let told = client
            .server
            .send(&client.posting(&format!("{}/settle", made.path), None)?)
            .await?;
        status(&told, 202)?;
        taken(&phone.check_in(20).await?.orders)?;
        phone.receipts().await?;
        ensure(phone.state.settled(), || {
            format!("the phone is {}", phone.state.mode_word())
        })?;
        let told = client
            .server
            .send(&client.posting(&format!("{}/terms", made.path), None)?)
            .await?;
        refused(&told, 409, Some("settled"))
    };
    report.note("settle.ends-it", check.await);
}
