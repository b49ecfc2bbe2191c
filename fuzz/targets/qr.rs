//! Any text as a pay link or QR payload: never a panic, and whatever passes pays a host or payee of the card.
#![no_main]

use latchkey_core::order::claims::Card;
use latchkey_core::pay::{MAX_QR_BYTES, Payee, check_qr, check_url};
use latchkey_core::profile::{FILES, Profile};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const HOST: &str = "pay.example.com";

static MARKET: LazyLock<(Card, Profile, Profile)> = LazyLock::new(|| {
    let card = serde_json::from_str(
        r#"{"name":"L","address":"A","licence":"1","hotlines":[["112","H"]],"hours":"H",
            "payees":["Test Lender","lender@bank"],"pay_hosts":["pay.example.com"]}"#,
    );
    let lk = Profile::parse(FILES[0]).unwrap();
    let mut inr = lk.clone();
    inr.money.code = "INR".to_owned();
    inr.money.numeric = 356;
    (card.unwrap(), lk, inr)
});

fuzz_target!(|text: &str| {
    let (card, lk, inr) = &*MARKET;
    for sandbox in [false, true] {
        if check_url(text, card, sandbox).is_ok() {
            // A browser's reading of the same text: the host ends at the first of these.
            let rest = text.split_once("://").unwrap().1;
            let host = rest.split(['/', '?', '#', ':', '\\', '@']).next().unwrap();
            assert_eq!(host, HOST);
        }
        for (profile, cur) in [(lk, "LKR"), (inr, "INR")] {
            let payee = Payee {
                card,
                profile,
                sandbox,
                amount: 325_000,
                cur,
            };
            if check_qr(text, &payee).is_ok() {
                assert!(text.len() <= MAX_QR_BYTES);
                let named = ["Test Lender", "lender@bank", "lender%40bank", HOST];
                let named = named.iter().any(|name| text.contains(name)) || text.contains('%');
                assert!(named, "{text}");
            }
        }
    }
});
