//! The phone's files (protocol §5): a small port, the real one behind it, and what each file holds.
//!
//! Each file but the journal is replaced as a whole: write beside, sync, rename, sync the folder. Nothing is ever
//! wiped: a damaged journal is kept aside under `journal.bad-N`.

use crate::error::AgentError;
use latchkey_core::snapshot::Fault;
use latchkey_core::wire::Provision;
use std::io;

/// Base URL, tenant, root, market, one-time code.
pub const PROVISION: &str = "provision.json";
/// Device key and device id.
pub const IDENTITY: &str = "identity";
/// The agreement's exact bytes.
pub const AGREEMENT: &str = "agreement";
/// The record.
pub const JOURNAL: &str = "journal";
/// Language, text size, private home: the screen's own settings.
pub const VISIT: &str = "visit.json";
/// Number of the record whose release the owner has seen.
pub const SEEN: &str = "seen";
/// Room that is kept for the journal: given back when the disk is full.
pub const RESERVE: &str = "reserve";
/// Held while a process uses the folder.
pub const LOCK: &str = "lock";
/// Ends the name of a file that is being written.
pub const BESIDE: &str = ".new";

/// File port over one folder. Names are plain, without a path.
pub trait Files: Send {
    /// The whole file; `NotFound` when there is none.
    ///
    /// # Errors
    /// The system's.
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>>;
    /// Writes a whole file, in place. `private`: only the owner of the process may read it (0600).
    ///
    /// # Errors
    /// The system's.
    fn write(&mut self, name: &str, bytes: &[u8], private: bool) -> io::Result<()>;
    /// Writes at the end of a file that exists.
    ///
    /// # Errors
    /// The system's.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
    /// Waits until a file's bytes and length are on the disk (`fdatasync`).
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self, name: &str) -> io::Result<()>;
    /// Cuts a file.
    ///
    /// # Errors
    /// The system's.
    fn truncate(&mut self, name: &str, len: u64) -> io::Result<()>;
    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    /// The system's.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&mut self, name: &str) -> io::Result<()>;
    /// Whether the name is taken.
    fn exists(&mut self, name: &str) -> bool;
    /// Waits until the folder's names are on the disk.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&mut self) -> io::Result<()>;
    /// Takes the folder for this process until the port is dropped.
    ///
    /// # Errors
    /// `WouldBlock` while another process has it.
    fn lock(&mut self) -> io::Result<()>;
}

pub use real::RealFiles;

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the one permitted place for files on the phone"
)]
mod real {
    use super::{Files, LOCK};
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Write as _};
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::path::{Path, PathBuf};

    /// A folder on the disk.
    #[derive(Debug)]
    pub struct RealFiles {
        folder: PathBuf,
        /// The file that was appended to last: a failed write-back is reported to handles that were open then.
        appending: Option<(String, File)>,
        lock: Option<File>,
    }

    impl RealFiles {
        /// Files in `folder`, which is made when it is missing.
        ///
        /// # Errors
        /// The folder cannot be made.
        pub fn new(folder: &Path) -> io::Result<RealFiles> {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            // A folder that somebody else made may be open to all; what is owed is nobody's business.
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
            Ok(RealFiles {
                folder: folder.to_owned(),
                appending: None,
                lock: None,
            })
        }

        fn forget(&mut self, name: &str) {
            if self.appending.as_ref().is_some_and(|(n, _)| n == name) {
                self.appending = None;
            }
        }
    }

    impl Files for RealFiles {
        fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
            fs::read(self.folder.join(name))
        }

        fn write(&mut self, name: &str, bytes: &[u8], private: bool) -> io::Result<()> {
            self.forget(name);
            let path = self.folder.join(name);
            // A file that is left from before would keep its old mode.
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(e),
            }
            let mode = if private { 0o600 } else { 0o644 };
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(mode)
                .open(path)?
                .write_all(bytes)
        }

        fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
            let mut file = match self.appending.take() {
                Some((held, file)) if held == name => file,
                Some(_) | None => OpenOptions::new().append(true).open(self.folder.join(name))?,
            };
            let result = file.write_all(bytes);
            self.appending = Some((name.to_owned(), file));
            result
        }

        fn sync(&mut self, name: &str) -> io::Result<()> {
            match &self.appending {
                Some((held, file)) if held == name => file.sync_data(),
                Some(_) | None => File::open(self.folder.join(name))?.sync_data(),
            }
        }

        fn truncate(&mut self, name: &str, len: u64) -> io::Result<()> {
            self.forget(name);
            OpenOptions::new()
                .write(true)
                .open(self.folder.join(name))?
                .set_len(len)
        }

        fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
            self.forget(from);
            self.forget(to);
            fs::rename(self.folder.join(from), self.folder.join(to))
        }

        fn remove(&mut self, name: &str) -> io::Result<()> {
            self.forget(name);
            fs::remove_file(self.folder.join(name))
        }

        fn exists(&mut self, name: &str) -> bool {
            self.folder.join(name).symlink_metadata().is_ok()
        }

        fn sync_folder(&mut self) -> io::Result<()> {
            File::open(&self.folder)?.sync_all()
        }

        fn lock(&mut self) -> io::Result<()> {
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(self.folder.join(LOCK))?;
            rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive)?;
            self.lock = Some(file);
            Ok(())
        }
    }
}

/// Replaces a whole file so that a crash leaves the old one or the new one: write beside, sync, rename, sync the folder.
///
/// # Errors
/// `a_disk_full`, `a_unreadable`.
pub fn replace(files: &mut dyn Files, name: &str, bytes: &[u8], private: bool) -> Result<(), AgentError> {
    let beside = format!("{name}{BESIDE}");
    let done = files
        .write(&beside, bytes, private)
        .and_then(|()| files.sync(&beside))
        .and_then(|()| files.rename(&beside, name))
        .and_then(|()| files.sync_folder());
    done.map_err(|e| AgentError::file("write", name, &e))
}

/// Reads a whole file; `None` when there is none.
///
/// # Errors
/// `a_unreadable`.
pub fn read(files: &mut dyn Files, name: &str) -> Result<Option<Vec<u8>>, AgentError> {
    match files.read(name) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(AgentError::file("read", name, &e)),
    }
}

/// Bytes of [`RESERVE`]: some hundred records.
pub const RESERVE_BYTES: usize = 64 * 1024;

/// Puts room aside for the journal, if there is any and none is yet. The bytes are random: zeros would take no room on
/// a disk that compresses. Failing is no fault, since nothing is lost by it.
pub fn keep_reserve(files: &mut dyn Files) {
    if files.exists(RESERVE) {
        return;
    }
    let mut bytes = vec![0; RESERVE_BYTES];
    if getrandom::fill(&mut bytes).is_ok() && replace(files, RESERVE, &bytes, false).is_err() {
        // What was written of it would fill the disk for good.
        let _ = files.remove(&format!("{RESERVE}{BESIDE}"));
    }
}

/// Gives the reserve back to the disk. `true` when there was one.
pub fn spend_reserve(files: &mut dyn Files) -> bool {
    files.remove(RESERVE).is_ok()
}

/// Removes a file if it is there.
///
/// # Errors
/// `a_unreadable`.
pub fn remove(files: &mut dyn Files, name: &str) -> Result<(), AgentError> {
    match files.remove(name) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(AgentError::file("remove", name, &e)),
    }
}

/// Reads `provision.json`; `None` when there is none.
///
/// # Errors
/// `a_unreadable`, also when it is no provision.
pub fn provision(files: &mut dyn Files) -> Result<Option<Provision>, AgentError> {
    let Some(bytes) = read(files, PROVISION)? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|e| AgentError::new(Fault::Unreadable, format!("read {PROVISION}: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_replaced_file_is_whole_and_private_and_leaves_nothing_beside() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = RealFiles::new(&dir.path().join("phone")).unwrap();
        assert_eq!(read(&mut files, IDENTITY), Ok(None));
        replace(&mut files, IDENTITY, b"one", true).unwrap();
        replace(&mut files, IDENTITY, b"two", true).unwrap();
        assert_eq!(read(&mut files, IDENTITY).unwrap().unwrap(), b"two");
        let path = dir.path().join("phone").join(IDENTITY);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!files.exists("identity.new"));
    }

    #[test]
    fn what_is_appended_stands_at_the_end_also_after_a_cut() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = RealFiles::new(dir.path()).unwrap();
        assert!(files.append(JOURNAL, b"x").is_err(), "append makes no file");
        replace(&mut files, JOURNAL, b"abc", false).unwrap();
        files.append(JOURNAL, b"def").unwrap();
        files.sync(JOURNAL).unwrap();
        files.truncate(JOURNAL, 4).unwrap();
        files.append(JOURNAL, b"!").unwrap();
        assert_eq!(files.read(JOURNAL).unwrap(), b"abcd!");
        remove(&mut files, JOURNAL).unwrap();
        remove(&mut files, JOURNAL).unwrap();
    }

    #[test]
    fn a_second_process_is_told_that_the_store_is_busy() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = RealFiles::new(dir.path()).unwrap();
        first.lock().unwrap();
        let mut second = RealFiles::new(dir.path()).unwrap();
        let error = AgentError::file("lock", LOCK, &second.lock().unwrap_err());
        assert_eq!(error.fault, Fault::StoreBusy);
        assert_eq!(
            error.messages(),
            ["a-store-busy".to_owned(), "a-store-busy-next".to_owned()]
        );
        drop(first);
        second.lock().unwrap();
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_unreadable() {
        let dir = tempfile::tempdir().unwrap();
        let phone = dir.path().join("phone");
        let mut files = RealFiles::new(&phone).unwrap();
        assert_eq!(provision(&mut files), Ok(None));
        replace(&mut files, PROVISION, b"{\"base_url\":1}", false).unwrap();
        assert_eq!(provision(&mut files).unwrap_err().fault, Fault::Unreadable);
        assert_eq!(
            read(
                // The folder above is made private too, so it must be ours.
                &mut RealFiles::new(dir.path()).unwrap(),
                "phone"
            )
            .unwrap_err()
            .fault,
            Fault::Unreadable
        );
    }
}
