//! The check of a package before it is used: every problem with its place, not only the
//! first. A package with an error is refused whole; warnings go along with it.
//!
//! The check works on the JSON value first and only then reads the typed package, so that one
//! wrong type does not hide the other ninety problems. What it checks, code by code, stands in
//! `docs/guide-format.md`.

mod calendar;
mod fields;
mod forms;
mod matter;
mod reference;
mod situation;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::Value;
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::identity::{IdType, check_id_number};

use self::fields::{Fields, Format, Ids, Need, Notes, Place, Text};
use crate::json;
use crate::package::{CheckedPackage, FORMAT, FORMAT_1, GuidePackage, unreadable};
use crate::problem::{Problem, Severity};

/// Checks `bytes` as a package and reads it. Never panics, whatever the bytes are.
///
/// # Errors
/// Every problem found, warnings included, in the order of the file; at least one is an error.
pub fn check(bytes: &[u8]) -> Result<CheckedPackage, Vec<Problem>> {
    let file = json::read(bytes).map_err(|problem| vec![problem])?;
    let mut problems = file.problems;
    problems.extend(check_value(&file.value));
    let is_refused = problems.iter().any(|p| p.severity == Severity::Error);
    let typed = if is_refused { None } else { read_typed(file.value, &mut problems) };
    json::locate(file.text, &mut problems);
    match typed {
        Some(package) => Ok(CheckedPackage {
            package,
            digest: sha256_hex(file.text.as_bytes()),
            text: file.text.to_owned(),
            warnings: problems,
        }),
        None => Err(problems),
    }
}

/// Checks a package that is JSON already: what an import from another kind of file made. The
/// problems have no lines.
pub fn check_value(value: &Value) -> Vec<Problem> {
    let notes = Notes::of(match value.get("format").and_then(Value::as_str) {
        Some(FORMAT) => Format::V2,
        _ => Format::V1,
    });
    check_package(value, &notes);
    notes.into_problems()
}

/// The typed package. What the check lets pass, the types take in; should they ever differ, the
/// package is refused with the reason of the types.
fn read_typed(mut value: Value, problems: &mut Vec<Problem>) -> Option<GuidePackage> {
    if value.get("format").and_then(Value::as_str) == Some(FORMAT_1) {
        leave_out_later_keys(&mut value);
    }
    match serde_json::from_value(value) {
        Ok(package) => Some(package),
        Err(error) => {
            problems.push(unreadable(&error));
            None
        }
    }
}

const KEYS_1: [&str; 8] =
    ["format", "release", "issued_on", "region", "calendar", "departments", "matters", "bundles"];

const KEYS_2: [&str; 11] = [
    "format",
    "status",
    "release",
    "issued_on",
    "region",
    "calendar",
    "departments",
    "matters",
    "bundles",
    "life_events",
    "forms",
];

/// Leaves out of a package of format 1 the keys that only a later format has. The check calls
/// them unknown and says that they are ignored; here they are.
fn leave_out_later_keys(package: &mut Value) {
    fn drop_keys(value: &mut Value, keys: &[&str]) {
        if let Value::Object(map) = value {
            map.retain(|key, _| !keys.contains(&key.as_str()));
        }
    }
    fn each<'v>(value: &'v mut Value, key: &str) -> impl Iterator<Item = &'v mut Value> {
        value.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
    }
    drop_keys(package, &["status", "life_events", "forms"]);
    for matter in each(package, "matters") {
        drop_keys(matter, &["reference"]);
        each(matter, "materials").for_each(|material| drop_keys(material, &["reference"]));
        each(matter, "special_procedures").for_each(|p| drop_keys(p, &["explanation"]));
    }
}

fn check_package(value: &Value, notes: &Notes) {
    let root = Place::Root;
    let Some(fields) = Fields::of(value, &root, notes) else { return };
    if let Some(format) = fields.text("format", Need::Required, Text::Filled)
        && ![FORMAT, FORMAT_1].contains(&format)
    {
        let message = format!(
            "这份指南的格式是“{format}”，本程序读“{FORMAT}”和“{FORMAT_1}”；请换用本格式的指南，或升级程序"
        );
        notes.error("unknown-format", &fields.at("format"), message);
        // Anything else said about a format that is not known would be a guess.
        return;
    }
    fields.only(match notes.format {
        Format::V1 => &KEYS_1,
        Format::V2 => &KEYS_2,
    });
    fields.number("release", Need::Required, 1, u64::from(u32::MAX));
    let issued_on = fields.date("issued_on", Need::Required);
    check_region(&fields);
    calendar::check(&fields, issued_on);
    let departments = check_departments(&fields);
    let forms = forms::check(&fields);
    let codes = check_matters(&fields, &departments, &forms);
    check_bundles(&fields, &codes);
    if notes.format > Format::V1 {
        if fields.raw("status", Need::Expected).is_some() {
            fields.one_of("status", Need::Free, &["sample", "official"]);
        }
        check_life_events(&fields, &codes);
    }
}

fn check_region(fields: &Fields<'_, '_>) {
    let place = fields.at("region");
    let Some(region) = fields.raw("region", Need::Required) else { return };
    let Some(region) = Fields::of(region, &place, fields.notes) else { return };
    region.only(&["code", "name"]);
    region.text("name", Need::Required, Text::Filled);
    if let Some(code) = region.id("code")
        && !((1..=12).contains(&code.len())
            && code.starts_with(|c: char| c.is_ascii_digit())
            && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()))
    {
        let message =
            format!("行政区划代码“{code}”要写进办件编号，应为1至12位数字或大写字母，以数字开头");
        region.notes.error("bad-region-code", &region.at("code"), message);
    }
}

fn check_departments<'v>(fields: &Fields<'v, '_>) -> Ids<'v> {
    let mut codes = Ids::of("实施主体代码");
    let list_place = fields.at("departments");
    for (i, value) in fields.list("departments", Need::Required).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(department) = Fields::of(value, &place, fields.notes) else { continue };
        department.only(&[
            "code",
            "name",
            "phone",
            "complaint_phone",
            "address",
            "review_body",
            "court",
        ]);
        department.text("name", Need::Required, Text::Filled);
        for key in ["phone", "complaint_phone", "address", "review_body", "court"] {
            department.text(key, Need::ExpectedFrom2, Text::Advised);
        }
        if let Some(code) = department.id("code") {
            codes.take(code, &department.at("code"), fields.notes);
            if let Err(why) = check_id_number(IdType::Uscc, code) {
                let message = format!("“{code}”不是有效的统一社会信用代码：{why}");
                fields.notes.warning("odd-department-code", &department.at("code"), message);
            }
        }
    }
    codes
}

fn check_matters<'v>(fields: &Fields<'v, '_>, departments: &Ids<'_>, forms: &Ids<'_>) -> Ids<'v> {
    let mut codes = Ids::of("实施编码");
    let mut names: HashMap<&str, usize> = HashMap::new();
    let list_place = fields.at("matters");
    let matters = fields.list("matters", Need::Required);
    if matters.is_empty() && fields.raw("matters", Need::Free).is_some_and(Value::is_array) {
        fields.notes.error("empty-list", &list_place, "指南里没有一个事项，导入后将无事可办");
    }
    for (i, value) in matters.iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(matter) = Fields::of(value, &place, fields.notes) else { continue };
        if let Some(code) = matter.id("code") {
            codes.take(code, &matter.at("code"), fields.notes);
        }
        if let Some(name) = matter.text("name", Need::Required, Text::Filled)
            && let Some(first) = names.insert(name.trim(), i)
        {
            let message =
                format!("“{name}”与matters[{first}]同名，窗口会分不清，建议在名称里写明区别");
            fields.notes.warning("same-name", &matter.at("name"), message);
        }
        matter::check(&matter, departments, forms);
    }
    codes
}

fn check_bundles(fields: &Fields<'_, '_>, codes: &Ids<'_>) {
    let mut ids = Ids::of("一件事编号");
    let list_place = fields.at("bundles");
    for (i, value) in fields.list("bundles", Need::ExpectedIn1).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(bundle) = Fields::of(value, &place, fields.notes) else { continue };
        bundle.only(&["id", "name", "lead", "matters", "note"]);
        if let Some(id) = bundle.id("id") {
            ids.take(id, &bundle.at("id"), fields.notes);
        }
        bundle.text("name", Need::Required, Text::Filled);
        bundle.text("note", Need::Free, Text::Any);
        let lead = bundle.text("lead", Need::Required, Text::Filled);
        let taken = check_codes(&bundle, codes, "一件事至少要包含一个事项");
        match lead {
            Some(lead) if !codes.has(lead) => {
                unknown_matter(lead, &bundle.at("lead"), bundle.notes);
            }
            Some(lead) if !taken.has(lead) => {
                let message = "主办事项不在本件事的事项之内，请核对";
                bundle.notes.warning("lead-not-in-bundle", &bundle.at("lead"), message);
            }
            _ => {}
        }
    }
}

/// Checks the list `matters` of a bundle or a life event; the codes in it come back.
fn check_codes<'v>(group: &Fields<'v, '_>, codes: &Ids<'_>, empty: &str) -> Ids<'v> {
    let place = group.at("matters");
    let list = group.list("matters", Need::Required);
    if list.is_empty() && group.raw("matters", Need::Free).is_some_and(Value::is_array) {
        group.notes.error("empty-list", &place, empty);
    }
    let mut taken = Ids::of("事项");
    for (i, code) in list.iter().enumerate() {
        let place = Place::Index(&place, i);
        match code {
            Value::String(code) if codes.has(code) => taken.take(code, &place, group.notes),
            Value::String(code) => unknown_matter(code, &place, group.notes),
            other => fields::wrong_type(group.notes, &place, "实施编码（文字）", other),
        }
    }
    taken
}

fn check_life_events(fields: &Fields<'_, '_>, codes: &Ids<'_>) {
    let mut ids = Ids::of("主题编号");
    let list_place = fields.at("life_events");
    for (i, value) in fields.list("life_events", Need::Free).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(event) = Fields::of(value, &place, fields.notes) else { continue };
        event.only(&["id", "name", "matters"]);
        if let Some(id) = event.id("id") {
            ids.take(id, &event.at("id"), fields.notes);
        }
        event.text("name", Need::Required, Text::Filled);
        check_codes(&event, codes, "主题至少要包含一个事项");
    }
}

fn unknown_matter(code: &str, place: &Place<'_>, notes: &Notes) {
    let message = format!("指南里没有实施编码为“{code}”的事项，请改正或补上该事项");
    notes.error("unknown-matter", place, message);
}
