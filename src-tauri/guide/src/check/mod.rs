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
mod matters;
mod reading;
mod reference;
mod situation;

#[cfg(test)]
mod tests;

use serde_json::Value;
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::identity::{IdType, check_id_number};

use self::fields::{Fields, Format, Ids, Need, Notes, Place, Text};
use self::matters::Matters;
use crate::json;
use crate::package::{CheckedPackage, FORMAT, FORMAT_1};
use crate::problem::Problem;

/// Checks `bytes` as a package and reads it. Never panics, whatever the bytes are.
///
/// # Errors
/// Every problem found, warnings included, in the order of the file; at least one is an error.
pub fn check(bytes: &[u8]) -> Result<CheckedPackage, Vec<Problem>> {
    let (text, mut problems) = json::text(bytes).map_err(|problem| vec![problem])?;
    let (found, package) = reading::read(text).map_err(|problem| vec![problem])?;
    problems.extend(found);
    json::locate(text, &mut problems);
    match package {
        Some(package) => Ok(CheckedPackage {
            package,
            digest: sha256_hex(text.as_bytes()),
            text: text.to_owned(),
            warnings: problems,
        }),
        None => Err(problems),
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

/// Checks what stands before the matters, in the order of the check; what the matters are checked
/// against comes back, or none for a format that is not known: anything else said about it would
/// be a guess.
fn check_head<'v>(fields: &Fields<'v, '_>) -> Option<Matters<'v>> {
    if let Some(format) = fields.text("format", Need::Required, Text::Filled)
        && ![FORMAT, FORMAT_1].contains(&format)
    {
        let message = format!(
            "这份指南的格式是“{format}”，本程序读“{FORMAT}”和“{FORMAT_1}”；请换用本格式的指南，或升级程序"
        );
        fields.notes.error("unknown-format", &fields.at("format"), message);
        return None;
    }
    fields.only(match fields.notes.format {
        Format::V1 => &KEYS_1,
        Format::V2 => &KEYS_2,
    });
    fields.number("release", Need::Required, 1, u64::from(u32::MAX));
    let issued_on = fields.date("issued_on", Need::Required);
    check_region(fields);
    calendar::check(fields, issued_on);
    let departments = check_departments(fields);
    Some(Matters::new(departments, forms::check(fields)))
}

/// Checks what names matters.
fn check_tail(fields: &Fields<'_, '_>, codes: &Ids<'_>) {
    check_bundles(fields, codes);
    if fields.notes.format > Format::V1 {
        if fields.raw("status", Need::Expected).is_some() {
            fields.one_of("status", Need::Free, &["sample", "official"]);
        }
        check_life_events(fields, codes);
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
