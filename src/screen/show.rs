//! From a view to the window's globals, and nothing else.

use crate::present::View;
use crate::visit::Theme;
use crate::words::{Fluent, Locale};
use latchkey_ui::{Lock, LockScreen, Look, Motion, Strings};
use slint::{ComponentHandle, ModelRc, VecModel};

/// Hands `view` to the window. `before` is what the window shows now: what is equal stays untouched.
pub fn show(ui: &LockScreen, view: &View, fluent: &Fluent, before: Option<&View>) {
    let lock = ui.global::<Lock>();
    if before.is_none() {
        // The first frame is complete at once, whatever the window measured before it had a view.
        ui.global::<Motion>().set_started(false);
    }
    if before.is_none_or(|b| b.choices != view.choices) {
        theme(ui, view, fluent.locale);
    }
    if before.is_none_or(|b| b.choices.locale != view.choices.locale) {
        words(ui, fluent);
    }
    if before.is_none_or(|b| b.code != view.code) {
        let code = view.code.as_ref().map(|(matrix, module)| matrix.image(*module));
        lock.set_pay_code(code.unwrap_or_default());
    }
    if before.is_none_or(|b| b.rows != view.rows) {
        lock.set_rows(ModelRc::new(VecModel::from(view.rows.clone())));
    }
    if before.is_none_or(|b| b.lock != view.lock) {
        lock.set_view(view.lock.clone());
    }
}

fn theme(ui: &LockScreen, view: &View, locale: &Locale) {
    let theme = ui.global::<latchkey_ui::Theme>();
    theme.set_look(match view.choices.theme {
        Theme::Light => Look::Light,
        Theme::Dark => Look::Dark,
        Theme::Sunlight => Look::Sunlight,
    });
    theme.set_text_scale(f32::from(view.choices.text_percent) / 100.0);
    theme.set_rtl(locale.right_to_left);
    theme.set_family(locale.family.into());
    theme.set_font_line(locale.natural_line);
    theme.set_script_line(locale.line);
    theme.set_least_line(locale.least_line);
}

fn words(ui: &LockScreen, fluent: &Fluent) {
    latchkey_ui::words::pages::set_all(&ui.global::<Strings>(), fluent);
}
