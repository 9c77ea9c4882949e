//! Specimens of every kind on every sheet; reading and checking sets as a hall writes them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use yichuang_domain::document::DocumentKind;

use super::poppler::{on_disk, press};
use crate::template::{
    FindingCode, Situation, TemplateSet, check, read, shipped, specimen, undrawable, vocabulary,
};
use crate::{Format, Paper};

const FORMATS: [Format; 3] = [Format::A4, Format::A5, Format::Roll80];

fn flat(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_specimen_of_every_kind_shows_what_is_required_and_says_that_it_is_none() {
    let set = shipped().unwrap();
    for &kind in DocumentKind::ALL {
        for format in FORMATS {
            let paper = specimen(&set, kind, format, &Situation::new()).unwrap();
            assert_eq!(paper.format, format);
            let pdf = press().render(&paper).unwrap();
            let text = flat(&on_disk(&pdf).text());
            let pages = usize::try_from(pdf.pages).unwrap();
            if format != Format::Roll80 {
                assert_eq!(text.matches("不是文书，不得交付").count(), pages, "{kind:?}");
            }
            assert!(text.contains("不是文书，不得交付"), "{kind:?}");
            for field in vocabulary::fields(kind) {
                let required = vocabulary::required(kind).contains(&field.name);
                let unusual = field.presence == vocabulary::Presence::With("容缺材料");
                // A notice of acceptance defers nothing unless it is asked to.
                if !required || (unusual && kind == DocumentKind::Acceptance) {
                    continue;
                }
                let said = flat(field.example);
                assert!(text.contains(&said), "{kind:?} {format:?}: {} in {text}", field.name);
            }
        }
    }
}

#[test]
fn a_specimen_has_no_number_and_no_code_that_could_be_taken_for_one() {
    let mut set = shipped().unwrap();
    let plain = specimen(&set, DocumentKind::Refusal, Format::A4, &Situation::new()).unwrap();
    assert_eq!(plain.number.plain(), "文号：样张（无编号）");
    assert!(plain.specimen && plain.qr_text.contains("SPECIMEN"));
    set.numbering = serde_json::from_value(json!({
        "pattern": "{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号",
        "authorities": { "D01": "根市监" },
        "kinds": { "refusal": "不受" },
    }))
    .unwrap();
    let numbered = specimen(&set, DocumentKind::Refusal, Format::A4, &Situation::new()).unwrap();
    assert_eq!(numbered.number.plain(), "文号：根市监不受字〔2026〕第样张-0000号");
}

#[test]
fn a_situation_chooses_what_the_specimen_shows() {
    let set = shipped().unwrap();
    let title = |situation: &[(&str, &str)]| {
        let situation = situation.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let kind = DocumentKind::Acceptance;
        specimen(&set, kind, Format::A4, &situation.collect()).unwrap().title.plain()
    };
    assert_eq!(title(&[]), "受理通知书");
    assert_eq!(title(&[("容缺材料", "有")]), "容缺受理通知书");
    assert_eq!(title(&[("容缺材料", "有"), ("视为受理", "是")]), "受理通知书");
    // What nobody knows changes nothing.
    assert_eq!(title(&[("视为受理", "也许"), ("某某", "有")]), "受理通知书");
}

/// Every situation there is for one name at a time.
#[test]
fn every_branch_of_the_shipped_templates_can_be_looked_at() {
    let set = shipped().unwrap();
    for &kind in DocumentKind::ALL {
        let mut situations = Vec::new();
        for choice in vocabulary::choices() {
            situations.extend(choice.values.iter().map(|value| (choice.name, *value)));
        }
        let lists = vocabulary::lists().iter().map(|list| list.name);
        let names = vocabulary::fields(kind).map(|field| field.name).chain(lists);
        situations.extend(names.flat_map(|name| [(name, "有"), (name, "无")]));
        for (name, value) in situations {
            let situation = Situation::from([(name.to_owned(), value.to_owned())]);
            let paper = specimen(&set, kind, Format::A4, &situation);
            assert!(paper.is_ok(), "{kind:?} {name}={value}: {paper:?}");
        }
    }
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut set = serde_json::to_value(shipped().unwrap()).unwrap();
    change(&mut set);
    set.to_string()
}

#[test]
fn what_cannot_be_read_is_named_by_its_place() {
    for (change, path, code) in [
        (
            (|v| v["papers"]["refusal"]["blocks"][1]["text"] = "{申请人".into()) as fn(&mut Value),
            "/papers/refusal/blocks/1",
            FindingCode::Unreadable,
        ),
        (
            |v| v["papers"]["refusal"]["title"] = "}".into(),
            "/papers/refusal/title",
            FindingCode::Unreadable,
        ),
        (
            |v| v["papers"]["refusal"]["sheet"] = "a3".into(),
            "/papers/refusal",
            FindingCode::Unreadable,
        ),
        (|v| v["papers"]["拒绝/书"] = json!({}), "/papers/拒绝~1书", FindingCode::Unreadable),
        (|v| v["fragments"]["落款"] = json!(1), "/fragments/落款", FindingCode::Unreadable),
        (
            |v| v["numbering"] = json!({"pattern": "第{流水}号", "authorities": {}, "kinds": {}}),
            "/numbering",
            FindingCode::Unreadable,
        ),
        (|v| v["logo"] = "AAAA".into(), "/logo", FindingCode::BadLogo),
        (|v| v["format"] = "2".into(), "/format", FindingCode::Unreadable),
        (|v| v["more"] = json!(1), "/more", FindingCode::Unreadable),
        (|v| drop(v.as_object_mut().unwrap().remove("header")), "/header", FindingCode::Unreadable),
    ] {
        let findings = read(&changed(change)).unwrap_err();
        let found: Vec<_> = findings.iter().map(|f| (f.path.as_str(), f.code)).collect();
        assert_eq!(found, [(path, code)], "{findings:?}");
    }
    for text in ["", "[]", "null", "{", "{\"papers\": 3}"] {
        assert!(!read(text).unwrap_err().is_empty(), "{text}");
    }
    let long = " ".repeat(crate::template::MOST_BYTES + 1);
    assert_eq!(read(&long).unwrap_err().len(), 1);
}

#[test]
fn the_shipped_set_reads_as_it_is_and_every_character_of_it_is_drawn() {
    let set = shipped().unwrap();
    assert_eq!(read(&serde_json::to_string(&set).unwrap()).unwrap(), set);
    assert_eq!(undrawable(&set, press()).unwrap(), []);
}

#[test]
fn a_character_that_no_font_draws_is_found_wherever_it_stands() {
    let bad = '\u{E000}';
    for path in [
        "/header",
        "/fragments/落款/0/seal",
        "/fragments/落款/0/desk/0",
        "/papers/refusal/title",
        "/papers/refusal/code_caption",
        "/papers/refusal/parts/0/name",
        "/papers/refusal/parts/1/to",
        "/papers/material-receipt/blocks/4/columns/1/title",
        "/fragments/基本信息/0/rows/0/pairs/1/label",
        "/fragments/基本信息/0/rows/0/pairs/1/value",
    ] {
        let text = changed(|set| {
            let place = set.pointer_mut(path).unwrap_or_else(|| panic!("{path}"));
            *place = format!("{}{bad}", place.as_str().unwrap()).into();
        });
        let findings = undrawable(&read(&text).unwrap(), press()).unwrap();
        assert_eq!(findings.len(), 1, "{path}: {findings:?}");
        assert_eq!((findings[0].path.as_str(), findings[0].code), (path, FindingCode::NotDrawable));
        assert!(findings[0].message.contains("U+E000"));
    }
}

#[test]
fn the_place_of_a_finding_leads_to_what_it_is_about() {
    let text = changed(|set| {
        set["papers"]["refusal"]["blocks"][2]["text"] = "{申请者}".into();
        set["fragments"]["救济途径"][0]["text"] = "{复议机构}".into();
    });
    let set: TemplateSet = read(&text).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let findings = check(&set);
    for wrong in ["申请者", "复议机构"] {
        let found = findings.iter().find(|f| f.message.contains(wrong)).unwrap();
        let at = value.pointer(&found.path).unwrap().as_str().unwrap();
        assert!(at.contains(wrong), "{found:?}: {at}");
    }
    assert!(findings.iter().all(|f| f.path.is_empty() || value.pointer(&f.path).is_some()));
}

#[test]
fn a_fragment_used_without_end_is_not_gone_through() {
    let uses = |name: &str| json!(vec![json!({"block": "use", "fragment": name}); 400]);
    let text = changed(|set| {
        set["fragments"]["甲"] = uses("乙");
        set["fragments"]["乙"] = uses("丙");
        set["fragments"]["丙"] = uses("救济途径");
        set["papers"]["refusal"]["blocks"]
            .as_array_mut()
            .unwrap()
            .push(json!({"block": "use", "fragment": "甲"}));
    });
    let findings = check(&read(&text).unwrap());
    assert!(findings.iter().any(|f| f.code == FindingCode::TooIntricate), "{findings:?}");
}

proptest! {
    /// Whatever somebody writes where words belong is refused by its place, or makes a paper.
    #[test]
    fn any_words_are_refused_or_printed(
        words in "[{}*（）申请人 a-z龘\u{e000}]{0,20}",
        at in 0usize..4,
    ) {
        let path = ["/papers/refusal/title", "/papers/refusal/blocks/1/text", "/header", "/fragments/救济途径/0/text"][at];
        let text = changed(|set| *set.pointer_mut(path).unwrap() = words.clone().into());
        match read(&text) {
            Err(findings) => prop_assert!(!findings.is_empty()),
            Ok(set) => {
                let mut findings = check(&set);
                findings.extend(undrawable(&set, press()).unwrap());
                let paper = specimen(&set, DocumentKind::Refusal, Format::A5, &BTreeMap::new());
                if findings.is_empty() {
                    let paper: Paper = paper.unwrap();
                    prop_assert!(press().render(&paper).is_ok());
                }
            }
        }
    }
}
