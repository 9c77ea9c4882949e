//! Putting values into a JSON object by a path of keys.

use serde_json::{Map, Value, json};

/// The value at a path of keys, objects made on the way.
pub(crate) fn at<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |inner, key| {
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        &mut inner[key]
    })
}

/// Puts a value at a path of keys.
pub(crate) fn put(object: &mut Value, path: &str, value: Value) {
    *at(object, path) = value;
}

/// The list at a path of keys, made where there is none.
pub(crate) fn list_at<'v>(object: &'v mut Value, path: &str) -> &'v mut Vec<Value> {
    let slot = at(object, path);
    if !slot.is_array() {
        *slot = json!([]);
    }
    match slot {
        Value::Array(list) => list,
        // It was made a list just above.
        _ => unreachable!("a list"),
    }
}
