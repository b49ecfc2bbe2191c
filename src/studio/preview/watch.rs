//! Tells when a file was saved.

use super::picture::now;
use super::sources::Folders;
use super::worker::Ask;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::sync::mpsc::Sender;

/// Watches the folders until what it returns is dropped.
///
/// # Errors
/// What the system says.
pub fn watch(folders: &Folders, asks: Sender<Ask>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // A file that is only read changes nothing: the compiler reads them all.
        if let Ok(event) = event
            && matters(event.kind)
        {
            let _ = asks.send(Ask::Files(event.paths, now()));
        }
    })?;
    for folder in [&folders.ui, &folders.i18n, &folders.scenes] {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any => true,
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Other => false,
    }
}
