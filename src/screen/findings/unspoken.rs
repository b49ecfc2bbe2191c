//! What answers a finger and no screen reader is told of.

use super::{Finding, Kind, SLACK, THUMB};
use crate::semantics::touch::Touch;
use crate::semantics::{Node, Rect};

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
        let Rect { width, height, .. } = touch.rect;
        if width < THUMB - SLACK || height < THUMB - SLACK {
            tell(
                Kind::Small,
                touch.rect,
                format!(
                    "TouchArea \"{name}\" is {width:.0} x {height:.0} dp; a thumb needs {THUMB} x {THUMB}"
                ),
            );
        }
        for node in nodes.iter().filter(|n| n.pressable) {
            let common = touch.seen.common(&node.seen);
            if common.width > SLACK && common.height > SLACK {
                let Rect { width, height, .. } = common;
                tell(
                    Kind::Overlap,
                    common,
                    format!(
                        "TouchArea \"{name}\" and \"{}\" lie on each other by {width:.0} x {height:.0} dp",
                        node.label
                    ),
                );
            }
        }
    }
    found
}
