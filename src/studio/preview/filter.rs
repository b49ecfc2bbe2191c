//! How other eyes see a picture.

use latchkey_screen::Frame;

/// A pair of eyes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// As drawn.
    #[default]
    None,
    /// No red cones.
    Protan,
    /// No green cones.
    Deutan,
    /// No blue cones.
    Tritan,
    /// No colours at all.
    Achromat,
    /// Low vision: everything within 2 dp runs together.
    Blur,
}

impl Filter {
    /// All of them.
    pub const ALL: [Filter; 6] = [
        Filter::None,
        Filter::Protan,
        Filter::Deutan,
        Filter::Tritan,
        Filter::Achromat,
        Filter::Blur,
    ];

    /// What it is called on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Filter::None => "none",
            Filter::Protan => "protan",
            Filter::Deutan => "deutan",
            Filter::Tritan => "tritan",
            Filter::Achromat => "achromat",
            Filter::Blur => "blur",
        }
    }

    /// Source: Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency", severity 1.0, on linear RGB; achromat: the luminance of WCAG 2.2.
    fn matrix(self) -> Option<[[f32; 3]; 3]> {
        match self {
            Filter::None | Filter::Blur => None,
            Filter::Protan => Some([
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ]),
            Filter::Deutan => Some([
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ]),
            Filter::Tritan => Some([
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ]),
            Filter::Achromat => Some([[0.2126, 0.7152, 0.0722]; 3]),
        }
    }

    /// `frame` as these eyes see it; `scale` is pixels a dp.
    #[must_use]
    pub fn see(self, frame: Frame, scale: f32) -> Frame {
        if self == Filter::Blur {
            return blur(&frame, (2.0 * scale).round() as usize);
        }
        let Some(matrix) = self.matrix() else { return frame };
        let linear: Vec<f32> = (0..=255_u8).map(|v| to_linear(f32::from(v) / 255.0)).collect();
        let mut last = ([0_u8; 3], [0_u8; 3]);
        let mut first = true;
        let rgb: Vec<u8> = frame
            .rgb()
            .chunks_exact(3)
            .flat_map(|p| {
                let pixel = [p[0], p[1], p[2]];
                // Most pixels are like their neighbour.
                if first || last.0 != pixel {
                    let l = pixel.map(|v| linear[usize::from(v)]);
                    let seen = matrix.map(|row| {
                        let v = row[0] * l[0] + row[1] * l[1] + row[2] * l[2];
                        (from_linear(v.clamp(0.0, 1.0)) * 255.0).round() as u8
                    });
                    last = (pixel, seen);
                    first = false;
                }
                last.1
            })
            .collect();
        Frame::of_rgb(frame.width, frame.height, &rgb)
    }
}

fn to_linear(v: f32) -> f32 {
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

fn from_linear(v: f32) -> f32 {
    if v <= 0.003_130_8 {
        v * 12.92
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    }
}

/// Two passes of a box in each direction: close to a Gauss curve, and as fast for any radius.
fn blur(frame: &Frame, radius: usize) -> Frame {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut rgb = frame.rgb();
    for _ in 0..2 {
        rgb = pass(&rgb, width, height, 3, width * 3, radius);
        rgb = pass(&rgb, height, width, width * 3, 3, radius);
    }
    Frame::of_rgb(frame.width, frame.height, &rgb)
}

/// The mean of `radius` neighbours on both sides along lines of `length` pixels that are `step` bytes apart.
fn pass(from: &[u8], length: usize, lines: usize, step: usize, line: usize, radius: usize) -> Vec<u8> {
    let mut to = vec![0; from.len()];
    let reach = radius as isize;
    for l in 0..lines {
        for channel in 0..3 {
            let at = |i: isize| {
                let i = i.clamp(0, length as isize - 1) as usize;
                u32::from(from[l * line + i * step + channel])
            };
            let mut sum: u32 = (-reach..=reach).map(at).sum();
            for i in 0..length as isize {
                to[l * line + i as usize * step + channel] = (sum / (2 * radius as u32 + 1)) as u8;
                sum = sum + at(i + reach + 1) - at(i - reach);
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(filter: Filter, pixel: [u8; 3]) -> [u8; 3] {
        filter.see(Frame::of_rgb(1, 1, &pixel), 1.0).pixel(0, 0)
    }

    #[test]
    fn greys_stay_grey_for_all_eyes() {
        for filter in Filter::ALL {
            for v in [0, 90, 200, 255] {
                let pixel = seen(filter, [v; 3]);
                assert!(pixel.iter().all(|c| c.abs_diff(v) <= 1), "{filter:?}: {pixel:?}");
            }
        }
    }

    #[test]
    fn red_and_green_come_together_without_red_or_green_cones() {
        let far = |a: [u8; 3], b: [u8; 3]| (0..2).map(|i| a[i].abs_diff(b[i])).max().unwrap_or(0);
        let (red, green) = ([0xa3, 0x21, 0x1a], [0x14, 0x57, 0x3a]);
        for filter in [Filter::Protan, Filter::Deutan] {
            let (r, g) = (seen(filter, red), seen(filter, green));
            assert!(far(r, g) < far(red, green) / 2, "{filter:?}: {r:?} {g:?}");
        }
        let grey = seen(Filter::Achromat, red);
        assert!(grey[0] == grey[1] && grey[1] == grey[2]);
    }

    #[test]
    fn what_is_blurred_spreads_and_loses_nothing() {
        let mut rgb = vec![0; 41 * 41 * 3];
        rgb[(20 * 41 + 20) * 3..][..3].fill(255);
        let frame = Filter::Blur.see(Frame::of_rgb(41, 41, &rgb), 1.0);
        assert!(frame.pixel(20, 20)[0] < 255 && frame.pixel(22, 21)[0] > 0);
        assert_eq!(frame.pixel(2, 2), [0; 3]);
    }
}
