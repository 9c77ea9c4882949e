//! The check of one matter, its materials and its limits.

use serde_json::Value;
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::matter::MatterKind;
use yichuang_domain::named::Named as _;

use super::fields::{Fields, Format, Ids, Need, Place, Text, wrong_type};
use super::reference;
use super::situation::Questions;

/// 事项类型 of format 1; from format 2 on all of GB/T 39046.
pub(super) const KINDS: [&str; 5] =
    ["licence", "payment", "confirmation", "public-service", "other"];
/// 办件类型.
pub(super) const HANDLINGS: [&str; 2] = ["immediate", "committed"];
/// Where a matter may be taken.
pub(super) const LEVELS: [&str; 3] = ["city", "township", "community"];
/// Whether receipt is acceptance.
pub(super) const ACCEPTANCES: [&str; 2] = ["on-receipt", "after-review"];
/// Laws of the notice.
pub(super) const RULES: [&str; 3] = ["licence-art-32", "written-on-the-spot", "local"];
/// Units of limits.
pub(super) const UNITS: [&str; 2] = ["workdays", "days"];
/// What happens to a material.
pub(super) const MATERIAL_HANDLINGS: [&str; 5] =
    ["keep-original", "keep-copy", "verify-original-keep-copy", "keep-both", "verify-only"];
/// Where a material comes from.
pub(super) const SOURCES: [&str; 3] = ["applicant", "government", "other"];
/// 必要性.
pub(super) const NECESSITIES: [&str; 3] = ["required", "optional", "deferrable"];
/// 材料类型.
pub(super) const MATERIAL_KINDS: [&str; 3] = ["certificate", "form", "other"];
/// 材料形式.
pub(super) const MEDIA: [&str; 3] = ["paper", "electronic", "either"];

/// The longest limit, in days of either unit: ten years.
pub(super) const LONGEST: u64 = 3650;

/// Checks a matter. Its code and name are checked by the caller, who knows the others.
pub fn check(matter: &Fields<'_, '_>, departments: &Ids<'_>, forms: &Ids<'_>) {
    matter.known(&[
        "code",
        "name",
        "aliases",
        "department",
        "kind",
        "handling",
        "audience",
        "levels",
        "acceptance",
        "supplement",
        "statutory_limit",
        "promised_limit",
        "visits",
        "fee",
        "agent_allowed",
        "conditions",
        "questions",
        "materials",
        "special_procedures",
        "result",
        "basis",
        "common_returns",
        "confidence",
    ]);
    matter.texts("aliases", Need::ExpectedIn1);
    if let Some(code) = matter.text("department", Need::Required, Text::Filled)
        && !departments.has(code)
    {
        let message = format!("departments里没有代码为“{code}”的实施主体，请改正或补上");
        matter.notes.error("unknown-department", &matter.at("department"), message);
    }
    let kinds = if matter.notes.format == Format::V1 { &KINDS[..] } else { MatterKind::NAMES };
    let kind = matter.one_of("kind", Need::Required, kinds);
    matter.one_of("handling", Need::Required, &HANDLINGS);
    check_audience(matter);
    matter.names("levels", Need::RequiredIn1, &LEVELS, false);
    matter.one_of("acceptance", Need::RequiredIn1, &ACCEPTANCES);
    check_supplement(matter, kind);
    check_limits(matter);
    matter.number("visits", Need::RequiredIn1, 0, u64::from(u8::MAX));
    check_fee(matter);
    let agent_allowed = matter.flag("agent_allowed", Need::RequiredIn1);
    matter.texts("conditions", Need::ExpectedIn1);
    let questions = Questions::check(matter, agent_allowed);
    check_materials(matter, &questions, forms);
    check_procedures(matter);
    check_result(matter);
    matter.texts("basis", Need::ExpectedIn1);
    matter.texts("common_returns", Need::ExpectedIn1);
    matter.text("confidence", Need::ExpectedIn1, Text::Any);
    reference::check(matter, forms);
}

/// The format does not close the list of audiences: kinds this program does not know are left
/// out with a warning, as long as one stays that it knows.
fn check_audience(matter: &Fields<'_, '_>) {
    let place = matter.at("audience");
    let list = matter.list("audience", Need::Required);
    let mut known = 0;
    for (i, value) in list.iter().enumerate() {
        let place = Place::Index(&place, i);
        match value {
            Value::String(kind) if ApplicantKind::parse(kind).is_some() => known += 1,
            Value::String(kind) => {
                let names = ApplicantKind::ALL.map(ApplicantKind::as_str).join("、");
                let message = format!("不认识服务对象“{kind}”，已忽略；窗口能收的是{names}");
                matter.notes.warning("unknown-audience", &place, message);
            }
            other => wrong_type(matter.notes, &place, "文字", other),
        }
    }
    if known == 0 && matter.raw("audience", Need::Free).is_some_and(Value::is_array) {
        let message = "没有一种窗口认识的服务对象，谁都不能申请，请填写";
        matter.notes.error("empty-list", &place, message);
    }
}

/// The law's own rule stands where a licence says nothing. For every other sort of act the guide
/// must say which rule it is: the wrong law must not get onto a paper.
fn check_supplement(matter: &Fields<'_, '_>, kind: Option<&str>) {
    let place = matter.at("supplement");
    let need = if kind == Some("licence") { Need::RequiredIn1 } else { Need::Required };
    let Some(value) = matter.raw("supplement", need) else { return };
    let Some(supplement) = Fields::of(value, &place, matter.notes) else { return };
    supplement.only(&["rule", "days", "unit", "deemed_accepted"]);
    let rule = supplement.one_of("rule", Need::Required, &RULES);
    let days = supplement.number("days", Need::Required, 0, LONGEST);
    let unit = supplement.one_of("unit", Need::Required, &UNITS);
    let deemed = supplement.flag("deemed_accepted", Need::Required);
    let as_the_law_says =
        days.is_none_or(|d| d <= 5) && unit != Some("days") && deemed != Some(false);
    if rule == Some("licence-art-32") && !as_the_law_says {
        let message =
            "行政许可法第三十二条：5个工作日内一次告知，逾期视为受理；这里写的与之不符，请核对";
        matter.notes.warning("odd-supplement", &place, message);
    }
    if rule == Some("written-on-the-spot") && days.is_some_and(|d| d > 0) {
        let message = "当场书面告知的事项，告知天数应为0，请核对";
        matter.notes.warning("odd-supplement", &place, message);
    }
}

fn check_limits(matter: &Fields<'_, '_>) {
    let statutory = check_limit(matter, "statutory_limit");
    let promised = check_limit(matter, "promised_limit");
    if let (Some((law, law_unit)), Some((promise, unit))) = (statutory, promised)
        && unit == law_unit
        && promise > law
    {
        let message = format!("承诺时限{promise}长于法定时限{law}，请核对");
        let place = matter.at("promised_limit");
        matter.notes.warning("promise-over-statutory", &place, message);
    }
}

fn check_limit<'v>(matter: &Fields<'v, '_>, key: &str) -> Option<(u64, &'v str)> {
    let value = matter.nullable(key, Need::RequiredIn1)?;
    limit(value, &matter.at(key), matter)
}

/// A limit at `place` inside `matter`.
pub(super) fn limit<'v>(
    value: &'v Value,
    place: &Place<'_>,
    matter: &Fields<'_, '_>,
) -> Option<(u64, &'v str)> {
    let limit = Fields::of(value, place, matter.notes)?;
    limit.only(&["value", "unit"]);
    let days = limit.number("value", Need::Required, 0, LONGEST);
    let unit = limit.one_of("unit", Need::Required, &UNITS);
    days.zip(unit)
}

fn check_fee(matter: &Fields<'_, '_>) {
    let place = matter.at("fee");
    let Some(value) = matter.nullable("fee", Need::RequiredIn1) else { return };
    let Some(fee) = Fields::of(value, &place, matter.notes) else { return };
    fee.only(&["item", "amount_fen", "basis"]);
    fee.text("item", Need::Required, Text::Filled);
    fee.number("amount_fen", Need::Required, 0, u64::from(u32::MAX));
    fee.text("basis", Need::Required, Text::Advised);
}

fn check_materials(matter: &Fields<'_, '_>, questions: &Questions<'_>, forms: &Ids<'_>) {
    let list_place = matter.at("materials");
    let mut ids = Ids::of("材料编号");
    for (i, value) in matter.list("materials", Need::RequiredIn1).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(material) = Fields::of(value, &place, matter.notes) else { continue };
        material.known(&[
            "id",
            "name",
            "originals",
            "copies",
            "handling",
            "source",
            "issuer",
            "necessity",
            "kind",
            "media",
            "licence_reuse",
            "commitment_allowed",
            "when",
            "standard",
            "how_to_get",
        ]);
        if let Some(id) = material.id("id") {
            ids.take(id, &material.at("id"), matter.notes);
        }
        if let Some(name) = material.text("name", Need::Required, Text::Filled)
            && ["其他材料", "其它材料", "有关材料", "相关材料"].contains(&name.trim())
        {
            let message = format!("“{name}”是兜底表述，申请人无法准备，请写明是什么材料");
            matter.notes.warning("catch-all-material", &material.at("name"), message);
        }
        material.number("originals", Need::RequiredIn1, 0, u64::from(u8::MAX));
        material.number("copies", Need::RequiredIn1, 0, u64::from(u8::MAX));
        material.one_of("handling", Need::RequiredIn1, &MATERIAL_HANDLINGS);
        material.one_of("source", Need::RequiredIn1, &SOURCES);
        material.text("issuer", Need::Free, Text::Any);
        material.one_of("necessity", Need::RequiredIn1, &NECESSITIES);
        material.one_of("kind", Need::RequiredIn1, &MATERIAL_KINDS);
        material.one_of("media", Need::RequiredIn1, &MEDIA);
        material.flag("licence_reuse", Need::RequiredIn1);
        material.flag("commitment_allowed", Need::RequiredIn1);
        if let Some(when) = material.nullable("when", Need::Free) {
            questions.check_condition(when, &material.at("when"), matter.notes);
        }
        material.text("standard", Need::RequiredIn1, Text::Advised);
        material.text("how_to_get", Need::RequiredIn1, Text::Advised);
        reference::check_material(&material, forms);
    }
}

fn check_procedures(matter: &Fields<'_, '_>) {
    let list_place = matter.at("special_procedures");
    for (i, value) in matter.list("special_procedures", Need::ExpectedIn1).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(procedure) = Fields::of(value, &place, matter.notes) else { continue };
        procedure.only(match matter.notes.format {
            Format::V1 => &["kind", "days", "stops_clock"],
            Format::V2 => &["kind", "days", "stops_clock", "explanation"],
        });
        if matter.notes.format > Format::V1 {
            procedure.words("explanation");
        }
        procedure.text("kind", Need::Required, Text::Filled);
        procedure.number("days", Need::Required, 0, LONGEST);
        procedure.flag("stops_clock", Need::Required);
    }
}

fn check_result(matter: &Fields<'_, '_>) {
    let place = matter.at("result");
    let Some(value) = matter.raw("result", Need::Required) else { return };
    let Some(result) = Fields::of(value, &place, matter.notes) else { return };
    result.only(&["name", "kind", "delivery"]);
    result.text("name", Need::Required, Text::Filled);
    result.text("kind", Need::RequiredIn1, Text::Filled);
    result.texts("delivery", Need::RequiredIn1);
}
