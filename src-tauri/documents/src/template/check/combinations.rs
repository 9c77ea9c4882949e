//! Going through everything that the names in some conditions can be.

use super::{Assignment, FindingCode, Inspection, MOST_COMBINATIONS, Place, Site, Variable};
use crate::template::vocabulary::{self, Name, Presence};
use crate::template::when::{Atom, When};

impl Inspection<'_> {
    /// The field of that name, an item's first.
    pub(super) fn name(&self, name: &str, list: Option<&str>) -> Option<(Name, bool)> {
        let of_item = list
            .and_then(|list| vocabulary::lists().iter().find(|l| l.name == list))
            .and_then(|list| list.fields.iter().find(|f| f.name == name));
        match of_item {
            Some(field) => Some((*field, true)),
            None => vocabulary::fields(self.kind).find(|f| f.name == name).map(|f| (f, false)),
        }
    }

    /// The variable that says whether a name has something to say; `Ok(None)` for one that always
    /// has. None if there is no such name.
    pub(super) fn variable(&self, name: &str, list: Option<&str>) -> Option<Option<Variable>> {
        if vocabulary::lists().iter().any(|l| l.name == name) {
            return Some(Some(Variable::Has(name.to_owned())));
        }
        let (found, of_item) = self.name(name, list)?;
        Some(match found.presence {
            Presence::Always => None,
            Presence::With(other) => return self.variable(other, list),
            Presence::Sometimes => Some(Variable::Has(match (of_item, list) {
                (true, Some(list)) => format!("{list}.{name}"),
                _ => name.to_owned(),
            })),
        })
    }

    pub(super) fn holds(&self, when: &When, list: Option<&str>, at: &Assignment) -> bool {
        when.holds(&|atom| match atom {
            Atom::Present(name) => match self.variable(name, list) {
                Some(Some(variable)) => at.get(&variable).is_some_and(|v| *v == 1),
                Some(None) => true,
                None => false,
            },
            Atom::Is(choice, value) => vocabulary::choices()
                .iter()
                .find(|c| c.name == choice)
                .and_then(|c| at.get(&Variable::Choice(c.name)).map(|v| c.values[*v] == value))
                .unwrap_or(false),
        })
    }

    /// What the conditions ask for.
    pub(super) fn variables(&self, conditions: &[&When], list: Option<&str>) -> Vec<Variable> {
        let variable = |atom: &Atom| match atom {
            Atom::Present(name) => self.variable(name, list).flatten(),
            Atom::Is(choice, _) => vocabulary::choices()
                .iter()
                .find(|c| c.name == choice)
                .map(|c| Variable::Choice(c.name)),
        };
        conditions.iter().flat_map(|when| when.atoms()).filter_map(variable).collect()
    }

    /// Whether `wrong` holds for some values of `variables`; none if there are too many to tell.
    pub(super) fn some(
        mut variables: Vec<Variable>,
        wrong: impl Fn(&Assignment) -> bool,
    ) -> Option<bool> {
        variables.sort();
        variables.dedup();
        let values = |variable: &Variable| match variable {
            Variable::Has(_) => 2,
            Variable::Choice(name) => {
                vocabulary::choices().iter().find(|c| c.name == *name).map_or(1, |c| c.values.len())
            }
        };
        let counts: Vec<usize> = variables.iter().map(values).collect();
        let all = counts.iter().try_fold(1usize, |all, n| all.checked_mul(*n))?;
        if all > MOST_COMBINATIONS {
            return None;
        }
        Some((0..all).any(|mut number| {
            let digit = |(variable, count): (&Variable, &usize)| {
                let value = number % count;
                number /= count;
                (variable.clone(), value)
            };
            wrong(&variables.iter().zip(&counts).map(digit).collect())
        }))
    }

    pub(super) fn shown(&self, site: &Site<'_>, at: &Assignment) -> bool {
        // A row is there only where its list has items.
        let row = site.list.is_none_or(|list| at.get(&Variable::Has(list.to_owned())) != Some(&0));
        row && site.conditions.iter().all(|when| self.holds(when, site.list, at))
    }

    pub(super) fn report(
        &mut self,
        place: &Place,
        told: Option<bool>,
        code: FindingCode,
        message: String,
    ) {
        match told {
            Some(false) => {}
            Some(true) => self.find(place, code, message),
            None => {
                let message = "这里的适用条件过多，无法核实，请减少条件".to_owned();
                self.find(place, FindingCode::TooIntricate, message);
            }
        }
    }
}
