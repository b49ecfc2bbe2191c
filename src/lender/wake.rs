//! Wakes the polls that wait for one phone's news.

use latchkey_core::order::values::DeviceId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::Notify;

/// Who waits for what. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wakes {
    polls: Arc<Mutex<Bells>>,
    /// The bell of this process's worker of bulk jobs.
    pub(crate) jobs: Arc<Notify>,
    /// The bell of its sender of webhooks.
    pub(crate) webhooks: Arc<Notify>,
}

/// The bells by phone, also those that nobody hears any more, until they are swept.
#[derive(Debug, Default)]
struct Bells {
    by_device: HashMap<DeviceId, Weak<Notify>>,
    /// Bells that were heard when they were swept last.
    heard: usize,
}

impl Bells {
    /// Few bells are never worth a sweep.
    const FEW: usize = 16;

    /// Forgets those that nobody hears, when they may be half of all: so a new bell costs the same among many as among few.
    fn sweep(&mut self) {
        if self.by_device.len() >= 2 * self.heard.max(Self::FEW) {
            self.by_device.retain(|_, bell| bell.strong_count() > 0);
            self.heard = self.by_device.len();
        }
    }
}

impl Wakes {
    /// What other processes are told when everybody shall look again.
    pub(crate) const ALL: &str = "*";
    /// What other processes are told when there are rows of a job.
    pub(crate) const JOBS: &str = "jobs";
    /// What they are told when there are messages to send.
    pub(crate) const WEBHOOKS: &str = "webhooks";

    /// Another process has news: for one phone, or for all.
    pub(crate) fn told(&self, payload: &str) {
        match (payload, DeviceId::try_from(payload)) {
            (Wakes::JOBS, _) => self.jobs.notify_one(),
            (Wakes::WEBHOOKS, _) => self.webhooks.notify_one(),
            (_, Ok(device)) => self.wake(&device),
            (_, Err(_)) => self.wake_all(),
        }
    }

    /// The bell of one phone. Enable its `notified()` *before* looking for news, else one is missed.
    pub(crate) fn bell(&self, device: &DeviceId) -> Arc<Notify> {
        let mut bells = self.polls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.by_device.get(device).and_then(Weak::upgrade) {
            return bell;
        }
        bells.sweep();
        let bell = Arc::new(Notify::new());
        bells.by_device.insert(device.clone(), Arc::downgrade(&bell));
        bell
    }

    /// Rings it.
    pub(crate) fn wake(&self, device: &DeviceId) {
        let bells = self.polls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.by_device.get(device).and_then(Weak::upgrade) {
            bell.notify_waiters();
        }
    }

    /// Rings all: new keys, the server stops, or nobody knows what was missed.
    pub(crate) fn wake_all(&self) {
        self.jobs.notify_one();
        self.webhooks.notify_one();
        let bells = self.polls.lock().unwrap_or_else(PoisonError::into_inner);
        for bell in bells.by_device.values().filter_map(Weak::upgrade) {
            bell.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(letter: &str) -> DeviceId {
        DeviceId::try_from(letter.repeat(26)).unwrap()
    }

    #[tokio::test]
    async fn a_bell_rings_for_who_listened_before_it_was_rung() {
        let wakes = Wakes::default();
        let (bell, other) = (wakes.bell(&device("A")), wakes.bell(&device("B")));
        let mut rung = Box::pin(bell.notified());
        let mut silent = Box::pin(other.notified());
        rung.as_mut().enable();
        silent.as_mut().enable();
        wakes.wake(&device("A"));
        rung.await;
        assert!(!silent.as_mut().enable(), "another phone's bell stays silent");
        wakes.wake_all();
        silent.await;
    }

    #[tokio::test]
    async fn what_another_process_says_rings_that_bell_and_what_is_not_understood_rings_all() {
        let wakes = Wakes::default();
        let (bell, other) = (wakes.bell(&device("A")), wakes.bell(&device("B")));
        let mut rung = Box::pin(bell.notified());
        let mut silent = Box::pin(other.notified());
        rung.as_mut().enable();
        silent.as_mut().enable();
        wakes.told(device("A").as_str());
        rung.await;
        assert!(!silent.as_mut().enable(), "another phone's bell stays silent");
        wakes.told(Wakes::ALL);
        silent.await;
    }

    #[test]
    fn bells_that_nobody_hears_are_forgotten() {
        let wakes = Wakes::default();
        let letters = || ('A'..='Z').chain('2'..='7');
        let kept: Vec<_> = "ABCDE"
            .chars()
            .map(|l| wakes.bell(&device(&l.to_string())))
            .collect();
        for letter in letters().cycle().take(1_000) {
            drop(wakes.bell(&device(&letter.to_string())));
        }
        let second = |l: char| DeviceId::try_from(format!("A{}", l.to_string().repeat(25))).unwrap();
        for letter in letters() {
            drop(wakes.bell(&second(letter)));
        }
        let bells = wakes.polls.lock().unwrap();
        assert!(
            bells.by_device.len() < 2 * Bells::FEW + 1,
            "{}",
            bells.by_device.len()
        );
        let all = kept
            .iter()
            .zip("ABCDE".chars())
            .all(|(bell, l)| bells.by_device[&device(&l.to_string())].ptr_eq(&Arc::downgrade(bell)));
        assert!(all, "a bell that is heard is the same bell");
    }
}
