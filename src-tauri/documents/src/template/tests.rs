//! The shipped templates are sound, and every damage that matters is found.

use serde_json::Value;
use yichuang_domain::document::DocumentKind;

use super::*;

fn codes(set: &TemplateSet) -> Vec<FindingCode> {
    let mut codes: Vec<_> = check(set).into_iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Every string and key in a value, changed in place.
fn each_text(value: &mut Value, change: &impl Fn(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(all) => all.iter_mut().for_each(|v| each_text(v, change)),
        Value::Object(all) => all.values_mut().for_each(|v| each_text(v, change)),
        _ => {}
    }
}

/// The shipped set after `damage` to the template of a kind and to the fragments.
fn damaged(kind: DocumentKind, damage: impl Fn(&mut Value)) -> TemplateSet {
    let mut set = serde_json::to_value(shipped().unwrap()).unwrap();
    damage(&mut set["papers"][kind.as_str()]);
    damage(&mut set["fragments"]);
    damage(&mut set["header"]);
    serde_json::from_value(set).unwrap()
}

#[test]
fn the_shipped_templates_pass_and_read_back() {
    let set = shipped().unwrap();
    assert_eq!(check(&set), []);
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(serde_json::from_str::<TemplateSet>(&text).unwrap(), set);
}

#[test]
fn a_template_that_drops_a_required_field_is_found() {
    for &kind in DocumentKind::ALL {
        for required in vocabulary::required(kind) {
            let field = required.rsplit('.').next().unwrap();
            let written = format!("{{{field}}}");
            let set = damaged(kind, |value| {
                each_text(value, &|text| *text = text.replace(&written, "（略）"));
            });
            let found = check(&set).into_iter().any(|finding| {
                finding.kind == Some(kind)
                    && finding.code == FindingCode::RequiredMissing
                    && finding.message.contains(&format!("“{required}”"))
            });
            assert!(found, "{kind:?} without {required}");
        }
    }
}

#[test]
fn a_required_field_that_only_some_cases_get_is_found() {
    // The day of acceptance, but only where the applicant sent an agent.
    let set = damaged(DocumentKind::Acceptance, |value| {
        each_text(value, &|text| *text = text.replace("{受理日期}", ""));
        if let Some(Value::Array(blocks)) = value.get_mut("blocks") {
            blocks.insert(
                0,
                serde_json::json!({"block": "paragraph", "text": "{受理日期}", "when": "代理人 | 暂估=是"}),
            );
        }
    });
    assert_eq!(codes(&set), [FindingCode::RequiredMissing]);
}

#[test]
fn a_field_that_may_have_nothing_to_say_is_found_without_its_condition() {
    let set = damaged(DocumentKind::Acceptance, |value| {
        each_text(value, &|text| {
            if text == "应办结日" {
                text.clear();
            }
        });
    });
    assert_eq!(codes(&set), [FindingCode::MayBeAbsent]);
    // A condition about something else is no help.
    let set = damaged(DocumentKind::Acceptance, |value| {
        each_text(value, &|text| {
            if text == "应办结日" {
                *text = "代理人".to_owned();
            }
        });
    });
    assert!(codes(&set).contains(&FindingCode::MayBeAbsent));
}

#[test]
fn names_that_do_not_exist_are_found_wherever_they_stand() {
    for (from, to) in [
        ("{申请人}", "{申请者}"),
        ("补正规则=许可法", "补正规则=民法典"),
        ("补正材料", "补交材料"),
        ("落款", "签名"),
    ] {
        let mut set = serde_json::to_value(shipped().unwrap()).unwrap();
        let notice = &mut set["papers"]["one-time-notice"];
        each_text(notice, &|text| *text = text.replace(from, to));
        let set: TemplateSet = serde_json::from_value(set).unwrap();
        assert!(codes(&set).contains(&FindingCode::UnknownName), "{to}");
    }
}

#[test]
fn a_paper_without_title_part_seal_or_signature_is_found() {
    let damage: [fn(&mut Value); 5] = [
        |v| v["papers"]["refusal"]["title"] = "".into(),
        |v| v["papers"]["refusal"]["parts"] = Value::Array(Vec::new()),
        |v| v["fragments"]["落款"][0]["seal"] = "".into(),
        |v| v["fragments"]["落款"][0]["signers"] = Value::Array(Vec::new()),
        |v| v["fragments"]["落款"][0]["when"] = "代理人".into(),
    ];
    for damage in damage {
        let mut set = serde_json::to_value(shipped().unwrap()).unwrap();
        damage(&mut set);
        let set: TemplateSet = serde_json::from_value(set).unwrap();
        let findings = check(&set);
        assert!(
            findings
                .iter()
                .any(|f| f.kind == Some(DocumentKind::Refusal) && f.code == FindingCode::Incomplete),
            "{findings:?}"
        );
    }
}

#[test]
fn a_fragment_that_uses_itself_is_found_and_never_filled() {
    let mut set = shipped().unwrap();
    let again = BlockTemplate::Use { fragment: "落款".to_owned(), when: When::default() };
    set.fragments.insert("落款".to_owned(), vec![again]);
    assert!(codes(&set).contains(&FindingCode::UnknownName));
    let filled = set.fill(DocumentKind::Refusal, &Values::default());
    assert!(filled.is_err());
}

#[test]
fn too_many_conditions_are_refused_and_not_gone_through() {
    let mut names = Vec::new();
    for field in vocabulary::fields(DocumentKind::Refusal) {
        if field.presence == vocabulary::Presence::Sometimes {
            names.push(field.name);
        }
    }
    let lists = vocabulary::lists().iter().map(|l| l.name);
    let choices = vocabulary::choices().iter().map(|c| c.name.to_owned() + "=" + c.values[0]);
    let all: Vec<_> = names.into_iter().chain(lists).map(str::to_owned).chain(choices).collect();
    let mut set = shipped().unwrap();
    let block =
        serde_json::json!({"block": "paragraph", "text": "{理由}", "when": all.join(" & ")});
    let refusal = set.papers.get_mut(&DocumentKind::Refusal).unwrap();
    refusal.blocks.insert(0, serde_json::from_value(block).unwrap());
    assert_eq!(codes(&set), [FindingCode::TooIntricate]);
}

#[test]
fn a_missing_template_is_found() {
    let mut set = shipped().unwrap();
    set.papers.remove(&DocumentKind::Refusal);
    assert_eq!(codes(&set), [FindingCode::NoTemplate]);
}
