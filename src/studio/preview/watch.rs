//! Tells when a file was saved.

use super::picture::now;
use super::sources::Folders;
use super::worker::Ask;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The folders that are watched, until it is dropped.
pub struct Watch {
    /// Held by nobody else for longer than a moment: with it ends the thread that watches again.
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

/// Watches the folders until what it returns is dropped. A folder that is put in the place of another, as unpacking or a
/// file manager do, is watched from then on: the system watches what lies there now, not what is called so later.
///
/// # Errors
/// What the system says.
pub fn watch(folders: &Folders, asks: Sender<Ask>) -> notify::Result<Watch> {
    let roots = [&folders.ui, &folders.i18n, &folders.scenes].map(Clone::clone);
    let (replaced, hear) = channel();
    let watched = roots.clone();
    let passed = asks.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // A file that is only read changes nothing: the compiler reads them all.
        let Some(event) = event.ok().filter(|event| matters(event.kind)) else {
            return;
        };
        let (of_roots, files): (Vec<_>, Vec<_>) =
            event.paths.into_iter().partition(|path| is_root(&watched, path));
        if !of_roots.is_empty() {
            let _ = replaced.send(());
        }
        // Beside the roots lie files that are none of ours.
        let files: Vec<_> = files
            .into_iter()
            .filter(|file| is_within(&watched, file))
            .collect();
        if !files.is_empty() {
            let _ = passed.send(Ask::Files(files, now()));
        }
    })?;
    for root in &roots {
        watcher.watch(root, RecursiveMode::Recursive)?;
        if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            watcher.watch(parent, RecursiveMode::NonRecursive)?;
        }
    }
    let watcher = Arc::new(Mutex::new(watcher));
    let again = Arc::downgrade(&watcher);
    thread::spawn(move || {
        while hear.recv().is_ok() {
            let Some(held) = again.upgrade() else { return };
            let mut watcher = held.lock().unwrap_or_else(PoisonError::into_inner);
            for root in &roots {
                // What is not there any more comes again, or does not.
                let _ = watcher.unwatch(root);
                let _ = watcher.watch(root, RecursiveMode::Recursive);
            }
            drop(watcher);
            let ends = ["slint", "ftl", "json"];
            let all = roots
                .iter()
                .zip(ends)
                .map(|(root, end)| root.join("all").with_extension(end));
            let _ = asks.send(Ask::Files(all.collect(), now()));
        }
    });
    Ok(Watch { _watcher: watcher })
}

fn is_root(roots: &[PathBuf], path: &Path) -> bool {
    roots.iter().any(|root| path == root)
}

fn is_within(roots: &[PathBuf], path: &Path) -> bool {
    roots.iter().any(|root| path.starts_with(root))
}

fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any => true,
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Receiver;
    use std::time::Duration;

    #[expect(clippy::disallowed_methods, reason = "tests write what they watch")]
    fn write(file: &Path) {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, "x").unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "tests move what they watch")]
    fn rename(from: &Path, to: &Path) {
        std::fs::rename(from, to).unwrap();
    }

    /// Waits until a save of `file` is told.
    fn hears(asks: &Receiver<Ask>, file: &Path) {
        loop {
            let ask = asks
                .recv_timeout(Duration::from_secs(60))
                .expect("a save is told");
            if matches!(&ask, Ask::Files(files, _) if files.iter().any(|f| f == file)) {
                return;
            }
        }
    }

    /// Saves `file` again whenever something else is told: what was saved before the folder was watched anew is read with
    /// all of it.
    fn is_heard(asks: &Receiver<Ask>, file: &Path) {
        loop {
            write(file);
            let ask = asks
                .recv_timeout(Duration::from_secs(60))
                .expect("a save is told");
            if matches!(&ask, Ask::Files(files, _) if files.iter().any(|f| f == file)) {
                return;
            }
        }
    }

    #[test]
    fn a_folder_in_the_place_of_another_is_watched_too() {
        let tree = tempfile::tempdir().unwrap();
        let folders = Folders::below(tree.path());
        for root in [&folders.ui, &folders.i18n, &folders.scenes] {
            write(&root.join("first.txt"));
        }
        let (tell, asks) = channel();
        let _watch = watch(&folders, tell).unwrap();
        let page = folders.ui.join("home.slint");
        is_heard(&asks, &page);
        rename(&folders.ui, &tree.path().join("before"));
        hears(&asks, &folders.ui.join("all.slint"));
        write(&tree.path().join("copy/home.slint"));
        rename(&tree.path().join("copy"), &folders.ui);
        hears(&asks, &folders.ui.join("all.slint"));
        is_heard(&asks, &page);
    }
}
