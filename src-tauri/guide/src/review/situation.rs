//! What the questions of a matter lead to: every situation is tried.

use std::collections::HashSet;

use yichuang_domain::checklist::applicable;
use yichuang_domain::condition::Condition;
use yichuang_domain::matter::{Matter, Necessity, Question};
use yichuang_domain::situations::{Situation, situations};

use super::Findings;
use super::rule::{
    CHOICE_LEADS_NOWHERE, MANY_CHOICES, NEVER_ASKED, NEVER_NEEDED, NOBODY_GETS_THROUGH, ONE_CHOICE,
    QUESTION_WITHOUT_EFFECT, SAME_CHOICE, SAME_MATERIAL, TOO_MANY_SITUATIONS,
};

/// As many as are tried; a matter with more is named and left alone.
const MOST: usize = 4096;

/// As many as a clerk can choose among with one key.
const KEYS: usize = 9;

pub(super) fn review(matter: &Matter, findings: &mut Findings) {
    for (at, question) in matter.questions.iter().enumerate() {
        review_question(matter, at, question, findings);
    }
    let Some(situations) = situations(matter, MOST) else {
        let message = format!("情形组合超过{MOST}种，无法逐一检查，请精简问题");
        findings.add(&TOO_MANY_SITUATIONS, "questions", message);
        return;
    };
    let (ended, through): (Vec<_>, Vec<_>) = situations.iter().partition(|s| s.stopped);
    if through.is_empty() {
        let message = "无论怎样回答都不予受理或不需办理，没有人能办成，请核对选项的结论";
        findings.add(&NOBODY_GETS_THROUGH, "questions", message);
        return;
    }
    review_reach(matter, &ended, &through, findings);
    review_materials(matter, &through, findings);
}

fn review_question(matter: &Matter, at: usize, question: &Question, findings: &mut Findings) {
    let place = format!("questions[{at}]");
    let text = &question.text;
    let count = question.choices.len();
    if count == 1 {
        let message = format!("“{text}”只有一个选项，问了也白问，请补全选项或删去");
        findings.add(&ONE_CHOICE, &place, message);
    }
    if count > KEYS {
        let message = format!("“{text}”有{count}个选项，窗口念不完，建议分成两问");
        findings.add(&MANY_CHOICES, &place, message);
    }
    let mut seen = HashSet::new();
    for choice in &question.choices {
        if !seen.insert(choice.text.trim()) {
            let message = format!("“{text}”有两个选项都写作“{}”，请写出区别", choice.text);
            findings.add(&SAME_CHOICE, &place, message);
        }
    }
    let stops = question.choices.iter().any(|c| c.stop.is_some());
    if !stops && !is_named(matter, &question.id) {
        let message = format!("“{text}”怎样回答都一样，不影响材料和结论，请删去或补上它影响的材料");
        findings.add(&QUESTION_WITHOUT_EFFECT, &place, message);
    }
}

/// Whether anything depends on a question.
fn is_named(matter: &Matter, id: &str) -> bool {
    let names = |when: &Option<Condition>| {
        when.iter().flat_map(Condition::clauses).any(|clause| clause.contains_key(id))
    };
    matter.questions.iter().any(|q| names(&q.when))
        || matter.materials.iter().any(|m| names(&m.when))
}

fn review_reach(
    matter: &Matter,
    ended: &[&Situation],
    through: &[&Situation],
    findings: &mut Findings,
) {
    for (at, question) in matter.questions.iter().enumerate() {
        let asked = |s: &&Situation| s.answers.contains_key(&question.id);
        if !through.iter().chain(ended).any(asked) {
            let message = format!("“{}”在任何情形下都问不到，请核对它的条件", question.text);
            findings.add(&NEVER_ASKED, &format!("questions[{at}].when"), message);
        }
    }
    let empty = through.iter().find(|s| {
        let needed = applicable(matter, &s.answers);
        !needed.iter().any(|m| m.necessity != Necessity::Optional)
    });
    if let Some(situation) = empty {
        let message = format!(
            "{}，不需要任何材料也没有结论，请补上材料，或写明不需要办理",
            in_words(matter, situation)
        );
        findings.add(&CHOICE_LEADS_NOWHERE, "questions", message);
    }
}

fn review_materials(matter: &Matter, through: &[&Situation], findings: &mut Findings) {
    let mut needed = HashSet::new();
    let mut twice = HashSet::new();
    for situation in through {
        let mut names = HashSet::new();
        for material in applicable(matter, &situation.answers) {
            needed.insert(material.id.as_str());
            if !names.insert(material.name.trim()) {
                twice.insert(material.id.as_str());
            }
        }
    }
    for (at, material) in matter.materials.iter().enumerate() {
        let (id, name) = (material.id.as_str(), &material.name);
        if !needed.contains(id) {
            let message = format!("“{name}”在任何能受理的情形下都用不到，请核对它的条件");
            findings.add(&NEVER_NEEDED, &format!("materials[{at}].when"), message);
        }
        if twice.contains(id) {
            let message = format!("同一情形下要交两份“{name}”，请合并或写出区别");
            findings.add(&SAME_MATERIAL, &format!("materials[{at}].name"), message);
        }
    }
}

/// The answers of a situation as a clerk would read them back.
fn in_words(matter: &Matter, situation: &Situation) -> String {
    let answers: Vec<String> = matter
        .questions
        .iter()
        .filter_map(|question| {
            let answer = situation.answers.get(&question.id)?;
            let choice = question.choices.iter().find(|c| c.id == *answer)?;
            Some(format!("“{}”答“{}”", question.text, choice.text))
        })
        .collect();
    match answers.is_empty() {
        true => "本事项".to_owned(),
        false => format!("{}时", answers.join("、")),
    }
}
