//! The colours of the theme with what is written on them and how well it is read: for the page of swatches.

use latchkey_screen::findings::contrast;
use slint::{Brush, Color, ModelRc, SharedString, VecModel};
use slint_interpreter::{ComponentInstance, Struct, Value, ValueType};

/// Every colour of the theme as it is on show, by name in the order of the alphabet.
#[must_use]
pub fn colours(instance: &ComponentInstance) -> Vec<(String, Color)> {
    let definition = instance.definition();
    let Some(properties) = definition.global_properties("Theme") else {
        return Vec::new();
    };
    let mut colours: Vec<(String, Color)> = properties
        .filter(|(_, kind)| *kind == ValueType::Brush)
        .filter_map(|(name, _)| match instance.get_global_property("Theme", &name) {
            Ok(Value::Brush(Brush::SolidColor(color))) => Some((name, color)),
            Ok(_) | Err(_) => None,
        })
        .collect();
    colours.sort_by(|a, b| a.0.cmp(&b.0));
    colours
}

/// What is written on a ground: `on-soft` on `soft`; ink and the second ink on paper.
fn pairs(colours: &[(String, Color)]) -> Vec<(String, Color, String, Color)> {
    let find = |name: &str| colours.iter().find(|(n, _)| n == name).map(|(_, c)| *c);
    let mut pairs = Vec::new();
    for ground in ["ground", "surface", "sunken"] {
        for ink in ["ink", "quiet"] {
            if let (Some(g), Some(i)) = (find(ground), find(ink)) {
                pairs.push((ground.to_owned(), g, ink.to_owned(), i));
            }
        }
    }
    for (name, ink) in colours {
        if let Some(ground) = name.strip_prefix("on-")
            && let Some(g) = find(ground)
        {
            pairs.push((ground.to_owned(), g, name.clone(), *ink));
        }
    }
    pairs
}

fn rgb(color: Color) -> [u8; 3] {
    [color.red(), color.green(), color.blue()]
}

/// `#0A5268`, with its alpha when it is not whole.
#[must_use]
pub fn hex(color: Color) -> String {
    let [r, g, b] = rgb(color);
    match color.alpha() {
        255 => format!("#{r:02X}{g:02X}{b:02X}"),
        alpha => format!("#{r:02X}{g:02X}{b:02X}{alpha:02X}"),
    }
}

/// Contrast of two colours.
#[must_use]
pub fn ratio(a: Color, b: Color) -> f32 {
    contrast(rgb(a), rgb(b))
}

fn fields(pairs: [(&str, Value); 4]) -> Value {
    let fields: Struct = pairs.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    Value::Struct(fields)
}

fn model(values: Vec<Value>) -> Value {
    Value::Model(ModelRc::new(VecModel::from(values)))
}

fn text(text: impl Into<SharedString>) -> Value {
    Value::String(text.into())
}

/// Fills the page of swatches. A page that does not take them shows none.
pub fn show(instance: &ComponentInstance) {
    let colours = colours(instance);
    let pairs = pairs(&colours)
        .into_iter()
        .map(|(ground, g, ink, i)| {
            let ratio = ratio(g, i);
            fields([
                ("ground", Value::Brush(g.into())),
                ("ink", Value::Brush(i.into())),
                ("name", text(format!("{ink} on {ground}"))),
                ("figure", text(format!("{ratio:.1}:1"))),
            ])
        })
        .collect();
    let all = colours
        .iter()
        .map(|(name, color)| {
            fields([
                ("ground", Value::Brush((*color).into())),
                ("ink", Value::Brush((*color).into())),
                ("name", text(name.as_str())),
                ("figure", text(hex(*color))),
            ])
        })
        .collect();
    let _ = instance.set_property("pairs", model(pairs));
    let _ = instance.set_property("colours", model(all));
}
