//! The ferry's files: where they are written and read, whole or not at all.

mod places;
mod steady;
mod work;

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use yichuang_desk::Desk;
use yichuang_protocol::ferry::{EXTENSION, FerryError, Phase, Progress, SCAN_BYTES};
use yichuang_sync::SyncError;
use yichuang_sync::ferry::{self, Loaded, Unloaded};

use self::steady::Steady;
pub(crate) use self::work::FerryWork;
use crate::ipc::contract::{FerryFile, FerryPlace, FerryTaken, SaveFerryFile};
use crate::ipc::failure::Failure;
use crate::paths;
use crate::shell::Shell;
use crate::upstream::Shelf;

/// What of a stick stays free, for events and for what else is written there.
const MARGIN: u64 = 64 * 1024 * 1024;

fn disk(error: io::Error) -> SyncError {
    SyncError::Ferry(FerryError::from(error))
}

/// How many bytes of scans a file in a folder may take: as many as fit, and never too many for one
/// file. All, where the system does not say how much is free: then the disk says it.
fn room_in(folder: &Path) -> u64 {
    places::free_at(folder).map_or(SCAN_BYTES, |free| free.saturating_sub(MARGIN).min(SCAN_BYTES))
}

/// Writes everything unsent into a ferry file, which is whole or not there: all events, and scans
/// of at most `most` bytes.
///
/// # Errors
/// `ferry-disk`, `ferry-stopped`, `not-enrolled`, …
pub(crate) fn write_file(
    desk: &Desk,
    file: &Path,
    most: u64,
    progress: &Progress,
) -> Result<Loaded, SyncError> {
    let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    let room = room_in(beside).min(most);
    let mut out = NamedTempFile::new_in(beside).map_err(disk)?;
    let now = || desk.clock().now();
    let steady = BufWriter::new(Steady::new(out.as_file_mut()));
    let loaded = ferry::load(desk.store(), steady, room, &now, progress)?;
    out.as_file().sync_all().map_err(disk)?;
    progress.go_on().map_err(SyncError::from)?;
    out.persist(file).map_err(|error| disk(error.error))?;
    Ok(loaded)
}

/// Takes in the hub's answer. It is copied into `room` first: what is proven must be what is taken
/// in.
///
/// # Errors
/// `ferry-damaged`, `ferry-not-for-us`, `ferry-stopped`, …
pub(crate) fn take_answer(
    desk: &Desk,
    answer: impl Read,
    len: u64,
    room: &Path,
    progress: &Progress,
) -> Result<Unloaded, SyncError> {
    progress.begin(Phase::Copying, len);
    let mut copy = tempfile::tempfile_in(room).map_err(disk)?;
    io::copy(&mut progress.reading(answer), &mut copy).map_err(disk)?;
    copy.rewind().map_err(disk)?;
    ferry::unload(desk.store(), copy, &Shelf(desk), &|| desk.clock().now(), progress)
}

/// A file of the hub's, and how long it is.
///
/// # Errors
/// `file`.
pub(crate) fn open_answer(path: &Path) -> Result<(File, u64), Failure> {
    let unreadable = |error: io::Error| {
        let why = yichuang_domain::system::words(&error);
        let message = format!("文件“{}”无法读取：{why}", path.display());
        Failure::refused("file", Some("file"), message)
    };
    let file = File::open(path).map_err(unreadable)?;
    let len = file.metadata().map_err(unreadable)?.len();
    Ok((file, len))
}

fn check_folder(folder: &str) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(folder.trim());
    if path.is_absolute() && path.is_dir() {
        return Ok(path);
    }
    let message = format!("没有“{folder}”这个文件夹：请插好 U 盘，或填写完整的位置");
    Err(Failure::refused("bad-folder", Some("folder"), message))
}

impl Shell {
    /// Where a ferry file can be written, and which answers lie there.
    ///
    /// # Errors
    /// `not-signed-in`, `storage-…`.
    pub(crate) fn ferry_places(&self) -> Result<Vec<FerryPlace>, Failure> {
        let desk = self.records()?;
        desk.require_clerk()?;
        let profile = desk.profile()?;
        let last = desk.store().ferry_folder()?.map(PathBuf::from);
        let ours = format!("{}-{}-", profile.station, profile.window);
        Ok(places::places(last.as_deref(), &paths::papers_folder(), &ours))
    }

    /// Writes what is unsent into a ferry file of a folder.
    ///
    /// # Errors
    /// As [`write_file`]; `bad-folder`; `ferry-busy`.
    pub(crate) fn ferry_out(&self, wanted: &SaveFerryFile) -> Result<FerryFile, Failure> {
        let desk = self.records()?;
        desk.require_clerk()?;
        let folder = match &wanted.folder {
            Some(folder) => check_folder(folder)?,
            None => {
                let own = paths::papers_folder();
                std::fs::create_dir_all(&own).map_err(disk)?;
                own
            }
        };
        let turn = self.ferry.begin()?;
        let profile = desk.profile()?;
        let at = desk.clock().now().as_second();
        let name = format!("{}-{}-{at}.{EXTENSION}", profile.station, profile.window);
        let path = folder.join(&name);
        let most = if wanted.scans { SCAN_BYTES } else { 0 };
        let loaded = write_file(&desk, &path, most, turn.progress())?;
        desk.store().remember_ferry_folder(&folder.display().to_string())?;
        let size = std::fs::metadata(&path).map_err(disk)?.len();
        let Loaded { events, scans, .. } = loaded;
        Ok(FerryFile {
            name,
            path: path.display().to_string(),
            size,
            events,
            scans: scans.scans,
            scan_bytes: scans.scan_bytes,
            scans_left: scans.scans_left,
            scans_unreadable: scans.scans_unreadable,
        })
    }

    /// Takes in the hub's answer.
    ///
    /// # Errors
    /// As [`take_answer`]; `ferry-busy`.
    pub(crate) fn ferry_in(&self, answer: impl Read, len: u64) -> Result<FerryTaken, Failure> {
        let desk = self.records()?;
        desk.require_clerk()?;
        let turn = self.ferry.begin()?;
        let taken = take_answer(&desk, answer, len, self.folder(), turn.progress())?;
        let Unloaded { report, stale, scans_refused } = taken;
        self.upstream.note_help(report.help_trouble);
        Ok(FerryTaken {
            confirmed: report.sent,
            pulled: report.pulled,
            rejected: report.rejected,
            scans: report.attachments.arrived,
            scans_refused,
            guide: report.guide_taken,
            stale,
            again: report.hub_was_behind,
            status: self.upstream_status()?,
        })
    }
}
