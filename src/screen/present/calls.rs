//! Pages on which one calls: emergency, call.

use super::{Context, RowWith, View, head, say, tap};
use crate::format::{isolate, ltr};
use latchkey_core::snapshot::{EmergencyKind, Snapshot};
use latchkey_ui::words;
use latchkey_ui::{Action, CallView, RowIcon};

/// Works on every network of the world, and stands here when a market names no number (OWN-01).
const EVERYWHERE: &str = "112";

/// A maker's contacts, for a sandbox: number and address.
const MAKER_UK: (&str, &str) = ("0800 021 1888", "service.uk@support.mi.com");
const MAKER_WORLD: &str = "global.support@support.mi.com";

/// The number of row `row` of page *emergency*.
#[must_use]
pub fn emergency_number(snapshot: &Snapshot, row: usize) -> &str {
    snapshot
        .market
        .emergency
        .get(row)
        .map_or(EVERYWHERE, |n| n.number.as_str())
}

/// The number of row `row` of page *call*.
#[must_use]
pub fn hotline(snapshot: &Snapshot, row: usize) -> Option<&str> {
    let lines = &snapshot.lender.as_ref()?.hotlines;
    lines
        .get(row)
        .or(lines.first())
        .map(|(number, _)| number.as_str())
}

/// OWN-01: the tap has gone to the dialer already; this page is for when it could not open, or was closed.
pub(super) fn emergency(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let kind = |kind| match kind {
        EmergencyKind::All => words::emergency_all(w),
        EmergencyKind::Police => words::emergency_police(w),
        EmergencyKind::Ambulance => words::emergency_ambulance(w),
        EmergencyKind::Fire => words::emergency_fire(w),
    };
    let numbers = &cx.s.market.emergency;
    let count = numbers.len().max(1);
    view.rows = (0..count)
        .map(|i| {
            let number = emergency_number(cx.s, i);
            let label = kind(numbers.get(i).map_or(EmergencyKind::All, |n| n.kind));
            let spoken = words::emergency_spoken(w, &label, &one_by_one(number));
            tap(RowIcon::Phone, label, Action::EmergencyNumber)
                .detail(ltr(number))
                .spoken(spoken)
                .index(i)
        })
        .collect();
    view.rows
        .push(tap(RowIcon::Plus, words::emergency_another(w), Action::ShowDial).index(count));
}

/// Digits set apart, so that a screen reader reads them one by one.
fn one_by_one(number: &str) -> String {
    number.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

pub(super) fn call(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    if let Some(lender) = &cx.s.lender {
        view.lock.call = CallView {
            name: isolate(&lender.name).into(),
            hours: filled(&lender.hours, |hours| words::call_hours(w, hours)).into(),
            address: filled(&lender.address, isolate).into(),
            licence: filled(&lender.licence, |licence| words::call_licence(w, licence)).into(),
            reference: filled(&cx.s.reference, ltr).into(),
        };
        for (i, (number, label)) in lender.hotlines.iter().enumerate() {
            let label = if label.is_empty() {
                words::call_hotline(w)
            } else {
                label.clone()
            };
            let spoken = words::call_spoken(w, &label, &one_by_one(number));
            let row = tap(RowIcon::Phone, isolate(&label), Action::Hotline).detail(ltr(number));
            view.rows.push(row.spoken(spoken).index(i));
        }
    }
    if !cx.s.market.help.is_empty() {
        view.rows.push(head(words::call_complain(w)));
    }
    for (name, number, address) in &cx.s.market.help {
        let parts: Vec<_> = [number, address]
            .into_iter()
            .filter(|p| !p.is_empty())
            .map(|p| breakable(p))
            .collect();
        view.rows
            .push(say(RowIcon::Rule, isolate(name), parts.join("\n")));
    }
    // Addresses of a brand come with the market or the provisioning; a sandbox shows what they look like.
    let mut maker = Vec::new();
    if cx.s.sandbox {
        let uk = [ltr(MAKER_UK.0), breakable(MAKER_UK.1)].join("\n");
        maker.push((words::call_maker_uk(w), uk));
        maker.push((words::call_maker_world(w), breakable(MAKER_WORLD)));
    }
    maker.push((words::call_maker_centre(w), words::call_maker_centre_bring(w)));
    view.rows.push(head(words::call_maker(w)));
    view.rows
        .push(say(RowIcon::None, words::call_maker_lead(w), String::new()));
    view.rows.extend(
        maker
            .into_iter()
            .map(|(label, detail)| say(RowIcon::Info, label, detail)),
    );
}

/// An address or a number, left to right, that may go on in the next line after its at sign.
fn breakable(text: &str) -> String {
    ltr(&text.replace('@', "@\u{200b}"))
}

fn filled(text: &str, write: impl Fn(&str) -> String) -> String {
    if text.is_empty() {
        String::new()
    } else {
        write(text)
    }
}
