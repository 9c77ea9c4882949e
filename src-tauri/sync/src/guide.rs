//! The guide's part of a sync: asking for the newest release, fetching it, proving it, handing it
//! over.
//!
//! It comes when everything else is done, and between two parts it sends what was written
//! meanwhile: papers never wait for it. Whatever goes wrong here changes nothing, fails no sync,
//! and is kept with its reason until it is over ([`GuideTrouble`]).

use jiff::{SignedDuration, Timestamp};
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::guide::{
    NewestRelease, NewsReply, NewsRequest, PART_PATH, PATH, PartReply, PartRequest, part_len,
};
use yichuang_protocol::limits::GUIDE_BYTES;
use yichuang_protocol::packing::{apply, packed_bound, unpack};
use yichuang_protocol::{FaultCode, ReleaseStatement};
use yichuang_storage::{GuideTrouble, StorageError};

use crate::books::Books;
use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;

/// How long a release that was refused is not fetched again: it would be refused again, and a
/// large one would keep a slow line busy.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// Where releases go: the desk, which knows what may follow what, and checks a package whole.
pub trait GuideShelf {
    /// Whether this release should be fetched; false if it is in use.
    ///
    /// # Errors
    /// Why it would not be taken.
    fn wants(&self, offer: &ReleaseStatement) -> Result<bool, Declined>;

    /// Takes a release into use, whole or not at all. `text` has the digest that the hub signed.
    ///
    /// # Errors
    /// Why it was not taken.
    fn take(&self, offer: &ReleaseStatement, text: &[u8]) -> Result<(), Declined>;
}

/// A release that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// For machines.
    pub code: &'static str,
    /// In the clerk's words.
    pub message: String,
}

/// Why the newest release is not in use.
#[derive(Debug, thiserror::Error)]
enum GuideError {
    /// Not signed by this window's hub, or signed for something else.
    #[error("签名不是本机入网的大厅中心所签")]
    Untrusted,
    /// Larger than a guide may be.
    #[error("指南包过大")]
    TooLarge,
    /// What arrived is not what was signed.
    #[error("收到的内容残缺或被改动，与大厅中心签发的不符")]
    Damaged,
    /// The desk did not take it.
    #[error("{}", .0.message)]
    Declined(Declined),
    /// The exchange failed.
    #[error(transparent)]
    Exchange(#[from] SyncError),
}

impl From<StorageError> for GuideError {
    fn from(error: StorageError) -> Self {
        Self::Exchange(error.into())
    }
}

impl GuideError {
    fn code(&self) -> &'static str {
        match self {
            Self::Untrusted => "guide-untrusted",
            Self::TooLarge => "guide-too-large",
            Self::Damaged => "guide-damaged",
            Self::Declined(declined) => declined.code,
            Self::Exchange(error) => error.code(),
        }
    }

    fn is_passing(&self) -> bool {
        match self {
            // A newer release came between two parts.
            Self::Exchange(SyncError::Refused { code, .. }) => {
                *code == FaultCode::UnknownRelease.as_str()
            }
            Self::Exchange(error) => error.is_passing(),
            _ => false,
        }
    }

    /// As it is kept and shown.
    fn told(&self, offer: Option<&ReleaseStatement>, at: Timestamp) -> GuideTrouble {
        let which = offer.map(|o| format!("第{}版", o.release)).unwrap_or_default();
        GuideTrouble {
            release: offer.map(|o| o.release),
            digest: offer.map(|o| o.digest.clone()),
            code: self.code().to_owned(),
            message: format!(
                "大厅中心的指南{which}未能启用：{self}。本机仍用原来的版本，办件不受影响"
            ),
            passing: self.is_passing(),
            at,
        }
    }
}

/// The text of a release that was packed whole.
fn unpacked(said: &ReleaseStatement, packed: &[u8]) -> Result<Vec<u8>, GuideError> {
    let text = unpack(packed, said.length).map_err(|_| GuideError::Damaged)?;
    if sha256_hex(&text) == said.digest { Ok(text) } else { Err(GuideError::Damaged) }
}

impl Books<'_> {
    /// Takes a release that came packed whole, and reports what came of it.
    pub(crate) fn take_release(
        &mut self,
        shelf: &dyn GuideShelf,
        newest: &NewestRelease,
        packed: &[u8],
        now: Timestamp,
    ) {
        let mut offer = None;
        let taken = self.try_release(shelf, newest, packed, &mut offer);
        self.settle_guide(taken.map(|()| None), offer.as_ref(), now);
    }

    fn try_release(
        &mut self,
        shelf: &dyn GuideShelf,
        newest: &NewestRelease,
        packed: &[u8],
        offer: &mut Option<ReleaseStatement>,
    ) -> Result<(), GuideError> {
        let said = self.trusted.release(&newest.statement).ok_or(GuideError::Untrusted)?;
        let said = &*offer.insert(said);
        if !shelf.wants(said).map_err(GuideError::Declined)? {
            return Ok(());
        }
        if said.length > GUIDE_BYTES {
            return Err(GuideError::TooLarge);
        }
        let text = unpacked(said, packed)?;
        shelf.take(said, &text).map_err(GuideError::Declined)?;
        self.report.guide_taken = Some(said.release);
        Ok(())
    }

    /// Reports and keeps what came of the guide.
    fn settle_guide(
        &mut self,
        outcome: Result<Option<GuideTrouble>, GuideError>,
        offer: Option<&ReleaseStatement>,
        now: Timestamp,
    ) {
        let trouble = outcome.unwrap_or_else(|error| {
            tracing::warn!(code = error.code(), "the guide release was not taken");
            Some(error.told(offer, now))
        });
        if let Err(error) = self.keep(trouble.as_ref()) {
            tracing::warn!(code = error.code(), "the trouble with the guide was not kept");
        }
        self.report.guide_trouble = trouble;
    }

    fn keep(&self, trouble: Option<&GuideTrouble>) -> Result<(), StorageError> {
        if self.store.guide_trouble()?.as_ref() == trouble {
            return Ok(());
        }
        self.store.set_guide_trouble(trouble)
    }
}

impl Exchange<'_> {
    /// Brings the guide up to date and reports what came of it.
    pub(crate) fn bring_guide(&mut self, shelf: &dyn GuideShelf, now: Timestamp) {
        let mut offer = None;
        let outcome = self.try_guide(shelf, now, &mut offer);
        self.books.settle_guide(outcome, offer.as_ref(), now);
    }

    /// Takes the newest release, if there is one to take. What is left is trouble of before that
    /// still stands. `offer` is set once the hub's word is proven.
    fn try_guide(
        &mut self,
        shelf: &dyn GuideShelf,
        now: Timestamp,
        offer: &mut Option<ReleaseStatement>,
    ) -> Result<Option<GuideTrouble>, GuideError> {
        self.go_on()?;
        let have = self.books.store.current_guide_digest()?;
        let request = NewsRequest { have: have.clone() };
        let reply: NewsReply = match ask_in_session(self.line, PATH, &self.token, &request) {
            // A hub of before there were releases.
            Err(SyncError::Refused { code, .. }) if code == FaultCode::NotFound.as_str() => {
                return Ok(None);
            }
            reply => reply?,
        };
        let Some(newest) = reply.release else { return Ok(None) };
        let said = self.books.trusted.release(&newest.statement).ok_or(GuideError::Untrusted)?;
        let said = &*offer.insert(said);
        let before = self.books.store.guide_trouble()?.filter(|before| {
            before.digest.as_ref() == Some(&said.digest)
                && !before.passing
                && (SignedDuration::ZERO..REST).contains(&now.duration_since(before.at))
        });
        if !shelf.wants(said).map_err(GuideError::Declined)? {
            return Ok(None);
        }
        if before.is_some() {
            return Ok(before);
        }
        if said.length > GUIDE_BYTES {
            return Err(GuideError::TooLarge);
        }
        let text = match self.by_delta(said, &newest, have)? {
            Some(text) => text,
            None => self.whole(said, &newest)?,
        };
        shelf.take(said, &text).map_err(GuideError::Declined)?;
        tracing::info!(release = said.release, "a guide release was taken");
        self.books.report.guide_taken = Some(said.release);
        Ok(None)
    }

    /// The release by what changed since the one in use; none where there is no such way, or it
    /// leads astray: the whole release is then worth its bytes.
    fn by_delta(
        &mut self,
        said: &ReleaseStatement,
        newest: &NewestRelease,
        have: Option<String>,
    ) -> Result<Option<Vec<u8>>, GuideError> {
        let (Some(have), Some(len)) = (have, newest.delta) else { return Ok(None) };
        if len > packed_bound(said.length) {
            return Ok(None);
        }
        let Some(base) = self.books.store.guide(&have)? else { return Ok(None) };
        let delta = match self.fetch(said, Some(have), len) {
            Err(GuideError::Damaged) => return Ok(None),
            delta => delta?,
        };
        let text = apply(base.text.as_bytes(), &delta, said.length).ok();
        Ok(text.filter(|text| sha256_hex(text) == said.digest))
    }

    fn whole(
        &mut self,
        said: &ReleaseStatement,
        newest: &NewestRelease,
    ) -> Result<Vec<u8>, GuideError> {
        if newest.whole > packed_bound(said.length) {
            return Err(GuideError::Damaged);
        }
        unpacked(said, &self.fetch(said, None, newest.whole)?)
    }

    /// Fetches a packed form of `len` bytes, part by part.
    fn fetch(
        &mut self,
        said: &ReleaseStatement,
        base: Option<String>,
        len: u64,
    ) -> Result<Vec<u8>, GuideError> {
        let mut packed = Vec::new();
        let mut request = PartRequest { digest: said.digest.clone(), base, part: 0 };
        while let Some(expected) = part_len(len, request.part) {
            self.go_on()?;
            self.push_waiting()?;
            let reply: PartReply = ask_in_session(self.line, PART_PATH, &self.token, &request)?;
            if reply.bytes.len() != expected {
                return Err(GuideError::Damaged);
            }
            packed.extend_from_slice(&reply.bytes);
            request.part += 1;
        }
        Ok(packed)
    }
}
