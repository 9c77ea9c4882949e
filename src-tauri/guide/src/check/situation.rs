//! The check of the questions of a matter (情形), and of the conditions on them.

use std::collections::HashMap;

use serde_json::Value;
use yichuang_domain::matter::AGENT_QUESTION;

use super::fields::{Fields, Ids, Need, Notes, Place, Text, is_blank, wrong_type};

/// How a choice can end the walk.
pub(super) const OUTCOMES: [&str; 3] = ["not-required", "out-of-scope", "refused"];

/// Whether a choice can ever be followed by something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// The walk goes on.
    GoesOn,
    /// The walk ends with it, so no condition behind it can hold.
    Ends,
}

/// The questions of a matter that a condition may name.
pub struct Questions<'a> {
    asked: HashMap<&'a str, HashMap<&'a str, Choice>>,
    /// Every question of the matter, also those not asked yet.
    all: HashMap<&'a str, usize>,
}

impl<'a> Questions<'a> {
    /// Checks the questions of `matter`; they come back as what its materials may depend on.
    pub fn check(matter: &Fields<'a, '_>, agent_allowed: Option<bool>) -> Self {
        let list = matter.list("questions", Need::RequiredIn1);
        let all = list.iter().enumerate().filter_map(|(i, question)| {
            question.get("id").and_then(Value::as_str).map(|id| (id, i))
        });
        let mut questions = Self { asked: HashMap::new(), all: all.collect() };
        let with_agent = if agent_allowed == Some(false) { Choice::Ends } else { Choice::GoesOn };
        questions
            .asked
            .insert(AGENT_QUESTION, HashMap::from([("no", Choice::GoesOn), ("yes", with_agent)]));
        let list_place = matter.at("questions");
        let mut ids = Ids::of("问题编号");
        for (i, value) in list.iter().enumerate() {
            let place = Place::Index(&list_place, i);
            let Some(question) = Fields::of(value, &place, matter.notes) else { continue };
            question.only(&["id", "text", "when", "choices"]);
            question.text("text", Need::Required, Text::Filled);
            if let Some(when) = question.nullable("when", Need::Free) {
                questions.check_condition(when, &question.at("when"), matter.notes);
            }
            let choices = check_choices(&question);
            let Some(id) = question.id("id") else { continue };
            if id == AGENT_QUESTION {
                let message = "“agent”由程序自己询问（是否委托代办），请给问题换一个编号";
                matter.notes.error("reserved-question", &question.at("id"), message);
                continue;
            }
            ids.take(id, &question.at("id"), matter.notes);
            questions.asked.insert(id, choices);
        }
        questions
    }

    /// Checks a condition on the questions asked so far.
    pub fn check_condition(&self, when: &Value, place: &Place<'_>, notes: &Notes) {
        let can_hold = match when {
            Value::Object(_) => self.check_clause(when, place, notes),
            Value::Array(clauses) if clauses.is_empty() => {
                let message = "条件是空列表，永远不会成立；不需要条件请去掉when";
                notes.error("empty-condition", place, message);
                return;
            }
            Value::Array(clauses) => {
                let each = clauses
                    .iter()
                    .enumerate()
                    .map(|(i, clause)| self.check_clause(clause, &Place::Index(place, i), notes));
                each.fold(false, |any, one| any | one)
            }
            other => {
                wrong_type(notes, place, "对象{…}或对象的列表", other);
                return;
            }
        };
        if !can_hold {
            let message =
                "条件里的选项一选就结束办理（或本事项不能代办），条件永远不会成立，请核对";
            notes.warning("never-holds", place, message);
        }
    }

    /// Whether the clause can ever hold. A clause with a fault counts as one that can.
    fn check_clause(&self, clause: &Value, place: &Place<'_>, notes: &Notes) -> bool {
        let Value::Object(map) = clause else {
            wrong_type(notes, place, "对象{问题: 选项}", clause);
            return true;
        };
        if map.is_empty() {
            let message = "条件是空的，永远成立；不需要条件请去掉when";
            notes.warning("empty-condition", place, message);
        }
        let mut can_hold = true;
        for (question, wanted) in map {
            let place = Place::Key(place, question);
            let Some(choices) = self.asked.get(question.as_str()) else {
                self.unknown_question(question, &place, notes);
                continue;
            };
            can_hold &= check_wanted(question, wanted, choices, &place, notes);
        }
        can_hold
    }

    fn unknown_question(&self, question: &str, place: &Place<'_>, notes: &Notes) {
        if self.all.contains_key(question) {
            let message =
                format!("问题“{question}”问得不比这里早，条件只能用前面的问题，请调整顺序");
            notes.error("later-question", place, message);
        } else {
            let message = format!("本事项没有问题“{question}”，请改正条件或补上问题");
            notes.error("unknown-question", place, message);
        }
    }
}

/// Whether any of the choices wanted lets the walk go on.
fn check_wanted(
    question: &str,
    wanted: &Value,
    choices: &HashMap<&str, Choice>,
    place: &Place<'_>,
    notes: &Notes,
) -> bool {
    let one = |value: &Value, place: &Place<'_>| -> bool {
        let Value::String(choice) = value else {
            wrong_type(notes, place, "选项编号（文字）", value);
            return true;
        };
        match choices.get(choice.as_str()) {
            Some(found) => *found == Choice::GoesOn,
            None => {
                let message = format!("问题“{question}”没有选项“{choice}”，请改正");
                notes.error("unknown-choice", place, message);
                true
            }
        }
    };
    match wanted {
        Value::Array(list) if list.is_empty() => {
            let message = format!("没有写明问题“{question}”要选哪个，条件永远不会成立");
            notes.error("empty-condition", place, message);
            true
        }
        Value::Array(list) => {
            let each = list.iter().enumerate().map(|(i, v)| one(v, &Place::Index(place, i)));
            each.fold(false, |any, next| any | next)
        }
        single => one(single, place),
    }
}

fn check_choices<'v>(question: &Fields<'v, '_>) -> HashMap<&'v str, Choice> {
    let mut found = HashMap::new();
    let mut ids = Ids::of("选项编号");
    let list_place = question.at("choices");
    let values = question.list("choices", Need::Required);
    if values.is_empty() && question.raw("choices", Need::Free).is_some_and(Value::is_array) {
        let message = "这个问题没有选项，没法回答，请补上选项或删去问题";
        question.notes.error("no-choices", &list_place, message);
    }
    for (i, value) in values.iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(choice) = Fields::of(value, &place, question.notes) else { continue };
        choice.only(&["id", "text", "stop"]);
        choice.text("text", Need::Required, Text::Filled);
        let stop = choice.nullable("stop", Need::Free);
        if let Some(stop) = stop {
            check_stop(stop, &choice.at("stop"), question.notes);
        }
        if let Some(id) = choice.id("id") {
            ids.take(id, &choice.at("id"), question.notes);
            found.insert(id, if stop.is_some() { Choice::Ends } else { Choice::GoesOn });
        }
    }
    found
}

fn check_stop(value: &Value, place: &Place<'_>, notes: &Notes) {
    let Some(stop) = Fields::of(value, place, notes) else { return };
    stop.only(&["outcome", "reason", "refer_to"]);
    let outcome = stop.one_of("outcome", Need::Required, &OUTCOMES);
    match stop.nullable("reason", Need::Free) {
        None => {
            let message = "结束办理必须向申请人说明理由，请补上reason";
            notes.error("stop-without-reason", &stop.at("reason"), message);
        }
        Some(Value::String(reason)) if is_blank(reason) => {
            let message = "结束办理必须向申请人说明理由，请填写reason";
            notes.error("stop-without-reason", &stop.at("reason"), message);
        }
        Some(Value::String(_)) => {}
        Some(other) => wrong_type(notes, &stop.at("reason"), "文字", other),
    }
    let refer_to = stop.text("refer_to", Need::Free, Text::Any).unwrap_or_default();
    if outcome == Some("out-of-scope") && is_blank(refer_to) {
        let message = "不属于本机关职权的，应告知向谁申请（行政许可法第三十二条），请填写refer_to";
        notes.warning("no-referral", &stop.at("refer_to"), message);
    }
}
