//! Drawing without a display: Slint's software renderer into memory, with a clock that only moves when told.

use crate::panel::Panel;
use slint::platform::software_renderer::{LineBufferProvider, MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, WindowEvent};
use slint::{PhysicalSize, PlatformError, Rgb8Pixel, SharedPixelBuffer};
use std::cell::{Cell, RefCell};
use std::io;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

/// A drawn picture.
#[derive(Clone)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    pixels: SharedPixelBuffer<Rgb8Pixel>,
}

impl Frame {
    /// A picture of one grey, 0 black to 255 white.
    #[must_use]
    pub fn plain(width: u32, height: u32, grey: u8) -> Frame {
        let mut pixels = SharedPixelBuffer::new(width, height);
        pixels.make_mut_slice().fill(Rgb8Pixel::new(grey, grey, grey));
        Frame {
            width,
            height,
            pixels,
        }
    }

    /// A picture of these bytes, three a pixel, row by row; what is missing is black.
    #[must_use]
    pub fn of_rgb(width: u32, height: u32, rgb: &[u8]) -> Frame {
        let mut frame = Frame::plain(width, height, 0);
        for (pixel, bytes) in frame.pixels.make_mut_slice().iter_mut().zip(rgb.chunks_exact(3)) {
            *pixel = Rgb8Pixel::new(bytes[0], bytes[1], bytes[2]);
        }
        frame
    }

    /// The picture as Slint draws it; it shares the pixels.
    #[must_use]
    pub fn image(&self) -> slint::Image {
        slint::Image::from_rgb8(self.pixels.clone())
    }

    /// Sets one pixel.
    #[cfg(test)]
    pub(crate) fn dot(&mut self, x: u32, y: u32, [r, g, b]: [u8; 3]) {
        let at = (y * self.width + x) as usize;
        self.pixels.make_mut_slice()[at] = Rgb8Pixel::new(r, g, b);
    }

    /// Three bytes a pixel, row by row.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        self.pixels.as_bytes()
    }

    /// The colour at a pixel; white outside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = y as usize * self.width as usize + x as usize;
        match self.pixels.as_slice().get(at) {
            Some(p) if x < self.width => [p.r, p.g, p.b],
            Some(_) | None => [255; 3],
        }
    }

    /// Brightness of every pixel, 0 to 255: what a camera sees.
    #[must_use]
    pub fn luma(&self) -> Vec<u8> {
        self.pixels
            .as_slice()
            .iter()
            .map(|p| ((u32::from(p.r) * 299 + u32::from(p.g) * 587 + u32::from(p.b) * 114) / 1000) as u8)
            .collect()
    }

    /// Writes it as PNG, compressed fast.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_png(&self, out: impl io::Write) -> io::Result<()> {
        let mut encoder = png::Encoder::new(out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.rgb())?;
        writer.finish()?;
        Ok(())
    }
}

/// A screen that lies in memory.
pub struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    next: Rc<RefCell<Rc<MinimalSoftwareWindow>>>,
    clock: Rc<Cell<Duration>>,
    panel: Cell<Panel>,
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
            let mut frame = Frame::plain(width, height, 255);
            renderer.render(frame.pixels.make_mut_slice(), width as usize);
            drawn = Some(frame);
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

    /// The window, for pointer and key events.
    #[must_use]
    pub fn window(&self) -> &slint::Window {
        self.window.window()
    }
}
