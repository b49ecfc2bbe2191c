//! The OpenAPI 3.1 document, made of the same table as the router.

pub(crate) mod page;
pub(crate) mod values;
pub(crate) mod wire;

use crate::auth::signature::LINES;
use crate::routes::OauthError;
use crate::routes::operation::{Content, Door, Operation, SchemaFn};
use crate::routes::table;
use crate::scopes::Scope;
use axum::http::Method;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// A refused request (RFC 9457).
#[derive(JsonSchema)]
#[expect(dead_code, reason = "stands for what `problem` writes, in the document")]
struct Problem {
    /// `/problems/<code>`.
    r#type: String,
    /// Short title.
    title: String,
    /// HTTP status.
    status: u16,
    /// Stable code.
    code: String,
    /// The next step.
    detail: String,
    /// Id of the request in the server's log.
    request_id: Option<String>,
    /// What is at fault in the body.
    errors: Option<Vec<AtFault>>,
    /// From when it would be allowed, Unix seconds.
    earliest: Option<u64>,
    /// The scope that is missing.
    scope: Option<String>,
    /// Names of the quotas that were exceeded.
    #[serde(rename = "violated-policies")]
    violated_policies: Option<Vec<String>>,
}

/// A part of a body.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "stands for what `problem` writes, in the document")]
struct AtFault {
    /// Where (RFC 6901).
    pointer: String,
    /// What is wrong.
    detail: String,
}

/// The document. `base_url` is where the server is reached.
pub(crate) fn document(base_url: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let problem = Value::from(generator.subschema_for::<Problem>());
    let oauth = Value::from(generator.subschema_for::<OauthError>());
    let mut paths = Map::new();
    for operation in table::all() {
        let row = row(operation, &mut generator, &problem, &oauth);
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method.as_str().to_lowercase()] = row;
    }
    let scopes: Map<_, _> = Scope::ALL
        .iter()
        .map(|s| (s.as_str().to_owned(), s.what().into()))
        .collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Latchkey, the lender's API",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
            "description": "Times are Unix seconds, amounts minor units. A POST needs an Idempotency-Key; what changes \
                something is signed (RFC 9421, profile latchkey-v1) with the key that the token is bound to."
        },
        "servers": [{"url": base_url}],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {
                "token": {
                    "type": "oauth2",
                    "description": "Access token (RFC 9068) by client credentials with private_key_jwt (RFC 7523).",
                    "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": scopes}}
                },
                "signature": {
                    "type": "apiKey", "in": "header", "name": "Signature",
                    "description": "HTTP message signature (RFC 9421) by the token's key, with Signature-Input and, for a body, Content-Digest (RFC 9530); tag latchkey-v1."
                },
                "deviceSignature": {
                    "type": "apiKey", "in": "header", "name": "Signature",
                    "description": "HTTP message signature (RFC 9421) by the phone's key, with Signature-Input; tag latchkey-device-v1."
                },
                "providerSignature": {
                    "type": "apiKey", "in": "header", "name": "webhook-signature",
                    "description": "Signature of Standard Webhooks by the provider's secret."
                },
                "assertion": {
                    "type": "http", "scheme": "private_key_jwt",
                    "description": "Client assertion in the form (RFC 7523)."
                }
            }
        }
    });
    enumerated(&mut document);
    document
}

fn row(operation: &Operation, generator: &mut SchemaGenerator, problem: &Value, oauth: &Value) -> Value {
    let mut row = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "responses": responses(operation, generator, problem, oauth),
    });
    if !operation.text.is_empty() {
        row["description"] = operation.text.into();
    }
    let security = match operation.door {
        Door::Open | Door::Watch | Door::Payer => None,
        Door::Phone => Some(json!([{"deviceSignature": []}])),
        Door::Assertion => Some(json!([{"assertion": []}])),
        Door::Provider => Some(json!([{"providerSignature": []}])),
        Door::Clerk(scopes) => {
            let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
            Some(if operation.changes() {
                json!([{"token": scopes, "signature": []}])
            } else {
                json!([{"token": scopes}])
            })
        }
    };
    if let Some(security) = security {
        row["security"] = security;
    }
    let parameters = parameters(operation, generator);
    if !parameters.is_empty() {
        row["parameters"] = parameters.into();
    }
    if let Some((media, schema)) = operation.body {
        let mut content = json!({media: {"schema": schema(generator)}});
        if let Some((first, other)) = operation.lines {
            content[LINES] = json!({
                "schema": {"type": "string", "description": "One JSON object a line: one of the first schema, then some of the second."},
                "x-itemSchema": {"prefixItems": [first(generator)], "items": other(generator)},
            });
        }
        row["requestBody"] = json!({"required": true, "content": content});
    }
    row
}

/// Names of a path's parameters.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn parameters(operation: &Operation, generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters: Vec<Value> = parts(operation.path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    if let Some(query) = operation.query {
        parameters.extend(query_of(query, generator));
    }
    let mut header = |name: &str, what: &str| {
        parameters.push(
            json!({"name": name, "in": "header", "required": true, "description": what,
            "schema": {"type": "string"}}),
        );
    };
    if matches!(operation.door, Door::Clerk(_)) && *operation.method == Method::POST {
        header(
            "Idempotency-Key",
            "A string in quotes: fresh for each change, the same for each repeat.",
        );
    }
    if operation.if_match {
        header("If-Match", "The ETag of what was read.");
    }
    parameters
}

/// A parameter is left out, and never null.
fn plain(schema: &mut Value) {
    let kinds = schema["type"].as_array().cloned().unwrap_or_default();
    if let Some(kind) = kinds.into_iter().find(|kind| kind != "null") {
        schema["type"] = kind;
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("default");
    }
}

/// Words that are listed one by one become one enumeration, which more tools understand.
fn enumerated(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let words = object.get("oneOf").and_then(Value::as_array).and_then(|choices| {
                let words = choices
                    .iter()
                    .map(|choice| choice.get("const").filter(|word| word.is_string()));
                words.map(Option::<&Value>::cloned).collect::<Option<Vec<_>>>()
            });
            if let Some(words) = words {
                let told = object.remove("oneOf").unwrap_or_default();
                let lines = told.as_array().into_iter().flatten().map(|choice| {
                    let text = |name: &str| choice[name].as_str().unwrap_or_default().to_owned();
                    format!("`{}`: {}", text("const"), text("description"))
                });
                let lines: Vec<_> = lines.collect();
                let about = object
                    .get("description")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let about = format!("{about} {}", lines.join(" ")).trim().to_owned();
                object.insert("description".into(), about.into());
                object.insert("type".into(), "string".into());
                object.insert("enum".into(), words.into());
            }
            object.values_mut().for_each(enumerated);
        }
        Value::Array(items) => items.iter_mut().for_each(enumerated),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The members of the query's object, one parameter each.
fn query_of(query: SchemaFn, generator: &mut SchemaGenerator) -> Vec<Value> {
    let schema = Value::from(query(generator));
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
        .map(str::to_owned);
    let shape = match name {
        // It is drawn out into parameters, and no schema of its own any more.
        Some(name) => generator.definitions_mut().remove(&name).unwrap_or_default(),
        None => schema,
    };
    let required = shape["required"].as_array().cloned().unwrap_or_default();
    let members = shape["properties"].as_object().cloned().unwrap_or_default();
    let parameters = members.into_iter().map(|(name, mut schema)| {
        let what = schema
            .as_object_mut()
            .and_then(|schema| schema.remove("description"));
        plain(&mut schema);
        json!({"name": name, "in": "query", "required": required.contains(&json!(name)),
            "description": what, "schema": schema})
    });
    parameters.collect()
}

fn responses(
    operation: &Operation,
    generator: &mut SchemaGenerator,
    problem: &Value,
    oauth: &Value,
) -> Value {
    let mut responses = Map::new();
    for (status, what, content) in operation.answers {
        let mut answer = json!({"description": what});
        match content {
            Content::Nothing => {}
            Content::Json(schema) => {
                answer["content"] = json!({"application/json": {"schema": schema(generator)}});
            }
            Content::Lines(schema) => {
                answer["content"] = json!({LINES: {
                    "schema": {"type": "string", "description": "One JSON object a line."},
                    "x-itemSchema": schema(generator),
                }});
            }
            Content::Text(media) => {
                let kind = if *media == "application/json" {
                    json!({})
                } else {
                    json!({"type": "string"})
                };
                answer["content"] = json!({*media: {"schema": kind}});
            }
        }
        responses.insert(status.to_string(), answer);
    }
    let mut refused: Vec<(u16, Vec<&str>)> = Vec::new();
    let mut add = |status: u16, codes: &[&'static str]| match refused.iter_mut().find(|row| row.0 == status) {
        Some(row) => row.1.extend(codes),
        None => refused.push((status, codes.to_vec())),
    };
    for (status, codes) in common(operation) {
        add(status, codes);
    }
    for (status, codes) in operation.problems {
        add(*status, codes);
    }
    // What reads a body reads it for so long.
    if refused.iter().any(|row| row.0 == 413) {
        refused.push((408, vec!["too_slow"]));
    }
    refused.sort_by_key(|row| row.0);
    let oauth_form = operation.path.starts_with("/oauth2/");
    for (status, codes) in refused {
        let what = codes
            .iter()
            .map(|code| format!("`{code}`"))
            .collect::<Vec<_>>()
            .join(" ");
        let content = if oauth_form && matches!(status, 400 | 401) {
            json!({"application/json": {"schema": oauth}})
        } else {
            json!({"application/problem+json": {"schema": problem}})
        };
        responses.insert(
            status.to_string(),
            json!({"description": what, "content": content}),
        );
    }
    Value::Object(responses)
}

/// What every call behind a door can be refused with.
fn common(operation: &Operation) -> Vec<(u16, &'static [&'static str])> {
    const TOKEN: &[&str] = &["token_missing", "token_invalid", "token_expired"];
    const SIGNED: &[&str] = &[
        "sig_missing",
        "sig_invalid",
        "sig_replayed",
        "digest_mismatch",
        "clock_skew",
    ];
    let mut common: Vec<(u16, &'static [&'static str])> = Vec::new();
    let named = parts(operation.path).next().is_some();
    match operation.door {
        Door::Clerk(scopes) => {
            common.extend([(401, TOKEN), (401, SIGNED), (406, &["not_acceptable"][..])]);
            if !scopes.is_empty() {
                common.push((403, &["scope_missing"]));
            }
            if operation.changes() {
                common.push((413, &["too_large"]));
                common.push((415, &["unsupported_media_type"]));
            }
            if *operation.method == Method::POST {
                common.push((400, &["malformed", "idempotency_missing"]));
                common.push((409, &["idempotency_in_progress"]));
                common.push((422, &["idempotency_mismatch"]));
            }
            if operation.query.is_some() {
                common.push((400, &["malformed"]));
            }
            if named {
                common.push((404, &["not_found"]));
            }
        }
        Door::Phone => {
            common.extend([(401, SIGNED), (404, &["unknown_device"][..])]);
            if operation.body.is_some() {
                common.extend([
                    (400, &["malformed"][..]),
                    (413, &["too_large"]),
                    (415, &["unsupported_media_type"]),
                ]);
            }
        }
        Door::Assertion => common.extend([
            (400, &["invalid_request"][..]),
            (401, &["invalid_client"]),
            (413, &["too_large"]),
        ]),
        Door::Provider => common.push((401, &["sig_invalid"])),
        Door::Open if operation.path == "/oauth2/token" => common.extend([
            (
                400,
                &["invalid_request", "invalid_scope", "unsupported_grant_type"][..],
            ),
            (401, &["invalid_client"]),
            (413, &["too_large"]),
        ]),
        Door::Open | Door::Watch | Door::Payer => {}
    }
    if operation.if_match {
        common.extend([
            (412, &["precondition_failed"][..]),
            (428, &["precondition_required"]),
        ]);
    }
    if operation.door != Door::Watch {
        common.push((429, &["quota_exceeded"]));
    }
    common.push((500, &["internal"]));
    common
}
