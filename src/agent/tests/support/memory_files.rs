//! A disk in memory that keeps what was not synced apart, for crash tests: it can die before any of its operations,
//! fill up, refuse to read, and lose pages at a sync.

use latchkey_agent::storage::Files;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a crash leaves of the bytes and names that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    None,
    /// Everything.
    All,
    /// The first half of the bytes of each file, and of the changes of names.
    Prefix,
    /// All names; of the bytes those in even sectors, and zeros between.
    EvenSectors,
    /// All names; of the bytes those in odd sectors, and zeros between.
    OddSectors,
}

impl Keep {
    pub const ALL: [Keep; 5] = [
        Keep::None,
        Keep::All,
        Keep::Prefix,
        Keep::EvenSectors,
        Keep::OddSectors,
    ];
}

/// Smallest piece that a disk writes or loses, bytes.
const SECTOR: usize = 512;

#[derive(Clone, Debug, Default)]
struct Inode {
    synced: Vec<u8>,
    live: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Rename {
    Link(String, usize),
    Move(String, String),
    Unlink(String),
}

#[derive(Debug, Default)]
struct Disk {
    inodes: Vec<Inode>,
    names: BTreeMap<String, usize>,
    synced_names: BTreeMap<String, usize>,
    renames: Vec<Rename>,
    operations: usize,
    die_before: Option<usize>,
    dead: bool,
    /// Bytes that fit, once the disk is nearly full.
    room: Option<usize>,
    unreadable: Vec<String>,
    failing_syncs: bool,
    locked: bool,
}

impl Disk {
    fn take_room(&mut self, bytes: usize) -> io::Result<()> {
        match self.room {
            Some(room) if room < bytes => return Err(io::ErrorKind::StorageFull.into()),
            Some(room) => self.room = Some(room - bytes),
            None => {}
        }
        Ok(())
    }
}

/// The disk; clones share it. The one that took the lock gives it back when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryFiles {
    disk: Arc<Mutex<Disk>>,
    holds_lock: bool,
}

impl Clone for MemoryFiles {
    fn clone(&self) -> MemoryFiles {
        MemoryFiles {
            disk: self.disk.clone(),
            holds_lock: false,
        }
    }
}

impl Drop for MemoryFiles {
    fn drop(&mut self) {
        if self.holds_lock {
            self.disk().locked = false;
        }
    }
}

fn dead() -> io::Error {
    io::Error::other("the power is gone")
}

fn rename(names: &mut BTreeMap<String, usize>, change: &Rename) {
    match change {
        Rename::Link(name, inode) => {
            names.insert(name.clone(), *inode);
        }
        Rename::Move(from, to) => {
            if let Some(inode) = names.remove(from) {
                names.insert(to.clone(), inode);
            }
        }
        Rename::Unlink(name) => {
            names.remove(name);
        }
    }
}

impl MemoryFiles {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap()
    }

    /// Counts an operation that changes the disk; dies before it if it is the one.
    fn operation(&self) -> io::Result<MutexGuard<'_, Disk>> {
        let mut disk = self.disk();
        if disk.die_before == Some(disk.operations) {
            disk.dead = true;
        }
        disk.operations += 1;
        if disk.dead { Err(dead()) } else { Ok(disk) }
    }

    /// Operations so far.
    pub fn operations(&self) -> usize {
        self.disk().operations
    }

    /// Dies before operation `n`, counted from now on.
    pub fn die_before(&self, n: usize) {
        let mut disk = self.disk();
        disk.operations = 0;
        disk.die_before = Some(n);
    }

    /// Whether it died.
    pub fn is_dead(&self) -> bool {
        self.disk().dead
    }

    /// No room for another byte but what a removed file gives back, until it is set to false.
    pub fn set_full(&self, full: bool) {
        self.disk().room = full.then_some(0);
    }

    /// Each sync fails and loses what it should have kept.
    pub fn set_failing_syncs(&self, failing: bool) {
        self.disk().failing_syncs = failing;
    }

    /// Reading this file fails, until it is written anew.
    pub fn set_unreadable(&self, name: &str) {
        self.disk().unreadable.push(name.to_owned());
    }

    /// Reading this file works again.
    pub fn set_readable(&self, name: &str) {
        self.disk().unreadable.retain(|n| n != name);
    }

    /// What the machine finds after the power is back.
    pub fn after_crash(&self, keep: Keep) -> MemoryFiles {
        let old = self.disk();
        let mut names = old.synced_names.clone();
        let kept = match keep {
            Keep::None => 0,
            Keep::Prefix => old.renames.len() / 2,
            Keep::All | Keep::EvenSectors | Keep::OddSectors => old.renames.len(),
        };
        old.renames[..kept]
            .iter()
            .for_each(|change| rename(&mut names, change));
        let inodes = old.inodes.iter().map(|inode| {
            let bytes = left(inode, keep);
            Inode {
                synced: bytes.clone(),
                live: bytes,
            }
        });
        let inodes = inodes.collect();
        let disk = Disk {
            inodes,
            synced_names: names.clone(),
            names,
            ..Disk::default()
        };
        MemoryFiles {
            disk: Arc::new(Mutex::new(disk)),
            holds_lock: false,
        }
    }

    /// The file as it is now.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let disk = self.disk();
        disk.names.get(name).map(|i| disk.inodes[*i].live.clone())
    }

    /// Puts a file on the disk, synced.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut disk = self.disk();
        let inode = disk.inodes.len();
        disk.inodes.push(Inode {
            synced: bytes.to_vec(),
            live: bytes.to_vec(),
        });
        disk.names.insert(name.to_owned(), inode);
        disk.synced_names.insert(name.to_owned(), inode);
    }

    /// Takes a file off the disk, synced.
    pub fn take(&self, name: &str) {
        let mut disk = self.disk();
        disk.names.remove(name);
        disk.synced_names.remove(name);
    }

    /// Names on the disk.
    pub fn names(&self) -> Vec<String> {
        self.disk().names.keys().cloned().collect()
    }
}

fn left(inode: &Inode, keep: Keep) -> Vec<u8> {
    let Inode { synced, live } = inode;
    let same = synced.iter().zip(live).take_while(|(a, b)| a == b).count();
    match keep {
        Keep::None => synced.clone(),
        Keep::All => live.clone(),
        Keep::Prefix if live.len() < synced.len() => synced[..(live.len() + synced.len()) / 2].to_vec(),
        Keep::Prefix => live[..same + (live.len() - same) / 2].to_vec(),
        Keep::EvenSectors | Keep::OddSectors => {
            let lost = if keep == Keep::EvenSectors { 1 } else { 0 };
            let mut torn = live.clone();
            for (at, byte) in torn.iter_mut().enumerate().skip(same) {
                if at / SECTOR % 2 == lost {
                    *byte = synced.get(at).copied().unwrap_or(0);
                }
            }
            torn
        }
    }
}

impl Files for MemoryFiles {
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let disk = self.disk();
        if disk.dead {
            return Err(dead());
        }
        if disk.unreadable.iter().any(|n| n == name) {
            return Err(io::Error::other("a bad sector"));
        }
        let inode = disk.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(disk.inodes[*inode].live.clone())
    }

    fn write(&mut self, name: &str, bytes: &[u8], _: bool) -> io::Result<()> {
        let mut disk = self.operation()?;
        disk.take_room(bytes.len())?;
        disk.unreadable.retain(|n| n != name);
        let inode = disk.inodes.len();
        disk.inodes.push(Inode {
            synced: Vec::new(),
            live: bytes.to_vec(),
        });
        disk.names.insert(name.to_owned(), inode);
        disk.renames.push(Rename::Link(name.to_owned(), inode));
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.operation()?;
        let inode = *disk.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        if let Err(e) = disk.take_room(bytes.len()) {
            disk.inodes[inode]
                .live
                .extend_from_slice(&bytes[..bytes.len() / 3]);
            return Err(e);
        }
        disk.inodes[inode].live.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        let mut disk = self.operation()?;
        let inode = *disk.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        if disk.failing_syncs {
            disk.inodes[inode].live = disk.inodes[inode].synced.clone();
            return Err(io::Error::other("the write-back failed"));
        }
        disk.inodes[inode].synced = disk.inodes[inode].live.clone();
        Ok(())
    }

    fn truncate(&mut self, name: &str, len: u64) -> io::Result<()> {
        let mut disk = self.operation()?;
        let inode = *disk.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        disk.inodes[inode].live.resize(usize::try_from(len).unwrap(), 0);
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let mut disk = self.operation()?;
        if !disk.names.contains_key(from) {
            return Err(io::ErrorKind::NotFound.into());
        }
        disk.unreadable.retain(|n| n != from && n != to);
        let change = Rename::Move(from.to_owned(), to.to_owned());
        rename(&mut disk.names, &change);
        disk.renames.push(change);
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        let mut disk = self.operation()?;
        let inode = disk.names.remove(name).ok_or(io::ErrorKind::NotFound)?;
        let len = disk.inodes[inode].live.len();
        disk.room = disk.room.map(|room| room + len);
        disk.renames.push(Rename::Unlink(name.to_owned()));
        Ok(())
    }

    fn exists(&mut self, name: &str) -> bool {
        self.disk().names.contains_key(name)
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        let mut disk = self.operation()?;
        disk.synced_names = disk.names.clone();
        disk.renames.clear();
        Ok(())
    }

    fn lock(&mut self) -> io::Result<()> {
        let mut disk = self.disk();
        if disk.locked {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        disk.locked = true;
        drop(disk);
        self.holds_lock = true;
        Ok(())
    }
}
