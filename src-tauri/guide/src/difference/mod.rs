//! What changed between two releases, for the people who work with both: matter by matter, in the
//! words of the guide.
//!
//! Compared are the values of the format, whatever they are, so that no element can change
//! unseen; [`words`] gives them their names. The order of matters in the file is no change.

mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::package::GuidePackage;

/// What happened to an entry of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// 新增
    Added,
    /// 取消
    Removed,
    /// 调整
    Changed,
}

/// What sort of entry changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// 事项
    Matter,
    /// 实施主体
    Department,
    /// 一件事
    Bundle,
    /// 工作日历 of one year
    CalendarYear,
    /// Anything else of the release.
    Release,
}

/// One value that is another now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Detail {
    /// Where, in words: 材料“身份证”·受理标准.
    pub what: String,
    /// What it was; none where it is new.
    pub before: Option<String>,
    /// What it is; none where it is gone.
    pub after: Option<String>,
}

/// One entry that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// What sort of entry.
    pub subject: Subject,
    /// Its code, id or year; empty for the release.
    pub id: String,
    /// Its name now, or the last one.
    pub name: String,
    /// What happened.
    pub kind: ChangeKind,
    /// What of it changed; empty where it came or went as a whole.
    pub details: Vec<Detail>,
}

/// What changed from `old` to `new`: the release first, then calendar, departments, matters and
/// bundles, each in the order of the new release, what is gone at the end of its sort. That the
/// release has another number and day is left out.
pub fn difference(old: &GuidePackage, new: &GuidePackage) -> Vec<Change> {
    let (Ok(Value::Object(mut old)), Ok(Value::Object(mut new))) =
        (serde_json::to_value(old), serde_json::to_value(new))
    else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let mut take = |key: &str, of: fn(Value) -> Vec<(String, Value)>| {
        let entries = |from: &mut Map<String, Value>| of(from.remove(key).unwrap_or_default());
        (entries(&mut old), entries(&mut new))
    };
    let calendar = take("calendar", years);
    let departments = take("departments", by_code);
    let matters = take("matters", by_code);
    let bundles = take("bundles", by_id);
    for key in ["release", "issued_on", "format"] {
        old.remove(key);
        new.remove(key);
    }
    let mut details = Vec::new();
    compare("", &Value::Object(old), &Value::Object(new), &mut details);
    if !details.is_empty() {
        changes.push(Change {
            subject: Subject::Release,
            id: String::new(),
            name: "指南".to_owned(),
            kind: ChangeKind::Changed,
            details,
        });
    }
    entries(Subject::CalendarYear, calendar, &mut changes);
    entries(Subject::Department, departments, &mut changes);
    entries(Subject::Matter, matters, &mut changes);
    entries(Subject::Bundle, bundles, &mut changes);
    changes
}

type Entries = Vec<(String, Value)>;

fn keyed(list: Value, key: &str) -> Entries {
    let Value::Array(list) = list else { return Vec::new() };
    let id = |entry: &Value| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    list.into_iter().map(|entry| (id(&entry), entry)).collect()
}

fn by_code(list: Value) -> Entries {
    keyed(list, "code")
}

fn by_id(list: Value) -> Entries {
    keyed(list, "id")
}

fn years(mut calendar: Value) -> Entries {
    match calendar.get_mut("years").map(Value::take) {
        Some(Value::Object(years)) => years.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn entries(subject: Subject, (old, new): (Entries, Entries), changes: &mut Vec<Change>) {
    let mut before: BTreeMap<String, Value> = old.iter().cloned().collect();
    for (id, now) in new {
        let change = match before.remove(&id) {
            None => Some((ChangeKind::Added, Vec::new())),
            Some(then) => {
                let mut details = Vec::new();
                compare("", &then, &now, &mut details);
                (!details.is_empty()).then_some((ChangeKind::Changed, details))
            }
        };
        if let Some((kind, details)) = change {
            changes.push(Change { subject, name: name_of(&id, &now), id, kind, details });
        }
    }
    for (id, then) in old.into_iter().filter(|(id, _)| before.contains_key(id)) {
        let name = name_of(&id, &then);
        changes.push(Change { subject, id, name, kind: ChangeKind::Removed, details: Vec::new() });
    }
}

fn name_of(id: &str, entry: &Value) -> String {
    entry.get("name").and_then(Value::as_str).unwrap_or(id).to_owned()
}

/// Adds what differs below `place`, leaf by leaf.
fn compare(place: &str, then: &Value, now: &Value, details: &mut Vec<Detail>) {
    if then == now {
        return;
    }
    match (then, now) {
        (Value::Object(then), Value::Object(now)) if !words::is_one_value(place, then) => {
            let keys: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
            for key in keys {
                let (then, now) = (then.get(key), now.get(key));
                let place = join(place, words::key(key));
                compare(&place, then.unwrap_or(&Value::Null), now.unwrap_or(&Value::Null), details);
            }
        }
        (Value::Array(then), Value::Array(now)) if is_keyed(then) && is_keyed(now) => {
            compare_lists(place, then, now, details);
        }
        _ => details.push(Detail {
            what: place.to_owned(),
            before: words::value(place, then),
            after: words::value(place, now),
        }),
    }
}

/// Whether every entry of a list has an id: materials, questions, choices.
fn is_keyed(list: &[Value]) -> bool {
    list.iter().all(|entry| entry.get("id").is_some_and(Value::is_string))
}

fn compare_lists(place: &str, then: &[Value], now: &[Value], details: &mut Vec<Detail>) {
    let find = |list: &[Value], entry: &Value| -> Option<Value> {
        list.iter().find(|e| e.get("id") == entry.get("id")).cloned()
    };
    let titled = |entry: &Value| format!("{place}“{}”", words::title(entry));
    for entry in now {
        match find(then, entry) {
            Some(old) => compare(&titled(entry), &old, entry, details),
            None => details.push(Detail {
                what: titled(entry),
                before: None,
                after: Some("新增".to_owned()),
            }),
        }
    }
    for entry in then.iter().filter(|entry| find(now, entry).is_none()) {
        details
            .push(Detail { what: titled(entry), before: Some("取消".to_owned()), after: None });
    }
    let order = |list: &[Value], other: &[Value]| -> Vec<Value> {
        let both = list.iter().filter(|entry| find(other, entry).is_some());
        both.filter_map(|entry| entry.get("id").cloned()).collect()
    };
    if order(then, now) != order(now, then) {
        details.push(Detail {
            what: format!("{place}的顺序"),
            before: None,
            after: Some("有调整".to_owned()),
        });
    }
}

fn join(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}·{key}") }
}
