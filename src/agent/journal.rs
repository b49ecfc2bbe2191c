//! The journal's file: opened by the recovery table, appended and synced before anything changes.

use crate::error::AgentError;
use crate::storage::{self, Files, JOURNAL};
use latchkey_core::journal::{self, Entry, LostWhy, MAGIC, Scan};
use latchkey_core::snapshot::Fault;
use std::io;

/// Where the file ends: the next record goes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    head: [u8; 32],
    len: u64,
    /// An append failed: the file may hold more than `len`, and pages may be lost.
    suspect: bool,
}

/// What was found at start.
#[derive(Debug)]
pub enum Opened {
    /// A chain that holds, without its torn tail.
    Whole(Journal, Box<Scan>),
    /// The state is lost (OWN-09). Nothing was changed on the disk.
    Lost(LostWhy),
}

impl Journal {
    /// Reads the file, cuts a torn tail off and waits until that is on the disk.
    ///
    /// # Errors
    /// `a_disk_full`, `a_unreadable` for a fault that may pass. A file that cannot be read at all counts as damaged.
    pub fn open(files: &mut dyn Files) -> Result<Opened, AgentError> {
        use io::ErrorKind::{IsADirectory, NotFound, PermissionDenied};
        let bytes = match files.read(JOURNAL) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == NotFound => return Ok(Opened::Lost(LostWhy::Missing)),
            Err(e) if matches!(e.kind(), IsADirectory | PermissionDenied) => {
                return Ok(Opened::Lost(LostWhy::Damaged));
            }
            Err(e) => return Err(AgentError::file("read", JOURNAL, &e)),
        };
        let Ok(scan) = journal::scan(&bytes) else {
            return Ok(Opened::Lost(LostWhy::Damaged));
        };
        let len = scan.whole as u64;
        if scan.whole < bytes.len() {
            let cut = files.truncate(JOURNAL, len).and_then(|()| files.sync(JOURNAL));
            cut.map_err(|e| AgentError::file("repair", JOURNAL, &e))?;
        }
        let head = scan.hashes.last().copied().unwrap_or_else(journal::genesis);
        let journal = Journal {
            head,
            len,
            suspect: false,
        };
        Ok(Opened::Whole(journal, Box::new(scan)))
    }

    /// A journal with one record, in the place of whatever has the name.
    ///
    /// # Errors
    /// `a_disk_full`, `a_unreadable`.
    pub fn create(files: &mut dyn Files, first: &Entry) -> Result<Journal, AgentError> {
        let (record, head) = journal::record(&journal::genesis(), first);
        let bytes = [MAGIC.as_slice(), &record].concat();
        storage::replace(files, JOURNAL, &bytes, false)?;
        Ok(Journal {
            head,
            len: bytes.len() as u64,
            suspect: false,
        })
    }

    /// Appends a record and waits until it is on the disk.
    ///
    /// # Errors
    /// `a_disk_full`, `a_unreadable`: then the record counts as not written, and the journal has to be mended first.
    pub fn append(&mut self, files: &mut dyn Files, entry: &Entry) -> Result<(), AgentError> {
        let (record, head) = journal::record(&self.head, entry);
        self.suspect = true;
        let done = files.append(JOURNAL, &record).and_then(|()| files.sync(JOURNAL));
        done.map_err(|e| AgentError::file("append to", JOURNAL, &e))?;
        self.suspect = false;
        self.head = head;
        self.len += record.len() as u64;
        Ok(())
    }

    /// Whether an append failed and [`Journal::mend`] has to come before the next.
    #[must_use]
    pub fn suspect(&self) -> bool {
        self.suspect
    }

    /// Cuts off what a failed append left, and reads the file again: a sync that failed once may report success for
    /// pages that are lost. `false`: the disk holds another chain than we do, so the state has to be read anew.
    ///
    /// # Errors
    /// `a_disk_full`, `a_unreadable`.
    pub fn mend(&mut self, files: &mut dyn Files) -> Result<bool, AgentError> {
        let cut = files
            .truncate(JOURNAL, self.len)
            .and_then(|()| files.sync(JOURNAL));
        cut.map_err(|e| AgentError::file("repair", JOURNAL, &e))?;
        match Journal::open(files)? {
            Opened::Whole(journal, _) if (journal.head, journal.len) == (self.head, self.len) => {
                self.suspect = false;
                Ok(true)
            }
            Opened::Whole(..) | Opened::Lost(_) => Ok(false),
        }
    }

    /// Chain hash of the last record.
    #[must_use]
    pub fn head(&self) -> [u8; 32] {
        self.head
    }
}

/// Keeps a damaged journal under the first free `journal.bad-N`. The name, or `None` when there was no file.
///
/// # Errors
/// `a_disk_full`, `a_unreadable`.
pub fn set_aside(files: &mut dyn Files) -> Result<Option<String>, AgentError> {
    if !files.exists(JOURNAL) {
        return Ok(None);
    }
    let free = (1..=ASIDE).map(aside).find(|name| !files.exists(name));
    let Some(name) = free else {
        return Err(AgentError::new(
            Fault::Unreadable,
            "too many damaged journals are kept",
        ));
    };
    let done = files.rename(JOURNAL, &name).and_then(|()| files.sync_folder());
    done.map_err(|e| AgentError::file("set aside", JOURNAL, &e))?;
    Ok(Some(name))
}

/// Damaged journals that are kept at most.
const ASIDE: u32 = 9_999;

fn aside(n: u32) -> String {
    format!("{JOURNAL}.bad-{n}")
}

/// Removes every journal that was set aside: after settlement nothing of the contract is kept (OWN-06).
///
/// # Errors
/// A file that cannot be removed.
pub fn forget_aside(files: &mut dyn Files) -> Result<(), AgentError> {
    for name in (1..=ASIDE)
        .map(aside)
        .take_while(|name| files.exists(name))
        .collect::<Vec<_>>()
    {
        storage::remove(files, &name)?;
    }
    Ok(())
}
