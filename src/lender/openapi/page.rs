//! The document as a page: plain HTML from this server alone, no script, nothing loaded.

use crate::page::{escape, headers};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// For reading, on any width, light and dark.
const STYLE: &str = "body{margin:0;font:1rem/1.5 system-ui,sans-serif}main{max-width:60rem;margin:0 auto;padding:1rem}\
    summary{padding:.75rem 0;cursor:pointer}dt{margin-top:.5rem;font-weight:600}dd{margin:0 0 0 1rem}\
    pre{overflow-x:auto;padding:.75rem;border:1px solid}code,pre{font-size:.875rem}";

/// The page.
pub(crate) fn html(document: &Value) -> Response {
    let none = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&none);
    let mut body = String::new();
    let title = escape(document["info"]["title"].as_str().unwrap_or_default());
    let about = escape(document["info"]["description"].as_str().unwrap_or_default());
    let _ = write!(
        body,
        "<h1>{title}</h1><p>{about}</p><p><a href=\"/openapi.json\">openapi.json</a></p>"
    );
    let _ = write!(body, "<h2>Scopes</h2><dl>");
    let scopes = &document["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["scopes"];
    for (scope, what) in scopes.as_object().unwrap_or(&none) {
        let what = escape(what.as_str().unwrap_or_default());
        let _ = write!(body, "<dt><code>{}</code></dt><dd>{what}</dd>", escape(scope));
    }
    body.push_str("</dl><h2>Calls</h2>");
    for (path, methods) in paths {
        for (method, row) in methods.as_object().unwrap_or(&none) {
            operation(path, method, row, &mut body);
        }
    }
    body.push_str("<h2>Shapes</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap_or(&none) {
        let json = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = escape(name);
        let _ = write!(
            body,
            "<details id=\"{name}\"><summary><code>{name}</code></summary><pre>{}</pre></details>",
            escape(&json)
        );
    }
    let html = format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    );
    let mut response = (headers(), html).into_response();
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'");
    if let Ok(policy) = policy.parse() {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn operation(path: &str, method: &str, row: &Value, body: &mut String) {
    let text = |value: &Value| escape(value.as_str().unwrap_or_default());
    let id = text(&row["operationId"]);
    let _ = write!(
        body,
        "<details id=\"{id}\"><summary><code>{} {}</code> {}</summary>",
        method.to_uppercase(),
        escape(path),
        text(&row["summary"]),
    );
    if row["description"].is_string() {
        let _ = write!(body, "<p>{}</p>", text(&row["description"]));
    }
    for door in row["security"].as_array().into_iter().flatten() {
        let _ = write!(body, "<p>Needs <code>{}</code></p>", escape(&door.to_string()));
    }
    body.push_str("<dl>");
    for parameter in row["parameters"].as_array().into_iter().flatten() {
        let _ = write!(
            body,
            "<dt><code>{}</code> ({})</dt><dd>{}</dd>",
            text(&parameter["name"]),
            text(&parameter["in"]),
            text(&parameter["description"]),
        );
    }
    let none = Map::new();
    for (media, content) in row["requestBody"]["content"].as_object().unwrap_or(&none) {
        let _ = write!(
            body,
            "<dt>body</dt><dd>{} {}</dd>",
            escape(media),
            shape(&content["schema"])
        );
    }
    for (status, answer) in row["responses"].as_object().unwrap_or(&none) {
        let contents = answer["content"].as_object().unwrap_or(&none);
        let shapes: Vec<_> = contents
            .values()
            .map(|content| shape(&content["schema"]))
            .collect();
        let _ = write!(
            body,
            "<dt>{}</dt><dd>{} {}</dd>",
            escape(status),
            text(&answer["description"]),
            shapes.join(" "),
        );
    }
    body.push_str("</dl></details>");
}

/// A link to a shape.
fn shape(schema: &Value) -> String {
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
        .map(escape);
    name.map_or(String::new(), |name| {
        format!("<a href=\"#{name}\"><code>{name}</code></a>")
    })
}
