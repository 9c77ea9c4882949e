//! A package taken apart without reading it whole: its matters as they stand in the text, and the
//! rest as a value. A large guide is then read matter by matter, which touches little memory at a
//! time and takes a fraction of the time.
//!
//! Only what is in good order comes apart. A text that is no JSON, a key written twice or matters
//! that are no list come back as none, and reading the text whole says what is wrong with it.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// The key of the matters.
pub const MATTERS: &str = "matters";

/// A package taken apart.
pub struct Pieces<'t> {
    /// Everything else, with an empty list for the matters.
    pub rest: Map<String, Value>,
    /// The matters, at least one.
    pub matters: Vec<&'t RawValue>,
}

impl<'t> Pieces<'t> {
    /// Takes a text apart; none if it must be read whole.
    pub fn of(text: &'t str) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let pieces = reader.deserialize_map(Root).ok()?;
        reader.end().ok()?;
        Some(pieces).filter(|pieces| !pieces.matters.is_empty())
    }
}

/// The value of a text; none if it is no JSON, or an object in it has a key twice.
pub fn value(text: &str) -> Option<Value> {
    let repeated = Cell::new(false);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Once(&repeated).deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(value).filter(|_| !repeated.get())
}

/// Reads the root of a package.
struct Root;

impl<'t> Visitor<'t> for Root {
    type Value = Pieces<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a package")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Pieces<'t>, A::Error> {
        let repeated = Cell::new(false);
        let (mut rest, mut matters) = (Map::new(), Vec::new());
        while let Some(key) = map.next_key::<String>()? {
            let value = if key == MATTERS {
                matters = map.next_value()?;
                Value::Array(Vec::new())
            } else {
                map.next_value_seed(Once(&repeated))?
            };
            if rest.insert(key, value).is_some() {
                repeated.set(true);
            }
        }
        if repeated.get() {
            return Err(A::Error::custom("a key is there twice"));
        }
        Ok(Pieces { rest, matters })
    }
}

/// Reads a value, and notes where an object has a key twice.
#[derive(Clone, Copy)]
struct Once<'c>(&'c Cell<bool>);

impl<'t> DeserializeSeed<'t> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if object.insert(key, map.next_value_seed(self)?).is_some() {
                self.0.set(true);
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_good_order_comes_apart_and_nothing_else() {
        let pieces = Pieces::of(r#" {"a": 1, "matters": [ {"b": 2}, [] ], "c": {}} "#).unwrap();
        assert_eq!(
            pieces.matters.iter().map(|m| m.get()).collect::<Vec<_>>(),
            [r#"{"b": 2}"#, "[]"]
        );
        let rest = Value::Object(pieces.rest);
        assert_eq!(rest, serde_json::json!({ "a": 1, "matters": [], "c": {} }));
        let unfit = [
            "",
            "[]",
            r#"{"matters": []}"#,
            r#"{"matters": {}}"#,
            r#"{"matters": [1], "matters": [2]}"#,
            r#"{"a": 1, "a": 2, "matters": [1]}"#,
            r#"{"a": {"b": 1, "b": 2}, "matters": [1]}"#,
            r#"{"matters": [1]} x"#,
            r#"{"matters": [1]"#,
        ];
        for text in unfit {
            assert!(Pieces::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_value_is_what_the_json_reader_makes_of_it() {
        let text =
            r#"{"n": null, "t": true, "l": [-1, 2, 1.5, 1e3], "s": "a\n\u00e9", "o": {"": ""}}"#;
        assert_eq!(value(text), serde_json::from_str(text).ok());
        for unfit in ["", "{", "1 2", r#"{"a": [{"b": 1, "b": 1}]}"#, r#""\ud800""#] {
            assert_eq!(value(unfit), None, "{unfit}");
        }
    }
}
