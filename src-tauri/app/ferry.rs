//! The ferry's files: where they are written and read, whole or not at all.

use std::io::{self, BufWriter, Read, Seek as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tempfile::NamedTempFile;
use yichuang_desk::Desk;
use yichuang_protocol::ferry::{EXTENSION, FerryError};
use yichuang_sync::SyncError;
use yichuang_sync::ferry::{self, Loaded, Unloaded};

use crate::ipc::contract::{FerryFile, FerryTaken};
use crate::ipc::failure::Failure;
use crate::shell::Shell;
use crate::upstream::Shelf;

fn disk(error: io::Error) -> SyncError {
    SyncError::Ferry(FerryError::Disk(error))
}

/// Writes everything unsent into a ferry file, which is whole or not there.
///
/// # Errors
/// `ferry-disk`, `not-enrolled`, …
pub(crate) fn write_file(desk: &Desk, file: &Path) -> Result<Loaded, SyncError> {
    let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut out = NamedTempFile::new_in(beside.unwrap_or(Path::new("."))).map_err(disk)?;
    let now = || desk.clock().now();
    let loaded = ferry::load(desk.store(), BufWriter::new(&mut out), &now)?;
    out.as_file().sync_all().map_err(disk)?;
    out.persist(file).map_err(|error| disk(error.error))?;
    Ok(loaded)
}

/// Takes in the hub's answer. It is copied first: what is proven must be what is taken in.
///
/// # Errors
/// `ferry-damaged`, `ferry-not-for-us`, …
pub(crate) fn take_answer(desk: &Desk, mut answer: impl Read) -> Result<Unloaded, SyncError> {
    let mut copy = tempfile::tempfile().map_err(disk)?;
    io::copy(&mut answer, &mut copy).map_err(disk)?;
    copy.rewind().map_err(disk)?;
    ferry::unload(desk.store(), copy, &Shelf(desk), &|| desk.clock().now())
}

impl Shell {
    /// Writes what is unsent into a ferry file: into a folder, or to be handed over.
    ///
    /// # Errors
    /// As [`write_file`].
    pub(crate) fn ferry_out(&self, folder: Option<&Path>) -> Result<FerryFile, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        let profile = desk.profile()?;
        let at = desk.clock().now().as_second();
        let name = format!("{}-{}-{at}.{EXTENSION}", profile.station, profile.window);
        let Some(folder) = folder else {
            let mut file = Vec::new();
            let now = || desk.clock().now();
            let loaded = ferry::load(desk.store(), &mut file, &now)?;
            let base64 = Some(BASE64.encode(file));
            return Ok(FerryFile { name, events: loaded.events, path: None, base64 });
        };
        std::fs::create_dir_all(folder).map_err(disk)?;
        let path = folder.join(&name);
        let loaded = write_file(&desk, &path)?;
        let path = Some(path.display().to_string());
        Ok(FerryFile { name, events: loaded.events, path, base64: None })
    }

    /// Takes in the hub's answer.
    ///
    /// # Errors
    /// As [`take_answer`].
    pub(crate) fn ferry_in(&self, answer: &[u8]) -> Result<FerryTaken, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        let Unloaded { report, stale } = take_answer(&desk, answer)?;
        Ok(FerryTaken {
            confirmed: report.sent,
            pulled: report.pulled,
            rejected: report.rejected,
            guide: report.guide_taken,
            stale,
            again: report.hub_was_behind,
            status: self.upstream_status()?,
        })
    }
}
