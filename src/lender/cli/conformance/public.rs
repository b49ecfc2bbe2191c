//! What anyone may ask.

use super::{Checked, Report, ensure, refused, status};
use crate::cli::wire::Server;

pub(super) async fn run(server: &Server, report: &mut Report) {
    report.note("public.openapi", openapi(server).await);
    report.note("public.keys", keys(server).await);
    report.note("public.time-needs-a-nonce", nonce(server).await);
    report.note("public.unknown-path", unknown(server).await);
    report.note("public.token-missing", missing(server).await);
}

/// The document is there, is 3.1, and every call that needs a token says so.
async fn openapi(server: &Server) -> Checked {
    let told = server.get("/openapi.json").await?;
    status(&told, 200)?;
    let document = told.json();
    let version = document["openapi"].as_str().unwrap_or_default();
    ensure(version.starts_with("3.1"), || {
        format!("the document is of OpenAPI “{version}”, not 3.1")
    })?;
    let paths = document["paths"].as_object();
    let paths = paths.ok_or("the document has no paths")?;
    let mut secured = 0;
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let needs = operation["security"]
                .as_array()
                .is_some_and(|all| !all.is_empty());
            if !needs {
                continue;
            }
            secured += 1;
            for code in ["401", "429"] {
                ensure(operation["responses"][code].is_object(), || {
                    format!("{method} {path} names no {code}")
                })?;
            }
        }
    }
    ensure(secured > 0, || {
        "no call of the document carries `security`".to_owned()
    })?;
    ensure(paths.contains_key("/v1/devices"), || {
        "the document does not name /v1/devices".to_owned()
    })
}

async fn keys(server: &Server) -> Checked {
    let told = server.get("/v1/keys").await?;
    status(&told, 200)?;
    let kind = told.header("content-type");
    ensure(kind.starts_with("text/plain"), || {
        format!("the key set came as {kind}")
    })?;
    let text = told.text();
    let tokens: Vec<&str> = text.lines().collect();
    ensure(tokens.len() >= 2, || {
        format!(
            "the key set has {} signatures, a root's threshold is 2",
            tokens.len()
        )
    })?;
    ensure(tokens.iter().all(|token| token.split('.').count() == 3), || {
        "a line is no compact JWS".to_owned()
    })
}

async fn nonce(server: &Server) -> Checked {
    refused(&server.get("/v1/time?nonce=short").await?, 400, Some("bad_nonce"))
}

async fn unknown(server: &Server) -> Checked {
    refused(&server.get("/v1/no-such-path").await?, 404, None)
}

async fn missing(server: &Server) -> Checked {
    refused(&server.get("/v1/devices").await?, 401, None)
}
