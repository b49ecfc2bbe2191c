//! Who may decide now: on PostgreSQL, where many transactions write at once, each one takes the row locks of what it
//! reads and then decides about. SQLite has one writer, so there this only keeps the books that debug builds check.
//!
//! The order is the same for everybody, so that no two wait for each other: [`Turn::Trust`], then phones (one, or all of
//! the tenant at once), then [`Turn::Breaker`], then [`Turn::Audit`].

use super::{Conn, query, query_as};
use crate::auth::Tenant;
use crate::error::LenderError;
use latchkey_core::order::values::DeviceId;

/// Something that the whole tenant has once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// Key sets, settings of the start, withdrawn keys.
    Trust,
    /// How many locks were issued, and whether they are stopped.
    Breaker,
    /// The audit's chain.
    Audit,
}

impl Turn {
    const fn name(self) -> &'static str {
        match self {
            Turn::Trust => "trust",
            Turn::Breaker => "breaker",
            Turn::Audit => "audit",
        }
    }

    const fn place(self) -> u8 {
        match self {
            Turn::Trust => 0,
            Turn::Breaker => 2,
            Turn::Audit => 3,
        }
    }
}

/// The place of phones in the order.
const PHONES: u8 = 1;

/// What a transaction holds until it ends.
#[derive(Debug, Default)]
pub(super) struct Held {
    phones: Vec<DeviceId>,
    turns: Vec<Turn>,
    all: bool,
    place: u8,
}

impl Held {
    fn go_on_to(&mut self, place: u8) {
        debug_assert!(
            place >= self.place,
            "row locks out of order: take Trust, then phones, then Breaker, then Audit"
        );
        self.place = place;
    }
}

impl Conn {
    /// Holds a phone, its contract and everything that hangs on them. `true`: it was not held before.
    pub(crate) async fn hold(&mut self, tenant: &Tenant, device: &DeviceId) -> Result<bool, LenderError> {
        if self.holds(device) {
            return Ok(false);
        }
        debug_assert!(
            self.held.phones.is_empty(),
            "a transaction holds one phone, or all of the tenant by `hold_all`"
        );
        self.held.go_on_to(PHONES);
        if self.is_postgres() {
            // Not FOR UPDATE: rows that point to the phone may be written meanwhile.
            let _row: Option<(String,)> =
                query_as("SELECT device FROM devices WHERE tenant = $1 AND device = $2 FOR NO KEY UPDATE")
                    .bind(tenant.as_str())
                    .bind(device.as_str())
                    .fetch_optional(self)
                    .await?;
        }
        self.held.phones.push(device.clone());
        Ok(true)
    }

    /// Holds every phone of the tenant.
    pub(crate) async fn hold_all(&mut self, tenant: &Tenant) -> Result<(), LenderError> {
        self.held.go_on_to(PHONES);
        if self.is_postgres() {
            let _rows: Vec<(String,)> =
                query_as("SELECT device FROM devices WHERE tenant = $1 ORDER BY device FOR NO KEY UPDATE")
                    .bind(tenant.as_str())
                    .fetch_all(self)
                    .await?;
        }
        self.held.all = true;
        Ok(())
    }

    /// Whether this transaction holds a phone.
    pub(crate) fn holds(&self, device: &DeviceId) -> bool {
        self.held.all || self.held.phones.contains(device)
    }

    /// A phone that this transaction made: nobody else sees it yet.
    pub(super) fn made(&mut self, device: &DeviceId) {
        if !self.held.all {
            self.held.phones.push(device.clone());
        }
    }

    /// Waits for one's turn, and has it until the transaction ends.
    pub(crate) async fn turn(&mut self, tenant: &Tenant, turn: Turn) -> Result<(), LenderError> {
        if self.held.turns.contains(&turn) {
            return Ok(());
        }
        self.held.go_on_to(turn.place());
        if self.is_postgres() && !self.take(tenant, turn).await? {
            query("INSERT INTO turns (tenant, name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(tenant.as_str())
                .bind(turn.name())
                .execute(self)
                .await?;
            self.take(tenant, turn).await?;
        }
        self.held.turns.push(turn);
        Ok(())
    }

    async fn take(&mut self, tenant: &Tenant, turn: Turn) -> Result<bool, LenderError> {
        let row: Option<(String,)> =
            query_as("SELECT name FROM turns WHERE tenant = $1 AND name = $2 FOR NO KEY UPDATE")
                .bind(tenant.as_str())
                .bind(turn.name())
                .fetch_optional(self)
                .await?;
        Ok(row.is_some())
    }
}
