//! What is sent and answered about a lender's clients.

use super::asks::PublicJwk;
use super::tells::ClientView;
use crate::openapi::values as v;
use crate::scopes::Scope;
use latchkey_core::order::values::{List, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A permission, as it stands in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScopeWord(pub Scope);

impl<'de> Deserialize<'de> for ScopeWord {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<ScopeWord, D::Error> {
        let word = String::deserialize(d)?;
        let known = Scope::ALL.iter().find(|scope| scope.as_str() == word);
        let unknown = || serde::de::Error::custom("there is no such scope");
        known.map(|scope| ScopeWord(*scope)).ok_or_else(unknown)
    }
}

impl JsonSchema for ScopeWord {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ScopeWord".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        json_schema!({"type": "string", "enum": words})
    }
}

/// A client to be made.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClient {
    /// Who it is.
    #[schemars(with = "v::Text64")]
    pub name: Text<64>,
    /// What it may ask for: nothing that the token of the request does not hold.
    #[schemars(with = "Vec<ScopeWord>", length(min = 1, max = Scope::ALL.len()))]
    pub scopes: List<ScopeWord, 1, { Scope::ALL.len() }>,
    /// Its first key.
    pub key: PublicJwk,
    /// Who makes it.
    #[schemars(with = "v::Text40")]
    pub operator: Text<40>,
    /// Why.
    #[schemars(with = "v::Text200")]
    pub reason: Text<200>,
}

/// A key for a client.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientKeyAsk {
    /// Ed25519 (RFC 8037).
    pub key: PublicJwk,
    /// Who adds it.
    #[schemars(with = "v::Text40")]
    pub operator: Text<40>,
    /// Why.
    #[schemars(with = "v::Text200")]
    pub reason: Text<200>,
}

/// A part of the clients.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ClientPage {
    /// Oldest first; those that were ended too.
    pub clients: Vec<ClientView>,
    /// `after` of the next part; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
