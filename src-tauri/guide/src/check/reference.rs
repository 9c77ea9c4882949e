//! The check of reference data: it may be missing, but what is there must be readable.

use serde_json::Value;
use yichuang_domain::matter::{
    DepartmentKind, HandleForm, LegalBasisKind, MatterState, OnlineDepth, PowerSource, ServiceArea,
    UseLevel,
};
use yichuang_domain::named::Named as _;

use super::fields::{Fields, Format, Ids, Need, Place, Text};
use super::{forms, matter};

/// Checks the `reference` of a matter.
pub fn check(matter: &Fields<'_, '_>, forms: &Ids<'_>) {
    inside(matter, "reference", |reference| {
        reference.only(&[
            "catalogue",
            "authority",
            "service",
            "online",
            "steps",
            "fees",
            "result",
            "topics",
            "faq",
        ]);
        inside(reference, "catalogue", check_catalogue);
        inside(reference, "authority", check_authority);
        inside(reference, "service", check_service);
        inside(reference, "online", |online| {
            online.only(&["available", "depth", "url", "mobile_url"]);
            flags(online, &["available"]);
            online.one_of("depth", Need::Free, OnlineDepth::NAMES);
            online.all_words(&["url", "mobile_url"]);
        });
        each(reference, "steps", |step| {
            step.only(&["name", "limit", "action"]);
            step.text("name", Need::Required, Text::Filled);
            step.words("action");
            if let Some(limit) = step.raw("limit", Need::Free) {
                matter::limit(limit, &step.at("limit"), step);
            }
        });
        each(reference, "fees", |fee| {
            fee.only(&["name", "standard", "basis", "online_payment"]);
            fee.text("name", Need::Required, Text::Filled);
            fee.all_words(&["standard", "basis"]);
            flags(fee, &["online_payment"]);
        });
        inside(reference, "result", |result| {
            result.only(&["sample_form", "validity"]);
            result.words("validity");
            forms::check_name(result, "sample_form", forms);
        });
        inside(reference, "topics", |topics| {
            topics.only(&["person", "legal_person"]);
            topics.texts("person", Need::Free);
            topics.texts("legal_person", Need::Free);
        });
        each(reference, "faq", |faq| {
            faq.only(&["question", "answer"]);
            faq.text("question", Need::Required, Text::Filled);
            faq.text("answer", Need::Required, Text::Filled);
        });
    });
}

/// Checks the `reference` of a material.
pub fn check_material(material: &Fields<'_, '_>, forms: &Ids<'_>) {
    inside(material, "reference", |reference| {
        let texts = [
            "page_format",
            "source_explanation",
            "filling_notes",
            "legal_basis",
            "issued_within",
            "usage_note",
            "common_name",
        ];
        reference.only(&[&texts[..], &["blank_form", "sample_form"]].concat());
        reference.all_words(&texts);
        forms::check_name(reference, "blank_form", forms);
        forms::check_name(reference, "sample_form", forms);
    });
}

fn check_catalogue(catalogue: &Fields<'_, '_>) {
    let texts = ["catalog_code", "local_catalog_code", "local_code", "handle_item", "version"];
    catalogue.only(&[&texts[..], &["state", "effective_from", "effective_until"]].concat());
    catalogue.all_words(&texts);
    catalogue.one_of("state", Need::Free, MatterState::NAMES);
    let from = catalogue.date("effective_from", Need::Free);
    let until = catalogue.date("effective_until", Need::Free);
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        let message = format!("取消日期{until}不晚于生效日期{from}，事项没有一天可以办理，请核对");
        catalogue.notes.warning("odd-dates", &catalogue.at("effective_until"), message);
    }
}

fn check_authority(authority: &Fields<'_, '_>) {
    authority.only(&[
        "legal_basis",
        "power_source",
        "use_level",
        "department_kind",
        "entrusted_by",
        "joint_departments",
        "intermediaries",
    ]);
    each(authority, "legal_basis", |basis| {
        basis.only(&["kind", "name", "number", "article", "content"]);
        basis.one_of("kind", Need::Required, LegalBasisKind::NAMES);
        basis.text("name", Need::Required, Text::Filled);
        basis.all_words(&["number", "article", "content"]);
    });
    authority.one_of("power_source", Need::Free, PowerSource::NAMES);
    authority.one_of("use_level", Need::Free, UseLevel::NAMES);
    authority.one_of("department_kind", Need::Free, DepartmentKind::NAMES);
    authority.words("entrusted_by");
    authority.texts("joint_departments", Need::Free);
    authority.texts("intermediaries", Need::Free);
}

fn check_service(service: &Fields<'_, '_>) {
    let texts = [
        "contact",
        "complaint",
        "visit_reason",
        "statutory_explanation",
        "promised_explanation",
        "quantity_limit",
    ];
    let switches = ["in_hall", "appointment", "express", "self_service"];
    service.only(&[&texts[..], &switches[..], &["handle_forms", "places", "area"]].concat());
    service.all_words(&texts);
    flags(service, &switches);
    service.names("handle_forms", Need::Free, HandleForm::NAMES, false);
    service.one_of("area", Need::Free, ServiceArea::NAMES);
    each(service, "places", |place| {
        place.only(&["address", "hours"]);
        place.text("address", Need::Required, Text::Filled);
        place.words("hours");
    });
}

fn flags(fields: &Fields<'_, '_>, keys: &[&str]) {
    for key in keys {
        fields.flag(key, Need::Free);
    }
}

/// Checks the object under `key`, if there is one. Format 1 has no reference data.
fn inside(fields: &Fields<'_, '_>, key: &str, check: impl FnOnce(&Fields<'_, '_>)) {
    if fields.notes.format == Format::V1 {
        return;
    }
    let place = fields.at(key);
    let value: Option<&Value> = fields.raw(key, Need::Free);
    if let Some(inner) = value.and_then(|value| Fields::of(value, &place, fields.notes)) {
        check(&inner);
    }
}

/// Checks each object of the list under `key`.
fn each(fields: &Fields<'_, '_>, key: &str, check: impl Fn(&Fields<'_, '_>)) {
    let list_place = fields.at(key);
    for (i, value) in fields.list(key, Need::Free).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        if let Some(inner) = Fields::of(value, &place, fields.notes) {
            check(&inner);
        }
    }
}
