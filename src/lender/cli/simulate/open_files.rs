//! How many connections this process may hold.

use crate::cli::wire::Failed;

/// Files besides those of phones: store, listeners, the lender's own requests.
const OTHERS: u64 = 200;

/// Raises the soft limit to the hard one, and tells if that is too few.
#[cfg(unix)]
pub(super) fn enough_for(phones: usize, server_too: bool) -> Result<(), Failed> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // What cannot be raised stays as it is, and is told below if it matters.
    let _ = setrlimit(Resource::Nofile, wanted);
    let each = if server_too { 2 } else { 1 };
    let needed = u64::try_from(phones)
        .unwrap_or(u64::MAX)
        .saturating_mul(each)
        .saturating_add(OTHERS);
    match getrlimit(Resource::Nofile).current {
        Some(allowed) if allowed < needed => Err(format!(
            "{phones} phones need {needed} open files, and this shell allows {allowed}; raise it with `ulimit -n`, or \
             be fewer phones"
        )),
        _ => Ok(()),
    }
}

/// Nothing is known of a limit here.
#[cfg(not(unix))]
pub(super) fn enough_for(_phones: usize, _server_too: bool) -> Result<(), Failed> {
    Ok(())
}
