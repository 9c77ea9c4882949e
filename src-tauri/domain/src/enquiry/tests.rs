use proptest::prelude::*;

use super::*;
use crate::checklist::tests::{any_answers, any_matter, known};
use crate::checklist::{applicable, walk};
use crate::fixture::example;

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect()
}

fn by_name(part: &str) -> &'static Matter {
    example().matters.iter().find(|m| m.name.contains(part)).expect(part)
}

fn ids(enquiry: &Enquiry<'_>) -> Vec<String> {
    enquiry.materials.iter().map(|p| p.material.id.clone()).collect()
}

proptest! {
    /// However the open questions will be answered, the case then asks for exactly what the
    /// enquiry said: what it listed without a condition, and what it listed with one that holds.
    #[test]
    fn what_was_told_is_what_the_case_will_ask_for(
        (mut matter, _, _) in any_matter(), first in any_answers(), later in any_answers(),
        told in prop::collection::vec(any::<bool>(), 6), agent in prop::option::of(any::<bool>()),
        then_agent in any::<bool>(), allowed in any::<bool>(),
    ) {
        matter.agent_allowed = allowed;
        let mut given: Answers = known(&matter, &first).into_iter()
            .zip(&told).filter(|(_, told)| **told).map(|(answer, _)| answer).collect();
        if let (Some(agent), true) = (agent, allowed) {
            given.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
        }
        let enquiry = enquire(&matter, &given).expect("an enquiry");

        let mut complete = known(&matter, &later);
        complete.extend(given.clone());
        let case = walk(&matter, &complete, allowed && agent.unwrap_or(then_agent));
        if enquiry.stopped.is_some() {
            prop_assert!(case.stopped.is_some());
            prop_assert!(enquiry.materials.is_empty());
        } else if case.stopped.is_none() {
            let told: Vec<&str> = enquiry.materials.iter()
                .filter(|p| p.when.as_ref().is_none_or(|when| when.holds(&case.answers)))
                .map(|p| p.material.id.as_str()).collect();
            let asked: Vec<&str> =
                applicable(&matter, &case.answers).iter().map(|m| m.id.as_str()).collect();
            prop_assert_eq!(told, asked);
        }
    }

    /// With every question answered it is the walk of a case, and nothing depends on anything.
    #[test]
    fn fully_told_it_is_the_walk(
        (mut matter, _, _) in any_matter(), given in any_answers(), agent in any::<bool>(),
    ) {
        matter.agent_allowed = true;
        let mut given = known(&matter, &given);
        let case = walk(&matter, &given, agent);
        given.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
        let enquiry = enquire(&matter, &given).expect("an enquiry");
        prop_assert!(enquiry.is_settled());
        prop_assert_eq!(&enquiry.stopped, &case.stopped);
        prop_assert_eq!(&enquiry.answers, &case.answers);
        let asked: Vec<&str> = case.visible.iter().map(|q| q.id.as_str()).collect();
        let shown: Vec<&str> = enquiry.questions.iter().skip(1).map(|q| q.id.as_str()).collect();
        prop_assert_eq!(shown, asked);
        prop_assert!(enquiry.materials.iter().all(|p| p.when.is_none()));
        prop_assert_eq!(enquiry.situation().count(), enquiry.questions.len());
    }
}

#[test]
fn with_nothing_told_every_material_is_listed_with_its_condition() {
    for matter in &example().matters {
        let enquiry = enquire(matter, &Answers::new()).expect("an enquiry");
        let agent =
            |m: &Material| m.when.as_ref().is_some_and(|w| w.clauses()[0].contains_key("agent"));
        let expected = matter.materials.iter().filter(|m| matter.agent_allowed || !agent(m));
        let expected: Vec<String> = expected.map(|m| m.id.clone()).collect();
        assert_eq!(ids(&enquiry), expected, "{}", matter.name);
        for prospect in &enquiry.materials {
            assert_eq!(prospect.when, prospect.material.when);
        }
        assert_eq!(enquiry.situation().count(), 0);
    }
}

#[test]
fn an_answer_takes_out_what_it_excludes_and_what_it_settles() {
    // 急诊证明 is asked for where q1 is 急诊 and q5, asked only of those treated elsewhere, is 未备案.
    let matter = by_name("手工（零星）报销");
    let when = |given: &[(&str, &str)]| {
        let enquiry = enquire(matter, &answers(given)).expect("an enquiry");
        let found = enquiry.materials.into_iter().find(|p| p.material.name == "急诊证明");
        found.map(|p| p.when.map(|when| when.explain(matter)))
    };
    let both = "“报销哪一类费用”为“急诊”，且“外地就医是否已备案”为“未备案，今天补办”时";
    assert_eq!(when(&[]), Some(Some(both.to_owned())));
    let rest = "“外地就医是否已备案”为“未备案，今天补办”时";
    assert_eq!(when(&[("q1", "c")]), Some(Some(rest.to_owned())));
    assert_eq!(when(&[("q1", "b")]), None);
    assert_eq!(when(&[("q1", "c"), ("q4", "a")]), None, "the question will not be asked");
    assert_eq!(when(&[("q1", "c"), ("q4", "b"), ("q5", "b")]), Some(None));
}

#[test]
fn a_stop_ends_the_enquiry_with_its_reason() {
    let matter = by_name("居民基本养老保险参保");
    let enquiry = enquire(matter, &answers(&[("q1", "b")])).expect("an enquiry");
    let stopped = enquiry.stopped.as_ref().expect("a stop");
    assert_eq!(stopped.choice_text, "在校学生");
    assert!(enquiry.materials.is_empty() && enquiry.is_settled());
}

#[test]
fn what_the_matter_does_not_have_is_refused_with_its_place() {
    let matter = by_name("居民身份证");
    assert!(!matter.agent_allowed);
    let refused = |given: &[(&str, &str)]| {
        let refusal = enquire(matter, &answers(given)).expect_err("a refusal");
        (refusal.code, refusal.field)
    };
    assert_eq!(refused(&[("q9", "a")]), (RefusalCode::UnknownQuestion, "answers.q9".to_owned()));
    assert_eq!(refused(&[("q1", "z")]), (RefusalCode::UnknownChoice, "answers.q1".to_owned()));
    let agent = (RefusalCode::AgentNotAllowed, "answers.agent".to_owned());
    assert_eq!(refused(&[("agent", "yes")]), agent);
    let pension = by_name("居民基本养老保险参保");
    let refusal = enquire(pension, &answers(&[("agent", "maybe")])).expect_err("a refusal");
    assert_eq!(refusal.code, RefusalCode::UnknownChoice);
}
