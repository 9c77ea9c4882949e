//! An enquiry (咨询): what a matter asks for in the situation told so far, before there is a case.
//!
//! Unlike the walk of a case (`checklist`), nothing need be answered: what depends on an open
//! question is kept, with what it depends on. It takes nothing in and decides nothing.

use crate::checklist::Stopped;
use crate::condition::{Answers, Condition, Standing, Verdict};
use crate::matter::{AGENT_QUESTION, Choice, Material, Matter, Question};
use crate::refusal::{Refusal, RefusalCode};

/// A material that applies, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect<'m> {
    /// The material.
    pub material: &'m Material,
    /// On what it still depends; none where it applies whatever will be answered.
    pub when: Option<Condition>,
}

/// What a matter asks for in a situation that may be told in part, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enquiry<'m> {
    /// The questions that can be asked now, in order; first the one about an agent, where the
    /// matter allows one.
    pub questions: Vec<Question>,
    /// The answers that count, the one about an agent among them. Answers to questions that are
    /// not asked are left out.
    pub answers: Answers,
    /// The choice that ended it: nothing is asked for then.
    pub stopped: Option<Stopped>,
    /// What applies or may apply, in guide order; empty after a `stop`.
    pub materials: Vec<Prospect<'m>>,
}

impl Enquiry<'_> {
    /// Whether nothing is open: every question asked is answered, or a choice ended it.
    pub fn is_settled(&self) -> bool {
        self.stopped.is_some() || self.questions.iter().all(|q| self.answers.contains_key(&q.id))
    }

    /// Question and choice in words, for every answer that counts.
    pub fn situation(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().filter_map(|question| {
            let answer = self.answers.get(&question.id)?;
            let choice = question.choices.iter().find(|c| c.id == *answer)?;
            Some((question.text.as_str(), choice.text.as_str()))
        })
    }
}

/// The question that the application asks itself. A case answers it by having an agent.
pub fn agent_question() -> Question {
    let choice =
        |id: &str, text: &str| Choice { id: id.to_owned(), text: text.to_owned(), stop: None };
    Question {
        id: AGENT_QUESTION.to_owned(),
        text: "由谁来办理？".to_owned(),
        when: None,
        choices: vec![choice("no", "申请人本人（本单位）"), choice("yes", "委托他人代办")],
    }
}

/// Looks at `matter` with the answers given, as many as there are.
///
/// # Errors
/// `unknown-question` and `unknown-choice` for what the matter does not have, `agent-not-allowed`
/// where the applicant must come in person; the field is `answers.` and the question's id.
pub fn enquire<'m>(matter: &'m Matter, given: &Answers) -> Result<Enquiry<'m>, Refusal> {
    let stray = given.keys().find(|id| *id != AGENT_QUESTION && matter.question(id).is_none());
    if let Some(id) = stray {
        let message = format!("本事项没有问题“{id}”，请重新选择情形");
        return Err(Refusal::new(RefusalCode::UnknownQuestion, format!("answers.{id}"), message));
    }
    let mut seen = Seen { matter, answers: Answers::new(), never: Vec::new() };
    let mut questions = Vec::new();
    if matter.agent_allowed {
        let question = agent_question();
        if let Some(choice) = chosen(&question, given)? {
            seen.answers.insert(question.id.clone(), choice.id.clone());
        }
        questions.push(question);
    } else if given.get(AGENT_QUESTION).is_some_and(|answer| answer != "no") {
        let field = format!("answers.{AGENT_QUESTION}");
        let message = "本事项须申请人本人到场办理，不能代办";
        return Err(Refusal::new(RefusalCode::AgentNotAllowed, field, message));
    } else {
        seen.answers.insert(AGENT_QUESTION.to_owned(), "no".to_owned());
    }
    let mut stopped = None;
    for question in &matter.questions {
        match seen.judge(question.when.as_ref()) {
            Verdict::Holds => {}
            Verdict::Fails => {
                seen.never.push(question.id.as_str());
                continue;
            }
            Verdict::Depends(_) => continue,
        }
        questions.push(question.clone());
        let Some(choice) = chosen(question, given)? else { continue };
        seen.answers.insert(question.id.clone(), choice.id.clone());
        if let Some(stop) = &choice.stop {
            stopped = Some(Stopped {
                question: question.id.clone(),
                question_text: question.text.clone(),
                choice: choice.id.clone(),
                choice_text: choice.text.clone(),
                stop: stop.clone(),
            });
            break;
        }
    }
    let prospect = |material: &'m Material| match seen.judge(material.when.as_ref()) {
        Verdict::Holds => Some(Prospect { material, when: None }),
        Verdict::Fails => None,
        Verdict::Depends(when) => Some(Prospect { material, when: Some(when) }),
    };
    let materials = match stopped {
        Some(_) => Vec::new(),
        None => matter.materials.iter().filter_map(prospect).collect(),
    };
    Ok(Enquiry { questions, answers: seen.answers, stopped, materials })
}

/// The choice given for a question, if one was.
fn chosen<'q>(question: &'q Question, given: &Answers) -> Result<Option<&'q Choice>, Refusal> {
    let Some(answer) = given.get(&question.id) else { return Ok(None) };
    let found = question.choices.iter().find(|c| c.id == *answer);
    found.map(Some).ok_or_else(|| {
        let field = format!("answers.{}", question.id);
        let message = format!("“{}”没有选项“{answer}”，请重新选择", question.text);
        Refusal::new(RefusalCode::UnknownChoice, field, message)
    })
}

/// What is known so far.
struct Seen<'m> {
    matter: &'m Matter,
    answers: Answers,
    never: Vec<&'m str>,
}

impl Seen<'_> {
    fn judge(&self, when: Option<&Condition>) -> Verdict {
        when.map_or(Verdict::Holds, |condition| condition.narrow(|id| self.standing(id)))
    }

    fn standing(&self, id: &str) -> Standing<'_> {
        match self.answers.get(id) {
            Some(choice) => Standing::Answered(choice),
            None if self.never.contains(&id) => Standing::Never,
            None if id == AGENT_QUESTION || self.matter.question(id).is_some() => Standing::Open,
            None => Standing::Never,
        }
    }
}

#[cfg(test)]
mod tests;
