//! A client looks after its own keys: it adds the next one, signs with it, and retires the old one. Clients are made and
//! ended by whoever holds the store, or by a client that may (`clients`).

use super::shapes::*;
use super::{Answer, Change, Fault, Look};
use crate::auth::Tenant;
use crate::auth::device::PublicKey;
use crate::problem::Problem;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::store::{Conn, clients};
use axum::http::{Method, StatusCode};
use latchkey_core::wire::Jwk;

const TAG: &str = "client";
/// Keys that a client may have in use at once.
const MOST_KEYS: usize = 4;

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "getClient",
        path: "/v1/client",
        tag: TAG,
        summary: "Read who this client is, and its keys.",
        door: Door::Clerk(&[]),
        answers: &[(200, "The client.", Content::Json(schema::<ClientView>))],
        handler: Handler::Look(|look| Box::pin(get(look))),
        ..PLAIN
    },
    Operation {
        id: "addClientKey",
        method: &Method::POST,
        path: "/v1/client/keys",
        tag: TAG,
        summary: "Add a key to this client.",
        door: Door::Clerk(&[]),
        body: Some(("application/json", schema::<KeyAsk>)),
        answers: &[(201, "The client.", Content::Json(schema::<ClientView>))],
        problems: &[
            (409, &["key_retired", "too_many_keys"]),
            (422, &["unsupported_key"]),
        ],
        handler: Handler::Change(|change| Box::pin(add(change))),
        ..PLAIN
    },
    Operation {
        id: "retireClientKey",
        method: &Method::DELETE,
        path: "/v1/client/keys/{thumbprint}",
        tag: TAG,
        summary: "Retire a key of this client.",
        text: "Tokens bound to it end with it. The last key stays.",
        door: Door::Clerk(&[]),
        answers: &[(204, "It proves nothing any more.", Content::Nothing)],
        problems: &[(409, &["last_key"])],
        handler: Handler::Change(|change| Box::pin(retire(change))),
        ..PLAIN
    },
];

/// A client as it is shown.
pub(super) async fn view(conn: &mut Conn, tenant: &Tenant, id: &str) -> Result<ClientView, Fault> {
    let client = clients::get(conn, tenant, id).await?;
    let keys = clients::keys(conn, tenant, id).await?;
    let keys = keys.into_iter().map(|key| KeyView {
        thumbprint: key.thumbprint,
        added: key.added.unix_s(),
        retired: key.retired.map(|at| at.unix_s()),
    });
    Ok(ClientView {
        client: client.id,
        name: client.name,
        tenant: tenant.as_str().to_owned(),
        scope: client.scopes.to_string(),
        created: client.created.unix_s(),
        ended: client.revoked.map(|at| at.unix_s()),
        keys: keys.collect(),
    })
}

async fn get(look: &mut Look<'_>) -> Result<Answer, Fault> {
    Answer::ok(&view(look.conn, look.asked.tenant(), &look.asked.caller.client).await?)
}

async fn in_use(change: &mut Change<'_>) -> Result<usize, Fault> {
    let (tenant, client) = (change.asked.tenant(), &change.asked.caller.client);
    clients::hold(&mut change.work.tx, tenant, client).await?;
    let keys = clients::keys(&mut change.work.tx, tenant, client).await?;
    Ok(keys.iter().filter(|key| key.retired.is_none()).count())
}

/// Whether a client may have one more key, and this one.
pub(super) async fn may_have(
    tx: &mut Conn,
    tenant: &Tenant,
    client: &str,
    key: &PublicKey,
) -> Result<(), Problem> {
    let conflict = |code, next| Err(Problem::new(StatusCode::CONFLICT, code, next));
    clients::hold(tx, tenant, client).await?;
    let keys = clients::keys(tx, tenant, client).await?;
    let thumbprint = key.thumbprint();
    if keys
        .iter()
        .any(|own| own.retired.is_some() && own.thumbprint == thumbprint)
    {
        return conflict("key_retired", "This key was retired; make another one.");
    }
    if keys.iter().filter(|own| own.retired.is_none()).count() >= MOST_KEYS {
        return conflict("too_many_keys", "Retire a key of this client first.");
    }
    Ok(())
}

/// Reads a key that was sent as `key`.
pub(super) fn key_of(sent: PublicJwk) -> Result<PublicKey, Problem> {
    let key = PublicKey::of_client(&Jwk {
        kty: sent.kty,
        crv: sent.crv,
        x: sent.x,
        y: None,
    });
    key.map_err(|problem| problem.at("/key"))
}

async fn add(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let asked: KeyAsk = change.asked.json()?;
    let key = key_of(asked.key)?;
    let (work, caller) = (&mut change.work, change.asked.caller);
    may_have(&mut work.tx, &caller.tenant, &caller.client, &key).await?;
    let now = work.now;
    clients::add_key(&mut work.tx, &caller.tenant, &caller.client, &key, now).await?;
    let view = view(&mut work.tx, &caller.tenant, &caller.client).await?;
    Answer::new(StatusCode::CREATED, &view)
}

async fn retire(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let thumbprint: String = change.asked.part("thumbprint")?;
    let last = in_use(change).await? <= 1;
    let (work, caller) = (&mut change.work, change.asked.caller);
    let now = work.now;
    if !clients::retire_key(&mut work.tx, &caller.tenant, &caller.client, &thumbprint, now).await? {
        return Err(Problem::not_found().into());
    }
    if last {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "last_key",
            "Add the next key first, or nobody can sign for this client any more.",
        )
        .into());
    }
    Answer::new(StatusCode::NO_CONTENT, &())
}
