//! An enquiry (咨询) about a bundle: what its matters ask for together in the situation told so far,
//! before there is a case.
//!
//! Each matter is asked about as if it were alone ([`crate::enquiry`]); here their questions and
//! materials are put together. Nothing is joined that a draft of the bundle would not join, and
//! nothing of a matter's own enquiry is left out.

use crate::condition::{Answers, Clause, Condition, Wanted};
use crate::enquiry::{Enquiry, agent_question, enquire};
use crate::matter::{
    AGENT_QUESTION, ChoiceId, Limit, Material, MaterialId, Matter, Question, QuestionId,
};
use crate::refusal::{Refusal, RefusalCode};

use super::joint::{Group, Joint, QuestionPart, about};
use super::material;
use super::savings::{self, Cost, Savings};

/// That a matter asks for a material of the bundle, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// The position of the matter in the bundle.
    pub member: usize,
    /// The material there.
    pub id: MaterialId,
    /// On what it still depends there, in the questions of the bundle; none where it applies
    /// whatever will be answered.
    pub when: Option<Condition>,
}

/// A material of the bundle that applies somewhere, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointProspect {
    /// The material as strictly and as often as any of them asks for it; its id is the bundle's.
    pub material: Material,
    /// Who asks for it, in the order of the bundle; one at least.
    pub wants: Vec<Want>,
    /// On what it depends whether anybody asks for it, in the questions of the bundle; none where
    /// one of them does whatever will be answered.
    pub when: Option<Condition>,
}

/// What the matters of a bundle ask for in a situation that may be told in part, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointEnquiry<'m> {
    /// The questions that can be asked now, each once, in order; first the one about an agent,
    /// where every matter taken allows one.
    pub questions: Vec<Question>,
    /// The answers that count, the one about an agent among them, with the bundle's ids.
    pub answers: Answers,
    /// The enquiry about each matter that is taken, by its position.
    pub parts: Vec<(usize, Enquiry<'m>)>,
    /// What applies or may apply in the matters that no choice has ended, each once.
    pub materials: Vec<JointProspect>,
}

impl<'m> JointEnquiry<'m> {
    /// Whether nothing is open: every question asked is answered.
    pub fn is_settled(&self) -> bool {
        self.questions.iter().all(|q| self.answers.contains_key(&q.id))
    }

    /// The positions of the matters that no choice has ended.
    pub fn live(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().filter(|(_, part)| part.stopped.is_none()).map(|(member, _)| *member)
    }

    /// The enquiry about the matter at a position, where it is taken.
    pub fn part(&self, member: usize) -> Option<&Enquiry<'m>> {
        self.parts.iter().find(|(position, _)| *position == member).map(|(_, part)| part)
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

impl<'m> Joint<'m> {
    /// Looks at the matters that are taken with the answers given once, as many as there are.
    ///
    /// # Errors
    /// `unknown-question` and `unknown-choice` for what the bundle does not have,
    /// `agent-not-allowed` where one of the matters wants the applicant in person; the field is
    /// `answers.` and the bundle's id of the question.
    pub fn enquire(&self, given: &Answers) -> Result<JointEnquiry<'m>, Refusal> {
        self.refuse_unknown(given)?;
        let agent = self.agent(given)?;
        let mut parts = Vec::new();
        for (member, matter) in self.taken_matters() {
            let mut there = self.answers_there(member, given);
            let answer = if self.agent_allowed() { agent.as_ref() } else { Some(&NO_AGENT) };
            // What one matter allows and another does not, nobody can do for the bundle.
            there.extend(answer.map(|answer| (AGENT_QUESTION.to_owned(), (*answer).to_owned())));
            parts.push((member, enquire(matter, &there).map_err(|fault| about(matter, fault))?));
        }
        let mut answers = Answers::new();
        let mut questions = Vec::new();
        if self.agent_allowed() {
            questions.push(agent_question());
        }
        let agent = if self.agent_allowed() { agent } else { Some(NO_AGENT) };
        answers.extend(agent.map(|answer| (AGENT_QUESTION.to_owned(), answer.to_owned())));
        for question in &self.questions {
            let asked = |(member, part): &(usize, Enquiry<'m>)| {
                question.parts.iter().any(|place| {
                    place.member == *member && part.questions.iter().any(|q| q.id == place.id)
                })
            };
            if !parts.iter().any(asked) {
                continue;
            }
            let answer = given.get(&question.shown.id);
            answers.extend(answer.map(|answer| (question.shown.id.clone(), answer.clone())));
            questions.push(question.shown.clone());
        }
        let materials = self.groups.iter().filter_map(|group| self.prospect(group, &parts));
        let materials = materials.collect();
        Ok(JointEnquiry { questions, answers, parts, materials })
    }

    /// When a condition on the questions of the bundle holds, in words.
    pub fn explain(&self, when: &Condition) -> String {
        when.explain_by(&|id| self.questions.iter().map(|q| &q.shown).find(|q| q.id == id))
    }

    /// What the bundle promises while these matters go on: its leading matter's limit, or nothing.
    pub fn promised(&self, mut live: impl Iterator<Item = usize>) -> Option<Limit> {
        let lead = self.members().get(self.lead())?;
        live.any(|member| member == self.lead()).then(|| super::promise(lead)).flatten()
    }

    /// What is spared in the situation told so far, counting what may apply as if it did.
    pub fn spared(&self, enquiry: &JointEnquiry<'m>) -> Savings {
        let apart = enquiry.materials.iter().map(|row| row.wants.len()).sum();
        savings::count(&self.live_matters(enquiry), apart, enquiry.materials.len())
    }

    /// What the matters that go on cost together.
    pub fn cost(&self, enquiry: &JointEnquiry<'m>) -> Cost {
        savings::cost(&self.live_matters(enquiry))
    }

    fn live_matters(&self, enquiry: &JointEnquiry<'m>) -> Vec<&'m Matter> {
        enquiry.live().filter_map(|member| self.members().get(member).copied()).collect()
    }

    /// Whether somebody else can apply for all that is taken.
    pub fn agent_allowed(&self) -> bool {
        self.taken_matters().all(|(_, matter)| matter.agent_allowed)
    }

    fn refuse_unknown(&self, given: &Answers) -> Result<(), Refusal> {
        for (id, answer) in given.iter().filter(|(id, _)| *id != AGENT_QUESTION) {
            let field = format!("answers.{id}");
            let Some(question) = self.questions.iter().find(|q| q.shown.id == *id) else {
                let message = format!("这个“一件事”里没有问题“{id}”，请重新选择情形");
                return Err(Refusal::new(RefusalCode::UnknownQuestion, field, message));
            };
            if !question.shown.choices.iter().any(|choice| choice.id == *answer) {
                return Err(unknown_choice(&question.shown, answer));
            }
        }
        Ok(())
    }

    /// The answer to who applies, if it was given.
    fn agent(&self, given: &Answers) -> Result<Option<&'static str>, Refusal> {
        let in_person = self.taken_matters().find(|(_, matter)| !matter.agent_allowed);
        match (given.get(AGENT_QUESTION).map(String::as_str), in_person) {
            (None, _) => Ok(None),
            (Some("no"), _) => Ok(Some(NO_AGENT)),
            (Some("yes"), None) => Ok(Some("yes")),
            (Some("yes"), Some((_, matter))) => {
                let message = "须申请人本人到场办理，不能代办；不办这一项的，可以去掉后再选";
                let field = format!("answers.{AGENT_QUESTION}");
                Err(about(matter, Refusal::new(RefusalCode::AgentNotAllowed, field, message)))
            }
            (Some(other), _) => Err(unknown_choice(&agent_question(), other)),
        }
    }

    fn prospect(&self, group: &Group, parts: &[(usize, Enquiry<'m>)]) -> Option<JointProspect> {
        let mut wants = Vec::new();
        let mut materials: Vec<&Material> = Vec::new();
        for (member, id) in &group.parts {
            let part = parts.iter().find(|(position, _)| position == member);
            let found = part.and_then(|(_, part)| {
                part.materials.iter().find(|prospect| prospect.material.id == *id)
            });
            let Some(found) = found else { continue };
            let when = found.when.as_ref().map(|when| self.in_joint_words(*member, when));
            wants.push(Want { member: *member, id: id.clone(), when });
            materials.push(found.material);
        }
        if wants.is_empty() {
            return None;
        }
        let material = material::join(group.id.clone(), group.name.clone(), &materials);
        let when = any_of(wants.iter().map(|want| want.when.as_ref()));
        Some(JointProspect { material, wants, when })
    }

    /// A condition of one matter, on the questions of the bundle.
    fn in_joint_words(&self, member: usize, when: &Condition) -> Condition {
        let clause = |clause: &Clause| -> Clause {
            let joint = |(id, wanted): (&QuestionId, &Wanted)| self.in_joint(member, id, wanted);
            clause.iter().map(joint).collect()
        };
        match when {
            Condition::All(one) => Condition::All(clause(one)),
            Condition::Any(many) => Condition::Any(many.iter().map(clause).collect()),
        }
    }

    fn in_joint(&self, member: usize, id: &str, wanted: &Wanted) -> (QuestionId, Wanted) {
        let found = self.questions.iter().find_map(|question| {
            let here = |part: &&QuestionPart| part.member == member && part.id == id;
            Some((question, question.parts.iter().find(here)?))
        });
        // The question about an agent has one id everywhere; one that no matter has, none.
        let Some((question, part)) = found else { return (id.to_owned(), wanted.clone()) };
        let choice = |there: &ChoiceId| -> ChoiceId {
            let known = part.choices.iter().find(|(_, own)| own == there);
            known.map_or(there, |(joint, _)| joint).clone()
        };
        let wanted = match wanted {
            Wanted::One(one) => Wanted::One(choice(one)),
            Wanted::Any(many) => Wanted::Any(many.iter().map(choice).collect()),
        };
        (question.shown.id.clone(), wanted)
    }
}

const NO_AGENT: &str = "no";

fn unknown_choice(question: &Question, answer: &str) -> Refusal {
    let field = format!("answers.{}", question.id);
    let message = format!("“{}”没有选项“{answer}”，请重新选择", question.text);
    Refusal::new(RefusalCode::UnknownChoice, field, message)
}

/// What holds once one of these does; none where one always does.
fn any_of<'c>(conditions: impl Iterator<Item = Option<&'c Condition>>) -> Option<Condition> {
    let mut clauses: Vec<Clause> = Vec::new();
    for condition in conditions {
        for clause in condition?.clauses() {
            // One that asks for less makes those needless that ask for the same and more.
            if clauses.iter().any(|known| asks_no_more(known, clause)) {
                continue;
            }
            clauses.retain(|known| !asks_no_more(clause, known));
            clauses.push(clause.clone());
        }
    }
    match clauses.len() {
        1 => clauses.pop().map(Condition::All),
        _ => Some(Condition::Any(clauses)),
    }
}

fn asks_no_more(less: &Clause, more: &Clause) -> bool {
    less.iter().all(|(question, wanted)| more.get(question) == Some(wanted))
}

#[cfg(test)]
mod tests;
