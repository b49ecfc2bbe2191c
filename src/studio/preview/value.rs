//! From the view's structs to what the interpreter holds: by serde, so that a new field of `contract.slint` needs no
//! line here.

use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeStruct};
use slint_interpreter::{Struct, Value};
use std::fmt;

/// What cannot be a value of .slint.
#[derive(Debug, PartialEq, Eq)]
pub struct NoValue(String);

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoValue {}

impl ser::Error for NoValue {
    fn custom<T: fmt::Display>(what: T) -> Self {
        NoValue(what.to_string())
    }
}

impl de::Error for NoValue {
    fn custom<T: fmt::Display>(what: T) -> Self {
        NoValue(what.to_string())
    }
}

/// `thing` as the interpreter holds it: structs by their fields, enums by their names.
///
/// # Errors
/// A type that .slint has not, e.g. a map.
pub fn of(thing: &impl Serialize) -> Result<Value, NoValue> {
    thing.serialize(Maker)
}

/// The value of an enum with this name in .slint: `show-pay`.
///
/// # Errors
/// No such value.
pub fn named<T: DeserializeOwned>(name: &str) -> Result<T, NoValue> {
    T::deserialize(pascal(name).as_str().into_deserializer())
}

/// Every value of an enum, by its name in .slint.
#[must_use]
pub fn names<T: DeserializeOwned>() -> Vec<String> {
    struct Ask<'a>(&'a mut Vec<String>);
    impl<'de> de::Deserializer<'de> for Ask<'_> {
        type Error = NoValue;
        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
            Err(NoValue("no enum".into()))
        }
        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, NoValue> {
            self.0.extend(variants.iter().map(|v| kebab(v)));
            Err(NoValue("only asked".into()))
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
        }
    }
    let mut names = Vec::new();
    let _ = T::deserialize(Ask(&mut names));
    names
}

/// `ShowPay` as .slint writes it: `show-pay`.
#[must_use]
pub fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

pub(super) fn pascal(name: &str) -> String {
    name.split('-')
        .filter(|part| !part.is_empty())
        .map(|part| part[..1].to_ascii_uppercase() + &part[1..])
        .collect()
}

/// `value`, in the shape of `sample`: fields that only the sample has stay as they are there, and fields that it has not
/// are dropped. So a field that was just written into `contract.slint` is seen before Rust knows it.
#[must_use]
pub fn shaped(sample: &Value, value: Value) -> Value {
    match (sample, value) {
        (Value::Struct(sample), Value::Struct(value)) => {
            let fields = sample.iter().map(|(name, field)| {
                let field = match value.get_field(name) {
                    Some(v) => shaped(field, v.clone()),
                    None => field.clone(),
                };
                (name.to_owned(), field)
            });
            Value::Struct(fields.collect())
        }
        (_, value) => value,
    }
}

struct Maker;
struct Items(Vec<Value>);
struct Fields(Struct);

fn no<T>(what: &str) -> Result<T, NoValue> {
    Err(NoValue(format!(".slint has no {what}")))
}

impl ser::Serializer for Maker {
    type Ok = Value;
    type Error = NoValue;
    type SerializeSeq = Items;
    type SerializeTuple = Impossible<Value, NoValue>;
    type SerializeTupleStruct = Impossible<Value, NoValue>;
    type SerializeTupleVariant = Impossible<Value, NoValue>;
    type SerializeMap = Impossible<Value, NoValue>;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<Value, NoValue>;

    fn serialize_bool(self, v: bool) -> Result<Value, NoValue> {
        Ok(Value::Bool(v))
    }
    fn serialize_i8(self, v: i8) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_i16(self, v: i16) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_i32(self, v: i32) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_i64(self, v: i64) -> Result<Value, NoValue> {
        self.serialize_f64(v as f64)
    }
    fn serialize_u8(self, v: u8) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_u16(self, v: u16) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_u32(self, v: u32) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_u64(self, v: u64) -> Result<Value, NoValue> {
        self.serialize_f64(v as f64)
    }
    fn serialize_f32(self, v: f32) -> Result<Value, NoValue> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_f64(self, v: f64) -> Result<Value, NoValue> {
        Ok(Value::Number(v))
    }
    fn serialize_char(self, v: char) -> Result<Value, NoValue> {
        Ok(Value::String(v.to_string().into()))
    }
    fn serialize_str(self, v: &str) -> Result<Value, NoValue> {
        Ok(Value::String(v.into()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NoValue> {
        no("bytes")
    }
    fn serialize_none(self) -> Result<Value, NoValue> {
        Ok(Value::Void)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<Value, NoValue> {
        v.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, NoValue> {
        Ok(Value::Void)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NoValue> {
        Ok(Value::Void)
    }
    fn serialize_unit_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, NoValue> {
        Ok(Value::EnumerationValue(name.into(), kebab(variant)))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        v: &T,
    ) -> Result<Value, NoValue> {
        v.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, NoValue> {
        no("enum that holds something")
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items, NoValue> {
        Ok(Items(Vec::new()))
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NoValue> {
        no("tuple")
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, NoValue> {
        no("tuple")
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NoValue> {
        no("enum that holds something")
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, NoValue> {
        no("map")
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, NoValue> {
        Ok(Fields(Struct::default()))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NoValue> {
        no("enum that holds something")
    }
}

impl SerializeSeq for Items {
    type Ok = Value;
    type Error = NoValue;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), NoValue> {
        self.0.push(v.serialize(Maker)?);
        Ok(())
    }
    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Model(slint::ModelRc::new(slint::VecModel::from(self.0))))
    }
}

impl SerializeStruct for Fields {
    type Ok = Value;
    type Error = NoValue;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, v: &T) -> Result<(), NoValue> {
        self.0.set_field(name.into(), v.serialize(Maker)?);
        Ok(())
    }
    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Struct(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_ui::{Action, Page, Row};

    #[test]
    fn names_are_read_and_written_as_slint_writes_them() {
        for name in names::<Action>() {
            let action: Action = named(&name).unwrap();
            assert_eq!(
                kebab(&format!("{action:?}")),
                name,
                "{action:?} is found by its own name"
            );
        }
        assert!(names::<Page>().contains(&"home".to_owned()));
        assert!(named::<Page>("nowhere").is_err());
    }

    #[test]
    fn a_row_keeps_every_field() {
        let row = Row {
            label: "Pay".into(),
            index: 3,
            action: Action::ShowPay,
            ..Row::default()
        };
        let Value::Struct(fields) = of(&row).unwrap() else {
            panic!("a struct")
        };
        assert_eq!(fields.get_field("label"), Some(&Value::String("Pay".into())));
        assert_eq!(fields.get_field("index"), Some(&Value::Number(3.0)));
        assert_eq!(
            fields.get_field("action"),
            Some(&Value::EnumerationValue("Action".into(), "show-pay".into()))
        );
    }

    #[test]
    fn a_field_of_the_contract_alone_keeps_its_sample() {
        let fields = |pairs: &[(&str, f64)]| {
            let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), Value::Number(*v)));
            Value::Struct(pairs.collect())
        };
        let shaped = shaped(
            &fields(&[("old", 1.0), ("new", 2.0)]),
            fields(&[("old", 7.0), ("gone", 9.0)]),
        );
        assert_eq!(shaped, fields(&[("old", 7.0), ("new", 2.0)]));
    }
}
