//! What format 2 adds, and that format 1 goes on as it was.

use super::*;
use crate::form::MAX_FORM_BYTES;
use crate::{ReleaseStatus, is_sample};

/// A release with every field of the format.
const FULL: &str = include_str!("../../../../../tests/fixtures/guide_full.json");

fn full() -> Value {
    serde_json::from_str(FULL).expect("the full release")
}

fn edited(edit: impl FnOnce(&mut Value)) -> Result<CheckedPackage, Vec<Problem>> {
    let mut value = full();
    edit(&mut value);
    check(&serde_json::to_vec(&value).expect("a value"))
}

#[test]
fn a_release_with_every_field_is_read_and_written_without_loss() {
    let checked = check(FULL.as_bytes()).expect("the full release");
    assert_eq!(checked.warnings, []);
    assert!(!is_sample(&checked.package));
    assert_eq!(checked.package.status, ReleaseStatus::Official);
    assert_eq!(serde_json::to_value(&checked.package).expect("a value"), with_defaults(full()));
    assert_eq!(checked.package.forms[0].bytes().expect("a form")[..5], *b"%PDF-");
}

/// The smallest release of format 2.
fn small() -> Value {
    json!({
        "format": "yichuang-guide/2",
        "status": "official",
        "release": 1,
        "issued_on": "2026-11-24",
        "region": {"code": "150785", "name": "根河市"},
        "calendar": {"years": {"2026": example()["calendar"]["years"]["2026"]}},
        "departments": [{
            "code": "11150785MB0A000188",
            "name": "根河市人力资源和社会保障局",
            "phone": "0470-5550101",
            "complaint_phone": "0470-5550901",
            "address": "一楼",
            "review_body": "根河市人民政府",
            "court": "根河市人民法院",
        }],
        "matters": [{
            "code": "A1",
            "name": "劳务派遣经营许可",
            "department": "11150785MB0A000188",
            "kind": "licence",
            "handling": "committed",
            "audience": ["enterprise"],
            "result": {"name": "劳务派遣经营许可证"},
            "materials": [{"id": "m1", "name": "申请书"}],
        }],
    })
}

#[test]
fn a_small_release_has_sensible_defaults() {
    let checked = check(small().to_string().as_bytes()).expect("a release");
    assert_eq!(checked.warnings, []);
    let matter = &checked.package.matters[0];
    let written = serde_json::to_value(matter).expect("a value");
    let expected = json!({
        "supplement":
            {"rule": "licence-art-32", "days": 5, "unit": "workdays", "deemed_accepted": true},
        "levels": ["city"], "acceptance": "after-review", "visits": 1, "fee": null,
        "statutory_limit": null, "promised_limit": null, "agent_allowed": true,
        "result": {"name": "劳务派遣经营许可证", "kind": "document", "delivery": ["window"]},
    });
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&written[key], value, "{key}");
    }
    assert_eq!(
        written["materials"][0],
        json!({
            "id": "m1", "name": "申请书", "originals": 1, "copies": 0,
            "handling": "keep-original", "source": "applicant", "issuer": "",
            "necessity": "required", "kind": "other", "media": "either",
            "licence_reuse": false, "commitment_allowed": false, "standard": "", "how_to_get": "",
        })
    );
}

#[test]
fn a_release_that_does_not_say_so_is_a_sample() {
    let mut value = small();
    remove(&mut value, "status");
    let checked = check(value.to_string().as_bytes()).expect("a release");
    assert!(is_sample(&checked.package));
    assert_eq!(said(Ok(checked)), [("missing-field".to_owned(), "status".to_owned())]);
}

#[test]
fn only_a_licence_has_a_notice_rule_by_default() {
    let mut value = small();
    value["matters"][0]["kind"] = json!("payment");
    let said = said(check(value.to_string().as_bytes()));
    assert_eq!(said, [("missing-field".to_owned(), "matters[0].supplement".to_owned())]);
}

const FAULTS: &[Case] = &[
    ("status", |v| v["status"] = json!("real"), &[("unknown-value", "status")]),
    (
        "event",
        |v| v["life_events"][1]["matters"][0] = json!("nowhere"),
        &[("unknown-matter", "life_events[1].matters[0]")],
    ),
    (
        "event",
        |v| v["life_events"][1]["id"] = json!("L1"),
        &[("duplicate-id", "life_events[1].id")],
    ),
    ("form", |v| v["forms"][0]["content"] = json!("%%%"), &[("bad-form", "forms[0].content")]),
    (
        "form",
        |v| v["forms"][0]["content"] = json!("A".repeat(MAX_FORM_BYTES / 3 * 4 + 8)),
        &[("bad-form", "forms[0].content")],
    ),
    (
        "form",
        |v| v["forms"][0]["media_type"] = json!("text/html"),
        &[("unknown-value", "forms[0].media_type")],
    ),
    (
        "form",
        |v| v["forms"][1]["id"] = json!("F9"),
        &[
            ("unknown-form", "matters[0].materials[0].reference.sample_form"),
            ("unknown-form", "matters[0].reference.result.sample_form"),
        ],
    ),
    (
        "group",
        |v| v["matters"][0]["reference"]["service"] = json!(null),
        &[("wrong-type", "matters[0].reference.service")],
    ),
    (
        "text",
        |v| v["matters"][0]["reference"]["online"]["url"] = json!(null),
        &[("wrong-type", "matters[0].reference.online.url")],
    ),
    (
        "name",
        |v| v["matters"][0]["reference"]["service"]["area"] = json!("moon"),
        &[("unknown-value", "matters[0].reference.service.area")],
    ),
    (
        "step",
        |v| v["matters"][0]["reference"]["steps"][0]["limit"]["unit"] = json!("weeks"),
        &[("unknown-value", "matters[0].reference.steps[0].limit.unit")],
    ),
    (
        "date",
        |v| v["matters"][0]["reference"]["catalogue"]["effective_from"] = json!("2026-02-30"),
        &[("bad-date", "matters[0].reference.catalogue.effective_from")],
    ),
    (
        "basis",
        |v| remove(&mut v["matters"][0]["reference"]["authority"]["legal_basis"][1], "kind"),
        &[("missing-field", "matters[0].reference.authority.legal_basis[1].kind")],
    ),
    (
        "procedure",
        |v| v["matters"][1]["special_procedures"][0]["explanation"] = json!(5),
        &[("wrong-type", "matters[1].special_procedures[0].explanation")],
    ),
];

#[test]
fn a_fault_in_what_format_2_adds_is_refused_with_its_place() {
    for (what, edit, expected) in FAULTS {
        let result = edited(edit);
        assert!(result.is_err(), "{what} {expected:?} was let pass");
        let said = said(result);
        let said: Vec<(&str, &str)> = said.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
        assert_eq!(said, *expected, "{what}");
    }
}

#[test]
fn what_a_later_format_adds_means_nothing_in_format_1() {
    let mut value = example();
    value["status"] = json!("official");
    value["forms"] = json!(7);
    value["matters"][0]["reference"] = json!("x");
    value["matters"][0]["materials"][0]["reference"] = json!([]);
    value["matters"][7]["special_procedures"][0]["explanation"] = json!(null);
    let checked = check(value.to_string().as_bytes()).expect("a release");
    assert!(is_sample(&checked.package));
    assert_eq!(checked.package, check(crate::EXAMPLE.as_bytes()).expect("the example").package);
    let places = [
        "status",
        "forms",
        "matters[0].materials[0].reference",
        "matters[0].reference",
        "matters[7].special_procedures[0].explanation",
    ];
    for place in places {
        let said = (("unknown-field").to_owned(), place.to_owned());
        assert!(self::said(Ok(checked.clone())).contains(&said), "{place}");
    }
    // Nor to a reader that goes round the check.
    let typed: crate::GuidePackage = {
        let mut value = example();
        value["status"] = json!("official");
        serde_json::from_value(value).expect("a package")
    };
    assert!(is_sample(&typed));
    value["matters"][0]["kind"] = json!("penalty");
    assert!(check(value.to_string().as_bytes()).is_err(), "format 1 has five kinds");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The types never disagree with the check, whatever stands in the reference data.
    #[test]
    fn odd_values_pass_or_are_refused_but_are_never_unreadable(
        edits in prop::collection::vec((any::<prop::sample::Index>(), odd_value()), 1..4),
    ) {
        let mut value = full();
        // The calendar has its own test; without it the edits fall where they matter here.
        let pointers: Vec<String> = {
            let mut all = Vec::new();
            collect(&value, "", &mut all);
            all.retain(|p| !p.starts_with("/calendar"));
            all
        };
        for (at, new) in edits {
            if let Some(slot) = value.pointer_mut(&pointers[at.index(pointers.len())]) {
                *slot = new;
            }
        }
        assert_both_ways_say_the_same(&value.to_string());
        if let Err(problems) = check(&serde_json::to_vec(&value).expect("bytes")) {
            prop_assert!(problems.iter().any(|p| p.severity == Severity::Error));
            prop_assert!(problems.iter().all(|p| p.code != "unreadable"), "{problems:?}");
        }
    }
}

#[test]
fn a_form_that_is_not_what_it_says_is_worth_a_look() {
    for (at, content) in [(0, "UEsDBA=="), (1, "JVBERi0xLjQ=")] {
        let checked = edited(|v| v["forms"][at]["content"] = json!(content)).expect("a warning");
        let warned: Vec<_> =
            checked.warnings.iter().map(|w| (w.code.as_str(), w.place.clone())).collect();
        assert_eq!(warned, [("odd-form", format!("forms[{at}].media_type"))]);
    }
    let word = "application/msword";
    let named = edited(|v| {
        v["forms"][0]["media_type"] = json!(word);
        v["forms"][0]["content"] = json!("0M8R4KGxGuE=");
    });
    assert_eq!(named.expect("a Word file").warnings, []);
}
