//! Text that lies on other text, or partly on something that can be pressed. What lies whole inside a button is taken
//! for its label; another text there lies on the label, which is told.

use super::{Finding, Kind, Page, SLACK, on_each_other};
use crate::format::bare;
use crate::semantics::{DrawnText, Node, Rect};

/// The boxes of two texts may share the air above and below their letters, in sizes.
const AIR: f32 = 0.3;

/// Texts of `page` that hide each other, or a control.
pub(super) fn find(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (i, text) in page.texts.iter().enumerate() {
        let button = button(page, text);
        for other in &page.texts[i + 1..] {
            // Buttons that lie on each other are told as such.
            if overlap(button, self::button(page, other)) {
                continue;
            }
            let common = text.seen.common(&other.seen);
            let air = AIR * text.size.min(other.size);
            if common.width > SLACK && common.height > air {
                tell(text, &bare(&other.text), common, found);
            }
        }
        for node in page.nodes.iter().filter(|n| n.pressable) {
            let common = text.seen.common(&node.seen);
            let air = AIR * text.size;
            let part = common.width > SLACK && common.height > air;
            let told = overlap(button, Some(node));
            if part && !told && !inside(&text.seen, &node.seen) && !own(text, &node.label) {
                tell(text, &bare(&node.label), common, found);
            }
        }
    }
}

fn tell(text: &DrawnText, other: &str, common: Rect, found: &mut Vec<Finding>) {
    let names = format!("\"{}\" and \"{other}\"", bare(&text.text));
    found.push(Finding {
        kind: Kind::Covered,
        what: format!("{names} {}", on_each_other(&common)),
        rect: common,
    });
}

/// Whether `a` lies in `b`, by the rounding of layouts.
fn inside(a: &Rect, b: &Rect) -> bool {
    a.x >= b.x - SLACK
        && a.y >= b.y - SLACK
        && a.right() <= b.right() + SLACK
        && a.bottom() <= b.bottom() + SLACK
}

/// What can be pressed and has `text` for its label.
fn button<'p>(page: &Page<'p>, text: &DrawnText) -> Option<&'p Node> {
    let mut pressable = page.nodes.iter().filter(|node| node.pressable);
    pressable.find(|node| inside(&text.seen, &node.seen) && own(text, &node.label))
}

fn overlap(a: Option<&Node>, b: Option<&Node>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let common = a.seen.common(&b.seen);
    !std::ptr::eq(a, b) && common.width > SLACK && common.height > SLACK
}

/// A label that runs out of its own button is told as clipped.
fn own(text: &DrawnText, label: &str) -> bool {
    bare(label).contains(&bare(&text.text))
}
