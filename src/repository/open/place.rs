//! Where the file lies: its path and mode, which file it is, and what its first bytes say
//! before SQLite sees it. A descriptor of ours that closes while a connection of this
//! process is open would drop that one's locks, so nothing here opens a file that is in use.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::repository::error::{Gone, Obstacle};
use crate::repository::{Error, Result, schema};

/// The absolute path with links resolved, so that a file has one log under one name.
/// Makes the folder (0700) and the file (0600) if they do not exist; whether it made it.
pub(in crate::repository) fn real_path(path: &Path) -> Result<(PathBuf, bool)> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    let absolute = std::path::absolute(path).map_err(fail)?;
    if let Some(folder) = absolute.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fail)?;
    }
    let made = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&absolute) {
        Ok(_) => true,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => false,
        // An existing file in a folder without write permission can still be read.
        Err(_) if absolute.exists() => false,
        Err(e) => return Err(fail(e)),
    };
    Ok((absolute.canonicalize().map_err(fail)?, made))
}

/// Looks at the first 100 bytes before SQLite does.
pub(in crate::repository) fn inspect(path: &Path) -> Result<()> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(fail)?;
    if !meta.is_file() {
        return Err(Error::not_sqlite(path));
    }
    if meta.len() == 0 {
        // It becomes ours, and nobody else is to read it; its owner may be somebody else.
        drop(std::fs::set_permissions(path, Permissions::from_mode(0o600)));
        return Ok(());
    }
    let header = header(path).map_err(fail)?.ok_or_else(|| Error::not_sqlite(path))?;
    let word = |at| word(&header, at);
    if word(APPLICATION).cast_signed() != schema::APPLICATION_ID {
        return Err(Error::NotOurs(path.to_owned()));
    }
    refuse_newer(path, i64::from(word(60)))?;
    let page_size = if header[16..18] == [0, 1] { 65_536 } else { u64::from(word(16) >> 16) };
    // The header's page count is valid only while these two counters agree.
    let says = u64::from(word(28)) * page_size;
    let is_short = || std::fs::metadata(path).is_ok_and(|meta| says > meta.len());
    // While a log is moved into the file its first page is there before its end. The
    // length is asked last: a log that is gone by now has brought the end.
    if word(24) == word(92) && length_of_log(path) == 0 && is_short() {
        return Err(Error::damaged(path, "its end is missing"));
    }
    Ok(())
}

/// How many bytes the log has; none where there is no log.
pub(in crate::repository) fn length_of_log(path: &Path) -> u64 {
    let [_, log, _] = parts(path);
    std::fs::metadata(log).map_or(0, |meta| meta.len())
}

/// Where the header says which program a file belongs to.
const APPLICATION: usize = 68;

fn word(header: &[u8; 100], at: usize) -> u32 {
    u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}

/// The first bytes of a SQLite file; `None` of any other.
fn header(path: &Path) -> std::io::Result<Option<[u8; 100]>> {
    let mut header = Vec::with_capacity(100);
    File::open(path)?.take(100).read_to_end(&mut header)?;
    Ok(header.try_into().ok().filter(|header: &[u8; 100]| header.starts_with(b"SQLite format 3\0")))
}

/// The newest file of this program in the folder of the one at `path`: a copy, by the name
/// that a person or an upgrade gave it.
pub(in crate::repository) fn newest_beside(path: &Path) -> Option<PathBuf> {
    let entries = path.parent().and_then(|folder| std::fs::read_dir(folder).ok())?.flatten();
    let mut found: Vec<_> = entries
        .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .filter_map(|entry| std::fs::metadata(entry.path()).ok().map(|meta| (meta, entry.path())))
        .filter(|(meta, _)| meta.is_file() && meta.len() >= 512 && meta.len() % 512 == 0)
        .map(|(meta, path)| ((meta.mtime(), meta.mtime_nsec()), path))
        .collect();
    found.sort();
    let is_ours = |header: [u8; 100]| word(&header, APPLICATION).cast_signed() == schema::APPLICATION_ID;
    let is_copy = |file: &Path| !is_part(path, file) && header(file).ok().flatten().is_some_and(is_ours);
    found.into_iter().rev().map(|(_, file)| file).find(|file| is_copy(file))
}

pub(in crate::repository) fn refuse_newer(path: &Path, found: i64) -> Result<()> {
    if found > schema::VERSION {
        return Err(Error::Newer { path: path.to_owned(), found, known: schema::VERSION });
    }
    Ok(())
}

/// Which file it is, whatever its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::repository) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// Which file a path names.
    pub(in crate::repository) fn of(path: &Path) -> Result<Identity> {
        match std::fs::metadata(path) {
            Ok(meta) => Ok(Identity { device: meta.dev(), inode: meta.ino() }),
            Err(source) => Err(Error::Io { path: path.to_owned(), source }),
        }
    }

    /// Refuses where the path names another file by now, or none.
    pub(in crate::repository) fn confirm(self, path: &Path) -> std::result::Result<(), Gone> {
        if Identity::of(path).is_ok_and(|now| now == self) { Ok(()) } else { Err(Gone) }
    }
}

/// The file and what SQLite keeps beside it: its log and the log's index.
fn parts(path: &Path) -> [OsString; 3] {
    ["", "-wal", "-shm"].map(|end| OsString::from_iter([path.as_os_str(), end.as_ref()]))
}

/// Whether a name, links followed, is that of the file at `path` or of a part of it.
pub(in crate::repository) fn is_part(path: &Path, name: &Path) -> bool {
    let part = |part: &OsString| Identity::of(Path::new(part)).ok();
    Identity::of(name).is_ok_and(|named| parts(path).iter().filter_map(part).any(|part| part == named))
}

/// Why SQLite cannot write where it was asked to; `None` where nothing is in the way.
pub(in crate::repository) fn obstacle(path: &Path) -> Option<Obstacle> {
    let folder = path.parent().unwrap_or(path);
    if [path, folder].into_iter().any(|p| access(p, Access::WRITE_OK) == Err(rustix::io::Errno::ROFS)) {
        return Some(Obstacle::Mount);
    }
    let rights = |meta: &Metadata| (meta.mode() & 0o7777, meta.uid());
    let (mode, owner) = std::fs::metadata(path).map(|meta| rights(&meta)).ok()?;
    if access(path, Access::READ_OK).is_err() {
        return Some(Obstacle::Unreadable { mode, owner });
    }
    if access(folder, Access::WRITE_OK).is_err() {
        return Some(Obstacle::Folder(folder.to_owned()));
    }
    // A log that was made while the file was read-only has the file's mode of then.
    let closed = |name: &OsString| access(name, Access::WRITE_OK) == Err(rustix::io::Errno::ACCESS);
    let parts = parts(path);
    let closed = parts.iter().find(|name| closed(name)).and_then(|name| std::fs::metadata(name).ok());
    closed.as_ref().map(rights).map(|(mode, owner)| Obstacle::File { mode, owner })
}
