//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): the same key is the same request, and gets the same
//! answer for a day. The answer is written in the transaction of what it answers: no order without its answer, no answer
//! without its order.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::problem::Problem;
use crate::sign;
use crate::store::Conn;
use crate::store::idempotency::{self as store, Stored};
use axum::http::{HeaderMap, StatusCode};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How long an answer is kept, seconds.
pub(crate) const LIFE_S: i64 = 86_400;
/// Longest key.
const LONGEST: usize = 128;

/// A key and what it was sent with.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// The header's value, as it is signed.
    pub header: String,
    /// SHA-256 of method, target and body.
    pub fingerprint: String,
}

/// Reads the header: a structured string (RFC 9651 §3.3.3) without escapes.
pub(crate) fn read(headers: &HeaderMap, method: &str, target: &str, body: &[u8]) -> Result<Key, Problem> {
    let mut values = headers.get_all("idempotency-key").iter();
    let header = match (values.next(), values.next()) {
        (None, _) => {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "idempotency_missing",
                "Send Idempotency-Key: a string in quotes, fresh for each change, the same for each repeat.",
            ));
        }
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) => None,
    };
    let plain = |text: &str| {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inner.is_some_and(|inner| {
            let harmless = |b: u8| (b' '..=b'~').contains(&b) && !matches!(b, b'"' | b'\\');
            (1..=LONGEST).contains(&inner.len()) && inner.bytes().all(harmless)
        })
    };
    let Some(header) = header.filter(|text| plain(text)) else {
        return Err(Problem::malformed()
            .next("Idempotency-Key is one string in quotes, 1 to 128 printable ASCII characters."));
    };
    let mut asked = format!("{method}\n{target}\n").into_bytes();
    asked.extend_from_slice(body);
    Ok(Key {
        header: header.to_owned(),
        fingerprint: sign::sha256(&asked),
    })
}

/// The answer that this key got before, if it was the same request.
pub(crate) async fn before(
    conn: &mut Conn,
    tenant: &Tenant,
    client: &str,
    key: &Key,
    now: Moment,
) -> Result<Option<Stored>, Problem> {
    let stored = store::get(conn, tenant, client, &key.header, now.plus_s(-LIFE_S)).await?;
    match stored {
        Some(stored) if stored.fingerprint != key.fingerprint => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_mismatch",
            "This key was used for another request; send a fresh one.",
        )),
        stored => Ok(stored),
    }
}

/// Requests under way in this process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Running(Arc<Mutex<HashSet<(String, String, String)>>>);

/// Held while a request is under way.
#[derive(Debug)]
pub(crate) struct Turn {
    running: Running,
    key: (String, String, String),
}

impl Running {
    /// Takes the turn of a key.
    ///
    /// # Errors
    /// 409 `idempotency_in_progress`.
    pub(crate) fn enter(&self, tenant: &Tenant, client: &str, key: &Key) -> Result<Turn, Problem> {
        let key = (tenant.as_str().to_owned(), client.to_owned(), key.header.clone());
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !running.insert(key.clone()) {
            return Err(in_progress());
        }
        Ok(Turn {
            running: self.clone(),
            key,
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut running = self.running.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.key);
    }
}

/// 409: the first request with this key is not answered yet.
pub(crate) fn in_progress() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "idempotency_in_progress",
        "The first request with this key is under way; repeat it in a second.",
    )
    .with_header("retry-after", "1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;

    fn with(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("idempotency-key", value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_key_is_one_string_in_quotes() {
        let read = |values: &[&str]| read(&with(values), "POST", "u", b"{}").map(|key| key.header);
        assert_eq!(read(&["\"a b\""]).unwrap(), "\"a b\"");
        assert_eq!(read(&[]).unwrap_err().document()["code"], "idempotency_missing");
        let long = format!("\"{}\"", "a".repeat(129));
        for bad in [
            &["a"][..],
            &["\"\""],
            &["\"a\"b\""],
            &["\"a\\\\\""],
            &[long.as_str()],
            &["\"a\"", "\"a\""],
        ] {
            assert_eq!(read(bad).unwrap_err().document()["code"], "malformed", "{bad:?}");
        }
    }

    #[test]
    fn method_target_and_body_make_the_fingerprint() {
        let of =
            |method, target, body: &[u8]| read(&with(&["\"k\""]), method, target, body).unwrap().fingerprint;
        let one = of("POST", "u", b"{}");
        assert_eq!(one, of("POST", "u", b"{}"));
        for other in [
            of("PUT", "u", b"{}"),
            of("POST", "v", b"{}"),
            of("POST", "u", b"{ }"),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_second_request_waits_until_the_first_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let lock = crate::files::lock(folder.path()).unwrap();
        let tenant = Tenant::of_the_house("one", &lock).unwrap();
        let running = Running::default();
        let key = read(&with(&["\"k\""]), "POST", "u", b"").unwrap();
        let turn = running.enter(&tenant, "c", &key).unwrap();
        let refused = running.enter(&tenant, "c", &key).unwrap_err().into_response();
        assert_eq!(refused.status(), 409);
        running.enter(&tenant, "d", &key).unwrap();
        drop(turn);
        running.enter(&tenant, "c", &key).unwrap();
    }
}
