//! Drawing without a display: Slint's software renderer into memory, with a clock that only moves when told.

use crate::panel::Panel;
use canvas::{Canvas, Dot};
pub use frame::Frame;
pub(crate) use frame::color;
use slint::platform::software_renderer::{LineBufferProvider, MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, WindowEvent};
use slint::{PhysicalSize, PlatformError, Rgb8Pixel};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

mod canvas;
mod frame;

/// A screen that lies in memory.
pub struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    next: Rc<RefCell<Rc<MinimalSoftwareWindow>>>,
    clock: Rc<Cell<Duration>>,
    panel: Cell<Panel>,
    /// The pixels of the last frame: the next one's, when nobody holds them any more.
    last: RefCell<Arc<Vec<Dot>>>,
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
            let mut last = self.last.borrow_mut();
            if Arc::get_mut(&mut last).is_none() {
                *last = Arc::default();
            }
            let dots = Arc::make_mut(&mut last);
            // The page's own ground covers every pixel.
            dots.resize(width as usize * height as usize, Dot::default());
            renderer.render_into_buffer(&mut Canvas::new(dots, width as usize));
            drawn = Some(Frame::of_dots(width, height, last.clone()));
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

    /// What the screen shows now, drawn by Slint alone, pixel by pixel: three bytes a pixel.
    #[cfg(test)]
    pub(crate) fn draw_plainly(&self) -> Vec<u8> {
        let Panel { width, height, .. } = self.panel.get();
        let mut pixels = vec![Rgb8Pixel::default(); width as usize * height as usize];
        self.window.request_redraw();
        self.window.draw_if_needed(|renderer| {
            renderer.render(&mut pixels, width as usize);
        });
        bytemuck::cast_slice(&pixels).to_vec()
    }

    /// The window, for pointer and key events.
    #[must_use]
    pub fn window(&self) -> &slint::Window {
        self.window.window()
    }
}
