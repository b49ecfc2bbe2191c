use super::*;
use crate::order::claims::LockState;
use crate::time::BootId;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn id() -> impl Strategy<Value = Id> {
    any::<[u8; 16]>().prop_map(|b| Id::try_from(crate::envelope::encode(&b)).unwrap())
}

fn seq() -> impl Strategy<Value = Seq> {
    (0..1_u64 << 53).prop_map(|n| Seq::try_from(n).unwrap())
}

fn device() -> impl Strategy<Value = DeviceId> {
    "[A-Z2-7]{26}".prop_map(|s| DeviceId::try_from(s).unwrap())
}

fn body() -> impl Strategy<Value = Body> {
    let text = ".{0,40}";
    let why = prop_oneof![
        Just(LostWhy::Missing),
        Just(LostWhy::Damaged),
        Just(LostWhy::Unverified)
    ];
    let ended = prop_oneof![Just(Ended::Claim), Just(Ended::Open), Just(Ended::Lease)];
    let lock_state = prop_oneof![
        Just(LockState::None),
        Just(LockState::Locked),
        Just(LockState::Settled)
    ];
    let kind = prop_oneof![
        Just(ClaimKind::Paid),
        Just(ClaimKind::Dispute),
        Just(ClaimKind::Hardship),
        Just(ClaimKind::Return)
    ];
    let code = (0..Code::ALL.len()).prop_map(|i| Code::ALL[i]);
    prop_oneof![
        (device(), vec(any::<u8>(), 0..60))
            .prop_map(|(device, agreement)| Body::Enrolled { device, agreement }),
        (why, option::of(text)).prop_map(|(why, aside)| Body::Lost { why, aside }),
        Just(Body::Boot),
        text.prop_map(Body::Trust),
        (seq(), id(), "[A-Za-z0-9._-]{0,90}").prop_map(|(seq, jti, token)| Body::Order { seq, jti, token }),
        (
            seq(),
            id(),
            code,
            text,
            any::<[u8; 32]>(),
            any::<u32>(),
            option::of(any::<u32>())
        )
            .prop_map(
                |(seq, jti, code, kind, sha256, count, retry_after_s)| Body::Refused {
                    seq,
                    jti,
                    code,
                    kind,
                    sha256,
                    count,
                    retry_after_s
                }
            ),
        (
            1_577_836_800..=4_102_444_799_u64,
            seq(),
            option::of(id()),
            lock_state,
            any::<bool>()
        )
            .prop_map(|(now, head_seq, head_jti, lock_state, keys_ok)| Body::Status {
                now,
                head_seq,
                head_jti,
                lock_state,
                keys_ok
            }),
        (option::of(any::<u64>()), option::of(any::<u64>()))
            .prop_map(|(claim_ms, open_ms)| Body::Tick { claim_ms, open_ms }),
        (any::<u32>(), any::<u16>()).prop_map(|(lock_id, used_s)| Body::Lease { lock_id, used_s }),
        (any::<u32>(), any::<u16>()).prop_map(|(lock_id, used_s)| Body::LeaseEnd { lock_id, used_s }),
        any::<u32>().prop_map(|lock_id| Body::Opening { lock_id }),
        (
            id(),
            kind,
            any::<u32>(),
            option::of(1..10_000_u16),
            option::of(text),
            option::of(text)
        )
            .prop_map(|(id, kind, lock_id, instalment, choice, text)| Body::Claim {
                id,
                kind,
                lock_id,
                instalment,
                choice,
                text
            }),
        (any::<u32>(), any::<u8>()).prop_map(|(lock_id, slot)| Body::Attempt { lock_id, slot }),
        (any::<u32>(), any::<u8>()).prop_map(|(lock_id, slot)| Body::Code { lock_id, slot }),
        ended.prop_map(Body::Ended),
        (1..=6_u8).prop_map(|hours| Body::Silence { hours }),
        Just(Body::Reminded),
        (option::of(seq()), vec(id(), 0..3), any::<bool>()).prop_map(|(receipts_to, claims, settle)| {
            Body::Sent {
                receipts_to,
                claims,
                settle,
            }
        }),
        (device(), vec(text, 0..3), text).prop_map(|(device, trust, settle)| Body::Certificate {
            device,
            trust,
            settle
        }),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    (any::<[u8; 16]>(), 0..1_u64 << 53, 0..=4_102_444_799_u64, body()).prop_map(
        |(boot, boot_ms, floor_s, body)| Entry {
            stamp: Stamp {
                boot: BootId(boot),
                boot_ms,
                floor_s,
            },
            body,
        },
    )
}

fn file(entries: &[Entry]) -> (Vec<u8>, Vec<usize>) {
    let mut bytes = MAGIC.to_vec();
    let mut ends = vec![bytes.len()];
    let mut prev = genesis();
    for entry in entries {
        let (record, hash) = record(&prev, entry);
        bytes.extend_from_slice(&record);
        ends.push(bytes.len());
        prev = hash;
    }
    (bytes, ends)
}

/// A few records of very different kinds and lengths.
fn sample() -> Vec<Entry> {
    let at = |n: u64, body| Entry {
        stamp: Stamp {
            boot: BootId([7; 16]),
            boot_ms: n * 1000,
            floor_s: 1_780_000_000 + n,
        },
        body,
    };
    let jti = Id::try_from("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
    vec![
        at(
            0,
            Body::Enrolled {
                device: DeviceId::try_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ").unwrap(),
                agreement: b"{\"v\":1}".to_vec(),
            },
        ),
        at(1, Body::Boot),
        at(
            2,
            Body::Order {
                seq: Seq::try_from(5).unwrap(),
                jti,
                token: "a".repeat(600),
            },
        ),
        at(
            3,
            Body::Lease {
                lock_id: 1,
                used_s: 15,
            },
        ),
        at(4, Body::Ended(Ended::Lease)),
    ]
}

proptest! {
    /// Every kind comes back from its bytes as it went in.
    #[test]
    fn every_kind_survives_the_way_to_disk_and_back(entries in vec(entry(), 1..8)) {
        let (bytes, _) = file(&entries);
        let found = scan(&bytes).unwrap();
        prop_assert_eq!(&found.entries, &entries);
        prop_assert_eq!(found.whole, bytes.len());
        prop_assert_eq!(found.torn, None);
    }

    /// Bytes from anywhere never panic.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        let mut with_magic = MAGIC.to_vec();
        with_magic.extend_from_slice(&bytes);
        let _ = scan(&bytes);
        let _ = scan(&with_magic);
    }
}

/// OWN-09: a crash at any byte of an append leaves exactly the whole records before it.
#[test]
fn cut_at_every_length_gives_the_whole_records() {
    let entries = sample();
    let (bytes, ends) = file(&entries);
    for cut in MAGIC.len()..=bytes.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count() - 1;
        let found = scan(&bytes[..cut]).unwrap();
        assert_eq!(found.entries, entries[..whole], "cut at {cut}");
        assert_eq!(found.whole, ends[whole]);
        let body_whole = whole < entries.len() && cut >= ends[whole + 1] - 32 && cut < ends[whole + 1];
        assert_eq!(
            found.torn.as_ref(),
            body_whole.then(|| &entries[whole]),
            "cut at {cut}"
        );
    }
    for cut in 0..MAGIC.len() {
        assert!(scan(&bytes[..cut]).is_err());
    }
}

/// OWN-09: no flipped bit is believed, and none before the last record is taken for a crash.
#[test]
fn every_single_bit_flip_is_seen() {
    let entries = sample();
    let (bytes, ends) = file(&entries);
    let last = ends[entries.len() - 1];
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        match scan(&bad) {
            Ok(found) => {
                assert!(bit / 8 >= last, "bit {bit} was taken for a torn tail");
                assert_eq!(found.entries, entries[..entries.len() - 1], "bit {bit}");
            }
            Err(damage) => assert!(damage.at <= bit / 8),
        }
    }
}

/// OWN-09: sectors of the last record that never reached the disk read as zeros; the records before stand.
#[test]
fn lost_sectors_of_the_last_record_are_a_crash() {
    let token = "t".repeat(1800);
    for pad in 0..540 {
        let mut entries = sample();
        entries.push(Entry {
            stamp: Stamp::default(),
            body: Body::Trust("p".repeat(pad)),
        });
        entries.push(Entry {
            stamp: Stamp::default(),
            body: Body::Trust(token.clone()),
        });
        let (bytes, ends) = file(&entries);
        let start = ends[entries.len() - 1];
        for sector in start / SECTOR..=(bytes.len() - 1) / SECTOR {
            let mut torn = bytes.clone();
            let (from, to) = (
                (sector * SECTOR).max(start),
                ((sector + 1) * SECTOR).min(bytes.len()),
            );
            torn[from..to].fill(0);
            if torn == bytes {
                continue; // the sector held nothing but zeros of the length
            }
            let found = scan(&torn).unwrap();
            assert_eq!(found.whole, start, "pad {pad}, sector {sector}");
        }
        let mut zeros = bytes[..start].to_vec();
        zeros.resize(start + 4096, 0);
        assert_eq!(scan(&zeros).unwrap().whole, start);
    }
}

/// An unknown kind is damage even where the chain holds.
#[test]
fn an_unknown_kind_is_damage() {
    let mut body = encode_body(&sample()[1]);
    body[0] = 20;
    let hash = chain(&genesis(), &body);
    let len = u32::try_from(body.len()).unwrap();
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&len.to_be_bytes());
    bytes.extend_from_slice(&(!len).to_be_bytes());
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&hash);
    assert_eq!(scan(&bytes), Err(Damage { at: MAGIC.len() }));
}
