//! The thread that draws: the window stays quick while a page compiles, and outlives a page that panics.

use super::easel::{Easel, Touch};
use super::pages::{Fault, Overtaken, Part};
use super::picture::Picture;
use super::setting::Setting;
use super::sources::{Folders, whole};
use latchkey_screen::Frame;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What is asked of the thread.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Turn the switches.
    Set(Box<Setting>),
    /// A finger, at pixels of the picture.
    Touch(Touch, f32, f32),
    /// One page back.
    Back,
    /// These files were saved, just then.
    Files(Vec<PathBuf>, Instant),
    /// Write what is shown into this folder.
    Save(PathBuf),
}

/// What the thread tells.
pub enum News {
    /// A new picture; once it is judged, it comes again.
    Picture(Box<Picture>),
    /// What is wrong with the .slint files of the lock screen, also with pages that are not on show.
    AllFaults(Vec<Fault>),
    /// It was written here.
    Saved(PathBuf),
    /// It could not be written.
    NotSaved(String),
    /// The pages broke while they were drawn; the last picture stays.
    Broke(Fault),
}

type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Editors save in several steps: wait until nothing happens for so long.
const QUIET: Duration = Duration::from_millis(30);
/// Between two pictures while something moves.
const TICK: Duration = Duration::from_millis(33);
/// A press is held back by what scrolls, and fades when it ends: so many ticks are drawn after every touch.
const AFTER_TOUCH: u32 = 12;

/// Starts the thread; `tell` is called on it. It ends when every sender is gone.
#[must_use]
pub fn start(folders: Folders, setting: Setting, tell: impl Fn(News) + Send + Sync + 'static) -> Sender<Ask> {
    start_with(Easel::new, folders, setting, Arc::new(tell))
}

/// How an easel is made.
type Make = fn(Folders, Setting) -> Result<Easel, String>;

fn start_with(make: Make, folders: Folders, setting: Setting, tell: Tell) -> Sender<Ask> {
    let (asks, outside) = channel();
    let (pass, asked) = channel();
    let saves = Arc::new(AtomicUsize::new(0));
    let inbox = Arc::new(Mutex::new(Inbox {
        asked,
        saves: saves.clone(),
    }));
    // Counted as they come, so that a compiler at work can be told that there is something newer.
    thread::spawn(move || {
        for ask in outside {
            if matches!(ask, Ask::Files(..)) {
                saves.fetch_add(1, Ordering::SeqCst);
            }
            if pass.send(ask).is_err() {
                return;
            }
        }
    });
    let setting = Arc::new(Mutex::new(setting));
    thread::spawn(move || supervise(make, &folders, &setting, &inbox, &tell));
    asks
}

/// What was asked, and how many saves came in so far, also those that still wait.
struct Inbox {
    asked: Receiver<Ask>,
    saves: Arc<AtomicUsize>,
}

/// One drawing thread after the other: Slint cannot be used again on a thread on which it panicked.
fn supervise(
    make: Make,
    folders: &Folders,
    setting: &Arc<Mutex<Setting>>,
    inbox: &Arc<Mutex<Inbox>>,
    tell: &Tell,
) {
    loop {
        let drawing = {
            let (folders, setting, inbox, tell) =
                (folders.clone(), setting.clone(), inbox.clone(), tell.clone());
            thread::spawn(move || draw(make, folders, &setting, &inbox, &tell))
        };
        let Err(panic) = drawing.join() else { return };
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        let what = format!("the pages panic while they are drawn; change them and save: {what}");
        tell(News::Broke(whole(&folders.ui, what)));
        let inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match inbox.asked.recv() {
                Ok(Ask::Files(..)) => break,
                Ok(Ask::Set(new)) => {
                    *setting.lock().unwrap_or_else(PoisonError::into_inner) = *new;
                    break;
                }
                Ok(Ask::Touch(..) | Ask::Back | Ask::Save(_)) => {}
                Err(_) => return,
            }
        }
    }
}

/// Compiles the whole lock screen on a thread of its own: what is sent is `ui` and `strings.slint`. Of several orders that
/// wait the last one counts.
fn compiler(folders: &Folders, tell: &Tell) -> Sender<String> {
    let (orders, inbox) = channel::<String>();
    let (folders, tell) = (folders.clone(), tell.clone());
    thread::spawn(move || {
        let mut order = inbox.recv();
        while let Ok(strings) = order {
            let last = inbox.try_iter().last().unwrap_or(strings);
            let faults = Part::Whole
                .compile(&folders.ui, &last.into())
                .err()
                .unwrap_or_default();
            order = match inbox.try_recv() {
                Ok(newer) => Ok(newer),
                Err(_) => {
                    tell(News::AllFaults(faults.iter().map(|f| f.from(&folders)).collect()));
                    inbox.recv()
                }
            };
        }
    });
    orders
}

/// What the drawing thread works with.
struct Drawing<'a> {
    easel: Easel,
    inbox: &'a Receiver<Ask>,
    waiting: VecDeque<Ask>,
    tell: &'a Tell,
    shown: Picture,
}

impl Drawing<'_> {
    /// Saves that came in and were not looked at.
    fn saves_waiting(&mut self) -> usize {
        self.waiting.extend(self.inbox.try_iter());
        let files = |ask: &&Ask| matches!(ask, Ask::Files(..));
        self.waiting.iter().filter(files).count()
    }

    /// Tells the picture as soon as it is drawn, and again when it is judged; that waits while something is asked.
    fn show(&mut self, saved: Option<Instant>) {
        let mut picture = self.easel.drawn();
        picture.saved = saved.filter(|_| !picture.stale);
        self.told(picture);
        self.judge();
    }

    fn judge(&mut self) {
        self.waiting.extend(self.inbox.try_iter());
        if self.waiting.is_empty() {
            let judged = self.easel.judged(self.shown.clone());
            self.told(judged);
        }
    }

    fn told(&mut self, picture: Picture) {
        self.shown = picture;
        (self.tell)(News::Picture(Box::new(self.shown.clone())));
    }
}

fn draw(make: Make, folders: Folders, setting: &Mutex<Setting>, inbox: &Mutex<Inbox>, tell: &Tell) {
    let inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
    let (inbox, saves) = (&inbox.asked, inbox.saves.clone());
    let first = setting.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut easel = match make(folders.clone(), first) {
        Ok(easel) => easel,
        Err(what) => {
            tell(News::Broke(whole(&folders.ui, what)));
            return;
        }
    };
    let compiler = compiler(&folders, tell);
    let mut drawing = Drawing {
        shown: easel.drawn(),
        easel,
        inbox,
        waiting: VecDeque::new(),
        tell,
    };
    drawing.told(drawing.shown.clone());
    drawing.judge();
    let _ = compiler.send(drawing.easel.strings());
    // Saves that were heard: what was counted beyond them is newer. Until here none was.
    let waiting = drawing.saves_waiting();
    let heard = Rc::new(Cell::new(saves.load(Ordering::SeqCst).saturating_sub(waiting)));
    let overtaken: Overtaken = {
        let heard = heard.clone();
        Rc::new(move || saves.load(Ordering::SeqCst) > heard.get())
    };
    drawing.easel.give_up_when(overtaken.clone());
    let mut unseen: Option<(Vec<PathBuf>, Instant)> = None;
    let mut ticks = 0_u32;
    loop {
        let ask = match drawing.waiting.pop_front() {
            Some(ask) => ask,
            None if ticks == 0 => match inbox.recv() {
                Ok(ask) => ask,
                Err(_) => return,
            },
            None => match inbox.recv_timeout(TICK) {
                Ok(ask) => ask,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    let moves = drawing.easel.advance(TICK);
                    ticks = if moves { AFTER_TOUCH } else { ticks - 1 };
                    let picture = drawing.easel.picture();
                    drawing.told(picture);
                    if ticks == 0 {
                        drawing.judge();
                    }
                    continue;
                }
            },
        };
        let mut saved = None;
        match ask {
            Ask::Set(new) => {
                *setting.lock().unwrap_or_else(PoisonError::into_inner) = (*new).clone();
                drawing.easel.set(*new);
            }
            Ask::Files(mut files, mut first) => {
                heard.set(heard.get() + 1);
                if let Some((before, since)) = unseen.take() {
                    files.extend(before);
                    first = since;
                }
                while let Ok(next) = inbox.recv_timeout(QUIET) {
                    match next {
                        Ask::Files(more, _) => {
                            heard.set(heard.get() + 1);
                            files.extend(more);
                        }
                        Ask::Set(_) | Ask::Touch(..) | Ask::Back | Ask::Save(_) => {
                            drawing.waiting.push_back(next);
                        }
                    }
                }
                if !drawing.easel.changed(&files) {
                    continue;
                }
                // The newest wins: it is in the inbox, or about to be.
                if overtaken() {
                    unseen = Some((files, first));
                    continue;
                }
                saved = Some(first);
            }
            Ask::Touch(touch, x, y) => {
                drawing.easel.touch(touch, x, y);
                ticks = AFTER_TOUCH;
                continue;
            }
            Ask::Back => drawing.easel.back(),
            Ask::Save(folder) => {
                tell(save(&drawing.shown, &folder));
                continue;
            }
        }
        ticks = 0;
        drawing.show(saved);
        if saved.is_some() && !drawing.shown.took.compile.is_zero() {
            let _ = compiler.send(drawing.easel.strings());
        }
        *setting.lock().unwrap_or_else(PoisonError::into_inner) = drawing.easel.setting().clone();
    }
}

fn save(shown: &Picture, folder: &Path) -> News {
    let path = folder.join(format!("{}.png", shown.name));
    match write(&shown.frame, &path) {
        Ok(()) => News::Saved(path),
        Err(e) => News::NotSaved(e),
    }
}

/// Writes `frame` as PNG; its folder is made.
///
/// # Errors
/// What the file system says.
#[expect(clippy::disallowed_types, reason = "a tool writes the pictures that it draws")]
pub fn write(frame: &Frame, path: &Path) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::File::create(path))
        .and_then(|file| frame.write_png(std::io::BufWriter::new(file)))
        .map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::picture::now;
    use std::sync::atomic::{AtomicBool, Ordering};

    const PATIENCE: Duration = Duration::from_secs(120);

    fn breaks_once(folders: Folders, setting: Setting) -> Result<Easel, String> {
        static BROKE: AtomicBool = AtomicBool::new(false);
        assert!(BROKE.swap(true, Ordering::SeqCst), "a loop of bindings");
        Easel::new(folders, setting)
    }

    /// A page that panics while it is drawn ends its thread, not the preview: the next save draws again.
    #[test]
    fn a_page_that_panics_is_told_and_drawn_again_when_it_is_saved() {
        let (tell, news) = channel();
        let tell: Tell = Arc::new(move |n| {
            let _ = tell.send(n);
        });
        let asks = start_with(breaks_once, Folders::own(), Setting::default(), tell);
        match news.recv_timeout(PATIENCE).unwrap() {
            News::Broke(fault) => assert!(fault.what.contains("a loop of bindings"), "{fault}"),
            News::Picture(_) | News::AllFaults(_) | News::Saved(_) | News::NotSaved(_) => panic!("it broke"),
        }
        asks.send(Ask::Touch(Touch::Down, 1.0, 1.0)).unwrap();
        asks.send(Ask::Files(vec!["ui/theme.slint".into()], now()))
            .unwrap();
        match news.recv_timeout(PATIENCE).unwrap() {
            News::Picture(picture) => assert_eq!(picture.faults, []),
            News::Broke(_) | News::AllFaults(_) | News::Saved(_) | News::NotSaved(_) => {
                panic!("it is drawn again")
            }
        }
    }

    #[test]
    fn what_is_saved_is_what_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, news) = channel();
        let asks = start(Folders::own(), Setting::default(), move |n| {
            let _ = tell.send(n);
        });
        // A folder that is not there yet is made.
        asks.send(Ask::Save(folder.path().join("new"))).unwrap();
        let (mut shown, mut saved) = (None, None);
        while saved.is_none() {
            match news.recv_timeout(PATIENCE).unwrap() {
                News::Picture(picture) => shown = Some(picture),
                News::AllFaults(faults) => assert_eq!(faults, []),
                News::Saved(path) => saved = Some(path),
                News::NotSaved(why) => panic!("{why}"),
                News::Broke(fault) => panic!("{fault}"),
            }
        }
        let (shown, saved) = (shown.unwrap(), saved.unwrap());
        assert_eq!(
            saved.file_name().unwrap(),
            "locked.home.en.480x854@1.5.100.light.png"
        );
        let again = folder.path().join("again.png");
        write(&shown.frame, &again).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test reads what was written")]
        let bytes = |path: &Path| std::fs::read(path).unwrap();
        assert!(bytes(&saved) == bytes(&again));
    }
}
