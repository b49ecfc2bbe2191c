//! Whether a window can be opened, found out before the first Slint call: the platform can be chosen once a process,
//! and winit panics where libxkbcommon is missing.

/// Why no window is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWindow {
    /// Neither `WAYLAND_DISPLAY` nor `WAYLAND_SOCKET` nor `DISPLAY` is set.
    NoDisplay,
    /// `libxkbcommon.so.0`, or `libxkbcommon-x11.so.0` under X11, is not installed.
    NoKeyboardLibrary,
}

impl std::fmt::Display for NoWindow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NoWindow::NoDisplay => "no display",
            NoWindow::NoKeyboardLibrary => "no libxkbcommon",
        })
    }
}

/// Whether this machine can open a window.
///
/// # Errors
/// What is missing.
pub fn window_possible() -> Result<(), NoWindow> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let wayland = set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET");
    if !wayland && !set("DISPLAY") {
        return Err(NoWindow::NoDisplay);
    }
    let mut needed = vec!["libxkbcommon.so.0"];
    if !wayland {
        needed.push("libxkbcommon-x11.so.0");
    }
    if needed.iter().all(|name| loads(name)) {
        Ok(())
    } else {
        Err(NoWindow::NoKeyboardLibrary)
    }
}

#[expect(
    unsafe_code,
    reason = "loading a library runs its initialisers; winit is about to load the same ones"
)]
fn loads(name: &str) -> bool {
    // SAFETY: libxkbcommon has no initialiser with side effects, and winit loads the same file next.
    unsafe { libloading::Library::new(name) }.is_ok()
}
