//! Findings on planted geometry and pixels.

use super::*;
use crate::semantics::{Live, Role};

fn node(label: &str, x: f32, y: f32, width: f32, height: f32) -> Node {
    let rect = Rect { x, y, width, height };
    Node {
        id: 0,
        parent: None,
        role: Role::Button,
        label: label.into(),
        value: String::new(),
        live: Live::Off,
        pressable: true,
        checked: None,
        rect,
        seen: rect.common(&Rect {
            x: 0.0,
            y: 0.0,
            width: 320.0,
            height: 569.0,
        }),
        scrolls: false,
        focused: false,
        element: String::new(),
    }
}

fn text(text: &str, width: f32, needs_height: f32, color: [u8; 4]) -> DrawnText {
    let rect = Rect {
        x: 20.0,
        y: 20.0,
        width,
        height: 26.0,
    };
    DrawnText {
        text: text.into(),
        rect,
        seen: rect,
        needs_height,
        needs_width: width,
        longest_line: width,
        size: 18.0,
        color,
        wraps: true,
        scrolls: false,
    }
}

fn kinds(nodes: &[Node], texts: &[DrawnText]) -> Vec<Kind> {
    let frame = Frame::plain(320, 569, 250);
    let page = Page {
        nodes,
        texts,
        scrolls: &[],
        frame: &frame,
        scale: 1.0,
        right_to_left: false,
        emergency: "Emergency call",
        inset_bottom: 48.0,
    };
    find(&page).into_iter().map(|f| f.kind).collect()
}

fn corner() -> Node {
    node("Emergency call", 16.0, 457.0, 155.0, 56.0)
}

#[test]
fn a_good_page_has_no_findings() {
    let ink = [20, 20, 20, 255];
    assert_eq!(
        kinds(
            &[corner(), node("Pay", 180.0, 457.0, 120.0, 56.0)],
            &[text("Pay", 100.0, 26.0, ink)]
        ),
        []
    );
}

#[test]
fn ink_in_the_last_column_is_found() {
    let drawn = |x: u32, right_to_left: bool, letters: &str, longest_line: f32| {
        let mut frame = Frame::plain(320, 569, 250);
        frame.dot(x, 30, [20; 3]);
        let page = Page {
            nodes: &[node(
                "Emergency call",
                if right_to_left { 149.0 } else { 16.0 },
                457.0,
                155.0,
                56.0,
            )],
            texts: &[DrawnText {
                longest_line,
                ..text(letters, 100.0, 26.0, [20, 20, 20, 255])
            }],
            scrolls: &[],
            frame: &frame,
            scale: 1.0,
            right_to_left,
            emergency: "Emergency call",
            inset_bottom: 48.0,
        };
        find(&page).into_iter().map(|f| f.kind).collect::<Vec<_>>()
    };
    let found = |x, right_to_left| drawn(x, right_to_left, "कॉपी करें।", 100.0);
    assert_eq!(found(119, false), [Kind::Clipped]);
    assert_eq!(found(117, false), []);
    assert_eq!(found(20, true), [Kind::Clipped]);
    assert_eq!(found(22, true), []);
    let steady = crate::format::steady("कॉपी करें।");
    assert_eq!(
        drawn(119, false, &steady, 100.0),
        [],
        "a full line that was measured"
    );
    assert_eq!(
        drawn(119, false, &steady, 80.0),
        [Kind::Clipped],
        "ink where no line reaches"
    );
}

#[test]
fn each_fault_is_found() {
    assert_eq!(kinds(&[], &[]), [Kind::Moved]);
    assert_eq!(
        kinds(&[node("Emergency call", 16.0, 400.0, 155.0, 56.0)], &[]),
        [Kind::Moved]
    );
    assert_eq!(
        kinds(&[corner(), node("Pay", 150.0, 457.0, 120.0, 56.0)], &[]),
        [Kind::Overlap]
    );
    assert_eq!(
        kinds(&[corner(), node("Pay", 180.0, 457.0, 120.0, 40.0)], &[]),
        [Kind::Small]
    );
    assert_eq!(
        kinds(&[corner(), node("Pay", 280.0, 300.0, 60.0, 56.0)], &[]),
        [Kind::Lost]
    );
    assert_eq!(
        kinds(&[corner(), node(" ", 180.0, 300.0, 60.0, 56.0)], &[]),
        [Kind::Label]
    );
    let twice = [
        corner(),
        node("Pay", 180.0, 300.0, 60.0, 56.0),
        node("Pay", 180.0, 380.0, 60.0, 56.0),
    ];
    assert_eq!(kinds(&twice, &[]), [Kind::Label]);
    let ink = [20, 20, 20, 255];
    assert_eq!(
        kinds(&[corner()], &[text("Pay", 100.0, 52.0, ink)]),
        [Kind::Clipped]
    );
    assert_eq!(
        kinds(&[corner()], &[text("Pay", 400.0, 26.0, ink)]),
        [Kind::Clipped]
    );
    assert_eq!(kinds(&[corner()], &[text("漢", 100.0, 26.0, ink)]), [Kind::Glyph]);
    assert_eq!(
        kinds(&[corner()], &[text("Pay", 100.0, 26.0, [180, 180, 180, 255])]),
        [Kind::Contrast]
    );
}

/// Each fault once: labels as large as their buttons lie on each other too, and nothing more is said of them.
#[test]
fn buttons_on_each_other_are_told_once() {
    let ink = [20, 20, 20, 255];
    let label = |words: &str, button: &Node| DrawnText {
        rect: button.rect,
        seen: button.seen,
        longest_line: 30.0,
        needs_width: 30.0,
        ..text(words, button.rect.width, 26.0, ink)
    };
    let (first, second) = (
        node("Call", 20.0, 100.0, 160.0, 56.0),
        node("Write", 120.0, 130.0, 160.0, 56.0),
    );
    let texts = [label("Call", &first), label("Write", &second)];
    assert_eq!(kinds(&[corner(), first, second], &texts), [Kind::Overlap]);
}

/// Text on text, and text across the edge of a button; a label in its button and lines that share air are neither.
#[test]
fn text_that_lies_on_something_is_found() {
    let ink = [20, 20, 20, 255];
    let at = |words: &str, x: f32, y: f32, width: f32| {
        let text = text(words, width, 26.0, ink);
        let rect = Rect { x, y, ..text.rect };
        DrawnText {
            rect,
            seen: rect,
            ..text
        }
    };
    let pay = || node("Pay now", 180.0, 457.0, 120.0, 56.0);
    let both = |a: DrawnText, b: DrawnText| kinds(&[corner(), pay()], &[a, b]);
    let title = || at("Title", 20.0, 20.0, 100.0);
    assert_eq!(both(title(), at("Late", 90.0, 30.0, 80.0)), [Kind::Covered]);
    assert_eq!(both(title(), at("Late", 130.0, 20.0, 80.0)), [], "beside it");
    assert_eq!(
        both(title(), at("Late", 20.0, 42.0, 80.0)),
        [],
        "below, in its air"
    );
    assert_eq!(both(title(), at("Pay", 200.0, 470.0, 60.0)), [], "a label");
    assert_eq!(both(title(), at("Sum", 140.0, 400.0, 80.0)), []);
    assert_eq!(
        both(title(), at("Sum", 160.0, 445.0, 80.0)),
        [Kind::Covered, Kind::Covered]
    );
    assert_eq!(
        both(at("Pay", 200.0, 470.0, 60.0), at("Sum", 210.0, 472.0, 40.0)),
        [Kind::Covered],
        "on the label of a button"
    );
}

#[test]
fn what_answers_a_finger_in_silence_is_found() {
    let touch = |x: f32, width: f32| {
        let rect = Rect {
            x,
            y: 457.0,
            width,
            height: 56.0,
        };
        crate::semantics::touch::Touch {
            rect,
            seen: rect,
            element: "finger".into(),
        }
    };
    let kinds = |touches: &[_]| -> Vec<Kind> {
        let found = unspoken::find(touches, &[corner()]);
        found.into_iter().map(|f| f.kind).collect()
    };
    assert_eq!(kinds(&[]), []);
    assert_eq!(kinds(&[touch(180.0, 100.0)]), [Kind::Label]);
    assert_eq!(kinds(&[touch(180.0, 40.0)]), [Kind::Label, Kind::Small]);
    assert_eq!(kinds(&[touch(100.0, 100.0)]), [Kind::Label, Kind::Overlap]);
}

#[test]
fn contrast_is_computed_as_wcag_does() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    assert!((contrast([0x45, 0x4c, 0x51], [0xec, 0xe8, 0xdf]) - 7.1).abs() < 0.1);
}
