//! One set of papers for cases that were filed together: what several of them are owed on one day
//! is one paper, archived once and on record in each of them.

use jiff::civil::Date;
use yichuang_documents::LinkedCase;
use yichuang_domain::bundle::Joint;
use yichuang_domain::case::{Actor, Case};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::{Limit, Matter};
use yichuang_domain::particulars::Particulars;
use yichuang_storage::Tx;

use super::NO_MATTER;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::papers::{Issue, Paperwork};

/// Cases that were filed together, in the order of their bundle; one case alone is its own.
pub(crate) struct Together<'g> {
    guide: &'g Guide,
    joint: Joint<'g>,
    limit: Option<Limit>,
    /// Each with its place in the bundle.
    cases: Vec<(usize, Case)>,
}

impl<'g> Together<'g> {
    pub(crate) fn alone(guide: &'g Guide, matter: &'g Matter, case: Case) -> Self {
        let joint = Joint::of(&matter.name, &matter.code, vec![matter]);
        Self { guide, joint, limit: None, cases: vec![(0, case)] }
    }

    pub(crate) fn of(
        guide: &'g Guide,
        joint: Joint<'g>,
        limit: Option<Limit>,
        cases: Vec<Case>,
    ) -> Result<Self, DeskError> {
        let place = |case: Case| {
            let at = joint.members().iter().position(|m| m.code == case.matter.code);
            Ok::<_, DeskError>((at.ok_or(NO_MATTER)?, case))
        };
        let cases = cases.into_iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self { guide, joint, limit, cases })
    }

    /// The cases, each with its matter.
    pub(crate) fn cases(&self) -> impl Iterator<Item = (&Case, &'g Matter)> {
        self.cases.iter().filter_map(|(at, case)| Some((case, *self.joint.members().get(*at)?)))
    }

    /// What of the materials `ids` of one case another has, by its own ids.
    pub(crate) fn same(&self, of: &Case, ids: &[String], other: &Case) -> Vec<String> {
        let place = |case: &Case| {
            let found = self.cases.iter().find(|(_, c)| c.id == case.id);
            found.map(|(at, _)| *at)
        };
        let (Some(here), Some(there)) = (place(of), place(other)) else { return Vec::new() };
        let joint: Vec<_> =
            ids.iter().filter_map(|id| self.joint.joint_id(here, id).cloned()).collect();
        self.joint.ids_there(there, &joint).cloned().collect()
    }

    /// The same cases after something happened to them, without those it did not happen to.
    pub(crate) fn after(&self, cases: Vec<Case>) -> Result<Together<'g>, DeskError> {
        Self::of(self.guide, self.joint.clone(), self.limit, cases)
    }
}

impl Desk {
    /// Makes, archives and logs the papers that each case is owed: `papers` by the place of the
    /// case. A kind that several cases are owed is one paper of them all; a paper that ends a
    /// matter is that matter's alone, for its department answers for it.
    pub(crate) fn issue_together(
        &self,
        tx: &Tx<'_>,
        together: &Together<'_>,
        actor: &Actor,
        on: Date,
        papers: &[Vec<DocumentKind>],
    ) -> Result<(), DeskError> {
        // A paper names one day of acceptance: cases accepted on different days have their own. The
        // receipt is of the day of filing, whatever was accepted by then.
        let sort = |kind: DocumentKind, case: &Case| match kind {
            DocumentKind::MaterialReceipt => (kind, None),
            _ => (kind, case.accepted_on),
        };
        let mut sorts: Vec<(DocumentKind, Option<Date>)> = Vec::new();
        for ((_, case), kinds) in together.cases.iter().zip(papers) {
            for kind in kinds {
                if !sorts.contains(&sort(*kind, case)) {
                    sorts.push(sort(*kind, case));
                }
            }
        }
        for (kind, accepted_on) in sorts {
            let owed: Vec<&(usize, Case)> = together
                .cases
                .iter()
                .zip(papers)
                .filter(|((_, case), kinds)| {
                    kinds.contains(&kind) && sort(kind, case) == (kind, accepted_on)
                })
                .map(|(case, _)| case)
                .collect();
            let alone = owed.len() == 1
                || matches!(kind, DocumentKind::Refusal | DocumentKind::NotRequiredNotice);
            match alone {
                true => {
                    for one in owed {
                        self.issue_joint(tx, together, (actor, on), &[one], kind)?;
                    }
                }
                false => self.issue_joint(tx, together, (actor, on), &owed, kind)?,
            }
        }
        Ok(())
    }

    fn issue_joint(
        &self,
        tx: &Tx<'_>,
        together: &Together<'_>,
        (actor, on): (&Actor, Date),
        owed: &[&(usize, Case)],
        kind: DocumentKind,
    ) -> Result<(), DeskError> {
        let Together { guide, joint, limit, .. } = together;
        let issue = |matter| Issue { guide, matter, actor, on, particulars: &Particulars::None };
        if let [(at, case)] = owed {
            let matter = joint.members().get(*at).ok_or(NO_MATTER)?;
            return self.issue(tx, &issue(matter), case.clone(), &[kind]);
        }
        let places: Vec<usize> = owed.iter().map(|(at, _)| *at).collect();
        let matter = joint.matter_of(&places, *limit).ok_or(NO_MATTER)?;
        let cases: Vec<(usize, &Case)> = owed.iter().map(|(at, case)| (*at, case)).collect();
        let shown = joint.case_of(&cases).ok_or(NO_MATTER)?;
        let mut linked = Vec::with_capacity(owed.len());
        for (at, case) in &cases {
            let matter = joint.members().get(*at).ok_or(NO_MATTER)?;
            linked.push(LinkedCase {
                matter: &matter.name,
                code: &matter.code,
                department: &guide.department(matter)?.name,
                number: case.number.as_str(),
                due: case.due.as_ref().map(|due| due.on),
            });
        }
        let of: Vec<_> = cases.iter().map(|(_, case)| case.id).collect();
        let paperwork = Paperwork { shown: &shown, of: &of, linked: &linked };
        self.issue_of(tx, &issue(&matter), &paperwork, &[kind])
    }
}
