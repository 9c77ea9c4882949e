//! From the text of a package to its problems and its types: matter by matter where the text is in
//! good order, whole where it is not. Both ways say the same; the first is the quick one.

use serde_json::Value;
use yichuang_domain::matter::Matter;

use super::fields::{Fields, Format, Notes, Place};
use super::{check_head, check_tail};
use crate::json;
use crate::package::{FORMAT, GuidePackage, unreadable};
use crate::pieces::{self, Pieces};
use crate::problem::{Problem, Severity};

/// What is wrong with a package, and the package itself unless it is refused.
pub type Judged = (Vec<Problem>, Option<GuidePackage>);

/// Checks and reads a text.
///
/// # Errors
/// The one problem that keeps it from being JSON.
pub fn read(text: &str) -> Result<Judged, Problem> {
    match Pieces::of(text).and_then(by_pieces) {
        Some(judged) => Ok(judged),
        None => whole(text),
    }
}

/// Reads the text as one value. Its problems begin with the keys that are written twice.
pub(super) fn whole(text: &str) -> Result<Judged, Problem> {
    let (value, mut problems) = json::value(text)?;
    let notes = notes_for(&value);
    if let Some(fields) = Fields::of(&value, &Place::Root, &notes)
        && let Some(mut matters) = check_head(&fields)
    {
        matters.check_list(&fields);
        check_tail(&fields, &matters.codes);
    }
    let format = notes.format;
    problems.extend(notes.into_problems());
    Ok(judged(problems, || {
        let mut value = value;
        if format == Format::V1 {
            leave_out_later_keys(&mut value);
        }
        serde_json::from_value(value)
    }))
}

/// Reads one matter after the other; none where one of them is not in good order.
pub(super) fn by_pieces(pieces: Pieces<'_>) -> Option<Judged> {
    let mut rest = Value::Object(pieces.rest);
    let notes = notes_for(&rest);
    let mut list = Vec::with_capacity(pieces.matters.len());
    let mut unread = None;
    if let Some(fields) = Fields::of(&rest, &Place::Root, &notes)
        && let Some(mut matters) = check_head(&fields)
    {
        for (i, raw) in pieces.matters.into_iter().enumerate() {
            let mut value = pieces::value(raw.get())?;
            matters.check(&fields, i, &value);
            if notes.format == Format::V1 {
                leave_out_later_keys_of(&mut value);
            }
            match serde_json::from_value::<Matter>(value) {
                Ok(matter) => list.push(matter),
                Err(error) => drop(unread.get_or_insert(error)),
            }
        }
        check_tail(&fields, &matters.codes);
    }
    let format = notes.format;
    Some(judged(notes.into_problems(), || {
        if format == Format::V1 {
            leave_out_later_keys(&mut rest);
        }
        match unread {
            Some(error) => Err(error),
            None => Ok(GuidePackage { matters: list, ..serde_json::from_value(rest)? }),
        }
    }))
}

fn notes_for(package: &Value) -> Notes {
    Notes::of(match package.get("format").and_then(Value::as_str) {
        Some(FORMAT) => Format::V2,
        _ => Format::V1,
    })
}

/// What the check lets pass, the types take in; should they ever differ, the package is refused
/// with the reason of the types.
fn judged(
    mut problems: Vec<Problem>,
    typed: impl FnOnce() -> serde_json::Result<GuidePackage>,
) -> Judged {
    if problems.iter().any(|p| p.severity == Severity::Error) {
        return (problems, None);
    }
    match typed() {
        Ok(package) => (problems, Some(package)),
        Err(error) => {
            problems.push(unreadable(&error));
            (problems, None)
        }
    }
}

/// Leaves out of a package of format 1 the keys that only a later format has. The check calls
/// them unknown and says that they are ignored; here they are.
fn leave_out_later_keys(package: &mut Value) {
    drop_keys(package, &["status", "life_events", "forms"]);
    each(package, "matters").for_each(leave_out_later_keys_of);
}

fn leave_out_later_keys_of(matter: &mut Value) {
    drop_keys(matter, &["reference"]);
    each(matter, "materials").for_each(|material| drop_keys(material, &["reference"]));
    each(matter, "special_procedures").for_each(|p| drop_keys(p, &["explanation"]));
}

fn drop_keys(value: &mut Value, keys: &[&str]) {
    if let Value::Object(map) = value {
        map.retain(|key, _| !keys.contains(&key.as_str()));
    }
}

fn each<'v>(value: &'v mut Value, key: &str) -> impl Iterator<Item = &'v mut Value> {
    value.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}
