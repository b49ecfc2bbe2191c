//! What goes onto the canvas: the page, the phone around it, and the marks over it.

use super::devices::Bar;
use super::setting::Overlays;
use crate::ui::{Canvas, Mark, SystemBar};
use latchkey_core::snapshot::{Link, Snapshot};
use latchkey_screen::findings::Finding;
use latchkey_screen::semantics::{self, Node, Rect, Role};
use latchkey_screen::{Frame, Insets, format};
use slint::{Color, ModelRc, VecModel, Window};

/// Least side of a target, dp.
const THUMB: f32 = 48.0;
/// Rounding of layouts, dp.
const SLACK: f32 = 0.7;
/// Side of the number of the reading order, dp: as in `ui/theme.slint`.
const NUMBER: f32 = 17.0;
/// Width of the phone's edge, dp: as in `ui/theme.slint`.
const BEZEL: f32 = 12.0;

/// The marks of all overlays that are on.
#[derive(Default)]
pub struct Marks {
    targets: Vec<Mark>,
    order: Vec<Mark>,
    findings: Vec<Mark>,
    /// What each number of the reading order means, a line each, also of what is out of sight.
    pub spoken: Vec<String>,
}

/// What a screen reader says of `node`, after its number.
fn spoken(node: &Node) -> String {
    let role = match node.role {
        Role::Button => "button",
        Role::Choice => "choice",
        Role::Switch => "switch",
        Role::Text => "text",
        Role::Image => "picture",
        Role::List => "list",
        Role::ListItem => "row",
        Role::Progress => "progress",
        Role::Other(name) => name,
    };
    let value = if node.value.is_empty() {
        String::new()
    } else {
        format!(", {}", node.value)
    };
    let out = if node.visible() { "" } else { ", out of sight" };
    format!(
        "{}  {}{value} ({role}{out})",
        node.id + 1,
        format::bare(&node.label)
    )
}

fn mark(rect: Rect, text: String, wrong: bool) -> Mark {
    Mark {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
        text: text.into(),
        wrong,
    }
}

/// The marks for what `window` shows.
#[must_use]
pub fn marks(window: &Window, findings: &[Finding], on: Overlays, right_to_left: bool) -> Marks {
    let mut marks = Marks::default();
    if on.targets || on.order {
        let nodes = semantics::nodes(window);
        if on.order {
            marks.spoken = nodes.iter().map(spoken).collect();
        }
        for node in nodes.iter().filter(|n| n.visible()) {
            if on.targets && node.pressable {
                let Rect { width, height, .. } = node.rect;
                let small = width < THUMB - SLACK || height < THUMB - SLACK;
                marks
                    .targets
                    .push(mark(node.seen, format!("{width:.0}×{height:.0}"), small));
            }
            if on.order {
                // Beside the start edge, in the margin, where it hides nothing.
                let seen = node.seen;
                let x = if right_to_left {
                    seen.right()
                } else {
                    seen.x - NUMBER
                };
                let x = x.clamp(0.0, (window_width(window) - NUMBER).max(0.0));
                marks
                    .order
                    .push(mark(Rect { x, ..seen }, (node.id + 1).to_string(), false));
            }
        }
        spread(&mut marks.order, if right_to_left { -NUMBER } else { NUMBER });
    }
    if on.findings {
        marks.findings = findings
            .iter()
            .zip(1..)
            .map(|(f, n)| mark(f.rect, format!("{n} {:?}", f.kind), true))
            .collect();
    }
    marks
}

fn window_width(window: &Window) -> f32 {
    window.size().to_logical(window.scale_factor()).width
}

/// Numbers at the same place stand beside each other.
fn spread(order: &mut [Mark], step: f32) {
    for i in 1..order.len() {
        let (before, rest) = order.split_at_mut(i);
        let own = &mut rest[0];
        while before
            .iter()
            .any(|m| (m.x - own.x).abs() < NUMBER && (m.y - own.y).abs() < NUMBER)
        {
            own.x += step;
        }
    }
}

/// The phone around the page.
pub struct Body<'a> {
    /// Whether it is drawn.
    pub on: bool,
    /// Pixels a dp.
    pub scale: f32,
    /// What the bars take.
    pub insets: Insets,
    /// The bar below.
    pub bar: Bar,
    /// A hole for the camera.
    pub hole: bool,
    /// The system speaks a language from right to left too.
    pub right_to_left: bool,
    /// Dark colours.
    pub dark: bool,
    /// For the time and the network in the status bar.
    pub snapshot: Option<&'a Snapshot>,
}

/// Puts `page` on the canvas.
pub fn fill(canvas: &Canvas, page: &Frame, body: &Body<'_>, marks: Marks) {
    canvas.set_page(page.image());
    canvas.set_across(i32::try_from(page.width).unwrap_or(i32::MAX));
    canvas.set_down(i32::try_from(page.height).unwrap_or(i32::MAX));
    canvas.set_body(body.on);
    canvas.set_bar(match body.bar {
        Bar::Buttons => SystemBar::Buttons,
        Bar::Gestures => SystemBar::Gestures,
        Bar::None => SystemBar::None,
    });
    canvas.set_hole(body.hole);
    canvas.set_rtl(body.right_to_left);
    canvas.set_inset_top(body.insets.top);
    canvas.set_inset_bottom(body.insets.bottom);
    canvas.set_ink(if body.dark {
        Color::from_rgb_u8(0xf1, 0xf4, 0xf4)
    } else {
        Color::from_rgb_u8(0x17, 0x1a, 0x1c)
    });
    let time = body
        .snapshot
        .and_then(|s| Some(format::clock(s.now_s?, s.utc_offset_min)));
    canvas.set_time(time.unwrap_or_default().into());
    canvas.set_offline(
        body.snapshot
            .is_some_and(|s| matches!(s.link, Link::Fault { .. })),
    );
    canvas.set_targets(ModelRc::new(VecModel::from(marks.targets)));
    canvas.set_order(ModelRc::new(VecModel::from(marks.order)));
    canvas.set_findings(ModelRc::new(VecModel::from(marks.findings)));
}

/// Width of the phone's edge on the canvas, dp.
#[must_use]
pub fn edge(canvas: &Canvas) -> f32 {
    if canvas.get_body() { BEZEL } else { 0.0 }
}

/// Pixels of the canvas around `page`.
#[must_use]
pub fn size(canvas: &Canvas, page: &Frame, scale: f32) -> (u32, u32) {
    let edges = (2.0 * edge(canvas) * scale).round() as u32;
    (page.width + edges, page.height + edges)
}

/// Where the page lies in a picture, pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// From the left edge.
    pub x: u32,
    /// From the upper edge.
    pub y: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Lines closer than this are a grey, not a grid, pixels.
const CLOSEST: f32 = 3.0;

/// Whether the lines every 4 dp are drawn where one dp is so many pixels; those every 16 always are.
#[must_use]
pub fn has_fine_lines(scale: f32) -> bool {
    4.0 * scale >= CLOSEST
}

/// `picture` with a line every 4 dp of the page at `area`, a stronger one every 16. `scale` is pixels a dp.
#[must_use]
pub fn grid(picture: &Frame, area: Area, scale: f32) -> Frame {
    let mut rgb = picture.rgb();
    let fine = has_fine_lines(scale);
    let line = |pixel: u32| {
        let nearest = (pixel as f32 / scale / 4.0).round();
        let here = (nearest * 4.0 * scale).round() as u32 == pixel;
        match (nearest as u32).is_multiple_of(4) {
            true if here => Some(110_u32),
            false if here && fine => Some(45),
            true | false => None,
        }
    };
    let columns: Vec<_> = (0..area.width).map(line).collect();
    for y in 0..area.height {
        let row = line(y);
        for (x, column) in columns.iter().enumerate() {
            let Some(strength) = (*column).max(row) else {
                continue;
            };
            let at = ((y + area.y) as usize * picture.width as usize + area.x as usize + x) * 3;
            let Some(pixel) = rgb.get_mut(at..at + 3) else {
                continue;
            };
            for (byte, ink) in pixel.iter_mut().zip([214_u32, 60, 140]) {
                *byte = ((u32::from(*byte) * (255 - strength) + ink * strength) / 255) as u8;
            }
        }
    }
    Frame::of_rgb(picture.width, picture.height, &rgb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_has_a_line_every_four_dp_on_every_panel() {
        for scale in [1.0, 1.5, 2.0, 2.625, 3.0] {
            let area = Area {
                width: 400,
                height: 3,
                ..Area::default()
            };
            let frame = grid(&Frame::plain(400, 3, 255), area, scale);
            let lines = (0..400).filter(|x| frame.pixel(*x, 2) != [255; 3]).count();
            let wanted = (400.0 / scale / 4.0).ceil() as usize;
            assert!(lines.abs_diff(wanted) <= 1, "{scale}: {lines}, not {wanted}");
        }
    }

    #[test]
    fn the_grid_lies_on_the_page_and_is_coarse_where_it_would_be_grey() {
        let area = Area {
            x: 10,
            y: 1,
            width: 64,
            height: 2,
        };
        let inked = |scale| {
            let frame = grid(&Frame::plain(100, 4, 255), area, scale);
            (0..100)
                .filter(|x| frame.pixel(*x, 2) != [255; 3])
                .collect::<Vec<u32>>()
        };
        assert_eq!(inked(0.5), [10, 18, 26, 34, 42, 50, 58, 66]);
        assert_eq!(inked(2.0), [10, 18, 26, 34, 42, 50, 58, 66]);
    }
}
