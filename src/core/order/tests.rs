use super::claims::typ;
use super::*;
use crate::refusal::Code;
use crate::signer::{World, device, id};

#[test]
fn a_good_order_of_every_kind_is_verified() {
    let world = World::new();
    for order in world.orders() {
        let token = world.sign(&order);
        let verified = verify_order(token.as_bytes(), &world.trust(), &device()).unwrap();
        assert_eq!(verified.claims(), &order);
    }
}

#[test]
fn a_status_and_a_time_answer_their_nonce_alone() {
    let world = World::new();
    let trust = world.trust();
    let nonce = id("nonce");
    let status = world.sign_status(&world.status_claims(&nonce, crate::signer::T, None));
    let time = world
        .status
        .token(typ::TIME, &world.time_claims(&nonce, crate::signer::T));
    assert!(verify_status(status.as_bytes(), &trust, &device(), &nonce).is_ok());
    assert!(verify_time(time.as_bytes(), &trust, &nonce).is_ok());
    let other = id("other");
    let refused = verify_status(status.as_bytes(), &trust, &device(), &other).unwrap_err();
    assert_eq!(refused.code, Code::FNonce);
    assert_eq!(
        verify_time(time.as_bytes(), &trust, &other).unwrap_err().code,
        Code::FNonce
    );
}
