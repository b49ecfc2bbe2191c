//! What is wrong with a drawn page, told by its own geometry and pixels: the same in tests and in shots.

use crate::fonts;
use crate::format::{bare, is_steady};
use crate::frames::{self, Frame};
use crate::semantics::{DrawnText, Node, Rect, Scroll};
use std::collections::BTreeSet;
use std::fmt;

mod covered;
pub mod unspoken;

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A text does not fit its box, or its ink touches the end of its column.
    Clipped,
    /// Two things that can be pressed lie on each other.
    Overlap,
    /// Something that can be pressed is smaller than a thumb, 48 dp.
    Small,
    /// Something that can be pressed is out of sight and out of what scrolls.
    Lost,
    /// The emergency button is not in its corner.
    Moved,
    /// Text too faint on its ground.
    Contrast,
    /// A character that no bundled font has.
    Glyph,
    /// The order in which things are read is not the order in which they stand.
    Order,
    /// Something that can be pressed has no name, or the name of another.
    Label,
    /// Text lies on other text, or partly on something that can be pressed.
    Covered,
}

impl Kind {
    /// Its name in reports and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Clipped => "clipped",
            Kind::Overlap => "overlap",
            Kind::Small => "small",
            Kind::Lost => "lost",
            Kind::Moved => "moved",
            Kind::Contrast => "contrast",
            Kind::Glyph => "glyph",
            Kind::Order => "order",
            Kind::Label => "label",
            Kind::Covered => "covered",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which kind.
    pub kind: Kind,
    /// What it is about: a text or a label, and the figures.
    pub what: String,
    /// Where, dp.
    pub rect: Rect,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rect { x, y, width, height } = self.rect;
        write!(
            f,
            "{}: {} (at x {x:.0}, y {y:.0} dp: {width:.0} x {height:.0} dp)",
            self.kind.name(),
            self.what
        )
    }
}

/// A drawn page and what is known of it.
pub struct Page<'a> {
    /// What a screen reader reads.
    pub nodes: &'a [Node],
    /// The texts.
    pub texts: &'a [DrawnText],
    /// What scrolls.
    pub scrolls: &'a [Scroll],
    /// The picture.
    pub frame: &'a Frame,
    /// Pixels a dp.
    pub scale: f32,
    /// Written from right to left.
    pub right_to_left: bool,
    /// What the emergency button is called.
    pub emergency: &'a str,
    /// Height of the navigation bar, dp.
    pub inset_bottom: f32,
}

/// Least side of a target, dp.
const THUMB: f32 = 48.0;
/// Line that holds the ink of every script but Arabic, in sizes.
const LEAST_LINE: f32 = 1.28;
/// Widest space, in sizes.
const SPACE: f32 = 0.3;
/// Least contrast of text.
pub const CONTRAST: f32 = 7.0;
/// Rounding of layouts, dp.
const SLACK: f32 = 0.7;
/// Height of the fade over what scrolls on, dp.
const FADE: f32 = 24.0;
/// Edge and gap of the emergency button, dp.
const CORNER: [f32; 2] = [16.0, 8.0];

/// Everything that is wrong with `page`.
#[must_use]
pub fn find(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    texts(page, &mut found);
    targets(page, &mut found);
    emergency(page, &mut found);
    order(page, &mut found);
    covered::find(page, &mut found);
    found
}

fn window(page: &Page<'_>) -> Rect {
    let size = |pixels: u32| pixels as f32 / page.scale;
    Rect {
        x: 0.0,
        y: 0.0,
        width: size(page.frame.width),
        height: size(page.frame.height),
    }
}

fn texts(page: &Page<'_>, found: &mut Vec<Finding>) {
    for text in page.texts {
        let mut tell = |kind, why: String| {
            found.push(Finding {
                kind,
                what: format!("\"{}\" {why}", bare(&text.text)),
                rect: text.rect,
            });
        };
        let missing = fonts::missing(&text.text);
        if !missing.is_empty() {
            let each = missing.iter().map(|c| format!("{c} U+{:04X}", u32::from(*c)));
            let each: Vec<String> = each.collect();
            tell(
                Kind::Glyph,
                format!("has what no bundled font draws: {}", each.join(", ")),
            );
        }
        // A figure in a fallback font needs a taller line than its box, but its ink fits: 1.28 sizes hold every ink.
        let least = text.needs_height.min(LEAST_LINE * text.size);
        if text.needs_height > text.rect.height + 0.5 * text.size || text.rect.height < least - SLACK {
            tell(
                Kind::Clipped,
                format!(
                    "needs {:.1} dp of height and has {:.1}",
                    text.needs_height, text.rect.height
                ),
            );
        }
        // The space at which a line was broken hangs over its end and has no ink.
        if text.wraps && text.longest_line > text.rect.width + SPACE * text.size + SLACK {
            tell(
                Kind::Clipped,
                format!(
                    "has a line of {:.1} dp in a column of {:.1}",
                    text.longest_line, text.rect.width
                ),
            );
        }
        if !text.wraps && text.needs_width > text.rect.width + SLACK {
            tell(
                Kind::Clipped,
                format!(
                    "needs {:.1} dp of width and has {:.1}",
                    text.needs_width, text.rect.width
                ),
            );
        }
        if text.rect.x < -SLACK || text.rect.right() > window(page).right() + SLACK {
            tell(Kind::Clipped, "runs out of the window".into());
        }
        // The rest looks at pixels: only of what is whole and clear.
        if !whole(text) || faded(page, text) {
            continue;
        }
        let Some(ground) = ground(page, &text.rect) else {
            continue;
        };
        // The layout may think that a line fits and draw more than fits. What is cut off cannot be seen, but the last
        // column of what is left then has ink. Only where each letter counts for itself may a full line end there.
        let full = text.longest_line > text.rect.width - 4.0 / page.scale;
        let measured = full && is_steady(&text.text);
        if text.wraps && !measured && ink_at_end(page, &text.rect, ground) {
            tell(Kind::Clipped, "touches the end of its column".into());
        }
        let [r, g, b, alpha] = text.color;
        let ratio = contrast([r, g, b], ground);
        if alpha == 255 && ratio < CONTRAST {
            let [ink, paper] = [[r, g, b], ground].map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
            tell(
                Kind::Contrast,
                format!("has {ratio:.2}:1 ({ink} on {paper}); text needs {CONTRAST}:1"),
            );
        }
    }
}

fn whole(text: &DrawnText) -> bool {
    text.rect.width - text.seen.width < 0.1
        && text.rect.height - text.seen.height < 0.1
        && !text.seen.is_empty()
}

/// Whether the fade at the end of what scrolls may lie over the text.
fn faded(page: &Page<'_>, text: &DrawnText) -> bool {
    text.scrolls
        && page
            .scrolls
            .iter()
            .any(|s| text.rect.bottom() > s.rect.bottom() - FADE)
}

fn pixels(page: &Page<'_>, rect: &Rect) -> (u32, u32, u32, u32) {
    let at = |dp: f32| (dp * page.scale).max(0.0);
    (
        at(rect.x).ceil() as u32,
        at(rect.y).ceil() as u32,
        (at(rect.right()).floor() as u32).min(page.frame.width),
        (at(rect.bottom()).floor() as u32).min(page.frame.height),
    )
}

/// The colour that most of the box has: paper covers more than ink. One pixel a dp is asked of every other row.
fn ground(page: &Page<'_>, rect: &Rect) -> Option<[u8; 3]> {
    let (x0, y0, x1, y1) = pixels(page, rect);
    let step = page.scale.max(1.0) as usize;
    let (mut most, mut votes) = ([0; 4], 0_u32);
    for y in (y0..y1).step_by(2 * step) {
        for dot in page.frame.row(y, x0..x1).iter().step_by(step) {
            match (*dot == most, votes) {
                (true, _) => votes += 1,
                (false, 0) => (most, votes) = (*dot, 1),
                (false, _) => votes -= 1,
            }
        }
    }
    (votes > 0).then(|| frames::color(&most))
}

fn ink_at_end(page: &Page<'_>, rect: &Rect, ground: [u8; 3]) -> bool {
    let (x0, y0, x1, y1) = pixels(page, rect);
    let last = if page.right_to_left {
        x0
    } else {
        x1.saturating_sub(1).max(x0)
    };
    // A rounded tail may graze the column; what is cut stands there in full.
    (y0..y1).any(|y| contrast(page.frame.pixel(last, y), ground) > 3.0)
}

/// Contrast of two colours, as WCAG computes it.
#[must_use]
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f32 {
    let light = |c: [u8; 3]| {
        let part = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2])
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn targets(page: &Page<'_>, found: &mut Vec<Finding>) {
    let pressable: Vec<&Node> = page.nodes.iter().filter(|n| n.pressable).collect();
    let mut names = BTreeSet::new();
    for node in &pressable {
        let mut tell = |kind, why: String| {
            found.push(Finding {
                kind,
                what: format!("\"{}\" {why}", node.label),
                rect: node.rect,
            })
        };
        if node.label.trim().is_empty() {
            tell(Kind::Label, "has no name".into());
        } else if !names.insert(bare(&node.label)) {
            tell(Kind::Label, "has the name of another".into());
        }
        if node.rect.width < THUMB - SLACK || node.rect.height < THUMB - SLACK {
            tell(Kind::Small, too_small(&node.rect));
        }
        if lost(page, node) {
            tell(
                Kind::Lost,
                "stands out of sight, where nothing scrolls to it".into(),
            );
        }
    }
    for (i, a) in pressable.iter().enumerate() {
        for b in &pressable[i + 1..] {
            let common = a.seen.common(&b.seen);
            if common.width > SLACK && common.height > SLACK {
                let names = format!("\"{}\" and \"{}\"", a.label, b.label);
                let what = format!("{names} {}", on_each_other(&common));
                found.push(Finding {
                    kind: Kind::Overlap,
                    what,
                    rect: common,
                });
            }
        }
    }
}

/// What is said of a target that is smaller than a thumb.
fn too_small(rect: &Rect) -> String {
    let Rect { width, height, .. } = rect;
    format!("is {width:.0} x {height:.0} dp; a thumb needs {THUMB} x {THUMB}")
}

/// What is said of two things that have `common` in common.
fn on_each_other(common: &Rect) -> String {
    let Rect { width, height, .. } = common;
    format!("lie on each other by {width:.0} x {height:.0} dp")
}

fn lost(page: &Page<'_>, node: &Node) -> bool {
    let sideways = node.rect.x < -SLACK || node.rect.right() > window(page).right() + SLACK;
    if node.scrolls {
        let inside = |s: &Scroll| {
            let top = s.rect.y - s.at;
            node.rect.y >= top - SLACK && node.rect.bottom() <= top + s.content_height + SLACK
        };
        sideways || !page.scrolls.iter().any(inside)
    } else {
        sideways || node.seen.height < node.rect.height - SLACK || node.seen.width < node.rect.width - SLACK
    }
}

/// OWN-01: the emergency button stands whole in the lower start corner of every page.
fn emergency(page: &Page<'_>, found: &mut Vec<Finding>) {
    let window = window(page);
    let Some(button) = page
        .nodes
        .iter()
        .find(|n| n.pressable && !n.scrolls && bare(&n.label) == bare(page.emergency))
    else {
        let what = "there is no emergency button".to_owned();
        found.push(Finding {
            kind: Kind::Moved,
            what,
            rect: window,
        });
        return;
    };
    let rect = button.rect;
    let edge = if page.right_to_left {
        window.right() - rect.right()
    } else {
        rect.x
    };
    let gap = window.bottom() - page.inset_bottom - rect.bottom();
    let off = |a: f32, b: f32| (a - b).abs() > SLACK;
    if off(edge, CORNER[0]) || off(gap, CORNER[1]) {
        let what = format!(
            "emergency is {edge:.1} dp from its edge and {gap:.1} above the bar; its place is {} and {}",
            CORNER[0], CORNER[1]
        );
        found.push(Finding {
            kind: Kind::Moved,
            what,
            rect,
        });
    }
}

/// What scrolls is read from top to bottom.
fn order(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut last = f32::MIN;
    for node in page.nodes.iter().filter(|n| n.scrolls && n.parent.is_none()) {
        // A picture beside a sentence may start a little lower.
        if node.rect.y < last - 8.0 {
            let what = format!("\"{}\" is read after what stands below it", node.label);
            found.push(Finding {
                kind: Kind::Order,
                what,
                rect: node.rect,
            });
        }
        last = last.max(node.rect.y);
    }
}

#[cfg(test)]
mod tests;
