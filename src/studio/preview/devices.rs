//! Phones to look at: panel, and what the system's bars take of it.

use latchkey_screen::{Insets, Panel};

/// How the system is left and gone back in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// Three buttons.
    Buttons,
    /// A line to swipe.
    Gestures,
    /// Nothing: a desktop's window.
    None,
}

/// A phone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Device {
    /// What it is called.
    pub name: &'static str,
    /// Its panel.
    pub panel: Panel,
    /// What the bars take, dp.
    pub insets: Insets,
    /// The bar below.
    pub bar: Bar,
    /// A hole for the camera in the middle of the status bar.
    pub hole: bool,
}

const fn device(name: &'static str, size: (u32, u32, f32), top: f32, bottom: f32, bar: Bar) -> Device {
    Device {
        name,
        panel: Panel {
            width: size.0,
            height: size.1,
            scale: size.2,
        },
        insets: Insets { top, bottom },
        bar,
        hole: false,
    }
}

/// The list of the switch *device*. The first three are those of the tests; bars: Android's 24 dp status bar, 48 dp of
/// buttons, 24 dp of gestures; a camera hole makes the status bar taller.
pub const DEVICES: [Device; 8] = [
    device("floor", (480, 854, 1.5), 24.0, 48.0, Bar::Buttons),
    device("common", (720, 1560, 2.0), 24.0, 48.0, Bar::Buttons),
    device("large", (1080, 2340, 3.0), 24.0, 48.0, Bar::Buttons),
    device("large-411", (1080, 2340, 2.625), 24.0, 48.0, Bar::Buttons),
    device("floor-360", (480, 854, 1.33), 24.0, 48.0, Bar::Buttons),
    device("gestures", (720, 1600, 2.0), 32.0, 24.0, Bar::Gestures),
    Device {
        hole: true,
        ..device("camera-hole", (1080, 2400, 2.75), 44.0, 24.0, Bar::Gestures)
    },
    device("window", (480, 854, 1.5), 0.0, 0.0, Bar::None),
];

/// The device with this name; or one with this panel, `480x854@1.5`, and the usual bars.
///
/// # Errors
/// Neither, with the names that there are.
pub fn find(name: &str) -> Result<Device, String> {
    if let Some(device) = DEVICES.iter().find(|d| d.name == name) {
        return Ok(*device);
    }
    let names: Vec<_> = DEVICES.iter().map(|d| d.name).collect();
    match name.parse() {
        Ok(panel) => Ok(Device {
            name: "own",
            panel,
            insets: Insets::default(),
            bar: Bar::Buttons,
            hole: false,
        }),
        Err(e) => Err(format!(
            "no device is called `{name}` ({}), and {e}",
            names.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_found_by_name_or_size() {
        assert_eq!(find("common").unwrap().panel, Panel::COMMON);
        assert_eq!(find("480x854@1.5").unwrap().panel, Panel::FLOOR);
        assert!(find("brick").unwrap_err().contains("camera-hole"));
    }
}
