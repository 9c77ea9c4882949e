//! Editions: taking a set into use, back to the program's own, back to an earlier one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_documents::template::{TemplateSet, read};
use yichuang_domain::document::DocumentKind;
use yichuang_storage::Tx;

use super::{TemplateEditionView, own, written};
use crate::desk::Desk;
use crate::error::DeskError;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 200;

/// Who takes a set into use. Roles are not known to this program: as with guide releases and
/// accounts, whoever is signed in may, and the edition names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// Who is signed in.
    Clerk,
    /// Whoever has this machine's account, and so the whole data folder.
    CommandLine,
}

/// What is said with an edition.
#[derive(Clone, Copy, Debug)]
pub struct NewEdition<'a> {
    /// Who installs it.
    pub author: Author,
    /// What changed, in their words; may be empty.
    pub note: &'a str,
    /// The edition that it was written from, if it must still be the one in use.
    pub base: Option<u32>,
}

/// What goes back to the program's own templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Restored {
    /// Everything, and from then on whatever the program brings.
    All,
    /// Header, logo, numbers and shared parts.
    Shared,
    /// One kind.
    Kind {
        /// Which.
        kind: DocumentKind,
    },
}

impl Desk {
    /// Takes a set into use for every paper from now on. Issued papers stay as they are. Returns the
    /// number of the edition.
    ///
    /// # Errors
    /// [`DeskError::TemplatesFaulty`] with every finding; [`DeskError::TemplatesChanged`],
    /// [`DeskError::BadEditionNote`], [`DeskError::NotSignedIn`].
    pub fn install_templates(&self, text: &str, new: &NewEdition<'_>) -> Result<u32, DeskError> {
        let set = read(text).map_err(DeskError::TemplatesFaulty)?;
        self.install(Some(&set), new)
    }

    /// Goes back to the program's own templates, as the next edition.
    ///
    /// # Errors
    /// As [`Desk::install_templates`]: a template of the program may need shared parts that the
    /// hall took out.
    pub fn restore_templates(
        &self,
        what: Restored,
        new: &NewEdition<'_>,
    ) -> Result<u32, DeskError> {
        if what == Restored::All {
            return self.install(None, new);
        }
        let mut set = self.templates_in_use()?.set.clone();
        let mut own = own()?;
        match what {
            Restored::All => {}
            Restored::Shared => {
                set = TemplateSet { papers: set.papers, ..own };
            }
            Restored::Kind { kind } => {
                set.papers.extend(own.papers.remove(&kind).map(|template| (kind, template)));
            }
        }
        self.install(Some(&set), new)
    }

    /// Takes an earlier edition into use again, as the next one.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; as [`Desk::install_templates`]: what was allowed then need not be
    /// now.
    pub fn reuse_templates(&self, edition: u32, new: &NewEdition<'_>) -> Result<u32, DeskError> {
        let editions = self.store.template_editions()?;
        let found = editions.into_iter().find(|known| known.edition == edition);
        match found.ok_or(DeskError::NotFound { what: "这一版模板" })?.text {
            Some(text) => self.install_templates(&text, new),
            None => self.install(None, new),
        }
    }

    fn install(&self, set: Option<&TemplateSet>, new: &NewEdition<'_>) -> Result<u32, DeskError> {
        let by = match new.author {
            Author::Clerk => self.administrator()?.name,
            Author::CommandLine => "命令行".to_owned(),
        };
        let note = new.note.trim();
        if note.chars().count() > LONGEST_NOTE || note.chars().any(char::is_control) {
            return Err(DeskError::BadEditionNote { most: LONGEST_NOTE });
        }
        let findings = set.map(|set| self.findings(set)).transpose()?.unwrap_or_default();
        if !findings.is_empty() {
            return Err(DeskError::TemplatesFaulty(findings));
        }
        let text = set.map(written).transpose()?;
        self.store.write(|tx| {
            must_be_newest(tx, new.base)?;
            let at = self.clock.now();
            Ok::<_, DeskError>(tx.install_templates(text.as_deref(), &by, note, at)?)
        })
    }

    /// Every edition installed here, the newest first.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn template_editions(&self) -> Result<Vec<TemplateEditionView>, DeskError> {
        let editions = self.store.template_editions()?;
        let newest = editions.first().map(|newest| newest.edition);
        let view = |stored: yichuang_storage::TemplateEdition| TemplateEditionView {
            edition: stored.edition,
            at: stored.installed_at,
            by: stored.installed_by,
            note: stored.note,
            own: stored.text.is_none(),
            in_use: Some(stored.edition) == newest,
        };
        Ok(editions.into_iter().map(view).collect())
    }
}

/// Refuses where another edition came in between.
fn must_be_newest(tx: &Tx<'_>, base: Option<u32>) -> Result<(), DeskError> {
    let newest = tx.templates()?.map_or(0, |newest| newest.edition);
    match base {
        Some(base) if base != newest => Err(DeskError::TemplatesChanged { newest }),
        _ => Ok(()),
    }
}
