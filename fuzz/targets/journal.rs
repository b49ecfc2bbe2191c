//! Any bytes as a journal file: never a panic; what is whole is written again to the same bytes, and folds.
#![no_main]

use latchkey_core::journal::{MAGIC, genesis, record, scan};
use latchkey_core::state::restore;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// Any bytes as the bodies of a chain that holds: the scanner is past its hashes then.
fn chained(bodies: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    let mut prev = genesis();
    for body in bodies.split(|b| *b == 0xfe) {
        let len = u32::try_from(body.len()).unwrap().to_be_bytes();
        file.extend(len);
        file.extend(len.map(|b| !b));
        file.extend(body);
        prev = Sha256::new().chain_update(prev).chain_update(len).chain_update(body).finalize().into();
        file.extend(prev);
    }
    file
}

fn check(file: &[u8]) {
    let Ok(found) = scan(file) else { return };
    assert!(found.whole <= file.len());
    let mut again = MAGIC.to_vec();
    let mut prev = genesis();
    for (entry, hash) in found.entries.iter().zip(&found.hashes) {
        let (bytes, next) = record(&prev, entry);
        // JSON bodies may be written in more than one way: the entry must read back, not the bytes.
        if next == *hash {
            again.extend(bytes);
            prev = next;
        } else {
            return;
        }
    }
    assert_eq!(again, file[..found.whole]);
    let _ = restore(&found);
}

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    check(&[&MAGIC[..], bytes].concat());
    check(&chained(bytes));
});
