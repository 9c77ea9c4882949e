//! The templates of the papers: the set in use, looking at one that is being written, and taking it
//! into use as the next edition.
//!
//! What a set says and whether it may be used is `documents`' business; what stands here is which one
//! is in use, since when and by whom. An edition is never changed: going back is a new one.

mod editions;
#[cfg(test)]
mod tests;
mod views;

use std::sync::{Arc, PoisonError};

use yichuang_documents::template::{
    Finding, Situation, TemplateSet, check, read, shipped, specimen, undrawable,
};
use yichuang_documents::{DocumentError, Format, Pdf};
use yichuang_domain::document::DocumentKind;
use yichuang_storage::{TemplateEdition, Tx};

use crate::desk::Desk;
use crate::error::DeskError;

pub use editions::{Author, NewEdition, Restored};
pub use views::{
    ChoiceView, FieldView, ListView, TemplateDepartment, TemplateEditionView, TemplateKindView,
    TemplateVocabulary, TemplatesView, vocabulary_of, written,
};

/// A set that papers can be written by.
#[derive(Debug)]
pub(crate) struct Templates {
    /// Which edition; 0 is the program's own, never replaced here.
    pub(crate) edition: u32,
    /// The templates.
    pub(crate) set: TemplateSet,
}

impl Templates {
    fn read(stored: Option<&TemplateEdition>) -> Result<Self, DeskError> {
        let edition = stored.map_or(0, |stored| stored.edition);
        let set = match stored.and_then(|stored| stored.text.as_deref()) {
            Some(text) => serde_json::from_str(text),
            None => shipped(),
        };
        let unreadable = |error: serde_json::Error| DeskError::TemplatesUnreadable {
            edition,
            detail: error.to_string(),
        };
        Ok(Self { edition, set: set.map_err(unreadable)? })
    }
}

impl Desk {
    /// The templates in use, as the write sees them.
    pub(crate) fn templates(&self, tx: &Tx<'_>) -> Result<Arc<Templates>, DeskError> {
        self.held(tx.templates()?.as_ref())
    }

    /// The templates in use, for what is not written down.
    pub(crate) fn templates_in_use(&self) -> Result<Arc<Templates>, DeskError> {
        self.held(self.store.templates()?.as_ref())
    }

    fn held(&self, stored: Option<&TemplateEdition>) -> Result<Arc<Templates>, DeskError> {
        let edition = stored.map_or(0, |stored| stored.edition);
        let held = self.templates.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held.filter(|held| held.edition == edition) {
            return Ok(held);
        }
        let read = Arc::new(Templates::read(stored)?);
        *self.templates.write().unwrap_or_else(PoisonError::into_inner) = Some(read.clone());
        Ok(read)
    }

    /// Everything wrong with a set; nothing where it can be taken into use.
    ///
    /// # Errors
    /// [`DeskError::Document`] where the fonts can't be asked.
    pub fn check_templates(&self, text: &str) -> Result<Vec<Finding>, DeskError> {
        match read(text) {
            Ok(set) => self.findings(&set),
            Err(findings) => Ok(findings),
        }
    }

    fn findings(&self, set: &TemplateSet) -> Result<Vec<Finding>, DeskError> {
        let mut findings = check(set);
        findings.extend(undrawable(set, self.press()?)?);
        Ok(findings)
    }

    /// A made-up paper of a kind by a set that need not be complete, to see what it looks like. It
    /// has no number, is kept nowhere, and says on every page that it is a specimen.
    ///
    /// # Errors
    /// [`DeskError::TemplatesFaulty`] where the set can't be read; [`DeskError::Document`] where a
    /// field has nothing to say or a character can't be drawn.
    pub fn preview_template(
        &self,
        text: &str,
        kind: DocumentKind,
        sheet: Format,
        situation: &Situation,
    ) -> Result<Pdf, DeskError> {
        let set = read(text).map_err(DeskError::TemplatesFaulty)?;
        let paper = specimen(&set, kind, sheet, situation).map_err(DocumentError::from)?;
        Ok(self.press()?.render(&paper)?)
    }
}

/// The program's own set.
pub(crate) fn own() -> Result<TemplateSet, DeskError> {
    Ok(Templates::read(None)?.set)
}
