//! 扫描件: adding scans of the materials, before and after the case is filed, looking at them and
//! taking them off again. Their bytes are decrypted for a screen only, never to a disk.

use yichuang_domain::attachment::{Announced, MOST};
use yichuang_domain::case::{Case, EventBody};
use yichuang_domain::checklist::CheckedMaterial;
use yichuang_domain::intake::{LONGEST_REASON, too_long};
use yichuang_domain::{Refusal, RefusalCode};
use yichuang_storage::upstream::is_practice_origin;
use yichuang_storage::{DraftAttachment, FreshAttachment, StorageError};

use crate::bundle::{find, joint};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{Draft, ScanOwner, ScanState, ScanView};

fn already(name: &str) -> Refusal {
    let message = format!("这份材料已经有一模一样的扫描件“{name}”，不用再添加");
    Refusal::new(RefusalCode::BadAttachment, "file", message)
}

fn unknown_material() -> Refusal {
    let message = "这件办件没有这份材料，不能添加扫描件";
    Refusal::new(RefusalCode::UnknownMaterial, "material", message)
}

fn too_many() -> Refusal {
    let message = format!("一件办件最多{MOST}份扫描件：请把多页合成一个PDF");
    Refusal::new(RefusalCode::BadAttachment, "file", message)
}

impl Desk {
    /// The scans of a draft or a case, with how far each has come.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn scans(&self, owner: &ScanOwner) -> Result<Vec<ScanView>, DeskError> {
        self.actor()?;
        match owner {
            ScanOwner::Draft { id } => {
                self.load_draft(id)?;
                let scans = self.store.draft_attachments(id)?.into_iter();
                Ok(scans.map(|scan| scan_view(scan, ScanState::Local)).collect())
            }
            ScanOwner::Case { id } => {
                let case = self.store.case(id)?;
                self.scans_of(&case.ok_or(DeskError::NotFound { what: "这件办件" })?)
            }
        }
    }

    pub(crate) fn scans_of(&self, case: &Case) -> Result<Vec<ScanView>, DeskError> {
        if case.attachments.is_empty() {
            return Ok(Vec::new());
        }
        let travels = self.store.enrolment()?.is_some() && !is_practice_origin(&case.origin);
        let seen = case.attached().map(|scan| {
            let state = match self.store.attachment_standing(&scan.announced.hash)? {
                None => ScanState::Elsewhere,
                Some(_) if !travels => ScanState::Local,
                Some(standing) => ScanState::of(&standing),
            };
            let (material, announced) = (scan.material.clone(), scan.announced.clone());
            Ok(scan_view(DraftAttachment { material, announced }, state))
        });
        seen.collect()
    }

    /// Adds a scan of a material. It is on disk, encrypted, and announced in the log of a case,
    /// when this returns; its bytes go upstream by themselves.
    ///
    /// # Errors
    /// `bad-attachment` for what can be no scan or is there already, `unknown-material`,
    /// `not-now`; `attachment-file` if the disk refuses.
    pub fn add_scan(
        &self,
        owner: &ScanOwner,
        material: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Vec<ScanView>, DeskError> {
        self.actor()?;
        let announced = Announced::of(name, bytes)?;
        let fresh = self.store.add_attachment(&announced, bytes)?;
        let added = match owner {
            ScanOwner::Draft { id } => self.add_to_draft(id, material, &fresh, &announced),
            ScanOwner::Case { id } => self
                .step(id, |tx, _, case, actor| {
                    if case.attachment(material, &announced.hash).is_some() {
                        return Err(already(&announced.name).into());
                    }
                    if !case.materials.iter().any(|m| m.material.id == material) {
                        return Err(unknown_material().into());
                    }
                    if case.attachments.len() >= MOST {
                        return Err(too_many().into());
                    }
                    tx.hold(&fresh)?;
                    let (material, announced) = (material.to_owned(), announced.clone());
                    let event = EventBody::AttachmentAdded { material, announced };
                    self.append(tx, &case, actor, event).map(|_| ())
                })
                .map(|_| ()),
        };
        drop(fresh);
        if added.is_err() {
            self.clear_scans();
        }
        added?;
        self.scans(owner)
    }

    fn add_to_draft(
        &self,
        draft: &str,
        material: &str,
        fresh: &FreshAttachment,
        announced: &Announced,
    ) -> Result<(), DeskError> {
        let Draft { intake, bundle, .. } = self.load_draft(draft)?;
        let guide = self.guide()?;
        let known = match bundle {
            Some(chosen) => joint(&guide, find(&guide, &chosen.id)?).asks_for(material),
            None => guide.matter(&intake.matter)?.material(material).is_some(),
        };
        if !known {
            return Err(unknown_material().into());
        }
        self.store.write(|tx| {
            if tx.draft_attachments(draft)?.len() >= MOST {
                return Err(too_many().into());
            }
            tx.hold(fresh)?;
            match tx.attach_to_draft(draft, material, announced)? {
                true => Ok(()),
                false => Err(already(&announced.name).into()),
            }
        })
    }

    /// Takes a scan off. In a case it stays on record, with the reason; its bytes go from this
    /// machine where nothing else counts on them.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `not-allowed` without a reason, `too-long`; `not-now`.
    pub fn remove_scan(
        &self,
        owner: &ScanOwner,
        material: &str,
        hash: &str,
        reason: &str,
    ) -> Result<Vec<ScanView>, DeskError> {
        self.actor()?;
        let gone = DeskError::NotFound { what: "这份扫描件" };
        match owner {
            ScanOwner::Draft { id } => {
                if !self.store.write(|tx| tx.detach_from_draft(id, material, hash))? {
                    return Err(gone);
                }
            }
            ScanOwner::Case { id } => {
                let reason = reason.trim().to_owned();
                self.step(id, |tx, _, case, actor| {
                    if reason.is_empty() {
                        let message = "请填写移除的原因，例如扫错了人、字迹看不清";
                        return Err(Refusal::new(RefusalCode::NotAllowed, "reason", message).into());
                    }
                    too_long("reason", &reason, LONGEST_REASON)?;
                    if case.attachment(material, hash).is_none() {
                        return Err(gone);
                    }
                    let (material, hash) = (material.to_owned(), hash.to_owned());
                    let event = EventBody::AttachmentRemoved { material, hash, reason };
                    self.append(tx, &case, actor, event).map(|_| ())
                })?;
            }
        }
        self.drop_scans();
        self.scans(owner)
    }

    /// The bytes of a scan, for a screen. Only of one that a draft or a case counts on.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `attachment-missing`, `attachment-damaged`.
    pub fn scan(&self, owner: &ScanOwner, hash: &str) -> Result<Vec<u8>, DeskError> {
        let scans = self.scans(owner)?;
        if !scans.iter().any(|scan| scan.hash == hash) {
            return Err(DeskError::NotFound { what: "这份扫描件" });
        }
        Ok(self.store.attachment(hash)?)
    }

    /// Takes away bytes that nothing counts on, and what was left of those that never came to count.
    /// Looks through all there are.
    pub fn clear_scans(&self) {
        told_if_they_stay(self.store.clear_attachments());
    }

    /// Takes away bytes that an action made count for nothing.
    pub(crate) fn drop_scans(&self) {
        told_if_they_stay(self.store.drop_attachments());
    }
}

/// Trouble with taking bytes away is no trouble of the action: they can't be read, and the next time
/// takes them.
fn told_if_they_stay(taken: Result<bool, StorageError>) {
    if let Err(error) = taken {
        tracing::warn!(code = error.code(), "bytes of scans that nobody needs stay for now");
    }
}

/// The announcements that a filing takes over from its draft: those of materials that apply.
pub(crate) fn announcements(
    scans: Vec<DraftAttachment>,
    materials: &[CheckedMaterial],
) -> Vec<EventBody> {
    let applies = |scan: &DraftAttachment| materials.iter().any(|m| m.material.id == scan.material);
    let taken = scans.into_iter().filter(applies);
    taken
        .map(|DraftAttachment { material, announced }| EventBody::AttachmentAdded {
            material,
            announced,
        })
        .collect()
}

fn scan_view(scan: DraftAttachment, state: ScanState) -> ScanView {
    let Announced { hash, size, media, name } = scan.announced;
    ScanView { material: scan.material, hash, name, size, media, state }
}

#[cfg(test)]
mod tests;
