use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use yichuang_domain::intake::Intake;

use super::*;
use crate::problem::Severity;

mod format_2;

fn example() -> Value {
    serde_json::from_str(crate::EXAMPLE).expect("the example")
}

/// Checks the example after `edit`.
fn edited(edit: impl FnOnce(&mut Value)) -> Result<CheckedPackage, Vec<Problem>> {
    let mut value = example();
    edit(&mut value);
    check(&serde_json::to_vec_pretty(&value).expect("a value"))
}

/// What the check says, warnings of a package that passes included: (code, place).
fn said(result: Result<CheckedPackage, Vec<Problem>>) -> Vec<(String, String)> {
    let problems = result.map_or_else(|problems| problems, |checked| checked.warnings);
    problems.into_iter().map(|p| (p.code, p.place)).collect()
}

#[test]
fn the_example_passes_without_a_word() {
    let checked = check(crate::EXAMPLE.as_bytes()).expect("the example");
    assert_eq!(checked.warnings, []);
    assert_eq!(checked.package.matters.len(), 24);
    assert_eq!(checked.text, crate::EXAMPLE);
    assert_eq!(checked.digest, sha256_hex(crate::EXAMPLE.as_bytes()));
    assert!(crate::is_sample(&checked.package));
}

#[test]
fn the_example_survives_being_written_and_read() {
    let package = check(crate::EXAMPLE.as_bytes()).expect("the example").package;
    let text = serde_json::to_string(&package).expect("a package");
    assert_eq!(check(text.as_bytes()).expect("the same").package, package);
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), with_defaults(example()));
}

/// The value with the keys that writing adds (`refer_to`) where reading may find none.
fn with_defaults(mut value: Value) -> Value {
    for matter in value["matters"].as_array_mut().into_iter().flatten() {
        for question in matter["questions"].as_array_mut().into_iter().flatten() {
            for choice in question["choices"].as_array_mut().into_iter().flatten() {
                if choice["stop"].is_object() && choice["stop"].get("refer_to").is_none() {
                    choice["stop"]["refer_to"] = json!("");
                }
            }
        }
    }
    value
}

/// One edit of the example, and everything the check must then say.
type Case = (&'static str, fn(&mut Value), &'static [(&'static str, &'static str)]);

const ERRORS: &[Case] = &[
    ("format", |v| v["format"] = json!("yichuang-guide/3"), &[("unknown-format", "format")]),
    ("format", |v| v["format"] = json!(1), &[("wrong-type", "format")]),
    ("release", |v| v["release"] = json!(0), &[("out-of-range", "release")]),
    ("release", |v| v["release"] = json!(1.5), &[("out-of-range", "release")]),
    ("release", |v| v["release"] = json!(4_294_967_296u64), &[("out-of-range", "release")]),
    ("release", |v| v["release"] = json!("1"), &[("wrong-type", "release")]),
    ("issued", |v| v["issued_on"] = json!("2026-02-30"), &[("bad-date", "issued_on")]),
    ("issued", |v| v["issued_on"] = json!("2026/02/03"), &[("bad-date", "issued_on")]),
    ("region", |v| v["region"] = json!([]), &[("wrong-type", "region")]),
    ("region", |v| v["region"]["name"] = json!(" \u{3000}"), &[("empty-text", "region.name")]),
    ("region", |v| v["region"]["code"] = json!("15-78"), &[("bad-region-code", "region.code")]),
    (
        "year",
        |v| years(v)["26"] = json!(null),
        &[("bad-year", "calendar.years.26"), ("wrong-type", "calendar.years.26")],
    ),
    (
        "status",
        |v| years(v)["2025"]["status"] = json!("sure"),
        &[("unknown-value", "calendar.years.2025.status")],
    ),
    (
        "holiday",
        |v| years(v)["2025"]["holidays"][3] = json!("2026-01-30"),
        &[("date-outside-year", "calendar.years.2025.holidays[3]")],
    ),
    (
        "holiday",
        |v| years(v)["2025"]["holidays"][3] = json!("2025-1-30"),
        &[("bad-date", "calendar.years.2025.holidays[3]")],
    ),
    (
        "both",
        |v| years(v)["2025"]["workdays"][0] = json!("2025-02-01"),
        &[("holiday-and-workday", "calendar.years.2025.workdays")],
    ),
    (
        "departments",
        |v| v["departments"][1]["code"] = v["departments"][0]["code"].clone(),
        &[
            ("duplicate-id", "departments[1].code"),
            ("unknown-department", "matters[4].department"),
            ("unknown-department", "matters[5].department"),
            ("unknown-department", "matters[6].department"),
            ("unknown-department", "matters[7].department"),
        ],
    ),
    (
        "department",
        |v| v["departments"][0]["name"] = json!(""),
        &[("empty-text", "departments[0].name")],
    ),
    (
        "matters",
        |v| {
            v["matters"] = json!([]);
            v["bundles"] = json!([]);
        },
        &[("empty-list", "matters")],
    ),
    (
        "matters",
        |v| v["matters"][2] = json!(7),
        &[("wrong-type", "matters[2]"), ("unknown-matter", "bundles[0].matters[2]")],
    ),
    (
        "code",
        |v| v["matters"][12]["code"] = v["matters"][3]["code"].clone(),
        &[("duplicate-id", "matters[12].code")],
    ),
    ("code", |v| v["matters"][12]["code"] = json!(" X"), &[("bad-id", "matters[12].code")]),
    ("name", |v| v["matters"][3]["name"] = json!("\u{200B}"), &[("empty-text", "matters[3].name")]),
    (
        "kind",
        |v| v["matters"][3]["kind"] = json!("permit"),
        &[("unknown-value", "matters[3].kind")],
    ),
    (
        "audience",
        |v| v["matters"][3]["audience"] = json!(["alien"]),
        &[("unknown-audience", "matters[3].audience[0]"), ("empty-list", "matters[3].audience")],
    ),
    (
        "levels",
        |v| v["matters"][3]["levels"][0] = json!("moon"),
        &[("unknown-value", "matters[3].levels[0]")],
    ),
    (
        "supplement",
        |v| v["matters"][3]["supplement"]["rule"] = json!("licence-art32"),
        &[("unknown-value", "matters[3].supplement.rule")],
    ),
    (
        "supplement",
        |v| v["matters"][3]["supplement"]["days"] = json!(-1),
        &[("out-of-range", "matters[3].supplement.days")],
    ),
    (
        "limit",
        |v| v["matters"][3]["promised_limit"]["value"] = json!(3651),
        &[("out-of-range", "matters[3].promised_limit.value")],
    ),
    (
        "limit",
        |v| v["matters"][3]["promised_limit"]["unit"] = json!("weeks"),
        &[("unknown-value", "matters[3].promised_limit.unit")],
    ),
    (
        "visits",
        |v| v["matters"][3]["visits"] = json!(256),
        &[("out-of-range", "matters[3].visits")],
    ),
    (
        "fee",
        |v| v["matters"][3]["fee"] = json!({"item": "", "amount_fen": 1.5, "basis": 1}),
        &[
            ("empty-text", "matters[3].fee.item"),
            ("out-of-range", "matters[3].fee.amount_fen"),
            ("wrong-type", "matters[3].fee.basis"),
        ],
    ),
    (
        "agent",
        |v| v["matters"][3]["agent_allowed"] = json!("yes"),
        &[("wrong-type", "matters[3].agent_allowed")],
    ),
    (
        "questions",
        |v| question(v)["choices"] = json!([]),
        &[
            ("no-choices", "matters[0].questions[1].choices"),
            ("unknown-choice", "matters[0].questions[2].when.q2"),
        ],
    ),
    (
        "questions",
        |v| question(v)["id"] = json!("agent"),
        &[
            ("reserved-question", "matters[0].questions[1].id"),
            ("unknown-question", "matters[0].questions[2].when.q2"),
        ],
    ),
    (
        "questions",
        |v| question(v)["id"] = json!("q1"),
        &[
            ("duplicate-id", "matters[0].questions[1].id"),
            ("unknown-question", "matters[0].questions[2].when.q2"),
        ],
    ),
    (
        "questions",
        |v| question(v)["when"] = json!({"q3": "a"}),
        &[("later-question", "matters[0].questions[1].when.q3")],
    ),
    (
        "questions",
        |v| question(v)["when"] = json!({"q2": "a"}),
        &[("later-question", "matters[0].questions[1].when.q2")],
    ),
    (
        "questions",
        |v| question(v)["when"] = json!({"q9": "a"}),
        &[("unknown-question", "matters[0].questions[1].when.q9")],
    ),
    (
        "choices",
        |v| question(v)["choices"][1]["id"] = json!("a"),
        &[
            ("duplicate-id", "matters[0].questions[1].choices[1].id"),
            ("unknown-choice", "matters[0].questions[2].when.q2"),
        ],
    ),
    (
        "stop",
        |v| question(v)["choices"][0]["stop"] = json!({"outcome": "no", "reason": " "}),
        &[
            ("unknown-value", "matters[0].questions[1].choices[0].stop.outcome"),
            ("stop-without-reason", "matters[0].questions[1].choices[0].stop.reason"),
        ],
    ),
    (
        "stop",
        |v| question(v)["choices"][0]["stop"] = json!({"outcome": "refused"}),
        &[("stop-without-reason", "matters[0].questions[1].choices[0].stop.reason")],
    ),
    (
        "stop",
        |v| question(v)["choices"][0]["stop"] = json!("refused"),
        &[("wrong-type", "matters[0].questions[1].choices[0].stop")],
    ),
    (
        "material",
        |v| material(v)["id"] = json!("m1"),
        &[("duplicate-id", "matters[0].materials[2].id")],
    ),
    (
        "material",
        |v| material(v)["necessity"] = json!("maybe"),
        &[("unknown-value", "matters[0].materials[2].necessity")],
    ),
    (
        "material",
        |v| material(v)["originals"] = json!(-1),
        &[("out-of-range", "matters[0].materials[2].originals")],
    ),
    (
        "when",
        |v| material(v)["when"] = json!("q1"),
        &[("wrong-type", "matters[0].materials[2].when")],
    ),
    (
        "when",
        |v| material(v)["when"] = json!([]),
        &[("empty-condition", "matters[0].materials[2].when")],
    ),
    (
        "when",
        |v| material(v)["when"] = json!([{"q1": []}, 5]),
        &[
            ("empty-condition", "matters[0].materials[2].when[0].q1"),
            ("wrong-type", "matters[0].materials[2].when[1]"),
        ],
    ),
    (
        "when",
        |v| material(v)["when"] = json!({"q1": ["a", "z", 3], "agent": "maybe"}),
        &[
            ("unknown-choice", "matters[0].materials[2].when.q1[1]"),
            ("wrong-type", "matters[0].materials[2].when.q1[2]"),
            ("unknown-choice", "matters[0].materials[2].when.agent"),
        ],
    ),
    (
        "procedure",
        |v| v["matters"][7]["special_procedures"][0]["days"] = json!(null),
        &[("wrong-type", "matters[7].special_procedures[0].days")],
    ),
    (
        "result",
        |v| v["matters"][7]["result"]["name"] = json!(""),
        &[("empty-text", "matters[7].result.name")],
    ),
    ("bundle", |v| v["bundles"][1]["id"] = json!("B1"), &[("duplicate-id", "bundles[1].id")]),
    (
        "bundle",
        |v| v["bundles"][0]["lead"] = json!("nowhere"),
        &[("unknown-matter", "bundles[0].lead")],
    ),
    (
        "bundle",
        |v| v["bundles"][0]["matters"] = json!([]),
        &[("empty-list", "bundles[0].matters"), ("lead-not-in-bundle", "bundles[0].lead")],
    ),
    (
        "bundle",
        |v| v["bundles"][0]["matters"][1] = v["bundles"][0]["matters"][0].clone(),
        &[("duplicate-id", "bundles[0].matters[1]")],
    ),
];

const WARNINGS: &[Case] = &[
    ("extra", |v| v["sample"] = json!(false), &[("unknown-field", "sample")]),
    (
        "extra",
        |v| material(v)["pages"] = json!(2),
        &[("unknown-field", "matters[0].materials[2].pages")],
    ),
    ("bundles", |v| remove(v, "bundles"), &[("missing-field", "bundles")]),
    (
        "aliases",
        |v| remove(&mut v["matters"][0], "aliases"),
        &[("missing-field", "matters[0].aliases")],
    ),
    (
        "phone",
        |v| v["departments"][0]["phone"] = json!(""),
        &[("empty-text", "departments[0].phone")],
    ),
    (
        "uscc",
        |v| {
            v["departments"][7]["code"] = json!("X1");
            for matter in v["matters"].as_array_mut().into_iter().flatten() {
                if matter["department"]
                    .as_str()
                    .is_some_and(|d| d.starts_with("13150785MB0A001819"))
                {
                    matter["department"] = json!("X1");
                }
            }
        },
        &[("odd-department-code", "departments[7].code")],
    ),
    ("year", |v| v["issued_on"] = json!("2031-01-01"), &[("no-calendar-year", "calendar.years")]),
    (
        "year",
        |v| years(v)["2025"]["holidays"] = json!([]),
        &[("no-holidays", "calendar.years.2025.holidays")],
    ),
    (
        "workday",
        |v| years(v)["2025"]["workdays"][0] = json!("2025-01-15"),
        &[("odd-workday", "calendar.years.2025.workdays")],
    ),
    (
        "holiday",
        |v| years(v)["2025"]["holidays"][1] = json!("2025-01-01"),
        &[("duplicate-date", "calendar.years.2025.holidays[1]")],
    ),
    (
        "name",
        |v| v["matters"][1]["name"] = v["matters"][0]["name"].clone(),
        &[("same-name", "matters[1].name")],
    ),
    (
        "audience",
        |v| v["matters"][1]["audience"] = json!(["person", "government"]),
        &[("unknown-audience", "matters[1].audience[1]")],
    ),
    (
        "limits",
        |v| {
            v["matters"][0]["statutory_limit"] = json!({"value": 5, "unit": "days"});
            v["matters"][0]["promised_limit"] = json!({"value": 6, "unit": "days"});
        },
        &[("promise-over-statutory", "matters[0].promised_limit")],
    ),
    (
        "art 32",
        |v| v["matters"][8]["supplement"]["deemed_accepted"] = json!(false),
        &[("odd-supplement", "matters[8].supplement")],
    ),
    (
        "on the spot",
        |v| v["matters"][13]["supplement"]["days"] = json!(5),
        &[("odd-supplement", "matters[13].supplement")],
    ),
    (
        "catch-all",
        |v| material(v)["name"] = json!("其他材料"),
        &[("catch-all-material", "matters[0].materials[2].name")],
    ),
    (
        "when",
        |v| material(v)["when"] = json!({}),
        &[("empty-condition", "matters[0].materials[2].when")],
    ),
    (
        "when",
        |v| material(v)["when"] = json!({"q1": ["b", "c"]}),
        &[("never-holds", "matters[0].materials[2].when")],
    ),
    (
        "referral",
        |v| {
            question(v)["choices"][0]["stop"] =
                json!({"outcome": "out-of-scope", "reason": "不归本窗口"})
        },
        &[("no-referral", "matters[0].questions[1].choices[0].stop.refer_to")],
    ),
    (
        "bundle",
        |v| v["bundles"][1]["lead"] = v["matters"][0]["code"].clone(),
        &[("lead-not-in-bundle", "bundles[1].lead")],
    ),
];

fn years(value: &mut Value) -> &mut Value {
    &mut value["calendar"]["years"]
}

fn question(value: &mut Value) -> &mut Value {
    &mut value["matters"][0]["questions"][1]
}

fn material(value: &mut Value) -> &mut Value {
    &mut value["matters"][0]["materials"][2]
}

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().expect("an object").shift_remove(key).expect("the key");
}

#[test]
fn every_fault_is_refused_with_its_code_and_place() {
    for (what, edit, expected) in ERRORS {
        let result = edited(edit);
        assert!(result.is_err(), "{what} {expected:?} was let pass");
        let said = said(result);
        let said: Vec<(&str, &str)> = said.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
        assert_eq!(said, *expected, "{what}");
    }
}

#[test]
fn what_only_should_be_mended_is_said_and_let_pass() {
    for (what, edit, expected) in WARNINGS {
        let result = edited(edit);
        assert!(result.is_ok(), "{what}: {result:?}");
        let said = said(result);
        let said: Vec<(&str, &str)> = said.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
        assert_eq!(said, *expected, "{what}");
    }
}

#[test]
fn all_faults_are_listed_at_once() {
    let all = said(edited(|v| {
        v["release"] = json!(0);
        question(v)["choices"] = json!([]);
        material(v)["name"] = json!(null);
        v["matters"][23]["department"] = json!("x");
    }));
    let places: Vec<&str> = all.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "release",
            "matters[0].questions[1].choices",
            "matters[0].questions[2].when.q2",
            "matters[0].materials[2].name",
            "matters[23].department",
        ]
    );
}

#[test]
fn every_key_the_format_requires_is_missed_when_it_is_gone() {
    let optional = [
        "bundles",
        "aliases",
        "conditions",
        "special_procedures",
        "basis",
        "common_returns",
        "confidence",
        "issuer",
        "when",
        "stop",
        "refer_to",
        "note",
    ];
    let mut checked = 0;
    for pointer in [
        "",
        "/region",
        "/calendar",
        "/calendar/years/2026",
        "/departments/3",
        "/matters/8",
        "/matters/8/supplement",
        "/matters/8/promised_limit",
        "/matters/13/fee",
        "/matters/8/questions/0",
        "/matters/8/questions/0/choices/0",
        "/matters/8/materials/0",
        "/matters/7/special_procedures/0",
        "/matters/8/result",
        "/bundles/0",
    ] {
        let keys: Vec<String> = example()
            .pointer(pointer)
            .and_then(Value::as_object)
            .unwrap_or_else(|| panic!("{pointer}"))
            .keys()
            .cloned()
            .collect();
        for key in keys {
            let result = edited(|v| remove(v.pointer_mut(pointer).expect("there"), &key));
            let passed = result.is_ok();
            let may_be_gone = optional.contains(&key.as_str()) && pointer != "/matters/13/fee";
            assert_eq!(passed, may_be_gone, "{pointer}/{key}");
            if !passed {
                let said = said(result);
                let missed = |(code, place): &(String, String)| {
                    code == "missing-field" && place.ends_with(&key)
                };
                assert!(said.iter().any(missed), "{pointer}/{key}: {said:?}");
            }
            checked += 1;
        }
    }
    assert!(checked > 80);
}

#[test]
fn where_the_format_leaves_room_so_does_the_check() {
    let checked = edited(|v| {
        question(v)["when"] = json!(null);
        material(v)["when"] = json!(null);
        remove(&mut v["matters"][0]["questions"][0]["choices"][0], "stop");
        v["matters"][0]["questions"][0]["choices"][1]["stop"]["refer_to"] = json!(null);
        material(v)["issuer"] = json!(null);
        v["matters"][0]["confidence"] = json!(null);
        v["bundles"][0]["note"] = json!(null);
        v["matters"][0]["result"]["kind"] = json!("receipt");
        v["matters"][0]["result"]["delivery"] = json!(["locker", "post"]);
        v["matters"][0]["special_procedures"] =
            json!([{"kind": "site-visit", "days": 3, "stops_clock": false}]);
        v["matters"][0]["materials"] = json!([]);
        v["matters"][0]["levels"] = json!([]);
        v["matters"][1]["code"] = json!("县级-自造-1");
        v["departments"][0]["phone"] = json!("12345");
    })
    .expect("a package");
    assert_eq!(checked.warnings, []);
    let again = serde_json::to_value(&checked.package).expect("a value");
    assert_eq!(again["matters"][0]["result"]["delivery"], json!(["locker", "post"]));
    assert_eq!(again["matters"][0]["special_procedures"][0]["kind"], json!("site-visit"));
}

#[test]
fn every_name_of_the_format_is_read_by_the_types() {
    use super::{matter as names, situation};
    fn reads<T: serde::de::DeserializeOwned + serde::Serialize>(names: &[&str]) {
        for name in names {
            let value: T = serde_json::from_value(json!(name)).expect(name);
            assert_eq!(serde_json::to_value(value).expect(name), json!(name));
        }
    }
    use yichuang_domain::matter as types;
    reads::<types::MatterKind>(&names::KINDS);
    reads::<types::Handling>(&names::HANDLINGS);
    reads::<types::Level>(&names::LEVELS);
    reads::<types::AcceptanceMode>(&names::ACCEPTANCES);
    reads::<types::SupplementLaw>(&names::RULES);
    reads::<types::LimitUnit>(&names::UNITS);
    reads::<types::MaterialHandling>(&names::MATERIAL_HANDLINGS);
    reads::<types::MaterialSource>(&names::SOURCES);
    reads::<types::Necessity>(&names::NECESSITIES);
    reads::<types::MaterialKind>(&names::MATERIAL_KINDS);
    reads::<types::MaterialMedia>(&names::MEDIA);
    reads::<types::StopOutcome>(&situation::OUTCOMES);
}

fn only(bytes: &[u8]) -> Problem {
    let mut problems = check(bytes).expect_err("refused");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

#[test]
fn a_file_that_is_no_json_says_where_it_breaks() {
    let broken = "{\n \"format\": \"yichuang-guide/1\",\n \"release\": ,\n}";
    let problem = only(broken.as_bytes());
    assert_eq!((problem.code.as_str(), problem.line), ("syntax", Some(3)));
    assert!(problem.message.starts_with("第3行第13列："), "{}", problem.message);
    assert!(only(&crate::EXAMPLE.as_bytes()[..90_000]).message.contains("不完整"));
    assert_eq!(only(b"{} {}").code, "syntax");
    assert_eq!(only(b"").code, "empty-file");
    assert_eq!(only(b" \r\n\t").code, "empty-file");
    assert_eq!(only(b"[]").code, "wrong-type");
    assert_eq!(only(b"null").code, "wrong-type");
    assert_eq!(only(&b"[".repeat(100_000)).code, "too-deep");
    assert_eq!(only(&b"{\"a\":".repeat(100_000)).code, "too-deep");
    let gbk = only(b"{\n\"name\": \"\xB8\xF9\xBA\xD3\"}");
    assert_eq!((gbk.code.as_str(), gbk.line), ("not-utf8", Some(2)));
    assert_eq!(only(b"\xFF\xFE{\0}\0").code, "not-utf8");
    assert_eq!(only(&vec![b' '; json::MAX_BYTES + 1]).code, "too-large");
}

#[test]
fn a_byte_order_mark_is_left_out_and_said() {
    let text = format!("\u{FEFF}{}", crate::EXAMPLE);
    let checked = check(text.as_bytes()).expect("a package");
    assert_eq!(said(Ok(checked.clone())), [("byte-order-mark".to_owned(), String::new())]);
    assert_eq!(checked.text, crate::EXAMPLE);
    assert_eq!(checked.digest, check(crate::EXAMPLE.as_bytes()).expect("a package").digest);
}

#[test]
fn a_key_written_twice_is_refused_however_it_is_spelt() {
    let twice =
        crate::EXAMPLE.replacen("\"release\": 1,", "\"release\": 1,\n \"rel\\u0065ase\": 2,", 1);
    let problem = only(twice.as_bytes());
    assert_eq!((problem.code.as_str(), problem.place.as_str()), ("duplicate-key", "release"));
    assert_eq!(problem.line, Some(4));

    let deep = crate::EXAMPLE.replacen("\"id\": \"q2\",", "\"id\": \"q2\", \"id\": \"q2\",", 1);
    let problem = only(deep.as_bytes());
    assert_eq!(problem.place, "matters[0].questions[1].id");
}

#[test]
fn a_key_written_twice_is_found_among_very_many() {
    let keys: String = (0..100_000).map(|i| format!("\"k{i}\":0,")).collect();
    let problems =
        check(format!("{{{keys}\"k7\":1,\"k99999\":1}}").as_bytes()).expect_err("refused");
    let places: Vec<&str> =
        problems.iter().filter(|p| p.code == "duplicate-key").map(|p| p.place.as_str()).collect();
    assert_eq!(places, ["k7", "k99999"]);
}

#[test]
fn problems_know_their_line() {
    let line_of = |needle: &str, text: &str| {
        u32::try_from(text.lines().position(|l| l.contains(needle)).expect(needle) + 1)
            .expect("u32")
    };
    let text = crate::EXAMPLE.replacen("\"2026-10-03\"", "\"2026-10-33\"", 1);
    let problem = only(text.as_bytes());
    assert_eq!(problem.line, Some(line_of("2026-10-33", &text)));

    // What is missing is looked for where it should have been.
    let mut value = example();
    remove(&mut value["region"], "name");
    let text = serde_json::to_string_pretty(&value).expect("text");
    let problem = only(text.as_bytes());
    assert_eq!(problem.place, "region.name");
    assert_eq!(problem.line, Some(line_of("\"region\"", &text)));
}

#[test]
fn a_flood_of_problems_is_cut_and_errors_are_not_crowded_out() {
    let problems = edited(|v| {
        v["matters"][0]["aliases"] = Value::Array(vec![json!(""); 2000]);
        v["matters"][1]["name"] = json!("");
    })
    .expect_err("refused");
    assert_eq!(problems.len(), fields::MOST_PROBLEMS + 1);
    assert!(problems.iter().any(|p| p.place == "matters[1].name"));
    let last = problems.last().expect("some");
    assert_eq!(last.code, "too-many-problems");
}

#[test]
fn the_matters_of_the_fixtures_are_in_the_example() {
    let text = include_str!("../../../../tests/fixtures/scenarios/s01-m01.json");
    let intake: Intake = serde_json::from_str(text).expect("an intake");
    let package = check(crate::EXAMPLE.as_bytes()).expect("the example").package;
    assert!(package.matters.iter().any(|m| m.code == intake.matter));
}

/// Every pointer into a value.
fn collect(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| collect(v, &format!("{at}/{i}"), into));
        }
        Value::Object(map) => {
            map.iter().for_each(|(k, v)| collect(v, &format!("{at}/{k}"), into));
        }
        _ => {}
    }
}

/// Every pointer into the example.
fn pointers() -> &'static [String] {
    static POINTERS: OnceLock<Vec<String>> = OnceLock::new();
    POINTERS.get_or_init(|| {
        let mut pointers = Vec::new();
        collect(&example(), "", &mut pointers);
        pointers
    })
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "x", {}, []])),
        Just(json!({"q1": "a", "agent": ["yes"], "id": 5})),
        Just(json!("2026-01-01")),
    ]
}

/// A text that comes apart is judged as it would be in one piece.
fn assert_both_ways_say_the_same(text: &str) {
    if let Some(apart) = crate::pieces::Pieces::of(text).and_then(reading::by_pieces) {
        assert_eq!(Ok(apart), reading::whole(text));
    }
}

#[test]
fn a_package_in_good_order_is_read_by_pieces_and_one_with_a_key_twice_is_not() {
    let by_pieces = |text: &str| crate::pieces::Pieces::of(text).and_then(reading::by_pieces);
    let (problems, package) = by_pieces(crate::EXAMPLE).expect("in good order");
    assert_eq!((problems.len(), package.map(|p| p.matters.len())), (0, Some(24)));
    let twice =
        crate::EXAMPLE.replacen("\"handling\":", "\"handling\": \"committed\", \"handling\":", 1);
    assert_ne!(twice, crate::EXAMPLE);
    assert!(by_pieces(&twice).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is put into a package, the check says yes or no, and what it lets pass is read
    /// whole: the types never disagree with the check.
    #[test]
    fn a_package_with_odd_values_passes_or_is_refused_with_places(
        edits in prop::collection::vec((any::<prop::sample::Index>(), odd_value()), 1..4),
    ) {
        let mut value = example();
        for (at, new) in edits {
            if let Some(slot) = value.pointer_mut(&pointers()[at.index(pointers().len())]) {
                *slot = new;
            }
        }
        assert_both_ways_say_the_same(&value.to_string());
        match check(&serde_json::to_vec(&value).expect("bytes")) {
            Ok(checked) => prop_assert!(checked.warnings.iter().all(|p| p.severity == Severity::Warning)),
            Err(problems) => {
                prop_assert!(problems.iter().any(|p| p.severity == Severity::Error));
                prop_assert!(problems.iter().all(|p| p.code != "unreadable"), "{problems:?}");
                // What is said of the file as a whole has no place and so no line.
                prop_assert!(problems.iter().all(|p| p.place.is_empty() || p.line.is_some()));
            }
        }
    }

    /// Numbers, lists and the like where the whole package should be.
    #[test]
    fn a_file_of_one_odd_value_is_refused(value in odd_value()) {
        prop_assert!(check(&serde_json::to_vec(&value).expect("bytes")).is_err());
    }

    #[test]
    fn a_damaged_file_never_panics(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = crate::EXAMPLE.as_bytes().to_vec();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = check(&bytes);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            assert_both_ways_say_the_same(text);
        }
        bytes.truncate(keep.index(bytes.len()));
        let _ = check(&bytes);
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(check(&bytes).is_err());
    }

    #[test]
    fn any_small_json_is_refused_without_panic(text in "[\\[\\]{}:,\"a0 \\\\]{0,40}") {
        prop_assert!(check(text.as_bytes()).is_err());
    }
}
