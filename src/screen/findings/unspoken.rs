//! What answers a finger and no screen reader is told of.

use super::{Finding, Kind, SLACK, THUMB, on_each_other, too_small};
use crate::semantics::Node;
use crate::semantics::touch::Touch;

/// What is wrong with `touches`, on a page on which `nodes` can be pressed.
#[must_use]
pub fn find(touches: &[Touch], nodes: &[Node]) -> Vec<Finding> {
    let mut found = Vec::new();
    for touch in touches {
        let name = &touch.element;
        let mut tell = |kind, rect, what| found.push(Finding { kind, what, rect });
        tell(
            Kind::Label,
            touch.rect,
            format!(
                "TouchArea \"{name}\" is told to no screen reader; it needs accessible-role, accessible-label and \
                 accessible-action-default, as Pressable has them"
            ),
        );
        if touch.rect.width < THUMB - SLACK || touch.rect.height < THUMB - SLACK {
            let what = format!("TouchArea \"{name}\" {}", too_small(&touch.rect));
            tell(Kind::Small, touch.rect, what);
        }
        for node in nodes.iter().filter(|n| n.pressable) {
            let common = touch.seen.common(&node.seen);
            if common.width > SLACK && common.height > SLACK {
                let names = format!("TouchArea \"{name}\" and \"{}\"", node.label);
                let what = format!("{names} {}", on_each_other(&common));
                tell(Kind::Overlap, common, what);
            }
        }
    }
    found
}
