//! What Slint draws into, and how letters are laid on it: eight pixels at a time.
//!
//! Slint's renderer asks what it draws into whether that can lay a texture, and else lays it pixel by pixel. A quarter of
//! the time of a picture went into letters: small textures in one colour, neither scaled nor turned. Those are laid here,
//! everything else is left to Slint. The bytes are the same: a test compares them.

use i_slint_renderer_software::{
    DrawTextureArgs, PhysicalRegion, PremultipliedRgbaColor, RenderingRotation, TargetPixelBuffer,
    TexturePixelFormat,
};
use std::ops::Range;

/// Red, green, blue, and 255: a word, which is filled and moved faster than three bytes are.
pub(crate) type Dot = [u8; 4];

/// What Slint draws into. The whole of it is drawn each time (`RepaintBufferType::NewBuffer`).
pub(super) struct Canvas<'a> {
    dots: &'a mut [Dot],
    width: usize,
}

impl<'a> Canvas<'a> {
    /// Rows of so many pixels.
    pub(super) fn new(dots: &'a mut [Dot], width: usize) -> Canvas<'a> {
        Canvas { dots, width }
    }
}

impl TargetPixelBuffer for Canvas<'_> {
    type TargetPixel = PremultipliedRgbaColor;

    fn line_slice(&mut self, line: usize) -> &mut [PremultipliedRgbaColor] {
        bytemuck::must_cast_slice_mut(&mut self.dots[line * self.width..(line + 1) * self.width])
    }

    fn num_lines(&self) -> usize {
        self.dots.len() / self.width
    }

    fn draw_texture(&mut self, texture: &DrawTextureArgs, clip: &PhysicalRegion) -> bool {
        let source = texture.source();
        let (width, height) = (source.width as usize, source.height as usize);
        let Some(ink) = texture.colorize.filter(|ink| ink.alpha() == u8::MAX) else {
            return false;
        };
        if source.pixel_format != TexturePixelFormat::AlphaMap
            || (texture.dst_width, texture.dst_height) != (width, height)
            || texture.rotation != RenderingRotation::NoRotation
            || texture.tiling.is_some()
        {
            return false;
        }
        // One rectangle, as the whole canvas is drawn: what is left of a clip is its bounding box.
        let (at, size) = (clip.bounding_box_origin(), clip.bounding_box_size());
        let columns = common(texture.dst_x, width, at.x, size.width);
        let rows = common(texture.dst_y, height, at.y, size.height);
        let ink = [ink.red(), ink.green(), ink.blue(), u8::MAX];
        for row in rows {
            let from = (row - texture.dst_y) as usize * source.byte_stride;
            let within = |x: isize| from + (x - texture.dst_x) as usize;
            let cover = &source.data[within(columns.start)..within(columns.end)];
            let start = row as usize * self.width;
            let dots = &mut self.dots[start + columns.start as usize..start + columns.end as usize];
            lay(dots, cover, ink);
        }
        true
    }
}

/// What a texture of `length` pixels from `start` has in common with a clip; an empty range within the texture if nothing.
fn common(start: isize, length: usize, clip_start: i32, clip_length: u32) -> Range<isize> {
    let (end, clip_start) = (start + length as isize, clip_start as isize);
    let clip_end = clip_start + clip_length as isize;
    let first = start.max(clip_start).min(end);
    first..end.min(clip_end).max(first)
}

/// Pixels that are laid at once.
const AT_ONCE: usize = 8;

/// Lays ink on a row, where 255 of `cover` is ink alone and 0 none.
fn lay(dots: &mut [Dot], cover: &[u8], ink: Dot) {
    let (eights, rest) = dots.as_chunks_mut::<AT_ONCE>();
    let (covers, cover_rest) = cover.as_chunks::<AT_ONCE>();
    let inks = [ink; AT_ONCE];
    for (dots, cover) in eights.iter_mut().zip(covers) {
        if *cover == [0; AT_ONCE] {
            continue;
        }
        // One length, known beforehand, and no branch: this becomes a few instructions for many bytes.
        let cover = cover.map(|cover| [cover; 4]);
        let each = inks.as_flattened().iter().zip(cover.as_flattened());
        for (byte, (ink, cover)) in dots.as_flattened_mut().iter_mut().zip(each) {
            *byte = mix(*byte, *ink, *cover);
        }
    }
    for (dot, cover) in rest.iter_mut().zip(cover_rest).filter(|(_, cover)| **cover != 0) {
        for (byte, ink) in dot.iter_mut().zip(ink) {
            *byte = mix(*byte, ink, *cover);
        }
    }
}

/// As Slint's renderer rounds it.
fn mix(below: u8, ink: u8, cover: u8) -> u8 {
    let cover = u16::from(cover);
    (u16::from(below) * (255 - cover) / 255 + u16::from(ink) * cover / 255) as u8
}

/// What a row adds to the row above it, three bytes a pixel: four pixels at a time, as three words.
pub(super) fn added(row: &[Dot], above: &[Dot], added: &mut [u8]) {
    let (fours, rest) = row.as_chunks::<4>();
    let (fours_above, rest_above) = above.as_chunks::<4>();
    let (twelves, end) = added.as_chunks_mut::<12>();
    for ((four, above), twelve) in fours.iter().zip(fours_above).zip(twelves) {
        // Most of a page is as it is one pixel further up.
        if four == above {
            *twelve = [0; 12];
            continue;
        }
        let mut differs = *four;
        for (byte, above) in differs.as_flattened_mut().iter_mut().zip(above.as_flattened()) {
            *byte = byte.wrapping_sub(*above);
        }
        let [a, b, c, d] = differs.map(|dot| u32::from_le_bytes(dot) & 0x00ff_ffff);
        let words = [a | b << 24, b >> 8 | c << 16, c >> 16 | d << 8];
        twelve.copy_from_slice(words.map(u32::to_le_bytes).as_flattened());
    }
    for ((dot, above), bytes) in rest.iter().zip(rest_above).zip(end.chunks_exact_mut(3)) {
        for (byte, (here, above)) in bytes.iter_mut().zip(dot.iter().zip(above)) {
            *byte = here.wrapping_sub(*above);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use slint::platform::software_renderer::TargetPixel;

    #[test]
    fn a_row_is_what_the_row_above_is_and_what_it_adds() {
        for count in 0..10_u8 {
            let above: Vec<Dot> = (0..count).map(|i| [200 + i, 25 * i, i, 255]).collect();
            let row: Vec<Dot> = (0..count).map(|i| [i, 100 + i, 200 + i, 255]).collect();
            let mut bytes = vec![9; row.len() * 3];
            added(&row, &above, &mut bytes);
            let sum = bytes.chunks(3).zip(&above).map(|(bytes, above)| {
                let each = bytes.iter().zip(above).map(|(b, a)| b.wrapping_add(*a));
                each.chain([255]).collect::<Vec<u8>>()
            });
            assert_eq!(sum.collect::<Vec<_>>(), row);
            added(&row, &row, &mut bytes);
            assert_eq!(bytes, vec![0; row.len() * 3]);
        }
    }

    #[test]
    fn ink_is_laid_as_slint_lays_it_pixel_by_pixel() {
        let ink = [250, 128, 3, 255];
        let cover: Vec<u8> = (0..=u8::MAX).chain(0..5).collect();
        let paper: Vec<Dot> = cover.iter().map(|v| [*v, 7, 255 - *v, 255]).collect();
        let mut ours = paper.clone();
        lay(&mut ours, &cover, ink);
        for ((paper, ours), cover) in paper.iter().zip(&ours).zip(&cover) {
            let part = |of: u8| (u16::from(of) * u16::from(*cover) / 255) as u8;
            let color = PremultipliedRgbaColor {
                alpha: *cover,
                red: part(ink[0]),
                green: part(ink[1]),
                blue: part(ink[2]),
            };
            let mut theirs: PremultipliedRgbaColor = bytemuck::must_cast(*paper);
            theirs.blend(color);
            assert_eq!(*ours, bytemuck::must_cast::<_, Dot>(theirs), "{cover}");
        }
    }

    #[test]
    fn a_clip_leaves_what_it_has_in_common() {
        assert_eq!(common(-3, 10, 0, 4), 0..4);
        assert_eq!(common(5, 10, 0, 8), 5..8);
        assert_eq!(common(5, 10, 7, 2), 7..9);
        for nothing in [common(5, 10, 0, 3), common(5, 10, 20, 3), common(5, 10, 0, 0)] {
            assert!(
                nothing.is_empty() && (5..=15).contains(&nothing.start),
                "{nothing:?}"
            );
        }
    }
}
