//! Any text as a root or key set bundle: never a panic, and never a new trust but from a bundle that roots signed.
#![no_main]

use latchkey_core::keys::Trust;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const VECTORS: &str = include_str!("../../tests/vectors/keys.json");

static ROOT: LazyLock<Trust> = LazyLock::new(|| {
    let root = VECTORS.split("\"root\": \"").nth(1).unwrap().split('"').next().unwrap();
    Trust::provisioned(&root.replace("\\n", "\n")).unwrap()
});

fuzz_target!(|bundle: &str| {
    let _ = Trust::provisioned(bundle);
    if ROOT.accept(bundle).is_ok() {
        // Any two of a bundle's lines may stand in any order, so lines are looked for one by one.
        for line in bundle.lines() {
            assert!(VECTORS.contains(line), "a signed line that nobody signed");
        }
    }
});
