//! What was filed beside what is right: answers, people, materials.

use super::reasons::supplement_source;
use super::{FindingKind, Findings, Performance};
use crate::applicant::{Party, name_key};
use crate::checklist::{Check, CheckedMaterial};
use crate::condition::Answers;
use crate::identity;
use crate::matter::Matter;
use crate::training::truth::{TrueCheck, Truth};

fn choice_text(matter: &Matter, question: &str, choice: Option<&String>) -> String {
    let Some(choice) = choice else { return "没有问到".to_owned() };
    let found = matter.question(question).and_then(|q| q.choices.iter().find(|c| c.id == *choice));
    found.map_or_else(|| choice.clone(), |c| c.text.clone())
}

pub(super) fn answers(found: &mut Findings, truth: &Truth, matter: &Matter, given: &Answers) {
    for question in &matter.questions {
        let right = truth.examined.answers.get(&question.id);
        let chosen = given.get(&question.id);
        // A question that only an earlier wrong answer led to, or kept away, is told of with that
        // one.
        let (Some(right), Some(chosen)) = (right, chosen) else { continue };
        if right == chosen {
            continue;
        }
        let texts = (
            choice_text(matter, &question.id, Some(chosen)),
            choice_text(matter, &question.id, Some(right)),
        );
        let why = "情形选错，后面要的材料和结论都会跟着错".to_owned();
        let source = format!("办事指南“{}”的情形", matter.name);
        found.add(FindingKind::WrongAnswer, &question.text, texts, why, source);
    }
}

pub(super) fn parties(found: &mut Findings, truth: &Truth, filed: &Performance) {
    let right = &truth.examined;
    if right.applicant.kind != filed.applicant.kind {
        let texts =
            (filed.applicant.kind.label().to_owned(), right.applicant.kind.label().to_owned());
        mistyped(found, "申请人类型", texts);
    }
    party(found, "申请人", &right.applicant.party, &filed.applicant.party);
    match (&right.agent, &filed.agent) {
        (Some(right), Some(given)) => party(found, "代理人", right, given),
        (None, None) => {}
        (right, given) => {
            let word = |agent: &Option<Party>| {
                if agent.is_some() { "由他人代办" } else { "由本人办理" }.to_owned()
            };
            let why = "谁来办，决定要不要授权委托书和受托人证件".to_owned();
            let source = "行政许可法第二十九条".to_owned();
            let texts = (word(given), word(right));
            found.add(FindingKind::WrongAnswer, AGENT_WORD, texts, why, source);
        }
    }
}

const AGENT_WORD: &str = "由谁来办理";

fn party(found: &mut Findings, who: &str, right: &Party, given: &Party) {
    if name_key(&right.name) != name_key(&given.name) {
        mistyped(found, &format!("{who}姓名"), (given.name.clone(), right.name.clone()));
    }
    if right.id_type != given.id_type {
        let texts = (given.id_type.label().to_owned(), right.id_type.label().to_owned());
        mistyped(found, &format!("{who}证件类型"), texts);
    }
    if right.id_number != given.id_number {
        let texts = (identity::mask(&given.id_number), identity::mask(&right.id_number));
        mistyped(found, &format!("{who}证件号码"), texts);
    }
    if right.phone != given.phone {
        let text = |phone: &Option<String>| phone.clone().unwrap_or_else(|| "没有填".to_owned());
        mistyped(found, &format!("{who}电话"), (text(&given.phone), text(&right.phone)));
    }
}

fn mistyped(found: &mut Findings, of: &str, texts: (String, String)) {
    let why = "文书和结果上都印这一项，错了要重出".to_owned();
    let source = "以申请人出示的证件和所说为准".to_owned();
    found.add(FindingKind::Mistyped, of, texts, why, source);
}

fn check_word(check: Option<Check>) -> String {
    check.map_or("没有核对", Check::label).to_owned()
}

pub(super) fn material(
    found: &mut Findings,
    right: &TrueCheck,
    matter: &Matter,
    given: &[CheckedMaterial],
) {
    // One that was not on the trainee's list is told of with the answer that kept it away.
    let Some(given) = given.iter().find(|m| m.material.id == right.material) else { return };
    let open = |check: Check| check.is_open() || check == Check::Corrected;
    let fits = match given.check {
        None => right.may_be_open,
        Some(check) => right.accepted.contains(&check),
    };
    let name = given.material.name.clone();
    if fits {
        if given.check == Some(Check::Defective) && given.reason.is_empty() {
            let best = right.defect.clone().unwrap_or_default();
            let why = "不写原因，申请人不知道怎么改，回来还会错".to_owned();
            let texts = ("没有写".to_owned(), best);
            found.add(FindingKind::NoReason, &name, texts, why, supplement_source(matter));
        }
        return;
    }
    let best = right.best();
    let kind = match given.check {
        // Missing for defective is a slip of the key; taking what is no good is not.
        Some(check) if open(best) && !open(check) => FindingKind::MissedDefect,
        Some(check) if open(check) && !open(best) => FindingKind::InventedDefect,
        None if open(best) => FindingKind::MissedDefect,
        _ => FindingKind::WrongCheck,
    };
    let why = match (best, &right.defect) {
        (Check::Missing, _) => "申请人没有带来，也没有可以代替的".to_owned(),
        (Check::Corrected, Some(words)) => format!("{words}；当场就能改好，不用让申请人再跑"),
        (_, Some(words)) => words.clone(),
        (Check::Licence, None) => "可以调取电子证照，不让申请人交".to_owned(),
        (Check::Committed, None) => "指南允许承诺，申请人愿意承诺".to_owned(),
        (Check::Deferred, None) => "列入可容缺的材料，申请人愿意后补".to_owned(),
        (_, None) => "材料符合受理标准".to_owned(),
    };
    let standard = &given.material.standard;
    let why = if standard.is_empty() { why } else { format!("{why}。受理标准：{standard}") };
    let basis = matter.material(&right.material).and_then(|m| m.reference.as_ref());
    let basis = basis.map(|r| r.legal_basis.as_str()).filter(|text| !text.is_empty());
    let source = match basis {
        Some(basis) => format!("办事指南“{}”的受理标准；{basis}", matter.name),
        None => format!("办事指南“{}”的受理标准", matter.name),
    };
    found.add(kind, &name, (check_word(given.check), best.label().to_owned()), why, source);
}
