//! What the tests of this crate share: the example guide, the shared fixtures, and small made-up
//! matters.

use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::calendar::WorkCalendar;
use crate::matter::Matter;

/// What of the guide package the rules need.
#[derive(Deserialize)]
pub struct Guide {
    pub calendar: WorkCalendar,
    pub matters: Vec<Matter>,
}

impl Guide {
    pub fn matter(&self, code: &str) -> Option<&Matter> {
        self.matters.iter().find(|m| m.code == code)
    }
}

pub fn example() -> &'static Guide {
    static EXAMPLE: OnceLock<Guide> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let text = include_str!("../../guide/example/guide.json");
        serde_json::from_str(text).expect("the example guide")
    })
}

pub fn date(text: &str) -> Date {
    text.parse().expect(text)
}

/// A matter of the example without questions and materials.
pub fn bare_matter() -> Matter {
    let mut matter = example().matters[8].clone();
    matter.questions.clear();
    matter.materials.clear();
    matter
}

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures"))
}

pub fn read_fixture<T: DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(fixtures().join(name)).expect(name);
    serde_json::from_str(&text).expect(name)
}

/// Every scenario by its file name.
pub fn scenarios() -> Vec<(String, crate::scenario::Scenario)> {
    let mut names: Vec<String> = std::fs::read_dir(fixtures().join("scenarios"))
        .expect("the scenarios")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.into_iter().map(|n| (n.clone(), read_fixture(&format!("scenarios/{n}")))).collect()
}
