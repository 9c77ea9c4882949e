//! One set of papers for the cases of a bundle: the cases and their matters as one case of one
//! matter, so that every template says of a bundle what it says of a case.

use super::joint::Joint;
use super::material;
use crate::case::Arrival;
use crate::case::Case;
use crate::checklist::CheckedMaterial;
use crate::matter::{Delivery, Fee, Limit, LimitUnit, MaterialId, Matter, SupplementRule};

impl Joint<'_> {
    /// The matters at these positions as one: promised by the bundle, charged together, and where
    /// they differ in how soon the applicant must be told, by the strictest of them. Its materials
    /// and questions are empty.
    pub fn matter_of(&self, positions: &[usize], promise: Option<Limit>) -> Option<Matter> {
        let members = self.members();
        let of: Vec<&Matter> =
            positions.iter().filter_map(|at| members.get(*at).copied()).collect();
        let first = of.first()?;
        let lead = match positions.contains(&self.lead()) {
            true => members.get(self.lead()).copied().unwrap_or(first),
            false => first,
        };
        let mut delivery: Vec<Delivery> = Vec::new();
        for way in of.iter().flat_map(|m| &m.result.delivery) {
            if !delivery.contains(way) {
                delivery.push(way.clone());
            }
        }
        let mut joint = Matter {
            name: self.named(&of),
            aliases: Vec::new(),
            audience: self.audience(),
            supplement: strictest(&of),
            // Where the leading matter is not among them, the bundle promises nothing.
            promised_limit: if of.len() > 1 { promise } else { lead.promised_limit },
            visits: of.iter().map(|m| m.visits).max().unwrap_or(1),
            fee: fees(&of),
            agent_allowed: of.iter().all(|m| m.agent_allowed),
            conditions: distinct(of.iter().flat_map(|m| &m.conditions)),
            questions: Vec::new(),
            materials: Vec::new(),
            special_procedures: of.iter().flat_map(|m| m.special_procedures.clone()).collect(),
            basis: distinct(of.iter().flat_map(|m| &m.basis)),
            common_returns: Vec::new(),
            reference: None,
            ..lead.clone()
        };
        joint.result.name = distinct(of.iter().map(|m| &m.result.name)).join("、");
        joint.result.delivery = delivery;
        Some(joint)
    }

    /// The bundle's name with the matters that are meant; one matter alone is named by itself.
    fn named(&self, of: &[&Matter]) -> String {
        match of {
            [one] => one.name.clone(),
            _ => {
                let names: Vec<&str> = of.iter().map(|m| m.name.as_str()).collect();
                format!("{}（{}）", self.name(), names.join("、"))
            }
        }
    }

    /// Cases of the bundle as one case, for a paper that they have in common. It is the first of
    /// them by number and by what happened to it; materials are the bundle's.
    pub fn case_of(&self, cases: &[(usize, &Case)]) -> Option<Case> {
        let (_, first) = cases.first()?;
        let there = |at: usize, id: &MaterialId| {
            let (_, case) = cases.iter().find(|(member, _)| *member == at)?;
            case.materials.iter().find(|m| m.material.id == *id)
        };
        let materials = self.join_again(|(at, id)| there(*at, id).map(|m| &m.material));
        let ids = |of: fn(&Case) -> &[MaterialId]| {
            let mine: Vec<&MaterialId> = cases
                .iter()
                .flat_map(|(at, case)| of(case).iter().filter_map(|id| self.joint_id(*at, id)))
                .collect();
            let listed = materials.iter().filter(|row| mine.contains(&&row.material.id));
            listed.map(|row| row.material.id.clone()).collect::<Vec<_>>()
        };
        let mut arrived: Vec<Arrival> = Vec::new();
        for (at, case) in cases {
            for arrival in &case.arrived {
                let Some(id) = self.joint_id(*at, &arrival.id) else { continue };
                if !arrived.iter().any(|a| a.id == *id) {
                    arrived.push(Arrival { id: id.clone(), ..arrival.clone() });
                }
            }
        }
        Some(Case {
            listed: ids(|case| &case.listed),
            arrived,
            notify_by: cases.iter().filter_map(|(_, c)| c.notify_by.clone()).min_by_key(|d| d.on),
            due: cases.iter().filter_map(|(_, c)| c.due.clone()).max_by_key(|d| d.on),
            materials: materials
                .iter()
                .filter_map(|row| {
                    let parts: Vec<_> =
                        row.parts.iter().filter_map(|(at, id)| there(*at, id)).collect();
                    let shown: &CheckedMaterial = material::shown(&parts)?;
                    Some(CheckedMaterial { material: row.material.clone(), ..shown.clone() })
                })
                .collect(),
            ..(*first).clone()
        })
    }
}

/// The rule that leaves the least time to tell the applicant what is missing.
fn strictest(of: &[&Matter]) -> SupplementRule {
    let days = |m: &&&Matter| {
        let limit = m.supplement.limit();
        // A workday is a day or more.
        (limit.value, limit.unit == LimitUnit::Workdays)
    };
    of.iter().min_by_key(days).map_or(SupplementRule::LICENCE, |m| m.supplement)
}

fn fees(of: &[&Matter]) -> Option<Fee> {
    let fees: Vec<&Fee> = of.iter().filter_map(|m| m.fee.as_ref()).collect();
    if fees.is_empty() {
        return None;
    }
    Some(Fee {
        item: distinct(fees.iter().map(|f| &f.item)).join("、"),
        amount_fen: fees.iter().map(|f| f.amount_fen).sum(),
        basis: distinct(fees.iter().map(|f| &f.basis)).join("；"),
    })
}

fn distinct<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for text in texts {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
    list
}
