use proptest::prelude::*;

use super::*;
use crate::applicant::{ApplicantInput, ApplicantKind, PartyInput};
use crate::checklist::{self, Check};
use crate::determination::Outcome;
use crate::fixture::{bare_matter, date, example};
use crate::intake::{self, CheckInput, Intake};
use crate::matter::{
    Choice, LimitUnit, Material, MaterialHandling, MaterialReference, Necessity, Question,
};
use crate::refusal::RefusalCode;

const CALENDAR_DAY: &str = "2026-03-02";

fn material(id: &str, name: &str) -> Material {
    let mut material = example().matters[0].materials[0].clone();
    material.id = id.to_owned();
    material.name = name.to_owned();
    material.when = None;
    material.necessity = Necessity::Required;
    material.licence_reuse = false;
    material.commitment_allowed = false;
    (material.originals, material.copies) = (1, 0);
    material.handling = MaterialHandling::KeepOriginal;
    material.standard = String::new();
    material
}

fn question(id: &str, text: &str, choices: &[(&str, &str)]) -> Question {
    let choice = |(id, text): &(&str, &str)| Choice {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        stop: None,
    };
    Question {
        id: id.to_owned(),
        text: text.to_owned(),
        when: None,
        choices: choices.iter().map(choice).collect(),
    }
}

fn matter(code: &str, days: u16) -> Matter {
    let mut matter = bare_matter();
    matter.code = code.to_owned();
    matter.name = format!("事项{code}");
    matter.audience = vec![ApplicantKind::Person];
    matter.promised_limit = Some(Limit { value: days, unit: LimitUnit::Workdays });
    matter.statutory_limit = None;
    matter.agent_allowed = true;
    matter
}

/// Somebody who comes for that person.
fn helper() -> PartyInput {
    let party = PartyInput { name: "李四".to_owned(), ..person().party };
    PartyInput { id_type: "passport".to_owned(), id_number: "E87654321".to_owned(), ..party }
}

fn person() -> ApplicantInput {
    ApplicantInput {
        kind: "person".to_owned(),
        party: PartyInput {
            name: "王䶮".to_owned(),
            id_type: "resident-id".to_owned(),
            id_number: "150785190105180023".to_owned(),
            phone: None,
            address: None,
        },
    }
}

fn typed(answers: &[(&str, &str)], materials: &[(&str, &str)]) -> Intake {
    Intake {
        filed_on: CALENDAR_DAY.to_owned(),
        answers: answers.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect(),
        applicant: person(),
        materials: materials
            .iter()
            .map(|(id, check)| CheckInput {
                id: (*id).to_owned(),
                check: (*check).to_owned(),
                reason: String::new(),
            })
            .collect(),
        ..Intake::default()
    }
}

/// Two matters with one question and two materials in common, by names that two editors wrote.
pub(super) fn pair() -> (Matter, Matter) {
    let (mut one, mut two) = (matter("A", 3), matter("B", 20));
    one.questions = vec![question("q1", "是否本地户籍？", &[("a", "是"), ("b", "否")])];
    two.questions = vec![
        question("q7", "婚姻情况？", &[("x", "已婚"), ("y", "未婚")]),
        question("q8", "是否 本地户籍?", &[("n", "否"), ("j", "是")]),
    ];
    one.materials = vec![material("m1", "居民户口簿"), material("m2", "申请表甲")];
    two.materials = vec![material("m5", "居民 户口簿"), material("m6", "申请表乙")];
    two.materials[0].copies = 2;
    two.materials[0].handling = MaterialHandling::VerifyOriginalKeepCopy;
    (one, two)
}

#[test]
fn a_question_of_both_is_asked_once_and_answers_both() {
    let (one, two) = pair();
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let open = joint.walk(&typed(&[], &[]).answers, false);
    let asked: Vec<_> = open.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(asked, ["A:q1", "B:q7"]);
    assert_eq!(open.faults.len(), 2);

    let walk = joint.walk(&typed(&[("A:q1", "b"), ("B:q7", "x")], &[]).answers, false);
    assert!(walk.is_complete());
    assert_eq!(walk.parts[0].1.answers["q1"], "b");
    assert_eq!(walk.parts[1].1.answers["q8"], "n", "the same choice has another id there");
}

#[test]
fn a_material_of_both_is_brought_once_as_the_stricter_wants_it() {
    let (one, two) = pair();
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let walk = joint.walk(&typed(&[("A:q1", "a"), ("B:q7", "x")], &[]).answers, false);
    let rows = joint.applicable(&walk);
    let names: Vec<_> = rows.iter().map(|r| r.material.name.as_str()).collect();
    assert_eq!(names, ["居民户口簿", "申请表甲", "申请表乙"]);
    assert_eq!((rows[0].material.originals, rows[0].material.copies), (1, 2));
    assert_eq!(rows[0].material.handling, MaterialHandling::KeepBoth);
    let savings = joint.savings(&walk, &rows);
    assert_eq!(savings.materials, Spared { apart: 4, joint: 3 });
    assert_eq!(
        savings.steps,
        Spared { apart: 10, joint: 7 },
        "only the departments' steps stay apart"
    );
}

#[test]
fn only_the_guide_joins_materials_of_different_names() {
    let (mut one, mut two) = pair();
    for material in [&mut one.materials[1], &mut two.materials[1]] {
        let common =
            MaterialReference { common_name: "申请表".to_owned(), ..Default::default() };
        material.reference = Some(Box::new(common));
    }
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let walk = joint.walk(&typed(&[("A:q1", "a"), ("B:q7", "x")], &[]).answers, false);
    let names: Vec<_> = joint.applicable(&walk).into_iter().map(|r| r.material.name).collect();
    assert_eq!(names, ["居民户口簿", "申请表"]);
}

#[test]
fn ids_stay_when_a_matter_is_left_out_and_the_lead_can_not_be() {
    let (one, two) = pair();
    let joint = Joint::of("一件事", "B", vec![&one, &two]).taking(&[]);
    assert_eq!(joint.taken().collect::<Vec<_>>(), [1]);
    let walk = joint.walk(&typed(&[("A:q1", "a"), ("B:q7", "x")], &[]).answers, false);
    assert!(walk.is_complete());
    let ids: Vec<_> = joint.applicable(&walk).into_iter().map(|r| r.material.id).collect();
    assert_eq!(ids, ["A:m1", "B:m6"]);
}

#[test]
fn the_bundle_promises_what_its_lead_does_unless_the_law_wants_it_sooner() {
    let calendar = &example().calendar;
    let on = date(CALENDAR_DAY);
    let (mut one, mut two) = (matter("A", 3), matter("B", 20));
    let due = |lead: &Matter, of: &Matter| {
        due_within(promise(lead), of, calendar, on).map(|d| d.limit.value)
    };
    assert_eq!(due(&two, &one), Some(20), "the lead's, also where it is longer");
    assert_eq!(due(&one, &two), Some(3));
    one.statutory_limit = Some(Limit { value: 10, unit: LimitUnit::Workdays });
    assert_eq!(due(&two, &one), Some(10), "no promise moves the law");
    two.promised_limit = None;
    assert_eq!(due(&two, &one), Some(3), "without a promise of the bundle each keeps its own");
}

#[test]
fn a_choice_that_ends_one_matter_ends_no_other() {
    let (mut one, two) = pair();
    one.questions[0].choices[1].stop = Some(crate::matter::Stop {
        outcome: crate::matter::StopOutcome::OutOfScope,
        reason: "由户籍地办理".to_owned(),
        refer_to: String::new(),
    });
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let intake =
        typed(&[("A:q1", "b"), ("B:q7", "x")], &[("A:m1", "present"), ("B:m6", "present")]);
    let examined = joint.examine(&example().calendar, &intake).expect("examined");
    let outcomes: Vec<_> = examined.parts.iter().map(|(_, e)| e.determination.outcome).collect();
    assert_eq!(outcomes, [Outcome::OutOfScope, Outcome::Accept]);
    let due = examined.parts[1].1.determination.due.as_ref().expect("due");
    assert_eq!(due.limit.value, 20, "the lead was not taken: nothing is promised for it");
}

#[test]
fn a_paper_of_several_promises_what_the_bundle_does_or_nothing() {
    let (one, two) = pair();
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let promised = |places: &[usize], promise| {
        joint.matter_of(places, promise).expect("a matter").promised_limit
    };
    assert_eq!(promised(&[0, 1], promise(&one)), one.promised_limit);
    assert_eq!(promised(&[0, 1], None), None, "its lead was not taken");
    assert_eq!(promised(&[1], None), two.promised_limit, "alone it is its own");
}

#[test]
fn faults_name_the_bundles_fields_and_the_matter_that_minds() {
    let (one, mut two) = pair();
    two.agent_allowed = false;
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let calendar = &example().calendar;
    let mut intake = typed(&[("A:q1", "a"), ("B:q7", "zz")], &[]);
    let fault = joint.examine(calendar, &intake).expect_err("no such choice");
    assert_eq!((fault.code, fault.field.as_str()), (RefusalCode::UnknownChoice, "answers.B:q7"));
    intake.agent = Some(helper());
    let fault = joint.examine(calendar, &intake).expect_err("in person only");
    assert_eq!((fault.code, fault.field.as_str()), (RefusalCode::AgentNotAllowed, "agent"));
    assert!(fault.message.contains("事项B"));
    intake = typed(&[("A:q1", "a"), ("B:q7", "x"), ("Z:q1", "a")], &[]);
    let fault = joint.examine(calendar, &intake).expect_err("no such question");
    assert_eq!((fault.code, fault.field.as_str()), (RefusalCode::UnknownQuestion, "answers.Z:q1"));
    intake = typed(&[("A:q1", "a"), ("B:q7", "x")], &[("A:m1", "deferred")]);
    let fault = joint.examine(calendar, &intake).expect_err("not deferrable");
    assert_eq!((fault.code, fault.field.as_str()), (RefusalCode::NotAllowed, "materials[0].check"));
}

#[test]
fn what_one_matter_does_not_need_never_stands_in_its_way() {
    let (mut one, mut two) = pair();
    one.materials[0].necessity = Necessity::Optional;
    two.materials[0].licence_reuse = true;
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let intake = typed(
        &[("A:q1", "a"), ("B:q7", "x")],
        &[("A:m1", "licence"), ("A:m2", "present"), ("B:m6", "present")],
    );
    let examined = joint.examine(&example().calendar, &intake).expect("examined");
    let check = |part: usize| examined.parts[part].1.materials[0].check;
    assert_eq!((check(0), check(1)), (Some(Check::Missing), Some(Check::Licence)));
    assert!(examined.parts.iter().all(|(_, e)| e.determination.outcome == Outcome::Accept));
}

#[test]
fn what_does_not_apply_in_one_matter_binds_nobody() {
    let (mut one, mut two) = pair();
    one.materials[0].licence_reuse = true;
    two.materials[0].when = Some(serde_json::from_str(r#"{"q7":"x"}"#).expect("a condition"));
    let joint = Joint::of("一件事", "A", vec![&one, &two]);
    let checks = [("A:m1", "licence"), ("A:m2", "present"), ("B:m6", "present")];
    let unmarried = typed(&[("A:q1", "a"), ("B:q7", "y")], &checks);
    assert!(joint.examine(&example().calendar, &unmarried).is_ok(), "only the one asks for it");
    let married = typed(&[("A:q1", "a"), ("B:q7", "x")], &checks);
    let fault =
        joint.examine(&example().calendar, &married).expect_err("the other takes no licence");
    assert_eq!(fault.field, "materials[0].check");
}

/// The bundles of the example, with any answers, any agent and any checks.
pub(super) fn members() -> impl Strategy<Value = Vec<&'static Matter>> {
    let persons: Vec<&'static Matter> = example()
        .matters
        .iter()
        .filter(|m| {
            m.audience.contains(&ApplicantKind::Person) && m.in_force(date(CALENDAR_DAY)).is_ok()
        })
        .collect();
    proptest::sample::subsequence(persons, 1..5).prop_shuffle()
}

proptest! {
    /// Whatever is typed once for all, each matter gets what it would have got alone: its questions
    /// answered, its materials checked, and its own determination but for the promise.
    #[test]
    fn each_matter_gets_what_it_would_have_got_alone(
        members in members(),
        picks in proptest::collection::vec(0usize..7, 200),
        agent in any::<bool>(),
    ) {
        let lead = members[0].code.clone();
        let joint = Joint::of("一件事", &lead, members.clone());
        let mut picks = picks.into_iter().cycle();
        let mut intake = typed(&[], &[]);
        if agent && members.iter().all(|m| m.agent_allowed) {
            intake.agent = Some(helper());
        }
        let agent = intake.agent.is_some();
        loop {
            let walk = joint.walk(&intake.answers, agent);
            let Some(open) = walk.questions.iter().find(|q| !intake.answers.contains_key(&q.id)) else { break };
            let choice = &open.choices[picks.next().unwrap() % open.choices.len()];
            intake.answers.insert(open.id.clone(), choice.id.clone());
        }
        let walk = joint.walk(&intake.answers, agent);
        prop_assert!(walk.is_complete());
        let rows = joint.applicable(&walk);
        for row in &rows {
            let check = Check::ALL[picks.next().unwrap()];
            let check = if check.obstacle(&row.material).is_some() { Check::Missing } else { check };
            intake.materials.push(CheckInput {
                id: row.material.id.clone(),
                check: check.as_str().to_owned(),
                reason: String::new(),
            });
        }
        let examined = joint.examine(&example().calendar, &intake).expect("examined");
        let savings = joint.savings(&walk, &rows);
        prop_assert!(savings.materials.joint <= savings.materials.apart);
        prop_assert!(savings.steps.joint <= savings.steps.apart);
        prop_assert!(savings.visits.joint <= savings.visits.apart);

        for (at, part) in &examined.parts {
            let matter = members[*at];
            // An oracle that knows nothing of bundles: the matter's own walk by the texts chosen.
            let chosen = |q: &Question| -> Option<String> {
                let text = joint.walk(&intake.answers, agent).questions.iter().find_map(|shown| {
                    let same = shown.text == q.text && shown.choices.len() == q.choices.len();
                    let answer = same.then(|| intake.answers.get(&shown.id)).flatten()?;
                    shown.choices.iter().find(|c| c.id == *answer).map(|c| c.text.clone())
                })?;
                q.choices.iter().find(|c| c.text == text).map(|c| c.id.clone())
            };
            let answers = matter.questions.iter().filter_map(|q| Some((q.id.clone(), chosen(q)?))).collect();
            let alone = checklist::walk(matter, &answers, agent);
            prop_assert_eq!(&alone.answers, &part.answers);
            prop_assert_eq!(alone.stopped.is_some(), part.determination.stopped.is_some());
            if alone.stopped.is_some() { continue; }
            let apply: Vec<_> = checklist::applicable(matter, &alone.answers).iter().map(|m| m.id.clone()).collect();
            let had: Vec<_> = part.materials.iter().map(|m| m.material.id.clone()).collect();
            prop_assert_eq!(&apply, &had);
            let own = Intake {
                matter: matter.code.clone(),
                answers: alone.answers.clone(),
                materials: part.materials.iter().map(|m| CheckInput {
                    id: m.material.id.clone(),
                    check: m.check.map(Check::as_str).unwrap_or_default().to_owned(),
                    reason: m.reason.clone(),
                }).collect(),
                ..intake.clone()
            };
            let alone = intake::examine(matter, &example().calendar, &own).expect("alone");
            prop_assert_eq!(&alone.determination.listed, &part.determination.listed);
            prop_assert_eq!(alone.determination.outcome, part.determination.outcome);
            // What a matter must list, the bundle's checks call missing or defective.
            for id in &part.determination.listed {
                let joint_id = joint.joint_id(*at, id).expect("a joint id");
                let said = intake.materials.iter().find(|i| i.id == *joint_id).expect("checked");
                prop_assert!(Check::parse(&said.check).is_some_and(Check::is_open));
            }
        }
    }
}
