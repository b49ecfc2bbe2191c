//! The values that claims are made of, each bounded where it is read (protocol §9): what parses is in bounds.

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, marker::PhantomData, ops::Deref};

/// A value outside its bounds; the text names the rule that it broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBounds(pub &'static str);

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for OutOfBounds {}

macro_rules! text_value {
    ($($(#[$doc:meta])* $name:ident, $rule:literal, $check:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = OutOfBounds;
            fn try_from(text: String) -> Result<Self, OutOfBounds> {
                let check: fn(&str) -> bool = $check;
                if check(&text) { Ok($name(text)) } else { Err(OutOfBounds($rule)) }
            }
        }
        impl TryFrom<&str> for $name {
            type Error = OutOfBounds;
            fn try_from(text: &str) -> Result<Self, OutOfBounds> { text.to_owned().try_into() }
        }
        impl From<$name> for String { fn from(v: $name) -> String { v.0 } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

macro_rules! number_value {
    ($($(#[$doc:meta])* $name:ident($int:ty), $range:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name($int);

        impl $name {
            /// The smallest one.
            pub const MIN: $name = $name(*$range.start() as $int);

            /// The number.
            #[must_use]
            pub const fn get(self) -> $int { self.0 }
        }
        impl TryFrom<u64> for $name {
            type Error = OutOfBounds;
            fn try_from(n: u64) -> Result<Self, OutOfBounds> {
                if $range.contains(&n) {
                    <$int>::try_from(n).map($name).map_err(|_| OutOfBounds("out of range"))
                } else {
                    Err(OutOfBounds(concat!(stringify!($name), " outside ", stringify!($range))))
                }
            }
        }
        impl From<$name> for u64 { fn from(v: $name) -> u64 { u64::from(v.0) } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )*};
}

fn base64url(text: &str, chars: usize) -> bool {
    text.len() == chars && crate::envelope::decode(text.as_bytes()).is_some()
}

text_value! {
    /// `ten`: tenant id.
    Tenant, "a tenant is [a-z0-9-]{1,32}", |s| (1..=32).contains(&s.len())
        && s.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    /// `dev`: device id, 128 random bits in RFC 4648 base32, upper case, made at enrolment; never an IMEI.
    DeviceId, "a device id is 26 characters of base32", |s| s.len() == 26
        && s.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'));
    /// `id`: 128 random bits, base64url.
    Id, "an id is 22 characters of base64url", |s| base64url(s, 22);
    /// `kid`: first 8 bytes of SHA-256 of the public key, base64url.
    Kid, "a kid is 11 characters of base64url", |s| base64url(s, 11);
    /// `sha`, `x`: 32 bytes in base64url.
    Sha, "a hash or key is 43 characters of base64url", |s| base64url(s, 43);
    /// ISO 4217 code.
    Currency, "a currency is [A-Z]{3}", |s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
    /// A number that may be dialled; `*` and `#` would act on the phone.
    Hotline, "a hotline is [+0-9]{3,20}", |s| (3..=20).contains(&s.len())
        && s.bytes().all(|b| b == b'+' || b.is_ascii_digit());
    /// Profile id.
    ProfileId, "a profile is [a-z0-9-]{1,16}", |s| (1..=16).contains(&s.len())
        && s.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
}

impl Sha {
    /// 32 bytes written as text.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Sha {
        Sha(crate::envelope::encode(bytes))
    }
}

impl Id {
    /// 128 bits written as text; whoever calls brings the randomness.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 16]) -> Id {
        Id(crate::envelope::encode(bytes))
    }
}

impl Kid {
    /// The id of a public key: the first 8 bytes of its SHA-256.
    #[must_use]
    pub fn of_key(key: &[u8; 32]) -> Kid {
        Kid(crate::envelope::encode(&crate::envelope::sha256(key)[..8]))
    }
}

number_value! {
    /// `t`: Unix seconds, 2020 to 2099.
    Secs(u64), (1_577_836_800..=4_102_444_799_u64);
    /// `day`: days since 1970-01-01 in the agreement's zone.
    Day(u32), (18_262..=47_481_u64);
    /// `no`: instalment number.
    No(u16), (1..=9_999_u64);
    /// `lid`: number of a lock.
    LockId(u32), (1..=1_u64 << 31);
    /// `lid` where 0 stands for none.
    LockIdOrNone(u32), (0..=1_u64 << 31);
    /// `minor`: an amount in minor units.
    Minor(u64), (0..=1_000_000_000_000_u64);
    /// Version of a root or key set.
    Version(u32), (1..=1_000_000_u64);
    /// `terms_seq`.
    TermsSeq(u32), (1..=1_u64 << 31);
    /// Number of a notice.
    NoticeNo(u8), (1..=4_u64);
    /// Level of a lock.
    Level(u8), (1..=3_u64);
    /// Seconds of a grace.
    GraceSecs(u32), (60..=259_200_u64);
    /// A sequence number of the server.
    Seq(u64), (0..=(1_u64 << 53) - 1);
    /// Seconds between check-ins.
    PollSecs(u32), (1..=86_400_u64);
    /// Seconds of the backup window.
    WindowSecs(u16), (0..=600_u64);
    /// Profile version.
    ProfileVersion(u16), (1..=9_999_u64);
    /// 0 or 1.
    Bit(u8), (0..=1_u64);
    /// Four bits: bit = slot − 1.
    CodeBits(u8), (0..=15_u64);
    /// Slot of a spoken code.
    Slot(u8), (1..=4_u64);
    /// Passes of Argon2id.
    Passes(u8), (2..=4_u64);
    /// Number of roots, or of signatures.
    RootCount(u8), (2..=8_u64);
}

/// Memory of Argon2id in KiB: one of three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Memory(u32);

impl TryFrom<u64> for Memory {
    type Error = OutOfBounds;
    fn try_from(n: u64) -> Result<Self, OutOfBounds> {
        match n {
            19_456 => Ok(Memory(19_456)),
            32_768 => Ok(Memory(32_768)),
            65_536 => Ok(Memory(65_536)),
            _ => Err(OutOfBounds("memory is 19456, 32768 or 65536")),
        }
    }
}

impl From<Memory> for u64 {
    fn from(m: Memory) -> u64 {
        u64::from(m.0)
    }
}

/// `text n`: 1 to `MAX` characters, none of them control, bidi or zero-width, and not all blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = OutOfBounds;
    fn try_from(text: String) -> Result<Self, OutOfBounds> {
        let unfit = |c: char| {
            c.is_control()
                || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        };
        let n = text.chars().count();
        if n == 0 || n > MAX {
            Err(OutOfBounds("text too short or too long"))
        } else if text.chars().any(unfit) {
            Err(OutOfBounds("text holds a control, bidi or invisible character"))
        } else if text
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}'))
        {
            Err(OutOfBounds("text is blank"))
        } else {
            Ok(Text(text))
        }
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(t: Text<MAX>) -> String {
        t.0
    }
}

/// A list of `MIN` to `MAX` items.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    try_from = "Vec<T>",
    into = "Vec<T>",
    bound(serialize = "T: Clone + Serialize")
)]
pub struct List<T, const MIN: usize, const MAX: usize>(Vec<T>);

impl<T, const MIN: usize, const MAX: usize> TryFrom<Vec<T>> for List<T, MIN, MAX> {
    type Error = OutOfBounds;
    fn try_from(items: Vec<T>) -> Result<Self, OutOfBounds> {
        if (MIN..=MAX).contains(&items.len()) {
            Ok(List(items))
        } else {
            Err(OutOfBounds("list too short or too long"))
        }
    }
}

impl<T, const MIN: usize, const MAX: usize> From<List<T, MIN, MAX>> for Vec<T> {
    fn from(l: List<T, MIN, MAX>) -> Vec<T> {
        l.0
    }
}

impl<T, const MIN: usize, const MAX: usize> Deref for List<T, MIN, MAX> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// Money: an amount and its currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units.
    pub minor: Minor,
    /// Currency.
    pub cur: Currency,
}

/// Reads `T` from a JSON object and from nothing else: a derived struct would take an array too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Obj<T>(pub T);

impl<T> Deref for Obj<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Serialize> Serialize for Obj<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Obj<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct MapOnly<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for MapOnly<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        d.deserialize_map(MapOnly(PhantomData)).map(Obj)
    }
}

/// Lets an enum with `#[serde(remote = "Self")]` be read from a string alone: derived enums take `{"word":null}` too.
macro_rules! string_only {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                <$name>::serialize(self, s)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = String::deserialize(d)?;
                <$name>::deserialize(serde::de::value::StrDeserializer::<D::Error>::new(&word))
            }
        }
    };
}
pub(crate) use string_only;

/// For `#[serde(default, deserialize_with = "present")]`: the member may be absent, never null.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

/// The audience of everything that a phone reads (check 10, `b_aud`).
pub const AUDIENCE: &str = "latchkey-device";
