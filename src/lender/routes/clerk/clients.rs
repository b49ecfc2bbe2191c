//! A lender's clients, by one of them that may manage them: made, listed, given keys, ended.
//!
//! Nobody gains by it: a client gets no scope and no key for a scope that whoever asks does not hold. And nobody makes a
//! second pair of eyes for what they asked themselves: who may approve many locks gives nobody what locks are asked with.

use super::bulk::by;
use super::devices::{cursor, limit, timed};
use super::own::{key_of, may_have, view};
use super::shapes::*;
use super::{Answer, Asked, Change, Fault, Look};
use crate::problem::Problem;
use crate::random;
use crate::routes::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::scopes::{Scope, Scopes};
use crate::store::clients::{self, Client};
use crate::store::{Conn, audit, pages};
use axum::http::{Method, StatusCode};

const TAG: &str = "client";
const JSON: &str = "application/json";
const MANAGE: Door = Door::Clerk(&[Scope::ClientsManage]);

pub(crate) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "listClients",
        path: "/v1/clients",
        tag: TAG,
        summary: "List clients, oldest first.",
        door: MANAGE,
        query: Some(schema::<Page>),
        answers: &[(200, "A part of them.", Content::Json(schema::<ClientPage>))],
        problems: &[(400, &["bad_cursor"])],
        handler: Handler::Look(|look| Box::pin(list(look))),
        ..PLAIN
    },
    Operation {
        id: "createClient",
        method: &Method::POST,
        path: "/v1/clients",
        tag: TAG,
        summary: "Make a client with its first key.",
        text: "It gets no scope that the token of the request does not hold. A client that has locks:approve gives nobody \
               locks:write, locks:bulk or locks:approve: nobody makes the second pair of eyes themselves.",
        door: MANAGE,
        body: Some((JSON, schema::<NewClient>)),
        answers: &[(201, "The client.", Content::Json(schema::<ClientView>))],
        problems: &[(403, &["four_eyes"]), (422, &["unsupported_key"])],
        handler: Handler::Change(|change| Box::pin(create(change))),
        ..PLAIN
    },
    Operation {
        id: "readClient",
        path: "/v1/clients/{client}",
        tag: TAG,
        summary: "Read a client and its keys.",
        door: MANAGE,
        answers: &[(200, "The client.", Content::Json(schema::<ClientView>))],
        handler: Handler::Look(|look| Box::pin(get(look))),
        ..PLAIN
    },
    Operation {
        id: "addKeyOfClient",
        method: &Method::POST,
        path: "/v1/clients/{client}/keys",
        tag: TAG,
        summary: "Add a key to a client.",
        text: "Whoever holds it may do what the client may: so it is given by those who could make such a client.",
        door: MANAGE,
        body: Some((JSON, schema::<ClientKeyAsk>)),
        answers: &[(201, "The client.", Content::Json(schema::<ClientView>))],
        problems: &[
            (403, &["four_eyes"]),
            (409, &["client_ended", "key_retired", "too_many_keys"]),
            (422, &["unsupported_key"]),
        ],
        handler: Handler::Change(|change| Box::pin(add_key(change))),
        ..PLAIN
    },
    Operation {
        id: "retireKeyOfClient",
        method: &Method::DELETE,
        path: "/v1/clients/{client}/keys/{thumbprint}",
        tag: TAG,
        summary: "Retire a key of a client.",
        text: "Tokens bound to it end with it. The last key of the client that asks stays.",
        door: MANAGE,
        answers: &[(204, "It proves nothing any more.", Content::Nothing)],
        problems: &[(409, &["last_key"])],
        handler: Handler::Change(|change| Box::pin(retire_key(change))),
        ..PLAIN
    },
    Operation {
        id: "endClient",
        method: &Method::POST,
        path: "/v1/clients/{client}/end",
        tag: TAG,
        summary: "End a client for good.",
        text: "None of its tokens and keys is worth anything any more. Its name stays in the audit.",
        door: MANAGE,
        body: Some((JSON, schema::<ByAsk>)),
        answers: &[(200, "The client.", Content::Json(schema::<ClientView>))],
        problems: &[(409, &["own_client"])],
        handler: Handler::Change(|change| Box::pin(end(change))),
        ..PLAIN
    },
];

/// What locks are asked for and approved with.
const OF_LOCKS: [Scope; 3] = [Scope::LocksWrite, Scope::LocksBulk, Scope::LocksApprove];

/// Whether whoever asks may give these scopes to somebody.
async fn may_give(conn: &mut Conn, asked: &Asked<'_>, scopes: &Scopes) -> Result<(), Fault> {
    for scope in scopes.iter() {
        asked.may(scope)?;
    }
    // What the client may, not what it asked this token for: it could ask for another one.
    let own = clients::get(conn, asked.tenant(), &asked.caller.client).await?;
    let asks = OF_LOCKS.into_iter().any(|scope| scopes.allow(scope));
    if own.scopes.allow(Scope::LocksApprove) && asks {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "four_eyes",
            "A client that approves locks gives nobody scopes of locks; let another client do it, or whoever holds the store.",
        )
        .into());
    }
    Ok(())
}

async fn list(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let page: Page = look.asked.query()?;
    let limit = limit(page.limit)?;
    let after: (i64, String) = page
        .after
        .as_deref()
        .map_or(Ok((i64::MIN, String::new())), timed)?;
    let tenant = look.asked.tenant();
    let mut found = pages::clients(look.conn, tenant, (after.0, &after.1), limit + 1).await?;
    let last = pages::cut(&mut found, limit);
    let next = last.map(|(ms, id)| cursor(&[&ms.to_string(), id]));
    let mut told = Vec::new();
    for (_, id) in &found {
        told.push(view(look.conn, tenant, id).await?);
    }
    Answer::ok(&ClientPage { clients: told, next })
}

async fn get(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let id: String = look.asked.part("client")?;
    Answer::ok(&view(look.conn, look.asked.tenant(), &id).await?)
}

async fn create(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let asked: NewClient = change.asked.json()?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let key = key_of(asked.key)?;
    let scopes: Scopes = asked.scopes.iter().map(|word| word.0).collect();
    let work = &mut change.work;
    let (tenant, now) = (change.asked.tenant(), work.now);
    may_give(&mut work.tx, &change.asked, &scopes).await?;
    let client = Client {
        id: format!("client-{}", random::typed(12)?.to_lowercase()),
        name: asked.name.as_str().to_owned(),
        scopes,
        created: now,
        revoked: None,
    };
    clients::insert(&mut work.tx, tenant, &client).await?;
    clients::add_key(&mut work.tx, tenant, &client.id, &key, now).await?;
    audit::note(&mut work.tx, tenant, "client.add", &by, &client.id, now).await?;
    let view = view(&mut work.tx, tenant, &client.id).await?;
    Answer::new(StatusCode::CREATED, &view)
}

async fn add_key(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("client")?;
    let work = &mut change.work;
    let (tenant, now) = (change.asked.tenant(), work.now);
    let client = clients::get(&mut work.tx, tenant, &id).await?;
    let asked: ClientKeyAsk = change.asked.json()?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    let key = key_of(asked.key)?;
    may_give(&mut work.tx, &change.asked, &client.scopes).await?;
    if client.revoked.is_some() {
        return Err(conflict("client_ended", "This client is ended; make another one.").into());
    }
    may_have(&mut work.tx, tenant, &id, &key).await?;
    clients::add_key(&mut work.tx, tenant, &id, &key, now).await?;
    let about = format!("{id} {}", key.thumbprint());
    audit::note(&mut work.tx, tenant, "client.key.add", &by, &about, now).await?;
    let view = view(&mut work.tx, tenant, &id).await?;
    Answer::new(StatusCode::CREATED, &view)
}

async fn retire_key(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("client")?;
    let thumbprint: String = change.asked.part("thumbprint")?;
    let work = &mut change.work;
    let (tenant, now) = (change.asked.tenant(), work.now);
    clients::get(&mut work.tx, tenant, &id).await?;
    clients::hold(&mut work.tx, tenant, &id).await?;
    if !clients::retire_key(&mut work.tx, tenant, &id, &thumbprint, now).await? {
        return Err(Problem::not_found().into());
    }
    let keys = clients::keys(&mut work.tx, tenant, &id).await?;
    if id == change.asked.caller.client && keys.iter().all(|key| key.retired.is_some()) {
        let next = "Add the next key first, or nobody can sign for this client any more.";
        return Err(conflict("last_key", next).into());
    }
    Answer::new(StatusCode::NO_CONTENT, &())
}

async fn end(change: &mut Change<'_>) -> Result<Answer, Fault> {
    let id: String = change.asked.part("client")?;
    let work = &mut change.work;
    let (tenant, now) = (change.asked.tenant(), work.now);
    let client = clients::get(&mut work.tx, tenant, &id).await?;
    let asked: ByAsk = change.asked.json()?;
    let by = by(&change.asked, &asked.operator, asked.reason)?;
    if id == change.asked.caller.client {
        let next = "No client ends itself; let another one do it, or whoever holds the store.";
        return Err(conflict("own_client", next).into());
    }
    if client.revoked.is_none() {
        clients::revoke(&mut work.tx, tenant, &id, now).await?;
        audit::note(&mut work.tx, tenant, "client.revoke", &by, &id, now).await?;
    }
    Answer::ok(&view(&mut work.tx, tenant, &id).await?)
}

fn conflict(code: &'static str, next: &'static str) -> Problem {
    Problem::new(StatusCode::CONFLICT, code, next)
}
