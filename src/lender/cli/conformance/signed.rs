//! Signatures over changes, and idempotency keys.

use super::lent::Made;
use super::{Checked, Report, ensure, refused, status};
use crate::cli::wire::client::Client;
use crate::cli::wire::{Failed, Key, Request, fresh_id, now_s};
use latchkey_core::request::{Params, content_digest};
use serde_json::{Value, json};

fn notice() -> Value {
    json!({"notice_no": 1, "instalment": 1, "channels": ["sms"]})
}

pub(super) async fn run(client: &Client, made: &Made, report: &mut Report) {
    let path = format!("{}/notices", made.path);
    report.note("signature.accepted-once", once(client, &path).await);
    let altered = json!({"notice_no": 1, "instalment": 1, "channels": ["sms", "call"]});
    let altered = altered.to_string().into_bytes();
    let digest = content_digest(&altered);
    let body = |mut request: Request| {
        request.body = Some(altered.clone());
        request
    };
    let moved = |path: String| {
        move |mut request: Request| {
            request.path = path;
            request
        }
    };
    let good = || client.posting(&path, Some(&notice()));
    let unsigned = good().map(|r| r.without("signature").without("signature-input"));
    report.note("signature.missing", turned_away(client, unsigned).await);
    report.note(
        "signature.altered-body",
        turned_away(client, good().map(body)).await,
    );
    let both = good().map(body).map(|r| r.with("content-digest", &digest));
    report.note(
        "signature.altered-body-and-digest",
        turned_away(client, both).await,
    );
    let undigested = good().map(body).map(|r| r.without("content-digest"));
    report.note("signature.digest-missing", turned_away(client, undigested).await);
    let elsewhere = good().map(moved(format!("{}/terms", made.path)));
    report.note("signature.another-path", turned_away(client, elsewhere).await);
    let query = good().map(moved(format!("{path}?x=1")));
    report.note("signature.another-query", turned_away(client, query).await);
    let key = good().map(|r| r.with("idempotency-key", "\"another\""));
    report.note(
        "signature.another-idempotency-key",
        turned_away(client, key).await,
    );
    report.note(
        "signature.another-key",
        turned_away(client, by_another(client, &path)).await,
    );
    for (check, from, to) in [
        ("signature.stale", -180, -120),
        ("signature.from-the-future", 120, 180),
        ("signature.too-long-a-life", 0, 3_600),
    ] {
        report.note(check, turned_away(client, timed(client, &path, from, to)).await);
    }
    report.note("idempotency.missing", keyless(client, &path).await);
    report.note("idempotency.same-answer", same(client, &path).await);
    report.note("idempotency.another-request", mismatch(client, &path).await);
}

/// The same bytes twice: once accepted, once refused.
async fn once(client: &Client, path: &str) -> Checked {
    let request = client.posting(path, Some(&notice()))?;
    status(&client.server.send(&request).await?, 202)?;
    refused(&client.server.send(&request).await?, 401, Some("sig_replayed"))
}

async fn turned_away(client: &Client, request: Result<Request, Failed>) -> Checked {
    let told = client.server.send(&request?).await?;
    ensure(told.status != 202, || "the request was carried out".to_owned())?;
    refused(&told, 401, None)
}

fn by_another(client: &Client, path: &str) -> Result<Request, Failed> {
    let stolen = Client {
        key: Key::fresh()?,
        ..client.clone()
    };
    stolen.posting(path, Some(&notice()))
}

fn timed(client: &Client, path: &str, from: i64, to: i64) -> Result<Request, Failed> {
    let now = now_s();
    let params = Params {
        created: now.saturating_add_signed(from),
        expires: now.saturating_add_signed(to),
        ..client.params()?
    };
    let key = format!("\"{}\"", fresh_id()?);
    Ok(client.sign("POST", path, Some(&notice()), &params, Some(&key)))
}

async fn keyless(client: &Client, path: &str) -> Checked {
    let request = client.sign("POST", path, Some(&notice()), &client.params()?, None);
    refused(
        &client.server.send(&request).await?,
        400,
        Some("idempotency_missing"),
    )
}

async fn same(client: &Client, path: &str) -> Checked {
    let key = format!("\"{}\"", fresh_id()?);
    let ask = || Ok::<_, Failed>(client.sign("POST", path, Some(&notice()), &client.params()?, Some(&key)));
    let first = client.server.send(&ask()?).await?;
    status(&first, 202)?;
    let again = client.server.send(&ask()?).await?;
    status(&again, 202)?;
    ensure(again.json() == first.json(), || {
        "the same key got another answer".to_owned()
    })?;
    ensure(again.header("idempotency-replayed") == "?1", || {
        "the answer does not say Idempotency-Replayed".to_owned()
    })
}

async fn mismatch(client: &Client, path: &str) -> Checked {
    let key = format!("\"{}\"", fresh_id()?);
    let first = client.sign("POST", path, Some(&notice()), &client.params()?, Some(&key));
    status(&client.server.send(&first).await?, 202)?;
    let other = json!({"notice_no": 2, "instalment": 1, "channels": ["sms", "call"]});
    let other = client.sign("POST", path, Some(&other), &client.params()?, Some(&key));
    refused(
        &client.server.send(&other).await?,
        422,
        Some("idempotency_mismatch"),
    )
}
