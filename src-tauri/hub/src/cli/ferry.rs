//! `yichuang-hub ferry`: a window's file in, the answer out, whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _};
use std::path::{Path, PathBuf};

use clap::Args;
use yichuang_protocol::ferry::{FerryError, Phase, Progress};

use super::{Data, print, watch};
use crate::clock::Clock;
use crate::error::HubError;
use crate::ferry::{Ferried, FerryRefused, ferry};
use crate::objects::{Objects, Place};
use crate::store::HubStore;

#[derive(Debug, Args)]
pub(super) struct Ferry {
    #[command(flatten)]
    data: Data,
    /// 窗口导出的摆渡文件
    file: PathBuf,
    /// 回执文件写到哪里；不给则在摆渡文件旁边
    #[arg(long)]
    answer: Option<PathBuf>,
    /// 扫描件的存放处，与 serve 所用的一致；不给则在数据目录里
    #[arg(long, value_name = "PLACE")]
    attachments: Option<String>,
}

fn disk(error: io::Error) -> FerryRefused {
    FerryError::Disk(error).into()
}

impl Ferry {
    /// Takes the file in and prints what it brought.
    ///
    /// # Errors
    /// `ferry-…`; the database's or the object store's.
    pub(super) fn run(&self, clock: &dyn Clock) -> Result<(), HubError> {
        let store = self.data.existing()?;
        let place = match &self.attachments {
            Some(place) => Place::parse(place)?,
            None => Place::of(&self.data.folder()?),
        };
        let objects = Objects::open(&place)?;
        let beside = || self.file.with_extension("answer.ferry");
        let answer = self.answer.clone().unwrap_or_else(beside);
        // Not where the system keeps small things: that may be memory.
        let room = self.data.folder().ok().filter(|folder| folder.is_dir());
        let copy = room.map_or_else(tempfile::tempfile, tempfile::tempfile_in);
        let copy = copy.map_err(|error| HubError::from(disk(error)))?;
        let ferried = watch::watched(|progress| {
            take_in((&store, &objects), (&self.file, copy), &answer, clock, progress)
        })?;
        print(&serde_json::json!({ "ferried": ferried, "answer": answer }))
    }
}

/// The file is copied first: what is proven must be what is taken in, whatever happens on the stick
/// meanwhile.
fn take_in(
    hub: (&HubStore, &Objects),
    (file, mut copy): (&Path, File),
    answer: &Path,
    clock: &dyn Clock,
    progress: &Progress,
) -> Result<Ferried, FerryRefused> {
    let given = File::open(file).map_err(disk)?;
    progress.begin(Phase::Copying, given.metadata().map_err(disk)?.len());
    io::copy(&mut progress.reading(given), &mut copy).map_err(FerryError::from)?;
    copy.rewind().map_err(disk)?;
    let beside = answer.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    let mut out = tempfile::NamedTempFile::new_in(beside).map_err(disk)?;
    let ferried = ferry(hub, copy, BufWriter::new(&mut out), clock.now(), progress)?;
    out.as_file().sync_all().map_err(disk)?;
    out.persist(answer).map_err(|error| disk(error.error))?;
    Ok(ferried)
}
