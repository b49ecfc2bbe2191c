//! What a payment provider tells by itself: each message once, whatever it is about, in one transaction with what it
//! causes. Money that nobody can place is kept for a clerk; nothing that a provider tells ever locks a phone.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::payment;
use crate::problem::Problem;
use crate::provider::{ProviderEvent, ProviderEventKind, Unheard};
use crate::store::audit::{self, Deed};
use crate::store::payments::Intent;
use crate::store::{contracts, devices, int, payments, provider_events};
use axum::http::{HeaderMap, StatusCode};

/// Books what a provider told. What became of it, as it stands in the store.
///
/// # Errors
/// 401 `sig_invalid`, 400 `malformed`, 404 `not_found` or `payment_unknown`: a payment that is to come; the provider tells
/// it again.
pub(crate) async fn hear(
    house: &House,
    tenant: &Tenant,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<&'static str, Problem> {
    let bank = &house.office(tenant)?.provider;
    let event = match bank.hear(headers, body, house.now()) {
        Ok(event) => event,
        Err(Unheard::NotOurs) => return Ok("ignored"),
        Err(Unheard::NoWebhooks) => return Err(Problem::not_found()),
        Err(Unheard::Malformed) => return Err(Problem::malformed()),
        Err(Unheard::NotSigned) => {
            return Err(Problem::unauthorised(
                "sig_invalid",
                "Sign with the secret of this provider, by Standard Webhooks, within five minutes.",
            ));
        }
    };
    let mut work = house.begin(tenant).await?;
    let contract = contract_of(&mut work, bank.name(), &event).await?;
    let provider = bank.name();
    let unplaced = match (&contract, event.kind) {
        (None, ProviderEventKind::Refunded | ProviderEventKind::ChargedBack) => {
            provider_events::unplaced(&mut work.tx, tenant, provider, &event.reference).await?
        }
        (Some(_), _) | (None, ProviderEventKind::Paid) => None,
    };
    if contract.is_none() && event.kind != ProviderEventKind::Paid && unplaced.is_none() {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "payment_unknown",
            "Tell of the payment first, then again that it was taken back.",
        ));
    }
    let mut device = None;
    if let Some(contract) = &contract {
        let about = devices::of_contract(&mut work.tx, tenant, contract).await?;
        work.hold(&about).await?;
        device = Some(about);
    }
    if !provider_events::insert(&mut work.tx, tenant, provider, &event, work.now).await? {
        return Ok("repeated");
    }
    let outcome = match contract {
        None => match unplaced {
            Some(minor) => send_back(&mut work, provider, minor, &event).await?,
            None => "unmatched",
        },
        Some(contract) => place(&mut work, provider, &contract, &event).await?,
    };
    provider_events::end(&mut work.tx, tenant, provider, &event.message, outcome).await?;
    if matches!(outcome, "booked" | "overpaid" | "reversed")
        && let Some(device) = &device
    {
        let deed = Deed {
            action: &format!("payment.{outcome}"),
            operator: provider,
            reason: &event.reference,
            device: Some(device),
            lock_id: None,
            slot: None,
        };
        audit::write(&mut work.tx, tenant, &deed, work.now).await?;
    }
    work.tx.commit().await?;
    Ok(outcome)
}

/// The contract that an event is about: by its payment, by the intent of a pay page, or by its number.
async fn contract_of(
    work: &mut Work<'_>,
    provider: &str,
    event: &ProviderEvent,
) -> Result<Option<String>, LenderError> {
    let tenant = work.tenant;
    if event.kind != ProviderEventKind::Paid {
        let found = payments::by_reference(&mut work.tx, tenant, provider, &event.reference).await?;
        return Ok(found.map(|payment| payment.contract));
    }
    if let Some(contract) = payments::contract_of_intent(&mut work.tx, tenant, &event.about).await? {
        return Ok(Some(contract));
    }
    match contracts::get(&mut work.tx, tenant, &event.about).await {
        Ok(contract) => Ok(Some(contract.id)),
        Err(LenderError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Money that nobody could place goes back to whoever sent it: then it is no clerk's business any more.
async fn send_back(
    work: &mut Work<'_>,
    provider: &str,
    minor: i64,
    event: &ProviderEvent,
) -> Result<&'static str, LenderError> {
    let tenant = work.tenant;
    let before = provider_events::refunded(&mut work.tx, tenant, provider, &event.reference).await?;
    if before.saturating_add(int(event.minor)) < minor {
        return Ok("partial_refund");
    }
    provider_events::returned(&mut work.tx, tenant, provider, &event.reference).await?;
    Ok("returned")
}

async fn place(
    work: &mut Work<'_>,
    provider: &str,
    contract: &str,
    event: &ProviderEvent,
) -> Result<&'static str, LenderError> {
    let tenant = work.tenant;
    let known = contracts::get(&mut work.tx, tenant, contract).await?;
    if known.read.cur != event.cur {
        return Ok("wrong_currency");
    }
    if event.kind == ProviderEventKind::Paid {
        let intent = Intent {
            id: event.about.clone(),
            contract: contract.to_owned(),
            minor: event.minor,
        };
        let device = devices::of_contract(&mut work.tx, tenant, contract).await?;
        let before = work.locks_standing(&device).await?.into_iter().next();
        if !payment::book(work, &intent, provider, &event.reference).await? {
            return Ok("repeated");
        }
        if let (Some(lock), Some(paid_at)) = (before, event.paid_at)
            && work.lock_outstanding(&device).await?.is_none()
        {
            work.told_late(&device, &lock, paid_at).await?;
        }
        let placed = payments::placed(&mut work.tx, tenant, provider, &event.reference).await?;
        return Ok(if placed < i64::try_from(event.minor.get()).unwrap_or(i64::MAX) {
            "overpaid"
        } else {
            "booked"
        });
    }
    let Some(paid) = payments::by_reference(&mut work.tx, tenant, provider, &event.reference).await? else {
        return Ok("unmatched");
    };
    if paid.reversed_ms.is_some() {
        return Ok("repeated");
    }
    let before = provider_events::refunded(&mut work.tx, tenant, provider, &event.reference).await?;
    if before.saturating_add(int(event.minor)) < paid.minor {
        return Ok("partial_refund");
    }
    if known.settled {
        payments::reverse(&mut work.tx, tenant, contract, &paid.payment, work.now).await?;
    } else {
        let device = devices::of_contract(&mut work.tx, tenant, contract).await?;
        payment::charge_back(work, &device, &paid.payment).await?;
    }
    Ok("reversed")
}
