//! Any bytes as a token: never a panic, never an order, since nothing here signs.
#![no_main]

use latchkey_core::envelope::{Kinds, cut, typ_of};
use latchkey_core::keys::Trust;
use latchkey_core::order::values::DeviceId;
use latchkey_core::order::{claims::typ, verify_order};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const GOOD: [&str; 6] = [
    include_str!("../../tests/vectors/envelope.json"),
    include_str!("../../tests/vectors/keys.json"),
    include_str!("../../tests/vectors/time.json"),
    include_str!("../../tests/vectors/orders.json"),
    include_str!("../../tests/vectors/market.json"),
    include_str!("../../tests/vectors/owner.json"),
];

static PHONE: LazyLock<(Trust, DeviceId)> = LazyLock::new(|| {
    let vectors = GOOD[0];
    let text = |key: &str| vectors.split(&format!("\"{key}\": \"")).nth(1).unwrap().split('"').next().unwrap();
    let bundle = |key: &str| text(key).replace("\\n", "\n");
    let root = Trust::provisioned(&bundle("root")).unwrap();
    (root.accept(&bundle("bundle")).unwrap(), text("device").try_into().unwrap())
});

fuzz_target!(|token: &[u8]| {
    let (trust, device) = &*PHONE;
    if let Ok(cut) = cut(token, Kinds::OneOf(typ::ALL)) {
        assert_eq!(cut.typ(), typ_of(token));
        for key in trust.keys().unwrap().keys.iter() {
            let _ = cut.prove(&key.x);
        }
    }
    let _ = cut(token, Kinds::ClientAssertion);
    // The seeds hold good tokens; whatever is made of them is refused, or is one of them byte for byte.
    if let Ok(order) = verify_order(token, trust, device) {
        let text = std::str::from_utf8(token).unwrap();
        assert!(GOOD.iter().any(|file| file.contains(text)), "{:?}", order.claims());
    }
});
