//! Finding a matter without a word for it: by department, by bundle (一件事), by life event,
//! among the starred ones; and what this window takes most.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use yichuang_domain::matter::Matter;
use yichuang_guide::Usage;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::{Guide, hit};
use crate::view::{Browse, DepartmentShelf, GroupShelf, MatterHit, Shelf};

/// Cases that say what is taken lately.
const LAST_CASES: u32 = 2_000;
/// Matters that count as used most.
const MOST_USED: u32 = 200;

/// What was counted, and from what.
pub(crate) struct CountedUsage {
    digest: String,
    newest_case: Option<i64>,
    usage: Arc<Usage>,
}

impl Desk {
    /// How often the matters of a release were taken here lately. Counted again after each new
    /// case only: a search must not wait for it.
    pub(crate) fn usage(&self, guide: &Guide) -> Result<Arc<Usage>, DeskError> {
        let newest_case = self.store.newest_case()?;
        let mut counted = self.usage.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counted) = counted.as_ref()
            && (&counted.digest, counted.newest_case) == (&guide.digest, newest_case)
        {
            return Ok(counted.usage.clone());
        }
        let taken = self.store.matters_taken(LAST_CASES, MOST_USED)?;
        let known = taken.iter().filter_map(|(code, times)| Some((guide.place(code)?, *times)));
        let usage = Arc::new(Usage::new(known));
        let digest = guide.digest.clone();
        *counted = Some(CountedUsage { digest, newest_case, usage: usage.clone() });
        Ok(usage)
    }

    /// The codes that the clerk starred; none while nobody is signed in.
    pub(crate) fn starred(&self) -> Result<HashSet<String>, DeskError> {
        let Some(clerk) = self.clerk() else { return Ok(HashSet::new()) };
        Ok(self.store.starred_matters(&clerk.id)?.into_iter().collect())
    }

    /// Stars a matter for the clerk, or takes the star away.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`]; `unknown-matter` where one is to be starred that the guide
    /// does not have.
    pub fn star(&self, code: &str, starred: bool) -> Result<(), DeskError> {
        let clerk = self.actor()?;
        if starred {
            self.guide()?.matter(code)?;
        }
        self.store.write(|tx| Ok(tx.star_matter(&clerk.id, code, starred)?))
    }

    /// What the guide can be browsed by.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn browse(&self) -> Result<Browse, DeskError> {
        let guide = self.guide()?;
        let package = &guide.package;
        let count = |matters: usize| u32::try_from(matters).unwrap_or(u32::MAX);
        let of = |code: &str| package.matters.iter().filter(|m| m.department == code).count();
        let departments = package.departments.iter().map(|d| DepartmentShelf {
            code: d.code.clone(),
            name: d.name.clone(),
            matters: count(of(&d.code)),
        });
        let bundles = package.bundles.iter().map(|b| GroupShelf {
            id: b.id.clone(),
            name: b.name.clone(),
            note: b.note.clone(),
            matters: count(b.matters.len()),
        });
        let life_events = package.life_events.iter().map(|e| GroupShelf {
            id: e.id.clone(),
            name: e.name.clone(),
            note: String::new(),
            matters: count(e.matters.len()),
        });
        let starred = self.starred()?;
        Ok(Browse {
            departments: departments.collect(),
            bundles: bundles.collect(),
            life_events: life_events.collect(),
            starred: count(package.matters.iter().filter(|m| starred.contains(&m.code)).count()),
        })
    }

    /// The matters of a department in guide order, of a bundle or life event in its own, or those
    /// that the clerk starred.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`]; [`DeskError::NotFound`] for a department, bundle or life event that
    /// the guide does not have.
    pub fn shelf(&self, shelf: &Shelf) -> Result<Vec<MatterHit>, DeskError> {
        let guide = self.guide()?;
        let starred = self.starred()?;
        let package = &guide.package;
        let matters: Vec<&Matter> = match shelf {
            Shelf::Department(code) => {
                if !package.departments.iter().any(|d| d.code == *code) {
                    return Err(DeskError::NotFound { what: "这个部门" });
                }
                package.matters.iter().filter(|m| m.department == *code).collect()
            }
            Shelf::Bundle(id) => {
                let bundle = package.bundles.iter().find(|b| b.id == *id);
                let bundle = bundle.ok_or(DeskError::NotFound { what: "这个“一件事”" })?;
                bundle.matters.iter().filter_map(|code| guide.matter(code).ok()).collect()
            }
            Shelf::LifeEvent(id) => {
                let event = package.life_events.iter().find(|e| e.id == *id);
                let event = event.ok_or(DeskError::NotFound { what: "这个主题" })?;
                event.matters.iter().filter_map(|code| guide.matter(code).ok()).collect()
            }
            Shelf::Starred => {
                package.matters.iter().filter(|m| starred.contains(&m.code)).collect()
            }
        };
        let today = self.clock.today();
        Ok(matters.into_iter().map(|m| hit(&guide, m, &starred, today)).collect())
    }
}
