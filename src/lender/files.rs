//! The only place of the lender that touches files: keys, the lock of the store, `provision.json`.
//! SQLite keeps its own file.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module is the lender's file port"
)]

use crate::error::LenderError;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> LenderError {
    let path = path.display().to_string();
    move |source| LenderError::File { path, source }
}

/// Makes a folder and those above it, for this user alone: keys, tokens and claims lie in it.
pub(crate) fn folder(path: &Path) -> Result<(), LenderError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(failed(path))
}

/// The text of a file, `None` if there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>, LenderError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path)(e)),
    }
}

/// The bytes of a file, `None` if there is none.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, LenderError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path)(e)),
    }
}

/// The bytes of a file of at most `most` bytes; of a longer one, its beginning and one byte more.
pub(crate) fn read_at_most(path: &Path, most: u64) -> Result<Option<Vec<u8>>, LenderError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(path)(e)),
    };
    let mut bytes = Vec::new();
    let read = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(failed(path))?;
    Ok(Some(bytes))
}

/// Whether this user alone may read a file. Where no rights are known, it is believed.
pub(crate) fn is_private(path: &Path) -> Result<bool, LenderError> {
    let known = fs::metadata(path).map_err(failed(path))?;
    #[cfg(unix)]
    let private = std::os::unix::fs::MetadataExt::mode(&known) & 0o077 == 0;
    #[cfg(not(unix))]
    let private = known.is_file();
    Ok(private)
}

/// Replaces a file whole: a reader sees the old text or the new one. Only the user may read it.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), LenderError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = folder.join(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new).map_err(failed(&new))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed(&new))?;
    fs::rename(&new, path).map_err(failed(path))?;
    #[cfg(unix)]
    File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(failed(folder))?;
    Ok(())
}

/// The store's lock: one process a store, for as long as this lives. Where the store is a database server, whoever may
/// open that is let in, and this locks nothing.
#[derive(Debug)]
pub(crate) struct StoreLock {
    _file: Option<File>,
}

/// For a store that several processes share.
pub(crate) fn shared() -> StoreLock {
    StoreLock { _file: None }
}

/// Waits until no other process makes key files in this folder.
pub(crate) fn wait(folder: &Path) -> Result<StoreLock, LenderError> {
    let path = folder.join("lock");
    let file = lock_file(&path)?;
    file.lock().map_err(failed(&path))?;
    Ok(StoreLock { _file: Some(file) })
}

fn lock_file(path: &Path) -> Result<File, LenderError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options.open(path).map_err(failed(path))
}

/// Takes the store's lock.
pub(crate) fn lock(folder: &Path) -> Result<StoreLock, LenderError> {
    let path: PathBuf = folder.join("lock");
    let file = lock_file(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(StoreLock { _file: Some(file) }),
        Err(fs::TryLockError::WouldBlock) => Err(LenderError::StoreBusy(folder.display().to_string())),
        Err(fs::TryLockError::Error(source)) => Err(failed(&path)(source)),
    }
}
