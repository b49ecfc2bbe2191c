//! The payment code: black on white, whole pixels a module, quiet zone in the bitmap, drawn 1:1.

use crate::panel::{Insets, Panel};
use qrcode::{Color, EcLevel, QrCode, Version};
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};
use std::cell::RefCell;

/// Largest version: more modules are too fine for a cheap camera.
const MAX_VERSION: i16 = 8;
/// How many codes are kept: one payment's own code, its link, and those before.
const KEEP: usize = 4;

thread_local! {
    static KEPT: RefCell<Vec<(String, Option<Matrix>)>> = const { RefCell::new(Vec::new()) };
}

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
    ///
    /// Choosing the mask costs a millisecond or more, and every refresh of a page asks for the same code again: the last
    /// few are kept.
    #[must_use]
    pub fn new(payload: &str) -> Option<Matrix> {
        KEPT.with_borrow_mut(|kept| {
            let known = kept.iter().find(|(own, _)| own == payload);
            if let Some((_, matrix)) = known {
                return matrix.clone();
            }
            let matrix = Matrix::encode(payload);
            kept.truncate(KEEP - 1);
            kept.insert(0, (payload.to_owned(), matrix.clone()));
            matrix
        })
    }

    fn encode(payload: &str) -> Option<Matrix> {
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
    fn a_code_that_was_kept_is_the_code_of_its_own_payload() {
        let payloads: Vec<String> = (0..KEEP + 3)
            .map(|n| format!("https://pay.example/{n}"))
            .collect();
        for _ in 0..2 {
            for payload in &payloads {
                assert_eq!(Matrix::new(payload), Matrix::encode(payload));
                assert_eq!(Matrix::new(payload), Matrix::encode(payload));
            }
        }
        let long = "x".repeat(4_000);
        assert_eq!((Matrix::new(&long), Matrix::new(&long)), (None, None));
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
