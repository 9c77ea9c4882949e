use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn read(value: Value) -> Condition {
    serde_json::from_value(value).expect("a condition")
}

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect()
}

#[test]
fn all_of_an_object_and_any_of_a_list() {
    let both = read(json!({"q1": "a", "q2": ["b", "c"]}));
    assert!(both.holds(&answers(&[("q1", "a"), ("q2", "c")])));
    assert!(!both.holds(&answers(&[("q1", "a"), ("q2", "a")])));
    assert!(!both.holds(&answers(&[("q1", "a")])));
    let either = read(json!([{"q1": "c"}, {"q2": "b"}]));
    assert!(either.holds(&answers(&[("q2", "b")])));
    assert!(either.holds(&answers(&[("q1", "c"), ("q2", "a")])));
    assert!(!either.holds(&answers(&[("q1", "a"), ("q2", "a")])));
    assert!(holds(None, &Answers::new()));
    // Nothing asked for always holds; a list of nothing never does.
    assert!(read(json!({})).holds(&Answers::new()));
    assert!(!read(json!([])).holds(&answers(&[("q1", "a")])));
}

#[test]
fn the_choices_named_can_be_listed() {
    let condition = read(json!([{"q1": "a"}, {"q2": ["b", "c"]}]));
    let named: Vec<&str> = condition
        .clauses()
        .iter()
        .flat_map(|clause| clause.values())
        .flat_map(Wanted::choices)
        .map(String::as_str)
        .collect();
    assert_eq!(named, ["a", "b", "c"]);
}

#[test]
fn a_condition_is_explained_in_the_words_of_its_matter() {
    let matter = &crate::fixture::example().matters[8];
    assert_eq!(matter.name, "食品经营许可（新办）");
    for (when, words) in [
        (json!({"agent": "yes"}), "由他人代办时"),
        (json!({"agent": ["no"]}), "由本人办理时"),
        (json!({"agent": ["yes", "no"]}), "由他人代办或者由本人办理时"),
        (json!({"q1": ["a", "b"]}), "“主体业态”为“食品销售”或者“餐饮服务”时"),
        (json!({"q1": "b", "agent": "yes"}), "“主体业态”为“餐饮服务”，且由他人代办时"),
        (
            json!([{"q1": "c"}, {"q5": "b"}]),
            "“主体业态”为“单位食堂”时，或者“是否用自动设备经营”为“是”时",
        ),
        (json!({"q9": "z"}), "“q9”为“z”时"),
        (json!({}), "任何情形下"),
        (json!([]), "没有适用的情形"),
    ] {
        assert_eq!(read(when).explain(matter), words);
    }
}

#[test]
fn every_condition_of_the_example_is_explained_without_an_id() {
    for matter in &crate::fixture::example().matters {
        for when in matter.materials.iter().filter_map(|m| m.when.as_ref()) {
            let words = when.explain(matter);
            assert!(!words.contains("“q") && !words.contains("agent"), "{}: {words}", matter.name);
        }
    }
}

/// A condition as JSON, for which [`oracle`] says whether it holds.
pub(crate) fn any_condition(
    questions: Vec<String>,
    choices: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    let choice = prop::sample::select(choices).prop_map(|c| json!(c));
    let wanted =
        prop_oneof![choice.clone(), prop::collection::vec(choice, 0..3).prop_map(Value::Array),];
    let clause = prop::collection::vec((prop::sample::select(questions), wanted), 0..3)
        .prop_map(|pairs| Value::Object(pairs.into_iter().collect()));
    prop_oneof![clause.clone(), prop::collection::vec(clause, 0..3).prop_map(Value::Array)]
}

/// FORMAT.md read word by word, on the JSON itself.
pub(crate) fn oracle(when: &Value, answer: &dyn Fn(&str) -> Option<String>) -> bool {
    match when {
        Value::Null => true,
        Value::Array(any) => any.iter().any(|clause| oracle(clause, answer)),
        Value::Object(all) => all.iter().all(|(question, wanted)| {
            let Some(given) = answer(question) else { return false };
            match wanted {
                Value::Array(list) => list.contains(&json!(given)),
                one => *one == json!(given),
            }
        }),
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_condition_means_what_the_format_says(
        when in any_condition(vec!["q1".into(), "q2".into(), "q3".into(), "agent".into()], &["a", "b", "c"]),
        given in prop::collection::hash_map("q[123]|agent", "[abc]", 0..4),
    ) {
        let given: Answers = given.into_iter().collect();
        let expected = oracle(&when, &|q| given.get(q).cloned());
        prop_assert_eq!(read(when.clone()).holds(&given), expected);
        // Written again it is the same JSON.
        prop_assert_eq!(serde_json::to_value(read(when.clone())).expect("JSON"), when);
    }
}
