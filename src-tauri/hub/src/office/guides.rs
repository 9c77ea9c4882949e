//! The guide releases of the hub, read once: the calendar in use, and the matter a case is pinned
//! to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::matter::{Department, Matter};
use yichuang_guide::GuidePackage;
use yichuang_protocol::packing;

use crate::store::{HubStore, PublishedGuide, StoreError};

/// How many releases are kept: one can be large.
const KEPT: usize = 3;

/// The releases that were looked at last.
#[derive(Default)]
pub struct Guides {
    read: Mutex<VecDeque<(String, Arc<GuidePackage>)>>,
}

impl std::fmt::Debug for Guides {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guides")
    }
}

/// What a case is judged by.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    /// The release in use; none where none was published.
    newest: Option<Arc<GuidePackage>>,
    /// The release the case is pinned to, where it was published here.
    pinned: Option<Arc<GuidePackage>>,
}

impl Followed {
    /// The calendar in use. Without a published guide it counts by weekends only, as estimated.
    pub fn calendar(&self) -> WorkCalendar {
        self.newest.as_ref().map(|guide| guide.calendar.clone()).unwrap_or_default()
    }

    /// The matter of the case, as its release has it.
    pub fn matter(&self, case: &Case) -> Option<&Matter> {
        self.pinned.as_ref()?.matters.iter().find(|m| m.code == case.matter.code)
    }

    /// The department of the case, as its release has it, or the newest.
    pub fn department(&self, case: &Case) -> Option<&Department> {
        let all = [&self.pinned, &self.newest].into_iter().flatten();
        all.flat_map(|guide| &guide.departments).find(|d| d.name == case.matter.department)
    }
}

impl Guides {
    /// The release in use.
    ///
    /// # Errors
    /// The store's.
    pub fn newest(&self, store: &HubStore) -> Result<Option<Arc<GuidePackage>>, StoreError> {
        let newest = store.read(|tx| Ok::<_, StoreError>(tx.newest_guides(1)?.pop()))?;
        newest.map(|guide| self.of(store, &guide)).transpose()
    }

    /// What a case is judged by.
    ///
    /// # Errors
    /// The store's.
    pub fn followed(&self, store: &HubStore, case: &Case) -> Result<Followed, StoreError> {
        let pinned = store.read(|tx| tx.guide_with(&case.guide.digest))?;
        let pinned = pinned.map(|guide| self.of(store, &guide)).transpose()?;
        Ok(Followed { newest: self.newest(store)?, pinned })
    }

    fn of(
        &self,
        store: &HubStore,
        published: &PublishedGuide,
    ) -> Result<Arc<GuidePackage>, StoreError> {
        let kept = |read: &VecDeque<(String, Arc<GuidePackage>)>| {
            read.iter().find(|(digest, _)| *digest == published.digest).map(|(_, g)| Arc::clone(g))
        };
        if let Some(found) = kept(&self.read.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(found);
        }
        let unreadable = || StoreError::Unreadable("已发布的指南");
        let packed = store.read(|tx| tx.packed(&published.digest))?;
        let text = packing::unpack(&packed, published.length).map_err(|_| unreadable())?;
        if sha256_hex(&text) != published.digest {
            return Err(unreadable());
        }
        let text = String::from_utf8(text).map_err(|_| unreadable())?;
        let guide = Arc::new(yichuang_guide::read(&text).map_err(|_| unreadable())?);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.push_front((published.digest.clone(), Arc::clone(&guide)));
        read.truncate(KEPT);
        Ok(guide)
    }
}
