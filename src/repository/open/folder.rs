//! Folders in which a file and its log do not stay together: shared over a network, or
//! copied elsewhere by a program that syncs.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a folder is no good place for the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::repository) enum Risk {
    /// A network drive, of this kind: two computers do not see each other's log.
    Network(String),
    /// A drive shared between systems of one computer, of this kind.
    Shared(String),
    /// Synced by this program.
    Synced(&'static str),
}

impl Risk {
    /// What to do about it.
    pub(in crate::repository) fn remedy(&self) -> &'static str {
        match self {
            Risk::Network(_) | Risk::Shared(_) => "move it to a local disk, or name one there with --db",
            Risk::Synced(_) => "move it to a folder that is not synced, and put copies here with: repbox backup FILE",
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Risk::Network(kind) => write!(f, "it is a network drive ({kind}), where SQLite's log is not safe"),
            Risk::Shared(kind) => write!(f, "it is a shared drive ({kind}), where SQLite's locks may not hold"),
            Risk::Synced(program) => write!(f, "{program} syncs it, and tears the file and its log apart"),
        }
    }
}

/// What is risky about the place of a file on this machine.
pub(in crate::repository) fn risk(path: &Path) -> Option<Risk> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    judge(path, file_system(&mounts, path).as_deref(), |folder| folder.join(".stfolder").exists())
}

/// The same, where the file system and the folders with Syncthing's mark are known.
fn judge(path: &Path, file_system: Option<&str>, is_marked: impl Fn(&Path) -> bool) -> Option<Risk> {
    match file_system {
        Some(kind @ ("nfs" | "nfs4" | "cifs" | "smb" | "smb2" | "smb3" | "smbfs" | "fuse.sshfs" | "afs")) => {
            return Some(Risk::Network(kind.to_owned()));
        }
        Some(kind @ ("9p" | "virtiofs" | "vboxsf" | "fuse.vmhgfs-fuse")) => return Some(Risk::Shared(kind.to_owned())),
        Some(_) | None => {}
    }
    let mut above = path.ancestors().skip(1);
    above.find_map(|folder| synced_by(folder).or_else(|| is_marked(folder).then_some("Syncthing"))).map(Risk::Synced)
}

fn synced_by(folder: &Path) -> Option<&'static str> {
    let name = folder.file_name()?.to_str()?;
    // "Dropbox (Work)", "OneDrive - Work".
    let is = |known: &str| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']));
    let in_library = folder.parent().and_then(Path::file_name).is_some_and(|parent| parent == "Library");
    match name {
        "Mobile Documents" if in_library => Some("iCloud"),
        "CloudStorage" if in_library => Some("a cloud drive"),
        _ if is("Dropbox") => Some("Dropbox"),
        _ if is("OneDrive") => Some("OneDrive"),
        _ if is("Google Drive") || is("GoogleDrive") => Some("Google Drive"),
        _ => None,
    }
}

/// The kind of file system at a path, of the lines of Linux' list of mounts.
fn file_system(mounts: &str, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let place = words.next()?.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
        Some((PathBuf::from(place), words.next()?))
    });
    // Of two at one place the later one lies on top.
    let holding = mounts.filter(|(place, _)| path.starts_with(place));
    holding.max_by_key(|(place, _)| place.components().count()).map(|(_, kind)| kind.to_owned())
}

/// Files beside it that a syncing program made when it could not decide.
pub(in crate::repository) fn conflicts(path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let entries = path.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let is_copy = |name: &str| {
        name.starts_with(&stem) && ["conflicted copy", ".sync-conflict-"].iter().any(|mark| name.contains(mark))
    };
    let mut found: Vec<PathBuf> =
        entries.filter(|entry| is_copy(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p09_a_folder_that_is_synced_or_shared_is_known_by_its_path_and_its_file_system() {
        let synced = |program| Some(Risk::Synced(program));
        let network = |kind: &str| Some(Risk::Network(kind.to_owned()));
        let table = [
            ("/data/ana/.local/share/repbox/tasks.db", "ext4", None),
            ("/data/ana/Dropbox/tasks.db", "ext4", synced("Dropbox")),
            ("/data/ana/Dropbox (Work)/crm/tasks.db", "btrfs", synced("Dropbox")),
            ("/data/ana/Dropboxes/tasks.db", "ext4", None),
            ("/data/ana/Dropbox", "ext4", None),
            ("/Users/ana/Library/Mobile Documents/x/tasks.db", "apfs", synced("iCloud")),
            ("/Users/ana/Mobile Documents/tasks.db", "apfs", None),
            ("/Users/ana/Library/CloudStorage/Box/tasks.db", "apfs", synced("a cloud drive")),
            ("/data/ana/OneDrive - Acme/tasks.db", "ext4", synced("OneDrive")),
            ("/data/ana/Google Drive/tasks.db", "ext4", synced("Google Drive")),
            ("/data/ana/marked/deep/tasks.db", "ext4", synced("Syncthing")),
            ("/data/ana/tasks.db", "nfs4", network("nfs4")),
            ("/data/ana/tasks.db", "nfs", network("nfs")),
            ("/data/ana/tasks.db", "cifs", network("cifs")),
            ("/data/ana/tasks.db", "smb3", network("smb3")),
            ("/data/ana/tasks.db", "fuse.sshfs", network("fuse.sshfs")),
            ("/mnt/c/tasks.db", "9p", Some(Risk::Shared("9p".to_owned()))),
        ];
        for (path, file_system, risk) in table {
            let is_marked = |folder: &Path| folder == Path::new("/data/ana/marked");
            assert_eq!(judge(Path::new(path), Some(file_system), is_marked), risk, "{path} on {file_system}");
        }
    }

    #[test]
    fn p09_the_file_system_of_a_path_is_that_of_the_deepest_mount() {
        let mounts = "/dev/sda / ext4 rw 0 0\nhost:/x /home nfs4 rw 0 0\n/dev/sdb /home/my\\040disk xfs rw 0 0\n\
                      tmpfs /run tmpfs rw 0 0\nx /run 9p rw 0 0\n";
        let table = [
            ("/tasks.db", "ext4"),
            ("/home/ana/tasks.db", "nfs4"),
            ("/homely/tasks.db", "ext4"),
            ("/home/my disk/tasks.db", "xfs"),
            ("/run/tasks.db", "9p"),
        ];
        for (path, kind) in table {
            assert_eq!(file_system(mounts, Path::new(path)).as_deref(), Some(kind), "{path}");
        }
        assert_eq!(file_system("", Path::new("/tasks.db")), None);
    }
}
