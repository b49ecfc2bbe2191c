//! The payment code: black on white, whole pixels a module, quiet zone in the bitmap, drawn 1:1.

use crate::panel::{Insets, Panel};
use qrcode::{Color, EcLevel, QrCode, Version};
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

/// Largest version: more modules are too fine for a cheap camera.
const MAX_VERSION: i16 = 8;
/// Modules of white around the code, on each side.
pub(crate) const QUIET: usize = 4;

/// The modules of a code with its quiet zone; `true` is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    side: usize,
    black: Vec<bool>,
}

/// Where a code stands: the two places have different room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Page *pay*: as large as first sight allows.
    Pay,
    /// Page *home*: as small as a camera allows.
    Home,
}

impl Matrix {
    /// The code of `payload` at level M. `None` when it would need more than version 8.
    #[must_use]
    pub fn new(payload: &str) -> Option<Matrix> {
        let code = QrCode::with_error_correction_level(payload, EcLevel::M).ok()?;
        match code.version() {
            Version::Normal(version) if version <= MAX_VERSION => {}
            Version::Normal(_) | Version::Micro(_) => return None,
        }
        let inner = code.width();
        let side = inner + 2 * QUIET;
        let mut black = vec![false; side * side];
        for (i, color) in code.to_colors().into_iter().enumerate() {
            let (x, y) = (i % inner + QUIET, i / inner + QUIET);
            black[y * side + x] = color == Color::Dark;
        }
        Some(Matrix { side, black })
    }

    /// Modules of one side, quiet zone included.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Pixels a module on this panel.
    ///
    /// Pay: the most that leaves sum and payee above the code and a stacked bottom row below it, at most 80 % of the
    /// width. Home: the least that is 60 % of the width. Larger text never shrinks it. On a panel that is too low for
    /// either, a module is 4 dp, or what lets the whole code stand between bar and bottom row: it is scrolled to.
    #[must_use]
    pub fn module(&self, place: Place, panel: Panel, insets: Insets) -> u32 {
        let width = panel.width_dp().min(480.0);
        let modules = self.side as f32;
        let pixels = match place {
            Place::Pay => {
                let usable = panel.height_dp() - insets.top - insets.bottom;
                let room = (usable - BAR - STACKED_ROW - SUM_AND_PAYEE).min(0.8 * width);
                (room * panel.scale / modules).floor()
            }
            Place::Home => (0.6 * width * panel.scale / modules).ceil(),
        };
        let usable = panel.height_dp() - insets.top - insets.bottom;
        let most = (usable - BAR - ROW).min(width - 2.0 * EDGE) * panel.scale / modules;
        pixels
            .max((MODULE * panel.scale).ceil().min(most.floor()))
            .max(2.0) as u32
    }

    /// The bitmap at `module` pixels a module.
    #[must_use]
    pub fn image(&self, module: u32) -> Image {
        let side = self.side * module as usize;
        let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(side as u32, side as u32);
        let module = module as usize;
        for (row, line) in buffer.make_mut_slice().chunks_exact_mut(side).enumerate() {
            for (column, pixel) in line.iter_mut().enumerate() {
                let black = self.black[row / module * self.side + column / module];
                *pixel = if black {
                    Rgb8Pixel::new(0, 0, 0)
                } else {
                    Rgb8Pixel::new(255, 255, 255)
                };
            }
        }
        Image::from_rgb8(buffer)
    }
}

/// A module that a cheap camera reads at arm's length, dp.
const MODULE: f32 = 4.0;
/// Edge of a page, dp.
const EDGE: f32 = 20.0;
/// Bottom row when primary stands beside emergency, dp.
const ROW: f32 = 72.0;
/// Top bar, dp.
const BAR: f32 = 48.0;
/// Bottom row when primary stands over emergency, dp.
const STACKED_ROW: f32 = 136.0;
/// Sum, payee and the gap above the code on page *pay* at 100 %, dp.
const SUM_AND_PAYEE: f32 = 80.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn version_8() -> Matrix {
        Matrix::new(&"x".repeat(150)).unwrap()
    }

    #[test]
    fn modules_are_whole_pixels_of_the_measured_sizes() {
        let matrix = version_8();
        assert_eq!(matrix.side(), 57);
        let size = |place, panel| matrix.module(place, panel, Insets::default());
        assert_eq!(size(Place::Pay, Panel::FLOOR), 6);
        assert_eq!(size(Place::Pay, Panel::COMMON), 10);
        assert_eq!(size(Place::Pay, Panel::LARGE), 15);
        assert_eq!(size(Place::Home, Panel::COMMON), 8);
        assert_eq!(size(Place::Home, Panel::LARGE), 12);
    }

    #[test]
    fn a_payload_beyond_version_8_has_no_code() {
        assert!(Matrix::new(&"x".repeat(152)).is_some());
        assert!(Matrix::new(&"x".repeat(153)).is_none());
    }
}
