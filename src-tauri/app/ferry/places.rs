//! Where ferry files can go: the sticks that are in, the folder of last time, and our own.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use sysinfo::{DiskRefreshKind, Disks};

use crate::ipc::contract::{FerryAnswerFile, FerryPlace};

/// How the hub names its answers at their end.
const ANSWER: &str = ".answer.ferry";
/// The most answers that are told of one place.
const ANSWERS: usize = 20;

/// A disk as the system tells of it.
#[derive(Clone, Debug)]
struct Disk {
    at: PathBuf,
    name: String,
    removable: bool,
    free: u64,
}

fn disks() -> Vec<Disk> {
    let kind = DiskRefreshKind::nothing().with_storage();
    // A system that does not tell of its disks has at least our own folder.
    let Ok(found) = Disks::new_with_refreshed_list_specifics(kind) else { return Vec::new() };
    found
        .iter()
        .filter(|disk| !disk.is_read_only())
        .map(|disk| Disk {
            at: disk.mount_point().to_owned(),
            name: disk.name().to_string_lossy().into_owned(),
            removable: disk.is_removable(),
            free: disk.available_space(),
        })
        .collect()
}

/// The disk that a folder is on.
fn disk_of<'a>(disks: &'a [Disk], folder: &Path) -> Option<&'a Disk> {
    let over = disks.iter().filter(|disk| folder.starts_with(&disk.at));
    over.max_by_key(|disk| disk.at.as_os_str().len())
}

/// How many bytes are free where a folder is; none where the system does not say.
pub(super) fn free_at(folder: &Path) -> Option<u64> {
    let folder = fs::canonicalize(folder).ok()?;
    disk_of(&disks(), &folder).map(|disk| disk.free)
}

/// Desktops put sticks there that their kernel calls fixed: some are large, and look like disks.
fn is_stick(disk: &Disk) -> bool {
    disk.removable || ["/media", "/run/media"].iter().any(|under| disk.at.starts_with(under))
}

/// What people call a stick: its label, which is the last of its path where it is mounted by name.
fn label(disk: &Disk) -> String {
    let last = disk.at.file_name().map(|name| name.to_string_lossy().into_owned());
    match last {
        Some(last) => last,
        None if disk.name.is_empty() => disk.at.display().to_string(),
        None => format!("{}（{}）", disk.name, disk.at.display()),
    }
}

/// The answers in a folder, `ours` first and then the newest. A folder that can't be read has none.
fn answers(folder: &Path, ours: &str) -> Vec<FerryAnswerFile> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(bool, SystemTime, FerryAnswerFile)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let about = entry.metadata().ok()?;
            if !about.is_file() || !name.ends_with(ANSWER) {
                return None;
            }
            let changed = about.modified().ok()?;
            let path = entry.path().display().to_string();
            let foreign = !name.starts_with(ours);
            let changed_at = Timestamp::try_from(changed).ok()?.to_string();
            let file = FerryAnswerFile { name, path, size: about.len(), changed_at };
            Some((foreign, changed, file))
        })
        .collect();
    found.sort_by(|(a_foreign, a, _), (b_foreign, b, _)| (a_foreign, b).cmp(&(b_foreign, a)));
    found.into_iter().take(ANSWERS).map(|(_, _, file)| file).collect()
}

/// Every place, the likeliest first: the folder of last time if it is still there, the sticks, and
/// the folder of our own. `ours` is how this window's files begin.
pub(super) fn places(last: Option<&Path>, own: &Path, ours: &str) -> Vec<FerryPlace> {
    arrange(&disks(), last.filter(|folder| folder.is_dir()), own, ours)
}

fn arrange(disks: &[Disk], last: Option<&Path>, own: &Path, ours: &str) -> Vec<FerryPlace> {
    let sticks = disks.iter().filter(|disk| is_stick(disk));
    let mut folders: Vec<PathBuf> = sticks.map(|stick| stick.at.clone()).collect();
    // What was chosen last time goes before what is merely plugged in.
    if let Some(last) = last {
        folders.retain(|folder| folder != last);
        folders.insert(0, last.to_owned());
    }
    if !folders.iter().any(|folder| folder == own) {
        folders.push(own.to_owned());
    }
    folders
        .into_iter()
        .map(|folder| {
            let disk = disk_of(disks, &folder);
            let stick = disk.filter(|disk| is_stick(disk));
            FerryPlace {
                path: folder.display().to_string(),
                stick: stick.map(label),
                own: folder == own,
                free: disk.map(|disk| disk.free),
                answers: answers(&folder, ours),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk(at: &str, removable: bool, free: u64) -> Disk {
        Disk { at: at.into(), name: String::new(), removable, free }
    }

    fn machine() -> Vec<Disk> {
        vec![
            disk("/", false, 5),
            disk("/mnt/stick", true, 7),
            disk("/media/clerk/大硬盘", false, 9),
        ]
    }

    fn paths(found: &[FerryPlace]) -> Vec<&str> {
        found.iter().map(|place| place.path.as_str()).collect()
    }

    #[test]
    fn sticks_come_before_our_own_folder_and_say_their_name_and_room() {
        let found = arrange(&machine(), None, Path::new("/home/clerk/一窗文书"), "ZX-03-");
        assert_eq!(paths(&found), ["/mnt/stick", "/media/clerk/大硬盘", "/home/clerk/一窗文书"]);
        let told: Vec<_> = found.iter().map(|p| (p.stick.as_deref(), p.free)).collect();
        assert_eq!(told, [(Some("stick"), Some(7)), (Some("大硬盘"), Some(9)), (None, Some(5))]);
    }

    #[test]
    fn the_folder_of_last_time_is_first_and_named_once() {
        let own = Path::new("/home/clerk/一窗文书");
        let last = Path::new("/media/clerk/大硬盘");
        let found = arrange(&machine(), Some(last), own, "ZX-03-");
        assert_eq!(paths(&found), ["/media/clerk/大硬盘", "/mnt/stick", "/home/clerk/一窗文书"]);
        assert_eq!(paths(&arrange(&machine()[..1], Some(own), own, "ZX-03-")).len(), 1);
    }

    #[test]
    fn the_answers_of_a_place_are_told_ours_first_the_newest_before_older_ones() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["QX-01-9.answer.ferry", "ZX-03-1.answer.ferry", "ZX-03-2.answer.ferry"];
        for (n, name) in (0..).zip(names) {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 + n);
            file.set_modified(at).unwrap();
        }
        fs::write(folder.path().join("ZX-03-1.ferry"), b"our own").unwrap();
        fs::create_dir(folder.path().join("x.answer.ferry")).unwrap();
        let found = arrange(&[], None, folder.path(), "ZX-03-");
        let told: Vec<_> = found[0].answers.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(told, [names[2], names[1], names[0]]);
        assert_eq!(found[0].answers[1].changed_at, "1970-01-01T00:16:41Z");
    }
}
