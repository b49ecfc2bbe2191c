//! The semantic tree: what a screen reader, a test, or an overlay knows of the page. The one file that walks Slint's
//! own item tree (internal crate `i-slint-core`, pinned with slint); there is no second list made by hand.

use i_slint_core::accessibility::{
    AccessibilityAction, AccessibleStringProperty, SupportedAccessibilityAction,
};
use i_slint_core::graphics::FontRequest;
use i_slint_core::item_rendering::RenderString;
use i_slint_core::item_tree::{ItemRc, ParentItemTraversalMode};
use i_slint_core::items::{AccessibleRole, Clip, ComplexText, Flickable, SimpleText, TextWrap};
use i_slint_core::layout::Orientation;
use i_slint_core::lengths::{LogicalLength, LogicalRect};
use i_slint_core::window::WindowInner;
use slint::{SharedString, Window};
use std::collections::BTreeMap;
use std::pin::Pin;

pub mod touch;

/// A rectangle in dp of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// Right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.x + self.width
    }
    /// Lower edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }
    /// What lies in both.
    #[must_use]
    pub fn common(&self, other: &Rect) -> Rect {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        Rect {
            x,
            y,
            width: (self.right().min(other.right()) - x).max(0.0),
            height: (self.bottom().min(other.bottom()) - y).max(0.0),
        }
    }
    /// Whether nothing lies in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.width <= 0.0 || self.height <= 0.0
    }

    fn of(rect: LogicalRect) -> Rect {
        Rect {
            x: rect.origin.x,
            y: rect.origin.y,
            width: rect.size.width,
            height: rect.size.height,
        }
    }
}

/// How a change of a node is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Live {
    /// Not at all.
    #[default]
    Off,
    /// When the reader has finished.
    Polite,
    /// At once.
    Assertive,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Can be pressed.
    Button,
    /// One of several.
    Choice,
    /// On or off.
    Switch,
    /// Text.
    Text,
    /// A picture or the payment code.
    Image,
    /// A list.
    List,
    /// A row of a list.
    ListItem,
    /// How far something is.
    Progress,
    /// Anything else, by Slint's name.
    Other(&'static str),
}

/// One thing that a screen reader stops at.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Number in reading order; good until the page changes.
    pub id: usize,
    /// Node that it stands in.
    pub parent: Option<usize>,
    /// What it is.
    pub role: Role,
    /// What is spoken.
    pub label: String,
    /// Its value, e.g. of a progress bar.
    pub value: String,
    /// How changes are spoken.
    pub live: Live,
    /// Whether it can be pressed.
    pub pressable: bool,
    /// On or off, for choices.
    pub checked: Option<bool>,
    /// Whole rectangle, also what is scrolled away.
    pub rect: Rect,
    /// The part of it that is in sight.
    pub seen: Rect,
    /// Whether it lies in what scrolls.
    pub scrolls: bool,
    /// Whether the keyboard is on it.
    pub focused: bool,
    /// Element id in the .slint files, in debug builds.
    pub element: String,
}

impl Node {
    /// Whether any of it is in sight.
    #[must_use]
    pub fn visible(&self) -> bool {
        !self.seen.is_empty()
    }
}

/// A text as it is drawn: for findings.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnText {
    /// The text.
    pub text: String,
    /// Its box.
    pub rect: Rect,
    /// The part of the box in sight.
    pub seen: Rect,
    /// Height that the text needs at this width, dp.
    pub needs_height: f32,
    /// Width that the text needs on one line, dp.
    pub needs_width: f32,
    /// Width of its longest line as it is broken, dp.
    pub longest_line: f32,
    /// Size, dp.
    pub size: f32,
    /// Colour, if it is plain.
    pub color: [u8; 4],
    /// Whether it breaks into lines.
    pub wraps: bool,
    /// Whether it lies in what scrolls.
    pub scrolls: bool,
}

/// A flickable's window and what lies in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// Its window.
    pub rect: Rect,
    /// Height of what it scrolls.
    pub content_height: f32,
    /// How far it is scrolled, from 0.
    pub at: f32,
}

/// The page of `window` as a screen reader reads it, in order.
#[must_use]
pub fn nodes(window: &Window) -> Vec<Node> {
    let mut found = Vec::new();
    each(window, &mut |item| {
        // `accessible-role: none` is spoken by no reader.
        if item.is_accessible() && item.accessible_role() != AccessibleRole::None {
            found.push(item.clone());
        }
    });
    let focus = WindowInner::from_pub(window).focus_item.borrow().upgrade();
    let mut nodes: Vec<Node> = Vec::with_capacity(found.len());
    let mut kept: Vec<ItemRc> = Vec::with_capacity(found.len());
    for item in found {
        let parent = ancestors(&item).find_map(|a| kept.iter().position(|k| *k == a));
        let inside = parent.map(|p| &nodes[p]);
        // The words inside a button are the button's own.
        if inside.is_some_and(|p| p.pressable || matches!(p.role, Role::Image)) {
            continue;
        }
        let (rect, seen, scrolls) = place(&item);
        let text = |what| item.accessible_string_property(what).unwrap_or_default();
        nodes.push(Node {
            id: nodes.len(),
            parent,
            role: role(item.accessible_role()),
            label: crate::format::spoken(&text(AccessibleStringProperty::Label)),
            value: text(AccessibleStringProperty::Value).into(),
            live: match text(AccessibleStringProperty::LiveRegion).as_str() {
                "polite" => Live::Polite,
                "assertive" => Live::Assertive,
                _ => Live::Off,
            },
            pressable: item
                .supported_accessibility_actions()
                .contains(SupportedAccessibilityAction::Default),
            checked: item
                .accessible_string_property(AccessibleStringProperty::Checked)
                .map(|c| c == "true"),
            rect,
            seen,
            scrolls,
            focused: focus
                .as_ref()
                .is_some_and(|f| *f == item || ancestors(f).any(|a| a == item)),
            element: element(&item),
        });
        kept.push(item);
    }
    nodes
}

/// Presses what a screen reader calls `label` (isolates do not matter). Says whether there was such a thing.
pub fn press(window: &Window, label: &str) -> bool {
    let label = crate::format::bare(label);
    let mut pressed = None;
    each(window, &mut |item| {
        if pressed.is_none()
            && item.is_accessible()
            && item
                .supported_accessibility_actions()
                .contains(SupportedAccessibilityAction::Default)
            && item
                .accessible_string_property(AccessibleStringProperty::Label)
                .is_some_and(|l| crate::format::bare(&l) == label)
        {
            pressed = Some(item.clone());
        }
    });
    // Outside the walk: the press may change the tree.
    match pressed {
        Some(item) => {
            item.accessible_action(&AccessibilityAction::Default);
            true
        }
        None => false,
    }
}

/// Every text of the page with its box.
#[must_use]
pub fn texts(window: &Window) -> Vec<DrawnText> {
    texts_known(window, &mut Measures::default())
}

/// Every text of the page with its box; what `measures` knows already is not measured again.
#[must_use]
pub fn texts_known(window: &Window, measures: &mut Measures) -> Vec<DrawnText> {
    let mut texts = Vec::new();
    let adapter = WindowInner::from_pub(window).window_adapter();
    let scale_factor = window.scale_factor();
    each(window, &mut |item| {
        let item_text: Pin<&dyn RenderString>;
        let (complex, simple) = (item.downcast::<ComplexText>(), item.downcast::<SimpleText>());
        let (text, size, color, wrap) = if let Some(text) = &complex {
            let text = text.as_pin_ref();
            item_text = text;
            (text.text(), text.font_size(), text.color(), text.wrap())
        } else if let Some(text) = &simple {
            let text = text.as_pin_ref();
            item_text = text;
            (text.text(), text.font_size(), text.color(), TextWrap::NoWrap)
        } else {
            return;
        };
        if text.is_empty() {
            return;
        }
        let (rect, seen, scrolls) = place(item);
        let wraps = wrap != TextWrap::NoWrap;
        let room = wraps.then(|| LogicalLength::new(rect.width));
        let asked = Asked::of(&text, &item_text.font_request(item), room, scale_factor);
        let measured = *measures.known.entry(asked).or_insert_with(|| {
            let info = |orientation, across| {
                item.borrow()
                    .as_ref()
                    .layout_info(orientation, across, &adapter, item)
                    .preferred
            };
            Measured {
                needs_height: info(Orientation::Vertical, rect.width),
                needs_width: info(Orientation::Horizontal, -1.0),
                longest_line: adapter.renderer().text_size(item_text, item, room, wrap).width,
            }
        });
        let color = color.color();
        texts.push(DrawnText {
            text: text.into(),
            rect,
            seen,
            needs_height: measured.needs_height,
            needs_width: measured.needs_width,
            longest_line: measured.longest_line,
            size: size.get(),
            color: [color.red(), color.green(), color.blue(), color.alpha()],
            wraps,
            scrolls,
        });
    });
    texts
}

/// What texts were measured to need. The same words stand on many pages, and measuring a text is dearer than drawing
/// it. Forget it together with the fonts that it was measured with.
#[derive(Debug, Default)]
pub struct Measures {
    known: BTreeMap<Asked, Measured>,
}

/// All that the measure of a text depends on; lengths by their bits, so that they can be compared.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    text: SharedString,
    family: Option<SharedString>,
    weight: Option<i32>,
    size: Option<u32>,
    spacing: Option<u32>,
    line: Option<u32>,
    italic: bool,
    room: Option<u32>,
    scale_factor: u32,
}

impl Asked {
    fn of(text: &SharedString, font: &FontRequest, room: Option<LogicalLength>, scale_factor: f32) -> Asked {
        let bits = |length: LogicalLength| length.get().to_bits();
        Asked {
            text: text.clone(),
            family: font.family.clone(),
            weight: font.weight,
            size: font.pixel_size.map(bits),
            spacing: font.letter_spacing.map(bits),
            line: font.line_height_factor.map(f32::to_bits),
            italic: font.italic,
            room: room.map(bits),
            scale_factor: scale_factor.to_bits(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Measured {
    needs_height: f32,
    needs_width: f32,
    longest_line: f32,
}

/// What scrolls on the page.
#[must_use]
pub fn scrolls(window: &Window) -> Vec<Scroll> {
    let mut scrolls = Vec::new();
    each(window, &mut |item| {
        if let Some(flickable) = item.downcast::<Flickable>() {
            let flickable = flickable.as_pin_ref();
            scrolls.push(Scroll {
                rect: place(item).0,
                content_height: flickable.content_height().get(),
                at: -flickable.content_y().get(),
            });
        }
    });
    scrolls
}

/// Calls `visit` for every item in drawing order; what `visible: false` hides is not there.
fn each(window: &Window, visit: &mut dyn FnMut(&ItemRc)) {
    fn walk(item: &ItemRc, visit: &mut dyn FnMut(&ItemRc)) {
        let hidden = item.downcast::<Clip>().is_some_and(|clip| {
            let clip = clip.as_pin_ref();
            clip.is_visibility_clip() && clip.clip()
        });
        if hidden {
            return;
        }
        visit(item);
        let mut child = item.first_child();
        while let Some(c) = child {
            walk(&c, visit);
            child = c.next_sibling();
        }
    }
    if let Some(tree) = WindowInner::from_pub(window).try_component() {
        walk(&ItemRc::new_root(tree), visit);
    }
}

fn ancestors(item: &ItemRc) -> impl Iterator<Item = ItemRc> + use<> {
    std::iter::successors(item.parent_item(ParentItemTraversalMode::StopAtPopups), |i| {
        i.parent_item(ParentItemTraversalMode::StopAtPopups)
    })
}

/// Whole rectangle, the part in sight, and whether a flickable holds it.
fn place(item: &ItemRc) -> (Rect, Rect, bool) {
    let absolute = |item: &ItemRc| {
        let geometry = item.geometry();
        Rect::of(LogicalRect::new(
            item.map_to_window(geometry.origin),
            geometry.size,
        ))
    };
    let rect = absolute(item);
    let mut seen = rect;
    let mut scrolls = false;
    for ancestor in ancestors(item) {
        let clips = ancestor.borrow().as_ref().clips_children();
        if clips {
            seen = seen.common(&absolute(&ancestor));
        }
        scrolls |= ancestor.downcast::<Flickable>().is_some();
        if ancestor.is_root()
            && ancestor
                .parent_item(ParentItemTraversalMode::StopAtPopups)
                .is_none()
        {
            seen = seen.common(&absolute(&ancestor));
        }
    }
    (rect, seen, scrolls)
}

fn element(item: &ItemRc) -> String {
    item.element_type_names_and_ids(0)
        .and_then(|names| names.first().map(|(_, id)| id.to_string()))
        .unwrap_or_default()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the roles are Slint's, and open: what our pages use is named"
)]
fn role(role: AccessibleRole) -> Role {
    match role {
        AccessibleRole::Button => Role::Button,
        AccessibleRole::RadioButton => Role::Choice,
        AccessibleRole::Switch | AccessibleRole::Checkbox => Role::Switch,
        AccessibleRole::Text => Role::Text,
        AccessibleRole::Image => Role::Image,
        AccessibleRole::List => Role::List,
        AccessibleRole::ListItem => Role::ListItem,
        AccessibleRole::ProgressIndicator => Role::Progress,
        AccessibleRole::TextInput => Role::Other("text input"),
        AccessibleRole::None => Role::Other("none"),
        _ => Role::Other("other"),
    }
}
