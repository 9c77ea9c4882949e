use proptest::prelude::*;
use serde_json::json;

use super::*;

fn example() -> Value {
    serde_json::from_str(crate::EXAMPLE).unwrap()
}

fn typed(package: &Value) -> GuidePackage {
    serde_json::from_value(package.clone()).unwrap()
}

fn changes(change: impl FnOnce(&mut Value)) -> Vec<Change> {
    let old = example();
    let mut new = old.clone();
    change(&mut new);
    difference(&typed(&old), &typed(&new))
}

fn detail(what: &str, before: Option<&str>, after: Option<&str>) -> Detail {
    let text = |t: Option<&str>| t.map(str::to_owned);
    Detail { what: what.to_owned(), before: text(before), after: text(after) }
}

#[test]
fn a_release_differs_from_itself_in_nothing_whatever_its_number_and_order() {
    assert_eq!(changes(|_| {}), []);
    let next = changes(|g| {
        g["release"] = json!(9);
        g["issued_on"] = json!("2026-12-01");
        g["matters"].as_array_mut().unwrap().reverse();
    });
    assert_eq!(next, []);
}

#[test]
fn limits_texts_flags_and_fees_are_told_in_words() {
    let changes = changes(|g| {
        let matter = &mut g["matters"][8];
        matter["promised_limit"] = json!({ "value": 3, "unit": "workdays" });
        matter["visits"] = json!(0);
        matter["agent_allowed"] = json!(false);
        matter["handling"] = json!("immediate");
        matter["fee"] = json!({ "item": "工本费", "amount_fen": 500, "basis": "某文件" });
    });
    assert_eq!(changes.len(), 1);
    let change = &changes[0];
    assert_eq!((change.subject, change.kind), (Subject::Matter, ChangeKind::Changed));
    assert_eq!(change.name, "食品经营许可（新办）");
    for expected in [
        detail("承诺时限", Some("5个工作日"), Some("3个工作日")),
        detail("到现场次数", Some("1"), Some("0")),
        detail("允许代办", Some("是"), Some("否")),
        detail("办理方式", Some("承诺件"), Some("即办件")),
        detail("收费", None, Some("收费项目：工本费，金额（分）：500，依据：某文件")),
    ] {
        assert!(change.details.contains(&expected), "{expected:?} in {:#?}", change.details);
    }
    assert_eq!(change.details.len(), 5);
}

#[test]
fn materials_are_told_by_name_when_they_come_go_and_change() {
    let changes = changes(|g| {
        let list = g["matters"][3]["materials"].as_array_mut().unwrap();
        list[0]["standard"] = json!("看清照片");
        list[1]["when"] = json!({ "q1": ["a", "b"], "agent": "yes" });
        let gone = list.pop().unwrap();
        let mut new = gone;
        new["id"] = json!("new");
        new["name"] = json!("新的证明");
        list.push(new);
    });
    let details = &changes[0].details;
    let first = &example()["matters"][3]["materials"];
    let name = |i: usize| first[i]["name"].as_str().unwrap().to_owned();
    let last = first.as_array().unwrap().len() - 1;
    let what: Vec<_> = details.iter().map(|d| d.what.clone()).collect();
    assert!(what.contains(&format!("材料“{}”·受理标准", name(0))));
    let when = details.iter().find(|d| d.what == format!("材料“{}”·适用条件", name(1))).unwrap();
    assert!(matches!(when.after.as_deref(), Some("agent=yes且q1=a/b" | "q1=a/b且agent=yes")));
    assert!(details.contains(&detail("材料“新的证明”", None, Some("新增"))));
    assert!(details.contains(&detail(&format!("材料“{}”", name(last)), Some("取消"), None)));
}

#[test]
fn whole_matters_departments_years_and_bundles_come_and_go() {
    let changes = changes(|g| {
        let gone = g["matters"].as_array_mut().unwrap().remove(0);
        g["bundles"].as_array_mut().unwrap().clear();
        let mut new = gone;
        new["code"] = json!("NEW");
        new["name"] = json!("新事项");
        g["matters"].as_array_mut().unwrap().push(new);
        g["departments"][0]["phone"] = json!("0470-1111111");
        g["calendar"]["years"]["2027"]["status"] = json!("official");
        g["region"]["name"] = json!("别处");
    });
    let found =
        |subject, kind| changes.iter().filter(move |c| (c.subject, c.kind) == (subject, kind));
    assert_eq!(found(Subject::Matter, ChangeKind::Added).next().unwrap().name, "新事项");
    assert_eq!(found(Subject::Matter, ChangeKind::Removed).count(), 1);
    assert!(found(Subject::Bundle, ChangeKind::Removed).count() >= 1);
    let phone = found(Subject::Department, ChangeKind::Changed).next().unwrap();
    assert_eq!(phone.details[0].what, "咨询电话");
    let year = found(Subject::CalendarYear, ChangeKind::Changed).next().unwrap();
    assert_eq!(year.id, "2027");
    assert_eq!(year.details, [detail("状态", Some("推算"), Some("正式"))]);
    let region = found(Subject::Release, ChangeKind::Changed).next().unwrap();
    assert_eq!(region.details[0].what, "行政区划·名称");
}

/// Every leaf of the format that can be changed without breaking the types.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| leaves(v, format!("{path}/{k}"), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| leaves(v, format!("{path}/{i}"), found));
        }
        Value::String(_) | Value::Bool(_) | Value::Number(_) => found.push(path),
        Value::Null => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_any_value_goes_unseen(pick in any::<prop::sample::Index>()) {
        let old = example();
        let mut paths = Vec::new();
        leaves(&old, String::new(), &mut paths);
        paths.retain(|p| !["/release", "/issued_on", "/format"].contains(&p.as_str()));
        let path = &paths[pick.index(paths.len())];
        let mut new = old.clone();
        let leaf = new.pointer_mut(path).unwrap();
        *leaf = match leaf.take() {
            Value::Bool(b) => json!(!b),
            Value::Number(n) => json!((n.as_u64().unwrap() + 1) % 200),
            Value::String(s) => json!(format!("{s}改")),
            other => other,
        };
        // Values that the types do not take are the check's business.
        if let Ok(typed_new) = serde_json::from_value::<GuidePackage>(new) {
            let old = typed(&old);
            if typed_new != old {
                prop_assert!(!difference(&old, &typed_new).is_empty(), "{path}");
                prop_assert!(!difference(&typed_new, &old).is_empty(), "{path}");
            }
        }
    }
}
