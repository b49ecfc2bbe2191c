//! The lender signs no lock that the phone would refuse: the same rule, asked before the signature.

use crate::error::LenderError;
use latchkey_core::agreement::Agreement;
use latchkey_core::order::claims::{Lock, Notice};
use latchkey_core::refusal::Code;

/// Asks the rules of `core` about a lock that is about to be signed.
///
/// # Errors
/// The refusal that the phone would give.
pub(crate) fn check(agreement: &Agreement, lock: &Lock, notices: &[Notice]) -> Result<(), LenderError> {
    let refused = |code: Code| Err(LenderError::Refused(code.into()));
    if lock.amount.minor.get() == 0 || notices.iter().any(|n| n.due != lock.due) {
        return refused(Code::PEvidence);
    }
    if lock.profile != agreement.profile {
        return refused(Code::PProfile);
    }
    if notices.len() < 2 {
        return refused(Code::PNoticeCount);
    }
    Ok(())
}
