//! The HTML page: findings first, each fault once, then what changed, then every picture. It needs no network.

use super::baseline::BEFORE;
use super::groups::{Group, groups};
use super::{Change, Edge, Found, Report, Shown};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const STYLE: &str = include_str!("sheet.css");
const SCRIPT: &str = include_str!("sheet.js");

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// Kinds of findings of a frame, and how it changed: what the filter *Only* knows.
fn kinds(shown: &Shown) -> BTreeSet<&str> {
    let mut kinds: BTreeSet<&str> = shown.findings.iter().map(|f| f.kind.as_str()).collect();
    if !kinds.is_empty() {
        kinds.insert("finding");
    }
    if shown.change != Change::Same {
        kinds.insert(shown.change.name());
    }
    kinds
}

/// What the filters know of a picture, or of one kind of its findings.
fn data(name: &str, shown: &Shown, only: Option<&str>) -> String {
    let mut kinds = kinds(shown);
    if let Some(only) = only {
        let others = shown.findings.iter().map(|f| f.kind.as_str());
        others.filter(|kind| *kind != only).for_each(|kind| {
            kinds.remove(kind);
        });
    }
    let kinds: Vec<_> = kinds.into_iter().collect();
    format!(
        "data-scene=\"{}\" data-locale=\"{}\" data-page=\"{}\" data-kinds=\"{}\"",
        escape(name),
        escape(&shown.record.locale),
        escape(&shown.page),
        kinds.join(" ")
    )
}

/// The page for `report`.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Latchkey: shots</title><style>{STYLE}</style>\n<h1>Shots</h1>\n"
    );
    let found: usize = report.frames.values().map(|s| s.findings.len()).sum();
    let _ = writeln!(
        page,
        "<p>{} frames, {found} findings, {} changed, {} new, {} gone</p>",
        report.drawn().count(),
        report.count(Change::Changed),
        report.count(Change::New),
        report.count(Change::Gone),
    );
    filters(&mut page, report);
    if found > 0 {
        page.push_str(
            "<section><h2>Findings</h2><p>Each fault once a page, what is seen most first.</p><ol>\n",
        );
        for group in &groups(report) {
            of_group(&mut page, report, group);
        }
        page.push_str("</ol></section>\n");
    }
    let group = |page: &mut String, title: &str, wanted: &dyn Fn(&Shown) -> bool| {
        let figures: Vec<_> = report
            .frames
            .iter()
            .filter(|(_, s)| (s.picture || s.change == Change::Gone) && wanted(s))
            .collect();
        if figures.is_empty() {
            return;
        }
        let _ = writeln!(page, "<section><h2>{title}</h2>");
        for (name, shown) in figures {
            figure(page, name, shown);
        }
        page.push_str("</section>\n");
    };
    group(&mut page, "With findings", &|s| !s.findings.is_empty());
    for (title, change) in [
        ("Changed", Change::Changed),
        ("New", Change::New),
        ("Gone", Change::Gone),
        ("All others with a picture", Change::Same),
    ] {
        group(&mut page, title, &|s| s.findings.is_empty() && s.change == change);
    }
    // Inside a script nothing is escaped, so nothing may look like its end.
    let said = serde_json::to_string(&report.said)
        .unwrap_or_default()
        .replace('<', "\\u003c");
    let _ = writeln!(
        page,
        "<script id=said type=\"application/json\">{said}</script>\n<script>\n{SCRIPT}</script>"
    );
    page
}

/// A group: what is wrong, whose it is, and the list of its pictures, which the filters thin out.
fn of_group(page: &mut String, report: &Report, group: &Group<'_>) {
    let (kind, text) = (&group.found.kind, escape(&group.found.text));
    let _ = write!(
        page,
        "<li class=group><b>{}</b> {}",
        escape(group.page),
        text.replacen(kind.as_str(), &format!("<b>{kind}</b>"), 1)
    );
    let of = group.of();
    if !of.is_empty() {
        let _ = write!(page, "<br><small>{}</small>", escape(&of));
    }
    let (count, open) = match group.pictures.len() {
        1 => ("in one picture".to_owned(), " open"),
        n => (format!("in {n} pictures"), ""),
    };
    let _ = write!(page, "<details{open}><summary>{count}</summary><ul>");
    for (name, all) in &group.pictures {
        let Some(shown) = report.frames.get(*name) else {
            continue;
        };
        let _ = write!(
            page,
            "<li {}><a href=\"#{name}\">{name}</a>",
            data(name, shown, Some(kind))
        );
        for n in all {
            let beyond = shown.findings[*n].beyond.map_or("", Edge::says);
            let _ = write!(page, " <span id=\"{name}.finding-{n}\">{beyond}</span>");
        }
        page.push_str("</li>");
    }
    page.push_str("</ul></details></li>\n");
}

fn filters(page: &mut String, report: &Report) {
    let options = |values: BTreeSet<&str>| -> String {
        values
            .iter()
            .map(|v| format!("<option>{}</option>", escape(v)))
            .collect()
    };
    let locales = report.frames.values().map(|s| s.record.locale.as_str()).collect();
    let all_kinds = report.frames.values().flat_map(kinds).collect();
    let _ = writeln!(
        page,
        "<form><label>Scene or page <input name=scene></label> <label>Message <input name=message placeholder=home-pay>\
         </label> <label>Language <select name=locale><option value=\"\">all</option>{}</select></label> <label>Only \
         <select name=kind><option value=\"\">all</option>{}</select></label> <button type=reset>Show all</button> \
         <output name=count></output></form>",
        options(locales),
        options(all_kinds),
    );
}

fn figure(page: &mut String, name: &str, shown: &Shown) {
    let mut class = Vec::new();
    if !shown.findings.is_empty() {
        class.push("bad");
    } else if shown.change != Change::Same {
        class.push("new");
    }
    if shown.before && shown.picture {
        class.push("pair");
    }
    let _ = write!(
        page,
        "<figure id=\"{name}\" class=\"{}\" {}>",
        class.join(" "),
        data(name, shown, None)
    );
    if shown.before {
        let file = format!("{BEFORE}/{name}.png");
        picture(page, &file, &format!("before: {name}"), &[]);
    }
    if shown.picture {
        picture(page, &format!("{name}.png"), name, &shown.findings);
    }
    page.push_str("<figcaption>");
    match (shown.change, shown.before && shown.picture) {
        (Change::Gone, _) => page.push_str("as it was<br>"),
        (_, true) => page.push_str("before | now<br>"),
        (_, false) => {}
    }
    let _ = write!(page, "<a href=\"#{name}\">{name}</a>");
    for (n, finding) in shown.findings.iter().enumerate() {
        let _ = write!(
            page,
            "<br><a href=\"#{name}.finding-{n}\">{}</a>",
            escape(&finding.text)
        );
    }
    if shown.picture {
        page.push_str("<details><summary>messages</summary><p></p></details>");
    }
    page.push_str("</figcaption></figure>\n");
}

/// A picture that opens in full size, with a box around each finding.
fn picture(page: &mut String, file: &str, alt: &str, findings: &[Found]) {
    let _ = write!(
        page,
        "<a class=picture href=\"{file}\"><img loading=lazy alt=\"{alt}\" src=\"{file}\">"
    );
    for finding in findings {
        let [x, y, width, height] = finding.place;
        let (class, says) = match finding.beyond {
            Some(edge @ Edge::Bottom) => (" class=bottom", edge.says()),
            Some(edge @ (Edge::Top | Edge::Side)) => (" class=top", edge.says()),
            None => ("", ""),
        };
        let _ = write!(
            page,
            "<i{class} data-says=\"{says}\" title=\"{}\" style=\"left:{x:.1}%;top:{y:.1}%;width:{width:.1}%;height:{height:.1}%\"></i>",
            escape(&finding.text)
        );
    }
    page.push_str("</a> ");
}
