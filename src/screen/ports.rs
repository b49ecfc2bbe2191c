//! What the screen asks of the platform: calls, and the system's own settings screens.

/// The platform's dialer. A call passes neither the agent nor a channel: the tap reaches it directly (OWN-01).
pub trait Dialer {
    /// Opens the platform's emergency dialer; with a number, that number already in it. The platform decides what
    /// it dials. Must return at once and must not fail: what cannot be opened is said on page *emergency*.
    fn emergency(&self, number: Option<&str>);
    /// Calls the lender's hotline, digits and a leading `+` alone.
    fn call(&self, number: &str);
}

/// The essential floor that the system's own screens keep (OWN-02).
pub trait Essentials {
    /// Opens one of them.
    fn open(&self, essential: Essential);
    /// Lets the owner choose where the photos are copied to, in the preview (OWN-07).
    fn choose_place(&self) {}
    /// Runs `then` once the owner has passed the phone's own screen lock, and drops it if he does not (OWN-16). A platform
    /// that has none runs it at once.
    fn confirm_owner(&self, then: Box<dyn FnOnce()>);
    /// Leaves the lock screen for what the level lets the owner use.
    fn leave(&self) {}
}

/// A settings screen of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Essential {
    /// Wi-Fi.
    Wifi,
    /// Mobile data.
    MobileData,
    /// Screen reader, text size of the system, and the rest of accessibility.
    Accessibility,
    /// Volume.
    Sound,
}
