//! The matters of a bundle looked at as one: each question once, each material once.

use std::collections::HashMap;

use super::due_within;
use super::material::{self, JointMaterial};
use super::savings::{self, Savings};
use crate::applicant::{ApplicantInput, ApplicantKind};
use crate::calendar::WorkCalendar;
use crate::checklist::{self, Check, Walk};
use crate::condition::Answers;
use crate::intake::{self, CheckInput, Examined, Intake};
use crate::matter::{
    AGENT_QUESTION, Choice, ChoiceId, Material, MaterialId, Matter, Question, QuestionId,
};
use crate::refusal::{Refusal, RefusalCode};

/// A question of the bundle, and where it is asked.
#[derive(Clone, Debug)]
pub(super) struct JointQuestion {
    pub(super) shown: Question,
    pub(super) parts: Vec<QuestionPart>,
}

#[derive(Clone, Debug)]
pub(super) struct QuestionPart {
    pub(super) member: usize,
    pub(super) id: QuestionId,
    /// The bundle's choice, and the matter's.
    pub(super) choices: Vec<(ChoiceId, ChoiceId)>,
}

/// Materials of several matters that are one and the same.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) id: MaterialId,
    pub(super) name: String,
    pub(super) parts: Vec<(usize, MaterialId)>,
}

/// The matters of a bundle, looked at as one. Ids of questions and materials are the bundle's own:
/// made of the first matter that has it, so that they stay when another matter is left out.
#[derive(Clone, Debug)]
pub struct Joint<'m> {
    name: String,
    members: Vec<&'m Matter>,
    lead: usize,
    taken: Vec<bool>,
    pub(super) questions: Vec<JointQuestion>,
    pub(super) groups: Vec<Group>,
}

/// Where the walk through the questions of a bundle stands.
#[derive(Clone, Debug)]
pub struct JointWalk<'m> {
    /// The questions visible so far, each once, in order.
    pub questions: Vec<Question>,
    /// The walk through each matter that is taken, by its position.
    pub parts: Vec<(usize, Walk<'m>)>,
    /// The faults met, in the order of the questions.
    pub faults: Vec<Refusal>,
}

impl JointWalk<'_> {
    /// Whether every visible question is answered.
    pub fn is_complete(&self) -> bool {
        self.faults.is_empty()
    }

    /// The matters that no choice has ended.
    pub fn live(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().filter(|(_, walk)| walk.stopped.is_none()).map(|(member, _)| *member)
    }
}

/// An intake of a bundle that was checked whole, with what follows for each matter.
#[derive(Clone, Debug)]
pub struct JointExamined {
    /// Each matter that is taken, by its position.
    pub parts: Vec<(usize, Examined)>,
    /// The materials as the bundle asks for them.
    pub materials: Vec<JointMaterial>,
}

/// A text as it is compared: two editors write the same question with other signs and spaces.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl<'m> Joint<'m> {
    /// Looks at `members` as one, in this order.
    pub fn of(name: &str, lead: &str, members: Vec<&'m Matter>) -> Self {
        Self {
            name: name.to_owned(),
            lead: members.iter().position(|m| m.code == lead).unwrap_or(0),
            taken: vec![true; members.len()],
            questions: join_questions(&members),
            groups: join_materials(&members),
            members,
        }
    }

    /// Leaves out every matter but these. The leading matter stays: without it there is no bundle.
    pub fn taking(mut self, codes: &[String]) -> Self {
        self.taken = self.members.iter().map(|m| codes.contains(&m.code)).collect();
        if let Some(lead) = self.taken.get_mut(self.lead) {
            *lead = true;
        }
        self
    }

    /// 一件事名称.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The position of the leading matter.
    pub fn lead(&self) -> usize {
        self.lead
    }

    /// Every matter of the bundle.
    pub fn members(&self) -> &[&'m Matter] {
        &self.members
    }

    /// The positions of the matters that are taken.
    pub fn taken(&self) -> impl Iterator<Item = usize> {
        self.taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(member, _)| member)
    }

    pub(super) fn taken_matters(&self) -> impl Iterator<Item = (usize, &'m Matter)> {
        self.taken().filter_map(|member| Some((member, *self.members.get(member)?)))
    }

    /// Whether a question of that id is one of a matter that is taken.
    pub fn asks(&self, id: &str) -> bool {
        let question = self.questions.iter().find(|question| question.shown.id == id);
        let taken = |part: &QuestionPart| self.taken.get(part.member) == Some(&true);
        question.is_none_or(|question| question.parts.iter().any(taken))
    }

    /// Whether a material of that id is one of the bundle's.
    pub fn asks_for(&self, id: &str) -> bool {
        self.groups.iter().any(|group| group.id == id)
    }

    /// The bundle's id of a material of one of its matters.
    pub fn joint_id(&self, member: usize, id: &str) -> Option<&MaterialId> {
        let here = |g: &&Group| g.parts.iter().any(|(m, part)| *m == member && part == id);
        self.groups.iter().find(here).map(|group| &group.id)
    }

    /// What of the bundle's materials a matter has under `ids`.
    pub fn ids_there<'a>(
        &'a self,
        member: usize,
        ids: &'a [MaterialId],
    ) -> impl Iterator<Item = &'a MaterialId> {
        let groups = self.groups.iter().filter(|group| ids.contains(&group.id));
        groups
            .flat_map(move |g| g.parts.iter().filter(move |(m, _)| *m == member).map(|(_, id)| id))
    }

    /// The answers of the bundle as one matter's.
    pub(super) fn answers_there(&self, member: usize, given: &Answers) -> Answers {
        let mut answers = Answers::new();
        for question in &self.questions {
            let Some(answer) = given.get(&question.shown.id) else { continue };
            for part in question.parts.iter().filter(|part| part.member == member) {
                // A choice that there is not is refused there, with the matter's words.
                let there = part.choices.iter().find(|(joint, _)| joint == answer);
                let there = there.map_or(answer, |(_, there)| there);
                answers.insert(part.id.clone(), there.clone());
            }
        }
        answers
    }

    /// Walks the questions of every matter that is taken with the answers given once. A choice
    /// that ends one matter ends no other.
    pub fn walk(&self, given: &Answers, agent: bool) -> JointWalk<'m> {
        let unknown = given.keys().filter(|id| {
            *id != AGENT_QUESTION && !self.questions.iter().any(|q| q.shown.id == **id)
        });
        let unknown = unknown.map(|id| {
            let message = "这个“一件事”里没有这个问题，请重新选择情形";
            Refusal::new(RefusalCode::UnknownQuestion, format!("answers.{id}"), message)
        });
        let mut faults: Vec<Refusal> = unknown.collect();
        let parts: Vec<_> = self
            .taken_matters()
            .map(|(at, matter)| {
                (at, checklist::walk(matter, &self.answers_there(at, given), agent))
            })
            .collect();
        let mut questions = Vec::new();
        for question in &self.questions {
            let asked = |part: &&QuestionPart| {
                parts.iter().any(|(member, walk)| {
                    *member == part.member && walk.visible.iter().any(|q| q.id == part.id)
                })
            };
            if !question.parts.iter().any(|part| asked(&part)) {
                continue;
            }
            questions.push(question.shown.clone());
            faults.extend(question.fault(&parts));
        }
        JointWalk { questions, parts, faults }
    }

    /// The materials that apply in the matters that no choice has ended, each once.
    pub fn applicable(&self, walk: &JointWalk<'m>) -> Vec<JointMaterial> {
        let mut by_member: HashMap<usize, Vec<&'m Material>> = HashMap::new();
        for (member, part) in walk.parts.iter().filter(|(_, walk)| walk.stopped.is_none()) {
            if let Some(matter) = self.members.get(*member) {
                by_member.insert(*member, checklist::applicable(matter, &part.answers));
            }
        }
        let find = |(member, id): &(usize, MaterialId)| {
            by_member.get(member)?.iter().copied().find(|m| m.id == *id)
        };
        self.groups.iter().filter_map(|group| group.joined(find)).collect()
    }

    /// What one matter's intake is, of what was typed once for all.
    fn intake_there(&self, at: usize, typed: &Intake, materials: &[JointMaterial]) -> Intake {
        let matter = self.members.get(at);
        let checks = typed.materials.iter().flat_map(|input| {
            let row = materials.iter().find(|row| row.material.id == input.id);
            let parts = row.into_iter().flat_map(|row| &row.parts);
            parts.filter(|(member, _)| *member == at).filter_map(|(_, id)| {
                let there = matter?.material(id)?;
                let check = Check::parse(&input.check)?;
                Some(CheckInput {
                    id: id.clone(),
                    check: material::check_there(check, there).as_str().to_owned(),
                    reason: input.reason.clone(),
                })
            })
        });
        Intake {
            matter: matter.map(|m| m.code.clone()).unwrap_or_default(),
            answers: self.answers_there(at, &typed.answers),
            applicant: matter.map_or_else(
                || typed.applicant.clone(),
                |matter| applies_as(matter, &typed.applicant),
            ),
            materials: checks.collect(),
            ..typed.clone()
        }
    }

    /// Every fault of what was typed about who applies, in the order of the fields: what holds for
    /// one matter only says for which.
    pub fn party_faults(&self, typed: &Intake) -> Vec<Refusal> {
        let mut faults: Vec<Refusal> = Vec::new();
        let on = intake::parse_date(&typed.filed_on, "filed_on").ok();
        for (_, matter) in self.taken_matters() {
            let applicant = applies_as(matter, &typed.applicant);
            for fault in intake::party_faults(matter, &applicant, typed.agent.as_ref(), on) {
                let of_matter = matches!(
                    fault.code,
                    RefusalCode::AudienceMismatch | RefusalCode::AgentNotAllowed
                );
                let fault = if of_matter { about(matter, fault) } else { fault };
                if !faults.iter().any(|f| f.code == fault.code && f.field == fault.field) {
                    faults.push(fault);
                }
            }
        }
        faults
    }

    /// Refuses matters that are not taken on a day.
    pub fn not_in_force(&self, on: jiff::civil::Date) -> impl Iterator<Item = Refusal> {
        let judge = move |(_, m): (usize, &'m Matter)| {
            intake::require_in_force(m, on).err().map(|why| about(m, why))
        };
        self.taken_matters().filter_map(judge)
    }

    /// Checks an intake of the bundle whole and says what follows for each matter.
    ///
    /// # Errors
    /// The first fault, in the order of the fields, with the bundle's ids.
    pub fn examine(
        &self,
        calendar: &WorkCalendar,
        typed: &Intake,
    ) -> Result<JointExamined, Refusal> {
        let filed_on = intake::parse_date(&typed.filed_on, "filed_on")?;
        if let Some(fault) = self.not_in_force(filed_on).next() {
            return Err(fault);
        }
        if let Some(fault) = self.party_faults(typed).into_iter().next() {
            return Err(fault);
        }
        let walk = self.walk(&typed.answers, typed.agent.is_some());
        if let Some(fault) = walk.faults.into_iter().next() {
            return Err(fault);
        }
        let walk = JointWalk { faults: Vec::new(), ..walk };
        let materials = self.applicable(&walk);
        // Those that do not apply are known by name only; what one allows, those say that apply.
        let apply: Vec<_> = materials.iter().map(|row| &row.material).collect();
        let known: Vec<_> = self
            .join_again(|(at, id)| self.members.get(*at)?.material(id))
            .into_iter()
            .map(|row| match apply.iter().find(|material| material.id == row.material.id) {
                Some(material) => (*material).clone(),
                None => row.material,
            })
            .collect();
        intake::check_materials(&known, &apply, &typed.materials)?;
        let promised = self.promised(walk.live());
        let mut parts = Vec::with_capacity(walk.parts.len());
        for (member, matter) in self.taken_matters() {
            let there = self.intake_there(member, typed, &materials);
            let mut examined = intake::examine(matter, calendar, &there)?;
            let determination = &mut examined.determination;
            if let Some(on) = determination.accepted_on {
                determination.due = due_within(promised, matter, calendar, on);
            }
            parts.push((member, examined));
        }
        Ok(JointExamined { parts, materials })
    }

    /// What is spared in the situation that `walk` stands in.
    pub fn savings(&self, walk: &JointWalk<'m>, materials: &[JointMaterial]) -> Savings {
        let live: Vec<&Matter> =
            walk.live().filter_map(|member| self.members.get(member).copied()).collect();
        let apart = materials.iter().map(|row| row.parts.len()).sum();
        savings::count(&live, apart, materials.len())
    }

    /// Who may apply for every matter taken.
    pub fn audience(&self) -> Vec<ApplicantKind> {
        let fits = |matter: &Matter, kind| matter.audience.contains(&kind_at(matter, kind));
        let everywhere =
            |kind: &ApplicantKind| self.taken_matters().all(|(_, matter)| fits(matter, *kind));
        ApplicantKind::ALL.into_iter().filter(everywhere).collect()
    }

    /// The materials that cases of the bundle were filed with, joined again.
    pub(super) fn join_again(
        &self,
        material: impl Fn(&(usize, MaterialId)) -> Option<&'m Material>,
    ) -> Vec<JointMaterial> {
        self.groups.iter().filter_map(|group| group.joined(&material)).collect()
    }
}

/// As what somebody applies for one matter of a bundle. Who sets up as a 个体工商户 is a natural person
/// until then, and the 个体工商户 for what comes after (民法典 第54条): the same hands in both.
fn kind_at(matter: &Matter, kind: ApplicantKind) -> ApplicantKind {
    let operator = kind == ApplicantKind::Person
        && !matter.audience.contains(&kind)
        && matter.audience.contains(&ApplicantKind::SoleTrader);
    if operator { ApplicantKind::SoleTrader } else { kind }
}

/// [`kind_at`] of what was typed.
fn applies_as(matter: &Matter, typed: &ApplicantInput) -> ApplicantInput {
    let kind = ApplicantKind::parse(&typed.kind).map(|kind| kind_at(matter, kind));
    ApplicantInput {
        kind: kind.map_or_else(|| typed.kind.clone(), |kind| kind.as_str().to_owned()),
        party: typed.party.clone(),
    }
}

impl JointQuestion {
    /// The first fault that a matter finds with the answer, told of the bundle's question.
    fn fault(&self, parts: &[(usize, Walk<'_>)]) -> Option<Refusal> {
        self.parts.iter().find_map(|part| {
            let (_, walk) = parts.iter().find(|(member, _)| *member == part.member)?;
            let field = format!("answers.{}", part.id);
            let fault = walk.faults.iter().find(|fault| fault.field == field)?;
            Some(Refusal { field: format!("answers.{}", self.shown.id), ..fault.clone() })
        })
    }
}

impl Group {
    fn joined<'m>(
        &self,
        material: impl Fn(&(usize, MaterialId)) -> Option<&'m Material>,
    ) -> Option<JointMaterial> {
        let found: Vec<_> =
            self.parts.iter().filter_map(|part| Some((part, material(part)?))).collect();
        if found.is_empty() {
            return None;
        }
        let materials: Vec<_> = found.iter().map(|(_, m)| *m).collect();
        Some(JointMaterial {
            material: material::join(self.id.clone(), self.name.clone(), &materials),
            parts: found.into_iter().map(|(part, _)| part.clone()).collect(),
        })
    }
}

pub(super) fn about(matter: &Matter, fault: Refusal) -> Refusal {
    Refusal { message: format!("“{}”：{}", matter.name, fault.message), ..fault }
}

/// The bundle's id of what the matter `code` has as `id`.
fn own_id(code: &str, id: &str) -> String {
    format!("{code}:{id}")
}

/// The how-manieth of its like something is inside its matter.
fn nth(seen: &mut HashMap<String, usize>, key: String) -> (String, usize) {
    let count = seen.entry(key.clone()).or_insert(0);
    *count += 1;
    (key, *count)
}

fn join_questions(members: &[&Matter]) -> Vec<JointQuestion> {
    let mut joined: Vec<((String, usize), JointQuestion)> = Vec::new();
    for (member, matter) in members.iter().enumerate() {
        let mut seen = HashMap::new();
        for question in &matter.questions {
            let mut choices: Vec<_> = question.choices.iter().map(|c| plain(&c.text)).collect();
            choices.sort();
            let key = nth(&mut seen, format!("{}\n{}", plain(&question.text), choices.join("\n")));
            let known = joined.iter_mut().find(|(k, _)| *k == key);
            match known {
                Some((_, joint)) => joint.parts.push(part_of(member, question, &joint.shown)),
                None => {
                    let shown = Question {
                        id: own_id(&matter.code, &question.id),
                        when: None,
                        choices: question.choices.iter().map(without_end).collect(),
                        ..question.clone()
                    };
                    let parts = vec![part_of(member, question, &shown)];
                    joined.push((key, JointQuestion { shown, parts }));
                }
            }
        }
    }
    joined.into_iter().map(|(_, question)| question).collect()
}

/// A choice as the bundle shows it: whether it ends a matter, each matter says for itself.
fn without_end(choice: &Choice) -> Choice {
    Choice { stop: None, ..choice.clone() }
}

fn part_of(member: usize, there: &Question, shown: &Question) -> QuestionPart {
    let same = |choice: &Choice| {
        let found = there.choices.iter().find(|c| plain(&c.text) == plain(&choice.text))?;
        Some((choice.id.clone(), found.id.clone()))
    };
    QuestionPart {
        member,
        id: there.id.clone(),
        choices: shown.choices.iter().filter_map(same).collect(),
    }
}

fn join_materials(members: &[&Matter]) -> Vec<Group> {
    let mut joined: Vec<((String, usize), Group)> = Vec::new();
    for (member, matter) in members.iter().enumerate() {
        let mut seen = HashMap::new();
        for material in &matter.materials {
            let name = name_of(material);
            let key = nth(&mut seen, plain(name));
            let part = (member, material.id.clone());
            match joined.iter_mut().find(|(k, _)| *k == key) {
                Some((_, group)) => group.parts.push(part),
                None => {
                    let id = own_id(&matter.code, &material.id);
                    let group = Group { id, name: name.to_owned(), parts: vec![part] };
                    joined.push((key, group));
                }
            }
        }
    }
    joined.into_iter().map(|(_, group)| group).collect()
}

/// What the bundle calls a material.
fn name_of(material: &Material) -> &str {
    let common = material.reference.as_deref().map(|r| r.common_name.trim());
    common.filter(|name| !name.is_empty()).unwrap_or(&material.name)
}
