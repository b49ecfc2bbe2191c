//! Sizes of a screen: panel in pixels, and how many of them are one dp.

use std::{fmt, str::FromStr};

/// A panel, written `480x854@1.5`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pixels a dp.
    pub scale: f32,
}

impl Panel {
    /// The smallest screen that everything has to work on: 320×569 dp.
    pub const FLOOR: Panel = Panel {
        width: 480,
        height: 854,
        scale: 1.5,
    };
    /// The common 720p phone.
    pub const COMMON: Panel = Panel {
        width: 720,
        height: 1560,
        scale: 2.0,
    };
    /// The common 1080p phone.
    pub const LARGE: Panel = Panel {
        width: 1080,
        height: 2340,
        scale: 3.0,
    };
    /// The three on which every test runs.
    pub const ALL: [Panel; 3] = [Panel::FLOOR, Panel::COMMON, Panel::LARGE];

    /// Width in dp.
    #[must_use]
    pub fn width_dp(self) -> f32 {
        self.width as f32 / self.scale
    }
    /// Height in dp.
    #[must_use]
    pub fn height_dp(self) -> f32 {
        self.height as f32 / self.scale
    }
}

impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}@{}", self.width, self.height, self.scale)
    }
}

/// Not a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPanel;

impl fmt::Display for NotAPanel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a size is WIDTHxHEIGHT@SCALE with 240 to 8192 pixels and a scale of 0.5 to 8, e.g. 480x854@1.5",
        )
    }
}

impl std::error::Error for NotAPanel {}

impl FromStr for Panel {
    type Err = NotAPanel;

    /// Reads `480x854@1.5`; without `@…` the scale is 1.
    fn from_str(text: &str) -> Result<Self, NotAPanel> {
        let (pixels, scale) = text.split_once('@').unwrap_or((text, "1"));
        let (width, height) = pixels.split_once('x').ok_or(NotAPanel)?;
        let side = |s: &str| {
            s.parse()
                .ok()
                .filter(|n| (240..=8192).contains(n))
                .ok_or(NotAPanel)
        };
        Ok(Panel {
            width: side(width)?,
            height: side(height)?,
            scale: scale
                .parse()
                .ok()
                .filter(|s| (0.5..=8.0).contains(s))
                .ok_or(NotAPanel)?,
        })
    }
}

/// What the system's bars take from the panel, dp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insets {
    /// Status bar.
    pub top: f32,
    /// Navigation bar.
    pub bottom: f32,
}

impl Default for Insets {
    fn default() -> Self {
        Insets {
            top: 24.0,
            bottom: 48.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_reads_what_it_writes() {
        for panel in Panel::ALL {
            assert_eq!(panel.to_string().parse(), Ok(panel));
        }
    }

    #[test]
    fn a_size_that_is_none_is_refused() {
        for text in [
            "",
            "480",
            "480x",
            "x854@2",
            "480x854@",
            "480x854@0",
            "480x854@NaN",
            "100x100@1",
            "480x854@2@2",
        ] {
            assert_eq!(text.parse::<Panel>(), Err(NotAPanel), "{text}");
        }
    }
}
