//! One row for everything that can be asked: from it come the router and the OpenAPI document, so that the two cannot
//! part. To add a call: a row in its room's table, and its handler.

use super::clerk::{Change, Look};
use crate::house::House;
use crate::limits::Bucket;
use crate::scopes::Scope;
use axum::http::Method;
use axum::routing::MethodRouter;
use schemars::{Schema, SchemaGenerator};
use std::pin::Pin;
use std::sync::Arc;

use super::clerk::{Answer, Asked, Fault};
use crate::house::Prepared;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Anyone, a limited number of times an address.
    Open,
    /// Whoever watches the server: no limit, no secret.
    Watch,
    /// Whoever holds a pay link.
    Payer,
    /// A phone, by its signature.
    Phone,
    /// A client, by an assertion in the form.
    Assertion,
    /// A payment provider, by its signature.
    Provider,
    /// A client, by its token; what it changes is signed.
    Clerk(&'static [Scope]),
}

/// Makes the schema of a type.
pub(crate) type SchemaFn = fn(&mut SchemaGenerator) -> Schema;

/// The schema of `T`.
pub(crate) fn schema<T: schemars::JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The body of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content {
    /// None.
    Nothing,
    /// JSON of this schema.
    Json(SchemaFn),
    /// Text of this media type.
    Text(&'static str),
    /// One JSON object a line, each of this schema, as they come.
    Lines(SchemaFn),
}

/// A future that a handler returns.
pub(crate) type Boxed<'a> = Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send + 'a>>;

/// Done before the transaction of a change begins, and what it made for it.
pub(crate) type Prepare =
    for<'a> fn(&'a Asked<'_>) -> Pin<Box<dyn Future<Output = Result<Prepared, Fault>> + Send + 'a>>;

/// What answers.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Reads for a clerk.
    Look(for<'a> fn(&'a mut Look<'_>) -> Boxed<'a>),
    /// Changes something for a clerk, in one transaction.
    Change(for<'a> fn(&'a mut Change<'_>) -> Boxed<'a>),
    /// Everything else.
    Route(fn() -> MethodRouter<Arc<House>>),
}

/// One call.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    /// Its name.
    pub id: &'static str,
    /// Method.
    pub method: &'static Method,
    /// Path, with parameters in braces.
    pub path: &'static str,
    /// Which chapter it stands in.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// More, if there is more to say.
    pub text: &'static str,
    /// Who may ask.
    pub door: Door,
    /// Query parameters, as an object.
    pub query: Option<SchemaFn>,
    /// Whether `If-Match` must be sent.
    pub if_match: bool,
    /// Body: media type and schema.
    pub body: Option<(&'static str, SchemaFn)>,
    /// The same body line by line (`application/x-ndjson`): the schemas of the first line and of the others.
    pub lines: Option<(SchemaFn, SchemaFn)>,
    /// Answers that say yes.
    pub answers: &'static [(u16, &'static str, Content)],
    /// Answers that say no, besides those that its door brings: status and codes.
    pub problems: &'static [(u16, &'static [&'static str])],
    /// Which bucket of the address pays where nothing is proven.
    pub bucket: Bucket,
    /// Longest body, bytes.
    pub most: usize,
    /// What takes its time and is done before the transaction of a change begins.
    pub prepare: Option<Prepare>,
    /// What answers.
    pub handler: Handler,
}

/// What most rows leave as it is.
pub(crate) const PLAIN: Operation = Operation {
    id: "",
    method: &Method::GET,
    path: "",
    tag: "",
    summary: "",
    text: "",
    door: Door::Open,
    query: None,
    if_match: false,
    body: None,
    lines: None,
    answers: &[],
    problems: &[],
    bucket: Bucket::AddressOpen,
    most: super::LONGEST_BODY,
    prepare: None,
    handler: Handler::Route(nobody),
};

/// Takes the place of a handler in [`PLAIN`].
fn nobody() -> MethodRouter<Arc<House>> {
    MethodRouter::new()
}

impl Operation {
    /// Whether it changes something.
    pub(crate) fn changes(&self) -> bool {
        !matches!(*self.method, Method::GET | Method::HEAD)
    }
}
