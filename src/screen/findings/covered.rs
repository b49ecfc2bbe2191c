//! Text that lies on other text, or partly on something that can be pressed. What lies whole inside a button is taken
//! for its label; another text there lies on the label, which is told.

use super::{Finding, Kind, Page, SLACK, on_each_other};
use crate::format::bare;
use crate::semantics::{DrawnText, Rect};

/// The boxes of two texts may share the air above and below their letters, in sizes.
const AIR: f32 = 0.3;

/// Texts of `page` that hide each other, or a control.
pub(super) fn find(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (i, text) in page.texts.iter().enumerate() {
        for other in &page.texts[i + 1..] {
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
            if part && !inside(&text.seen, &node.seen) && !own(text, &node.label) {
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

/// A label that runs out of its own button is told as clipped.
fn own(text: &DrawnText, label: &str) -> bool {
    bare(label).contains(&bare(&text.text))
}
