use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::bundle::Spared;
use crate::bundle::tests::{members, pair};
use crate::checklist::tests::{any_answers, any_matter};
use crate::matter::{Necessity, Stop, StopOutcome};

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect()
}

fn names(enquiry: &JointEnquiry<'_>) -> Vec<String> {
    enquiry.materials.iter().map(|row| row.material.name.clone()).collect()
}

/// One matter of several: what it asks and wants, whether it allows an agent, and for each material
/// its copies and which of four names it has.
type Made = (Matter, bool, Vec<(u8, usize)>);

fn member((at, (mut matter, agent, drawn)): (usize, Made)) -> Matter {
    const NAMES: [&str; 4] = ["身份证", "户口簿", "申请表", "授权委托书"];
    matter.code = format!("M{at}");
    matter.name = format!("事项{at}");
    matter.agent_allowed = agent;
    // The same words have another id in every matter.
    let count = matter.questions.len();
    for (i, question) in matter.questions.iter_mut().enumerate() {
        question.text = format!("问题{}", (i + at) % count);
        for (j, choice) in question.choices.iter_mut().enumerate() {
            choice.text = format!("选项{}", (j + at) % 3);
        }
    }
    for (material, (copies, name)) in matter.materials.iter_mut().zip(drawn) {
        material.copies = copies;
        material.name = NAMES[name].to_owned();
        material.reference = None;
    }
    matter
}

/// Matters whose questions and materials are partly the same: a question of one is asked in
/// another under other conditions, a choice ends one and not the other.
fn any_members() -> impl Strategy<Value = Vec<Matter>> {
    let drawn = prop::collection::vec((0u8..4, 0usize..4), 6);
    let made = (any_matter().prop_map(|(matter, _, _)| matter), any::<bool>(), drawn);
    prop::collection::vec(made, 1..4)
        .prop_map(|made| made.into_iter().enumerate().map(member).collect())
}

/// What a matter is told where each of its questions has the answer of the bundle's question of
/// the same text: an oracle that knows questions by their words alone.
fn by_words(matter: &Matter, joint: &Joint<'_>, given: &Answers) -> Answers {
    let said = |q: &Question| -> Option<String> {
        let shown = joint.questions.iter().map(|one| &one.shown).find(|one| one.text == q.text)?;
        let answer = given.get(&shown.id)?;
        let text = &shown.choices.iter().find(|c| c.id == *answer)?.text;
        q.choices.iter().find(|c| c.text == *text).map(|c| c.id.clone())
    };
    matter.questions.iter().filter_map(|q| Some((q.id.clone(), said(q)?))).collect()
}

/// Some of the answers, for the bundle's questions.
fn told(joint: &Joint<'_>, chosen: &[Option<&'static str>]) -> Answers {
    let mut given = Answers::new();
    for (question, choice) in joint.questions.iter().zip(chosen.iter().cycle()) {
        given.extend(choice.map(|choice| (question.shown.id.clone(), choice.to_owned())));
    }
    given
}

fn some_choices() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    prop::collection::vec(prop::option::of(prop::sample::select(&["a", "b", "c"][..])), 6)
}

proptest! {
    /// Whatever was told, the joint list names everything that an enquiry about each matter alone
    /// names, once, with the same words, as much of it as the strictest wants; and nothing else.
    #[test]
    fn the_joint_list_is_what_each_matter_alone_would_ask_for(
        members in any_members(), chosen in some_choices(), agent in prop::option::of(any::<bool>()),
    ) {
        let joint = Joint::of("一件事", "M0", members.iter().collect());
        let mut given = told(&joint, &chosen);
        let allowed = members.iter().all(|m| m.agent_allowed);
        let agent = agent.map(|yes| if yes && allowed { "yes" } else { "no" });
        given.extend(agent.map(|answer| (AGENT_QUESTION.to_owned(), answer.to_owned())));
        let enquiry = joint.enquire(&given).expect("an enquiry");

        let mut expected: Vec<(usize, String, Option<String>)> = Vec::new();
        let mut asked: HashSet<String> = HashSet::new();
        let mut settled = true;
        for (at, matter) in members.iter().enumerate() {
            let mut own = by_words(matter, &joint, &given);
            let agent = if allowed { agent } else { Some("no") };
            own.extend(agent.map(|answer| (AGENT_QUESTION.to_owned(), answer.to_owned())));
            let alone = enquire(matter, &own).expect("alone");
            asked.extend(alone.questions.iter().filter(|q| q.id != AGENT_QUESTION).map(|q| q.text.clone()));
            let open = alone.questions.iter().any(|q| !alone.answers.contains_key(&q.id));
            settled &= !open;
            prop_assert_eq!(enquiry.part(at).expect("a part").stopped.is_some(), alone.stopped.is_some());
            for prospect in &alone.materials {
                let words = prospect.when.as_ref().map(|when| when.explain(matter));
                let joint_id = joint.joint_id(at, &prospect.material.id).expect("a joint id");
                let row: Vec<_> = enquiry.materials.iter().filter(|row| row.material.id == *joint_id).collect();
                prop_assert_eq!(row.len(), 1, "named once");
                prop_assert!(row[0].material.copies >= prospect.material.copies);
                if words.is_none() { prop_assert!(row[0].when.is_none()); }
                expected.push((at, prospect.material.id.clone(), words));
            }
        }
        let mut found: Vec<(usize, String, Option<String>)> = Vec::new();
        for row in &enquiry.materials {
            prop_assert!(!row.wants.is_empty());
            prop_assert_eq!(row.when.is_none(), row.wants.iter().any(|want| want.when.is_none()));
            let most = row.wants.iter().filter_map(|w| members[w.member].material(&w.id)).map(|m| m.copies).max();
            prop_assert_eq!(Some(row.material.copies), most);
            found.extend(row.wants.iter().map(|want| {
                (want.member, want.id.clone(), want.when.as_ref().map(|when| joint.explain(when)))
            }));
        }
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        let shown: Vec<String> = enquiry.questions.iter().filter(|q| q.id != AGENT_QUESTION).map(|q| q.text.clone()).collect();
        prop_assert_eq!(shown.len(), asked.len(), "each question once");
        prop_assert_eq!(shown.into_iter().collect::<HashSet<_>>(), asked);
        prop_assert_eq!(enquiry.is_settled(), settled);
        let ids: HashSet<_> = enquiry.materials.iter().map(|row| &row.material.id).collect();
        prop_assert_eq!(ids.len(), enquiry.materials.len());
    }

    /// However the open questions will be answered, the draft of the bundle then asks for exactly
    /// what the enquiry said: what it listed without a condition, and with one that holds.
    #[test]
    fn what_was_told_is_what_the_draft_will_ask_for(
        members in any_members(), chosen in some_choices(), later in any_answers(),
        agent in prop::option::of(any::<bool>()), then_agent in any::<bool>(),
    ) {
        let joint = Joint::of("一件事", "M0", members.iter().collect());
        let allowed = members.iter().all(|m| m.agent_allowed);
        let mut given = told(&joint, &chosen);
        if let Some(agent) = agent.filter(|_| allowed) {
            given.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
        }
        let enquiry = joint.enquire(&given).expect("an enquiry");

        let mut complete = Answers::new();
        for (question, choice) in joint.questions.iter().zip(later.values().cycle()) {
            complete.insert(question.shown.id.clone(), choice.clone());
        }
        // What did not count was not told.
        complete.extend(enquiry.answers.clone());
        complete.shift_remove(AGENT_QUESTION);
        let walk = joint.walk(&complete, allowed && agent.unwrap_or(then_agent));
        let rows = joint.applicable(&walk);
        let mut all = Answers::new();
        let mut expected: Vec<(MaterialId, Vec<usize>)> = Vec::new();
        for (member, part) in walk.parts.iter().filter(|(_, part)| part.stopped.is_none()) {
            for (id, choice) in &part.answers {
                let (id, choice) = joint.in_joint(*member, id, &Wanted::One(choice.clone()));
                all.insert(id, choice.choices()[0].clone());
            }
            prop_assert!(enquiry.part(*member).expect("a part").stopped.is_none());
        }
        for row in &enquiry.materials {
            let holds = |want: &&Want| {
                let (_, part) = walk.parts.iter().find(|(member, _)| *member == want.member).expect("a part");
                let own = &enquiry.part(want.member).expect("a part").materials;
                let own = own.iter().find(|p| p.material.id == want.id).expect("its own");
                part.stopped.is_none() && own.when.as_ref().is_none_or(|when| when.holds(&part.answers))
            };
            let parts: Vec<usize> = row.wants.iter().filter(holds).map(|want| want.member).collect();
            if !parts.is_empty() {
                prop_assert!(row.when.as_ref().is_none_or(|when| when.holds(&all)), "the words say so");
                expected.push((row.material.id.clone(), parts));
            }
        }
        let asked: Vec<(MaterialId, Vec<usize>)> = rows.iter().map(|row| {
            (row.material.id.clone(), row.parts.iter().map(|(member, _)| *member).collect())
        }).collect();
        prop_assert_eq!(asked, expected);
        for row in &rows {
            let listed = enquiry.materials.iter().find(|one| one.material.id == row.material.id);
            let listed = listed.expect("among it");
            prop_assert!(listed.material.copies >= row.material.copies);
            prop_assert!(listed.material.originals >= row.material.originals);
        }
    }

    /// The bundles that the example can make: told in full it is the walk of the draft, nothing
    /// depends on anything, and what is spared is what the draft says.
    #[test]
    fn fully_told_it_is_the_draft(
        members in members(), picks in prop::collection::vec(0usize..7, 100), agent in any::<bool>(),
    ) {
        let joint = Joint::of("一件事", &members[0].code, members.clone());
        let mut given = Answers::new();
        let agent = agent && joint.agent_allowed();
        given.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
        let mut picks = picks.into_iter().cycle();
        loop {
            let enquiry = joint.enquire(&given).expect("an enquiry");
            let open = enquiry.questions.iter().find(|q| !enquiry.answers.contains_key(&q.id));
            let Some(open) = open else { break };
            let choice = &open.choices[picks.next().expect("endless") % open.choices.len()];
            given.insert(open.id.clone(), choice.id.clone());
        }
        let enquiry = joint.enquire(&given).expect("an enquiry");
        let mut answers = enquiry.answers.clone();
        answers.shift_remove(AGENT_QUESTION);
        let walk = joint.walk(&answers, agent);
        prop_assert!(walk.is_complete());
        let rows = joint.applicable(&walk);
        prop_assert_eq!(enquiry.live().collect::<Vec<_>>(), walk.live().collect::<Vec<_>>());
        let listed: Vec<&Material> = enquiry.materials.iter().map(|row| &row.material).collect();
        let asked: Vec<&Material> = rows.iter().map(|row| &row.material).collect();
        prop_assert_eq!(listed, asked);
        prop_assert!(enquiry.materials.iter().all(|row| row.when.is_none()));
        prop_assert_eq!(joint.spared(&enquiry), joint.savings(&walk, &rows));
        let with_agent = usize::from(joint.agent_allowed());
        prop_assert_eq!(enquiry.questions.len(), walk.questions.len() + with_agent);
        prop_assert_eq!(enquiry.situation().count(), enquiry.questions.len());
    }
}

#[test]
fn with_nothing_told_each_question_and_each_material_stands_there_once() {
    let (mut one, mut two) = pair();
    one.materials[0].when = Some(serde_json::from_str(r#"{"q1":"a"}"#).expect("a condition"));
    two.materials[0].when = Some(serde_json::from_str(r#"{"q8":"j"}"#).expect("a condition"));
    two.materials[0].necessity = Necessity::Optional;
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let open = joint.enquire(&Answers::new()).expect("an enquiry");
    let asked: Vec<_> = open.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(asked, ["agent", "A:q1", "B:q7"]);
    assert_eq!(names(&open), ["居民户口簿", "申请表甲", "申请表乙"]);
    let book = &open.materials[0];
    assert_eq!((book.material.copies, book.wants.len()), (2, 2));
    assert_eq!(book.material.necessity, Necessity::Required);
    // The same choice of the same question has another id there; it is said once.
    let when = book.when.as_ref().map(|when| joint.explain(when));
    assert_eq!(when.as_deref(), Some("“是否本地户籍”为“是”时"));
    assert_eq!(joint.spared(&open).materials, Spared { apart: 4, joint: 3 });
    assert!(!open.is_settled());

    let told = answers(&[("agent", "no"), ("A:q1", "b"), ("B:q7", "x")]);
    let told = joint.enquire(&told).expect("an enquiry");
    assert!(told.is_settled());
    assert_eq!(names(&told), ["申请表甲", "申请表乙"], "it can't apply any more");
}

#[test]
fn what_one_matter_surely_wants_depends_on_nothing() {
    let (one, mut two) = pair();
    two.materials[0].when = Some(serde_json::from_str(r#"{"q7":"x"}"#).expect("a condition"));
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let open = joint.enquire(&Answers::new()).expect("an enquiry");
    let book = &open.materials[0];
    assert_eq!(book.when, None);
    let wants: Vec<_> =
        book.wants.iter().map(|w| w.when.as_ref().map(|when| joint.explain(when))).collect();
    assert_eq!(wants, [None, Some("“婚姻情况”为“已婚”时".to_owned())]);
}

#[test]
fn a_choice_that_ends_one_matter_says_so_and_ends_no_other() {
    let (mut one, two) = pair();
    one.questions[0].choices[1].stop = Some(Stop {
        outcome: StopOutcome::OutOfScope,
        reason: "由户籍地办理".to_owned(),
        refer_to: String::new(),
    });
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let enquiry = joint.enquire(&answers(&[("A:q1", "b")])).expect("an enquiry");
    let stopped = enquiry.part(0).and_then(|part| part.stopped.as_ref()).expect("a stop");
    assert_eq!(stopped.stop.reason, "由户籍地办理");
    assert_eq!(enquiry.live().collect::<Vec<_>>(), [1]);
    assert_eq!(names(&enquiry), ["居民户口簿", "申请表乙"]);
    assert_eq!(joint.promised(enquiry.live()), None, "its lead is not taken");
    assert_eq!(joint.promised([0, 1].into_iter()), one.promised_limit);
    let asked: Vec<_> = enquiry.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(asked, ["agent", "A:q1", "B:q7"], "the other is still asked");
}

#[test]
fn what_is_left_out_is_neither_asked_nor_listed() {
    let (one, two) = pair();
    let joint = Joint::of("一件事", "B", vec![&one, &two]).taking(&[]);
    let told = answers(&[("A:q1", "b"), ("B:q7", "x")]);
    let enquiry = joint.enquire(&told).expect("an enquiry");
    assert_eq!(names(&enquiry), ["居民户口簿", "申请表乙"]);
    assert_eq!(enquiry.materials[0].wants.len(), 1);
    assert!(enquiry.part(0).is_none());
}

#[test]
fn what_the_bundle_does_not_have_is_refused_with_its_place() {
    let (one, mut two) = pair();
    let refused = |joint: &Joint<'_>, given: &[(&str, &str)]| {
        let fault = joint.enquire(&answers(given)).expect_err("a refusal");
        (fault.code, fault.field, fault.message)
    };
    {
        let joint = Joint::of("一件事", "A", vec![&one, &two]);
        let (code, field, _) = refused(&joint, &[("q1", "a")]);
        assert_eq!((code, field.as_str()), (RefusalCode::UnknownQuestion, "answers.q1"));
        let (code, field, _) = refused(&joint, &[("B:q7", "z")]);
        assert_eq!((code, field.as_str()), (RefusalCode::UnknownChoice, "answers.B:q7"));
        let (code, field, _) = refused(&joint, &[("agent", "maybe")]);
        assert_eq!((code, field.as_str()), (RefusalCode::UnknownChoice, "answers.agent"));
        assert!(joint.enquire(&answers(&[("agent", "yes")])).is_ok());
    }
    two.agent_allowed = false;
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let (code, field, message) = refused(&joint, &[("agent", "yes")]);
    assert_eq!((code, field.as_str()), (RefusalCode::AgentNotAllowed, "answers.agent"));
    assert!(message.contains("事项B"), "{message}");
    let enquiry = joint.enquire(&Answers::new()).expect("an enquiry");
    assert_eq!(enquiry.answers.get("agent").map(String::as_str), Some("no"));
    assert!(enquiry.questions.iter().all(|q| q.id != "agent"));
    let without = joint.taking(&["A".to_owned()]);
    assert!(without.enquire(&answers(&[("agent", "yes")])).is_ok(), "left out, it minds nobody");
}

#[test]
fn conditions_that_ask_for_more_than_another_are_not_said_beside_it() {
    let condition = |text: &str| serde_json::from_str::<Condition>(text).expect("a condition");
    let (more, less) = (condition(r#"{"q1":"a","q2":"b"}"#), condition(r#"{"q1":"a"}"#));
    assert_eq!(any_of([Some(&more), Some(&less)].into_iter()), Some(less.clone()));
    assert_eq!(any_of([Some(&less), Some(&more)].into_iter()), Some(less.clone()));
    assert_eq!(any_of([Some(&less), None].into_iter()), None);
    let other = condition(r#"{"q1":"c"}"#);
    let both = any_of([Some(&less), Some(&other)].into_iter()).expect("a condition");
    assert_eq!(both.clauses().len(), 2);
}
