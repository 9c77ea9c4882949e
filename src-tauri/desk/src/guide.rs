//! The guide at hand: searching it, opening a matter. How a release gets here is told in
//! [`releases`](crate::releases).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use yichuang_domain::case::event::GuideRef;
use yichuang_domain::intake::unknown_matter;
use yichuang_domain::matter::{Department, Matter};
use yichuang_guide::{CheckedPackage, Finding, GuidePackage, SearchIndex};
use yichuang_storage::StoredGuide;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{Highlight, MatterHit, MatterView};

/// A release in memory.
pub struct Guide {
    /// SHA-256 of its text.
    pub digest: String,
    /// The release.
    pub package: GuidePackage,
    index: SearchIndex,
    by_code: HashMap<String, usize>,
}

impl Guide {
    pub(crate) fn new(digest: String, package: GuidePackage) -> Self {
        let index = SearchIndex::build(&package);
        let codes = package.matters.iter().enumerate();
        let by_code = codes.map(|(i, m)| (m.code.clone(), i)).collect();
        Self { digest, package, index, by_code }
    }

    /// The matter of that code.
    ///
    /// # Errors
    /// `unknown-matter`.
    pub fn matter(&self, code: &str) -> Result<&Matter, DeskError> {
        let found = self.by_code.get(code).and_then(|i| self.package.matters.get(*i));
        found.ok_or_else(|| unknown_matter(code).into())
    }

    /// The department of a matter. The guide's check makes sure that there is one.
    ///
    /// # Errors
    /// [`DeskError::NotFound`].
    pub fn department(&self, matter: &Matter) -> Result<&Department, DeskError> {
        let found = self.package.departments.iter().find(|d| d.code == matter.department);
        found.ok_or(DeskError::NotFound { what: "事项的实施主体" })
    }

    /// What a case is pinned to.
    pub fn reference(&self) -> GuideRef {
        GuideRef { release: self.package.release, digest: self.digest.clone() }
    }

    /// Whether its content is example data.
    pub fn is_sample(&self) -> bool {
        yichuang_guide::is_sample(&self.package)
    }
}

pub(crate) fn parse(stored: StoredGuide) -> Result<Guide, DeskError> {
    let package =
        yichuang_guide::read(&stored.text).map_err(|problem| DeskError::BadGuide(vec![problem]))?;
    Ok(Guide::new(stored.digest, package))
}

/// Checks a package whole.
///
/// # Errors
/// [`DeskError::BadGuide`] with every fault.
pub fn check(bytes: &[u8]) -> Result<CheckedPackage, DeskError> {
    yichuang_guide::check(bytes).map_err(DeskError::BadGuide)
}

impl Desk {
    /// The release in use; read again when another process switched it.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn guide(&self) -> Result<Arc<Guide>, DeskError> {
        let digest = self.store.current_guide_digest()?.ok_or(DeskError::NoGuide)?;
        let in_use = |slot: &Option<Arc<Guide>>| slot.clone().filter(|g| g.digest == digest);
        if let Some(guide) = in_use(&self.guide.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(guide);
        }
        // Whoever else asks meanwhile waits here instead of reading it a second time.
        let mut slot = self.guide.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(guide) = in_use(&slot) {
            return Ok(guide);
        }
        let stored = self.store.current_guide()?.ok_or(DeskError::NoGuide)?;
        let guide = Arc::new(parse(stored)?);
        *slot = Some(guide.clone());
        Ok(guide)
    }

    /// The release a case is pinned to.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] if it is not on this machine.
    pub fn pinned_guide(&self, reference: &GuideRef) -> Result<Arc<Guide>, DeskError> {
        if let Ok(guide) = self.guide()
            && guide.digest == reference.digest
        {
            return Ok(guide);
        }
        let mut pinned = self.pinned.lock().unwrap_or_else(PoisonError::into_inner);
        match &*pinned {
            Some(guide) if guide.digest == reference.digest => Ok(guide.clone()),
            _ => {
                let stored = self.store.guide(&reference.digest)?;
                let stored = stored
                    .ok_or(DeskError::NotFound { what: "这件办件所依据的指南版本" })?;
                let guide = Arc::new(parse(stored)?);
                *pinned = Some(guide.clone());
                Ok(guide)
            }
        }
    }

    /// 指南体检 of the release in use.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`]; [`DeskError::Document`] if the fonts can't be read.
    pub fn review_guide(&self) -> Result<Vec<Finding>, DeskError> {
        self.review_package(&self.guide()?.package)
    }

    /// 指南体检 of any release.
    ///
    /// # Errors
    /// [`DeskError::Document`] if the fonts can't be read.
    pub fn review_package(&self, package: &GuidePackage) -> Result<Vec<Finding>, DeskError> {
        let text = serde_json::to_string(package).unwrap_or_default();
        let unprintable = self.press()?.undrawable(&text.chars().collect())?;
        Ok(yichuang_guide::review(package, &unprintable))
    }

    /// Matters that fit `text`, the best first; without a text, the guide's first ones.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<MatterHit>, DeskError> {
        let guide = self.guide()?;
        let limit = limit.min(500);
        if text.trim().is_empty() {
            let first = guide.package.matters.iter().take(limit);
            return Ok(first.map(|m| hit(&guide, m, None, &[])).collect());
        }
        let found = guide.index.search(text, limit);
        let rows = found.into_iter().filter_map(|h| {
            let matter = guide.package.matters.get(h.matter)?;
            Some(hit(&guide, matter, h.alias, &h.highlights))
        });
        Ok(rows.collect())
    }

    /// A matter, whole.
    ///
    /// # Errors
    /// `unknown-matter`.
    pub fn matter(&self, code: &str) -> Result<MatterView, DeskError> {
        let guide = self.guide()?;
        matter_view(&guide, guide.matter(code)?)
    }
}

pub(crate) fn matter_view(guide: &Guide, matter: &Matter) -> Result<MatterView, DeskError> {
    Ok(MatterView {
        matter: matter.clone(),
        department: guide.department(matter)?.clone(),
        sample: guide.is_sample(),
    })
}

fn hit(
    guide: &Guide,
    matter: &Matter,
    alias: Option<String>,
    highlights: &[(u32, u32)],
) -> MatterHit {
    let department = guide.department(matter).map(|d| d.name.clone()).unwrap_or_default();
    MatterHit {
        code: matter.code.clone(),
        name: matter.name.clone(),
        department,
        kind: matter.kind,
        handling: matter.handling,
        levels: matter.levels.clone(),
        promised_limit: matter.promised_limit,
        alias,
        highlights: highlights.iter().map(|&(start, end)| Highlight { start, end }).collect(),
    }
}
