use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;

fn example() -> Value {
    serde_json::from_str(crate::EXAMPLE).unwrap()
}

fn findings(package: &Value) -> Vec<Finding> {
    let unprintable = BTreeSet::from(['\u{24D13}']);
    review(&serde_json::from_value(package.clone()).unwrap(), &unprintable)
}

/// What `change` adds to the findings of the example.
fn added(change: impl FnOnce(&mut Value)) -> Vec<Finding> {
    let mut package = example();
    let before = findings(&package);
    change(&mut package);
    findings(&package).into_iter().filter(|f| !before.contains(f)).collect()
}

/// The position in the example of a matter that suits `wanted`.
fn matter(wanted: impl Fn(&Value) -> bool) -> usize {
    example()["matters"].as_array().unwrap().iter().position(wanted).unwrap()
}

type Damage = Box<dyn Fn(&mut Value)>;

/// One damage for every rule: where it is done, what with, and where it must be found.
fn damages() -> Vec<(&'static str, Damage, String)> {
    let committed = matter(|m| m["handling"] == "committed" && m["kind"] == "licence");
    let immediate = matter(|m| m["handling"] == "immediate");
    let certificate = matter(|m| m["result"]["kind"] == "certificate");
    let at = |place: &str| place.to_owned();
    let on = |matter: usize, place: &str| format!("matters[{matter}].{place}");
    let set = |pointer: String, value: Value| -> Damage {
        Box::new(move |g| {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            g.pointer_mut(parent).unwrap()[key] = value.clone();
        })
    };
    let of = |m: usize, pointer: &str| format!("/matters/{m}/{pointer}");
    let days = |n: u32| json!({ "value": n, "unit": "workdays" });
    let question =
        |id: &str, choices: Value| json!({ "id": id, "text": "问？", "choices": choices });
    let choices = |n: usize| -> Value {
        (0..n).map(|i| json!({ "id": format!("c{i}"), "text": format!("选项{i}") })).collect()
    };
    let refused = json!({ "outcome": "refused", "reason": "不符合条件" });
    let all_stop = json!([{ "id": "a", "text": "甲", "stop": refused }]);
    let ask = |m: usize, question: Value| -> Damage {
        Box::new(move |g| {
            g["matters"][m]["questions"].as_array_mut().unwrap().insert(0, question.clone());
        })
    };
    let with_reference = |reference: Value| set(of(committed, "reference"), reference);
    vec![
        (
            "promise-over-statutory",
            set(of(committed, "promised_limit"), days(99)),
            on(committed, "promised_limit"),
        ),
        (
            "immediate-with-limit",
            set(of(immediate, "promised_limit"), days(2)),
            on(immediate, "promised_limit"),
        ),
        (
            "committed-without-limit",
            set(of(committed, "promised_limit"), Value::Null),
            on(committed, "promised_limit"),
        ),
        (
            "licence-notice-rule",
            set(of(committed, "supplement/rule"), json!("local")),
            on(committed, "supplement.rule"),
        ),
        (
            "licence-over-twenty-days",
            set(of(committed, "statutory_limit"), days(30)),
            on(committed, "statutory_limit"),
        ),
        ("no-basis", set(of(2, "basis"), json!([])), on(2, "basis")),
        (
            "clock-not-stopped",
            set(
                of(2, "special_procedures"),
                json!([{ "kind": "hearing", "days": 20, "stops_clock": false }]),
            ),
            on(2, "special_procedures[0]"),
        ),
        (
            "fee-without-basis",
            set(of(2, "fee"), json!({ "item": "工本费", "amount_fen": 100, "basis": " " })),
            on(2, "fee.basis"),
        ),
        (
            "fee-of-nothing",
            set(of(2, "fee"), json!({ "item": "工本费", "amount_fen": 0, "basis": "文件" })),
            on(2, "fee"),
        ),
        (
            "no-way-to-deliver",
            Box::new(move |g| {
                g["matters"][2]["visits"] = json!(0);
                g["matters"][2]["result"]["delivery"] = json!(["window"]);
            }),
            on(2, "result.delivery"),
        ),
        (
            "result-kind",
            set(of(certificate, "result/kind"), json!("decision")),
            on(certificate, "result.kind"),
        ),
        ("no-conditions", set(of(2, "conditions"), json!([])), on(2, "conditions")),
        (
            "catch-all",
            set(of(2, "materials/0/name"), json!("户口簿、身份证等")),
            on(2, "materials[0].name"),
        ),
        (
            "placeholder",
            set(of(2, "materials/0/standard"), json!("（待补充）")),
            on(2, "materials[0].standard"),
        ),
        (
            "unprintable",
            set(of(2, "materials/0/name"), json!("\u{24D13}的证明")),
            on(2, "materials[0].name"),
        ),
        (
            "no-standard",
            set(of(2, "materials/0/standard"), json!("")),
            on(2, "materials[0].standard"),
        ),
        (
            "no-way-to-get",
            set(of(2, "materials/0/how_to_get"), json!("")),
            on(2, "materials[0].how_to_get"),
        ),
        (
            "issuer-unknown",
            Box::new(|g| {
                g["matters"][2]["materials"][0]["source"] = json!("government");
                g["matters"][2]["materials"][0]["issuer"] = json!("");
            }),
            on(2, "materials[0].issuer"),
        ),
        (
            "count-against-handling",
            Box::new(|g| {
                g["matters"][2]["materials"][0]["handling"] = json!("keep-both");
                g["matters"][2]["materials"][0]["copies"] = json!(0);
            }),
            on(2, "materials[0].copies"),
        ),
        (
            "licence-reuse-of-form",
            Box::new(|g| {
                g["matters"][2]["materials"][0]["kind"] = json!("form");
                g["matters"][2]["materials"][0]["licence_reuse"] = json!(true);
            }),
            on(2, "materials[0].licence_reuse"),
        ),
        (
            "same-material",
            Box::new(|g| {
                let list = g["matters"][2]["materials"].as_array_mut().unwrap();
                let mut again = list[0].clone();
                again["id"] = json!("again");
                list.push(again);
            }),
            on(
                2,
                &format!(
                    "materials[{}].name",
                    example()["matters"][2]["materials"].as_array().unwrap().len()
                ),
            ),
        ),
        (
            "never-needed",
            set(of(2, "materials/0/when"), json!([{ "agent": ["yes"], "q1": "nothing" }])),
            on(2, "materials[0].when"),
        ),
        (
            "never-asked",
            ask(2, {
                let mut one = question("never", choices(2));
                one["when"] = json!({ "agent": "perhaps" });
                one
            }),
            on(2, "questions[0].when"),
        ),
        ("question-without-effect", ask(2, question("idle", choices(2))), on(2, "questions[0]")),
        (
            "choice-leads-nowhere",
            Box::new(|g| g["matters"][2]["materials"] = json!([])),
            on(2, "questions"),
        ),
        ("nobody-gets-through", ask(2, question("gate", all_stop.clone())), on(2, "questions")),
        (
            "too-many-situations",
            Box::new(move |g| {
                g["matters"][2]["questions"] = (0..20)
                    .map(|i| {
                        json!({ "id": format!("q{i}"), "text": format!("第{i}问？"), "choices": [
                            { "id": "a", "text": "甲" }, { "id": "b", "text": "乙" }] })
                    })
                    .collect();
            }),
            on(2, "questions"),
        ),
        ("one-choice", ask(2, question("one", choices(1))), on(2, "questions[0]")),
        (
            "same-choice",
            ask(
                2,
                question(
                    "twice",
                    json!([{ "id": "a", "text": "甲" }, { "id": "b", "text": "甲 " }]),
                ),
            ),
            on(2, "questions[0]"),
        ),
        ("many-choices", ask(2, question("many", choices(10))), on(2, "questions[0]")),
        ("nobody-may-take", set(of(2, "levels"), json!([])), on(2, "levels")),
        (
            "same-alias",
            Box::new(|g| {
                g["matters"][2]["aliases"] = json!(["那件事"]);
                g["matters"][3]["aliases"] = json!(["那件事"]);
            }),
            on(3, "aliases[0]"),
        ),
        (
            "not-in-force",
            with_reference(json!({ "catalogue": { "effective_until": "2026-01-01" } })),
            on(committed, "reference.catalogue.effective_until"),
        ),
        (
            "not-yet-in-force",
            with_reference(json!({ "catalogue": { "effective_from": "2099-01-01" } })),
            on(committed, "reference.catalogue.effective_from"),
        ),
        (
            "no-visit-reason",
            with_reference(json!({ "service": { "visit_reason": " " } })),
            on(committed, "reference.service.visit_reason"),
        ),
        (
            "online-yet-visits",
            with_reference(json!({ "online": { "depth": "whole-process" } })),
            on(committed, "reference.online.depth"),
        ),
        (
            "few-steps",
            with_reference(json!({ "steps": [{ "name": "受理" }] })),
            on(committed, "reference.steps"),
        ),
        (
            "steps-against-promise",
            with_reference(
                json!({ "steps": [{ "name": "受理", "limit": { "value": 99, "unit": "workdays" } }] }),
            ),
            on(committed, "reference.steps"),
        ),
        (
            "fee-online",
            with_reference(
                json!({ "fees": [{ "name": "费", "standard": "", "basis": "", "online_payment": true }] }),
            ),
            on(committed, "reference.fees"),
        ),
        ("no-faq", with_reference(json!({ "faq": [] })), on(committed, "reference.faq")),
        (
            "no-result-sample",
            with_reference(json!({ "result": { "sample_form": "" } })),
            on(committed, "reference.result.sample_form"),
        ),
        (
            "no-topic",
            with_reference(json!({ "topics": { "person": [], "legal_person": [] } })),
            on(committed, "reference.topics.legal_person"),
        ),
        (
            "useless-alias",
            Box::new(|g| g["matters"][2]["aliases"] = json!([g["matters"][2]["name"]])),
            on(2, "aliases[0]"),
        ),
        (
            "complaints-to-itself",
            Box::new(|g| {
                let phone = g["departments"][0]["phone"].clone();
                g["departments"][0]["complaint_phone"] = phone;
            }),
            at("departments[0].complaint_phone"),
        ),
        (
            "odd-phone",
            set("/departments/0/phone".into(), json!("5550101")),
            at("departments[0].phone"),
        ),
        (
            "reviews-itself",
            Box::new(|g| {
                let name = g["departments"][0]["name"].clone();
                g["departments"][0]["review_body"] = name;
            }),
            at("departments[0].review_body"),
        ),
        (
            "department-without-matters",
            Box::new(|g| {
                let mut one = g["departments"][0].clone();
                one["code"] = json!("12150785MB0A000260");
                g["departments"].as_array_mut().unwrap().push(one);
            }),
            format!("departments[{}]", example()["departments"].as_array().unwrap().len()),
        ),
        (
            "bundle-of-one",
            Box::new(|g| {
                let first = g["bundles"][0]["matters"][0].clone();
                g["bundles"][0]["matters"] = json!([first]);
            }),
            at("bundles[0].matters"),
        ),
        (
            "bundle-for-nobody",
            Box::new(|g| {
                let last = g["bundles"][0]["matters"].as_array().unwrap().last().unwrap().clone();
                let matters = g["matters"].as_array_mut().unwrap();
                let other = matters.iter_mut().find(|m| m["code"] == last).unwrap();
                other["audience"] = json!(["organisation"]);
            }),
            at("bundles[0].matters"),
        ),
        (
            "year-missing",
            Box::new(|g| {
                g["calendar"]["years"].as_object_mut().unwrap().remove("2027");
            }),
            at("calendar.years.2027"),
        ),
        (
            "year-still-estimated",
            set("/calendar/years/2026/status".into(), json!("estimated")),
            at("calendar.years.2026"),
        ),
        (
            "odd-year",
            set("/calendar/years/2026/holidays".into(), json!([])),
            at("calendar.years.2026"),
        ),
    ]
}

#[test]
fn every_rule_finds_its_damage_in_its_place_and_nothing_else_claims_it() {
    for (code, damage, place) in damages() {
        let found = added(damage);
        let own: Vec<_> = found.iter().filter(|f| f.code == code).collect();
        assert!(own.iter().any(|f| f.place == place), "{code} at {place}: {found:#?}");
        let rule = RULES.iter().find(|r| r.code == code).unwrap();
        assert!(own.iter().all(|f| f.weight == rule.weight && f.source == rule.source));
    }
}

#[test]
fn every_rule_has_a_damage_and_a_code_of_its_own() {
    let rules: BTreeSet<_> = RULES.iter().map(|r| r.code).collect();
    let tried: BTreeSet<_> = damages().into_iter().map(|(code, ..)| code).collect();
    assert_eq!(rules, tried);
    assert_eq!(rules.len(), RULES.len());
    for rule in RULES {
        assert!(!rule.title.is_empty() && !rule.source.is_empty());
    }
}

#[test]
fn a_finding_names_its_matter() {
    let found = added(|g| g["matters"][2]["basis"] = json!([]));
    assert_eq!(found[0].matter.as_deref(), example()["matters"][2]["code"].as_str());
    assert_eq!(Some(found[0].subject.as_str()), example()["matters"][2]["name"].as_str());
}

#[test]
fn the_example_breaks_no_rule_that_must_be_kept() {
    let must: Vec<_> =
        findings(&example()).into_iter().filter(|f| f.weight == Weight::Must).collect();
    assert_eq!(must, []);
}
