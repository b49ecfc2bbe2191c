//! Places that answer a finger and are no part of anything that a screen reader can press.

use super::{Rect, ancestors, each, element, place};
use i_slint_core::accessibility::SupportedAccessibilityAction;
use i_slint_core::item_tree::ItemRc;
use i_slint_core::items::TouchArea;
use slint::Window;

/// A `TouchArea` by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// Whole rectangle.
    pub rect: Rect,
    /// The part of it that is in sight.
    pub seen: Rect,
    /// Element id in the .slint files, in debug builds.
    pub element: String,
}

/// Every enabled `TouchArea` of `window` that does something, outside of what can be pressed. One without a handler only
/// keeps fingers away from what it covers.
#[must_use]
pub fn unspoken(window: &Window) -> Vec<Touch> {
    let mut found: Vec<Touch> = Vec::new();
    each(window, &mut |item| {
        let Some(touch) = item.downcast::<TouchArea>() else {
            return;
        };
        let touch = touch.as_pin_ref();
        if !touch.enabled() || pressable(item) || ancestors(item).any(|a| pressable(&a)) {
            return;
        }
        let (rect, seen, _) = place(item);
        let answers = touch.clicked.has_handler()
            || touch.double_clicked.has_handler()
            || touch.pointer_event.has_handler()
            || touch.moved.has_handler()
            || touch.scroll_event.has_handler();
        if answers {
            found.push(Touch {
                rect,
                seen,
                element: element(item),
            });
        } else {
            found.retain(|below| !covers(&rect, &below.rect));
        }
    });
    found
}

/// Whether nothing of `below` reaches out from under `lid`, by the rounding of layouts.
fn covers(lid: &Rect, below: &Rect) -> bool {
    let common = lid.common(below);
    below.width - common.width < 0.5 && below.height - common.height < 0.5
}

fn pressable(item: &ItemRc) -> bool {
    item.is_accessible()
        && item
            .supported_accessibility_actions()
            .contains(SupportedAccessibilityAction::Default)
}
