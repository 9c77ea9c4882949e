//! Damage to a message: what a bad line does by accident and an attacker on purpose.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// Where a value stood that something else is put in place of.
const HERE: &str = "@here@";

/// How long a text gets that is made longer, in bytes.
const LONGEST: usize = 20_000;

/// Values that no field expects, as they are written: numbers that are huge, negative, broken or
/// beyond every kind; other types; texts that other programs stumble over.
const STRANGE: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "-0",
    "1.5",
    "1e3",
    "1e308",
    "1e999",
    "-1e999",
    "4294967296",
    "9007199254740992",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "NaN",
    "01",
    "+1",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\x\"",
    "\"'; DROP TABLE events; --\"",
    "\"../../../etc/passwd\"",
    "\"9999-12-31T23:59:60Z\"",
    "\"-009999-01-02T01:59:59Z\"",
    "\"2026-02-30\"",
    "\"+999999-01-01T00:00:00+99:99\"",
    "\"019538d2-6d2b-7000-8000-000000000001\"",
    "\"{019538D26D2B70008000000000000001}\"",
    "\"AAAA\"",
    "\"A\"",
    "[]",
    "[null]",
    "[[]]",
    "{}",
    "{\"\":{}}",
    "{\"type\":\"relayed\"}",
    "{\"standing\":\"part\"}",
    "{\"standing\":\"part\",\"received\":-1}",
    "{\"outcome\":\"rejected\"}",
    "{\"step\":\"end\",\"message\":null}",
];

/// One kind of damage. Places are parts of whatever message it is done to.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    /// A byte is another.
    Byte(Index, u8),
    /// Bytes come in, UTF-8 or not.
    Added(Index, Vec<u8>),
    /// It ends early.
    Cut(Index),
    /// A part is missing.
    Lost(Index, Index),
    /// A part comes twice.
    Twice(Index, Index),
    /// A value is a strange one.
    Strange(Index, Index),
    /// A text is so many times as long.
    Long(Index, u32),
    /// A value is nested so deep.
    Deep(Index, u16),
    /// A field is missing.
    Missing(Index),
    /// A field is there twice, the second time with a strange value.
    Again(Index, Index),
    /// A field that nobody knows.
    Unknown(Index, Index),
    /// A value stands where another one belongs.
    Moved(Index, Index),
}

impl Arbitrary for Damage {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let at = any::<Index>;
        prop_oneof![
            1 => (at(), any::<u8>()).prop_map(|(at, to)| Self::Byte(at, to)),
            1 => (at(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, b)| Self::Added(at, b)),
            1 => at().prop_map(Self::Cut),
            1 => (at(), at()).prop_map(|(from, to)| Self::Lost(from, to)),
            1 => (at(), at()).prop_map(|(from, to)| Self::Twice(from, to)),
            3 => (at(), at()).prop_map(|(at, what)| Self::Strange(at, what)),
            1 => (at(), 1u32..2000).prop_map(|(at, times)| Self::Long(at, times)),
            1 => (at(), 1u16..400).prop_map(|(at, depth)| Self::Deep(at, depth)),
            1 => at().prop_map(Self::Missing),
            1 => (at(), at()).prop_map(|(at, what)| Self::Again(at, what)),
            1 => (at(), at()).prop_map(|(at, what)| Self::Unknown(at, what)),
            1 => (at(), at()).prop_map(|(from, to)| Self::Moved(from, to)),
        ]
        .boxed()
    }
}

impl Damage {
    /// The message with the damage. What is no longer JSON is only damaged in its bytes.
    pub(crate) fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        if bytes.is_empty() {
            return Vec::new();
        }
        let ends = |from: &Index, to: &Index| {
            let (a, b) = (from.index(bytes.len()), to.index(bytes.len()));
            (a.min(b), a.max(b))
        };
        match self {
            Self::Byte(at, to) => {
                let mut bytes = bytes.to_vec();
                let at = at.index(bytes.len());
                bytes[at] = *to;
                bytes
            }
            Self::Added(at, more) => {
                let (before, after) = bytes.split_at(at.index(bytes.len()));
                [before, more, after].concat()
            }
            Self::Cut(at) => bytes[..at.index(bytes.len())].to_vec(),
            Self::Lost(from, to) => {
                let (from, to) = ends(from, to);
                [&bytes[..from], &bytes[to..]].concat()
            }
            Self::Twice(from, to) => {
                let (from, to) = ends(from, to);
                [&bytes[..to], &bytes[from..]].concat()
            }
            _ => match serde_json::from_slice(bytes) {
                Ok(value) => self.done_to_value(value).into_bytes(),
                Err(_) => bytes.to_vec(),
            },
        }
    }

    fn done_to_value(&self, mut value: Value) -> String {
        let strange = |what: &Index| STRANGE[what.index(STRANGE.len())];
        let put = |value: &mut Value, at: &Index, text: &str| {
            *node(value, at) = Value::String(HERE.to_owned());
            value.to_string().replace(&format!("\"{HERE}\""), text)
        };
        match self {
            Self::Strange(at, what) => put(&mut value, at, strange(what)),
            Self::Long(at, times) => {
                let here = node(&mut value, at).to_string();
                let here = here.trim_matches('"').replace(['"', '\\'], "长");
                let times = (*times as usize).min(LONGEST / here.len().max(1)).max(1);
                put(&mut value, at, &format!("\"{}\"", here.repeat(times)))
            }
            Self::Deep(at, depth) => {
                let here = node(&mut value, at).to_string();
                let (open, close) = ("[".repeat((*depth).into()), "]".repeat((*depth).into()));
                put(&mut value, at, &format!("{open}{here}{close}"))
            }
            Self::Moved(from, to) => {
                let taken = node(&mut value, from).clone();
                *node(&mut value, to) = taken;
                value.to_string()
            }
            Self::Missing(at) => {
                fields(&mut value, at, |fields, name| drop(fields.remove(name)));
                value.to_string()
            }
            Self::Again(at, what) => {
                let mut again = String::new();
                fields(&mut value, at, |fields, name| {
                    fields.insert(HERE.to_owned(), Value::Null);
                    again = format!("{}:{}", Value::from(name), strange(what));
                });
                value.to_string().replace(&format!("\"{HERE}\":null"), &again)
            }
            Self::Unknown(at, what) => {
                fields(&mut value, at, |fields, _| {
                    drop(fields.insert(HERE.to_owned(), Value::Null))
                });
                let unknown = format!("\"未知\":{}", strange(what));
                value.to_string().replace(&format!("\"{HERE}\":null"), &unknown)
            }
            Self::Byte(..) | Self::Added(..) | Self::Cut(_) | Self::Lost(..) | Self::Twice(..) => {
                value.to_string()
            }
        }
    }
}

/// How many values there are, the outermost included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// One of the values.
fn node<'v>(value: &'v mut Value, at: &Index) -> &'v mut Value {
    let at = at.index(count(value));
    nth(value, at)
}

fn nth(value: &mut Value, at: usize) -> &mut Value {
    if at == 0 || !(value.is_array() || value.is_object()) {
        return value;
    }
    let mut left = at - 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let here = count(child);
        if left < here {
            return nth(child, left);
        }
        left -= here;
    }
    unreachable!("there are as many values as were counted")
}

/// Changes an object that has fields, and names one of them; nothing where there is none.
fn fields(
    value: &mut Value,
    at: &Index,
    change: impl FnOnce(&mut serde_json::Map<String, Value>, &str),
) {
    let objects: Vec<usize> = (0..count(value))
        .filter(|place| nth(value, *place).as_object().is_some_and(|fields| !fields.is_empty()))
        .collect();
    if objects.is_empty() {
        return;
    }
    if let Value::Object(fields) = nth(value, objects[at.index(objects.len())]) {
        let names: Vec<String> = fields.keys().cloned().collect();
        change(fields, &names[at.index(names.len())]);
    }
}
