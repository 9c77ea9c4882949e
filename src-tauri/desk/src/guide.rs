//! The guide at hand: searching it, opening a matter. How a release gets here is told in
//! [`releases`](crate::releases).

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use jiff::civil::Date;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::event::GuideRef;
use yichuang_domain::intake::unknown_matter;
use yichuang_domain::matter::{Department, Matter};
use yichuang_guide::{CheckedPackage, Finding, Form, GuidePackage, SearchIndex};
use yichuang_storage::StoredGuide;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::forms;
use crate::view::{Highlight, MatterHit, MatterView};

/// A release in memory.
pub struct Guide {
    /// SHA-256 of its text.
    pub digest: String,
    /// The release.
    pub package: GuidePackage,
    index: SearchIndex,
    by_code: HashMap<String, usize>,
    forms: HashMap<String, usize>,
}

impl Guide {
    pub(crate) fn new(digest: String, package: GuidePackage) -> Self {
        let index = SearchIndex::build(&package);
        let codes = package.matters.iter().enumerate();
        let by_code = codes.map(|(i, m)| (m.code.clone(), i)).collect();
        let forms = package.forms.iter().enumerate();
        let forms = forms.map(|(i, form)| (form.id.clone(), i)).collect();
        Self { digest, package, index, by_code, forms }
    }

    /// The matter of that code.
    ///
    /// # Errors
    /// `unknown-matter`.
    pub fn matter(&self, code: &str) -> Result<&Matter, DeskError> {
        let found = self.by_code.get(code).and_then(|i| self.package.matters.get(*i));
        found.ok_or_else(|| unknown_matter(code).into())
    }

    /// Where the matter of that code stands in the release.
    pub(crate) fn place(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The department of a matter. The guide's check makes sure that there is one.
    ///
    /// # Errors
    /// [`DeskError::NotFound`].
    pub fn department(&self, matter: &Matter) -> Result<&Department, DeskError> {
        let found = self.package.departments.iter().find(|d| d.code == matter.department);
        found.ok_or(DeskError::NotFound { what: "事项的实施主体" })
    }

    /// The form of that id, if the release has it.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.get(id).and_then(|i| self.package.forms.get(*i))
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
    /// The calendar in use. With no guide only weekends are known, and days counted by them are
    /// estimates: lists and ledgers are kept all the same.
    pub(crate) fn work_calendar(&self) -> WorkCalendar {
        self.guide().map(|guide| guide.package.calendar.clone()).unwrap_or_default()
    }

    /// The release in use; read again when another process switched it.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn guide(&self) -> Result<Arc<Guide>, DeskError> {
        let at_hand = self.guide.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(guide) = self.if_current(at_hand)? {
            return Ok(guide);
        }
        // It was switched meanwhile: here, and then it is at hand now; or by another process.
        let mut at_hand = self.guide.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(guide) = self.if_current(at_hand.clone())? {
            return Ok(guide);
        }
        let stored = self.store.current_guide()?.ok_or(DeskError::NoGuide)?;
        let guide = Arc::new(parse(stored)?);
        *at_hand = Some(guide.clone());
        Ok(guide)
    }

    fn if_current(&self, guide: Option<Arc<Guide>>) -> Result<Option<Arc<Guide>>, DeskError> {
        let digest = self.store.current_guide_digest()?.ok_or(DeskError::NoGuide)?;
        Ok(guide.filter(|guide| guide.digest == digest))
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

    /// Matters that fit `text`, the best first; without a text, what this window takes most, and
    /// then the guide's first ones.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<MatterHit>, DeskError> {
        let guide = self.guide()?;
        let (usage, starred, today) = (self.usage(&guide)?, self.starred()?, self.clock.today());
        let limit = limit.min(500);
        let matters = &guide.package.matters;
        if text.trim().is_empty() {
            let others = (0..matters.len()).filter(|i| !usage.has(*i));
            let places = usage.matters().chain(others).take(limit);
            let rows = places.filter_map(|i| Some(hit(&guide, matters.get(i)?, &starred, today)));
            return Ok(rows.collect());
        }
        let found = guide.index.search(text, limit, &usage);
        let rows = found.into_iter().filter_map(|h| {
            let range = |&(start, end): &(u32, u32)| Highlight { start, end };
            Some(MatterHit {
                alias: h.alias,
                highlights: h.highlights.iter().map(range).collect(),
                slip: h.slip,
                ..hit(&guide, matters.get(h.matter)?, &starred, today)
            })
        });
        Ok(rows.collect())
    }

    /// A matter, whole.
    ///
    /// # Errors
    /// `unknown-matter`.
    pub fn matter(&self, code: &str) -> Result<MatterView, DeskError> {
        let guide = self.guide()?;
        matter_view(&guide, guide.matter(code)?, self.clock.today())
    }
}

/// A matter, whole, as it stands on a day.
pub(crate) fn matter_view(
    guide: &Guide,
    matter: &Matter,
    on: Date,
) -> Result<MatterView, DeskError> {
    Ok(MatterView {
        matter: matter.clone(),
        department: guide.department(matter)?.clone(),
        forms: forms::named(guide, matter).into_iter().map(forms::form_view).collect(),
        sample: guide.is_sample(),
        not_in_force: matter.in_force(on).err(),
    })
}

/// A matter as listed on a day, without what it was found by.
pub(crate) fn hit(
    guide: &Guide,
    matter: &Matter,
    starred: &HashSet<String>,
    on: Date,
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
        alias: None,
        highlights: Vec::new(),
        slip: false,
        starred: starred.contains(&matter.code),
        not_in_force: matter.in_force(on).err(),
    }
}
