//! Guide releases: from the program, a file or the hub into use, whole or not at all; and whether
//! the one in use still deserves trust.
//!
//! Whatever the way, a release passes the same check and one switch. A release under a lower or
//! the same number is refused: going back is a new release. Only the example that comes with the
//! program yields to any release of the hub, since it is nobody's guide. A window with real records
//! takes no example data on top of that, from nobody.
//!
//! A release for a rehearsal is taken for the cases that are yet to be played: it may be older or
//! anybody's, and says nothing of the cases that are there.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use yichuang_domain::case::Actor;
use yichuang_guide::CheckedPackage;
use yichuang_storage::{GuideInUse, GuideSource, GuideTrouble, NewGuide};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::{Guide, check};
use crate::profile::mode_of;
use crate::renewal;
use crate::view::{GuideOrigin, GuideView, StaleGuide};

/// A release that was issued more days ago than this is said to be old. A guide changes with every
/// law and every office that moves: one that nobody renewed for half a year was most likely
/// forgotten.
pub const OLD_AFTER_DAYS: u32 = 180;

/// A release that the hub offers, as its signed statement describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// Its number.
    pub release: u32,
    /// 行政区划代码.
    pub region: &'a str,
    /// SHA-256 of its text.
    pub digest: &'a str,
}

/// How often it is looked whether an old release is still held, a millisecond apart.
const LOOKS: u32 = 1000;

/// Takes an old release apart once nobody holds it any more. A large one takes a while: whoever
/// let go of it last would wait for that, and it should not be a search.
fn take_apart(mut old: Arc<Guide>) {
    for _ in 0..LOOKS {
        match Arc::try_unwrap(old) {
            Ok(guide) => return drop(guide),
            Err(held) => old = held,
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Refuses what must not follow the release in use; whether it is another one at all.
fn is_next(
    in_use: Option<&GuideInUse>,
    (release, digest): (u32, &str),
    source: GuideSource,
) -> Result<bool, DeskError> {
    let Some(in_use) = in_use else { return Ok(true) };
    if in_use.digest == digest {
        return Ok(false);
    }
    let yields = source == GuideSource::Hub && in_use.source == GuideSource::Bundled;
    if release <= in_use.release && !yields {
        return Err(DeskError::OldGuide { found: release, current: in_use.release });
    }
    Ok(true)
}

/// What a release is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To work without any guide before: the example that comes with the program.
    First,
    /// To work on with what is newer.
    Renewal(GuideSource),
    /// To play a scripted case by it.
    Rehearsal,
}

impl Purpose {
    fn source(self) -> GuideSource {
        match self {
            Self::First => GuideSource::Bundled,
            Self::Renewal(source) => source,
            Self::Rehearsal => GuideSource::File,
        }
    }

    /// Whether the release of that number and digest is to be used instead of the one in use.
    fn switches(self, in_use: Option<&GuideInUse>, coming: (u32, &str)) -> Result<bool, DeskError> {
        match self {
            // Where another process was quicker, its guide stays.
            Self::First => Ok(in_use.is_none()),
            Self::Renewal(source) => is_next(in_use, coming, source),
            Self::Rehearsal => Ok(in_use.is_none_or(|in_use| in_use.digest != coming.1)),
        }
    }
}

impl Desk {
    /// Takes a release from a file into use, whole or not at all. Cases under way stay pinned to
    /// theirs.
    ///
    /// # Errors
    /// [`DeskError::BadGuide`] with every fault; [`DeskError::OldGuide`] if it is not newer
    /// (the very release in use is no fault and changes nothing); [`DeskError::SampleGuide`].
    pub fn import_guide(&self, bytes: &[u8]) -> Result<CheckedPackage, DeskError> {
        let checked = check(bytes)?;
        self.switch_to(checked.clone(), Purpose::Renewal(GuideSource::File))?;
        Ok(checked)
    }

    /// The next release: the one in use with another year of the calendar.
    ///
    /// # Errors
    /// [`DeskError::BadGuide`] with every fault of the year; [`DeskError::NoGuide`].
    pub fn with_calendar_year(&self, year: &[u8]) -> Result<CheckedPackage, DeskError> {
        let stored = self.store.current_guide()?.ok_or(DeskError::NoGuide)?;
        yichuang_guide::renew::with_year(&stored.text, year, self.clock.today())
            .map_err(DeskError::BadGuide)
    }

    /// Takes the bundled example release into use where there is no guide yet.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn ensure_guide(&self) -> Result<(), DeskError> {
        if self.store.current_guide_digest()?.is_some() {
            return Ok(());
        }
        let checked = check(yichuang_guide::EXAMPLE.as_bytes())?;
        self.switch_to(checked, Purpose::First)
    }

    /// Takes any valid release into use for a scripted case, in a profile for practice. The cases
    /// that are there are left alone: their last days stay as counted until a release renews the
    /// guide.
    ///
    /// # Errors
    /// [`DeskError::BadGuide`], [`DeskError::RealRecords`].
    pub fn practise_with_guide(&self, bytes: &[u8]) -> Result<(), DeskError> {
        if !self.mode()?.is_practice() {
            return Err(DeskError::RealRecords);
        }
        self.switch_to(check(bytes)?, Purpose::Rehearsal)
    }

    /// Whether the release of that digest is the one in use.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn uses_guide(&self, digest: &str) -> Result<bool, DeskError> {
        Ok(self.store.current_guide_digest()?.as_deref() == Some(digest))
    }

    /// Whether a release of the hub should be fetched; false if it is in use.
    ///
    /// # Errors
    /// What [`Self::take_release`] would refuse it for, as far as its description tells.
    pub fn wants_release(&self, offer: Offer<'_>) -> Result<bool, DeskError> {
        self.refuse_foreign(offer.region)?;
        let in_use = self.store.guide_in_use()?;
        is_next(in_use.as_ref(), (offer.release, offer.digest), GuideSource::Hub)
    }

    /// Takes a release of the hub into use, whole or not at all. `bytes` must be what the hub
    /// signed: that is for the caller to make sure. Cases under way stay pinned to theirs.
    ///
    /// # Errors
    /// [`DeskError::BadGuide`], [`DeskError::OldGuide`], [`DeskError::ForeignGuide`] for another
    /// region than the window's, [`DeskError::OtherGuide`] if it is not what was offered,
    /// [`DeskError::SampleGuide`] for example data in a window with real records.
    pub fn take_release(&self, offer: Offer<'_>, bytes: &[u8]) -> Result<(), DeskError> {
        let checked = check(bytes)?;
        self.refuse_foreign(&checked.package.region.code)?;
        if (checked.package.release, &*checked.digest) != (offer.release, offer.digest) {
            let found = checked.package.release;
            return Err(DeskError::OtherGuide { found, said: offer.release });
        }
        self.switch_to(checked, Purpose::Renewal(GuideSource::Hub))
    }

    /// A window's numbers carry the region of its enrolment: the guide must be for the same.
    fn refuse_foreign(&self, region: &str) -> Result<(), DeskError> {
        match self.store.enrolment()? {
            Some(enrolment) if enrolment.region != region => Err(DeskError::ForeignGuide {
                region: region.chars().take(20).collect(),
                own: enrolment.region,
            }),
            _ => Ok(()),
        }
    }

    /// Everything that takes time (index, packing) is done before the one transaction, and the
    /// release is in memory when the first search asks for it.
    fn switch_to(&self, checked: CheckedPackage, purpose: Purpose) -> Result<(), DeskError> {
        let CheckedPackage { package, digest, text, .. } = checked;
        let new = NewGuide::pack(&digest, package.release, &text, purpose.source())?;
        drop(text);
        let guide = Arc::new(Guide::new(digest, package));
        let at = self.clock.now();
        // Nobody has to be signed in for a release that comes in by itself.
        let actor = self.actor().unwrap_or_else(|_| Actor::program());
        // Held over the switch: a search meanwhile waits a moment instead of reading the release
        // a second time.
        let mut at_hand = self.guide.write().unwrap_or_else(PoisonError::into_inner);
        let switched = self.store.write(|tx| {
            let in_use = tx.guide_in_use()?;
            if !purpose.switches(in_use.as_ref(), (new.release(), new.digest()))? {
                return Ok(false);
            }
            if let Purpose::Renewal(_) = purpose {
                if guide.is_sample() && !mode_of(tx.enrolment()?.as_ref()).is_practice() {
                    return Err(DeskError::SampleGuide { found: guide.package.release });
                }
                renewal::recount(tx, &guide.package.calendar, &actor, at)?;
            }
            tx.switch_guide(&new, at)?;
            Ok::<_, DeskError>(true)
        })?;
        let before = if switched { at_hand.replace(guide) } else { None };
        drop(at_hand);
        if let Some(before) = before {
            take_apart(before);
        }
        Ok(())
    }

    /// The release in use, for the title bar.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn guide_view(&self) -> Result<Option<GuideView>, DeskError> {
        let Some(in_use) = self.store.guide_in_use()? else { return Ok(None) };
        let guide = match self.guide() {
            Ok(guide) => guide,
            Err(DeskError::NoGuide) => return Ok(None),
            Err(error) => return Err(error),
        };
        let issued_on = guide.package.issued_on;
        let age_days = days_between(issued_on, self.clock.today());
        let trouble = self.store.guide_trouble()?;
        Ok(Some(GuideView {
            release: guide.package.release,
            issued_on: issued_on.to_string(),
            region: guide.package.region.name.clone(),
            matters: u32::try_from(guide.package.matters.len()).unwrap_or(u32::MAX),
            sample: guide.is_sample(),
            digest: guide.digest.clone(),
            origin: origin(in_use.source),
            since: in_use.since.to_string(),
            age_days,
            stale: stale(&in_use, age_days, trouble.as_ref()),
        }))
    }
}

fn origin(source: GuideSource) -> GuideOrigin {
    match source {
        GuideSource::Bundled => GuideOrigin::Bundled,
        GuideSource::File => GuideOrigin::File,
        GuideSource::Hub => GuideOrigin::Hub,
    }
}

/// Whole days from one day to another; 0 if it is earlier.
fn days_between(from: Date, to: Date) -> u32 {
    let days = to.since((jiff::Unit::Day, from)).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// Why a release is stale: the hub has a newer one that this window could not take, or it is old.
/// The bundled example is neither: it is marked as an example, and nobody renews it.
fn stale(in_use: &GuideInUse, age_days: u32, trouble: Option<&GuideTrouble>) -> Option<StaleGuide> {
    let newer = trouble.and_then(|t| t.release).filter(|release| *release > in_use.release);
    if let Some(newer) = newer {
        let message = format!("大厅中心已发布第{newer}版，本机还没有用上：请查看上传情况");
        return Some(StaleGuide { code: "newer-not-taken".to_owned(), message });
    }
    if in_use.source != GuideSource::Bundled && age_days > OLD_AFTER_DAYS {
        let message = format!("指南已发布{age_days}天没有更新：请向管理员核实是否仍然有效");
        return Some(StaleGuide { code: "old".to_owned(), message });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_use(source: GuideSource, release: u32) -> GuideInUse {
        let since = jiff::Timestamp::UNIX_EPOCH;
        GuideInUse { digest: "a".to_owned(), release, source, since }
    }

    #[test]
    fn only_a_newer_release_follows_and_only_the_example_yields() {
        use GuideSource::{Bundled, File, Hub};
        type Row = (GuideSource, GuideSource, u32, &'static str, Result<bool, &'static str>);
        let refused = Err("guide-not-newer");
        let table: [Row; 9] = [
            (File, File, 3, "b", Ok(true)),
            (File, File, 2, "b", refused),
            (File, File, 1, "b", refused),
            (File, File, 1, "a", Ok(false)),
            (Hub, Hub, 3, "b", Ok(true)),
            (Hub, Hub, 2, "b", refused),
            (File, Hub, 2, "b", refused),
            (Bundled, Hub, 1, "b", Ok(true)),
            (Bundled, File, 2, "b", refused),
        ];
        for (held, coming, release, digest, expected) in table {
            let held = in_use(held, 2);
            let found = is_next(Some(&held), (release, digest), coming).map_err(|e| e.code());
            assert_eq!(found, expected, "{held:?} {coming:?} {release} {digest}");
        }
        assert!(is_next(None, (1, "b"), File).unwrap());
    }

    #[test]
    fn a_release_is_stale_when_a_newer_one_is_known_or_when_it_is_old() {
        let trouble = |release| GuideTrouble {
            release,
            digest: None,
            code: "guide-damaged".to_owned(),
            message: String::new(),
            passing: false,
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let said = |source, age, trouble: Option<GuideTrouble>| {
            stale(&in_use(source, 2), age, trouble.as_ref()).map(|s| s.code)
        };
        assert_eq!(said(GuideSource::Hub, OLD_AFTER_DAYS, None), None);
        assert_eq!(said(GuideSource::Hub, OLD_AFTER_DAYS + 1, None).as_deref(), Some("old"));
        assert_eq!(said(GuideSource::Bundled, 9999, None), None);
        let newer = said(GuideSource::Bundled, 0, Some(trouble(Some(3))));
        assert_eq!(newer.as_deref(), Some("newer-not-taken"));
        assert_eq!(said(GuideSource::Hub, 0, Some(trouble(Some(2)))), None);
        assert_eq!(said(GuideSource::Hub, 0, Some(trouble(None))), None);
    }

    #[test]
    fn days_are_counted_across_months_and_never_below_zero() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(days_between(day("2026-02-27"), day("2026-03-02")), 3);
        assert_eq!(days_between(day("2024-11-24"), day("2026-11-24")), 730);
        assert_eq!(days_between(day("2026-03-02"), day("2026-02-27")), 0);
    }
}
