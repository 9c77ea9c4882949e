use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::checklist::tests::any_matter;
use crate::fixture::example;

/// Every full set of answers, asked or not, walked: the slow way to the same situations.
fn by_force(matter: &Matter) -> BTreeSet<(Vec<(String, String)>, bool)> {
    let mut every = vec![Answers::new()];
    for question in &matter.questions {
        every = every
            .into_iter()
            .flat_map(|given| {
                question.choices.iter().map(move |choice| {
                    let mut given = given.clone();
                    given.insert(question.id.clone(), choice.id.clone());
                    given
                })
            })
            .collect();
    }
    let agents: &[bool] = if matter.agent_allowed { &[false, true] } else { &[false] };
    let walks = every.iter().flat_map(|given| agents.iter().map(|a| walk(matter, given, *a)));
    walks.map(|w| (sorted(&w.answers), w.stopped.is_some())).collect()
}

fn sorted(answers: &Answers) -> Vec<(String, String)> {
    let mut answers: Vec<_> = answers.clone().into_iter().collect();
    answers.sort();
    answers
}

proptest! {
    #[test]
    fn they_are_what_trying_every_answer_finds((matter, _, _) in any_matter()) {
        let found = situations(&matter, 10_000).unwrap();
        let set: BTreeSet<_> = found.iter().map(|s| (sorted(&s.answers), s.stopped)).collect();
        prop_assert_eq!(set.len(), found.len(), "none comes twice");
        prop_assert_eq!(set, by_force(&matter));
    }
}

#[test]
fn a_matter_that_nobody_could_look_through_is_left_alone() {
    let mut matter = example().matters[0].clone();
    let question = matter.questions.iter().find(|q| q.when.is_none()).unwrap().clone();
    matter.questions = (0..40)
        .map(|i| {
            let mut question = question.clone();
            question.id = format!("q{i}");
            question.choices.iter_mut().for_each(|c| c.stop = None);
            question
        })
        .collect();
    assert_eq!(situations(&matter, 1000), None);
}
