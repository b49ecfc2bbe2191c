//! The HTML page: findings first, then what changed, then every picture. It needs no network.

use super::baseline::BEFORE;
use super::{Report, Shown};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;background:#2b2f32;color:#f2f4f4;margin:16px}a{color:#8fd3e8}\
figure{display:inline-block;vertical-align:top;width:240px;margin:6px}figure.pair{width:492px}img{width:240px;background:#555}\
figcaption{overflow-wrap:anywhere;font-size:12px}.bad img{outline:3px solid #ff7b6b}.new img{outline:3px solid #ffd479}\
form{position:sticky;top:0;background:#2b2f32;padding:8px 0}li{margin:2px 0}:target{background:#4a1b17}[hidden]{display:none}";

/// Hides what the three filters do not name. Each figure carries its parts as data.
const SCRIPT: &str = "const f=document.forms[0],all=[...document.querySelectorAll('[data-scene]')];f.oninput=()=>{let n=0;\
for(const e of all){const d=e.dataset;e.hidden=!(d.scene.includes(f.scene.value.trim())&&(!f.locale.value||d.locale==f.locale.value)\
&&(!f.kind.value||d.kinds.split(' ').includes(f.kind.value)));if(!e.hidden&&e.tagName=='FIGURE')n++}f.count.value=n+' pictures'};\
f.onsubmit=()=>false;f.oninput()";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// Kinds of findings of a frame, and whether it changed: what the third filter knows.
fn kinds(shown: &Shown) -> BTreeSet<String> {
    let mut kinds: BTreeSet<String> = shown
        .findings
        .iter()
        .filter_map(|f| f.split(':').next())
        .map(str::to_lowercase)
        .collect();
    if !kinds.is_empty() {
        kinds.insert("finding".into());
    }
    if shown.changed {
        kinds.insert("changed".into());
    }
    kinds
}

fn data(name: &str, shown: &Shown) -> String {
    let kinds: Vec<_> = kinds(shown).into_iter().collect();
    format!(
        "data-scene=\"{}\" data-locale=\"{}\" data-kinds=\"{}\"",
        escape(name),
        escape(&shown.locale),
        kinds.join(" ")
    )
}

/// The page for `report`.
#[must_use]
pub fn html(report: &Report) -> String {
    let found: usize = report.values().map(|s| s.findings.len()).sum();
    let changed = report.values().filter(|s| s.changed).count();
    let mut page =
        format!("<!doctype html><meta charset=utf-8><title>Latchkey: shots</title><style>{STYLE}</style>\n");
    let _ = writeln!(
        page,
        "<h1>Shots</h1><p>{} frames, {found} findings, {changed} changed</p>",
        report.len()
    );
    let locales: BTreeSet<_> = report.values().map(|s| s.locale.as_str()).collect();
    let all_kinds: BTreeSet<_> = report.values().flat_map(kinds).collect();
    let options = |values: Vec<String>| -> String {
        let one = |v: &String| format!("<option>{}</option>", escape(v));
        values.iter().map(one).collect()
    };
    let _ = writeln!(
        page,
        "<form><label>Scene or page <input name=scene></label> <label>Language <select name=locale><option value=\"\">all\
         </option>{}</select></label> <label>Only <select name=kind><option value=\"\">all</option>{}</select></label> \
         <output name=count></output></form>",
        options(locales.into_iter().map(str::to_owned).collect()),
        options(all_kinds.into_iter().collect()),
    );
    if found > 0 {
        page.push_str("<h2>Findings</h2><ol>\n");
        for (name, shown) in report.iter().filter(|(_, s)| !s.findings.is_empty()) {
            for (n, finding) in shown.findings.iter().enumerate() {
                let _ = writeln!(
                    page,
                    "<li id=\"{name}.finding-{n}\" {}><a href=\"#{name}\">{name}</a>: {}</li>",
                    data(name, shown),
                    escape(finding)
                );
            }
        }
        page.push_str("</ol>\n");
    }
    let group = |page: &mut String, title: &str, wanted: &dyn Fn(&Shown) -> bool| {
        let mut first = true;
        for (name, shown) in report.iter().filter(|(_, s)| s.picture && wanted(s)) {
            if std::mem::take(&mut first) {
                let _ = writeln!(page, "<h2>{title}</h2>");
            }
            figure(page, name, shown);
        }
    };
    group(&mut page, "With findings", &|s| !s.findings.is_empty());
    group(&mut page, "Changed", &|s| s.findings.is_empty() && s.changed);
    group(&mut page, "All others with a picture", &|s| {
        s.findings.is_empty() && !s.changed
    });
    let _ = writeln!(page, "<script>{SCRIPT}</script>");
    page
}

fn figure(page: &mut String, name: &str, shown: &Shown) {
    let mut class = Vec::new();
    if !shown.findings.is_empty() {
        class.push("bad");
    } else if shown.changed {
        class.push("new");
    }
    if shown.before {
        class.push("pair");
    }
    let _ = write!(
        page,
        "<figure id=\"{name}\" class=\"{}\" {}>",
        class.join(" "),
        data(name, shown)
    );
    if shown.before {
        let _ = write!(
            page,
            "<img loading=lazy alt=\"before\" src=\"{BEFORE}/{name}.png\"> "
        );
    }
    let _ = write!(
        page,
        "<img loading=lazy alt=\"{name}\" src=\"{name}.png\"><figcaption>"
    );
    if shown.before {
        page.push_str("before | now<br>");
    }
    let _ = write!(page, "<a href=\"#{name}\">{name}</a>");
    for (n, finding) in shown.findings.iter().enumerate() {
        let _ = write!(
            page,
            "<br><a href=\"#{name}.finding-{n}\">{}</a>",
            escape(finding)
        );
    }
    page.push_str("</figcaption></figure>\n");
}
