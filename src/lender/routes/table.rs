//! Everything that can be asked: the one list behind router and document.

use super::operation::Operation;
use super::{clerk, device, pay, provider, public, token, watch};

/// Every row.
pub(crate) fn all() -> impl Iterator<Item = &'static Operation> {
    let rooms: [&'static [Operation]; 14] = [
        token::ROWS_OF,
        clerk::devices::ROWS_OF,
        clerk::orders::ROWS_OF,
        clerk::claims::ROWS_OF,
        clerk::bulk::ROWS_OF,
        clerk::money::ROWS_OF,
        clerk::webhooks::ROWS_OF,
        clerk::own::ROWS_OF,
        clerk::clients::ROWS_OF,
        public::ROWS_OF,
        device::ROWS_OF,
        pay::ROWS_OF,
        provider::ROWS_OF,
        watch::ROWS_OF,
    ];
    rooms.into_iter().flatten()
}

/// What payers need, for the local network.
pub(crate) fn pay() -> impl Iterator<Item = &'static Operation> {
    pay::ROWS_OF.iter()
}
