//! Wakes the polls that wait for one phone's news.

use latchkey_core::order::values::DeviceId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::Notify;

/// Who waits for what. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wakes(Arc<Mutex<HashMap<DeviceId, Weak<Notify>>>>);

impl Wakes {
    /// The bell of one phone. Enable its `notified()` *before* looking for news, else one is missed.
    pub(crate) fn bell(&self, device: &DeviceId) -> Arc<Notify> {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(device).and_then(Weak::upgrade) {
            return bell;
        }
        bells.retain(|_, bell| bell.strong_count() > 0);
        let bell = Arc::new(Notify::new());
        bells.insert(device.clone(), Arc::downgrade(&bell));
        bell
    }

    /// Rings it.
    pub(crate) fn wake(&self, device: &DeviceId) {
        let bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(device).and_then(Weak::upgrade) {
            bell.notify_waiters();
        }
    }

    /// Rings all: new keys, or the server stops.
    pub(crate) fn wake_all(&self) {
        let bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for bell in bells.values().filter_map(Weak::upgrade) {
            bell.notify_waiters();
        }
    }
}
