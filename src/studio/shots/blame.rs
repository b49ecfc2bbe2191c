//! Whose a finding is: the tokens of the theme that a designer changes for it.

use super::{Found, Report};
use crate::preview::sources::Folders;
use crate::tokens;
use latchkey_screen::findings::Kind;
use serde_json::Value;
use std::collections::BTreeMap;

/// Colours of the theme: how it is called, then hex, then the tokens that have it.
type Colours = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Names the tokens of what is too small or too faint in `report`. The theme is asked for only if there is such a thing.
///
/// # Errors
/// What is wrong with the theme.
pub fn name_tokens(report: &mut Report) -> Result<(), String> {
    let all = || report.frames.values().flat_map(|s| &s.findings);
    let faint = all().any(|f| f.kind == Kind::Contrast.name());
    let colours = if faint { colours()? } else { Colours::new() };
    for shown in report.frames.values_mut() {
        let own = colours.get(&shown.record.theme);
        for found in &mut shown.findings {
            found.tokens = of(found, own);
        }
    }
    Ok(())
}

fn of(found: &Found, colours: Option<&BTreeMap<String, Vec<String>>>) -> Vec<String> {
    if found.kind == Kind::Small.name() {
        return vec!["Theme.target".to_owned()];
    }
    if found.kind != Kind::Contrast.name() {
        return Vec::new();
    }
    let words = found
        .text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
    let hexes = words.filter(|w| w.len() == 7 && w.starts_with('#'));
    hexes
        .filter_map(|hex| colours?.get(hex).map(|names| names.join(" or ")))
        .collect()
}

fn colours() -> Result<Colours, String> {
    let all: Value =
        serde_json::from_str(&tokens::json(&Folders::own())?).map_err(|e| format!("the tokens: {e}"))?;
    let mut colours = Colours::new();
    for (theme, tokens) in all["color"].as_object().into_iter().flatten() {
        for (name, token) in tokens.as_object().into_iter().flatten() {
            let hex = token["$value"]["hex"].as_str();
            if let Some(hex) = hex.filter(|_| token["$value"]["alpha"].is_null()) {
                let by_hex = colours.entry(theme.clone()).or_default();
                by_hex
                    .entry(hex.to_owned())
                    .or_default()
                    .push(format!("Theme.{name}"));
            }
        }
    }
    Ok(colours)
}
