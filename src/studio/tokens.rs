//! The values of `ui/theme.slint` for other tools, in the format of the W3C Design Tokens Community Group (2025.10).
//!
//! They are not parsed but asked for: the theme is interpreted, and every public property read in each look and at both
//! ends of the text size. A length is dp, which that format calls `px`.

use crate::preview::pages::{self, Pages};
use crate::preview::sources::Folders;
use crate::preview::swatches::{colours, hex};
use latchkey_screen::{Headless, Panel};
use serde_json::{Map, Value as Json, json};
use slint::Color;
use slint_interpreter::{ComponentInstance, Value};

/// Properties of the theme that are set from outside: no tokens.
const SWITCHES: [&str; 8] = [
    "look",
    "text-scale",
    "rtl",
    "reduced-motion",
    "family",
    "font-line",
    "script-line",
    "least-line",
];

/// The tokens of `folders`, as JSON. The thread must have no Slint platform yet, or one in memory.
///
/// # Errors
/// What is wrong with the theme, with file and line.
pub fn json(folders: &Folders) -> Result<String, String> {
    // A thread that has a screen already draws on that one.
    let _screen = Headless::install(Panel::FLOOR);
    let file = folders.ui.join("lock_screen.slint");
    let definition = pages::compile(&file, "LockScreen").map_err(|faults| {
        faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let pages = Pages::new(&definition)?;
    let tokens = tokens(pages.instance())?;
    serde_json::to_string_pretty(&tokens).map_err(|e| e.to_string())
}

fn set(theme: &ComponentInstance, name: &str, value: Value) -> Result<(), String> {
    theme
        .set_global_property("Theme", name, value)
        .map_err(|e| format!("Theme.{name}: {e}"))
}

fn tokens(theme: &ComponentInstance) -> Result<Json, String> {
    let mut root = Map::new();
    root.insert(
        "$description".into(),
        json!(
            "Latchkey, from ui/theme.slint; lengths are dp; what grows with the text stands at 100 and 200 %"
        ),
    );
    let mut by_look = Map::new();
    by_look.insert("$type".into(), json!("color"));
    for look in ["light", "dark", "sunlight"] {
        set(theme, "look", Value::EnumerationValue("Look".into(), look.into()))?;
        let group = colours(theme)
            .into_iter()
            .map(|(name, c)| (name, json!({ "$value": color(c) })));
        by_look.insert(look.into(), Json::Object(group.collect()));
    }
    root.insert("color".into(), Json::Object(by_look));
    set(
        theme,
        "look",
        Value::EnumerationValue("Look".into(), "light".into()),
    )?;
    let at = |scale| set(theme, "text-scale", Value::Number(scale)).map(|()| sizes(theme));
    let (normal, double) = (at(1.0)?, at(2.0)?);
    for (group, name, token) in &normal {
        let grown = double.iter().find(|(g, n, _)| (g, n) == (group, name));
        match grown.map(|(.., token)| token).filter(|grown| *grown != token) {
            Some(grown) => {
                put(&mut root, &[group, "100", name], token);
                put(&mut root, &[group, "200", name], grown);
            }
            None => put(&mut root, &[group, name], token),
        }
    }
    set(theme, "text-scale", Value::Number(1.0))?;
    Ok(Json::Object(root))
}

/// Puts `token` at this path.
fn put(root: &mut Map<String, Json>, path: &[&str], token: &Json) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        root.insert((*first).to_owned(), token.clone());
    } else if let Json::Object(group) = root.entry(*first).or_insert_with(|| json!({})) {
        put(group, rest, token);
    }
}

/// Every property that is no colour: group, name, token.
fn sizes(theme: &ComponentInstance) -> Vec<(&'static str, String, Json)> {
    let definition = theme.definition();
    let mut found = Vec::new();
    for (name, _) in definition.global_properties("Theme").into_iter().flatten() {
        if SWITCHES.contains(&name.as_str()) {
            continue;
        }
        match theme.get_global_property("Theme", &name) {
            // A duration is a whole number of milliseconds in .slint's eyes too: told apart by what it does.
            Ok(Value::Number(v)) if DURATIONS.contains(&name.as_str()) => found.push((
                "duration",
                name,
                json!({ "$type": "duration", "$value": { "value": v, "unit": "ms" } }),
            )),
            Ok(Value::Number(v)) => found.push((
                "dimension",
                name,
                json!({ "$type": "dimension", "$value": { "value": round(v), "unit": "px" } }),
            )),
            Ok(Value::Struct(role)) => {
                let number = |field: &str| match role.get_field(field) {
                    Some(Value::Number(v)) => round(*v),
                    Some(_) | None => 0.0,
                };
                found.push((
                    "typography",
                    name,
                    json!({ "$type": "typography", "$value": {
                        "fontFamily": "Noto Sans",
                        "fontSize": { "value": number("size"), "unit": "px" },
                        "fontWeight": number("weight"),
                        "letterSpacing": { "value": 0, "unit": "px" },
                        "lineHeight": round(number("line") / number("size")),
                    } }),
                ));
            }
            Ok(_) | Err(_) => {}
        }
    }
    found
}

/// The theme's durations; the interpreter tells a length and a duration by the same number.
const DURATIONS: [&str; 7] = ["at-once", "turn", "let-go", "step", "unlock", "breath", "watch"];

fn round(v: f64) -> f64 {
    (v * 1000.0).round() / 1000.0
}

fn color(c: Color) -> Json {
    let part = |v: u8| round(f64::from(v) / 255.0);
    let mut value = json!({
        "colorSpace": "srgb",
        "components": [part(c.red()), part(c.green()), part(c.blue())],
        "hex": hex(Color::from_rgb_u8(c.red(), c.green(), c.blue())).to_lowercase(),
    });
    if c.alpha() != 255 {
        value["alpha"] = json!(part(c.alpha()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every public property of `theme.slint` is a token or a switch; none is lost on the way.
    #[test]
    fn the_tokens_hold_the_theme() {
        let tokens: Json = serde_json::from_str(&json(&Folders::own()).unwrap()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test reads the theme it checks")]
        let theme = std::fs::read_to_string(Folders::own().ui.join("theme.slint")).unwrap();
        for line in theme.lines() {
            for property in line.split("out property <").skip(1) {
                let (kind, rest) = property.split_once("> ").unwrap();
                let name = rest.split(':').next().unwrap();
                let group = match kind {
                    "color" => "color/sunlight",
                    "length" => "dimension",
                    "duration" => "duration",
                    "Type" => "typography",
                    _ => continue,
                };
                // What grows with the text stands at both sizes, the rest once.
                let at = |path: String| tokens.pointer(&path).is_some();
                let both = at(format!("/{group}/100/{name}")) && at(format!("/{group}/200/{name}"));
                assert!(at(format!("/{group}/{name}")) != both, "{group} {name}");
            }
        }
        assert_eq!(tokens["color"]["light"]["ground"]["$value"]["hex"], "#f7f5f0");
        assert_eq!(tokens["color"]["dark"]["pressed"]["$value"]["alpha"], 0.122);
        assert_eq!(
            tokens["typography"]["100"]["body"]["$value"]["fontSize"]["value"],
            18.0
        );
        assert_eq!(tokens["dimension"]["200"]["icon"]["$value"]["value"], 32.0);
        assert_eq!(tokens["duration"]["turn"]["$value"]["value"], 160.0);
    }
}
