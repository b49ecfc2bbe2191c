//! Pages on which the owner sets the screen up: language, settings, about.

use super::{Context, RowWith, View, head, tap};
use crate::visit::{Choices, Theme};
use crate::words::{LOCALES, Locale};
use latchkey_ui::words;
use latchkey_ui::{AboutView, Action, RowIcon};

/// The language of row `row` of page *language*.
#[must_use]
pub fn language_at(row: usize) -> Option<&'static Locale> {
    LOCALES.get(row)
}

/// The text size of choice `row`, percent.
#[must_use]
pub fn text_percent_at(row: usize) -> Option<u16> {
    Choices::TEXT_PERCENT.get(row).copied()
}

/// The colours of choice `row`.
#[must_use]
pub fn theme_at(row: usize) -> Option<Theme> {
    Theme::ALL.get(row).copied()
}

pub(super) fn language(cx: &Context<'_>, view: &mut View) {
    let now = Locale::find(&cx.v.choices.locale).tag;
    view.rows = LOCALES
        .iter()
        .enumerate()
        .map(|(i, l)| {
            tap(RowIcon::Globe, l.name.into(), Action::PickLanguage)
                .spoken(words::language_spoken(cx.w, l.name))
                .index(i)
                .on(l.tag == now)
        })
        .collect();
}

/// OWN-02: the floor is two taps from home.
pub(super) fn settings(cx: &Context<'_>, view: &mut View) {
    let w = cx.w;
    let choices = &cx.v.choices;
    let sizes = [
        words::settings_size_100(w),
        words::settings_size_130(w),
        words::settings_size_160(w),
        words::settings_size_200(w),
    ];
    view.rows.push(head(words::settings_size(w)));
    for (i, (label, percent)) in sizes.into_iter().zip(Choices::TEXT_PERCENT).enumerate() {
        let row = tap(RowIcon::Text, label, Action::PickTextSize);
        view.rows.push(row.index(i).on(choices.text_percent == percent));
    }
    view.rows.push(head(words::settings_display(w)));
    for (i, theme) in Theme::ALL.into_iter().enumerate() {
        let (icon, label) = match theme {
            Theme::Light => (RowIcon::Sun, words::settings_light(w)),
            Theme::Dark => (RowIcon::Moon, words::settings_dark(w)),
            Theme::Sunlight => (RowIcon::Bulb, words::settings_sun(w)),
        };
        view.rows.push(
            tap(icon, label, Action::PickTheme)
                .index(i)
                .on(choices.theme == theme),
        );
    }
    let private = tap(RowIcon::Eye, words::settings_private(w), Action::TogglePrivate);
    view.rows
        .push(private.detail(words::settings_private_why(w)).on(choices.private));
    view.rows.push(head(words::settings_phone(w)));
    view.rows
        .push(tap(RowIcon::Wifi, words::settings_wifi(w), Action::Wifi));
    view.rows.push(tap(
        RowIcon::Signal,
        words::settings_mobile_data(w),
        Action::MobileData,
    ));
    view.rows.push(tap(
        RowIcon::Reader,
        words::settings_reader(w),
        Action::Accessibility,
    ));
    view.rows
        .push(tap(RowIcon::Sound, words::settings_sound(w), Action::Sound));
    view.rows.push(tap(
        RowIcon::Globe,
        words::settings_language(w),
        Action::ShowLanguage,
    ));
    view.rows
        .push(tap(RowIcon::Info, words::settings_about(w), Action::ShowAbout));
}

pub(super) fn about(cx: &Context<'_>, view: &mut View) {
    view.lock.about = AboutView {
        version: words::about_version(cx.w, env!("CARGO_PKG_VERSION")).into(),
        licences: words::about_licences_text(cx.w).into(),
    };
}
