//! Schemas of the bounded values of `core`, once each: a shape names one with `#[schemars(with = …)]`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! unfit {
    () => {
        r"\u0000-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF"
    };
}

/// No control, bidi or invisible character, and not all blank.
const TEXT: &str = concat!("^[^", unfit!(), "]*[^\\s", unfit!(), "][^", unfit!(), "]*$");

macro_rules! values {
    ($($name:ident $schema:tt;)*) => {$(
        #[doc = concat!("Schema of `", stringify!($name), "`.")]
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

values! {
    DeviceId {"type": "string", "pattern": "^[A-Z2-7]{26}$"};
    Id {"type": "string", "pattern": "^[A-Za-z0-9_-]{21}[AQgw]$"};
    Sha {"type": "string", "pattern": "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"};
    Currency {"type": "string", "pattern": "^[A-Z]{3}$"};
    Date {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"};
    Secs {"type": "integer", "minimum": 0, "maximum": 4_102_444_799_u64};
    No {"type": "integer", "minimum": 1, "maximum": 9_999};
    LockId {"type": "integer", "minimum": 1, "maximum": 2_147_483_648_u64};
    LockIdOrNone {"type": "integer", "minimum": 0, "maximum": 2_147_483_648_u64};
    Minor {"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_u64};
    NoticeNo {"type": "integer", "minimum": 1, "maximum": 4};
    Level {"type": "integer", "minimum": 1, "maximum": 3};
    GraceSecs {"type": "integer", "minimum": 60, "maximum": 259_200};
    Seq {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64};
    Slot {"type": "integer", "minimum": 1, "maximum": 4};
    WindowSecs {"type": "integer", "minimum": 0, "maximum": 600};
    Bit {"type": "integer", "minimum": 0, "maximum": 1};
    CodeBits {"type": "integer", "minimum": 0, "maximum": 15};
    Text40 {"type": "string", "minLength": 1, "maxLength": 40, "pattern": TEXT};
    Text64 {"type": "string", "minLength": 1, "maxLength": 64, "pattern": TEXT};
    Text200 {"type": "string", "minLength": 1, "maxLength": 200, "pattern": TEXT};
    Said500 {"type": "string", "maxLength": 500};
    Base64Url {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"};
}

#[cfg(test)]
mod tests {
    use latchkey_core::order::values as core;
    use schemars::JsonSchema;
    use serde_json::Value;

    fn bounds<S: JsonSchema>() -> (u64, u64) {
        let schema = schemars::SchemaGenerator::default().into_root_schema_for::<S>();
        let at = |name: &str| schema.get(name).and_then(Value::as_u64).unwrap();
        (at("minimum"), at("maximum"))
    }

    fn agree<S: JsonSchema, C: TryFrom<u64>>() {
        let (low, high) = bounds::<S>();
        assert!(C::try_from(low).is_ok() && C::try_from(high).is_ok());
        assert!(C::try_from(high + 1).is_err());
        assert!(low == 0 || C::try_from(low - 1).is_err());
    }

    #[test]
    fn the_document_names_the_bounds_of_core() {
        agree::<super::No, core::No>();
        agree::<super::LockId, core::LockId>();
        agree::<super::LockIdOrNone, core::LockIdOrNone>();
        agree::<super::Minor, core::Minor>();
        agree::<super::NoticeNo, core::NoticeNo>();
        agree::<super::Level, core::Level>();
        agree::<super::GraceSecs, core::GraceSecs>();
        agree::<super::Seq, core::Seq>();
        agree::<super::Slot, core::Slot>();
        agree::<super::WindowSecs, core::WindowSecs>();
        agree::<super::Bit, core::Bit>();
        agree::<super::CodeBits, core::CodeBits>();
    }
}
