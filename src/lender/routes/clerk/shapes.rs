//! The JSON of the lender's API: what is sent and what is answered. Times are Unix seconds, amounts minor units.

mod asks;
mod clients;
mod many;
mod money;
mod tells;

pub(crate) use asks::*;
pub(crate) use clients::*;
pub(crate) use many::*;
pub(crate) use money::*;
pub(crate) use tells::*;
