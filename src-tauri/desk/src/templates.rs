//! The templates of the papers in use: the program's own, or the edition that the hall installed.

use std::sync::{Arc, PoisonError};

use yichuang_documents::template::{Finding, TemplateSet, check, shipped};
use yichuang_storage::{TemplateEdition, Tx};

use crate::desk::Desk;
use crate::error::DeskError;

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
        let stored = tx.templates()?;
        let edition = stored.as_ref().map_or(0, |stored| stored.edition);
        let held = self.templates.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held.filter(|held| held.edition == edition) {
            return Ok(held);
        }
        let read = Arc::new(Templates::read(stored.as_ref())?);
        *self.templates.write().unwrap_or_else(PoisonError::into_inner) = Some(read.clone());
        Ok(read)
    }

    /// Reads a set and checks it.
    ///
    /// # Errors
    /// [`DeskError::TemplatesUnreadable`]; what can be read and is wrong is in the findings.
    pub fn check_templates(&self, text: &str) -> Result<Vec<Finding>, DeskError> {
        self.actor()?;
        Ok(check(&read(text)?))
    }

    /// Takes a set into use for every paper from now on. Issued papers stay as they are. Returns the
    /// number of the edition.
    ///
    /// # Errors
    /// [`DeskError::TemplatesUnreadable`], [`DeskError::TemplatesFaulty`].
    pub fn install_templates(&self, text: &str) -> Result<u32, DeskError> {
        let actor = self.actor()?;
        let findings = check(&read(text)?);
        if !findings.is_empty() {
            return Err(DeskError::TemplatesFaulty(findings));
        }
        self.store.write(|tx| {
            Ok::<_, DeskError>(tx.install_templates(Some(text), &actor.name, self.clock.now())?)
        })
    }

    /// Goes back to the program's own templates, as the next edition.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::Storage`].
    pub fn restore_templates(&self) -> Result<u32, DeskError> {
        let actor = self.actor()?;
        self.store.write(|tx| {
            Ok::<_, DeskError>(tx.install_templates(None, &actor.name, self.clock.now())?)
        })
    }
}

fn read(text: &str) -> Result<TemplateSet, DeskError> {
    let unreadable = |error: serde_json::Error| DeskError::TemplatesUnreadable {
        edition: 0,
        detail: error.to_string(),
    };
    serde_json::from_str(text).map_err(unreadable)
}
