//! A payment, booked: one transaction holds the payment, the release of the highest lock ever numbered, the end of
//! every lock under way, and the new terms. Committed, it wakes the phone's poll (OWN-04, OWN-05). Where more is due and no
//! lock stands, the release only clears what was paid in full: nothing locks on those notices any more.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::house::{House, Work};
use crate::money;
use crate::provider::{Outcome, Request};
use crate::random;
use crate::store::audit::{self, Deed};
use crate::store::payments::{Intent, Payment};
use crate::store::{contracts, devices, overpaid, payments};
use latchkey_core::order::claims::Why;
use latchkey_core::order::values::DeviceId;
use latchkey_core::wire::{ClaimKind, Delivery};

/// A release names at most so many instalments.
const NAMED: usize = 12;

/// What came of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Booked {
    /// Paid, now or before: the same intent is the same payment.
    Paid,
    /// The provider declined.
    Declined,
    /// What is owed is not what was shown any more: nothing was taken.
    Stale,
}

/// Takes an intent's payment through the provider and books it, if the sum that was shown is still the one that is owed.
pub(crate) async fn take(
    house: &House,
    tenant: &Tenant,
    intent: &Intent,
    action: &str,
) -> Result<Booked, LenderError> {
    // One transaction from the look at what is owed to the booking, or two open pages pay one debt twice.
    let mut work = house.begin(tenant).await?;
    let device = devices::of_contract(&mut work.tx, tenant, &intent.contract).await?;
    work.hold(&device).await?;
    if let Some(kept) = payments::kept(&mut work.tx, tenant, &intent.contract, &intent.id).await? {
        // One that was taken back is never taken again: the payer reads the sum of today first.
        return Ok(match kept.reversed {
            None => Booked::Paid,
            Some(_) => Booked::Stale,
        });
    }
    let contract = contracts::get(&mut work.tx, tenant, &intent.contract).await?;
    if contract.settled || work.timeline(&contract).await?.sums.unlocks_now != intent.minor {
        return Ok(Booked::Stale);
    }
    let request = Request {
        intent: &intent.id,
        minor: intent.minor,
        action,
    };
    let provider = &house.office(tenant)?.provider;
    match provider.take(&request) {
        Outcome::Declined => Ok(Booked::Declined),
        Outcome::Paid { reference } => {
            if book(&mut work, intent, provider.name(), &reference).await? {
                let deed = Deed {
                    action: "payment.booked",
                    operator: provider.name(),
                    reason: &reference,
                    device: Some(&device),
                    lock_id: None,
                    slot: None,
                };
                audit::write(&mut work.tx, tenant, &deed, work.now).await?;
            }
            work.tx.commit().await?;
            Ok(Booked::Paid)
        }
    }
}

/// Books a confirmed payment. `false`: its reference was booked before, and nothing happens.
pub(crate) async fn book(
    work: &mut Work<'_>,
    intent: &Intent,
    provider: &str,
    reference: &str,
) -> Result<bool, LenderError> {
    let (tenant, now) = (work.tenant, work.now);
    let device = devices::of_contract(&mut work.tx, tenant, &intent.contract).await?;
    work.hold(&device).await?;
    let id = random::id()?;
    let payment = Payment {
        id: id.as_str(),
        contract: &intent.contract,
        provider,
        reference,
        minor: intent.minor,
        paid: now,
    };
    if !payments::book(&mut work.tx, tenant, &payment).await? {
        return Ok(false);
    }
    let contract = contracts::get(&mut work.tx, tenant, &intent.contract).await?;
    let before = work.timeline(&contract).await?;
    let parts = money::spread(&before.instalments, intent.minor, before.locked)?;
    for part in &parts {
        payments::book_part(&mut work.tx, tenant, &payment, part.no, part.minor).await?;
    }
    let placed: u64 = parts.iter().map(|part| part.minor.get()).sum();
    let over = intent.minor.get().saturating_sub(placed);
    if over > 0 {
        let over = i64::try_from(over).unwrap_or(i64::MAX);
        overpaid::note(&mut work.tx, tenant, payment.id, over).await?;
    }
    if contract.settled {
        return Ok(true);
    }
    let cleared: Vec<_> = parts.iter().filter(|p| p.clears).map(|p| p.no).collect();
    if work.timeline(&contract).await?.sums.unlocks_now.get() == 0 {
        let mut named: Vec<_> = cleared.chunks(NAMED).map(<[_]>::to_vec).collect();
        if named.is_empty() && before.locked.is_some() {
            // What the lock asks for is paid, though more of its instalment is owed.
            named.push(Vec::new());
        }
        for named in named {
            work.release(&device, Why::Paid, named, Some(now)).await?;
        }
        work.end_claims(&device, ClaimKind::Paid, None, "booked").await?;
    } else if !cleared.is_empty() {
        // More is due, but what is paid is paid: its notices are spent, whatever becomes of the payment.
        for named in cleared.chunks(NAMED) {
            work.clear(&device, named.to_vec(), now).await?;
        }
        work.end_claims(&device, ClaimKind::Paid, Some(&cleared), "booked")
            .await?;
    }
    work.terms(&device).await?;
    Ok(true)
}

/// The provider took a payment back: it is owed again, and the phone is told so. What was released stays released: a
/// new lock needs notices that are newer than the release, and their time (OWN-04).
pub(crate) async fn charge_back(
    work: &mut Work<'_>,
    device: &DeviceId,
    payment: &str,
) -> Result<Delivery, LenderError> {
    let contract = work.open_contract(device).await?;
    if !payments::reverse(&mut work.tx, work.tenant, &contract.id, payment, work.now).await? {
        return Err(LenderError::NotFound(
            "no such payment, or it was taken back before; `money` shows them",
        ));
    }
    work.terms(device).await
}
