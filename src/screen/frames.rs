//! Drawing without a display: Slint's software renderer into memory, with a clock that only moves when told.

use crate::panel::Panel;
use slint::platform::software_renderer::{
    LineBufferProvider, MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType, TargetPixel,
};
use slint::platform::{Platform, WindowAdapter, WindowEvent};
use slint::{PhysicalSize, PlatformError, Rgb8Pixel, SharedPixelBuffer};
use std::cell::{Cell, RefCell};
use std::io;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// A drawn picture. A copy of it shares its pixels.
#[derive(Clone)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    rgb: Arc<Vec<u8>>,
}

impl Frame {
    /// A picture of one grey, 0 black to 255 white.
    #[must_use]
    pub fn plain(width: u32, height: u32, grey: u8) -> Frame {
        Frame {
            width,
            height,
            rgb: Arc::new(vec![grey; bytes(width, height)]),
        }
    }

    /// A picture of these bytes, three a pixel, row by row; what is missing is black.
    #[must_use]
    pub fn of_rgb(width: u32, height: u32, rgb: &[u8]) -> Frame {
        let mut rgb = rgb.to_vec();
        rgb.resize(bytes(width, height), 0);
        Frame {
            width,
            height,
            rgb: Arc::new(rgb),
        }
    }

    /// The picture as Slint draws it.
    #[must_use]
    pub fn image(&self) -> slint::Image {
        let pixels = SharedPixelBuffer::clone_from_slice(&self.rgb, self.width, self.height);
        slint::Image::from_rgb8(pixels)
    }

    /// Sets one pixel.
    #[cfg(test)]
    pub(crate) fn dot(&mut self, x: u32, y: u32, color: [u8; 3]) {
        let at = bytes(self.width, y) + bytes(x, 1);
        Arc::make_mut(&mut self.rgb)[at..at + 3].copy_from_slice(&color);
    }

    /// Three bytes a pixel, row by row.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The colour at a pixel; white outside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        self.row(y, x..x.saturating_add(1)).next().unwrap_or([255; 3])
    }

    /// The pixels of a row, from the first of these columns to before the last; nothing where there are none.
    pub(crate) fn row(&self, y: u32, columns: Range<u32>) -> impl Iterator<Item = [u8; 3]> {
        let at = |x: u32| bytes(self.width, y) + bytes(x.min(self.width), 1);
        let row = self.rgb.get(at(columns.start)..at(columns.end));
        row.unwrap_or_default().as_chunks().0.iter().copied()
    }

    /// Brightness of every pixel, 0 to 255: what a camera sees.
    #[must_use]
    pub fn luma(&self) -> Vec<u8> {
        let (pixels, _) = self.rgb.as_chunks();
        let luma = |[r, g, b]: &[u8; 3]| {
            ((u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1000) as u8
        };
        pixels.iter().map(luma).collect()
    }

    /// Writes it as PNG, compressed as fast as PNG can be.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_png(&self, out: impl io::Write) -> io::Result<()> {
        let mut encoder = png::Encoder::new(out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fastest);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.rgb())?;
        writer.finish()?;
        Ok(())
    }
}

/// Bytes of a picture.
fn bytes(width: u32, height: u32) -> usize {
    width as usize * height as usize * 3
}

/// A pixel while Slint draws: red, green, blue, and a byte that makes it a word, which is filled and moved faster than
/// three bytes are.
#[derive(Clone, Copy, Default)]
struct Dot([u8; 4]);

impl TargetPixel for Dot {
    fn blend(&mut self, color: PremultipliedRgbaColor) {
        let PremultipliedRgbaColor {
            alpha,
            red,
            green,
            blue,
        } = color;
        // Most of a letter's box is paper, and most of its ink is whole.
        match alpha {
            0 => {}
            u8::MAX => *self = Dot([red, green, blue, 0]),
            _ => {
                let rest = u16::from(u8::MAX - alpha);
                let mix = |below: u8, above: u8| (u16::from(below) * rest / 255) as u8 + above;
                let [r, g, b, _] = self.0;
                *self = Dot([mix(r, red), mix(g, green), mix(b, blue), 0]);
            }
        }
    }

    fn from_rgb(red: u8, green: u8, blue: u8) -> Dot {
        Dot([red, green, blue, 0])
    }
}

/// Leaves the fourth byte of each pixel out: four pixels at a time, as three words.
fn without_fourth(pixels: &[Dot], rgb: &mut Vec<u8>) {
    rgb.resize(pixels.len() * 3, 0);
    let (fours, rest) = pixels.as_chunks();
    let (twelves, end) = rgb.as_chunks_mut::<12>();
    for (four, twelve) in fours.iter().zip(twelves) {
        let [a, b, c, d] = four.map(|dot: Dot| u32::from_le_bytes(dot.0));
        let words = [a | b << 24, b >> 8 | c << 16, c >> 16 | d << 8];
        twelve.copy_from_slice(words.map(u32::to_le_bytes).as_flattened());
    }
    for (pixel, bytes) in rest.iter().zip(end.chunks_exact_mut(3)) {
        bytes.copy_from_slice(&pixel.0[..3]);
    }
}

/// A screen that lies in memory.
pub struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    next: Rc<RefCell<Rc<MinimalSoftwareWindow>>>,
    clock: Rc<Cell<Duration>>,
    panel: Cell<Panel>,
    /// Where Slint draws.
    canvas: RefCell<Vec<Dot>>,
    /// The bytes of the last frame: the next one's, when nobody holds them any more.
    last: RefCell<Arc<Vec<u8>>>,
}

struct InMemory {
    window: Rc<RefCell<Rc<MinimalSoftwareWindow>>>,
    clock: Rc<Cell<Duration>>,
}

impl Platform for InMemory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.window.borrow().clone())
    }
    fn duration_since_start(&self) -> Duration {
        self.clock.get()
    }
}

/// Longer than the longest movement, and two whole breaths of the theme: what breathes looks the same in every picture,
/// however many were drawn before.
const SETTLED: Duration = Duration::from_millis(3_200);

/// Layouts that depend on each other have settled after so many looks, or never do.
const LOOKS: usize = 4;

/// Takes no line that is offered to it.
struct NoPixels;

impl LineBufferProvider for NoPixels {
    type TargetPixel = Rgb8Pixel;
    fn process_line(&mut self, _: usize, _: Range<usize>, _: impl FnOnce(&mut [Rgb8Pixel])) {}
}

impl Headless {
    /// Makes this thread's Slint draw into memory. Once a thread, before the first component.
    ///
    /// # Errors
    /// When the thread has a platform already.
    pub fn install(panel: Panel) -> Result<Headless, slint::platform::SetPlatformError> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
        let next = Rc::new(RefCell::new(window.clone()));
        let clock = Rc::new(Cell::new(Duration::ZERO));
        slint::platform::set_platform(Box::new(InMemory {
            window: next.clone(),
            clock: clock.clone(),
        }))?;
        crate::fonts::register();
        let headless = Headless {
            window,
            next,
            clock,
            panel: Cell::new(panel),
            canvas: RefCell::default(),
            last: RefCell::default(),
        };
        headless.set_panel(panel);
        Ok(headless)
    }

    /// A second screen in memory, with the same clock. A component is made on the screen that was made or asked for
    /// last (`take_next`).
    #[must_use]
    pub fn beside(&self, panel: Panel) -> Headless {
        let headless = Headless {
            window: MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer),
            next: self.next.clone(),
            clock: self.clock.clone(),
            panel: Cell::new(panel),
            canvas: RefCell::default(),
            last: RefCell::default(),
        };
        headless.take_next();
        headless.set_panel(panel);
        headless
    }

    /// The next component that is made stands on this screen.
    pub fn take_next(&self) {
        *self.next.borrow_mut() = self.window.clone();
    }

    /// Draws on another panel from now on. The screen on it has to be told too.
    pub fn set_panel(&self, panel: Panel) {
        self.panel.set(panel);
        self.window.dispatch_event(WindowEvent::ScaleFactorChanged {
            scale_factor: panel.scale,
        });
        self.window.set_size(PhysicalSize::new(panel.width, panel.height));
    }

    /// Lets time pass for animations.
    pub fn advance(&self, by: Duration) {
        self.clock.set(self.clock.get() + by);
        slint::platform::update_timers_and_animations();
    }

    /// Draws what the screen shows now.
    #[must_use]
    pub fn draw(&self) -> Frame {
        self.window.request_redraw();
        self.draw_if_changed().unwrap_or_else(|| {
            let Panel { width, height, .. } = self.panel.get();
            Frame::plain(width, height, 255)
        })
    }

    /// Draws what the screen shows now, if it changed since the last time.
    #[must_use]
    pub fn draw_if_changed(&self) -> Option<Frame> {
        slint::platform::update_timers_and_animations();
        let Panel { width, height, .. } = self.panel.get();
        let mut drawn = None;
        self.window.draw_if_needed(|renderer| {
            let mut canvas = self.canvas.borrow_mut();
            canvas.resize(width as usize * height as usize, Dot::default());
            // The page's own ground covers every pixel.
            renderer.render(&mut canvas, width as usize);
            let mut rgb = self.last.borrow_mut();
            if Arc::get_mut(&mut rgb).is_none() {
                *rgb = Arc::default();
            }
            without_fourth(&canvas, Arc::make_mut(&mut rgb));
            drawn = Some(Frame {
                width,
                height,
                rgb: rgb.clone(),
            });
        });
        drawn
    }

    /// Draws what the screen shows when every movement has ended.
    #[must_use]
    pub fn draw_settled(&self) -> Frame {
        // Layouts that depend on each other need a second look; then the longest movement (1.6 s) is over. The first look
        // lays everything out as a drawing does, and fills no pixel.
        slint::platform::update_timers_and_animations();
        self.window.request_redraw();
        self.window.draw_if_needed(|renderer| {
            renderer.render_by_line(NoPixels);
        });
        self.advance(SETTLED);
        self.draw()
    }

    /// Draws what the screen shows, where nothing moves (`Theme.reduced-motion`): again only as long as a drawing changed
    /// what it drew, as layouts that depend on each other do.
    #[must_use]
    pub fn draw_still(&self) -> Frame {
        let mut frame = self.draw();
        for _ in 0..LOOKS {
            match self.draw_if_changed() {
                Some(again) => frame = again,
                None => break,
            }
        }
        frame
    }

    /// The window, for pointer and key events.
    #[must_use]
    pub fn window(&self) -> &slint::Window {
        self.window.window()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_keeps_its_colour_however_many_there_are() {
        let mut rgb = vec![9; 5];
        for count in (0..10_u8).rev() {
            let dots: Vec<Dot> = (0..count).map(|i| Dot::from_rgb(i, 100 + i, 200 + i)).collect();
            without_fourth(&dots, &mut rgb);
            let expected: Vec<u8> = (0..count).flat_map(|i| [i, 100 + i, 200 + i]).collect();
            assert_eq!(rgb, expected);
        }
    }

    #[test]
    fn pixels_blend_as_slint_blends_three_bytes() {
        for alpha in 0..=u8::MAX {
            let part = |of: u8| (u16::from(of) * u16::from(alpha) / 255) as u8;
            let color = PremultipliedRgbaColor {
                alpha,
                red: part(250),
                green: part(128),
                blue: part(3),
            };
            let (mut ours, mut theirs) = (Dot::from_rgb(7, 200, 255), Rgb8Pixel::new(7, 200, 255));
            ours.blend(color);
            theirs.blend(color);
            assert_eq!(ours.0, [theirs.r, theirs.g, theirs.b, 0], "{alpha}");
        }
    }
}
