//! The departments of a guide and their matters.

use std::collections::HashMap;

use super::lines::{Fit, Lines};
use super::matcher::Matcher;
use super::query::{Part, Reading};
use super::sound::Alphabet;
use crate::package::GuidePackage;

/// Marks a matter of a department that the guide does not have.
const NOWHERE: u16 = u16::MAX;

/// Departments by their names, in guide order.
pub struct Departments {
    names: Lines,
    /// The matters of each, in guide order.
    matters: Vec<Vec<u32>>,
    /// The department of each matter.
    of_matter: Vec<u16>,
}

impl Departments {
    /// Of a package. The alphabet has still to learn its readings.
    pub fn new(package: &GuidePackage, alphabet: &mut Alphabet) -> Self {
        let mut names = Lines::default();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (i, department) in package.departments.iter().enumerate() {
            names.push(&department.name, alphabet);
            places.insert(&department.code, i);
        }
        let mut matters = vec![Vec::new(); package.departments.len()];
        let mut of_matter = Vec::with_capacity(package.matters.len());
        for (i, matter) in (0u32..).zip(&package.matters) {
            let place = places.get(matter.department.as_str()).copied();
            if let Some(place) = place {
                matters[place].push(i);
            }
            of_matter.push(place.and_then(|p| u16::try_from(p).ok()).unwrap_or(NOWHERE));
        }
        Self { names, matters, of_matter }
    }

    /// The departments whose names one of the readings fits, best first. What people call a
    /// department leaves out characters of its name (人社局): that fits last.
    pub fn fits(&self, readings: &[Reading], alphabet: &Alphabet) -> Vec<(Fit, usize)> {
        let matchers: Vec<Matcher<'_>> =
            readings.iter().map(|reading| Matcher::new(reading, alphabet)).collect();
        let fit = |department: usize| {
            let line = self.names.line(department);
            let whole = matchers.iter().filter_map(|matcher| matcher.best(line)).min();
            whole.or_else(|| {
                readings.iter().any(|r| self.is_short_for(department, r)).then_some(Fit::Apart)
            })
        };
        let mut fits: Vec<(Fit, usize)> =
            (0..self.names.len()).filter_map(|d| Some((fit(d)?, d))).collect();
        fits.sort_unstable();
        fits
    }

    /// Whether these characters stand in the name in this order, the last of them at its end.
    fn is_short_for(&self, department: usize, reading: &Reading) -> bool {
        let line = self.names.line(department);
        let mut chars = reading.parts.iter().map(|part| match part {
            Part::Char(id) => Some(*id),
            Part::Said(_) | Part::Any => None,
        });
        let Some(Some(last)) = chars.next_back() else { return false };
        let Some((end, mut rest)) = line.split_last().map(|(e, rest)| (e, rest.iter())) else {
            return false;
        };
        chars.len() > 0
            && end.id() == last
            && chars.all(|c| c.is_some_and(|id| rest.any(|token| token.id() == id)))
    }

    /// Marks of the departments that fit.
    pub fn set(&self, fits: &[(Fit, usize)]) -> Vec<bool> {
        let mut set = vec![false; self.names.len()];
        for (_, department) in fits {
            if let Some(mark) = set.get_mut(*department) {
                *mark = true;
            }
        }
        set
    }

    /// Whether a matter belongs to one of the marked departments.
    pub fn has(&self, set: &[bool], matter: u32) -> bool {
        let of_matter = self.of_matter.get(matter as usize);
        of_matter.and_then(|d| set.get(usize::from(*d))).is_some_and(|mark| *mark)
    }

    /// The matters of a department, in guide order.
    pub fn matters(&self, department: usize) -> &[u32] {
        self.matters.get(department).map_or(&[], Vec::as_slice)
    }
}
