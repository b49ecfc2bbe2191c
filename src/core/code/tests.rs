use super::*;
use proptest::prelude::*;

const DEVICE: &str = "K7Q42MABCDEFGHIJKLMNOPQRST";
const SALT: &str = "AAECAwQFBgcICQoLDA0ODw";

fn device() -> DeviceId {
    DeviceId::try_from(DEVICE).unwrap()
}

fn slot(n: u64) -> Slot {
    Slot::try_from(n).unwrap()
}

fn memory(kib: u64) -> Memory {
    Memory::try_from(kib).unwrap()
}

fn passes(n: u64) -> Passes {
    Passes::try_from(n).unwrap()
}

fn typed(text: &str) -> Typed {
    Typed::new(text).unwrap()
}

fn challenge(lock_id: u32, n: u64, code: &str) -> Challenge {
    let (m, t, salt) = (memory(19_456), passes(2), Id::try_from(SALT).unwrap());
    let h = commit(&device(), lock_id, slot(n), &salt, m, t, &typed(code)).unwrap();
    Challenge {
        device: device(),
        lock_id,
        commitment: Commitment {
            slot: slot(n),
            salt,
            m,
            t,
            h,
        },
    }
}

/// RFC 9106 §5.3: the primitive that is linked here is Argon2id version 1.3.
#[test]
fn the_linked_argon2id_gives_the_vector_of_rfc_9106() {
    let params = argon2::ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
        .output_len(32)
        .build()
        .unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(
        tag,
        [
            0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53, 0xc9,
            0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6, 0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59
        ]
    );
}

/// Computed by the reference implementation in C, over the bytes as the module's text describes them.
#[test]
fn a_commitment_is_what_the_reference_implementation_makes_of_the_same_bytes() {
    let salt = Id::try_from(SALT).unwrap();
    for (n, code, m, t, h) in [
        (
            1,
            "123456789018",
            19_456,
            2,
            "J6hLgCipUS1kolhDPC4Zp3YH0kPaqr3KM9dt2yZeQ68",
        ),
        (
            4,
            "3141592653589795",
            32_768,
            3,
            "GkBgpbL0Xy7tSNUb3VP68ES8a8l5W2ioiz5DxTvM18w",
        ),
    ] {
        let made = commit(&device(), 3, slot(n), &salt, memory(m), passes(t), &typed(code));
        assert_eq!(made.unwrap().as_str(), h, "slot {n}");
    }
}

#[test]
fn a_right_code_proves_its_own_lock_and_slot() {
    for (n, code) in [(2, "123456789018"), (4, "3141592653589795")] {
        let proof = check(&challenge(7, n, code), &typed(code)).unwrap();
        assert_eq!((proof.lock_id(), u64::from(proof.slot())), (7, n));
    }
}

#[test]
fn a_code_opens_no_other_phone_lock_or_slot() {
    let code = typed("123456789018");
    let right = challenge(7, 2, "123456789018");
    let other_phone = Challenge {
        device: DeviceId::try_from("A7Q42MABCDEFGHIJKLMNOPQRST").unwrap(),
        ..right.clone()
    };
    let other_lock = Challenge {
        lock_id: 8,
        ..right.clone()
    };
    let mut other_slot = right.clone();
    other_slot.commitment.slot = slot(3);
    let mut other_salt = right.clone();
    other_salt.commitment.salt = Id::from_bytes(&[9; 16]);
    for wrong in [other_phone, other_lock, other_slot, other_salt] {
        assert_eq!(check(&wrong, &code), None);
    }
    let another = with_check_digit("12345678902").unwrap();
    assert_eq!(check(&right, &typed(&another)), None);
}

#[test]
fn the_length_must_be_that_of_the_slot() {
    assert_eq!(
        check(&challenge(7, 4, "3141592653589795"), &typed("123456789018")),
        None
    );
    assert_eq!(
        check(&challenge(7, 1, "123456789018"), &typed("3141592653589795")),
        None
    );
    let salt = Id::from_bytes(&[1; 16]);
    let made = commit(
        &device(),
        7,
        slot(4),
        &salt,
        memory(19_456),
        passes(2),
        &typed("123456789018"),
    );
    assert_eq!(made, None);
}

#[test]
fn every_wrong_digit_and_every_swap_in_one_code_is_refused() {
    for digits in ["27182818284", "314159265358979"] {
        let code = with_check_digit(digits).unwrap();
        assert!(check_digit(&typed(&code)));
        let bytes = code.as_bytes();
        for at in 0..bytes.len() {
            for digit in b'0'..=b'9' {
                let mut wrong = bytes.to_vec();
                wrong[at] = digit;
                let right = digit == bytes[at];
                assert_eq!(check_digit(&typed(std::str::from_utf8(&wrong).unwrap())), right);
            }
            if at > 0 && bytes[at] != bytes[at - 1] {
                let mut swapped = bytes.to_vec();
                swapped.swap(at, at - 1);
                assert!(!check_digit(&typed(std::str::from_utf8(&swapped).unwrap())));
            }
        }
    }
}

proptest! {
    #[test]
    fn one_slip_of_the_finger_never_passes(
        digits in "([0-9]{11}|[0-9]{15})",
        at in any::<prop::sample::Index>(),
        by in 1..10_u8,
    ) {
        let code = with_check_digit(&digits).unwrap();
        let at = at.index(code.len());
        let mut wrong = code.clone().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        prop_assert!(!check_digit(&typed(&String::from_utf8(wrong).unwrap())));
        let mut swapped = code.clone().into_bytes();
        swapped.swap(at, (at + 1) % code.len());
        if at + 1 < code.len() && swapped != code.as_bytes() {
            prop_assert!(!check_digit(&typed(&String::from_utf8(swapped).unwrap())));
        }
    }

    #[test]
    fn a_code_read_out_in_groups_is_the_same_code(digits in "([0-9]{11}|[0-9]{15})") {
        let code = with_check_digit(&digits).unwrap();
        let shown = grouped(&code);
        prop_assert!(shown.split(' ').all(|group| group.len() == 4));
        prop_assert_eq!(typed(&shown), typed(&code));
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,40}") {
        if let Some(code) = Typed::new(&text) {
            prop_assert!(code.as_bytes().iter().all(u8::is_ascii_digit));
        }
    }
}

#[test]
fn the_digits_of_every_script_are_read() {
    let ascii = typed("1234 5678 9018");
    for text in [
        "१२३४ ५६७८ ९०१८",
        "١٢٣٤-٥٦٧٨-٩٠١٨",
        "۱۲۳۴\u{a0}۵۶۷۸\u{202f}۹۰۱۸",
        "１２３４－５６７８－９０１８",
    ] {
        assert_eq!(Typed::new(text), Some(ascii), "{text}");
    }
    assert!(ZEROS.is_sorted());
    for zero in ZEROS {
        for value in 0..10_u8 {
            let digit = char::from_u32(u32::from(zero) + u32::from(value)).unwrap();
            assert!(digit.is_numeric(), "{digit:?}");
            assert_eq!(decimal(digit), Some(value));
        }
    }
}

#[test]
fn what_is_no_code_is_not_read() {
    for text in [
        "",
        "12345678901",
        "1234567890123",
        "12345678901234567",
        "123456789O18",
        "½2345678901८",
    ] {
        assert_eq!(Typed::new(text), None, "{text}");
    }
    assert_eq!(with_check_digit("12a"), None);
}

#[test]
fn the_wait_grows_from_the_fifth_try_on_and_never_shrinks() {
    let minutes: Vec<u64> = (0..12).map(|tries| wait_ms(tries) / 60_000).collect();
    assert_eq!(minutes, [0, 0, 0, 0, 0, 1, 5, 15, 60, 240, 240, 240]);
    assert!((0..u16::MAX).all(|tries| wait_ms(tries) <= wait_ms(tries + 1)));
}

#[test]
fn a_typed_code_is_not_printed() {
    assert_eq!(format!("{:?}", typed("123456789018")), "Typed(12 digits)");
}
