use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::condition::tests::{any_condition, oracle};
use crate::fixture::{bare_matter, example};

const CHOICES: &[&str] = &["a", "b", "c"];

prop_compose! {
    /// Up to six questions, each perhaps depending on earlier ones, some choices ending the walk;
    /// and materials that depend on any of them.
    pub(crate) fn any_matter()(
        count in 1usize..6,
    )(
        whens in (0..count).map(|i| {
            let earlier = (0..i).map(|j| format!("q{j}")).chain(["agent".to_owned()]).collect();
            prop::option::of(any_condition(earlier, &["a", "b", "c", "yes", "no"]))
        }).collect::<Vec<_>>(),
        stops in prop::collection::vec(prop::bool::weighted(0.12), count * CHOICES.len()),
        materials in prop::collection::vec(
            prop::option::of(any_condition(
                (0..count).map(|j| format!("q{j}")).chain(["agent".to_owned()]).collect(),
                &["a", "b", "c", "yes", "no"],
            )),
            0..6,
        ),
    ) -> (Matter, Vec<Value>, Vec<Value>) {
        let mut matter = bare_matter();
        let pattern = example().matters[0].materials[0].clone();
        let whens: Vec<Value> = whens.into_iter().map(Option::unwrap_or_default).collect();
        let wanted: Vec<Value> = materials.into_iter().map(Option::unwrap_or_default).collect();
        matter.questions = whens.iter().enumerate().map(|(i, when)| {
            let choices: Vec<Value> = CHOICES.iter().enumerate().map(|(j, id)| {
                let stop = stops[i * CHOICES.len() + j].then(|| json!({
                    "outcome": "refused", "reason": "不符合条件",
                }));
                json!({"id": id, "text": id, "stop": stop})
            }).collect();
            serde_json::from_value(json!({
                "id": format!("q{i}"), "text": format!("问题{i}"), "when": when, "choices": choices,
            })).expect("a question")
        }).collect();
        matter.materials = wanted.iter().enumerate().map(|(i, when)| Material {
            id: format!("m{i}"),
            when: serde_json::from_value(when.clone()).expect("a condition"),
            ..pattern.clone()
        }).collect();
        (matter, whens, wanted)
    }
}

pub(crate) fn any_answers() -> impl Strategy<Value = Answers> {
    prop::collection::vec(prop::sample::select(CHOICES), 6).prop_map(|choices| {
        choices.iter().enumerate().map(|(i, c)| (format!("q{i}"), (*c).to_owned())).collect()
    })
}

/// The answer that counts, by the definition: an invisible question is unanswered.
fn effective(i: usize, whens: &[Value], given: &Answers, agent: bool) -> Option<String> {
    let answer = |question: &str| match question {
        "agent" => Some(if agent { "yes" } else { "no" }.to_owned()),
        other => {
            let j: usize = other[1..].parse().expect("a question");
            effective(j, whens, given, agent)
        }
    };
    oracle(whens.get(i)?, &answer).then(|| given.get(&format!("q{i}")).cloned()).flatten()
}

pub(crate) fn known(matter: &Matter, given: &Answers) -> Answers {
    let known = given.iter().filter(|(q, _)| matter.question(q).is_some());
    known.map(|(q, c)| (q.clone(), c.clone())).collect()
}

proptest! {
    #[test]
    fn the_walk_follows_the_definition(
        (matter, whens, wanted) in any_matter(), given in any_answers(), agent in any::<bool>(),
    ) {
        let given = known(&matter, &given);
        let walk = walk(&matter, &given, agent);
        prop_assert!(walk.is_complete());
        let asked: Vec<usize> =
            (0..matter.questions.len()).filter(|i| effective(*i, &whens, &given, agent).is_some()).collect();
        let stop = asked.iter().copied().find(|i| {
            let answer = &given[&format!("q{i}")];
            matter.questions[*i].choices.iter().any(|c| c.id == *answer && c.stop.is_some())
        });
        let visible: Vec<String> =
            asked.iter().filter(|i| stop.is_none_or(|s| **i <= s)).map(|i| format!("q{i}")).collect();
        let seen: Vec<String> = walk.visible.iter().map(|q| q.id.clone()).collect();
        prop_assert_eq!(seen, visible);
        prop_assert_eq!(walk.stopped.as_ref().map(|s| s.question.clone()), stop.map(|i| format!("q{i}")));
        if stop.is_none() {
            let answer = |q: &str| walk.answers.get(q).cloned();
            let expected: Vec<String> = wanted.iter().enumerate()
                .filter(|(_, when)| oracle(when, &answer)).map(|(i, _)| format!("m{i}")).collect();
            let found: Vec<String> =
                applicable(&matter, &walk.answers).iter().map(|m| m.id.clone()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    /// What is said to questions that are not asked, before or behind a stop, changes nothing.
    #[test]
    fn answers_that_are_not_asked_for_change_nothing(
        (matter, _, _) in any_matter(), given in any_answers(), other in any_answers(),
        drop in any::<bool>(), agent in any::<bool>(),
    ) {
        let given = known(&matter, &given);
        let first = walk(&matter, &given, agent);
        let mut changed = given.clone();
        for question in &matter.questions {
            if !first.visible.iter().any(|v| v.id == question.id) {
                if drop {
                    changed.shift_remove(&question.id);
                } else {
                    changed.insert(question.id.clone(), other[&question.id].clone());
                }
            }
        }
        prop_assert_eq!(&walk(&matter, &changed, agent), &first);
        // Nor does the order in which they were given.
        changed.reverse();
        prop_assert_eq!(walk(&matter, &changed, agent), first);
    }

    #[test]
    fn a_missing_answer_is_asked_for_in_its_place(
        (matter, _, _) in any_matter(), given in any_answers(), at in any::<prop::sample::Index>(),
    ) {
        let given = known(&matter, &given);
        let full = walk(&matter, &given, false);
        prop_assume!(!full.visible.is_empty());
        let asked = full.visible[at.index(full.visible.len())].id.clone();
        let mut less = given.clone();
        less.shift_remove(&asked);
        let faults = walk(&matter, &less, false).faults;
        prop_assert_eq!(faults[0].code, RefusalCode::Unanswered);
        prop_assert_eq!(&faults[0].field, &format!("answers.{asked}"));
        less.insert(asked.clone(), "zz".to_owned());
        let faults = walk(&matter, &less, false).faults;
        prop_assert_eq!(faults[0].code, RefusalCode::UnknownChoice);
        prop_assert_eq!(&faults[0].field, &format!("answers.{asked}"));
    }
}

#[test]
fn an_answer_to_no_question_is_refused_and_agent_is_not_taken_from_the_answers() {
    let mut matter = bare_matter();
    let given: Answers = [("zz".to_owned(), "a".to_owned())].into_iter().collect();
    let faults = walk(&matter, &given, false).faults;
    assert_eq!(faults[0].code, RefusalCode::UnknownQuestion);
    assert_eq!(faults[0].field, "answers.zz");

    matter.materials = vec![example().matters[0].materials[7].clone()];
    let lied: Answers = [("agent".to_owned(), "yes".to_owned())].into_iter().collect();
    let found = walk(&matter, &lied, false);
    assert!(found.is_complete());
    assert!(applicable(&matter, &found.answers).is_empty());
    assert_eq!(applicable(&matter, &walk(&matter, &lied, true).answers).len(), 1);
}

#[test]
fn only_what_the_guide_allows_may_stand_in() {
    let pattern = &example().matters[0].materials[0];
    for necessity in [Necessity::Required, Necessity::Optional, Necessity::Deferrable] {
        for commitment_allowed in [false, true] {
            for licence_reuse in [false, true] {
                let material =
                    Material { necessity, commitment_allowed, licence_reuse, ..pattern.clone() };
                for check in Check::ALL {
                    let allowed = match check {
                        Check::Deferred => necessity == Necessity::Deferrable,
                        Check::Committed => commitment_allowed,
                        Check::Licence => licence_reuse,
                        _ => true,
                    };
                    assert_eq!(check.obstacle(&material).is_none(), allowed, "{check:?}");
                }
            }
        }
    }
}

#[test]
fn names_of_checks_read_back() {
    for check in Check::ALL {
        assert_eq!(Check::parse(check.as_str()), Some(check));
        assert_eq!(serde_json::to_value(check).expect("JSON"), json!(check.as_str()));
    }
    assert_eq!(Check::parse("Present"), None);
}
