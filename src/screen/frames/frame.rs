//! A drawn picture.

use super::canvas::{Dot, added};
use slint::SharedPixelBuffer;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// PNG (Third Edition) section 9: a row is written as what differs from the row above.
const UP: u8 = 2;

/// A drawn picture. A copy of it shares its pixels.
#[derive(Clone)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    dots: Arc<Vec<Dot>>,
}

impl Frame {
    /// A picture of these pixels, row by row.
    pub(super) fn of_dots(width: u32, height: u32, dots: Arc<Vec<Dot>>) -> Frame {
        Frame { width, height, dots }
    }

    /// A picture of one grey, 0 black to 255 white.
    #[must_use]
    pub fn plain(width: u32, height: u32, grey: u8) -> Frame {
        let dots = vec![opaque([grey; 3]); pixels(width, height)];
        Frame::of_dots(width, height, Arc::new(dots))
    }

    /// A picture of these bytes, three a pixel, row by row; what is missing is black.
    #[must_use]
    pub fn of_rgb(width: u32, height: u32, rgb: &[u8]) -> Frame {
        let mut dots: Vec<_> = rgb.as_chunks().0.iter().copied().map(opaque).collect();
        dots.resize(pixels(width, height), opaque([0; 3]));
        Frame::of_dots(width, height, Arc::new(dots))
    }

    /// The picture as Slint draws it.
    #[must_use]
    pub fn image(&self) -> slint::Image {
        let pixels = SharedPixelBuffer::clone_from_slice(self.rgba(), self.width, self.height);
        slint::Image::from_rgba8(pixels)
    }

    /// Sets one pixel.
    #[cfg(test)]
    pub(crate) fn dot(&mut self, x: u32, y: u32, color: [u8; 3]) {
        let at = pixels(self.width, y) + x as usize;
        Arc::make_mut(&mut self.dots)[at] = opaque(color);
    }

    /// Four bytes a pixel, row by row, as they were drawn; the fourth is 255.
    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        self.dots.as_flattened()
    }

    /// Three bytes a pixel, row by row.
    #[must_use]
    pub fn rgb(&self) -> Vec<u8> {
        let mut rgb = vec![0; self.dots.len() * 3];
        for (bytes, dot) in rgb.as_chunks_mut().0.iter_mut().zip(self.dots.iter()) {
            *bytes = color(dot);
        }
        rgb
    }

    /// The colour at a pixel; white outside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let row = self.row(y, x..x.saturating_add(1));
        row.first().map_or([255; 3], color)
    }

    /// The pixels of a row, from the first of these columns to before the last; nothing where there are none.
    pub(crate) fn row(&self, y: u32, columns: Range<u32>) -> &[Dot] {
        let at = |x: u32| pixels(self.width, y) + x.min(self.width) as usize;
        let row = self.dots.get(at(columns.start)..at(columns.end));
        row.unwrap_or_default()
    }

    /// Brightness of every pixel, 0 to 255: what a camera sees.
    #[must_use]
    pub fn luma(&self) -> Vec<u8> {
        let luma = |dot: &Dot| {
            let [r, g, b] = color(dot).map(u32::from);
            ((r * 299 + g * 587 + b * 114) / 1000) as u8
        };
        self.dots.iter().map(luma).collect()
    }

    /// Writes it as PNG, compressed as fast as PNG can be.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_png(&self, out: impl io::Write) -> io::Result<()> {
        let mut encoder = png::Encoder::new(out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        // Row by row: a second picture of three bytes a pixel would take longer than compressing does.
        let width = self.width.max(1) as usize;
        let black = vec![[0; 4]; width];
        let (mut above, mut line) = (black.as_slice(), vec![UP; width * 3 + 1]);
        let mut compressor = fdeflate::Compressor::new(Vec::new())?;
        for row in self.dots.chunks(width) {
            added(row, above, &mut line[1..]);
            compressor.write_data(&line)?;
            above = row;
        }
        writer.write_chunk(png::chunk::IDAT, &compressor.finish()?)?;
        writer.finish()?;
        Ok(())
    }
}

/// Pixels of a picture.
fn pixels(width: u32, height: u32) -> usize {
    width as usize * height as usize
}

fn opaque([red, green, blue]: [u8; 3]) -> Dot {
    [red, green, blue, u8::MAX]
}

/// Of a pixel, without its fourth byte.
pub(crate) fn color(dot: &Dot) -> [u8; 3] {
    let [red, green, blue, _] = *dot;
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_has_the_pixels_of_its_frame() {
        let rgb: Vec<u8> = (0..37 * 5 * 3).map(|i| (i * 7 % 256) as u8).collect();
        let frame = Frame::of_rgb(37, 5, &rgb);
        let mut png = Vec::new();
        frame.write_png(&mut png).unwrap();
        let mut reader = png::Decoder::new(io::Cursor::new(png)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut read).unwrap();
        assert_eq!(
            (info.width, info.height, info.color_type),
            (37, 5, png::ColorType::Rgb)
        );
        assert_eq!(read, rgb);
        assert_eq!(frame.rgb(), rgb);
    }
}
