//! Guide releases made from the example. They are official ones: a hub that is not for practice
//! publishes nothing else.

use serde_json::{Value, json};
use yichuang_guide::{EXAMPLE, FORMAT};

/// The example under a number, altered. Written as somebody's program might write it.
pub fn release_with(number: u32, alter: impl FnOnce(&mut Value)) -> String {
    let mut guide: Value = serde_json::from_str(EXAMPLE).expect("the example is JSON");
    guide["format"] = FORMAT.into();
    guide["status"] = "official".into();
    guide["release"] = number.into();
    alter(&mut guide);
    serde_json::to_string_pretty(&guide).expect("JSON")
}

/// The example under a number, with a word in the first matter's basis by which it can be told.
pub fn release(number: u32, word: &str) -> String {
    release_with(number, |guide| guide["matters"][0]["basis"] = json!([word]))
}
