//! A ledger as a workbook. Who took it out, and how much, stays on record (导出留痕).

use std::path::{Path, PathBuf};

use yichuang_domain::named::Named as _;
use yichuang_exchange::ledger::{LedgerBook, LedgerLine};
use yichuang_storage::StoredLedgerEntry;

use super::list::is_hidden;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::write_file;
use crate::view::LedgerFilter;

/// How many entries are read at a time.
const PAGE: u32 = 500;

/// A ledger as a workbook.
#[derive(Clone, Debug)]
pub struct LedgerFile {
    /// A file name that says what it is.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

impl Desk {
    /// The entries that match, all of them, as a workbook. What the clerk may not see is not in it.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::Workbook`].
    pub fn export_ledger(&self, filter: LedgerFilter) -> Result<LedgerFile, DeskError> {
        let acting = self.acting()?;
        let kind = filter.kind;
        let mut query = self.ledger_query(filter, &acting)?;
        (query.offset, query.limit) = (0, PAGE);
        let mut lines = Vec::new();
        loop {
            let page = self.store.list_ledger(&query)?;
            let more = page.len() == PAGE as usize;
            lines.extend(page.into_iter().map(|StoredLedgerEntry { entry, .. }| LedgerLine {
                person_hidden: is_hidden(&entry, acting.by()),
                entry,
            }));
            if !more {
                break;
            }
            query.offset += PAGE;
        }
        let practice = self.mode()?.is_practice();
        let profile = self.profile()?;
        let today = self.clock.today();
        let book = LedgerBook {
            kind,
            place: format!("{} {}", profile.hall, profile.window),
            on: today,
            by: &acting.actor.name,
            practice,
        };
        let bytes = book.write(&lines)?;
        let entries = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let names = lines.iter().any(|l| !l.person_hidden && !l.entry.facts.is_anonymous());
        let taken = (acting.actor.id.as_str(), self.clock.now());
        self.store.write(|tx| tx.note_ledger_export(kind, taken, (entries, names)))?;
        let mark = if practice { "_演练" } else { "" };
        let name = format!("{}台账_{}{mark}.xlsx", kind.word(), today.to_string().replace('-', ""));
        Ok(LedgerFile { name, bytes })
    }

    /// Writes the workbook into a folder; returns where.
    ///
    /// # Errors
    /// As [`Self::export_ledger`]; [`DeskError::Unwritable`].
    pub fn save_ledger(&self, filter: LedgerFilter, folder: &Path) -> Result<PathBuf, DeskError> {
        let file = self.export_ledger(filter)?;
        write_file(folder, &file.name, &file.bytes)
    }
}
