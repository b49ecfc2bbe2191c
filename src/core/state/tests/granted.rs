//! What a contract grants beyond the market, and what is told of what was used.

use super::owner::{shown, with_codes};
use super::*;
use crate::command::Mistake;
use crate::snapshot::{Claim as ClaimView, Mode as Shown, OpenReason};

const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

/// OWN-08, OWN-12, OWN-16: the contract's kinder values bind the phone, from the agreement alone, after a restart too.
#[test]
fn a_contracts_kinder_values_bind_the_phone() {
    let mut phone = Phone::softer(
        r#""opening_hours":48,"openings_per_lock":2,"paid_claim_min":20,"provisional_hours":72,"dispute_lowers_to":0"#,
    );
    phone.command(Command::Paid).unwrap();
    assert!(matches!(
        shown(&phone).claim,
        ClaimView::Running {
            left_ms: 1_200_000,
            ..
        }
    ));
    phone.wait(1_200_000);
    let Shown::Open { reason, left_ms, .. } = shown(&phone).mode else {
        panic!("not open");
    };
    assert_eq!((reason, left_ms), (OpenReason::Provisional, 3 * DAY_MS));
    phone.wait(3 * DAY_MS);
    for opening in 1..=2 {
        assert!(shown(&phone).opening, "opening {opening}");
        phone.command(Command::StartOpening).unwrap();
        phone.wait(2 * DAY_MS - 1);
        assert_eq!(phone.effects.want, Want::Unlocked);
        phone.wait(1);
        assert_eq!(phone.effects.want, Want::Kiosk);
    }
    assert_eq!(code(phone.command(Command::StartOpening)), "o_used");
    phone.command(Command::Dispute(Mistake::AlreadyPaid)).unwrap();
    assert_eq!((shown(&phone).level, phone.effects.want), (0, Want::Unlocked));
    assert_eq!(phone.fold(), phone.state);
}

/// A contract cannot be harder than the promises.
#[test]
fn a_contracts_harder_values_change_nothing() {
    let mut phone = Phone::softer(
        r#""opening_hours":1,"openings_per_lock":0,"paid_claim_min":600,"provisional_hours":1,"dispute_lowers_to":3"#,
    );
    phone.command(Command::Paid).unwrap();
    assert!(matches!(
        shown(&phone).claim,
        ClaimView::Running {
            left_ms: 3_600_000,
            ..
        }
    ));
    phone.command(Command::StartOpening).unwrap();
    assert!(matches!(shown(&phone).mode, Shown::Open { left_ms: DAY_MS, .. }));
    phone.command(Command::Dispute(Mistake::AlreadyPaid)).unwrap();
    assert_eq!(shown(&phone).level, 2);
}

/// What was used is told at every check-in, so that no wipe refills it.
#[test]
fn every_used_allowance_is_told() {
    let used = |phone: &Phone| phone.state.check_in(id("n"), 0, &[0; 32], "app", "preview").used;
    let mut phone = with_codes();
    assert_eq!(used(&phone), *phone.world.lock_claims(1).used);
    phone.command(Command::StartBackup).unwrap();
    phone.wait(3200);
    phone.command(Command::StartOpening).unwrap();
    phone.wait(DAY_MS);
    phone.command(Command::Paid).unwrap();
    phone.wait(HOUR_MS + DAY_MS);
    let told = used(&phone);
    assert_eq!(
        (
            told.window_s.get(),
            told.opening.get(),
            told.provisional.get(),
            told.codes.get()
        ),
        (4, 1, 1, 0)
    );
}
