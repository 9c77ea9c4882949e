//! 一件事一次办: taking several matters in as one, and what reaches all of their cases.
//!
//! Owns what is said of a bundle to whoever only asks ([`Desk::enquire_bundle`]), the draft of one
//! ([`Desk::start_bundle`]), its filing, and finding the cases that were
//! filed together. What is one and the same in several matters is the rules'
//! ([`yichuang_domain::bundle`]); each case is a case like any other.

mod enquiry;
mod filing;
mod papers;
#[cfg(test)]
mod tests;

use yichuang_domain::Refusal;
use yichuang_domain::bundle::{Joint, JointMaterial, JointWalk};
use yichuang_domain::case::Case;
use yichuang_domain::intake::{Intake, parse_date};
use yichuang_domain::matter::{Material, Matter};
use yichuang_domain::named::Named as _;
use yichuang_guide::Bundle;
use yichuang_storage::Tx;

use crate::assess;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::{Guide, matter_view};
use crate::steps::Pinned;
use crate::told;
use crate::transfer::refuse_held_elsewhere;
use crate::view::{
    Assessment, BundleDraft, BundleMember, BundleView, ChecklistRow, Draft, DraftView,
    LinkedCaseView, ToldLine,
};

pub use enquiry::AboutBundle;
use enquiry::Asked;
pub(crate) use papers::Together;

/// The bundle of that id.
pub(crate) fn find<'g>(guide: &'g Guide, id: &str) -> Result<&'g Bundle, DeskError> {
    let found = guide.package.bundles.iter().find(|bundle| bundle.id == id);
    found.ok_or(DeskError::NotFound { what: "这个“一件事”" })
}

/// The matters of a bundle, looked at as one. Matters that the guide dropped are left out.
pub(crate) fn joint<'g>(guide: &'g Guide, bundle: &Bundle) -> Joint<'g> {
    let members = bundle.matters.iter().filter_map(|code| guide.matter(code).ok());
    Joint::of(&bundle.name, &bundle.lead, members.collect())
}

impl Desk {
    /// Begins the cases of a bundle, with what an enquiry about it already brought: which matters
    /// are wanted, and the answers.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for a bundle that the guide does not have; `not-in-force` if its
    /// leading matter is not taken; what [`Joint::enquire`] refuses of the answers;
    /// [`DeskError::NotSignedIn`].
    pub fn start_bundle(&self, about: &AboutBundle) -> Result<DraftView, DeskError> {
        let guide = self.guide()?;
        let asked = Asked::of(&guide, about, self.clock.today())?;
        let taken = BundleDraft { id: asked.bundle.id.clone(), taken: asked.taken() };
        let lead = guide.matter(&asked.bundle.lead)?;
        self.start(&guide, lead, asked.enquiry.answers, Some(taken))
    }

    /// A draft of a bundle seen through the rules.
    pub(crate) fn bundle_view(
        &self,
        guide: &Guide,
        draft: Draft,
        chosen: &BundleDraft,
        stored: String,
    ) -> Result<DraftView, DeskError> {
        let bundle = find(guide, &chosen.id)?;
        let joint = joint(guide, bundle).taking(&chosen.taken);
        let seen = Seen::of(&joint, &draft.intake);
        let on = parse_date(&draft.intake.filed_on, "filed_on");
        let taken: Vec<usize> = joint.taken().collect();
        // What a choice has ended neither promises nor costs anything; where all has, the words of
        // the whole stay.
        let live: Vec<usize> = seen.walk.live().collect();
        let limit = joint.promised(live.iter().copied());
        let shown = if live.is_empty() { &taken } else { &live };
        let mut matter = joint.matter_of(shown, limit).ok_or(NO_MATTER)?;
        matter.agent_allowed = joint.agent_allowed();
        matter.name.clone_from(&bundle.name);
        let examined = joint.examine(&guide.package.calendar, &seen.intake);
        let mut members = Vec::with_capacity(joint.members().len());
        for (at, member) in joint.members().iter().enumerate() {
            let parts = examined.as_ref().ok().map(|e| &e.parts);
            let part = parts.and_then(|parts| parts.iter().find(|(position, _)| *position == at));
            let determination = part.map(|(_, examined)| examined.determination.clone());
            let walk = seen.walk.parts.iter().find(|(position, _)| *position == at);
            members.push(BundleMember {
                code: member.code.clone(),
                name: member.name.clone(),
                department: guide.department(member)?.name.clone(),
                lead: at == joint.lead(),
                taken: taken.contains(&at),
                stopped: walk.and_then(|(_, walk)| walk.stopped.clone()),
                due_explained: determination.as_ref().and_then(|d| Some(d.due.as_ref()?.explain())),
                determination,
            });
        }
        let savings = seen.answered.then(|| joint.savings(&seen.walk, &seen.rows));
        let assessment = seen.assess(guide, &joint, &matter, examined.err())?;
        Ok(DraftView {
            matter: matter_view(guide, &matter, on.unwrap_or_else(|_| self.clock.today()))?,
            assessment,
            stored,
            bundle: Some(BundleView {
                id: bundle.id.clone(),
                name: bundle.name.clone(),
                note: bundle.note.clone(),
                limit,
                members,
                savings,
            }),
            draft,
        })
    }

    /// The cases that were filed together with `case`, without it.
    pub(crate) fn linked_cases(&self, case: &Case) -> Result<Vec<LinkedCaseView>, DeskError> {
        let Some(bundle) = &case.bundle else { return Ok(Vec::new()) };
        let mut linked = Vec::new();
        for number in bundle.cases.iter().filter(|number| **number != case.number) {
            let found = self.store.case_numbered(number)?;
            linked.push(LinkedCaseView {
                id: found.as_ref().map(|c| c.id.to_string()),
                number: number.to_string(),
                matter_name: found.as_ref().map(|c| c.matter.name.clone()).unwrap_or_default(),
                state: found.as_ref().map(|c| c.state),
                due: found.and_then(|c| Some(c.due?.on.to_string())),
                lead: *number == bundle.lead,
            });
        }
        Ok(linked)
    }

    /// `case` and those filed together with it that this window has in hand, in the order of the
    /// bundle; alone where it is of none.
    pub(crate) fn together<'g>(
        &self,
        tx: &Tx<'_>,
        pinned: &Pinned<'g>,
        case: Case,
    ) -> Result<Together<'g>, DeskError> {
        let guide = pinned.guide;
        let bundle = case.bundle.as_ref().and_then(|bundle| find(guide, &bundle.id).ok());
        let (Some(bundle), Some(of)) = (bundle, &case.bundle) else {
            return Ok(Together::alone(guide, pinned.matter, case));
        };
        let mut cases = Vec::new();
        for number in &of.cases {
            if *number == case.number {
                cases.push(case.clone());
            } else if let Some(other) = tx.case_numbered(number)?
                && refuse_held_elsewhere(tx, &other).is_ok()
            {
                cases.push(other);
            }
        }
        Together::of(guide, joint(guide, bundle), of.limit, cases)
    }
}

const NO_MATTER: DeskError = DeskError::NotFound { what: "这个“一件事”的事项" };

fn checklist_row(joint: &Joint<'_>, row: &JointMaterial) -> ChecklistRow {
    let matters = row.parts.iter().filter_map(|(at, _)| joint.members().get(*at));
    let used_by = matters.map(|matter| matter.name.clone()).collect();
    ChecklistRow { used_by, ..assess::row(&row.material) }
}

/// What was typed of a bundle, seen through its questions and materials.
struct Seen<'m> {
    intake: Intake,
    walk: JointWalk<'m>,
    answered: bool,
    rows: Vec<JointMaterial>,
}

impl<'m> Seen<'m> {
    fn of(joint: &Joint<'m>, typed: &Intake) -> Self {
        let mut typed = typed.clone();
        // What only a matter asks that was left out since is no fault.
        typed.answers.retain(|id, _| joint.asks(id));
        let walk = joint.walk(&typed.answers, typed.agent.is_some());
        let answered = walk.is_complete();
        let rows = if answered { joint.applicable(&walk) } else { Vec::new() };
        let materials: Vec<&Material> = rows.iter().map(|row| &row.material).collect();
        let intake = assess::relevant(&typed, &materials);
        Self { intake, walk, answered, rows }
    }

    fn assess(
        self,
        guide: &Guide,
        joint: &Joint<'_>,
        matter: &Matter,
        fault: Option<Refusal>,
    ) -> Result<Assessment, DeskError> {
        let Self { intake, walk, answered, rows } = self;
        let filed_on = parse_date(&intake.filed_on, "filed_on").ok();
        let mut faults: Vec<Refusal> =
            filed_on.into_iter().flat_map(|on| joint.not_in_force(on)).collect();
        faults.extend(joint.party_faults(&intake));
        faults.extend(walk.faults);
        faults
            .extend(fault.filter(|fault| !faults.contains(fault)).into_iter().collect::<Vec<_>>());
        let ended: Vec<_> = walk
            .parts
            .iter()
            .filter_map(|(at, walk)| Some((joint.members().get(*at)?, walk.stopped.as_ref()?)))
            .collect();
        // Where every matter has ended, so has the walk.
        let all = ended.len() == walk.parts.len();
        let stopped = ended.first().filter(|_| all).map(|(_, stopped)| (*stopped).clone());
        let materials: Vec<&Material> = rows.iter().map(|row| &row.material).collect();
        let mut told = told::tell(guide, matter, &intake, stopped.as_ref(), &materials)?;
        if !all {
            told.lines.extend(ended.iter().map(|(member, stopped)| {
                ToldLine {
                    text: format!("{}：{}", member.name, stopped.stop.outcome.word()),
                    details: [stopped.stop.reason.clone(), stopped.stop.refer_to.clone()]
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .collect(),
                }
            }));
        }
        Ok(Assessment {
            questions: walk.questions,
            answered,
            stopped,
            checklist: rows.iter().map(|row| checklist_row(joint, row)).collect(),
            faults,
            determination: None,
            due_explained: None,
            notify_by_explained: None,
            told,
        })
    }
}
