//! What the store knows of a phone, for one page.

use crate::auth::operator::Operator;
use crate::compensation::{self, Compensation};
use crate::error::LenderError;
use crate::house::House;
use crate::money;
use crate::orders::claims as read_claims;
use crate::scopes::Scope;
use crate::store::audit::{self, Audited};
use crate::store::claims::{self, Said};
use crate::store::contracts::{self, Contract};
use crate::store::devices;
use crate::store::orders::{self, StoredOrder};
use crate::store::pages;
use crate::store::payments::{self, Booked};
use crate::timeline::{self, Timeline};
use latchkey_core::order::claims::Lock;
use latchkey_core::order::values::{Day, DeviceId, LockId, Minor};

/// The newest so many deeds stand on the page; all of them in `GET /v1/audit`.
const MOST_DEEDS: i64 = 200;

/// A phone as it stands.
pub(super) struct Signs {
    /// Which.
    pub device: DeviceId,
    /// Its contract.
    pub contract: Contract,
    /// When it checked in last, Unix milliseconds.
    pub seen_ms: Option<i64>,
    /// Today, where the contract is.
    pub today: Option<Day>,
    /// Its money.
    pub timeline: Timeline,
    /// What was paid, oldest first.
    pub payments: Vec<Booked>,
    /// What the lender owes for locks that were wrong.
    pub due: Vec<Compensation>,
    /// The lock in force.
    pub lock: Option<Lock>,
    /// Numbers of the locks that may be in force on the phone; the one that it took last comes first.
    pub standing: Vec<LockId>,
    /// Whether the phone told last that a lock stands on it.
    pub tells_lock: bool,
    /// Everything that was sent, oldest first.
    pub orders: Vec<StoredOrder>,
    /// What the owner said, if this operator may read it.
    pub claims: Vec<Said>,
    /// What operators did to it, if this operator may read it.
    pub deeds: Vec<Audited>,
}

impl Signs {
    /// An amount as the market writes it.
    pub(super) fn money(&self, minor: Minor) -> String {
        money::write(&self.contract.read, minor)
    }

    /// Number of the last order, 0 = none.
    pub(super) fn seen(&self) -> i64 {
        self.orders.last().map_or(0, |order| order.seq)
    }
}

/// Reads it. Disputes that nobody answered in time are ended first, as at the phone's check-in.
pub(super) async fn read(
    house: &House,
    operator: &Operator,
    device: &DeviceId,
) -> Result<Signs, LenderError> {
    let tenant = &operator.tenant;
    let mut work = house.begin(tenant).await?;
    // A phone of somebody else is no phone here.
    devices::get(&mut work.tx, tenant, device).await?;
    work.lapse_disputes(device).await?;
    let lock = work.lock_outstanding(device).await?;
    let standing = work.locks_standing(device).await?;
    work.tx.commit().await?;
    let mut conn = house.store.read().await?;
    let row = devices::get(&mut conn, tenant, device).await?;
    let contract = contracts::get(&mut conn, tenant, &row.contract).await?;
    let told = pages::told(&mut conn, tenant, device).await?;
    let claims = if operator.may(Scope::ClaimsRead) {
        claims::all(&mut conn, tenant, device).await?
    } else {
        Vec::new()
    };
    let mut deeds = Vec::new();
    if operator.may(Scope::AuditRead) {
        deeds = audit::of_device(&mut conn, tenant, device, MOST_DEEDS).await?;
    }
    Ok(Signs {
        device: device.clone(),
        payments: payments::all(&mut conn, tenant, &contract.id).await?,
        due: compensation::of(&mut conn, tenant, device, house.now()).await?,
        timeline: timeline::of(&mut conn, tenant, &contract, house.now()).await?,
        lock: lock.map(|lock| read_claims::<Lock>(&lock.jws)).transpose()?,
        standing: standing.iter().map(|lock| lock.lock_id).collect(),
        tells_lock: matches!(told.mode.as_str(), "locked" | "open" | "backup"),
        orders: orders::after(&mut conn, tenant, device, 0, i64::MAX).await?,
        seen_ms: row.seen_ms,
        today: house.now().day(contract.read.utc_offset_min).ok(),
        contract,
        claims,
        deeds,
    })
}
