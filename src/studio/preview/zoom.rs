//! How large the window shows a picture, and the pixels for that: made smaller here, since a renderer that only looks at
//! the nearest pixels loses thin strokes.

use super::canvas::{self, Area};
use super::picture::Picture;
use super::setting::Subject;
use latchkey_screen::Frame;

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// As it fits: a phone whole, a gallery as wide as there is room. Never larger than its own pixels.
    #[default]
    Fit,
    /// Pixels of the window for one of the picture.
    At(f32),
}

/// What the keys step through. From 1 on whole numbers: every pixel is the same size.
const STEPS: [f32; 9] = [0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 2.0, 3.0, 4.0];

/// Longest side that the window's renderer can place, pixels.
const LONGEST: f32 = 30_000.0;

impl Zoom {
    /// What it is for `picture` in a room of so many pixels.
    #[must_use]
    pub fn factor(self, picture: &Picture, room: (f32, f32)) -> f32 {
        let (width, height) = (picture.plain.width as f32, picture.plain.height as f32);
        let zoom = match self {
            Zoom::At(zoom) => zoom.min((LONGEST / height).floor().max(1.0)),
            Zoom::Fit => {
                let across = room.0 / width;
                let fit = match picture.setting.subject {
                    Subject::Scene(_) => across.min(room.1 / height),
                    Subject::Components | Subject::Colours => across,
                };
                fit.clamp(0.05, 1.0)
            }
        };
        if picture.setting.overlays.grid && zoom < 1.0 {
            even(zoom, picture.setting.device.panel.scale)
        } else {
            zoom
        }
    }

    /// The next step, larger or smaller than `now`.
    #[must_use]
    pub fn step(now: f32, larger: bool) -> Zoom {
        let next = if larger {
            STEPS.into_iter().find(|s| *s > now + 0.01)
        } else {
            STEPS.into_iter().rev().find(|s| *s < now - 0.01)
        };
        let end = if larger { STEPS[STEPS.len() - 1] } else { STEPS[0] };
        Zoom::At(next.unwrap_or(end))
    }
}

/// The nearest smaller zoom at which the lines of the grid are whole pixels apart.
fn even(zoom: f32, scale: f32) -> f32 {
    let dp = if canvas::has_fine_lines(scale * zoom) {
        4.0
    } else {
        16.0
    };
    let apart = (dp * scale * zoom).floor().max(1.0);
    apart / (dp * scale)
}

/// `picture` in the pixels of the window. From 1 on it is the picture itself, and the window makes its pixels larger.
#[must_use]
pub fn shown(picture: &Picture, zoom: f32) -> Frame {
    if zoom >= 1.0 {
        return picture.frame.clone();
    }
    let small = smaller(&picture.plain, zoom);
    if !picture.setting.overlays.grid {
        return small;
    }
    let by = |pixels: u32| (pixels as f32 * zoom).round() as u32;
    let Area { x, y, width, height } = picture.area;
    let area = Area {
        x: by(x),
        y: by(y),
        width: by(width).min(small.width.saturating_sub(by(x))),
        height: by(height).min(small.height.saturating_sub(by(y))),
    };
    canvas::grid(&small, area, picture.setting.device.panel.scale * zoom)
}

/// For every new pixel the first old one, and the weights of the old ones under it, which are 256 together.
fn weights(from: u32, to: u32) -> Vec<(usize, Vec<u32>)> {
    let ratio = from as f32 / to as f32;
    (0..to)
        .map(|at| {
            let (start, end) = (at as f32 * ratio, ((at + 1) as f32 * ratio).min(from as f32));
            let first = start as u32;
            let parts: Vec<f32> = (first..(end.ceil() as u32).max(first + 1))
                .map(|p| (end.min(p as f32 + 1.0) - start.max(p as f32)).max(0.0))
                .collect();
            let sum: f32 = parts.iter().sum();
            let mut parts: Vec<u32> = parts.iter().map(|p| (p / sum * 256.0) as u32).collect();
            let rest = 256 - parts.iter().sum::<u32>();
            if let Some(widest) = parts.iter_mut().max() {
                *widest += rest;
            }
            (first as usize, parts)
        })
        .collect()
}

/// `frame` made smaller: every new pixel is the mean of what lies under it.
fn smaller(frame: &Frame, zoom: f32) -> Frame {
    let size = |side: u32| ((side as f32 * zoom).round() as u32).max(1);
    let (width, height) = (size(frame.width), size(frame.height));
    let (columns, rows) = (weights(frame.width, width), weights(frame.height, height));
    let (bytes, line) = (frame.rgb(), frame.width as usize * 3);
    let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
    let mut sum = vec![0_u32; line];
    for (first, parts) in rows {
        sum.fill(0);
        for (row, weight) in (first..).zip(parts) {
            let Some(bytes) = bytes.get(row * line..(row + 1) * line) else {
                continue;
            };
            for (s, byte) in sum.iter_mut().zip(bytes) {
                *s += u32::from(*byte) * weight;
            }
        }
        for (first, parts) in &columns {
            let mut pixel = [0_u32; 3];
            for (under, weight) in sum[first * 3..].chunks_exact(3).zip(parts) {
                for (p, u) in pixel.iter_mut().zip(under) {
                    *p += u * weight;
                }
            }
            rgb.extend(pixel.map(|p| ((p + 32_768) >> 16) as u8));
        }
    }
    Frame::of_rgb(width, height, &rgb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_smaller_keeps_its_light() {
        // A line of one pixel every three, as thin strokes are.
        let rgb: Vec<u8> = (0..90)
            .flat_map(|i| [if i % 3 == 0 { 255 } else { 0 }; 3])
            .collect();
        let line = Frame::of_rgb(30, 3, &rgb);
        let third = smaller(&line, 1.0 / 3.0);
        assert_eq!((third.width, third.height), (10, 1));
        assert!(
            third.rgb().iter().all(|v| v.abs_diff(85) <= 1),
            "{:?}",
            third.rgb()
        );
        let odd = smaller(&Frame::plain(101, 57, 200), 0.37);
        assert!(odd.rgb().iter().all(|v| *v == 200));
    }

    #[test]
    fn steps_lead_from_wherever_one_is_to_the_next_one_and_end() {
        assert_eq!(Zoom::step(0.82, true), Zoom::At(1.0));
        assert_eq!(Zoom::step(0.82, false), Zoom::At(0.75));
        assert_eq!(Zoom::step(4.0, true), Zoom::At(4.0));
        assert_eq!(Zoom::step(0.1, false), Zoom::At(0.25));
    }

    #[test]
    fn lines_of_the_grid_are_whole_pixels_apart() {
        for scale in [1.5, 2.0, 2.625, 2.75, 3.0] {
            for zoom in [0.9, 0.82, 0.5, 0.31, 0.2] {
                let even = even(zoom, scale);
                let dp = if canvas::has_fine_lines(scale * even) {
                    4.0
                } else {
                    16.0
                };
                let apart = dp * scale * even;
                assert!((apart - apart.round()).abs() < 0.001, "{scale} {zoom}: {apart}");
                assert!(
                    even <= zoom + 0.001 && even > zoom * 0.7,
                    "{scale} {zoom}: {even}"
                );
            }
        }
    }
}
